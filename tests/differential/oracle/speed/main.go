// SPDX-License-Identifier: Apache-2.0

// The time that the official parser takes for the Dockerfiles that a file lists.
//
//	speed LIST
//
// Prints three figures a line, with their names: the versions, the bytes, and the least processor
// time of several runs over all of them, for the syntax alone and with its instructions.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

const times = 7

// Of all threads, the collector's included.
func used() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func least(run func()) time.Duration {
	var best time.Duration
	for i := 0; i < times; i++ {
		start := used()
		run()
		if took := used() - start; i == 0 || took < best {
			best = took
		}
	}
	return best
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/moby/buildkit" {
				return module.Version
			}
		}
	}
	return "unknown"
}

func read(list string) [][]byte {
	file, err := os.Open(list)
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	var texts [][]byte
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		text, err := os.ReadFile(lines.Text())
		if err != nil {
			log.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: speed LIST")
	}
	texts := read(os.Args[1])
	bytesRead := 0
	for _, text := range texts {
		bytesRead += len(text)
	}
	syntax := least(func() {
		for _, text := range texts {
			_, _ = parser.Parse(bytes.NewReader(text))
		}
	})
	all := least(func() {
		for _, text := range texts {
			if result, err := parser.Parse(bytes.NewReader(text)); err == nil {
				_, _, _ = instructions.Parse(result.AST, linter.New(&linter.Config{}))
			}
		}
	})
	fmt.Printf("version %s buildkit %s\n", runtime.Version(), version())
	fmt.Printf("files %d bytes %d\n", len(texts), bytesRead)
	fmt.Printf("seconds %.6f with-instructions %.6f\n", syntax.Seconds(), all.Seconds())
}
