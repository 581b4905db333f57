/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entry.c: findings and notes in the order in which they are told
 */
#include "report/entry.h"

#include "base/map.h"
#include "report/escape.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum scl_note_kind kind;
    const char *word;
    enum scl_role role;
} note_kinds[] = {
    { SCL_NOTE_ERROR, "error", SCL_ROLE_ALARM },
    { SCL_NOTE_WARNING, "warning", SCL_ROLE_MEDIUM },
    { SCL_NOTE_INFO, "info", SCL_ROLE_LOW },
};

/* ---- words ---- */

const char *
scl_entry_word(const struct scl_entry *entry, enum scl_role *ret_role)
{
    *ret_role = SCL_ROLE_ALARM;
    for (size_t i = 0; entry->note && i < sizeof note_kinds / sizeof note_kinds[0]; i++)
        if (entry->note->kind == note_kinds[i].kind) {
            *ret_role = note_kinds[i].role;
            return note_kinds[i].word;
        }
    if (!entry->note && entry->finding->suppressed) {
        *ret_role = SCL_ROLE_DOUBT;
        return "suppressed";
    }
    if (entry->note || entry->finding->verdict == SCANTLING_VERDICT_ERROR)
        return "error";
    if (entry->finding->verdict == SCANTLING_VERDICT_INCONCLUSIVE) {
        *ret_role = SCL_ROLE_DOUBT;
        return "inconclusive";
    }
    *ret_role = scl_role_of_severity(entry->finding->severity);
    return scl_severity_name(entry->finding->severity);
}

static const struct scl_policy *
policy_of(const struct scl_entries *entries, const struct scl_entry *entry)
{
    return entries->report->project->engine->policies[entry->finding->policy].meta;
}

void
scl_entry_add_policy(const struct scl_entries *entries, const struct scl_entry *entry, bool ascii,
                     struct scl_text *out)
{
    if (entry->note) {
        scl_text_f(out, " [%s %s]", entry->note->code, SCL_NOTE_SLUG);
        return;
    }
    scl_text_c(out, " [");
    if (policy_of(entries, entry)->code.len) {
        scl_escape_add(out, policy_of(entries, entry)->code, ascii);
        scl_text_char(out, ' ');
    }
    scl_escape_add(out, policy_of(entries, entry)->id, ascii);
    scl_text_char(out, ']');
}

void
scl_note_add_text(const struct scantling_report *report, struct scl_str text, struct scl_text *out)
{
    scl_mask_apply(report->project->mask, text, out);
}

void
scl_place_add(const struct scl_place *place, bool ascii, struct scl_text *out)
{
    scl_escape_add(out, place->path, ascii);
    scl_text_f(out, ":%u:%u", (unsigned)place->start.line, (unsigned)place->start.column);
}

void
scl_subject_add(const struct scantling_report *report, uint32_t document, uint32_t subject,
                bool ascii, struct scl_text *out)
{
    const struct scantling_project *project = report->project;
    struct scl_text name = { 0 };

    if (document == SCANTLING_NONE && subject == SCL_PROJECT_SUBJECT)
        scl_text_c(out, scl_project_subject_kind(project, document, subject));
    if (document >= project->count ||
        subject >= project->documents[document].document->subjects.count)
        return;
    scl_text_c(out, scl_project_subject_kind(project, document, subject));
    scl_mask_apply(project->mask, scl_project_subject_name(project, document, subject), &name);
    if (name.len)
        scl_text_char(out, ' ');
    scl_escape_add(out, scl_text_str(&name), ascii);
    out->failed = out->failed || name.failed;
    scl_text_finish(&name);
}

/* ---- collecting ---- */

struct scl_place
scl_place_in(const struct scl_document *document, uint32_t file, struct scl_span span)
{
    const struct scl_source *source = &document->files[file < document->file_count ? file : 0];

    return (struct scl_place){
        .path = source->name,
        .source = source,
        .span = span,
        .start = scl_source_locate(source, span.offset),
        .end = scl_source_locate(source, scl_span_end(span)),
        .document = SCANTLING_NONE,
        .subject = SCANTLING_NONE,
    };
}

static bool
is_told(const struct scl_note *note, const struct scl_render_options *options)
{
    if (!note->has_place)
        return false;
    return note->kind == SCL_NOTE_ERROR || (note->kind == SCL_NOTE_WARNING && !options->quiet) ||
           options->verbose;
}

