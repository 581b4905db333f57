/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked_lists.c: options of engines that may be given several times
 */
#include "formats/asked.h"

#include "formats/capabilities.h"
#include "formats/docker_container.h"

#include <string.h>

void
scl_asked_item(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    uint32_t origin = scl_part_origin(l, node, text);

    if (scl_part_is_known(text))
        scl_build_item_text(l->d, object, field, text, origin);
    else
        scl_build_item_unknown(l->d, object, field, origin);
}

void
scl_asked_capability(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    bool divides = strcmp(l->d->family, "podman") == 0; /* Docker takes the whole as a name */
    struct scl_str rest = scl_tree_text(node), name = rest;

    scl_build_group(l->d, object, SCL_CONTAINER_CAPABILITIES, scl_rows_origin(l, node));
    if (node->is_cut) {
        scl_build_open(l->d, object, field);
        return;
    }
    while (scl_str_cut(&rest, divides ? ',' : '\0', &name))
        scl_build_item_text(l->d, object, field, scl_capability_name(&l->d->arena, name),
                            scl_rows_origin(l, node));
}

void
scl_asked_entry(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct scl_str value = scl_tree_text(node), key;
    struct scl_value *made;

    if (!scl_str_cut(&value, '=', &key))
        return;
    if (!scl_part_is_known(key)) {
        scl_build_open(l->d, object, field);
        return;
    }
    if (!value.at)
        value = scl_str_n("", 0);
    made = scl_build_entry(l->d, object, field, key, value, scl_part_origin(l, node, value));
    if (made && !scl_part_is_known(value)) {
        made->kind = SCL_KIND_EMPTY;
        made->state = SCANTLING_STATE_UNKNOWN;
    }
}

/* The variable of that name in a list, so that of several the last counts; 0: it has none. */
static uint32_t
find_variable(const struct scl_document *d, uint32_t object, unsigned field, struct scl_str name)
{
    const struct scl_value *list = scl_build_find(d, object, field);
    uint32_t count = list && list->kind == SCL_KIND_LIST ? list->as.list->count : 0;

    if (count > 256) /* as long as that nobody writes it; a list stays a list */
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = list->as.list->items[i].as.object;
        const struct scl_value *value = scl_build_find(d, at, SCL_ENV_NAME);

        if (value && value->kind == SCL_KIND_TEXT && scl_str_same(scl_value_text(value), name))
            return at;
    }
    return 0;
}

void
scl_asked_variable(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node, struct scl_str name, const struct scl_str *value)
{
    uint32_t made;

    if (!scl_part_is_known(name)) {
        scl_build_open(l->d, object, field);
        return;
    }
    made = find_variable(l->d, object, field, name);
    if (!made)
        made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    scl_part_text(l, made, SCL_ENV_NAME, node, name);
    if (value)
        scl_part_text(l, made, SCL_ENV_VALUE, node, *value);
    else
        scl_build_empty(l->d, made, SCL_ENV_VALUE, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
    scl_build_text(l->d, made, SCL_ENV_ORIGIN, value ? SCL_S("literal") : SCL_S("host"), 0);
}

void
scl_asked_env(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    struct scl_str value = scl_tree_text(node), name;

    if (scl_str_cut(&value, '=', &name) && name.len)
        scl_asked_variable(l, object, field, node, name, value.at ? &value : NULL);
}

void
scl_asked_extra_host(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node), ip = text, host;
    bool by_equals = scl_str_find_char(text, '=') != SIZE_MAX;
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

    if (!scl_str_cut(&ip, by_equals ? '=' : ':', &host))
        return;
    scl_part_text(l, made, SCL_EXTRA_HOST_HOST, node, host);
    if (ip.len > 2 && ip.at[0] == '[' && ip.at[ip.len - 1] == ']')
        ip = scl_str_sub(ip, 1, ip.len - 2);
    if (ip.len)
        scl_part_text(l, made, SCL_EXTRA_HOST_IP, node, ip);
}

static void
set_ulimit(struct scl_lowering *l, uint32_t made, unsigned field, const struct scl_tree *node,
           struct scl_str part)
{
    if (scl_str_is(part, "-1") || scl_str_is(part, "unlimited"))
        scl_build_empty(l->d, made, field, SCANTLING_STATE_DECLARED,
                        scl_part_origin(l, node, part));
    else
        scl_part_int(l, made, field, node, part);
}

void
scl_asked_ulimit(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), name, soft;
    uint32_t made;

    scl_build_group(l->d, object, SCL_CONTAINER_RESOURCES, scl_rows_origin(l, node));
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    if (!scl_str_cut(&rest, '=', &name))
        return;
    scl_part_text(l, made, SCL_ULIMIT_NAME, node, name);
    if (!scl_str_cut(&rest, ':', &soft))
        return;
    set_ulimit(l, made, SCL_ULIMIT_SOFT, node, soft);
    set_ulimit(l, made, SCL_ULIMIT_HARD, node, rest.at ? rest : soft);
}

