// SPDX-License-Identifier: Apache-2.0

// The official Dockerfile parser, as one line of JSON for each Dockerfile on standard input.
//
// Standard input is a row of frames: the length in four bytes, the lowest first, then the text. A
// line holds what the parser made of it, in the shape of differential.c: the nodes, or the lines of
// the error that ended the reading, and whether the instructions were accepted.
//
// With "version" as its argument it prints the versions of Go and of the parser instead.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"unicode/utf8"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// What does not fit in JSON is written in hexadecimal digits.
type text string

func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		err := encoder.Encode(string(t))
		return bytes.TrimRight(out.Bytes(), "\n"), err
	}
	return json.Marshal(map[string]string{"hex": hex.EncodeToString([]byte(t))})
}

type heredoc struct {
	Chomp   bool    `json:"chomp"`
	Content text    `json:"content"`
	Expand  bool    `json:"expand"`
	FD      float64 `json:"fd"`
	Name    text    `json:"name"`
}

type node struct {
	Args      []any     `json:"args"`
	EndLine   int       `json:"end_line"`
	Flags     []text    `json:"flags,omitempty"`
	Heredocs  []heredoc `json:"heredocs,omitempty"`
	JSONForm  bool      `json:"json_form,omitempty"`
	Name      text      `json:"name"`
	StartLine int       `json:"start_line"`
}

type answer struct {
	Error  string  `json:"error,omitempty"`
	Lines  [][]int `json:"lines,omitempty"` // of the error
	Nodes  []node  `json:"nodes,omitempty"`
	Parsed bool    `json:"parsed"` // by the parser; what the instructions say may still be wrong
}

func texts(list []string) []text {
	var made []text
	for _, one := range list {
		made = append(made, text(one))
	}
	return made
}

func nodeOf(from *parser.Node) node {
	made := node{
		Name:      text(from.Value),
		Flags:     texts(from.Flags),
		JSONForm:  from.Attributes["json"],
		StartLine: from.StartLine,
		EndLine:   from.EndLine,
		Args:      []any{},
	}
	for _, h := range from.Heredocs {
		made.Heredocs = append(made.Heredocs,
			heredoc{h.Chomp, text(h.Content), h.Expand, float64(h.FileDescriptor), text(h.Name)})
	}
	for next := from.Next; next != nil; next = next.Next {
		if len(next.Children) > 0 {
			made.Args = append(made.Args, map[string]node{"sub": nodeOf(next.Children[0])})
			continue
		}
		made.Args = append(made.Args, text(next.Value))
	}
	return made
}

func linesOf(err error) [][]int {
	var location *parser.LocationError
	lines := [][]int{}
	if !errors.As(err, &location) {
		return lines
	}
	for _, ranges := range location.Locations {
		for _, one := range ranges {
			lines = append(lines, []int{one.Start.Line, one.End.Line})
		}
	}
	return lines
}

func read(source []byte) answer {
	var made answer
	parsed, err := parser.Parse(bytes.NewReader(source))
	if err != nil {
		return answer{Error: err.Error(), Lines: linesOf(err)}
	}
	made.Parsed = true
	for _, child := range parsed.AST.Children {
		made.Nodes = append(made.Nodes, nodeOf(child))
	}
	if _, _, err = instructions.Parse(parsed.AST, linter.New(&linter.Config{})); err != nil {
		made.Error = err.Error()
		made.Lines = linesOf(err)
	}
	return made
}

func printVersion() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/moby/buildkit" {
			fmt.Printf("%s, %s %s\n", runtime.Version(), module.Path, module.Version)
		}
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "version" {
		printVersion()
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		var length uint32
		if err := binary.Read(in, binary.LittleEndian, &length); err == io.EOF {
			break
		} else if err != nil {
			log.Fatal(err)
		}
		source := make([]byte, length)
		if _, err := io.ReadFull(in, source); err != nil {
			log.Fatal(err)
		}
		if err := encoder.Encode(read(source)); err != nil {
			log.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
