/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_lines.c: physical lines, continuations, comments, directives, places, limits
 */
#include "test_dockerfile.h"

static void
lines_are_joined_as_buildkit_joins_them(void **state)
{
    static const struct row rows[] = {
        { "one line", "FROM a", "FROM 1-1 (a)" },
        { "blank lines between", "\n  \nFROM a\n\n\nRUN b\n", "FROM 3-3 (a)\nRUN 6-6 shell (b)" },
        { "a continuation keeps blanks before and after",
          "RUN a \\\n  b\n", "RUN 1-2 shell (a   b|a \\\n  b) bad" },
        { "blanks may follow the escape character", "RUN a \\ \t\n b\n",
          "RUN 1-2 shell (a  b|a \\ \t\n b) bad" },
        { "two escape characters do not continue", "RUN a \\\\\nRUN b\n",
          "RUN 1-1 shell (a \\\\) bad\nRUN 2-2 shell (b)" },
        { "nor do three", "RUN a \\\\\\\nRUN b\n",
          "RUN 1-1 shell (a \\\\\\) bad\nRUN 2-2 shell (b)" },
        { "a line of the escape character alone continues", "FROM a\n\\\nRUN b\n",
          "FROM 1-1 (a)\nRUN 2-3 shell (b)" },
        { "a blank line does not end a continuation", "RUN a \\\n\nRUN b\n",
          "RUN 1-3 shell (a RUN b|a \\\n\nRUN b) bad" },
        { "a comment within is left out", "RUN a \\\n# c \\\n  # d\n b\n",
          "RUN 1-4 shell (a  b|a \\\n# c \\\n  # d\n b) bad" },
        { "the end of the file ends it", "RUN a \\\n", "RUN 1-1 shell (a) bad" },
        { "and so do comments before that", "RUN a \\\n# b\n", "RUN 1-2 shell (a) bad" },
        { "a name may be split", "FROM a\nRU\\\nN b", "FROM 1-1 (a)\nRUN|RU\\\nN 2-3 shell (b)" },
        { "CR LF ends lines", "FROM a\r\nRUN b \\\r\n\r\n c\r\n",
          "FROM 1-1 (a)\nRUN 2-4 shell (b  c|b \\\r\n\r\n c)" },
        { "a lone CR separates words", "FROM a\rb\rc\n", "FROM 1-1 (a) (b) (c) bad" },
        { "a byte-order mark is dropped", "\xef\xbb\xbf" "FROM a\n", "FROM 1-1 (a)" },
        { "Unicode blanks may lead a line", "\xc2\xa0" "FROM a\n\xe3\x80\x80RUN b\n",
          "FROM 1-1 (a)\nRUN 2-2 shell (b)" },
        { "a backtick continues after the directive", "# escape=`\nFROM a `\n AS b\n",
          "FROM 2-3 (a) (AS) (b)" },
        { "and a backslash does no more", "# escape=`\nFROM a\nRUN a\\\nRUN b",
          "FROM 2-2 (a)\nRUN 3-3 shell (a\\)\nRUN 4-4 shell (b)" },
        { "names are of any case", "from a\nrUn b\n", "from 1-1 (a)\nrUn 2-2 shell (b)" },
        { "a vertical tab separates", "FROM\va\n", "FROM 1-1 (a)" },
    };

    check_files(state, rows, COUNT(rows));
}

static void
the_last_escape_character_needs_another_before_it_not_to_continue(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nRUN x\\\\\n  y\\\n  z\n");

    assert_int_equal(reading->file.count, 3);
    check_text(instruction_at(reading, 2)->text, "y  z", "the second line begins anew");
}

static void
every_byte_of_a_joined_line_knows_its_place(void **state)
{
    static const char text[] = "FROM a\nRUN one \\\n# c\n\n two \\\n three\n";
    struct reading *reading = read_text(state, text);
    const struct scl_docker_instruction *run = instruction_at(reading, 1);

    check_text(run->text, "RUN one  two  three", "the logical text");
    check_number(run->piece_count, 3, "pieces");
    for (uint32_t i = 0; i < run->text.len; i++) {
        struct scl_span span = scl_docker_span(run, i, i + 1);

        check_number(span.length, 1, "one byte stays one byte");
        check_number(text[span.offset], run->text.at[i], "and is the same");
    }
    check_text(scl_source_text(&reading->source, run->span), "RUN one \\\n# c\n\n two \\\n three",
               "the whole");
    check_number(scl_docker_span(run, 4, 4).length, 0, "no bytes");
    check_number(scl_docker_span(run, 0, 500).length, run->span.length, "too many are cut");
}

static void
a_slice_of_another_text_has_the_place_of_the_instruction(void **state)
{
    struct reading *reading = read_text(state, "FROM a\n");
    const struct scl_docker_instruction *from = instruction_at(reading, 0);

    assert_int_equal(scl_docker_slice_span(from, SCL_S("elsewhere")).length, from->span.length);
    assert_int_equal(scl_docker_slice_span(from, scl_str_n(NULL, 0)).offset, from->span.offset);
}

