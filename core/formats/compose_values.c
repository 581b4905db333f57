/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose_values.c: copies of services, with their variables replaced
 *
 * Numbers and truths become the text that Compose makes of them where a text is wanted; what wants
 * a number reads it from there. A list or map keeps its place, its children are new.
 *
 * Invariants: a copy is no deeper than what it is copied from, which its reader has limited; an
 * alias is copied where it stands, and its reader has limited that, too.
 */
#include "formats/compose.h"

#include "formats/companions.h"
#include "formats/env_file.h"
#include "syntax/interpolate.h"
#include "syntax/number.h"

#include <string.h>

/* ---- variables ---- */

/* Reads the file .env beside the document, the first time that a variable is asked for. */
static void
read_env(struct scl_compose *c)
{
    struct scl_document *d = c->l.d;
    struct scl_env_lines lines = { .arena = &d->arena, .kind = SCL_ENV_FILE_DOTENV };
    struct scl_env_line line;
    uint16_t file;

    c->has_env = true;
    if (scl_companion_read(d, c->input, SCL_S(".env"), &file) != SCL_COMPANION_GIVEN)
        return;
    lines.text = d->files[file].text;
    while (scl_env_file_next(&lines, &line)) {
        struct scl_str *value = line.has_value ? scl_vec_push(&d->arena, &c->env_values) : NULL;

        if (!value)
            continue;
        *value = line.value;
        scl_map_put(&c->env, line.name, c->env_values.count - 1);
    }
}

static bool
find_variable(void *context, struct scl_str name, struct scl_str *ret_value)
{
    struct scl_compose *c = context;
    const struct scl_map_entry *entry;

    for (uint32_t i = c->input->variable_count; i-- > 0;) {
        if (!scl_str_same(c->input->variables[i].name, name))
            continue;
        *ret_value = c->input->variables[i].value;
        return true;
    }
    if (!c->has_env)
        read_env(c);
    entry = scl_map_find(&c->env, name);
    if (entry)
        *ret_value = c->env_values.at[entry->value];
    return entry != NULL;
}

static void
use_variable(void *context, struct scl_str name, enum scl_variable_use use, struct scl_str value)
{
    struct scl_compose *c = context;
    struct scl_arena *arena = &c->l.d->arena;
    struct scl_compose_use *made;

    for (uint32_t i = 0; i < c->uses.count && i < 64; i++)
        if (scl_str_same(c->uses.at[i].name, name))
            return;
    made = c->copied ? scl_vec_push(arena, &c->uses) : NULL;
    if (!made)
        return;
    *made = (struct scl_compose_use){ .name = name, .use = (uint8_t)use, .node = c->copied };
    made->value = scl_str_n(scl_arena_copy(arena, value.at ? value.at : "", value.len), value.len);
}

/* A text that is no template stays as it is, and that is noted. */
struct scl_str
scl_compose_text(struct scl_compose *c, const struct scl_tree *node, struct scl_str text)
{
    struct scl_interpolation in = { &c->l.d->arena, c, find_variable, use_variable };
    struct scl_str made;
    size_t at;

    c->copied = node;
    if (scl_interpolate(&in, text, &made, &at) == SCL_INTERPOLATED)
        return made;
    if (node)
        scl_rows_refuse(&c->l, 0, SCL_NONE, node,
                        "no variable behind the $; a dollar is written $$");
    return text;
}

struct scl_str
scl_compose_interpolate(struct scl_lowering *l, struct scl_str text)
{
    return scl_compose_text(scl_compose_of(l), NULL, text);
}

/* ---- copies ---- */

struct copying {
    struct scl_compose *c;
    const struct scl_yaml *yaml;
};

