/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_error.c: errors and buffers
 */
#include "judged.h"

#include "base/error.h"

static const char misspelled[] = "return policy {\n"
                                 "  id = \"acme/one\", title = \"A hazard\", severty = \"low\",\n"
                                 "}\n";

static scantling_error *
compile_wrong(const char *first, const char *second)
{
    const char *const policies[] = { first, second, NULL };
    scantling_config *config = test_config(policies);
    scantling_error *error = NULL;

    assert_null(scantling_engine_new(config, &error));
    scantling_config_free(config);
    assert_non_null(error);
    return error;
}

static void
no_error_reads_as_nothing(void **state)
{
    scantling_mark mark;
    size_t length = 7;

    (void)state;
    assert_int_equal(scantling_error_status(NULL), SCANTLING_STATUS_OK);
    assert_string_equal(scantling_error_message(NULL, &length), "");
    assert_int_equal(length, 0);
    assert_string_equal(scantling_error_message(NULL, NULL), "");
    assert_int_equal(scantling_error_mark(NULL, &mark, sizeof mark), 0);
    length = 7;
    assert_null(scantling_error_suggestion(NULL, 0, &length));
    assert_int_equal(length, 0);
    assert_null(scantling_error_next(NULL));
    scantling_error_free(NULL);
}

static void
the_first_error_is_kept(void **state)
{
    scantling_error *error = NULL, *first;
    size_t length;

    (void)state;
    assert_null(scantling_engine_new(NULL, &error));
    first = error;
    assert_non_null(first);
    assert_null(scantling_document_new(NULL, &error));
    assert_null(scantling_project_judge(NULL, 0, &error));
    assert_ptr_equal(error, first);
    assert_string_equal(scantling_error_message(error, &length), "config is NULL");
    assert_int_equal(length, strlen("config is NULL"));
    check_error(&error, ARGUMENT, "config is NULL");
}

static void
an_earlier_error_survives_calls_that_succeed(void **state)
{
    scantling_error *error = NULL;
    scantling_config *config;

    (void)state;
    assert_null(scantling_engine_new(NULL, &error));
    config = scantling_config_new(&error);
    assert_non_null(config);
    scantling_config_free(config);
    check_error(&error, ARGUMENT, "config is NULL");
}

static void
nobody_need_ask_for_the_error(void **state)
{
    scantling_config *config = scantling_config_new(NULL);

    (void)state;
    scantling_config_set_int(config, 0, 1);
    assert_null(scantling_engine_new(config, NULL));
    assert_null(scantling_engine_new(NULL, NULL));
    assert_null(scantling_report_merge(NULL, 0, NULL));
    scantling_config_free(config);
}

static void
an_error_has_a_place_and_what_might_have_been_meant(void **state)
{
    scantling_error *error = compile_wrong(misspelled, NULL);
    scantling_mark mark;
    size_t length = 0;

    (void)state;
    assert_int_equal(scantling_error_mark(error, &mark, sizeof mark), 1);
    assert_string_equal(mark.path, "p1.lua");
    assert_int_equal(mark.path_length, 6);
    assert_int_equal(mark.line, 2);
    assert_int_equal(mark.column, 40);
    assert_int_equal(mark.end_column, 47);
    assert_int_equal(mark.length, strlen("severty"));
    assert_memory_equal(misspelled + mark.offset, "severty", 7);
    assert_int_equal(mark.document, SCANTLING_NONE);
    assert_int_equal(mark.kind, SCANTLING_MARK_ERROR);
    assert_string_equal(mark.text, "");
    assert_string_equal(scantling_error_suggestion(error, 0, &length),
                        "did you mean 'severity'?");
    assert_int_equal(length, strlen("did you mean 'severity'?"));
    assert_null(scantling_error_suggestion(error, 1, &length));
    assert_int_equal(length, 0);
    assert_null(scantling_error_next(error));
    check_error(&error, POLICY, "policy: unknown key 'severty'");
}

