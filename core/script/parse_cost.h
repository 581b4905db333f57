/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse_cost.h: what a text may cost Lua's parser
 *
 * The parser runs no instructions, and some texts cost it far more than their length: a name is
 * looked for among all variables around it, a jump is appended to a list that is walked from its
 * head. This reads the text just ahead of the parser, as a lexer only, and tells for each slice an
 * upper bound that grows as the parser's own: names by variables declared so far, jumps by jumps.
 *
 * It also sees expressions that index too often in a row, which older versions of Lua walk by
 * recursion when such an expression goes wrong.
 */
#ifndef SCL_SCRIPT_PARSE_COST_H
#define SCL_SCRIPT_PARSE_COST_H

#include "base/str.h"

enum { SCL_INDEXES_MAX = 400, SCL_BRACKETS_MAX = 256, SCL_WORD_ROOM = 16 };

struct scl_parse_cost {
    uint64_t steps;     /* of the slices so far */
    uint64_t variables; /* declared so far, functions included */
    uint64_t jumps;     /* and labels */
    uint32_t line;      /* from 1 */
    bool indexes_too_often;

    uint8_t state; /* of the lexer; see parse_cost.c */
    uint8_t token; /* the last one */
    uint8_t declares;
    char quote;
    uint32_t level, closing; /* of a long bracket */
    bool is_comment;
    uint8_t dots;
    char word[SCL_WORD_ROOM];
    uint32_t word_len;
    uint32_t depth;
    uint16_t indexes[SCL_BRACKETS_MAX]; /* in a row, for each open bracket */
};

void scl_parse_cost_init(struct scl_parse_cost *cost);
/* Reads one more slice of the text; a token may go on in the next. */
void scl_parse_cost_feed(struct scl_parse_cost *cost, struct scl_str slice);

#endif
