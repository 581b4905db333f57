/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links_build.c: the Dockerfiles that services are built from
 *
 * The context and the Dockerfile of a service are a path from the folder of its file, and that path
 * is the name of a document or of none. A service that wants another target, or gives arguments,
 * has another image than the Dockerfile promises by itself: then that is read once more so, for all
 * services that want the same.
 */
#include "engine/linking.h"

#include "base/path.h"
#include "base/text.h"

struct builds {
    struct scl_linking *k;
    struct scl_map paths;    /* of Dockerfiles, clean -> document, plus 1 */
    struct scl_map variants; /* document, target, arguments -> document */
};

static void
enter_paths(struct builds *b)
{
    for (uint32_t i = 0; i < b->k->given; i++) {
        struct scl_str path;

        if (!scl_links_is(b->k, i, "dockerfile"))
            continue;
        path = scl_path_clean(&b->k->scratch, b->k->documents.at[i].document->name);
        if (path.len && !scl_map_find(&b->paths, path))
            scl_map_put(&b->paths, path, i + 1u);
    }
}

static bool
is_unknown(const struct scl_document *d, uint32_t root, unsigned field)
{
    const struct scl_value *value = scl_document_value(d, root, field);

    return value && (value->state == SCANTLING_STATE_UNKNOWN || value->flags & SCL_VALUE_OPEN);
}

/* The Dockerfile of a service, plus 1; 0: it has none that was given. */
static uint32_t
find_dockerfile(struct builds *b, struct scl_linked_subject service)
{
    const struct scl_document *d = b->k->documents.at[service.document].document;
    struct scl_str context = scl_links_text(b->k, service, SCL_CONTAINER_BUILD_CONTEXT);
    struct scl_str file = scl_links_text(b->k, service, SCL_CONTAINER_BUILD_DOCKERFILE);
    struct scl_arena *arena = &b->k->scratch;
    const struct scl_map_entry *entry;
    uint32_t root = scl_links_root(b->k, service);
    struct scl_str path;

    if ((!context.len && !file.len) || is_unknown(d, root, SCL_CONTAINER_BUILD_CONTEXT) ||
        is_unknown(d, root, SCL_CONTAINER_BUILD_DOCKERFILE))
        return 0;
    path = scl_path_join(arena, b->k->documents.at[service.document].folder,
                         context.len ? context : SCL_S("."));
    path = scl_path_join(arena, path, file.len ? file : SCL_S("Dockerfile"));
    entry = path.len ? scl_map_find(&b->paths, path) : NULL;
    if (!entry && !file.len) {
        path = scl_path_join(arena, scl_path_dir(arena, path), SCL_S("Containerfile"));
        entry = path.len ? scl_map_find(&b->paths, path) : NULL;
    }
    return entry ? (uint32_t)entry->value : 0;
}

/* ---- what is built of it ---- */

/* The arguments of a service whose values are known. */
static uint32_t
read_args(const struct scl_document *d, uint32_t root, struct scl_arena *arena,
          const struct scl_pair **ret)
{
    const struct scl_value *list = scl_document_value(d, root, SCL_CONTAINER_BUILD_ARGS);
    uint32_t most = list && list->kind == SCL_KIND_LIST ? list->as.list->count : 0, count = 0;
    struct scl_pair *pairs = scl_arena_array(arena, most, sizeof *pairs);

    for (uint32_t i = 0; pairs && i < most; i++) {
        uint32_t arg = list->as.list->items[i].as.object;
        const struct scl_value *name = scl_document_value(d, arg, SCL_ARG_NAME);
        const struct scl_value *value = scl_document_value(d, arg, SCL_ARG_VALUE);

        if (name && name->kind == SCL_KIND_TEXT && value && value->kind == SCL_KIND_TEXT)
            pairs[count++] = (struct scl_pair){ scl_value_text(name), scl_value_text(value) };
    }
    *ret = pairs;
    return count;
}

/* The image of a document that a target is called; without a target, what it promises first. */
static uint32_t
find_target(struct scl_linking *k, uint32_t document, struct scl_str target)
{
    const struct scl_document *d = k->documents.at[document].document;

    for (uint32_t s = 0; s < d->subjects.count && target.len; s++)
        if (d->subjects.at[s].type == SCL_TYPE_IMAGE &&
            scl_str_same(scl_links_text(k, (struct scl_linked_subject){ document, s },
                                        SCL_IMAGE_NAME), target))
            return s;
    return target.len ? SCANTLING_NONE : scl_links_first(d, SCL_TYPE_IMAGE);
}

