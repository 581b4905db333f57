/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finding.h: what an evaluation found
 *
 * A finding is complete in itself: its texts are masked and valid UTF-8, its places located, its
 * evidence chosen. Writers and the ABI only lay it out.
 *
 * Invariants: findings of a result stand in report order (path, offset, code or id, message,
 * subject); `place` always lies in the document of the subject; evidence, related places and
 * missing fields have the order in which they are shown.
 */
#ifndef SCL_ENGINE_FINDING_H
#define SCL_ENGINE_FINDING_H

#include "base/source.h"
#include "base/vec.h"
#include "script/policy.h"

/* A located span. */
struct scl_place {
    struct scl_str path;            /* of the file; of length 0: no place */
    const struct scl_source *source; /* its text, or NULL */
    struct scl_span span;
    struct scl_position start, end;
    uint32_t document;              /* index in the project, or SCANTLING_NONE */
    uint32_t subject;               /* index in the document, or SCANTLING_NONE */
};

/* One value that a verdict rests on. */
struct scl_evidence {
    struct scl_str field;      /* path below its subject */
    struct scl_str value;      /* printed and masked; of length 0 and not `has_value`: not set */
    bool has_value;
    scantling_state state;
    struct scl_place place;    /* path of length 0: it has none */
    struct scl_str default_of; /* runtime family of a default */
    /* of a derived value: what it follows from */
    struct scl_str from_field, from_value;
    bool from_has_value;
    struct scl_place from_place;
    struct scl_place built_at; /* of what an image says: where its container has it built */
};

struct scl_related {
    struct scl_place place;
    struct scl_str message;
};

struct scl_missing {
    struct scl_str field;  /* path */
    struct scl_str reason; /* why it is not known, a clause */
};

enum { SCL_BY_COMMENT = 1, SCL_BY_CONFIG = 2, SCL_BY_BASELINE = 3 };

/* Why a finding is not reported. */
struct scl_suppression {
    int32_t by;                   /* SCL_BY_, as in scantling_finding */
    struct scl_str reason, until; /* of length 0: not given */
    struct scl_str tool;          /* of another tool's comment: its name */
    struct scl_place place;
};

/* Bytes of a file of the document, and what is to stand in their place. */
struct scl_edit {
    uint16_t file;
    struct scl_place place;
    struct scl_str text;
};

/* Edits that are applied together or not at all; sorted by file and place, none overlapping. */
struct scl_fix {
    bool is_safe; /* it keeps the meaning */
    SCL_VEC(struct scl_edit) edits;
};

/* What a finding of a policy across documents is about: it has no document. */
#define SCL_PROJECT_SUBJECT (SCANTLING_NONE - 1)

struct scl_finding {
    uint32_t policy;   /* index in the engine; of an error also that of an adjustment */
    uint32_t document; /* index in the project; SCANTLING_NONE: the project */
    uint32_t subject;  /* index in the document; SCANTLING_NONE: none; SCL_PROJECT_SUBJECT */
    scantling_verdict verdict; /* FAIL, INCONCLUSIVE, ERROR */
    scantling_severity severity;
    scantling_severity adjusted_from; /* before an adjustment; NONE: it is not adjusted */
    uint32_t adjusted_by;             /* index of the adjustment in the engine */
    int32_t confidence; /* 10, 20, 30 */
    int32_t limit;      /* SCANTLING_LIMIT_ that ended the policy, or 0 */
    struct scl_str message;
    struct scl_str
        help; /* what to do about a verdict ERROR or INCONCLUSIVE; of length 0: nothing */
    struct scl_place place;
    char fingerprint[17];
    SCL_VEC(struct scl_evidence) evidence;
    SCL_VEC(struct scl_related) related;
    SCL_VEC(struct scl_missing) missing;
    const struct scl_suppression *suppressed; /* NULL: it is not */
    SCL_VEC(struct scl_fix) fixes; /* after judging: one at most, and it holds (prove.c) */
    /* ERROR: where in the policy; the source is that of the policy's file */
    struct scl_place policy_place;
};

#endif
