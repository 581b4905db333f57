/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_number.c: decimal numbers as text, taken exactly
 */
#include "../test.h"

#include "syntax/number.h"

static void
numbers_are_taken_exactly(void **state)
{
    enum { NONE = 0, INT = 1, NANO = 2, EXACT = 4 };
    static const struct {
        const char *text;
        int which;
        int64_t whole, nano;
    } rows[] = {
        { "0", INT | NANO | EXACT, 0, 0 },
        { "-0", INT | NANO | EXACT, 0, 0 },
        { "5.0", INT | NANO | EXACT, 5, 5000000000 },
        { "1e3", INT | NANO | EXACT, 1000, 1000000000000 },
        { "1.5e1", INT | NANO | EXACT, 15, 15000000000 },
        { "-2.50E+2", INT | NANO | EXACT, -250, -250000000000 },
        { "100e-2", INT | NANO | EXACT, 1, 1000000000 },
        { "0.5", NANO | EXACT, 0, 500000000 },
        { ".5", NANO | EXACT, 0, 500000000 },
        { "5.", INT | NANO | EXACT, 5, 5000000000 },
        { "+7", INT | NANO | EXACT, 7, 7000000000 },
        { "007", INT | NANO | EXACT, 7, 7000000000 },
        { "0.1", NANO | EXACT, 0, 100000000 },
        { "-1.25", NANO | EXACT, 0, -1250000000 },
        { "1e-9", NANO | EXACT, 0, 1 },
        { "1e-10", NANO, 0, 0 },
        { "5e-10", NANO, 0, 1 },
        { "-5e-10", NANO, 0, -1 },
        { "4.9999e-10", NANO, 0, 0 },
        { "0.3333333333333", NANO, 0, 333333333 },
        { "0.66666666666666", NANO, 0, 666666667 },
        { "1e-999999999999", NANO, 0, 0 },
        { "0e999999999999", INT | NANO | EXACT, 0, 0 },
        { "0.000e-7", INT | NANO | EXACT, 0, 0 },
        { "1e999999999999", NONE, 0, 0 },
        { "9223372036854775807", INT, INT64_MAX, 0 },
        { "-9223372036854775808", INT, INT64_MIN, 0 },
        { "9223372036854775808", NONE, 0, 0 },
        { "-9223372036854775809", NONE, 0, 0 },
        { "922337203685477580.7e1", INT, INT64_MAX, 0 },
        { "12345678901234567890e-1", INT, 1234567890123456789, 0 },
        { "9223372036.854775807", NANO | EXACT, 0, INT64_MAX },
        { "9223372036.8547758074", NANO, 0, INT64_MAX },
        { "9223372036.8547758075", NONE, 0, 0 },
        { "-9223372036.854775808", NANO | EXACT, 0, INT64_MIN },
        { "00000000000000000000000000000001", INT | NANO | EXACT, 1, 1000000000 },
        { "1.000000000000000000000000000001", NANO, 0, 1000000000 },
        { "", NONE, 0, 0 },
        { "-", NONE, 0, 0 },
        { ".", NONE, 0, 0 },
        { "e3", NONE, 0, 0 },
        { "1e", NONE, 0, 0 },
        { "1e+", NONE, 0, 0 },
        { "1e1.5", NONE, 0, 0 },
        { "1.2.3", NONE, 0, 0 },
        { "1 ", NONE, 0, 0 },
        { "--1", NONE, 0, 0 },
        { "0x10", NONE, 0, 0 },
        { "1_000", NONE, 0, 0 },
        { "inf", NONE, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_str text = scl_str_c(rows[i].text);
        int64_t whole = 0, nano = 0;
        bool exact = false, is_int = scl_number_int(text, &whole);
        bool is_nano = scl_number_nano(text, &nano, &exact);

        check_number(is_int | is_nano << 1 | (is_nano && exact) << 2, rows[i].which, rows[i].text);
        check_number(whole, rows[i].whole, rows[i].text);
        check_number(nano, rows[i].nano, rows[i].text);
    }
}

SUITE(CASE(numbers_are_taken_exactly))
