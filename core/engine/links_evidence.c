/* SPDX-License-Identifier: Apache-2.0 */
/*
 * links_evidence.c: evidence and the images that it is about
 *
 * Evidence names an image by digests, by its id, or by what it was called; an image is asked for by
 * each of its own. A digest means the same everywhere, a name the nearest file. A signature is that
 * of a digest: a name counts for it only where no digest of the image is known.
 */
#include "engine/linking.h"

#include "base/text.h"
#include "syntax/reference.h"

enum { MOST = 256 }; /* as near as each other, of one name */

struct finding {
    struct scl_linking *k;
    struct scl_near evidence;   /* subjects */
    struct scl_near signatures; /* `part` is the object */
};

/* What an image is asked for by. */
struct asking {
    struct finding *f;
    struct scl_linked_subject to[2]; /* a container, and its image; or an image alone */
    uint32_t count;
    bool has_digest;
};

/* ---- what evidence is about ---- */

static struct scl_near_entry
entry_of(struct scl_linked_subject subject, uint32_t part)
{
    return (struct scl_near_entry){ subject.document, subject.subject, part };
}

static bool
is_digest(struct scl_str text)
{
    return scl_str_starts(text, SCL_S("sha256:")) || scl_str_starts(text, SCL_S("sha512:"));
}

/* The name of what has no tag: its signatures are those of any of its digests. */
static struct scl_str
bare_name(struct scl_arena *arena, struct scl_str text)
{
    struct scl_reference reference;
    char *name;

    if (!scl_reference_parse(arena, text, &reference) || !reference.is_valid ||
        !reference.name.len)
        return (struct scl_str){ NULL, 0 };
    name = scl_arena_copy(arena, reference.name.at, reference.name.len);
    return name ? scl_str_n(name, reference.name.len) : (struct scl_str){ NULL, 0 };
}

static void
enter(struct finding *f, struct scl_near *near, struct scl_str text,
      struct scl_linked_subject subject, uint32_t part)
{
    struct scl_str folder = f->k->documents.at[subject.document].folder;

    if (is_digest(text))
        scl_near_enter(near, text, folder, entry_of(subject, part));
    else if (text.len)
        scl_near_enter(near, scl_near_reference(&f->k->scratch, text), folder,
                       entry_of(subject, part));
}

static struct scl_str
text_of(const struct scl_document *d, uint32_t object, unsigned field)
{
    const struct scl_value *value = scl_document_value(d, object, field);

    return value && value->kind == SCL_KIND_TEXT ? scl_value_text(value)
                                                 : (struct scl_str){ NULL, 0 };
}

static void
enter_list(struct finding *f, struct scl_linked_subject subject, unsigned field)
{
    const struct scl_value *list =
        scl_document_value(f->k->documents.at[subject.document].document,
                           scl_links_root(f->k, subject), field);

    for (uint32_t i = 0; list && list->kind == SCL_KIND_LIST && i < list->as.list->count; i++)
        if (list->as.list->items[i].kind == SCL_KIND_TEXT)
            enter(f, &f->evidence, scl_value_text(&list->as.list->items[i]), subject, 0);
}

/* Of a signature the digest counts, and what it was called where that is all that is known. */
static void
enter_signatures(struct finding *f, struct scl_linked_subject subject)
{
    const struct scl_document *d = f->k->documents.at[subject.document].document;
    struct scl_str folder = f->k->documents.at[subject.document].folder;
    struct scl_type_index all =
        scl_document_by_type(d, subject.subject, SCL_TYPE_SIGNATURE);

    for (uint32_t i = 0; i < all.count; i++) {
        struct scl_str digest = text_of(d, all.objects[i], SCL_SIGNATURE_SUBJECT_DIGEST);
        struct scl_str name = text_of(d, all.objects[i], SCL_SIGNATURE_REFERENCE);

        enter(f, &f->signatures, digest, subject, all.objects[i]);
        enter(f, &f->evidence, digest, subject, 0);
        if (name.len)
            scl_near_enter(&f->signatures, bare_name(&f->k->scratch, name), folder,
                           entry_of(subject, all.objects[i]));
    }
}

/* Of a file system or a repository the name is that of no image. */
static bool
is_of_image(const struct scl_linking *k, struct scl_linked_subject subject)
{
    struct scl_str type = scl_links_text(k, subject, SCL_EVIDENCE_ARTIFACT_TYPE);

    return !type.len || scl_str_find(type, SCL_S("image")) != SIZE_MAX ||
           scl_str_find(type, SCL_S("container")) != SIZE_MAX;
}

static void
enter_evidence(struct finding *f, struct scl_linked_subject subject)
{
    enter(f, &f->evidence, scl_links_text(f->k, subject, SCL_EVIDENCE_ARTIFACT_DIGEST), subject,
          0);
    enter(f, &f->evidence, scl_links_text(f->k, subject, SCL_EVIDENCE_ARTIFACT_IMAGE_ID), subject,
          0);
    enter_list(f, subject, SCL_EVIDENCE_ARTIFACT_DIGESTS);
    if (is_of_image(f->k, subject))
        enter(f, &f->evidence, scl_links_text(f->k, subject, SCL_EVIDENCE_ARTIFACT_NAME), subject,
              0);
    enter_signatures(f, subject);
}

static void
enter_all(struct finding *f)
{
    for (uint32_t i = 0; i < f->k->given && !f->k->scratch.failed; i++) {
        const struct scl_document *d = f->k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count; s++)
            if (d->subjects.at[s].type == SCL_TYPE_EVIDENCE)
                enter_evidence(f, (struct scl_linked_subject){ i, s });
    }
}

/* ---- what images are asked for by ---- */

