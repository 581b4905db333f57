/* SPDX-License-Identifier: Apache-2.0 */
/*
 * diff.c: what the fixes would change, as a unified diff
 *
 * Three lines of context. Edits are known, so nothing is searched for: lines that an edit lies in
 * are taken out and put back changed, whole lines that come or go stand alone. Secrets are masked
 * here as everywhere, so a hunk that shows one does not apply.
 *
 * Invariants: regions of lines are in order, with at least one line between two of them.
 */
#include "report/report.h"

#include "base/map.h"
#include "engine/fix.h"
#include "report/escape.h"

enum { CONTEXT = 3 };

/* Old lines from `first` up to `end`, and the edits that lie in them. */
struct region {
    uint32_t first, end;
    uint32_t change, change_end;
};

struct diff {
    const struct scl_source *source;
    const struct scl_mask_file *masks;
    struct scl_changes changes;
    SCL_VEC(struct region) regions;
    struct scl_text hunk;
    bool in_line; /* of the hunk: begun and not ended */
    struct scl_text *out;
};

/* ---- lines ---- */

static uint32_t
line_start(const struct diff *d, uint32_t line)
{
    return line <= d->source->line_count ? d->source->lines[line - 1]
                                         : (uint32_t)d->source->text.len;
}

static uint32_t
line_of(const struct diff *d, uint32_t offset)
{
    return scl_source_locate(d->source, offset).line;
}

/* One past the last line; what follows the last line end is none. */
static uint32_t
end_of_lines(const struct diff *d)
{
    uint32_t count = d->source->line_count;

    return line_start(d, count) < d->source->text.len ? count + 1 : count;
}

/* Whether an edit takes away and puts in whole lines. */
static bool
is_of_lines(const struct diff *d, const struct scl_change *change)
{
    uint32_t end = scl_span_end(change->span);

    return line_start(d, line_of(d, change->span.offset)) == change->span.offset &&
           line_start(d, line_of(d, end)) == end &&
           (!change->text.len || scl_str_ends(change->text, SCL_S("\n")));
}

/* Regions of the edits `from` up to `stop`, which are those of the file. */
static bool
find_regions(struct diff *d, uint32_t from, uint32_t stop)
{
    for (uint32_t i = from; i < stop; i++) {
        const struct scl_change *change = &d->changes.list.at[i];
        uint32_t last = d->regions.count - 1;
        uint32_t first = line_of(d, change->span.offset);
        uint32_t end = line_of(d, scl_span_end(change->span)) + !is_of_lines(d, change);
        struct region *region;

        if (d->regions.count && first <= d->regions.at[last].end) {
            region = &d->regions.at[last];
        } else {
            region = scl_vec_push(d->changes.arena, &d->regions);
            if (!region)
                return false;
            *region = (struct region){ first, end, i, i };
        }
        if (end > region->end)
            region->end = end;
        region->change_end = i + 1;
    }
    return true;
}

/* ---- writing ---- */

/* Adds bytes that begin or go on a line; how many lines were begun. */
static uint32_t
add_bytes(struct diff *d, char sign, struct scl_str text)
{
    uint32_t lines = 0;

    while (text.len) {
        size_t end = scl_str_find_char(text, '\n');
        size_t length = end == SIZE_MAX ? text.len : end + 1;

        if (!d->in_line) {
            scl_text_char(&d->hunk, sign);
            lines++;
        }
        scl_text_add(&d->hunk, scl_str_sub(text, 0, length));
        d->in_line = end == SIZE_MAX;
        text = scl_str_sub(text, length, text.len);
    }
    return lines;
}

/* Adds what is masked: eight asterisks on each line of it. */
static uint32_t
add_masked(struct diff *d, char sign, struct scl_str secret)
{
    uint32_t lines = 0;

    while (secret.len) {
        size_t end = scl_str_find_char(secret, '\n');

        lines += end == 0 ? 0 : add_bytes(d, sign, SCL_S(SCL_MASK_TEXT));
        if (end == SIZE_MAX)
            break;
        lines += add_bytes(d, sign, SCL_S("\n"));
        secret = scl_str_sub(secret, end + 1, secret.len);
    }
    return lines;
}

/* Adds bytes of the old text. */
static uint32_t
add_old(struct diff *d, char sign, uint32_t from, uint32_t end)
{
    const struct scl_span *masks;
    uint32_t count = scl_mask_spans(d->masks, scl_span_between(from, end), &masks), lines = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = masks[i].offset > from ? masks[i].offset : from;
        uint32_t stop = scl_span_end(masks[i]) < end ? scl_span_end(masks[i]) : end;

        if (stop <= start)
            continue;
        lines += add_bytes(d, sign, scl_source_text(d->source, scl_span_between(from, start)));
        lines += add_masked(d, sign, scl_source_text(d->source, scl_span_between(start, stop)));
        from = stop;
    }
    return lines + add_bytes(d, sign, scl_source_text(d->source, scl_span_between(from, end)));
}

static void
end_line(struct diff *d)
{
    if (d->in_line)
        scl_text_c(&d->hunk, "\n\\ No newline at end of file\n");
    d->in_line = false;
}

