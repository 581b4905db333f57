/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts_read.c: a table of facts from its text
 *
 * One pass over the lines; texts stay slices of the file, only lists take memory of their own.
 * facts_embed.py holds the built-in tables to the same rules in the same words.
 */
#include "base/utf8.h"
#include "document/facts.h"

#include <stdlib.h>

struct reader {
    struct scl_arena *arena;
    struct scl_str path;
    struct scl_str rest; /* lines that were not read */
    uint32_t line;       /* the one that was read last */
    scantling_error *error;
    struct scl_facts_table *table;
    struct scl_facts_column *columns;
    struct scl_fact *cells;
};

struct key {
    struct scl_str text;
    uint32_t row;
};

static bool
fail(struct reader *reader, uint32_t line, scantling_error *error)
{
    scl_error_at_line(error, reader->path, line);
    return scl_error_give(&reader->error, error);
}

#define FAIL(reader, ...) \
    fail((reader), (reader)->line, scl_error_new(SCANTLING_STATUS_POLICY, __VA_ARGS__))

/* The next line without what ends it; false when there is none. */
static bool
next_line(struct reader *reader, struct scl_str *ret)
{
    if (!reader->rest.len || !scl_str_cut(&reader->rest, '\n', ret))
        return false;
    if (ret->len && ret->at[ret->len - 1] == '\r')
        ret->len--;
    reader->line++;
    return true;
}

/* ---- the first line ---- */

static bool
read_column(struct reader *reader, struct scl_str cell, uint32_t index)
{
    static const struct {
        const char *name;
        enum scl_fact_kind kind;
    } kinds[] = { { "int", SCL_FACT_INT },
                  { "bool", SCL_FACT_BOOL },
                  { "date", SCL_FACT_DATE },
                  { "list", SCL_FACT_LIST } };
    struct scl_facts_column *column = &reader->columns[index];
    size_t colon = scl_str_find_char(cell, ':');
    struct scl_str kind = colon == SIZE_MAX ? SCL_S("") : scl_str_sub(cell, colon + 1, cell.len);

    column->name = scl_str_sub(cell, 0, colon);
    column->kind = SCL_FACT_TEXT;
    if (!column->name.len)
        return FAIL(reader, "column %u has no name", index + 1);
    for (uint32_t i = 0; i < index; i++)
        if (scl_str_same(reader->columns[i].name, column->name))
            return FAIL(reader, "two columns are called '%.*s'", SCL_ARG(column->name));
    if (colon == SIZE_MAX)
        return true;
    if (index == 0)
        return FAIL(reader, "the first column is the key and cannot be of a kind");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (scl_str_is(kind, kinds[i].name)) {
            column->kind = (uint8_t)kinds[i].kind;
            return true;
        }
    return FAIL(reader, "column '%.*s' is of no kind: int, bool, date or list", SCL_ARG(cell));
}

static bool
read_header(struct reader *reader)
{
    struct scl_str line, cell;
    uint32_t count = 0;

    if (!next_line(reader, &line) || !line.len) {
        reader->line = 1;
        return FAIL(reader, "the first line names no columns");
    }
    for (; scl_str_cut(&line, '\t', &cell); count++) {
        if (count == SCL_FACTS_MAX_COLUMNS)
            return FAIL(reader, "more than %d columns", SCL_FACTS_MAX_COLUMNS);
        if (count && scl_str_is(reader->columns[count - 1].name, "note"))
            return FAIL(reader, "column 'note' is not the last");
        if (!read_column(reader, cell, count))
            return false;
    }
    reader->table->column_count = count;
    return true;
}

/* ---- cells ---- */

static bool
is_date(struct scl_str cell)
{
    static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    static const char form[] = "0000-00-00";
    int64_t year, month, day;
    bool leap;

    if (cell.len != sizeof form - 1)
        return false;
    for (size_t i = 0; i < cell.len; i++)
        if (form[i] == '0' ? !scl_is_digit(cell.at[i]) : cell.at[i] != form[i])
            return false;
    scl_str_int(scl_str_sub(cell, 0, 4), &year);
    scl_str_int(scl_str_sub(cell, 5, 2), &month);
    scl_str_int(scl_str_sub(cell, 8, 2), &day);
    leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap);
}

