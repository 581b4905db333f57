/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_ignore.c: ignore patterns against a path
 *
 * The last line is the path, what lies before it the file. Patterns must lie within the text, in
 * its order; what decides must be one of them; and a folder that is ignored takes with it what lies
 * below it where no pattern takes anything back.
 */
#include "demand.h"

#include "syntax/ignore.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
check_patterns(const struct scl_ignore *ignore, const struct scl_source *source)
{
    uint32_t end = 0;
    bool takes_back = false;

    for (uint32_t i = 0; i < ignore->patterns.count; i++) {
        const struct scl_ignore_pattern *pattern = &ignore->patterns.at[i];

        demand(pattern->span.offset >= end && pattern->text.len > 0);
        end = scl_span_end(pattern->span);
        takes_back = takes_back || pattern->is_exclusion;
    }
    demand(end <= source->text.len);
    return takes_back;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = scl_str_n((const char *)data, size), path;
    size_t cut = scl_str_find_last(text, '\n');
    const struct scl_ignore_pattern *pattern;
    struct scl_ignore ignore;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_arena arena;
    bool takes_back, is_excluded;

    cut = cut == SIZE_MAX ? 0 : cut;
    path = scl_str_sub(text, cut + (cut > 0), SCL_IGNORE_LONGEST_PATH);
    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    demand(scl_source_init(&source, &arena, SCL_S("x"), scl_str_sub(text, 0, cut)));
    demand(scl_ignore_read(&arena, &source, &notes, &ignore));
    takes_back = check_patterns(&ignore, &source);
    is_excluded = scl_ignore_excludes(&ignore, path, &pattern);
    demand(!is_excluded || (pattern && !pattern->is_exclusion));
    for (size_t i = 1; i < path.len && !takes_back; i++) {
        struct scl_str folder = scl_str_sub(path, 0, i);

        if (path.at[i] == '/' && scl_ignore_excludes(&ignore, folder, NULL))
            demand(is_excluded);
    }
    scl_arena_finish(&arena);
    return 0;
}
