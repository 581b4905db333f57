/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell.h: shell text -> a positioned tree, and the commands that it runs
 *
 * The grammar is that of the POSIX shell with the bash forms that Dockerfiles use. What cannot be
 * parsed is noted once at its place; what was read before it stays.
 *
 *     struct scl_shell shell;
 *     struct scl_shell_walk walk;
 *     if (!scl_shell_read(arena, body, &map, NULL, notes, &shell) ||
 *         !scl_shell_walk(arena, &shell, &walk)) ...          // no memory
 *     for (uint32_t i = 0; i < walk.command_count; i++)
 *         use(scl_shell_command_name(&walk, i));
 *
 * Where a command line has here-documents, their bodies and ends belong to the body, behind the
 * newline that ends the line, as the shell would get them.
 *
 * The tree is an array of nodes, each before its children: the children of `n` begin at n + 1, the
 * next sibling of `c` is nodes[c].end, and the children end where nodes[n].end says. Node 0 is the
 * list of the body; behind its end follow what is read after it and linked by number: bodies of
 * here-documents and the scripts of `sh -c 'script'`. Because node 0 is never a link, a link of 0
 * is none.
 *
 * Offsets in nodes are *logical*: into the body, and beyond its end into texts that were made while
 * reading (a backquoted command without its escapes). scl_shell_slice gives the text behind them,
 * scl_shell_span their place in the source. The body is borrowed and must outlive the tree.
 */
#ifndef SCL_SYNTAX_SHELL_H
#define SCL_SYNTAX_SHELL_H

#include "base/note.h"
#include "syntax/piece.h"

/* Where the body's bytes lie in the source; without pieces they lie where they are. */
struct scl_shell_map {
    const struct scl_piece *pieces;
    uint32_t count;
    uint32_t start; /* logical offset of the body's first byte, where pieces tell of more than it */
};

struct scl_shell_limits {
    uint32_t depth; /* of nested commands and expansions; 0: 128 */
    uint32_t nodes; /* of one body; 0: 1,000,000 */
};

enum scl_shell_dialect { SCL_SHELL_POSIX, SCL_SHELL_BASH };

enum scl_shell_kind {
    SCL_SHELL_LIST = 1,      /* commands, each joined to the one before it (scl_shell_join) */
    SCL_SHELL_SIMPLE,        /* ASSIGNMENT, WORD, REDIRECTION, as written; link: LIST of
                                its script: `sh -c 'script'`, `sh <<'end'` */
    SCL_SHELL_SUBSHELL,      /* LIST, REDIRECTION...; so for all compound commands: */
    SCL_SHELL_GROUP,         /* their redirections come last */
    SCL_SHELL_IF,            /* LIST of role CONDITION, LIST of role BODY, ...; LIST of role ELSE */
    SCL_SHELL_WHILE,         /* LIST of role CONDITION, LIST of role BODY */
    SCL_SHELL_UNTIL,         /* as WHILE */
    SCL_SHELL_FOR,           /* name; WORD... (SCL_SHELL_HAS_IN: "in" is written); LIST.
                                Or without a name: ARITHMETIC; LIST */
    SCL_SHELL_SELECT,        /* as FOR */
    SCL_SHELL_CASE,          /* WORD, CASE_ITEM... */
    SCL_SHELL_CASE_ITEM,     /* WORD (patterns)..., LIST */
    SCL_SHELL_FUNCTION,      /* name; one command */
    SCL_SHELL_CONDITIONAL,   /* [[ ]]: WORD..., operators are words with SCL_SHELL_OPERATOR */
    SCL_SHELL_CALCULATION,   /* (( )): parts as in ARITHMETIC */
    SCL_SHELL_ASSIGNMENT,    /* name; WORD of role SUBSCRIPT?, WORD (may be empty) */
    SCL_SHELL_REDIRECTION,   /* `detail`: scl_shell_redirect; WORD (target or delimiter);
                                link: HEREDOC, 0 where its body is missing */
    SCL_SHELL_WORD,          /* parts; none where it is one run of plain characters */
    SCL_SHELL_HEREDOC,       /* a body, otherwise like a WORD */
    SCL_SHELL_LITERAL,       /* parts of words, from here on: plain characters */
    SCL_SHELL_SINGLE,        /* 'text' */
    SCL_SHELL_ANSI,          /* $'text' */
    SCL_SHELL_DOUBLE,        /* "parts", $"parts" */
    SCL_SHELL_ESCAPE,        /* a backslash and its character */
    SCL_SHELL_PARAMETER,     /* name; `detail`: scl_shell_operator; WORD of role SUBSCRIPT?,
                                WORD... (arguments) */
    SCL_SHELL_COMMAND,       /* $(LIST), `LIST` */
    SCL_SHELL_ARITHMETIC,    /* $((parts)) */
    SCL_SHELL_PROCESS_IN,    /* <(LIST) */
    SCL_SHELL_PROCESS_OUT,   /* >(LIST) */
    SCL_SHELL_ARRAY          /* (WORD...) as a value; members with a subscript are ASSIGNMENT */
};

