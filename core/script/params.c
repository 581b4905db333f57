/* SPDX-License-Identifier: Apache-2.0 */
/*
 * params.c: parameters of policies
 *
 * A parameter is declared with a type, and given by a default, by configuration (a tree or a text)
 * or by an example (a Lua value). Whatever the way, one function judges whether it fits.
 */
#include "script/params.h"

#include "base/suggest.h"
#include "base/text.h"
#include "script/arguments.h"
#include "script/frozen.h"
#include "syntax/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    enum scl_param_type type;
    const char *expected;
} types[] = {
    { "boolean", SCL_PARAM_BOOLEAN, "true or false" },
    { "integer", SCL_PARAM_INTEGER, "a whole number" },
    { "number", SCL_PARAM_NUMBER, "a number" },
    { "string", SCL_PARAM_STRING, "a string" },
    { "list", SCL_PARAM_LIST, "a list of strings" },
    { "map", SCL_PARAM_MAP, "a map of strings" },
    { "severity", SCL_PARAM_SEVERITY, "one of critical, high, medium, low, info" },
    { "size", SCL_PARAM_SIZE, "a size, as 512m" },
    { "date", SCL_PARAM_DATE, "a date, as 2026-11-21" },
};

static const char *const param_keys[] = { "type",  "default", "min", "max",
                                          "one_of", "doc",     NULL };

uint32_t
scl_param_find(const struct scl_policy *policy, struct scl_str name)
{
    for (uint32_t i = 0; i < policy->param_count; i++)
        if (scl_str_same(policy->params[i].name, name))
            return i;
    return UINT32_MAX;
}

/* ---- one value ---- */

bool
scl_is_date(struct scl_str text)
{
    static const char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int64_t year, month, day;

    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-' ||
        !scl_str_int(scl_str_sub(text, 0, 4), &year) || year < 1 ||
        !scl_str_int(scl_str_sub(text, 5, 2), &month) ||
        !scl_str_int(scl_str_sub(text, 8, 2), &day) || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1])
        return false;
    return month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

bool
scl_size_parse(struct scl_str text, int64_t *ret_bytes)
{
    static const char units[] = "bkmgtp";
    struct scl_str number = scl_str_trim(text);
    size_t digits = 0;
    unsigned power = 0;
    const char *unit;
    int64_t nano;
    bool exact;

    while (digits < number.len && (scl_is_digit(number.at[digits]) || number.at[digits] == '.'))
        digits++;
    text = scl_str_trim(scl_str_sub(number, digits, number.len));
    if (text.len) {
        unit = strchr(units, scl_lower(text.at[0]));
        if (!unit || !*unit)
            return false;
        power = (unsigned)(unit - units);
        text = scl_str_sub(text, 1, text.len);
        if (text.len && !scl_str_is_nocase(text, "b") && !scl_str_is_nocase(text, "ib"))
            return false;
    }
    number = scl_str_sub(number, 0, digits);
    if (scl_number_int(number, ret_bytes)) {
        if (*ret_bytes > INT64_MAX >> (10 * power))
            return false;
        *ret_bytes *= (int64_t)1 << (10 * power);
        return true;
    }
    if (!scl_number_nano(number, &nano, &exact) ||
        (double)nano / 1e9 * ldexp(1.0, (int)(10 * power)) > 9e18)
        return false;
    *ret_bytes = (int64_t)((double)nano / 1e9 * ldexp(1.0, (int)(10 * power)));
    return true;
}

