/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paint.h: what a piece of the report is, and its colour
 *
 * Only the eight base colours, so that the user's theme decides; a run ends before its line does.
 * Meaning is never in a colour alone.
 */
#ifndef SCL_REPORT_PAINT_H
#define SCL_REPORT_PAINT_H

#include "base/text.h"
#include "scantling.h"

enum scl_role {
    SCL_ROLE_PLAIN,
    SCL_ROLE_ALARM, /* critical, error, fails, incomplete */
    SCL_ROLE_HIGH,
    SCL_ROLE_MEDIUM, /* and warning */
    SCL_ROLE_LOW,    /* and info, note; what explains another place */
    SCL_ROLE_DOUBT,  /* inconclusive */
    SCL_ROLE_GUTTER, /* line numbers, arrows, = */
    SCL_ROLE_STRONG, /* labels, messages, paths */
    SCL_ROLE_GOOD    /* what to do; clean, passes */
};

/* Adds a text without line ends in the colour of its role. */
void scl_paint(struct scl_text *out, bool color, enum scl_role role, struct scl_str text);
void scl_paint_c(struct scl_text *out, bool color, enum scl_role role, const char *text);
enum scl_role scl_role_of_severity(scantling_severity severity);

#endif
