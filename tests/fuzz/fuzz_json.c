/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_json.c: the JSON reader against jansson
 *
 * What one reads without an error the other must read too, with the same value. Differences on
 * purpose:
 * - a byte-order mark is skipped here and refused there;
 * - numbers beyond a C integer or double are refused there, and are text here;
 * - NULs in keys are refused there, and one between tokens ends the text there;
 * - both limit the depth, so it is set to theirs.
 * Besides, every note and node must lie within the text, and children in their parents; so must
 * those of the same bytes in a string of JSON.
 */
#include "demand.h"

#include "base/text.h"
#include "syntax/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct scl_tree_limits limits = { .depth = 2048, .nodes = 4000000 };

static void
check_places(const struct scl_source *source, const struct scl_tree *node)
{
    demand((size_t)node->span.offset + node->span.length <= source->text.len);
    if (node->key.at)
        demand(scl_span_end(node->key_span) <= node->span.offset);
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *child = scl_tree_child(node, i);

        demand(scl_tree_entry(child).offset > node->span.offset);
        demand(scl_span_end(child->span) <= scl_span_end(node->span));
        demand(i == 0 || scl_tree_entry(child).offset >=
                             scl_span_end(scl_tree_child(node, i - 1)->span));
        if (node->kind == SCL_TREE_MAP)
            demand(scl_tree_find(node, scl_tree_key(child)) == child);
        check_places(source, child);
    }
}

static void
check_notes(const struct scl_source *source, const struct scl_notes *notes)
{
    demand(notes->list.count <= SCL_TREE_NOTES + 2);
    for (uint32_t i = 0; i < notes->list.count; i++)
        demand((size_t)notes->list.at[i].span.offset + notes->list.at[i].span.length <=
               source->text.len);
}

static void
compare_number(const struct scl_tree *node, const json_t *other)
{
    char *text = strndup(scl_tree_text(node).at, scl_tree_text(node).len);
    int64_t value = 0;

    demand(text != NULL && node->kind == SCL_TREE_NUMBER);
    if (json_is_integer(other))
        demand(scl_tree_int(node, &value) && value == json_integer_value(other));
    else
        demand(strtod(text, NULL) == json_real_value(other));
    free(text);
}

static void
compare(const struct scl_tree *node, json_t *other)
{
    struct scl_str text = scl_tree_text(node);
    const char *key;
    json_t *value;

    switch (json_typeof(other)) {
    case JSON_NULL:
        demand(node->kind == SCL_TREE_NULL);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        demand(node->kind == SCL_TREE_BOOL && node->is_true == json_is_true(other));
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        compare_number(node, other);
        break;
    case JSON_STRING:
        demand(node->kind == SCL_TREE_STRING &&
               scl_str_same(text, scl_str_n(json_string_value(other), json_string_length(other))));
        break;
    case JSON_ARRAY:
        demand(node->kind == SCL_TREE_LIST && scl_tree_count(node) == json_array_size(other));
        for (uint32_t i = 0; i < scl_tree_count(node); i++)
            compare(scl_tree_child(node, i), json_array_get(other, i));
        break;
    case JSON_OBJECT:
        demand(node->kind == SCL_TREE_MAP && scl_tree_count(node) == json_object_size(other));
        json_object_foreach(other, key, value)
        {
            const struct scl_tree *entry = scl_tree_find(node, scl_str_c(key));

            demand(entry != NULL);
            compare(entry, value);
        }
        break;
    }
}

static bool
differs_on_purpose(struct scl_str text, const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);

    return scl_str_starts(text, SCL_S("\xef\xbb\xbf")) || code == json_error_numeric_overflow ||
           code == json_error_null_byte_in_key;
}

static void
demand_same(const struct scl_tree *node, const struct scl_tree *other)
{
    demand(node->kind == other->kind && node->is_cut == other->is_cut);
    demand(scl_str_same(scl_tree_key(node), scl_tree_key(other)));
    demand(scl_str_same(scl_tree_text(node), scl_tree_text(other)));
    demand(scl_tree_count(node) == scl_tree_count(other));
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        demand_same(scl_tree_child(node, i), scl_tree_child(other, i));
}

/* The bytes as a string of JSON, each second one as an escape where it may be one. */
static void
read_nested(struct scl_arena *arena, struct scl_str text, const struct scl_tree *same)
{
    struct scl_text quoted = { 0 };
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *string, *nested;

    scl_text_char(&quoted, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte < 0x20 || (byte < 0x80 && i % 2))
            scl_text_f(&quoted, "\\u%04x", (unsigned)byte);
        else
            scl_text_f(&quoted, "%s%c", byte == '"' || byte == '\\' ? "\\" : "", byte);
    }
    scl_text_char(&quoted, '"');
    scl_notes_init(&notes, arena);
    demand(!quoted.failed && scl_source_init(&source, arena, SCL_S("x"), scl_text_str(&quoted)));
    string = scl_json_read(arena, &source, &limits, &notes);
    demand(string && string->kind == SCL_TREE_STRING);
    scl_notes_init(&notes, arena);
    nested = scl_json_read_nested(arena, &source, string, &limits, &notes);
    demand(nested != NULL);
    check_places(&source, nested);
    check_notes(&source, &notes);
    if (scl_str_same(scl_tree_text(string), text))
        demand_same(nested, same);
    scl_text_finish(&quoted);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = scl_str_n((const char *)data, size);
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *root;
    json_error_t error = { .line = 0 };
    json_t *other = json_loadb(text.at, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    demand(scl_source_init(&source, &arena, SCL_S("x.json"), text));
    root = scl_json_read(&arena, &source, &limits, &notes);
    demand(root != NULL);
    check_places(&source, root);
    check_notes(&source, &notes);
    if (other && scl_str_find_char(text, '\0') == SIZE_MAX) {
        demand(!scl_notes_have_error(&notes));
        compare(root, other);
    } else if (!other) {
        demand(scl_notes_have_error(&notes) || differs_on_purpose(text, &error));
    }
    read_nested(&arena, text, root);
    json_decref(other);
    scl_arena_finish(&arena);
    return 0;
}
