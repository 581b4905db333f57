/* SPDX-License-Identifier: Apache-2.0 */
/*
 * baseline.c: the findings of a report, to be known from now on
 *
 * What fails and nothing but a baseline suppresses, one a line in the order of the report and
 * without a date, so that files merge well.
 */
#include "report/json.h"

#include "document/mask.h"
#include "engine/baseline.h"
#include "engine/own.h"
#include "report/entry.h"

static bool
is_listed(const struct scantling_report *report, const struct scl_finding *finding)
{
    return finding->verdict == SCANTLING_VERDICT_FAIL &&
           (!finding->suppressed || finding->suppressed->by == SCL_BY_BASELINE) &&
           !scl_policy_is_own(report->project->engine->policies[finding->policy].meta);
}

static void
add_entry(const struct scantling_report *report, const struct scl_finding *finding,
          struct scl_text *out)
{
    const struct scl_policy *policy = report->project->engine->policies[finding->policy].meta;
    struct scl_text subject = { 0 };

    scl_subject_add(report, finding->document, finding->subject, false, &subject);
    scl_text_f(out, "    { \"fingerprint\": \"%s\", \"policy\": ", finding->fingerprint);
    scl_json_add_string(out, scl_policy_label(policy));
    scl_text_c(out, ", \"path\": ");
    scl_json_add_string(out, finding->place.path);
    scl_text_c(out, ", \"subject\": ");
    scl_json_add_string(out, scl_text_str(&subject));
    scl_text_c(out, " }");
    out->failed = out->failed || subject.failed;
    scl_text_finish(&subject);
}

void
scl_write_baseline(const struct scantling_report *report, const struct scl_render_options *options,
                   struct scl_text *out)
{
    bool is_first = true;

    (void)options;
    scl_text_f(out,
               "{ \"scantling\": { \"version\": \"%s\", \"schema\": 1 }, \"baseline\": %d,\n"
               "  \"findings\": [",
               SCANTLING_VERSION, SCL_BASELINE_VERSION);
    for (uint32_t i = 0; i < report->findings.count; i++) {
        if (!is_listed(report, &report->findings.at[i]))
            continue;
        scl_text_c(out, is_first ? "\n" : ",\n");
        add_entry(report, &report->findings.at[i], out);
        is_first = false;
    }
    scl_text_c(out, " ] }\n");
}