/* How a command of a list follows the one before it: `detail` of its node. */
enum scl_shell_join {
    SCL_SHELL_THEN,     /* ; & or the end of a line; also of the first of a list */
    SCL_SHELL_AND,
    SCL_SHELL_OR,
    SCL_SHELL_PIPE,
    SCL_SHELL_PIPE_BOTH /* |& */
};

/* `detail` of LIST and WORD where they have a part to play. */
enum scl_shell_role {
    SCL_SHELL_PLAIN,
    SCL_SHELL_CONDITION,
    SCL_SHELL_BODY,
    SCL_SHELL_ELSE,
    SCL_SHELL_SUBSCRIPT
};

enum scl_shell_redirect { /* `detail` of REDIRECTION */
    SCL_SHELL_READ,        /* < */
    SCL_SHELL_WRITE,       /* > */
    SCL_SHELL_APPEND,      /* >> */
    SCL_SHELL_CLOBBER,     /* >| */
    SCL_SHELL_READ_WRITE,  /* <> */
    SCL_SHELL_DUP_READ,    /* <& */
    SCL_SHELL_DUP_WRITE,   /* >& */
    SCL_SHELL_HERE,        /* << */
    SCL_SHELL_HERE_TABS,   /* <<- */
    SCL_SHELL_HERE_STRING, /* <<< */
    SCL_SHELL_WRITE_BOTH,  /* &> */
    SCL_SHELL_APPEND_BOTH  /* &>> */
};

enum scl_shell_operator { /* `detail` of PARAMETER */
    SCL_SHELL_NO_OPERATOR,
    SCL_SHELL_DEFAULT,     /* - :- */
    SCL_SHELL_ASSIGN,      /* = := */
    SCL_SHELL_REQUIRE,     /* ? :? */
    SCL_SHELL_ALTERNATE,   /* + :+ */
    SCL_SHELL_CUT_START,   /* # ## */
    SCL_SHELL_CUT_END,     /* % %% */
    SCL_SHELL_REPLACE,     /* / // /# /%; arguments: pattern, replacement */
    SCL_SHELL_SUBSTRING,   /* :offset:length, as one argument */
    SCL_SHELL_UPPER,       /* ^ ^^ */
    SCL_SHELL_LOWER,       /* , ,, */
    SCL_SHELL_TRANSFORM,   /* @letter */
    SCL_SHELL_NAMES        /* ${!prefix*} */
};

/* `flags` of nodes. */
enum {
    SCL_SHELL_IS_BROKEN = 1 << 0,   /* reading stopped inside: children may be missing */
    SCL_SHELL_IS_BASH = 1 << 1,     /* a form that POSIX does not have */
    /* of commands */
    SCL_SHELL_IS_NEGATED = 1 << 2,  /* `!` before the pipeline that it begins */
    SCL_SHELL_IS_BACKGROUND = 1 << 3, /* `&` behind the and-or list that it begins */
    SCL_SHELL_HAS_IN = 1 << 4,
    /* of words and what holds them */
    SCL_SHELL_IS_STATIC = 1 << 5,   /* its text is what the shell starts from: no $, no ` */
    SCL_SHELL_HAS_QUOTES = 1 << 6,  /* quotes or escapes */
    SCL_SHELL_HAS_GLOB = 1 << 7,    /* an unquoted * ? [ ] or (a|b) pattern */
    SCL_SHELL_HAS_TILDE = 1 << 8,   /* an unquoted ~ where it is expanded */
    SCL_SHELL_HAS_BRACE = 1 << 9,   /* an unquoted {a,b} or {1..9} */
    SCL_SHELL_OPERATOR = 1 << 10,   /* of a word in [[ ]] */
    /* of others */
    SCL_SHELL_IS_APPEND = 1 << 11,  /* ASSIGNMENT: += */
    SCL_SHELL_HAS_COLON = 1 << 12,  /* PARAMETER: :- and its like */
    SCL_SHELL_IS_TWICE = 1 << 13,   /* PARAMETER: ## %% // ^^ ,, */
    SCL_SHELL_IS_LENGTH = 1 << 14,  /* PARAMETER: ${#name} */
    SCL_SHELL_IS_INDIRECT = 1 << 15 /* PARAMETER: ${!name} */
};

