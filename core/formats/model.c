/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.c: the model as `inspect` prints it, read back
 *
 * So a scanner with a reader of its own hands over what it has read: the fields it knows, under the
 * names of the schema, need nothing beside them. The lists `declared`, `defaults`, `derived`,
 * `linked` and `unknown` say how a field came to be, `open` to which lists more may come; a field
 * that is in none is declared. What is linked counts as declared, because the document that said it
 * need not be there, and a masked secret is unknown.
 *
 * Places are in this text, or, with `origins`, in the file that the model was made of. That is a
 * companion, and so is each further file that a place names. A secret that is masked here is hidden
 * at its place there; where one has none, as a word of a list, nothing of those files is shown.
 *
 * A build is not read back: its instructions and commands hang together in ways that fields alone
 * do not tell, and the Dockerfile does.
 */
#include "document/defaults.h"
#include "formats/format.h"
#include "formats/model_read.h"

/* ---- recognizing ---- */

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *subjects = scl_tree_find(root, SCL_S("subjects"));
    const struct scl_tree *first;

    *ret_reason = "subjects with kind and fields";
    if (!subjects || subjects->kind != SCL_TREE_LIST)
        return SCL_FIT_NO;
    first = scl_tree_child(subjects, 0);
    if (!first)
        return scl_tree_find(root, SCL_S("resolution")) ? SCL_FIT_YES : SCL_FIT_NO;
    return scl_tree_find(first, SCL_S("kind")) && scl_tree_find(first, SCL_S("fields"))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

/* ---- lists of paths ---- */

static const struct {
    const char *key;
    scantling_state state;
} lists[] = {
    { "declared", SCANTLING_STATE_DECLARED },
    { "defaults", SCANTLING_STATE_DEFAULT },
    { "derived", SCANTLING_STATE_DERIVED },
    { "linked", SCANTLING_STATE_LINKED },
    { "unknown", SCANTLING_STATE_UNKNOWN },
};

/* The list of that name in the subject, or NULL. */
static const struct scl_tree *
list_of(struct scl_model_reading *r, const char *key)
{
    const struct scl_tree *list = scl_tree_find(r->l.root, scl_str_c(key));

    return list && scl_rows_expect(&r->l, 0, SCL_NONE, list, SCL_TREE_LIST) ? list : NULL;
}

/* Adds the paths of a list to a map, with the same value each. */
static void
read_paths(struct scl_model_reading *r, const char *key, uint64_t value, struct scl_map *paths)
{
    const struct scl_tree *list = list_of(r, key);

    for (uint32_t i = 0; list && i < scl_tree_count(list); i++) {
        const struct scl_tree *item = scl_tree_child(list, i);

        if (scl_rows_expect(&r->l, 0, SCL_NONE, item, SCL_TREE_STRING))
            scl_map_put(paths, scl_tree_text(item), value);
    }
}

static void
read_states(struct scl_model_reading *r)
{
    scl_map_init(&r->states, &r->l.d->arena);
    scl_map_init(&r->open, &r->l.d->arena);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        read_paths(r, lists[i].key, (uint64_t)lists[i].state, &r->states);
    read_paths(r, "open", 1, &r->open);
}

/* A path without `[]`, as the schema has it; of length 0 where it is too long to be one. */
static struct scl_str
without_brackets(struct scl_str path, char *ret, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < path.len && length < room; i++)
        if (path.at[i] != '[' && path.at[i] != ']')
            ret[length++] = path.at[i];
    return scl_str_n(ret, length < room ? length : 0);
}

/* All can be said but links, which a document never does, and what is listed as what cannot;
 * without the list, all of it. */
static void
read_says(struct scl_model_reading *r, unsigned type)
{
    const size_t words = SCL_FIELD_COUNT / 64 + 1;
    const struct scl_tree *list = list_of(r, "not_expressible");
    uint64_t *says = list ? scl_arena_array(&r->l.d->arena, words, sizeof *says) : NULL;
    char bytes[256];

    if (!says)
        return;
    for (unsigned field = 0; field < SCL_FIELD_COUNT; field++)
        if (!(scl_field(field)->flags & SCL_FIELD_LINK))
            says[field / 64] |= UINT64_C(1) << (field % 64);
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        struct scl_str path = scl_tree_text(scl_tree_child(list, i));
        unsigned field = scl_field_at_path(type, without_brackets(path, bytes, sizeof bytes));

        says[field / 64] &= ~(UINT64_C(1) << (field % 64));
    }
    r->l.d->subjects.at[r->l.d->subjects.count - 1].says = says;
}

/* ---- subjects ---- */

/* The format of the text that the model was made of, or NULL. */
static const struct scl_format *
original_of(const struct scl_tree *root)
{
    const struct scl_format *format = scl_format_find(scl_rows_text_at(root, "format"));

    return format && format != &scl_format_model ? format : NULL;
}

