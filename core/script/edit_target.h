/* SPDX-License-Identifier: Apache-2.0 */
/*
 * edit_target.h: the bytes that an edit at a place is about
 */
#ifndef SCL_SCRIPT_EDIT_TARGET_H
#define SCL_SCRIPT_EDIT_TARGET_H

#include "script/node.h"

/* How the bytes stand among others, which tells what goes with them and what comes between. */
enum scl_edit_form {
    SCL_EDIT_BYTES, /* for themselves */
    SCL_EDIT_LINES, /* an instruction, or an entry with its lines for itself */
    SCL_EDIT_FIRST, /* an entry on lines of its own, but behind the dash of the list of its map */
    SCL_EDIT_ITEM,  /* an entry between brackets, commas beside it */
    SCL_EDIT_WORD   /* a word of a command line, or some that belong together */
};

struct scl_edit_target {
    const struct scl_view *view; /* NULL: there is nothing that can be changed */
    struct scl_span span;
    uint16_t file;
    enum scl_edit_form form;
};

/* What replacing is about: of an entry with a key its value. */
struct scl_edit_target scl_edit_value(const struct scl_place_node *place);
/* What is deleted, or has something put beside it: an entry with its key. */
struct scl_edit_target scl_edit_entry(const struct scl_place_node *place);

const struct scl_source *scl_edit_source(const struct scl_edit_target *target);
/* The lines that the bytes lie in, with their ends. */
struct scl_span scl_edit_lines(const struct scl_edit_target *target);
/* The bytes that go when it is deleted. */
struct scl_span scl_edit_deleted(const struct scl_edit_target *target);
/* How many columns its first line is indented, dashes included; UINT32_MAX where something else
 * stands before it. */
uint32_t scl_edit_indent(const struct scl_edit_target *target);

#endif
