/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_source.c: one input, and what is set of it
 */
#include "judged.h"

static void
check_refused_at(const char *file, int line, struct test_setting setting, scantling_status status,
                 const char *message)
{
    scantling_source *source = scantling_source_new("Dockerfile", END, "FROM a:1\n", END, NULL);
    scantling_error *error = NULL;

    if (setting.text)
        scantling_source_set_text(source, setting.option, setting.text, END);
    else
        scantling_source_set_int(source, setting.option, setting.number);
    for (int again = 0; again < 2; again++) {
        scantling_document *document = scantling_document_new(source, &error);

        if (document)
            print_error("%s:%d: a document was made\n", file, line);
        scantling_document_unref(document);
        check_error_at(file, line, &error, status, message);
    }
    scantling_source_free(source);
}
#define check_refused(option, number, text, status, message) \
    check_refused_at(__FILE__, __LINE__, (struct test_setting){ option, number, text }, \
                     SCANTLING_STATUS_##status, (message))

/* The first note of a document: its text. */
static struct scl_str
first_note(void **state, scantling_document *document)
{
    scantling_mark mark;
    struct scl_str text = { "", 0 };

    assert_non_null(document);
    if (scantling_document_notes(document, 0, &mark, sizeof mark, 1))
        text = scl_str_n(scl_arena_copy(*state, mark.text, mark.text_length), mark.text_length);
    scantling_document_unref(document);
    return text;
}

static void
no_source_is_set_in_silence(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    scantling_source_set_int(NULL, SCANTLING_LIMIT_BYTES, 1);
    scantling_source_set_text(NULL, SCANTLING_OPTION_FORMAT, "dockerfile", END);
    scantling_source_add_file(NULL, "a", END, "b", END);
    scantling_source_free(NULL);
    assert_null(scantling_document_new(NULL, &error));
    check_error(&error, ARGUMENT, "source is NULL");
}

static void
a_name_tells_the_format(void **state)
{
    (void)state;
    assert_string_equal(scantling_format_for_name("web/Dockerfile", END), "dockerfile");
    assert_string_equal(scantling_format_for_name("web/Dockerfile.old", 14), "dockerfile");
    assert_string_equal(scantling_format_for_name("config.yaml", END), "");
    assert_null(scantling_format_for_name("main.c", END));
    assert_null(scantling_format_for_name("", 0));
    assert_null(scantling_format_for_name(NULL, 0));
    assert_null(scantling_format_for_name(NULL, END));
}

static void
bytes_are_copied(void **state)
{
    char name[] = "Dockerfile", bytes[] = "FROM a:1\nUSER root\n";
    scantling_source *source = scantling_source_new(name, END, bytes, END, NULL);
    scantling_document *document;

    (void)state;
    memset(name, 'x', sizeof name - 1);
    memset(bytes, 'x', sizeof bytes - 1);
    document = scantling_document_new(source, NULL);
    scantling_source_free(source);
    assert_string_equal(scantling_document_format(document), "dockerfile");
    assert_non_null(scantling_document_subject(document, 1));
    scantling_document_unref(document);
}

/* NULL is one of two things, by its length. */
static void
unreadable_is_not_empty(void **state)
{
    scantling_source *source = scantling_source_new("Dockerfile", END, NULL, END, NULL);

    check_text(first_note(state, scantling_document_new(source, NULL)), "could not be read",
               "NULL up to its NUL");
    scantling_source_free(source);
    source = scantling_source_new("Dockerfile", END, NULL, 0, NULL);
    check_text(first_note(state, scantling_document_new(source, NULL)), "empty file",
               "NULL of no length");
    scantling_source_free(source);
    source = scantling_source_new(NULL, END, "FROM a:1\n", END, NULL);
    assert_non_null(source);
    scantling_document_unref(scantling_document_new(source, NULL));
    scantling_source_free(source);
}

static void
a_length_may_be_shorter_than_the_text(void **state)
{
    scantling_source *source =
        scantling_source_new("Dockerfile/other", 10, "FROM a:1\nUSRE root\n", 9, NULL);
    scantling_document *document = scantling_document_new(source, NULL);

    assert_string_equal(scantling_document_format(document), "dockerfile");
    check_text(first_note(state, document), "", "the second line was not given");
    scantling_source_free(source);
}

static void
unknown_options_are_refused_every_time(void **state)
{
    (void)state;
    check_refused(SCANTLING_OPTION_FORMAT, 0, "dokerfile", UNSUPPORTED,
                  "unknown format 'dokerfile'");
    check_refused(SCANTLING_OPTION_PACK, 0, "all", UNSUPPORTED, "a source has no text option 1");
    check_refused(99999, 0, "x", UNSUPPORTED, "a source has no text option 99999");
    check_refused(SCANTLING_OPTION_BUILD_ARG, 0, "NAME", ARGUMENT, "'NAME' has no '='");
    check_refused(SCANTLING_OPTION_VARIABLE, 0, "=x", ARGUMENT, "'=x' has no '='");
    check_refused(SCANTLING_OPTION_POD_TEMPLATE, 0, "Kind", ARGUMENT, "'Kind' has no '='");
    check_refused(SCANTLING_LIMIT_STEPS, 1, NULL, UNSUPPORTED, "a source has no number 203");
    check_refused(0, 1, NULL, UNSUPPORTED, "a source has no number 0");
    check_refused(SCANTLING_LIMIT_DEPTH, -3, NULL, ARGUMENT, "limit depth is negative");
    check_refused(SCANTLING_LIMIT_DEPTH, 1001, NULL, ARGUMENT, "limit depth is 1000 at most");
}

static void
a_refused_format_suggests_the_nearest(void **state)
{
    scantling_source *source = scantling_source_new("x", END, "FROM a:1\n", END, NULL);
    scantling_error *error = NULL;

    (void)state;
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "dokerfile", END);
    scantling_source_set_int(source, SCANTLING_LIMIT_STEPS, 1);
    assert_null(scantling_document_new(source, &error));
    assert_string_equal(scantling_error_suggestion(error, 0, NULL), "did you mean 'dockerfile'?");
    assert_int_equal(scantling_error_status(scantling_error_next(error)),
                     SCANTLING_STATUS_UNSUPPORTED);
    scantling_error_free(error);
    scantling_source_free(source);
}

