/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_ini.c: units of systemd, their words, and containers of Quadlet
 *
 * Keys, values and words lie within the text, in order, and a word is no longer than what it was
 * read from. The same bytes are read as a container unit, which must come out whole.
 */
#include "demand.h"

#include "document/view.h"
#include "formats/input.h"
#include "syntax/ini.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_words(struct scl_arena *arena, const struct scl_source *source,
            const struct scl_ini_entry *entry)
{
    uint32_t at = 0, before = 0, end = entry->value.span.offset;
    struct scl_tree word;

    while (scl_ini_word(arena, entry, &at, &word)) {
        demand(at > before && at <= entry->value.count);
        demand(word.span.offset >= end && scl_span_end(word.span) <= source->text.len);
        demand(word.count <= at - before);
        end = scl_span_end(word.span);
        before = at;
    }
}

static void
read_unit(struct scl_str text)
{
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_ini ini;
    uint32_t end = 0;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    if (scl_source_init(&source, &arena, SCL_S("a.container"), text) &&
        scl_ini_read(&arena, &source, &notes, &ini)) {
        for (uint32_t i = 0; i < ini.entries.count; i++) {
            const struct scl_tree *value = &ini.entries.at[i].value;

            demand(value->key_span.offset >= end);
            demand(value->span.offset > value->key_span.offset);
            end = scl_span_end(value->span);
            demand(end <= text.len);
            check_words(&arena, &source, &ini.entries.at[i]);
        }
        for (uint32_t i = 0; i < notes.list.count; i++)
            demand(scl_span_end(notes.list.at[i].span) <= text.len);
    }
    scl_arena_finish(&arena);
}

static void
read_container(struct scl_str text)
{
    const struct scl_companion files[] = { /* the bytes are all its units, and dropped into them */
        { SCL_STR("a@b.container.d/"), SCL_STR("a.conf\nb.conf\n"), false },
        { SCL_STR("a@b.container.d/a.conf"), text, false },
        { SCL_STR("container.d/"), text, false },
        { SCL_STR("a.image"), text, false },
        { SCL_STR("a.build"), text, false },
        { SCL_STR("a.pod"), text, false },
        { SCL_STR("a.volume"), text, false },
    };
    struct scl_input input = { .name = SCL_S("a@b.container"), .text = text,
                               .format = SCL_S("quadlet"), .files = files,
                               .file_count = sizeof files / sizeof files[0] };
    struct scl_document *d = scl_read(&input);

    if (!d)
        return;
    for (uint32_t object = SCL_TYPE_COUNT; object < d->objects.count; object++) {
        const struct scl_type *type = scl_type(scl_document_object(d, object)->type);

        for (unsigned field = type->first; field < (unsigned)type->first + type->count; field++) {
            struct scl_node node = { object, (uint16_t)field, 0 };
            struct scl_origin origin = scl_view_place(d->view, node, true, NULL);

            demand(origin.file < d->file_count);
            demand(scl_span_end(origin.place) <= d->files[origin.file].text.len);
        }
    }
    scl_document_unref(d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = scl_str_n((const char *)data, size);

    read_unit(text);
    read_container(text);
    return 0;
}
