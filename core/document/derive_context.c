/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive_context.c: what a subject has from the host it runs on, and from assumptions
 *
 * The daemon of a host gives its containers defaults of its own. Where a container leaves open what
 * the linked host says, the value is linked, and its place is in the document of the host. What
 * neither says is assumed, if somebody does. Only containers that a Docker daemon is asked for have
 * anything from it: a kubelet, ECS and Nomad set what they leave open themselves.
 */
#include "document/assume.h"
#include "document/derive.h"
#include "document/joint.h"
#include "document/overlay.h"

#include <string.h>

struct context {
    struct scl_view *view;
    uint32_t root;
    const struct scl_document *host; /* NULL: none is linked */
    uint32_t host_root;              /* there */
    uint32_t host_number;            /* in the view */
    bool is_privileged;              /* or it may be */
};

static const struct scl_value *
own_value(const struct context *c, unsigned field)
{
    return scl_document_value(c->view->document, c->root, field);
}

static bool
is_of_format(const struct context *c, const char *format)
{
    const struct scl_value *value = own_value(c, SCL_CONTAINER_FORMAT);

    return value && value->kind == SCL_KIND_TEXT && scl_str_is(scl_value_text(value), format);
}

static bool
is_silent(const struct context *c, unsigned field)
{
    const struct scl_value *value = own_value(c, field);

    return !value || value->state == SCANTLING_STATE_NULL;
}

/* ---- the host ---- */

static uint32_t
adopt_origin(struct context *c, uint32_t origin)
{
    struct scl_origin *made;
    const struct scl_origin *from = scl_document_origin(c->host, origin);

    if (!origin || from->from_field != SCL_NONE)
        return 0;
    made = scl_vec_push(&c->view->building, &c->view->origins);
    if (!made)
        return 0;
    *made = *from;
    made->file =
        (from->file + scl_joint_first_file(c->view, c->host_number)) & (SCL_FILE_LIMIT - 1);
    return c->view->document->origins.count + c->view->origins.count - 1;
}

/* What the document of the host says of a field, or NULL. */
static const struct scl_value *
host_value(const struct context *c, unsigned field)
{
    const struct scl_value *value = scl_document_value(c->host, c->host_root, field);

    return value && value->kind != SCL_KIND_EMPTY ? value : NULL;
}

static struct scl_value *
link(struct context *c, unsigned field, const struct scl_value *from)
{
    uint32_t origin = adopt_origin(c, from->origin);
    struct scl_value *made = scl_overlay_add(c->view, c->root, field, SCANTLING_STATE_LINKED);

    if (made) {
        made->kind = from->kind;
        made->length = from->length;
        made->as = from->as;
        made->origin = origin;
    }
    return made;
}

static void
link_text(struct context *c, unsigned field, const char *text, const struct scl_value *from)
{
    struct scl_value *made = link(c, field, from);

    if (made) {
        made->kind = SCL_KIND_TEXT;
        made->as.text = text;
        made->length = (uint32_t)strlen(text);
    }
}

static void
link_bool(struct context *c, unsigned field, bool truth, const struct scl_value *from)
{
    struct scl_value *made = link(c, field, from);

    if (made) {
        made->kind = SCL_KIND_BOOL;
        made->as.number = truth;
    }
}

/* Fields that a container has as the host says them. */
static const struct {
    uint16_t field, from;
} plain[] = {
    { SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_HOST_NO_NEW_PRIVILEGES },
    { SCL_CONTAINER_INIT, SCL_HOST_INIT },
    { SCL_CONTAINER_SHM_SIZE, SCL_HOST_DEFAULT_SHM_SIZE },
    { SCL_CONTAINER_RUNTIME, SCL_HOST_DEFAULT_RUNTIME },
    { SCL_CONTAINER_CGROUP_PARENT, SCL_HOST_CGROUP_PARENT },
    { SCL_CONTAINER_LOGGING_DRIVER, SCL_HOST_LOG_DRIVER },
};

