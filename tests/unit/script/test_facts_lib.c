/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_facts_lib.c: facts as tables that can be read and not written
 */
#include "language.h"

static void
rows_are_had_by_key_and_by_position(void **state)
{
    static const struct chunk_row rows[] = {
        { "return facts.capabilities['CAP_SYS_ADMIN'].number", "21" },
        { "return facts.capabilities[1].name, facts.capabilities.CAP_CHOWN.number", "CAP_CHOWN|0" },
        { "return facts.capabilities['CAP_NONE'], facts.capabilities[0], facts.capabilities[9999], "
          "facts.capabilities[nil]",
          "nil|nil|nil|nil" },
        { "return facts.capabilities[1.0].name", "CAP_CHOWN" },
        { "return #facts.engine_sockets > 5, facts['engine-sockets'][1].path",
          "true|/run/docker.sock" },
        { "return facts.capabilities[true]", "!facts: second argument is true, not a string" },
        { "return facts.capabilities[1.5]", "!facts: 1.5 is not a whole number" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
cells_have_the_kind_of_their_column(void **state)
{
    static const struct chunk_row rows[] = {
        { "local r = facts.capabilities.CAP_CHOWN return math.type(r.number), "
          "type(r.docker_default), type(r.danger), type(r.note)",
          "integer|boolean|string|nil" },
        { "return facts.capabilities.CAP_CHOWN.dangr",
          "!facts.capabilities has no column 'dangr'; did you mean 'danger'?" },
        { "return facts.capabilities.CAP_CHOWN.something_else",
          "!facts.capabilities has no column 'something_else'" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
tables_are_walked_in_the_order_of_their_file(void **state)
{
    static const struct chunk_row rows[] = {
        { "local n = 0 for i, row in ipairs(facts.capabilities) do n = i end "
          "return n == #facts.capabilities",
          "true" },
        { "local s = '' for key, row in pairs(facts.capabilities) do s = s .. key .. row.number .. "
          "' ' "
          "if row.number == 2 then return s end end",
          "CAP_CHOWN0 CAP_DAC_OVERRIDE1 CAP_DAC_READ_SEARCH2 " },
        { "local n = 0 for _ in pairs(facts.engine_sockets) do n = n + 1 end "
          "return n == #facts.engine_sockets",
          "true" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
nothing_of_them_can_be_written_or_guessed(void **state)
{
    static const struct chunk_row rows[] = {
        { "facts.capabilities.CAP_CHOWN = 1", "!facts are read-only" },
        { "facts.capabilities.CAP_CHOWN.number = 1", "!facts are read-only" },
        { "facts.mine = {}", "!facts are read-only" },
        { "return facts.capabilites", "!there are no facts 'capabilites'; did you mean "
                                      "'capabilities'?" },
        { "return facts.of_another_world", "!there are no facts 'of_another_world'" },
        { "return facts[1]", "!there are no facts '1'" },
        { "return tostring(facts), tostring(facts.capabilities), tostring(facts.capabilities[1])",
          "the facts|a table of facts|a row of facts" },
        { "return facts.capabilities == facts.capabilities", "false" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(rows_are_had_by_key_and_by_position),
    CASE(cells_have_the_kind_of_their_column),
    CASE(tables_are_walked_in_the_order_of_their_file),
    CASE(nothing_of_them_can_be_written_or_guessed))
