/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.h: sorting numbers and strings
 *
 * Numbers come first, ascending, whole ones and others compared exactly; then strings by bytes.
 * Equal ones keep their order.
 */
#ifndef SCL_SCRIPT_ORDER_H
#define SCL_SCRIPT_ORDER_H

#include "base/str.h"

#include <lua.h>
#include <stdbool.h>

enum scl_order_kind { SCL_ORDER_INTEGER, SCL_ORDER_FLOAT, SCL_ORDER_STRING };

struct scl_order {
    enum scl_order_kind kind;
    uint32_t index; /* the caller's own */
    union {
        lua_Integer integer;
        lua_Number number;
        struct scl_str string; /* valid while the value lives */
    } value;
};

/* Reads the value at `index`; false where it is neither number nor string, or NaN. */
bool scl_order_read(lua_State *L, int index, struct scl_order *ret);
int scl_order_compare(const struct scl_order *a, const struct scl_order *b);
/* Sorts `items`; `room` is of the same size. Charges by their number and bytes. */
void scl_order_sort(lua_State *L, struct scl_order *items, struct scl_order *room, uint32_t count);

#endif
