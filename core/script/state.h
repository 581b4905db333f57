/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state.h: one sandboxed Lua state and the only door into it
 *
 *     struct scl_lua *lua = scl_lua_new(&limits, &error);
 *     scl_lua_run(lua, load_policies, loader, &outcome);  // compile, call, keep in the registry
 *     scl_lua_snapshot(lua, &error);                      // what every document starts from
 *     for each document:
 *         scl_lua_restore(lua);
 *         scl_lua_set_total(lua, total);
 *         for each policy: scl_lua_run(lua, call_check, run, &outcome);
 *     scl_lua_free(lua);
 *
 * Whatever may raise runs inside scl_lua_run. A limit ends the run by a jump to that door, from
 * wherever it is noticed: nothing in the language can catch it. What ends so leaves the state
 * broken; the next run, or scl_lua_restore, puts it back. So it does after a run that made long
 * strings or large tables, which a later run could use without paying for them: nothing that lies
 * in the Lua heap outlives a run for certain.
 *
 * Rules for C functions called from Lua: own nothing outside the Lua heap (no malloc, no lock, no
 * file) while any Lua function is called, because the run may end there; charge for what is done;
 * keep no large array on the C stack. lua_pcall, lua_newthread, luaL_Buffer, luaL_error and
 * luaL_check* are not used: see arguments.h and buffer.h.
 *
 * Invariants: `lua_close` is never called and no metatable has `__gc`; a run's count of steps
 * depends on the snapshot and on itself alone; the thread's locale is C inside a run and what it
 * was outside. A state is used by one thread at a time.
 */
#ifndef SCL_SCRIPT_STATE_H
#define SCL_SCRIPT_STATE_H

#include "base/error.h"
#include "script/limits.h"
#include "script/outcome.h"

#include <lua.h>
#include <stdatomic.h>
#include <stdbool.h>

struct scl_lua;

/* What runs inside the door; its results are left on the stack and dropped. */
typedef void scl_lua_body(lua_State *L, void *context);

/* A state with Lua's own libraries, in which nothing was loaded. Failure: MEMORY, or ARGUMENT
 * where the memory limit is too small for it. */
struct scl_lua *scl_lua_new(const struct scl_lua_limits *limits, scantling_error **error);
void scl_lua_free(struct scl_lua *lua);

/* Runs `body` and says how it ended; `ret` may be NULL. Begins with an empty Lua stack, a fresh
 * count of steps and no printed lines. Runs do not nest. */
enum scl_outcome_kind scl_lua_run(struct scl_lua *lua, scl_lua_body *body, void *context,
                                  struct scl_outcome *ret);

/* Collects garbage and remembers the state as it is: what scl_lua_restore returns to. An earlier
 * snapshot is replaced. Failure: MEMORY; POLICY where the collection itself hits a limit. */
bool scl_lua_snapshot(struct scl_lua *lua, scantling_error **error);
/* Nothing without a snapshot. Pointers into the Lua heap made since are dead. */
void scl_lua_restore(struct scl_lua *lua);
size_t scl_lua_snapshot_size(const struct scl_lua *lua);

/* What all runs until the next call may use together; at first `total_steps` of the limits. */
void scl_lua_set_total(struct scl_lua *lua, uint64_t steps);
uint64_t scl_lua_total(const struct scl_lua *lua); /* what is left of it */
/* Looked at while running: once it is true, runs end as CANCELLED. NULL: never. */
void scl_lua_set_cancel(struct scl_lua *lua, atomic_bool *cancel);
/* Found by scl_lua_user from inside: whatever the layers above need there. */
void scl_lua_set_user(struct scl_lua *lua, void *user);
const struct scl_lua_limits *scl_lua_limits(const struct scl_lua *lua);

/* Another limit of steps from now on. */
void scl_lua_set_steps(struct scl_lua *lua, uint64_t steps);

/* Of the last run. */
uint64_t scl_lua_steps(const struct scl_lua *lua);
/* The most memory since the last restore, in bytes. */
size_t scl_lua_peak(const struct scl_lua *lua);
/* Lines that the last run printed, each ended by LF, and how many more were dropped. */
struct scl_str scl_lua_printed(const struct scl_lua *lua, uint32_t *ret_dropped);

/* ---- from inside a run ---- */

struct scl_lua *scl_lua_from(lua_State *L);
void *scl_lua_user(lua_State *L);

/* Compiles a text, charged by its worst case, with the shared globals as its `_ENV`, and pushes it
 * as a function. What is no text, does not parse or is over `policy_bytes` ends the run. */
void scl_lua_compile(lua_State *L, struct scl_str name, struct scl_str text);

/* Takes steps from the budget; ends the run where it is spent. */
void scl_charge(lua_State *L, uint64_t steps);
/* Of a call of ours that reads or writes that many bytes: 1, and 1 for every 64. */
void scl_charge_bytes(lua_State *L, size_t bytes);
/* Of reading or writing that many keys of Lua tables: more where there are large ones, whose keys
 * may have been made to collide. */
void scl_charge_lookups(lua_State *L, uint64_t count);
/* Ends the run where a string of this length may not be made. */
void scl_charge_string(lua_State *L, size_t bytes);

/* Ends the run with an error at the innermost Lua frame; `%s %d %u %zu %.*s` and their like. */
_Noreturn void scl_raise(lua_State *L, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
_Noreturn void scl_end_unknown(lua_State *L);
_Noreturn void scl_end_not_applicable(lua_State *L);
/* Ends the run as one that reached a limit, for limits that other layers count. */
_Noreturn void scl_end_limit(lua_State *L, int32_t limit, uint64_t limit_value, uint64_t used);
/* Ends the run because the host's own memory ran out. */
_Noreturn void scl_end_memory(lua_State *L);

/* The innermost Lua frame: its chunk's name (valid while it is loaded) and line; false: none. */
bool scl_lua_place(lua_State *L, struct scl_str *ret_chunk, uint32_t *ret_line);

#endif