static void
a_format_given_wins_over_the_name(void **state)
{
    scantling_source *source = scantling_source_new("notes.txt", END, "FROM a:1\n", END, NULL);
    scantling_document *document;

    (void)state;
    scantling_source_set_text(source, SCANTLING_OPTION_FORMAT, "dockerfile", END);
    document = scantling_document_new(source, NULL);
    assert_string_equal(scantling_document_format(document), "dockerfile");
    scantling_document_unref(document);
    scantling_source_free(source);
}

/* The user of the image of a Dockerfile whose source is set otherwise. */
static struct scl_str
user_of(void **state, scantling_option option, const char *text)
{
    static const char dockerfile[] = "FROM a:1 AS one\nUSER one\nFROM a:1\nARG WHO\nUSER ${WHO}\n";
    scantling_source *source = scantling_source_new("Dockerfile", END, dockerfile, END, NULL);
    scantling_document *document;
    const scantling_subject *image;
    const char *user;
    size_t length;
    struct scl_str kept;

    if (option)
        scantling_source_set_text(source, option, text, END);
    document = scantling_document_new(source, NULL);
    image = scantling_document_subject(document, 1);
    user = scantling_node_text(
        image, scantling_node_find(image, SCANTLING_NODE_ROOT, "user.raw", END), &length);
    kept = scl_str_n(scl_arena_copy(*state, user, length), length);
    scantling_document_unref(document);
    scantling_source_free(source);
    return kept;
}

static void
build_arguments_and_targets_are_used(void **state)
{
    check_text(user_of(state, 0, NULL), "", "not known");
    check_text(user_of(state, SCANTLING_OPTION_BUILD_ARG, "WHO=me"), "me", "an argument");
    check_text(user_of(state, SCANTLING_OPTION_BUILD_ARG, "WHO=a=b"), "a=b",
               "the first equals sign divides");
    check_text(user_of(state, SCANTLING_OPTION_TARGET, "one"), "one", "another stage");
}

