/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.h: a report in numbers
 */
#ifndef SCL_REPORT_TALLY_H
#define SCL_REPORT_TALLY_H

#include "engine/project.h"

enum { SCL_SEVERITIES = 5 };

/* From the worst down. */
extern const scantling_severity scl_severities[SCL_SEVERITIES];

struct scl_tally {
    uint64_t documents, bad_documents; /* judged; of them, with a note of severity error */
    uint64_t notes;
    uint64_t fail, inconclusive, error;
    uint64_t suppressed;                  /* counted nowhere else */
    uint64_t by_severity[SCL_SEVERITIES]; /* of what fails */
};

void scl_tally(const struct scantling_report *report, struct scl_tally *ret);
/* What fails at or above a severity. */
uint64_t scl_tally_at_least(const struct scl_tally *tally, scantling_severity severity);

#endif
