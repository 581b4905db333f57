/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile.h: Dockerfile text -> instructions with places
 *
 * Reads the language as BuildKit does, down to its instruction level: lines are joined, comments
 * and directives found, flags, arguments, pairs and heredocs taken apart, nothing is expanded. What
 * is wrong is noted at its place, and reading goes on with the next instruction.
 *
 *     struct scl_dockerfile file;
 *     if (!scl_dockerfile_read(arena, source, NULL, notes, &file)) ...      // no memory
 *     for (const struct scl_docker_instruction *i = file.first; i; i = i->next)
 *         use(i->kind, i->words, i->word_count);
 *
 * An instruction has a *logical* text, its physical lines joined without continuations, and a row
 * of pieces that says where its bytes lie in the source. Slices that a reader hands out are slices
 * of the logical text wherever its bytes are meant literally; scl_docker_slice_span gives the place
 * of any such slice.
 *
 * Invariants: all places are spans of the source and true to the byte, quotes included; an
 * instruction whose `is_bad` is set got an error note and may lack arguments; one that is not bad
 * has the number of arguments and the form that its kind demands (triggers of ONBUILD excepted,
 * which are not judged before they run).
 */
#ifndef SCL_SYNTAX_DOCKERFILE_H
#define SCL_SYNTAX_DOCKERFILE_H

#include "base/note.h"
#include "base/source.h"
#include "syntax/piece.h"

enum scl_docker_kind {
    SCL_DOCKER_UNKNOWN, /* no instruction of this name; its arguments are not read */
    SCL_DOCKER_ADD,
    SCL_DOCKER_ARG,
    SCL_DOCKER_CMD,
    SCL_DOCKER_COPY,
    SCL_DOCKER_ENTRYPOINT,
    SCL_DOCKER_ENV,
    SCL_DOCKER_EXPOSE,
    SCL_DOCKER_FROM,
    SCL_DOCKER_HEALTHCHECK,
    SCL_DOCKER_LABEL,
    SCL_DOCKER_MAINTAINER,
    SCL_DOCKER_ONBUILD,
    SCL_DOCKER_RUN,
    SCL_DOCKER_SHELL,
    SCL_DOCKER_STOPSIGNAL,
    SCL_DOCKER_USER,
    SCL_DOCKER_VOLUME,
    SCL_DOCKER_WORKDIR
};

enum scl_docker_form {
    SCL_DOCKER_FORM_LIST,  /* words, or one word that is the rest of the line */
    SCL_DOCKER_FORM_SHELL, /* RUN CMD ENTRYPOINT SHELL HEALTHCHECK: one word for a shell, or none */
    SCL_DOCKER_FORM_EXEC   /* a JSON array: its strings, decoded */
};

#define SCL_DOCKER_NO_BODY UINT32_MAX

/* An argument. FROM: image, "AS", name. HEALTHCHECK: type, then the command. COPY, ADD: sources,
 * then the destination. */
struct scl_docker_word {
    struct scl_str text;  /* quotes and references as written; of a JSON string: decoded */
    struct scl_span span;
    uint32_t heredoc;     /* ADD, COPY, RUN: the word is one, number of its body plus 1;
                             SCL_DOCKER_NO_BODY: it has none (JSON form); 0: it is no heredoc */
};

struct scl_docker_flag {
    struct scl_str name, value; /* quotes and escapes are gone; name without `--` */
    struct scl_span span, name_span, value_span; /* the last without its `=`, with its quotes */
    bool has_value;             /* a `=` is written */
    bool is_known;              /* the instruction has such a flag */
};

/* Of ENV, LABEL, ARG, and the fields of a mount. */
struct scl_docker_pair {
    struct scl_str key, value; /* as written, with quotes; fields of mounts: decoded */
    struct scl_span span, key_span, value_span;
    bool has_value;            /* a `=` is written, or the pair is legacy */
    bool is_legacy;            /* `ENV key value` */
};

struct scl_docker_heredoc {
    struct scl_str delimiter;
    uint64_t fd;            /* `3<<EOF`; 0 where none is written */
    struct scl_span word;   /* `<<EOF` */
    struct scl_span body;   /* whole lines */
    struct scl_span terminator; /* its line without blanks or line end; empty where it is missing */
    bool expands;           /* no part of the delimiter is quoted */
    bool strips_tabs;       /* `<<-` */
};

/* A flag of RUN that is a list of fields: `--mount`, `--device`. */
struct scl_docker_option {
    const struct scl_docker_flag *flag;
    const struct scl_docker_pair *fields;
    uint32_t field_count;
};

struct scl_docker_health {
    bool is_none;
    int64_t interval, timeout, start_period, start_interval; /* nanoseconds; 0: not given */
    int64_t retries;                                         /* 0: not given */
};

