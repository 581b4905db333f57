/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_kernel.c: caps, size, date
 */
#include "script/verbs.h"

#include "formats/capabilities.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "script/params.h"
#include "script/run.h"

#include <stdio.h>

/* ---- caps ---- */

static struct scl_str
normalized(lua_State *L, struct scl_str given)
{
    struct scl_str made = scl_capability_name(scl_run_arena(L), given);

    scl_charge_bytes(L, given.len);
    if (!made.at && given.len)
        scl_end_memory(L);
    return made;
}

/* caps.name(s) -> "CAP_SYS_ADMIN" of any spelling */
static int
l_caps_name(lua_State *L)
{
    struct scl_str name;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    name = normalized(L, scl_arg_string(L, 1, "caps.name"));
    lua_pushlstring(L, name.at, name.len);
    return 1;
}

/* Whether the list at `index` holds a capability; ALL holds any. */
static bool
list_has(lua_State *L, int index, struct scl_str wanted, const char *name)
{
    struct scl_str entry;
    bool found = false;

    for (lua_Integer i = 1; !found && scl_arg_entry(L, index, i, name, &entry); i++) {
        entry = normalized(L, entry);
        found = scl_str_same(entry, wanted) || scl_str_is(entry, "ALL");
        lua_pop(L, 1);
    }
    return found;
}

/* caps.has(list, s) -> boolean */
static int
l_caps_has(lua_State *L)
{
    struct scl_str wanted;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    scl_arg_list(L, 1, "caps.has");
    wanted = normalized(L, scl_arg_string(L, 2, "caps.has"));
    lua_pushboolean(L, list_has(L, 1, wanted, "caps.has"));
    return 1;
}

/* The numbered names in the list at `index`, as bits. */
static uint64_t
bits_of(lua_State *L, int index, const char *name)
{
    struct scl_str entry;
    uint64_t bits = 0;

    for (lua_Integer i = 1; scl_arg_entry(L, index, i, name, &entry); i++) {
        int number;

        entry = normalized(L, entry);
        number = scl_capability_number(entry);
        if (scl_str_is(entry, "ALL"))
            bits = scl_capability_all();
        else if (number != SCL_CAPABILITY_UNKNOWN)
            bits |= (uint64_t)1 << number;
        lua_pop(L, 1);
    }
    return bits;
}

/* caps.minus(a, b) -> the names of a that are not in b, by the kernel's number */
static int
l_caps_minus(lua_State *L)
{
    const struct scl_facts_table *table;
    uint64_t left;
    lua_Integer count = 0;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    scl_arg_list(L, 1, "caps.minus");
    scl_arg_list(L, 2, "caps.minus");
    left = bits_of(L, 1, "caps.minus") & ~bits_of(L, 2, "caps.minus");
    table = scl_facts_find(scl_facts_builtin(), SCL_S("capabilities"));
    lua_newtable(L);
    for (uint32_t row = 0; table && row < table->row_count; row++) {
        struct scl_str name = scl_facts_text(table, row, 0);
        int number = scl_capability_number(name);

        if (number == SCL_CAPABILITY_UNKNOWN || !(left >> number & 1))
            continue;
        lua_pushlstring(L, name.at, name.len);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

/* ---- size ---- */

/* size.parse(s) -> bytes, or nil */
static int
l_size_parse(lua_State *L)
{
    int64_t bytes;

    if (!lua_isnoneornil(L, 1) && scl_size_parse(scl_arg_string(L, 1, "size.parse"), &bytes))
        lua_pushinteger(L, (lua_Integer)bytes);
    else
        lua_pushnil(L);
    return 1;
}

/* size.text(bytes) -> "512 MiB" */
static int
l_size_text(lua_State *L)
{
    static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB" };
    lua_Integer bytes;
    size_t unit = 0;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    bytes = scl_arg_integer(L, 1, "size.text");
    while (unit < 5 && bytes && bytes % 1024 == 0) {
        bytes /= 1024;
        unit++;
    }
    lua_pushfstring(L, "%I %s", (LUAI_UACINT)bytes, units[unit]);
    return 1;
}

/* ---- date ---- */

enum { FIRST_DAY = 306, LAST_DAY = 3652364 }; /* 0001-01-01 and 9999-12-31, since 0000-03-01 */

/* Days since 1970-01-01 of a date that exists, by the proleptic Gregorian calendar. */
static int64_t
day_number(struct scl_str date)
{
    int64_t year = 0, month = 0, day = 0, era, of_era;

    scl_str_int(scl_str_sub(date, 0, 4), &year);
    scl_str_int(scl_str_sub(date, 5, 2), &month);
    scl_str_int(scl_str_sub(date, 8, 2), &day);
    year -= month <= 2;
    era = year / 400;
    of_era = year - era * 400;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
           (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1 - 719468;
}

static struct scl_str
check_date(lua_State *L, int index, const char *name)
{
    struct scl_str date = scl_arg_string(L, index, name);

    if (!scl_is_date(date))
        scl_raise(L, "%s: '%.*s' is no date; write YYYY-MM-DD", name, SCL_ARG(date));
    return date;
}

/* date.today() -> "2026-11-21"; unknown where the host gave none */
static int
l_date_today(lua_State *L)
{
    struct scl_run *run = scl_run_of(L);

    if (!run->subject)
        scl_raise(L, "date.today() is known in a check, not while the policy loads");
    if (!run->date.len) {
        run->misses_date = true;
        scl_end_unknown(L);
    }
    lua_pushlstring(L, run->date.at, run->date.len);
    return 1;
}

/* date.days(from, to) -> integer */
static int
l_date_days(lua_State *L)
{
    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2))
        lua_pushnil(L);
    else
        lua_pushinteger(L, (lua_Integer)(day_number(check_date(L, 2, "date.days")) -
                                         day_number(check_date(L, 1, "date.days"))));
    return 1;
}

/* date.add(date, days) -> date */
static int
l_date_add(lua_State *L)
{
    int64_t days, era, of_era, year, of_year, month;
    char made[48];
    lua_Integer added;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    added = scl_arg_integer(L, 2, "date.add");
    if (added < -3000000 || added > 3000000)
        scl_raise(L, "date.add: so many days are out of range");
    days = day_number(check_date(L, 1, "date.add")) + (int64_t)added + 719468;
    if (days < FIRST_DAY)
        scl_raise(L, "date.add: the day is before the year 1");
    if (days > LAST_DAY)
        scl_raise(L, "date.add: the day is after the year 9999");
    era = days / 146097;
    of_era = days - era * 146097;
    year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year + year / 4 - year / 100);
    month = (5 * of_year + 2) / 153;
    snprintf(made, sizeof made, "%04d-%02d-%02d", (int)(year + era * 400 + (month >= 10)),
             (int)(month < 10 ? month + 3 : month - 9),
             (int)(of_year - (153 * month + 2) / 5 + 1));
    lua_pushstring(L, made);
    return 1;
}

void
scl_open_kernel(lua_State *L)
{
    static const struct scl_function caps[] = {
        { "name", l_caps_name },
        { "has", l_caps_has },
        { "minus", l_caps_minus },
        { NULL, NULL },
    };
    static const struct scl_function size[] = {
        { "parse", l_size_parse },
        { "text", l_size_text },
        { NULL, NULL },
    };

    scl_globals_library(L, "caps", caps);
    scl_globals_library(L, "size", size);
}

void
scl_open_dates(lua_State *L)
{
    static const struct scl_function date[] = {
        { "today", l_date_today },
        { "days", l_date_days },
        { "add", l_date_add },
        { NULL, NULL },
    };

    scl_globals_library(L, "date", date);
}
