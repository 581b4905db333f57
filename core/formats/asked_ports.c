/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked_ports.c: published and exposed ports in one word
 *
 * A range gives a port for each of its numbers, of a long one the first of them. A range of the
 * host for one port of the container leaves the choice to the engine, and so does a port of the
 * host that is not said.
 */
#include "formats/asked.h"

#include "base/text.h"

enum { MOST_PORTS = 65536, MOST_LISTED = 128 };

struct range {
    int64_t first, last;
    bool is_known; /* there are numbers; else what is there nobody knows, or nothing is */
};

/* `80` or `80-89`; false for what is neither. */
static bool
read_range(struct scl_str text, struct range *ret)
{
    struct scl_str rest = text, first;

    *ret = (struct range){ 0, 0, false };
    if (!text.len || !scl_part_is_known(text))
        return true;
    if (!scl_str_cut(&rest, '-', &first) || !scl_str_int(first, &ret->first))
        return false;
    ret->last = ret->first;
    if (rest.at && !scl_str_int(rest, &ret->last))
        return false;
    ret->is_known = true;
    return ret->first >= 0 && ret->last >= ret->first && ret->last < MOST_PORTS;
}

struct parts {
    struct scl_str ip, host, container, protocol;
    bool has_ip, has_host;
};

/* The last colon divides the container's port from the host's, the one before it that from an
 * address, whose own colons stand in brackets. */
static void
split(struct scl_str text, struct parts *ret)
{
    size_t slash = scl_str_find_last(text, '/'), colon;

    *ret = (struct parts){ .protocol = SCL_STR("tcp") };
    if (slash != SIZE_MAX) {
        ret->protocol = scl_str_sub(text, slash + 1, text.len);
        text.len = slash;
    }
    colon = scl_str_find_last(text, ':');
    ret->container = colon == SIZE_MAX ? text : scl_str_sub(text, colon + 1, text.len);
    if (colon == SIZE_MAX)
        return;
    text.len = colon;
    ret->has_host = true;
    colon = scl_str_find_last(text, ':');
    if (text.len && text.at[text.len - 1] == ']')
        colon = text.len; /* an address alone */
    ret->host = colon == SIZE_MAX     ? text
                : colon >= text.len   ? scl_str_n("", 0)
                                      : scl_str_sub(text, colon + 1, text.len);
    if (colon == SIZE_MAX)
        return;
    ret->ip = scl_str_sub(text, 0, colon);
    ret->has_ip = true;
    if (ret->ip.len > 1 && ret->ip.at[0] == '[' && ret->ip.at[ret->ip.len - 1] == ']')
        ret->ip = scl_str_sub(ret->ip, 1, ret->ip.len - 2);
}

static struct scl_str
lower_case(struct scl_lowering *l, struct scl_str text)
{
    char *made;
    bool is_lower = true;

    for (size_t i = 0; i < text.len; i++)
        is_lower = is_lower && scl_lower(text.at[i]) == text.at[i];
    made = is_lower ? NULL : scl_arena_alloc(&l->d->arena, text.len);
    for (size_t i = 0; made && i < text.len; i++)
        made[i] = scl_lower(text.at[i]);
    return made ? scl_str_n(made, text.len) : text;
}

/* A port of the container, where its number is not one that the text shows. */
static void
set_number(struct scl_lowering *l, uint32_t made, unsigned field, const struct scl_tree *node,
           struct scl_str part, const struct range *range, int64_t at)
{
    uint32_t origin = scl_part_origin(l, node, part);

    if (range->is_known)
        scl_build_int(l->d, made, field, range->first + at, origin);
    else
        scl_build_empty(l->d, made, field, SCANTLING_STATE_UNKNOWN, origin);
}

