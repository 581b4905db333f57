/* SPDX-License-Identifier: Apache-2.0 */
/*
 * held.c: what holds when an instruction of a build starts
 */
#include "document/held.h"

uint32_t
scl_held_change(struct scl_document *d, uint32_t before, const struct scl_value *value)
{
    struct scl_held *made;

    if (!d->held.count && !scl_vec_push(&d->arena, &d->held))
        return before;
    made = scl_vec_push(&d->arena, &d->held);
    if (!made)
        return before;
    *made = d->held.at[before];
    made->value = *value;
    made->latest[value->field - SCL_HELD_FIRST] = d->held.count - 1;
    return d->held.count - 1;
}

const struct scl_value *
scl_held_value(const struct scl_document *d, uint32_t instruction, unsigned field)
{
    const struct scl_value *scope = scl_document_value(d, instruction, SCL_INSTRUCTION_SCOPE);
    uint32_t change;

    if (!scope || scope->as.number >= (int64_t)d->held.count)
        return NULL;
    change = d->held.at[scope->as.number].latest[field - SCL_HELD_FIRST];
    return change ? &d->held.at[change].value : NULL;
}