/* What holds for all subjects. The runtime is that of the format; of what runs on Podman, and of
 * what names a runtime and no format, it is that. */
static void
set_document(struct scl_document *d, const struct scl_tree *root)
{
    const struct scl_format *format = original_of(root);
    struct scl_str resolution = scl_rows_text_at(root, "resolution");

    d->family = format ? format->family : "";
    d->resolution = scl_str_is(resolution, "resolved")  ? "resolved"
                    : scl_str_is(resolution, "request") ? "request"
                    : format                            ? format->resolution
                                                        : d->resolution;
}

static void
set_family(struct scl_model_reading *r, const struct scl_tree *fields)
{
    struct scl_str said = scl_rows_text_at(fields, "runtime_family");
    struct scl_subject_entry *entry = &r->l.d->subjects.at[r->l.d->subjects.count - 1];

    if (entry->family[0] && !scl_str_is(said, "podman"))
        return;
    for (size_t i = 0; scl_default_family(i); i++)
        if (scl_str_is(said, scl_default_family(i)))
            entry->family = scl_default_family(i);
}

static void
read_subject(struct scl_model_reading *r, const struct scl_format *format)
{
    const struct scl_tree *kind = scl_tree_find(r->l.root, SCL_S("kind"));
    const struct scl_tree *fields = scl_tree_find(r->l.root, SCL_S("fields"));
    unsigned type = kind ? scl_type_find(scl_tree_text(kind)) : SCL_TYPE_NONE;
    uint32_t root;

    if (!kind || !(scl_type(type)->flags & SCL_TYPE_IS_SUBJECT) || type == SCL_TYPE_PROJECT) {
        scl_rows_refuse(&r->l, 0, SCL_NONE, kind ? kind : r->l.root,
                        "expected the kind of a subject: image, container, host or evidence");
        return;
    }
    if (type == SCL_TYPE_BUILD) {
        scl_note_add(&r->l.d->notes, SCL_NOTE_WARNING, kind->span,
                     "a build is not read from its model, only from its Dockerfile");
        return;
    }
    r->places = scl_tree_find(r->l.root, SCL_S("origins"));
    read_states(r);
    root = scl_build_subject(
        r->l.d, type,
        scl_tree_find(fields, SCL_S("name")) ? SCL_S("") : scl_rows_text_at(r->l.root, "name"),
        scl_model_origin(r, scl_tree_find(r->l.root, SCL_S("span")), r->l.root));
    if (!root)
        return;
    if (format)
        scl_build_text(r->l.d, root, scl_type(type)->first + 1, scl_str_c(format->name), 0);
    read_says(r, type);
    set_family(r, fields);
    if (fields && scl_rows_expect(&r->l, 0, SCL_NONE, fields, SCL_TREE_MAP))
        scl_model_read_members(r, root, SCL_NONE, fields);
}

/* Hides the other files where a secret may lie anywhere in them. */
static void
hide_rest(struct scl_model_reading *r)
{
    struct scl_document *d = r->l.d;

    if (scl_model_masks(d->files[0].text) <= r->hidden)
        return;
    for (uint32_t file = 1; file < d->file_count; file++) {
        struct scl_hidden *made = scl_vec_push(&d->arena, &d->hidden);

        if (made)
            *made = (struct scl_hidden){ { 0, (uint32_t)d->files[file].text.len },
                                         (uint16_t)file };
    }
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    const struct scl_tree *subjects = scl_tree_find(root, SCL_S("subjects"));
    const struct scl_format *format = original_of(root);
    struct scl_model_reading r = {
        .l = { .d = d, .root = root, .input = input },
        .source = scl_rows_text_at(root, "path"),
    };

    if (!subjects) {
        scl_rows_refuse(&r.l, 0, SCL_NONE, root, "expected 'subjects'");
        return;
    }
    if (!scl_rows_expect(&r.l, 0, SCL_NONE, subjects, SCL_TREE_LIST))
        return;
    set_document(d, root);
    scl_map_init(&r.files, &d->arena);
    for (uint32_t i = 0; i < scl_tree_count(subjects) && !d->arena.failed; i++) {
        r.l.root = scl_tree_child(subjects, i);
        if (scl_rows_expect(&r.l, 0, SCL_NONE, r.l.root, SCL_TREE_MAP))
            read_subject(&r, format);
    }
    hide_rest(&r);
    d->arena.failed = d->arena.failed || r.path.failed;
    scl_text_finish(&r.path);
}

const struct scl_format scl_format_model = {
    .name = "model",
    .title = "the model of any of these, as inspect prints it",
    .resolution = "request",
    .family = "",
    .sample = "{\"subjects\": [{\"kind\": \"container\", \"fields\": {}}]}",
    .is_copy = true,
    .fits_tree = fits_tree,
    .lower = lower,
};
