/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links.c: documents of a project that speak of one another
 *
 * Every image that says what it is called stands in a table under each of its names, written out in
 * full; a FROM is one look-up. Invariants: names are entered in the order of the documents, and
 * what is chosen does not depend on it.
 */
#include "engine/links.h"

#include "base/path.h"
#include "base/text.h"
#include "formats/input.h"
#include "syntax/reference.h"

struct named_image {
    uint32_t document, image;
    uint32_t next; /* of the same name, plus 1 */
};

struct linking {
    struct scl_arena arena;
    struct scl_document **documents;
    uint32_t count;
    struct scl_map names; /* -> images, plus 1 */
    SCL_VEC(struct named_image) images;
};

/* `registry/repository@digest`, `registry/repository:tag` or `sha256:...`; of length 0: it is no
 * reference. */
static struct scl_str
full_name(struct linking *k, struct scl_str text)
{
    struct scl_reference reference;
    struct scl_text full;
    char *kept;
    size_t length;

    if (!scl_reference_parse(&k->arena, text, &reference) || !reference.is_valid)
        return (struct scl_str){ NULL, 0 };
    scl_text_init(&full);
    if (reference.digest.len)
        scl_text_add(&full, reference.digest);
    else if (reference.id.len)
        scl_text_f(&full, "%s%.*s",
                   scl_str_find_char(reference.id, ':') == SIZE_MAX ? "sha256:" : "",
                   SCL_ARG(reference.id));
    else
        scl_text_f(&full, "%.*s:%.*s", SCL_ARG(reference.name),
                   SCL_ARG(reference.tag.len ? reference.tag : SCL_S("latest")));
    length = full.len;
    kept = full.failed ? NULL : scl_arena_copy(&k->arena, full.at, full.len);
    k->arena.failed = k->arena.failed || !kept;
    scl_text_finish(&full);
    return kept ? scl_str_n(kept, length) : (struct scl_str){ NULL, 0 };
}

static void
enter(struct linking *k, struct scl_str text, uint32_t document, uint32_t image)
{
    struct scl_str name = full_name(k, text);
    const struct scl_map_entry *before = name.len ? scl_map_find(&k->names, name) : NULL;
    struct named_image *made = name.len ? scl_vec_push(&k->arena, &k->images) : NULL;

    if (!made)
        return;
    *made = (struct named_image){ document, image, before ? (uint32_t)before->value : 0 };
    scl_map_put(&k->names, name, k->images.count);
}

static void
enter_value(struct linking *k, uint32_t document, uint32_t image, unsigned field)
{
    const struct scl_value *value = scl_document_value(k->documents[document], image, field);

    if (!value)
        return;
    if (value->kind == SCL_KIND_TEXT)
        enter(k, scl_value_text(value), document, image);
    for (uint32_t i = 0; value->kind == SCL_KIND_LIST && i < value->as.list->count; i++)
        if (value->as.list->items[i].kind == SCL_KIND_TEXT)
            enter(k, scl_value_text(&value->as.list->items[i]), document, image);
}

/* A Dockerfile's own image has the name of a stage, which no other file means. */
static void
enter_images(struct linking *k)
{
    for (uint32_t i = 0; i < k->count && !k->arena.failed; i++) {
        const struct scl_document *d = k->documents[i];

        if (scl_str_is(scl_str_c(d->format), "dockerfile"))
            continue;
        for (uint32_t s = 0; s < d->subjects.count; s++) {
            uint32_t root = d->subjects.at[s].root;

            if (d->subjects.at[s].type != SCL_TYPE_IMAGE)
                continue;
            enter_value(k, i, root, SCL_IMAGE_NAMES);
            enter_value(k, i, root, SCL_IMAGE_NAME);
            enter_value(k, i, root, SCL_IMAGE_ID);
            enter_value(k, i, root, SCL_IMAGE_DIGEST);
        }
    }
}

/* ---- nearness ---- */

static struct scl_str
folder_of(struct scl_str name)
{
    size_t slash = scl_str_find_last(name, '/');

    return slash == SIZE_MAX ? (struct scl_str){ NULL, 0 } : scl_str_sub(name, 0, slash);
}

static uint32_t
depth_of(struct scl_str folder)
{
    uint32_t depth = folder.len > 0;

    for (size_t i = 0; i < folder.len; i++)
        depth += folder.at[i] == '/';
    return depth;
}

static bool
holds(struct scl_str outer, struct scl_str inner)
{
    return !outer.len || (scl_str_starts(inner, outer) &&
                          (inner.len == outer.len || inner.at[outer.len] == '/'));
}

