/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_tree.c: positioned trees, most of them read from JSON
 */
#include "../test.h"

#include "syntax/json.h"

struct reading {
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *root;
};

static struct reading
read_limited(struct scl_arena *arena, struct scl_str text, const struct scl_tree_limits *limits)
{
    struct reading reading;

    assert_true(scl_source_init(&reading.source, arena, SCL_S("config.json"), text));
    scl_notes_init(&reading.notes, arena);
    reading.root = scl_json_read(arena, &reading.source, limits, &reading.notes);
    assert_non_null(reading.root);
    return reading;
}

static struct reading
read_text(struct scl_arena *arena, const char *text)
{
    return read_limited(arena, scl_str_c(text), NULL);
}

/* `{"k0":0,"k1":1,...}`, `count` entries whose keys repeat after `period`. */
static void
write_map(struct scl_text *text, unsigned count, unsigned period)
{
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text, "%s\"k%u\":%u", i ? "," : "{", i % period, i);
    scl_text_char(text, '}');
}

static void
every_key_of_a_map_of_any_size_is_found(void **state)
{
    static const unsigned sizes[] = { 1, 2, 15, 16, 17, 18, 31, 32, 33, 100, 1000, 20000 };

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct scl_text text = { 0 };
        struct reading reading;
        char key[24];
        int64_t value = -1;

        write_map(&text, sizes[i], sizes[i]);
        reading = read_limited(*state, scl_text_str(&text), NULL);
        check_number(scl_tree_count(reading.root), sizes[i], "count");
        check_number(reading.notes.list.count, 0, "notes");
        for (unsigned j = 0; j < sizes[i]; j++) {
            snprintf(key, sizeof key, "k%u", j);
            assert_true(scl_tree_int(scl_tree_find(reading.root, scl_str_c(key)), &value));
            check_number(value, j, key);
        }
        assert_null(scl_tree_find(reading.root, SCL_S("k")));
        assert_null(scl_tree_find(reading.root, SCL_S("")));
        scl_text_finish(&text);
    }
}

static void
duplicates_leave_large_maps_whole(void **state)
{
    static const unsigned periods[] = { 1, 3, 16, 17, 40 };

    for (size_t i = 0; i < COUNT(periods); i++) {
        struct scl_text text = { 0 };
        struct reading reading;
        char key[24];

        write_map(&text, 80, periods[i]);
        reading = read_limited(*state, scl_text_str(&text), NULL);
        check_number(scl_tree_count(reading.root), periods[i], "count");
        check_number(reading.notes.list.count, 80 - periods[i], "notes");
        for (unsigned j = 0; j < periods[i]; j++) {
            unsigned last = j + (79 - j) / periods[i] * periods[i];
            int64_t value = -1;

            snprintf(key, sizeof key, "k%u", j);
            assert_true(scl_tree_int(scl_tree_find(reading.root, scl_str_c(key)), &value));
            check_number(value, last, key);
        }
        for (unsigned j = 1; j < periods[i]; j++)
            assert_true(scl_tree_child(reading.root, j)->key_span.offset >
                        scl_tree_child(reading.root, j - 1)->key_span.offset);
        scl_text_finish(&text);
    }
}

static void
looking_up_in_what_is_no_map_finds_nothing(void **state)
{
    struct reading reading = read_text(*state, "{\"a\":[1],\"s\":\"x\"}");
    const struct scl_tree *list = scl_tree_find(reading.root, SCL_S("a"));

    assert_non_null(list);
    assert_null(scl_tree_find(NULL, SCL_S("a")));
    assert_null(scl_tree_find(list, SCL_S("")));
    assert_null(scl_tree_find(scl_tree_find(reading.root, SCL_S("s")), SCL_S("x")));
    assert_null(scl_tree_child(list, 1));
    assert_null(scl_tree_child(scl_tree_find(reading.root, SCL_S("s")), 0));
    check_number(scl_tree_count(scl_tree_find(reading.root, SCL_S("s"))), 0,
                 "children of a string");
}

