/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_json.c: JSON to a positioned tree
 *
 * Trees are compared in a short printed form: `{a:1 b:[true null "x"]}`, a `~` behind what is cut,
 * bytes that cannot be read as `<0A>`. Notes are printed with their places: `error 1:5+3 message`,
 * `+3` the length of what is underlined, and what is said below them in brackets.
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

static void
print_bytes(struct scl_text *out, struct scl_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if ((unsigned char)bytes.at[i] < 0x20 || bytes.at[i] == '<')
            scl_text_f(out, "<%02X>", (unsigned)(unsigned char)bytes.at[i]);
        else
            scl_text_char(out, bytes.at[i]);
    }
}

static void
print_tree(struct scl_text *out, const struct scl_tree *node)
{
    static const char *const brackets[][2] = { [SCL_TREE_STRING] = { "\"", "\"" },
                                               [SCL_TREE_LIST] = { "[", "]" },
                                               [SCL_TREE_MAP] = { "{", "}" } };
    const char *const *around = brackets[node->kind];

    if (node->key.at) {
        print_bytes(out, scl_tree_key(node));
        scl_text_char(out, ':');
    }
    scl_text_c(out, around[0] ? around[0] : "");
    print_bytes(out, scl_tree_text(node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        scl_text_c(out, i ? " " : "");
        print_tree(out, scl_tree_child(node, i));
    }
    scl_text_c(out, around[0] ? around[1] : "");
    scl_text_c(out, node->is_cut ? "~" : "");
}

static void
print_place(struct scl_text *out, const struct reading *reading, struct scl_span span)
{
    struct scl_position place = scl_source_locate(&reading->source, span.offset);

    scl_text_f(out, "%u:%u", (unsigned)place.line, (unsigned)place.column);
    if (span.length)
        scl_text_f(out, "+%u", (unsigned)span.length);
}

static void
print_notes(struct scl_text *out, const struct reading *reading)
{
    static const char *const kinds[] = { "", "error", "warning", "info" };

    for (uint32_t i = 0; i < reading->notes.list.count; i++) {
        const struct scl_note *note = &reading->notes.list.at[i];

        scl_text_f(out, "%s%s ", i ? "; " : "", kinds[note->kind]);
        print_place(out, reading, note->span);
        scl_text_f(out, " %.*s", SCL_ARG(note->message));
        for (uint32_t j = 0; j < note->hints.count; j++) {
            const struct scl_note_hint *hint = &note->hints.at[j];

            scl_text_f(out, " [%.*s", SCL_ARG(hint->text));
            if (hint->has_span) {
                scl_text_char(out, ' ');
                print_place(out, reading, hint->span);
            }
            scl_text_char(out, ']');
        }
    }
}

static void
check_reading(const struct reading *reading, const char *tree, const char *notes, const char *why)
{
    struct scl_text out = { 0 };

    print_tree(&out, reading->root);
    check_text(scl_text_str(&out), tree, why);
    scl_text_clear(&out);
    print_notes(&out, reading);
    check_text(scl_text_str(&out), notes, why);
    scl_text_finish(&out);
}

struct row {
    const char *json, *tree, *notes;
};

static void
check_rows(struct scl_arena *arena, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reading reading = read_text(arena, rows[i].json);

        check_reading(&reading, rows[i].tree, rows[i].notes ? rows[i].notes : "", rows[i].json);
    }
}