static void
every_problem_of_a_call_is_told(void **state)
{
    scantling_error *error = compile_wrong(misspelled, "return 1\n");
    const scantling_error *next = scantling_error_next(error);
    scantling_mark mark;

    (void)state;
    assert_non_null(next);
    assert_int_equal(scantling_error_status(next), SCANTLING_STATUS_POLICY);
    assert_int_equal(scantling_error_mark(next, &mark, sizeof mark), 1);
    assert_string_equal(mark.path, "p2.lua");
    assert_null(scantling_error_next(next));
    scantling_error_free(error);
}

static void
an_error_without_a_place_fills_nothing_in(void **state)
{
    scantling_error *error = NULL;
    scantling_mark mark = { .line = 77 };

    (void)state;
    assert_null(scantling_engine_new(NULL, &error));
    assert_int_equal(scantling_error_mark(error, &mark, sizeof mark), 0);
    assert_int_equal(mark.line, 77);
    assert_null(scantling_error_suggestion(error, 0, NULL));
    scantling_error_free(error);
}

/* A client of a later header gives a longer struct; one shorter than at level 1 gets nothing. */
static void
marks_of_other_sizes_are_filled_as_far_as_they_go(void **state)
{
    scantling_error *error = compile_wrong(misspelled, NULL);
    struct {
        scantling_mark mark;
        uint64_t later[2];
    } longer;

    (void)state;
    memset(&longer, 0xAA, sizeof longer);
    assert_int_equal(scantling_error_mark(error, &longer.mark, sizeof longer), 1);
    assert_int_equal(longer.mark.line, 2);
    assert_int_equal(longer.later[0], 0);
    assert_int_equal(longer.later[1], 0);
    memset(&longer, 0xAA, sizeof longer);
    assert_int_equal(scantling_error_mark(error, &longer.mark, sizeof longer.mark - 8), 0);
    assert_int_equal(longer.mark.line, 0xAAAAAAAA);
    assert_int_equal(scantling_error_mark(error, NULL, sizeof longer.mark), 0);
    scantling_error_free(error);
}

static void
a_buffer_has_its_bytes_and_a_nul(void **state)
{
    scantling_document *document = test_read("Dockerfile", "FROM a:1\n");
    scantling_buffer *buffer = scantling_document_render(document, "json", 4, NULL);
    size_t length = 0;
    const char *bytes = scantling_buffer_bytes(buffer, &length);

    (void)state;
    assert_true(length > 10);
    assert_int_equal(strlen(bytes), length);
    assert_ptr_equal(scantling_buffer_bytes(buffer, NULL), bytes);
    scantling_document_unref(document);
    assert_int_equal(bytes[0], '{');
    scantling_buffer_free(buffer);
}

static void
no_buffer_is_empty(void **state)
{
    size_t length = 7;

    (void)state;
    assert_string_equal(scantling_buffer_bytes(NULL, &length), "");
    assert_int_equal(length, 0);
    scantling_buffer_free(NULL);
}

/* Each setter that is refused adds one: a walk to the end for each would take minutes. */
static void
many_problems_are_kept_in_their_order(void **state)
{
    enum { MANY = 200000 };
    scantling_error *chain = NULL;
    const scantling_error *error;
    char message[20];
    int count = 0;

    (void)state;
    for (int i = 0; i < MANY; i++)
        scl_error_append(&chain, scl_error_new(SCANTLING_STATUS_ARGUMENT, "%d", i));
    for (error = chain; error; error = scantling_error_next(error)) {
        snprintf(message, sizeof message, "%d", count++);
        assert_string_equal(scantling_error_message(error, NULL), message);
    }
    check_number(count, MANY, "problems");
    scantling_error_free(chain);
}

SUITE(
    CASE(no_error_reads_as_nothing),
    CASE(the_first_error_is_kept),
    CASE(an_earlier_error_survives_calls_that_succeed),
    CASE(nobody_need_ask_for_the_error),
    CASE(an_error_has_a_place_and_what_might_have_been_meant),
    CASE(every_problem_of_a_call_is_told),
    CASE(many_problems_are_kept_in_their_order),
    CASE(an_error_without_a_place_fills_nothing_in),
    CASE(marks_of_other_sizes_are_filled_as_far_as_they_go),
    CASE(a_buffer_has_its_bytes_and_a_nul),
    CASE(no_buffer_is_empty))
