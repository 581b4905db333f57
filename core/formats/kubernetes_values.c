/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_values.c: values as Kubernetes resolves them
 *
 * Manifests are YAML 1.1: a plain `yes` is a boolean, and refused where a text is expected; `0644`
 * counts in eights. Amounts have units of their own.
 */
#include "formats/kubernetes.h"
#include "syntax/quantity.h"
#include "syntax/yaml_read.h"

/* Plain words that are booleans besides true and false. */
static bool
old_boolean(const struct scl_tree *node, bool *ret_truth)
{
    static const char *const words[] = { "y", "n", "yes", "no", "on", "off" };
    struct scl_str text = scl_tree_text(node);

    if (node->kind != SCL_TREE_STRING || node->style != SCL_TREE_PLAIN)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!scl_str_is_nocase(text, words[i]))
            continue;
        *ret_truth = i % 2 == 0;
        return true;
    }
    return false;
}

bool
scl_kube_truth_of(const struct scl_tree *node, bool *ret_truth)
{
    return old_boolean(node, ret_truth) ||
           (node->kind == SCL_TREE_BOOL && scl_tree_bool(node, ret_truth));
}

bool
scl_kube_truth(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node, bool *ret)
{
    return scl_kube_truth_of(node, ret) ||
           (scl_rows_expect(l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, ret));
}

void
scl_kube_bool(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (scl_kube_truth(l, object, field, node, &truth))
        scl_build_bool(l->d, object, field, truth, scl_rows_origin(l, node));
}

/* Of a field that says the opposite. */
void
scl_kube_not(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool truth;

    if (scl_kube_truth(l, object, field, node, &truth))
        scl_build_bool(l->d, object, field, !truth, scl_rows_origin(l, node));
}

void
scl_kube_int(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t number;

    if (node->kind == SCL_TREE_NUMBER && scl_yaml_int(node, &number))
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
    else
        scl_row_int(l, object, field, node);
}

/* Whether a node is no boolean; else a note says so. */
static bool
expect_no_truth(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    bool truth;

    if (old_boolean(node, &truth))
        scl_rows_refuse(l, object, field, node, "expected a string, got a boolean");
    return !old_boolean(node, &truth);
}

/* A text; an empty one says nothing. */
void
scl_kube_text(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (expect_no_truth(l, object, field, node))
        scl_row_some_text(l, object, field, node);
}

void
scl_kube_value(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (expect_no_truth(l, object, field, node))
        scl_row_text(l, object, field, node);
}

/* One of the words that the specification names, as the model calls it; the rows end with NULL. */
void
scl_kube_word(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
              const char *const words[][2], const char *refusal)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    for (size_t i = 0; words[i][0]; i++)
        if (scl_str_is(scl_tree_text(node), words[i][0])) {
            scl_build_text(l->d, object, field, scl_str_c(words[i][1]), scl_rows_origin(l, node));
            return;
        }
    scl_rows_refuse(l, object, field, node, refusal);
}

/* A port is a number or a name. */
void
scl_kube_name(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (node->kind == SCL_TREE_NUMBER)
        scl_build_text(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
    else
        scl_kube_text(l, object, field, node);
}

static bool
is_amount(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    return node->kind == SCL_TREE_NUMBER ||
           scl_rows_expect(l, object, field, node, SCL_TREE_STRING);
}

/* A thousandth of a byte is hardly meant. */
static void
note_thousandths(struct scl_lowering *l, const struct scl_tree *node)
{
    enum { MOST_NOTES = 100 };
    struct scl_str text = scl_tree_text(node);

    if (text.len && text.at[text.len - 1] == 'm' && l->noted++ < MOST_NOTES)
        scl_note_add(&l->d->notes, SCL_NOTE_WARNING, node->span,
                     "m is a thousandth of a byte; Mi is 1024 times 1024 bytes");
}

/* 0 is no limit. */
void
scl_kube_memory(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t bytes;

    if (!is_amount(l, object, field, node))
        return;
    if (!scl_quantity_int(scl_tree_text(node), &bytes) || bytes < 0)
        scl_rows_refuse(l, object, field, node, "expected an amount, as 128Mi");
    else if (bytes)
        scl_build_int(l->d, object, field, bytes, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
    note_thousandths(l, node);
}

void
scl_kube_cpu(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t nano;

    if (!is_amount(l, object, field, node))
        return;
    if (!scl_quantity_nano(scl_tree_text(node), &nano) || nano < 0)
        scl_rows_refuse(l, object, field, node, "expected an amount, as 500m");
    else if (nano)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

void
scl_kube_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    int64_t seconds;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (!scl_tree_int(node, &seconds) || seconds < 0 || seconds > INT64_MAX / 1000000000)
        scl_rows_refuse(l, object, field, node, "expected a whole number of seconds");
    else
        scl_build_decimal(l->d, object, field, seconds * 1000000000, scl_rows_origin(l, node));
}

/* Looking things up. */

const struct scl_tree *
scl_kube_either(const struct scl_kube *k, const char *path)
{
    const struct scl_tree *own = scl_rows_find(k->l.root, path);
    bool is_empty = own && own->kind == SCL_TREE_MAP && !own->count && !own->is_cut;
    const struct scl_tree *of_pod = !own || is_empty ? scl_rows_find(k->spec, path) : NULL;

    return of_pod ? of_pod : own;
}

const struct scl_tree *
scl_kube_annotation(const struct scl_kube *k, const char *key, bool of_container)
{
    const struct scl_tree *all = k->metadata ? scl_rows_find(k->metadata, "annotations") : NULL;
    struct scl_str name = scl_rows_text_at(k->l.root, "name"), whole = scl_str_c(key);
    const struct scl_tree *found;

    if (!all)
        return NULL;
    if (of_container)
        whole = scl_rows_print(&k->l.d->arena, "%s%.*s", key, SCL_ARG(name));
    found = scl_tree_find(all, whole);
    return found && found->kind == SCL_TREE_STRING ? found : NULL;
}