static uint32_t
add_lines(struct diff *d, char sign, uint32_t first, uint32_t end)
{
    uint32_t lines = first < end ? add_old(d, sign, line_start(d, first), line_start(d, end)) : 0;

    end_line(d);
    return lines;
}

/* Adds the lines of a region as they will be. */
static uint32_t
add_new(struct diff *d, const struct region *region)
{
    uint32_t from = line_start(d, region->first), end = line_start(d, region->end), lines = 0;

    for (uint32_t i = region->change; i < region->change_end; i++) {
        const struct scl_change *change = &d->changes.list.at[i];

        lines += add_old(d, '+', from, change->span.offset);
        lines += add_bytes(d, '+', change->text);
        from = scl_span_end(change->span);
    }
    lines += from < end ? add_old(d, '+', from, end) : 0;
    end_line(d);
    return lines;
}

static void
add_range(struct diff *d, char sign, uint32_t first, uint32_t count)
{
    /* Of no lines the place is told by the line before it. */
    scl_text_f(d->out, " %c%u,%u", sign, (unsigned)(count ? first : first - 1), (unsigned)count);
}

/* Writes a hunk of regions `from` up to `end`; by how many lines the text has grown afterwards. */
static int64_t
add_hunk(struct diff *d, uint32_t from, uint32_t end, int64_t grown)
{
    uint32_t first = d->regions.at[from].first, last = d->regions.at[end - 1].end;
    uint32_t start = first > CONTEXT ? first - CONTEXT : 1, at = start, old_lines = 0,
             new_lines = 0;
    uint32_t stop = last + CONTEXT < end_of_lines(d) ? last + CONTEXT : end_of_lines(d);

    scl_text_clear(&d->hunk);
    for (uint32_t i = from; i < end; i++) {
        const struct region *region = &d->regions.at[i];
        uint32_t between = add_lines(d, ' ', at, region->first);

        old_lines += between + add_lines(d, '-', region->first, region->end);
        new_lines += between + add_new(d, region);
        at = region->end;
    }
    at = at < stop ? add_lines(d, ' ', at, stop) : 0;
    old_lines += at;
    new_lines += at;
    scl_text_c(d->out, "@@");
    add_range(d, '-', start, old_lines);
    add_range(d, '+', (uint32_t)(start + grown), new_lines);
    scl_text_c(d->out, " @@\n");
    scl_text_add(d->out, scl_text_str(&d->hunk));
    d->out->failed = d->out->failed || d->hunk.failed;
    return grown + (int64_t)new_lines - (int64_t)old_lines;
}

static void
add_name(struct diff *d, const char *mark, const char *side)
{
    bool is_absolute = scl_str_starts(d->source->name, SCL_S("/"));

    scl_text_f(d->out, "%s %s", mark, is_absolute ? "" : side);
    scl_escape_add(d->out, d->source->name, false);
    scl_text_char(d->out, '\n');
}

static void
add_file(struct diff *d)
{
    int64_t grown = 0;
    uint32_t from = 0;

    add_name(d, "---", "a/");
    add_name(d, "+++", "b/");
    for (uint32_t i = 1; i <= d->regions.count; i++) {
        if (i < d->regions.count &&
            d->regions.at[i].first - d->regions.at[i - 1].end <= 2 * CONTEXT)
            continue;
        grown = add_hunk(d, from, i, grown);
        from = i;
    }
}

/* Writes the diff of a file of the document, unless one of its path was written: another document
 * has it as well, and may change it only after that. */
static bool
write_file(struct diff *d, const struct scl_project_document *joined, uint32_t file,
           struct scl_map *written)
{
    uint32_t first, count = scl_changes_of(&d->changes, file, &first);

    d->source = &joined->document->files[file];
    d->masks = &joined->masks[file];
    d->regions.count = 0;
    if (!count || scl_map_find(written, d->source->name))
        return true;
    if (!scl_map_put(written, d->source->name, 1) || !find_regions(d, first, first + count))
        return false;
    add_file(d);
    return true;
}

/* Writes the diffs of the files of a document. */
static bool
write_document(const struct scantling_report *report, const struct scl_findings *findings,
               uint32_t document, bool with_unsafe, struct scl_map *written, struct scl_text *out)
{
    const struct scl_project_document *joined = &report->project->documents[document];
    struct diff d = { .out = out };
    struct scl_arena arena;
    bool good;

    scl_arena_init(&arena);
    scl_changes_init(&d.changes, &arena);
    good = scl_fixes_collect(report, findings, document, with_unsafe, &d.changes);
    for (uint32_t file = 0; good && file < joined->document->file_count; file++)
        good = write_file(&d, joined, file, written);
    scl_text_finish(&d.hunk);
    scl_arena_finish(&arena);
    return good;
}

void
scl_write_diff(const struct scantling_report *report, const struct scl_render_options *options,
               struct scl_text *out)
{
    struct scl_findings findings;
    struct scl_map written;
    struct scl_arena arena;
    bool good;

    scl_arena_init(&arena);
    scl_map_init(&written, &arena);
    good = scl_findings_by_document(report, &arena, &findings);
    for (uint32_t i = 0; good && i < report->project->count; i++)
        if (findings.first[i] != SCANTLING_NONE)
            good = write_document(report, &findings, i, options->unsafe, &written, out);
    out->failed = out->failed || !good;
    scl_arena_finish(&arena);
}
