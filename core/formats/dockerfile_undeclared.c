/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_undeclared.c: variables that are used and not declared
 *
 * Words are expanded in many places, some before their instruction has a node. What an expansion
 * used and nothing declares is kept until the node is there. A trigger is not looked at before it
 * runs, and neither is the default of an ARG that was given a value.
 */
#include "formats/dockerfile_lower.h"

enum { SUGGESTIONS = 200 }; /* of a document: looking for one takes long */

/* What may follow a name in braces, the longer before what it begins with. */
static const char *const operators[] = { ":-", "-", ":+", "+", ":?", "?",
                                         "##", "#", "%%", "%", "//", "/" };

static const char *
operator_of(struct scl_str word, const struct scl_expand_use *use)
{
    struct scl_str text = scl_str_sub(word, use->start, use->end - use->start);

    if (!use->has_modifier || text.len < use->name.len + 2)
        return NULL;
    text = scl_str_sub(text, 2 + use->name.len, text.len);
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (scl_str_starts(text, scl_str_c(operators[i])))
            return operators[i];
    return NULL;
}

static bool
lies_in(struct scl_str slice, struct scl_str text)
{
    uintptr_t at = (uintptr_t)slice.at, start = (uintptr_t)text.at;

    return at >= start && at + slice.len <= start + text.len;
}

/* Of the reference where the word is literal, else of the word. */
static struct scl_span
use_span(const struct scl_lowering *l, struct scl_str word, const struct scl_expand_use *use,
         struct scl_span span)
{
    struct scl_str source = l->file.source->text;
    struct scl_str text = scl_str_sub(word, use->start, use->end - use->start);

    if (text.len && lies_in(text, source))
        return scl_span_between((uint32_t)(text.at - source.at),
                                (uint32_t)(text.at - source.at + (ptrdiff_t)text.len));
    if (text.len && l->from && lies_in(text, l->from->text))
        return scl_docker_slice_span(l->from, text);
    return span;
}

static bool
is_noted(const struct scl_lowering *l, const struct scl_undeclared *new)
{
    for (uint32_t i = 0; i < l->undeclared.count && i < 64; i++) {
        const struct scl_undeclared *old = &l->undeclared.at[i];

        if (old->span.offset == new->span.offset && old->span.length == new->span.length &&
            scl_str_same(old->name, new->name))
            return true;
    }
    return false;
}

void
scl_undeclared_note(struct scl_lowering *l, const struct scl_expansion *expansion,
                    struct scl_str word, struct scl_span span)
{
    if (l->is_quiet || l->scope == SCL_SCOPE_LATER || l->scope == SCL_SCOPE_DEFAULT)
        return;
    for (uint32_t i = 0; i < expansion->uses.count; i++) {
        const struct scl_expand_use *use = &expansion->uses.at[i];
        enum scl_truth is_declared = use->state == SCL_LOOKUP_SET
                                         ? SCL_TRUE
                                         : scl_scope_declares(l, use->name);
        struct scl_undeclared new = {
            .name = use->name,
            .span = use_span(l, word, use, span),
            .operator = operator_of(word, use),
            .is_unset = is_declared == SCL_FALSE ? SCL_TRUE : SCL_UNSURE,
        }, *made;

        if (is_declared == SCL_TRUE || !use->name.len || is_noted(l, &new))
            continue;
        if (l->suggestions < SUGGESTIONS) {
            l->suggestions++;
            new.suggestion = scl_scope_suggest(l, use->name);
        }
        made = scl_vec_push(&l->scratch, &l->undeclared);
        if (made)
            *made = new;
    }
}

void
scl_undeclared_read_bodies(struct scl_lowering *l, const struct scl_step *step)
{
    struct scl_expander how = scl_lower_expander(l);

    how.flags = SCL_EXPAND_NO_QUOTES;
    how.escape = '\\';
    for (uint32_t i = 0; i < step->from->heredoc_count; i++) {
        const struct scl_docker_heredoc *heredoc = &step->from->heredocs[i];
        struct scl_str body = scl_source_text(l->file.source, heredoc->body);
        struct scl_expansion expansion = { 0 };

        if (heredoc->expands && scl_str_find_char(body, '$') != SIZE_MAX &&
            scl_expand(&how, body, &expansion))
            scl_undeclared_note(l, &expansion, body, heredoc->body);
    }
}

void
scl_undeclared_lower(struct scl_lowering *l, uint32_t object)
{
    for (uint32_t i = 0; i < l->undeclared.count; i++) {
        const struct scl_undeclared *at = &l->undeclared.at[i];
        uint32_t origin = scl_lower_origin(l, at->span);
        uint32_t variable = scl_build_object(l->d, object, SCL_INSTRUCTION_UNDECLARED, origin);

        scl_build_text(l->d, variable, SCL_VARIABLE_NAME, scl_lower_keep(l, at->name), origin);
        if (at->operator)
            scl_build_text(l->d, variable, SCL_VARIABLE_OPERATOR, scl_str_c(at->operator), origin);
        scl_lower_truth(l, variable, SCL_VARIABLE_IS_UNSET, at->is_unset, origin);
        if (at->suggestion.len)
            scl_build_text(l->d, variable, SCL_VARIABLE_SUGGESTION,
                           scl_lower_keep(l, at->suggestion), 0);
    }
    l->undeclared.count = 0;
}
