/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linked.c: values that another document says
 */
#include "formats/linked.h"

#include "document/view.h"

const struct scl_value *
scl_linked_value(const struct scl_base *base, unsigned field)
{
    return scl_document_value(base->document, base->image, field);
}

/* The file of an image: its document's source, or a part of that. What is linked to it comes behind
 * that where it is linked on. */
static uint32_t
file_of(const struct scl_base *base)
{
    const struct scl_document *document = base->document;

    return scl_document_origin(document, scl_document_object(document, base->image)->origin)->file;
}

uint16_t
scl_linked_file(struct scl_document *d, const struct scl_base *base)
{
    uint16_t first = scl_build_linked_file(d, &base->document->files[file_of(base)]);

    for (uint32_t i = base->document->first_linked; i && i < base->document->file_count; i++)
        if (!scl_build_linked_file(d, &base->document->files[i]))
            return 0;
    return first;
}

/* Which of the files of an image a file of its document is, from 0; UINT32_MAX: none of them. */
static uint32_t
nth_file(const struct scl_base *base, uint32_t file)
{
    uint32_t first = base->document->first_linked;

    if (file == file_of(base))
        return 0;
    return first && file >= first ? 1 + file - first : UINT32_MAX;
}

uint32_t
scl_linked_origin(const struct scl_linked *k, uint32_t origin)
{
    const struct scl_document *d = k->base->document;
    const struct scl_origin *from = scl_document_origin(d, origin);
    const struct scl_quote *quote = scl_document_quote(d, (uint16_t)from->file);
    uint32_t made, nth;

    if (quote)
        from = scl_document_origin(d, quote->said);
    nth = nth_file(k->base, from->file);
    if (!origin || from->from_field != SCL_NONE || nth == UINT32_MAX)
        return 0;
    made = scl_build_origin(k->d, from->place, from->value);
    if (made)
        k->d->origins.at[made].file = (k->file + nth) & UINT16_MAX;
    return made;
}

struct scl_str
scl_linked_text(const struct scl_linked *k, const struct scl_value *value)
{
    return scl_str_n(scl_arena_copy(&k->d->arena, value->as.text, value->length), value->length);
}

static void
link_value(struct scl_value *value)
{
    if (value)
        value->state = SCANTLING_STATE_LINKED;
}

static void
set_list(const struct scl_linked *k, uint32_t object, unsigned field, const struct scl_list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == SCL_KIND_TEXT)
            link_value(scl_build_item_text(k->d, object, field, scl_linked_text(k, &list->items[i]),
                                           scl_linked_origin(k, list->items[i].origin)));
        else
            scl_build_open(k->d, object, field);
}

