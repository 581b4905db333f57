/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_node.c: nodes, lists and maps as policies see them
 */
#include "policies.h"

static const struct input runtime = {
    "config.json",
    "{ \"ociVersion\": \"1.0.0\",\n"
    "  \"process\": { \"user\": { \"uid\": 0, \"gid\": 5 }, \"cwd\": \"/srv\", \"args\": [\"a\", "
    "\"b\"],\n"
    "    \"env\": [\"PATH=/bin\", \"LANG=C\"], \"noNewPrivileges\": true },\n"
    "  \"root\": { \"path\": \"rootfs\" },\n"
    "  \"mounts\": [ { \"destination\": \"/data\", \"type\": \"bind\", \"source\": \"/srv/data\",\n"
    "    \"options\": [\"rbind\", \"ro\"] },\n"
    "    { \"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\" } ],\n"
    "  \"annotations\": { \"com.example.a\": \"1\", \"b.c\": \"2\" },\n"
    "  \"linux\": { \"resources\": { \"memory\": { \"limit\": 1024 }, \"cpu\": { \"quota\": "
    "50000,\n"
    "    \"period\": 100000 } } } }\n",
};
#define RUNTIME "'container'"

static const struct input dockerfile = {
    "Dockerfile",
    "ARG BASE\n"
    "FROM debian:12 AS base\n"
    "LABEL a.b=one c=two\n"
    "RUN apt-get update && apt-get install -y curl\n"
    "FROM base\n"
    "USER $WHO\n",
};