/* Of the letters r, w and m alone. */
static bool
is_permissions(struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != 'r' && text.at[i] != 'w' && text.at[i] != 'm')
            return false;
    return text.len > 0 && text.len <= 3;
}

void
scl_asked_device(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), source, target, permissions = SCL_S("rwm");
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    bool is_cdi = rest.len && rest.at[0] != '/' && scl_part_is_known(rest) &&
                  scl_str_find_char(rest, '=') != SIZE_MAX;

    scl_build_text(l->d, made, SCL_DEVICE_CLASS, is_cdi ? SCL_S("cdi") : SCL_S("path"), 0);
    if (is_cdi) {
        scl_part_text(l, made, SCL_DEVICE_SOURCE, node, rest);
        return;
    }
    if (!scl_str_cut(&rest, ':', &source))
        return;
    target = source;
    if (rest.at && is_permissions(rest))
        permissions = rest;
    else if (scl_str_cut(&rest, ':', &target) && rest.at && rest.len)
        permissions = rest;
    scl_part_text(l, made, SCL_DEVICE_SOURCE, node, source);
    scl_part_text(l, made, SCL_DEVICE_TARGET, node, target.len ? target : source);
    scl_part_text(l, made, SCL_DEVICE_PERMISSIONS, node, permissions);
}

static void
add_gpu(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
        struct scl_str source)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));

    scl_build_text(l->d, made, SCL_DEVICE_CLASS, SCL_S("gpu"), 0);
    scl_part_text(l, made, SCL_DEVICE_SOURCE, node, source);
}

/* `all`, how many, or `device=` and which; further fields say what they must be able to. */
void
scl_asked_gpus(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), part, key;

    if (!scl_part_is_known(rest)) {
        add_gpu(l, object, field, node, rest);
        return;
    }
    while (scl_asked_csv(&l->d->arena, &rest, &part)) {
        struct scl_str value = part;

        if (!scl_str_cut(&value, '=', &key) || !key.len)
            continue;
        if (!value.at || scl_str_is(key, "count"))
            add_gpu(l, object, field, node, value.at ? value : part);
        else if (scl_str_is(key, "device"))
            while (scl_str_cut(&value, ',', &part))
                add_gpu(l, object, field, node, part);
    }
}

/* The keys of a network in the long form: name=web,alias=db,ip=10.0.0.2. */
static struct scl_str
read_network_keys(struct scl_lowering *l, uint32_t made, const struct scl_tree *node,
                  struct scl_str rest)
{
    struct scl_str part, name = { "", 0 };

    while (scl_asked_csv(&l->d->arena, &rest, &part)) {
        struct scl_str value = part, key;

        if (!scl_str_cut(&value, '=', &key) || !value.at)
            continue;
        if (scl_str_is(key, "name"))
            name = value;
        else if (scl_str_is(key, "alias"))
            scl_build_item_text(l->d, made, SCL_NETWORK_ALIASES, value,
                                scl_part_origin(l, node, value));
        else if (scl_str_is(key, "ip") || scl_str_is(key, "ip6"))
            scl_part_text(l, made, SCL_NETWORK_IP, node, value);
        else if (scl_str_is(key, "mac-address") || scl_str_is(key, "mac"))
            scl_part_text(l, made, SCL_NETWORK_MAC, node, value);
    }
    return name;
}

/* Whether a word is the mode of a namespace; else a network, of which Podman has options behind a
 * colon. */
static bool
is_no_network(struct scl_str *name, struct scl_str *ret_options)
{
    static const char *const modes[] = { "host", "none", "container", "ns", "service",
                                         "slirp4netns", "pasta", "private" };
    struct scl_str rest = *name, word;
    bool has_options = scl_str_find_char(rest, ':') != SIZE_MAX;

    if (!scl_str_cut(&rest, ':', &word))
        return false;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (scl_str_is(word, modes[i]) && (has_options || i < 2))
            return true;
    *name = word;
    *ret_options = has_options ? rest : SCL_S("");
    return false;
}

