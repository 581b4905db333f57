/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_words.c: texts, values, variables and places of words
 */
#include "syntax/test_shell_print.h"

static struct scl_shell
read_shell(struct scl_arena *arena, const char *body, const struct scl_shell_map *map)
{
    struct scl_shell shell;
    struct scl_notes notes;

    scl_notes_init(&notes, arena);
    assert_true(scl_shell_read(arena, scl_str_c(body), map, NULL, &notes, &shell));
    return shell;
}

/* The first word of the body that is not part of another one. */
static uint32_t
first_word(const struct scl_shell *shell)
{
    uint32_t node = 0;

    while (node < shell->node_count && shell->nodes[node].kind != SCL_SHELL_WORD)
        node++;
    return node;
}

/* A word as its text, `=` where that is its value, its marks, and its variables. */
static struct scl_str
described(struct scl_arena *arena, const struct scl_shell *shell, uint32_t word)
{
    static const struct {
        unsigned flag;
        const char *name;
    } marks[] = {
        { SCL_SHELL_IS_STATIC, " static" }, { SCL_SHELL_HAS_QUOTES, " quotes" },
        { SCL_SHELL_HAS_GLOB, " glob" },    { SCL_SHELL_HAS_TILDE, " tilde" },
        { SCL_SHELL_HAS_BRACE, " brace" },
    };
    struct scl_text out = { 0 };
    struct scl_str made;
    uint32_t variable = 0;

    scl_text_f(&out, "<%.*s>", SCL_ARG(scl_shell_text(shell, word)));
    for (size_t i = 0; i < COUNT(marks); i++)
        if (shell->nodes[word].flags & marks[i].flag)
            scl_text_c(&out, marks[i].name);
    while ((variable = scl_shell_variable(shell, word, variable)) != 0)
        scl_text_f(&out, " $%.*s", SCL_ARG(scl_shell_name(shell, variable)));
    made = scl_str_n(scl_arena_copy(arena, out.at, out.len), out.len);
    scl_text_finish(&out);
    return made;
}

