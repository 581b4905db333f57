/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paint.c: what a piece of the report is, and its colour
 */
#include "report/paint.h"

static const char *const sgr[] = {
    [SCL_ROLE_PLAIN] = "",    [SCL_ROLE_ALARM] = "1;31", [SCL_ROLE_HIGH] = "31",
    [SCL_ROLE_MEDIUM] = "33", [SCL_ROLE_LOW] = "36",     [SCL_ROLE_DOUBT] = "35",
    [SCL_ROLE_GUTTER] = "34", [SCL_ROLE_STRONG] = "1",   [SCL_ROLE_GOOD] = "32",
};

void
scl_paint(struct scl_text *out, bool color, enum scl_role role, struct scl_str text)
{
    if (!color || role == SCL_ROLE_PLAIN || text.len == 0) {
        scl_text_add(out, text);
        return;
    }
    scl_text_f(out, "\033[%sm", sgr[role]);
    scl_text_add(out, text);
    scl_text_c(out, "\033[0m");
}

void
scl_paint_c(struct scl_text *out, bool color, enum scl_role role, const char *text)
{
    scl_paint(out, color, role, scl_str_c(text));
}

enum scl_role
scl_role_of_severity(scantling_severity severity)
{
    if (severity >= SCANTLING_SEVERITY_CRITICAL)
        return SCL_ROLE_ALARM;
    if (severity >= SCANTLING_SEVERITY_HIGH)
        return SCL_ROLE_HIGH;
    return severity >= SCANTLING_SEVERITY_MEDIUM ? SCL_ROLE_MEDIUM : SCL_ROLE_LOW;
}
