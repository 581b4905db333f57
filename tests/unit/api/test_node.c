/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_node.c: the values of a subject
 */
#include "judged.h"

static const char dockerfile[] = "FROM debian:12\n"
                                 "ARG V\n"
                                 "ENV A=one API_TOKEN=hunter2hunter2\n"
                                 "LABEL a.b=\"c d\" e=f\n"
                                 "EXPOSE 80 443/tcp\n"
                                 "USER 1000:app\n"
                                 "WORKDIR /srv/$V\n"
                                 "CMD [\"run\", \"it\"]\n";

struct opened {
    scantling_document *document;
    const scantling_subject *build, *image;
};

static struct opened
open_document(void)
{
    struct opened o = { .document = test_read("Dockerfile", dockerfile) };

    o.build = scantling_document_subject(o.document, 0);
    o.image = scantling_document_subject(o.document, 1);
    assert_non_null(o.image);
    return o;
}

static scantling_node
find(const scantling_subject *subject, const char *path)
{
    return scantling_node_find(subject, SCANTLING_NODE_ROOT, path, END);
}

static const char *
text_at(const scantling_subject *subject, const char *path)
{
    return scantling_node_text(subject, find(subject, path), NULL);
}

static void
no_subject_reads_as_nothing(void **state)
{
    scantling_error *error = NULL;
    scantling_mark mark;
    size_t length = 7;

    (void)state;
    assert_true(scantling_node_find(NULL, SCANTLING_NODE_ROOT, "user", END) ==
                SCANTLING_NODE_NONE);
    assert_true(scantling_node_at(NULL, 0) == SCANTLING_NODE_NONE);
    assert_true(scantling_node_child(NULL, SCANTLING_NODE_ROOT, 0) == SCANTLING_NODE_NONE);
    assert_string_equal(scantling_node_key(NULL, SCANTLING_NODE_ROOT, &length), "");
    assert_int_equal(length, 0);
    assert_int_equal(scantling_node_kind(NULL, SCANTLING_NODE_ROOT), SCANTLING_NODE_EMPTY);
    assert_int_equal(scantling_node_state(NULL, SCANTLING_NODE_ROOT), SCANTLING_STATE_ABSENT);
    assert_int_equal(scantling_node_int(NULL, SCANTLING_NODE_ROOT), 0);
    assert_string_equal(scantling_node_text(NULL, SCANTLING_NODE_ROOT, &length), "");
    assert_int_equal(
        scantling_node_origins(NULL, SCANTLING_NODE_ROOT, 0, &mark, sizeof mark, 1), 0);
    assert_null(scantling_node_render(NULL, SCANTLING_NODE_ROOT, "json", END, &error));
    check_error(&error, ARGUMENT, "subject is NULL");
}