/* Sets a value of a type that is written as text. */
static bool
set_text(const struct scl_param *param, struct scl_str text, struct scl_param_value *ret)
{
    int64_t nano;
    bool exact;

    ret->text = text;
    switch (param->type) {
    case SCL_PARAM_BOOLEAN:
        ret->integer = scl_str_is(text, "true");
        return ret->integer || scl_str_is(text, "false");
    case SCL_PARAM_INTEGER:
        ret->number = scl_number_int(text, &ret->integer) ? (double)ret->integer : NAN;
        return !isnan(ret->number);
    case SCL_PARAM_NUMBER:
        if (!scl_number_nano(text, &nano, &exact))
            return false;
        ret->number = (double)nano / 1e9;
        return true;
    case SCL_PARAM_SIZE:
        return scl_size_parse(text, &ret->integer);
    case SCL_PARAM_DATE:
        return scl_is_date(text);
    case SCL_PARAM_SEVERITY:
        return scl_severity_from(text) != SCANTLING_SEVERITY_NONE;
    default:
        return param->type == SCL_PARAM_STRING;
    }
}

static bool
has_bounds(enum scl_param_type type)
{
    return type == SCL_PARAM_INTEGER || type == SCL_PARAM_NUMBER || type == SCL_PARAM_SIZE;
}

static bool
has_members(enum scl_param_type type)
{
    return type == SCL_PARAM_LIST || type == SCL_PARAM_MAP;
}

static bool
is_within(const struct scl_param *param, const struct scl_param_value *value)
{
    double number = param->type == SCL_PARAM_SIZE ? (double)value->integer : value->number;

    if (has_bounds(param->type) && ((param->has_min && number < param->min) ||
                                    (param->has_max && number > param->max)))
        return false;
    if (!param->one_of.count)
        return true;
    for (uint32_t i = 0; i < value->list.count; i++)
        if (!scl_strs_have(param->one_of, value->list.at[i]))
            return false;
    return has_members(param->type) || scl_strs_have(param->one_of, value->text);
}

static const char *
expected_of(const struct scl_param *param)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i].type == param->type)
            return types[i].expected;
    return "";
}

/* A bound with a point whatever the locale. */
static void
add_bound(struct scl_text *text, const char *before, double bound)
{
    char digits[32];
    char *comma;

    snprintf(digits, sizeof digits, "%.15g", bound);
    comma = strchr(digits, ',');
    if (comma)
        *comma = '.';
    scl_text_f(text, "%s%s", before, digits);
}

/* What a value of the right type must be besides, in words; in the arena. */
static const char *
allowed_of(struct scl_arena *arena, const struct scl_param *param)
{
    struct scl_text text = { 0 };
    const char *copy;

    if (param->one_of.count) {
        scl_text_c(&text, has_members(param->type) ? "none but " : "one of ");
        for (uint32_t i = 0; i < param->one_of.count; i++)
            scl_text_f(&text, "%s%.*s", i ? ", " : "", SCL_ARG(param->one_of.at[i]));
    } else {
        scl_text_c(&text, expected_of(param));
        if (param->type == SCL_PARAM_SIZE && (param->has_min || param->has_max))
            scl_text_char(&text, ',');
        if (param->has_min)
            add_bound(&text, param->has_max ? " from " : " of at least ", param->min);
        if (param->has_max)
            add_bound(&text, param->has_min ? " to " : " of at most ", param->max);
    }
    copy = text.failed ? NULL : scl_arena_copy(arena, text.at, text.len);
    arena->failed = arena->failed || text.failed;
    scl_text_finish(&text);
    return copy ? copy : "";
}

/* ---- from configuration ---- */

static bool
strings_from_tree(struct scl_arena *arena, const struct scl_tree *tree, bool is_map,
                  struct scl_param_value *ret)
{
    uint32_t count = scl_tree_count(tree);
    struct scl_str *values = scl_arena_array(arena, count, sizeof *values);
    struct scl_str *keys = scl_arena_array(arena, count, sizeof *keys);

    if (!values || !keys)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);

        if (child->kind != SCL_TREE_STRING)
            return false;
        values[i] = scl_tree_text(child);
        keys[i] = scl_tree_key(child);
    }
    ret->list = (struct scl_strs){ values, count };
    if (is_map)
        ret->keys = (struct scl_strs){ keys, count };
    return true;
}