/* Of several networks the first says in which namespace it runs. */
void
scl_asked_network(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    bool is_long = scl_str_starts(scl_tree_text(node), SCL_S("name="));
    bool is_first = !scl_build_has(l->d, object, SCL_CONTAINER_NS_NET_MODE);
    struct scl_tree word = *node;
    struct scl_str name = scl_tree_text(node), options = { "", 0 };
    uint32_t made;

    if (!is_long && is_first)
        scl_asked_namespace(l, object, SCL_CONTAINER_NS_NET, node);
    if (!is_long && is_no_network(&name, &options))
        return;
    made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    if (is_long)
        name = read_network_keys(l, made, node, name);
    else if (options.len)
        read_network_keys(l, made, node, options);
    scl_part_text(l, made, SCL_NETWORK_NAME, node, name);
    if (!is_long || !is_first)
        return;
    word.body.text = name.at;
    word.count = (uint32_t)name.len;
    word.is_cut = !scl_part_is_known(name);
    scl_asked_namespace(l, object, SCL_CONTAINER_NS_NET, &word);
}

void
scl_asked_security(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    scl_asked_item(l, object, field, node);
    if (node->is_cut)
        scl_docker_lose_security(l, object, node);
    else
        scl_docker_security_option(l, object, node);
}

/* What has no place of its own in the container is found by its name there. */
void
scl_asked_target(struct scl_lowering *l, uint32_t object, unsigned source, unsigned target,
                 const char *folder)
{
    const struct scl_value *value = scl_build_find(l->d, object, source);
    uint32_t follows;

    if (!value || scl_build_has(l->d, object, target))
        return;
    follows = scl_build_derived(l->d, object, source);
    if (value->kind == SCL_KIND_TEXT)
        scl_build_text(l->d, object, target,
                       scl_rows_print(&l->d->arena, "%s%.*s", folder,
                                      SCL_ARG(scl_value_text(value))),
                       follows);
    else
        scl_build_empty(l->d, object, target, SCANTLING_STATE_UNKNOWN, follows);
}

void
scl_asked_secret(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    static const struct {
        struct scl_str key;
        unsigned field;
    } keys[] = {
        { SCL_STR("target"), SCL_SECRET_TARGET },
        { SCL_STR("uid"), SCL_SECRET_UID },
        { SCL_STR("gid"), SCL_SECRET_GID },
    };
    struct scl_str rest = scl_tree_text(node), part;
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    bool is_env = false;

    if (scl_asked_csv(&l->d->arena, &rest, &part)) {
        scl_part_text(l, made, SCL_SECRET_NAME, node, part);
        scl_part_text(l, made, SCL_SECRET_SOURCE, node, part);
    }
    while (scl_asked_csv(&l->d->arena, &rest, &part)) {
        struct scl_str value = part, key;

        if (!scl_str_cut(&value, '=', &key) || !value.at)
            continue;
        is_env = is_env || (scl_str_is(key, "type") && scl_str_is(value, "env"));
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (scl_str_same(keys[i].key, key))
                scl_part_text(l, made, keys[i].field, node, value);
        if (scl_str_is(key, "mode") && scl_part_is_known(value))
            scl_build_int(l->d, made, SCL_SECRET_MODE, scl_asked_octal(value),
                          scl_part_origin(l, node, value));
    }
    scl_build_text(l->d, made, SCL_SECRET_AS, is_env ? SCL_S("env") : SCL_S("file"), 0);
    scl_asked_target(l, made, SCL_SECRET_SOURCE, SCL_SECRET_TARGET,
                     is_env ? "" : "/run/secrets/");
}

/* What the readers of words set. */

#define SETS(field) { "", field, NULL }

const struct scl_json_row scl_asked_members[] = {
    SETS(SCL_ENV_NAME), SETS(SCL_ENV_VALUE), SETS(SCL_ENV_ORIGIN), SETS(SCL_EXTRA_HOST_HOST),
    SETS(SCL_EXTRA_HOST_IP), SETS(SCL_ULIMIT_NAME), SETS(SCL_ULIMIT_SOFT), SETS(SCL_ULIMIT_HARD),
    SETS(SCL_DEVICE_SOURCE), SETS(SCL_DEVICE_TARGET), SETS(SCL_DEVICE_PERMISSIONS),
    SETS(SCL_DEVICE_CLASS), SETS(SCL_NETWORK_NAME), SETS(SCL_NETWORK_ALIASES),
    SETS(SCL_NETWORK_IP), SETS(SCL_NETWORK_MAC), SETS(SCL_MOUNT_TYPE), SETS(SCL_MOUNT_SOURCE),
    SETS(SCL_MOUNT_TARGET), SETS(SCL_MOUNT_READ_ONLY), SETS(SCL_MOUNT_PROPAGATION),
    SETS(SCL_MOUNT_RELABEL), SETS(SCL_MOUNT_OPTIONS), SETS(SCL_MOUNT_SIZE),
    SETS(SCL_MOUNT_SUBPATH), SETS(SCL_MOUNT_ORIGIN), SETS(SCL_MOUNT_RECURSIVE_READ_ONLY),
    SETS(SCL_PORT_CONTAINER_PORT),
    SETS(SCL_PORT_PROTOCOL), SETS(SCL_PORT_HOST_IP), SETS(SCL_PORT_HOST_PORT),
    SETS(SCL_PORT_PUBLISHED), SETS(SCL_PORT_RANDOM), SETS(SCL_PORT_ALL_INTERFACES),
    SETS(SCL_ENV_FILE_PATH), SETS(SCL_ENV_FILE_REQUIRED), SETS(SCL_SECRET_NAME),
    SETS(SCL_SECRET_SOURCE), SETS(SCL_SECRET_TARGET), SETS(SCL_SECRET_UID),
    SETS(SCL_SECRET_GID), SETS(SCL_SECRET_MODE), SETS(SCL_SECRET_AS),
    { NULL, SCL_NONE, NULL },
};

