/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.c: the report for people
 *
 * Blocks, divided by one empty line, in the order of their places; from the hundred-and-first on
 * one line each, unless all is wanted. Nothing is cut off. What was folded into a block that stands
 * there is told by it.
 */
#include "report/block.h"
#include "report/closing.h"
#include "report/short.h"

enum { BLOCKS = 100 };

/* Adds blocks and returns the index of the first entry that is told in no block. */
static uint32_t
add_blocks(const struct scl_entries *entries, const struct scl_render_options *options,
           struct scl_text *out)
{
    uint32_t blocks = 0, i = 0;

    for (; i < entries->list.count && (blocks < BLOCKS || options->verbose); i++) {
        const struct scl_entry *entry = &entries->list.at[i];

        if (entry->first != i)
            continue;
        if (blocks++)
            scl_text_char(out, '\n');
        scl_block_add(entries, entry, options, out);
    }
    return i;
}

static void
add_rest(const struct scl_entries *entries, uint32_t from, const struct scl_render_options *options,
         struct scl_text *out)
{
    uint64_t count = 0;

    for (uint32_t i = from; i < entries->list.count; i++)
        count += entries->list.at[i].first >= from;
    if (!count)
        return;
    scl_text_char(out, '\n');
    scl_number_add(count, out);
    scl_text_c(out, " more, one line each:\n");
    for (uint32_t i = from; i < entries->list.count; i++)
        if (entries->list.at[i].first >= from)
            scl_short_add(entries, &entries->list.at[i], options, out);
}

void
scl_write_text(const struct scantling_report *report, const struct scl_render_options *options,
               struct scl_text *out)
{
    struct scl_entries entries;
    struct scl_arena arena;

    scl_arena_init(&arena);
    if (scl_entries_collect(report, options, &arena, &entries) &&
        scl_entries_fold(&entries, &arena)) {
        add_rest(&entries, add_blocks(&entries, options, out), options, out);
        if (!options->quiet) {
            if (entries.list.count)
                scl_text_char(out, '\n');
            scl_closing_add(&entries, options, out);
        }
    } else {
        out->failed = true;
    }
    scl_arena_finish(&arena);
}
