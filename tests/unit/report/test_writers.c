/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_writers.c: names of formats, and the options after them
 */
#include "../test.h"

#include "report/report.h"

static void
options_are_read(void **state)
{
    struct scl_render_options options;

    (void)state;
    assert_true(scl_render_options_read(SCL_S(""), &options, NULL));
    check_number(options.width, 80, "usual width");
    check_number(options.fail_on, SCANTLING_SEVERITY_MEDIUM, "usual severity");
    assert_false(options.color || options.links || options.ascii || options.verbose ||
                 options.quiet || options.suppressed || options.fail_on_inconclusive);
    assert_true(scl_render_options_read(
        SCL_S(" width=1000  color links=file://h/a%20b ascii verbose quiet suppressed "
              "fail-on=critical,inconclusive "),
        &options, NULL));
    check_number(options.width, 1000, "width");
    check_text(options.link_base, "file://h/a%20b", "folder of links");
    check_number(options.fail_on, SCANTLING_SEVERITY_CRITICAL, "severity");
    assert_true(options.color && options.links && options.ascii && options.verbose &&
                options.quiet && options.suppressed && options.fail_on_inconclusive);
}

static void
wrong_options_are_refused(void **state)
{
    static const struct {
        const char *options;
        scantling_status status;
        const char *message, *suggestion;
    } rows[] = {
        { "width", SCANTLING_STATUS_ARGUMENT, "width '' is not 40 to 1000", NULL },
        { "width=39", SCANTLING_STATUS_ARGUMENT, "width '39' is not 40 to 1000", NULL },
        { "width=1001", SCANTLING_STATUS_ARGUMENT, "width '1001' is not 40 to 1000", NULL },
        { "width=80x", SCANTLING_STATUS_ARGUMENT, "width '80x' is not 40 to 1000", NULL },
        { "color=yes", SCANTLING_STATUS_ARGUMENT, "color takes no value", NULL },
        { "fail-on=severe", SCANTLING_STATUS_ARGUMENT, "unknown severity 'severe'", NULL },
        { "fail-on=none", SCANTLING_STATUS_ARGUMENT, "unknown severity 'none'", NULL },
        { "colour", SCANTLING_STATUS_UNSUPPORTED, "unknown option 'colour' of a report",
          "did you mean 'color'?" },
        { "color widht=80", SCANTLING_STATUS_UNSUPPORTED, "unknown option 'widht' of a report",
          NULL },
        { "elephant", SCANTLING_STATUS_UNSUPPORTED, "unknown option 'elephant' of a report", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_render_options options;
        scantling_error *error = NULL;

        assert_false(scl_render_options_read(scl_str_c(rows[i].options), &options, &error));
        assert_non_null(error);
        check_number(error->status, rows[i].status, rows[i].options);
        assert_string_equal(error->message, rows[i].message);
        if (rows[i].suggestion)
            assert_string_equal(error->suggestions->text, rows[i].suggestion);
        scl_error_free(error);
    }
}

/* `one of` all of them. */
static void
check_names_all(const char *suggestion)
{
    struct scl_text expected = { 0 };

    for (size_t i = 0; scl_writers[i].name; i++)
        scl_text_f(&expected, "%s%s", i ? ", " : "one of ", scl_writers[i].name);
    check_text(scl_str_c(suggestion), expected.at, "all names");
    scl_text_finish(&expected);
}

static void
unknown_formats_are_refused_with_the_nearest(void **state)
{
    static const struct {
        const char *format, *message, *suggestion;
    } rows[] = {
        { "txet", "unknown report format 'txet'", "did you mean 'text'?" },
        { "tex", "unknown report format 'tex'", "did you mean 'text'?" },
        { "jsno color", "unknown report format 'jsno'", "did you mean 'json'?" },
        { "shorts", "unknown report format 'shorts'", "did you mean 'short'?" },
        { "elephant", "unknown report format 'elephant'", NULL },
        { "", "unknown report format ''", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };
        scantling_error *error = NULL;

        assert_false(scl_report_render(NULL, scl_str_c(rows[i].format), &out, &error));
        check_number(error->status, SCANTLING_STATUS_UNSUPPORTED, rows[i].format);
        assert_string_equal(error->message, rows[i].message);
        if (rows[i].suggestion)
            assert_string_equal(error->suggestions->text, rows[i].suggestion);
        else
            check_names_all(error->suggestions->text);
        check_number(out.len, 0, "nothing is written");
        scl_error_free(error);
    }
}

SUITE(CASE(options_are_read), CASE(wrong_options_are_refused),
      CASE(unknown_formats_are_refused_with_the_nearest))
