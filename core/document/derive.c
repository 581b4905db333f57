/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive.c: what follows from a document, its facts and its links
 *
 * One function a subject, which reads the document and sets fields in the overlay, each with the
 * field it follows from. An image that a stage would promise is treated like one that is a subject.
 * What rests on an unknown value is unknown.
 */
#include "document/derive.h"

#include "base/path.h"
#include "document/overlay.h"
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

/* Whether it has the user of an image of which that is only likely. */
static bool
has_linked_user(const struct scl_view *view, uint32_t root, unsigned raw)
{
    const struct scl_value *is_root = document_value(view, root, raw + IS_ROOT);

    return is_root && is_root->state == SCANTLING_STATE_LINKED;
}

/* Whom the process runs as, by what the document says of it. False where it says nothing. */
static bool
derive_declared_user(struct scl_view *view, uint32_t root, unsigned raw)
{
    const struct scl_value *uid = document_value(view, root, raw + UID);
    const struct scl_value *name = document_value(view, root, raw + NAME);

    if (is_unknown(document_value(view, root, raw))) {
        scl_overlay_unknown(view, root, raw + IS_ROOT, raw);
        scl_overlay_text(view, root, raw + CERTAINTY, SCL_S("unknown"), raw);
        return true;
    }
    if (uid && uid->kind == SCL_KIND_INT) {
        unsigned from = document_value(view, root, raw) ? raw : raw + UID;

        scl_overlay_bool(view, root, raw + IS_ROOT, uid->as.number == 0, from);
        scl_overlay_text(view, root, raw + CERTAINTY, SCL_S("exact"), from);
        return true;
    }
    if (name && name->kind == SCL_KIND_TEXT && name->length) {
        scl_overlay_bool(view, root, raw + IS_ROOT, scl_str_is(scl_value_text(name), "root"), raw);
        scl_overlay_text(view, root, raw + CERTAINTY, SCL_S("name"), raw);
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
        scl_overlay_int(view, root, field, cell->as.number, from);
    else if (cell->kind == SCL_FACT_BOOL)
        scl_overlay_bool(view, root, field, cell->as.number != 0, from);
    else if (cell->kind == SCL_FACT_TEXT)
        scl_overlay_text(view, root, field, scl_str_n(cell->as.text, cell->len), from);
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
        scl_overlay_text(view, root, SCL_IMAGE_USER_CERTAINTY, SCL_S("image"),
                         SCL_IMAGE_BASE_REPOSITORY);
        return;
    }
    scl_overlay_bool(view, root, SCL_IMAGE_USER_IS_ROOT, true, SCL_NONE);
    scl_overlay_text(view, root, SCL_IMAGE_USER_CERTAINTY, SCL_S("default"), SCL_IMAGE_BASE_RAW);
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
        scl_overlay_add(view, root, SCL_IMAGE_USER_IS_ROOT, SCANTLING_STATE_NOT_APPLICABLE);
        return;
    }
    if (has_linked_user(view, root, SCL_IMAGE_USER_RAW) ||
        derive_declared_user(view, root, SCL_IMAGE_USER_RAW))
        return;
    if (is_unknown(base)) {
        scl_overlay_unknown(view, root, SCL_IMAGE_USER_IS_ROOT, SCL_IMAGE_BASE_RAW);
        scl_overlay_text(view, root, SCL_IMAGE_USER_CERTAINTY, SCL_S("unknown"),
                         SCL_IMAGE_BASE_RAW);
    } else if (repository && repository->kind == SCL_KIND_TEXT && !from_scratch &&
               strcmp(view->document->resolution, "request") == 0) {
        derive_base_user(view, root, base);
    } else {
        scl_overlay_bool(view, root, SCL_IMAGE_USER_IS_ROOT, true, SCL_IMAGE_USER_RAW);
        scl_overlay_text(view, root, SCL_IMAGE_USER_CERTAINTY, SCL_S("image"), SCL_IMAGE_USER_RAW);
    }
}

/* Whether a mount's source covers the socket of an engine. Docker's is known by its name alone, in
 * whatever folder somebody had it made. */