static void
every_place_is_known(void **state)
{
    struct reading reading = read_text(*state, "{ \"a b\" : [ 10 , \"x\\n\" ],\n\"c\":{} }");
    const struct scl_tree *list = scl_tree_find(reading.root, SCL_S("a b"));
    const struct scl_source *source = &reading.source;

    check_text(scl_source_text(source, reading.root->span),
               "{ \"a b\" : [ 10 , \"x\\n\" ],\n\"c\":{} }", "root");
    check_text(scl_source_text(source, list->key_span), "\"a b\"", "key");
    check_text(scl_source_text(source, list->span), "[ 10 , \"x\\n\" ]", "list");
    check_text(scl_source_text(source, scl_tree_entry(list)), "\"a b\" : [ 10 , \"x\\n\" ]",
               "entry");
    check_text(scl_source_text(source, scl_tree_child(list, 0)->span), "10", "number");
    check_text(scl_source_text(source, scl_tree_child(list, 1)->span), "\"x\\n\"", "string");
    check_text(scl_source_text(source, scl_tree_entry(scl_tree_child(list, 0))), "10", "item");
    check_number(scl_source_locate(source, scl_tree_child(reading.root, 1)->span.offset).line, 2,
                 "line");
    check_number(list->style, SCL_TREE_FLOW, "style of a list");
    check_number(scl_tree_child(list, 1)->style, SCL_TREE_DOUBLE_QUOTED, "style of a string");
}

static void
places_count_the_byte_order_mark(void **state)
{
    struct reading reading = read_text(*state, "\xef\xbb\xbf[7]");

    check_number(reading.root->span.offset, 3, "root");
    check_number(scl_tree_child(reading.root, 0)->span.offset, 4, "item");
}

static void
plain_text_is_a_slice_of_the_source(void **state)
{
    struct reading reading = read_text(*state, "{\"key\":\"value\",\"n\":15}");
    const char *text = reading.source.text.at;
    const struct scl_tree *entry = scl_tree_child(reading.root, 0);

    assert_ptr_equal(scl_tree_key(entry).at, text + 2);
    assert_ptr_equal(scl_tree_text(entry).at, text + 8);
    assert_ptr_equal(scl_tree_text(scl_tree_child(reading.root, 1)).at, text + 19);
}

static void
keys_with_many_escapes_keep_their_text(void **state)
{
    for (unsigned count = 1; count <= 40; count++) {
        struct scl_text text = { 0 };
        struct reading reading;
        struct scl_str key;

        scl_text_c(&text, "{\"");
        for (unsigned i = 0; i < count; i++)
            scl_text_c(&text, "\\u0061");
        scl_text_c(&text, "\":1}");
        reading = read_limited(*state, scl_text_str(&text), NULL);
        key = scl_tree_key(scl_tree_child(reading.root, 0));
        check_number(key.len, count, "length of the key");
        check_number(scl_str_find_last(key, 'a'), count - 1, "its last letter");
        assert_non_null(scl_tree_find(reading.root, key));
        scl_text_finish(&text);
    }
}

static void
truth_is_read_from_truth_values_alone(void **state)
{
    struct reading reading = read_text(*state, "[true,false,\"true\",1,null]");
    bool value = false;

    assert_true(scl_tree_bool(scl_tree_child(reading.root, 0), &value) && value);
    assert_true(scl_tree_bool(scl_tree_child(reading.root, 1), &value) && !value);
    for (uint32_t i = 2; i < 5; i++)
        assert_false(scl_tree_bool(scl_tree_child(reading.root, i), &value));
    assert_false(scl_tree_bool(NULL, &value));
}

static void
numbers_of_a_tree_are_those_of_its_number_nodes(void **state)
{
    struct reading reading = read_text(*state, "[2.50,\"2\",true,1e2]");
    int64_t value = 0;
    bool exact = false;

    assert_false(scl_tree_int(scl_tree_child(reading.root, 0), &value));
    assert_true(scl_tree_nano(scl_tree_child(reading.root, 0), &value, &exact));
    check_number(value, 2500000000, "2.50");
    assert_true(exact);
    assert_false(scl_tree_int(scl_tree_child(reading.root, 1), &value));
    assert_false(scl_tree_nano(scl_tree_child(reading.root, 2), &value, &exact));
    assert_true(scl_tree_int(scl_tree_child(reading.root, 3), &value));
    check_number(value, 100, "1e2");
    assert_false(scl_tree_int(NULL, &value));
}

static void
hidden_warnings_stay_warnings(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;

    write_map(&text, 301, 1);
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(reading.notes.list.count, SCL_TREE_NOTES + 1, "notes");
    assert_false(scl_notes_have_error(&reading.notes));
    check_text(reading.notes.list.at[SCL_TREE_NOTES].message,
               "problems before this place that are not listed: 200", "last");
    scl_text_finish(&text);
}

