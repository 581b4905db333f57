/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_map.c: maps, hashes and suggestions
 */
#include "../test.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/suggest.h"

static void
what_was_put_is_found_in_the_order_of_putting(void **state)
{
    struct scl_map map;
    char key[16];

    scl_map_init(&map, *state);
    for (unsigned i = 0; i < 500; i++) {
        int length = snprintf(key, sizeof key, "key%u", i * 7919 % 500);

        scl_map_put(&map, scl_str_n(scl_arena_copy(*state, key, (size_t)length), (size_t)length),
                    i);
    }
    check_number(map.entries.count, 500, "entries");
    for (unsigned i = 0; i < 500; i++) {
        snprintf(key, sizeof key, "key%u", i * 7919 % 500);
        check_number(scl_map_find(&map, scl_str_c(key))->value, i, key);
        check_text(map.entries.at[i].key, key, "order");
    }
    assert_null(scl_map_find(&map, SCL_S("key500")));
}

static void
a_key_that_is_put_again_keeps_its_place(void **state)
{
    struct scl_map map;

    scl_map_init(&map, *state);
    scl_map_put(&map, SCL_S("a"), 1);
    scl_map_put(&map, SCL_S("b"), 2);
    scl_map_put(&map, SCL_S("a"), 3);
    check_number(map.entries.count, 2, "entries");
    check_number(map.entries.at[0].value, 3, "a");
}

static void
keys_may_be_empty_and_hold_nuls(void **state)
{
    struct scl_map map;

    scl_map_init(&map, *state);
    assert_null(scl_map_find(&map, SCL_S("")));
    scl_map_put(&map, SCL_S(""), 1);
    scl_map_put(&map, scl_str_n("a\0b", 3), 2);
    scl_map_put(&map, scl_str_n("a\0c", 3), 3);
    check_number(scl_map_find(&map, SCL_S(""))->value, 1, "the empty key");
    check_number(scl_map_find(&map, scl_str_n("a\0b", 3))->value, 2, "a key with a NUL");
}

static void
a_hash_hangs_on_every_byte_and_on_the_key(void **state)
{
    uint64_t hash = scl_hash(SCL_S("0123456789abcdef"), 0);

    (void)state;
    assert_true(hash == scl_hash(SCL_S("0123456789abcdef"), 0));
    assert_true(hash != scl_hash(SCL_S("0123456789abcdee"), 0));
    assert_true(hash != scl_hash(SCL_S("1123456789abcdef"), 0));
    assert_true(hash != scl_hash(SCL_S("0123456789abcde"), 0));
    assert_true(hash != scl_hash(SCL_S("0123456789abcdef"), 1));
    assert_true(scl_hash(SCL_S(""), 0) != scl_hash(scl_str_n("\0", 1), 0));
}

static void
a_suggestion_is_near_or_none(void **state)
{
    static const char *const names[] = {
        "--format", "--fix", "owasp", "high", "medium", "low", NULL
    };
    static const struct { const char *wrong, *right; } rows[] = {
        { "--fromat", "--format" }, { "owsap", "owasp" }, { "hgih", "high" }, { "lo", "" },
        { "severe", "" }, { "mediun", "medium" }, { "MEDIUM", "medium" }, { "x", "" }, { "", "" },
        { "formats", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(scl_suggest_from(scl_str_c(rows[i].wrong), names), rows[i].right, rows[i].wrong);
}

static void
of_equally_near_names_the_first_is_suggested(void **state)
{
    struct scl_suggest suggest;

    (void)state;
    scl_suggest_init(&suggest, SCL_S("cut"));
    scl_suggest_offer(&suggest, SCL_S("cat"));
    scl_suggest_offer(&suggest, SCL_S("cot"));
    check_text(suggest.best, "cat", "best");
    check_number(suggest.distance, 1, "distance");
}

SUITE(
    CASE(what_was_put_is_found_in_the_order_of_putting),
    CASE(a_key_that_is_put_again_keeps_its_place),
    CASE(keys_may_be_empty_and_hold_nuls),
    CASE(a_hash_hangs_on_every_byte_and_on_the_key),
    CASE(a_suggestion_is_near_or_none),
    CASE(of_equally_near_names_the_first_is_suggested))
