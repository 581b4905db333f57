/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prove.c: which fixes hold
 *
 * The fixes of a document are tried together: its files are changed, read and judged again, alone.
 * A fix is dropped where its finding still stands afterwards, in whatever words, and where its
 * edits touch the place of a finding that was not there before. A new finding that no edit touches
 * is laid to the fixes of its own policy, and where there are none, to all. What is left is tried
 * again, until nothing is dropped. The safe ones are proved first and alone, then the unsafe ones
 * on top of them, so that either set may be applied.
 *
 * Invariants: afterwards a finding has one fix at most, and the edits of all fixes of a document
 * can be applied at once: none needs a place that another changes. Work is linear in findings and
 * edits, but for sorting.
 */
#include "engine/fix.h"

#include "base/map.h"
#include "formats/input.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 4 };

/* ---- candidates ---- */

enum fate { OPEN, DROPPED, KEPT };

struct candidate {
    const struct scl_fix *fix;
    uint32_t finding;
    enum fate fate;
    bool is_tried; /* in this round */
};

struct proof {
    struct scantling_report *report;
    const struct scl_document *document;
    struct scl_arena arena; /* of a round */
    struct candidate *all;  /* safe ones first, in report order each */
    uint32_t count, safe_count;
    bool *has_fix;          /* one a finding: it is being tried, or kept */
    struct scl_changes changes;
    struct scantling_report *after;
    uint32_t *old_files; /* of a file after: its number before, or SCANTLING_NONE */
    scantling_error **error;
};

static void
add_candidates(struct proof *p, bool are_safe)
{
    const struct scantling_report *report = p->report;

    for (uint32_t i = 0; i < report->findings.count; i++) {
        const struct scl_finding *finding = &report->findings.at[i];

        for (uint32_t f = 0; scl_finding_takes_fix(finding) && f < finding->fixes.count; f++)
            if (finding->fixes.at[f].is_safe == are_safe)
                p->all[p->count++] = (struct candidate){ &finding->fixes.at[f], i, OPEN, false };
    }
}

/* Forgets the fixes of what is not reported; how many there are of the rest. */
static uint32_t
drop_unwanted(struct scantling_report *report)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < report->findings.count; i++) {
        if (!scl_finding_takes_fix(&report->findings.at[i]))
            report->findings.at[i].fixes.count = 0;
        count += report->findings.at[i].fixes.count;
    }
    return count;
}

/* ---- one round ---- */

/* Chooses what is tried: what is kept, and of the open ones up to `end` those that nothing before
 * them gets in the way of. How many of these; UINT32_MAX without memory. */
static uint32_t
choose(struct proof *p, uint32_t end)
{
    const struct scl_fix **fixes = scl_arena_array(&p->arena, end, sizeof *fixes);
    struct scl_claims claims;
    uint32_t chosen = 0;

    scl_changes_init(&p->changes, &p->arena);
    for (uint32_t i = 0; fixes && i < end; i++)
        fixes[i] = p->all[i].fix;
    if (!fixes || !scl_claims_init(&claims, &p->arena, fixes, end))
        return UINT32_MAX;
    memset(p->has_fix, 0, p->report->findings.count * sizeof *p->has_fix);
    for (uint32_t i = 0; i < end; i++) {
        struct candidate *c = &p->all[i];

        c->is_tried = c->fate != DROPPED && !p->has_fix[c->finding] &&
                      scl_claims_take(&claims, c->fix);
        if (!c->is_tried)
            continue;
        p->has_fix[c->finding] = true;
        chosen += c->fate == OPEN;
        if (!scl_changes_add(&p->changes, c->fix, i))
            return UINT32_MAX;
    }
    return chosen;
}