static void
scalars_are_values_of_lua(void **state)
{
    static const struct value_row rows[] = {
        { "s.user.uid == 0 and math.type(s.user.uid)", "integer" },
        { "s.user.is_root", "true" },
        { "s.working_dir", "/srv" },
        { "s.no_new_privileges", "true" },
        { "s.resources.memory_limit", "1024" },
        { "s.resources.cpu_limit == 0.5", "true" },
        { "s.resources.pids_limit", "unset" },
        { "s.hostname", "unset" },
        { "s.format .. ' ' .. s.resolution", "oci-runtime resolved" },
        { "type(s.user) .. type(s.mounts) .. type(s.annotations)", "userdatauserdatauserdata" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
names_that_the_schema_has_not_are_errors(void **state)
{
    static const struct value_row rows[] = {
        { "s.privilegd", "error 1:1 policy failed: container has no field 'privilegd' | "
                         "did you mean 'privileged'?" },
        { "s.user.isroot", "error 1:1 policy failed: container.user has no field 'isroot' | "
                           "did you mean 'is_root'?" },
        { "s.user.name.first",
          "error 1:1 policy failed: indexes nil: 'user.name' is not set in the container "
          "(config.json:1:1) | write `or 0`, or test for nil" },
        { "s.something_else", "error 1:1 policy failed: container has no field 'something_else'" },
        { "s.mounts[1].sorce", "error 1:1 policy failed: mount has no field 'sorce' | "
                               "did you mean 'source'?" },
        { "s[1]", "error 1:1 policy failed: container has no field '1'" },
        { "s[true]", "error 1:1 policy failed: node: second argument is true, not a string" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
documents_cannot_be_written(void **state)
{
    static const struct value_row rows[] = {
        { "(function() s.privileged = false end)()",
          "error 1:1 policy failed: cannot set 'privileged': documents are read-only" },
        { "(function() s.mounts[1] = nil end)()",
          "error 1:1 policy failed: documents are read-only" },
        { "(function() s.annotations['x'] = 'y' end)()",
          "error 1:1 policy failed: cannot set 'x': documents are read-only" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
lists_have_positions_and_keys(void **state)
{
    static const struct value_row rows[] = {
        { "#s.mounts", "2" },
        { "s.mounts[1].target .. s.mounts[2].target", "/data/proc" },
        { "s.mounts[3]", "unset" },
        { "s.mounts[0]", "unset" },
        { "s.mounts[-1]", "unset" },
        { "s.mounts[1.0].target", "/data" },
        { "s.mounts['/data'].source", "/srv/data" },
        { "s.mounts['/none']", "unset" },
        { "s.env['LANG'].value", "C" },
        { "s.argv[1] .. s.argv[2]", "ab" },
        { "s.argv['a']", "error 1:1 policy failed: a list has positions, not 'a'" },
        { "s.argv[1.5]", "error 1:1 policy failed: list: 1.5 is not a whole number" },
        { "s.mounts[1].options[2]", "ro" },
        { "#s.devices", "0" },
        { "local t = {} for i, m in ipairs(s.mounts) do t[i] = m.target end "
          "return table.concat(t, ' ')",
          "/data /proc" },
        { "local t = '' for i, a in pairs(s.argv) do t = t .. i .. a end return t", "1a2b" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
maps_have_keys_in_the_order_of_the_document(void **state)
{
    static const struct value_row rows[] = {
        { "s.annotations['com.example.a']", "1" },
        { "s.annotations['none']", "unset" },
        { "#s.annotations", "2" },
        { "local t = '' for k, v in pairs(s.annotations) do t = t .. k .. '=' .. v .. ' ' end "
          "return t",
          "com.example.a=1 b.c=2 " },
        { "#s.sysctls", "0" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
nodes_are_equal_where_they_are_the_same(void **state)
{
    static const struct value_row rows[] = {
        { "s.mounts[1] == s.mounts['/data']", "true" },
        { "s.mounts[1] == s.mounts[2]", "false" },
        { "s.user == s.user", "true" },
        { "s.mounts == s.mounts", "true" },
        { "local t = {} t[s.mounts[1]] = 'seen' return t[s.mounts['/data']]", "seen" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
pairs_of_a_node_gives_its_fields_in_the_order_of_the_schema(void **state)
{
    static const struct value_row rows[] = {
        { "local t = '' for k, v in pairs(s.mounts[1]) do t = t .. k .. ' ' end return t",
          "type source target read_only recursive_read_only volume propagation relabel options "
          "size subpath origin " },
        { "local t = '' for k, v in pairs(s.user) do t = t .. k .. ' ' end return t",
          "raw uid gid name group is_root certainty root_maps_to_host must_not_be_root " },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

static void
what_is_unknown_ends_the_run(void **state)
{
    static const struct value_row rows[] = {
        { "s.user.raw", "inconclusive 5:1 user.raw is not known | $WHO holds what nothing given "
                        "sets" },
        { "s.user.is_root", "inconclusive 5:1 user.is_root is not known | $WHO holds what nothing "
                            "given sets" },
        { "s.labels['a.b']", "fail 5:1 one" },
    };

    check_values(state, "'image'", dockerfile, rows, COUNT(rows));
}

static void
objects_are_always_there_so_that_chains_do_not_break(void **state)
{
    static const struct value_row rows[] = {
        { "s.stages[1].parent.name", "unset" },
        { "s.stages[2].parent.name", "base" },
        { "s.stages[1].parent.parent.parent.name", "unset" },
        { "s.target.name == nil and s.target.index", "1" },
        { "s.instructions[2].image.raw", "debian:12" },
        { "s.commands[1].following[1].name", "apt-get" },
        { "#s.commands[1].preceding + #s.commands[2].preceding", "1" },
        { "s.commands[2].following[1]", "unset" },
        { "s.instructions[4].commands[2] == s.commands[2]", "true" },
        { "kind(s.commands[1].instruction) .. s.commands[1].instruction.name", "instructionrun" },
    };

    check_values(state, "'build'", dockerfile, rows, COUNT(rows));
}

static void
windows_has_no_linux_fields(void **state)
{
    static const struct input windows = {
        "config.json",
        "{ \"ociVersion\": \"1.0.0\", \"windows\": { \"layerFolders\": [\"C:\\\\a\"] },\n"
        "  \"process\": { \"user\": { \"username\": \"u\" }, \"cwd\": \"C:\\\\\" } }\n",
    };
    static const struct value_row rows[] = {
        { "s.privileged", "not applicable 1" },
        { "s.capabilities.add", "not applicable 1" },
        { "#s.devices", "not applicable 1" },
        { "s.user.is_root", "not applicable 1" },
        { "state(s, 'privileged')", "not_applicable" },
        { "s.user.name", "u" },
    };

    check_values(state, RUNTIME, windows, rows, COUNT(rows));
}

static void
values_print_as_what_they_are_and_never_as_addresses(void **state)
{
    static const struct value_row rows[] = {
        { "tostring(s) .. tostring(s.mounts) .. tostring(at(s, 'user.uid'))", "nodelistplace" },
        { "at(s, 'user.uid').line",
          "error 1:1 policy failed: a place has no fields | where(place) tells its line and "
          "column" },
    };

    check_values(state, RUNTIME, runtime, rows, COUNT(rows));
}

SUITE(
    CASE(scalars_are_values_of_lua),
    CASE(names_that_the_schema_has_not_are_errors),
    CASE(documents_cannot_be_written),
    CASE(lists_have_positions_and_keys),
    CASE(maps_have_keys_in_the_order_of_the_document),
    CASE(nodes_are_equal_where_they_are_the_same),
    CASE(pairs_of_a_node_gives_its_fields_in_the_order_of_the_schema),
    CASE(what_is_unknown_ends_the_run),
    CASE(objects_are_always_there_so_that_chains_do_not_break),
    CASE(windows_has_no_linux_fields),
    CASE(values_print_as_what_they_are_and_never_as_addresses))
