/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_network.c: net and url
 *
 * Addresses are read as text alone: nothing is resolved. IPv4 and IPv6 are one space of 16 bytes,
 * in which an IPv4 address is the IPv6 address that it is mapped to, so that `127.0.0.1` and
 * `::ffff:127.0.0.1` are the same.
 */
#include "script/verbs.h"

#include "script/arguments.h"
#include "script/frozen.h"
#include "script/state.h"

#include <string.h>

enum { ADDRESS_BYTES = 16, V4_AT = 12 };

struct address {
    unsigned char bytes[ADDRESS_BYTES];
    bool is_v4;
};

/* ---- addresses ---- */

/* Four numbers up to 255, divided by points. */
static bool
parse_v4(struct scl_str text, unsigned char *ret)
{
    struct scl_str part;
    unsigned count = 0;

    if (text.len && text.at[text.len - 1] == '.')
        return false;
    while (scl_str_cut(&text, '.', &part)) {
        int64_t number;

        if (count == 4 || !part.len || part.len > 3 || !scl_is_digit(part.at[0]) ||
            !scl_str_int(part, &number) || number > 255)
            return false;
        ret[count++] = (unsigned char)number;
    }
    return count == 4;
}

static bool
parse_group(struct scl_str text, unsigned char *ret)
{
    unsigned number = 0;

    if (!text.len || text.len > 4)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char lower = scl_lower(text.at[i]);

        if (scl_is_digit(lower))
            number = number * 16 + (unsigned)(lower - '0');
        else if (lower >= 'a' && lower <= 'f')
            number = number * 16 + (unsigned)(lower - 'a') + 10;
        else
            return false;
    }
    ret[0] = (unsigned char)(number >> 8);
    ret[1] = (unsigned char)(number & 255);
    return true;
}

/* Groups divided by single colons, the last perhaps an IPv4 address; how many bytes, or -1. */
static int
parse_groups(struct scl_str text, unsigned char *ret)
{
    struct scl_str part;
    int count = 0;

    if (!text.len)
        return 0;
    if (text.at[text.len - 1] == ':')
        return -1;
    while (scl_str_cut(&text, ':', &part)) {
        bool is_last = text.at == NULL || !text.len;

        if (is_last && count <= V4_AT && scl_str_find_char(part, '.') != SIZE_MAX)
            return parse_v4(part, ret + count) ? count + 4 : -1;
        if (count + 2 > ADDRESS_BYTES || !parse_group(part, ret + count))
            return -1;
        count += 2;
    }
    return count;
}

static bool
parse_v6(struct scl_str text, unsigned char *ret)
{
    unsigned char head[ADDRESS_BYTES] = { 0 }, tail[ADDRESS_BYTES] = { 0 };
    size_t gap = scl_str_find(text, SCL_S("::"));
    int before, after;

    if (gap == SIZE_MAX) {
        before = parse_groups(text, head);
        memcpy(ret, head, ADDRESS_BYTES);
        return before == ADDRESS_BYTES;
    }
    before = parse_groups(scl_str_sub(text, 0, gap), head);
    after = parse_groups(scl_str_sub(text, gap + 2, text.len), tail);
    if (before < 0 || after < 0 || before + after > ADDRESS_BYTES - 2)
        return false;
    memset(ret, 0, ADDRESS_BYTES);
    memcpy(ret, head, (size_t)before);
    memcpy(ret + ADDRESS_BYTES - after, tail, (size_t)after);
    return true;
}

static struct scl_str
without_brackets(struct scl_str host)
{
    if (host.len > 1 && host.at[0] == '[' && host.at[host.len - 1] == ']')
        return scl_str_sub(host, 1, host.len - 2);
    return host;
}

static bool
parse_address(struct scl_str text, struct address *ret)
{
    static const unsigned char mapped[V4_AT] = { [10] = 255, [11] = 255 };

    text = without_brackets(text);
    text = scl_str_sub(text, 0, scl_str_find_char(text, '%')); /* the zone */
    if (scl_str_find_char(text, ':') == SIZE_MAX) {
        memcpy(ret->bytes, mapped, sizeof mapped);
        ret->is_v4 = true;
        return parse_v4(text, ret->bytes + V4_AT);
    }
    ret->is_v4 = false;
    if (!parse_v6(text, ret->bytes))
        return false;
    ret->is_v4 = memcmp(ret->bytes, mapped, sizeof mapped) == 0;
    return true;
}

/* ---- net ---- */

static bool
is_loopback(struct scl_str host)
{
    static const unsigned char one[ADDRESS_BYTES] = { [ADDRESS_BYTES - 1] = 1 };
    struct address address;
    size_t dot = scl_str_find_last(host, '.');

    if (host.len && dot == host.len - 1) { /* the root of names */
        host = scl_str_sub(host, 0, dot);
        dot = scl_str_find_last(host, '.');
    }
    if (scl_str_is_nocase(dot == SIZE_MAX ? host : scl_str_sub(host, dot + 1, host.len),
                          "localhost"))
        return true;
    return parse_address(host, &address) && (address.is_v4 ? address.bytes[V4_AT] == 127
                                             : memcmp(address.bytes, one, sizeof one) == 0);
}

/* No address, `*` and the address of zeros: all there are. */
static bool
is_wildcard(struct scl_str host)
{
    static const unsigned char zeros[ADDRESS_BYTES] = { 0 };
    struct address address;

    if (!host.len || scl_str_is(host, "*"))
        return true;
    if (!parse_address(host, &address))
        return false;
    return address.is_v4 ? memcmp(address.bytes + V4_AT, zeros, 4) == 0
                         : memcmp(address.bytes, zeros, sizeof zeros) == 0;
}

