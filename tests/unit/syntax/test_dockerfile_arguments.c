/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_arguments.c: flags, words, pairs, JSON arrays, triggers
 */
#include "test_dockerfile.h"

static void
lists_split_at_blanks_and_know_no_quotes(void **state)
{
    static const struct row rows[] = {
        { "words", "EXPOSE 80  443/tcp\t$P", "EXPOSE 2-2 (80) (443/tcp) ($P)" },
        { "quotes are text", "COPY \"a b\" /c", "COPY 2-2 (\"a) (b\") (/c)" },
        { "a word over two lines", "EXPOSE 8\\\n0 90", "EXPOSE 2-3 (80|8\\\n0) (90)" },
        { "the rest is one word", "WORKDIR /a b ", "WORKDIR 2-2 (/a b)" },
        { "quotes stay", "USER \"a b\"", "USER 2-2 (\"a b\")" },
        { "a stage", "FROM b:1 as Name", "FROM 2-2 (b:1) (as) (Name)" },
        { "a no-break space is part of a word", "EXPOSE 1\xc2\xa0" "2",
          "EXPOSE 2-2 (1\xc2\xa0" "2)" },
        { "commands are one text", "RUN a  'b c' # d", "RUN 2-2 shell (a  'b c' # d)" },
        { "no command", "RUN", "RUN 2-2 shell" },
        { "nor CMD", "CMD  ", "CMD 2-2 shell" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
flags_lose_quotes_and_backslashes_but_not_their_places(void **state)
{
    static const struct row rows[] = {
        { "flags end at the first other word", "COPY --from=a --link b --c d",
          "COPY 2-2 --from=(a) --link (b) (--c) (d)" },
        { "two dashes end them", "RUN --network=none -- --foo",
          "RUN 2-2 shell --network=(none) (--foo)" },
        { "with nothing behind", "RUN --", "RUN 2-2 shell" },
        { "an empty value", "FROM --platform= b", "FROM 2-2 --platform=() (b)" },
        { "double quotes", "COPY --chown=\"a b\" c d", "COPY 2-2 --chown=(a b|\"a b\") (c) (d)" },
        { "single quotes in the middle", "COPY --chown=a'b c'd e f",
          "COPY 2-2 --chown=(ab cd|a'b c'd) (e) (f)" },
        { "a backslash takes the next byte", "COPY --chown=a\\ b c d",
          "COPY 2-2 --chown=(a b|a\\ b) (c) (d)" },
        { "in quotes too", "COPY --chown='a\\'b' c d", "COPY 2-2 --chown=(a'b|'a\\'b') (c) (d)" },
        { "whatever the name has", "COPY --ch\"own\"=a c d", "COPY 2-2 --chown=(a) (c) (d)" },
        { "over lines", "COPY --chown=a\\\nb c d", "COPY 2-3 --chown=(ab|a\\\nb) (c) (d)" },
        { "letters keep their bytes", "COPY --from=\xc3\xa0x a b",
          "COPY 2-2 --from=(\xc3\xa0x) (a) (b)" },
        { "a word that begins with a quote is none", "RUN \"--mount=x\" y",
          "RUN 2-2 shell (\"--mount=x\" y)" },
        { "nor one dash", "RUN -x a", "RUN 2-2 shell (-x a)" },
        { "where none are known they are dropped", "ARG --foo=b A", "ARG 2-2 --foo=(b) (A)" },
        { "lists may come again", "COPY --exclude=a --exclude=b c d",
          "COPY 2-2 --exclude=(a) --exclude=(b) (c) (d)" },
        { "truth of any case", "ADD --link=TRUE --unpack=False a b",
          "ADD 2-2 --link=(TRUE) --unpack=(False) (a) (b)" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
the_place_of_a_flag_is_all_of_it(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nCOPY --chown=\"a b\" --link c d\n");
    const struct scl_docker_flag *flags = instruction_at(reading, 1)->flags;

    check_text(scl_source_text(&reading->source, flags[0].span), "--chown=\"a b\"", "the flag");
    check_text(scl_source_text(&reading->source, flags[0].name_span), "--chown", "its name");
    check_text(scl_source_text(&reading->source, flags[0].value_span), "\"a b\"", "its value");
    check_text(scl_source_text(&reading->source, flags[1].span), "--link", "without a value");
    check_text(scl_source_text(&reading->source, flags[1].name_span), "--link", "its name");
    assert_true(flags[0].is_known && flags[1].is_known);
    assert_true(flags[0].has_value && !flags[1].has_value);
}

static void
names_with_values_keep_their_quotes(void **state)
{
    static const struct row rows[] = {
        { "pairs", "ENV A=b C=d", "ENV 2-2 (A)=(b) (C)=(d)" },
        { "quotes group", "ENV A=\"b c\" D='e f'", "ENV 2-2 (A)=(\"b c\") (D)=('e f')" },
        { "escapes join", "ENV A=b\\ c D=\\\"e", "ENV 2-2 (A)=(b\\ c) (D)=(\\\"e)" },
        { "an escaped quote in double quotes", "ENV A=\"b\\\" C=d\" E=f",
          "ENV 2-2 (A)=(\"b\\\" C=d\") (E)=(f)" },
        { "no escapes in single quotes", "ENV A='b\\' C=d", "ENV 2-2 (A)=('b\\') (C)=(d)" },
        { "an open quote runs on", "ENV A=\"b c D=e", "ENV 2-2 (A)=(\"b c D=e)" },
        { "the first sign parts them", "ENV A=b=c", "ENV 2-2 (A)=(b=c)" },
        { "an empty value", "ENV A= B=\"\"", "ENV 2-2 (A)=() (B)=(\"\")" },
        { "a quoted name", "ENV \"A B\"=c", "ENV 2-2 (\"A B\")=(c)" },
        { "the old form", "ENV A b  c=d", "ENV 2-2 legacy(A)=(b  c=d)" },
        { "bytes of the old form stay", "ENV A\xff b\xfe", "ENV 2-2 legacy(A\xff)=(b\xfe)" },
        { "the old form of LABEL", "LABEL a \"b c\"", "LABEL 2-2 legacy(a)=(\"b c\")" },
        { "over lines", "LABEL a=b \\\n c=\"d\\\ne\"",
          "LABEL 2-4 (a)=(b) (c)=(\"de\"|\"d\\\ne\")" },
        { "a no-break space parts pairs", "ENV A=b\xc2\xa0" "C=d", "ENV 2-2 (A)=(b) (C)=(d)" },
        { "bad bytes are replaced", "ENV A=\xff\xfe",
          "ENV 2-2 (A)=(\xef\xbf\xbd\xef\xbf\xbd|\xff\xfe)" },
        { "arguments", "ARG A B= C=\"d e\"", "ARG 2-2 (A) (B)=() (C)=(\"d e\")" },
        { "an escape at the very end is dropped", "ENV A=b\\\\\\", "ENV 2-2 (A)=(b\\\\)" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
the_escape_character_rules_pairs(void **state)
{
    struct scl_text out = { 0 };
    struct reading *reading = read_text(state, "# escape=`\nFROM a\n"
                                               "ENV A=b` c D=\"e`\"f\" G=\\h\n");

    print_instruction(&out, reading, instruction_at(reading, 1));
    check_text(scl_text_str(&out), "ENV 3-3 (A)=(b` c) (D)=(\"e`\"f\") (G)=(\\h)", "backticks");
    scl_text_finish(&out);
}

static void
json_arrays_are_what_go_takes_for_them(void **state)
{
    static const struct row rows[] = {
        { "strings", "RUN [\"a\", \"b c\"]", "RUN 2-2 exec (a|\"a\") (b c|\"b c\")" },
        { "none", "CMD []", "CMD 2-2 exec" },
        { "blanks around", "CMD \t[ \"a\" , \"b\" ] ", "CMD 2-2 exec (a|\"a\") (b|\"b\")" },
        { "escapes", "CMD [\"\\u00e9\\n\\/\\\"\"]",
          "CMD 2-2 exec (\xc3\xa9\n/\"|\"\\u00e9\\n\\/\\\"\")" },
        { "surrogates", "CMD [\"\\ud83d\\ude00\\ud800\\ud800\\u0041\"]",
          "CMD 2-2 exec (\xf0\x9f\x98\x80\xef\xbf\xbd\xef\xbf\xbd"
          "A|\"\\ud83d\\ude00\\ud800\\ud800\\u0041\")" },
        { "bad bytes", "CMD [\"\xff\"]", "CMD 2-2 exec (\xef\xbf\xbd|\"\xff\")" },
        { "over lines", "CMD [\"a\", \\\n# c\n \"b\"]", "CMD 2-4 exec (a|\"a\") (b|\"b\")" },
        { "behind flags", "RUN --network=none [\"a\"]",
          "RUN 2-2 exec --network=(none) (a|\"a\")" },
        { "text behind it", "CMD [\"a\"] x", "CMD 2-2 shell ([\"a\"] x)" },
        { "single quotes", "CMD ['a']", "CMD 2-2 shell (['a'])" },
        { "a comma too many", "CMD [\"a\",]", "CMD 2-2 shell ([\"a\",])" },
        { "no end", "CMD [\"a\"", "CMD 2-2 shell ([\"a\")" },
        { "an unknown escape", "CMD [\"\\z\"]", "CMD 2-2 shell ([\"\\z\"])" },
        { "a short code", "CMD [\"\\u00\"]", "CMD 2-2 shell ([\"\\u00\"])" },
        { "a raw tab", "CMD [\"a\tb\"]", "CMD 2-2 shell ([\"a\tb\"])" },
        { "a number too large", "CMD [1e999]", "CMD 2-2 shell ([1e999])" },
        { "a test of the shell", "RUN [ -f a ] && b", "RUN 2-2 shell ([ -f a ] && b)" },
        { "and of bash", "RUN [[ a ]]", "RUN 2-2 shell ([[ a ]])" },
        { "a number is an error", "CMD [\"a\", 1]", "CMD 2-2 exec bad" },
        { "and so is a list", "CMD [[\"a\"]]", "CMD 2-2 exec bad" },
        { "an object", "CMD [{\"a\": [1, {\"b\": null}]}]", "CMD 2-2 exec bad" },
        { "the largest number", "CMD [1.7976931348623157e308]", "CMD 2-2 exec bad" },
        { "halfway above it", "CMD [1.7976931348623159e308]",
          "CMD 2-2 shell ([1.7976931348623159e308])" },
        { "many digits", "CMD [0.000001e314]", "CMD 2-2 exec bad" },
        { "paths", "COPY [\"a b\", \"/c\"]", "COPY 2-2 exec (a b|\"a b\") (/c|\"/c\")" },
        { "paths that are no array", "COPY [\"a\"] /b", "COPY 2-2 ([\"a\"]) (/b)" },
        { "volumes", "VOLUME [\"/a b\"]", "VOLUME 2-2 exec (/a b|\"/a b\")" },
        { "a health check", "HEALTHCHECK CMD [\"a\"]", "HEALTHCHECK 2-2 exec (CMD) (a|\"a\")" },
        { "a health check for a shell", "HEALTHCHECK --retries=2 cmd a b",
          "HEALTHCHECK 2-2 shell --retries=(2) (cmd) (a b)" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
an_array_may_be_nested_ten_thousand_deep(void **state)
{
    struct scl_text text = { 0 };
    struct reading *reading;

    for (int depth = 10000; depth <= 10001; depth++) {
        scl_text_clear(&text);
        scl_text_c(&text, "FROM a\nCMD ");
        scl_text_fill(&text, '[', (size_t)depth);
        scl_text_fill(&text, ']', (size_t)depth);
        reading = read_bytes(state, scl_text_str(&text), NULL);
        check_number(instruction_at(reading, 1)->form,
                     depth == 10000 ? SCL_DOCKER_FORM_EXEC : SCL_DOCKER_FORM_SHELL, "depth");
    }
    scl_text_finish(&text);
}

static void
triggers_are_taken_apart_but_not_judged(void **state)
{
    static const struct row rows[] = {
        { "a command", "ONBUILD RUN  a   b", "ONBUILD 2-2 -> RUN 2-2 shell (a   b)" },
        { "flags", "ONBUILD COPY --from=x a b", "ONBUILD 2-2 -> COPY 2-2 --from=(x) (a) (b)" },
        { "an array", "onbuild CMD [\"a\"]", "onbuild 2-2 -> CMD 2-2 exec (a|\"a\")" },
        { "an unknown one", "ONBUILD FOO bar", "ONBUILD 2-2 -> FOO 2-2" },
        { "too few arguments", "ONBUILD COPY a", "ONBUILD 2-2 -> COPY 2-2 (a)" },
        { "flags that are not known", "ONBUILD RUN --foo a",
          "ONBUILD 2-2 -> RUN 2-2 shell --foo (a)" },
        { "over lines", "ONBUILD \\\nRUN a \\\n b",
          "ONBUILD 2-4 -> RUN 3-4 shell (a  b|a \\\n b)" },
        { "pairs that are wrong", "ONBUILD ENV A=b C", "ONBUILD 2-2 bad -> ENV 2-2 (A)=(b) bad" },
        { "a chain", "ONBUILD ONBUILD RUN a",
          "ONBUILD 2-2 bad -> ONBUILD 2-2 -> RUN 2-2 shell (a)" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
a_chain_of_triggers_ends(void **state)
{
    struct scl_text text = { 0 };
    const struct scl_docker_instruction *each;
    struct reading *reading;
    int depth = 0;

    scl_text_c(&text, "FROM a\n");
    for (int i = 0; i < 5000; i++)
        scl_text_c(&text, "ONBUILD ");
    reading = read_bytes(state, scl_text_str(&text), NULL);
    for (each = instruction_at(reading, 1); each->trigger; each = each->trigger)
        depth++;
    assert_in_range(depth, 1, 8);
    scl_text_finish(&text);
}

static void
flags_know_the_escape_character_of_the_file(void **state)
{
    struct reading *reading =
        read_text(state, "# escape=`\nFROM a\nCOPY --from=C:\\x --chown=a` b c d");
    const struct scl_docker_flag *flags = instruction_at(reading, 1)->flags;

    check_number(instruction_at(reading, 1)->flag_count, 2, "flags");
    check_text(flags[0].value, "C:\\x", "a backslash is a backslash");
    check_text(flags[1].value, "a b", "an escaped blank");
}

static void
the_rest_is_what_stands_behind_the_flags(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nRUN --network=none  a b \n");

    check_text(instruction_at(reading, 1)->rest, "a b", "of RUN");
    check_text(instruction_at(reading, 0)->rest, "a", "of FROM");
}

SUITE(
    CASE(lists_split_at_blanks_and_know_no_quotes),
    CASE(flags_lose_quotes_and_backslashes_but_not_their_places),
    CASE(flags_know_the_escape_character_of_the_file),
    CASE(the_place_of_a_flag_is_all_of_it),
    CASE(names_with_values_keep_their_quotes),
    CASE(the_escape_character_rules_pairs),
    CASE(json_arrays_are_what_go_takes_for_them),
    CASE(an_array_may_be_nested_ten_thousand_deep),
    CASE(triggers_are_taken_apart_but_not_judged),
    CASE(a_chain_of_triggers_ends),
    CASE(the_rest_is_what_stands_behind_the_flags))
