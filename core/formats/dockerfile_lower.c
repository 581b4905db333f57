/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_lower.c: texts on their way from a Dockerfile into a document
 *
 * The logical text of an instruction that goes over several lines, or that was expanded, is not in
 * the source. What the document keeps of it is copied: the logical text once, if any part of it is
 * kept, and slices of it become slices of the copy.
 */
#include "formats/dockerfile_lower.h"

#include "formats/tool.h"

#include <string.h>

static bool
lies_in(struct scl_str slice, struct scl_str text)
{
    uintptr_t at = (uintptr_t)slice.at, start = (uintptr_t)text.at;

    return at >= start && at + slice.len <= start + text.len;
}

struct scl_str
scl_lower_keep(struct scl_lowering *l, struct scl_str text)
{
    char *copy;

    if (!text.len)
        return SCL_S("");
    if (lies_in(text, l->d->files[0].text) || lies_in(text, l->file.source->text))
        return text;
    if (!lies_in(text, l->logical)) {
        copy = scl_arena_copy(&l->d->arena, text.at, text.len);
        return copy ? scl_str_n(copy, text.len) : SCL_S("");
    }
    if (!l->kept.at) {
        copy = scl_arena_copy(&l->d->arena, l->logical.at, l->logical.len);
        if (!copy)
            return SCL_S("");
        l->kept = scl_str_n(copy, l->logical.len);
    }
    return scl_str_n(l->kept.at + (text.at - l->logical.at), text.len);
}

struct scl_expander
scl_lower_expander(struct scl_lowering *l)
{
    return (struct scl_expander){
        .arena = &l->scratch,
        .lookup = scl_scope_lookup,
        .context = l,
        .steps = &l->steps_left,
        .escape = l->file.escape,
    };
}

static void
note_problem(struct scl_lowering *l, const struct scl_expansion *expansion, struct scl_span span)
{
    if (!l->is_quiet)
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "%.*s", SCL_ARG(expansion->error));
}

struct scl_known
scl_lower_expand(struct scl_lowering *l, struct scl_str word, struct scl_span span)
{
    struct scl_expander how = scl_lower_expander(l);
    struct scl_expansion expansion = { 0 };

    if (!scl_expand(&how, word, &expansion))
        return (struct scl_known){ 0 };
    scl_undeclared_note(l, &expansion, word, span);
    if (!expansion.ok) {
        note_problem(l, &expansion, span);
        return (struct scl_known){ 0 };
    }
    if (!expansion.is_known)
        return (struct scl_known){ 0 };
    return scl_known(scl_lower_keep(l, expansion.text));
}

struct scl_known
scl_lower_default(struct scl_lowering *l, struct scl_str word, struct scl_span span)
{
    enum scl_scope_kind scope = l->scope;
    bool was_quiet = l->is_quiet;
    struct scl_known value;

    l->scope = SCL_SCOPE_DEFAULT;
    l->is_quiet = true;
    value = scl_lower_expand(l, word, span);
    l->scope = scope;
    l->is_quiet = was_quiet;
    return value;
}

struct scl_str
scl_lower_certain_end(struct scl_str word)
{
    size_t start;

    if (word.len && (word.at[word.len - 1] == '"' || word.at[word.len - 1] == '\''))
        word = scl_str_sub(word, 0, word.len - 1);
    start = word.len;
    while (start > 0 && word.at[start - 1] != '}' && word.at[start - 1] != '$' &&
           word.at[start - 1] != '"' && word.at[start - 1] != '\'')
        start--;
    if (start > 0 && word.at[start - 1] == '$')
        while (start < word.len && (scl_is_alnum(word.at[start]) || word.at[start] == '_'))
            start++;
    return scl_str_sub(word, start, word.len);
}

bool
scl_lower_expand_words(struct scl_lowering *l, struct scl_str word, struct scl_span span,
                       struct scl_expansion *ret)
{
    struct scl_expander how = scl_lower_expander(l);

    if (!scl_expand_words(&how, word, ret))
        return false;
    scl_undeclared_note(l, ret, word, span);
    if (!ret->ok)
        note_problem(l, ret, span);
    return ret->ok && ret->is_known;
}

void
scl_lower_text(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_known value,
               uint32_t origin)
{
    if (value.is_known)
        scl_build_text(l->d, object, field, value.text, origin);
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
}

void
scl_lower_item(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_known value,
               uint32_t origin)
{
    if (value.is_known)
        scl_build_item_text(l->d, object, field, value.text, origin);
    else
        scl_build_item_unknown(l->d, object, field, origin);
}

void
scl_lower_entry(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_operand *pair)
{
    struct scl_value *entry;

    if (!pair[0].value.is_known) {
        scl_build_list(l->d, object, field, pair[0].origin);
        scl_build_open(l->d, object, field);
        return;
    }
    entry = scl_build_entry(l->d, object, field, pair[0].value.text, pair[1].value.text,
                            pair[1].origin);
    if (!entry)
        return;
    entry->state = pair[1].value.is_known ? SCANTLING_STATE_DECLARED : SCANTLING_STATE_UNKNOWN;
    entry->kind = pair[1].value.is_known ? SCL_KIND_TEXT : SCL_KIND_EMPTY;
}

void
scl_lower_truth(struct scl_lowering *l, uint32_t object, unsigned field, enum scl_truth truth,
                uint32_t origin)
{
    if (truth == SCL_UNSURE)
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    else
        scl_build_bool(l->d, object, field, truth == SCL_TRUE, origin);
}

uint32_t
scl_lower_origin(struct scl_lowering *l, struct scl_span span)
{
    return scl_build_origin(l->d, span, span);
}

const struct scl_docker_flag *
scl_lower_flag(const struct scl_docker_instruction *from, const char *name)
{
    for (uint32_t i = 0; i < from->flag_count; i++)
        if (scl_str_is(from->flags[i].name, name))
            return &from->flags[i];
    return NULL;
}

struct scl_str
scl_lower_case(struct scl_lowering *l, struct scl_str text)
{
    char *copy;
    size_t upper = 0;

    while (upper < text.len && scl_lower(text.at[upper]) == text.at[upper])
        upper++;
    if (upper == text.len)
        return scl_lower_keep(l, text);
    copy = scl_arena_copy(&l->d->arena, text.at, text.len);
    if (!copy)
        return SCL_S("");
    for (size_t i = upper; i < text.len; i++)
        copy[i] = scl_lower(copy[i]);
    return scl_str_n(copy, text.len);
}

const struct scl_tools *
scl_lower_tools(struct scl_lowering *l)
{
    if (!l->tools)
        l->tools = scl_tools_new(&l->scratch, scl_facts_builtin());
    return l->tools;
}
