/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_argv.c: command lines, however they are written
 *
 * The same bytes are read as a text of a shell, as words with a NUL behind each and as whatever the
 * format makes of them; of each word the place lies in the text, and a word that is cut has a hole.
 */
#include "demand.h"

#include "document/view.h"
#include "formats/input.h"
#include "syntax/argv.h"
#include "syntax/interpolate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_list(struct scl_str text, const struct scl_argv_list *list)
{
    for (uint32_t i = 0; i < list->lines.count; i++) {
        const struct scl_argv *line = &list->lines.at[i];

        demand(line->count > 0);
        demand((size_t)line->span.offset + line->span.length <= text.len);
        for (uint32_t k = 0; k < line->count; k++) {
            const struct scl_tree *word = &line->words[k];

            demand((size_t)word->span.offset + word->span.length <= text.len);
            demand(word->is_cut ==
                   (scl_str_find_char(scl_tree_text(word), '\0') != SIZE_MAX));
        }
    }
}

static bool
find(void *context, struct scl_str name, struct scl_str *ret_value)
{
    (void)context;
    *ret_value = name;
    return name.len == 1;
}

static void
read_syntax(struct scl_str text)
{
    struct scl_arena arena;
    struct scl_notes notes;
    struct scl_argv_list shell = { { NULL, 0, 0 } }, words = { { NULL, 0, 0 } };
    struct scl_interpolation in = { &arena, NULL, find, NULL };
    struct scl_str made;
    size_t at;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    if (scl_argv_read_shell(&arena, text, NULL, 0, NULL, &notes, &shell))
        check_list(text, &shell);
    if (scl_argv_read_words(&arena, text, &words))
        check_list(text, &words);
    scl_interpolate(&in, text, &made, &at);
    demand(at <= text.len);
    scl_arena_finish(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct scl_pair variables[] = { { SCL_STR("TAG"), SCL_STR("1.2") } };
    static const struct scl_companion files[] = {
        { SCL_STR("env"), SCL_STR("A=b\n# no\nC\nexport D='e f' # g\nE=\"h\\n\n\"\n"), false },
    };
    struct scl_str text = { (const char *)data, size };
    struct scl_input input = {
        .name = SCL_STR("line"), .text = text, .format = SCL_STR("docker-run"),
        .variables = variables, .variable_count = 1, .files = files, .file_count = 1,
    };
    struct scl_document *document;
    struct scl_text path = { 0 };

    if (size > 1 << 16)
        return 0;
    read_syntax(text);
    document = scl_read(&input);
    for (uint32_t object = SCL_TYPE_COUNT; document && object < document->objects.count;
         object++) {
        struct scl_node node = { object, SCL_NONE, 0 };
        struct scl_origin origin = scl_view_place(document->view, node, false, NULL);

        demand((size_t)origin.place.offset + origin.place.length <=
               document->files[origin.file].text.len);
        scl_view_path(document->view, node, &path);
    }
    scl_text_finish(&path);
    scl_document_unref(document);
    return 0;
}