static struct scl_str
variant_key(struct scl_arena *arena, uint32_t document, struct scl_str target,
            const struct scl_pair *args, uint32_t count)
{
    struct scl_text key;
    char *copy;
    size_t length;

    scl_text_init(&key);
    scl_text_f(&key, "%u %zu ", (unsigned)document, target.len);
    scl_text_add(&key, target);
    for (uint32_t i = 0; i < count; i++) {
        scl_text_f(&key, " %zu %zu ", args[i].name.len, args[i].value.len);
        scl_text_add(&key, args[i].name);
        scl_text_add(&key, args[i].value);
    }
    length = key.len;
    copy = key.failed ? NULL : scl_arena_copy(arena, key.at, key.len);
    arena->failed = arena->failed || !copy;
    scl_text_finish(&key);
    return copy ? scl_str_n(copy, length) : (struct scl_str){ NULL, 0 };
}

/* The document of a Dockerfile as it is built with a target and arguments. */
static uint32_t
read_variant(struct builds *b, uint32_t document, struct scl_str target,
             const struct scl_pair *args, uint32_t count)
{
    struct scl_linking *k = b->k;
    struct scl_str key = variant_key(&k->scratch, document, target, args, count);
    const struct scl_map_entry *entry = key.len ? scl_map_find(&b->variants, key) : NULL;
    struct scl_linked_document *made;

    if (entry || !key.len)
        return entry ? (uint32_t)entry->value : document;
    made = scl_vec_push(&k->scratch, &k->documents);
    if (!made)
        return document;
    made->original = document;
    made->folder = k->documents.at[document].folder;
    made->document = scl_read_for_build(k->documents.at[document].document, target, args, count);
    if (!made->document) {
        k->documents.count--;
        k->scratch.failed = true;
        return document;
    }
    scl_map_put(&b->variants, key, k->documents.count - 1);
    return k->documents.count - 1;
}

/* The image that a service is built as. */
static struct scl_linked_subject
promise(struct builds *b, struct scl_linked_subject service, uint32_t document)
{
    const struct scl_document *d = b->k->documents.at[service.document].document;
    struct scl_str target = scl_links_text(b->k, service, SCL_CONTAINER_BUILD_TARGET);
    struct scl_linked_subject image = { document, SCANTLING_NONE };
    const struct scl_pair *args;
    uint32_t count =
        read_args(d, scl_links_root(b->k, service), &b->k->scratch, &args);

    if (!b->k->documents.at[document].document->input ||
        is_unknown(d, scl_links_root(b->k, service), SCL_CONTAINER_BUILD_TARGET))
        return (struct scl_linked_subject){ SCANTLING_NONE, 0 };
    if (!count)
        image.subject = find_target(b->k, document, target);
    if (image.subject == SCANTLING_NONE) {
        image.document = read_variant(b, document, target, args, count);
        image.subject =
            scl_links_first(b->k->documents.at[image.document].document, SCL_TYPE_IMAGE);
    }
    if (image.subject == SCANTLING_NONE)
        image.document = SCANTLING_NONE;
    return image;
}

static void
name_promise(struct scl_linking *k, struct scl_linked_subject service,
             struct scl_linked_subject image)
{
    struct scl_str name = scl_near_reference(
        &k->scratch, scl_links_text(k, service, SCL_CONTAINER_IMAGE_RAW));
    struct scl_str folder = k->documents.at[service.document].folder;
    struct scl_given_name *made = name.len ? scl_vec_push(&k->scratch, &k->given_names) : NULL;

    if (!made)
        return;
    *made = (struct scl_given_name){ image, name, folder };
    scl_near_enter(&k->builds, name, folder,
                   (struct scl_near_entry){ image.document, image.subject, 0 });
}

static void
find_build(struct builds *b, struct scl_linked_subject service)
{
    struct scl_linking *k = b->k;
    uint32_t dockerfile = find_dockerfile(b, service);
    const struct scl_document *d = k->documents.at[service.document].document;
    struct scl_linked_subject image, *promised;

    if (!dockerfile)
        return;
    image = promise(b, service, dockerfile - 1);
    if (image.document == SCANTLING_NONE)
        return;
    promised = k->documents.at[service.document].promised;
    if (!promised) {
        promised = scl_arena_array(&k->scratch, d->subjects.count, sizeof *promised);
        for (uint32_t i = 0; promised && i < d->subjects.count; i++)
            promised[i].document = SCANTLING_NONE;
        k->documents.at[service.document].promised = promised;
    }
    if (promised)
        promised[service.subject] = image;
    name_promise(k, service, image);
}

void
scl_links_find_builds(struct scl_linking *k)
{
    struct builds b = { .k = k };

    scl_map_init(&b.paths, &k->scratch);
    scl_map_init(&b.variants, &k->scratch);
    enter_paths(&b);
    for (uint32_t i = 0; i < k->given && b.paths.entries.count && !k->scratch.failed; i++) {
        const struct scl_document *d = k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count; s++)
            if (d->subjects.at[s].type == SCL_TYPE_CONTAINER)
                find_build(&b, (struct scl_linked_subject){ i, s });
    }
}