void
scl_linked_set(const struct scl_linked *k, uint32_t object, unsigned field, unsigned from)
{
    const struct scl_value *value = scl_linked_value(k->base, from);
    uint32_t origin = value ? scl_linked_origin(k, value->origin) : 0;

    if (!value)
        return;
    if (value->state == SCANTLING_STATE_UNKNOWN) {
        scl_build_empty(k->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    } else if (value->kind == SCL_KIND_TEXT) {
        link_value(scl_build_text(k->d, object, field, scl_linked_text(k, value), origin));
    } else if (value->kind == SCL_KIND_BOOL) {
        link_value(scl_build_bool(k->d, object, field, value->as.number != 0, origin));
    } else if (value->kind == SCL_KIND_INT) {
        link_value(scl_build_int(k->d, object, field, value->as.number, origin));
    } else if (value->kind == SCL_KIND_LIST) {
        link_value(scl_build_list(k->d, object, field, origin));
        set_list(k, object, field, value->as.list);
        if (value->flags & SCL_VALUE_OPEN)
            scl_build_open(k->d, object, field);
    }
}

/* What is most likely of an image whose Dockerfile sets no user, over a base that was not given;
 * false where nobody can tell. */
static bool
set_likely_user(const struct scl_linked *k, uint32_t object, unsigned raw)
{
    enum { IS_ROOT = SCL_IMAGE_USER_IS_ROOT - SCL_IMAGE_USER_RAW };
    const struct scl_view *view = k->base->document->view;

    for (unsigned i = 1; i <= IS_ROOT + 1; i++) {
        struct scl_node node = { k->base->image, (uint16_t)(SCL_IMAGE_USER_RAW + i), 0 };
        struct scl_reading reading;

        scl_view_read(view, node, &reading);
        if (i == IS_ROOT && reading.value.kind != SCL_KIND_BOOL)
            return false;
        if (reading.value.kind == SCL_KIND_TEXT)
            link_value(scl_build_text(k->d, object, raw + i, scl_linked_text(k, &reading.value),
                                      0));
        else if (reading.value.kind == SCL_KIND_INT)
            link_value(scl_build_int(k->d, object, raw + i, reading.value.as.number, 0));
        else if (reading.value.kind == SCL_KIND_BOOL)
            link_value(scl_build_bool(k->d, object, raw + i, reading.value.as.number != 0, 0));
    }
    return true;
}

static bool
is_promised(const struct scl_linked *k)
{
    return scl_str_is(scl_str_c(k->base->document->resolution), "request");
}

void
scl_linked_user(const struct scl_linked *k, uint32_t object, unsigned raw, uint32_t origin)
{
    enum { RAW, UID, GID, NAME, GROUP, COUNT };

    for (unsigned i = 0; i < COUNT; i++)
        scl_linked_set(k, object, raw + i, SCL_IMAGE_USER_RAW + i);
    if (is_promised(k)) {
        if (!scl_build_has(k->d, object, raw))
            set_likely_user(k, object, raw);
        return;
    }
    if (!scl_build_has(k->d, object, raw))
        scl_build_text(k->d, object, raw, SCL_S(""), origin);
    if (!scl_build_has(k->d, object, raw + UID) && !scl_build_has(k->d, object, raw + NAME))
        scl_build_int(k->d, object, raw + UID, 0, scl_build_derived(k->d, object, raw));
}

void
scl_linked_entries(const struct scl_linked *k, uint32_t object, unsigned field, unsigned from)
{
    const struct scl_value *map = scl_linked_value(k->base, from);

    for (uint32_t i = 0; map && map->kind == SCL_KIND_MAP && i < map->as.list->count; i++) {
        const struct scl_value *item = &map->as.list->items[i];
        struct scl_str key = map->as.list->keys[i];

        if (item->kind == SCL_KIND_TEXT)
            link_value(scl_build_entry(
                k->d, object, field,
                scl_str_n(scl_arena_copy(&k->d->arena, key.at, key.len), key.len),
                scl_linked_text(k, item), scl_linked_origin(k, item->origin)));
    }
}

bool
scl_linked_variable(const struct scl_base *base, uint32_t index, const struct scl_value **ret_name,
                    const struct scl_value **ret_value)
{
    const struct scl_value *env = scl_linked_value(base, SCL_IMAGE_ENV);
    uint32_t object = env->as.list->items[index].as.object;

    *ret_name = scl_document_value(base->document, object, SCL_ENV_NAME);
    *ret_value = scl_document_value(base->document, object, SCL_ENV_VALUE);
    return *ret_name && (*ret_name)->kind == SCL_KIND_TEXT && *ret_value &&
           (*ret_value)->kind == SCL_KIND_TEXT;
}

uint32_t
scl_linked_variable_count(const struct scl_base *base)
{
    const struct scl_value *env = scl_linked_value(base, SCL_IMAGE_ENV);

    return env && env->kind == SCL_KIND_LIST ? env->as.list->count : 0;
}

void
scl_linked_env(const struct scl_linked *k, uint32_t object, unsigned field,
               const struct scl_map *replaced)
{
    for (uint32_t i = 0; i < scl_linked_variable_count(k->base); i++) {
        const struct scl_value *name, *value;
        uint32_t env;

        if (!scl_linked_variable(k->base, i, &name, &value) ||
            scl_map_find(replaced, scl_value_text(name)))
            continue;
        env = scl_build_object(k->d, object, field, scl_linked_origin(k, value->origin));
        link_value(scl_build_text(k->d, env, SCL_ENV_NAME, scl_linked_text(k, name),
                                  scl_linked_origin(k, name->origin)));
        link_value(scl_build_text(k->d, env, SCL_ENV_VALUE, scl_linked_text(k, value),
                                  scl_linked_origin(k, value->origin)));
        scl_build_text(k->d, env, SCL_ENV_ORIGIN, SCL_S("image"), 0);
    }
}

/* ---- containers ---- */

struct containers {
    struct scl_document *d;
    const struct scl_input *input;
    struct scl_arena scratch;
    struct scl_map bases; /* reference -> number */
    uint32_t *own;        /* of a subject, the base that is for it alone, plus 1 */
    uint16_t *files;      /* of each; 0: none so far */
};

/* A health check that the platform runs; Kubernetes and Nomad look at probes of their own. */
static bool
heeds_health(const char *family)
{
    return scl_str_is(scl_str_c(family), "docker") || scl_str_is(scl_str_c(family), "podman");
}

static bool
is_silent(const struct scl_linked *k, uint32_t root, unsigned field)
{
    return !scl_build_has(k->d, root, field);
}

/* Who says what is run: an entrypoint of the container takes the command of the image away. */
static void
link_words(const struct scl_linked *k, uint32_t root)
{
    bool has_entrypoint = !is_silent(k, root, SCL_CONTAINER_ENTRYPOINT);

    if (is_silent(k, root, SCL_CONTAINER_COMMAND) && !has_entrypoint)
        scl_linked_set(k, root, SCL_CONTAINER_COMMAND, SCL_IMAGE_COMMAND);
    if (!has_entrypoint)
        scl_linked_set(k, root, SCL_CONTAINER_ENTRYPOINT, SCL_IMAGE_ENTRYPOINT);
}

static void
link_variables(struct containers *c, const struct scl_linked *k, uint32_t root)
{
    const struct scl_value *env = scl_build_value(k->d, root, SCL_CONTAINER_ENV);
    struct scl_map own;

    scl_map_init(&own, &c->scratch);
    for (uint32_t i = 0; env && env->kind == SCL_KIND_LIST && i < env->as.list->count; i++) {
        const struct scl_value *name = scl_build_value(
            k->d, env->as.list->items[i].as.object, SCL_ENV_NAME);

        if (name && name->kind == SCL_KIND_TEXT)
            scl_map_put(&own, scl_value_text(name), i);
    }
    scl_linked_env(k, root, SCL_CONTAINER_ENV, &own);
}

static bool
is_root(const struct scl_linked *k)
{
    struct scl_reading reading;

    scl_view_read(k->base->document->view,
                  (struct scl_node){ k->base->image, SCL_IMAGE_USER_IS_ROOT, 0 }, &reading);
    return reading.value.kind == SCL_KIND_BOOL && reading.value.as.number;
}

/* What becomes of a container that must not be root: only a number proves that it is not. */
static void
note_refusal(const struct scl_linked *k, uint32_t root, uint32_t origin)
{
    const struct scl_value *rule = scl_build_value(k->d, root, SCL_CONTAINER_USER_NOT_ROOT);
    const struct scl_value *name = scl_linked_value(k->base, SCL_IMAGE_USER_NAME);
    struct scl_span span = scl_document_origin(k->d, origin)->place;

    if (!rule || rule->kind != SCL_KIND_BOOL || !rule->as.number)
        return;
    if (name && name->kind == SCL_KIND_TEXT && !scl_str_is(scl_value_text(name), "root"))
        scl_note_add(&k->d->notes, SCL_NOTE_WARNING, span,
                     "the image starts as %.*s, a name: runAsNonRoot takes numbers alone, and the "
                     "container will not start", SCL_ARG(scl_value_text(name)));
    else if (is_root(k))
        scl_note_add(&k->d->notes, SCL_NOTE_WARNING, span,
                     "the image starts as root: runAsNonRoot will not let the container start");
}

/* The base of a container, or NULL; several that are called so are a note. */
static const struct scl_base *
base_of(struct containers *c, uint32_t root)
{
    const struct scl_value *raw = scl_build_value(c->d, root, SCL_CONTAINER_IMAGE_RAW);
    uint32_t subject = scl_document_object(c->d, root)->subject, own = c->own[subject];
    const struct scl_map_entry *entry =
        raw && raw->kind == SCL_KIND_TEXT ? scl_map_find(&c->bases, scl_value_text(raw)) : NULL;
    const struct scl_base *base = own     ? &c->input->bases[own - 1]
                                  : entry ? &c->input->bases[entry->value]
                                          : NULL;

    if (base && !base->document)
        scl_note_add(&c->d->notes, SCL_NOTE_INFO, scl_document_origin(c->d, raw->origin)->value,
                     "several images at hand are called %.*s; none is taken",
                     SCL_ARG(base->reference));
    return base && base->document ? base : NULL;
}

/* Finds the base of a container, and the number that its files have in the document. */
static bool
find_base(struct containers *c, uint32_t root, struct scl_linked *ret)
{
    uint32_t index;

    *ret = (struct scl_linked){ .d = c->d, .base = base_of(c, root) };
    if (!ret->base)
        return false;
    index = (uint32_t)(ret->base - c->input->bases);
    if (!c->files[index])
        c->files[index] = scl_linked_file(c->d, ret->base);
    ret->file = c->files[index];
    return ret->file != 0;
}

static void
link_container(struct containers *c, uint32_t root, const char *family)
{
    static const struct {
        unsigned field, from;
    } plain[] = {
        { SCL_CONTAINER_WORKING_DIR, SCL_IMAGE_WORKING_DIR },
        { SCL_CONTAINER_STOP_SIGNAL, SCL_IMAGE_STOP_SIGNAL },
        { SCL_CONTAINER_HEALTHCHECK_DECLARED, SCL_IMAGE_HEALTHCHECK_DECLARED },
        { SCL_CONTAINER_HEALTHCHECK_DISABLED, SCL_IMAGE_HEALTHCHECK_DISABLED },
        { SCL_CONTAINER_HEALTHCHECK_TEST, SCL_IMAGE_HEALTHCHECK_TEST },
    };
    const struct scl_value *raw =
        scl_build_value(c->d, root, SCL_CONTAINER_IMAGE_RAW);
    bool has_health = scl_build_has(c->d, root, SCL_CONTAINER_HEALTHCHECK_DECLARED) ||
                      scl_build_has(c->d, root, SCL_CONTAINER_HEALTHCHECK_TEST);
    uint32_t origin = raw ? raw->origin : 0;
    struct scl_linked k;

    if (!find_base(c, root, &k))
        return;
    if (is_silent(&k, root, SCL_CONTAINER_USER_RAW) &&
        is_silent(&k, root, SCL_CONTAINER_USER_UID)) {
        note_refusal(&k, root, origin);
        scl_linked_user(&k, root, SCL_CONTAINER_USER_RAW, origin);
    }
    link_words(&k, root);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (is_silent(&k, root, plain[i].field) &&
            (i < 2 || (heeds_health(family) && !has_health)))
            scl_linked_set(&k, root, plain[i].field, plain[i].from);
    link_variables(c, &k, root);
}

void
scl_linked_containers(struct scl_document *d, const struct scl_input *input)
{
    struct containers c = { .d = d, .input = input };

    if (!input->base_count)
        return;
    scl_arena_init(&c.scratch);
    scl_map_init(&c.bases, &c.scratch);
    c.files = scl_arena_array(&c.scratch, input->base_count, sizeof *c.files);
    c.own = scl_arena_array(&c.scratch, d->subjects.count, sizeof *c.own);
    for (uint32_t i = 0; c.files && c.own && i < input->base_count; i++) {
        uint32_t container = input->bases[i].container;

        if (!container)
            scl_map_put(&c.bases, input->bases[i].reference, i);
        else if (container <= d->subjects.count)
            c.own[container - 1] = i + 1;
    }
    for (uint32_t i = 0; c.files && c.own && i < d->subjects.count; i++)
        if (d->subjects.at[i].type == SCL_TYPE_CONTAINER)
            link_container(&c, d->subjects.at[i].root, d->subjects.at[i].family);
    d->arena.failed = d->arena.failed || c.scratch.failed;
    scl_arena_finish(&c.scratch);
}
