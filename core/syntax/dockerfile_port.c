/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_port.c: ports of EXPOSE: `[ip:][host:]port[-port][/protocol]`
 */
#include "syntax/dockerfile.h"

#include "base/text.h"

enum { HIGHEST_PORT = 65535, IPV6_GROUPS = 8 };

static bool
fail(struct scl_arena *arena, struct scl_docker_problem *ret, const char *what,
     struct scl_str text)
{
    struct scl_text message = { 0 };
    char *copy = NULL;

    scl_text_f(&message, "%s '%.*s'", what, SCL_ARG(text));
    if (!message.failed)
        copy = scl_arena_copy(arena, message.at, message.len);
    *ret = (struct scl_docker_problem){ .text = scl_str_n(copy, copy ? message.len : 0) };
    if (!copy)
        arena->failed = true;
    scl_text_finish(&message);
    return false;
}

/* Digits only, as the ports of Go's parser. */
static bool
parse_port(struct scl_str text, uint32_t *ret)
{
    int64_t value;

    if (text.len == 0 || text.at[0] == '-' || !scl_str_int(text, &value) || value > HIGHEST_PORT)
        return false;
    *ret = (uint32_t)value;
    return true;
}

static bool
parse_range(struct scl_str text, uint32_t *ret_first, uint32_t *ret_last)
{
    size_t dash = scl_str_find_char(text, '-');

    if (dash == SIZE_MAX) {
        if (!parse_port(text, ret_first))
            return false;
        *ret_last = *ret_first;
        return true;
    }
    return parse_port(scl_str_sub(text, 0, dash), ret_first) &&
           parse_port(scl_str_sub(text, dash + 1, text.len), ret_last) && *ret_first <= *ret_last;
}

static bool
is_ipv4(struct scl_str text)
{
    struct scl_str part;
    int64_t value;
    int count = 0;

    while (scl_str_cut(&text, '.', &part)) {
        count++;
        if (part.len == 0 || part.len > 3 || !scl_is_digit(part.at[0]) ||
            (part.len > 1 && part.at[0] == '0') || !scl_str_int(part, &value) || value > 255)
            return false;
    }
    return count == 4;
}

static bool
is_group(struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = scl_lower(text.at[i]);

        if (!scl_is_digit(byte) && (byte < 'a' || byte > 'f'))
            return false;
    }
    return text.len > 0 && text.len <= 4;
}

/* How many groups `text` has, separated by single colons; -1: they are none. */
static int
count_groups(struct scl_str text)
{
    struct scl_str part;
    int count = 0;

    if (text.len == 0)
        return 0;
    while (scl_str_cut(&text, ':', &part)) {
        if (count > IPV6_GROUPS)
            return -1;
        if (is_group(part))
            count++;
        else if (!text.at && is_ipv4(part))
            count += 2;
        else
            return -1;
    }
    return count;
}

static bool
is_ipv6(struct scl_str text)
{
    size_t gap = scl_str_find(text, SCL_S("::"));
    int before, after;

    if (gap == SIZE_MAX)
        return count_groups(text) == IPV6_GROUPS;
    before = count_groups(scl_str_sub(text, 0, gap));
    after = count_groups(scl_str_sub(text, gap + 2, text.len));
    return before >= 0 && after >= 0 && before + after < IPV6_GROUPS &&
           scl_str_find_char(scl_str_sub(text, 0, gap), '.') == SIZE_MAX;
}

static bool
is_address(struct scl_str text)
{
    if (text.len > 1 && text.at[0] == '[' && text.at[text.len - 1] == ']')
        text = scl_str_sub(text, 1, text.len - 2);
    return is_ipv4(text) || is_ipv6(text);
}

static const char *
protocol_of(struct scl_str text)
{
    static const char *const protocols[] = { "tcp", "udp", "sctp" };

    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++)
        if (scl_str_is_nocase(text, protocols[i]))
            return protocols[i];
    return text.len == 0 ? protocols[0] : NULL;
}

/* Cuts `ip:host:` off the front; what is left is the container's part. */
static struct scl_str
cut_host(struct scl_str text, struct scl_docker_port *ret)
{
    size_t colon = scl_str_find_last(text, ':');
    struct scl_str front;

    if (colon == SIZE_MAX)
        return text;
    front = scl_str_sub(text, 0, colon);
    text = scl_str_sub(text, colon + 1, text.len);
    colon = scl_str_find_last(front, ':');
    ret->host = colon == SIZE_MAX ? front : scl_str_sub(front, colon + 1, front.len);
    if (colon != SIZE_MAX)
        ret->ip = scl_str_sub(front, 0, colon);
    return text;
}

bool
scl_docker_port_parse(struct scl_arena *arena, struct scl_str text, struct scl_docker_port *ret,
                      struct scl_docker_problem *ret_problem)
{
    uint32_t host_first, host_last;
    struct scl_str container, protocol = { NULL, 0 };
    size_t slash;

    *ret = (struct scl_docker_port){ 0 };
    container = cut_host(text, ret);
    slash = scl_str_find_char(container, '/');
    if (slash != SIZE_MAX) {
        protocol = scl_str_sub(container, slash + 1, container.len);
        container = scl_str_sub(container, 0, slash);
    }
    if (container.len == 0)
        return fail(arena, ret_problem, "no port in", text);
    ret->protocol = protocol_of(protocol);
    if (!ret->protocol)
        return fail(arena, ret_problem, "unknown protocol", protocol);
    if (ret->ip.len && !is_address(ret->ip))
        return fail(arena, ret_problem, "invalid address", ret->ip);
    if (!parse_range(container, &ret->first, &ret->last))
        return fail(arena, ret_problem, "invalid port", container);
    if (ret->host.len == 0)
        return true;
    if (!parse_range(ret->host, &host_first, &host_last))
        return fail(arena, ret_problem, "invalid host port", ret->host);
    if (ret->first != ret->last && ret->last - ret->first != host_last - host_first)
        return fail(arena, ret_problem, "ranges differ in length:", text);
    return true;
}