const struct scl_json_row scl_asked_parts[] = {
    SETS(SCL_CONTAINER_IMAGE_NAME), SETS(SCL_CONTAINER_IMAGE_REGISTRY),
    SETS(SCL_CONTAINER_IMAGE_REPOSITORY), SETS(SCL_CONTAINER_IMAGE_TAG),
    SETS(SCL_CONTAINER_IMAGE_DIGEST), SETS(SCL_CONTAINER_IMAGE_DIGEST_ALGO),
    SETS(SCL_CONTAINER_IMAGE_ID), SETS(SCL_CONTAINER_IMAGE_PIN), SETS(SCL_CONTAINER_USER_UID),
    SETS(SCL_CONTAINER_USER_GID), SETS(SCL_CONTAINER_USER_NAME), SETS(SCL_CONTAINER_USER_GROUP),
    SETS(SCL_CONTAINER_USER_IS_ROOT), SETS(SCL_CONTAINER_USER_CERTAINTY),
    SETS(SCL_CONTAINER_USER_ROOT_MAPS), SETS(SCL_CONTAINER_CAP_EFFECTIVE),
    SETS(SCL_CONTAINER_NO_NEW_PRIVILEGES), SETS(SCL_CONTAINER_SECCOMP_MODE),
    SETS(SCL_CONTAINER_SECCOMP_CONFINED), SETS(SCL_CONTAINER_SECCOMP_PROFILE),
    SETS(SCL_CONTAINER_APPARMOR_MODE), SETS(SCL_CONTAINER_APPARMOR_PROFILE),
    SETS(SCL_CONTAINER_SELINUX_MODE), SETS(SCL_CONTAINER_SELINUX_USER),
    SETS(SCL_CONTAINER_SELINUX_ROLE), SETS(SCL_CONTAINER_SELINUX_TYPE),
    SETS(SCL_CONTAINER_SELINUX_LEVEL), SETS(SCL_CONTAINER_MASKED_PATHS),
    SETS(SCL_CONTAINER_READONLY_PATHS), SETS(SCL_CONTAINER_NS_NET_MODE),
    SETS(SCL_CONTAINER_NS_NET_TARGET), SETS(SCL_CONTAINER_NS_NET_HOST),
    SETS(SCL_CONTAINER_NS_PID_MODE), SETS(SCL_CONTAINER_NS_PID_TARGET),
    SETS(SCL_CONTAINER_NS_PID_HOST), SETS(SCL_CONTAINER_NS_IPC_MODE),
    SETS(SCL_CONTAINER_NS_IPC_TARGET), SETS(SCL_CONTAINER_NS_IPC_HOST),
    SETS(SCL_CONTAINER_NS_UTS_MODE), SETS(SCL_CONTAINER_NS_UTS_TARGET),
    SETS(SCL_CONTAINER_NS_UTS_HOST), SETS(SCL_CONTAINER_NS_USER_MODE),
    SETS(SCL_CONTAINER_NS_USER_TARGET), SETS(SCL_CONTAINER_NS_USER_HOST),
    SETS(SCL_CONTAINER_NS_CGROUP_MODE), SETS(SCL_CONTAINER_NS_CGROUP_TARGET),
    SETS(SCL_CONTAINER_NS_CGROUP_HOST), SETS(SCL_CONTAINER_RESTART_MAX_RETRIES),
    SETS(SCL_CONTAINER_HEALTHCHECK_DECLARED), SETS(SCL_CONTAINER_HEALTHCHECK_DISABLED),
    SETS(SCL_CONTAINER_FACTS_SOCKET), SETS(SCL_CONTAINER_FACTS_HOST_ROOT),
    SETS(SCL_CONTAINER_RUNTIME_FAMILY), SETS(SCL_CONTAINER_ROLE), SETS(SCL_CONTAINER_OS),
    { NULL, SCL_NONE, NULL },
};
