/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.c: what follows from a document, its facts and its links
 *
 * One function a subject, which reads the document and sets fields in the overlay, each with the
 * field it follows from. What rests on an unknown value is unknown.
 */
#include "document/derive.h"

#include "base/path.h"
#include "syntax/reference.h"

#include <string.h>

/* The field of a user, as SCL_USER_FIELDS orders them from user.raw on. */
enum { RAW, UID, GID, NAME, GROUP_NAME, IS_ROOT, CERTAINTY };

static const struct scl_value *
document_value(const struct scl_view *view, uint32_t object, unsigned field)
{
    return scl_document_value(view->document, object, field);
}

static bool
is_unknown(const struct scl_value *value)
{
    return value && value->state == SCANTLING_STATE_UNKNOWN;
}

static struct scl_value *
overlay(struct scl_view *view, uint32_t object, unsigned field, scantling_state state)
{
    struct scl_overlay *made = scl_vec_push(&view->arena, &view->overlay);

    if (!made)
        return NULL;
    made->object = object;
    made->value.field = (uint16_t)field;
    made->value.state = (uint8_t)state;
    return &made->value;
}

static uint32_t
follows(struct scl_view *view, uint32_t object, unsigned field)
{
    struct scl_origin *origin = field ? scl_vec_push(&view->arena, &view->origins) : NULL;

    if (!origin)
        return 0;
    origin->from_object = object;
    origin->from_field = (uint16_t)field;
    return view->document->origins.count + view->origins.count - 1;
}

/* Sets a truth that follows from field `from` of the same object; SCL_NONE: it is a default. */
static void
set_bool(struct scl_view *view, uint32_t object, unsigned field, bool truth, unsigned from)
{
    uint32_t origin = follows(view, object, from);
    struct scl_value *value =
        overlay(view, object, field, from ? SCANTLING_STATE_DERIVED : SCANTLING_STATE_DEFAULT);

    if (!value)
        return;
    value->kind = SCL_KIND_BOOL;
    value->as.number = truth;
    value->origin = origin;
}

static void
set_int(struct scl_view *view, uint32_t object, unsigned field, int64_t number, unsigned from)
{
    uint32_t origin = follows(view, object, from);
    struct scl_value *value = overlay(view, object, field, SCANTLING_STATE_DERIVED);

    if (!value)
        return;
    value->kind = SCL_KIND_INT;
    value->as.number = number;
    value->origin = origin;
}

static void
set_text(struct scl_view *view, uint32_t object, unsigned field, struct scl_str text, unsigned from)
{
    uint32_t origin = follows(view, object, from);
    struct scl_value *value = overlay(view, object, field, SCANTLING_STATE_DERIVED);

    if (!value)
        return;
    value->kind = SCL_KIND_TEXT;
    value->as.text = text.at;
    value->length = (uint32_t)text.len;
    value->origin = origin;
}

static void
set_c(struct scl_view *view, uint32_t object, unsigned field, const char *text, unsigned from)
{
    set_text(view, object, field, scl_str_c(text), from);
}

static void
set_unknown(struct scl_view *view, uint32_t object, unsigned field, unsigned from)
{
    uint32_t origin = follows(view, object, from);
    struct scl_value *value = overlay(view, object, field, SCANTLING_STATE_UNKNOWN);

    if (value)
        value->origin = origin;
}

/* Whom the process runs as, by what the document says of it. False where it says nothing. */
static bool
derive_declared_user(struct scl_view *view, uint32_t root, unsigned raw)
{
    const struct scl_value *uid = document_value(view, root, raw + UID);
    const struct scl_value *name = document_value(view, root, raw + NAME);

    if (is_unknown(document_value(view, root, raw))) {
        set_unknown(view, root, raw + IS_ROOT, raw);
        set_c(view, root, raw + CERTAINTY, "unknown", raw);
        return true;
    }
    if (uid && uid->kind == SCL_KIND_INT) {
        unsigned from = document_value(view, root, raw) ? raw : raw + UID;

        set_bool(view, root, raw + IS_ROOT, uid->as.number == 0, from);
        set_c(view, root, raw + CERTAINTY, "exact", from);
        return true;
    }
    if (name && name->kind == SCL_KIND_TEXT && name->length) {
        set_bool(view, root, raw + IS_ROOT, scl_str_is(scl_value_text(name), "root"), raw);
        set_c(view, root, raw + CERTAINTY, "name", raw);
        return true;
    }
    return false;
}