static bool
read_list(struct reader *reader, struct scl_str cell, struct scl_fact *fact)
{
    struct scl_str entry, *list;
    uint32_t count = 1;

    for (size_t i = 0; i < cell.len; i++)
        count += cell.at[i] == '|';
    list = scl_arena_array(reader->arena, count, sizeof *list);
    if (!list)
        return scl_fail_memory(&reader->error);
    fact->as.list = list;
    fact->len = count;
    while (scl_str_cut(&cell, '|', &entry)) {
        if (!entry.len)
            return FAIL(reader, "a list has an empty entry");
        *list++ = entry;
    }
    return true;
}

static bool
read_cell(struct reader *reader, const struct scl_facts_column *column, struct scl_str cell,
          struct scl_fact *fact)
{
    if (!cell.len)
        return true;
    fact->kind = column->kind;
    switch ((enum scl_fact_kind)column->kind) {
    case SCL_FACT_INT:
        if (!scl_str_int(cell, &fact->as.number))
            return FAIL(reader, "'%.*s' is no whole number", SCL_ARG(cell));
        return true;
    case SCL_FACT_BOOL:
        fact->as.number = scl_str_is(cell, "true");
        if (!fact->as.number && !scl_str_is(cell, "false"))
            return FAIL(reader, "'%.*s' is neither true nor false", SCL_ARG(cell));
        return true;
    case SCL_FACT_LIST:
        return read_list(reader, cell, fact);
    case SCL_FACT_DATE:
        if (!is_date(cell))
            return FAIL(reader, "'%.*s' is no date as 2026-11-21", SCL_ARG(cell));
        break;
    case SCL_FACT_TEXT:
    case SCL_FACT_NIL:
        if (!scl_str_is(column->name, "note") && scl_str_find_char(cell, '|') != SIZE_MAX)
            return FAIL(reader, "'%.*s' has a '|', but column '%.*s' is no list", SCL_ARG(cell),
                        SCL_ARG(column->name));
        break;
    }
    fact->as.text = cell.at;
    fact->len = (uint32_t)cell.len;
    return true;
}

static bool
read_row(struct reader *reader, struct scl_str line, struct scl_fact *cells)
{
    uint32_t wanted = reader->table->column_count, count = 1;
    struct scl_str cell;

    for (size_t i = 0; i < line.len; i++)
        count += line.at[i] == '\t';
    if (count != wanted)
        return FAIL(reader, "%u cell%s, but the table has %u column%s", count,
                    count == 1 ? "" : "s", wanted, wanted == 1 ? "" : "s");
    if (!line.len || line.at[0] == '\t')
        return FAIL(reader, "the key is empty");
    for (uint32_t i = 0; scl_str_cut(&line, '\t', &cell); i++)
        if (!read_cell(reader, &reader->columns[i], cell, &cells[i]))
            return false;
    return true;
}

static bool
read_rows(struct reader *reader)
{
    struct scl_facts_table *table = reader->table;
    struct scl_str line;
    /* a good row has a byte of key and all its tabs, so this many cells are enough */
    size_t cells = reader->rest.len;

    reader->cells = scl_arena_array(reader->arena, cells, sizeof *reader->cells);
    if (!reader->cells)
        return scl_fail_memory(&reader->error);
    while (next_line(reader, &line)) {
        if (!read_row(reader, line, reader->cells + (size_t)table->row_count * table->column_count))
            return false;
        table->row_count++;
    }
    return true;
}

/* ---- keys ---- */

