/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.c: parts of images, by their paths and digests
 *
 * A part is read once, however often it is named. What a digest promises is checked on every part
 * that is read by it, where the algorithm is sha256: the specification knows sha512 besides, which
 * nobody writes.
 */
#include "formats/layout.h"

#include "base/path.h"
#include "base/sha256.h"
#include "base/text.h"
#include "formats/companions.h"
#include "formats/refusal.h"
#include "formats/yaml_input.h"
#include "syntax/json.h"

#include <stdarg.h>

static void
spend_nodes(struct scl_layout *k, const struct scl_tree *root)
{
    uint64_t count = scl_tree_nodes(root);

    k->nodes_left -= count < k->nodes_left ? count : k->nodes_left - 1;
}

void
scl_layout_init(struct scl_layout *k, struct scl_document *d, const struct scl_input *input,
                const struct scl_tree *root)
{
    *k = (struct scl_layout){ .d = d, .input = input };
    k->is_strict = input->archive != NULL;
    k->nodes_left = scl_tree_limits_of(&input->limits).nodes;
    if (root)
        spend_nodes(k, root);
    scl_map_init(&k->parts, &d->arena);
    scl_map_init(&k->by_path, &d->arena);
    scl_map_init(&k->names, &d->arena);
    scl_map_init(&k->attested, &d->arena);
}

struct scl_note *
scl_layout_note(struct scl_layout *k, enum scl_note_kind kind, const struct scl_tree *at,
                const char *format, ...)
{
    uint16_t before = k->d->notes.file;
    struct scl_note *note = NULL;
    struct scl_text text;
    va_list arguments;

    if (k->noted++ >= SCL_LAYOUT_NOTES)
        return NULL;
    scl_text_init(&text);
    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    k->d->notes.file = at->file;
    note = scl_note_add(&k->d->notes, kind, at->span, "%s", text.at ? text.at : "");
    k->d->notes.file = before;
    k->d->arena.failed = k->d->arena.failed || text.failed;
    scl_text_finish(&text);
    return note;
}

/* ---- parts ---- */

static const struct scl_tree *
parse(struct scl_layout *k, uint16_t file)
{
    struct scl_document *d = k->d;
    struct scl_tree_limits limits = scl_tree_limits_of(&k->input->limits);
    uint16_t before = d->notes.file;
    const struct scl_tree *root;

    limits.nodes = (uint32_t)k->nodes_left;
    d->notes.file = file;
    root = scl_json_read(&d->arena, &d->files[file], &limits, &d->notes);
    d->notes.file = before;
    if (root)
        spend_nodes(k, root);
    return root;
}

/* Why a member of an archive was not kept, and the limit that raises it. */
static const struct {
    const char *clause, *limit;
} reasons[] = {
    [SCL_ARCHIVE_OTHER] = { "holds no JSON", NULL },
    [SCL_ARCHIVE_CUT] = { "is cut off", NULL },
    [SCL_ARCHIVE_LINK] = { "is a link in the archive", NULL },
    [SCL_ARCHIVE_TOO_LARGE] = { "has more bytes than the limit of one member", "entry_bytes" },
    [SCL_ARCHIVE_NO_ROOM] = { "is beyond the limit of all that is read", "bytes" },
};

void
scl_layout_explain(struct scl_layout *k, const struct scl_archive_member *member,
                   const struct scl_tree *at)
{
    const char *clause = reasons[member->content].clause, *limit = reasons[member->content].limit;
    struct scl_note *note;

    if (member->content == SCL_ARCHIVE_KEPT)
        return;
    note = at ? scl_layout_note(k, SCL_NOTE_ERROR, at, "'%.*s' %s", SCL_ARG(member->name), clause)
              : scl_refuse(k->d, "'%.*s' %s", SCL_ARG(member->name), clause);
    if (limit)
        scl_note_help(&k->d->notes, note, "--limit %s=N raises it", limit);
}

static void
explain(struct scl_layout *k, struct scl_str path, const struct scl_tree *at)
{
    const struct scl_archive *archive = k->input->archive;
    const struct scl_archive_member *member = archive ? scl_archive_find(archive, path) : NULL;

    if (member)
        scl_layout_explain(k, member, at);
    else if (archive && (archive->end != SCL_ARCHIVE_WHOLE || archive->is_open))
        scl_layout_note(k, SCL_NOTE_ERROR, at,
                        "'%.*s' is not in the part of the archive that was read", SCL_ARG(path));
    else
        scl_layout_note(k, k->is_strict ? SCL_NOTE_ERROR : SCL_NOTE_WARNING, at,
                        archive ? "'%.*s' is not in the archive" : "there is no file '%.*s'",
                        SCL_ARG(path));
}

static void
warn_of_repeated(struct scl_layout *k, struct scl_str path, const struct scl_tree *root)
{
    const struct scl_archive_member *member =
        k->input->archive ? scl_archive_find(k->input->archive, path) : NULL;

    if (member && member->is_repeated)
        scl_layout_note(k, SCL_NOTE_WARNING, root,
                        "the archive holds '%.*s' more than once; the last one counts",
                        SCL_ARG(path));
}

