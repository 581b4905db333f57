/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_convert.c: the readers of rows, from a JSON value to the value of a field
 *
 * Each looks at its node alone. What is not of its kind gives an error note at the value, and the
 * field is unknown: somebody meant to say something, and nobody can tell what.
 */
#include "formats/json_rows.h"

#include "formats/capabilities.h"

static const char *const kind_names[] = {
    [SCL_TREE_NULL] = "null",      [SCL_TREE_BOOL] = "a boolean", [SCL_TREE_NUMBER] = "a number",
    [SCL_TREE_STRING] = "a string", [SCL_TREE_LIST] = "an array",  [SCL_TREE_MAP] = "an object",
};

enum { MOST_NOTES = 100 };

/* Whether one more note may be made: hostile input has millions of bad values. */
static bool
may_note(struct scl_lowering *l, const struct scl_tree *node)
{
    if (l->noted == MOST_NOTES)
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, node->span,
                     "further values of a wrong kind are not listed");
    return l->noted++ < MOST_NOTES;
}

static void
set_unknown(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (field != SCL_NONE && scl_field(field)->kind != SCL_KIND_GROUP)
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
}

/* Whether a text is not known to its end: a variable stands in it that nobody gave. */
static bool
has_hole(const struct scl_tree *node)
{
    return node->kind == SCL_TREE_STRING && node->is_cut;
}

void
scl_rows_refuse(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node, const char *message)
{
    uint16_t file = l->d->notes.file;

    l->d->notes.file = node->file;
    if (may_note(l, node))
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, node->span, "%s", message);
    l->d->notes.file = file;
    set_unknown(l, object, field, node);
}

bool
scl_rows_expect(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node, enum scl_tree_kind kind)
{
    bool is_cut = node->kind == SCL_TREE_NULL && node->is_cut; /* its reader has said so */
    uint16_t file = l->d->notes.file;

    if (node->kind == (unsigned)kind && !has_hole(node))
        return true;
    l->d->notes.file = node->file;
    if (!is_cut && !has_hole(node) && may_note(l, node))
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, node->span, "expected %s, got %s",
                     kind_names[kind], kind_names[node->kind]);
    l->d->notes.file = file;
    set_unknown(l, object, field, node);
    return false;
}

void
scl_row_object(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    scl_rows_expect(l, object, field, node, SCL_TREE_MAP);
}

void
scl_row_group(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        scl_build_group(l->d, object, field, scl_rows_origin(l, node));
}

void
scl_row_text(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        scl_build_text(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
}

void
scl_row_some_text(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_STRING || node->count)
        scl_row_text(l, object, field, node);
}

void
scl_row_bool(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    bool truth;

    if (scl_rows_expect(l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, &truth))
        scl_build_bool(l->d, object, field, truth, scl_rows_origin(l, node));
}

/* A number of digits alone that is too large for the model. */
static bool
is_huge(const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    int64_t number;

    for (size_t i = 0; i < text.len; i++)
        if (!scl_is_digit(text.at[i]))
            return false;
    return !scl_tree_int(node, &number);
}

void
scl_row_int(struct scl_lowering *l, uint32_t object, unsigned field,
            const struct scl_tree *node)
{
    int64_t number;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_tree_int(node, &number))
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node,
                        is_huge(node) ? "the number is too large" : "expected a whole number");
}

void
scl_row_limit(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    int64_t number = 0;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (!scl_tree_int(node, &number) && !is_huge(node))
        scl_rows_refuse(l, object, field, node, "expected a whole number");
    else if (number > 0)
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

void
scl_row_some_int(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    int64_t number;

    if (!scl_tree_int(node, &number) || number > 0)
        scl_row_int(l, object, field, node);
}

/* Whether a node is a scalar, whose text counts. */
bool
scl_rows_expect_scalar(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node)
{
    return node->kind == SCL_TREE_NUMBER || node->kind == SCL_TREE_BOOL ||
           scl_rows_expect(l, object, field, node, SCL_TREE_STRING);
}

static void
add_texts(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
          bool takes_scalars)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        uint32_t origin = scl_rows_origin(l, item);

        if (takes_scalars ? scl_rows_expect_scalar(l, object, SCL_NONE, item)
                          : scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING))
            scl_build_item_text(l->d, object, field, scl_tree_text(item), origin);
        else
            scl_build_item_unknown(l->d, object, field, origin);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

