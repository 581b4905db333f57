/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_libraries.c: what policies have of Lua's own library
 *
 * What the rows of the first case expect is what Lua's own library gives; the others are where
 * ours differs on purpose.
 */
#include "chunk.h"

static void
functions_give_what_they_give_in_lua(void **state)
{
    static const struct chunk_row rows[] = {
        /* clang-format off */
        { "return string.format(\"%d\", 42)", "42" },
        { "return string.format(\"%5d|%-5d|%05d\", 42, 42, 42)", "   42|42   |00042" },
        { "return string.format(\"%+d % d\", 42, 42)", "+42  42" },
        { "return string.format(\"%.3d\", 5)", "005" },
        { "return string.format(\"%d\", 3.0)", "3" },
        { "return string.format(\"%i\", -7)", "-7" },
        { "return string.format(\"%x %X %#x\", 255, 255, 255)", "ff FF 0xff" },
        { "return string.format(\"%x\", -1)", "ffffffffffffffff" },
        { "return string.format(\"%c%c%c\", 76, 117, 97)", "Lua" },
        { "return string.format(\"%5c|%-3c|\", 65, 66)", "    A|B  |" },
        { "return string.format(\"%s\", \"text\")", "text" },
        { "return string.format(\"%10s|%-10s|\", \"hi\", \"hi\")", "        hi|hi        |" },
        { "return string.format(\"%.2s\", \"hello\")", "he" },
        { "return string.format(\"%5.1s|\", \"hello\")", "    h|" },
        { "return string.format(\"%s %s %s\", nil, true, 12)", "nil true 12" },
        { "return string.format(\"%s\", 1.5)", "1.5" },
        { "return string.format(\"%s\", 2.0)", "2.0" },
        { "return string.format(\"%f\", 1.5)", "1.500000" },
        { "return string.format(\"%.2f\", 2.675)", "2.67" },
        { "return string.format(\"%8.3f|%-8.2f|\", 3.14159, 2.5)", "   3.142|2.50    |" },
        { "return string.format(\"%.0f\", 0.5)", "0" },
        { "return string.format(\"%g\", 1e20)", "1e+20" },
        { "return string.format(\"%g\", 0.1)", "0.1" },
        { "return string.format(\"%g\", 100000)", "100000" },
        { "return string.format(\"%g\", 1e15)", "1e+15" },
        { "return string.format(\"%.3g\", 1234.5)", "1.23e+03" },
        { "return string.format(\"%e\", 12345.678)", "1.234568e+04" },
        { "return string.format(\"%.2e\", 0)", "0.00e+00" },
        { "return string.format(\"%+.1f\", 2)", "+2.0" },
        { "return string.format(\"%q\", \"a\\nb\\\"c\\\\d\\0e\\1f9\")",
          "\"a\\\012b\\\"c\\\\d\\0e\\1f9\"" },
        { "return string.format(\"%q\", \"\\0011\")", "\"\\0011\"" },
        { "return string.format(\"%q\", 42)", "42" },
        { "return string.format(\"%q\", math.mininteger)", "0x8000000000000000" },
        { "return string.format(\"%q\", 1/0)", "1e9999" },
        { "return string.format(\"%q\", -1/0)", "-1e9999" },
        { "return string.format(\"%q\", 0.5)", "0x1p-1" },
        { "return string.format(\"%q\", true)", "true" },
        { "return string.format(\"%q\", nil)", "nil" },
        { "return string.format(\"%%\")", "%" },
        { "return string.format(\"100%%\")", "100%" },
        { "return string.format(\"%5s%%\", 50)", "   50%" },
        { "return string.format(\"%-+6d|\", 5)", "+5    |" },
        { "return string.format(\"%99d\", 1):len()", "99" },
        { "return string.format(\"%.99f\", 1):len()", "101" },
        { "return string.format(\"%99.99f\", 1e308):len()", "409" },
        { "return string.format(\"%s\", string.rep(\"x\", 1000)):len()", "1000" },
        { "return string.format(\"no directives\")", "no directives" },
        { "return string.format(\"\")", "" },
        { "return tostring(nil)", "nil" },
        { "return tostring(true)", "true" },
        { "return tostring(12)", "12" },
        { "return tostring(-0.0)", "-0.0" },
        { "return tostring(1e15)", "1e+15" },
        { "return tostring(1e14)", "1e+14" },
        { "return tostring(123456789012345678)", "123456789012345678" },
        { "return tostring(1e100)", "1e+100" },
        { "return tostring(0.1)", "0.1" },
        { "return tostring(1/3)", "0.33333333333333" },
        { "return tostring(1/0)", "inf" },
        { "return tostring(-1/0)", "-inf" },
        { "return tostring(3.0)", "3.0" },
        { "return tostring(2^53)", "9.007199254741e+15" },
        { "return tostring(2^63)", "9.2233720368548e+18" },
        { "return tostring(math.mininteger)", "-9223372036854775808" },
        { "return tonumber(\"10\")", "10" },
        { "return tonumber(\"  10  \")", "10" },
        { "return tonumber(\"10a\")", "nil" },
        { "return tonumber(\"0x1F\")", "31" },
        { "return tonumber(\"1e2\")", "100.0" },
        { "return tonumber(\".5\")", "0.5" },
        { "return tonumber(\"5.\")", "5.0" },
        { "return tonumber(\"0x.8p1\")", "1.0" },
        { "return tonumber(\"\")", "nil" },
        { "return tonumber(\" \")", "nil" },
        { "return tonumber(\"1 2\")", "nil" },
        { "return tonumber(\"nan\")", "nil" },
        { "return tonumber(\"inf\")", "nil" },
        { "return tonumber(\"1e400\")", "inf" },
        { "return tonumber(\"9223372036854775807\")", "9223372036854775807" },
        { "return tonumber(\"9223372036854775808\")", "9.2233720368548e+18" },
        { "return tonumber(\"ff\", 16)", "255" },
        { "return tonumber(\"-zz\", 36)", "-1295" },
        { "return tonumber(\"8\", 8)", "nil" },
        { "return tonumber(\"777\", 8)", "511" },
        { "return tonumber(\"1010\", 2)", "10" },
        { "return tonumber(\" 11 \", 2)", "3" },
        { "return tonumber(\"\", 10)", "nil" },
        { "return tonumber(\"7fffffffffffffff\", 16)", "9223372036854775807" },
        { "return tonumber(\"1ffffffffffffffff\", 16)", "-1" },
        { "return tonumber(5)", "5" },
        { "return tonumber(5.5)", "5.5" },
        { "return tonumber({})", "nil" },
        { "return math.type(1)", "integer" },
        { "return math.type(1.0)", "float" },
        { "return math.type(\"1\")", "nil" },
        { "return math.floor(3.7)", "3" },
        { "return math.floor(-3.7)", "-4" },
        { "return math.ceil(3.2)", "4" },
        { "return math.ceil(-3.2)", "-3" },
        { "return math.floor(1e100)", "1e+100" },
        { "return math.abs(-5)", "5" },
        { "return math.abs(-5.5)", "5.5" },
        { "return math.abs(math.mininteger)", "-9223372036854775808" },
        { "return math.max(1, 5, 3)", "5" },
        { "return math.min(4, 2.5, 9)", "2.5" },
        { "return math.max(1, 2.0)", "2.0" },
        { "return math.fmod(7, 3)", "1" },
        { "return math.fmod(-7, 3)", "-1" },
        { "return math.fmod(7, -3)", "1" },
        { "return math.fmod(7.5, 2)", "1.5" },
        { "return math.fmod(math.mininteger, -1)", "0" },
        { "return math.modf(3.7)", "3|0.7" },
        { "return math.modf(-3.7)", "-3|-0.7" },
        { "return math.modf(5)", "5|0.0" },
        { "return math.modf(1/0)", "inf|0.0" },
        { "return math.tointeger(3.0)", "3" },
        { "return math.tointeger(3.5)", "nil" },
        { "return math.tointeger(\"x\")", "nil" },
        { "return math.ult(1, -1)", "true" },
        { "return math.sqrt(16)", "4.0" },
        { "return math.log(8, 2)", "3.0" },
        { "return math.log(1000, 10)", "3.0" },
        { "return math.log(1)", "0.0" },
        { "return math.exp(0)", "1.0" },
        { "return math.pi", "3.1415926535898" },
        { "return math.huge", "inf" },
        { "return math.maxinteger", "9223372036854775807" },
        { "return math.deg(math.pi)", "180.0" },
        { "return math.rad(180)", "3.1415926535898" },
        { "return math.sin(0)", "0.0" },
        { "return math.cos(0)", "1.0" },
        { "return math.atan(1, 1) == math.pi / 4", "true" },
        { "return select(\"#\")", "0" },
        { "return select(\"#\", 1, nil, 3)", "3" },
        { "return select(2, \"a\", \"b\", \"c\")", "b|c" },
        { "return select(-1, \"a\", \"b\", \"c\")", "c" },
        { "return select(4, \"a\")", "" },
        { "return type(nil), type(1), type(\"\"), type({}), type(print), type(true)",
          "nil|number|string|table|function|boolean" },
        { "return assert(1, 2, 3)", "1|2|3" },
        { "return table.concat({ 1, 2, 3 }, \", \")", "1, 2, 3" },
        { "return table.concat({})", "" },
        { "return table.concat({ \"a\" }, \"x\")", "a" },
        { "return table.concat({ \"a\", \"b\", \"c\" }, \"-\", 2)", "b-c" },
        { "return table.concat({ \"a\", \"b\", \"c\" }, \"-\", 2, 2)", "b" },
        { "return table.concat({ \"a\", \"b\", \"c\" }, \"-\", 3, 2)", "" },
        { "return table.concat({ 1.5, 2, \"x\" })", "1.52x" },
        { "return table.unpack({ 1, 2, 3 })", "1|2|3" },
        { "return table.unpack({ 1, 2, 3 }, 2)", "2|3" },
        { "return table.unpack({ 1, 2 }, 1, 3)", "1|2|nil" },
        { "return table.unpack({}, 1, 0)", "" },
        { "return table.pack(1, nil, 3).n", "3" },
        { "return #table.pack()", "0" },
        { "return table.remove({ 1, 2, 3 })", "3" },
        { "return table.remove({ 1, 2, 3 }, 1)", "1" },
        { "return table.remove({})", "nil" },
        { "return utf8.char(72, 228, 8364, 128512)", "H\303\244\342\202\254\360\237\230\200" },
        { "return utf8.char()", "" },
        { "return utf8.len(\"h\303\244\303\237\342\202\254\")", "4" },
        { "return utf8.len(\"\")", "0" },
        { "return utf8.len(\"abc\", 2)", "2" },
        { "return utf8.len(\"abc\", 4)", "0" },
        { "return utf8.len(\"a\\xffb\")", "nil|2" },
        { "return utf8.codepoint(\"h\303\244\303\237\", 1, -1)", "104|228|223" },
        { "return utf8.codepoint(\"abc\")", "97" },
        { "return utf8.offset(\"h\303\244\303\237\", 3)", "4" },
        { "return utf8.offset(\"h\303\244\303\237\", -1)", "4" },
        { "return utf8.offset(\"h\303\244\303\237\", 0, 3)", "2" },
        { "return utf8.offset(\"abc\", 5)", "nil" },
        { "return utf8.offset(\"abc\", 4)", "4" },
        { "return utf8.charpattern:len()", "14" },
        { "return (\"h\303\244\303\237\"):match(utf8.charpattern, 2)", "\303\244" },
        /* clang-format on */
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
numbers_and_values_print_alike_everywhere(void **state)
{
    static const struct chunk_row rows[] = {
        { "return 0/0, -(0/0)", "nan|nan" },
        { "return string.format('%g %5f|%s', 0/0, -(0/0), 0/0)", "nan   nan|nan" },
        { "return {}, print, function() end", "table|function|function" },
        { "return string.format('%s %s', {}, print)", "table function" },
        { "return string, _ENV, math", "string|_ENV|math" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
pairs_goes_in_order(void **state)
{
    static const struct chunk_row rows[] = {
        { "local o = {} for k in pairs({ 30, 20, 10, z = 1, a = 2, [-1] = 3, [2.5] = 4, [9] = 5 })"
          " do o[#o + 1] = tostring(k) end return table.concat(o, ' ')",
          "1 2 3 -1 2.5 9 a z" },
        { "local o = {} for k, v in pairs({ b = 1, a = 2, B = 3, [''] = 4, ab = 5 })"
          " do o[#o + 1] = k .. '=' .. v end return table.concat(o, ' ')",
          "=4 B=3 a=2 ab=5 b=1" },
        { "local n = 0 for _ in pairs({}) do n = n + 1 end return n", "0" },
        { "local o = {} for k in pairs({ [2] = 1, [1 << 62] = 2, [2^62 + 2^12] = 3, [-2^70] = 4,"
          " [2^70] = 5, [1.5] = 6 }) do o[#o + 1] = string.format('%.0f', k) end"
          " return table.concat(o, ' ')",
          "-1180591620717411303424 2 2 4611686018427387904 4611686018427392000 "
          "1180591620717411303424" },
        { "local t = { a = 1, b = 2, c = 3 } local o = {} for k in pairs(t) do o[#o + 1] = k"
          " t.b = nil t.d = 4 end return table.concat(o)",
          "ac" },
        { "local t = { 1, 2, 3 } local s = 0 for i, v in pairs(t) do t[i] = nil s = s + v end"
          " return s, #t",
          "6|0" },
        { "local t = {} t[{}] = 1 for k in pairs(t) do end",
          "!pairs: keys of type table cannot be ordered" },
        { "for k in pairs({ [true] = 1 }) do end",
          "!pairs: keys of type boolean cannot be ordered" },
        { "for k in pairs(nil) do end", "!pairs: first argument is nil, not a table" },
        { "local o = {} for k in pairs(utf8) do o[#o + 1] = k end return table.concat(o, ' ')",
          "char charpattern codepoint codes len offset" },
        { "local s = 0 for i, v in ipairs({ 5, 6, nil, 7 }) do s = s + i * v end return s", "17" },
        { "for _ in ipairs(4) do end", "!ipairs: first argument is a number, not a list" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
sorting_is_stable_and_ends(void **state)
{
    static const struct chunk_row rows[] = {
        { "local t = { 3, 1.5, 2, -1, 1 << 60 } table.sort(t) return table.concat(t, ' ')",
          "-1 1.5 2 3 1152921504606846976" },
        { "local t = { 'b', 'a', 'C', '', 'ab' } table.sort(t) return table.concat(t, ',')",
          ",C,a,ab,b" },
        { "local t = {} for i = 1, 100 do t[i] = { k = i % 3, i = i } end"
          " table.sort(t, function(a, b) return a.k < b.k end)"
          " for i = 2, 100 do if t[i].k == t[i-1].k and t[i].i < t[i-1].i"
          " then return 'unstable' end"
          " end"
          " return t[1].i, t[34].i, t[100].i",
          "3|1|98" },
        { "local t = { 5, 3, 4 } table.sort(t, function(a, b) return a > b end)"
          " return table.concat(t, ' ')",
          "5 4 3" },
        { "local t, s = {}, 0 for i = 1, 1000 do t[i] = i * 7 % 1000 end"
          " table.sort(t, function() return true end) for _, v in ipairs(t) do s = s + v end"
          " return #t, s",
          "1000|499500" },
        { "local t, calls = { 4, 3, 2, 1 }, 0 table.sort(t, function(a, b) t[calls % 4 + 1] = nil"
          " calls = calls + 1 return a < b end) return table.concat(t, ' ')",
          "1 2 3 4" },
        { "table.sort({ 1, 'a' })", "!table.sort: entry 2 is a string and the first is not" },
        { "table.sort({ {}, {} })",
          "!table.sort: entry 1 is a table; give a function that compares" },
        { "table.sort({ 1, 0/0 })",
          "!table.sort: entry 2 is not a number (nan); give a function that compares" },
        { "table.sort({ 1, 2 }, 5)", "!table.sort: second argument is a number, not a function" },
        { "table.sort(string)", "!table.sort: first argument is string, not a table" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
tables_change_as_they_should(void **state)
{
    static const struct chunk_row rows[] = {
        { "local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, 0) return table.unpack(t)",
          "0|1|2|3" },
        { "local t = { 1, 2, 3 } return table.remove(t, 1), table.concat(t, ' ')", "1|2 3" },
        { "local t = { 1, 2, 3 } table.remove(t, 4) return #t", "3" },
        { "table.insert({}, 5, 1)", "!table.insert: place 5 is not in the list" },
        { "table.insert({})", "!table.insert: takes a table, perhaps a place, and a value" },
        { "table.remove({ 1 }, 7)", "!table.remove: place 7 is not in the list" },
        { "table.insert(string, 1)", "!table.insert: first argument is string, not a table" },
        { "return table.concat({ 1, {}, 3 })", "!table.concat: entry 2 is a table, not a string" },
        { "return table.concat({ 1, 2 }, '', 1, 3)",
          "!table.concat: entry 3 is nil, not a string" },
        { "return table.unpack({}, 1, 1e9)", "!table.unpack: 1000000000 values are too many" },
        { "return table.unpack({}, math.mininteger, math.maxinteger)",
          "!table.unpack: 18446744073709551615 values are too many" },
        { "return table.concat({}, 'x', math.maxinteger - 1, math.maxinteger)",
          "!table.concat: entry 9223372036854775806 is nil, not a string" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
what_is_wrong_is_said(void **state)
{
    static const struct chunk_row rows[] = {
        { "assert(false)", "!assertion failed" },
        { "assert(nil, 'no user')", "!no user" },
        { "error('plain words')", "!plain words" },
        { "error()", "!(error object is nil)" },
        { "error({})", "!(error object is a table)" },
        { "error(print)", "!(error object is a function)" },
        { "return ('x'):rep()", "!string.rep: second argument is missing, not a whole number" },
        { "return ('x'):rep('3')", "!string.rep: second argument is a string, not a whole number" },
        { "return math.floor(nil)", "!math.floor: first argument is nil, not a number" },
        { "return math.max()", "!math.max: first argument is missing, not a number" },
        { "return math.fmod(1, 0)", "!math.fmod: takes the remainder of a division by zero" },
        { "return string.char(256)", "!string.char: a byte is from 0 to 255" },
        { "return utf8.char(-1)", "!utf8.char: a code point is from 0 to 0x10FFFF" },
        { "return utf8.codepoint('\\xff')", "!utf8.codepoint: byte 1 begins no code point" },
        { "return utf8.len('abc', 5)", "!utf8.len: there is no such place in the string" },
        { "for _ in utf8.codes('a\\xff') do end", "!utf8.codes: byte 2 begins no code point" },
        { "for _ in utf8.codes('a\\x80') do end", "!utf8.codes: byte 2 continues no code point" },
        { "return select(0)", "!select: there is no argument at that place" },
        { "return select(-5, 1)", "!select: there is no argument at that place" },
        { "return tonumber()", "!tonumber: first argument is missing, not a value" },
        { "return tonumber('1', 99)", "!tonumber: the base must be from 2 to 36" },
        { "return string.format('%d')", "!string.format: argument 2 is missing" },
        { "return string.format('%d', 1.5)", "!string.format: 1.5 is not a whole number" },
        { "return string.format('%d', '1')",
          "!string.format: second argument is a string, not a whole number" },
        { "return string.format('%y', 1)",
          "!string.format: '%y' is no directive; there are d i u x X c s q f g e" },
        { "return string.format('%p', {})",
          "!string.format: '%p' is no directive; there are d i u x X c s q f g e" },
        { "return string.format('%100d', 1)",
          "!string.format: '%100' is no directive; there are d i u x X c s q f g e" },
        { "return string.format('%#d', 1)",
          "!string.format: '%#d' is no directive; there are d i u x X c s q f g e" },
        { "return string.format('%q', {})",
          "!string.format: second argument is a table, not a value that has a literal" },
        { "return string.format('%')",
          "!string.format: '%' is no directive; there are d i u x X c s q f g e" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
what_is_not_offered_says_so(void **state)
{
    static const struct chunk_row rows[] = {
        { "return pcall(print)",
          "!'pcall' is not offered to policies; an unknown value ends the run by itself" },
        { "return os.time()", "!'os' is not offered to policies; documents, facts and parameters "
                              "are what a policy reads" },
        { "return getmetatable('')", "!'getmetatable' is not offered to policies" },
        { "return string.dump(print)", "!'string.dump' is not offered to policies" },
        { "return math.random()", "!'math.random' is not offered to policies" },
        { "return table.move({}, 1, 2, 3)", "!'table.move' is not offered to policies" },
        { "return coroutine.wrap(print)", "!'coroutine' is not offered to policies" },
        { "return next({})", "!'next' is not offered to policies; `pairs` gives every key" },
        { "return tosting(1)", "!'tosting' is not defined; did you mean 'tostring'?" },
        { "return nothing_like_it", "!'nothing_like_it' is not defined" },
        { "return string.fromat('%d', 1)",
          "!string has no 'fromat'; did you mean 'format'?" },
        { "x = 1", "!cannot assign global 'x'; write `local x`" },
        { "string = nil", "!cannot assign global 'string'; write `local string`" },
        { "string.rep = nil", "!string cannot be written; it has no place for 'rep'" },
        { "_ENV.x = 1", "!cannot assign global 'x'; write `local x`" },
        { "return _ENV[1]", "!_ENV is indexed by a number, not by a name" },
        { "return math[nil]", "!math is indexed by nil, not by a name" },
        { "return '10' + 1", "!computes with a string: constant '10'" },
    };

    (void)state;
    chunk_check_rows(rows, COUNT(rows));
}

static void
a_chunk_may_have_globals_of_its_own(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;

    (void)state;
    check_text(chunk_run(lua, &chunk, "local _ENV = { x = 1 } y = 2 return x + y"), "3", "own");
    check_text(chunk_run(lua, &chunk, "_ENV = { x = 1 } return x"), "1", "assigned");
    check_text(chunk_run(lua, &chunk, "return y"), "!'y' is not defined", "the next has them not");
    scl_lua_free(lua);
}

static void
printing_is_kept_for_the_host(void **state)
{
    struct scl_lua *lua = chunk_state(NULL);
    static struct chunk chunk;
    uint32_t dropped;

    (void)state;
    chunk_run(lua, &chunk, "print('a', 1, nil, 2.0) print()");
    check_text(scl_lua_printed(lua, &dropped), "a\t1\tnil\t2.0\n\n", "two lines");
    check_number(dropped, 0, "none dropped");
    chunk_run(lua, &chunk, "for i = 1, 130 do print(('x'):rep(3000)) end");
    check_number(scl_lua_printed(lua, &dropped).len, 100 * 1025, "100 lines of 1 KiB");
    check_number(dropped, 30, "the rest are counted");
    chunk_run(lua, &chunk, "return 1");
    check_number(scl_lua_printed(lua, &dropped).len, 0, "a run begins with nothing printed");
    scl_lua_free(lua);
}

SUITE(
    CASE(functions_give_what_they_give_in_lua),
    CASE(numbers_and_values_print_alike_everywhere),
    CASE(pairs_goes_in_order),
    CASE(sorting_is_stable_and_ends),
    CASE(tables_change_as_they_should),
    CASE(what_is_wrong_is_said),
    CASE(what_is_not_offered_says_so),
    CASE(a_chunk_may_have_globals_of_its_own),
    CASE(printing_is_kept_for_the_host))
