/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_images.c: the images of archives and layouts as subjects
 *
 * An image is its configuration, read as that is when it lies alone, and what leads to it: its
 * names, its id, the digest of its manifest. Where the configuration cannot be had, all that it
 * would say is unknown, and the image is there all the same. Images that share their first name are
 * told apart by their platforms.
 */
#include "formats/format.h"
#include "formats/layout.h"
#include "formats/oci_image.h"

struct finishing {
    struct scl_layout *k;
    struct scl_lowering l;
    const struct scl_json_row *const *tables;
    struct scl_map firsts; /* first names -> how many images have them */
};

static struct scl_str
first_name(const struct scl_layout_image *image)
{
    return image->names.count ? image->names.at[0].text : (struct scl_str){ "", 0 };
}

/* os/architecture[/variant] of a map; of length 0 where it does not say. */
static struct scl_str
platform_in(struct scl_layout *k, const struct scl_tree *map)
{
    struct scl_str os, architecture, variant;

    if (!map)
        return (struct scl_str){ "", 0 };
    os = scl_rows_text_at(map, "os");
    architecture = scl_rows_text_at(map, "architecture");
    variant = scl_rows_text_at(map, "variant");
    if (!os.len || !architecture.len)
        return (struct scl_str){ "", 0 };
    return scl_rows_print(&k->d->arena, "%.*s/%.*s%s%.*s", SCL_ARG(os), SCL_ARG(architecture),
                          variant.len ? "/" : "", SCL_ARG(variant));
}

/* What it is called, in its place: a name, else a digest. */
static void
set_name(struct finishing *f, const struct scl_layout_image *image, const struct scl_tree *config,
         uint32_t object)
{
    struct scl_layout *k = f->k;
    struct scl_str name = first_name(image), platform;
    const struct scl_tree *at = image->names.count ? image->names.at[0].at
                                : image->digest_at ? image->digest_at
                                                   : NULL;
    const struct scl_map_entry *shared = name.len ? scl_map_find(&f->firsts, name) : NULL;

    if (!at && k->images.count == 1 && k->input->about.len)
        name = scl_str_n(scl_arena_copy(&k->d->arena, k->input->about.at, k->input->about.len),
                         k->input->about.len);
    else if (!name.len && image->digest_at)
        name = scl_tree_text(image->digest_at);
    if (shared && shared->value > 1) {
        platform = platform_in(k, image->platform);
        if (!platform.len)
            platform = platform_in(k, config);
        if (platform.len)
            name = scl_rows_print(&k->d->arena, "%.*s (%.*s)", SCL_ARG(name), SCL_ARG(platform));
    }
    if (name.len)
        scl_build_text(k->d, object, SCL_IMAGE_NAME, name, at ? scl_rows_origin(&f->l, at) : 0);
}

/* A name that is a reference; a tag alone leads nowhere. */
static void
set_names(struct finishing *f, const struct scl_layout_image *image, uint32_t object)
{
    struct scl_document *d = f->k->d;

    scl_build_list(d, object, SCL_IMAGE_NAMES, scl_rows_origin(&f->l, image->at));
    for (uint32_t i = 0; i < image->names.count; i++) {
        struct scl_str name = image->names.at[i].text;

        if (scl_str_find_char(name, ':') != SIZE_MAX || scl_str_find_char(name, '/') != SIZE_MAX)
            scl_build_item_text(d, object, SCL_IMAGE_NAMES, name,
                                scl_rows_origin(&f->l, image->names.at[i].at));
    }
}

/* The id of an image is the digest of its configuration: as it is described, else as it is. */
static void
set_id(struct finishing *f, const struct scl_layout_image *image, struct scl_layout_part part,
       uint32_t object)
{
    struct scl_layout *k = f->k;
    const struct scl_tree *digest =
        image->described ? scl_tree_find(image->described, SCL_S("digest")) : NULL;
    struct scl_str id;

    if (digest && digest->kind == SCL_TREE_STRING && digest->count) {
        scl_build_text(k->d, object, SCL_IMAGE_ID, scl_tree_text(digest),
                       scl_rows_origin(&f->l, digest));
    } else if (image->config_at && part.root) {
        id = scl_layout_digest(k, part);
        scl_build_text(k->d, object, SCL_IMAGE_ID, id, scl_rows_origin(&f->l, image->config_at));
        if (!image->names.count && !image->digest_at)
            scl_build_text(k->d, object, SCL_IMAGE_NAME, id,
                           scl_rows_origin(&f->l, image->config_at));
    } else if (image->config_at || !image->described) {
        scl_build_empty(k->d, object, SCL_IMAGE_ID, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(&f->l, image->config_at ? image->config_at : image->at));
    }
}

