/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nomad_values.c: values of what the drivers of Nomad are told
 *
 * The agent converts them to the type that the driver asks for, so that a boolean or a number may
 * be written as text, and a number where text is meant. What it will put in place of `${...}` is
 * not known here, where a text stands for something that is none.
 */
#include "formats/nomad.h"

#include "formats/asked.h"

bool
scl_nomad_is_template(const struct scl_tree *node)
{
    return node && node->kind == SCL_TREE_STRING &&
           scl_str_find(scl_tree_text(node), SCL_S("${")) != SIZE_MAX;
}

/* What is converted from text; else the field is as the node of another kind has it. */
static bool
is_text(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_STRING || node->is_cut)
        return false;
    if (!scl_nomad_is_template(node))
        return true;
    scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
    return false;
}

bool
scl_nomad_truth(const struct scl_tree *node, bool *ret)
{
    struct scl_str text;

    if (!node || node->kind != SCL_TREE_STRING)
        return scl_tree_bool(node, ret);
    text = scl_tree_text(node);
    *ret = scl_str_is(text, "true") || scl_str_is(text, "1");
    return *ret || scl_str_is(text, "false") || scl_str_is(text, "0");
}

bool
scl_nomad_number(const struct scl_tree *node, int64_t *ret)
{
    if (node && node->kind == SCL_TREE_STRING)
        return scl_str_int(scl_tree_text(node), ret);
    return scl_tree_int(node, ret);
}

void
scl_nomad_bool(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    bool truth;

    if (is_text(l, object, field, node) && scl_nomad_truth(node, &truth))
        scl_build_bool(l->d, object, field, truth, scl_rows_origin(l, node));
    else if (!scl_nomad_is_template(node))
        scl_row_bool(l, object, field, node);
}

void
scl_nomad_int(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    if (is_text(l, object, field, node))
        scl_asked_int(l, object, field, node);
    else if (!scl_nomad_is_template(node))
        scl_row_int(l, object, field, node);
}

void
scl_nomad_some_int(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    int64_t number;

    if (!is_text(l, object, field, node)) {
        if (!scl_nomad_is_template(node))
            scl_row_some_int(l, object, field, node);
    } else if (!scl_nomad_number(node, &number) || number > 0) {
        scl_asked_int(l, object, field, node);
    }
}

void
scl_nomad_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    if (is_text(l, object, field, node))
        scl_asked_limit(l, object, field, node);
    else if (!scl_nomad_is_template(node))
        scl_row_limit(l, object, field, node);
}

/* Of Podman's driver: a number of bytes, or a text as `100m`. */
void
scl_nomad_bytes(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    if (!is_text(l, object, field, node))
        scl_nomad_limit(l, object, field, node);
    else if (node->count)
        scl_asked_bytes(l, object, field, node);
}

/* Nanoseconds, or a text as `30s`. */
void
scl_nomad_duration(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    int64_t nano;

    if (node->kind == SCL_TREE_STRING && !node->is_cut) {
        scl_asked_duration(l, object, field, node);
        return;
    }
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_tree_int(node, &nano) && nano >= 0)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a number of nanoseconds");
}
