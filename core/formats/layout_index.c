/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_index.c: OCI layouts, from the index to the images
 *
 * An index leads to manifests and to further indexes, a manifest to the configuration of its image
 * (image-layout.md, image-index.md and manifest.md of the image specification; Docker's manifest
 * lists and manifests differ in their media types alone). All platforms that are there become
 * images. What an index is called, the images below it are called too.
 *
 * Descriptors may lead in circles or to one index again and again: how deep and how often they are
 * followed is bounded.
 */
#include "formats/format.h"
#include "formats/layout.h"
#include "formats/oci_image.h"

enum { DEEPEST = 8, STANDARD_VISITS = 100000 };

/* What a media type says that a blob is. */
enum medium { UNTOLD, INDEX, MANIFEST, CONFIG, FOREIGN };

static const struct {
    struct scl_str type;
    enum medium medium;
} media[] = {
    { SCL_STR("application/vnd.oci.image.index.v1+json"), INDEX },
    { SCL_STR("application/vnd.docker.distribution.manifest.list.v2+json"), INDEX },
    { SCL_STR("application/vnd.oci.image.manifest.v1+json"), MANIFEST },
    { SCL_STR("application/vnd.docker.distribution.manifest.v2+json"), MANIFEST },
    { SCL_STR("application/vnd.oci.image.config.v1+json"), CONFIG },
    { SCL_STR("application/vnd.docker.container.image.v1+json"), CONFIG },
};

/* Layers of a manifest that has the form of an image's and is none: what it holds instead. */
static const struct {
    struct scl_str type;
    bool is_statement;
} foreign_layers[] = {
    { SCL_STR("application/vnd.in-toto+json"), true },
    { SCL_STR("application/vnd.dev.cosign.simplesigning.v1+json"), false },
    { SCL_STR("application/vnd.dsse.envelope.v1+json"), false },
};

/* Where a name is written in annotations: a whole reference, or what may be a tag alone. */
static const struct scl_str name_keys[] = {
    SCL_STR("io.containerd.image.name"),
    SCL_STR("org.opencontainers.image.ref.name"),
};

/* What leads to a descriptor. */
struct path {
    const struct scl_tree *named; /* the outermost annotations with a name, or NULL */
    unsigned depth;
};

static enum medium
medium_of(struct scl_str type)
{
    if (!type.len)
        return UNTOLD;
    for (size_t i = 0; i < sizeof media / sizeof *media; i++)
        if (scl_str_same(type, media[i].type))
            return media[i].medium;
    return FOREIGN;
}

/* By its own word, else by its keys. */
static enum medium
medium_of_root(const struct scl_tree *root)
{
    enum medium medium = medium_of(scl_rows_text_at(root, "mediaType"));

    if (medium == INDEX || medium == MANIFEST)
        return medium;
    if (scl_tree_find(root, SCL_S("manifests")))
        return INDEX;
    return scl_tree_find(root, SCL_S("config")) ? MANIFEST : FOREIGN;
}

static const struct scl_tree *
annotations_of(const struct scl_tree *node)
{
    const struct scl_tree *found = scl_tree_find(node, SCL_S("annotations"));

    return found && found->kind == SCL_TREE_MAP ? found : NULL;
}

static const struct scl_tree *
digest_of(const struct scl_tree *descriptor)
{
    const struct scl_tree *digest = scl_tree_find(descriptor, SCL_S("digest"));

    return digest && digest->kind == SCL_TREE_STRING && digest->count ? digest : NULL;
}

static const struct scl_tree *
name_in(const struct scl_tree *annotations, size_t key)
{
    const struct scl_tree *name = annotations ? scl_tree_find(annotations, name_keys[key]) : NULL;

    return name && name->kind == SCL_TREE_STRING && name->count ? name : NULL;
}

static bool
has_name(const struct scl_tree *annotations)
{
    return name_in(annotations, 0) || name_in(annotations, 1);
}

static void
add_names(struct scl_layout *k, struct scl_layout_image *image, const struct scl_tree *annotations)
{
    for (size_t i = 0; image && i < sizeof name_keys / sizeof *name_keys; i++) {
        const struct scl_tree *name = name_in(annotations, i);

        if (name && (i == 0 || !name_in(annotations, 0) ||
                     scl_str_find_char(scl_tree_text(name), '/') != SIZE_MAX))
            scl_layout_add_name(k, image, scl_tree_text(name), name);
    }
}

/* What BuildKit writes beside an image about how that was built. */
static bool
is_attestation(const struct scl_tree *descriptor)
{
    const struct scl_tree *annotations = annotations_of(descriptor), *type;

    type = annotations ? scl_tree_find(annotations, SCL_S("vnd.docker.reference.type")) : NULL;
    return type && scl_str_is(scl_tree_text(type), "attestation-manifest");
}

/* ---- manifests ---- */

