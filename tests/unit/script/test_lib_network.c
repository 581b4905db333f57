/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_network.c: net and url
 */
#include "language.h"

#define URL(text) \
    "local u = url.parse(\"" text "\") " \
    "return u.scheme, u.user, u.password, u.host, u.port, u.path, u.query"

static void
hosts_are_loopback_or_not(void **state)
{
    static const struct chunk_row rows[] = {
        { "return net.is_loopback(\"localhost\")", "true" },
        { "return net.is_loopback(\"LOCALHOST.\")", "true" },
        { "return net.is_loopback(\"app.localhost\")", "true" },
        { "return net.is_loopback(\"notlocalhost\")", "false" },
        { "return net.is_loopback(\"localhost.example.org\")", "false" },
        { "return net.is_loopback(\"127.0.0.1\")", "true" },
        { "return net.is_loopback(\"127.255.3.4\")", "true" },
        { "return net.is_loopback(\"127.0.0.1.example.org\")", "false" },
        { "return net.is_loopback(\"127.0.0.256\")", "false" },
        { "return net.is_loopback(\"126.0.0.1\")", "false" },
        { "return net.is_loopback(\"::1\")", "true" },
        { "return net.is_loopback(\"[::1]\")", "true" },
        { "return net.is_loopback(\"0:0:0:0:0:0:0:1\")", "true" },
        { "return net.is_loopback(\"::ffff:127.0.0.1\")", "true" },
        { "return net.is_loopback(\"::2\")", "false" },
        { "return net.is_loopback(\"\")", "false" },
        { "return net.is_loopback(nil)", "nil" },
        { "return net.is_loopback({})",
          "!net.is_loopback: first argument is a table, not a string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
addresses_of_all_interfaces_are_wildcards(void **state)
{
    static const struct chunk_row rows[] = {
        { "return net.is_wildcard(\"0.0.0.0\")", "true" },
        { "return net.is_wildcard(\"::\")", "true" },
        { "return net.is_wildcard(\"[::]\")", "true" },
        { "return net.is_wildcard(\"*\")", "true" },
        { "return net.is_wildcard(\"\")", "true" },
        { "return net.is_wildcard(\"::ffff:0.0.0.0\")", "true" },
        { "return net.is_wildcard(\"0.0.0.1\")", "false" },
        { "return net.is_wildcard(\"::1\")", "false" },
        { "return net.is_wildcard(\"example.org\")", "false" },
        { "return net.is_wildcard(nil)", "nil" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
addresses_lie_within_networks(void **state)
{
    static const struct chunk_row rows[] = {
        { "return net.within(\"10.1.2.3\", \"10.0.0.0/8\")", "true" },
        { "return net.within(\"11.1.2.3\", \"10.0.0.0/8\")", "false" },
        { "return net.within(\"172.31.0.1\", \"172.16.0.0/12\")", "true" },
        { "return net.within(\"172.32.0.1\", \"172.16.0.0/12\")", "false" },
        { "return net.within(\"1.2.3.4\", \"0.0.0.0/0\")", "true" },
        { "return net.within(\"1.2.3.4\", \"1.2.3.4\")", "true" },
        { "return net.within(\"1.2.3.5\", \"1.2.3.4/32\")", "false" },
        { "return net.within(\"fe80::1%eth0\", \"fe80::/10\")", "true" },
        { "return net.within(\"2001:db8::1\", \"2001:db8::/32\")", "true" },
        { "return net.within(\"2001:db9::1\", \"2001:db8::/32\")", "false" },
        { "return net.within(\"::ffff:10.0.0.1\", \"10.0.0.0/8\")", "true" },
        { "return net.within(\"10.0.0.1\", \"::/0\")", "false" },
        { "return net.within(\"example.org\", \"10.0.0.0/8\")", "nil" },
        { "return net.within(\"1:2:3:4:5:6:7:8:9\", \"::/0\")", "nil" },
        { "return net.within(\"1::2::3\", \"::/0\")", "nil" },
        { "return net.within(\":1\", \"::/0\")", "nil" },
        { "return net.within(\"12345::\", \"::/0\")", "nil" },
        { "return net.within(nil, \"10.0.0.0/8\")", "nil" },
        { "return net.within(\"10.0.0.1\", \"10.0.0.0/33\")",
          "!net.within: '10.0.0.0/33' is no network; write 10.0.0.0/8" },
        { "return net.within(\"10.0.0.1\", \"ten/8\")",
          "!net.within: 'ten/8' is no network; write 10.0.0.0/8" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
urls_come_apart(void **state)
{
    static const struct chunk_row rows[] = {
        { URL("https://u:p%40@example.org:8443/a/b?x=1#f"),
          "https|u|p%40|example.org|8443|/a/b|x=1" },
        { URL("http://example.org"), "http|nil|nil|example.org|nil|nil|nil" },
        { URL("http://[::1]:80/"), "http|nil|nil|::1|80|/|nil" },
        { URL("http://[::1]/"), "http|nil|nil|::1|nil|/|nil" },
        { URL("git+ssh://git@example.org/a.git"),
          "git+ssh|git|nil|example.org|nil|/a.git|nil" },
        { URL("http://example.org?q"), "http|nil|nil|example.org|nil|nil|q" },
        { URL("http://a@b@c/"), "http|a@b|nil|c|nil|/|nil" },
        { URL("file:///etc/passwd"), "file|nil|nil|nil|nil|/etc/passwd|nil" },
        { URL("http://example.org:/x"), "http|nil|nil|example.org|nil|/x|nil" },
        { "return url.parse(\"example.org/a\")", "nil" },
        { "return url.parse(\"git@example.org:a/b\")", "nil" },
        { "return url.parse(\"1http://x\")", "nil" },
        { "return url.parse(\"http://x:port/\")", "nil" },
        { "return url.parse(\"http://x:99999/\")", "nil" },
        { "return url.parse(\"\")", "nil" },
        { "return url.parse(nil)", "nil" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(hosts_are_loopback_or_not),
    CASE(addresses_of_all_interfaces_are_wildcards),
    CASE(addresses_lie_within_networks),
    CASE(urls_come_apart))