/* The row of the first facts that fit the base, or SCL_FACTS_NONE. */
static uint32_t
base_row(struct scl_view *view, const struct scl_facts_table *table, struct scl_str base)
{
    struct scl_arena scratch;
    struct scl_reference reference;
    uint32_t found = SCL_FACTS_NONE;
    uint64_t steps = 1000000;

    scl_arena_init(&scratch);
    if (scl_reference_parse(&scratch, base, &reference))
        for (uint32_t row = 0; row < table->row_count && found == SCL_FACTS_NONE; row++)
            if (scl_reference_match(scl_facts_text(table, row, 0), &reference, &steps))
                found = row;
    view->arena.failed = view->arena.failed || scratch.failed;
    scl_arena_finish(&scratch);
    return found;
}

static bool
set_fact(struct scl_view *view, uint32_t root, unsigned field, const struct scl_facts_table *table,
         uint32_t row, const char *column)
{
    unsigned from = SCL_IMAGE_BASE_REPOSITORY;
    const struct scl_fact *cell =
        scl_facts_cell(table, row, scl_facts_column(table, scl_str_c(column)));

    if (cell->kind == SCL_FACT_INT)
        set_int(view, root, field, cell->as.number, from);
    else if (cell->kind == SCL_FACT_BOOL)
        set_bool(view, root, field, cell->as.number != 0, from);
    else if (cell->kind == SCL_FACT_TEXT)
        set_text(view, root, field, scl_str_n(cell->as.text, cell->len), from);
    return cell->kind != SCL_FACT_NIL;
}

/* An image without a USER has the user of its base: as the facts know it, else most likely root. */
static void
derive_base_user(struct scl_view *view, uint32_t root, const struct scl_value *base)
{
    const struct scl_facts_table *table =
        scl_facts_find(view->facts, SCL_S("image_default_users"));
    uint32_t row = table ? base_row(view, table, scl_value_text(base)) : SCL_FACTS_NONE;

    if (row != SCL_FACTS_NONE &&
        set_fact(view, root, SCL_IMAGE_USER_IS_ROOT, table, row, "is_root")) {
        set_fact(view, root, SCL_IMAGE_USER_NAME, table, row, "user");
        set_fact(view, root, SCL_IMAGE_USER_UID, table, row, "uid");
        set_fact(view, root, SCL_IMAGE_USER_GID, table, row, "gid");
        set_c(view, root, SCL_IMAGE_USER_CERTAINTY, "image", SCL_IMAGE_BASE_REPOSITORY);
        return;
    }
    set_bool(view, root, SCL_IMAGE_USER_IS_ROOT, true, SCL_NONE);
    set_c(view, root, SCL_IMAGE_USER_CERTAINTY, "default", SCL_IMAGE_BASE_RAW);
}

static void
derive_image(struct scl_view *view, uint32_t root)
{
    const struct scl_value *base = document_value(view, root, SCL_IMAGE_BASE_RAW);
    const struct scl_value *repository = document_value(view, root, SCL_IMAGE_BASE_REPOSITORY);
    bool from_scratch = base && base->kind == SCL_KIND_TEXT &&
                        scl_str_is(scl_value_text(base), "scratch");
    const struct scl_value *os = document_value(view, root, SCL_IMAGE_OS);

    if (os && os->kind == SCL_KIND_TEXT && scl_str_is(scl_value_text(os), "windows")) {
        overlay(view, root, SCL_IMAGE_USER_IS_ROOT, SCANTLING_STATE_NOT_APPLICABLE);
        return;
    }
    if (derive_declared_user(view, root, SCL_IMAGE_USER_RAW))
        return;
    if (is_unknown(base)) {
        set_unknown(view, root, SCL_IMAGE_USER_IS_ROOT, SCL_IMAGE_BASE_RAW);
        set_c(view, root, SCL_IMAGE_USER_CERTAINTY, "unknown", SCL_IMAGE_BASE_RAW);
    } else if (repository && repository->kind == SCL_KIND_TEXT && !from_scratch &&
               strcmp(view->document->resolution, "request") == 0) {
        derive_base_user(view, root, base);
    } else {
        set_bool(view, root, SCL_IMAGE_USER_IS_ROOT, true, SCL_IMAGE_USER_RAW);
        set_c(view, root, SCL_IMAGE_USER_CERTAINTY, "image", SCL_IMAGE_USER_RAW);
    }
}

