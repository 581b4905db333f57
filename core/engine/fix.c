/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fix.c: the fixes of findings, from the run that made them to the edits that are offered
 *
 * A fix is taken over whole or not at all: with an edit that cannot be told as it is, it is none.
 * Which of them hold is found out in between (prove.c).
 */
#include "engine/fix.h"

#include "base/utf8.h"

/* ---- from a run to a finding ---- */

/* Whether an edit is one of the document's own files that can be told as it is: in UTF-8, and
 * without a secret, which would have to be masked. */
static bool
can_be_told(const struct scl_evaluation *e, const struct scl_found_edit *edit)
{
    const struct scl_document *document = e->run.view->document;

    return edit->view == e->run.view && document->input && !document->is_copy &&
           scl_utf8_is_valid(edit->text) && scl_mask_text_is_clean(e->project->mask, edit->text);
}

static bool
take_fix(struct scl_evaluation *e, const struct scl_found_fix *from, struct scl_finding *finding)
{
    struct scl_arena *arena = &e->report->arena;
    struct scl_fix *fix;

    for (uint32_t i = 0; i < from->edits.count; i++)
        if (!can_be_told(e, &from->edits.at[i]))
            return true;
    fix = scl_vec_push(arena, &finding->fixes);
    if (!fix)
        return false;
    fix->is_safe = from->is_safe;
    for (uint32_t i = 0; i < from->edits.count; i++) {
        const struct scl_found_edit *made = &from->edits.at[i];
        const struct scl_source *source = &e->run.view->document->files[made->file];
        struct scl_edit *edit = scl_vec_push(arena, &fix->edits);

        if (!edit)
            return false;
        edit->file = made->file;
        edit->text.at = scl_arena_copy(arena, made->text.at, made->text.len);
        edit->text.len = made->text.len;
        edit->place = (struct scl_place){
            .path = source->name,
            .source = source,
            .span = made->span,
            .start = scl_source_locate(source, made->span.offset),
            .end = scl_source_locate(source, scl_span_end(made->span)),
            .document = e->document,
            .subject = SCANTLING_NONE,
        };
    }
    return !arena->failed;
}

bool
scl_fixes_take(struct scl_evaluation *e, const struct scl_found *found,
               struct scl_finding *finding)
{
    for (uint32_t i = 0; i < found->fixes.count; i++)
        if (!take_fix(e, &found->fixes.at[i], finding))
            return false;
    return true;
}

/* ---- what is offered ---- */

bool
scl_findings_by_document(const struct scantling_report *report, struct scl_arena *arena,
                         struct scl_findings *ret)
{
    uint32_t documents = report->project->count;

    ret->first = scl_arena_array(arena, documents, sizeof *ret->first);
    ret->next = scl_arena_array(arena, report->findings.count, sizeof *ret->next);
    for (uint32_t i = 0; ret->first && i < documents; i++)
        ret->first[i] = SCANTLING_NONE;
    for (uint32_t i = report->findings.count; ret->first && ret->next && i > 0; i--) {
        uint32_t document = report->findings.at[i - 1].document;

        if (document >= documents)
            continue;
        ret->next[i - 1] = ret->first[document];
        ret->first[document] = i - 1;
    }
    return ret->first && ret->next;
}

bool
scl_fixes_collect(const struct scantling_report *report, const struct scl_findings *findings,
                  uint32_t document, bool with_unsafe, struct scl_changes *ret)
{
    for (uint32_t i = findings->first[document]; i != SCANTLING_NONE; i = findings->next[i]) {
        const struct scl_finding *finding = &report->findings.at[i];

        if (!scl_finding_takes_fix(finding) || !finding->fixes.count ||
            (!finding->fixes.at[0].is_safe && !with_unsafe))
            continue;
        if (!scl_changes_add(ret, &finding->fixes.at[0], i))
            return false;
    }
    return scl_changes_settle(ret, report->project->documents[document].document);
}