/* Whether the part was asked for before; else its place in the list, or NULL without memory. */
static bool
find_part(struct scl_layout *k, struct scl_str path, struct scl_layout_part **ret)
{
    const struct scl_map_entry *entry = scl_map_find(&k->parts, path);

    *ret = entry ? &k->list.at[entry->value] : scl_vec_push(&k->d->arena, &k->list);
    if (!entry && *ret)
        scl_map_put(&k->parts, path, k->list.count - 1);
    return entry != NULL;
}

/* `at` is NULL for a part that need not be there. */
static struct scl_layout_part
read_part(struct scl_layout *k, struct scl_str path, const struct scl_tree *at)
{
    struct scl_layout_part *part, none = { NULL, 0, false };
    enum scl_companion_answer answer;

    if (find_part(k, path, &part) || !part)
        return part ? *part : none;
    answer = scl_companion_read(k->d, k->input, path, &part->file);
    part->is_absent = answer == SCL_COMPANION_ABSENT;
    if (answer == SCL_COMPANION_GIVEN) {
        part->root = parse(k, part->file);
        if (part->root)
            warn_of_repeated(k, path, part->root);
    } else if (part->is_absent && at) {
        explain(k, path, at);
    }
    return *part;
}

struct scl_layout_part
scl_layout_part(struct scl_layout *k, struct scl_str path, const struct scl_tree *at)
{
    return read_part(k, path, at);
}

struct scl_layout_part
scl_layout_optional(struct scl_layout *k, struct scl_str path)
{
    return read_part(k, path, NULL);
}

/* ---- digests ---- */

/* `algorithm:encoded` as descriptor.md of the image specification has it, one component being
 * enough: neither part can lead out of a folder. */
static bool
is_digest(struct scl_str digest, size_t *ret_colon)
{
    size_t colon = scl_str_find_char(digest, ':');

    if (colon == SIZE_MAX || colon == 0 || colon + 1 == digest.len)
        return false;
    *ret_colon = colon;
    for (size_t i = 0; i < digest.len; i++) {
        char byte = digest.at[i];

        if (i != colon && !scl_is_alnum(byte) && byte != '_' && byte != '-' && byte != '=' &&
            byte != '+')
            return false;
    }
    return true;
}

struct scl_str
scl_layout_blob(struct scl_layout *k, struct scl_str digest)
{
    size_t colon;

    if (!is_digest(digest, &colon))
        return (struct scl_str){ "", 0 };
    return scl_rows_print(&k->d->arena, "blobs/%.*s/%.*s", SCL_ARG(scl_str_sub(digest, 0, colon)),
                          SCL_ARG(scl_str_sub(digest, colon + 1, digest.len)));
}

struct scl_str
scl_layout_digest(struct scl_layout *k, struct scl_layout_part part)
{
    char hex[SCL_SHA256_HEX + 1];

    scl_sha256_hex(k->d->files[part.file].text, hex);
    return scl_rows_print(&k->d->arena, "sha256:%s", hex);
}

struct scl_layout_part
scl_layout_described(struct scl_layout *k, const struct scl_tree *descriptor)
{
    const struct scl_tree *at = scl_tree_find(descriptor, SCL_S("digest"));
    struct scl_layout_part part = { NULL, 0, false };
    struct scl_str digest = at ? scl_tree_text(at) : (struct scl_str){ "", 0 }, path, is;
    bool was_read;

    if (at && at->kind == SCL_TREE_NULL)
        at = NULL;
    path = scl_layout_blob(k, digest);
    if (!path.len) {
        if (!descriptor->is_cut)
            scl_layout_note(k, SCL_NOTE_ERROR, at ? at : descriptor, "expected a digest");
        return part;
    }
    was_read = scl_map_find(&k->parts, path) != NULL;
    part = scl_layout_part(k, path, at);
    if (!part.root || was_read || !scl_str_starts(digest, SCL_S("sha256:")))
        return part;
    is = scl_layout_digest(k, part);
    if (!scl_str_same(is, digest) && is.len)
        scl_layout_note(k, SCL_NOTE_ERROR, at, "the blob is another one: its digest is %.*s",
                        SCL_ARG(is));
    return part;
}

/* ---- images ---- */

struct scl_layout_image *
scl_layout_add_image(struct scl_layout *k, struct scl_str path, const struct scl_tree *at)
{
    const struct scl_map_entry *entry = path.len ? scl_map_find(&k->by_path, path) : NULL;
    struct scl_layout_image *image;

    if (entry)
        return &k->images.at[entry->value];
    image = scl_vec_push(&k->d->arena, &k->images);
    if (!image || (path.len && !scl_map_put(&k->by_path, path, k->images.count - 1)))
        return NULL;
    image->at = at;
    image->path = path;
    return image;
}

void
scl_layout_add_name(struct scl_layout *k, struct scl_layout_image *image, struct scl_str name,
                    const struct scl_tree *at)
{
    struct scl_str key = scl_rows_print(&k->d->arena, "%u %.*s",
                                        (unsigned)(image - k->images.at), SCL_ARG(name));
    struct scl_layout_name *made;

    if (scl_map_find(&k->names, key))
        return;
    scl_map_put(&k->names, key, 0);
    made = scl_vec_push(&k->d->arena, &image->names);
    if (made)
        *made = (struct scl_layout_name){ name, at };
}
