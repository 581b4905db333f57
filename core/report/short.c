/* SPDX-License-Identifier: Apache-2.0 */
/*
 * short.c: one line each
 *
 * As compilers write, for editors and grep: nothing is folded, wrapped or cut, and only the word
 * of the severity has a colour.
 */
#include "report/short.h"

#include "report/escape.h"

/* "policy failed: what" as "policy failed at PATH:LINE: what". */
static void
add_policy_error(const struct scl_finding *finding, bool ascii, struct scl_text *out)
{
    static const struct scl_str failed = SCL_STR("policy failed");
    struct scl_str rest = finding->message;
    bool is_failure = scl_str_starts(rest, failed);
    struct scl_str before = is_failure ? failed : rest;

    scl_escape_add(out, before, ascii);
    if (finding->policy_place.path.len) {
        scl_text_c(out, " at ");
        scl_escape_add(out, finding->policy_place.path, ascii);
        scl_text_f(out, ":%u", (unsigned)finding->policy_place.start.line);
    }
    if (is_failure)
        scl_escape_add(out, scl_str_sub(rest, failed.len, rest.len), ascii);
}

static void
add_note(const struct scl_entries *entries, const struct scl_note *note, bool ascii,
         struct scl_text *out)
{
    struct scl_text text = { 0 };

    scl_note_add_text(entries->report, note->message, &text);
    scl_escape_add(out, scl_text_str(&text), ascii);
    out->failed = out->failed || text.failed;
    scl_text_finish(&text);
}

void
scl_short_add(const struct scl_entries *entries, const struct scl_entry *entry,
              const struct scl_render_options *options, struct scl_text *out)
{
    enum scl_role role;
    const char *word = scl_entry_word(entry, &role);

    scl_place_add(&entry->place, options->ascii, out);
    scl_text_c(out, ": ");
    scl_paint_c(out, options->color, role, word);
    scl_text_c(out, ": ");
    if (entry->note)
        add_note(entries, entry->note, options->ascii, out);
    else if (entry->finding->verdict == SCANTLING_VERDICT_ERROR)
        add_policy_error(entry->finding, options->ascii, out);
    else
        scl_escape_add(out, entry->finding->message, options->ascii);
    scl_entry_add_policy(entries, entry, options->ascii, out);
    scl_text_char(out, '\n');
}

void
scl_write_short(const struct scantling_report *report, const struct scl_render_options *options,
                struct scl_text *out)
{
    struct scl_entries entries;
    struct scl_arena arena;

    scl_arena_init(&arena);
    if (scl_entries_collect(report, options, &arena, &entries))
        for (uint32_t i = 0; i < entries.list.count; i++)
            scl_short_add(&entries, &entries.list.at[i], options, out);
    else
        out->failed = true;
    scl_arena_finish(&arena);
}
