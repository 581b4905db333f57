/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_expand.c: expansion of any word in any environment
 *
 * The first byte chooses flags, the escape character and the budget; the rest is the word. Names
 * that begin with S are set to a value made of the word itself, those with U are unknown.
 */
#include "demand.h"

#include "base/utf8.h"
#include "syntax/expand.h"

#include <stdint.h>

static enum scl_lookup
look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_str *word = context;

    if (name.len && name.at[0] == 'U')
        return SCL_LOOKUP_UNKNOWN;
    if (name.len == 0 || name.at[0] != 'S')
        return SCL_LOOKUP_UNSET;
    *ret_value = name.len > 1 ? scl_str_sub(*word, 0, 40) : scl_str_n("", 0);
    return SCL_LOOKUP_SET;
}

static void
check(const struct scl_expansion *expansion, struct scl_str word, bool splits)
{
    demand(expansion->ok == (expansion->error.at == NULL));
    demand(expansion->ok || !expansion->is_known);
    demand(expansion->error_offset <= word.len);
    for (uint32_t i = 0; i < expansion->uses.count; i++) {
        const struct scl_expand_use *use = &expansion->uses.at[i];

        demand(use->start < use->end && use->end <= word.len);
        demand(word.at[use->start] == '$');
        demand(use->state != SCL_LOOKUP_UNKNOWN || use->name.at[0] == 'U');
    }
    if (!expansion->ok || !expansion->is_known)
        return;
    for (uint32_t i = 0; i < expansion->words.count; i++) {
        const struct scl_expand_word *part = &expansion->words.at[i];

        demand(splits && part->text.len > 0);
        demand(part->start < part->end && part->end <= word.len);
        demand(i == 0 || part->start >= expansion->words.at[i - 1].start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str word = size ? scl_str_n((const char *)data + 1, size - 1) : scl_str_n("", 0);
    unsigned choice = size ? data[0] : 0;
    uint64_t steps = choice & 64 ? 1000 : 1000000, before = steps;
    struct scl_arena arena;
    struct scl_expander expander = {
        .arena = &arena,
        .lookup = look_up,
        .context = &word,
        .steps = &steps,
        .flags = choice & 15,
        .escape = choice & 16 ? '`' : '\\',
    };
    struct scl_expansion expansion;
    bool splits = choice & 32;

    scl_arena_init(&arena);
    if (splits ? scl_expand_words(&expander, word, &expansion)
               : scl_expand(&expander, word, &expansion)) {
        demand(steps <= before);
        check(&expansion, word, splits);
    }
    scl_arena_finish(&arena);
    return 0;
}
