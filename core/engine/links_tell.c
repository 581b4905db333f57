/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links_tell.c: what subjects are to one another
 */
#include "engine/linking.h"

#include <string.h>

void
scl_links_tell_one(struct scl_linking *k, struct scl_linked_subject from, unsigned field,
                   uint32_t document, uint32_t object)
{
    struct scl_telling *made = scl_vec_push(&k->scratch, &k->told);

    if (made)
        *made = (struct scl_telling){
            from.document,
            { scl_links_root(k, from), (uint16_t)field, document, object },
        };
}

static void
tell_subject(struct scl_linking *k, struct scl_linked_subject from, unsigned field,
             struct scl_linked_subject to)
{
    if (to.document != SCANTLING_NONE && to.subject != SCANTLING_NONE)
        scl_links_tell_one(k, from, field, to.document, scl_links_root(k, to));
}

/* ---- images and builds ---- */

/* The image that a Dockerfile promises by a name that an image has. */
static struct scl_linked_subject
promise_of(struct scl_linking *k, struct scl_linked_subject image)
{
    const struct scl_value *names = scl_document_value(
        k->documents.at[image.document].document, scl_links_root(k, image), SCL_IMAGE_NAMES);
    struct scl_near_entry found[2];

    for (uint32_t i = 0; names && names->kind == SCL_KIND_LIST && i < names->as.list->count; i++) {
        const struct scl_value *name = &names->as.list->items[i];

        if (name->kind == SCL_KIND_TEXT &&
            scl_near_find(&k->builds, scl_near_reference(&k->scratch, scl_value_text(name)),
                          k->documents.at[image.document].folder, found, 2) == 1)
            return (struct scl_linked_subject){ found[0].document, found[0].subject };
    }
    return (struct scl_linked_subject){ SCANTLING_NONE, 0 };
}

/* The build that an image comes from. */
static struct scl_linked_subject
build_of(struct scl_linking *k, struct scl_linked_subject image)
{
    if (image.document != SCANTLING_NONE && !scl_links_is(k, image.document, "dockerfile"))
        image = promise_of(k, image);
    if (image.document != SCANTLING_NONE)
        image.subject =
            scl_links_first(k->documents.at[image.document].document, SCL_TYPE_BUILD);
    return image;
}

static void
tell_image(struct scl_linking *k, struct scl_linked_subject image)
{
    struct scl_str base = scl_links_text(k, image, SCL_IMAGE_BASE_RAW);
    bool is_many;

    tell_subject(k, image, SCL_IMAGE_LINKED_BUILD, build_of(k, image));
    if (base.len)
        tell_subject(k, image, SCL_IMAGE_LINKED_BASE,
                     scl_links_find_image(k, image.document, base, &is_many));
}

/* ---- hosts ---- */

struct hosts {
    struct scl_near near;
    struct scl_linked_subject only; /* where there is one */
    uint32_t count;
};

#define ANY_HOST SCL_S("host")

static void
enter_hosts(struct scl_linking *k, struct hosts *hosts)
{
    scl_near_init(&hosts->near, &k->scratch);
    for (uint32_t i = 0; i < k->given; i++) {
        const struct scl_document *d = k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count; s++)
            if (d->subjects.at[s].type == SCL_TYPE_HOST) {
                hosts->only = (struct scl_linked_subject){ i, s };
                hosts->count++;
                scl_near_enter(&hosts->near, ANY_HOST, k->documents.at[i].folder,
                               (struct scl_near_entry){ i, s, 0 });
            }
    }
}

/* Whether a Docker daemon runs what a document, or the one that it is the model of, asks for. */
static bool
is_of_docker(const struct scl_linking *k, struct scl_linked_subject container)
{
    const struct scl_document *d = k->documents.at[container.document].document;
    struct scl_str format = scl_links_text(k, container, SCL_CONTAINER_FORMAT);

    static const char *const formats[] = { "compose", "docker-run", "docker-create-body",
                                           "docker-inspect" };

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (scl_str_is(format, formats[i]))
            return strcmp(d->subjects.at[container.subject].family, "docker") == 0;
    return false;
}

/* The one host that there is, or the nearest. */
static void
tell_host(struct scl_linking *k, const struct hosts *hosts, struct scl_linked_subject container)
{
    const struct scl_linked_document *d = &k->documents.at[container.document];
    struct scl_near_entry found[2];

    if (!hosts->count || !is_of_docker(k, container))
        return;
    if (hosts->count == 1)
        tell_subject(k, container, SCL_CONTAINER_LINKED_HOST, hosts->only);
    else if (scl_near_find(&hosts->near, ANY_HOST, d->folder, found, 2) == 1)
        tell_subject(k, container, SCL_CONTAINER_LINKED_HOST,
                     (struct scl_linked_subject){ found[0].document, found[0].subject });
}

/* ---- containers ---- */

static void
tell_container(struct scl_linking *k, const struct hosts *hosts,
               struct scl_linked_subject container)
{
    const struct scl_linked_document *d = &k->documents.at[container.document];
    struct scl_linked_subject image =
        scl_links_image_of(k, container.document, container.subject);
    bool is_promised =
        d->promised && d->promised[container.subject].document != SCANTLING_NONE;

    tell_subject(k, container, SCL_CONTAINER_LINKED_IMAGE, image);
    tell_subject(k, container, SCL_CONTAINER_LINKED_BUILD,
                 build_of(k, is_promised ? d->promised[container.subject] : image));
    tell_host(k, hosts, container);
}

void
scl_links_tell(struct scl_linking *k)
{
    struct hosts hosts = { .count = 0 };

    enter_hosts(k, &hosts);
    for (uint32_t i = 0; i < k->documents.count && !k->scratch.failed; i++) {
        const struct scl_document *d = k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count; s++) {
            struct scl_linked_subject subject = { i, s };

            if (d->subjects.at[s].type == SCL_TYPE_IMAGE)
                tell_image(k, subject);
            else if (d->subjects.at[s].type == SCL_TYPE_CONTAINER)
                tell_container(k, &hosts, subject);
        }
    }
    scl_links_tell_evidence(k);
}