static void
each_limit_of_a_source_is_noted_when_reached(void **state)
{
    static const struct {
        const char *name, *text;
        scantling_option limit;
        int64_t value;
        const char *note;
    } rows[] = {
        { "Dockerfile", "FROM a:1\n", SCANTLING_LIMIT_BYTES, 5, "9 bytes, over the limit of 5" },
        { "Dockerfile", "FROM a:1\nRUN echo a long line it is\n", SCANTLING_LIMIT_LINE_BYTES, 20,
          "line of 26 bytes, over the limit of 20" },
        { "config.json",
          "{\"ociVersion\":\"1.0\",\"process\":{\"capabilities\":{\"bounding\":[]}}}",
          SCANTLING_LIMIT_DEPTH, 2, "nested deeper than the limit of 2" },
        { "config.json", "{\"ociVersion\":\"1.0\",\"process\":{\"cwd\":\"/\"},\"root\":{}}",
          SCANTLING_LIMIT_NODES, 3, "more than the limit of 3 nodes" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_source *source =
            scantling_source_new(rows[i].name, END, rows[i].text, END, NULL);

        scantling_source_set_int(source, rows[i].limit, rows[i].value);
        check_text(first_note(state, scantling_document_new(source, NULL)), rows[i].note,
                   scantling_enum_name(SCANTLING_ENUM_OPTION, rows[i].limit));
        scantling_source_set_int(source, rows[i].limit, 0);
        check_text(first_note(state, scantling_document_new(source, NULL)), "",
                   "nought is the default");
        scantling_source_free(source);
    }
}

/* A source that was read may be given more and read again; what was read stays as it was. */
static void
a_source_may_be_read_again(void **state)
{
    scantling_source *source =
        scantling_source_new("Dockerfile", END, "FROM a:1\nARG V\nUSER $V\n", END, NULL);
    scantling_document *before = scantling_document_new(source, NULL), *after;
    const scantling_subject *image = scantling_document_subject(before, 1);
    scantling_node user = scantling_node_find(image, SCANTLING_NODE_ROOT, "user.raw", END);

    (void)state;
    scantling_source_set_text(source, SCANTLING_OPTION_BUILD_ARG, "V=app", END);
    scantling_source_add_file(source, ".dockerignore", END, "*.md\n", END);
    scantling_source_add_file(source, "absent", END, NULL, END);
    scantling_source_set_text(source, SCANTLING_OPTION_ABOUT, "registry.example/app:1", END);
    scantling_source_set_text(source, SCANTLING_OPTION_VARIABLE, "A=b", END);
    after = scantling_document_new(source, NULL);
    scantling_source_free(source);
    assert_int_equal(scantling_node_state(image, user), SCANTLING_STATE_UNKNOWN);
    image = scantling_document_subject(after, 1);
    user = scantling_node_find(image, SCANTLING_NODE_ROOT, "user.raw", END);
    assert_string_equal(scantling_node_text(image, user, NULL), "app");
    scantling_document_unref(before);
    scantling_document_unref(after);
}

static void
a_kind_of_ones_own_holds_pods_where_it_is_said_to(void **state)
{
    scantling_source *source = scantling_source_new(
        "crunch.yaml", END,
        "apiVersion: example.com/v1\nkind: Crunch\nspec: {workers: [{pod: {spec: {containers: "
        "[{name: a}]}}}], podSpec: {containers: [{name: b}]}}\n",
        END, NULL);
    scantling_document *document = scantling_document_new(source, NULL);

    assert_null(scantling_document_subject(document, 0));
    scantling_document_unref(document);
    scantling_source_set_text(source, SCANTLING_OPTION_POD_TEMPLATE,
                              "Crunch.example.com=spec.workers.*.pod", END);
    scantling_source_set_text(source, SCANTLING_OPTION_POD_TEMPLATE, "Crunch=spec.podSpec", END);
    scantling_source_set_text(source, SCANTLING_OPTION_POD_TEMPLATE, "Crunch.apps=spec", END);
    document = scantling_document_new(source, NULL);
    assert_non_null(scantling_document_subject(document, 1));
    assert_null(scantling_document_subject(document, 2));
    check_text(first_note(state, document), "", "both are there, and the third is another kind");
    scantling_source_set_text(source, SCANTLING_OPTION_POD_TEMPLATE, "Crunch=spec.gone", END);
    document = scantling_document_new(source, NULL);
    check_text(first_note(state, document),
               "this Crunch has no pod at 'spec.gone', where it was said to be", "it is not there");
    scantling_source_free(source);
}

SUITE(
    CASE(no_source_is_set_in_silence),
    CASE(a_kind_of_ones_own_holds_pods_where_it_is_said_to),
    CASE(a_name_tells_the_format),
    CASE(bytes_are_copied),
    CASE(unreadable_is_not_empty),
    CASE(a_length_may_be_shorter_than_the_text),
    CASE(unknown_options_are_refused_every_time),
    CASE(a_refused_format_suggests_the_nearest),
    CASE(a_format_given_wins_over_the_name),
    CASE(build_arguments_and_targets_are_used),
    CASE(each_limit_of_a_source_is_noted_when_reached),
    CASE(a_source_may_be_read_again))
