/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_reader.h: the state of reading a Dockerfile, inside
 *
 * Lines are found in dockerfile_lines.c, which joins them and calls scl_docker_parse for each
 * instruction; that splits it and calls the readers of its parts. What a reader finds is gathered
 * in vectors of the scratch arena, used again for each instruction (so that new members are not
 * zeroed), and copied to the arena of the result once its number is known.
 *
 * Invariant: `is_over` is set once nothing further is to be read: no memory, or a limit.
 */
#ifndef SCL_SYNTAX_DOCKERFILE_READER_H
#define SCL_SYNTAX_DOCKERFILE_READER_H

#include "syntax/dockerfile.h"

struct scl_docker_reader {
    struct scl_arena *arena;
    struct scl_arena scratch;
    struct scl_notes *notes;
    struct scl_dockerfile *file;
    struct scl_docker_instruction **tail; /* where the next one is to be linked */
    struct scl_str text;   /* of the source */
    uint32_t line;         /* the next one, from 0 */
    uint32_t line_limit, node_limit, nodes_left;
    uint32_t errors;
    uint32_t comment_first; /* of those that the next instruction gets */
    bool in_directives;     /* every line so far is one */
    bool has_syntax, has_check, has_escape;
    bool has_stage;         /* a FROM was read */
    bool in_trigger;        /* of ONBUILD, which is not judged here */
    bool is_over;
    SCL_VEC(struct scl_piece) pieces;
    SCL_VEC(struct scl_piece) decoded; /* of a flag: bytes of its word -> logical text */
    SCL_VEC(struct scl_docker_flag) flags;
    SCL_VEC(struct scl_docker_word) words;
    SCL_VEC(struct scl_docker_pair) pairs;
    SCL_VEC(struct scl_docker_option) options;
    SCL_VEC(uint32_t) option_flags; /* the number of each one's flag */
    SCL_VEC(struct scl_docker_heredoc) heredocs;
};

/* A physical line: [start, end) without its line end, which reaches to `next`. */
struct scl_docker_line {
    uint32_t number; /* from 1 */
    uint32_t start, end, next;
};

/* The rules of a kind of instruction. */
enum scl_docker_shape {
    SCL_DOCKER_SHAPE_NONE,
    SCL_DOCKER_SHAPE_COMMAND, /* a JSON array, or a text for a shell */
    SCL_DOCKER_SHAPE_PATHS,   /* a JSON array, or words */
    SCL_DOCKER_SHAPE_LIST,
    SCL_DOCKER_SHAPE_TEXT,
    SCL_DOCKER_SHAPE_PAIRS,
    SCL_DOCKER_SHAPE_NAMES,
    SCL_DOCKER_SHAPE_HEALTH,
    SCL_DOCKER_SHAPE_TRIGGER
};

enum scl_docker_flag_type { SCL_DOCKER_FLAG_BOOL, SCL_DOCKER_FLAG_TEXT, SCL_DOCKER_FLAG_LIST };

struct scl_docker_flag_rule {
    const char *name; /* NULL: the end of a table */
    enum scl_docker_flag_type type;
};

struct scl_docker_rule {
    struct scl_str name;
    enum scl_docker_kind kind;
    enum scl_docker_shape shape;
    bool ignores_flags;
    const struct scl_docker_flag_rule *flags;
};

/* What parts a name and its arguments, and the words of a list. */
static inline bool
scl_docker_is_separator(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\n');
}

/* What BuildKit's regular expressions take for a blank. */
static inline bool
scl_docker_is_pattern_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r' && byte != '\v');
}

/* Lines. The next one, or false: at the end, or over a limit, which is noted. */
bool scl_docker_line_next(struct scl_docker_reader *reader, struct scl_docker_line *ret);
static inline struct scl_str
scl_docker_line_text(const struct scl_docker_reader *reader, const struct scl_docker_line *line)
{
    return scl_str_sub(reader->text, line->start, line->end - line->start);
}

