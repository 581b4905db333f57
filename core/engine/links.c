/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links.c: documents of a project that speak of one another
 *
 * Every image stands in a table under each of its names, written out in full; a FROM, or the image
 * of a container, is one look-up. What a document is read again with is read again before it, in an
 * order that is found without recursion; a circle is cut where it closes.
 */
#include "engine/linking.h"

#include <stdlib.h>

/* ---- subjects ---- */

uint32_t
scl_links_first(const struct scl_document *d, unsigned type)
{
    for (uint32_t s = 0; s < d->subjects.count; s++)
        if (d->subjects.at[s].type == type)
            return s;
    return SCANTLING_NONE;
}

uint32_t
scl_links_root(const struct scl_linking *k, struct scl_linked_subject subject)
{
    return k->documents.at[subject.document].document->subjects.at[subject.subject].root;
}

struct scl_str
scl_links_text(const struct scl_linking *k, struct scl_linked_subject subject, unsigned field)
{
    const struct scl_value *value = scl_document_value(
        k->documents.at[subject.document].document, scl_links_root(k, subject), field);

    return value && value->kind == SCL_KIND_TEXT ? scl_value_text(value)
                                                 : (struct scl_str){ NULL, 0 };
}

bool
scl_links_is(const struct scl_linking *k, uint32_t document, const char *format)
{
    return scl_str_is(scl_str_c(k->documents.at[document].document->format), format);
}

/* ---- names ---- */

static void
enter(struct scl_linking *k, struct scl_str text, struct scl_linked_subject image)
{
    scl_near_enter(&k->images, scl_near_reference(&k->scratch, text),
                   k->documents.at[image.document].folder,
                   (struct scl_near_entry){ image.document, image.subject, 0 });
}

static void
enter_value(struct scl_linking *k, struct scl_linked_subject image, unsigned field)
{
    const struct scl_value *value =
        scl_document_value(k->documents.at[image.document].document, scl_links_root(k, image),
                           field);

    if (!value)
        return;
    if (value->kind == SCL_KIND_TEXT)
        enter(k, scl_value_text(value), image);
    for (uint32_t i = 0; value->kind == SCL_KIND_LIST && i < value->as.list->count; i++)
        if (value->as.list->items[i].kind == SCL_KIND_TEXT)
            enter(k, scl_value_text(&value->as.list->items[i]), image);
}

/* A Dockerfile's own image has the name of a stage, which no other file means. */
static void
enter_images(struct scl_linking *k)
{
    for (uint32_t i = 0; i < k->given && !k->scratch.failed; i++) {
        const struct scl_document *d = k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count && !scl_links_is(k, i, "dockerfile"); s++) {
            struct scl_linked_subject image = { i, s };

            if (d->subjects.at[s].type != SCL_TYPE_IMAGE)
                continue;
            enter_value(k, image, SCL_IMAGE_NAMES);
            enter_value(k, image, SCL_IMAGE_NAME);
            enter_value(k, image, SCL_IMAGE_ID);
            enter_value(k, image, SCL_IMAGE_DIGEST);
        }
    }
}

struct scl_linked_subject
scl_links_find_image(struct scl_linking *k, uint32_t document, struct scl_str text,
                     bool *ret_many)
{
    struct scl_near *const tables[] = { &k->images, &k->builds };
    struct scl_str name = scl_near_reference(&k->scratch, text);
    struct scl_near_entry found[2];

    *ret_many = false;
    for (size_t i = 0; i < 2; i++) {
        uint32_t count =
            scl_near_find(tables[i], name, k->documents.at[document].folder, found, 2);

        if (count && (count == 1 || scl_str_starts(name, SCL_S("sha"))))
            return (struct scl_linked_subject){ found[0].document, found[0].subject };
        if (count) {
            *ret_many = true;
            break;
        }
    }
    return (struct scl_linked_subject){ SCANTLING_NONE, 0 };
}

