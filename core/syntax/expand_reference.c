/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand_reference.c: references to variables and what their modifiers do
 *
 * `$name`, `${name}`, `-` `+` `?` with an optional colon, `#` `%` once or twice, `/` and `//`. The
 * word behind a modifier is always read, even where its outcome does not matter, because it may be
 * wrong, and because the variables that it names are used.
 */
#include "syntax/expand_lexer.h"

#include "base/utf8.h"
#include "syntax/expand_pattern.h"
#include "syntax/expand_rune.h"

#include <string.h>

struct reference {
    uint32_t start;
    struct scl_str name, value;
    enum scl_lookup state;
    char modifier;
    bool has_colon;
};

static bool
fail(struct scl_lexer *lexer, const struct reference *reference, const char *message)
{
    return scl_lex_fail(lexer, reference->start, message, SCL_S(""), "");
}

static struct scl_str
read_name(struct scl_lexer *lexer)
{
    size_t start = lexer->at, bytes;
    bool is_number;

    if (scl_lex_at_end(lexer))
        return SCL_S("");
    is_number = scl_is_digit(scl_lex_here(lexer));
    if (scl_lex_here(lexer) && strchr("@*#?-$!", scl_lex_here(lexer))) {
        lexer->at++;
        return scl_str_sub(lexer->word, start, 1);
    }
    while (!scl_lex_at_end(lexer)) {
        int32_t code = scl_utf8_decode(lexer->word.at + lexer->at, lexer->word.len - lexer->at,
                                       &bytes);

        if (code == SCL_UTF8_BAD || (is_number ? !scl_is_digit(scl_lex_here(lexer))
                                               : !scl_rune_is_name(code)))
            break;
        lexer->at += bytes;
    }
    return scl_str_sub(lexer->word, start, lexer->at - start);
}

/* Asks for the value once all of the reference is read; the reference is listed. */
static bool
look_up(struct scl_lexer *lexer, struct reference *reference)
{
    const struct scl_expander *expander = lexer->expander;
    struct scl_expand_use *use = scl_vec_push(expander->arena, &lexer->ret->uses);

    reference->value = SCL_S("");
    reference->state = expander->lookup
                           ? expander->lookup(expander->context, reference->name, &reference->value)
                           : SCL_LOOKUP_UNSET;
    if (reference->state != SCL_LOOKUP_SET)
        reference->value = SCL_S("");
    if (!use)
        return false;
    use->name = reference->name;
    use->start = reference->start;
    use->end = (uint32_t)lexer->at;
    use->state = reference->state;
    use->has_modifier = reference->modifier != '\0';
    return true;
}

static bool
is_kept(const struct scl_lexer *lexer, const struct reference *reference)
{
    return reference->state == SCL_LOOKUP_UNSET &&
           (lexer->expander->flags & SCL_EXPAND_KEEP_UNSET);
}

static bool
add_value(struct scl_lexer *lexer, const struct reference *reference)
{
    if (is_kept(lexer, reference))
        return scl_lex_add(lexer, scl_str_sub(lexer->word, reference->start,
                                              lexer->at - reference->start));
    if (reference->state == SCL_LOOKUP_UNKNOWN)
        lexer->is_known = false;
    return scl_lex_add(lexer, reference->value);
}

/* Takes what was added since `mark` out of the buffer. */
static bool
take_tail(struct scl_lexer *lexer, size_t mark, struct scl_str *ret)
{
    size_t len = lexer->out.len - mark;
    char *copy = scl_arena_copy(lexer->expander->arena, lexer->out.at ? lexer->out.at + mark : "",
                                len);

    if (!copy)
        return false;
    *ret = scl_str_n(copy, len);
    lexer->out.len = mark;
    return true;
}

/* Where an unset reference is to stay: its words as they came out, its signs around them. */
static bool
keep_reference(struct scl_lexer *lexer, const struct reference *reference, struct scl_str first,
               struct scl_str second)
{
    char signs[2] = { reference->has_colon ? ':' : reference->modifier, reference->modifier };

