/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked_units.c: numbers with units, and parts of words
 */
#include "formats/asked.h"

#include "syntax/number.h"

#include <string.h>

bool
scl_part_is_known(struct scl_str part)
{
    return scl_str_find_char(part, SCL_HOLE) == SIZE_MAX;
}

uint32_t
scl_part_origin(struct scl_lowering *l, const struct scl_tree *node, struct scl_str part)
{
    struct scl_str file = l->d->files[node->file].text;
    struct scl_span span = node->span;

    if (part.at >= file.at && part.at + part.len <= file.at + file.len)
        span = (struct scl_span){ (uint32_t)(part.at - file.at), (uint32_t)part.len };
    return scl_build_file_origin(l->d, node->file, scl_tree_entry(node), span);
}

void
scl_part_text(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node, struct scl_str part)
{
    uint32_t origin = scl_part_origin(l, node, part);

    if (scl_part_is_known(part))
        scl_build_text(l->d, object, field, part, origin);
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
}

void
scl_part_int(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node, struct scl_str part)
{
    uint32_t origin = scl_part_origin(l, node, part);
    int64_t number;

    if (!scl_part_is_known(part))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    else if (scl_str_int(part, &number))
        scl_build_int(l->d, object, field, number, origin);
    else
        scl_rows_refuse(l, object, field, node, "expected a whole number");
}

/* How many bytes a suffix stands for, as a power of 2: k, kb, kib and so on, in any case. */
static bool
unit_shift(struct scl_str unit, unsigned *ret)
{
    static const char letters[] = "kmgtp";
    const char *letter;

    *ret = 0;
    if (!unit.len || scl_str_is_nocase(unit, "b"))
        return true;
    letter = strchr(letters, scl_lower(unit.at[0]));
    if (!letter || !*letter)
        return false;
    *ret = (unsigned)(letter - letters + 1) * 10;
    unit = scl_str_sub(unit, 1, unit.len);
    return !unit.len || scl_str_is_nocase(unit, "b") || scl_str_is_nocase(unit, "ib");
}

bool
scl_asked_bytes_of(struct scl_str text, int64_t *ret_bytes)
{
    size_t digits = 0;
    unsigned shift;
    int64_t nano, whole, part;
    bool exact;

    text = scl_str_trim(text);
    while (digits < text.len && (scl_is_digit(text.at[digits]) || text.at[digits] == '.'))
        digits++;
    if (!digits || !unit_shift(scl_str_trim(scl_str_sub(text, digits, text.len)), &shift))
        return false;
    text.len = digits;
    if (scl_str_int(text, &whole)) {
        nano = 0;
    } else if (scl_number_nano(text, &nano, &exact)) {
        whole = nano / 1000000000;
        nano %= 1000000000;
    } else {
        return false;
    }
    if (whole > INT64_MAX >> (shift + 1))
        return false;
    part = shift > 30 ? (nano << 30) / 1000000000 << (shift - 30) : (nano << shift) / 1000000000;
    *ret_bytes = (int64_t)((uint64_t)whole << shift) + part;
    return true;
}

static const struct {
    struct scl_str name;
    int64_t nano;
} time_units[] = { /* the longer before what it begins with */
    { SCL_STR("ns"), 1 },
    { SCL_STR("us"), 1000 },
    { SCL_STR("\xc2\xb5s"), 1000 },
    { SCL_STR("ms"), 1000000 },
    { SCL_STR("s"), 1000000000 },
    { SCL_STR("m"), INT64_C(60000000000) },
    { SCL_STR("h"), INT64_C(3600000000000) },
    { SCL_STR("d"), INT64_C(86400000000000) },
    { SCL_STR("w"), INT64_C(604800000000000) },
};

/* Takes one `NUMBER UNIT` off; false where there is none, or it is too long a time. */
static bool
take_time(struct scl_str *rest, int64_t *ret_nano)
{
    enum { BILLION = 1000000000 };
    size_t digits = 0;
    int64_t nano;
    bool exact;

    while (digits < rest->len && (scl_is_digit(rest->at[digits]) || rest->at[digits] == '.'))
        digits++;
    if (!digits || !scl_number_nano(scl_str_sub(*rest, 0, digits), &nano, &exact))
        return false;
    *rest = scl_str_sub(*rest, digits, rest->len);
    for (size_t i = 0; i < sizeof time_units / sizeof *time_units; i++) {
        if (!scl_str_starts(*rest, time_units[i].name))
            continue;
        *rest = scl_str_sub(*rest, time_units[i].name.len, rest->len);
        if (nano / BILLION > INT64_MAX / 4 / time_units[i].nano)
            return false;
        *ret_nano = nano / BILLION * time_units[i].nano +
                    (int64_t)((double)(nano % BILLION) / BILLION * (double)time_units[i].nano);
        return true;
    }
    return false;
}

bool
scl_asked_duration_of(struct scl_str text, int64_t *ret_nano)
{
    int64_t sum = 0, part;

    if (scl_str_is(text, "0")) {
        *ret_nano = 0;
        return true;
    }
    if (!text.len)
        return false;
    while (text.len) {
        if (!take_time(&text, &part) || part > INT64_MAX / 2 - sum)
            return false;
        sum += part;
    }
    *ret_nano = sum;
    return true;
}

bool
scl_asked_truth_of(struct scl_str text, bool *ret_truth)
{
    static const char *const yes[] = { "1", "t", "T", "true", "TRUE", "True" };
    static const char *const no[] = { "0", "f", "F", "false", "FALSE", "False" };

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (!scl_str_is(text, yes[i]) && !scl_str_is(text, no[i]))
            continue;
        *ret_truth = scl_str_is(text, yes[i]);
        return true;
    }
    return false;
}

int64_t
scl_asked_octal(struct scl_str text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.len && i < 16; i++)
        if (text.at[i] >= '0' && text.at[i] <= '7')
            number = number * 8 + (text.at[i] - '0');
    return number;
}

bool
scl_asked_csv(struct scl_arena *arena, struct scl_str *rest, struct scl_str *ret_field)
{
    char *made;
    size_t in = 1, out = 0;

    if (!rest->len || rest->at[0] != '"')
        return scl_str_cut(rest, ',', ret_field);
    made = scl_arena_alloc(arena, rest->len);
    if (!made)
        return false;
    for (; in < rest->len; in++) {
        if (rest->at[in] == '"' && in + 1 < rest->len && rest->at[in + 1] == '"')
            in++;
        else if (rest->at[in] == '"')
            break;
        made[out++] = rest->at[in];
    }
    *ret_field = scl_str_n(made, out);
    if (++in < rest->len && rest->at[in] == ',')
        *rest = scl_str_sub(*rest, in + 1, rest->len);
    else
        *rest = (struct scl_str){ NULL, 0 };
    return true;
}