struct scl_linked_subject
scl_links_image_of(struct scl_linking *k, uint32_t document, uint32_t subject)
{
    struct scl_linked_subject container = { document, subject }, image = { SCANTLING_NONE, 0 };
    struct scl_str raw = scl_links_text(k, container, SCL_CONTAINER_IMAGE_RAW);
    const struct scl_linked_document *d = &k->documents.at[document];
    bool is_many;

    if (raw.len)
        image = scl_links_find_image(k, document, raw, &is_many);
    /* What was built is told more exactly by itself than by what it is built from. */
    if (d->promised && d->promised[subject].document != SCANTLING_NONE &&
        (image.document == SCANTLING_NONE || scl_links_is(k, image.document, "dockerfile")))
        image = d->promised[subject];
    return image;
}

/* ---- what is needed ---- */

static void
add_need(struct scl_linking *k, uint32_t document, uint32_t container, struct scl_str raw,
         struct scl_map *seen)
{
    struct scl_linked_document *d = &k->documents.at[document];
    struct scl_linked_subject image = { SCANTLING_NONE, 0 };
    bool is_many = false;
    struct scl_need *made;

    if (container && d->promised && d->promised[container - 1].document != SCANTLING_NONE) {
        image = scl_links_image_of(k, document, container - 1);
    } else {
        if (!raw.len || scl_map_find(seen, raw))
            return;
        scl_map_put(seen, raw, 0);
        container = 0;
        image = scl_links_find_image(k, document, raw, &is_many);
    }
    if (image.document == document || (image.document == SCANTLING_NONE && !is_many))
        return;
    made = scl_vec_push(&k->scratch, &d->needs);
    if (made)
        *made = (struct scl_need){ raw, container, image };
}

/* The images that its stages are made from and its containers are of. */
static void
find_needs(struct scl_linking *k, uint32_t document)
{
    const struct scl_document *d = k->documents.at[document].document;
    struct scl_map seen;

    scl_map_init(&seen, &k->scratch);
    for (uint32_t s = 0; d->input && s < d->subjects.count && !k->scratch.failed; s++) {
        struct scl_type_index references = scl_document_by_type(d, s, SCL_TYPE_REFERENCE);
        struct scl_linked_subject subject = { document, s };

        if (d->subjects.at[s].type == SCL_TYPE_CONTAINER)
            add_need(k, document, s + 1, scl_links_text(k, subject, SCL_CONTAINER_IMAGE_RAW),
                     &seen);
        for (uint32_t i = 0; d->subjects.at[s].type == SCL_TYPE_BUILD && i < references.count;
             i++) {
            const struct scl_value *raw =
                scl_document_value(d, references.objects[i], SCL_REFERENCE_RAW);

            if (raw && raw->kind == SCL_KIND_TEXT)
                add_need(k, document, 0, scl_value_text(raw), &seen);
        }
    }
}

/* ---- reading again ---- */

static bool
read_again(struct scl_linking *k, uint32_t index)
{
    struct scl_linked_document *d = &k->documents.at[index];
    struct scl_base *bases = scl_arena_array(&k->scratch, d->needs.count, sizeof *bases);
    struct scl_document *made;
    uint32_t count = 0;

    if (!bases)
        return false;
    for (uint32_t i = 0; i < d->needs.count; i++) {
        const struct scl_need *need = &d->needs.at[i];
        bool is_given = need->image.document != SCANTLING_NONE;

        if (is_given && k->documents.at[need->image.document].state != SCL_LINK_DONE)
            continue;
        bases[count++] = (struct scl_base){
            .reference = need->reference,
            .container = need->container,
            .document = is_given ? k->documents.at[need->image.document].document : NULL,
            .image = is_given ? scl_links_root(k, need->image) : 0,
        };
    }
    if (!count)
        return true;
    made = scl_read_with_bases(d->document, bases, count);
    if (!made)
        return false;
    scl_document_unref(d->document);
    d->document = made;
    return true;
}

/* Reads a document again, and before it what it needs. */
static bool
settle(struct scl_linking *k, uint32_t index, uint32_t *stack)
{
    uint32_t depth = 0;

    if (k->documents.at[index].state != SCL_LINK_NEW)
        return true;
    k->documents.at[index].state = SCL_LINK_OPEN;
    stack[depth++] = index;
    while (depth) {
        struct scl_linked_document *d = &k->documents.at[stack[depth - 1]];
        uint32_t next = d->looked_at < d->needs.count
                            ? d->needs.at[d->looked_at].image.document
                            : SCANTLING_NONE;

        if (d->looked_at++ < d->needs.count) {
            if (next != SCANTLING_NONE && k->documents.at[next].state == SCL_LINK_NEW) {
                k->documents.at[next].state = SCL_LINK_OPEN;
                stack[depth++] = next;
            }
            continue;
        }
        if (!read_again(k, stack[--depth]))
            return false;
        d->state = SCL_LINK_DONE;
    }
    return true;
}