struct scl_shell_node {
    uint8_t kind;            /* scl_shell_kind */
    uint8_t detail;          /* by kind, see there */
    uint16_t flags;
    uint32_t offset, length; /* logical */
    uint32_t end;            /* behind its last descendant */
    uint32_t a, b;           /* name, text, link or descriptor: see the functions below */
};

struct scl_shell_segment { /* a logical text; the body is the first */
    uint32_t start;
    struct scl_str text;
};

struct scl_shell {
    const struct scl_shell_node *nodes;
    uint32_t node_count;
    struct scl_shell_map map;
    const struct scl_shell_segment *segments;
    uint32_t segment_count;
    const struct scl_piece *pieces; /* of the segments beyond the body: logical -> source */
    uint32_t piece_count;
    struct scl_str built;           /* texts of words that are not one slice */
    enum scl_shell_dialect dialect; /* the least one that has all forms found */
    bool is_complete;               /* nothing was noted */
};

/* False only without memory. `limits` may be NULL. */
bool scl_shell_read(struct scl_arena *arena, struct scl_str body, const struct scl_shell_map *map,
                    const struct scl_shell_limits *limits, struct scl_notes *notes,
                    struct scl_shell *ret);

/* The logical text of a node as it is written, and the place of that in the source. */
struct scl_str scl_shell_slice(const struct scl_shell *shell, uint32_t node);
struct scl_span scl_shell_span(const struct scl_shell *shell, uint32_t node);
/* From the start of one node to the end of another. */
struct scl_span scl_shell_span_of(const struct scl_shell *shell, uint32_t first, uint32_t last);

/* The first child of a node of that kind behind `after` (0: from the first), or 0. */
uint32_t scl_shell_child(const struct scl_shell *shell, uint32_t node, uint32_t after,
                         enum scl_shell_kind kind);
/* WORD, HEREDOC: its text, quotes removed and references kept as written. Of a word with
 * SCL_SHELL_IS_STATIC this is its value (globs, ~ and {a,b} are left as they are: see flags). */
struct scl_str scl_shell_text(const struct scl_shell *shell, uint32_t word);
bool scl_shell_is_static(const struct scl_shell *shell, uint32_t word);
/* FOR, SELECT, FUNCTION, ASSIGNMENT, PARAMETER. */
struct scl_str scl_shell_name(const struct scl_shell *shell, uint32_t node);
/* ASSIGNMENT: its value, a WORD; 0 where reading stopped before it. */
uint32_t scl_shell_value(const struct scl_shell *shell, uint32_t assignment);
/* REDIRECTION, SIMPLE: see scl_shell_kind. */
uint32_t scl_shell_link(const struct scl_shell *shell, uint32_t node);
/* REDIRECTION: the descriptor, written or by default; UINT32_MAX of `{name}>`. */
uint32_t scl_shell_descriptor(const struct scl_shell *shell, uint32_t redirection);
/* The next PARAMETER below `word` behind `after` (0: the first) that is not in a command of its
 * own, or 0. */
uint32_t scl_shell_variable(const struct scl_shell *shell, uint32_t word, uint32_t after);

/*
 * Wrappers: commands that run another one. An argument vector is a row of words of a tree, or of
 * texts (exec form; `at` NULL where the text is not known).
 */
struct scl_shell_argv {
    const struct scl_shell *shell;
    const uint32_t *words;       /* or NULL: */
    const struct scl_str *texts;
    uint32_t count;
};

enum { SCL_SHELL_WRAPPERS = 8 };

struct scl_shell_wrapped {
    uint32_t effective;      /* index of the word that names what is run in the end */
    struct scl_str wrappers[SCL_SHELL_WRAPPERS]; /* their base names, the outermost first */
    uint32_t wrapper_count;
};

/* The text of an argument; its `at` is NULL where it is not known. */
struct scl_str scl_shell_argument(const struct scl_shell_argv *argv, uint32_t index);
void scl_shell_unwrap(const struct scl_shell_argv *argv, struct scl_shell_wrapped *ret);
/* The base name of the word at `index`; its `at` is NULL where it is not known. */
struct scl_str scl_shell_base_name(const struct scl_shell_argv *argv, uint32_t index);
/* The index of the argument that a shell takes as a script (`sh -ec 'text'`), or 0. */
uint32_t scl_shell_script(const struct scl_shell_argv *argv, uint32_t effective);
/* Whether it is a shell that reads a script from its standard input. */
bool scl_shell_reads_script(const struct scl_shell_argv *argv, uint32_t effective);