    return scl_lex_add(lexer, SCL_S("${")) && scl_lex_add(lexer, reference->name) &&
           scl_lex_add(lexer, scl_str_n(signs, reference->has_colon ? 2 : 1)) &&
           scl_lex_add(lexer, first) &&
           (reference->modifier != '/' ||
            (scl_lex_add(lexer, SCL_S("/")) && scl_lex_add(lexer, second))) &&
           scl_lex_add(lexer, SCL_S("}"));
}

static bool
fail_required(struct scl_lexer *lexer, const struct reference *reference, struct scl_str message)
{
    struct scl_text text = { 0 };

    if (message.len == 0)
        message = reference->state == SCL_LOOKUP_UNSET ? SCL_S("is not allowed to be unset")
                                                       : SCL_S("is not allowed to be empty");
    scl_text_add(&text, reference->name);
    scl_text_c(&text, ": ");
    scl_text_add(&text, message);
    scl_lex_fail(lexer, reference->start, "", scl_text_str(&text), "");
    scl_text_finish(&text);
    return false;
}

/* `-`, `+` and `?`; the word behind them stands in the buffer from `mark` on. */
static bool
choose(struct scl_lexer *lexer, const struct reference *reference, size_t mark, bool word_known)
{
    bool is_missing = reference->state == SCL_LOOKUP_UNSET ||
                      (reference->has_colon && reference->value.len == 0);

    if (reference->state == SCL_LOOKUP_UNKNOWN) {
        lexer->out.len = mark;
        lexer->is_known = false;
        return true;
    }
    if (reference->modifier == '?' && is_missing)
        return fail_required(lexer, reference,
                             scl_str_sub(scl_text_str(&lexer->out), mark, lexer->out.len));
    if (reference->modifier != '?' && is_missing == (reference->modifier == '-')) {
        lexer->is_known = lexer->is_known && word_known;
        return true;
    }
    lexer->out.len = mark;
    return reference->modifier == '+' || scl_lex_add(lexer, reference->value);
}

static bool
compile(struct scl_lexer *lexer, const struct reference *reference, struct scl_str text,
        bool is_reversed, struct scl_runes *ret)
{
    if (!scl_lex_spend(lexer, text.len) || !scl_runes_decode(lexer->expander->arena, text, ret))
        return false;
    if (!scl_pattern_compile(ret))
        return scl_lex_fail(lexer, reference->start, "invalid escape in the pattern '", text, "'");
    if (is_reversed)
        scl_runes_reverse(ret);
    return true;
}

/* How many bytes the first `count` characters of a text take. */
static size_t
bytes_of(struct scl_str text, uint32_t count)
{
    size_t i = 0, bytes;

    for (; count > 0 && i < text.len; count--, i += bytes)
        scl_utf8_decode(text.at + i, text.len - i, &bytes);
    return i;
}

/* `#` and `%`, once or twice. */
static bool
trim_value(struct scl_lexer *lexer, const struct reference *reference, struct scl_str pattern)
{
    bool is_suffix = reference->modifier == '%', is_greedy = false;
    struct scl_str value = reference->value;
    struct scl_runes items, text;
    struct scl_match match;

    if (pattern.len && pattern.at[0] == reference->modifier) {
        is_greedy = true;
        pattern = scl_str_sub(pattern, 1, pattern.len);
    }
    if (!compile(lexer, reference, pattern, is_suffix, &items) ||
        !scl_lex_spend(lexer, value.len) ||
        !scl_runes_decode(lexer->expander->arena, value, &text))
        return false;
    if (is_suffix)
        scl_runes_reverse(&text);
    if (scl_pattern_begins(&items, &text, is_greedy, lexer->steps, &match))
        value = is_suffix ? scl_str_sub(value, 0, bytes_of(value, text.count - match.end))
                          : scl_str_sub(value, bytes_of(value, match.end), value.len);
    return scl_lex_spend(lexer, 1) && scl_lex_add(lexer, value);
}