static void
link_seccomp(struct context *c)
{
    const struct scl_value *profile = host_value(c, SCL_HOST_SECCOMP_PROFILE);
    bool is_off, is_own;

    if (!profile || c->is_privileged || !is_silent(c, SCL_CONTAINER_SECCOMP_MODE))
        return;
    is_off = scl_str_is(scl_value_text(profile), "unconfined");
    is_own = !is_off && !scl_str_is(scl_value_text(profile), "builtin") &&
             !scl_str_is(scl_value_text(profile), "default");
    link_text(c, SCL_CONTAINER_SECCOMP_MODE,
              is_off ? "unconfined" : is_own ? "profile" : "default", profile);
    link_bool(c, SCL_CONTAINER_SECCOMP_CONFINED, !is_off, profile);
    if (is_own)
        link(c, SCL_CONTAINER_SECCOMP_PROFILE, profile);
}

static void
link_namespace(struct context *c, unsigned mode, unsigned host, const struct scl_value *from,
               const char *text)
{
    if (!from || !is_silent(c, mode) || !is_silent(c, host))
        return;
    if (text)
        link_text(c, mode, text, from);
    else
        link(c, mode, from);
    link_bool(c, host, scl_str_is(text ? scl_str_c(text) : scl_value_text(from), "host"), from);
}

static void
link_namespaces(struct context *c)
{
    const struct scl_value *remap = host_value(c, SCL_HOST_USERNS_REMAP);
    const struct scl_value *rootless = host_value(c, SCL_HOST_ROOTLESS);
    const struct scl_value *cgroup = host_value(c, SCL_HOST_DEFAULT_CGROUPNS_MODE);
    const struct scl_value *version = host_value(c, SCL_HOST_CGROUP_VERSION);

    link_namespace(c, SCL_CONTAINER_NS_IPC_MODE, SCL_CONTAINER_NS_IPC_HOST,
                   host_value(c, SCL_HOST_DEFAULT_IPC_MODE), NULL);
    if (cgroup)
        link_namespace(c, SCL_CONTAINER_NS_CGROUP_MODE, SCL_CONTAINER_NS_CGROUP_HOST, cgroup, NULL);
    else if (version && version->kind == SCL_KIND_TEXT)
        link_namespace(c, SCL_CONTAINER_NS_CGROUP_MODE, SCL_CONTAINER_NS_CGROUP_HOST, version,
                       scl_str_is(scl_value_text(version), "1") ? "host" : "private");
    if (remap && remap->length)
        link_namespace(c, SCL_CONTAINER_NS_USER_MODE, SCL_CONTAINER_NS_USER_HOST, remap,
                       "private");
    else if (rootless && rootless->as.number)
        link_namespace(c, SCL_CONTAINER_NS_USER_MODE, SCL_CONTAINER_NS_USER_HOST, rootless,
                       "private");
}

/* Whether the container has a limit of the name of the host's. */
static bool
has_limit(const struct context *c, const struct scl_value *own, const struct scl_value *limit)
{
    const struct scl_value *name =
        scl_document_value(c->host, limit->as.object, SCL_ULIMIT_NAME);

    for (uint32_t i = 0; own && own->kind == SCL_KIND_LIST && i < own->as.list->count; i++) {
        const struct scl_value *other = scl_document_value(
            c->view->document, own->as.list->items[i].as.object, SCL_ULIMIT_NAME);

        if (name && other && other->kind == SCL_KIND_TEXT && name->kind == SCL_KIND_TEXT &&
            scl_str_same(scl_value_text(name), scl_value_text(other)))
            return true;
    }
    return false;
}

