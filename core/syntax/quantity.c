/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quantity.c: amounts as Kubernetes writes them
 *
 * A number is taken apart into its digits and a power of ten; those of the suffix and of the wanted
 * unit are added to it, so that all of it is whole numbers.
 */
#include "syntax/quantity.h"

struct quantity {
    uint64_t digits;  /* without the point */
    int power;        /* of ten, that they are multiplied by */
    unsigned shift;   /* of two */
    bool is_negative;
    bool is_full;     /* further digits count as places only ... */
    bool has_more;    /* ... and one of them is not 0 */
};

static const struct suffix {
    const char *text;
    int power;
    unsigned shift;
} suffixes[] = {
    { "n", -9, 0 }, { "u", -6, 0 }, { "m", -3, 0 }, { "", 0, 0 },    { "k", 3, 0 },
    { "M", 6, 0 },  { "G", 9, 0 },  { "T", 12, 0 }, { "P", 15, 0 },  { "E", 18, 0 },
    { "Ki", 0, 10 }, { "Mi", 0, 20 }, { "Gi", 0, 30 }, { "Ti", 0, 40 }, { "Pi", 0, 50 },
    { "Ei", 0, 60 },
};

enum { MOST_POWER = 100 };

static void
add_digit(struct quantity *q, char digit, bool is_fraction)
{
    unsigned value = (unsigned)(digit - '0');

    q->is_full = q->is_full || q->digits > (UINT64_MAX - 9) / 10;
    if (q->is_full) {
        q->has_more = q->has_more || value;
        q->power += !is_fraction;
    } else {
        q->digits = q->digits * 10 + value;
        q->power -= is_fraction;
    }
}

/* Takes the number; false where there is none. */
static bool
take_number(struct scl_str *text, struct quantity *q)
{
    size_t at = 0, digits = 0;
    bool is_fraction = false;

    if (text->len && (text->at[0] == '+' || text->at[0] == '-'))
        q->is_negative = text->at[at++] == '-';
    for (; at < text->len; at++) {
        if (text->at[at] == '.' && !is_fraction) {
            is_fraction = true;
        } else if (scl_is_digit(text->at[at])) {
            add_digit(q, text->at[at], is_fraction);
            digits++;
        } else {
            break;
        }
    }
    *text = scl_str_sub(*text, at, text->len);
    return digits > 0;
}

static bool
take_suffix(struct scl_str text, struct quantity *q)
{
    int64_t exponent;

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (scl_str_is(text, suffixes[i].text)) {
            q->power += suffixes[i].power;
            q->shift = suffixes[i].shift;
            return true;
        }
    if (text.len < 2 || scl_lower(text.at[0]) != 'e')
        return false;
    text = scl_str_sub(text, text.at[1] == '+' ? 2 : 1, text.len);
    if (!scl_str_int(text, &exponent) || exponent < -MOST_POWER || exponent > MOST_POWER)
        return false;
    q->power += (int)exponent;
    return true;
}

/* Drops a digit, and remembers whether it was worth something. */
static void
divide(struct quantity *q)
{
    q->has_more = q->has_more || q->digits % 10;
    q->digits /= 10;
    q->power++;
}

/* Twos are multiplied while there is room for them, then the tens that are left; a rest counts
 * upwards. */
static bool
settle(struct quantity *q, int64_t *ret)
{
    while (q->power < 0 && q->digits > UINT64_MAX >> q->shift)
        divide(q);
    if (q->digits > UINT64_MAX >> q->shift)
        return false;
    q->digits <<= q->shift;
    while (q->power < 0)
        divide(q);
    for (; q->power > 0 && q->digits; q->power--) {
        if (q->digits > UINT64_MAX / 10)
            return false;
        q->digits *= 10;
    }
    if (q->digits >= INT64_MAX)
        return false;
    q->digits += q->has_more && !q->is_negative;
    *ret = q->is_negative ? -(int64_t)q->digits : (int64_t)q->digits;
    return true;
}

static bool
read_quantity(struct scl_str text, int unit, int64_t *ret)
{
    struct quantity q = { .power = unit };

    return take_number(&text, &q) && take_suffix(text, &q) && settle(&q, ret);
}

bool
scl_quantity_int(struct scl_str text, int64_t *ret_value)
{
    return read_quantity(text, 0, ret_value);
}

bool
scl_quantity_nano(struct scl_str text, int64_t *ret_nano)
{
    return read_quantity(text, 9, ret_nano);
}
