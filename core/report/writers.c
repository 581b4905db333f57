/* SPDX-License-Identifier: Apache-2.0 */
/*
 * writers.c: the formats of reports, and the options after their names
 */
#include "report/report.h"

#include "base/suggest.h"

enum { USUAL_WIDTH = 80, LEAST_WIDTH = 40, MOST_WIDTH = 1000 };

const struct scl_writer scl_writers[] = {
    { "text", scl_write_text },
    { "short", scl_write_short },
    { "json", scl_write_json },
    { "jsonl", scl_write_jsonl },
    { "baseline", scl_write_baseline },
    { "values", scl_write_values },
    { "examples", scl_write_examples },
    { "diff", scl_write_diff },
    { NULL, NULL },
};

typedef bool option_reader(struct scl_str value, struct scl_render_options *ret,
                           scantling_error **error);

/* ---- options ---- */

static bool
read_width(struct scl_str value, struct scl_render_options *ret, scantling_error **error)
{
    int64_t width;

    if (!scl_str_int(value, &width) || width < LEAST_WIDTH || width > MOST_WIDTH)
        return scl_fail(error, SCANTLING_STATUS_ARGUMENT, "width '%.*s' is not %d to %d",
                        SCL_ARG(value), LEAST_WIDTH, MOST_WIDTH);
    ret->width = (uint32_t)width;
    return true;
}

static bool
read_fail_on(struct scl_str value, struct scl_render_options *ret, scantling_error **error)
{
    struct scl_str name;

    while (scl_str_cut(&value, ',', &name)) {
        scantling_severity severity = scl_severity_from(name);

        if (severity)
            ret->fail_on = severity;
        else if (scl_str_is(name, "inconclusive"))
            ret->fail_on_inconclusive = true;
        else
            return scl_fail(error, SCANTLING_STATUS_ARGUMENT, "unknown severity '%.*s'",
                            SCL_ARG(name));
    }
    return true;
}

static bool
read_links(struct scl_str value, struct scl_render_options *ret, scantling_error **error)
{
    (void)error;
    ret->links = true;
    ret->link_base = value;
    return true;
}

#define FLAG(name) \
    static bool read_##name(struct scl_str value, struct scl_render_options *ret, \
                            scantling_error **error) \
    { \
        if (value.len) \
            return scl_fail(error, SCANTLING_STATUS_ARGUMENT, #name " takes no value"); \
        return ret->name = true; \
    }

FLAG(color)
FLAG(ascii)
FLAG(suppressed)
FLAG(verbose)
FLAG(quiet)
FLAG(unsafe)

static const struct {
    const char *name;
    option_reader *read;
} options[] = {
    { "width", read_width },     { "color", read_color },     { "links", read_links },
    { "ascii", read_ascii },     { "suppressed", read_suppressed },
    { "verbose", read_verbose }, { "quiet", read_quiet },     { "fail-on", read_fail_on },
    { "unsafe", read_unsafe },
};

enum { OPTIONS = sizeof options / sizeof options[0] };

static bool
read_option(struct scl_str word, struct scl_render_options *ret, scantling_error **error)
{
    struct scl_suggest suggest;
    struct scl_str name;
    scantling_error *made;

    scl_str_cut(&word, '=', &name);
    for (size_t i = 0; i < OPTIONS; i++)
        if (scl_str_is(name, options[i].name))
            return options[i].read(word, ret, error);
    made = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown option '%.*s' of a report",
                         SCL_ARG(name));
    scl_suggest_init(&suggest, name);
    for (size_t i = 0; i < OPTIONS; i++)
        scl_suggest_offer(&suggest, scl_str_c(options[i].name));
    if (suggest.best.len)
        scl_error_suggest(made, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    return scl_error_give(error, made);
}

bool
scl_render_options_read(struct scl_str words, struct scl_render_options *ret,
                        scantling_error **error)
{
    struct scl_str word;

    *ret = (struct scl_render_options){ .width = USUAL_WIDTH,
                                        .fail_on = SCANTLING_SEVERITY_MEDIUM };
    while (scl_str_cut(&words, ' ', &word))
        if (word.len && !read_option(word, ret, error))
            return false;
    return true;
}

/* ---- formats ---- */

static bool
fail_unknown(struct scl_str name, scantling_error **error)
{
    scantling_error *made = scl_error_new(
        SCANTLING_STATUS_UNSUPPORTED, "unknown report format '%.*s'", SCL_ARG(name));
    struct scl_text names = { 0 };
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (const struct scl_writer *writer = scl_writers; writer->name; writer++) {
        scl_suggest_offer(&suggest, scl_str_c(writer->name));
        scl_text_f(&names, "%s%s", writer == scl_writers ? "" : ", ", writer->name);
    }
    if (suggest.best.len)
        scl_error_suggest(made, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    else
        scl_error_suggest(made, "one of %.*s", SCL_ARG(scl_text_str(&names)));
    scl_text_finish(&names);
    return scl_error_give(error, made);
}

bool
scl_report_render(const struct scantling_report *report, struct scl_str format,
                  struct scl_text *out, scantling_error **error)
{
    struct scl_render_options render;
    struct scl_str name;

    format = scl_str_trim(format);
    if (!scl_str_cut(&format, ' ', &name))
        name = scl_str_n("", 0);
    for (const struct scl_writer *writer = scl_writers; writer->name; writer++) {
        if (!scl_str_is(name, writer->name))
            continue;
        if (!scl_render_options_read(format, &render, error))
            return false;
        writer->write(report, &render, out);
        return !out->failed || scl_fail_memory(error);
    }
    return fail_unknown(name, error);
}
