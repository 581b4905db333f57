/* SPDX-License-Identifier: Apache-2.0 */
/*
 * beside_lua51.c: scantling in a program that has a Lua 5.1 of its own
 *
 * Both run, one after the other and in turn. The program exports its Lua, so that a library that
 * leaked or borrowed symbols would meet the other one's.
 */
#include <stdio.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "scantling.h"

static const char dockerfile[] = "FROM debian:12\nUSER root\n";

/* How many findings scantling has on a Dockerfile, or -1. */
static long
count_findings(void)
{
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine;
    scantling_source *source = scantling_source_new("Dockerfile", SCANTLING_TERMINATED, dockerfile,
                                                    sizeof dockerfile - 1, &error);
    scantling_document *document = scantling_document_new(source, &error);
    scantling_report *report;
    long count;

    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, "no-root-user",
                              SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, &error);
    report = scantling_engine_evaluate(engine, &document, 1, &error);
    count = error ? -1 : (long)scantling_report_number(report, SCANTLING_NUMBER_FAIL);

    if (error)
        fprintf(stderr, "%s\n", scantling_error_message(error, NULL));
    scantling_report_unref(report);
    scantling_document_unref(document);
    scantling_source_free(source);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    scantling_error_free(error);
    return count;
}

/* Whether the program's own Lua still is 5.1 and computes. */
static int
own_lua_works(void)
{
    lua_State *L = luaL_newstate();
    int works = 0;

    if (!L)
        return 0;
    luaL_openlibs(L);
    if (luaL_dostring(L, "return _VERSION, #string.rep('x', 40) + 2") == 0)
        works = strcmp(lua_tostring(L, -2), "Lua 5.1") == 0 && lua_tointeger(L, -1) == 42;
    lua_close(L);
    return works;
}

int
main(void)
{
    long first;
    int failed = 0;

    if (!own_lua_works())
        failed = 1;
    first = count_findings();
    if (first != 1 || !own_lua_works() || count_findings() != first || !own_lua_works())
        failed = 1;
    printf("%s 1 - scantling and a Lua 5.1 of the program's own run side by side\n1..1\n",
           failed ? "not ok" : "ok");
    return failed;
}
