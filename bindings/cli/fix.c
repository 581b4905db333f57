/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fix.c: the fixes of a report, applied to the files or shown
 *
 * The library offers at most one fix for a finding, and only such as can be applied together. A
 * file is changed only if it still is what was judged. What did not come from a file (standard
 * input, a command line) stays as it is, and so do its companions. A file that several documents
 * have is changed for the first of them; the others come later, if they still need it.
 */
#include "fix.h"

#include <stdlib.h>
#include <string.h>

#include "display.h"
#include "errors.h"
#include "files.h"
#include "output.h"

enum { BATCH = 64 };

struct edit {
    uint32_t document;
    const char *path; /* of the report, as the text is */
    uint64_t offset, length;
    const char *text;
    size_t text_length;
    size_t order;     /* in the report */
};

struct edits {
    struct edit *at;
    size_t count;
};

/* A file that may be changed. */
struct file {
    const char *name, *path;
    const char *kept; /* what was judged */
    size_t kept_length;
};

/* The file of an input that reports call `path`. */
static bool
find_file(const struct cli_input *input, const char *path, struct file *ret)
{
    if (input->origin != CLI_FROM_FILE)
        return false;
    *ret = (struct file){ input->name, input->path, input->kept, input->kept_length };
    if (strcmp(path, input->name) == 0)
        return true;
    for (size_t i = 0; i < input->companion_count; i++) {
        const struct cli_companion *companion = &input->companions[i];

        *ret = (struct file){ companion->name, companion->path, companion->kept,
                              companion->kept_length };
        if (strcmp(path, companion->name) == 0)
            return true;
    }
    return false;
}

/* Adds the edits of a finding's fix, if all are of the wanted kind and in files of the input. */
static void
add_edits(struct cli_run *run, const struct cli_options *options, const struct cli_inputs *inputs,
          const scantling_report *report, size_t finding, struct edits *edits)
{
    size_t before = edits->count;
    scantling_mark mark;
    struct file file;

    for (size_t i = 0; scantling_report_marks(report, finding, i, &mark, sizeof mark, 1) == 1;
         i++) {
        bool is_edit = mark.kind == SCANTLING_MARK_EDIT || mark.kind == SCANTLING_MARK_UNSAFE_EDIT;

        if (!is_edit || mark.group != 0)
            continue;
        if ((mark.kind == SCANTLING_MARK_UNSAFE_EDIT && !options->unsafe) ||
            mark.document >= inputs->count ||
            !find_file(&inputs->at[mark.document], mark.path, &file)) {
            edits->count = before;
            return;
        }
        edits->at = cli_pool_grow(&run->pool, edits->at, edits->count, sizeof *edits->at);
        edits->at[edits->count] = (struct edit){ mark.document, mark.path, mark.offset, mark.length,
                                                 mark.text, mark.text_length, edits->count };
        edits->count++;
    }
}

static int
compare_edits(const void *a, const void *b)
{
    const struct edit *left = a, *right = b;

    if (left->document != right->document)
        return left->document < right->document ? -1 : 1;
    if (strcmp(left->path, right->path) != 0)
        return strcmp(left->path, right->path);
    if (left->offset != right->offset)
        return left->offset < right->offset ? -1 : 1;
    /* What is inserted comes before what is replaced at the same place. */
    if (!left->length != !right->length)
        return left->length ? 1 : -1;
    return left->order < right->order ? -1 : 1;
}

static struct edits
collect_edits(struct cli_run *run, const struct cli_options *options,
              const struct cli_inputs *inputs, const scantling_report *report)
{
    struct edits edits = { NULL, 0 };
    scantling_finding findings[BATCH];
    size_t start = 0, count;

    while ((count = scantling_report_findings(report, start, findings, sizeof *findings, BATCH))) {
        for (size_t i = 0; i < count; i++)
            if (findings[i].fix_count && findings[i].verdict == SCANTLING_VERDICT_FAIL &&
                !findings[i].suppression)
                add_edits(run, options, inputs, report, start + i, &edits);
        start += count;
    }
    if (edits.count)
        qsort(edits.at, edits.count, sizeof *edits.at, compare_edits);
    return edits;
}

/* The text of a file with edits applied. */
static struct cli_bytes
apply(struct cli_run *run, const struct file *file, const struct edit *edits, size_t count)
{
    struct cli_bytes out = { NULL, 0, 0 };
    size_t room = file->kept_length, from = 0;

    for (size_t i = 0; i < count; i++)
        room += edits[i].text_length;
    out.at = cli_pool_alloc(&run->pool, room + 1);
    for (size_t i = 0; i <= count; i++) {
        size_t until = i < count ? (size_t)edits[i].offset : file->kept_length;

        if (until > from)
            memcpy(out.at + out.length, file->kept + from, until - from);
        out.length += until - from;
        if (i == count)
            break;
        memcpy(out.at + out.length, edits[i].text, edits[i].text_length);
        out.length += edits[i].text_length;
        from = until + (size_t)edits[i].length;
    }
    return out;
}

