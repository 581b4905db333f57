/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_facts.c: tables of facts, built in and read
 */
#include "../test.h"

#include "document/facts.h"

#ifndef SCL_SOURCE_ROOT
#define SCL_SOURCE_ROOT "."
#endif

static const struct scl_facts_table *
read_table(void **state, const char *path, const char *text)
{
    scantling_error *error = NULL;
    const struct scl_facts_table *table =
        scl_facts_parse(*state, scl_str_c(path), scl_str_c(text), &error);

    if (error)
        print_error("%s\n", error->message);
    assert_null(error);
    assert_non_null(table);
    return table;
}

static void
cells_have_the_kind_of_their_column(void **state)
{
    const struct scl_facts_table *table =
        read_table(state, "acme/facts/my-teams.tsv",
                   "name\tsize:int\tup:bool\tsince:date\ttags:list\tnote\n"
                   "b\t-7\tfalse\t2024-02-29\tx|y,z\ta|b\\n\n"
                   "a\t\ttrue\t\t\t\n"
                   "\xc3\xa9\t9223372036854775807\t\t2000-02-29\tx\t");
    const struct scl_fact *list;

    check_text(table->name, "acme/my_teams", "the folder and the name");
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table->column_count, 6);
    assert_int_equal(scl_facts_row(table, SCL_S("a")), 1);
    assert_int_equal(scl_facts_row(table, SCL_S("b")), 0);
    assert_int_equal(scl_facts_row(table, SCL_S("\xc3\xa9")), 2);
    assert_int_equal(scl_facts_row(table, SCL_S("")), SCL_FACTS_NONE);
    assert_int_equal(scl_facts_row(table, SCL_S("aa")), SCL_FACTS_NONE);
    assert_int_equal(scl_facts_column(table, SCL_S("since")), 3);
    assert_int_equal(scl_facts_column(table, SCL_S("since:date")), SCL_FACTS_NONE);
    assert_int_equal(scl_facts_cell(table, 0, 1)->as.number, -7);
    assert_true(scl_facts_cell(table, 2, 1)->as.number == INT64_MAX);
    assert_int_equal(scl_facts_cell(table, 0, 2)->kind, SCL_FACT_BOOL);
    assert_int_equal(scl_facts_cell(table, 0, 2)->as.number, 0);
    assert_int_equal(scl_facts_cell(table, 1, 2)->as.number, 1);
    check_text(scl_facts_text(table, 0, 3), "2024-02-29", "a date is text");
    assert_int_equal(scl_facts_cell(table, 1, 1)->kind, SCL_FACT_NIL);
    assert_int_equal(scl_facts_cell(table, 1, 4)->kind, SCL_FACT_NIL);
    list = scl_facts_cell(table, 0, 4);
    assert_int_equal(list->kind, SCL_FACT_LIST);
    assert_int_equal(list->len, 2);
    check_text(list->as.list[1], "y,z", "a comma belongs to the entry");
    check_text(scl_facts_text(table, 0, 5), "a|b\\n", "a note is free text");
    assert_int_equal(scl_facts_cell(table, 3, 0)->kind, SCL_FACT_NIL);
    assert_int_equal(scl_facts_cell(table, 0, 6)->kind, SCL_FACT_NIL);
}

static void
line_ends_and_marks_of_other_systems_are_read(void **state)
{
    const struct scl_facts_table *table =
        read_table(state, "x.tsv", "\xef\xbb\xbfkey\tvalue\r\na\tb\r\n");

    check_text(table->columns[0].name, "key", "behind the mark");
    check_text(scl_facts_text(table, 0, 1), "b", "before the CR");
    assert_int_equal(read_table(state, "x.tsv", "key")->row_count, 0);
}

