/* SPDX-License-Identifier: Apache-2.0 */
/*
 * probe.h: what kind of bytes an input is, before anyone reads it as a text
 */
#ifndef SCL_FORMATS_PROBE_H
#define SCL_FORMATS_PROBE_H

#include "base/str.h"

enum scl_probe_kind {
    SCL_PROBE_TEXT,
    SCL_PROBE_EMPTY,      /* nothing but blanks, perhaps after a byte-order mark */
    SCL_PROBE_WIDE,       /* text in UTF-16 or UTF-32 */
    SCL_PROBE_BINARY,
    SCL_PROBE_TEXT_OR_NOT /* NULs in what else looks like text: whoever knows the format decides */
};

/* `ret_what` is "UTF-16" of wide text, "PNG image" of what is known, else NULL. */
enum scl_probe_kind scl_probe(struct scl_str text, const char **ret_what);

#endif