/* Limits of the container, and those of the host that it has none of. */
static void
link_limits(struct context *c)
{
    const struct scl_value *own = own_value(c, SCL_CONTAINER_ULIMITS);
    const struct scl_value *limits = host_value(c, SCL_HOST_DEFAULT_ULIMITS);
    uint32_t count = own && own->kind == SCL_KIND_LIST ? own->as.list->count : 0;
    uint32_t base = c->host_number - c->host_root;
    struct scl_value *list;

    if (!limits || limits->kind != SCL_KIND_LIST || (own && own->flags & SCL_VALUE_OPEN))
        return;
    list = scl_overlay_list(c->view, c->root, SCL_CONTAINER_ULIMITS,
                            count + limits->as.list->count, SCL_NONE);
    if (!list)
        return;
    list->state = SCANTLING_STATE_LINKED;
    for (uint32_t i = 0; i < count; i++)
        scl_overlay_object(list, own->as.list->items[i].as.object);
    for (uint32_t i = 0; i < limits->as.list->count; i++)
        if (!has_limit(c, own, &limits->as.list->items[i]))
            scl_overlay_object(list, base + limits->as.list->items[i].as.object);
}

static void
derive_from_host(struct context *c)
{
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        const struct scl_value *value = host_value(c, plain[i].from);

        if (value && is_silent(c, plain[i].field))
            link(c, plain[i].field, value);
    }
    link_seccomp(c);
    link_namespaces(c);
    link_limits(c);
}

/* The link of a container to its host, found by halving, or NULL. */
static const struct scl_link *
host_link(const struct scl_links *links, uint32_t root)
{
    uint32_t low = 0, high = links->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct scl_link *link = &links->at[middle];

        if (link->root < root || (link->root == root && link->field < SCL_CONTAINER_LINKED_HOST))
            low = middle + 1;
        else
            high = middle;
    }
    return low < links->count && links->at[low].root == root &&
                   links->at[low].field == SCL_CONTAINER_LINKED_HOST
               ? &links->at[low]
               : NULL;
}

/* ---- assumptions ---- */

static struct scl_str
assumed(const struct context *c, enum scl_assumption_id id)
{
    return c->view->assumed ? c->view->assumed->values[id] : (struct scl_str){ NULL, 0 };
}

static struct scl_value *
assume(struct context *c, unsigned field, enum scl_kind kind, enum scl_assumption_id id)
{
    struct scl_value *made = scl_overlay_add(c->view, c->root, field, SCANTLING_STATE_DEFAULT);

    c->view->used_assumptions |= 1u << id;
    if (made) {
        made->kind = (uint8_t)kind;
        made->flags = SCL_VALUE_ASSUMED;
    }
    return made;
}

static void
assume_text(struct context *c, unsigned field, struct scl_str text, enum scl_assumption_id id)
{
    struct scl_value *made = assume(c, field, SCL_KIND_TEXT, id);

    if (made) {
        made->as.text = text.at;
        made->length = (uint32_t)text.len;
    }
}

static void
assume_bool(struct context *c, unsigned field, bool truth, enum scl_assumption_id id)
{
    struct scl_value *made = assume(c, field, SCL_KIND_BOOL, id);

    if (made)
        made->as.number = truth;
}

/* Engines give containers a control group namespace of their own on version 2 alone. */
static void
assume_cgroup(struct context *c)
{
    struct scl_str version = assumed(c, SCL_ASSUME_CGROUP);
    bool is_host = scl_str_is(version, "1");

    if (!version.len || !is_silent(c, SCL_CONTAINER_NS_CGROUP_MODE) ||
        !is_silent(c, SCL_CONTAINER_NS_CGROUP_HOST) ||
        (c->host && (host_value(c, SCL_HOST_DEFAULT_CGROUPNS_MODE) ||
                     host_value(c, SCL_HOST_CGROUP_VERSION))))
        return;
    assume_text(c, SCL_CONTAINER_NS_CGROUP_MODE, is_host ? SCL_S("host") : SCL_S("private"),
                SCL_ASSUME_CGROUP);
    assume_bool(c, SCL_CONTAINER_NS_CGROUP_HOST, is_host, SCL_ASSUME_CGROUP);
}

