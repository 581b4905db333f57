/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_document.c: a source normalized
 */
#include "judged.h"

static void
no_document_reads_as_nothing(void **state)
{
    scantling_error *error = NULL;
    scantling_mark mark;
    size_t length = 7;

    (void)state;
    assert_null(scantling_document_ref(NULL));
    scantling_document_unref(NULL);
    assert_string_equal(scantling_document_format(NULL), "");
    assert_null(scantling_document_missing(NULL, 0, &length));
    assert_int_equal(length, 0);
    assert_int_equal(scantling_document_notes(NULL, 0, &mark, sizeof mark, 1), 0);
    assert_null(scantling_document_subject(NULL, 0));
    assert_null(scantling_document_render(NULL, "json", END, &error));
    check_error(&error, ARGUMENT, "document is NULL");
}

static void
a_dockerfile_is_a_build_and_an_image(void **state)
{
    scantling_document *document = test_read("Dockerfile", "FROM a:1\n");
    size_t length = 7;

    (void)state;
    assert_string_equal(scantling_document_format(document), "dockerfile");
    assert_non_null(scantling_document_subject(document, 0));
    assert_non_null(scantling_document_subject(document, 1));
    assert_null(scantling_document_subject(document, 2));
    assert_null(scantling_document_subject(document, SIZE_MAX));
    assert_string_equal(scantling_document_missing(document, 1, &length), ".dockerignore");
    assert_int_equal(length, strlen(".dockerignore"));
    assert_null(scantling_document_missing(document, 2, &length));
    assert_int_equal(length, 0);
    scantling_document_unref(document);
}

static void
what_cannot_be_told_is_a_document_with_a_note(void **state)
{
    static const struct {
        const char *name, *text, *note;
    } rows[] = {
        { "notes.txt", "nothing of interest", "format not recognized" },
        { "Dockerfile", "", "empty file" },
        { "config.json", "[1, 2]", "format not recognized" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_document *document = test_read(rows[i].name, rows[i].text);
        scantling_mark mark;

        assert_int_equal(scantling_document_notes(document, 0, &mark, sizeof mark, 1), 1);
        assert_string_equal(mark.text, rows[i].note);
        assert_int_equal(mark.kind, SCANTLING_MARK_ERROR);
        assert_string_equal(mark.field, "SL9001");
        assert_string_equal(mark.path, rows[i].name);
        assert_int_equal(mark.line, 0);
        assert_null(scantling_document_subject(document, 0));
        scantling_document_unref(document);
    }
}

static void
notes_share_a_group_with_their_suggestions(void **state)
{
    scantling_document *document =
        test_read("Dockerfile", "FROM a:1\nUSRE root\nFROM b:1\nCPOY a /\n");
    scantling_mark marks[16];
    size_t count = scantling_document_notes(document, 0, marks, sizeof marks[0], COUNT(marks));
    uint32_t errors = 0, suggestions = 0;

    (void)state;
    assert_in_range(count, 4, COUNT(marks));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(marks[i].text[marks[i].text_length], '\0');
        if (marks[i].kind == SCANTLING_MARK_ERROR) {
            errors++;
            check_number(marks[i].line, errors * 2, "lines of the notes");
        }
        if (marks[i].kind == SCANTLING_MARK_SUGGESTION) {
            suggestions++;
            assert_true(i > 0);
            assert_int_equal(marks[i].group, marks[i - 1].group);
        }
    }
    assert_int_equal(errors, 2);
    assert_int_equal(suggestions, 2);
    assert_int_not_equal(marks[0].group, marks[count - 1].group);
    scantling_document_unref(document);
}

/* The same notes, however many are asked for at once. */
static void
notes_come_in_any_portions(void **state)
{
    scantling_document *document =
        test_read("Dockerfile", "FROM a:1\nUSRE root\nFROM b:1\nCPOY a /\n");
    scantling_mark all[16], one;
    size_t count = scantling_document_notes(document, 0, all, sizeof all[0], COUNT(all));

    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(scantling_document_notes(document, i, &one, sizeof one, 1), 1);
        assert_ptr_equal(one.text, all[i].text);
        assert_int_equal(one.offset, all[i].offset);
        assert_int_equal(one.group, all[i].group);
    }
    assert_int_equal(scantling_document_notes(document, count, &one, sizeof one, 1), 0);
    assert_int_equal(scantling_document_notes(document, SIZE_MAX, &one, sizeof one, 1), 0);
    assert_int_equal(scantling_document_notes(document, 0, &one, sizeof one, 0), 0);
    assert_int_equal(scantling_document_notes(document, 0, NULL, sizeof one, 1), 0);
    assert_int_equal(scantling_document_notes(document, 0, &one, sizeof one - 1, 1), 0);
    scantling_document_unref(document);
}

