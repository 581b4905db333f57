/* SPDX-License-Identifier: Apache-2.0 */
/*
 * values.c: what policies said of each subject, with what they read
 *
 * For an expression that is evaluated, not judged by: the message of a finding is a value, so there
 * is no severity, no excerpt and nothing to fix.
 */
#include "report/block.h"
#include "report/escape.h"
#include "report/short.h"

static void
add_subject(const struct scl_entries *entries, const struct scl_finding *finding, bool ascii,
            struct scl_text *out)
{
    size_t before = out->len;

    scl_subject_add(entries->report, finding->document, finding->subject, ascii, out);
    if (out->len > before)
        scl_text_c(out, ": ");
}

/* The message without what it says of policies. */
static void
add_error(const struct scl_finding *finding, const struct scl_render_options *options,
          struct scl_text *out)
{
    static const struct scl_str failed = SCL_STR("policy failed: ");
    struct scl_str message = finding->message;

    if (scl_str_starts(message, failed))
        message = scl_str_sub(message, failed.len, message.len);
    scl_paint_c(out, options->color, SCL_ROLE_ALARM, "error");
    scl_text_c(out, ": ");
    scl_escape_add(out, message, options->ascii);
}

static void
add_value(const struct scl_entries *entries, const struct scl_entry *entry,
          const struct scl_render_options *options, struct scl_text *out)
{
    const struct scl_finding *finding = entry->finding;

    scl_place_add(&entry->place, options->ascii, out);
    scl_text_c(out, ": ");
    add_subject(entries, finding, options->ascii, out);
    if (finding->verdict == SCANTLING_VERDICT_ERROR)
        add_error(finding, options, out);
    else if (finding->verdict == SCANTLING_VERDICT_INCONCLUSIVE)
        scl_paint_c(out, options->color, SCL_ROLE_DOUBT, "not known");
    else
        scl_escape_add(out, finding->message, options->ascii);
    scl_text_char(out, '\n');
    scl_block_add_reasons(entries, entry, options, out);
}

void
scl_write_values(const struct scantling_report *report, const struct scl_render_options *options,
                 struct scl_text *out)
{
    struct scl_entries entries;
    struct scl_arena arena;

    scl_arena_init(&arena);
    if (!scl_entries_collect(report, options, &arena, &entries))
        out->failed = true;
    for (uint32_t i = 0; !out->failed && i < entries.list.count; i++) {
        const struct scl_entry *entry = &entries.list.at[i];

        if (entry->note)
            scl_short_add(&entries, entry, options, out);
        else
            add_value(&entries, entry, options, out);
    }
    scl_arena_finish(&arena);
}
