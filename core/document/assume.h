/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assume.h: what the one who judges says where no document tells
 *
 * An assumption counts behind what documents say, those that are linked included, and before the
 * defaults of a runtime. A view remembers which it made use of.
 */
#ifndef SCL_DOCUMENT_ASSUME_H
#define SCL_DOCUMENT_ASSUME_H

#include "base/error.h"
#include "document/view.h"

enum scl_assumption_id {
    SCL_ASSUME_CGROUP,
    SCL_ASSUME_KUBELET_SECCOMP,
    SCL_ASSUME_RUNTIME,
    SCL_ASSUME_RUNTIME_VERSION,
    SCL_ASSUME_COUNT
};

enum { SCL_ASSUMED_VALUE = 32, SCL_ASSUMED_ROOM = 64 };

struct scl_assumed {
    struct scl_str values[SCL_ASSUME_COUNT]; /* of length 0: it is not assumed */
    char texts[SCL_ASSUME_COUNT][SCL_ASSUMED_ROOM]; /* "cgroup=2" */
};

/* The assumption of a key, or SCL_ASSUME_COUNT. */
unsigned scl_assumption_find(struct scl_str key);
/* Assumes that KEY is VALUE, which is borrowed. NULL, or the error where that cannot be. */
scantling_error *scl_assumed_add(struct scl_assumed *assumed, struct scl_str key,
                                 struct scl_str value);

/* The runtime of what a format asks for where an assumption tells it, or NULL. */
const char *scl_assumed_family(const struct scl_assumed *assumed, struct scl_str format);
/* The assumption that a default of a field came from, as `cgroup=2`, or NULL. */
const char *scl_assumed_text(const struct scl_assumed *assumed, unsigned field);
/* What a default comes from, in words before its name: "default of " or "assumed ". */
const char *scl_default_words(const char *default_of);

#endif