/* 1.10 is 1.1 as a text, and 1e3 is 1000: numbers with a point or an exponent lose their form. */
static struct scl_str
number_text(struct scl_arena *arena, struct scl_str text)
{
    int64_t nano, whole;
    const char *sign = "";
    bool exact;

    if (scl_str_int(text, &whole) || (scl_str_find_char(text, '.') == SIZE_MAX &&
                                      scl_str_find_char(text, 'e') == SIZE_MAX))
        return text;
    if (!scl_number_nano(text, &nano, &exact) || !exact || nano == INT64_MIN)
        return text;
    if (nano < 0) {
        sign = "-";
        nano = -nano;
    }
    whole = nano / 1000000000;
    nano %= 1000000000;
    if (!nano)
        return scl_rows_print(arena, "%s%lld", sign, (long long)whole);
    for (unsigned width = 9;; width--, nano /= 10)
        if (nano % 10)
            return scl_rows_print(arena, "%s%lld.%0*lld", sign, (long long)whole, (int)width,
                                  (long long)nano);
}

/* Of a user it is the number that counts: 0700 is 448. */
static struct scl_str
user_text(struct scl_arena *arena, const struct scl_tree *from, struct scl_str text)
{
    int64_t number;

    return scl_yaml_int(from, &number) ? scl_rows_print(arena, "%lld", (long long)number) : text;
}

static void
copy_scalar(struct copying *copying, const struct scl_tree *from, struct scl_tree *to)
{
    struct scl_arena *arena = &copying->c->l.d->arena;
    struct scl_str text = scl_tree_text(from);

    if (from->kind == SCL_TREE_NULL)
        return;
    if (from->kind == SCL_TREE_NUMBER && scl_str_is(scl_tree_key(from), "user"))
        text = user_text(arena, from, text);
    else if (from->kind == SCL_TREE_NUMBER)
        text = number_text(arena, text);
    else if (from->kind == SCL_TREE_STRING)
        text = scl_compose_text(copying->c, from, text);
    to->kind = SCL_TREE_STRING;
    to->body.text = text.at ? text.at : "";
    to->count = (uint32_t)text.len;
    to->is_cut = !scl_part_is_known(text);
    to->is_true = false;
}

static bool copy_node(struct copying *copying, const struct scl_tree *from, struct scl_tree *to);

static bool
copy_children(struct copying *copying, const struct scl_tree *from, struct scl_tree *to)
{
    uint32_t count = from->count;
    bool is_large = from->kind == SCL_TREE_MAP && count > SCL_TREE_SMALL;
    size_t slots = is_large ? scl_tree_slot_count(count) * sizeof(uint32_t) : 0;
    struct scl_tree *children =
        scl_arena_alloc(&copying->c->l.d->arena, (size_t)count * sizeof *children + slots + 1);

    if (!children)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!copy_node(copying, scl_tree_child(from, i), &children[i]))
            return false;
    to->body.first = children;
    if (slots) /* they hold indexes and are made anew, as their order hangs on the place */
        memset((void *)(children + count), 0, slots);
    for (uint32_t i = 0; slots && i < count; i++)
        *scl_tree_slot(to, scl_tree_key(&children[i])) = i + 1;
    return true;
}

static bool
copy_node(struct copying *copying, const struct scl_tree *from, struct scl_tree *to)
{
    struct scl_str tag = copying->yaml ? scl_yaml_tag_of(copying->yaml, from)
                                       : scl_str_n("", 0);
    bool is_marked = false;

    *to = *from;
    to->is_true = false;
    if (scl_str_is(tag, "!reset")) {
        *to = (struct scl_tree){ .key = from->key, .key_span = from->key_span,
                                 .span = from->span, .body.text = "" };
        to->key_trim = from->key_trim;
        to->file = from->file;
        to->is_true = true;
        return true;
    }
    is_marked = scl_str_is(tag, "!override");
    if (from->kind == SCL_TREE_LIST || from->kind == SCL_TREE_MAP) {
        if (!copy_children(copying, from, to))
            return false;
    } else {
        copy_scalar(copying, from, to);
    }
    to->is_true = is_marked;
    return true;
}

const struct scl_tree *
scl_compose_copy(struct scl_compose *c, const struct scl_compose_file *file,
                 const struct scl_tree *node)
{
    struct copying copying = { c, file->yaml };
    struct scl_tree *made = scl_arena_alloc(&c->l.d->arena, sizeof *made);

    return made && copy_node(&copying, node, made) ? made : NULL;
}
