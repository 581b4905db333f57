/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_verbs.c: known, state, declared, raw, at, where, kind, parent
 */
#include "policies.h"

static const struct input runtime = {
    "config.json",
    "{ \"ociVersion\": \"1.0.0\",\n"
    "  \"process\": { \"user\": { \"uid\": 0 }, \"cwd\": \"/s\\u0072v\", \"args\": [\"a\", \"b\"] "
    "},\n"
    "  \"hostname\": null,\n"
    "  \"mounts\": [ { \"destination\": \"/data\", \"type\": \"bind\", \"source\": \"/srv\" } ],\n"
    "  \"annotations\": { \"a.b\": \"1\" }, \"linux\": { \"resources\": { \"pids\": { \"limit\": "
    "-1 } } } }\n",
};

static const struct input dockerfile = {
    "Dockerfile",
    "FROM scratch\n"
    "ARG WHO\n"
    "ENV A=\"x y\" B=$C\n"
    "EXPOSE 80 $PORT\n"
    "USER $WHO\n",
};

static const struct input onbuild = { "Dockerfile", "FROM unknown.example.org/base:1\nENV A=1\n" };

static void
known_asks_without_ending_the_run(void **state)
{
    static const struct value_row rows[] = {
        { "known(s, 'working_dir')", "true" },
        { "known(s, 'user.raw')", "false" },
        { "known(s, 'user') and known(s, 'labels')", "true" },
        { "known(s, 'user.is_rot')", "error 1:1 policy failed: image.user has no field 'is_rot' | "
                                     "did you mean 'is_root'?" },
        { "known(s, 'labels[none]')", "error 1:1 policy failed: there is no '[none]' in labels" },
        { "known(s, 'user.raw.more')", "error 1:1 policy failed: there is no 'more' in raw" },
        { "known(s, 'user..raw')", "error 1:1 policy failed: image.user has no field ''" },
        { "known(s, '')", "true" },
        { "known(s, '[')", "error 1:1 policy failed: image has no field '['" },
        { "known(s, 'labels[')", "error 1:1 policy failed: there is no '[' in labels" },
        { "known(s, ('user.'):rep(100000))",
          "error 1:1 policy failed: image.user has no field 'user'" },
        { "known(s, 'nothing.at.all')", "error 1:1 policy failed: image has no field 'nothing'" },
        { "known()", "error 1:1 policy failed: known: first argument is missing, not a node" },
        { "known('s', 'user')",
          "error 1:1 policy failed: known: first argument is a string, not a node" },
    };

    check_values(state, "'image'", dockerfile, rows, COUNT(rows));
}

