/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_variables.c: variables of a container, and where their values are put
 *
 * `$(NAME)` in a value stands for a variable before it, in a word of the command for any of them;
 * `$$` is one dollar sign, and a name that nobody has stays as it is written. Of several variables
 * of a name the last counts, which the earlier ones are not seen any more besides.
 *
 * Invariants: what hangs on a value that the manifest does not hold is unknown; and so is a text
 * that grew beyond LONGEST bytes, as no document may decide how long one becomes. Of a document
 * they are MOST bytes together, and all further ones are unknown.
 */
#include "formats/kubernetes.h"

#include "base/text.h"

enum { LONGEST = 65536, MOST = 1 << 24 };

/* Names that the kubelet gives every container for the services of its namespace. */
static bool
is_of_service(struct scl_str name)
{
    return scl_str_starts(name, SCL_S("KUBERNETES_")) ||
           scl_str_find(name, SCL_S("_SERVICE_")) != SIZE_MAX ||
           scl_str_find(name, SCL_S("_PORT")) != SIZE_MAX;
}

/* False where nobody here knows the value. */
static bool
add_value(const struct scl_kube *k, struct scl_str name, struct scl_text *out)
{
    const struct scl_map_entry *entry = scl_map_find(&k->variables, name);
    const struct scl_tree *from = scl_rows_find(k->l.root, "envFrom");

    if (entry) {
        scl_text_add(out, k->values.at[entry->value].text);
        return k->values.at[entry->value].is_known;
    }
    scl_text_c(out, "$(");
    scl_text_add(out, name);
    scl_text_char(out, ')');
    return !is_of_service(name) && !(from && scl_tree_count(from)) &&
           !scl_rows_is_lost(k->l.root, "envFrom");
}

/* The text with the values in it; false where it is unknown. */
static bool
replace(const struct scl_kube *k, struct scl_str text, struct scl_text *out)
{
    bool is_open = true; /* there may be an end of a name still */
    size_t at;

    while ((at = scl_str_find_char(text, '$')) != SIZE_MAX) {
        size_t end = SIZE_MAX;

        scl_text_add(out, scl_str_sub(text, 0, at));
        text = scl_str_sub(text, at + 1, text.len);
        if (is_open && text.len && text.at[0] == '(') {
            end = scl_str_find_char(text, ')');
            is_open = end != SIZE_MAX;
        }
        if (end == SIZE_MAX) {
            scl_text_char(out, '$');
            text = scl_str_sub(text, text.len && text.at[0] == '$', text.len);
        } else if (add_value(k, scl_str_sub(text, 1, end - 1), out)) {
            text = scl_str_sub(text, end + 1, text.len);
        } else {
            return false;
        }
        if (out->len > LONGEST)
            return false;
    }
    scl_text_add(out, text);
    return out->len <= LONGEST;
}

/* A text without a dollar sign is left where it is. */
bool
scl_kube_expand(struct scl_kube *k, struct scl_str text, struct scl_str *ret)
{
    struct scl_arena *arena = &k->l.d->arena;
    struct scl_text out;
    bool is_known;
    char *copy;

    *ret = text;
    if (scl_str_find_char(text, '$') == SIZE_MAX)
        return true;
    scl_text_init(&out);
    is_known = k->expanded <= MOST && replace(k, text, &out);
    k->expanded += out.len;
    if (!is_known)
        scl_text_clear(&out);
    copy = out.failed ? NULL : scl_arena_copy(arena, scl_text_str(&out).at, out.len);
    arena->failed = arena->failed || !copy;
    *ret = copy ? scl_str_n(copy, out.len) : scl_str_n("", 0);
    scl_text_finish(&out);
    return is_known && copy;
}

static void
keep(struct scl_kube *k, struct scl_str name, struct scl_str text, bool is_known)
{
    struct scl_kube_variable *made = scl_vec_push(&k->l.d->arena, &k->values);

    if (!made)
        return;
    *made = (struct scl_kube_variable){ text, is_known };
    scl_map_put(&k->variables, name, k->values.count - 1);
}

/* Replaces the value of a variable by what it becomes, where one is written there. */
static void
read_value(struct scl_kube *k, uint32_t made, const struct scl_tree *node, struct scl_str name)
{
    const struct scl_tree *value = scl_rows_find(node, "value");
    bool is_text = value && value->kind == SCL_TREE_STRING && !value->is_cut;
    bool is_empty = !value && !scl_rows_find(node, "valueFrom") && !node->is_cut;
    struct scl_str text = { "", 0 };
    bool is_known = is_empty || (is_text && scl_kube_expand(k, scl_tree_text(value), &text));

    keep(k, name, text, is_known);
    if (!made)
        return;
    if (is_text && !is_known)
        scl_build_empty(k->l.d, made, SCL_ENV_VALUE, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(&k->l, value));
    else if (is_text && text.at != scl_tree_text(value).at)
        scl_build_text(k->l.d, made, SCL_ENV_VALUE, text, scl_rows_origin(&k->l, value));
}

/* Where the last variable of each name stands. */
static void
find_last(struct scl_map *last, const struct scl_tree *list)
{
    for (uint32_t i = 0; i < scl_tree_count(list); i++)
        scl_map_put(last, scl_rows_text_at(scl_tree_child(list, i), "name"), i);
}

void
scl_kube_variables(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *list, scl_row_finish_fn finish)
{
    struct scl_kube *k = scl_kube_of(l);
    struct scl_map last;

    if (!scl_rows_expect(l, object, field, list, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, list));
    scl_map_init(&last, &l->d->arena);
    find_last(&last, list);
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        const struct scl_tree *node = scl_tree_child(list, i);
        struct scl_str name = scl_rows_text_at(node, "name");
        const struct scl_map_entry *entry = scl_map_find(&last, name);
        uint32_t made = 0;

        if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        if (!name.len || !entry || entry->value == i) {
            made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
            scl_rows_apply(l, made, scl_kube_env_rows, node);
            finish(l, made, node);
        }
        read_value(k, made, node, name);
    }
    if (list->is_cut)
        scl_build_open(l->d, object, field);
}

/* Whether a word of a list has something to replace. */
static bool
has_variable(const struct scl_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == SCL_KIND_TEXT &&
            scl_str_find_char(scl_value_text(&list->items[i]), '$') != SIZE_MAX)
            return true;
    return false;
}

void
scl_kube_expand_words(struct scl_kube *k, uint32_t container, unsigned field)
{
    const struct scl_value *found = scl_build_find(k->l.d, container, field);
    struct scl_value before;

    if (!found || found->kind != SCL_KIND_LIST || !has_variable(found->as.list))
        return;
    before = *found;
    scl_build_empty(k->l.d, container, field, SCANTLING_STATE_ABSENT, 0);
    scl_build_list(k->l.d, container, field, before.origin);
    for (uint32_t i = 0; i < before.as.list->count; i++) {
        const struct scl_value *word = &before.as.list->items[i];
        struct scl_str text;

        if (word->kind == SCL_KIND_TEXT && scl_kube_expand(k, scl_value_text(word), &text))
            scl_build_item_text(k->l.d, container, field, text, word->origin);
        else
            scl_build_item_unknown(k->l.d, container, field, word->origin);
    }
    if (before.flags & SCL_VALUE_OPEN)
        scl_build_open(k->l.d, container, field);
}