/* How many folders lie between two files, one being in the folder of the other or below it;
 * UINT32_MAX where neither is. */
static uint32_t
distance(const struct scl_document *a, const struct scl_document *b)
{
    struct scl_str one = folder_of(a->name), other = folder_of(b->name);
    uint32_t one_depth = depth_of(one), other_depth = depth_of(other);

    if (holds(one, other))
        return other_depth - one_depth;
    return holds(other, one) ? one_depth - other_depth : UINT32_MAX;
}

static bool
is_same(const struct named_image *a, const struct named_image *b)
{
    return a->document == b->document && a->image == b->image;
}

/* What a reference of a document means, or NULL; `*ret_many` tells that several are as near. */
static const struct named_image *
find(struct linking *k, const struct scl_document *d, struct scl_str text, bool *ret_many)
{
    struct scl_str name = full_name(k, text);
    const struct scl_map_entry *entry = name.len ? scl_map_find(&k->names, name) : NULL;
    bool is_digest = scl_str_starts(name, SCL_S("sha256:")) ||
                     scl_str_starts(name, SCL_S("sha512:"));
    const struct named_image *best = NULL;
    uint32_t nearest = UINT32_MAX;

    *ret_many = false;
    for (uint32_t at = entry ? (uint32_t)entry->value : 0; at; at = k->images.at[at - 1].next) {
        const struct named_image *image = &k->images.at[at - 1];
        uint32_t far = is_digest ? 0 : distance(d, k->documents[image->document]);

        if (far == UINT32_MAX || far > nearest || (best && is_same(image, best)))
            continue;
        *ret_many = far == nearest && !is_digest;
        if (far < nearest)
            best = image;
        nearest = far;
    }
    return best;
}

/* ---- documents ---- */

struct bases {
    SCL_VEC(struct scl_base) list;
    struct scl_map seen; /* references */
};

static void
add_base(struct linking *k, struct bases *bases, const struct scl_document *d, uint32_t object,
         unsigned field)
{
    const struct scl_value *raw = scl_document_value(d, object, field);
    const struct named_image *image;
    struct scl_base *made;
    bool is_many;

    if (!raw || raw->kind != SCL_KIND_TEXT || scl_map_find(&bases->seen, scl_value_text(raw)))
        return;
    scl_map_put(&bases->seen, scl_value_text(raw), 0);
    image = find(k, d, scl_value_text(raw), &is_many);
    made = image ? scl_vec_push(&k->arena, &bases->list) : NULL;
    if (made)
        *made = (struct scl_base){ scl_value_text(raw),
                                   is_many ? NULL : k->documents[image->document], image->image };
}

/* The images that its stages are made from and its containers are of. */
static void
find_bases(struct linking *k, struct bases *bases, const struct scl_document *d)
{
    for (uint32_t s = 0; s < d->subjects.count && !k->arena.failed; s++) {
        struct scl_type_index references = scl_document_by_type(d, s, SCL_TYPE_REFERENCE);

        if (d->subjects.at[s].type == SCL_TYPE_CONTAINER)
            add_base(k, bases, d, d->subjects.at[s].root, SCL_CONTAINER_IMAGE_RAW);
        for (uint32_t i = 0; d->subjects.at[s].type == SCL_TYPE_BUILD && i < references.count; i++)
            add_base(k, bases, d, references.objects[i], SCL_REFERENCE_RAW);
    }
}

static bool
link_document(struct linking *k, uint32_t index)
{
    struct scl_document *d = k->documents[index], *made;
    struct bases bases = { .list = { NULL, 0, 0 } };

    if (!d->input)
        return true;
    scl_map_init(&bases.seen, &k->arena);
    find_bases(k, &bases, d);
    if (!bases.list.count || k->arena.failed)
        return !k->arena.failed;
    made = scl_read_with_bases(d, bases.list.at, bases.list.count);
    if (!made)
        return false;
    k->documents[index] = made;
    scl_document_unref(d);
    return true;
}

bool
scl_links_make(struct scl_document **documents, uint32_t count)
{
    struct linking k = { .documents = documents, .count = count };
    bool made = true;

    scl_arena_init(&k.arena);
    scl_map_init(&k.names, &k.arena);
    enter_images(&k);
    for (uint32_t i = 0; i < count && made && k.names.entries.count; i++)
        made = link_document(&k, i);
    made = made && !k.arena.failed;
    scl_arena_finish(&k.arena);
    return made;
}
