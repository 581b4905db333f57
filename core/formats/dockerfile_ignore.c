/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_ignore.c: what is kept out of the context
 *
 * A build reads NAME.dockerignore beside its Dockerfile, else .dockerignore in the folder of the
 * context, which is taken to be the Dockerfile's own. Which of them counts is known once the client
 * has told of the first, and of the second where there is no first; both are asked for at once, so
 * that one more reading suffices.
 */
#include "formats/companions.h"
#include "formats/dockerfile_lower.h"

#include "base/text.h"

/* What the client told of NAME.dockerignore. */
static enum scl_companion_answer
read_own(struct scl_lowering *l, uint16_t *ret_file)
{
    struct scl_str name = l->d->files[0].name;
    size_t slash = scl_str_find_last(name, '/');
    enum scl_companion_answer answer = SCL_COMPANION_UNTOLD;
    struct scl_text path = { 0 };

    scl_text_add(&path, slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len));
    scl_text_c(&path, ".dockerignore");
    if (path.failed)
        l->d->arena.failed = true;
    else
        answer = scl_companion_read(l->d, l->input, scl_text_str(&path), ret_file);
    scl_text_finish(&path);
    return answer;
}

static enum scl_companion_answer
read_file(struct scl_lowering *l, uint16_t *ret_file)
{
    enum scl_companion_answer own = read_own(l, ret_file), shared;
    uint16_t file;

    if (own == SCL_COMPANION_GIVEN)
        return own;
    shared = scl_companion_read(l->d, l->input, SCL_S(".dockerignore"), &file);
    if (own == SCL_COMPANION_UNTOLD)
        return own;
    *ret_file = file;
    return shared;
}

/* The patterns of a file of the document, each where it stands there. */
static void
lower_patterns(struct scl_lowering *l, uint16_t file)
{
    struct scl_document *d = l->d;
    struct scl_ignore *ignore = scl_arena_alloc(&d->arena, sizeof *ignore);
    struct scl_span start = { 0, 0 };

    d->notes.file = file;
    scl_build_bool(d, l->build, SCL_BUILD_IGNORE_PRESENT, true, scl_build_origin(d, start, start));
    if (!ignore || !scl_ignore_read(&d->arena, &d->files[file], &d->notes, ignore))
        d->arena.failed = true;
    scl_build_list(d, l->build, SCL_BUILD_IGNORE_PATTERNS, scl_build_origin(d, start, start));
    for (uint32_t i = 0; !d->arena.failed && i < ignore->patterns.count; i++) {
        struct scl_span span = ignore->patterns.at[i].span;

        scl_build_item_text(d, l->build, SCL_BUILD_IGNORE_PATTERNS,
                            scl_source_text(&d->files[file], span),
                            scl_build_origin(d, span, span));
    }
    if (!d->arena.failed && ignore->is_cut)
        scl_build_open(d, l->build, SCL_BUILD_IGNORE_PATTERNS);
    d->notes.file = 0;
    d->subjects.at[scl_document_object(d, l->build)->subject].ignore = ignore;
}

void
scl_ignore_lower(struct scl_lowering *l)
{
    struct scl_document *d = l->d;
    uint16_t file = 0;

    switch (read_file(l, &file)) {
    case SCL_COMPANION_UNTOLD:
        scl_build_empty(d, l->build, SCL_BUILD_IGNORE_PRESENT, SCANTLING_STATE_UNKNOWN, 0);
        scl_build_empty(d, l->build, SCL_BUILD_IGNORE_PATTERNS, SCANTLING_STATE_UNKNOWN, 0);
        break;
    case SCL_COMPANION_ABSENT:
        scl_build_bool(d, l->build, SCL_BUILD_IGNORE_PRESENT, false, 0);
        scl_build_list(d, l->build, SCL_BUILD_IGNORE_PATTERNS, 0);
        break;
    case SCL_COMPANION_GIVEN:
        lower_patterns(l, file);
        break;
    }
}