static void
paths_lead_to_values(void **state)
{
    static const struct {
        const char *path, *text;
        int32_t kind;
        scantling_state state;
        int64_t number;
    } rows[] = {
        { "user.raw", "1000:app", SCANTLING_NODE_TEXT, SCANTLING_STATE_DECLARED, 0 },
        { "user.uid", "1000", SCANTLING_NODE_INT, SCANTLING_STATE_DERIVED, 1000 },
        { "user.is_root", "false", SCANTLING_NODE_BOOL, SCANTLING_STATE_DERIVED, 0 },
        { "user", "", SCANTLING_NODE_MAP, SCANTLING_STATE_DECLARED, 0 },
        { "base.tag", "12", SCANTLING_NODE_TEXT, SCANTLING_STATE_DERIVED, 0 },
        { "base.digest", "", SCANTLING_NODE_EMPTY, SCANTLING_STATE_ABSENT, 0 },
        { "labels[a.b]", "c d", SCANTLING_NODE_TEXT, SCANTLING_STATE_DECLARED, 0 },
        { "labels", "", SCANTLING_NODE_MAP, SCANTLING_STATE_DECLARED, 0 },
        { "env[A].value", "one", SCANTLING_NODE_TEXT, SCANTLING_STATE_DECLARED, 0 },
        { "env[2].name", "API_TOKEN", SCANTLING_NODE_TEXT, SCANTLING_STATE_DECLARED, 0 },
        { "env", "", SCANTLING_NODE_LIST, SCANTLING_STATE_DECLARED, 0 },
        { "working_dir", "", SCANTLING_NODE_EMPTY, SCANTLING_STATE_UNKNOWN, 0 },
        { "command[2]", "it", SCANTLING_NODE_TEXT, SCANTLING_STATE_DECLARED, 0 },
        { "author", "", SCANTLING_NODE_EMPTY, SCANTLING_STATE_UNKNOWN, 0 },
    };
    struct opened o = open_document();

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_node node = find(o.image, rows[i].path);
        size_t length;
        const char *text = scantling_node_text(o.image, node, &length);

        if (node == SCANTLING_NODE_NONE)
            print_error("%s is not found\n", rows[i].path);
        check_text(scl_str_n(text, length), rows[i].text, rows[i].path);
        assert_int_equal(text[length], '\0');
        check_number(scantling_node_kind(o.image, node), rows[i].kind, rows[i].path);
        check_number(scantling_node_state(o.image, node), rows[i].state, rows[i].path);
        check_number(scantling_node_int(o.image, node), rows[i].number, rows[i].path);
    }
    scantling_document_unref(o.document);
}

static void
what_is_not_there_is_none(void **state)
{
    static const char *const paths[] = { "usr", "user.is_rot", "env[3]", "env[0]", "env[B]",
                                         "labels[x]", "command[-1]", "user[1]", "env[", "user.",
                                         ".", "env[99999999999999999999]", "command[1].text" };
    struct opened o = open_document();
    scantling_mark mark;

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++)
        if (find(o.image, paths[i]) != SCANTLING_NODE_NONE) {
            print_error("%s is found\n", paths[i]);
            fail();
        }
    assert_int_equal(scantling_node_kind(o.image, SCANTLING_NODE_NONE), SCANTLING_NODE_EMPTY);
    assert_int_equal(scantling_node_state(o.image, SCANTLING_NODE_NONE), SCANTLING_STATE_ABSENT);
    assert_string_equal(scantling_node_text(o.image, SCANTLING_NODE_NONE, NULL), "");
    assert_int_equal(
        scantling_node_origins(o.image, SCANTLING_NODE_NONE, 0, &mark, sizeof mark, 1), 0);
    scantling_document_unref(o.document);
}

static void
paths_may_start_at_any_node_and_have_a_length(void **state)
{
    struct opened o = open_document();
    scantling_node user = find(o.image, "user");

    (void)state;
    assert_true(scantling_node_find(o.image, user, "uid", END) == find(o.image, "user.uid"));
    assert_true(scantling_node_find(o.image, SCANTLING_NODE_ROOT, "user.uid", 4) == user);
    assert_true(scantling_node_find(o.image, find(o.image, "env"), "[A]", END) ==
                find(o.image, "env[A]"));
    assert_true(scantling_node_find(o.image, SCANTLING_NODE_NONE, "user", END) ==
                SCANTLING_NODE_NONE);
    scantling_document_unref(o.document);
}

static void
lists_and_maps_have_children_in_order(void **state)
{
    struct opened o = open_document();
    scantling_node labels = find(o.image, "labels"), first, second;
    size_t length;

    (void)state;
    first = scantling_node_child(o.image, labels, 0);
    second = scantling_node_child(o.image, labels, 1);
    assert_string_equal(scantling_node_key(o.image, first, &length), "a.b");
    assert_int_equal(length, 3);
    assert_string_equal(scantling_node_key(o.image, second, NULL), "e");
    assert_string_equal(scantling_node_text(o.image, second, NULL), "f");
    assert_true(scantling_node_child(o.image, labels, 2) == SCANTLING_NODE_NONE);
    assert_true(scantling_node_child(o.image, labels, SIZE_MAX) == SCANTLING_NODE_NONE);
    assert_true(scantling_node_child(o.image, find(o.image, "env"), 1) == find(o.image, "env[2]"));
    assert_true(scantling_node_child(o.image, find(o.image, "author"), 0) ==
                SCANTLING_NODE_NONE);
    assert_string_equal(scantling_node_key(o.image, find(o.image, "env[1]"), NULL), "");
    scantling_document_unref(o.document);
}

