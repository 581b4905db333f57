/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_ports.c: the published ports of Docker's containers
 *
 * What was asked for is a map from ports to places of the host, of which one without a port is
 * given a random one; what is in force has those, and the ports that `--publish-all` published. In
 * the network of the host nothing is published.
 */
#include "formats/docker_container.h"

const struct scl_json_row scl_docker_port_rows[] = {
    { "", SCL_PORT_CONTAINER_PORT, NULL }, { "", SCL_PORT_PROTOCOL, NULL },
    { "HostIp", SCL_PORT_HOST_IP, NULL },  { "HostPort", SCL_PORT_HOST_PORT, NULL },
    { "", SCL_PORT_PUBLISHED, NULL },      { "HostPort", SCL_PORT_RANDOM, NULL },
    { NULL, SCL_NONE, NULL },
};

/* The first place of the host that is in force for a port, or NULL. */
static const struct scl_tree *
live_binding(const struct scl_tree *root, struct scl_str port)
{
    const struct scl_tree *live = scl_tree_find(scl_rows_find(root, "NetworkSettings.Ports"), port);

    return live ? scl_tree_child(live, 0) : NULL;
}

/* A number other than 0. A range leaves the choice to the engine. */
static bool
fixed_port(const struct scl_tree *binding, int64_t *ret)
{
    struct scl_str text = scl_rows_text_at(binding, "HostPort");

    return text.len && scl_str_int(text, ret) && *ret > 0 && *ret <= UINT16_MAX;
}

static void
set_host_port(struct scl_lowering *l, uint32_t object, const struct scl_tree *binding,
              bool is_random)
{
    const struct scl_tree *text = scl_rows_find(binding, "HostPort");
    uint32_t origin = text ? scl_rows_origin(l, text) : scl_rows_origin(l, binding);
    int64_t number;

    if (fixed_port(binding, &number))
        scl_build_int(l->d, object, SCL_PORT_HOST_PORT, number, origin);
    if (is_random)
        scl_build_bool(l->d, object, SCL_PORT_RANDOM, true, origin);
}

static void
add_binding(struct scl_lowering *l, uint32_t object, const struct scl_tree *port,
            const struct scl_tree *binding)
{
    bool is_published = !scl_str_is(scl_rows_text_at(scl_docker_host(l->root), "NetworkMode"),
                                    "host");
    const struct scl_tree *ip = scl_rows_find(binding, "HostIp"), *live;
    uint32_t key = scl_build_origin(l->d, port->key_span, port->key_span);
    uint32_t made = scl_build_port(l->d, object, SCL_CONTAINER_PORTS, scl_tree_key(port),
                                   scl_rows_origin(l, binding), key);
    int64_t number;

    if (ip)
        scl_row_text(l, made, SCL_PORT_HOST_IP, ip);
    if (fixed_port(binding, &number)) {
        set_host_port(l, made, binding, false);
    } else {
        live = live_binding(l->root, scl_tree_key(port));
        set_host_port(l, made, live && live->kind == SCL_TREE_MAP ? live : binding, true);
    }
    scl_build_bool(l->d, made, SCL_PORT_PUBLISHED, is_published, key);
}

void
scl_docker_bindings(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *port = scl_tree_child(node, i);

        if (port->kind == SCL_TREE_NULL)
            continue;
        if (!scl_rows_expect(l, object, SCL_NONE, port, SCL_TREE_LIST)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        for (uint32_t k = 0; k < scl_tree_count(port); k++)
            if (scl_rows_expect(l, object, SCL_NONE, scl_tree_child(port, k), SCL_TREE_MAP))
                add_binding(l, object, port, scl_tree_child(port, k));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* The same port is in force for addresses of both kinds. */
static bool
is_second_kind(const struct scl_tree *port, uint32_t index)
{
    const struct scl_tree *binding = scl_tree_child(port, index);

    return index > 0 && scl_str_find_char(scl_rows_text_at(binding, "HostIp"), ':') != SIZE_MAX &&
           scl_str_same(scl_rows_text_at(binding, "HostPort"),
                        scl_rows_text_at(scl_tree_child(port, index - 1), "HostPort"));
}

static void
add_live(struct scl_lowering *l, uint32_t object, const struct scl_tree *port, uint32_t index)
{
    const struct scl_tree *binding = scl_tree_child(port, index);
    const struct scl_tree *ip = scl_rows_find(binding, "HostIp");
    uint32_t key = scl_build_origin(l->d, port->key_span, port->key_span);
    uint32_t made;

    if (is_second_kind(port, index))
        return;
    made = scl_build_port(l->d, object, SCL_CONTAINER_PORTS, scl_tree_key(port),
                          scl_rows_origin(l, binding), key);
    if (ip)
        scl_row_text(l, made, SCL_PORT_HOST_IP, ip);
    set_host_port(l, made, binding, true);
    scl_build_bool(l->d, made, SCL_PORT_PUBLISHED, true, key);
}

/* What is in force though nobody asked for it by name. */
void
scl_docker_live_ports(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node)
{
    const struct scl_tree *asked = scl_rows_find(scl_docker_host(l->root), "PortBindings");

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *port = scl_tree_child(node, i);
        const struct scl_tree *by_name = scl_tree_find(asked, scl_tree_key(port));

        if (port->kind != SCL_TREE_LIST || (by_name && scl_tree_count(by_name)))
            continue;
        for (uint32_t k = 0; k < scl_tree_count(port); k++)
            if (scl_rows_expect(l, object, SCL_NONE, scl_tree_child(port, k), SCL_TREE_MAP))
                add_live(l, object, port, k);
    }
}