/* Whether a mount's source covers the socket of an engine. */
static bool
covers_socket(const struct scl_view *view, struct scl_str source)
{
    const struct scl_facts_table *table = scl_facts_find(view->facts, SCL_S("engine_sockets"));

    for (uint32_t row = 0; table && row < table->row_count; row++)
        if (scl_path_covers(source, scl_facts_text(table, row, 0)))
            return true;
    return false;
}

static void
derive_mount_facts(struct scl_view *view, uint32_t root)
{
    uint32_t subject = scl_document_object(view->document, root)->subject;
    struct scl_type_index mounts = scl_document_by_type(view->document, subject, SCL_TYPE_MOUNT);
    bool socket = false, host_root = false, unknown = false;

    for (uint32_t i = 0; i < mounts.count; i++) {
        const struct scl_value *type = document_value(view, mounts.objects[i], SCL_MOUNT_TYPE);
        const struct scl_value *source = document_value(view, mounts.objects[i], SCL_MOUNT_SOURCE);

        if (is_unknown(source))
            unknown = true;
        if (!type || type->kind != SCL_KIND_TEXT || !source || source->kind != SCL_KIND_TEXT)
            continue;
        if (!scl_str_is(scl_value_text(type), "bind") && !scl_str_is(scl_value_text(type), "npipe"))
            continue;
        socket = socket || covers_socket(view, scl_value_text(source));
        host_root = host_root || scl_path_covers(scl_value_text(source), SCL_S("/"));
    }
    if (unknown && !socket)
        set_unknown(view, root, SCL_CONTAINER_FACTS_SOCKET, SCL_CONTAINER_MOUNTS);
    else
        set_bool(view, root, SCL_CONTAINER_FACTS_SOCKET, socket, SCL_CONTAINER_MOUNTS);
    if (unknown && !host_root)
        set_unknown(view, root, SCL_CONTAINER_FACTS_HOST_ROOT, SCL_CONTAINER_MOUNTS);
    else
        set_bool(view, root, SCL_CONTAINER_FACTS_HOST_ROOT, host_root, SCL_CONTAINER_MOUNTS);
}

/* Of a container whose document names no user: root, where nothing else can decide any more. */
static void
derive_silent_user(struct scl_view *view, uint32_t root)
{
    if (strcmp(view->document->resolution, "resolved") == 0) {
        set_bool(view, root, SCL_CONTAINER_USER_IS_ROOT, true, SCL_CONTAINER_USER_RAW);
        set_c(view, root, SCL_CONTAINER_USER_CERTAINTY, "exact", SCL_CONTAINER_USER_RAW);
        return;
    }
    set_unknown(view, root, SCL_CONTAINER_USER_IS_ROOT, SCL_CONTAINER_USER_RAW);
    set_unknown(view, root, SCL_CONTAINER_USER_ROOT_MAPS, SCL_CONTAINER_USER_RAW);
}

static void
derive_container(struct scl_view *view, uint32_t root)
{
    uint32_t subject = scl_document_object(view->document, root)->subject;
    const struct scl_value *user_namespace =
        document_value(view, root, SCL_CONTAINER_NS_USER_HOST);
    const struct scl_value *uid = document_value(view, root, SCL_CONTAINER_USER_UID);

    derive_mount_facts(view, root);
    if (view->document->subjects.at[subject].is_windows) {
        overlay(view, root, SCL_CONTAINER_USER_IS_ROOT, SCANTLING_STATE_NOT_APPLICABLE);
        overlay(view, root, SCL_CONTAINER_USER_ROOT_MAPS, SCANTLING_STATE_NOT_APPLICABLE);
        return;
    }
    if (!derive_declared_user(view, root, SCL_CONTAINER_USER_RAW)) {
        derive_silent_user(view, root);
    } else if (uid && uid->kind == SCL_KIND_INT &&
               !document_value(view, root, SCL_CONTAINER_USER_ROOT_MAPS)) {
        set_bool(view, root, SCL_CONTAINER_USER_ROOT_MAPS,
                 uid->as.number == 0 && !(user_namespace && !user_namespace->as.number),
                 SCL_CONTAINER_NS_USER_HOST);
    }
}

void
scl_derive(struct scl_view *view)
{
    for (uint32_t i = 0; i < view->document->subjects.count; i++) {
        const struct scl_subject_entry *subject = &view->document->subjects.at[i];

        if (subject->type == SCL_TYPE_IMAGE)
            derive_image(view, subject->root);
        else if (subject->type == SCL_TYPE_CONTAINER)
            derive_container(view, subject->root);
    }
}