/* What replaces a match of `//`: `$0` and `${0}` are the match, `$$` is `$`, others are nothing. */
static bool
add_template(struct scl_lexer *lexer, struct scl_str template, struct scl_str match)
{
    size_t i = 0;

    while (i < template.len) {
        size_t dollar = scl_str_find_char(scl_str_sub(template, i, template.len), '$');
        size_t start, end;
        bool has_brace;

        if (dollar == SIZE_MAX)
            return scl_lex_add(lexer, scl_str_sub(template, i, template.len));
        if (!scl_lex_add(lexer, scl_str_sub(template, i, dollar)))
            return false;
        i += dollar + 1;
        if (i < template.len && template.at[i] == '$') {
            i++;
            if (!scl_lex_add(lexer, SCL_S("$")))
                return false;
            continue;
        }
        has_brace = i < template.len && template.at[i] == '{';
        start = end = i + has_brace;
        while (end < template.len && (scl_is_alnum(template.at[end]) || template.at[end] == '_'))
            end++;
        if (end == start || (has_brace && (end == template.len || template.at[end] != '}'))) {
            if (!scl_lex_add(lexer, SCL_S("$")))
                return false;
            continue;
        }
        i = end + has_brace;
        if (scl_str_is(scl_str_sub(template, start, end - start), "0") &&
            !scl_lex_add(lexer, match))
            return false;
    }
    return true;
}

/* All matches of a pattern; one that is empty does not count right behind another. */
static bool
replace_all(struct scl_lexer *lexer, const struct scl_runes *items, const struct scl_runes *text,
            struct scl_str value, struct scl_str replacement)
{
    uint32_t from = 0, done = 0;
    struct scl_match match;
    struct scl_str rest = value;

    while (from <= text->count &&
           scl_pattern_find(items, text, from, lexer->steps, &match)) {
        size_t before = bytes_of(rest, match.start - done), inside;

        if (!scl_lex_add(lexer, scl_str_sub(rest, 0, before)))
            return false;
        rest = scl_str_sub(rest, before, rest.len);
        inside = bytes_of(rest, match.end - match.start);
        if ((match.end > done || match.start == 0) &&
            !add_template(lexer, replacement, scl_str_sub(rest, 0, inside)))
            return false;
        rest = scl_str_sub(rest, inside, rest.len);
        done = match.end;
        from = match.end > from ? match.end : from + 1;
    }
    return scl_lex_spend(lexer, 1) && scl_lex_add(lexer, rest);
}

static bool
replace_value(struct scl_lexer *lexer, const struct reference *reference, struct scl_str pattern,
              struct scl_str replacement, bool is_all)
{
    struct scl_str value = reference->value;
    struct scl_runes items, text;
    struct scl_match match;
    size_t before, end;

    if (!compile(lexer, reference, pattern, false, &items) || !scl_lex_spend(lexer, value.len) ||
        !scl_runes_decode(lexer->expander->arena, value, &text))
        return false;
    if (is_all)
        return replace_all(lexer, &items, &text, value, replacement);
    if (!scl_pattern_find(&items, &text, 0, lexer->steps, &match))
        return scl_lex_spend(lexer, 1) && scl_lex_add(lexer, value);
    before = bytes_of(value, match.start);
    end = bytes_of(value, match.end);
    return scl_lex_add(lexer, scl_str_sub(value, 0, before)) && scl_lex_add(lexer, replacement) &&
           scl_lex_add(lexer, scl_str_sub(value, end, value.len));
}