/* `a,b` for a list, `k=v,l=w` for a map: how --param writes them. */
static bool
strings_from_text(struct scl_arena *arena, struct scl_str text, bool is_map,
                  struct scl_param_value *ret)
{
    SCL_VEC(struct scl_str) values = { 0 };
    SCL_VEC(struct scl_str) keys = { 0 };
    struct scl_str piece;

    while (text.len && scl_str_cut(&text, ',', &piece)) {
        size_t equals = scl_str_find_char(piece, '=');
        struct scl_str *value = scl_vec_push(arena, &values);
        struct scl_str *key = scl_vec_push(arena, &keys);

        if (!value || !key || (is_map && equals == SIZE_MAX))
            return false;
        *key = scl_str_sub(piece, 0, equals);
        *value = is_map ? scl_str_sub(piece, equals + 1, piece.len) : piece;
    }
    ret->list = (struct scl_strs){ values.at, values.count };
    if (is_map)
        ret->keys = (struct scl_strs){ keys.at, keys.count };
    return true;
}

bool
scl_param_from_tree(struct scl_arena *arena, const struct scl_param *param,
                    const struct scl_tree *tree, struct scl_param_value *ret, const char **ret_why)
{
    bool is_map = param->type == SCL_PARAM_MAP, fits;

    *ret = (struct scl_param_value){ .is_set = true };
    *ret_why = expected_of(param);
    if (param->type == SCL_PARAM_LIST || is_map) {
        if (tree->kind == (is_map ? SCL_TREE_MAP : SCL_TREE_LIST))
            fits = strings_from_tree(arena, tree, is_map, ret);
        else
            fits = tree->kind == SCL_TREE_STRING &&
                   strings_from_text(arena, scl_tree_text(tree), is_map, ret);
    } else {
        fits = tree->kind != SCL_TREE_LIST && tree->kind != SCL_TREE_MAP &&
               tree->kind != SCL_TREE_NULL && set_text(param, scl_tree_text(tree), ret);
    }
    if (fits && !is_within(param, ret)) {
        *ret_why = allowed_of(arena, param);
        fits = false;
    }
    return fits;
}

/* ---- from Lua ---- */

static bool
read_map(struct scl_reader *r, const char *key, struct scl_param_value *ret)
{
    uint32_t count;
    const struct scl_named_strs *rows;
    struct scl_str *keys, *values;

    lua_createtable(r->L, 0, 1);
    lua_pushvalue(r->L, -2);
    lua_setfield(r->L, -2, key);
    rows = scl_reader_map(r, lua_gettop(r->L), key, &count);
    lua_pop(r->L, 1);
    keys = scl_arena_array(r->arena, count, sizeof *keys);
    values = scl_arena_array(r->arena, count, sizeof *values);
    if (!keys || !values)
        scl_end_memory(r->L);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].values.count != 1)
            return false;
        keys[i] = rows[i].name;
        values[i] = rows[i].values.at[0];
    }
    ret->keys = (struct scl_strs){ keys, count };
    ret->list = (struct scl_strs){ values, count };
    return true;
}

/* The value on top of the stack. */
static bool
read_value(struct scl_reader *r, const char *key, const struct scl_param *param,
           struct scl_param_value *ret)
{
    *ret = (struct scl_param_value){ .is_set = true };
    switch (param->type) {
    case SCL_PARAM_BOOLEAN:
        ret->integer = lua_toboolean(r->L, -1);
        return lua_isboolean(r->L, -1) && is_within(param, ret);
    case SCL_PARAM_INTEGER:
    case SCL_PARAM_NUMBER:
        ret->number = (double)lua_tonumber(r->L, -1);
        ret->integer = (int64_t)lua_tointeger(r->L, -1);
        return lua_type(r->L, -1) == LUA_TNUMBER &&
               (param->type == SCL_PARAM_NUMBER || (double)ret->integer == ret->number) &&
               is_within(param, ret);
    case SCL_PARAM_LIST:
        lua_createtable(r->L, 0, 1);
        lua_pushvalue(r->L, -2);
        lua_setfield(r->L, -2, key);
        ret->list = scl_reader_list(r, lua_gettop(r->L), key, false);
        lua_pop(r->L, 1);
        return is_within(param, ret);
    case SCL_PARAM_MAP:
        return lua_istable(r->L, -1) && read_map(r, key, ret);
    case SCL_PARAM_SIZE:
        if (lua_isinteger(r->L, -1)) {
            ret->integer = (int64_t)lua_tointeger(r->L, -1);
            return ret->integer >= 0 && is_within(param, ret);
        }
        break;
    default:
        break;
    }
    return lua_type(r->L, -1) == LUA_TSTRING &&
           set_text(param, scl_reader_copy(r, -1), ret) && is_within(param, ret);
}

