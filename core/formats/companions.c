/* SPDX-License-Identifier: Apache-2.0 */
/*
 * companions.c: other files that a document is read with
 *
 * Each path is looked up once, in a table of what was told that is made at the first question. Its
 * entries say what became of it: a file of the document, or an answer without one.
 *
 * Invariants: of more companions than the limit none is looked at, whatever the answer would be;
 * what was told twice counts as it was told last.
 */
#include "formats/companions.h"

#include "base/path.h"
#include "base/text.h"
#include "formats/json_rows.h"
#include "formats/refusal.h"

enum { STANDARD_FILES = 1000, MOST_FILES = UINT16_MAX - 1 };

/* Values of the table: of a companion that was not asked for yet, its number among those that the
 * client told of, plus FIRST_TOLD. */
enum { UNTOLD, ABSENT, FIRST_FILE, FIRST_TOLD = FIRST_FILE + MOST_FILES + 1 };

static uint64_t
limit_of(const struct scl_input *input)
{
    uint64_t limit = input->limits.files ? input->limits.files : STANDARD_FILES;

    return limit < MOST_FILES ? limit : MOST_FILES;
}

static bool
begin(struct scl_document *d, const struct scl_input *input)
{
    if (d->companions)
        return true;
    d->companions = scl_arena_alloc(&d->arena, sizeof *d->companions);
    if (!d->companions)
        return false;
    scl_map_init(d->companions, &d->arena);
    for (uint32_t i = 0; i < input->file_count; i++)
        scl_map_put(d->companions, input->files[i].path, FIRST_TOLD + (uint64_t)i);
    for (uint32_t i = 0; input->archive && i < input->archive->members.count; i++)
        if (input->archive->members.at[i].content == SCL_ARCHIVE_KEPT)
            scl_map_put(d->companions, input->archive->members.at[i].name,
                        FIRST_TOLD + (uint64_t)i);
    return !d->arena.failed;
}

static struct scl_str
keep(struct scl_document *d, struct scl_str text)
{
    return scl_str_n(scl_arena_copy(&d->arena, text.at, text.len), text.len);
}

static bool
goes_up(struct scl_str path)
{
    return scl_str_is(path, "..") || scl_str_starts(path, SCL_S("../")) ||
           scl_str_find(path, SCL_S("/../")) != SIZE_MAX || scl_str_ends(path, SCL_S("/.."));
}

/* What was told of under a number; all members of an archive are told of, and nothing else. */
static struct scl_companion
told_as(const struct scl_input *input, uint32_t told)
{
    const struct scl_archive *archive = input->archive;

    if (!archive)
        return input->files[told];
    return (struct scl_companion){ archive->members.at[told].name, archive->members.at[told].text,
                                   false };
}

/* The path that places in it are told by: beside the name of the document, as that was given; of a
 * member of an archive, inside that. */
static struct scl_str
name_of(struct scl_document *d, const struct scl_input *input, struct scl_str path)
{
    struct scl_str name = d->files[0].name, full;
    struct scl_text joined = { 0 };
    size_t slash = scl_str_find_last(name, '/');

    if (input->archive)
        return scl_rows_print(&d->arena, "%.*s!%.*s", SCL_ARG(name), SCL_ARG(path));
    if (slash == SIZE_MAX || scl_path_is_absolute(path))
        return keep(d, path);
    scl_text_add(&joined, scl_str_sub(name, 0, slash + 1));
    scl_text_add(&joined, path);
    full = scl_text_str(&joined);
    d->arena.failed = d->arena.failed || joined.failed;
    if (!d->arena.failed && goes_up(path))
        full = scl_path_clean(&d->arena, full);
    full = full.at ? keep(d, full) : full;
    scl_text_finish(&joined);
    return full;
}

/* Makes a file of what was given as number `told`; its number here, or 0 without memory. */
static uint32_t
add_file(struct scl_document *d, const struct scl_input *input, uint32_t told)
{
    struct scl_companion given = told_as(input, told);
    struct scl_str name = name_of(d, input, given.path), text = keep(d, given.text);
    uint32_t *kept = scl_vec_push(&d->arena, &d->companion_numbers);

    if (!kept || d->arena.failed ||
        !scl_vec_reserve(&d->arena, (void **)&d->files, d->file_count, &d->file_room,
                         sizeof *d->files) ||
        !scl_source_init(&d->files[d->file_count], &d->arena, name, text))
        return 0;
    *kept = told;
    d->files[d->file_count].is_member = input->archive != NULL;
    d->companion_bytes += text.len;
    return d->file_count++;
}

static bool
is_within_limit(struct scl_document *d, const struct scl_input *input)
{
    uint64_t limit = limit_of(input);
    struct scl_note *note;

    d->companions_asked++;
    if (d->companions_asked <= limit)
        return true;
    if (d->companions_asked == limit + 1) {
        note = scl_refuse(d, "more companion files than the limit of %llu",
                          (unsigned long long)limit);
        scl_note_help(&d->notes, note, "--limit files=N raises it");
    }
    return false;
}

/* Whether one more companion may be read: its bytes count with the document's. */
static bool
has_room(struct scl_document *d, const struct scl_input *input, struct scl_companion given)
{
    uint64_t limit = scl_input_bytes_limit(input);
    uint64_t bytes = d->files[0].text.len + d->companion_bytes + given.text.len;
    struct scl_note *note;

    if (bytes <= limit)
        return true;
    note = scl_refuse(d, "%llu bytes with its companion files, over the limit of %llu",
                      (unsigned long long)bytes, (unsigned long long)limit);
    scl_note_help(&d->notes, note, "--limit bytes=N raises it");
    return false;
}

/* Answers for a path that was not asked for before, as a value of the table. */
static uint64_t
answer(struct scl_document *d, const struct scl_input *input, struct scl_str path, uint64_t told)
{
    struct scl_companion given;
    struct scl_str *missing;
    uint32_t file;

    if (!is_within_limit(d, input))
        return UNTOLD;
    if (told == UNTOLD && input->archive)
        return ABSENT;
    if (told == UNTOLD) {
        missing = scl_vec_push(&d->arena, &d->missing);
        if (missing)
            *missing = path;
        return UNTOLD;
    }
    given = told_as(input, (uint32_t)(told - FIRST_TOLD));
    if (given.is_absent)
        return ABSENT;
    if (!has_room(d, input, given))
        return UNTOLD;
    file = add_file(d, input, (uint32_t)(told - FIRST_TOLD));
    return file ? FIRST_FILE + file : UNTOLD;
}

enum scl_companion_answer
scl_companion_read(struct scl_document *d, const struct scl_input *input, struct scl_str path,
                   uint16_t *ret_file)
{
    struct scl_map_entry *entry;
    uint64_t value;

    *ret_file = 0;
    if (!begin(d, input))
        return SCL_COMPANION_UNTOLD;
    entry = scl_map_find(d->companions, path);
    value = entry ? entry->value : UNTOLD;
    if (!entry || value >= FIRST_TOLD) {
        path = keep(d, path);
        value = answer(d, input, path, value);
        if (path.at)
            scl_map_put(d->companions, path, value);
    }
    if (value >= FIRST_FILE)
        *ret_file = (uint16_t)(value - FIRST_FILE);
    return value == UNTOLD   ? SCL_COMPANION_UNTOLD
           : value == ABSENT ? SCL_COMPANION_ABSENT
                             : SCL_COMPANION_GIVEN;
}