/* Whether the layers are statements about images; -1: they are layers. */
static int
foreign_kind(const struct scl_tree *manifest)
{
    const struct scl_tree *layers = scl_tree_find(manifest, SCL_S("layers"));
    const struct scl_tree *first = layers ? scl_tree_child(layers, 0) : NULL;
    struct scl_str type = first ? scl_rows_text_at(first, "mediaType") : (struct scl_str){ "", 0 };

    for (size_t i = 0; i < sizeof foreign_layers / sizeof *foreign_layers; i++)
        if (scl_str_same(type, foreign_layers[i].type))
            return foreign_layers[i].is_statement;
    return -1;
}

static void
add_statements(struct scl_layout *k, const struct scl_tree *manifest)
{
    const struct scl_tree *layers = scl_tree_find(manifest, SCL_S("layers"));

    for (uint32_t i = 0; layers && i < scl_tree_count(layers); i++) {
        const struct scl_tree *layer = scl_tree_child(layers, i), **made;
        struct scl_str digest = scl_rows_text_at(layer, "digest");

        if (!scl_str_same(scl_rows_text_at(layer, "mediaType"), foreign_layers[0].type) ||
            scl_map_find(&k->attested, digest))
            continue;
        scl_map_put(&k->attested, digest, 0);
        made = scl_vec_push(&k->d->arena, &k->statements);
        if (made)
            *made = layer;
    }
}

/* The image of a manifest; NULL where it is that of something else. `descriptor` is NULL where the
 * manifest is the document itself. */
static struct scl_layout_image *
add_image(struct scl_layout *k, const struct scl_tree *descriptor, const struct scl_tree *manifest)
{
    const struct scl_tree *config = scl_tree_find(manifest, SCL_S("config")), *digest;
    struct scl_str type = config ? scl_rows_text_at(config, "mediaType")
                                 : (struct scl_str){ "", 0 };
    struct scl_str name = config ? scl_rows_text_at(config, "digest") : (struct scl_str){ "", 0 };
    struct scl_layout_image *image;
    int foreign = foreign_kind(manifest);

    if (foreign > 0)
        add_statements(k, manifest);
    if (foreign >= 0 || medium_of(type) == FOREIGN ||
        scl_rows_text_at(manifest, "artifactType").len)
        return NULL;
    image = scl_layout_add_image(k, scl_layout_blob(k, name), descriptor ? descriptor : manifest);
    if (!image)
        return NULL;
    digest = descriptor ? digest_of(descriptor) : NULL;
    if (config && config->kind == SCL_TREE_MAP)
        image->described = config;
    if (digest && !image->digest_at)
        image->digest_at = digest;
    if (!image->annotations)
        image->annotations = annotations_of(manifest);
    return image;
}

/* ---- descriptors ---- */

static void visit_index(struct scl_layout *k, const struct scl_tree *root, struct path path);

/* An image of which nothing but the descriptor is known: the blob is no configuration, and is not
 * read as one. */
static void
add_unread(struct scl_layout *k, const struct scl_tree *descriptor, struct path path)
{
    struct scl_layout_image *image =
        scl_layout_add_image(k, scl_layout_blob(k, scl_rows_text_at(descriptor, "digest")),
                             descriptor);

    if (!image)
        return;
    image->digest_at = digest_of(descriptor);
    image->platform = scl_tree_find(descriptor, SCL_S("platform"));
    add_names(k, image, path.named);
}

static void
visit_manifest(struct scl_layout *k, const struct scl_tree *descriptor,
               const struct scl_tree *manifest, struct path path)
{
    struct scl_layout_image *image;

    if (is_attestation(descriptor)) {
        add_statements(k, manifest);
        return;
    }
    image = add_image(k, descriptor, manifest);
    if (!image)
        return;
    if (!image->platform)
        image->platform = scl_tree_find(descriptor, SCL_S("platform"));
    add_names(k, image, path.named);
}

static bool
may_visit(struct scl_layout *k, const struct scl_tree *descriptor, struct path path)
{
    uint64_t limit = k->input->limits.aliases ? k->input->limits.aliases : STANDARD_VISITS;

    if (path.depth > DEEPEST) {
        scl_layout_note(k, SCL_NOTE_ERROR, descriptor, "indexes in each other, deeper than %d",
                        DEEPEST);
        return false;
    }
    if (k->visits++ == limit)
        scl_note_help(&k->d->notes,
                      scl_layout_note(k, SCL_NOTE_ERROR, descriptor,
                                      "more descriptors are followed than the limit of %llu",
                                      (unsigned long long)limit),
                      "--limit aliases=N raises it");
    return k->visits <= limit;
}

