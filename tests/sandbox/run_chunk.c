/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_chunk.c: run-chunk [--steps] FILE...
 *
 * Runs each file as a plain chunk in one sandboxed state, put back before each, and prints how it
 * ended, one line a file:
 *
 *     FILE<TAB>ok|error-limit|error-sandbox<TAB>DETAIL
 *
 * The detail is what the chunk returned, the message, or the name of the limit. After each file a
 * control chunk runs in the same state; where that does not give its usual result, the line ends
 * with "<TAB>control failed". The exit status says whether the program itself worked. With --steps
 * the steps of each run follow its detail; --version prints the release of Lua.
 */
#include "file.h"
#include "script/libraries.h"
#include "script/state.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESULT_ROOM = 4096 };

struct chunk {
    struct scl_str name, text;
    char result[RESULT_ROOM];
};

static void
run_chunk(lua_State *L, void *context)
{
    struct chunk *chunk = context;
    struct scl_str text;
    size_t len;

    scl_lua_compile(L, chunk->name, chunk->text);
    lua_call(L, 0, 1);
    scl_tostring_push(L, -1);
    text.at = lua_tolstring(L, -1, &text.len);
    len = text.len < RESULT_ROOM - 1 ? text.len : RESULT_ROOM - 1;
    memcpy(chunk->result, text.at, len);
    chunk->result[len] = '\0';
}

static const char control_text[] =
    "local words = {}\n"
    "for w in ('apt-get install -y curl'):gmatch('%S+') do table.insert(words, w:upper()) end\n"
    "table.sort(words)\n"
    "local n = 0\n"
    "for _, v in pairs({ 1, 2, x = 3 }) do n = n + v end\n"
    "return table.concat(words, ' ') .. ' ' .. tostring(n) .. ' ' .. string.format('%5.2f', 2.5)";
static const char control_result[] = "-Y APT-GET CURL INSTALL 6  2.50";

static bool
control_works(struct scl_lua *lua)
{
    static struct chunk chunk;
    struct scl_outcome outcome;

    chunk.name = SCL_S("control");
    chunk.text = scl_str_c(control_text);
    scl_lua_restore(lua);
    scl_lua_set_total(lua, scl_lua_limits(lua)->total_steps);
    return scl_lua_run(lua, run_chunk, &chunk, &outcome) == SCL_RUN_OK &&
           strcmp(chunk.result, control_result) == 0;
}

static void
print_detail(struct scl_str detail)
{
    for (size_t i = 0; i < detail.len; i++) {
        unsigned char byte = (unsigned char)detail.at[i];

        if (byte < 0x20 || byte == 0x7f)
            printf("\\x%02x", byte);
        else
            putchar(byte);
    }
}

static void
print_outcome(const struct scl_outcome *outcome, const struct chunk *chunk)
{
    switch (outcome->kind) {
    case SCL_RUN_OK:
        printf("ok\t");
        print_detail(scl_str_c(chunk->result));
        break;
    case SCL_RUN_LIMIT:
        printf("error-limit\t%s at line %u", scl_lua_limit_name(outcome->limit), outcome->line);
        break;
    default:
        printf("error-sandbox\t%u: ", outcome->line);
        print_detail(outcome->message);
        break;
    }
}

static bool
run_file(struct scl_lua *lua, const char *path, bool prints_steps)
{
    static struct chunk chunk;
    struct scl_outcome outcome;
    size_t len = 0;
    char *bytes = test_read_file(path, &len);

    if (!bytes) {
        fprintf(stderr, "run-chunk: cannot read %s\n", path);
        return false;
    }
    chunk.name = scl_str_c(path);
    chunk.text = scl_str_n(bytes, len);
    chunk.result[0] = '\0';
    scl_lua_restore(lua);
    scl_lua_set_total(lua, scl_lua_limits(lua)->total_steps);
    scl_lua_run(lua, run_chunk, &chunk, &outcome);
    printf("%s\t", path);
    print_outcome(&outcome, &chunk);
    if (prints_steps)
        printf("\t%llu", (unsigned long long)scl_lua_steps(lua));
    printf("%s\n", control_works(lua) ? "" : "\tcontrol failed");
    fflush(stdout);
    free(bytes);
    return true;
}

int
main(int argc, char **argv)
{
    bool prints_steps = argc > 1 && strcmp(argv[1], "--steps") == 0;
    struct scl_lua_limits limits = { 0 };
    struct scl_lua *lua;
    int status = 0;

    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("%s.%s\n", LUA_VERSION, LUA_VERSION_RELEASE);
        return 0;
    }
    setlocale(LC_ALL, "");
    lua = scl_lua_new(&limits, NULL);
    if (!lua || !scl_lua_snapshot(lua, NULL)) {
        fprintf(stderr, "run-chunk: no state\n");
        scl_lua_free(lua);
        return 2;
    }
    for (int i = 1 + prints_steps; i < argc; i++)
        if (!run_file(lua, argv[i], prints_steps))
            status = 2;
    scl_lua_free(lua);
    return status;
}