void
scl_row_texts(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    add_texts(l, object, field, node, false);
}

void
scl_row_scalars(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    add_texts(l, object, field, node, true);
}

void
scl_row_image(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_IMAGE, scl_rows_origin(l, node));
    scl_build_reference(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
}

void
scl_row_keys(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        scl_build_item_text(l->d, object, field, scl_tree_key(item),
                            scl_build_origin(l->d, item->key_span, item->key_span));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

void
scl_row_map(struct scl_lowering *l, uint32_t object, unsigned field,
            const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        struct scl_value *value = scl_build_entry(l->d, object, field, scl_tree_key(item),
                                                  scl_tree_text(item), scl_rows_origin(l, item));

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING) && value) {
            value->kind = SCL_KIND_EMPTY;
            value->state = SCANTLING_STATE_UNKNOWN;
        }
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

void
scl_row_pairs(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node, const char *key)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);
        const struct scl_tree *name = scl_rows_find(item, key);
        const struct scl_tree *value = scl_rows_find(item, "value");

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_MAP) || !name ||
            !scl_rows_expect(l, object, SCL_NONE, name, SCL_TREE_STRING)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        if (value)
            scl_rows_expect(l, object, SCL_NONE, value, SCL_TREE_STRING);
        scl_build_entry(l->d, object, field, scl_tree_text(name),
                        value ? scl_tree_text(value) : scl_str_n("", 0), scl_rows_origin(l, name));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* Variables. */

const struct scl_json_row scl_env_rows[] = {
    { "", SCL_ENV_NAME, NULL },
    { "", SCL_ENV_VALUE, NULL },
    { "", SCL_ENV_ORIGIN, NULL },
    { NULL, SCL_NONE, NULL },
};

/* Where the text before (or after) the first `=` of a string stands. A string whose escapes hide
 * where that is gives itself whole. */
static struct scl_span
half(struct scl_lowering *l, const struct scl_tree *node, bool second)
{
    struct scl_str raw = scl_source_text(&l->d->files[node->file], node->span);
    size_t equals = scl_str_find_char(raw, '=');
    size_t escape = scl_str_find(raw, SCL_S("\\u"));
    uint32_t start = node->span.offset, end = scl_span_end(node->span);

    if (equals == SIZE_MAX || escape < equals)
        return node->span;
    if (second)
        return scl_span_between(start + (uint32_t)equals + 1, end - 1);
    return scl_span_between(start + 1, start + (uint32_t)equals);
}

static void
add_variable(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    size_t equals = scl_str_find_char(text, '=');
    uint32_t whole = scl_rows_origin(l, node), origin = whole;
    uint32_t made = scl_build_object(l->d, object, field, whole);

    if (equals != SIZE_MAX)
        origin = scl_build_origin(l->d, node->span, half(l, node, false));
    scl_build_text(l->d, made, SCL_ENV_NAME, scl_str_sub(text, 0, equals), origin);
    if (equals != SIZE_MAX)
        scl_build_text(l->d, made, SCL_ENV_VALUE, scl_str_sub(text, equals + 1, text.len),
                       scl_build_origin(l->d, node->span, half(l, node, true)));
    scl_build_text(l->d, made, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
}

void
scl_row_strings(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node, scl_row_read_fn read)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING))
            read(l, object, field, item);
        else
            scl_build_open(l->d, object, field);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

void
scl_row_env(struct scl_lowering *l, uint32_t object, unsigned field,
            const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_variable);
}

static void
add_capability(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    scl_build_item_text(l->d, object, field,
                        scl_capability_name(&l->d->arena, scl_tree_text(node)),
                        scl_rows_origin(l, node));
}

void
scl_row_capabilities(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_capability);
}