static void
visit(struct scl_layout *k, const struct scl_tree *descriptor, struct path path)
{
    enum medium medium = medium_of(scl_rows_text_at(descriptor, "mediaType"));
    struct scl_layout_part part;

    if (!may_visit(k, descriptor, path) || medium == FOREIGN || medium == CONFIG)
        return;
    if (!path.named && has_name(annotations_of(descriptor)))
        path.named = annotations_of(descriptor);
    part = scl_layout_described(k, descriptor);
    if (part.root && part.root->kind == SCL_TREE_MAP)
        medium = medium_of_root(part.root);
    else if (part.root && !part.root->is_cut)
        scl_layout_note(k, SCL_NOTE_ERROR, part.root, "expected an index or a manifest");
    if (part.root && medium == INDEX)
        visit_index(k, part.root, path);
    else if (part.root && medium == MANIFEST)
        visit_manifest(k, descriptor, part.root, path);
    else if (!part.root && !is_attestation(descriptor))
        add_unread(k, descriptor, path);
}

static void
visit_index(struct scl_layout *k, const struct scl_tree *root, struct path path)
{
    const struct scl_tree *manifests = scl_tree_find(root, SCL_S("manifests"));

    path.depth++;
    if (manifests && manifests->kind != SCL_TREE_LIST && manifests->kind != SCL_TREE_NULL)
        scl_layout_note(k, SCL_NOTE_ERROR, manifests, "expected a list of descriptors");
    for (uint32_t i = 0; manifests && i < scl_tree_count(manifests); i++) {
        const struct scl_tree *descriptor = scl_tree_child(manifests, i);

        if (descriptor->kind == SCL_TREE_MAP)
            visit(k, descriptor, path);
        else
            scl_layout_note(k, SCL_NOTE_ERROR, descriptor, "expected a descriptor");
    }
}

/* ---- documents ---- */

void
scl_layout_visit(struct scl_layout *k, const struct scl_tree *root)
{
    struct path path = { .named = has_name(annotations_of(root)) ? annotations_of(root) : NULL };

    if (root->kind != SCL_TREE_MAP) {
        if (!root->is_cut)
            scl_layout_note(k, SCL_NOTE_ERROR, root, "expected an index or a manifest");
    } else if (scl_tree_find(root, SCL_S("digest")) && !scl_tree_find(root, SCL_S("layers"))) {
        visit(k, root, path);
    } else if (medium_of_root(root) == INDEX) {
        visit_index(k, root, path);
    } else {
        add_names(k, add_image(k, NULL, root), path.named);
    }
}

static enum scl_fit
fits_name(struct scl_str base_name)
{
    return scl_str_is(base_name, "oci-layout") ? SCL_FIT_MAYBE : SCL_FIT_NO;
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    static const struct {
        struct scl_str keys[3];
        const char *reason;
    } marks[] = {
        { { SCL_STR("imageLayoutVersion") }, "imageLayoutVersion" },
        { { SCL_STR("schemaVersion"), SCL_STR("manifests") }, "schemaVersion and manifests" },
        { { SCL_STR("schemaVersion"), SCL_STR("config"), SCL_STR("layers") },
          "schemaVersion, config and layers" },
        { { SCL_STR("mediaType"), SCL_STR("digest"), SCL_STR("size") },
          "mediaType, digest and size" },
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool fits = true;

        for (size_t key = 0; key < 3; key++)
            fits = fits && (!marks[i].keys[key].len || scl_tree_find(root, marks[i].keys[key]));
        if (fits) {
            *ret_reason = marks[i].reason;
            return SCL_FIT_YES;
        }
    }
    return SCL_FIT_NO;
}

static const struct scl_json_row rows[] = {
    { "manifests[].annotations", SCL_IMAGE_NAME, NULL },
    { "manifests[].annotations", SCL_IMAGE_NAMES, NULL },
    { "manifests[].digest", SCL_IMAGE_DIGEST, NULL },
    { "config.digest", SCL_IMAGE_ID, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_rows[] = {
    rows, scl_image_config_rows, scl_env_rows, scl_image_history_rows, scl_image_port_rows, NULL,
};

/* The marker of a layout says no more than where its index lies. */
static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    const struct scl_tree *marker = scl_tree_find(root, SCL_S("imageLayoutVersion"));
    struct scl_layout_part index;
    struct scl_layout k;

    scl_layout_init(&k, d, input, root);
    if (marker) {
        k.is_strict = true;
        index = scl_layout_part(&k, SCL_S("index.json"), marker);
        root = index.root;
    }
    if (root)
        scl_layout_visit(&k, root);
    scl_layout_finish(&k, root, all_rows);
}

const struct scl_format scl_format_oci_layout = {
    .name = "oci-layout",
    .title = "layouts of images (OCI): a folder, a tar archive, an index or a manifest",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"schemaVersion\": 2, \"config\": {}, \"layers\": []}",
    .rows = all_rows,
    .fits_name = fits_name,
    .fits_tree = fits_tree,
    .lower = lower,
};
