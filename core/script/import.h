/* SPDX-License-Identifier: Apache-2.0 */
/*
 * import.h: what policies of one folder share
 */
#ifndef SCL_SCRIPT_IMPORT_H
#define SCL_SCRIPT_IMPORT_H

#include "base/str.h"

#include <lua.h>

/* A file of a folder's `lib/`. */
struct scl_library {
    struct scl_str path, source;
};

struct scl_libraries {
    const struct scl_library *at;
    uint32_t count;
};

/* Adds `import` to a new state. */
void scl_open_import(lua_State *L);

#endif
