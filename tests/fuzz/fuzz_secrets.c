/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_secrets.c: scanning and masking of arbitrary bytes
 *
 * The first line of the input is a name, the second a list of sensitive strings, divided by `|`;
 * the rest is the text. What is masked must hold none of the strings and no token, and masking it
 * again must change nothing.
 */
#include "demand.h"

#include "base/path.h"
#include "document/mask.h"

#include <string.h>

enum { MOST_STRINGS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_hits(const struct scl_secrets *secrets, struct scl_arena *arena, struct scl_str text,
           struct scl_str name)
{
    struct scl_secret_hits hits = { .list = { 0 } };
    size_t end = 0;

    demand(scl_secrets_scan(secrets, arena, text, name, &hits));
    demand(scl_secrets_any(secrets, text, name) == (hits.list.count > 0));
    for (uint32_t i = 0; i < hits.list.count; i++) {
        demand(hits.list.at[i].length > 0 && hits.list.at[i].offset >= end);
        end = hits.list.at[i].offset + hits.list.at[i].length;
        demand(end <= text.len);
    }
}

static void
check_name(const struct scl_secrets *secrets, struct scl_arena *arena, struct scl_str name,
           struct scl_str value)
{
    const struct scl_secret_name *row = scl_secrets_name(secrets, name);
    struct scl_str clean = scl_path_clean(arena, name);

    if (row)
        demand(!scl_secrets_value_fits(row, value) || !scl_secrets_is_placeholder(value));
    scl_secrets_is_file(secrets, name);
    demand(scl_str_same(scl_path_clean(arena, clean), clean));
    if (scl_str_find_char(name, '}') == SIZE_MAX) /* a reference may come together */
        demand(scl_path_same(name, clean) && scl_path_covers(clean, name));
}

/* Whether a mask looks for this string as it stands. */
static bool
is_wanted(struct scl_str string)
{
    size_t digits = 0;

    for (size_t i = 0; i < string.len; i++) {
        digits += scl_is_digit(string.at[i]);
        if (string.at[i] == '*')
            return false;
    }
    return string.len >= 4 && scl_str_trim(string).len == string.len &&
           !(string.len < 6 && digits == string.len) && !scl_secrets_is_placeholder(string);
}

static void
check_mask(const struct scl_secrets *secrets, struct scl_arena *arena, struct scl_str list,
           struct scl_str text)
{
    struct scl_str strings[MOST_STRINGS];
    uint32_t count = 0;
    const struct scl_mask *mask;
    struct scl_mask_file file;
    struct scl_text once = { 0 }, twice = { 0 };

    while (count < MOST_STRINGS && scl_str_cut(&list, '|', &strings[count]))
        count++;
    mask = scl_mask_new(arena, secrets, strings, count);
    demand(mask != NULL);
    scl_mask_apply(mask, text, &once);
    for (uint32_t i = 0; i < count; i++)
        if (is_wanted(strings[i]))
            demand(scl_str_find(scl_text_str(&once), strings[i]) == SIZE_MAX);
    demand(scl_mask_text_is_clean(mask, scl_text_str(&once)));
    scl_mask_apply(mask, scl_text_str(&once), &twice);
    demand(scl_str_same(scl_text_str(&once), scl_text_str(&twice)));
    demand(scl_mask_file(mask, arena, text, NULL, 0, &file));
    demand((file.count == 0) == scl_mask_text_is_clean(mask, text));
    scl_text_finish(&once);
    scl_text_finish(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = { (const char *)data, size }, name = { "", 0 }, list = { "", 0 };
    struct scl_arena arena;
    const struct scl_secrets *secrets;

    scl_arena_init(&arena);
    secrets = scl_secrets_new(&arena, scl_facts_builtin(), NULL);
    demand(secrets != NULL);
    scl_str_cut(&text, '\n', &name);
    scl_str_cut(&text, '\n', &list);
    check_hits(secrets, &arena, text, name);
    check_name(secrets, &arena, name, text);
    check_mask(secrets, &arena, list, text);
    scl_arena_finish(&arena);
    return 0;
}