static bool
read_replacement(struct scl_lexer *lexer, struct reference *reference)
{
    size_t mark = lexer->out.len;
    struct scl_str pattern, replacement;
    bool is_all = !scl_lex_at_end(lexer) && scl_lex_here(lexer) == '/';
    bool pattern_known, replacement_known;

    lexer->at += is_all;
    if (!scl_lex_nested(lexer, '/', true, &pattern_known) || !take_tail(lexer, mark, &pattern) ||
        !scl_lex_nested(lexer, '}', true, &replacement_known) ||
        !take_tail(lexer, mark, &replacement) || !look_up(lexer, reference))
        return false;
    if (is_kept(lexer, reference))
        return keep_reference(lexer, reference, pattern, replacement);
    if (reference->state == SCL_LOOKUP_UNKNOWN || !pattern_known || !replacement_known) {
        lexer->is_known = false;
        reference->value = SCL_S("");
    }
    return replace_value(lexer, reference, pattern, replacement, is_all);
}

static bool
fail_modifier(struct scl_lexer *lexer, const struct reference *reference)
{
    size_t start = reference->start + 2 + reference->name.len, end = start + reference->has_colon;
    size_t bytes;

    scl_utf8_decode(lexer->word.at + end, lexer->word.len - end, &bytes);
    return scl_lex_fail(lexer, start, "unsupported modifier '",
                        scl_str_sub(lexer->word, start, end + bytes - start), "'");
}

/* `:`, `-`, `+`, `?`, `#`, `%` and the word behind them. */
static bool
read_modifier(struct scl_lexer *lexer, struct reference *reference)
{
    size_t mark = lexer->out.len;
    bool is_trim, is_choice, word_known;
    struct scl_str word;

    is_trim = reference->modifier == '#' || reference->modifier == '%';
    is_choice = reference->modifier && strchr("-+?", reference->modifier) != NULL;
    if (!scl_lex_nested(lexer, '}', is_trim, &word_known) || !look_up(lexer, reference))
        return false;
    if (is_kept(lexer, reference))
        return take_tail(lexer, mark, &word) &&
               keep_reference(lexer, reference, word, SCL_S(""));
    if (is_choice)
        return choose(lexer, reference, mark, word_known);
    if (!is_trim || reference->has_colon)
        return fail_modifier(lexer, reference);
    if (reference->state == SCL_LOOKUP_UNKNOWN || !word_known) {
        lexer->is_known = false;
        reference->value = SCL_S("");
    }
    return take_tail(lexer, mark, &word) && trim_value(lexer, reference, word);
}

/* Behind `${`. */
static bool
read_braced(struct scl_lexer *lexer, struct reference *reference)
{
    static const char missing[] = "a reference has no '}'";

    if (scl_lex_at_end(lexer))
        return fail(lexer, reference, missing);
    if (scl_lex_here(lexer) == '{' || scl_lex_here(lexer) == '}' || scl_lex_here(lexer) == ':')
        return fail(lexer, reference, "a reference has no name");
    reference->name = read_name(lexer);
    if (scl_lex_at_end(lexer))
        return fail(lexer, reference, missing);
    reference->modifier = scl_lex_here(lexer);
    lexer->at++;
    if (reference->modifier == '}') {
        reference->modifier = '\0';
        return look_up(lexer, reference) && add_value(lexer, reference);
    }
    if (reference->modifier == '/')
        return read_replacement(lexer, reference);
    if (reference->modifier == ':') {
        if (scl_lex_at_end(lexer))
            return fail(lexer, reference, missing);
        reference->has_colon = true;
        reference->modifier = scl_lex_here(lexer);
        lexer->at++;
        return read_modifier(lexer, reference);
    }
    if (reference->modifier && strchr("-+?#%", reference->modifier))
        return read_modifier(lexer, reference);
    return fail_modifier(lexer, reference);
}

bool
scl_lex_dollar(struct scl_lexer *lexer)
{
    struct reference reference = { .start = (uint32_t)lexer->at };

    lexer->at++;
    if (!scl_lex_at_end(lexer) && scl_lex_here(lexer) == '{') {
        lexer->at++;
        return read_braced(lexer, &reference);
    }
    reference.name = read_name(lexer);
    if (reference.name.len == 0)
        return scl_lex_add(lexer, SCL_S("$"));
    return look_up(lexer, &reference) && add_value(lexer, &reference);
}