static bool
is_image(const struct scl_linking *k, struct scl_linked_subject subject)
{
    return k->documents.at[subject.document].document->subjects.at[subject.subject].type ==
           SCL_TYPE_IMAGE;
}

static void
tell_evidence(const struct asking *a, const struct scl_near_entry *entry)
{
    struct scl_linking *k = a->f->k;
    struct scl_linked_subject evidence = { entry->document, entry->subject };
    bool is_scan =
        scl_str_is(scl_links_text(k, evidence, SCL_EVIDENCE_KIND), "scan");

    for (uint32_t i = 0; i < a->count; i++) {
        struct scl_linked_subject to = a->to[i];

        if (is_scan)
            scl_links_tell_one(k, to,
                               is_image(k, to) ? SCL_IMAGE_LINKED_SCANS
                                               : SCL_CONTAINER_LINKED_SCANS,
                               entry->document, scl_links_root(k, evidence));
        if (is_image(k, to))
            scl_links_tell_one(k, evidence, SCL_EVIDENCE_LINKED_IMAGES, to.document,
                               scl_links_root(k, to));
    }
}

static void
tell_signature(const struct asking *a, const struct scl_near_entry *entry)
{
    for (uint32_t i = 0; i < a->count; i++)
        scl_links_tell_one(a->f->k, a->to[i],
                           is_image(a->f->k, a->to[i]) ? SCL_IMAGE_LINKED_SIGNATURES
                                                       : SCL_CONTAINER_LINKED_SIGNATURES,
                           entry->document, entry->part);
}

static void
ask(const struct asking *a, const struct scl_near *near, struct scl_str name,
    struct scl_str folder, void (*tell)(const struct asking *, const struct scl_near_entry *))
{
    struct scl_near_entry found[MOST];
    uint32_t count = name.len ? scl_near_find(near, name, folder, found, MOST) : 0;

    for (uint32_t i = 0; i < count; i++)
        tell(a, &found[i]);
}

/* Asks by one name of it, in full. */
static void
ask_name(struct asking *a, struct scl_str name, struct scl_str folder)
{
    ask(a, &a->f->evidence, name, folder, tell_evidence);
    if (!is_digest(name))
        return;
    a->has_digest = true;
    ask(a, &a->f->signatures, name, folder, tell_signature);
}

static void
ask_text(struct asking *a, struct scl_str text, struct scl_str folder)
{
    if (text.len)
        ask_name(a, is_digest(text) ? text : scl_near_reference(&a->f->k->scratch, text), folder);
}

/* Asks by all that an image says of itself and by what services call it that build it. */
static void
ask_image(struct asking *a, struct scl_linked_subject image)
{
    const struct scl_linked_document *d = &a->f->k->documents.at[image.document];
    uint32_t root = scl_links_root(a->f->k, image);
    const struct scl_value *names = scl_document_value(d->document, root, SCL_IMAGE_NAMES);

    for (uint32_t i = 0; names && names->kind == SCL_KIND_LIST && i < names->as.list->count; i++)
        if (names->as.list->items[i].kind == SCL_KIND_TEXT)
            ask_text(a, scl_value_text(&names->as.list->items[i]), d->folder);
    if (!scl_links_is(a->f->k, image.document, "dockerfile"))
        ask_text(a, text_of(d->document, root, SCL_IMAGE_NAME), d->folder);
    ask_text(a, text_of(d->document, root, SCL_IMAGE_ID), d->folder);
    ask_text(a, text_of(d->document, root, SCL_IMAGE_DIGEST), d->folder);
}

/* What an image is called, where its digest is not known. */
static void
ask_signatures(const struct asking *a, struct scl_str text, struct scl_str folder)
{
    if (!a->has_digest)
        ask(a, &a->f->signatures, bare_name(&a->f->k->scratch, text), folder, tell_signature);
}

static void
ask_all(struct finding *f)
{
    struct scl_linking *k = f->k;

    for (uint32_t i = 0; i < k->documents.count && !k->scratch.failed; i++) {
        const struct scl_document *d = k->documents.at[i].document;

        for (uint32_t s = 0; s < d->subjects.count; s++) {
            struct scl_linked_subject subject = { i, s };
            struct asking a = { .f = f, .to = { subject }, .count = 1 };
            struct scl_str raw;

            if (d->subjects.at[s].type == SCL_TYPE_IMAGE)
                ask_image(&a, subject);
            if (d->subjects.at[s].type != SCL_TYPE_CONTAINER)
                continue;
            raw = scl_links_text(k, subject, SCL_CONTAINER_IMAGE_RAW);
            ask_text(&a, raw, k->documents.at[i].folder);
            a.to[1] = scl_links_image_of(k, i, s);
            if (a.to[1].document != SCANTLING_NONE) {
                struct asking of_image = { .f = f, .to = { subject }, .count = 1 };

                ask_image(&of_image, a.to[1]);
                a.has_digest = a.has_digest || of_image.has_digest;
            }
            ask_signatures(&a, raw, k->documents.at[i].folder);
        }
    }
}

/* A promised image is called what the service calls it that builds it. */
static void
ask_promised(struct finding *f)
{
    for (uint32_t i = 0; i < f->k->given_names.count && !f->k->scratch.failed; i++) {
        const struct scl_given_name *given = &f->k->given_names.at[i];
        struct asking a = { .f = f, .to = { given->image }, .count = 1 };

        ask_name(&a, given->name, given->folder);
        ask_signatures(&a, given->name, given->folder);
    }
}

void
scl_links_tell_evidence(struct scl_linking *k)
{
    struct finding f = { .k = k };

    scl_near_init(&f.evidence, &k->scratch);
    scl_near_init(&f.signatures, &k->scratch);
    enter_all(&f);
    if (!f.evidence.entries.count && !f.signatures.entries.count)
        return;
    ask_all(&f);
    ask_promised(&f);
}