static void
texts_lose_quotes_and_keep_references(void **state)
{
    static const struct {
        const char *body, *described;
    } rows[] = {
        { "abc", "<abc> static" },
        { "'abc'", "<abc> static quotes" },
        { "\"abc\"", "<abc> static quotes" },
        { "''", "<> static quotes" },
        { "\"\"", "<> static quotes" },
        { "a\"b\"c", "<abc> static quotes" },
        { "a'b'\"c\"d\\ e", "<abcd e> static quotes" },
        { "\\;", "<;> static quotes" },
        { "\\$V", "<$V> static quotes" },
        { "'$V'/x", "<$V/x> static quotes" },
        { "$V/x", "<$V/x> $V" },
        { "\"$V/x\"", "<$V/x> quotes $V" },
        { "\"$V\"/x", "<$V/x> quotes $V" },
        { "a=$V\"b\"$W", "<$Vb$W> quotes $V $W" },
        { "${V}x", "<${V}x> $V" },
        { "${V:-a}", "<${V:-a}> $V" },
        { "${V:-$W}", "<${V:-$W}> $V $W" },
        { "${V:-\"a b\"}c", "<${V:-\"a b\"}c> $V" },
        { "${V[$i]}", "<${V[$i]}> $V $i" },
        { "x$(a $V)y", "<x$(a $V)y>" },
        { "\"x`a $V`$W\"", "<x`a $V`$W> quotes $W" },
        { "$((V + $W))", "<$((V + $W))> $W" },
        { "<(a $V)", "<<(a $V)>" },
        { "$@$#$?", "<$@$#$?> $@ $# $?" },
        { "a$", "<a$> static" },
        { "a\\\nb", "<ab> static" },
        { "\"a\\\nb\"", "<ab> static quotes" },
        { "\"a\\b\\\"c\\\\d\\$\\`\"", "<a\\b\"c\\d$`> static quotes" },
        { "'a\\b'", "<a\\b> static quotes" },
        { "*.deb", "<*.deb> static glob" },
        { "/var/lib/apt/lists/*", "</var/lib/apt/lists/*> static glob" },
        { "'*'", "<*> static quotes" },
        { "\\*", "<*> static quotes" },
        { "\"$a\"*", "<$a*> quotes glob $a" },
        { "a?", "<a?> static glob" },
        { "[", "<[> static" },
        { "a]", "<a]> static" },
        { "[ab]", "<[ab]> static glob" },
        { "a@(b|c)", "<a@(b|c)> static glob" },
        { "{a,b}", "<{a,b}> static brace" },
        { "{a,\"b\"}", "<{a,b}> static quotes brace" },
        { "{1..9}", "<{1..9}> static brace" },
        { "{}", "<{}> static" },
        { "{a}", "<{a}> static" },
        { "a,b}", "<a,b}> static" },
        { "~/x", "<~/x> static tilde" },
        { "a~", "<a~> static" },
        { "\"~\"/x", "<~/x> static quotes" },
        { "~\"a\"", "<~a> static quotes tilde" },
        { "$'a\\nb'", "<a\nb> static quotes" },
        { "$'\\x41\\102\\u00e9\\U0001f600\\t'", "<AB\303\251\360\237\230\200\t> static quotes" },
        { "$'\\'\\\"\\\\\\q\\e\\ca'", "<'\"\\\\q\033\001> static quotes" },
        { "x$'y'z", "<xyz> static quotes" },
        { "$\"a $b\"", "<a $b> quotes $b" },
        { "a#b", "<a#b> static" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_shell shell = read_shell(*state, rows[i].body, NULL);

        check_text(described(*state, &shell, first_word(&shell)), rows[i].described, rows[i].body);
    }
}

static void
texts_of_here_documents_lose_tabs_and_escapes(void **state)
{
    static const struct {
        const char *body, *described;
    } rows[] = {
        { "a <<E\nb $c\nE\n", "<b $c\n> $c" },
        { "a <<E\n\\$b \\c\\\\\nE\n", "<$b \\c\\\n> static quotes" },
        { "a <<E\n\tb\nE\n", "<\tb\n> static" },
        { "a <<-E\n\tb\n\t\t$c\n\tE\n", "<b\n$c\n> $c" },
        { "a <<-'E'\n\t$b\n\n\tc\n\tE\n", "<$b\n\nc\n> static quotes" },
        { "a <<'E'\n\t$b\nE\n", "<\t$b\n> static quotes" },
        { "a <<E\nE\n", "<> static" },
        { "a <<E\nb\\\nc\nE\n", "<bc\n> static" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_shell shell = read_shell(*state, rows[i].body, NULL);
        uint32_t redirection = scl_shell_child(&shell, 1, 0, SCL_SHELL_REDIRECTION);

        check_text(described(*state, &shell, scl_shell_link(&shell, redirection)),
                   rows[i].described, rows[i].body);
    }
}

static void
a_place_goes_through_the_pieces(void **state)
{
    /* a joined line of three pieces, in which the body begins behind 4 bytes */
    static const struct scl_piece pieces[] = { { 0, 100, 6 }, { 6, 110, 4 }, { 10, 120, 20 } };
    const struct scl_shell_map map = { pieces, COUNT(pieces), 4 };
    struct scl_shell shell = read_shell(*state, "abcdef ghi", &map);
    uint32_t word = first_word(&shell);
    struct scl_span span = scl_shell_span(&shell, word);

    check_number(span.offset, 104, "the first byte lies in the first piece");
    check_number(span.length, 10, "the last byte lies in the second one");
    span = scl_shell_span(&shell, shell.nodes[word].end);
    check_number(span.offset, 121, "a word in the last piece");
    check_number(span.length, 3, "it is in one piece");
    span = scl_shell_span_of(&shell, word, shell.nodes[word].end);
    check_number(span.offset, 104, "from the first word");
    check_number(span.length, 20, "to the end of the last one");
}

/* Where the last word called `name` stands. */
static struct scl_span
place_of(const struct scl_shell *shell, const char *name)
{
    for (uint32_t i = shell->node_count; i-- > 0;)
        if (shell->nodes[i].kind == SCL_SHELL_WORD && scl_str_is(scl_shell_text(shell, i), name))
            return scl_shell_span(shell, i);
    fail_msg("no word '%s'", name);
    return (struct scl_span){ 0, 0 };
}

static void
words_of_scripts_have_their_place_in_the_quoted_text(void **state)
{
    static const struct {
        const char *body, *word;
        uint32_t offset, length;
    } rows[] = {
        { "sh -c 'ab cd'", "cd", 10, 2 },
        { "sh -c \"ab \\\"c d\\\" ef\"", "ef", 18, 2 },
        { "sh -c \"ab \\\"c d\\\" ef\"", "c d", 11, 6 },
        { "sh -c 'a '\"b c\"d", "cd", 13, 3 },
        { "sh -c $'a\\n\\tbc d'", "bc", 13, 2 },
        { "sh <<E\nab\n cd\nE\n", "cd", 11, 2 },
        { "sh <<'E'\nab\n cd\nE\n", "cd", 13, 2 },
        { "a `b \\`c d\\` e`", "d", 9, 1 },
        { "a `b \\`c d\\` e`", "e", 13, 1 },
        { "a \"`b \\\"c\\\" d`\"", "d", 12, 1 },
        { "a $(b cd)", "cd", 6, 2 },
        { "a <<E\n$(b cd)\nE\n", "cd", 10, 2 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_shell shell = read_shell(*state, rows[i].body, NULL);
        struct scl_span span = place_of(&shell, rows[i].word);

        check_number(span.offset, rows[i].offset, rows[i].body);
        check_number(span.length, rows[i].length, rows[i].body);
    }
}

static void
a_script_in_a_mapped_body_maps_twice(void **state)
{
    static const struct scl_piece pieces[] = { { 0, 0, 10 }, { 10, 20, 30 } };
    const struct scl_shell_map map = { pieces, COUNT(pieces), 0 };
    struct scl_shell shell = read_shell(*state, "sh -c \"ab \\\"c\\\" de\"", &map);

    check_number(place_of(&shell, "ab").offset, 7, "before the break");
    check_number(place_of(&shell, "de").offset, 26, "behind the break");
    check_number(place_of(&shell, "de").length, 2, "behind the break");
}

static void
a_note_has_its_place_in_the_source(void **state)
{
    static const struct scl_piece pieces[] = { { 0, 100, 3 }, { 3, 200, 9 } };
    const struct scl_shell_map map = { pieces, COUNT(pieces), 0 };
    struct scl_shell shell;
    struct scl_notes notes;

    scl_notes_init(&notes, *state);
    assert_true(scl_shell_read(*state, SCL_S("a; b) c"), &map, NULL, &notes, &shell));
    assert_int_equal(notes.list.count, 1);
    check_number(notes.list.at[0].kind, SCL_NOTE_WARNING, "it is a warning");
    check_number(notes.list.at[0].span.offset, 201, "the parenthesis");
    check_number(notes.list.at[0].span.length, 1, "the parenthesis");
    check_text(notes.list.at[0].message,
               "shell text is not understood from here: ')' without '('", "its message");
    assert_false(shell.is_complete);
}

static void
assignments_have_name_and_value(void **state)
{
    struct scl_shell shell = read_shell(*state, "a=1 b+=\"$c\" d[2]=e", NULL);
    uint32_t node = scl_shell_child(&shell, 1, 0, SCL_SHELL_ASSIGNMENT);

    check_text(scl_shell_name(&shell, node), "a", "the first name");
    check_text(scl_shell_text(&shell, scl_shell_value(&shell, node)), "1", "the first value");
    node = scl_shell_child(&shell, 1, node, SCL_SHELL_ASSIGNMENT);
    check_text(scl_shell_name(&shell, node), "b", "the second name");
    assert_true(shell.nodes[node].flags & SCL_SHELL_IS_APPEND);
    assert_false(scl_shell_is_static(&shell, scl_shell_value(&shell, node)));
    node = scl_shell_child(&shell, 1, node, SCL_SHELL_ASSIGNMENT);
    check_text(scl_shell_text(&shell, scl_shell_value(&shell, node)), "e", "behind a subscript");
    check_number(scl_shell_child(&shell, 1, node, SCL_SHELL_ASSIGNMENT), 0, "no fourth one");
}

static void
the_dialect_is_the_least_that_has_all_forms(void **state)
{
    static const char *const posix[] = { "a && b", "f() { a; }", "a >b 2>&1", "a=${b:-c}",
                                         "a <<E\nb\nE\n", "case a in (b) ;; esac", "a `b`" };
    static const char *const bash[] = { "[[ a ]]",    "a |& b",        "a &>b",   "a <<<b",
                                        "a=(b)",      "a <(b)",        "((a))",   "${a//b/c}",
                                        "$'a'",       "function f { a; }", "a+=b", "${a[1]}",
                                        "case a in b) c;& esac", "$(a; [[ b ]])" };

    for (size_t i = 0; i < COUNT(posix); i++)
        check_number(read_shell(*state, posix[i], NULL).dialect, SCL_SHELL_POSIX, posix[i]);
    for (size_t i = 0; i < COUNT(bash); i++)
        check_number(read_shell(*state, bash[i], NULL).dialect, SCL_SHELL_BASH, bash[i]);
}

SUITE(
    CASE(texts_lose_quotes_and_keep_references),
    CASE(texts_of_here_documents_lose_tabs_and_escapes),
    CASE(a_place_goes_through_the_pieces),
    CASE(words_of_scripts_have_their_place_in_the_quoted_text),
    CASE(a_script_in_a_mapped_body_maps_twice),
    CASE(a_note_has_its_place_in_the_source),
    CASE(assignments_have_name_and_value),
    CASE(the_dialect_is_the_least_that_has_all_forms))