static void
a_line_that_stands_alone_is_not_copied(void **state)
{
    static const char text[] = "FROM a\n";
    struct reading *reading = read_text(state, text);

    assert_ptr_equal(instruction_at(reading, 0)->text.at, text);
    assert_ptr_equal(instruction_at(reading, 0)->words[0].text.at, text + 5);
}

static void
a_blank_line_in_a_continuation_is_kept_as_a_fact(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nRUN b \\\n\n\n c\nRUN d\n");

    check_number(instruction_at(reading, 1)->empty_line, 3, "the first such line");
    check_number(instruction_at(reading, 2)->empty_line, 0, "no such line");
    check_number(reading->notes.list.count, 0, "nothing is noted");
}

static void
comments_belong_to_the_next_instruction(void **state)
{
    struct reading *reading = read_text(state, "# one\n\n  # two\nARG A\n# old\n#\n# three\nARG B\n"
                                               "ARG C \\\n# inside\n D\nFROM a\n");
    const struct scl_docker_instruction *first = instruction_at(reading, 0);
    const struct scl_docker_comment *comments = reading->file.comments.at;

    check_number(reading->file.comments.count, 6, "all of them");
    check_number(first->comment_count, 2, "a blank line does not part them");
    check_text(scl_docker_comment_text(&reading->file, &comments[0]), "one", "its text");
    check_text(scl_docker_comment_text(&reading->file, &comments[1]), "# two",
               "an indented one keeps its sign, as in BuildKit");
    check_text(scl_source_text(&reading->source, comments[1].span), "# two", "its place");
    check_number(instruction_at(reading, 1)->comment_count, 1, "an empty comment parts them");
    check_number(instruction_at(reading, 1)->comment_first, 4, "what stands behind it");
    check_number(instruction_at(reading, 2)->comment_count, 0, "what was given is gone");
    assert_true(comments[5].is_inside);
    check_number(instruction_at(reading, 3)->comment_count, 0, "one inside belongs to nobody");
}

/* `syntax check escape` as they were found, `-` for none. */
static void
directives_are_found_where_buildkit_finds_them(void **state)
{
    static const struct row rows[] = {
        { "the usual", "# syntax=a/b:1\n# check=skip=all\n# escape=`\nFROM a",
          "a/b:1 skip=all `" },
        { "letters of any case and blanks", "#EsCaPe = `\n# SYNTAX  =  x  \nFROM a", "x - `" },
        { "a value ends at a space", "# syntax=x // why\nFROM a", "x - \\" },
        { "not after a comment", "# hello\n# syntax=x\n# escape=`\nFROM a", "- - \\" },
        { "nor after a blank line", "\n# syntax=x\n# escape=`\nFROM a", "- - \\" },
        { "nor after another key", "# foo=x\n# syntax=x\n# escape=`\nFROM a", "- - \\" },
        { "behind #! only syntax and check", "#!/x\n# syntax=x\n# escape=`\nFROM a", "x - \\" },
        { "indented only escape", " # syntax=x\n # escape=`\nFROM a", "- - `" },
        { "with a byte-order mark", "\xef\xbb\xbf# syntax=x\nFROM a", "x - \\" },
        { "with //", "//syntax=x\n", "x - \\" },
        { "check not with //", "//check=x\n", "- - \\" },
        { "a JSON object", " {\"a\": [1, {}], \"syntax\": \"x\\u0041\"}\n", "xA - \\" },
        { "a JSON object that is not all", "{\"syntax\": \"x\"}\nFROM a", "- - \\" },
        { "an empty value is a comment", "# escape=\nFROM a", "- - \\" },
        { "CR LF", "# syntax=x\r\n# escape=`\r\nFROM a", "x - `" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading *reading = read_text(state, rows[i].text);
        const struct scl_dockerfile *file = &reading->file;
        struct scl_str none = SCL_S("-");
        struct scl_text out = { 0 };

        scl_text_add(&out, file->syntax.span.length ? file->syntax.value : none);
        scl_text_c(&out, " ");
        scl_text_add(&out, file->check.span.length ? file->check.value : none);
        scl_text_f(&out, " %c", file->escape);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&out);
    }
}

static void
a_directive_knows_its_place_and_is_no_comment(void **state)
{
    struct reading *reading = read_text(state, "# syntax=x // y\n# escape=`\n# c\nFROM a");
    const struct scl_dockerfile *file = &reading->file;

    check_text(scl_source_text(&reading->source, file->syntax.span), "x // y", "all of the value");
    check_text(file->syntax.all, "x // y", "all of the value as text");
    check_text(scl_source_text(&reading->source, file->escape_directive.span), "`", "of escape");
    check_number(file->comments.count, 1, "the third line");
}

