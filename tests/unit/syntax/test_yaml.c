/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_yaml.c: YAML to positioned trees
 *
 * Trees are compared in a short printed form: `{a:1 b:[true null "x"]}`, a `~` behind what is cut,
 * a `*` before what an alias shares, bytes that cannot be read as `<0A>`; documents stand in a row.
 * Notes are printed with their places: `error 1:5+3 message`, `+3` the length of what is marked,
 * and what is said below them in brackets.
 */
#include "../test.h"

#include "syntax/yaml_read.h"

struct reading {
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_yaml *yaml;
};

static struct reading
read_with(struct scl_arena *arena, struct scl_str text, const struct scl_yaml_options *options)
{
    struct reading reading;

    assert_true(scl_source_init(&reading.source, arena, SCL_S("compose.yaml"), text));
    scl_notes_init(&reading.notes, arena);
    reading.yaml = scl_yaml_read_all(arena, &reading.source, options, &reading.notes);
    assert_non_null(reading.yaml);
    return reading;
}

static struct reading
read_text(struct scl_arena *arena, const char *text)
{
    return read_with(arena, scl_str_c(text), NULL);
}

static const struct scl_tree *
first(const struct reading *reading)
{
    assert_true(scl_tree_count(reading->yaml->documents) > 0);
    return scl_tree_child(reading->yaml->documents, 0);
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

    scl_text_c(out, node->is_alias ? "*" : "");
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

    for (uint32_t i = 0; i < scl_tree_count(reading->yaml->documents); i++) {
        scl_text_c(&out, i ? " " : "");
        print_tree(&out, scl_tree_child(reading->yaml->documents, i));
    }
    check_text(scl_text_str(&out), tree, why);
    scl_text_clear(&out);
    print_notes(&out, reading);
    check_text(scl_text_str(&out), notes, why);
    scl_text_finish(&out);
}

struct row {
    const char *yaml, *tree, *notes;
};

static void
check_rows(struct scl_arena *arena, const struct row *rows, size_t count, unsigned flags)
{
    const struct scl_yaml_options options = { .alias_visits = SCL_YAML_ALIAS_VISITS,
                                              .flags = flags };

    for (size_t i = 0; i < count; i++) {
        struct reading reading = read_with(arena, scl_str_c(rows[i].yaml), &options);

        check_reading(&reading, rows[i].tree, rows[i].notes ? rows[i].notes : "", rows[i].yaml);
    }
}

static void
what_is_yaml_is_read_without_notes(void **state)
{
    static const struct row rows[] = {
        { "a", "\"a\"", NULL },
        { "a: 1", "{a:1}", NULL },
        { "a:", "{a:}", NULL },
        { "a:\nb:\n", "{a: b:}", NULL },
        { "- a\n- b", "[\"a\" \"b\"]", NULL },
        { "-\n-", "[ ]", NULL },
        { "a:\n- b\n- c", "{a:[\"b\" \"c\"]}", NULL },
        { "a:\n  b:\n    c: d", "{a:{b:{c:\"d\"}}}", NULL },
        { "[a, b: c, {d}]", "[\"a\" {b:\"c\"} {d:}]", NULL },
        { "{a: 1, \"b\":2, 'c': [] , d: {}}", "{a:1 b:2 c:[] d:{}}", NULL },
        { "{\"a\": [true, null, 1.5, \"x\"]}", "{a:[true null 1.5 \"x\"]}", NULL },
        { "'it''s'", "\"it's\"", NULL },
        { "\"a\\tb\\x41\\u00e9\\\n  c\"", "\"a<09>bA\xc3\xa9" "c\"", NULL },
        { "a: b\n  c\n\n  d", "{a:\"b c<0A>d\"}", NULL },
        { "a: |\n  b\n   c\n", "{a:\"b<0A> c<0A>\"}", NULL },
        { "a: |-\n  b\n\n", "{a:\"b\"}", NULL },
        { "a: |+\n  b\n\n", "{a:\"b<0A><0A>\"}", NULL },
        { "a: >\n  b\n  c\n", "{a:\"b c<0A>\"}", NULL },
        { "a: |2\n   b\n", "{a:\" b<0A>\"}", NULL },
        { "a: |\nb: 1", "{a:\"\" b:1}", NULL },
        { "? a\n: b", "{a:\"b\"}", NULL },
        { "? a\n? b", "{a: b:}", NULL },
        { "? \n: a", "{:\"a\"}", NULL },
        { "a: 'b' # c\n# d\n", "{a:\"b\"}", NULL },
        { "a: b#c", "{a:\"b#c\"}", NULL },
        { "a: http://x", "{a:\"http://x\"}", NULL },
        { "--- a\n--- b\n...\n", "\"a\" \"b\"", NULL },
        { "---\n---\n- 1\n", " [1]", NULL },
        { "%YAML 1.2\n---\na: 1", "{a:1}", NULL },
        { "\xef\xbb\xbf" "a: 1", "{a:1}", NULL },
        { "a: 1\r\nb: |\r\n  x\r\n", "{a:1 b:\"x<0A>\"}", NULL },
        { "\xc3\xa9: \xe2\x82\xac", "{\xc3\xa9:\"\xe2\x82\xac\"}", NULL },
        { "<<: {a: 1}", "{<3C><3C>:{a:1}}", NULL },
    };

    check_rows(*state, rows, COUNT(rows), 0);
}