static void
read_type(struct scl_reader *r, int t, struct scl_param *param)
{
    struct scl_str type = scl_reader_text(r, t, "type");

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (scl_str_is(type, types[i].name)) {
            param->type = types[i].type;
            return;
        }
    scl_reader_help(r, "one of boolean, integer, number, string, list, map, severity, size, date");
    scl_reader_refuse(r, "params", false, "parameter '%.*s' has no type that is known",
                      SCL_ARG(param->name));
}

static void
read_bound(struct scl_reader *r, int t, const char *key, const struct scl_param *param,
           bool *ret_has, double *ret)
{
    lua_getfield(r->L, t, key);
    *ret_has = lua_type(r->L, -1) == LUA_TNUMBER;
    if (!lua_isnil(r->L, -1) && !*ret_has)
        scl_reader_refuse(r, key, true, "'%s' of parameter '%.*s' is %s, not a number", key,
                          SCL_ARG(param->name), scl_type_words(r->L, -1));
    if (*ret_has && !has_bounds(param->type))
        scl_reader_refuse(r, key, true, "parameter '%.*s' has a '%s', which only integer, number "
                          "and size have", SCL_ARG(param->name), key);
    *ret = (double)lua_tonumber(r->L, -1);
    lua_pop(r->L, 1);
}

/* The declaration on top of the stack. */
static void
read_param(struct scl_reader *r, struct scl_param *param)
{
    int t = lua_gettop(r->L);

    if (!lua_istable(r->L, t))
        scl_reader_refuse(r, "params", true, "parameter '%.*s' is %s, not a table",
                          SCL_ARG(param->name), scl_type_words(r->L, t));
    scl_reader_known(r, t, "params", param_keys);
    read_type(r, t, param);
    param->doc = scl_reader_text(r, t, "doc");
    if (!param->doc.len)
        scl_reader_refuse(r, "params", false, "parameter '%.*s' has no 'doc': say what it is for",
                          SCL_ARG(param->name));
    read_bound(r, t, "min", param, &param->has_min, &param->min);
    read_bound(r, t, "max", param, &param->has_max, &param->max);
    param->one_of = scl_reader_list(r, t, "one_of", false);
    lua_getfield(r->L, t, "default");
    if (!lua_isnil(r->L, -1) && !read_value(r, "default", param, &param->fallback))
        scl_reader_refuse(r, "default", true, "the default of parameter '%.*s' is not %s",
                          SCL_ARG(param->name), allowed_of(r->arena, param));
    lua_pop(r->L, 1);
}

void
scl_params_read(struct scl_reader *r, int t, struct scl_policy *policy)
{
    static const struct scl_param none;
    SCL_VEC(struct scl_param) made = { 0 };

    lua_getfield(r->L, t, "params");
    if (!lua_isnil(r->L, -1) && !lua_istable(r->L, -1))
        scl_reader_refuse(r, "params", true, "policy: 'params' is not a table");
    if (lua_istable(r->L, -1)) {
        lua_pushnil(r->L);
        while (lua_next(r->L, -2)) {
            struct scl_param *param = scl_vec_push(r->arena, &made);

            if (!param)
                scl_end_memory(r->L);
            if (lua_type(r->L, -2) != LUA_TSTRING)
                scl_reader_refuse(r, "params", true, "policy: parameters have names");
            param->name = scl_reader_copy(r, -2);
            read_param(r, param);
            lua_pop(r->L, 1);
            /* in byte order of their names, whatever the order of lua_next */
            for (uint32_t i = made.count - 1;
                 i > 0 && scl_str_compare(made.at[i].name, made.at[i - 1].name) < 0; i--) {
                struct scl_param swapped = made.at[i];

                made.at[i] = made.at[i - 1];
                made.at[i - 1] = swapped;
            }
        }
    }
    lua_pop(r->L, 1);
    policy->params = made.count ? made.at : &none;
    policy->param_count = made.count;
}