static void
an_offset_leads_to_the_innermost_node(void **state)
{
    struct opened o = open_document();
    uint64_t offset = (uint64_t)(strstr(dockerfile, "hunter2") - dockerfile);
    scantling_node node = scantling_node_at(o.image, offset);
    scantling_mark mark;

    (void)state;
    assert_true(node == find(o.image, "env[API_TOKEN].value"));
    assert_int_equal(scantling_node_origins(o.image, node, 0, &mark, sizeof mark, 1), 1);
    assert_int_equal(mark.offset, offset);
    assert_int_equal(mark.length, strlen("hunter2hunter2"));
    offset = (uint64_t)(strstr(dockerfile, "API_TOKEN") - dockerfile);
    assert_true(scantling_node_at(o.image, offset) == find(o.image, "env[API_TOKEN].name"));
    offset = (uint64_t)(strstr(dockerfile, "one") - dockerfile);
    assert_true(scantling_node_at(o.image, offset) == find(o.image, "env[A].value"));
    offset = (uint64_t)(strstr(dockerfile, "it\"]") - dockerfile);
    assert_true(scantling_node_at(o.image, offset) == find(o.image, "command[2]"));
    assert_true(scantling_node_at(o.image, sizeof dockerfile + 10) == SCANTLING_NODE_NONE);
    assert_true(scantling_node_at(o.image, UINT64_MAX) == SCANTLING_NODE_NONE);
    scantling_document_unref(o.document);
}

static void
a_value_knows_where_it_is_written(void **state)
{
    static const struct {
        const char *path;
        uint32_t line, column, end_column;
    } rows[] = {
        { "user.raw", 6, 6, 14 },
        { "labels[e]", 4, 19, 20 },
        { "env[A].value", 3, 7, 10 },
        { "command[1]", 8, 6, 11 },
        { "base.raw", 1, 6, 15 },
    };
    struct opened o = open_document();
    scantling_mark mark;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(scantling_node_origins(o.image, find(o.image, rows[i].path), 0, &mark,
                                                sizeof mark, 1), 1);
        check_number(mark.line, rows[i].line, rows[i].path);
        check_number(mark.column, rows[i].column, rows[i].path);
        check_number(mark.end_column, rows[i].end_column, rows[i].path);
        assert_int_equal(mark.kind, SCANTLING_MARK_ORIGIN);
        assert_int_equal(mark.state, SCANTLING_STATE_DECLARED);
        assert_string_equal(mark.path, "Dockerfile");
    }
    assert_int_equal(
        scantling_node_origins(o.image, find(o.image, "user.raw"), 1, &mark, sizeof mark, 1), 0);
    assert_int_equal(
        scantling_node_origins(o.image, find(o.image, "user.raw"), 0, &mark, 8, 1), 0);
    scantling_document_unref(o.document);
}

static void
what_is_not_written_has_the_place_of_its_parent(void **state)
{
    struct opened o = open_document();
    scantling_mark mark;

    (void)state;
    assert_int_equal(scantling_node_origins(o.image, find(o.image, "author"), 0, &mark,
                                            sizeof mark, 1), 1);
    assert_int_equal(mark.state, SCANTLING_STATE_UNKNOWN);
    assert_int_equal(mark.line, 1);
    scantling_document_unref(o.document);
}