/* Counts `count` parts against the limit; false where it is reached or there is no memory. */
bool scl_docker_count(struct scl_docker_reader *reader, uint32_t count, uint32_t offset);
/* Takes note of an error note (NULL: no memory) and of the instruction that it is about. */
struct scl_note *scl_docker_bad(struct scl_docker_reader *reader,
                                struct scl_docker_instruction *instruction,
                                struct scl_note *note);
/* What of a text is fit for a message. */
struct scl_str scl_docker_shown(struct scl_str text);
/* A copy of a vector of the scratch arena; NULL for none. */
void *scl_docker_keep(struct scl_docker_reader *reader, const void *at, uint32_t count,
                      size_t size);

/* Directives. `text` is a line from its `#` on; true: it is one. */
bool scl_docker_directive_read(struct scl_docker_reader *reader, struct scl_str text);
/* Finds syntax and check, as BuildKit does before it reads the file. */
void scl_docker_directive_detect(struct scl_docker_reader *reader);

/* Instructions: name, flags and arguments of `instruction->text`. */
void scl_docker_parse(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction);
/* What is to be said of its arguments and flags beyond their syntax. */
void scl_docker_check(struct scl_docker_reader *reader, struct scl_docker_instruction *instruction,
                      const struct scl_docker_rule *rule);
void scl_docker_health_check(struct scl_docker_reader *reader,
                             struct scl_docker_instruction *instruction);

/* Parts. Each takes what follows in the logical text; `text` is a slice of it. */
struct scl_str scl_docker_flags_read(struct scl_docker_reader *reader,
                                     struct scl_docker_instruction *instruction,
                                     const struct scl_docker_flag_rule *rules,
                                     struct scl_str text);
void scl_docker_flags_check(struct scl_docker_reader *reader,
                            struct scl_docker_instruction *instruction,
                            const struct scl_docker_flag_rule *rules);
const struct scl_docker_flag *scl_docker_flag_find(const struct scl_docker_instruction *instruction,
                                                   const char *name);
void scl_docker_words_split(struct scl_docker_reader *reader,
                            struct scl_docker_instruction *instruction, struct scl_str text);
bool scl_docker_word_add(struct scl_docker_reader *reader,
                         struct scl_docker_instruction *instruction, struct scl_str text);
void scl_docker_pairs_read(struct scl_docker_reader *reader,
                           struct scl_docker_instruction *instruction, struct scl_str text);
void scl_docker_names_read(struct scl_docker_reader *reader,
                           struct scl_docker_instruction *instruction, struct scl_str text);
/* The fields of flag number `flag`, whose value begins at `start` of the decoded word; the text
 * that this was decoded from begins at `base`. */
void scl_docker_option_read(struct scl_docker_reader *reader,
                            struct scl_docker_instruction *instruction, uint32_t flag,
                            uint32_t base, uint32_t start);
/* Names that would be expanded, but cannot be. */
void scl_docker_options_check(struct scl_docker_reader *reader,
                              struct scl_docker_instruction *instruction);
/* Tries a text as a JSON array and gathers its strings as words; false: it is none. */
bool scl_docker_array_read(struct scl_docker_reader *reader,
                           struct scl_docker_instruction *instruction, struct scl_str text);
/* The string that a JSON object has under a key; false: there is none, or no object. */
bool scl_docker_object_find(struct scl_arena *arena, struct scl_str text, const char *key,
                            struct scl_str *ret_value, struct scl_str *ret_token);

/* Heredocs: finds the words, then reads the bodies; `*last` is the last line that was read. */
void scl_docker_heredocs_read(struct scl_docker_reader *reader,
                              struct scl_docker_instruction *instruction,
                              struct scl_docker_line *last);

uint32_t scl_docker_offset(const struct scl_docker_instruction *instruction, const char *at);

#endif