/* Whether the file still is what was judged. */
static bool
is_unchanged(const struct file *file)
{
    struct cli_bytes now;
    bool same;

    if (cli_file_read_path(file->path, file->kept_length, &now) != 0)
        return false;
    same = now.length == file->kept_length &&
           (!now.length || memcmp(now.at, file->kept, now.length) == 0);
    free(now.at);
    return same;
}

static bool
fix_file(struct cli_run *run, const struct file *file, const struct edit *edits, size_t count)
{
    struct cli_bytes fixed;

    if (!is_unchanged(file)) {
        cli_error(run, CLI_INCOMPLETE, "%s: not fixed, because it changed meanwhile", file->name);
        return false;
    }
    fixed = apply(run, file, edits, count);
    if (!cli_output_bytes(run, file->path, fixed.at, fixed.length))
        return false;
    cli_tell(run, "fixed %s with %zu %s", file->name, count, count == 1 ? "edit" : "edits");
    return true;
}

/* Where the path of a file leads, in the memory of the run. */
static const char *
real_path(struct cli_run *run, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = cli_pool_text(&run->pool, real ? real : path, strlen(real ? real : path));

    free(real);
    return kept;
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
has(const struct cli_names *sorted, const char *name)
{
    return bsearch(&name, sorted->at, sorted->count, sizeof name, compare_names) != NULL;
}

/* Reads again what has one of the files that were written. */
static void
reload(struct cli_run *run, const struct cli_options *options, struct cli_inputs *inputs,
       struct cli_names *written)
{
    qsort(written->at, written->count, sizeof *written->at, compare_names);
    for (size_t i = 0; i < inputs->count; i++) {
        struct cli_input *input = &inputs->at[i];
        bool is_changed = input->origin == CLI_FROM_FILE &&
                          has(written, real_path(run, input->path));

        for (size_t c = 0; !is_changed && c < input->companion_count; c++)
            is_changed = has(written, real_path(run, input->companions[c].path));
        if (!is_changed)
            continue;
        cli_input_release(input);
        cli_input_load(input, options);
    }
}

/* The edits of one file of one document. */
struct group {
    const char *real; /* where its path leads */
    struct file file;
    size_t first, count;
    bool is_first; /* of those with the same file */
};

static int
compare_groups(const void *a, const void *b)
{
    const struct group *left = *(struct group *const *)a, *right = *(struct group *const *)b;
    int order = strcmp(left->real, right->real);

    return order ? order : (left > right) - (left < right);
}

static struct group *
group_edits(struct cli_run *run, const struct cli_inputs *inputs, const struct edits *edits,
            size_t *ret_count)
{
    struct group *groups = cli_pool_alloc(&run->pool, (edits->count + 1) * sizeof *groups);
    struct group **order = cli_pool_alloc(&run->pool, (edits->count + 1) * sizeof *order);
    size_t count = 0;

    for (size_t i = 0, end; i < edits->count; i = end) {
        const struct edit *first = &edits->at[i];
        struct group *group = &groups[count];

        end = i + 1;
        while (end < edits->count && edits->at[end].document == first->document &&
               strcmp(edits->at[end].path, first->path) == 0)
            end++;
        find_file(&inputs->at[first->document], first->path, &group->file);
        group->real = real_path(run, group->file.path);
        group->first = i;
        group->count = end - i;
        order[count++] = group;
    }
    if (count)
        qsort(order, count, sizeof *order, compare_groups);
    for (size_t i = 0; i < count; i++)
        order[i]->is_first = i == 0 || strcmp(order[i]->real, order[i - 1]->real) != 0;
    *ret_count = count;
    return groups;
}

bool
cli_fix_files(struct cli_run *run, const struct cli_options *options, struct cli_inputs *inputs,
              const scantling_report *report)
{
    struct edits edits = collect_edits(run, options, inputs, report);
    struct cli_names written = { NULL, 0 };
    size_t count;
    struct group *groups = group_edits(run, inputs, &edits, &count);

    for (size_t i = 0; i < count; i++)
        if (groups[i].is_first &&
            fix_file(run, &groups[i].file, edits.at + groups[i].first, groups[i].count))
            cli_names_add(&run->pool, &written, groups[i].real);
    if (written.count)
        reload(run, options, inputs, &written);
    return written.count != 0;
}

/* ---- diffs ---- */

void
cli_fix_show(struct cli_run *run, const scantling_buffer *diff)
{
    unsigned column = 0;
    size_t length;
    const char *at = scantling_buffer_bytes(diff, &length);
    struct cli_glyph glyph;

    if (!run->out.is_terminal) {
        cli_output_write(run, NULL, diff);
        return;
    }
    for (size_t i = 0; i < length;) {
        if (at[i] == '\n') {
            putchar(at[i++]);
            column = 0;
            continue;
        }
        i += cli_glyph_of(at + i, length - i, run->out.is_ascii, column, &glyph);
        column += glyph.width;
        fputs(glyph.text, stdout);
    }
    fflush(stdout);
}