static void
plain_scalars_are_of_the_core_schema(void **state)
{
    static const struct row rows[] = {
        { "[~, null, Null, NULL, nULL]", "[~ null Null NULL \"nULL\"]", NULL },
        { "[0, -1, +2, 007, 0x1F, 0o17, 0xg, 0o8]", "[0 -1 +2 007 0x1F 0o17 \"0xg\" \"0o8\"]",
          NULL },
        { "[1.5, .5, 5., 1e3, -1E-3, .e, 1e, 1.2.3]",
          "[1.5 .5 5. 1e3 -1E-3 \".e\" \"1e\" \"1.2.3\"]", NULL },
        { "[.inf, -.INF, .nan, .NaN, -.nan, .iNF]", "[.inf -.INF .nan .NaN \"-.nan\" \".iNF\"]",
          NULL },
        { "[22:22, 2027-01-31, 1_000, 0b1, 1-, +]",
          "[\"22:22\" \"2027-01-31\" \"1_000\" \"0b1\" \"1-\" \"+\"]", NULL },
        { "['1', \"true\", '~']", "[\"1\" \"true\" \"~\"]", NULL },
        { "[yes, On, n, FALSE, tRUE]", "[\"yes\" \"On\" \"n\" FALSE \"tRUE\"]", NULL },
        { "[!!str 1, !!int '1', !!int x, !!null '', !!bool \"true\", ! 5, !own 5, !own '5']",
          "[\"1\" 1 \"x\"  true \"5\" 5 \"5\"]", NULL },
    };
    static const struct row old[] = {
        { "[yes, On, n, FALSE, tRUE, 'yes']", "[yes On n FALSE \"tRUE\" \"yes\"]", NULL },
    };

    check_rows(*state, rows, COUNT(rows), 0);
    check_rows(*state, old, COUNT(old), SCL_YAML_OLD_BOOLS);
}

static void
booleans_have_their_value(void **state)
{
    static const struct scl_yaml_options options = { .flags = SCL_YAML_OLD_BOOLS };
    static const struct {
        const char *text;
        bool value;
    } rows[] = { { "true", true }, { "TRUE", true }, { "False", false }, { "on", true },
                 { "N", false },   { "yes", true },  { "off", false } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading reading = read_with(*state, scl_str_c(rows[i].text), &options);
        bool value = !rows[i].value;

        assert_true(scl_tree_bool(first(&reading), &value));
        check_number(value, rows[i].value, rows[i].text);
    }
}