/* The changed texts, by file. NULL without memory. */
static struct scl_str *
change_texts(struct proof *p)
{
    const struct scl_document *document = p->document;
    struct scl_str *texts = scl_arena_array(&p->arena, document->file_count, sizeof *texts);

    for (uint32_t file = 0; texts && file < document->file_count; file++) {
        struct scl_text changed = { 0 };
        uint32_t first;

        texts[file] = document->files[file].text;
        if (!scl_changes_of(&p->changes, file, &first))
            continue;
        scl_changes_apply(&p->changes, file, texts[file], &changed);
        texts[file].at = changed.failed ? NULL : scl_arena_copy(&p->arena, changed.at, changed.len);
        texts[file].len = changed.len;
        scl_text_finish(&changed);
        if (!texts[file].at)
            return NULL;
    }
    return texts;
}

/* Finds the files of the changed document among those it was, by their paths. */
static bool
match_files(struct proof *p)
{
    const struct scl_document *after = p->after->project->documents[0].document;
    struct scl_map names;

    p->old_files = scl_arena_array(&p->arena, after->file_count, sizeof *p->old_files);
    scl_map_init(&names, &p->arena);
    for (uint32_t i = 1; i < p->document->file_count; i++)
        if (!scl_map_put(&names, p->document->files[i].name, i))
            return false;
    for (uint32_t i = 1; p->old_files && i < after->file_count; i++) {
        const struct scl_map_entry *entry = scl_map_find(&names, after->files[i].name);

        p->old_files[i] = entry ? (uint32_t)entry->value : SCANTLING_NONE;
    }
    return p->old_files != NULL;
}

/* Judges the changed texts into p->after. False with the error set. */
static bool
judge_changed(struct proof *p)
{
    const struct scl_str *texts = change_texts(p);
    struct scl_document *document = texts ? scl_read_again(p->document, texts) : NULL;
    struct scantling_project *project = NULL;

    if (document)
        project = scl_project_new(p->report->project->engine, &document, 1, p->error);
    else
        scl_fail_memory(p->error);
    if (project)
        p->after = scl_project_judge_again(project, 0, &p->report->project->is_cancelled, p->error);
    scl_document_unref(document);
    scl_project_unref(project);
    if (p->after && !match_files(p))
        return scl_fail_memory(p->error);
    return p->after != NULL;
}

/* ---- comparing ---- */

/* Counts of findings by policy and place; how a finding puts it, and of which subject it speaks,
 * may change. */
struct places {
    struct scl_map map;
    struct scl_arena *arena;
};

struct place_key {
    uint32_t policy;
    struct scl_spot spot;
    int32_t verdict;
};

/* The entry of a key, made where there is none. NULL without memory. */
static struct scl_map_entry *
entry_of(struct places *places, const struct scl_finding *finding, struct scl_spot spot)
{
    struct place_key key = { finding->policy, spot, finding->verdict };
    struct scl_map_entry *entry =
        scl_map_find(&places->map, scl_str_n((const char *)&key, sizeof key));
    const char *copy;

    if (entry)
        return entry;
    copy = scl_arena_copy(places->arena, &key, sizeof key);
    return copy ? scl_map_put(&places->map, scl_str_n(copy, sizeof key), 0) : NULL;
}

/* Where a finding began in the old texts: of one before, and of one after. */
static struct scl_spot
spot_before(const struct proof *p, const struct scl_finding *finding)
{
    struct scl_spot spot = { scl_document_file(p->document, finding->place.source),
                             finding->place.span.offset };

    return scl_changes_clamp(&p->changes, spot);
}

/* The number before of the file that a finding after lies in. */
static uint32_t
file_before(const struct proof *p, const struct scl_finding *finding)
{
    const struct scl_document *after = p->after->project->documents[0].document;
    uint32_t file = scl_document_file(after, finding->place.source);

    return file == SCANTLING_NONE ? file : p->old_files[file];
}

static struct scl_spot
spot_after(const struct proof *p, const struct scl_finding *finding)
{
    struct scl_spot spot = { file_before(p, finding), finding->place.span.offset };

    return scl_changes_origin(&p->changes, spot);
}

