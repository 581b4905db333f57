/* SPDX-License-Identifier: Apache-2.0 */
/*
 * examples.c: the examples that ended as their policies promise, a line each
 *
 * Of a test; those that ended otherwise are its findings.
 */
#include "report/escape.h"
#include "report/report.h"

void
scl_write_examples(const struct scantling_report *report, const struct scl_render_options *options,
                   struct scl_text *out)
{
    for (uint32_t i = 0; i < report->kept.count; i++) {
        const struct scl_kept_example *kept = &report->kept.at[i];
        const struct scl_policy *policy =
            report->project->engine->policies[kept->policy].meta;

        scl_escape_add(out, scl_policy_label(policy), options->ascii);
        scl_text_c(out, ": ");
        scl_escape_add(out, kept->name, options->ascii);
        scl_text_f(out, " %s, as it should\n", kept->ended);
    }
}
