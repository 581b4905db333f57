/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_near.c: what a name means, by the folders of the files
 */
#include "../test.h"

#include "engine/near.h"

struct near_row {
    const char *files;    /* folders of entries 1, 2, .. of the name, between blanks */
    const char *folder;   /* asked from */
    const char *expected; /* entries that are nearest, the latest first */
};

static void
check_near(const struct near_row *row)
{
    struct scl_arena arena;
    struct scl_near near;
    struct scl_near_entry found[4];
    struct scl_str rest = scl_str_c(row->files), folder;
    char text[64] = "";
    uint32_t document = 0, count;

    scl_arena_init(&arena);
    scl_near_init(&near, &arena);
    while (scl_str_cut(&rest, ' ', &folder))
        scl_near_enter(&near, SCL_S("a:1"), folder, (struct scl_near_entry){ ++document, 0, 0 });
    count = scl_near_find(&near, SCL_S("a:1"), scl_str_c(row->folder), found, 4);
    for (uint32_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), i ? " %u" : "%u",
                 (unsigned)found[i].document);
    assert_string_equal(text, row->expected);
    assert_false(arena.failed);
    scl_arena_finish(&arena);
}

static void
the_nearest_file_counts(void **state)
{
    static const struct near_row rows[] = {
        { "app", "app", "1" },          { ". app", "app", "2" },
        { ". app", ".", "1" },          { ". app", "app/web", "2" },
        { "app/web", ".", "1" },        { "app/web app", ".", "2" },
        { "app/a app/b", "app", "2 1" }, { "app", "other", "" },
        { "app/web", "app/api", "" },   { "app/a .", "app", "1 2" },
        { "app/a/b .", "app", "2" },    { "/srv", "/srv/app", "1" },
        { "apple", "app", "" },         { "app app", "app", "2 1" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_near(&rows[i]);
}

static void
a_digest_means_the_same_everywhere(void **state)
{
    struct scl_arena arena;
    struct scl_near near;
    struct scl_near_entry found[2];

    (void)state;
    scl_arena_init(&arena);
    scl_near_init(&near, &arena);
    scl_near_enter(&near, SCL_S("sha256:ab"), SCL_S("a/b"), (struct scl_near_entry){ 7, 0, 0 });
    assert_int_equal(scl_near_find(&near, SCL_S("sha256:ab"), SCL_S("c"), found, 2), 1);
    assert_int_equal(found[0].document, 7);
    scl_arena_finish(&arena);
}

static void
what_is_entered_twice_is_one(void **state)
{
    struct scl_arena arena;
    struct scl_near near;
    struct scl_near_entry entry = { 3, 1, 0 }, found[2];

    (void)state;
    scl_arena_init(&arena);
    scl_near_init(&near, &arena);
    scl_near_enter(&near, SCL_S("a:1"), SCL_S("."), entry);
    scl_near_enter(&near, SCL_S("a:1"), SCL_S("."), entry);
    assert_int_equal(scl_near_find(&near, SCL_S("a:1"), SCL_S("."), found, 2), 1);
    scl_arena_finish(&arena);
}

static void
a_path_too_deep_has_no_neighbours_far_above(void **state)
{
    char folder[4 * SCL_NEAR_DEPTH] = "a";
    struct scl_arena arena;
    struct scl_near near;
    struct scl_near_entry found[2];

    (void)state;
    for (int i = 1; i < SCL_NEAR_DEPTH + 1; i++)
        strcat(folder, "/a");
    scl_arena_init(&arena);
    scl_near_init(&near, &arena);
    scl_near_enter(&near, SCL_S("a:1"), scl_str_c(folder), (struct scl_near_entry){ 1, 0, 0 });
    assert_int_equal(scl_near_find(&near, SCL_S("a:1"), SCL_S("."), found, 2), 0);
    assert_int_equal(scl_near_find(&near, SCL_S("a:1"), SCL_S("a/a"), found, 2), 1);
    scl_arena_finish(&arena);
}

static void
references_are_written_out_in_full(void **state)
{
    static const char *const rows[][2] = {
        { "web", "docker.io/library/web:latest" },
        { "ghcr.io/acme/web:1", "ghcr.io/acme/web:1" },
        { "web:1@sha256:"
          "1111111111111111111111111111111111111111111111111111111111111111",
          "sha256:1111111111111111111111111111111111111111111111111111111111111111" },
        { "a b", "" },
    };
    struct scl_arena arena;

    (void)state;
    scl_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scl_str full = scl_near_reference(&arena, scl_str_c(rows[i][0]));

        assert_true(full.len ? scl_str_is(full, rows[i][1]) : !rows[i][1][0]);
    }
    scl_arena_finish(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_file_counts),
        cmocka_unit_test(a_digest_means_the_same_everywhere),
        cmocka_unit_test(what_is_entered_twice_is_one),
        cmocka_unit_test(a_path_too_deep_has_no_neighbours_far_above),
        cmocka_unit_test(references_are_written_out_in_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