static void
collect_notes(const struct scantling_report *report, const struct scl_render_options *options,
              struct scl_arena *arena, struct scl_entries *ret)
{
    for (uint32_t i = 0; i < report->project->count; i++) {
        const struct scl_document *document = report->project->documents[i].document;

        for (uint32_t n = 0; report->judged[i] && n < document->notes.list.count; n++) {
            const struct scl_note *note = &document->notes.list.at[n];
            struct scl_entry *entry =
                is_told(note, options) ? scl_vec_push(arena, &ret->list) : NULL;

            if (!entry)
                continue;
            entry->note = note;
            entry->place = scl_place_in(document, note->file, note->span);
            entry->place.document = i;
        }
    }
}

/* As reports are sorted, as far as notes can differ. */
static int
place_order(const struct scl_entry *a, const struct scl_entry *b)
{
    int order = scl_str_compare(a->place.path, b->place.path);
    uint32_t x = a->finding ? a->finding->document : a->place.document;
    uint32_t y = b->finding ? b->finding->document : b->place.document;

    if (order)
        return order;
    if (x != y)
        return x < y ? -1 : 1;
    return (a->place.span.offset > b->place.span.offset) -
           (a->place.span.offset < b->place.span.offset);
}

/* Notes of one place stay in the order in which they were made. */
static int
note_order(const void *a, const void *b)
{
    const struct scl_entry *x = a, *y = b;
    int order = place_order(x, y);

    return order ? order : (x->note > y->note) - (x->note < y->note);
}

/* Whether a note is told before a finding. */
static bool
note_is_first(const struct scl_entries *entries, const struct scl_entry *note,
              const struct scl_entry *finding)
{
    int order = place_order(note, finding);

    if (!order)
        order = scl_str_compare(scl_str_c(note->note->code),
                                scl_policy_label(policy_of(entries, finding)));
    return order < 0;
}

bool
scl_entries_collect(const struct scantling_report *report, const struct scl_render_options *options,
                    struct scl_arena *arena, struct scl_entries *ret)
{
    struct scl_entries notes = { 0 };
    uint32_t note = 0;

    *ret = (struct scl_entries){ .report = report };
    collect_notes(report, options, arena, &notes);
    if (notes.list.count > 1)
        qsort(notes.list.at, notes.list.count, sizeof *notes.list.at, note_order);
    for (uint32_t i = 0; i <= report->findings.count; i++) {
        struct scl_entry finding = { 0 }, *entry;

        if (i < report->findings.count && report->findings.at[i].suppressed && !options->suppressed)
            continue;
        if (i < report->findings.count) {
            finding.finding = &report->findings.at[i];
            finding.place = finding.finding->place;
        }
        while (note < notes.list.count &&
               (!finding.finding || note_is_first(ret, &notes.list.at[note], &finding))) {
            entry = scl_vec_push(arena, &ret->list);
            if (entry)
                *entry = notes.list.at[note];
            note++;
        }
        entry = finding.finding ? scl_vec_push(arena, &ret->list) : NULL;
        if (entry)
            *entry = finding;
    }
    for (uint32_t i = 0; i < ret->list.count; i++)
        ret->list.at[i].first = ret->list.at[i].last = i;
    return !arena->failed;
}

/* ---- folding ---- */

/* What findings agree in that are folded, as bytes in the arena. */
static struct scl_str
fold_key(const struct scl_finding *finding, struct scl_arena *arena)
{
    uint32_t head[] = { finding->document, finding->policy, (uint32_t)finding->verdict,
                        (uint32_t)finding->severity };
    size_t size = sizeof head + sizeof finding->suppressed + finding->message.len;
    char *key = scl_arena_alloc(arena, size);

    if (!key)
        return scl_str_n("", 0);
    memcpy(key, head, sizeof head);
    memcpy(key + sizeof head, &finding->suppressed, sizeof finding->suppressed);
    if (finding->message.len)
        memcpy(key + size - finding->message.len, finding->message.at, finding->message.len);
    return scl_str_n(key, size);
}

bool
scl_entries_fold(struct scl_entries *entries, struct scl_arena *arena)
{
    struct scl_map seen;

    scl_map_init(&seen, arena);
    for (uint32_t i = 0; i < entries->list.count && !arena->failed; i++) {
        struct scl_entry *entry = &entries->list.at[i], *first;
        struct scl_map_entry *found;
        struct scl_str key;

        if (!entry->finding)
            continue;
        key = fold_key(entry->finding, arena);
        found = scl_map_find(&seen, key);
        if (!found) {
            scl_map_put(&seen, key, i);
            continue;
        }
        entry->first = (uint32_t)found->value;
        first = &entries->list.at[entry->first];
        entries->list.at[first->last].next = i;
        first->last = i;
    }
    return !arena->failed;
}
