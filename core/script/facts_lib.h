/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts_lib.h: facts as values of Lua
 */
#ifndef SCL_SCRIPT_FACTS_LIB_H
#define SCL_SCRIPT_FACTS_LIB_H

#include "document/facts.h"

#include <lua.h>

/* Pushes a row of a table. */
void scl_fact_row_push(lua_State *L, const struct scl_facts_table *table, uint32_t row);
/* The table at an index of the stack, or NULL. */
const struct scl_facts_table *scl_fact_table_at(lua_State *L, int index);

#endif
