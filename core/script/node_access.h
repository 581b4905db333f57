/* SPDX-License-Identifier: Apache-2.0 */
/*
 * node_access.h: what can be done with a node in Lua
 */
#ifndef SCL_SCRIPT_NODE_ACCESS_H
#define SCL_SCRIPT_NODE_ACCESS_H

#include "script/node.h"

/* Pushes a new metatable for proxies of a shape. */
void scl_push_metatable(lua_State *L, enum scl_proxy_shape shape);

#endif
