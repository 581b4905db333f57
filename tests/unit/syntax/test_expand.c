/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_expand.c: words with their quotes and variables
 *
 * The environment of all cases: A is "one", E "", P "a/b/a", G "xxyy", and so on as below; names
 * that begin with U are unknown.
 */
#include "../test.h"

#include "syntax/expand.h"

struct variable {
    const char *name, *value;
};

static enum scl_lookup
look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    static const struct variable variables[] = {
        { "A", "one" },   { "B", " two  words " }, { "E", "" },          { "P", "a/b/a" },
        { "G", "xxyy" },  { "S", "*" },            { "LINES", "a\nb\na" }, { "W", "\xe5\xad\x97x" },
        { "1", "first" }, { "@", "all" },          { "\xc3\xa9t\xc3\xa9", "summer" },
    };

    (void)context;
    if (name.len && name.at[0] == 'U')
        return SCL_LOOKUP_UNKNOWN;
    for (size_t i = 0; i < COUNT(variables); i++)
        if (scl_str_is(name, variables[i].name)) {
            *ret_value = scl_str_c(variables[i].value);
            return SCL_LOOKUP_SET;
        }
    return SCL_LOOKUP_UNSET;
}

struct row {
    const char *why, *word, *expected; /* the text, "?" for unknown, "! MESSAGE" for an error */
};

static void
print_expansion(struct scl_text *out, const struct scl_expansion *expansion, bool splits)
{
    if (!expansion->ok) {
        scl_text_f(out, "! %.*s", SCL_ARG(expansion->error));
    } else if (!expansion->is_known) {
        scl_text_c(out, "?");
    } else if (!splits) {
        scl_text_add(out, expansion->text);
    } else {
        for (uint32_t i = 0; i < expansion->words.count; i++)
            scl_text_f(out, "%s%u-%u<%.*s>", i ? " " : "", expansion->words.at[i].start,
                       expansion->words.at[i].end, SCL_ARG(expansion->words.at[i].text));
    }
}

static void
check_all(void **state, const struct row *rows, size_t count, unsigned flags, char escape,
          bool splits)
{
    struct scl_expander expander = {
        .arena = *state, .lookup = look_up, .flags = flags, .escape = escape
    };

    for (size_t i = 0; i < count; i++) {
        struct scl_str word = scl_str_c(rows[i].word);
        struct scl_expansion expansion;
        struct scl_text out = { 0 };

        if (splits)
            assert_true(scl_expand_words(&expander, word, &expansion));
        else
            assert_true(scl_expand(&expander, word, &expansion));
        print_expansion(&out, &expansion, splits);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&out);
    }
}

