/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_math.c: math without chance
 */
#include "script/arguments.h"
#include "script/libraries.h"
#include "script/state.h"

#include <math.h>

static const lua_Number pi = 3.141592653589793238462643383279502884;

/* Functions of one float are one row each: name and function of C. */
typedef double float_function(double);

static double
to_degrees(double x)
{
    return x * (180.0 / pi);
}

static double
to_radians(double x)
{
    return x * (pi / 180.0);
}

static const struct {
    const char *name, *full_name;
    float_function *function;
} float_functions[] = {
    { "acos", "math.acos", acos }, { "asin", "math.asin", asin },
    { "cos", "math.cos", cos },    { "deg", "math.deg", to_degrees },
    { "exp", "math.exp", exp },    { "rad", "math.rad", to_radians },
    { "sin", "math.sin", sin },    { "sqrt", "math.sqrt", sqrt },
    { "tan", "math.tan", tan },
};

enum { FLOAT_FUNCTIONS = sizeof float_functions / sizeof float_functions[0] };

static int
call_float(lua_State *L)
{
    lua_Integer row = lua_tointeger(L, lua_upvalueindex(1));
    lua_Number x = scl_arg_number(L, 1, float_functions[row].full_name);

    scl_charge(L, 1);
    lua_pushnumber(L, float_functions[row].function(x));
    return 1;
}

/* Pushes a float that has no fraction as a whole number where it fits. */
static void
push_whole(lua_State *L, lua_Number x)
{
    if (x >= -9223372036854775808.0 && x < 9223372036854775808.0)
        lua_pushinteger(L, (lua_Integer)x);
    else
        lua_pushnumber(L, x);
}

static int
math_abs(lua_State *L)
{
    scl_charge(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_Integer n = lua_tointeger(L, 1);

        lua_pushinteger(L, n < 0 ? (lua_Integer)(0u - (lua_Unsigned)n) : n);
    } else {
        lua_pushnumber(L, fabs(scl_arg_number(L, 1, "math.abs")));
    }
    return 1;
}

static int
math_ceil(lua_State *L)
{
    scl_charge(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, ceil(scl_arg_number(L, 1, "math.ceil")));
    return 1;
}

static int
math_floor(lua_State *L)
{
    scl_charge(L, 1);
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else
        push_whole(L, floor(scl_arg_number(L, 1, "math.floor")));
    return 1;
}

static int
math_fmod(lua_State *L)
{
    scl_charge(L, 1);
    if (lua_isinteger(L, 1) && lua_isinteger(L, 2)) {
        lua_Integer divisor = lua_tointeger(L, 2);

        if (divisor == 0)
            scl_raise(L, "math.fmod: takes the remainder of a division by zero");
        lua_pushinteger(L, divisor == -1 ? 0 : lua_tointeger(L, 1) % divisor);
        return 1;
    }
    lua_pushnumber(L, fmod(scl_arg_number(L, 1, "math.fmod"), scl_arg_number(L, 2, "math.fmod")));
    return 1;
}

static int
math_modf(lua_State *L)
{
    lua_Number x = scl_arg_number(L, 1, "math.modf"), whole;

    scl_charge(L, 1);
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        lua_pushnumber(L, 0);
        return 2;
    }
    whole = x < 0 ? ceil(x) : floor(x);
    push_whole(L, whole);
    lua_pushnumber(L, isinf(x) ? 0 : x - whole);
    return 2;
}

static int
math_log(lua_State *L)
{
    lua_Number x = scl_arg_number(L, 1, "math.log"), base;

    scl_charge(L, 1);
    if (lua_isnoneornil(L, 2)) {
        lua_pushnumber(L, log(x));
        return 1;
    }
    base = scl_arg_number(L, 2, "math.log");
    if (base >= 2 && base <= 2)
        lua_pushnumber(L, log2(x));
    else if (base >= 10 && base <= 10)
        lua_pushnumber(L, log10(x));
    else
        lua_pushnumber(L, log(x) / log(base));
    return 1;
}

static int
math_atan(lua_State *L)
{
    lua_Number y = scl_arg_number(L, 1, "math.atan");

    scl_charge(L, 1);
    lua_pushnumber(L, atan2(y, lua_isnoneornil(L, 2) ? 1 : scl_arg_number(L, 2, "math.atan")));
    return 1;
}

static int
math_tointeger(lua_State *L)
{
    int is_integer = 0;
    lua_Integer n = 0;

    scl_charge(L, 1);
    scl_arg_any(L, 1, "math.tointeger");
    if (lua_type(L, 1) == LUA_TNUMBER)
        n = lua_tointegerx(L, 1, &is_integer);
    if (is_integer)
        lua_pushinteger(L, n);
    else
        lua_pushnil(L);
    return 1;
}

static int
math_type(lua_State *L)
{
    scl_charge(L, 1);
    scl_arg_any(L, 1, "math.type");
    if (lua_type(L, 1) != LUA_TNUMBER)
        lua_pushnil(L);
    else
        lua_pushstring(L, lua_isinteger(L, 1) ? "integer" : "float");
    return 1;
}

static int
math_ult(lua_State *L)
{
    scl_charge(L, 1);
    lua_pushboolean(L, (lua_Unsigned)scl_arg_integer(L, 1, "math.ult") <
                           (lua_Unsigned)scl_arg_integer(L, 2, "math.ult"));
    return 1;
}

/* Pushes the argument that is before all others in the order. */
static int
push_extreme(lua_State *L, const char *name, bool wants_greatest)
{
    int count = lua_gettop(L), best = 1;

    scl_charge(L, 1 + (uint64_t)count);
    scl_arg_number(L, 1, name);
    for (int i = 2; i <= count; i++) {
        scl_arg_number(L, i, name);
        if (wants_greatest ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT))
            best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int
math_max(lua_State *L)
{
    return push_extreme(L, "math.max", true);
}

static int
math_min(lua_State *L)
{
    return push_extreme(L, "math.min", false);
}

void
scl_open_math(lua_State *L)
{
    static const struct scl_function functions[] = {
        { "abs", math_abs },     { "atan", math_atan },           { "ceil", math_ceil },
        { "floor", math_floor }, { "fmod", math_fmod },           { "log", math_log },
        { "max", math_max },     { "min", math_min },             { "modf", math_modf },
        { "type", math_type },   { "tointeger", math_tointeger }, { "ult", math_ult },
        { NULL, NULL },
    };

    scl_functions_push(L, functions);
    for (int i = 0; i < FLOAT_FUNCTIONS; i++) {
        lua_pushinteger(L, i);
        lua_pushcclosure(L, call_float, 1);
        lua_setfield(L, -2, float_functions[i].name);
    }
    lua_pushnumber(L, pi);
    lua_setfield(L, -2, "pi");
    lua_pushnumber(L, HUGE_VAL);
    lua_setfield(L, -2, "huge");
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
    scl_frozen_push(L, "math");
    scl_globals_set(L, "math");
}
