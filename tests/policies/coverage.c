/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coverage.c: the examples of the built-in policies run every line of them
 *
 *     coverage
 *
 * Runs all examples through the ABI. The linker puts the function below before lua_sethook, so
 * that the hook which counts steps is joined by one that sees lines and calls; nothing of it is in
 * the library. A case a policy: each line with code in a function that was called was reached, and
 * each function that its text defines was called. Prints TAP.
 */
#include "scantling.h"

#include "script/policy.h"

#include <lua.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void __real_lua_sethook(lua_State *L, lua_Hook hook, int mask, int count);
void __wrap_lua_sethook(lua_State *L, lua_Hook hook, int mask, int count);

enum { LINES = 4096 };

enum { HAS_CODE = 1, WAS_REACHED = 2, IS_CALLED = 4 };

static unsigned char *lines_of; /* LINES for each policy */
static lua_Hook counting;

/* ---- hooks ---- */

static unsigned char *
find_lines(const char *source)
{
    static uint32_t last;

    for (uint32_t i = 0; *source && i < scl_builtin_policy_count; i++) {
        uint32_t index = (last + i) % scl_builtin_policy_count;

        if (scl_str_is(scl_builtin_policies[index].path, source + 1)) {
            last = index;
            return lines_of + (size_t)index * LINES;
        }
    }
    return NULL;
}

/* Notes which lines of the function being called have code. */
static void
note_call(lua_State *L, lua_Debug *activation, unsigned char *lines)
{
    lua_Integer last = 0;

    if (activation->linedefined >= LINES || lines[activation->linedefined] & IS_CALLED)
        return;
    lines[activation->linedefined] |= IS_CALLED;
    lua_getinfo(L, "L", activation);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_Integer line = lua_tointeger(L, -2);

        if (line > last)
            last = line;
        if (line > 0 && line < LINES)
            lines[line] |= HAS_CODE;
    }
    lua_pop(L, 1);
    if (!activation->linedefined && last < LINES) /* the return behind `return policy` */
        lines[last] |= WAS_REACHED;
}

static void
see(lua_State *L, lua_Debug *activation)
{
    unsigned char *lines;

    if (activation->event == LUA_HOOKCOUNT) {
        counting(L, activation);
        return;
    }
    lua_getinfo(L, "Sl", activation);
    lines = activation->what[0] == 'C' ? NULL : find_lines(activation->source);
    if (!lines)
        return;
    if (activation->event != LUA_HOOKLINE)
        note_call(L, activation, lines);
    else if (activation->currentline > 0 && activation->currentline < LINES)
        lines[activation->currentline] |= WAS_REACHED;
}

void
__wrap_lua_sethook(lua_State *L, lua_Hook hook, int mask, int count)
{
    counting = hook;
    __real_lua_sethook(L, see, mask | LUA_MASKLINE | LUA_MASKCALL, count);
}

/* ---- the text ---- */

/* What a long bracket that begins at `at` ends with, or NULL where there is none. */
static const char *
long_end(const char *at)
{
    size_t level = 0;
    char end[16] = "]";

    while (at[1 + level] == '=' && level < 10)
        end[1 + level++] = '=';
    if (at[0] != '[' || at[1 + level] != '[')
        return NULL;
    end[1 + level] = ']';
    at = strstr(at, end);
    return at ? at + 2 + level : NULL;
}

/* Behind a string or comment that begins at `at`; `at` itself where there is none. */
static const char *
skip(const char *at)
{
    bool is_comment = at[0] == '-' && at[1] == '-';
    const char *end = long_end(is_comment ? at + 2 : at);

    if (end)
        return end;
    if (is_comment)
        return at + strcspn(at, "\n");
    if (*at != '"' && *at != '\'')
        return at;
    for (char quote = *at++; *at && *at != quote; at++)
        at += *at == '\\' && at[1];
    return at + (*at != '\0');
}

/* The lines on which a text has the word `function`. */
static void
find_functions(const char *at, bool *is_function)
{
    static const char names[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    uint32_t line = 1;

    while (*at && line < LINES) {
        const char *end = skip(at);
        size_t word = end == at ? strspn(at, names) : 0;

        if (word == 8 && memcmp(at, "function", 8) == 0)
            is_function[line] = true;
        if (end == at)
            end = at + (word ? word : 1);
        for (; at < end; at++)
            line += *at == '\n';
    }
}

/* Whether a line only closes what others began: its code is jumps that Lua leaves there. */
static bool
only_closes(struct scl_str source, int number)
{
    struct scl_str line = { "", 0 };

    while (number-- > 0 && scl_str_cut(&source, '\n', &line))
        ;
    line = scl_str_trim(line);
    return scl_str_starts(line, SCL_S("end")) &&
           strspn(line.at + 3, "),}; \n") >= line.len - 3;
}

/* What no format that is read can reach yet: containers that are requests. */
static const struct {
    const char *path, *text;
} out_of_reach[] = {
    { "builtin:privilege/drop-all-capabilities.lua", "does not drop all capabilities" },
};

static bool
is_out_of_reach(const struct scl_policy *policy, int number)
{
    struct scl_str line = { "", 0 }, rest = policy->source;

    while (number-- > 0 && scl_str_cut(&rest, '\n', &line))
        ;
    for (size_t i = 0; i < sizeof out_of_reach / sizeof out_of_reach[0]; i++)
        if (scl_str_is(policy->path, out_of_reach[i].path) &&
            scl_str_find(line, scl_str_c(out_of_reach[i].text)) != SIZE_MAX)
            return true;
    return false;
}

static uint32_t
check_policy(uint32_t index)
{
    const struct scl_policy *policy = &scl_builtin_policies[index];
    const unsigned char *lines = lines_of + (size_t)index * LINES;
    bool is_function[LINES] = { false };
    uint32_t missed = 0;

    find_functions(policy->source.at, is_function);
    for (int line = 1; line < LINES; line++) {
        bool is_missed = (lines[line] & (HAS_CODE | WAS_REACHED)) == HAS_CODE &&
                         !only_closes(policy->source, line) && !is_out_of_reach(policy, line);
        bool is_idle = is_function[line] && !(lines[line] & IS_CALLED);

        if (is_missed || is_idle)
            printf("# %.*s:%d: %s by no example\n", SCL_ARG(policy->path), line,
                   is_idle ? "function is called" : "line is reached");
        missed += is_missed || is_idle;
    }
    return missed;
}

/* ---- running the examples ---- */

static bool
run_examples(void)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;
    bool kept;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", SCANTLING_TERMINATED);
    engine = scantling_engine_new(config, NULL);
    report = scantling_engine_test(engine, NULL);
    kept = report && scantling_report_number(report, SCANTLING_NUMBER_FINDINGS) == 0;
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    scantling_config_free(config);
    return kept;
}

int
main(void)
{
    uint32_t failed = 0;

    lines_of = calloc(scl_builtin_policy_count, LINES);
    if (!lines_of || !run_examples()) {
        puts("Bail out! the examples are not as promised");
        return 1;
    }
    printf("1..%u\n", (unsigned)scl_builtin_policy_count);
    for (uint32_t i = 0; i < scl_builtin_policy_count; i++) {
        uint32_t missed = check_policy(i);

        failed += missed != 0;
        printf("%s %u - the examples of %.*s run all of it\n", missed ? "not ok" : "ok",
               (unsigned)i + 1, SCL_ARG(scl_builtin_policies[i].id));
    }
    free(lines_of);
    return failed != 0;
}