static void
whole_numbers_are_read_in_every_base(void **state)
{
    static const struct {
        const char *text;
        bool is_int;
        int64_t value;
    } rows[] = {
        { "5", true, 5 },          { "-5", true, -5 },        { "0x1f", true, 31 },
        { "0o17", true, 15 },      { "0644", true, 420 },     { "0899", true, 899 },
        { "0", true, 0 },          { "00", true, 0 },         { "-010", true, -8 },
        { "1e3", true, 1000 },     { "1.5", false, 0 },       { "'0644'", false, 0 },
        { "0x7fffffffffffffff", true, INT64_MAX },            { "0x8000000000000000", false, 0 },
        { "-01000000000000000000000", true, INT64_MIN },      { "x", false, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading reading = read_text(*state, rows[i].text);
        int64_t value = 0;

        check_number(scl_yaml_int(first(&reading), &value), rows[i].is_int, rows[i].text);
        check_number(value, rows[i].value, rows[i].text);
    }
    assert_false(scl_yaml_int(NULL, &(int64_t){ 0 }));
}

static void
what_is_not_yaml_ends_the_reading_at_its_place(void **state)
{
    static const struct row rows[] = {
        { "", "", "error 1:1 the file is empty" },
        { " \n\n", "", "error 1:1 the file is empty" },
        { "# a\n", "", "error 1:1 the file has comments only" },
        { "\xff\xfe" "a", "", "error 1:1+2 UTF-16 text; only UTF-8 is read" },
        { "x: 1\na: b: c", "{x:1 a:\"b\"}~",
          "error 2:5+1 a ':' that ends no key [a value with ': ' in it stands in quotes]" },
        { "a: [1, 2", "{a:[1 2]~}~",
          "error 1:9 end of file inside a list [the list starts at 1:4+1]" },
        { "a: [1, \n", "{a:[1]~}~",
          "error 1:7 end of file inside a list [the list starts at 1:4+1]" },
        { "a: {b: 1\n\n", "{a:{b:1}~}~",
          "error 1:9 end of file inside a map [the map starts at 1:4+1]" },
        { "a: 'x\n", "{}~",
          "error 1:6 end of file inside a quoted string [the string starts at 1:4+1]" },
        { "a:\n\t- b", "{}~", "error 2:1+1 a tab as indentation [indent with spaces]" },
        { "- a\nb: 1", "[\"a\"]~",
          "error 2:1+1 expected a list item '-', or less indentation [the list starts at 1:1+1]" },
        { "a:\n  - b\n c: d", "{a:[\"b\"]}~",
          "error 3:2+1 expected a key, or less indentation [the map starts at 1:1+1]" },
        { "a: @x", "{}~",
          "error 1:4+1 a value cannot begin with this character [put it in quotes]" },
        { "a: \"\\q\"", "{}~",
          "error 1:5+1 unknown escape in a string [the string starts at 1:4+1]" },
        { "a: |x\n y", "{}~", "error 1:5+1 text behind '|' or '>' [the text starts at 1:4+1]" },
        { "a: ]", "{}~", "error 1:4+1 expected a value" },
        { "? [a]\n: b", "{}~", "error 1:3+1 a list as a key" },
        { "x: {{ .Values }}", "{x:{}~}~",
          "error 1:5+1 a map as a key [a value that begins with '{{' stands in quotes]" },
        { "{{ .Values.x }}: 1", "{}~",
          "error 1:1+1 a map as a key [a value that begins with '{{' stands in quotes]" },
        { "{ {a: 1}: 2}", "{}~", "error 1:3+1 a map as a key" },
        { "&a [b]: 1", "{}~", "error 1:4+1 a list as a key" },
    };

    check_rows(*state, rows, COUNT(rows), 0);
}

static void
a_second_document_is_an_error_where_one_is_read(void **state)
{
    static const struct row rows[] = {
        { "a: 1\n--- \nb: 2", "{a:1}", "error 2:1+3 a second document, where only one is read" },
        { "a: 1\n...\n", "{a:1}", NULL },
    };

    check_rows(*state, rows, COUNT(rows), SCL_YAML_SINGLE);
}

static void
reading_goes_on_after_bytes_that_cannot_be_read(void **state)
{
    static const struct row rows[] = {
        { "a: 1 # \xe9t\xe9\nb: 2", "{a:1 b:2}", "error 1:8+1 bytes that are not UTF-8" },
        { "a: x\xffy\nb: 2", "{a:\"x\xffy\" b:2}", "error 1:5+1 bytes that are not UTF-8" },
        { "a: x\x01y", "{a:\"x<01>y\"}",
          "error 1:5+1 character U+0001, which YAML does not allow" },
        { "a: \xef\xbf\xbf\nb: \x7f", "{a:\"\xef\xbf\xbf\" b:\"\x7f\"}",
          "error 1:4+3 character U+FFFF, which YAML does not allow; "
          "error 2:4+1 character U+007F, which YAML does not allow" },
        { "a: *b\nc: 1", "{a:~ c:1}", "error 1:4+2 no anchor 'b' before this alias" },
        { "&a [*a, 1]", "[~ 1]", "error 1:5+2 alias 'a' inside of what it stands for" },
        { "--- &a 1\n--- *a\n", "1 ~", "error 2:5+2 no anchor 'a' before this alias" },
        { "a: 1\na: 2", "{a:2}",
          "warning 2:1+1 duplicate key 'a', the last one counts [the one before it is at 1:1+1]" },
    };
    struct reading reading = read_with(*state, scl_str_n("aa: \0", 5), NULL);

    check_rows(*state, rows, COUNT(rows), 0);
    check_reading(&reading, "{aa:\"<00>\"}", "error 1:5+1 NUL byte", "NUL");
}

static void
merge_keys_give_the_entries_of_other_maps(void **state)
{
    static const struct row rows[] = {
        { "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}", "{a:{x:1 y:2} b:{y:3 x:1}}", NULL },
        { "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc:\n  <<: [*a, *b]\n  z: 0",
          "{a:{x:1} b:{x:2 y:2} c:{z:0 x:1 y:2}}", NULL },
        { "<<: {a: 1}\nb: 2", "{b:2 a:1}", NULL },
        { "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}", "{a:{x:1} b:{y:2 x:1} c:{y:2 x:1}}",
          NULL },
        { "'<<': {a: 1}", "{<3C><3C>:{a:1}}", NULL },
        { "<<: []", "{}", NULL },
        { "<<: 3\na: 1", "{<3C><3C>:3 a:1}", "error 1:1+2 '<<' takes a map or a list of maps" },
        { "<<: [{a: 1}, 2]", "{<3C><3C>:[{a:1} 2]}",
          "error 1:1+2 '<<' takes a map or a list of maps" },
        { "<<: *x", "{<3C><3C>:~}", "error 1:5+2 no anchor 'x' before this alias" },
        { "<<:", "{<3C><3C>:}", "error 1:1+2 '<<' takes a map or a list of maps" },
    };

    check_rows(*state, rows, COUNT(rows), SCL_YAML_MERGE);
}

static void
large_maps_are_found_in_after_merging(void **state)
{
    static const struct scl_yaml_options options = { NULL, SCL_YAML_ALIAS_VISITS, SCL_YAML_MERGE };
    struct scl_text text = { 0 };
    struct reading reading;
    char key[24];

    scl_text_c(&text, "a: &a {");
    for (unsigned i = 0; i < 40; i++)
        scl_text_f(&text, "k%u: %u, ", i, i);
    scl_text_c(&text, "}\nb: {<<: *a, k7: 70}");
    reading = read_with(*state, scl_text_str(&text), &options);
    check_number(reading.notes.list.count, 0, "notes");
    for (unsigned i = 0; i < 40; i++) {
        const struct scl_tree *b = scl_tree_find(first(&reading), SCL_S("b"));
        int64_t value = -1;

        snprintf(key, sizeof key, "k%u", i);
        assert_true(scl_tree_int(scl_tree_find(b, scl_str_c(key)), &value));
        check_number(value, i == 7 ? 70 : i, key);
    }
    scl_text_finish(&text);
}

/* The first node below a map with that key, at any depth. */
static const struct scl_tree *
find_key(const struct scl_tree *node, struct scl_str key)
{
    const struct scl_tree *found = scl_tree_find(node, key);

    for (uint32_t i = 0; !found && i < scl_tree_count(node); i++)
        found = find_key(scl_tree_child(node, i), key);
    return found;
}

static void
every_place_is_known(void **state)
{
    static const char text[] = "\xef\xbb\xbf# \xc3\xa9\n"
                               "plain: caf\xc3\xa9  # c\n"
                               "single: 'a b'\n"
                               "\"dou ble\": \"x\\n\"\n"
                               "lit: |  # h\n  one \n  two  \n\n  \n"
                               "fold: >-\n  x\n# less\n"
                               "keep: |+\n\n\n"
                               "multi: a\n  b\n"
                               "flow: [ 1, {q: [2]} ]  \n"
                               "list:\n  - a\n  -  b \n\n"
                               "map: &m\n  k: v\n  e:\n\n"
                               "tagged: !!str &t  12\n"
                               "void: !x\n"
                               "gap:    # why\n\n"
                               "last: |\n  z";
    static const struct {
        const char *key, *span, *entry;
    } rows[] = {
        { "plain", "caf\xc3\xa9", "plain: caf\xc3\xa9" },
        { "single", "'a b'", "single: 'a b'" },
        { "dou ble", "\"x\\n\"", "\"dou ble\": \"x\\n\"" },
        { "lit", "|  # h\n  one \n  two  ", "lit: |  # h\n  one \n  two  " },
        { "fold", ">-\n  x", "fold: >-\n  x" },
        { "keep", "|+", "keep: |+" },
        { "multi", "a\n  b", "multi: a\n  b" },
        { "flow", "[ 1, {q: [2]} ]", "flow: [ 1, {q: [2]} ]" },
        { "q", "[2]", "q: [2]" },
        { "list", "- a\n  -  b", "list:\n  - a\n  -  b" },
        { "map", "k: v\n  e:", "map: &m\n  k: v\n  e:" },
        { "e", "", "e:" },
        { "tagged", "12", "tagged: !!str &t  12" },
        { "void", "", "void: !x" },
        { "gap", "", "gap:" },
        { "last", "|\n  z", "last: |\n  z" },
    };
    struct reading reading = read_text(*state, text);
    const struct scl_source *source = &reading.source;

    check_number(reading.notes.list.count, 0, "notes");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct scl_tree *node = find_key(first(&reading), scl_str_c(rows[i].key));

        assert_non_null(node);
        check_text(scl_source_text(source, node->span), rows[i].span, rows[i].key);
        check_text(scl_source_text(source, scl_tree_entry(node)), rows[i].entry, rows[i].key);
    }
    check_number(scl_span_end(first(&reading)->span), sizeof text - 1, "end of the root");
    check_number(first(&reading)->span.offset, 8, "start of the root");
}