static bool
covers_socket(const struct scl_view *view, struct scl_str source)
{
    const struct scl_facts_table *table = scl_facts_find(view->facts, SCL_S("engine_sockets"));

    if (scl_str_is(scl_path_base(source), "docker.sock"))
        return true;
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
        scl_overlay_unknown(view, root, SCL_CONTAINER_FACTS_SOCKET, SCL_CONTAINER_MOUNTS);
    else
        scl_overlay_bool(view, root, SCL_CONTAINER_FACTS_SOCKET, socket, SCL_CONTAINER_MOUNTS);
    if (unknown && !host_root)
        scl_overlay_unknown(view, root, SCL_CONTAINER_FACTS_HOST_ROOT, SCL_CONTAINER_MOUNTS);
    else
        scl_overlay_bool(view, root, SCL_CONTAINER_FACTS_HOST_ROOT, host_root,
                         SCL_CONTAINER_MOUNTS);
}

/* Of a container whose document names no user: root, where nothing else can decide any more. */
static void
derive_silent_user(struct scl_view *view, uint32_t root)
{
    if (is_unknown(document_value(view, root, SCL_CONTAINER_USER_RAW)) ||
        strcmp(view->document->resolution, "resolved") != 0) {
        scl_overlay_unknown(view, root, SCL_CONTAINER_USER_IS_ROOT, SCL_CONTAINER_USER_RAW);
        return;
    }
    scl_overlay_bool(view, root, SCL_CONTAINER_USER_IS_ROOT, true, SCL_CONTAINER_USER_RAW);
    scl_overlay_text(view, root, SCL_CONTAINER_USER_CERTAINTY, SCL_S("exact"),
                     SCL_CONTAINER_USER_RAW);
}

/* Whether its host gives it a user namespace of its own. */
static bool
has_own_users(const struct scl_view *view, uint32_t root)
{
    for (uint32_t i = view->overlay.count; i-- > 0 && view->overlay.at[i].object == root;)
        if (view->overlay.at[i].value.field == SCL_CONTAINER_NS_USER_HOST)
            return !view->overlay.at[i].value.as.number;
    return false;
}

/* Whether its root is that of the host: where it is root, without a user namespace of its own. */
static void
derive_root_maps(struct scl_view *view, uint32_t root)
{
    const struct scl_value *own_users = document_value(view, root, SCL_CONTAINER_NS_USER_HOST);
    const struct scl_value *uid = document_value(view, root, SCL_CONTAINER_USER_UID);
    const struct scl_value *name = document_value(view, root, SCL_CONTAINER_USER_NAME);
    bool has_uid = uid && uid->kind == SCL_KIND_INT;
    bool has_name = name && name->kind == SCL_KIND_TEXT && name->length;
    bool is_resolved = strcmp(view->document->resolution, "resolved") == 0;
    bool is_own = own_users ? !own_users->as.number : has_own_users(view, root);
    const struct scl_value *linked = document_value(view, root, SCL_CONTAINER_USER_IS_ROOT);
    bool is_root = has_uid    ? uid->as.number == 0
                   : has_name ? scl_str_is(scl_value_text(name), "root")
                              : !linked || linked->as.number;

    if (document_value(view, root, SCL_CONTAINER_USER_ROOT_MAPS))
        return;
    if (is_unknown(document_value(view, root, SCL_CONTAINER_USER_RAW)) || is_unknown(own_users) ||
        (!has_uid && !has_name && !is_resolved && !linked))
        scl_overlay_unknown(view, root, SCL_CONTAINER_USER_ROOT_MAPS, SCL_CONTAINER_USER_RAW);
    else
        scl_overlay_bool(view, root, SCL_CONTAINER_USER_ROOT_MAPS,
                         is_root && !is_own,
                         SCL_CONTAINER_NS_USER_HOST);
}

bool
scl_is_wildcard(struct scl_str ip)
{
    static const char *const all[] = { "0.0.0.0", "::", "[::]", "*" };
    bool found = ip.len == 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        found = found || scl_str_is(ip, all[i]);
    return found;
}