static void
add_port(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
         const struct parts *parts, const struct range *container, const struct range *host,
         int64_t at)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, node));
    bool is_single = !host->is_known || !container->is_known ||
                     host->last - host->first == container->last - container->first;
    bool is_random = !parts->host.len || scl_str_is(parts->host, "0") || !is_single;

    set_number(l, made, SCL_PORT_CONTAINER_PORT, node, parts->container, container, at);
    scl_part_text(l, made, SCL_PORT_PROTOCOL, node, lower_case(l, parts->protocol));
    if (parts->has_ip)
        scl_part_text(l, made, SCL_PORT_HOST_IP, node, parts->ip);
    else if (parts->has_host && !scl_part_is_known(parts->host)) /* it may hold an address */
        scl_build_empty(l->d, made, SCL_PORT_HOST_IP, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
    if (!is_random)
        set_number(l, made, SCL_PORT_HOST_PORT, node, parts->host, host, at);
    scl_build_bool(l->d, made, SCL_PORT_PUBLISHED, true, scl_rows_origin(l, node));
    if (is_random)
        scl_build_bool(l->d, made, SCL_PORT_RANDOM, true, scl_rows_origin(l, node));
}

/* target=80,published=8080,protocol=udp: the long form in one word. */
static bool
read_keys(struct scl_lowering *l, struct scl_str text, struct parts *ret)
{
    struct scl_str part;

    if (scl_str_find(text, SCL_S("target=")) == SIZE_MAX)
        return false;
    *ret = (struct parts){ .protocol = SCL_STR("tcp") };
    while (scl_asked_csv(&l->d->arena, &text, &part)) {
        struct scl_str value = part, key;

        if (!scl_str_cut(&value, '=', &key) || !value.at)
            continue;
        if (scl_str_is(key, "target"))
            ret->container = value;
        else if (scl_str_is(key, "published"))
            ret->host = value;
        else if (scl_str_is(key, "protocol"))
            ret->protocol = value;
    }
    ret->has_host = ret->host.len > 0;
    return true;
}

void
scl_asked_port(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    struct range container, host;
    struct parts parts;
    int64_t count;

    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    if (!read_keys(l, scl_tree_text(node), &parts))
        split(scl_tree_text(node), &parts);
    if (!parts.has_host && !scl_part_is_known(parts.container)) { /* it may hold all of them */
        scl_build_open(l->d, object, field);
        return;
    }
    if (!read_range(parts.container, &container) || !read_range(parts.host, &host) ||
        !parts.container.len) {
        scl_rows_refuse(l, object, SCL_NONE, node, "expected a port, as 127.0.0.1:8080:80");
        scl_build_open(l->d, object, field);
        return;
    }
    count = container.last - container.first + 1;
    if (host.is_known && count > 1 && host.last - host.first + 1 != count)
        scl_rows_refuse(l, object, SCL_NONE, node, "ranges of different lengths");
    for (int64_t at = 0; at < count && at < MOST_LISTED; at++)
        add_port(l, object, field, node, &parts, &container, &host, at);
    if (count > MOST_LISTED)
        scl_build_open(l->d, object, field);
}

void
scl_asked_expose(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), numbers;
    struct scl_str protocol = SCL_S("tcp");
    uint32_t origin = scl_rows_origin(l, node);
    struct range range;

    if (!scl_part_is_known(rest) || !scl_str_cut(&rest, '/', &numbers) ||
        !read_range(numbers, &range) || !range.is_known) {
        scl_asked_item(l, object, field, node);
        return;
    }
    if (rest.len)
        protocol = rest;
    for (int64_t at = range.first; at <= range.last && at - range.first < MOST_LISTED; at++)
        scl_build_item_text(l->d, object, field,
                            scl_rows_print(&l->d->arena, "%d/%.*s", (int)at, SCL_ARG(protocol)),
                            origin);
    if (range.last - range.first >= MOST_LISTED)
        scl_build_open(l->d, object, field);
}

void
scl_asked_finish_ports(struct scl_lowering *l, uint32_t object)
{
    const struct scl_value *mode = scl_build_find(l->d, object, SCL_CONTAINER_NS_NET_MODE);
    const struct scl_value *ports = scl_build_find(l->d, object, SCL_CONTAINER_PORTS);

    if (!mode || mode->kind != SCL_KIND_TEXT || !scl_str_is(scl_value_text(mode), "host") ||
        !ports || ports->kind != SCL_KIND_LIST)
        return;
    for (uint32_t i = 0; i < ports->as.list->count; i++)
        scl_build_bool(l->d, ports->as.list->items[i].as.object, SCL_PORT_PUBLISHED, false,
                       scl_build_derived(l->d, object, SCL_CONTAINER_NS_NET_MODE));
}