/* What an index says of the platform, where the configuration cannot say it. */
static void
set_platform(struct finishing *f, const struct scl_layout_image *image, uint32_t object)
{
    static const struct {
        const char *key;
        unsigned field;
    } parts[] = {
        { "os", SCL_IMAGE_OS },
        { "architecture", SCL_IMAGE_ARCHITECTURE },
        { "variant", SCL_IMAGE_VARIANT },
    };

    for (size_t i = 0; image->platform && i < sizeof parts / sizeof *parts; i++) {
        const struct scl_tree *node = scl_rows_find(image->platform, parts[i].key);

        if (node && node->kind == SCL_TREE_STRING && node->count)
            scl_build_text(f->k->d, object, parts[i].field, scl_tree_text(node),
                           scl_rows_origin(&f->l, node));
    }
}

static struct scl_layout_part
config_of(struct scl_layout *k, const struct scl_layout_image *image)
{
    struct scl_layout_part none = { NULL, 0, false };

    if (image->described)
        return scl_layout_described(k, image->described);
    return image->config_at && image->path.len ? scl_layout_part(k, image->path, image->config_at)
                                               : none;
}

static void
finish_image(struct finishing *f, const struct scl_layout_image *image)
{
    struct scl_document *d = f->k->d;
    struct scl_layout_part part = config_of(f->k, image);
    bool is_known = part.root && part.root->kind == SCL_TREE_MAP;
    bool is_first = f->l.says == NULL;
    uint32_t object;

    if (part.root && !is_known && !part.root->is_cut)
        scl_layout_note(f->k, SCL_NOTE_ERROR, part.root, "expected the configuration of an image");
    f->l.root = is_known ? part.root : image->at;
    d->notes.file = (uint16_t)f->l.root->file;
    object = scl_rows_subject(&f->l, SCL_TYPE_IMAGE, scl_str_n("", 0));
    if (object && is_first)
        scl_rows_say_all(&f->l, f->tables);
    if (object && is_known) {
        scl_rows_bind(&f->l, object, scl_image_config_rows, part.root);
        scl_rows_apply(&f->l, object, scl_image_config_rows, part.root);
    } else if (object) {
        scl_rows_lose(&f->l, object, scl_image_config_rows, image->at);
        set_platform(f, image, object);
    }
    if (object && image->annotations)
        scl_image_base(&f->l, object, SCL_NONE, image->annotations);
    if (object) {
        set_name(f, image, part.root, object);
        set_names(f, image, object);
        set_id(f, image, part, object);
    }
    if (object && image->digest_at)
        scl_build_text(d, object, SCL_IMAGE_DIGEST, scl_tree_text(image->digest_at),
                       scl_rows_origin(&f->l, image->digest_at));
    d->notes.file = 0;
}

static void
finish_statement(struct scl_layout *k, const struct scl_tree *descriptor)
{
    struct scl_layout_part part = scl_layout_described(k, descriptor);

    if (!part.root)
        return;
    k->d->notes.file = part.file;
    scl_format_attestation.lower(k->d, k->input, part.root);
    k->d->notes.file = 0;
}

/* At the start of what was read. */
static void
note_nothing(struct scl_layout *k, struct scl_tree root)
{
    root.span.length = 0;
    scl_layout_note(k, SCL_NOTE_WARNING, &root, "no image is named here");
}

void
scl_layout_finish(struct scl_layout *k, const struct scl_tree *root,
                  const struct scl_json_row *const *tables)
{
    struct finishing f = { .k = k, .tables = tables,
                           .l = { .d = k->d, .input = k->input } };

    scl_map_init(&f.firsts, &k->d->arena);
    for (uint32_t i = 0; i < k->images.count && !k->d->arena.failed; i++) {
        struct scl_str name = first_name(&k->images.at[i]);
        const struct scl_map_entry *entry = name.len ? scl_map_find(&f.firsts, name) : NULL;

        if (name.len)
            scl_map_put(&f.firsts, name, entry ? entry->value + 1 : 1);
    }
    for (uint32_t i = 0; i < k->images.count && !k->d->arena.failed; i++)
        finish_image(&f, &k->images.at[i]);
    for (uint32_t i = 0; i < k->statements.count && !k->d->arena.failed; i++)
        finish_statement(k, k->statements.at[i]);
    if (root && !root->is_cut && !k->noted && !k->images.count && !k->statements.count)
        note_nothing(k, *root);
}
