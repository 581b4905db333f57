/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capabilities.c: names of kernel capabilities
 *
 * Which there are, and their numbers, the built-in facts say.
 */
#include "formats/capabilities.h"

#include "document/facts.h"

struct scl_str
scl_capability_name(struct scl_arena *arena, struct scl_str name)
{
    bool has_prefix = name.len > 4 && scl_str_is_nocase(scl_str_sub(name, 0, 4), "CAP_");
    bool is_right = has_prefix;
    char *made;

    if (scl_str_is_nocase(name, "ALL"))
        return SCL_S("ALL");
    for (size_t i = 0; i < name.len; i++)
        is_right = is_right && scl_upper(name.at[i]) == name.at[i];
    if (is_right)
        return name;
    if (has_prefix)
        name = scl_str_sub(name, 4, name.len);
    made = scl_arena_alloc(arena, name.len + 4);
    if (!made)
        return scl_str_n("", 0);
    for (size_t i = 0; i < 4; i++)
        made[i] = "CAP_"[i];
    for (size_t i = 0; i < name.len; i++)
        made[i + 4] = scl_upper(name.at[i]);
    return scl_str_n(made, name.len + 4);
}

static int
row_number(const struct scl_facts_table *table, uint32_t row)
{
    const struct scl_fact *cell =
        scl_facts_cell(table, row, scl_facts_column(table, SCL_S("number")));

    if (cell->kind != SCL_FACT_INT || cell->as.number < 0 ||
        cell->as.number >= SCL_CAPABILITY_NUMBERS)
        return SCL_CAPABILITY_UNKNOWN;
    return (int)cell->as.number;
}

int
scl_capability_number(struct scl_str name)
{
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("capabilities"));
    uint32_t row = table ? scl_facts_row(table, name) : SCL_FACTS_NONE;

    return row == SCL_FACTS_NONE ? SCL_CAPABILITY_UNKNOWN : row_number(table, row);
}

uint64_t
scl_capability_all(void)
{
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("capabilities"));
    uint64_t all = 0;

    for (uint32_t row = 0; table && row < table->row_count; row++)
        if (row_number(table, row) != SCL_CAPABILITY_UNKNOWN)
            all |= UINT64_C(1) << row_number(table, row);
    return all;
}
