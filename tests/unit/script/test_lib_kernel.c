/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_kernel.c: caps, size, date
 */
#include "language.h"

static void
capabilities_have_one_name_whatever_their_spelling(void **state)
{
    static const struct chunk_row rows[] = {
        { "return caps.name('SYS_ADMIN'), caps.name('cap_sys_admin'), caps.name('CAP_SYS_ADMIN')",
          "CAP_SYS_ADMIN|CAP_SYS_ADMIN|CAP_SYS_ADMIN" },
        { "return caps.name('all'), caps.name('ALL')", "ALL|ALL" },
        { "return caps.name(nil), caps.name('made_up')", "nil|CAP_MADE_UP" },
        { "return caps.name(true)", "!caps.name: first argument is true, not a string" },
        { "return caps.has({ 'net_raw', 'CHOWN' }, 'CAP_CHOWN'), caps.has({ 'CHOWN' }, 'NET_RAW')",
          "true|false" },
        { "return caps.has({ 'ALL' }, 'NET_RAW'), caps.has({}, 'NET_RAW')", "true|false" },
        { "return caps.has(nil, 'CHOWN'), caps.has({ 'CHOWN' }, nil)", "nil|nil" },
        { "return caps.has({ true }, 'CHOWN')",
          "!caps.has: entry 1 of the list is true, not a string" },
        { "return caps.has('CHOWN', 'CHOWN')",
          "!caps.has: first argument is a string, not a list" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
what_is_left_of_capabilities_is_sorted_by_the_kernels_numbers(void **state)
{
    static const struct chunk_row rows[] = {
        { "return table.concat(caps.minus({ 'NET_RAW', 'CHOWN', 'KILL' }, { 'kill' }), ' ')",
          "CAP_CHOWN CAP_NET_RAW" },
        { "return #caps.minus({ 'CHOWN' }, { 'ALL' }), #caps.minus({}, {})", "0|0" },
        { "return #caps.minus({ 'ALL' }, {}) > 38, caps.minus({ 'ALL' }, {})[1]",
          "true|CAP_CHOWN" },
        { "return list.has(caps.minus({ 'ALL' }, { 'NET_RAW' }), 'CAP_NET_RAW')", "false" },
        { "return caps.minus(nil, {}), caps.minus({}, nil)", "nil|nil" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
sizes_count_in_1024(void **state)
{
    static const struct chunk_row rows[] = {
        { "return size.parse('512m'), size.parse('1.5 GiB'), size.parse('100')",
          "536870912|1610612736|100" },
        { "return size.parse('10b'), size.parse('2K'), size.parse('2kb'), size.parse('2KiB')",
          "10|2048|2048|2048" },
        { "return size.parse('10737418240'), size.parse('9223372036854775807')",
          "10737418240|9223372036854775807" },
        { "return size.parse('12000000000k')", "12288000000000" },
        { "return size.parse('0.5k'), size.parse('.5k')", "512|512" },
        { "return size.parse(''), size.parse('m'), size.parse('1x'), size.parse('1mm'), "
          "size.parse('-1'), size.parse('1e3'), size.parse(nil)",
          "nil|nil|nil|nil|nil|nil|nil" },
        { "return size.parse('9223372036854775808'), size.parse('100000p')", "nil|nil" },
        { "return size.text(536870912), size.text(1610612736), size.text(0), size.text(1)",
          "512 MiB|1536 MiB|0 bytes|1 bytes" },
        { "return size.text(1500), size.text(nil)", "1500 bytes|nil" },
        { "return size.text('x')", "!size.text: first argument is a string, not a whole number" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
days_are_counted_by_the_calendar(void **state)
{
    static const struct chunk_row rows[] = {
        { "return date.days('2026-11-21', '2026-11-22'), date.days('2026-11-22', '2026-11-21')",
          "1|-1" },
        { "return date.days('2024-02-28', '2024-03-01'), date.days('2023-02-28', '2023-03-01')",
          "2|1" },
        { "return date.days('1970-01-01', '2000-03-01'), date.days('2000-01-01', '2100-01-01')",
          "11017|36525" },
        { "return date.add('2026-12-31', 1), date.add('2024-03-01', -1), date.add('2026-11-21', 0)",
          "2027-01-01|2024-02-29|2026-11-21" },
        { "return date.add('0001-01-02', -1), date.add('2026-01-01', 36525)",
          "0001-01-01|2126-01-02" },
        { "return date.add('9999-12-31', 1)", "!date.add: the day is after the year 9999" },
        { "return date.add('0001-01-01', -1)", "!date.add: the day is before the year 1" },
        { "return date.add('0000-05-01', 1)",
          "!date.add: '0000-05-01' is no date; write YYYY-MM-DD" },
        { "return date.add('2026-01-01', 3000001)", "!date.add: so many days are out of range" },
        { "return date.add(nil, 1), date.days(nil, '2026-01-01'), date.days('2026-01-01', nil)",
          "nil|nil|nil" },
        { "return date.days('2026-02-29', '2026-03-01')",
          "!date.days: '2026-02-29' is no date; write YYYY-MM-DD" },
        { "return date.days('2026-1-01', '2026-03-01')",
          "!date.days: '2026-1-01' is no date; write YYYY-MM-DD" },
        { "return date.add('+026-01-01', 1)",
          "!date.add: '+026-01-01' is no date; write YYYY-MM-DD" },
        { "return date.add('-026-01-01', 1)",
          "!date.add: '-026-01-01' is no date; write YYYY-MM-DD" },
        { "return date.add('2026--1-01', 1)",
          "!date.add: '2026--1-01' is no date; write YYYY-MM-DD" },
        { "return date.today()",
          "!date.today() is known in a check, not while the policy loads" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

/* Every day of eight hundred years comes back from its number. */
static void
a_day_added_and_taken_away_is_the_same_day(void **state)
{
    static const struct chunk_row rows[] = {
        { "local from = '1600-01-01'\n"
          "for n = 0, 292194, 61 do\n"
          "  local day = date.add(from, n)\n"
          "  if date.days(from, day) ~= n or date.add(day, -n) ~= from then return day end\n"
          "end\n"
          "return 'all'",
          "all" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(capabilities_have_one_name_whatever_their_spelling),
    CASE(what_is_left_of_capabilities_is_sorted_by_the_kernels_numbers),
    CASE(sizes_count_in_1024),
    CASE(days_are_counted_by_the_calendar),
    CASE(a_day_added_and_taken_away_is_the_same_day))