static void
long_duplicate_keys_are_cut_in_the_message(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;

    for (int i = 0; i < 2; i++) {
        scl_text_c(&text, i ? ",\"" : "{\"");
        scl_text_fill(&text, 'k', 5000);
        scl_text_c(&text, "\":1");
    }
    scl_text_char(&text, '}');
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(reading.notes.list.count, 1, "notes");
    assert_true(reading.notes.list.at[0].message.len < 120);
    scl_text_finish(&text);
}

static void
nodes_are_small_and_so_is_the_worst_case(void **state)
{
    struct scl_arena *arena = *state;
    struct scl_text text = { 0 };
    size_t before;

    assert_true(sizeof(struct scl_tree) <= 40);
    scl_text_char(&text, '[');
    for (unsigned i = 0; i < 100000; i++)
        scl_text_c(&text, "1,");
    scl_text_c(&text, "1]");
    before = arena->used;
    read_limited(arena, scl_text_str(&text), NULL);
    assert_true((arena->used - before) / text.len < 24);
    scl_text_finish(&text);
}

static void
nodes_know_their_file(void **state)
{
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *root;

    assert_true(scl_source_init(&source, *state, SCL_S("b.json"), SCL_S("[1,\"\\q\"]")));
    scl_notes_init(&notes, *state);
    notes.file = 7;
    root = scl_json_read(*state, &source, NULL, &notes);
    check_number(root->file, 7, "root");
    check_number(scl_tree_child(root, 0)->file, 7, "item");
    check_number(notes.list.at[0].file, 7, "note");
}

static void
the_text_of_a_key_may_be_longer_than_its_span(void **state)
{
    struct scl_tree_builder builder;
    struct scl_notes notes;
    const struct scl_tree *root;

    scl_notes_init(&notes, *state);
    scl_tree_builder_init(&builder, *state, NULL, &notes);
    assert_non_null(scl_tree_open(&builder, SCL_TREE_MAP, SCL_TREE_BLOCK, 0));
    assert_true(scl_tree_next_key(&builder, (struct scl_span){ 0, 2 }, SCL_S("a long key")));
    assert_non_null(scl_tree_add(&builder, SCL_TREE_STRING, SCL_TREE_PLAIN,
                                 (struct scl_span){ 4, 1 }, SCL_S("v")));
    root = scl_tree_builder_finish(&builder, 5);
    check_text(scl_tree_key(scl_tree_child(root, 0)), "a long key", "key");
    assert_non_null(scl_tree_find(root, SCL_S("a long key")));
    assert_true(root->is_cut);
}

static void
an_entry_whose_value_stands_before_it_is_its_key(void **state)
{
    struct scl_tree_builder builder;
    struct scl_notes notes;
    const struct scl_tree *entry;

    scl_notes_init(&notes, *state);
    scl_tree_builder_init(&builder, *state, NULL, &notes);
    assert_non_null(scl_tree_open(&builder, SCL_TREE_MAP, SCL_TREE_BLOCK, 0));
    assert_true(scl_tree_next_key(&builder, (struct scl_span){ 20, 3 }, SCL_S("key")));
    assert_non_null(scl_tree_add(&builder, SCL_TREE_STRING, SCL_TREE_PLAIN,
                                 (struct scl_span){ 5, 6 }, SCL_S("anchor")));
    assert_true(scl_tree_close(&builder, 30));
    entry = scl_tree_child(scl_tree_builder_finish(&builder, 30), 0);
    check_number(scl_tree_entry(entry).offset, 20, "offset");
    check_number(scl_tree_entry(entry).length, 3, "length");
}

SUITE(
    CASE(every_key_of_a_map_of_any_size_is_found),
    CASE(duplicates_leave_large_maps_whole),
    CASE(looking_up_in_what_is_no_map_finds_nothing),
    CASE(every_place_is_known),
    CASE(places_count_the_byte_order_mark),
    CASE(plain_text_is_a_slice_of_the_source),
    CASE(keys_with_many_escapes_keep_their_text),
    CASE(truth_is_read_from_truth_values_alone),
    CASE(numbers_of_a_tree_are_those_of_its_number_nodes),
    CASE(hidden_warnings_stay_warnings),
    CASE(long_duplicate_keys_are_cut_in_the_message),
    CASE(nodes_are_small_and_so_is_the_worst_case),
    CASE(nodes_know_their_file),
    CASE(the_text_of_a_key_may_be_longer_than_its_span),
    CASE(an_entry_whose_value_stands_before_it_is_its_key))