static bool
count_places(struct proof *p, struct places *before, struct places *after)
{
    scl_map_init(&before->map, &p->arena);
    scl_map_init(&after->map, &p->arena);
    before->arena = after->arena = &p->arena;
    for (uint32_t i = 0; i < p->report->findings.count; i++) {
        const struct scl_finding *finding = &p->report->findings.at[i];
        struct scl_map_entry *entry = entry_of(before, finding, spot_before(p, finding));

        if (!entry)
            return false;
        entry->value++;
    }
    for (uint32_t i = 0; i < p->after->findings.count; i++) {
        const struct scl_finding *finding = &p->after->findings.at[i];
        struct scl_map_entry *entry = entry_of(after, finding, spot_after(p, finding));

        if (!entry)
            return false;
        entry->value++;
    }
    return true;
}

static bool
drop(struct candidate *c)
{
    if (!c->is_tried || c->fate != OPEN)
        return false;
    c->fate = DROPPED;
    return true;
}

/* Drops the fixes whose finding is still there: as many at its place as before, less those that
 * are tried. */
static bool
drop_standing(struct proof *p, struct places *before, struct places *after, uint32_t end,
              bool *ret_dropped)
{
    for (uint32_t i = 0; i < end; i++) {
        const struct scl_finding *finding = &p->report->findings.at[p->all[i].finding];
        struct scl_map_entry *was = entry_of(before, finding, spot_before(p, finding));

        if (!was)
            return false;
        if (p->all[i].is_tried && was->value)
            was->value--;
    }
    for (uint32_t i = 0; i < end; i++) {
        const struct scl_finding *finding = &p->report->findings.at[p->all[i].finding];
        struct scl_map_entry *was = entry_of(before, finding, spot_before(p, finding));
        struct scl_map_entry *is = entry_of(after, finding, spot_before(p, finding));

        if (!was || !is)
            return false;
        if (is->value > was->value)
            *ret_dropped = drop(&p->all[i]) || *ret_dropped;
    }
    return true;
}

/* Edits that a new finding is laid to, as differences between neighbours: one pass sums them. */
struct blame {
    int32_t *steps;
    bool *policies; /* new findings that no edit touches, by policy */
    bool all;       /* there is one that no fix of its policy explains */
};

static void
blame_touching(struct proof *p, struct blame *blame, const struct scl_finding *finding)
{
    uint32_t first, count = scl_changes_touching(&p->changes, file_before(p, finding),
                                                 finding->place.span, &first);

    if (count) {
        blame->steps[first]++;
        blame->steps[first + count]--;
    } else if (!p->report->dropped) {
        /* Of more findings than are kept, others come to light when some are gone. */
        blame->policies[finding->policy] = true;
    }
}

static bool
drop_blamed(struct proof *p, struct blame *blame, uint32_t end)
{
    uint32_t policies = scl_engine_file_count(p->report->project->engine);
    bool *explained = scl_arena_array(&p->arena, policies, sizeof *explained);
    bool dropped = false;
    int32_t sum = 0;

    for (uint32_t i = 0; i < p->changes.list.count; i++) {
        sum += blame->steps[i];
        if (sum > 0)
            dropped = drop(&p->all[p->changes.list.at[i].owner]) || dropped;
    }
    for (uint32_t i = 0; explained && i < end; i++) {
        uint32_t policy = p->report->findings.at[p->all[i].finding].policy;

        if (!blame->policies[policy] || !p->all[i].is_tried || p->all[i].fate == KEPT)
            continue;
        explained[policy] = true;
        dropped = drop(&p->all[i]) || dropped;
    }
    for (uint32_t i = 0; explained && i < policies; i++)
        blame->all = blame->all || (blame->policies[i] && !explained[i]);
    for (uint32_t i = 0; blame->all && i < end; i++)
        dropped = drop(&p->all[i]) || dropped;
    return dropped;
}

static uint32_t
count_errors(const struct scl_document *document)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < document->notes.list.count; i++)
        count += document->notes.list.at[i].kind == SCL_NOTE_ERROR;
    return count;
}

