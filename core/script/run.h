/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.h: one call of a policy's check, seen from the C functions it calls
 *
 * What a run is given, and what it leaves: the values it read (its evidence), what it heard no
 * answer to, and what it reported. All of it lies outside the Lua heap and outlives the run.
 *
 * Invariants: each node is in `reads` once, in the order of its first read; `found` grows only.
 */
#ifndef SCL_SCRIPT_RUN_H
#define SCL_SCRIPT_RUN_H

#include "base/vec.h"
#include "document/secrets.h"
#include "document/view.h"
#include "script/import.h"
#include "script/policy.h"
#include "script/state.h"

struct scl_place_node { /* a node as a place; `span` of a hit inside its text, where `has_span` */
    const struct scl_view *view;
    struct scl_node node;
    bool has_span;
    struct scl_span span; /* in the file of the node */
};

struct scl_found_also {
    struct scl_place_node place;
    struct scl_str message;
};

/* Bytes of a file, and what is to stand in their place. */
struct scl_found_edit {
    const struct scl_view *view;
    struct scl_span span;
    uint16_t file;
    uint32_t order; /* among the edits of its fix, as they were given */
    struct scl_str text;
};

/* Edits that are applied together or not at all; sorted, none overlapping. */
struct scl_found_fix {
    bool is_safe;
    size_t text_bytes; /* of all texts */
    SCL_VEC(struct scl_found_edit) edits;
};

struct scl_found {
    struct scl_place_node place;
    struct scl_str message;
    scantling_severity severity; /* NONE: the policy's */
    uint32_t first_read;         /* how many reads stood before the last report of the run */
    uint32_t last_read;          /* and how many when it was made */
    SCL_VEC(struct scl_found_also) also;
    SCL_VEC(struct scl_found_fix) fixes;
};

struct scl_run {
    /* given */
    const struct scl_policy *policy;
    const struct scl_param_value *params; /* NULL: examples and files are only being loaded */
    const struct scl_view *view;
    const struct scantling_subject *subject;
    const struct scl_facts *facts;
    const struct scl_secrets *secrets;
    struct scl_libraries libraries; /* that files may import while they load */
    struct scl_str date; /* of length 0: not known */
    uint64_t finding_limit;
    struct scl_arena *arena; /* of texts and findings; of nothing that outlives the run */
    /* left */
    SCL_VEC(struct scl_node) reads;
    uint32_t *read_slots; /* open addressing: index in reads, plus 1 */
    uint32_t read_slot_count;
    SCL_VEC(struct scl_node) missing; /* what was unknown */
    struct scl_node nil_node;         /* the last field that was read as nil, */
    uint32_t nil_line, nil_count;     /* on which line, and how many there were in a row there */
    bool misses_date;                 /* date.today() was asked and is not known */
    SCL_VEC(struct scl_found) found;
    uint64_t dropped;
    uint64_t made; /* findings of the policy on this subject so far, over all its runs */
};

/* Empties what a run leaves, for the next one; memory is kept, unless it became much. */
void scl_run_reset(struct scl_run *run);
/* The run that L is in. Never NULL inside one. */
struct scl_run *scl_run_of(lua_State *L);
/* Where to put what lies outside the Lua heap; ends the run where that is over its limit too. */
struct scl_arena *scl_run_arena(lua_State *L);
/* Notes that a node was read. */
void scl_run_read(lua_State *L, struct scl_node node);
/* Notes that a node was read as nil, for the error that may follow. */
void scl_run_read_nil(lua_State *L, struct scl_node node);
/* Notes that a node is unknown; scl_run_end_unknown ends the run besides. */
void scl_run_doubt(lua_State *L, struct scl_node node);
_Noreturn void scl_run_end_unknown(lua_State *L, struct scl_node node);

#endif
