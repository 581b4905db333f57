/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_parser.h: what the files of the shell reader share
 *
 * One cursor goes over one window of one text at a time: the body, the body of a here-document, a
 * backquoted command, a script. Nothing is read twice, with two exceptions that are bounded by the
 * depth: the end of a here-document and that of `((` are looked for before what is inside is read.
 *
 * When something is not understood, the window is cut at that place: every loop then finds its end
 * and unwinds without a further word.
 */
#ifndef SCL_SYNTAX_SHELL_PARSER_H
#define SCL_SYNTAX_SHELL_PARSER_H

#include "syntax/shell.h"

enum { SCL_SHELL_END = -1 };

/* A text beyond this is not read: offsets with the highest bit lie in the built texts. */
#define SCL_SHELL_BUILT 0x80000000u

struct scl_shell_cursor {
    const char *text;   /* of a segment */
    uint32_t base;      /* its logical start */
    uint32_t pos, end;  /* in it */
    uint32_t depth;
    bool stopped;
};

struct scl_shell_pending { /* a here-document whose body has not come yet, or is to be read */
    uint32_t redirection;
    struct scl_shell_cursor body;
};

/* What ends a run of parts, and which characters are special in it. */
enum scl_shell_mode {
    SCL_SHELL_IN_WORD = 1,
    SCL_SHELL_IN_QUOTES = 2,
    SCL_SHELL_IN_HEREDOC = 4,
    SCL_SHELL_IN_BRACES = 8,         /* ${x:-here} */
    SCL_SHELL_IN_QUOTED_BRACES = 16, /* "${x:-here}" */
    SCL_SHELL_IN_ARITHMETIC = 32,
    SCL_SHELL_IN_REGEX = 64,         /* right of =~ */
    SCL_SHELL_IN_TABBED = 128        /* a here-document whose lines lose their leading tabs */
};

struct scl_shell_parser {
    struct scl_arena scratch;
    struct scl_arena *arena; /* of what stays */
    struct scl_notes *notes;
    struct scl_shell *shell; /* its map, dialect, is_complete */
    struct scl_shell_cursor cursor;
    uint32_t depth_limit, node_limit;
    bool is_full;        /* the limit of nodes was noted */
    uint32_t note_count; /* a hostile body has a window with something wrong every few bytes */
    SCL_VEC(struct scl_shell_node) nodes;
    SCL_VEC(struct scl_shell_segment) segments;
    SCL_VEC(struct scl_piece) pieces;
    SCL_VEC(char) built;
    SCL_VEC(struct scl_shell_pending) pending;
    uint32_t pending_first;
    SCL_VEC(struct scl_shell_pending) bodies;
};

/* shell_lexer.c: characters, nodes, notes */
int scl_shell_peek(const struct scl_shell_parser *parser, uint32_t ahead);
bool scl_shell_at(const struct scl_shell_parser *parser, const char *text);
bool scl_shell_take(struct scl_shell_parser *parser, const char *text);
bool scl_shell_is_delimiter(int c);
bool scl_shell_is_name(int c, bool first);
void scl_shell_skip_blanks(struct scl_shell_parser *parser);
void scl_shell_skip_newlines(struct scl_shell_parser *parser);
/* Without taking it: the unquoted word that begins here, if it is one of the letters and signs
 * of reserved words alone. */