/* Drops what does not hold. False without memory. */
static bool
compare(struct proof *p, uint32_t end, bool *ret_dropped)
{
    struct places before, after;
    struct blame blame = {
        scl_arena_array(&p->arena, p->changes.list.count + 1u, sizeof *blame.steps),
        scl_arena_array(&p->arena, scl_engine_file_count(p->report->project->engine),
                        sizeof(bool)),
        count_errors(p->after->project->documents[0].document) > count_errors(p->document),
    };

    *ret_dropped = false;
    if (!blame.steps || !blame.policies || !count_places(p, &before, &after))
        return false;
    for (uint32_t i = 0; i < p->after->findings.count; i++) {
        const struct scl_finding *finding = &p->after->findings.at[i];
        struct scl_map_entry *was = entry_of(&before, finding, spot_after(p, finding));
        struct scl_map_entry *is = entry_of(&after, finding, spot_after(p, finding));

        if (!was || !is)
            return false;
        if (is->value > was->value)
            blame_touching(p, &blame, finding);
    }
    if (!drop_standing(p, &before, &after, end, ret_dropped))
        return false;
    *ret_dropped = drop_blamed(p, &blame, end) || *ret_dropped;
    return !p->arena.failed;
}

/* ---- rounds ---- */

static bool
try_round(struct proof *p, uint32_t end, bool *ret_is_over)
{
    uint32_t chosen = choose(p, end);
    bool dropped = false;

    if (chosen == UINT32_MAX)
        return scl_fail_memory(p->error);
    if (!chosen) {
        *ret_is_over = true;
        return true;
    }
    if (!scl_changes_settle(&p->changes, p->document)) {
        for (uint32_t i = 0; i < end; i++)
            drop(&p->all[i]);
        return true;
    }
    if (!judge_changed(p))
        return false;
    if (!compare(p, end, &dropped))
        return scl_fail_memory(p->error);
    *ret_is_over = !dropped;
    for (uint32_t i = 0; !dropped && i < end; i++)
        if (p->all[i].is_tried)
            p->all[i].fate = KEPT;
    return true;
}

/* Proves the open ones up to `end`; after the last round without an end none of them is left. */
static bool
prove_until(struct proof *p, uint32_t end)
{
    bool is_over = false, good = true;

    for (int round = 0; good && !is_over && round < ROUNDS; round++) {
        scl_arena_init(&p->arena);
        p->after = NULL;
        good = try_round(p, end, &is_over);
        scl_report_unref(p->after);
        scl_arena_finish(&p->arena);
    }
    for (uint32_t i = 0; i < end; i++)
        if (p->all[i].fate == OPEN)
            p->all[i].fate = DROPPED;
    return good;
}

/* Leaves each finding the fix that was kept. */
static void
keep_proved(struct proof *p)
{
    struct scl_finding *findings = p->report->findings.at;
    struct candidate *kept = p->all;

    /* The fix of a candidate lies in the list that is cut: it is told by its position there. */
    memset(p->has_fix, 0, p->report->findings.count * sizeof *p->has_fix);
    for (uint32_t i = 0; i < p->count; i++) {
        struct scl_finding *finding = &findings[kept[i].finding];

        if (kept[i].fate != KEPT)
            continue;
        finding->fixes.at[0] = *kept[i].fix;
        p->has_fix[kept[i].finding] = true;
    }
    for (uint32_t i = 0; i < p->report->findings.count; i++)
        findings[i].fixes.count = p->has_fix[i];
}

bool
scl_fixes_prove(struct scantling_report *report, uint32_t document, scantling_error **error)
{
    uint32_t count = drop_unwanted(report);
    struct proof p = {
        .report = report,
        .document = report->project->documents[document].document,
        .error = error,
    };
    bool good;

    if (!count)
        return true;
    p.all = scl_arena_array(&report->arena, count, sizeof *p.all);
    p.has_fix = scl_arena_array(&report->arena, report->findings.count, sizeof *p.has_fix);
    if (!p.all || !p.has_fix)
        return scl_fail_memory(error);
    add_candidates(&p, true);
    p.safe_count = p.count;
    add_candidates(&p, false);
    good = prove_until(&p, p.safe_count) && prove_until(&p, p.count);
    keep_proved(&p);
    return good;
}
