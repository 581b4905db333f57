/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.c: a report in numbers
 */
#include "report/tally.h"

const scantling_severity scl_severities[SCL_SEVERITIES] = {
    SCANTLING_SEVERITY_CRITICAL, SCANTLING_SEVERITY_HIGH, SCANTLING_SEVERITY_MEDIUM,
    SCANTLING_SEVERITY_LOW,      SCANTLING_SEVERITY_INFO,
};

static void
count_finding(struct scl_tally *tally, const struct scl_finding *finding)
{
    if (finding->suppressed) {
        tally->suppressed++;
        return;
    }
    if (finding->verdict == SCANTLING_VERDICT_INCONCLUSIVE)
        tally->inconclusive++;
    else if (finding->verdict == SCANTLING_VERDICT_ERROR)
        tally->error++;
    else
        tally->fail++;
    for (int i = 0; i < SCL_SEVERITIES; i++)
        if (finding->verdict == SCANTLING_VERDICT_FAIL && finding->severity == scl_severities[i])
            tally->by_severity[i]++;
}

void
scl_tally(const struct scantling_report *report, struct scl_tally *ret)
{
    *ret = (struct scl_tally){ 0 };
    for (uint32_t i = 0; i < report->project->count; i++) {
        const struct scl_notes *notes = &report->project->documents[i].document->notes;

        if (!report->judged[i])
            continue;
        ret->documents++;
        ret->notes += notes->list.count;
        ret->bad_documents += scl_notes_have_error(notes);
    }
    for (uint32_t i = 0; i < report->findings.count; i++)
        count_finding(ret, &report->findings.at[i]);
}

uint64_t
scl_tally_at_least(const struct scl_tally *tally, scantling_severity severity)
{
    uint64_t count = 0;

    for (int i = 0; i < SCL_SEVERITIES; i++)
        if (scl_severities[i] >= severity)
            count += tally->by_severity[i];
    return count;
}