static void
what_is_json_is_read_without_notes(void **state)
{
    static const struct row rows[] = {
        { "null", "null", NULL },
        { "true", "true", NULL },
        { "false", "false", NULL },
        { "0", "0", NULL },
        { "-0", "-0", NULL },
        { "12", "12", NULL },
        { "-12.5", "-12.5", NULL },
        { "1e3", "1e3", NULL },
        { "1E+3", "1E+3", NULL },
        { "0.5e-10", "0.5e-10", NULL },
        { "0e0", "0e0", NULL },
        { "123456789012345678901234567890", "123456789012345678901234567890", NULL },
        { "\"\"", "\"\"", NULL },
        { "\"a\"", "\"a\"", NULL },
        { "\"a b/c\"", "\"a b/c\"", NULL },
        { "\"twenty-one plain bytes\"", "\"twenty-one plain bytes\"", NULL },
        { "\"\\\"\"", "\"\"\"", NULL },
        { "\"\\\\\"", "\"\\\"", NULL },
        { "\"\\/\"", "\"/\"", NULL },
        { "\"\\b\\f\\n\\r\\t\"", "\"<08><0C><0A><0D><09>\"", NULL },
        { "\"\\u0041\"", "\"A\"", NULL },
        { "\"\\u00e9\\u00E9\"", "\"\xc3\xa9\xc3\xa9\"", NULL },
        { "\"\\u20ac\"", "\"\xe2\x82\xac\"", NULL },
        { "\"\\uD83D\\uDE00\"", "\"\xf0\x9f\x98\x80\"", NULL },
        { "\"\\u0000\"", "\"<00>\"", NULL },
        { "\"a\\u0041b\\nc\"", "\"aAb<0A>c\"", NULL },
        { "\"\\\\u0041\"", "\"\\u0041\"", NULL },
        { "\"\xc3\xa9\"", "\"\xc3\xa9\"", NULL },
        { "\"\xf4\x8f\xbf\xbf\"", "\"\xf4\x8f\xbf\xbf\"", NULL },
        { "\"\x7f\"", "\"\x7f\"", NULL },
        { "[]", "[]", NULL },
        { "[ ]", "[]", NULL },
        { "[1]", "[1]", NULL },
        { "[1,2 , 3]", "[1 2 3]", NULL },
        { "[[],[[]],{}]", "[[] [[]] {}]", NULL },
        { "[1,[2,[3]],4]", "[1 [2 [3]] 4]", NULL },
        { "{}", "{}", NULL },
        { "{\t\r\n }", "{}", NULL },
        { "{\"a\":1}", "{a:1}", NULL },
        { "{\"a\" : 1 , \"b\" : 2}", "{a:1 b:2}", NULL },
        { "{\"\":1}", "{:1}", NULL },
        { "{\"a\\u0062\":1}", "{ab:1}", NULL },
        { "{\"a\\nb\":{\"c\":[]}}", "{a<0A>b:{c:[]}}", NULL },
        { "{\"a\":{\"b\":{\"c\":null}}}", "{a:{b:{c:null}}}", NULL },
        { "{\"a\":[{\"b\":1},{\"b\":2}]}", "{a:[{b:1} {b:2}]}", NULL },
        { "{\"b\":1,\"a\":2}", "{b:1 a:2}", NULL },
        { "{\"a\":1,\"A\":2}", "{a:1 A:2}", NULL },
        { " \n\t\r1 \n\t\r", "1", NULL },
        { "\xef\xbb\xbf{\"a\":1}", "{a:1}", NULL },
        { "[true,false,null]", "[true false null]", NULL },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
errors_of_structure_end_the_reading_at_their_place(void **state)
{
    static const struct row rows[] = {
        { "", "~", "error 1:1 the file is empty" },
        { " \n ", "~", "error 1:1 the file is empty" },
        { "\xef\xbb\xbf", "~", "error 1:4 the file is empty" },
        { "{", "{}~", "error 1:2 end of file inside an object [the object starts at 1:1+1]" },
        { "[", "[]~", "error 1:2 end of file inside an array [the array starts at 1:1+1]" },
        { "{\"a\"", "{}~", "error 1:5 end of file inside an object [the object starts at 1:1+1]" },
        { "{\"a\":", "{}~", "error 1:6 end of file inside an object [the object starts at 1:1+1]" },
        { "{\"a\":1", "{a:1}~",
          "error 1:7 end of file inside an object [the object starts at 1:1+1]" },
        { "{\"a\":1,", "{a:1}~",
          "error 1:8 end of file inside an object [the object starts at 1:1+1]" },
        { "[1,[2", "[1 [2]~]~",
          "error 1:6 end of file inside an array [the array starts at 1:4+1]" },
        { "{\n  \"x\": 1,\n  \"root\": {\"path\": \"rootfs\"\n\n", "{x:1 root:{path:\"rootfs\"}~}~",
          "error 3:28 end of file inside an object [the object starts at 3:11+1]" },
        { "[1,]", "[1]~", "error 1:3+1 trailing comma in an array" },
        { "[1, \n]", "[1]~", "error 1:3+1 trailing comma in an array" },
        { "{\"a\":1,}", "{a:1}~", "error 1:7+1 trailing comma in an object" },
        { "[,1]", "[]~", "error 1:2+1 expected a value" },
        { "[1,,2]", "[1]~", "error 1:4+1 expected a value" },
        { "[1 2]", "[1]~",
          "error 1:4+1 expected ',' or ']' after an item [the array starts at 1:1+1]" },
        { "[1}", "[1]~",
          "error 1:3+1 expected ',' or ']' after an item [the array starts at 1:1+1]" },
        { "{\"a\":1]", "{a:1}~",
          "error 1:7+1 expected ',' or '}' after a member [the object starts at 1:1+1]" },
        { "{\"a\":1 \"b\":2}", "{a:1}~",
          "error 1:8+1 expected ',' or '}' after a member [the object starts at 1:1+1]" },
        { "{a:1}", "{}~", "error 1:2+1 expected a key or '}'" },
        { "{name:1}", "{}~", "error 1:2+4 expected a key or '}'" },
        { "{'a':1}", "{}~", "error 1:2+1 expected a key or '}' [strings stand in double quotes]" },
        { "{1:1}", "{}~", "error 1:2+1 expected a key or '}'" },
        { "{,}", "{}~", "error 1:2+1 expected a key or '}'" },
        { "{\"a\":1,,}", "{a:1}~", "error 1:8+1 expected a key" },
        { "{\"a\" 1}", "{}~", "error 1:6+1 expected ':' after a key" },
        { "{\"a\"}", "{}~", "error 1:5+1 expected ':' after a key" },
        { "{\"a\"=1}", "{}~", "error 1:5+1 expected ':' after a key" },
        { "{\"a\":}", "{}~", "error 1:6+1 expected a value" },
        { "{\"a\"::1}", "{}~", "error 1:6+1 expected a value" },
        { "tru", "~", "error 1:1+3 expected a value" },
        { "truex", "~", "error 1:1+5 expected a value" },
        { "nul", "~", "error 1:1+3 expected a value" },
        { "[True]", "[]~", "error 1:2+4 expected a value [did you mean true?]" },
        { "[FALSE]", "[]~", "error 1:2+5 expected a value [did you mean false?]" },
        { "[None]", "[]~", "error 1:2+4 expected a value [did you mean null?]" },
        { "[undefined]", "[]~", "error 1:2+9 expected a value [did you mean null?]" },
        { "[NaN]", "[]~", "error 1:2+3 expected a value [JSON has no such number]" },
        { "[-Infinity]", "[]~", "error 1:3+8 expected a digit [JSON has no such number]" },
        { "['a']", "[]~", "error 1:2+1 expected a value [strings stand in double quotes]" },
        { "// no\n{}", "~", "error 1:1+1 expected a value [JSON has no comments]" },
        { "[1 /* no */]", "[1]~",
          "error 1:4+1 expected ',' or ']' after an item [JSON has no comments] "
          "[the array starts at 1:1+1]" },
        { "{} # no", "{}", "error 1:4+1 text after the value [JSON has no comments]" },
        { "{}{}", "{}", "error 1:3+1 text after the value" },
        { "{}\n{}\n", "{}", "error 2:1+1 text after the value" },
        { "1 2", "1", "error 1:3+1 text after the value" },
        { "null null", "null", "error 1:6+4 text after the value" },
        { "]", "~", "error 1:1+1 expected a value" },
        { "\xc3\xa9", "~", "error 1:1+2 expected a value" },
        { "\xff", "~", "error 1:1+1 expected a value" },
        { "[\x0b" "1]", "[]~", "error 1:2+1 expected a value" },
        { "\xef\xbb\xbf\xef\xbb\xbf{}", "~", "error 1:4+3 expected a value" },
        { "01", "~", "error 1:1+2 leading zero in a number" },
        { "[-012]", "[]~", "error 1:2+4 leading zero in a number" },
        { "+1", "~", "error 1:1+1 expected a value [a number has no plus sign]" },
        { ".5", "~", "error 1:1+1 expected a value [a number begins with a digit]" },
        { "-", "~", "error 1:2 end of file inside a number" },
        { "-x", "~", "error 1:2+1 expected a digit" },
        { "[1.]", "[]~", "error 1:4+1 expected a digit" },
        { "[1.e3]", "[]~", "error 1:4+2 expected a digit" },
        { "1e", "~", "error 1:3 end of file inside a number" },
        { "[1e+]", "[]~", "error 1:5+1 expected a digit" },
        { "1.5.5", "1.5", "error 1:4+1 text after the value [a number begins with a digit]" },
        { "0x10", "0", "error 1:2+3 text after the value" },
        { "[1_000]", "[1]~",
          "error 1:3+4 expected ',' or ']' after an item [the array starts at 1:1+1]" },
        { "\"abc", "~", "error 1:5 end of file inside a string [the string starts at 1:1+1]" },
        { "\"abc\\", "~", "error 1:6 end of file inside a string [the string starts at 1:1+1]" },
        { "\"abc\\\"", "~", "error 1:7 end of file inside a string [the string starts at 1:1+1]" },
        { "[\"abc\ndef\"]", "[]~",
          "error 1:6 end of line inside a string [the string starts at 1:2+1]" },
        { "[\"abc\rdef\"]", "[]~",
          "error 1:6 end of line inside a string [the string starts at 1:2+1]" },
        { "[\"abc\\\ndef\"]", "[]~",
          "error 1:7 end of line inside a string [the string starts at 1:2+1]" },
        { "{\"a\":1,\n \"b", "{a:1}~",
          "error 2:4 end of file inside a string [the string starts at 2:2+1]" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
errors_inside_a_string_do_not_end_the_reading(void **state)
{
    static const struct row rows[] = {
        { "[\"a\\qb\",1]", "[\"a\\qb\" 1]", "error 1:4+2 unknown escape in a string" },
        { "[\"\\'\",1]", "[\"\\'\" 1]", "error 1:3+2 unknown escape in a string" },
        { "[\"\\U0041\",1]", "[\"\\U0041\" 1]", "error 1:3+2 unknown escape in a string" },
        { "[\"\\\xc3\xa9\"]", "[\"\\\xc3\xa9\"]", "error 1:3+3 unknown escape in a string" },
        { "[\"\\u12g4\",1]", "[\"\\u12g4\" 1]",
          "error 1:3+2 four hexadecimal digits do not follow \\u" },
        { "[\"\\u12\",1]", "[\"\\u12\" 1]",
          "error 1:3+2 four hexadecimal digits do not follow \\u" },
        { "[\"\\ud800\",1]", "[\"\xef\xbf\xbd\" 1]", "error 1:3+6 half of a surrogate pair" },
        { "[\"\\udc00x\",1]", "[\"\xef\xbf\xbdx\" 1]", "error 1:3+6 half of a surrogate pair" },
        { "[\"\\ud800\\n\"]", "[\"\xef\xbf\xbd<0A>\"]", "error 1:3+6 half of a surrogate pair" },
        { "[\"\\ud800\\u0041\"]", "[\"\xef\xbf\xbd" "A\"]",
          "error 1:3+6 half of a surrogate pair" },
        { "[\"\\ud800\\ud83d\\ude00\"]", "[\"\xef\xbf\xbd\xf0\x9f\x98\x80\"]",
          "error 1:3+6 half of a surrogate pair" },
        { "[\"\\ud800\\u12\"]", "[\"\xef\xbf\xbd\\u12\"]",
          "error 1:3+6 half of a surrogate pair; "
          "error 1:9+2 four hexadecimal digits do not follow \\u" },
        { "[\"a\tb\",1]", "[\"a<09>b\" 1]", "error 1:4+1 control character in a string" },
        { "[\"\x01\x1f\"]", "[\"<01><1F>\"]",
          "error 1:3+1 control character in a string; error 1:4+1 control character in a string" },
        { "[\"\xff\",1]", "[\"\xff\" 1]", "error 1:3+1 bytes that are not UTF-8 in a string" },
        { "[\"long enough \xc3(\xc3(\"]", "[\"long enough \xc3(\xc3(\"]",
          "error 1:15+1 bytes that are not UTF-8 in a string" },
        { "[\"\xed\xa0\x80\"]", "[\"\xed\xa0\x80\"]",
          "error 1:3+1 bytes that are not UTF-8 in a string" },
        { "[\"\xc0\xaf\"]", "[\"\xc0\xaf\"]", "error 1:3+1 bytes that are not UTF-8 in a string" },
        { "{\"\\q\":1}", "{\\q:1}", "error 1:3+2 unknown escape in a string" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
no_byte_that_matters_is_run_over_at_any_position(void **state)
{
    static const struct {
        char byte;
        const char *message;
    } rows[] = {
        { '\x1f', "control character in a string" },
        { '\0', "control character in a string" },
        { '\n', "end of line inside a string" },
        { '"', "text after the value" },
        { '\\', "unknown escape in a string" },
        { '\x80', "bytes that are not UTF-8 in a string" },
        { '\xff', "bytes that are not UTF-8 in a string" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t at = 1; at <= 17; at++) {
            char text[] = "\"xxxxxxxxxxxxxxxxxxx\"";
            struct reading reading;

            text[at] = rows[i].byte;
            reading = read_limited(*state, scl_str_n(text, sizeof text - 1), NULL);
            check_number(reading.notes.list.count, 1, rows[i].message);
            check_text(reading.notes.list.at[0].message, rows[i].message, "message");
            check_number(reading.notes.list.at[0].span.offset, at + (rows[i].byte == '"'), "place");
        }
    }
}

static void
of_duplicate_keys_the_last_counts(void **state)
{
    static const struct row rows[] = {
        { "{\"a\":1,\"a\":2}", "{a:2}",
          "warning 1:8+3 duplicate key 'a', the last one counts [the one before it is at 1:2+3]" },
        { "{\"a\":1,\"b\":0,\"\\u0061\":2,\"c\":3}", "{b:0 a:2 c:3}",
          "warning 1:14+8 duplicate key 'a', the last one counts [the one before it is at 1:2+3]" },
        { "{\"a\":1,\"a\":2,\"a\":[]}", "{a:[]}",
          "warning 1:8+3 duplicate key 'a', the last one counts [the one before it is at 1:2+3]; "
          "warning 1:14+3 duplicate key 'a', the last one counts [the one before it is at 1:8+3]" },
        { "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}", "{a:{a:1} b:[{a:1} {a:1}]}", NULL },
        { "{\"\":1,\"\":2}", "{:2}",
          "warning 1:7+2 duplicate key '', the last one counts [the one before it is at 1:2+2]" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
nul_bytes_are_errors_at_their_place(void **state)
{
    struct reading inside = read_limited(*state, SCL_S("[\"a\0b\",1]"), NULL);
    struct reading between = read_limited(*state, SCL_S("[1,\0" "2]"), NULL);
    struct reading after = read_limited(*state, SCL_S("[1]\0"), NULL);

    check_reading(&inside, "[\"a<00>b\" 1]", "error 1:4+1 control character in a string", "inside");
    check_reading(&between, "[1]~", "error 1:4+1 expected a value", "between");
    check_reading(&after, "[1]", "error 1:4+1 text after the value", "after");
}

static void
the_limit_of_depth_cuts_at_the_bracket_beyond_it(void **state)
{
    static const struct scl_tree_limits limits = { .depth = 3, .nodes = 100 };
    struct reading within = read_limited(*state, SCL_S("[[[1]],[{}]]"), &limits);
    struct reading beyond = read_limited(*state, SCL_S("[0,[{\"a\":[1]}],2]"), &limits);

    check_reading(&within, "[[[1]] [{}]]", "", "three deep");
    check_reading(&beyond, "[0 [{}~]~]~", "error 1:10+1 nested deeper than the limit of 3",
                  "four deep");
}

static void
the_limit_of_nodes_cuts_at_the_value_beyond_it(void **state)
{
    static const struct scl_tree_limits limits = { .depth = 10, .nodes = 4 };
    struct reading within = read_limited(*state, SCL_S("[1,{\"a\":2}]"), &limits);
    struct reading beyond = read_limited(*state, SCL_S("[1,2,{\"a\":30,\"b\":4}]"), &limits);
    struct reading opening = read_limited(*state, SCL_S("[1,2,3,[]]"), &limits);

    check_reading(&within, "[1 {a:2}]", "", "four nodes");
    check_reading(&beyond, "[1 2 {}~]~", "error 1:11+2 more than the limit of 4 nodes",
                  "five nodes");
    check_reading(&opening, "[1 2 3]~", "error 1:8+1 more than the limit of 4 nodes",
                  "a fifth list");
}

static void
the_default_limits_are_those_of_the_design(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;

    check_number(scl_tree_default_limits.depth, 128, "depth");
    check_number(scl_tree_default_limits.nodes, 4000000, "nodes");
    scl_text_fill(&text, '[', 128);
    scl_text_fill(&text, ']', 128);
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(reading.notes.list.count, 0, "notes of depth 128");
    scl_text_char(&text, '\n');
    text.at[127] = text.at[128] = '[';
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(reading.notes.list.count, 1, "notes of depth 129");
    check_text(reading.notes.list.at[0].message, "nested deeper than the limit of 128", "message");
    check_number(reading.notes.list.at[0].span.offset, 128, "place");
    scl_text_finish(&text);
}

static void
very_deep_text_is_read_where_the_limit_allows_it(void **state)
{
    static const struct scl_tree_limits limits = { .depth = 200000, .nodes = 300000 };
    struct scl_text text = { 0 };
    struct reading reading;
    const struct scl_tree *node;
    unsigned depth = 0;

    for (unsigned i = 0; i < 100000; i++)
        scl_text_c(&text, "{\"a\":");
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(reading.notes.list.count, 1, "notes under the default limits");
    scl_text_c(&text, "1");
    scl_text_fill(&text, '}', 100000);
    reading = read_limited(*state, scl_text_str(&text), &limits);
    check_number(reading.notes.list.count, 0, "notes");
    for (node = reading.root; node->kind == SCL_TREE_MAP; node = scl_tree_child(node, 0))
        depth++;
    check_number(depth, 100000, "depth");
    scl_text_finish(&text);
}

static void
notes_are_bounded_and_the_rest_is_counted(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;
    const struct scl_note *last;

    scl_text_char(&text, '[');
    for (unsigned i = 0; i < 350; i++)
        scl_text_c(&text, "\"\\q\",");
    scl_text_c(&text, "1]");
    reading = read_limited(*state, scl_text_str(&text), NULL);
    check_number(scl_tree_count(reading.root), 351, "items");
    check_number(reading.notes.list.count, SCL_TREE_NOTES + 1, "notes");
    last = &reading.notes.list.at[SCL_TREE_NOTES];
    check_text(last->message, "problems before this place that are not listed: 250", "last");
    check_number(last->kind, SCL_NOTE_ERROR, "kind");
    scl_text_finish(&text);
}

static void
every_beginning_of_a_text_is_read_without_harm(void **state)
{
    static const char whole[] = "\xef\xbb\xbf{\"a\\u00e9\\ud83d\\ude00\": [1.5e+3, -0, true, null,"
                                " \"\xc3\xa9\\n\"], \"b\": {\"c\": {}}}";

    for (size_t len = 0; len < sizeof whole - 1; len++) {
        char *exact = malloc(len ? len : 1); /* so that a read beyond it is seen */
        struct reading reading;

        assert_non_null(exact);
        memcpy(exact, whole, len);
        reading = read_limited(*state, scl_str_n(exact, len), NULL);
        check_number(reading.notes.list.count, 1, "notes of a beginning");
        check_number(reading.notes.list.at[0].kind, SCL_NOTE_ERROR, "its kind");
        free(exact);
    }
}

/* ---- in a string ---- */

/* Scalars as the outer source has them, their keys before them: `"a"=1`. */
static void
print_places(struct scl_text *out, const struct scl_source *source, const struct scl_tree *node)
{
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        print_places(out, source, scl_tree_child(node, i));
    if (scl_tree_count(node))
        return;
    if (out->len)
        scl_text_char(out, ' ');
    if (node->key.at)
        scl_text_f(out, "%.*s=", SCL_ARG(scl_source_text(source, node->key_span)));
    scl_text_add(out, scl_source_text(source, node->span));
}

static const struct scl_tree *
read_nested(struct scl_arena *arena, const struct reading *outer, struct scl_notes *notes)
{
    const struct scl_tree *nested;

    scl_notes_init(notes, arena);
    nested = scl_json_read_nested(arena, &outer->source, scl_tree_child(outer->root, 0), NULL,
                                  notes);
    assert_non_null(nested);
    return nested;
}

static void
what_stands_in_a_string_has_its_place_there(void **state)
{
    static const struct {
        const char *text, *tree, *places, *notes;
    } rows[] = {
        { "[\"[1, true]\"]", "[1 true]", "1 true", "" },
        { "[\"{\\\"a\\\": \\\"b\\\"}\"]", "{a:\"b\"}", "\\\"a\\\"=\\\"b\\\"", "" },
        { "[\"{\\n\\t\\\"a\\\":1}\"]", "{a:1}", "\\\"a\\\"=1", "" },
        { "[\"\\u007b\\u0022a\\u0022:2}\"]", "{a:2}", "\\u0022a\\u0022=2", "" },
        { "[\"[\\\"\xc3\xa4\\\", 3]\"]", "[\"\xc3\xa4\" 3]", "\\\"\xc3\xa4\\\" 3", "" },
        { "[\"[\\\"\\u00e4\\ud83d\\ude00\\\", 4]\"]", "[\"\xc3\xa4\xf0\x9f\x98\x80\" 4]",
          "\\\"\\u00e4\\ud83d\\ude00\\\" 4", "" },
        { "[\"[\\\"x\\\\ny\\\", 5]\"]", "[\"x<0A>y\" 5]", "\\\"x\\\\ny\\\" 5", "" },
        { "[\"{\\\"a\\\\u0062\\\":6}\"]", "{ab:6}", "\\\"a\\\\u0062\\\"=6", "" },
        { "[\"[1 2]\"]", "[1]~", "1", "error 1:6+1 expected ',' or ']' after a value" },
        { "[\"\"]", "~", "\"\"", "error 1:2+2 " },
    };
    struct scl_arena arena;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text tree = { 0 }, places = { 0 }, told = { 0 };
        struct scl_notes notes;
        const struct scl_tree *nested;
        struct reading outer;

        scl_arena_init(&arena);
        outer = read_text(&arena, rows[i].text);
        nested = read_nested(&arena, &outer, &notes);
        print_tree(&tree, nested);
        print_places(&places, &outer.source, nested);
        if (notes.list.count)
            scl_text_f(&told, "error %u:%u+%u ", 1, (unsigned)notes.list.at[0].span.offset + 1,
                       (unsigned)notes.list.at[0].span.length);
        check_text(scl_text_str(&tree), rows[i].tree, rows[i].text);
        check_text(scl_text_str(&places), rows[i].places, rows[i].text);
        check_number(strncmp(told.at ? told.at : "", rows[i].notes, told.len), 0, rows[i].text);
        check_number(notes.list.count, rows[i].notes[0] ? 1 : 0, rows[i].text);
        scl_text_finish(&tree);
        scl_text_finish(&places);
        scl_text_finish(&told);
        scl_arena_finish(&arena);
    }
}

SUITE(
    CASE(what_is_json_is_read_without_notes),
    CASE(errors_of_structure_end_the_reading_at_their_place),
    CASE(errors_inside_a_string_do_not_end_the_reading),
    CASE(no_byte_that_matters_is_run_over_at_any_position),
    CASE(of_duplicate_keys_the_last_counts),
    CASE(nul_bytes_are_errors_at_their_place),
    CASE(the_limit_of_depth_cuts_at_the_bracket_beyond_it),
    CASE(the_limit_of_nodes_cuts_at_the_value_beyond_it),
    CASE(the_default_limits_are_those_of_the_design),
    CASE(very_deep_text_is_read_where_the_limit_allows_it),
    CASE(notes_are_bounded_and_the_rest_is_counted),
    CASE(every_beginning_of_a_text_is_read_without_harm),
    CASE(what_stands_in_a_string_has_its_place_there))