/* A kubelet may give the filter of its runtime to whatever asks for none. */
static void
assume_seccomp(struct context *c)
{
    struct scl_str truth = assumed(c, SCL_ASSUME_KUBELET_SECCOMP);
    bool is_on = scl_str_is(truth, "true");

    if (!truth.len || c->is_privileged || !is_silent(c, SCL_CONTAINER_SECCOMP_MODE) ||
        !is_of_format(c, "kubernetes"))
        return;
    assume_text(c, SCL_CONTAINER_SECCOMP_MODE, is_on ? SCL_S("default") : SCL_S("unconfined"),
                SCL_ASSUME_KUBELET_SECCOMP);
    assume_bool(c, SCL_CONTAINER_SECCOMP_CONFINED, is_on, SCL_ASSUME_KUBELET_SECCOMP);
}

/* ---- subjects ---- */

static bool
is_asked_of_docker(const struct context *c, uint32_t subject)
{
    return (is_of_format(c, "compose") || is_of_format(c, "docker-run") ||
            is_of_format(c, "docker-create-body")) &&
           strcmp(scl_view_family(c->view, subject), "docker") == 0;
}

/* The runtime that is assumed is also what the container says that it runs on. */
static void
assume_runtime(struct context *c)
{
    const struct scl_value *format = own_value(c, SCL_CONTAINER_FORMAT);
    const char *family = c->view->families && format && format->kind == SCL_KIND_TEXT
                             ? scl_assumed_family(c->view->assumed, scl_value_text(format))
                             : NULL;

    if (family)
        assume_text(c, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(family), SCL_ASSUME_RUNTIME);
}

/* Finds the host that a container has settings of. */
static bool
find_host(struct context *c)
{
    uint32_t subject = scl_document_object(c->view->document, c->root)->subject;
    const struct scl_link *link = host_link(&c->view->links, c->root);

    if (!link || !is_asked_of_docker(c, subject))
        return false;
    c->host_root = c->host_number = scl_joint_object(c->view, link->document, link->object);
    c->host = scl_joint_document(c->view, &c->host_root);
    return true;
}

void
scl_derive_context(struct scl_view *view, uint32_t root)
{
    const struct scl_value *privileged =
        scl_document_value(view->document, root, SCL_CONTAINER_PRIVILEGED);
    struct context c = { .view = view, .root = root };

    c.is_privileged = privileged && (privileged->state == SCANTLING_STATE_UNKNOWN ||
                                     privileged->as.number);
    assume_runtime(&c);
    if (find_host(&c))
        derive_from_host(&c);
    assume_cgroup(&c);
    assume_seccomp(&c);
}

bool
scl_derive_port(struct scl_view *view, uint32_t root, uint32_t port)
{
    struct context c = { .view = view, .root = root };
    const struct scl_value *ip = find_host(&c) ? host_value(&c, SCL_HOST_IP) : NULL;

    if (!ip || ip->kind != SCL_KIND_TEXT)
        return false;
    c.root = port;
    link(&c, SCL_PORT_HOST_IP, ip);
    scl_overlay_bool(view, port, SCL_PORT_ALL_INTERFACES, scl_is_wildcard(scl_value_text(ip)),
                     SCL_PORT_HOST_IP);
    return true;
}

/* Which engine it is that a file of settings is for, nobody writes into that. */
void
scl_derive_host(struct scl_view *view, uint32_t root)
{
    struct context c = { .view = view, .root = root };
    struct scl_str version = assumed(&c, SCL_ASSUME_RUNTIME_VERSION);

    if (version.len && is_silent(&c, SCL_HOST_SERVER_VERSION))
        assume_text(&c, SCL_HOST_SERVER_VERSION, version, SCL_ASSUME_RUNTIME_VERSION);
}