/* Whether each port is published on every address of the host. */
static void
derive_ports(struct scl_view *view, uint32_t root, uint32_t subject)
{
    struct scl_type_index ports = scl_document_by_type(view->document, subject, SCL_TYPE_PORT);

    for (uint32_t i = 0; i < ports.count; i++) {
        const struct scl_value *ip = document_value(view, ports.objects[i], SCL_PORT_HOST_IP);
        const struct scl_value *published =
            document_value(view, ports.objects[i], SCL_PORT_PUBLISHED);

        if (!published || !published->as.number)
            scl_overlay_bool(view, ports.objects[i], SCL_PORT_ALL_INTERFACES, false,
                             SCL_PORT_PUBLISHED);
        else if (is_unknown(ip))
            scl_overlay_unknown(view, ports.objects[i], SCL_PORT_ALL_INTERFACES,
                                SCL_PORT_HOST_IP);
        else if (ip || !scl_derive_port(view, root, ports.objects[i]))
            scl_overlay_bool(view, ports.objects[i], SCL_PORT_ALL_INTERFACES,
                             !ip || ip->kind != SCL_KIND_TEXT ||
                                 scl_is_wildcard(scl_value_text(ip)),
                             SCL_PORT_HOST_IP);
    }
}

/* A runtime that refuses to start it as root leaves no other way, unless a name could be it. */
static bool
derive_refused_root(struct scl_view *view, uint32_t root)
{
    const struct scl_value *rule = document_value(view, root, SCL_CONTAINER_USER_NOT_ROOT);
    const struct scl_value *uid = document_value(view, root, SCL_CONTAINER_USER_UID);
    unsigned from = SCL_CONTAINER_USER_NOT_ROOT;

    if (!rule || rule->kind != SCL_KIND_BOOL || !rule->as.number ||
        (uid && uid->kind == SCL_KIND_INT && uid->as.number != 0))
        return false;
    scl_overlay_bool(view, root, SCL_CONTAINER_USER_IS_ROOT, false, from);
    scl_overlay_text(view, root, SCL_CONTAINER_USER_CERTAINTY, SCL_S("policy"), from);
    scl_overlay_bool(view, root, SCL_CONTAINER_USER_ROOT_MAPS, false, from);
    return true;
}

static void
derive_container(struct scl_view *view, uint32_t root, struct scl_usual *usual)
{
    uint32_t subject = scl_document_object(view->document, root)->subject;

    derive_mount_facts(view, root);
    derive_ports(view, root, subject);
    if (view->document->subjects.at[subject].is_windows) {
        scl_overlay_add(view, root, SCL_CONTAINER_USER_IS_ROOT, SCANTLING_STATE_NOT_APPLICABLE);
        scl_overlay_add(view, root, SCL_CONTAINER_USER_ROOT_MAPS, SCANTLING_STATE_NOT_APPLICABLE);
        return;
    }
    if (!view->document->subjects.at[subject].is_foreign)
        scl_derive_context(view, root);
    if (!derive_refused_root(view, root)) {
        if (!has_linked_user(view, root, SCL_CONTAINER_USER_RAW) &&
            !derive_declared_user(view, root, SCL_CONTAINER_USER_RAW))
            derive_silent_user(view, root);
        if (!view->document->subjects.at[subject].is_foreign)
            derive_root_maps(view, root);
    }
    if (view->document->subjects.at[subject].is_foreign)
        return;
    scl_derive_confinement(view, root, usual);
}

void
scl_derive(struct scl_view *view)
{
    struct scl_usual usual = { .family = NULL };

    scl_derive_pods(view);
    for (uint32_t i = 0; i < view->document->subjects.count; i++) {
        const struct scl_subject_entry *subject = &view->document->subjects.at[i];

        if (subject->type == SCL_TYPE_IMAGE)
            derive_image(view, subject->root);
        else if (subject->type == SCL_TYPE_CONTAINER)
            derive_container(view, subject->root, &usual);
        else if (subject->type == SCL_TYPE_HOST)
            scl_derive_host(view, subject->root);
    }
    for (uint32_t i = SCL_TYPE_COUNT; i < view->document->objects.count; i++) {
        const struct scl_object *object = &view->document->objects.at[i];

        if (object->is_inner && object->type == SCL_TYPE_IMAGE)
            derive_image(view, i);
    }
}