const struct scl_param_value *
scl_params_values(struct scl_reader *r, int t, const char *key, const struct scl_policy *policy)
{
    struct scl_param_value *values =
        scl_arena_array(r->arena, policy->param_count + 1u, sizeof *values);

    if (!values)
        scl_end_memory(r->L);
    for (uint32_t i = 0; i < policy->param_count; i++)
        values[i] = policy->params[i].fallback;
    lua_getfield(r->L, t, key);
    if (lua_istable(r->L, -1)) {
        lua_pushnil(r->L);
        while (lua_next(r->L, -2)) {
            struct scl_str name = { "", 0 };
            uint32_t index;

            if (lua_type(r->L, -2) == LUA_TSTRING)
                name = scl_reader_copy(r, -2);
            index = scl_param_find(policy, name);
            if (index == UINT32_MAX)
                scl_reader_refuse(r, "params", true, "policy has no parameter '%.*s'",
                                  SCL_ARG(name));
            if (!read_value(r, "params", &policy->params[index], &values[index]))
                scl_reader_refuse(r, "params", true, "parameter '%.*s' is not %s", SCL_ARG(name),
                                  allowed_of(r->arena, &policy->params[index]));
            lua_pop(r->L, 1);
        }
    }
    lua_pop(r->L, 1);
    return values;
}

/* ---- to Lua ---- */

static void
push_strings(lua_State *L, const struct scl_param_value *value)
{
    bool is_map = value->keys.at != NULL;

    lua_createtable(L, is_map ? 0 : (int)value->list.count, is_map ? (int)value->list.count : 0);
    for (uint32_t i = 0; i < value->list.count; i++) {
        if (is_map)
            lua_pushlstring(L, value->keys.at[i].at, value->keys.at[i].len);
        else
            lua_pushinteger(L, (lua_Integer)i + 1);
        lua_pushlstring(L, value->list.at[i].at, value->list.at[i].len);
        lua_rawset(L, -3);
    }
    scl_frozen_data_push(L, "a parameter");
}

static void
push_value(lua_State *L, const struct scl_param *param, const struct scl_param_value *value)
{
    switch (value->is_set ? param->type : SCL_PARAM_DATE + 1) {
    case SCL_PARAM_BOOLEAN:
        lua_pushboolean(L, value->integer != 0);
        break;
    case SCL_PARAM_INTEGER:
    case SCL_PARAM_SIZE:
        lua_pushinteger(L, (lua_Integer)value->integer);
        break;
    case SCL_PARAM_NUMBER:
        lua_pushnumber(L, (lua_Number)value->number);
        break;
    case SCL_PARAM_LIST:
    case SCL_PARAM_MAP:
        push_strings(L, value);
        break;
    case SCL_PARAM_STRING:
    case SCL_PARAM_SEVERITY:
    case SCL_PARAM_DATE:
        lua_pushlstring(L, value->text.at, value->text.len);
        break;
    default:
        lua_pushnil(L);
        break;
    }
}

void
scl_params_push(lua_State *L, const struct scl_policy *policy, const struct scl_param_value *values)
{
    lua_createtable(L, 0, (int)policy->param_count);
    for (uint32_t i = 0; i < policy->param_count; i++) {
        lua_pushlstring(L, policy->params[i].name.at, policy->params[i].name.len);
        push_value(L, &policy->params[i], &values[i]);
        lua_rawset(L, -3);
    }
    scl_frozen_push(L, "params");
}