static void
after_a_no_a_run_without_findings_is_no_pass(void **state)
{
    static const struct { const char *policy, *expected; } rows[] = {
        { POLICY_TEXT("subjects = { 'image' }", "known(s, 'user.raw')"),
          "inconclusive 1:1 user.raw is not known | $WHO holds what nothing given sets\n" },
        { POLICY_TEXT("subjects = { 'image' }", "state(s, 'user.raw')"),
          "inconclusive 1:1 user.raw is not known | $WHO holds what nothing given sets\n" },
        { POLICY_TEXT("subjects = { 'image' }", "known(s, 'working_dir')"), "pass 1\n" },
        { POLICY_TEXT("subjects = { 'image' }", "known(s, 'user.raw') report(s, 'all the same')"),
          "fail 1:1 all the same\n" },
        { POLICY_TEXT("subjects = { 'image' }", "report(s, 'seen') return s.user.raw"),
          "fail 1:1 seen\n" },
        { POLICY_TEXT("subjects = { 'image' }", "report(s, 'seen') error('then')"),
          "error 1:1 policy failed: then\nfail 1:1 seen\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(judged(state, rows[i].policy, dockerfile), rows[i].expected, rows[i].policy);
}

static void
a_state_says_how_a_field_came_by_its_value(void **state)
{
    static const struct value_row rows[] = {
        { "state(s, 'working_dir')", "declared" },
        { "state(s, 'user.is_root')", "derived" },
        { "state(s, 'readonly_rootfs')", "default" },
        { "state(s, 'hostname')", "null" },
        { "state(s, 'domainname')", "absent" },
        { "state(s, 'resources.pids_limit')", "declared" },
        { "state(s, 'resources.memory_limit')", "default" },
        { "state(s, 'mounts[1].source')", "declared" },
        { "state(s, 'mounts[/data].read_only')", "default" },
        { "state(s, 'annotations[a.b]')", "declared" },
        { "state(s, 'mounts[2]')",
          "error 1:1 policy failed: there is no '[2]' in mounts" },
    };

    check_values(state, "'container'", runtime, rows, COUNT(rows));
}

static void
declared_leaves_out_defaults(void **state)
{
    static const struct value_row rows[] = {
        { "declared(s, 'working_dir')", "/srv" },
        { "declared(s, 'readonly_rootfs')", "unset" },
        { "declared(s, 'user.uid')", "0" },
        { "declared(s, 'hostname')", "unset" },
        { "#declared(s, 'mounts')", "1" },
        { "declared(s, 'devices')", "unset" },
    };

    check_values(state, "'container'", runtime, rows, COUNT(rows));
}

static void
raw_is_the_text_as_it_is_written(void **state)
{
    static const struct value_row docker[] = {
        { "raw(s, 'user.raw')", "$WHO" },
        { "raw(s.env['A'], 'value')", "\"x y\"" },
        { "raw(s.env['B'], 'value')", "$C" },
        { "raw(s, 'working_dir')", "unset" },
        { "raw(s.env['A'])", "\"x y\"" },
    };
    static const struct value_row json[] = {
        { "raw(s, 'working_dir')", "\"/s\\u0072v\"" },
        { "raw(s, 'user.uid')", "0" },
        { "raw(s, 'readonly_rootfs')", "unset" },
        { "raw(s, 'hostname')", "null" },
    };

    check_values(state, "'image'", dockerfile, docker, COUNT(docker));
    check_values(state, "'container'", runtime, json, COUNT(json));
}

static void
places_are_located_from_one_with_their_ends_exclusive(void **state)
{
    static const struct value_row rows[] = {
        { "tostring(where(at(s, 'working_dir')))", "config.json:2:38" },
        { "local w = where(at(s, 'user.uid')) return w.path .. ' ' .. w.line .. ' ' .. w.column .. "
          "' ' .. w.end_line .. ' ' .. w.end_column",
          "config.json 2 26 2 34" },
        { "where(s.mounts[1]).line", "4" },
        { "where(at(s.argv, 2)).column", "72" },
        { "where(at(s, 'argv[2]')).column", "72" },
        { "where(at(s, 'readonly_rootfs')).line", "1" },
        { "where(s).lin", "error 1:1 policy failed: a place has no 'lin' | did you mean 'line'?" },
        { "where(1)", "error 1:1 policy failed: where: first argument is a number, not a place" },
        { "at(s.argv, 3)", "error 1:1 policy failed: at: there is no entry 3" },
        { "at(s.argv, 0)", "error 1:1 policy failed: at: there is no entry 0" },
        { "at(s, true)", "error 1:1 policy failed: at: second argument is true, not a string" },
        { "at(s, 'privilegd')", "error 1:1 policy failed: container has no field 'privilegd' | "
                                "did you mean 'privileged'?" },
    };

    check_values(state, "'container'", runtime, rows, COUNT(rows));
}

static void
kinds_and_parents_are_told(void **state)
{
    static const struct value_row rows[] = {
        { "kind(s) .. ' ' .. kind(s.mounts) .. ' ' .. kind(s.mounts[1]) .. ' ' .. "
          "kind(s.annotations)",
          "container list mount map" },
        { "kind(s.user) .. ' ' .. kind(s.image) .. ' ' .. kind(s.namespaces.user)",
          "user reference user" },
        { "parent(s)", "unset" },
        { "kind(parent(s.mounts[1]))", "container" },
        { "parent(s.mounts[1]) == s and parent(s.user) == s and parent(s.mounts) == s", "true" },
        { "parent(s.namespaces.user) == s.namespaces", "true" },
        { "parent(s.resources.ulimits) == s.resources", "true" },
        { "kind(1)", "error 1:1 policy failed: kind: first argument is a number, not a node" },
    };

    check_values(state, "'container'", runtime, rows, COUNT(rows));
}

/* More may come from the base image, which nobody gave. */
static void
an_open_list_ends_the_run_where_its_end_would_decide(void **state)
{
    static const struct value_row rows[] = {
        { "s.env['A'].value", "1" },
        { "s.env[1].name", "A" },
        { "list.has(list.map({ s.env[1].name }, text.trim), 'A')", "true" },
        { "list.any(s.env, function(e) return e.name == 'A' end)", "true" },
        { "known(s, 'env')", "false" },
        { "s.env['Z']", "inconclusive 1:1 env is not known | more may come from what was not "
                        "given" },
        { "#s.env", "inconclusive 1:1 env is not known | more may come from what was not given" },
        { "list.any(s.env, function(e) return e.name == 'Z' end)",
          "inconclusive 1:1 env is not known | more may come from what was not given" },
        { "(function() for _ in ipairs(s.env) do end end)()",
          "inconclusive 1:1 env is not known | more may come from what was not given" },
        { "glob.any(s.volumes, 'x')",
          "inconclusive 1:1 volumes is not known | more may come from what was not given" },
    };

    check_values(state, "'image'", onbuild, rows, COUNT(rows));
}

/* What is found before the end of an open list is found. */
static void
every_library_finds_in_an_open_list_before_its_end(void **state)
{
    static const struct input volumes = {
        "Dockerfile", "FROM unknown.example.org/base:1\nVOLUME /net_raw /b\n"
    };
    static const struct value_row rows[] = {
        { "list.has(s.volumes, '/b')", "true" },
        { "glob.any({ '/b' }, '/b') and text.starts('/bin', s.volumes)", "true" },
        { "glob.any(s.volumes, '/b')", "/b" },
        { "text.has('a /b', s.volumes)", "true" },
        { "text.has('nothing', s.volumes)",
          "inconclusive 1:1 volumes is not known | more may come from what was not given" },
    };

    check_values(state, "'image'", volumes, rows, COUNT(rows));
}

SUITE(
    CASE(known_asks_without_ending_the_run),
    CASE(after_a_no_a_run_without_findings_is_no_pass),
    CASE(a_state_says_how_a_field_came_by_its_value),
    CASE(declared_leaves_out_defaults),
    CASE(raw_is_the_text_as_it_is_written),
    CASE(places_are_located_from_one_with_their_ends_exclusive),
    CASE(kinds_and_parents_are_told),
    CASE(an_open_list_ends_the_run_where_its_end_would_decide),
    CASE(every_library_finds_in_an_open_list_before_its_end))
