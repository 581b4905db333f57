/* SPDX-License-Identifier: Apache-2.0 */
/*
 * number.c: decimal numbers as text, taken exactly
 *
 * A number is its digits and where the point falls among them once the exponent is applied. What
 * lies before the point is the value, what lies behind decides whether it is exact.
 */
#include "syntax/number.h"

struct decimal {
    struct scl_str digits; /* with at most one point among them */
    int64_t point;         /* so many digits lie before it; may be negative or beyond them */
    bool negative;
};

/* Larger exponents mean the same for any number of digits that fits in memory. */
enum { LARGEST_EXPONENT = 1 << 30, LONGEST = 1 << 28 };

static size_t
count_digits(struct scl_str text, size_t from)
{
    size_t at = from;

    while (at < text.len && scl_is_digit(text.at[at]))
        at++;
    return at - from;
}

static bool
parse_exponent(struct scl_str text, int64_t *ret_exponent)
{
    bool negative = text.len && text.at[0] == '-';
    size_t at = text.len && (negative || text.at[0] == '+');
    int64_t value = 0;

    if (at == text.len || at + count_digits(text, at) != text.len)
        return false;
    for (; at < text.len; at++)
        if (value < LARGEST_EXPONENT)
            value = value * 10 + (text.at[at] - '0');
    *ret_exponent = negative ? -value : value;
    return true;
}

static bool
parse(struct scl_str text, struct decimal *ret)
{
    bool negative = text.len && text.at[0] == '-';
    size_t start = text.len && (negative || text.at[0] == '+');
    size_t whole = count_digits(text, start), fraction = 0, end = start + whole;
    int64_t exponent = 0;

    if (end < text.len && text.at[end] == '.') {
        fraction = count_digits(text, end + 1);
        end += 1 + fraction;
    }
    if (whole + fraction == 0 || end > LONGEST)
        return false;
    if (end < text.len) {
        if (scl_lower(text.at[end]) != 'e' ||
            !parse_exponent(scl_str_sub(text, end + 1, text.len), &exponent))
            return false;
    }
    ret->digits = scl_str_sub(text, start, end - start);
    ret->point = (int64_t)whole + exponent;
    ret->negative = negative;
    return true;
}

static bool
push_digit(uint64_t *value, unsigned digit, uint64_t limit)
{
    if (*value > (limit - digit) / 10)
        return false;
    *value = *value * 10 + digit;
    return true;
}

/* Times 10 to the power of `scale`, rounded; false where that does not fit. */
static bool
scaled(struct scl_str text, int scale, int64_t *ret_value, bool *ret_exact)
{
    struct decimal number;
    uint64_t value = 0, limit;
    int64_t place = 0;
    bool exact = true, rounds_up = false;

    if (!parse(text, &number))
        return false;
    limit = (uint64_t)INT64_MAX + number.negative;
    number.point += scale;
    for (size_t i = 0; i < number.digits.len; i++) {
        unsigned digit = (unsigned)(unsigned char)number.digits.at[i] - '0';

        if (number.digits.at[i] == '.')
            continue;
        if (place < number.point && !push_digit(&value, digit, limit))
            return false;
        if (place == number.point)
            rounds_up = digit >= 5;
        if (place >= number.point && digit)
            exact = false;
        place++;
    }
    for (; value && place < number.point; place++)
        if (!push_digit(&value, 0, limit))
            return false;
    if (rounds_up && value++ == limit)
        return false;
    *ret_value = number.negative ? (int64_t)(0 - value) : (int64_t)value;
    *ret_exact = exact;
    return true;
}

bool
scl_number_int(struct scl_str text, int64_t *ret_value)
{
    int64_t value;
    bool exact;

    if (!scaled(text, 0, &value, &exact) || !exact)
        return false;
    *ret_value = value;
    return true;
}

bool
scl_number_nano(struct scl_str text, int64_t *ret_nano, bool *ret_exact)
{
    return scaled(text, 9, ret_nano, ret_exact);
}