static void
quotes_and_escapes_go_away(void **state)
{
    static const struct row rows[] = {
        { "plain", "plain", "plain" },
        { "single quotes", "a'b $A \\'c", "ab $A \\c" },
        { "double quotes", "a\"b '$A'\"c", "ab 'one'c" },
        { "an escape", "a\\$A\\b\\\\", "a$Ab\\" },
        { "an escape at the end", "a\\", "a" },
        { "escapes in double quotes", "\"\\\"\\$\\\\\\n\"", "\"$\\\\n" },
        { "an open single quote", "a'b", "! a single quote is not closed" },
        { "an open double quote", "a\"b\\\"", "! a double quote is not closed" },
        { "empty quotes", "''\"\"", "" },
        { "a byte-order mark in front", "\xef\xbb\xbf" "a", "a" },
        { "bad bytes", "a\xff$A", "a\xef\xbf\xbdone" },
        { "letters", "\xe5\xad\x97'\xe5\xad\x97'", "\xe5\xad\x97\xe5\xad\x97" },
        { "blanks stay", " a  'b' ", " a  b " },
        { "a sign of heredocs is text", "a << b", "a << b" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', false);
}

static void
a_backtick_may_be_the_escape_character(void **state)
{
    static const struct row rows[] = {
        { "it escapes", "`$A`'\"`\"\"", "$A'\"" },
        { "a backslash does not", "C:\\d\\$A", "C:\\d\\one" },
    };

    check_all(state, rows, COUNT(rows), 0, '`', false);
}

static void
references_are_replaced(void **state)
{
    static const struct row rows[] = {
        { "a name", "x$A.", "xone." },
        { "in braces", "x${A}y", "xoney" },
        { "unset", "x${NO}y$NO", "xy" },
        { "no name", "$. $ $", "$. $ $" },
        { "a number ends the name", "$1x${1}", "firstxfirst" },
        { "all digits", "$12", "" },
        { "special names", "$@$@@ ${@}", "allall@ all" },
        { "letters beyond ASCII", "$\xc3\xa9t\xc3\xa9!", "summer!" },
        { "signs beyond ASCII end the name", "$A\xe2\x80\xa6", "one\xe2\x80\xa6" },
        { "in double quotes", "\"$A ${B}\"", "one  two  words " },
        { "no braces at the end", "${A", "! a reference has no '}'" },
        { "nothing in the braces", "${}", "! a reference has no name" },
        { "a brace too many", "${{A}}", "! a reference has no name" },
        { "only a colon", "${:-a}", "! a reference has no name" },
        { "no name at all", "${.}", "! unsupported modifier '.'" },
        { "a command is text", "$(ls)", "$(ls)" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', false);
}

static void
modifiers_choose(void **state)
{
    static const struct row rows[] = {
        { "a default", "${NO-d} ${A-d} ${E-d}", "d one " },
        { "a default for nothing", "${NO:-d} ${A:-d} ${E:-d}", "d one d" },
        { "instead", "${NO+d} ${A+d} ${E+d}", " d d" },
        { "instead of something", "${NO:+d} ${A:+d} ${E:+d}", " d " },
        { "required", "${A?x} ${E?x} ${A:?x}", "one  one" },
        { "required and unset", "${NO?}", "! NO: is not allowed to be unset" },
        { "required and empty", "${E:?}", "! E: is not allowed to be empty" },
        { "with a message", "${NO:?set it to $A}", "! NO: set it to one" },
        { "nested", "${NO:-${NO2:-$A}}", "one" },
        { "quotes within", "${NO:-'a}b'\"c $A\"}", "a}bc one" },
        { "an escaped brace", "${NO:-a\\}b}", "a}b" },
        { "a brace that opens is text", "${NO:-a{b}", "a{b" },
        { "a brace behind", "${NO:-a}}", "a}" },
        { "an empty default", "${NO-}", "" },
        { "assignment", "${A:=x}", "! unsupported modifier ':='" },
        { "assignment without a colon", "${A=x}", "! unsupported modifier '='" },
        { "a colon too many", "${A:#x}", "! unsupported modifier ':#'" },
        { "a letter", "${A:b}", "! unsupported modifier ':b'" },
        { "a sign beyond ASCII", "${A:\xc2\xb7}", "! unsupported modifier ':\xc2\xb7'" },
        { "an error in a default not needed", "${A:-${}}", "! a reference has no name" },
        { "no end", "${A:-x", "! a reference has no '}'" },
        { "nor behind the colon", "${A:", "! a reference has no '}'" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', false);
}

static void
patterns_cut_and_replace(void **state)
{
    static const struct row rows[] = {
        { "the shortest beginning", "${P#*/}", "b/a" },
        { "the longest beginning", "${P##*/}", "a" },
        { "the shortest end", "${P%/*}", "a/b" },
        { "the longest end", "${P%%/*}", "a" },
        { "no match", "${P#x} ${P%x}", "a/b/a a/b/a" },
        { "one character", "${G#?} ${G%??}", "xyy xx" },
        { "letters are characters", "${W#?}", "x" },
        { "letters at the end", "${W%?}", "\xe5\xad\x97" },
        { "several stars", "${G##*x*y} ${G#*x*y}", " y" },
        { "an escaped star", "${S#\\*}.${A#\\*}", ".one" },
        { "a star of a variable", "${A#$S}.${A##$S}", "one." },
        { "of nothing", "${NO#*}", "" },
        { "an empty pattern", "${A#} ${A%%}", "one one" },
        { "an unknown escape", "${A#\\n}", "! invalid escape in the pattern '\\n'" },
        { "the first match", "${P/a/x}", "x/b/a" },
        { "all matches", "${P//a/x}", "x/b/x" },
        { "an escaped slash", "${P/\\//-}", "a-b/a" },
        { "the longest match", "${P/*b/x}", "x/a" },
        { "an empty match", "${A/$E/x}", "xone" },
        { "empty matches everywhere", "${A//$E/-}", "-o-n-e-" },
        { "stars everywhere", "${P//\\/*/}", "a" },
        { "nothing as replacement", "${P//\\//}", "aba" },
        { "backslashes stay in replacements", "${P//\\//\\/}", "a\\/b\\/a" },
        { "all of the match", "${P//?\\//<\\$0>}", "<\\a/><\\b/>a" },
        { "groups that are not there", "${P//a/\\$1x-\\$}", "\\-\\$/b/\\-\\$" },
        { "a star does not cross a line", "${LINES##*a}", "\nb\na" },
        { "a later line matches", "${LINES/b*/x}", "a\nx\na" },
        { "a match may begin behind a line", "${LINES/b*a/x}", "a\nb\na" },
        { "no second slash", "${A/b}", "! a replacement has no second '/'" },
        { "no brace", "${A/b/c", "! a reference has no '}'" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', false);
}

static void
what_hangs_on_an_unknown_is_unknown(void **state)
{
    static const struct row rows[] = {
        { "a name", "a$U", "?" },
        { "in quotes", "\"${U}\"", "?" },
        { "with a default", "${U:-a}", "?" },
        { "instead", "${U+a}", "?" },
        { "required", "${U?a}", "?" },
        { "a pattern", "${A#$U}", "?" },
        { "a value", "${U%a}", "?" },
        { "a replacement", "${A/o/$U}", "?" },
        { "a default that is needed", "${NO:-$U}", "?" },
        { "a default that is not", "${A:-$U}", "one" },
        { "instead of nothing", "x${E:+$U}y", "xy" },
        { "instead of something", "x${A:+$U}y", "?" },
        { "a message that is not needed", "${A?$U}", "one" },
        { "single quotes", "'$U'", "$U" },
        { "an error counts more", "$U${", "! a reference has no '}'" },
        { "of a pattern too", "${U#\\x}", "! invalid escape in the pattern '\\x'" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', false);
}

static void
words_are_split_behind_expansion(void **state)
{
    static const struct row rows[] = {
        { "blanks", " a  b\tc ", "1-2<a> 4-5<b> 6-7<c>" },
        { "quotes join", "a\" b\" 'c d'", "0-5<a b> 6-11<c d>" },
        { "an escaped blank", "a\\ b", "0-4<a b>" },
        { "a variable with blanks", "x${B}y", "0-1<x> 1-5<two> 1-5<words> 5-6<y>" },
        { "in quotes", "x\"$B\"y", "0-6<x two  words y>" },
        { "nothing", "$E $NO ''", "" },
        { "other blanks", "a\xc2\xa0" "b\xe3\x80\x80" "c", "0-1<a> 3-4<b> 7-8<c>" },
        { "signs of heredocs", "1<< a <<-b", "0-5<1<< a> 6-10<<<-b>" },
        { "the dash parts", "<<- a", "0-3<<<-> 4-5<a>" },
        { "an unknown", "a $U b", "?" },
    };

    check_all(state, rows, COUNT(rows), 0, '\\', true);
}

static void
lines_are_lexed_for_heredocs(void **state)
{
    static const struct row rows[] = {
        { "quotes and escapes stay", "'a b' \"c\" \\d", "0-5<'a b'> 6-9<\"c\"> 10-12<\\d>" },
        { "references stay", "$X ${Y} ${Z:-a\"b\"}", "0-2<$X> 3-7<${Y}> 8-18<${Z:-a\"b\"}>" },
        { "modifiers that are not known stay", "${Z:b}", "0-6<${Z:b}>" },
        { "replacements stay", "${Z/a\\/b/c} ${Z//a/b}", "0-11<${Z/a\\/b/c}> 12-21<${Z/a/b}>" },
        { "trims stay", "${Z%%<<E} ${Z#a}", "0-9<${Z%%<<E}> 10-16<${Z#a}>" },
        { "an open quote", "a 'b", "! a single quote is not closed" },
    };

    check_all(state, rows, COUNT(rows),
              SCL_EXPAND_RAW_QUOTES | SCL_EXPAND_RAW_ESCAPES | SCL_EXPAND_KEEP_UNSET, '\\', true);
}

static void
bodies_of_heredocs_have_no_quotes(void **state)
{
    static const struct row rows[] = {
        { "quotes are text", "it's \"$A\" \\$A", "it's \"one\" $A" },
        { "in defaults too", "${NO:-'a'}", "'a'" },
    };

    check_all(state, rows, COUNT(rows), SCL_EXPAND_NO_QUOTES, '\\', false);
}

static void
references_are_listed(void **state)
{
    struct scl_expander expander = { .arena = *state, .lookup = look_up, .escape = '\\' };
    struct scl_expansion expansion;

    assert_true(scl_expand(&expander, SCL_S("$A-${NO:-${U}}"), &expansion));
    assert_int_equal(expansion.uses.count, 3);
    check_text(expansion.uses.at[0].name, "A", "the first");
    assert_int_equal(expansion.uses.at[0].state, SCL_LOOKUP_SET);
    assert_false(expansion.uses.at[0].has_modifier);
    check_text(expansion.uses.at[1].name, "U", "the inner one ends first");
    assert_int_equal(expansion.uses.at[1].state, SCL_LOOKUP_UNKNOWN);
    check_number(expansion.uses.at[1].start, 9, "where it begins");
    check_number(expansion.uses.at[1].end, 13, "where it ends");
    check_text(expansion.uses.at[2].name, "NO", "the outer one");
    assert_int_equal(expansion.uses.at[2].state, SCL_LOOKUP_UNSET);
    assert_true(expansion.uses.at[2].has_modifier);
    check_number(expansion.uses.at[2].start, 3, "from its sign");
    check_number(expansion.uses.at[2].end, 14, "to its brace");
}

static void
an_error_knows_its_place(void **state)
{
    struct scl_expander expander = { .arena = *state, .lookup = look_up, .escape = '\\' };
    struct scl_expansion expansion;

    assert_true(scl_expand(&expander, SCL_S("abc ${A:=x}"), &expansion));
    assert_false(expansion.ok);
    check_number(expansion.error_offset, 7, "the modifier");
    assert_true(scl_expand(&expander, SCL_S("abc 'd"), &expansion));
    check_number(expansion.error_offset, 4, "the quote");
}

static void
a_plain_word_is_its_own_result(void **state)
{
    static const char word[] = "plain-word_1.0";
    struct scl_expander expander = { .arena = *state, .lookup = look_up, .escape = '\\' };
    struct scl_expansion expansion;

    assert_true(scl_expand(&expander, scl_str_c(word), &expansion));
    assert_ptr_equal(expansion.text.at, word);
    assert_int_equal(((struct scl_arena *)*state)->used, 0);
}

static void
steps_bound_what_is_written(void **state)
{
    uint64_t steps = 20;
    struct scl_expander expander = {
        .arena = *state, .lookup = look_up, .steps = &steps, .escape = '\\'
    };
    struct scl_expansion expansion;

    assert_true(scl_expand(&expander, SCL_S("$B"), &expansion));
    assert_true(expansion.ok);
    check_number(steps, 8, "twelve bytes were written");
    assert_true(scl_expand(&expander, SCL_S("$B"), &expansion));
    assert_false(expansion.ok);
    check_text(expansion.error, "expansion takes more steps than its limit", "the error");
    check_number(steps, 0, "none are left");
}

/* A lookup whose only variable is the context. */
static enum scl_lookup
look_up_context(void *context, struct scl_str name, struct scl_str *ret_value)
{
    (void)name;
    *ret_value = *(struct scl_str *)context;
    return SCL_LOOKUP_SET;
}

static void
steps_bound_patterns(void **state)
{
    struct scl_text text = { 0 }, pattern = { 0 };
    struct scl_expansion expansion;
    struct scl_str value;
    uint64_t steps;
    struct scl_expander expander = {
        .arena = *state, .lookup = look_up_context, .context = &value, .steps = &steps,
        .escape = '\\'
    };

    scl_text_fill(&text, 'a', 2000);
    value = scl_text_str(&text);
    scl_text_c(&pattern, "${V/*");
    scl_text_fill(&pattern, 'a', 1000);
    scl_text_c(&pattern, "b/}");
    steps = 3000000;
    assert_true(scl_expand(&expander, scl_text_str(&pattern), &expansion));
    assert_true(expansion.ok);
    check_number(expansion.text.len, 2000, "no match");
    assert_in_range(steps, 1, 2500000);
    steps = 500000;
    assert_true(scl_expand(&expander, scl_text_str(&pattern), &expansion));
    assert_false(expansion.ok);
    scl_text_finish(&text);
    scl_text_finish(&pattern);
}

static void
references_may_be_nested_sixty_four_deep(void **state)
{
    struct scl_expander expander = { .arena = *state, .lookup = look_up, .escape = '\\' };
    struct scl_expansion expansion;
    struct scl_text text = { 0 };

    for (int depth = 64; depth <= 65; depth++) {
        scl_text_clear(&text);
        for (int i = 0; i < depth; i++)
            scl_text_c(&text, "${NO-");
        scl_text_fill(&text, '}', (size_t)depth);
        assert_true(scl_expand(&expander, scl_text_str(&text), &expansion));
        check_number(expansion.ok, depth == 64, "depth");
    }
    scl_text_finish(&text);
}

SUITE(
    CASE(quotes_and_escapes_go_away),
    CASE(a_backtick_may_be_the_escape_character),
    CASE(references_are_replaced),
    CASE(modifiers_choose),
    CASE(patterns_cut_and_replace),
    CASE(what_hangs_on_an_unknown_is_unknown),
    CASE(words_are_split_behind_expansion),
    CASE(lines_are_lexed_for_heredocs),
    CASE(bodies_of_heredocs_have_no_quotes),
    CASE(references_are_listed),
    CASE(an_error_knows_its_place),
    CASE(a_plain_word_is_its_own_result),
    CASE(steps_bound_what_is_written),
    CASE(steps_bound_patterns),
    CASE(references_may_be_nested_sixty_four_deep))
