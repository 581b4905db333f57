/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fix.c: the fixes of a report, applied to the files or shown
 *
 * The library offers at most one fix for a finding, and only such as can be applied together. A
 * file is changed only if it still is what was judged. What did not come from a file (standard
 * input, a command line) stays as it is.
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
    uint64_t offset, length;
    const char *text; /* of the report */
    size_t text_length;
    size_t order;     /* in the report */
};

struct edits {
    struct edit *at;
    size_t count;
};

/* Adds the edits of a finding's fix, where they are of the wanted kind and in the input itself. */
static void
add_edits(struct cli_run *run, const struct cli_options *options, const struct cli_inputs *inputs,
          const scantling_report *report, size_t finding, struct edits *edits)
{
    size_t before = edits->count;
    scantling_mark mark;

    for (size_t i = 0; scantling_report_marks(report, finding, i, &mark, sizeof mark, 1) == 1;
         i++) {
        bool is_edit = mark.kind == SCANTLING_MARK_EDIT || mark.kind == SCANTLING_MARK_UNSAFE_EDIT;

        if (!is_edit || mark.group != 0)
            continue;
        if ((mark.kind == SCANTLING_MARK_UNSAFE_EDIT && !options->unsafe) ||
            mark.document >= inputs->count ||
            inputs->at[mark.document].origin != CLI_FROM_FILE ||
            strcmp(mark.path, inputs->at[mark.document].name) != 0) {
            edits->count = before;
            return;
        }
        edits->at = cli_pool_grow(&run->pool, edits->at, edits->count, sizeof *edits->at);
        edits->at[edits->count] = (struct edit){ mark.document, mark.offset, mark.length,
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

/* The text of an input with edits applied. */
static struct cli_bytes
apply(struct cli_run *run, const struct cli_input *input, const struct edit *edits, size_t count)
{
    struct cli_bytes out = { NULL, 0, 0 };
    size_t room = input->kept_length, from = 0;

    for (size_t i = 0; i < count; i++)
        room += edits[i].text_length;
    out.at = cli_pool_alloc(&run->pool, room + 1);
    for (size_t i = 0; i <= count; i++) {
        size_t until = i < count ? (size_t)edits[i].offset : input->kept_length;

        memcpy(out.at + out.length, input->kept + from, until - from);
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
is_unchanged(const struct cli_input *input)
{
    struct cli_bytes now;
    bool same;

    if (cli_file_read_path(input->path, input->kept_length, &now) != 0)
        return false;
    same = now.length == input->kept_length && memcmp(now.at, input->kept, now.length) == 0;
    free(now.at);
    return same;
}

/* Changes one file, and reads it again. */
static bool
fix_file(struct cli_run *run, const struct cli_options *options, struct cli_input *input,
         const struct edit *edits, size_t count)
{
    struct cli_bytes fixed;

    if (!is_unchanged(input)) {
        cli_error(run, CLI_INCOMPLETE, "%s: not fixed, because it changed meanwhile", input->name);
        return false;
    }
    fixed = apply(run, input, edits, count);
    if (!cli_output_bytes(run, input->path, fixed.at, fixed.length))
        return false;
    cli_tell(run, "fixed %s with %zu %s", input->name, count, count == 1 ? "edit" : "edits");
    cli_input_release(input);
    cli_input_load(input, options);
    return true;
}

bool
cli_fix_files(struct cli_run *run, const struct cli_options *options, struct cli_inputs *inputs,
              const scantling_report *report)
{
    struct edits edits = collect_edits(run, options, inputs, report);
    bool is_written = false;

    for (size_t i = 0, end; i < edits.count; i = end) {
        end = i + 1;
        while (end < edits.count && edits.at[end].document == edits.at[i].document)
            end++;
        is_written = fix_file(run, options, &inputs->at[edits.at[i].document], edits.at + i,
                              end - i) || is_written;
    }
    return is_written;
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