static int
compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order = scl_str_compare(x->text, y->text);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool
sort_keys(struct reader *reader)
{
    struct scl_facts_table *table = reader->table;
    struct key *keys = scl_arena_array(reader->arena, table->row_count, sizeof *keys);
    uint32_t *by_key = scl_arena_array(reader->arena, table->row_count, sizeof *by_key);
    uint32_t repeated = UINT32_MAX;

    if (!keys || !by_key)
        return scl_fail_memory(&reader->error);
    for (uint32_t i = 0; i < table->row_count; i++)
        keys[i] = (struct key){ scl_facts_text(table, i, 0), i };
    if (table->row_count)
        qsort(keys, table->row_count, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < table->row_count; i++) {
        by_key[i] = keys[i].row;
        if (i && scl_str_same(keys[i - 1].text, keys[i].text) && keys[i].row < repeated)
            repeated = keys[i].row;
    }
    table->by_key = by_key;
    if (repeated == UINT32_MAX)
        return true;
    reader->line = repeated + 2;
    return FAIL(reader, "the key '%.*s' was given before",
                SCL_ARG(scl_facts_text(table, repeated, 0)));
}

/* ---- the table ---- */

static struct scl_str
without_last(struct scl_str path, struct scl_str *ret_last)
{
    size_t slash = scl_str_find_last(path, '/');

    if (slash == SIZE_MAX) {
        *ret_last = path;
        return (struct scl_str){ NULL, 0 };
    }
    *ret_last = scl_str_sub(path, slash + 1, path.len);
    return scl_str_sub(path, 0, slash);
}

/* `acme/teams` from `policies/acme/facts/teams.tsv`. */
static struct scl_str
name_of(struct scl_arena *arena, struct scl_str path)
{
    struct scl_str base, folder, rest = without_last(path, &base);
    char *name;

    rest = without_last(rest, &folder);
    if (scl_str_is(folder, "facts"))
        without_last(rest, &folder);
    if (scl_str_is(folder, ".") || scl_str_is(folder, ".."))
        folder.len = 0;
    if (scl_str_ends(base, SCL_S(".tsv")))
        base.len -= 4;
    name = scl_arena_alloc(arena, folder.len + 1 + base.len);
    if (!name)
        return (struct scl_str){ NULL, 0 };
    for (size_t i = 0; i < folder.len; i++)
        name[i] = folder.at[i];
    if (folder.len)
        name[folder.len] = '/';
    for (size_t i = 0; i < base.len; i++)
        name[folder.len + (folder.len > 0) + i] = base.at[i] == '-' ? '_' : base.at[i];
    return scl_str_n(name, folder.len + (folder.len > 0) + base.len);
}

/* The line of the first byte that is not UTF-8, or 0. */
static uint32_t
bad_line(struct scl_str text)
{
    struct scl_str line;

    for (uint32_t number = 1; scl_str_cut(&text, '\n', &line); number++)
        if (!scl_utf8_is_valid(line))
            return number;
    return 0;
}

static bool
read_table(struct reader *reader)
{
    reader->line = bad_line(reader->rest);
    if (reader->line)
        return FAIL(reader, "the text is not UTF-8");
    if (scl_str_starts(reader->rest, SCL_S("\xef\xbb\xbf")))
        reader->rest = scl_str_sub(reader->rest, 3, reader->rest.len);
    if (!read_header(reader) || !read_rows(reader))
        return false;
    reader->table->cells = reader->cells;
    return sort_keys(reader);
}

const struct scl_facts_table *
scl_facts_parse(struct scl_arena *arena, struct scl_str path, struct scl_str text,
                scantling_error **error)
{
    struct reader reader = { .arena = arena, .path = path, .rest = text };

    reader.table = scl_arena_alloc(arena, sizeof *reader.table);
    reader.columns = scl_arena_array(arena, SCL_FACTS_MAX_COLUMNS, sizeof *reader.columns);
    if (!reader.table || !reader.columns) {
        scl_fail_memory(error);
        return NULL;
    }
    reader.table->columns = reader.columns;
    reader.table->name = name_of(arena, path);
    if (text.len > UINT32_MAX / 2) {
        scl_fail(error, SCANTLING_STATUS_POLICY, "the table is over 2 GiB");
        return NULL;
    }
    if (!read_table(&reader) || arena->failed) {
        if (arena->failed)
            scl_fail_memory(&reader.error);
        scl_error_give(error, reader.error);
        return NULL;
    }
    return reader.table;
}