static int
test_host(lua_State *L, const char *name, bool (*test)(struct scl_str host))
{
    struct scl_str host;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    host = scl_arg_string(L, 1, name);
    scl_charge_bytes(L, host.len);
    lua_pushboolean(L, test(host));
    return 1;
}

/* net.is_loopback(host) -> boolean */
static int
l_is_loopback(lua_State *L)
{
    return test_host(L, "net.is_loopback", is_loopback);
}

/* net.is_wildcard(host) -> boolean */
static int
l_is_wildcard(lua_State *L)
{
    return test_host(L, "net.is_wildcard", is_wildcard);
}

static bool
same_start(const struct address *a, const struct address *b, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;

    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    return !rest || (a->bytes[whole] ^ b->bytes[whole]) >> (8 - rest) == 0;
}

/* net.within(address, cidr) -> boolean; nil where one of them is no address */
static int
l_within(lua_State *L)
{
    struct address address, network;
    struct scl_str text, cidr;
    int64_t bits;
    size_t slash;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "net.within");
    cidr = scl_arg_string(L, 2, "net.within");
    scl_charge_bytes(L, text.len + cidr.len);
    slash = scl_str_find_char(cidr, '/');
    if (!parse_address(scl_str_sub(cidr, 0, slash), &network))
        scl_raise(L, "net.within: '%.*s' is no network; write 10.0.0.0/8", SCL_ARG(cidr));
    bits = network.is_v4 ? 32 : 128;
    if (slash != SIZE_MAX && (!scl_str_int(scl_str_sub(cidr, slash + 1, cidr.len), &bits) ||
                              bits < 0 || bits > (network.is_v4 ? 32 : 128)))
        scl_raise(L, "net.within: '%.*s' is no network; write 10.0.0.0/8", SCL_ARG(cidr));
    if (!parse_address(text, &address)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushboolean(L, address.is_v4 == network.is_v4 &&
                           same_start(&address, &network,
                                      (unsigned)bits + (network.is_v4 ? 8 * V4_AT : 0)));
    return 1;
}

void
scl_open_networks(lua_State *L)
{
    static const struct scl_function net[] = {
        { "is_loopback", l_is_loopback },
        { "is_wildcard", l_is_wildcard },
        { "within", l_within },
        { NULL, NULL },
    };

    scl_globals_library(L, "net", net);
}

/* ---- url ---- */

/* What ends the authority, the path or the query of a URL, whichever comes first. */
static size_t
end_of(struct scl_str text, const char *ends)
{
    size_t at = 0;

    while (at < text.len && !strchr(ends, text.at[at]))
        at++;
    return at;
}

/* `scheme://`; false where the text does not begin so. */
static bool
cut_scheme(struct scl_str *text, struct scl_str *ret)
{
    size_t end = 0;

    while (end < text->len && (scl_is_alnum(text->at[end]) || text->at[end] == '+' ||
                               text->at[end] == '-' || text->at[end] == '.'))
        end++;
    if (!end || !scl_is_alpha(text->at[0]) ||
        !scl_str_starts(scl_str_sub(*text, end, 3), SCL_S("://")))
        return false;
    *ret = scl_str_sub(*text, 0, end);
    *text = scl_str_sub(*text, end + 3, text->len);
    return true;
}

static void
set_part(lua_State *L, const char *name, struct scl_str text)
{
    if (!text.len)
        return;
    lua_pushlstring(L, text.at, text.len);
    lua_setfield(L, -2, name);
}

/* `user:password@host:port` into the table on top of the stack; false where the port is none. */
static bool
set_authority(lua_State *L, struct scl_str authority)
{
    size_t at = scl_str_find_last(authority, '@'), colon;
    struct scl_str user;
    int64_t port;

    if (at != SIZE_MAX) {
        user = scl_str_sub(authority, 0, at);
        authority = scl_str_sub(authority, at + 1, authority.len);
        colon = scl_str_find_char(user, ':');
        set_part(L, "user", scl_str_sub(user, 0, colon));
        if (colon != SIZE_MAX)
            set_part(L, "password", scl_str_sub(user, colon + 1, user.len));
    }
    colon = scl_str_find_last(authority, ':');
    if (authority.len && authority.at[0] == '[' &&
        (colon == SIZE_MAX || authority.at[colon - 1] != ']'))
        colon = SIZE_MAX;
    set_part(L, "host", without_brackets(scl_str_sub(authority, 0, colon)));
    if (colon == SIZE_MAX || colon + 1 == authority.len)
        return true;
    if (!scl_is_digit(authority.at[colon + 1]) ||
        !scl_str_int(scl_str_sub(authority, colon + 1, authority.len), &port) || port > 65535)
        return false;
    lua_pushinteger(L, (lua_Integer)port);
    lua_setfield(L, -2, "port");
    return true;
}

/* url.parse(s) -> { scheme, user, password, host, port, path, query }, or nil */
static int
l_url_parse(lua_State *L)
{
    struct scl_str text, scheme;
    size_t end;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "url.parse");
    scl_charge_bytes(L, text.len);
    if (!cut_scheme(&text, &scheme)) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, 0, 7);
    set_part(L, "scheme", scheme);
    end = end_of(text, "/?#");
    if (!set_authority(L, scl_str_sub(text, 0, end))) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_str_sub(text, end, text.len);
    end = end_of(text, "?#");
    set_part(L, "path", scl_str_sub(text, 0, end));
    text = scl_str_sub(text, end, text.len);
    if (text.len && text.at[0] == '?')
        set_part(L, "query", scl_str_sub(text, 1, end_of(text, "#") - 1));
    return 1;
}

void
scl_open_urls(lua_State *L)
{
    static const struct scl_function url[] = {
        { "parse", l_url_parse },
        { NULL, NULL },
    };

    scl_globals_library(L, "url", url);
}