static void
styles_are_kept(void **state)
{
    static const enum scl_tree_style styles[] = {
        SCL_TREE_PLAIN, SCL_TREE_SINGLE_QUOTED, SCL_TREE_DOUBLE_QUOTED, SCL_TREE_LITERAL,
        SCL_TREE_FOLDED, SCL_TREE_FLOW, SCL_TREE_FLOW, SCL_TREE_BLOCK, SCL_TREE_BLOCK
    };
    struct reading reading = read_text(*state, "- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n- [a]\n"
                                               "- {a: 1}\n- - a\n- a: 1\n");

    for (uint32_t i = 0; i < COUNT(styles); i++)
        check_number(scl_tree_child(first(&reading), i)->style, styles[i], "style");
}

static void
text_that_the_source_has_is_not_copied(void **state)
{
    static const struct {
        const char *yaml;
        bool is_slice;
    } rows[] = {
        { "abc", true },           { "'abc'", true },        { "\"abc\"", true },
        { "'a''c'", false },       { "\"a\\nc\"", false },   { "|\n  abc\n", true },
        { "|-\n  abc\n", true },   { "|\n  abc\n  d", false }, { "a\n  b", false },
        { "--- >\n abc\n", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading reading = read_text(*state, rows[i].yaml);
        const char *at = scl_tree_text(first(&reading)).at;

        check_number(at >= rows[i].yaml && at < rows[i].yaml + strlen(rows[i].yaml),
                     rows[i].is_slice, rows[i].yaml);
    }
}

static void
an_alias_knows_its_place_and_that_of_its_anchor(void **state)
{
    struct reading reading = read_text(*state, "a: &x [1]\nb: *x\nc:\n  - *x\n  - 0\n  - *x\n"
                                               "&k k: *k");
    const struct scl_tree *root = first(&reading), *b = scl_tree_find(root, SCL_S("b"));
    const struct scl_tree *c = scl_tree_find(root, SCL_S("c"));

    check_reading(&reading, "{a:[1] *b:[1] c:[*[1] 0 *[1]] *k:\"k\"}", "", "shared");
    check_number(reading.yaml->aliases.count, 4, "aliases");
    assert_ptr_equal(scl_tree_child(b, 0), scl_tree_child(scl_tree_child(root, 0), 0));
    check_text(scl_source_text(&reading.source, b->span), "[1]", "span of the anchor");
    check_text(scl_source_text(&reading.source, scl_tree_entry(b)), "b", "entry");
    check_number(scl_yaml_alias_place(reading.yaml, b).offset, 13, "of an entry");
    check_number(scl_yaml_alias_place(reading.yaml, scl_tree_child(c, 0)).offset, 23, "first");
    check_number(scl_yaml_alias_place(reading.yaml, scl_tree_child(c, 2)).offset, 36, "last");
    check_number(scl_tree_key(scl_tree_child(c, 2)).len, 0, "key of an item");
}

static void
tags_are_kept_as_they_are_written(void **state)
{
    struct reading reading = read_text(*state, "a: !reset\nb: !override [1]\nc: !!str 1\n"
                                               "!k d: !<x:y> {}\ne: 1\n");
    static const char *const tags[] = { "!reset", "!override", "!!str", "!<x:y>", "" };

    for (uint32_t i = 0; i < COUNT(tags); i++)
        check_text(scl_yaml_tag_of(reading.yaml, scl_tree_child(first(&reading), i)), tags[i],
                   "tag");
    check_number(reading.yaml->tags.count, 5, "with that of a key");
}

static void
comments_are_found_and_only_comments(void **state)
{
    struct reading reading = read_text(*state, "# 1\na: '# no'  # 2\nb: | # 3\n  # no\n # 4\n"
                                               "\"c # no\": x#no # 5\n\"d\": @");
    static const struct {
        const char *text;
        bool is_alone;
    } rows[] = { { "# 1", true }, { "# 2", false }, { "# 3", false }, { "# 4", true },
                 { "# 5", false } };

    check_number(reading.yaml->comments.count, COUNT(rows), "comments before the error");
    for (uint32_t i = 0; i < COUNT(rows); i++) {
        const struct scl_yaml_comment *comment = &reading.yaml->comments.at[i];

        check_text(scl_source_text(&reading.source, comment->span), rows[i].text, "comment");
        check_number(comment->is_alone, rows[i].is_alone, rows[i].text);
    }
    reading = read_text(*state, "[a, # 1\r\n  # 2\r\n b]# 3\n...\n# 4");
    check_number(reading.yaml->comments.count, 4, "in brackets and behind the document");
    check_text(scl_source_text(&reading.source, reading.yaml->comments.at[0].span), "# 1", "CR");
}

static void
the_limit_of_depth_cuts_at_what_exceeds_it(void **state)
{
    static const struct scl_tree_limits limits = { .depth = 2, .nodes = 100 };
    static const struct scl_yaml_options options = { &limits, 100, 0 };
    struct reading reading = read_with(*state, SCL_S("a: {b: {c: 1}}"), &options);

    check_reading(&reading, "{a:{}~}~", "error 1:8+1 nested deeper than the limit of 2", "nested");
    reading = read_with(*state, SCL_S("- [1]\n- - 1\n- 2\n--- [[1]]"), &options);
    check_reading(&reading, "[[1] [1] 2] [[1]]", "", "at the limit");
    reading = read_with(*state, SCL_S("[&a [1], [*a]]"), &options);
    check_reading(&reading, "[[1] []~]~", "error 1:11+2 nested deeper than the limit of 2",
                  "by an alias");
}

static void
the_limit_of_nodes_is_of_all_documents(void **state)
{
    static const struct scl_tree_limits limits = { .depth = 9, .nodes = 4 };
    static const struct scl_yaml_options options = { &limits, 100, 0 };
    struct reading reading = read_with(*state, SCL_S("[1, 2]\n--- 3"), &options);

    check_reading(&reading, "[1 2] 3", "", "at the limit");
    reading = read_with(*state, SCL_S("[1, 2]\n--- 3\n--- 4"), &options);
    check_reading(&reading, "[1 2] 3", "error 3:5+1 more than the limit of 4 nodes", "above it");
}

static void
what_aliases_stand_for_is_bounded(void **state)
{
    static const struct scl_yaml_options options = { NULL, 6, SCL_YAML_MERGE };
    struct reading reading = read_with(*state, SCL_S("[&a [1, 2], *a, *a]"), &options);
    struct scl_text text = { 0 };

    check_reading(&reading, "[[1 2] *[1 2] *[1 2]]", "", "at the limit");
    reading = read_with(*state, SCL_S("[&a [1, 2], &b [*a], *b]"), &options);
    check_reading(&reading, "[[1 2] [*[1 2]]]~",
                  "error 1:22+2 aliases stand for more than the limit of 6 nodes", "nested");
    reading = read_with(*state, SCL_S("<<: {<<: {<<: {a: 1, b: 2, c: 3}}}"), &options);
    assert_true(scl_notes_have_error(&reading.notes));
    scl_text_c(&text, "- &a0 [x]\n");
    for (unsigned i = 1; i < 60; i++)
        scl_text_f(&text, "- &a%u [*a%u, *a%u, *a%u]\n", i, i - 1, i - 1, i - 1);
    reading = read_with(*state, scl_text_str(&text), NULL);
    assert_true(scl_notes_have_error(&reading.notes));
    assert_true(reading.yaml->documents->is_cut);
    scl_text_finish(&text);
}

static void
tag_directives_are_bounded(void **state)
{
    struct scl_text text = { 0 };
    struct reading reading;

    for (unsigned i = 0; i < 65; i++)
        scl_text_f(&text, "%%TAG !a%u! x\n", i);
    scl_text_c(&text, "---\na: 1\n");
    reading = read_with(*state, scl_text_str(&text), NULL);
    check_reading(&reading, "", "error 65:1+4 more than 64 %TAG lines", "many");
    scl_text_clear(&text);
    scl_text_c(&text, "%TAG !a! ");
    scl_text_fill(&text, 'x', 300);
    scl_text_c(&text, "\n---\na: 1\n");
    reading = read_with(*state, scl_text_str(&text), NULL);
    check_reading(&reading, "", "error 1:1+4 %TAG line of more than 256 bytes", "long");
    scl_text_finish(&text);
}

/* Every character either passes libyaml, or was noted before it. */
static void
no_character_stops_the_reading(void **state)
{
    struct scl_arena *arena = *state;

    for (unsigned code = 1; code < 0x11000; code++) {
        char text[16] = "a: \"", *end = text + 4;
        struct reading reading;

        if ((code >= 0xd800 && code < 0xe000) || code == '"' || code == '\\')
            continue;
        if (code >= 0x800) {
            *end++ = (char)(code < 0x10000 ? 0xe0 | code >> 12 : 0xf0);
            if (code >= 0x10000)
                *end++ = (char)(0x80 | (code >> 12 & 0x3f));
            *end++ = (char)(0x80 | (code >> 6 & 0x3f));
        } else if (code >= 0x80) {
            *end++ = (char)(0xc0 | code >> 6);
        }
        *end++ = (char)(code < 0x80 ? code : 0x80 | (code & 0x3f));
        memcpy(end, "\"", 2);
        scl_arena_finish(arena);
        reading = read_text(arena, text);
        check_number(reading.yaml->documents->is_cut, false, text);
        assert_true(reading.notes.list.count <= 1);
    }
}

static void
one_document_is_read_as_the_other_readers_do(void **state)
{
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *root;

    scl_notes_init(&notes, *state);
    assert_true(scl_source_init(&source, *state, SCL_S("x"), SCL_S("a: &a {b: 1}\nc: {<<: *a}")));
    root = scl_yaml_read(*state, &source, NULL, &notes);
    assert_non_null(scl_tree_find(scl_tree_find(root, SCL_S("c")), SCL_S("b")));
    check_number(notes.list.count, 0, "notes");
    assert_true(scl_source_init(&source, *state, SCL_S("x"), scl_str_n(NULL, 0)));
    root = scl_yaml_read(*state, &source, NULL, &notes);
    assert_true(root->kind == SCL_TREE_NULL && root->is_cut);
    check_number(notes.list.count, 1, "notes of nothing");
}

static void
every_beginning_of_a_text_is_read_without_harm(void **state)
{
    static const char whole[] = "\xef\xbb\xbf# c\n%YAML 1.1\n--- !t\n"
                                "a: &x [1, 'b', \"\\u00e9\"] # d\n<<: {k: *x}\n? l\n"
                                ": |+2\n    \xc3\xa9\n\n\xff: *y\n...\n--- >-\n x\n";

    for (size_t len = 0; len < sizeof whole; len++) {
        static const struct scl_yaml_options options = { NULL, 50, SCL_YAML_MERGE };
        char *exact = malloc(len ? len : 1); /* so that a read beyond it is seen */
        struct reading reading;

        assert_non_null(exact);
        memcpy(exact, whole, len);
        reading = read_with(*state, scl_str_n(exact, len), &options);
        assert_true(reading.notes.list.count > 0 || scl_tree_count(reading.yaml->documents) > 0);
        free(exact);
    }
}

SUITE(
    CASE(what_is_yaml_is_read_without_notes),
    CASE(plain_scalars_are_of_the_core_schema),
    CASE(booleans_have_their_value),
    CASE(whole_numbers_are_read_in_every_base),
    CASE(what_is_not_yaml_ends_the_reading_at_its_place),
    CASE(a_second_document_is_an_error_where_one_is_read),
    CASE(reading_goes_on_after_bytes_that_cannot_be_read),
    CASE(merge_keys_give_the_entries_of_other_maps),
    CASE(large_maps_are_found_in_after_merging),
    CASE(every_place_is_known),
    CASE(styles_are_kept),
    CASE(text_that_the_source_has_is_not_copied),
    CASE(an_alias_knows_its_place_and_that_of_its_anchor),
    CASE(tags_are_kept_as_they_are_written),
    CASE(comments_are_found_and_only_comments),
    CASE(the_limit_of_depth_cuts_at_what_exceeds_it),
    CASE(the_limit_of_nodes_is_of_all_documents),
    CASE(what_aliases_stand_for_is_bounded),
    CASE(tag_directives_are_bounded),
    CASE(no_character_stops_the_reading),
    CASE(one_document_is_read_as_the_other_readers_do),
    CASE(every_beginning_of_a_text_is_read_without_harm))