static bool
settle_all(struct scl_linking *k)
{
    uint32_t *stack = scl_arena_array(&k->scratch, k->documents.count + 1u, sizeof *stack);
    bool good = stack != NULL;

    for (uint32_t i = 0; good && i < k->documents.count; i++)
        find_needs(k, i);
    for (uint32_t i = 0; good && i < k->documents.count; i++)
        good = settle(k, i, stack);
    return good && !k->scratch.failed;
}

/* ---- what comes of it ---- */

static int
telling_order(const void *a, const void *b)
{
    const struct scl_telling *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->link.root != y->link.root)
        return x->link.root < y->link.root ? -1 : 1;
    if (x->link.field != y->link.field)
        return x->link.field < y->link.field ? -1 : 1;
    if (x->link.document != y->link.document)
        return x->link.document < y->link.document ? -1 : 1;
    return (x->link.object > y->link.object) - (x->link.object < y->link.object);
}

/* Puts what was told in order, each once. */
static bool
give_links(struct scl_linking *k, struct scl_arena *arena, struct scl_links_made *ret)
{
    uint32_t count = 0;

    ret->links = scl_arena_array(arena, k->told.count + 1u, sizeof *ret->links);
    ret->first = scl_arena_array(arena, ret->count + 1u, sizeof *ret->first);
    if (!ret->links || !ret->first)
        return false;
    if (k->told.count > 1)
        qsort(k->told.at, k->told.count, sizeof *k->told.at, telling_order);
    for (uint32_t i = 0, document = 0; document < ret->count; document++) {
        ret->first[document] = count;
        for (; i < k->told.count && k->told.at[i].from == document; i++)
            if (!i || telling_order(&k->told.at[i - 1], &k->told.at[i]))
                ret->links[count++] = k->told.at[i].link;
        ret->first[document + 1] = count;
    }
    return true;
}

static bool
give_documents(struct scl_linking *k, struct scl_arena *arena, struct scl_links_made *ret)
{
    uint32_t count = k->documents.count, more = count > k->given ? count - k->given : 0;

    ret->documents = scl_arena_array(arena, count + 1u, sizeof *ret->documents);
    ret->originals = scl_arena_array(arena, more + 1u, sizeof *ret->originals);
    for (uint32_t i = 0; i < count; i++) {
        if (!ret->documents || !ret->originals) {
            scl_document_unref(k->documents.at[i].document);
            continue;
        }
        ret->documents[i] = k->documents.at[i].document;
        if (i >= k->given)
            ret->originals[i - k->given] = k->documents.at[i].original;
    }
    ret->count = ret->documents && ret->originals ? count : 0;
    return ret->documents && ret->originals;
}

bool
scl_links_make(struct scl_arena *arena, struct scl_document *const *documents, uint32_t count,
               struct scl_links_made *ret)
{
    struct scl_linking k = { .given = count };
    bool good;

    *ret = (struct scl_links_made){ .count = 0 };
    scl_arena_init(&k.scratch);
    for (uint32_t i = 0; i < count; i++) {
        struct scl_linked_document *made = scl_vec_push(&k.scratch, &k.documents);

        if (!made)
            break;
        made->document = scl_document_ref(documents[i]);
        made->folder = scl_near_folder(&k.scratch, documents[i]->name);
    }
    scl_near_init(&k.images, &k.scratch);
    scl_near_init(&k.builds, &k.scratch);
    good = k.documents.count == count;
    if (good && count > 1) {
        enter_images(&k);
        scl_links_find_builds(&k);
        good = !k.scratch.failed && settle_all(&k);
    }
    if (good)
        scl_links_tell(&k);
    good = give_documents(&k, arena, ret) && good && !k.scratch.failed &&
           give_links(&k, arena, ret);
    scl_arena_finish(&k.scratch);
    return good;
}