static void
the_path_names_the_table(void **state)
{
    static const struct {
        const char *path, *name;
    } rows[] = {
        { "teams.tsv", "teams" },
        { "./teams.tsv", "teams" },
        { "facts/teams.tsv", "teams" },
        { "acme/teams.tsv", "acme/teams" },
        { "acme/facts/teams.tsv", "acme/teams" },
        { "/srv/policies/acme/facts/our-teams.tsv", "acme/our_teams" },
        { "my-org/eol", "my-org/eol" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(read_table(state, rows[i].path, "key\n")->name, rows[i].name, rows[i].path);
}

static void
breaches_are_errors_with_their_line(void **state)
{
    static const struct {
        const char *text;
        uint32_t line;
        const char *message;
    } rows[] = {
        { "", 1, "the first line names no columns" },
        { "\na\n", 1, "the first line names no columns" },
        { "a\t\tb\n", 1, "column 2 has no name" },
        { "a\t:int\n", 1, "column 2 has no name" },
        { "a\tb\ta\n", 1, "two columns are called 'a'" },
        { "a\tb:int\tb:bool\n", 1, "two columns are called 'b'" },
        { "a:int\n", 1, "the first column is the key and cannot be of a kind" },
        { "a\tb:number\n", 1, "column 'b:number' is of no kind: int, bool, date or list" },
        { "a\tb:\n", 1, "column 'b:' is of no kind: int, bool, date or list" },
        { "a\tnote\tb\n", 1, "column 'note' is not the last" },
        { "a\tb\nx\ty\nz\n", 3, "1 cell, but the table has 2 columns" },
        { "a\nx\ty\n", 2, "2 cells, but the table has 1 column" },
        { "a\tb\n\nx\ty\n", 2, "1 cell, but the table has 2 columns" },
        { "a\tb\n\ty\n", 2, "the key is empty" },
        { "a\n\n", 2, "the key is empty" },
        { "a\nx\ny\nz\ny\nx\n", 5, "the key 'y' was given before" },
        { "a\tb:int\nx\t1.5\n", 2, "'1.5' is no whole number" },
        { "a\tb:int\nx\t9223372036854775808\n", 2, "'9223372036854775808' is no whole number" },
        { "a\tb:bool\nx\tyes\n", 2, "'yes' is neither true nor false" },
        { "a\tb:date\nx\t2026-02-29\n", 2, "'2026-02-29' is no date as 2026-11-21" },
        { "a\tb:date\nx\t1900-02-29\n", 2, "'1900-02-29' is no date as 2026-11-21" },
        { "a\tb:date\nx\t2026-13-01\n", 2, "'2026-13-01' is no date as 2026-11-21" },
        { "a\tb:date\nx\t2026-1-01\n", 2, "'2026-1-01' is no date as 2026-11-21" },
        { "a\tb:date\nx\t2026-11-00\n", 2, "'2026-11-00' is no date as 2026-11-21" },
        { "a\tb:list\nx\ty||z\n", 2, "a list has an empty entry" },
        { "a\tb:list\nx\ty|\n", 2, "a list has an empty entry" },
        { "a\tb\nx\ty|z\n", 2, "'y|z' has a '|', but column 'b' is no list" },
        { "a\nx\n\xff\n", 3, "the text is not UTF-8" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_error *error = NULL;

        assert_null(scl_facts_parse(*state, SCL_S("acme/t.tsv"), scl_str_c(rows[i].text), &error));
        assert_non_null(error);
        assert_int_equal(error->status, SCANTLING_STATUS_POLICY);
        check_text(scl_str_c(error->message), rows[i].message, rows[i].text);
        check_text(scl_str_n(error->path, error->path_len), "acme/t.tsv", rows[i].message);
        check_number(error->start.line, rows[i].line, rows[i].message);
        scl_error_free(error);
    }
}

static void
built_in_tables_are_found_by_either_spelling(void **state)
{
    const struct scl_facts *facts = scl_facts_builtin();
    const struct scl_facts_table *table = scl_facts_find(facts, SCL_S("capabilities"));
    uint32_t row, danger;

    (void)state;
    assert_int_equal(facts->replaced_count, 0);
    assert_non_null(table);
    assert_null(scl_facts_find(facts, SCL_S("capability")));
    assert_null(scl_facts_find(facts, SCL_S("")));
    assert_ptr_equal(scl_facts_find(facts, SCL_S("engine-sockets")),
                     scl_facts_find(facts, SCL_S("engine_sockets")));
    row = scl_facts_row(table, SCL_S("CAP_BPF"));
    danger = scl_facts_column(table, SCL_S("danger"));
    check_text(scl_facts_text(table, row, danger), "high", "CAP_BPF");
    assert_int_equal(scl_facts_cell(table, row, 1)->as.number, 39);
    for (uint32_t i = 0; i < facts->table_count; i++)
        for (uint32_t r = 0; r < facts->tables[i]->row_count; r++)
            assert_int_equal(
                scl_facts_row(facts->tables[i], scl_facts_text(facts->tables[i], r, 0)), r);
}

static void
check_same_cell(const struct scl_fact *a, const struct scl_fact *b, const char *why)
{
    check_number(b->kind, a->kind, why);
    check_number(b->len, a->len, why);
    if (a->kind == SCL_FACT_TEXT || a->kind == SCL_FACT_DATE)
        assert_memory_equal(a->as.text, b->as.text, a->len);
    else if (a->kind == SCL_FACT_INT || a->kind == SCL_FACT_BOOL)
        check_number(b->as.number, a->as.number, why);
    for (uint32_t i = 0; a->kind == SCL_FACT_LIST && i < a->len; i++)
        assert_true(scl_str_same(a->as.list[i], b->as.list[i]));
}

/* Reads policies/facts/NAME.tsv of the source tree; false where that is not there. */
static bool
read_source(void **state, struct scl_str name, struct scl_str *ret)
{
    char path[512];
    FILE *file;
    size_t len;
    char *bytes = scl_arena_alloc(*state, 1 << 20);

    snprintf(path, sizeof path, "%s/policies/facts/%.*s.tsv", SCL_SOURCE_ROOT, SCL_ARG(name));
    for (char *at = path + strlen(SCL_SOURCE_ROOT); *at; at++)
        if (*at == '_')
            *at = '-';
    file = fopen(path, "rb");
    if (!file || !bytes) {
        print_message("%s: skipped, cannot be read\n", path);
        return false;
    }
    len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    *ret = scl_str_n(bytes, len);
    return true;
}

static void
a_built_in_table_is_what_its_file_reads_as(void **state)
{
    const struct scl_facts *facts = scl_facts_builtin();

    for (uint32_t i = 0; i < facts->table_count; i++) {
        const struct scl_facts_table *made = facts->tables[i], *read;
        struct scl_str text;

        if (!read_source(state, made->name, &text))
            return;
        read = scl_facts_parse(*state, made->name, text, NULL);
        assert_non_null(read);
        check_number(read->row_count, made->row_count, made->name.at);
        check_number(read->column_count, made->column_count, made->name.at);
        for (uint32_t c = 0; c < made->column_count; c++) {
            assert_true(scl_str_same(read->columns[c].name, made->columns[c].name));
            check_number(read->columns[c].kind, made->columns[c].kind, made->name.at);
        }
        for (uint32_t r = 0; r < made->row_count; r++) {
            check_number(read->by_key[r], made->by_key[r], made->name.at);
            for (uint32_t c = 0; c < made->column_count; c++)
                check_same_cell(scl_facts_cell(made, r, c), scl_facts_cell(read, r, c),
                                made->name.at);
        }
    }
}

static void
read_tables_add_to_and_replace_built_in_ones(void **state)
{
    const struct scl_facts_table *tables[] = {
        read_table(state, "zeta/facts/teams.tsv", "key\nx\n"),
        read_table(state, "acme/facts/masked-paths.tsv",
                   "path\tkind\tverified:bool\textra\n/proc/x\tmasked\ttrue\ty\n"),
        read_table(state, "acme/facts/teams.tsv", "key\nx\ny\n"),
    };
    const struct scl_facts *builtin = scl_facts_builtin();
    const struct scl_facts *facts = scl_facts_new(*state, builtin, tables, 3, NULL);

    assert_non_null(facts);
    assert_int_equal(facts->table_count, builtin->table_count + 2);
    assert_int_equal(scl_facts_find(facts, SCL_S("acme/teams"))->row_count, 2);
    assert_int_equal(scl_facts_find(facts, SCL_S("zeta/teams"))->row_count, 1);
    assert_null(scl_facts_find(facts, SCL_S("teams")));
    assert_int_equal(scl_facts_find(facts, SCL_S("masked_paths"))->row_count, 1);
    check_text(scl_facts_find(facts, SCL_S("masked_paths"))->name, "masked_paths", "bare");
    assert_int_equal(facts->replaced_count, 1);
    check_text(facts->replaced[0], "masked_paths", "replaced");
    assert_true(scl_facts_find(builtin, SCL_S("masked_paths"))->row_count > 1);
    for (uint32_t i = 1; i < facts->table_count; i++)
        assert_true(scl_str_compare(facts->tables[i - 1]->name, facts->tables[i]->name) < 0);
}

static void
check_refused(void **state, const char *a, const char *a_text, const char *b, const char *b_text,
              const char *message)
{
    const struct scl_facts_table *tables[] = { read_table(state, a, a_text),
                                               read_table(state, b, b_text) };
    scantling_error *error = NULL;

    assert_null(scl_facts_new(*state, scl_facts_builtin(), tables, 2, &error));
    assert_non_null(error);
    check_text(scl_str_c(error->message), message, a);
    scl_error_free(error);
}

static void
tables_that_cannot_be_joined_are_refused(void **state)
{
    static const char good[] = "path\tkind\tverified:bool\n";

    check_refused(state, "a/t.tsv", "key\n", "a/facts/t.tsv", "key\n",
                  "two tables are called 'a/t'");
    check_refused(state, "a/masked-paths.tsv", good, "b/masked_paths.tsv", good,
                  "two tables are called 'masked_paths'");
    check_refused(state, "a/masked-paths.tsv", "path\tkind\n", "b/t.tsv", "key\n",
                  "table 'a/masked_paths' replaces a built-in one and lacks its column 'verified'");
    check_refused(state, "a/masked-paths.tsv", "path\tkind\tverified\n", "b/t.tsv", "key\n",
                  "table 'a/masked_paths' replaces a built-in one, whose column 'verified' is "
                  "bool");
    check_refused(state, "a/masked-paths.tsv", "kind\tpath\tverified:bool\n", "b/t.tsv", "key\n",
                  "table 'a/masked_paths' replaces a built-in one, whose column 'path' is the "
                  "first, text");
}

static void
the_most_specific_path_is_found(void **state)
{
    static const struct {
        const char *path, *row;
    } rows[] = {
        { "/", "/" },
        { "/etc", "/etc" },
        { "/etc/hosts", "/etc" },
        { "/etc/shadow", "/etc/shadow" },
        { "/etc/shadow/x", "/etc" }, /* that row is exact */
        { "//etc/./ssh/sshd_config", "/etc/ssh" },
        { "/srv/data", "" },
        { "/usr/share", "" },
        { "/usr/share/zoneinfo/UTC", "/usr/share/zoneinfo" },
        { "/var/run", "/run" },
        { "/var/run/containerd/x", "/run/containerd" },
        { "~/.ssh/id_rsa", "~/.ssh" },
        { "c:/windows/system32", "C:\\Windows" },
        { "relative", "" },
    };
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("sensitive_mounts"));

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(scl_facts_text(table, scl_facts_lookup_path(table, scl_str_c(rows[i].path)), 0),
                   rows[i].row, rows[i].path);
}

static void
many_rows_take_little_more_than_linear_time(void **state)
{
    enum { ROWS = 200000 };
    struct scl_text text;
    const struct scl_facts_table *table;

    scl_text_init(&text);
    scl_text_c(&text, "key\tlist:list\n");
    for (int i = 0; i < ROWS; i++)
        scl_text_f(&text, "k%d\ta|b\n", (i * 7919) % ROWS);
    table = read_table(state, "x.tsv", text.at);
    assert_int_equal(table->row_count, ROWS);
    assert_int_equal(scl_facts_row(table, SCL_S("k7919")), 1);
    scl_text_clear(&text);
    scl_text_c(&text, "key\ta\tb\tc\td\te\tf\tg\th\n");
    scl_text_fill(&text, '\n', 1000000);
    assert_null(scl_facts_parse(*state, SCL_S("x.tsv"), scl_text_str(&text), NULL));
    scl_text_finish(&text);
}

SUITE(
    CASE(cells_have_the_kind_of_their_column),
    CASE(line_ends_and_marks_of_other_systems_are_read),
    CASE(the_path_names_the_table),
    CASE(breaches_are_errors_with_their_line),
    CASE(built_in_tables_are_found_by_either_spelling),
    CASE(a_built_in_table_is_what_its_file_reads_as),
    CASE(read_tables_add_to_and_replace_built_in_ones),
    CASE(tables_that_cannot_be_joined_are_refused),
    CASE(the_most_specific_path_is_found),
    CASE(many_rows_take_little_more_than_linear_time))
