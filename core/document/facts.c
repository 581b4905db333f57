/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts.c: finding tables, rows and cells
 *
 * Tables, replaced names and keys are sorted by bytes, so that constant data made at build time
 * can be searched as it lies.
 */
#include "document/facts.h"

#include "base/path.h"

#include <stdlib.h>

static const struct scl_fact nil;

/* As the names of tables compare: by bytes, `-` as `_`. */
static int
compare_names(struct scl_str a, struct scl_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < len; i++) {
        unsigned char x = (unsigned char)(a.at[i] == '-' ? '_' : a.at[i]);
        unsigned char y = (unsigned char)(b.at[i] == '-' ? '_' : b.at[i]);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

/* The index of a name among `count` sorted tables, or where it belongs. */
static uint32_t
search(const struct scl_facts_table *const *tables, uint32_t count, struct scl_str name,
       bool *ret_found)
{
    uint32_t low = 0, high = count;

    *ret_found = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_names(tables[middle]->name, name);

        if (order == 0)
            *ret_found = true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct scl_facts_table *
scl_facts_find(const struct scl_facts *facts, struct scl_str name)
{
    bool found;
    uint32_t at = search(facts->tables, facts->table_count, name, &found);

    return found ? facts->tables[at] : NULL;
}

uint32_t
scl_facts_row(const struct scl_facts_table *table, struct scl_str key)
{
    uint32_t low = 0, high = table->row_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2, row = table->by_key[middle];
        int order = scl_str_compare(scl_facts_text(table, row, 0), key);

        if (order == 0)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SCL_FACTS_NONE;
}

uint32_t
scl_facts_column(const struct scl_facts_table *table, struct scl_str name)
{
    for (uint32_t i = 0; i < table->column_count; i++)
        if (scl_str_same(table->columns[i].name, name))
            return i;
    return SCL_FACTS_NONE;
}

const struct scl_fact *
scl_facts_cell(const struct scl_facts_table *table, uint32_t row, uint32_t column)
{
    if (row >= table->row_count || column >= table->column_count)
        return &nil;
    return &table->cells[(size_t)row * table->column_count + column];
}

struct scl_str
scl_facts_text(const struct scl_facts_table *table, uint32_t row, uint32_t column)
{
    const struct scl_fact *fact = scl_facts_cell(table, row, column);

    if (fact->kind != SCL_FACT_TEXT && fact->kind != SCL_FACT_DATE)
        return (struct scl_str){ "", 0 };
    return scl_str_n(fact->as.text, fact->len);
}

const char *
scl_fact_kind_name(enum scl_fact_kind kind)
{
    static const char *const names[] = { "nil", "text", "int", "bool", "date", "list" };

    return names[kind];
}

/* ---- paths ---- */

bool
scl_facts_path_fits(struct scl_str row_path, struct scl_str match, struct scl_str path)
{
    return scl_str_is(match, "exact") ? scl_path_same(row_path, path)
                                      : scl_path_covers(row_path, path);
}

uint32_t
scl_facts_lookup_path(const struct scl_facts_table *table, struct scl_str path)
{
    uint32_t path_column = scl_facts_column(table, SCL_S("path"));
    uint32_t match_column = scl_facts_column(table, SCL_S("match"));
    uint32_t best = SCL_FACTS_NONE, best_depth = 0;

    for (uint32_t row = 0; row < table->row_count; row++) {
        struct scl_str row_path = scl_facts_text(table, row, path_column);
        uint32_t depth;

        if (!row_path.len ||
            !scl_facts_path_fits(row_path, scl_facts_text(table, row, match_column), path))
            continue;
        depth = scl_path_depth(row_path);
        if (best == SCL_FACTS_NONE || depth > best_depth) {
            best = row;
            best_depth = depth;
        }
    }
    return best;
}

/* ---- tables together ---- */

/* What stands after the folder of a name. */
static struct scl_str
bare(struct scl_str name)
{
    size_t slash = scl_str_find_last(name, '/');

    return slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
}

/* Whether `table` has each column of `builtin` but its note, and of the same kind. */
static bool
check_columns(const struct scl_facts_table *builtin, const struct scl_facts_table *table,
              scantling_error **error)
{
    for (uint32_t i = 0; i < builtin->column_count; i++) {
        const struct scl_facts_column *column = &builtin->columns[i];
        uint32_t at = scl_facts_column(table, column->name);

        if (scl_str_is(column->name, "note"))
            continue;
        if (at == SCL_FACTS_NONE)
            return scl_fail(error, SCANTLING_STATUS_POLICY,
                            "table '%.*s' replaces a built-in one and lacks its column '%.*s'",
                            SCL_ARG(table->name), SCL_ARG(column->name));
        if (table->columns[at].kind != column->kind || (i == 0 && at != 0))
            return scl_fail(error, SCANTLING_STATUS_POLICY,
                            "table '%.*s' replaces a built-in one, whose column '%.*s' is %s%s",
                            SCL_ARG(table->name), SCL_ARG(column->name),
                            i == 0 ? "the first, " : "",
                            scl_fact_kind_name((enum scl_fact_kind)column->kind));
    }
    return true;
}

/* A copy of a table under the name of the built-in one that it replaces. */
static const struct scl_facts_table *
renamed(struct scl_arena *arena, const struct scl_facts_table *table, struct scl_str name)
{
    struct scl_facts_table *copy = scl_arena_alloc(arena, sizeof *copy);

    if (copy) {
        *copy = *table;
        copy->name = name;
    }
    return copy;
}

static int
compare_tables(const void *a, const void *b)
{
    const struct scl_facts_table *const *x = a, *const *y = b;

    return compare_names((*x)->name, (*y)->name);
}

/* Puts a table that was read in the place of the built-in one, or at the end of `all`. */
static bool
place(struct scl_arena *arena, const struct scl_facts *builtin, struct scl_facts *all,
      const struct scl_facts_table **tables, const struct scl_facts_table *table,
      scantling_error **error)
{
    bool found;
    uint32_t at = search(builtin->tables, builtin->table_count, bare(table->name), &found);

    if (!found || tables[at] != builtin->tables[at]) {
        tables[all->table_count++] = found ? renamed(arena, table, tables[at]->name) : table;
        return !arena->failed || scl_fail_memory(error);
    }
    if (!check_columns(builtin->tables[at], table, error))
        return false;
    tables[at] = renamed(arena, table, builtin->tables[at]->name);
    all->replaced_count++;
    return !arena->failed || scl_fail_memory(error);
}

const struct scl_facts *
scl_facts_new(struct scl_arena *arena, const struct scl_facts *builtin,
              const struct scl_facts_table *const *tables, uint32_t count, scantling_error **error)
{
    size_t room = (size_t)builtin->table_count + count;
    struct scl_facts *facts = scl_arena_alloc(arena, sizeof *facts);
    const struct scl_facts_table **all = scl_arena_array(arena, room, sizeof *all);
    struct scl_str *replaced = scl_arena_array(arena, builtin->table_count, sizeof *replaced);

    if (arena->failed) {
        scl_fail_memory(error);
        return NULL;
    }
    for (uint32_t i = 0; i < builtin->table_count; i++)
        all[i] = builtin->tables[i];
    *facts = (struct scl_facts){ all, replaced, builtin->table_count, 0 };
    for (uint32_t i = 0; i < count; i++)
        if (!place(arena, builtin, facts, all, tables[i], error))
            return NULL;
    for (uint32_t i = 0, n = 0; i < builtin->table_count; i++)
        if (all[i] != builtin->tables[i])
            replaced[n++] = all[i]->name;
    if (facts->table_count)
        qsort(all, facts->table_count, sizeof *all, compare_tables);
    for (uint32_t i = 1; i < facts->table_count; i++)
        if (compare_tables(&all[i - 1], &all[i]) == 0) {
            scl_fail(error, SCANTLING_STATUS_POLICY, "two tables are called '%.*s'",
                     SCL_ARG(all[i]->name));
            return NULL;
        }
    return facts;
}