static void
nodes_render_as_json_text_and_markdown(void **state)
{
    struct opened o = open_document();
    scantling_error *error = NULL;
    scantling_node user = find(o.image, "user"), secret = find(o.image, "env[API_TOKEN].value");
    struct scl_str text;

    text = test_buffer(state, scantling_node_render(o.image, user, "json", END, &error));
    assert_true(scl_str_find(text, SCL_S("1000")) != SIZE_MAX);
    assert_true(scl_str_find(text, SCL_S("debian")) == SIZE_MAX);
    for (int i = 0; i < 3; i++) {
        static const char *const formats[] = { "json", "text", "markdown" };

        text = test_buffer(state, scantling_node_render(o.image, secret, formats[i], END, &error));
        assert_true(text.len > 0);
        assert_null(strstr(text.at, "hunter2"));
        text = test_buffer(state, scantling_node_render(o.image, SCANTLING_NODE_ROOT, formats[i],
                                                        END, &error));
        assert_true(text.len > 0);
        assert_null(strstr(text.at, "hunter2"));
    }
    assert_string_equal(scantling_node_text(o.image, secret, NULL), "hunter2hunter2");
    assert_null(scantling_node_render(o.image, user, "yaml", END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    scantling_error_free(error);
    error = NULL;
    assert_null(scantling_node_render(o.image, SCANTLING_NODE_NONE, "json", END, &error));
    check_error(&error, ARGUMENT, "the subject has no such node");
    scantling_document_unref(o.document);
}

/* What is read of a node, whatever it is: the sanitizers watch. */
static void
read_all(const scantling_subject *subject, scantling_node node)
{
    scantling_mark mark;
    size_t length;
    const char *text = scantling_node_text(subject, node, &length);

    assert_int_equal(text[length], '\0');
    text = scantling_node_key(subject, node, &length);
    assert_int_equal(text[length], '\0');
    assert_in_range(scantling_node_kind(subject, node), 0, SCANTLING_NODE_MAP);
    assert_in_range(scantling_node_state(subject, node), 1, SCANTLING_STATE_NOT_APPLICABLE);
    scantling_node_int(subject, node);
    scantling_node_child(subject, node, 0);
    scantling_node_find(subject, node, "name", END);
    scantling_node_origins(subject, node, 0, &mark, sizeof mark, 1);
    scantling_buffer_free(scantling_node_render(subject, node, "json", END, NULL));
}

/* A number that nobody gave out names nothing, or a value of the subject; never memory. */
static void
made_up_numbers_are_harmless(void **state)
{
    struct opened o = open_document();
    uint64_t number = 1;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        number = number * 6364136223846793005u + 1442695040888963407u;
        read_all(o.image, number);
        read_all(o.image, number >> 32);
        read_all(o.build, number >> 45);
        read_all(o.build, (number >> 60) << 48 | (number >> 50 & 0x3FF));
        read_all(o.image, (number >> 58) << 32 | (number >> 40 & 0xFF));
    }
    for (unsigned bit = 0; bit < 64; bit++)
        read_all(o.image, find(o.image, "command[1]") ^ (uint64_t)1 << bit);
    scantling_document_unref(o.document);
}

static void
the_build_is_read_in_the_same_way(void **state)
{
    struct opened o = open_document();

    (void)state;
    assert_string_equal(text_at(o.build, "stages[1].base.raw"), "debian:12");
    assert_string_equal(text_at(o.build, "instructions[3].name"), "env");
    assert_int_equal(scantling_node_int(o.build, find(o.build, "instructions[3].index")), 3);
    assert_int_equal(scantling_node_state(o.build, find(o.build, "instructions[2].args[V].value")),
                     SCANTLING_STATE_ABSENT);
    scantling_document_unref(o.document);
}

SUITE(
    CASE(no_subject_reads_as_nothing),
    CASE(paths_lead_to_values),
    CASE(what_is_not_there_is_none),
    CASE(paths_may_start_at_any_node_and_have_a_length),
    CASE(lists_and_maps_have_children_in_order),
    CASE(an_offset_leads_to_the_innermost_node),
    CASE(a_value_knows_where_it_is_written),
    CASE(what_is_not_written_has_the_place_of_its_parent),
    CASE(nodes_render_as_json_text_and_markdown),
    CASE(made_up_numbers_are_harmless),
    CASE(the_build_is_read_in_the_same_way))
