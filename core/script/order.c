/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.c: sorting numbers and strings
 *
 * A merge sort from the bottom up: stable, without recursion, and the same number of comparisons
 * at most whatever the order was. It is charged before it begins, as if each string were compared
 * with its like in every round.
 */
#include "script/order.h"

#include "script/state.h"

#include <math.h>
#include <string.h>

bool
scl_order_read(lua_State *L, int index, struct scl_order *ret)
{
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            ret->kind = SCL_ORDER_INTEGER;
            ret->value.integer = lua_tointeger(L, index);
            return true;
        }
        ret->kind = SCL_ORDER_FLOAT;
        ret->value.number = lua_tonumber(L, index);
        return !isnan(ret->value.number);
    case LUA_TSTRING:
        ret->kind = SCL_ORDER_STRING;
        ret->value.string.at = lua_tolstring(L, index, &ret->value.string.len);
        return true;
    default:
        return false;
    }
}

/* A float against a whole number, without rounding either. */
static int
compare_mixed(lua_Number number, lua_Integer integer)
{
    lua_Integer whole;

    if (number >= 9223372036854775808.0)
        return 1;
    if (number < -9223372036854775808.0)
        return -1;
    whole = (lua_Integer)floor(number);
    if (whole != integer)
        return whole < integer ? -1 : 1;
    return number > floor(number);
}

int
scl_order_compare(const struct scl_order *a, const struct scl_order *b)
{
    if (a->kind == SCL_ORDER_STRING || b->kind == SCL_ORDER_STRING) {
        if (a->kind != b->kind)
            return a->kind == SCL_ORDER_STRING ? 1 : -1;
        return scl_str_compare(a->value.string, b->value.string);
    }
    if (a->kind == SCL_ORDER_INTEGER && b->kind == SCL_ORDER_INTEGER)
        return (a->value.integer > b->value.integer) - (a->value.integer < b->value.integer);
    if (a->kind == SCL_ORDER_INTEGER)
        return -compare_mixed(b->value.number, a->value.integer);
    if (b->kind == SCL_ORDER_INTEGER)
        return compare_mixed(a->value.number, b->value.integer);
    return (a->value.number > b->value.number) - (a->value.number < b->value.number);
}

static void
merge(const struct scl_order *from, struct scl_order *to, uint32_t start, uint32_t middle,
      uint32_t end)
{
    uint32_t left = start, right = middle;

    for (uint32_t i = start; i < end; i++) {
        bool takes_left = left < middle &&
                          (right >= end || scl_order_compare(&from[left], &from[right]) <= 0);

        to[i] = takes_left ? from[left++] : from[right++];
    }
}

static void
charge_sort(lua_State *L, const struct scl_order *items, uint32_t count)
{
    uint64_t each = count, rounds = 1;

    for (uint32_t i = 0; i < count; i++)
        if (items[i].kind == SCL_ORDER_STRING)
            each += items[i].value.string.len / 64;
    for (uint32_t width = 2; width < count && width < UINT32_MAX / 2; width *= 2)
        rounds++;
    scl_charge(L, each * rounds);
}

void
scl_order_sort(lua_State *L, struct scl_order *items, struct scl_order *room, uint32_t count)
{
    struct scl_order *from = items, *to = room;

    charge_sort(L, items, count);
    for (uint32_t width = 1; width < count; width *= 2) {
        struct scl_order *spare = from;

        for (uint32_t start = 0; start < count; start += 2 * width) {
            uint32_t middle = count - start < width ? count : start + width;
            uint32_t end = count - start < 2 * width ? count : start + 2 * width;

            merge(from, to, start, middle, end);
        }
        from = to;
        to = spare;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}