struct scl_docker_instruction {
    struct scl_docker_instruction *next;
    struct scl_docker_instruction *trigger; /* ONBUILD */
    const struct scl_docker_health *health; /* HEALTHCHECK that is not bad */
    struct scl_str text;                    /* logical; blanks at its end are kept */
    struct scl_str name;                    /* as written, a slice of text */
    struct scl_str rest;                    /* after name and flags, trimmed, a slice of text */
    const struct scl_piece *pieces;         /* shared with a trigger */
    const struct scl_docker_flag *flags;
    const struct scl_docker_word *words;
    const struct scl_docker_pair *pairs;
    const struct scl_docker_heredoc *heredocs; /* of ONBUILD: those of its trigger */
    const struct scl_docker_option *options;
    uint32_t piece_count, flag_count, word_count, pair_count, heredoc_count, option_count;
    uint32_t logical;           /* where text begins in the pieces' logical offsets */
    struct scl_span span;       /* from the name to the last byte, heredocs included */
    uint32_t first_line, last_line;
    uint32_t comment_first, comment_count; /* those that belong to it, in the file's list */
    uint32_t empty_line;        /* the first blank line within a continuation; 0: none */
    enum scl_docker_kind kind;
    enum scl_docker_form form;
    bool is_bad;
};

/* A line that is a comment as a whole. Those of directives are not in the list. */
struct scl_docker_comment {
    struct scl_span span; /* from `#`, without blanks at the end */
    bool is_inside;       /* within a continuation */
};

struct scl_docker_directive {
    struct scl_str value, all; /* up to the first space, and whole */
    struct scl_span span;      /* of the whole value; length 0: there is none */
};

struct scl_dockerfile {
    const struct scl_source *source;
    struct scl_docker_directive syntax, check, escape_directive;
    char escape; /* `\` or a backtick */
    bool is_cut; /* at a limit: the rest is not read */
    struct scl_docker_instruction *first;
    uint32_t count;
    SCL_VEC(struct scl_docker_comment) comments;
};

struct scl_docker_limits {
    uint32_t line_bytes; /* 0: 65,535 */
    uint32_t nodes;      /* instructions, comments, arguments; 0: 4,000,000 */
};

/* False only without memory. The source must outlive the result. */
bool scl_dockerfile_read(struct scl_arena *arena, const struct scl_source *source,
                         const struct scl_docker_limits *limits, struct scl_notes *notes,
                         struct scl_dockerfile *ret);

/* The place of text[start..end), from its first to its last byte. */
struct scl_span scl_docker_span(const struct scl_docker_instruction *instruction, uint32_t start,
                                uint32_t end);
/* The place of a slice of the logical text; that of the instruction for any other slice. */
struct scl_span scl_docker_slice_span(const struct scl_docker_instruction *instruction,
                                      struct scl_str slice);
/* What BuildKit takes for its text: without `#`, which an indented one keeps. */
struct scl_str scl_docker_comment_text(const struct scl_dockerfile *file,
                                       const struct scl_docker_comment *comment);

/* ---- words that mean more ---- */

struct scl_docker_problem {
    struct scl_str text; /* as the message of a note */
    uint32_t field;      /* of an option: which of its fields */
};

/* Whether a word as a whole is a heredoc: sets all but the spans. */
bool scl_docker_heredoc_word(struct scl_arena *arena, struct scl_str word,
                             struct scl_docker_heredoc *ret);

enum scl_docker_mount_type {
    SCL_DOCKER_MOUNT_BIND,
    SCL_DOCKER_MOUNT_CACHE,
    SCL_DOCKER_MOUNT_TMPFS,
    SCL_DOCKER_MOUNT_SECRET,
    SCL_DOCKER_MOUNT_SSH
};

enum scl_docker_sharing {
    SCL_DOCKER_SHARING_UNSET,
    SCL_DOCKER_SHARING_SHARED,
    SCL_DOCKER_SHARING_PRIVATE,
    SCL_DOCKER_SHARING_LOCKED
};

struct scl_docker_mount {
    enum scl_docker_mount_type type;
    enum scl_docker_sharing sharing;
    struct scl_str from, source, target, id, env;
    int64_t size;            /* bytes; 0: no limit */
    uint32_t mode, uid, gid; /* where has_ says so */
    bool has_mode, has_uid, has_gid, has_env;
    bool is_read_only, is_required;
};

/* What a `--mount` means. `values` are those of its fields after expansion, one for each; NULL:
 * as written. False: it means nothing, see the problem. */
bool scl_docker_mount_evaluate(struct scl_arena *arena, const struct scl_docker_option *option,
                               const struct scl_str *values, struct scl_docker_mount *ret,
                               struct scl_docker_problem *ret_problem);

struct scl_docker_device {
    struct scl_str name;
    bool is_required;
};

bool scl_docker_device_evaluate(struct scl_arena *arena, const struct scl_docker_option *option,
                                struct scl_docker_device *ret,
                                struct scl_docker_problem *ret_problem);

struct scl_docker_port {
    struct scl_str ip, host; /* what EXPOSE ignores; length 0: not given */
    uint32_t first, last;    /* of the container */
    const char *protocol;    /* "tcp", "udp", "sctp" */
};

/* A port of EXPOSE, after expansion. */
bool scl_docker_port_parse(struct scl_arena *arena, struct scl_str text,
                           struct scl_docker_port *ret, struct scl_docker_problem *ret_problem);

#endif
