/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_quantity.c: amounts as Kubernetes writes them
 */
#include "../test.h"

#include "syntax/quantity.h"

static void
amounts_are_taken_in_whole_units(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "0", true, 0 },
        { "128", true, 128 },
        { "64Mi", true, 64 << 20 },
        { "64M", true, 64000000 },
        { "1k", true, 1000 },
        { "1Ki", true, 1024 },
        { "1.5Gi", true, 1610612736 },
        { "0.5Gi", true, 1 << 29 },
        { ".5Ki", true, 512 },
        { "5.", true, 5 },
        { "+3", true, 3 },
        { "-1", true, -1 },
        { "7Ei", true, INT64_C(7) << 60 },
        { "9E", true, INT64_C(9000000000000000000) },
        { "1E3", true, 1000 },
        { "1e3", true, 1000 },
        { "1e+3", true, 1000 },
        { "12e-1", true, 2 },
        { "128m", true, 1 },
        { "1001m", true, 2 },
        { "-1001m", true, -1 },
        { "1n", true, 1 },
        { "0.1Mi", true, 104858 },
        { "1.00000000000000000000000000", true, 1 },
        { "1.00000000000000000000000001", true, 2 },
        { "100000000000000000000000m", false, 0 },
        { "8Ei", false, 0 },
        { "10E", false, 0 },
        { "99999999999999999999", false, 0 },
        { "", false, 0 },
        { "Mi", false, 0 },
        { "-", false, 0 },
        { ".", false, 0 },
        { "1 Mi", false, 0 },
        { "1MB", false, 0 },
        { "1mi", false, 0 },
        { "1K", false, 0 },
        { "1.2.3", false, 0 },
        { "1e", false, 0 },
        { "1e999", false, 0 },
        { "0x10", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value = 0;
        bool good = scl_quantity_int(scl_str_c(rows[i].text), &value);

        if (good != rows[i].good || value != rows[i].value)
            fail_msg("'%s': %d, %lld", rows[i].text, good, (long long)value);
    }
}

static void
processors_are_taken_in_billionths(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t nano;
    } rows[] = {
        { "500m", true, 500000000 },      { "2", true, 2000000000 },
        { "0.1", true, 100000000 },       { "1e-3", true, 1000000 },
        { "250u", true, 250000 },         { "3n", true, 3 },
        { "0.1n", true, 1 },              { "1k", true, INT64_C(1000000000000) },
        { "1Ki", true, INT64_C(1024000000000) }, { "10G", false, 0 },
        { "half", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t nano = 0;
        bool good = scl_quantity_nano(scl_str_c(rows[i].text), &nano);

        if (good != rows[i].good || nano != rows[i].nano)
            fail_msg("'%s': %d, %lld", rows[i].text, good, (long long)nano);
    }
}

SUITE(
    CASE(amounts_are_taken_in_whole_units),
    CASE(processors_are_taken_in_billionths))