/*
 * The walk: simple commands in the order in which they would run. Commands in substitutions come
 * before the command that uses them, those in >( ) and in the script of `sh -c` after it. A command
 * of assignments or redirections alone is one without words.
 */
enum { /* `flags` of commands */
    SCL_SHELL_AFTER_AND = 1 << 0,   /* right of && */
    SCL_SHELL_AFTER_OR = 1 << 1,    /* right of || */
    SCL_SHELL_IN_BRANCH = 1 << 2,   /* in a body of if, while, until, for, case or a function */
    SCL_SHELL_MAY_NOT_RUN = SCL_SHELL_AFTER_AND | SCL_SHELL_AFTER_OR | SCL_SHELL_IN_BRANCH,
    SCL_SHELL_NEGATED = 1 << 3,     /* its pipeline stands after `!` */
    SCL_SHELL_BACKGROUND = 1 << 4,  /* it, or what it is in, is followed by & */
    SCL_SHELL_IN_SUBSHELL = 1 << 5, /* in ( ) */
    SCL_SHELL_IN_SUBSTITUTION = 1 << 6, /* in $( ), <( ), >( ) */
    SCL_SHELL_IN_FUNCTION = 1 << 7,
    SCL_SHELL_IN_SCRIPT = 1 << 8,   /* of `sh -c` */
    SCL_SHELL_IN_CONDITION = 1 << 9, /* of if, while, until: its status decides */
    SCL_SHELL_GUARDED = 1 << 10,    /* `|| true` or its like follows: its failure is nothing */
    SCL_SHELL_OWN_INPUT = 1 << 11,  /* it does not read what stands before it in a pipeline */
    SCL_SHELL_OWN_OUTPUT = 1 << 12  /* its output goes elsewhere than to what stands behind it */
};

#define SCL_SHELL_NOBODY UINT32_MAX

struct scl_shell_command {
    uint32_t node;      /* SIMPLE */
    uint32_t flags;
    uint32_t words;     /* index of its first word in scl_shell_walk.words */
    uint32_t word_count;
    uint32_t effective; /* of its words, the one that names what is run: scl_shell_unwrap */
    uint32_t pipeline;  /* the innermost one of several stages that it is in, else that of itself */
    uint32_t stage;     /* of that pipeline, from 0 */
    uint32_t depth;     /* how many compound commands and substitutions it is in */
    uint32_t outer;     /* the command whose script it is in, or SCL_SHELL_NOBODY */
    uint32_t input;     /* commands of one number get what is fed to one of them */
    uint32_t output;    /* index of a feed, or SCL_SHELL_NOBODY */
};

struct scl_shell_pipeline {
    uint32_t first, count; /* of scl_shell_walk.members: its commands, in order */
    uint32_t stages;
    uint32_t first_node, last_node; /* its span: scl_shell_span_of */
    bool is_guarded, is_negated;
};

struct scl_shell_feed { /* who reads an output: commands of one input, then the next feed */
    uint32_t first, end, input, next;
};

struct scl_shell_walk {
    const struct scl_shell *shell;
    const struct scl_shell_command *commands;
    uint32_t command_count;
    const struct scl_shell_pipeline *pipelines;
    uint32_t pipeline_count;
    const uint32_t *words;   /* nodes */
    const uint32_t *members; /* commands */
    const struct scl_shell_feed *feeds;
};

/* False only without memory. */
bool scl_shell_walk(struct scl_arena *arena, const struct scl_shell *shell,
                    struct scl_shell_walk *ret);
struct scl_shell_argv scl_shell_command_argv(const struct scl_shell_walk *walk, uint32_t command);
/* The base name of what is run in the end; its `at` is NULL where that is not known or nothing. */
struct scl_str scl_shell_command_name(const struct scl_shell_walk *walk, uint32_t command);

/* The commands that read the output of a command, the nearest first:
 *     struct scl_shell_readers readers = scl_shell_readers(&walk, command);
 *     while (scl_shell_reader_next(&readers, &reader)) ... */
struct scl_shell_readers {
    const struct scl_shell_walk *walk;
    uint32_t feed, at;
};

struct scl_shell_readers scl_shell_readers(const struct scl_shell_walk *walk, uint32_t command);
bool scl_shell_reader_next(struct scl_shell_readers *readers, uint32_t *ret_command);

#endif