static void
errors_of_directives_are_noted(void **state)
{
    static const struct row rows[] = {
        { "not a character", "# escape=xx\nFROM a",
          "1:10+2 invalid escape character 'xx' (use '\\' or '`')" },
        { "twice", "# escape=`\n# Escape=`\nFROM a", "2:3+6 directive Escape is given twice" },
        { "another twice", "# syntax=a\n# check=b\n# syntax=c\nFROM a",
          "3:3+6 directive syntax is given twice" },
        { "blanks", "# escape=  \nFROM a",
          "1:11+1 invalid escape character ' ' (use '\\' or '`')" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
a_file_with_nothing_in_it_is_noted(void **state)
{
    static const struct row rows[] = {
        { "no bytes", "", "1:1+0 empty file" },
        { "blanks", "\n \t\n", "1:1+0 empty file" },
        { "comments", "# a\n", "1:1+0 no instructions" },
    };

    check_notes(state, rows, COUNT(rows));
    assert_false(read_text(state, "")->notes.list.at[0].has_place);
    assert_true(read_text(state, "# a")->notes.list.at[0].has_place);
}

static void
a_line_over_the_limit_cuts_the_file(void **state)
{
    static const struct scl_docker_limits limits = { .line_bytes = 10 };
    struct scl_text out = { 0 };
    struct reading *reading = read_bytes(state, SCL_S("FROM a1234\nRUN 1234567\nRUN b\n"), &limits);

    print_notes(&out, reading);
    check_text(scl_text_str(&out), "2:1+1 line of 11 bytes, over the limit of 10", "the note");
    check_number(reading->file.count, 1, "what stands before");
    assert_true(reading->file.is_cut);
    scl_text_finish(&out);
}

static void
the_limit_of_a_line_counts_its_cr_but_not_its_lf(void **state)
{
    static const struct scl_docker_limits limits = { .line_bytes = 7 };

    assert_false(read_bytes(state, SCL_S("FROM a\r\nFROM ab\n"), &limits)->file.is_cut);
    assert_true(read_bytes(state, SCL_S("FROM ab\r\n"), &limits)->file.is_cut);
}

static void
the_default_limit_of_a_line_is_65535_bytes(void **state)
{
    struct scl_text text = { 0 };

    scl_text_c(&text, "FROM a\nRUN ");
    scl_text_fill(&text, 'x', 65531);
    assert_false(read_bytes(state, scl_text_str(&text), NULL)->file.is_cut);
    scl_text_char(&text, 'x');
    assert_true(read_bytes(state, scl_text_str(&text), NULL)->file.is_cut);
    scl_text_finish(&text);
}

static void
a_limit_of_nodes_cuts_the_file(void **state)
{
    static const struct scl_docker_limits limits = { .nodes = 6 };
    struct scl_text out = { 0 };
    struct reading *reading = read_bytes(state, SCL_S("FROM a\nRUN b\nEXPOSE 1 2 3\nRUN c\n"),
                                         &limits);

    print_notes(&out, reading);
    check_text(scl_text_str(&out), "3:1+0 more than the limit of 6 nodes", "the note");
    check_number(reading->file.count, 3, "the last is kept as far as it goes");
    assert_true(reading->file.is_cut);
    scl_text_finish(&out);
}

static void
a_thousand_errors_are_enough(void **state)
{
    struct scl_text text = { 0 };
    struct reading *reading;

    for (int i = 0; i < 3000; i++)
        scl_text_c(&text, "X\n");
    reading = read_bytes(state, scl_text_str(&text), NULL);
    check_number(reading->notes.list.count, 1000, "notes");
    assert_true(reading->file.is_cut);
    check_text(reading->notes.list.at[999].hints.at[0].text,
               "the rest of the file is not read: it has 1000 errors", "the last one says so");
    scl_text_finish(&text);
}

SUITE(
    CASE(lines_are_joined_as_buildkit_joins_them),
    CASE(the_last_escape_character_needs_another_before_it_not_to_continue),
    CASE(every_byte_of_a_joined_line_knows_its_place),
    CASE(a_slice_of_another_text_has_the_place_of_the_instruction),
    CASE(a_line_that_stands_alone_is_not_copied),
    CASE(a_blank_line_in_a_continuation_is_kept_as_a_fact),
    CASE(comments_belong_to_the_next_instruction),
    CASE(directives_are_found_where_buildkit_finds_them),
    CASE(a_directive_knows_its_place_and_is_no_comment),
    CASE(errors_of_directives_are_noted),
    CASE(a_file_with_nothing_in_it_is_noted),
    CASE(a_line_over_the_limit_cuts_the_file),
    CASE(the_limit_of_a_line_counts_its_cr_but_not_its_lf),
    CASE(the_default_limit_of_a_line_is_65535_bytes),
    CASE(a_limit_of_nodes_cuts_the_file),
    CASE(a_thousand_errors_are_enough))