struct scl_str scl_shell_reserved(const struct scl_shell_parser *parser);
bool scl_shell_at_reserved(const struct scl_shell_parser *parser, const char *word);
bool scl_shell_take_reserved(struct scl_shell_parser *parser, const char *word);
uint32_t scl_shell_open(struct scl_shell_parser *parser, enum scl_shell_kind kind);
void scl_shell_close(struct scl_shell_parser *parser, uint32_t node);
void scl_shell_flag(struct scl_shell_parser *parser, uint32_t node, unsigned flags);
void scl_shell_bash(struct scl_shell_parser *parser, uint32_t node);
void scl_shell_stop(struct scl_shell_parser *parser, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A note at a logical place; the first few of a body. */
void scl_shell_note(struct scl_shell_parser *parser, struct scl_span logical, struct scl_str text);
bool scl_shell_enter(struct scl_shell_parser *parser);
void scl_shell_leave(struct scl_shell_parser *parser);
/* The logical text between two offsets, while reading. */
struct scl_str scl_shell_between(const struct scl_shell_parser *parser, uint32_t start,
                                 uint32_t end);

/* shell_heredoc.c */
void scl_shell_expect_heredoc(struct scl_shell_parser *parser, uint32_t redirection);
/* Behind a newline: the bodies that begin there. */
void scl_shell_skip_heredocs(struct scl_shell_parser *parser);
/* Bodies come in the window of their redirection: what begins returns what ends takes. */
uint32_t scl_shell_begin_window(struct scl_shell_parser *parser);
void scl_shell_end_window(struct scl_shell_parser *parser, uint32_t outer);
void scl_shell_read_heredocs(struct scl_shell_parser *parser);

/* shell_word.c */
uint32_t scl_shell_parse_word(struct scl_shell_parser *parser, bool has_arrays);
uint32_t scl_shell_parse_regex(struct scl_shell_parser *parser);
uint32_t scl_shell_parse_assignment(struct scl_shell_parser *parser);
/* A WORD of a mode up to `stop` or the mode's end, neither taken. */
uint32_t scl_shell_parse_argument(struct scl_shell_parser *parser, enum scl_shell_mode mode,
                                  char stop);
void scl_shell_parse_parts(struct scl_shell_parser *parser, enum scl_shell_mode mode, char stop);
/* The cursor stands at a `(` of an array. */
void scl_shell_parse_array(struct scl_shell_parser *parser);
bool scl_shell_at_assignment(const struct scl_shell_parser *parser);
void scl_shell_add_literal(struct scl_shell_parser *parser, uint32_t start, uint32_t end);

/* shell_expansion.c */
void scl_shell_parse_dollar(struct scl_shell_parser *parser, enum scl_shell_mode mode);
void scl_shell_parse_backquote(struct scl_shell_parser *parser, enum scl_shell_mode mode);
void scl_shell_parse_process(struct scl_shell_parser *parser);
/* Whether the `((` that ends `ahead` bytes behind the cursor is closed by a `))`. */
bool scl_shell_is_arithmetic(const struct scl_shell_parser *parser, uint32_t ahead);

/* shell_text.c: texts of words */
void scl_shell_finish_word(struct scl_shell_parser *parser, uint32_t word, bool keeps_text);
/* A cursor over the text of a word; one that is not a slice becomes a segment of its own. */
bool scl_shell_text_cursor(struct scl_shell_parser *parser, uint32_t word,
                           struct scl_shell_cursor *ret);
/* To make a segment: where it will start, the places of its bytes, and then its text. */
uint32_t scl_shell_next_segment(const struct scl_shell_parser *parser);
void scl_shell_add_pieces(struct scl_shell_parser *parser, uint32_t logical, uint32_t from,
                          uint32_t length);
bool scl_shell_add_segment(struct scl_shell_parser *parser, struct scl_str text,
                           struct scl_shell_cursor *ret);

/* shell_grammar.c */
uint32_t scl_shell_parse_list(struct scl_shell_parser *parser, unsigned role);
/* A command of any kind; UINT32_MAX where nothing begins one, or at a limit. */
uint32_t scl_shell_parse_command(struct scl_shell_parser *parser);
void scl_shell_parse_redirections(struct scl_shell_parser *parser);
/* Behind a list that nobody began: says so where the window goes on. */
void scl_shell_expect_end(struct scl_shell_parser *parser);
/* A name for what lies ahead, to be written between quotes. */
struct scl_str scl_shell_ahead(const struct scl_shell_parser *parser);

/* shell_compound.c */
/* UINT32_MAX where no compound command begins. */
uint32_t scl_shell_parse_compound(struct scl_shell_parser *parser);
/* `node` is a SIMPLE of one word, and `(` lies ahead: makes it a FUNCTION. */
void scl_shell_parse_function_body(struct scl_shell_parser *parser, uint32_t node);

/* shell_script.c */
void scl_shell_read_scripts(struct scl_shell_parser *parser);

/* shell_tree.c */
/* The place of a logical offset, and how many bytes from it on lie in a row in the source. */
uint32_t scl_shell_locate(const struct scl_shell *shell, uint32_t logical, uint32_t *ret_run);

#endif
