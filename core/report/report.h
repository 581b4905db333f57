/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report.h: findings and models as text
 *
 * A writer is one row of writers.c and a file of its own. Writers see only reports and views, never
 * policies or Lua, and write into a builder that remembers when memory ran out.
 */
#ifndef SCL_REPORT_REPORT_H
#define SCL_REPORT_REPORT_H

#include "base/text.h"
#include "engine/project.h"

struct scl_render_options {
    uint32_t width; /* columns: 40 to 1000 */
    bool color, links, ascii, suppressed, verbose, quiet, unsafe;
    struct scl_str link_base; /* URL of the folder that paths are below; of length 0: unknown */
    scantling_severity fail_on;
    bool fail_on_inconclusive;
};

struct scl_writer {
    const char *name;
    void (*write)(const struct scantling_report *report, const struct scl_render_options *options,
                  struct scl_text *out);
};

/* The table of writers, ended by a row without a name. */
extern const struct scl_writer scl_writers[];

/* Reads the options that follow a format's name: `width=80 color links=URL ascii
 * suppressed verbose quiet unsafe fail-on=medium,inconclusive`. Failure: UNSUPPORTED with the
 * nearest name, or ARGUMENT. */
bool scl_render_options_read(struct scl_str words, struct scl_render_options *ret,
                             scantling_error **error);

/* Renders by a format's name and the options after it ("text width=80 color"). Failure:
 * UNSUPPORTED with the nearest name, ARGUMENT, or MEMORY. */
bool scl_report_render(const struct scantling_report *report, struct scl_str format,
                       struct scl_text *out, scantling_error **error);

void scl_write_text(const struct scantling_report *report,
                    const struct scl_render_options *options, struct scl_text *out);
void scl_write_short(const struct scantling_report *report,
                     const struct scl_render_options *options, struct scl_text *out);
void scl_write_json(const struct scantling_report *report,
                    const struct scl_render_options *options, struct scl_text *out);
void scl_write_jsonl(const struct scantling_report *report,
                     const struct scl_render_options *options, struct scl_text *out);
void scl_write_values(const struct scantling_report *report,
                      const struct scl_render_options *options, struct scl_text *out);
void scl_write_examples(const struct scantling_report *report,
                        const struct scl_render_options *options, struct scl_text *out);
void scl_write_baseline(const struct scantling_report *report,
                        const struct scl_render_options *options, struct scl_text *out);
void scl_write_diff(const struct scantling_report *report,
                    const struct scl_render_options *options, struct scl_text *out);

/* The model of a document in a view, as "json" or "text", with "origins" behind that for a span
 * each. */
bool scl_view_render(const struct scl_view *view, struct scl_str format, struct scl_text *out,
                     scantling_error **error);
/* A node of a view and all below it, as "json"; what to show of it, as "text" or "markdown". */
bool scl_node_render(const struct scl_view *view, struct scl_node node, struct scl_str format,
                     struct scl_text *out, scantling_error **error);

#endif
