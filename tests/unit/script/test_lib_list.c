/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_list.c: list
 */
#include "language.h"

static void
entries_are_asked_in_order_until_one_decides(void **state)
{
    static const struct chunk_row rows[] = {
        { "return list.any({ 1, 2, 3 }, function(n) return n > 2 end)", "true" },
        { "return list.any({ 1, 2 }, function(n) return n > 2 end), list.any({}, error)",
          "false|false" },
        { "return list.all({ 1, 2 }, function(n) return n > 0 end), list.all({}, error)",
          "true|true" },
        { "return list.all({ 1, 2 }, function(n) return n > 1 end)", "false" },
        { "return list.find({ 'a', 'bb' }, function(s) return #s == 2 end)", "bb" },
        { "return list.find({ 'a' }, function() end)", "nil" },
        { "local seen = '' list.any({ 'a', 'b', 'c' }, function(s, i) seen = seen .. s .. i "
          "return s == 'b' end) return seen",
          "a1b2" },
        { "local seen = '' list.all({ 'a', 'b' }, function(s) seen = seen .. s end) return seen",
          "a" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
a_value_is_looked_for_as_it_is(void **state)
{
    static const struct chunk_row rows[] = {
        { "return list.has({ 'a', 'b' }, 'b'), list.has({ 'a' }, 'A'), list.has({}, 'a')",
          "true|false|false" },
        { "return list.has({ 1 }, 1), list.has({ 1 }, '1'), list.has({ 1 }, 1.0)",
          "true|false|true" },
        { "return list.has({ 1, 2 }, nil)", "false" },
        { "local t = {} return list.has({ t }, t), list.has({ t }, {})", "true|false" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
new_tables_are_made_of_what_fits(void **state)
{
    static const struct chunk_row rows[] = {
        { "return table.concat(list.filter({ 'a', 'b', 'c' }, function(s) return s ~= 'b' end), ' "
          "')",
          "a c" },
        { "return table.concat(list.map({ 'a', 'b' }, function(s, i) return s .. i end), ' ')",
          "a1 b2" },
        { "return #list.filter({}, error), #list.map({}, error)", "0|0" },
        { "local t = { 1, 2 } list.filter(t, function() end) return #t", "2" },
        { "return #list.filter(list.filter({ 1, 2, 3, 4 }, function(n) return n > 1 end), "
          "function(n) return n < 4 end)",
          "2" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
nothing_in_is_nothing_out_and_wrong_types_are_errors(void **state)
{
    static const struct chunk_row rows[] = {
        { "return list.any(nil, error), list.all(nil, error), list.find(nil, error), "
          "list.has(nil, 1), list.filter(nil, error), list.map(nil, error)",
          "nil|nil|nil|nil|nil|nil" },
        { "return list.any('abc', error)", "!list.any: first argument is a string, not a list" },
        { "return list.has(facts, 1)", "!list.has: first argument is the facts, not a list" },
        { "return list.any({}, 'f')", "!list.any: second argument is a string, not a function" },
        { "return list.map({ 1 })", "!list.map: second argument is missing, not a function" },
        { "return list.any({ 1 }, function() error('inside') end)", "!inside" },
        { "return list.every", "!list has no 'every'" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
tables_of_facts_are_lists(void **state)
{
    static const struct chunk_row rows[] = {
        { "return list.find(facts.capabilities, function(row) return row.number == 21 end).name",
          "CAP_SYS_ADMIN" },
        { "return #list.filter(facts.capabilities, function(row) return (row.number or 9) < 3 end)",
          "3" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(entries_are_asked_in_order_until_one_decides),
    CASE(a_value_is_looked_for_as_it_is),
    CASE(new_tables_are_made_of_what_fits),
    CASE(nothing_in_is_nothing_out_and_wrong_types_are_errors),
    CASE(tables_of_facts_are_lists))
