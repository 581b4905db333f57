/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h: a config compiled
 *
 * An engine has the policies that were selected, in the order of their codes (then ids), with their
 * metadata and parameters, the adjustments of their findings, the facts, and a pool of Lua
 * states. It never changes but for the pool, whose states are lent to one thread at a time; nothing
 * is locked.
 */
#ifndef SCL_ENGINE_ENGINE_H
#define SCL_ENGINE_ENGINE_H

#include "document/assume.h"
#include "document/facts.h"
#include "document/secrets.h"
#include "engine/own.h"
#include "engine/reasons.h"
#include "engine/settings.h"
#include "script/judge.h"

#include <stdatomic.h>

enum { SCL_POOL_SLOTS = 64 };

struct scl_assumption {
    struct scl_str key, value;
    unsigned id; /* SCL_ASSUME_ */
};

/* An entry of a baseline. */
struct scl_known_finding {
    struct scl_str policy, path;
    struct scl_place place;
    uint32_t next; /* one more of the same fingerprint, plus 1 */
};

struct scl_baseline {
    struct scl_map map; /* of fingerprints -> index of the last, plus 1 */
    SCL_VEC(struct scl_known_finding) list;
};

struct scantling_engine {
    atomic_uint references;
    struct scl_arena arena;
    const struct scl_judge_policy *policies; /* and behind them the adjustments, by id */
    const struct scl_reason *reasons; /* of each policy; NULL: nobody chose them (examples) */
    uint32_t policy_count, adjustment_count;
    uint32_t subjects; /* bit a SCL_TYPE_ that any policy judges */
    const struct scl_facts *facts;
    const struct scl_secrets *secrets;
    struct scl_libraries libraries; /* that policies import */
    struct scl_str date; /* of length 0: not given */
    const struct scl_assumption *assumptions;
    uint32_t assumption_count;
    struct scl_assumed assumed; /* the same for views */
    struct scl_lua_limits limits;
    struct scl_names names;
    struct scl_settings *settings;  /* NULL: none are read (examples) */
    struct scl_baseline *baseline;  /* NULL likewise */
    uint32_t own[SCL_OWN_COUNT];    /* index of each own policy, plus 1; 0: it is not selected */
    const uint32_t *exception_first, *exception_list; /* of each policy; NULL: there are none */
    struct scl_read_log *log; /* of what examples make their policy read; NULL: nobody asks */
    bool suppresses;                /* comments, exceptions and the baseline have effect */
    struct scl_str digest; /* 16 hex digits over all that decides a verdict */
    _Atomic(struct scl_judge *) pool[SCL_POOL_SLOTS];
};

/* How many policies and adjustments there are together: as many may have findings. */
static inline uint32_t
scl_engine_file_count(const struct scantling_engine *engine)
{
    return engine->policy_count + engine->adjustment_count;
}

struct scantling_engine *scl_engine_new(const struct scantling_config *config,
                                        scantling_error **error);
struct scantling_engine *scl_engine_ref(struct scantling_engine *engine);
void scl_engine_unref(struct scantling_engine *engine);

/* The built-in policy, or the one of `engine`, that a name means: a code, an id, another tool's id;
 * UINT32_MAX: none. */
uint32_t scl_engine_find_policy(const struct scantling_engine *engine, struct scl_str name);

#endif
