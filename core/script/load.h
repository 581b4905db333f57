/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.h: from the text of a policy file to what it says of itself
 *
 * A file is run once in a scratch state. What is wrong with it is an error of status POLICY that
 * points at the key in the file, with what to do about it.
 */
#ifndef SCL_SCRIPT_LOAD_H
#define SCL_SCRIPT_LOAD_H

#include "base/error.h"
#include "script/locate.h"
#include "script/run.h"

struct scl_example_file {
    struct scl_str name, text;
    bool is_absent;
};

struct scl_example {
    enum scl_example_want want;
    struct scl_str name;   /* "fails.dockerfile[2]" */
    struct scl_str format; /* "dockerfile", or of length 0: by the files' names */
    const struct scl_example_file *files;
    uint32_t file_count;
    struct scl_str date, target;
    const struct scl_named_strs *build_args;  /* one value each */
    uint32_t build_arg_count;
    const struct scl_param_value *params;     /* one for each of the policy's, the defaults in */
    int64_t count;                            /* -1: not said */
    scantling_severity severity;              /* NONE: not said */
    const struct scl_str *fixed; /* one a file, `at` NULL: as it was; NULL: it need not be fixed */
};

struct scl_examples {
    const struct scl_example *at;
    uint32_t count;
};

/* A scratch state for loading, reusable. */
struct scl_loader {
    struct scl_lua *lua;
    const struct scl_facts *facts;
    const struct scl_secrets *secrets;
    struct scl_libraries libraries;
};

bool scl_loader_init(struct scl_loader *loader, const struct scl_facts *facts,
                     const struct scl_secrets *secrets, const struct scl_lua_limits *limits,
                     scantling_error **error);
/* What files may import from now on; borrowed. */
void scl_loader_set_libraries(struct scl_loader *loader, struct scl_libraries libraries);
void scl_loader_finish(struct scl_loader *loader);

/* Reads a policy; its parts lie in the arena, path and source are borrowed. `examples` may be NULL.
 * False with an error appended to `*chain`. */
bool scl_policy_load(struct scl_loader *loader, struct scl_arena *arena, struct scl_str path,
                     struct scl_str source, bool is_builtin, struct scl_policy *ret,
                     struct scl_examples *examples, scantling_error **chain);

/* Opens all of the policy language in a new state; inside a run. */
void scl_language_open(lua_State *L);
/* Compiles and calls the chunk of a policy, and pushes the table it gave to policy(). */
void scl_policy_push(lua_State *L, struct scl_str path, struct scl_str source);

#endif
