/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_facts.c: arbitrary bytes as a table of facts
 *
 * The first line is the path of the table. A table that is read keeps the promises of facts.h; it
 * may replace the token formats, and those that compile are scanned for.
 */
#include "demand.h"

#include "document/secrets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_table(const struct scl_facts_table *table)
{
    for (uint32_t row = 0; row < table->row_count; row++) {
        struct scl_str key = scl_facts_text(table, row, 0);

        demand(key.len > 0 && scl_facts_row(table, key) == row);
        for (uint32_t column = 0; column < table->column_count; column++) {
            const struct scl_fact *fact = scl_facts_cell(table, row, column);

            demand(fact->kind == SCL_FACT_NIL || fact->kind == table->columns[column].kind);
            for (uint32_t i = 0; fact->kind == SCL_FACT_LIST && i < fact->len; i++)
                demand(fact->as.list[i].len > 0);
        }
    }
}

static void
check_facts(struct scl_arena *arena, const struct scl_facts_table *table, struct scl_str text)
{
    const struct scl_facts *facts = scl_facts_new(arena, scl_facts_builtin(), &table, 1, NULL);
    const struct scl_secrets *secrets;
    struct scl_secret_hits hits = { .list = { 0 } };

    if (!facts)
        return;
    demand(scl_facts_find(facts, facts->tables[0]->name) == facts->tables[0]);
    scl_facts_lookup_path(table, scl_facts_text(table, 0, 0));
    secrets = scl_secrets_new(arena, facts, NULL);
    if (secrets) {
        demand(scl_secrets_scan(secrets, arena, text, text, &hits));
        demand(scl_secrets_any(secrets, text, text) == (hits.list.count > 0));
        scl_secrets_is_name(secrets, scl_str_sub(text, 0, 200));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = { (const char *)data, size }, path = { "", 0 };
    const struct scl_facts_table *table;
    scantling_error *error = NULL;
    struct scl_arena arena;

    scl_arena_init(&arena);
    scl_str_cut(&text, '\n', &path);
    table = scl_facts_parse(&arena, path, text, &error);
    demand((table == NULL) == (error != NULL));
    scl_error_free(error);
    if (table) {
        check_table(table);
        check_facts(&arena, table, text);
    }
    scl_arena_finish(&arena);
    return 0;
}
