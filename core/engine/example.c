/* SPDX-License-Identifier: Apache-2.0 */
/*
 * example.c: the files of an example as documents
 *
 * Files whose names tell that they are documents are read first, each again while it asks for
 * companions that the example can tell of. What is left and was no companion is read last, by its
 * content.
 */
#include "engine/example.h"

#include "base/path.h"
#include "base/text.h"
#include "formats/format.h"

struct reading {
    const struct scl_example *example;
    struct scl_arena *arena;
    const struct scl_str *texts;
    struct scl_document **documents; /* by file; NULL: none */
    bool *is_companion;              /* by file */
    SCL_VEC(struct scl_companion) told;  /* of the document at hand */
    bool tells; /* of one of them */
};

uint32_t
scl_example_file(const struct scl_example *example, struct scl_str name)
{
    uint32_t low = 0, high = example->file_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = scl_str_compare(example->files[middle].name, name);

        if (!order)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

/* ---- companions ---- */

/* A path of a document, as the names of the example are. */
static struct scl_str
path_of(struct reading *r, struct scl_str document, struct scl_str path)
{
    size_t slash = scl_str_find_last(document, '/');
    struct scl_text joined = { 0 };
    struct scl_str clean;

    scl_text_add(&joined, scl_str_sub(document, 0, slash == SIZE_MAX ? 0 : slash + 1));
    scl_text_add(&joined, path);
    clean = scl_path_clean(r->arena, scl_text_str(&joined));
    r->arena->failed = r->arena->failed || joined.failed;
    scl_text_finish(&joined);
    return clean;
}

static bool
is_folder(struct scl_str path)
{
    return path.len && path.at[path.len - 1] == '/';
}

/* The name of a file in a folder; of length 0 where it lies elsewhere. */
static struct scl_str
name_in(struct scl_str folder, struct scl_str file)
{
    struct scl_str name = scl_str_sub(file, folder.len + 1, file.len);

    if (!scl_str_starts(file, folder) || file.len <= folder.len || file.at[folder.len] != '/' ||
        scl_str_find_char(name, '/') != SIZE_MAX)
        return scl_str_n("", 0);
    return name;
}

/* Whether the example has what a document means by a path: a file, or one in a folder. */
static bool
has(struct reading *r, struct scl_str path, bool folder)
{
    if (!folder)
        return scl_example_file(r->example, path) != UINT32_MAX;
    for (uint32_t i = 0; i < r->example->file_count; i++)
        if (name_in(path, r->example->files[i].name).len)
            return true;
    return false;
}

/* The names of the files in a folder, one a line. */
static struct scl_str
list_folder(struct reading *r, struct scl_str folder)
{
    struct scl_text names = { 0 };
    struct scl_str list;

    for (uint32_t i = 0; i < r->example->file_count; i++) {
        struct scl_str name = name_in(folder, r->example->files[i].name);

        if (!name.len || r->example->files[i].is_absent)
            continue;
        scl_text_add(&names, name);
        scl_text_char(&names, '\n');
    }
    list = scl_text_str(&names);
    list = scl_str_n(scl_arena_copy(r->arena, list.at, list.len), list.len);
    r->arena->failed = r->arena->failed || names.failed;
    scl_text_finish(&names);
    return list;
}

static void
tell(struct reading *r, struct scl_str document, struct scl_str path)
{
    struct scl_companion *told = scl_vec_push(r->arena, &r->told);
    struct scl_str clean = path_of(r, document, path);
    uint32_t file = scl_example_file(r->example, clean);

    if (!told)
        return;
    told->path = scl_str_n(scl_arena_copy(r->arena, path.at, path.len), path.len);
    told->is_absent = true;
    if (is_folder(path)) {
        told->text = list_folder(r, clean);
        told->is_absent = !told->text.len;
    } else if (file != UINT32_MAX && !r->example->files[file].is_absent) {
        told->text = r->texts[file];
        told->is_absent = false;
        r->is_companion[file] = true;
    }
}

/* Tells what the example knows of the companions that a document misses; whether of any. */
static bool
tell_missing(struct reading *r, const struct scl_document *document)
{
    uint32_t before = r->told.count;

    for (uint32_t i = 0; i < document->missing.count && !r->tells; i++) {
        struct scl_str path = document->missing.at[i];

        r->tells = has(r, path_of(r, document->name, path), is_folder(path));
    }
    for (uint32_t i = 0; i < document->missing.count && r->tells; i++)
        tell(r, document->name, document->missing.at[i]);
    return r->told.count > before;
}

/* ---- documents ---- */

static bool
give_build_args(struct reading *r, struct scl_input *input)
{
    const struct scl_example *example = r->example;
    struct scl_pair *pairs = scl_arena_array(r->arena, example->build_arg_count, sizeof *pairs);

    for (uint32_t i = 0; pairs && i < example->build_arg_count; i++)
        pairs[i] = (struct scl_pair){ example->build_args[i].name,
                                      example->build_args[i].values.count
                                          ? example->build_args[i].values.at[0]
                                          : scl_str_n("", 0) };
    input->build_args = pairs;
    input->build_arg_count = example->build_arg_count;
    return pairs != NULL;
}

static bool
read_file(struct reading *r, uint32_t file)
{
    const struct scl_example *example = r->example;
    struct scl_input input = {
        .name = example->files[file].name,
        .text = r->texts[file],
        .format = example->format,
        .targets = &example->target,
        .target_count = example->target.len ? 1 : 0,
    };
    bool again = true;

    r->told.count = 0;
    r->tells = false;
    if (!give_build_args(r, &input))
        return false;
    while (again) {
        scl_document_unref(r->documents[file]);
        input.files = r->told.at;
        input.file_count = r->told.count;
        r->documents[file] = scl_read(&input);
        again = r->documents[file] && tell_missing(r, r->documents[file]) && !r->arena->failed;
    }
    return r->documents[file] && !r->arena->failed;
}

static bool
is_document(const struct scl_example *example, uint32_t file)
{
    return example->format.len || scl_format_for_name(example->files[file].name);
}

bool
scl_example_read(const struct scl_example *example, struct scl_arena *arena,
                 const struct scl_str *texts, struct scl_example_documents *ret)
{
    struct reading r = { .example = example, .arena = arena, .texts = texts };
    bool good;

    r.documents = scl_arena_array(arena, example->file_count, sizeof(void *));
    r.is_companion = scl_arena_array(arena, example->file_count, sizeof(bool));
    *ret = (struct scl_example_documents){ r.documents, 0 };
    good = r.documents && r.is_companion;
    for (uint32_t i = 0; good && i < example->file_count; i++)
        if (!example->files[i].is_absent && is_document(example, i))
            good = read_file(&r, i);
    for (uint32_t i = 0; good && i < example->file_count; i++)
        if (!example->files[i].is_absent && !is_document(example, i) && !r.is_companion[i])
            good = read_file(&r, i);
    for (uint32_t i = 0; r.documents && i < example->file_count; i++)
        if (r.documents[i])
            r.documents[ret->count++] = r.documents[i];
    return good;
}

void
scl_example_release(struct scl_example_documents *documents)
{
    for (uint32_t i = 0; i < documents->count; i++)
        scl_document_unref(documents->at[i]);
    documents->count = 0;
}
