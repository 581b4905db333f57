/* SPDX-License-Identifier: Apache-2.0 */
/*
 * baseline.c: findings known from earlier
 *
 *     { "scantling": { ... }, "baseline": 1,
 *       "findings": [ { "fingerprint": "...", "policy": "SL1001", "path": "...", ... }, ... ] }
 *
 * An entry suppresses one finding of its fingerprint, policy and path. Of a document each entry is
 * used once, so that a second finding that looks the same is reported.
 */
#include "engine/baseline.h"

#include "base/note.h"
#include "engine/own.h"
#include "syntax/json.h"

struct reading {
    const struct scl_source *source;
    struct scl_arena *arena;
    struct scl_baseline *baseline;
    scantling_error **chain;
};

static void
refuse(const struct reading *r, struct scl_span span, scantling_error *error)
{
    scl_error_at(error, r->source, span);
    scl_error_append(r->chain, error);
}

static struct scl_place
place_of(const struct reading *r, struct scl_span span)
{
    return (struct scl_place){
        .path = r->source->name, .source = r->source, .span = span,
        .start = scl_source_locate(r->source, span.offset),
        .end = scl_source_locate(r->source, scl_span_end(span)),
        .document = SCANTLING_NONE, .subject = SCANTLING_NONE,
    };
}

static bool
is_fingerprint(struct scl_str text)
{
    bool good = text.len == 16;

    for (size_t i = 0; good && i < text.len; i++)
        good = scl_is_digit(text.at[i]) || (text.at[i] >= 'a' && text.at[i] <= 'f');
    return good;
}

/* The text of a key, of length 0 where there is none. */
static struct scl_str
text_of(const struct scl_tree *tree, const char *key)
{
    const struct scl_tree *value = scl_tree_find(tree, scl_str_c(key));

    return value ? scl_tree_text(value) : scl_str_n("", 0);
}

static void
read_entry(const struct reading *r, const struct scl_tree *tree)
{
    struct scl_baseline *b = r->baseline;
    struct scl_known_finding *made;
    struct scl_map_entry *entry;
    struct scl_str fingerprint = text_of(tree, "fingerprint");

    if (!is_fingerprint(fingerprint)) {
        refuse(r, tree->span,
               scl_error_new(SCANTLING_STATUS_ARGUMENT,
                             "entry without a fingerprint of 16 hexadecimal digits"));
        return;
    }
    made = scl_vec_push(r->arena, &b->list);
    if (!made)
        return;
    made->policy = text_of(tree, "policy");
    made->path = text_of(tree, "path");
    made->place = place_of(r, tree->span);
    entry = scl_map_find(&b->map, fingerprint);
    made->next = entry ? (uint32_t)entry->value : 0;
    scl_map_put(&b->map, fingerprint, b->list.count);
}

static void
read_root(const struct reading *r, const struct scl_tree *root)
{
    const struct scl_tree *version = scl_tree_find(root, SCL_S("baseline"));
    const struct scl_tree *findings = scl_tree_find(root, SCL_S("findings"));
    int64_t number;

    if (!scl_tree_int(version, &number)) {
        refuse(r, root->span, scl_error_new(SCANTLING_STATUS_ARGUMENT, "no baseline"));
        return;
    }
    if (number != SCL_BASELINE_VERSION) {
        scantling_error *error = scl_error_new(
            SCANTLING_STATUS_UNSUPPORTED,
            "baseline of version %lld; this scantling reads version %d", (long long)number,
            SCL_BASELINE_VERSION);

        scl_error_at_line(error, r->source->name, 0);
        scl_error_append(r->chain, error);
        return;
    }
    if (!findings || findings->kind != SCL_TREE_LIST) {
        refuse(r, root->span,
               scl_error_new(SCANTLING_STATUS_ARGUMENT, "baseline without a list 'findings'"));
        return;
    }
    for (uint32_t i = 0; i < scl_tree_count(findings); i++)
        read_entry(r, scl_tree_child(findings, i));
}

bool
scl_baseline_read(const struct scl_config_file *file, struct scl_arena *arena,
                  struct scl_baseline *baseline, scantling_error **chain)
{
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    const char *text = scl_arena_copy(arena, file->text.at, file->text.len);
    const char *name = scl_arena_copy(arena, file->name.at, file->name.len);
    scantling_error *found = NULL;
    struct reading r = { source, arena, baseline, &found };
    const struct scl_tree *root;
    struct scl_notes notes;

    if (!source || !text || !name ||
        !scl_source_init(source, arena, scl_str_n(name, file->name.len),
                         scl_str_n(text, file->text.len)))
        return false;
    if (!baseline->map.arena)
        scl_map_init(&baseline->map, arena);
    scl_notes_init(&notes, arena);
    root = scl_json_read(arena, source, NULL, &notes);
    for (uint32_t i = 0; i < notes.list.count; i++)
        refuse(&r, notes.list.at[i].span,
               scl_error_new(SCANTLING_STATUS_ARGUMENT, "%.*s",
                             SCL_ARG(notes.list.at[i].message)));
    if (root && !found)
        read_root(&r, root);
    if (root && !found)
        return !arena->failed;
    scl_error_append(chain, found);
    return false;
}

/* ---- use ---- */

/* The entry for a finding that is not used yet, or NULL. */
static const struct scl_known_finding *
find_entry(const struct scl_baseline *b, const struct scl_finding *finding, struct scl_str label,
           bool *used)
{
    const struct scl_map_entry *entry = scl_map_find(&b->map, scl_str_c(finding->fingerprint));

    for (uint32_t at = entry ? (uint32_t)entry->value : 0; at; at = b->list.at[at - 1].next) {
        const struct scl_known_finding *known = &b->list.at[at - 1];

        if (used[at - 1] || !scl_str_same(known->policy, label) ||
            !scl_str_same(known->path, finding->place.path))
            continue;
        used[at - 1] = true;
        return known;
    }
    return NULL;
}

bool
scl_baseline_apply(struct scantling_report *report)
{
    const struct scantling_engine *engine = report->project->engine;
    const struct scl_baseline *b = engine->baseline;
    struct scl_arena scratch;
    bool *used;

    if (!b || !b->list.count || !report->findings.count)
        return true;
    scl_arena_init(&scratch);
    used = scl_arena_array(&scratch, b->list.count, sizeof *used);
    for (uint32_t i = 0; used && i < report->findings.count; i++) {
        struct scl_finding *finding = &report->findings.at[i];
        const struct scl_policy *policy = engine->policies[finding->policy].meta;
        const struct scl_known_finding *known;
        struct scl_suppression *made;

        if (finding->suppressed || finding->verdict != SCANTLING_VERDICT_FAIL ||
            scl_policy_is_own(policy))
            continue;
        known = find_entry(b, finding, scl_policy_label(policy), used);
        if (!known)
            continue;
        made = scl_arena_alloc(&report->arena, sizeof *made);
        if (made)
            *made = (struct scl_suppression){ .by = SCL_BY_BASELINE, .place = known->place };
        finding->suppressed = made;
    }
    scl_arena_finish(&scratch);
    return used && !report->arena.failed;
}
