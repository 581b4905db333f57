/* SPDX-License-Identifier: Apache-2.0 */
/*
 * facts.h: tables of what is known about the world
 *
 * Capabilities, sockets, names that are secrets: what policies (and the engine) look up instead of
 * saying it in code. Each table is a file of tab-separated values: the built-in ones are made into
 * constant data by facts_embed.py when the library is built, others are read here when an engine
 * is made. Both keep the same rules and cannot be told apart.
 *
 * How a table is written: UTF-8, a row a line, cells divided by one tab, nothing quoted or escaped.
 * The first line names the columns; `:int`, `:bool`, `:date` or `:list` after a name says its kind,
 * else it is text. The first column is the key. An empty cell is nil, `|` divides a list and
 * stands nowhere else but in `note`, free text that is the last column.
 *
 * Invariants: every cell of a column is nil or of the column's kind; the first column is the key,
 * text, never nil and never repeated; a table that replaces a built-in one has at least its
 * columns. Tables never change.
 */
#ifndef SCL_DOCUMENT_FACTS_H
#define SCL_DOCUMENT_FACTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum { SCL_FACTS_MAX_COLUMNS = 64 };
#define SCL_FACTS_NONE UINT32_MAX

enum scl_fact_kind {
    SCL_FACT_NIL, /* the cell is empty: not known, or no limit */
    SCL_FACT_TEXT,
    SCL_FACT_INT,
    SCL_FACT_BOOL,
    SCL_FACT_DATE, /* text, YYYY-MM-DD */
    SCL_FACT_LIST  /* of texts, at least one */
};

struct scl_fact {
    uint8_t kind;
    uint32_t len; /* bytes of a text or date, entries of a list */
    union {
        const char *text;
        int64_t number; /* INT; BOOL: 1 or 0 */
        const struct scl_str *list;
    } as;
};

struct scl_facts_column {
    struct scl_str name; /* without its kind */
    uint8_t kind;
};

struct scl_facts_table {
    struct scl_str name; /* "engine_sockets", "acme/teams" */
    const struct scl_facts_column *columns;
    const struct scl_fact *cells; /* row by row, in file order */
    const uint32_t *by_key;       /* rows in byte order of their keys */
    uint32_t column_count, row_count;
};

struct scl_facts {
    const struct scl_facts_table *const *tables; /* in byte order of their names */
    const struct scl_str *replaced; /* names of built-in tables that were replaced, likewise */
    uint32_t table_count, replaced_count;
};

/* The built-in tables: constant, for all threads and for ever. */
const struct scl_facts *scl_facts_builtin(void);

/* Reads a table given as the text of the file `path` (which errors name). Its name is that of the
 * file without `.tsv`, `-` read as `_`, after the name of the folder that holds it or its folder
 * `facts`: `policies/acme/facts/teams.tsv` is `acme/teams`. Text and path must outlive the table.
 * NULL with an error of status POLICY and the line where it is not written so. */
const struct scl_facts_table *scl_facts_parse(struct scl_arena *arena, struct scl_str path,
                                              struct scl_str text, scantling_error **error);
/* `builtin` and tables that were read, together. A table whose name without the folder is a
 * built-in's replaces that one and bears its name. NULL with an error of status POLICY where two
 * tables have one name, or a replacement lacks a column. */
const struct scl_facts *scl_facts_new(struct scl_arena *arena, const struct scl_facts *builtin,
                                      const struct scl_facts_table *const *tables, uint32_t count,
                                      scantling_error **error);

/* The table of that name (`-` read as `_`), or NULL. */
const struct scl_facts_table *scl_facts_find(const struct scl_facts *facts, struct scl_str name);
/* Index of a row by its key, of a column by its name, or SCL_FACTS_NONE. */
uint32_t scl_facts_row(const struct scl_facts_table *table, struct scl_str key);
uint32_t scl_facts_column(const struct scl_facts_table *table, struct scl_str name);
/* A cell; one that is nil where row or column is past the end. */
const struct scl_fact *scl_facts_cell(const struct scl_facts_table *table, uint32_t row,
                                      uint32_t column);
/* A cell of a text or date column as a slice; of length 0 where it is nil or of another kind. */
struct scl_str scl_facts_text(const struct scl_facts_table *table, uint32_t row, uint32_t column);
/* What the policy language calls a kind: "text", "int", "bool", "date", "list". */
const char *scl_fact_kind_name(enum scl_fact_kind kind);

/* Whether a row with this `path` and `match` ("exact"; else "self-or-child") speaks of `path`. */
bool scl_facts_path_fits(struct scl_str row_path, struct scl_str match, struct scl_str path);
/* The most specific row with a `path` and `match` for a path, of equals the first; or NONE. */
uint32_t scl_facts_lookup_path(const struct scl_facts_table *table, struct scl_str path);

#endif
