/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_heredoc.c: heredocs of RUN, COPY and ADD
 */
#include "test_dockerfile.h"

static void
heredocs_are_found_and_read(void **state)
{
    static const struct row rows[] = {
        { "a body", "RUN <<EOF\na\n# b\n\\\nEOF\n",
          "RUN 2-6 shell (<<EOF) {EOF <<EOF: a\n# b\n\\\n}" },
        { "an empty body", "RUN <<EOF\nEOF", "RUN 2-3 shell (<<EOF) {EOF <<EOF: }" },
        { "a blank before the word", "RUN cat << EOF | sh\na\nEOF\n",
          "RUN 2-4 shell (cat << EOF | sh) {EOF << EOF: a\n}" },
        { "but not behind a dash", "RUN cat <<- EOF\n", "RUN 2-2 shell (cat <<- EOF)" },
        { "tabs", "RUN <<-E\n\ta\n\tE\n", "RUN 2-4 shell (<<-E) {E <<-E tabs: \ta\n}" },
        { "only tabs", "RUN <<-E\n  E\nE\n", "RUN 2-4 shell (<<-E) {E <<-E tabs:   E\n}" },
        { "quotes", "COPY <<'E O' /x\na\nE O\n",
          "COPY 2-4 (<<'E) (O') (/x) {E O <<'E O' quoted: a\n}" },
        { "half a quote", "COPY <<E\"O\"F /x\na\nEOF\n",
          "COPY 2-4 (<<E\"O\"F) (/x) {EOF <<E\"O\"F quoted: a\n}" },
        { "a backslash does not quote", "RUN <<\\EOF\nEOF\n",
          "RUN 2-3 shell (<<\\EOF) {EOF <<\\EOF: }" },
        { "a descriptor", "RUN cat 3<<E\nE\n", "RUN 2-3 shell (cat 3<<E) {E 3<<E fd=3: }" },
        { "a descriptor too large", "RUN 99999999999999999999<<E\nE\n",
          "RUN 2-3 shell (99999999999999999999<<E) {E 99999999999999999999<<E "
          "fd=18446744073709551615: }" },
        { "two of them", "RUN cat <<A - <<B\n1\nA\n2\nB\n",
          "RUN 2-6 shell (cat <<A - <<B) {A <<A: 1\n} {B <<B: 2\n}" },
        { "the word runs to the blank", "RUN cat <<E>f\nE\nE>f\n",
          "RUN 2-4 shell (cat <<E>f) {E>f <<E>f: E\n}" },
        { "variables are text", "RUN <<$E\n$E\n", "RUN 2-3 shell (<<$E) {$E <<$E: }" },
        { "with braces too", "RUN <<${E}\n${E}\n", "RUN 2-3 shell (<<${E}) {${E} <<${E}: }" },
        { "but not with a default", "RUN <<${E:-F}\n", "RUN 2-2 shell (<<${E:-F})" },
        { "nor in double quotes", "RUN <<\"${E-}\"\n", "RUN 2-2 shell (<<\"${E-}\")" },
        { "a default in single quotes is text", "RUN <<'${E-}'\n${E-}\n",
          "RUN 2-3 shell (<<'${E-}') {${E-} <<'${E-}' quoted: }" },
        { "a default beside it does no harm", "RUN echo ${E-a} <<F\nF\n",
          "RUN 2-3 shell (echo ${E-a} <<F) {F <<F: }" },
        { "a word before it", "RUN cat<<EOF\n", "RUN 2-2 shell (cat<<EOF)" },
        { "a here-string", "RUN cat <<<EOF\n", "RUN 2-2 shell (cat <<<EOF)" },
        { "in quotes", "RUN \"<<EOF\"\n", "RUN 2-2 shell (\"<<EOF\")" },
        { "an open quote means none", "RUN echo don't <<EOF\n",
          "RUN 2-2 shell (echo don't <<EOF)" },
        { "an open brace too", "RUN echo ${A <<EOF\n", "RUN 2-2 shell (echo ${A <<EOF)" },
        { "nothing in the quotes", "RUN <<\"\"\n", "RUN 2-2 shell (<<\"\")" },
        { "not in CMD", "CMD <<EOF\n", "CMD 2-2 shell (<<EOF)" },
        { "not in an array", "RUN [\"<<EOF\"]\n", "RUN 2-2 exec (<<EOF|\"<<EOF\")" },
        { "in a trigger", "ONBUILD RUN <<E\na\nE\n",
          "ONBUILD 2-4 {E <<E: a\n} -> RUN 2-4 shell (<<E) {E <<E: a\n}" },
        { "not in a trigger of another kind", "ONBUILD ENV A=<<E\n",
          "ONBUILD 2-2 -> ENV 2-2 (A)=(<<E)" },
        { "CR LF", "ADD <<E /d\r\nx\r\nE\r\n", "ADD 2-4 (<<E) (/d) {E <<E: x\r\n}" },
        { "behind a continuation", "RUN a \\\n <<E\nb\nE\n",
          "RUN 2-5 shell (a  <<E|a \\\n <<E) {E <<E: b\n}" },
        { "a flag may hold one", "RUN --network=none <<E\nE\n",
          "RUN 2-3 shell --network=(none) (<<E) {E <<E: }" },
        { "no end", "RUN <<E\na\n", "RUN 2-3 shell (<<E) {E| <<E: a\n} bad" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
a_backslash_escapes_in_the_word_whatever_the_escape_character_is(void **state)
{
    struct scl_text out = { 0 };
    struct reading *reading = read_text(state, "# escape=`\nFROM a\nRUN <<E`O\nE`O\nRUN b");

    print_file(&out, reading);
    check_text(scl_text_str(&out),
               "FROM 2-2 (a)\nRUN 3-4 shell (<<E`O) {E`O <<E`O: }\nRUN 5-5 shell (b)",
               "a backtick is text");
    scl_text_finish(&out);
}

static void
the_span_of_an_instruction_holds_its_heredocs(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nRUN <<A <<-B x\n1\nA\n2\n\tB\nRUN c");
    const struct scl_docker_instruction *run = instruction_at(reading, 1);

    check_text(scl_source_text(&reading->source, run->span), "RUN <<A <<-B x\n1\nA\n2\n\tB",
               "to the last terminator");
    check_text(scl_source_text(&reading->source, run->heredocs[1].terminator), "B",
               "the terminator without its tabs");
    check_number(run->last_line, 6, "and the lines too");
    check_text(run->text, "RUN <<A <<-B x", "the logical text has none of it");
}

static void
words_know_which_body_is_theirs(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nCOPY x <<A <<B <<A /d\n1\nA\n2\nB\n3\nA\n"
                                               "RUN <<E\nE\nRUN cat <<E\nE\n"
                                               "COPY [\"<<E\", \"/x\"]\nCOPY << E /d\nE\n");
    const struct scl_docker_instruction *copy = instruction_at(reading, 1);

    check_number(copy->words[0].heredoc, 0, "a path");
    check_number(copy->words[1].heredoc, 3, "of two bodies of a name the last one");
    check_number(copy->words[2].heredoc, 2, "the only one");
    check_number(copy->words[3].heredoc, 3, "as the first");
    check_number(copy->words[4].heredoc, 0, "the destination");
    check_number(instruction_at(reading, 2)->words[0].heredoc, 1, "a command that is a heredoc");
    check_number(instruction_at(reading, 3)->words[0].heredoc, 0, "a command that has one");
    check_number(instruction_at(reading, 4)->words[0].heredoc, SCL_DOCKER_NO_BODY,
                 "an array has no bodies");
    check_number(instruction_at(reading, 5)->words[0].heredoc, 0, "a blank parts the words");
}

static void
errors_of_heredocs_are_noted(void **state)
{
    static const struct row rows[] = {
        { "no end", "FROM a\nRUN cat <<EOF\na\n", "2:9+5 heredoc EOF has no end" },
        { "the second has none", "FROM a\nRUN <<A <<B\nA\n", "2:9+3 heredoc B has no end" },
        { "only the first is named", "FROM a\nRUN <<A <<B\n", "2:5+3 heredoc A has no end" },
        { "a destination", "FROM a\nCOPY a <<E\nE\n",
          "2:8+3 a heredoc cannot be the destination of COPY" },
        { "a destination in an array", "FROM a\nADD [\"a\", \"<<E\"]\n",
          "2:11+5 a heredoc cannot be the destination of ADD" },
        { "nothing is wrong", "FROM a\nRUN <<E\na\nE\nRUN b <<F\nF\n", "" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
words_are_heredocs_or_not(void **state)
{
    static const char *const yes[] = {
        "<<E", "<<'E'", "<<-E", "<<-\"E\"", "<< E", "<<- E", "1<<E",
    };
    static const char *const no[] = {
        "", "E", "<<", "<<-", "<E", "<<<E", "<<E x", "<<'E", "a<<E",
    };
    struct scl_docker_heredoc heredoc;

    for (size_t i = 0; i < COUNT(yes); i++) {
        assert_true(scl_docker_heredoc_word(*state, scl_str_c(yes[i]), &heredoc));
        check_text(heredoc.delimiter, "E", yes[i]);
    }
    for (size_t i = 0; i < COUNT(no); i++)
        assert_false(scl_docker_heredoc_word(*state, scl_str_c(no[i]), &heredoc));
}

SUITE(
    CASE(heredocs_are_found_and_read),
    CASE(a_backslash_escapes_in_the_word_whatever_the_escape_character_is),
    CASE(the_span_of_an_instruction_holds_its_heredocs),
    CASE(words_know_which_body_is_theirs),
    CASE(errors_of_heredocs_are_noted),
    CASE(words_are_heredocs_or_not))
