/* SPDX-License-Identifier: Apache-2.0 */
/*
 * excerpt.h: the lines of a place, and the mark under them
 *
 * Columns are those of a terminal, tab stops 4 apart. What a mask hides shows as eight asterisks,
 * and a mark under it covers these.
 */
#ifndef SCL_REPORT_EXCERPT_H
#define SCL_REPORT_EXCERPT_H

#include "base/source.h"
#include "document/mask.h"
#include "report/paint.h"

struct scl_excerpt {
    const struct scl_source *source;   /* NULL: it has no lines to show */
    const struct scl_mask_file *masks; /* of the source; NULL: nothing is hidden */
    struct scl_span span;
    char sign; /* '^', or '-' for what explains another place */
    enum scl_role role;
    uint32_t gutter; /* columns of the line numbers */
    uint32_t width;  /* of a row, 40 at least */
    bool ascii, color;
};

/* The columns that the line numbers need, 2 at least; 2 where nothing is shown. */
uint32_t scl_excerpt_gutter(const struct scl_source *source, struct scl_span span);
/* Adds its rows, each with its line end. The time it takes does not depend on the source. */
void scl_excerpt_add(struct scl_text *out, const struct scl_excerpt *excerpt);

#endif
