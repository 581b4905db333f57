/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_errors.c: what is wrong with an instruction is noted at its place
 */
#include "test_dockerfile.h"

static void
unknown_names_are_noted(void **state)
{
    static const struct row rows[] = {
        { "an instruction", "FROM a\nRUNN npm ci\n",
          "2:1+4 unknown instruction RUNN (did you mean RUN?)" },
        { "of any case", "FROM a\nentrypint b", "2:1+9 unknown instruction entrypint "
                                                "(did you mean ENTRYPOINT?)" },
        { "like no other", "FROM a\n)", "2:1+1 unknown instruction )" },
        { "split by a continuation", "FROM a\nRU\\\nX b", "2:1+5 unknown instruction RUX "
                                                          "(did you mean RUN?)" },
        { "a flag", "FROM a\nCOPY --form=x b c",
          "2:6+6 unknown flag --form (did you mean --from?)" },
        { "flags are of one case", "FROM a\nCOPY --From=x b c",
          "2:6+6 unknown flag --From (did you mean --from?)" },
        { "where there are none", "FROM a\nENV --a=b C=d", "2:5+3 unknown flag --a" },
        { "each of them", "FROM a\nRUN --x --y z",
          "2:5+3 unknown flag --x\n2:9+3 unknown flag --y" },
        { "of ONBUILD", "FROM a\nONBUILD --x RUN a", "2:9+3 unknown flag --x" },
        { "not of ARG, STOPSIGNAL and HEALTHCHECK NONE",
          "FROM a\nARG --x=y A\nSTOPSIGNAL --x 9\nHEALTHCHECK --x=y none", "" },
        { "a name that is long is cut",
          "FROM a\nXxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
          "2:1+69 unknown instruction "
          "Xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
arguments_that_lack_are_noted(void **state)
{
    static const struct row rows[] = {
        { "FROM", "FROM", "1:1+4 FROM has no argument" },
        { "ENV", "FROM a\nENV", "2:1+3 ENV has no argument" },
        { "LABEL", "FROM a\nLABEL ", "2:1+5 LABEL has no argument" },
        { "ARG", "ARG\nFROM a", "1:1+3 ARG has no argument" },
        { "EXPOSE", "FROM a\nEXPOSE", "2:1+6 EXPOSE has no argument" },
        { "USER", "FROM a\nuser", "2:1+4 user has no argument" },
        { "WORKDIR", "FROM a\nWORKDIR", "2:1+7 WORKDIR has no argument" },
        { "VOLUME of nothing", "FROM a\nVOLUME []", "2:1+6 VOLUME has no argument" },
        { "STOPSIGNAL", "FROM a\nSTOPSIGNAL", "2:1+10 STOPSIGNAL has no argument" },
        { "MAINTAINER", "FROM a\nMAINTAINER", "2:1+10 MAINTAINER has no argument" },
        { "ONBUILD", "FROM a\nONBUILD", "2:1+7 ONBUILD has no argument" },
        { "HEALTHCHECK", "FROM a\nHEALTHCHECK", "2:1+11 HEALTHCHECK has no argument" },
        { "SHELL", "FROM a\nSHELL []", "2:1+5 SHELL has no argument" },
        { "COPY of one", "FROM a\nCOPY a", "2:1+4 COPY needs a source and a destination" },
        { "ADD of one in an array", "FROM a\nADD [\"a\"]",
          "2:1+3 ADD needs a source and a destination" },
        { "commands need none", "FROM a\nCMD\nENTRYPOINT\nRUN", "" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
arguments_of_a_wrong_form_are_noted(void **state)
{
    static const struct row rows[] = {
        { "two of FROM", "FROM a b", "1:8+1 FROM takes an image, or an image, AS and a name" },
        { "a comment behind FROM", "FROM a # c",
          "1:8+1 FROM takes an image, or an image, AS and a name" },
        { "a name of a stage", "FROM a AS 1x",
          "1:11+2 invalid stage name '1x' "
          "(begin with a letter, and use letters, digits, '-', '_' and '.')" },
        { "a name of a stage with a sign", "FROM a AS x/y",
          "1:11+3 invalid stage name 'x/y' "
          "(begin with a letter, and use letters, digits, '-', '_' and '.')" },
        { "a value that lacks", "FROM a\nENV A", "2:5+1 ENV A has no value" },
        { "a word without a value", "FROM a\nENV A=b C D=e", "2:9+1 no '=' in 'C'" },
        { "a word in quotes", "FROM a\nLABEL \"a=b\" \"c d\"", "2:13+5 no '=' in '\"c d\"'" },
        { "an empty name", "FROM a\nENV =b", "2:5+2 a name of ENV is empty" },
        { "an empty name of ARG", "ARG A =b\nFROM a", "1:7+2 a name of ARG is empty" },
        { "an array of numbers", "FROM a\nCMD [\"a\", 1, null]",
          "2:11+1 an array of CMD may hold only strings" },
        { "in a trigger too", "FROM a\nONBUILD CMD [{}]",
          "2:14+2 an array of CMD may hold only strings" },
        { "a shell", "FROM a\nSHELL bash -c", "2:7+7 SHELL needs a JSON array" },
        { "an empty volume", "FROM a\nVOLUME [\"/a\", \" \"]", "2:15+3 a path of VOLUME is empty" },
        { "a trigger of a trigger", "FROM a\nONBUILD onbuild RUN a",
          "2:9+7 onbuild cannot be triggered by ONBUILD" },
        { "FROM as a trigger", "FROM a\nONBUILD FROM b",
          "2:9+4 FROM cannot be triggered by ONBUILD" },
        { "MAINTAINER as a trigger", "FROM a\nONBUILD MAINTAINER b",
          "2:9+10 MAINTAINER cannot be triggered by ONBUILD" },
        { "a line that goes on into nothing", "FROM a\n\\\n",
          "2:1+1 a line continues, but the file ends" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
values_of_flags_are_noted(void **state)
{
    static const struct row rows[] = {
        { "no value", "FROM a\nCOPY --from b c", "2:6+6 flag --from has no value" },
        { "truth without a value", "FROM a\nCOPY --link= b c", "2:6+7 flag --link has no value" },
        { "no truth", "FROM a\nCOPY --link=1 b c",
          "2:13+1 flag --link is neither true nor false: '1'" },
        { "twice", "FROM a\nCOPY --from=x --from=y b c",
          "2:15+8 flag --from is given twice (first given at)" },
        { "a network", "FROM a\nRUN --network=Host x",
          "2:15+4 invalid network mode 'Host' (use default, none or host)" },
        { "security", "FROM a\nRUN --security=x y",
          "2:16+1 invalid security mode 'x' (use sandbox or insecure)" },
        { "a mount without fields", "FROM a\nRUN --mount= x",
          "2:13+0 a mount or device has no fields" },
        { "a quote in a field", "FROM a\nRUN --mount='ta\"rget=/a' x",
          "2:16+1 a quote within a field" },
        { "a quoted field that does not end", "FROM a\nRUN --mount='a,\"b,c' x",
          "2:16+4 a quoted field has no end" },
        { "text behind a quoted field", "FROM a\nRUN --mount='\"a\"b' x",
          "2:14+2 a quoted field has no end" },
        { "a stage from a variable", "FROM a\nRUN --mount=target=/t,from=$X x",
          "2:28+2 'from' of a mount cannot hold a variable (name a stage: FROM ... AS name)" },
        { "a lone sign is none", "FROM a\nRUN --mount=from=x$,target=/t x", "" },
        { "a second device", "FROM a\nRUN --device=v/d=x,name=w/e=y x",
          "2:20+10 a second name of a device 'w/e=y'" },
        { "a field of a device", "FROM a\nRUN --device=v/d=x,foo x",
          "2:20+3 unknown device field 'foo'" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
the_hint_of_a_flag_given_twice_knows_where_it_was_first(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nCOPY --from=x --from=y b c");
    const struct scl_note_hint *hint = &reading->notes.list.at[0].hints.at[0];

    assert_true(hint->has_span);
    check_text(scl_source_text(&reading->source, hint->span), "--from=x", "the first");
}

static void
health_checks_are_judged(void **state)
{
    static const struct row rows[] = {
        { "another type", "FROM a\nHEALTHCHECK FOO x",
          "2:13+3 unknown type of HEALTHCHECK 'FOO' (use CMD or NONE)" },
        { "no command", "FROM a\nHEALTHCHECK CMD", "2:13+3 HEALTHCHECK CMD has no command" },
        { "no command in the array", "FROM a\nHEALTHCHECK CMD []",
          "2:13+3 HEALTHCHECK CMD has no command" },
        { "NONE with a command", "FROM a\nHEALTHCHECK NONE x",
          "2:18+1 HEALTHCHECK NONE takes no arguments" },
        { "no unit", "FROM a\nHEALTHCHECK --interval=5 CMD x",
          "2:24+1 --interval is no duration: '5' (write a unit, as in 30s)" },
        { "no number", "FROM a\nHEALTHCHECK --timeout=s CMD x",
          "2:23+1 --timeout is no duration: 's' (write a unit, as in 30s)" },
        { "too short", "FROM a\nHEALTHCHECK --interval=999us CMD x",
          "2:24+5 --interval is shorter than 1ms: '999us'" },
        { "negative", "FROM a\nHEALTHCHECK --start-period=-1s CMD x",
          "2:28+3 --start-period is shorter than 1ms: '-1s'" },
        { "beyond all measure", "FROM a\nHEALTHCHECK --timeout=9999999h CMD x",
          "2:23+8 --timeout is no duration: '9999999h' (write a unit, as in 30s)" },
        { "retries", "FROM a\nHEALTHCHECK --retries=x CMD x",
          "2:23+1 --retries is no whole number: 'x'" },
        { "negative retries", "FROM a\nHEALTHCHECK --retries=-1 CMD x",
          "2:23+2 --retries is negative: '-1'" },
        { "many retries", "FROM a\nHEALTHCHECK --retries=2147483648 CMD x",
          "2:23+10 --retries is no whole number: '2147483648'" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
durations_are_those_of_go(void **state)
{
    static const struct {
        const char *text;
        int64_t nanoseconds;
    } rows[] = {
        { "1m30s", INT64_C(90000000000) },    { "0", 0 },
        { "0s", 0 },                          { "1.5h", INT64_C(5400000000000) },
        { ".5s", 500000000 },                 { "1.s", 1000000000 },
        { "1h2m3s4ms5us6ns", INT64_C(3723004005006) },
        { "+2s", 2000000000 },                { "1000\xc2\xb5s", 1000000 },
        { "1.0000000001s", 1000000000 },      { "", 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 };
        const struct scl_docker_instruction *health;

        scl_text_f(&text, "FROM a\nHEALTHCHECK --interval=%s CMD x", rows[i].text);
        health = instruction_at(read_text(state, text.at), 1);
        assert_non_null(health->health);
        check_number(health->health->interval, rows[i].nanoseconds, rows[i].text);
        scl_text_finish(&text);
    }
}

static void
what_a_health_check_says_is_kept(void **state)
{
    struct reading *reading = read_text(
        state, "FROM a\nHEALTHCHECK --timeout=3s --start-period=4s --start-interval=5s "
               "--retries=6 CMD x\nHEALTHCHECK NONE\nHEALTHCHECK FOO\n");
    const struct scl_docker_health *health = instruction_at(reading, 1)->health;

    check_number(health->timeout, INT64_C(3000000000), "timeout");
    check_number(health->start_period, INT64_C(4000000000), "start period");
    check_number(health->start_interval, INT64_C(5000000000), "start interval");
    check_number(health->retries, 6, "retries");
    assert_false(health->is_none);
    assert_true(instruction_at(reading, 2)->health->is_none);
    assert_null(instruction_at(reading, 3)->health);
}

static void
only_arguments_may_stand_before_the_first_stage(void **state)
{
    static const struct row rows[] = {
        { "an argument", "ARG A=1\nFROM a", "" },
        { "a command", "RUN a\nFROM b\n", "1:1+3 RUN stands before the first FROM" },
        { "said once", "ENV A=b\nRUN c\nUSER d\n", "1:1+3 ENV stands before the first FROM" },
        { "a stage that is wrong is one", "FROM\nRUN a\n", "1:1+4 FROM has no argument" },
    };

    check_notes(state, rows, COUNT(rows));
}

static void
reading_goes_on_after_an_error(void **state)
{
    static const struct row rows[] = {
        { "what is right stays", "FROM a\nRUNN b\nCOPY c\nUSER d\n",
          "FROM 1-1 (a)\nRUNN 2-2 bad\nCOPY 3-3 (c) bad\nUSER 4-4 (d)" },
        { "pairs beside one that is wrong", "FROM a\nENV A=b C D=e",
          "FROM 1-1 (a)\nENV 2-2 (A)=(b) (D)=(e) bad" },
        { "flags beside one that is wrong", "FROM a\nCOPY --x --from=b c d",
          "FROM 1-1 (a)\nCOPY 2-2 --x --from=(b) (c) (d) bad" },
    };

    check_files(state, rows, COUNT(rows));
}

static void
every_note_is_an_error_with_the_code_of_readers(void **state)
{
    struct reading *reading = read_text(state, "RUNN\nCOPY\nRUN --x <<E\n");

    assert_int_equal(reading->notes.list.count, 5);
    for (uint32_t i = 0; i < reading->notes.list.count; i++) {
        assert_int_equal(reading->notes.list.at[i].kind, SCL_NOTE_ERROR);
        assert_string_equal(reading->notes.list.at[i].code, SCL_NOTE_CODE);
    }
}

SUITE(
    CASE(unknown_names_are_noted),
    CASE(arguments_that_lack_are_noted),
    CASE(arguments_of_a_wrong_form_are_noted),
    CASE(values_of_flags_are_noted),
    CASE(the_hint_of_a_flag_given_twice_knows_where_it_was_first),
    CASE(health_checks_are_judged),
    CASE(durations_are_those_of_go),
    CASE(what_a_health_check_says_is_kept),
    CASE(only_arguments_may_stand_before_the_first_stage),
    CASE(reading_goes_on_after_an_error),
    CASE(every_note_is_an_error_with_the_code_of_readers))