static void
longer_marks_are_filled_up_with_noughts(void **state)
{
    scantling_document *document =
        test_read("Dockerfile", "FROM a:1\nUSRE root\nFROM b:1\nCPOY a /\n");
    struct {
        scantling_mark mark;
        uint64_t later;
    } longer[2];
    scantling_mark marks[2];

    (void)state;
    memset(longer, 0xAA, sizeof longer);
    assert_int_equal(scantling_document_notes(document, 0, marks, sizeof marks[0], 2), 2);
    assert_int_equal(scantling_document_notes(document, 0, &longer[0].mark, sizeof longer[0], 2),
                     2);
    for (int i = 0; i < 2; i++) {
        assert_memory_equal(&longer[i].mark, &marks[i], sizeof marks[i]);
        assert_int_equal(longer[i].later, 0);
    }
    scantling_document_unref(document);
}

static void
a_document_outlives_its_source(void **state)
{
    scantling_source *source =
        scantling_source_new("Dockerfile", END, "FROM a:1\nUSER root\n", END, NULL);
    scantling_document *document = scantling_document_new(source, NULL);
    scantling_buffer *before = scantling_document_render(document, "json", END, NULL);
    struct scl_str first, second;

    scantling_source_free(source);
    assert_ptr_equal(scantling_document_ref(document), document);
    scantling_document_unref(document);
    first = test_buffer(state, before);
    second = test_buffer(state, scantling_document_render(document, "json", END, NULL));
    check_text(second, first.at, "read after the source is gone");
    scantling_document_unref(document);
}

static void
a_document_renders_as_json_and_text(void **state)
{
    scantling_document *document = test_read("Dockerfile", "FROM a:1\nUSER app\n");
    scantling_error *error = NULL;
    struct scl_str text =
        test_buffer(state, scantling_document_render(document, "text", END, &error));

    assert_null(error);
    assert_true(scl_str_find(text, SCL_S("app")) != SIZE_MAX);
    text = test_buffer(state, scantling_document_render(document, "json", END, &error));
    assert_true(scl_str_find(text, SCL_S("\"raw\": \"app\"")) != SIZE_MAX);
    text = test_buffer(state, scantling_document_render(document, "json origins", END, &error));
    assert_true(scl_str_find(text, SCL_S("\"line\": 2")) != SIZE_MAX);
    assert_null(scantling_document_render(document, "yaml", END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    assert_true(strstr(scantling_error_message(error, NULL), "yaml") != NULL);
    scantling_error_free(error);
    error = NULL;
    assert_null(scantling_document_render(document, NULL, 0, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_UNSUPPORTED);
    scantling_error_free(error);
    scantling_document_unref(document);
}

/* Whether a text is UTF-8 as it may come out: bytes above ASCII in whole sequences. */
static bool
is_utf8(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned char lead = (unsigned char)text[i++];
        int more = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : -1;

        if (more < 0)
            return false;
        for (; more; more--)
            if (i >= length || ((unsigned char)text[i++] & 0xC0) != 0x80)
                return false;
    }
    return true;
}

static void
bytes_that_are_not_utf8_come_out_replaced(void **state)
{
    scantling_document *document =
        test_read("D\xFF" "ckerfile.Dockerfile", "FROM a\xFE:1\nUSRE r\xC3\nUSER ok\xF0\x9F\n");
    scantling_mark marks[8];
    size_t count = scantling_document_notes(document, 0, marks, sizeof marks[0], COUNT(marks));
    struct scl_str text;

    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(is_utf8(marks[i].text, marks[i].text_length));
        assert_true(is_utf8(marks[i].path, marks[i].path_length));
        assert_int_equal(marks[i].path[marks[i].path_length], '\0');
    }
    text = test_buffer(state, scantling_document_render(document, "json", END, NULL));
    assert_true(is_utf8(text.at, text.len));
    text = test_buffer(state, scantling_document_render(document, "text", END, NULL));
    assert_true(is_utf8(text.at, text.len));
    scantling_document_unref(document);
}

static void
a_secret_is_in_no_note_and_no_rendering(void **state)
{
    static const char secret[] = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    scantling_document *document =
        test_read("Dockerfile", "FROM a:1\nENV API_TOKEN=ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\n"
                                "USRE ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\n"
                                "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8 b\n");
    static const char *const formats[] = { "json", "text", "json origins" };
    scantling_mark mark;

    for (size_t i = 0; scantling_document_notes(document, i, &mark, sizeof mark, 1); i++)
        assert_null(strstr(mark.text, secret));
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct scl_str text =
            test_buffer(state, scantling_document_render(document, formats[i], END, NULL));

        assert_null(strstr(text.at, secret));
        assert_non_null(strstr(text.at, "********"));
    }
    scantling_document_unref(document);
}

SUITE(
    CASE(no_document_reads_as_nothing),
    CASE(a_dockerfile_is_a_build_and_an_image),
    CASE(what_cannot_be_told_is_a_document_with_a_note),
    CASE(notes_share_a_group_with_their_suggestions),
    CASE(notes_come_in_any_portions),
    CASE(longer_marks_are_filled_up_with_noughts),
    CASE(a_document_outlives_its_source),
    CASE(a_document_renders_as_json_and_text),
    CASE(bytes_that_are_not_utf8_come_out_replaced),
    CASE(a_secret_is_in_no_note_and_no_rendering))
