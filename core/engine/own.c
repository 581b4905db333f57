/* SPDX-License-Identifier: Apache-2.0 */
/*
 * own.c: the policies that no file stands behind
 */
#include "engine/own.h"

static const struct scl_str usual_packs[] = { SCL_STR("recommended"), SCL_STR("strict") };
static const struct scl_str strict_packs[] = { SCL_STR("strict") };
static const struct scl_str forbidden_hadolint[] = { SCL_STR("DL1001") };
static const struct scl_named_strs forbidden_aliases[] = {
    { SCL_STR("hadolint"), { forbidden_hadolint, 1 } },
};

#define USUAL .packs = { usual_packs, 2 }
#define STRICT .packs = { strict_packs, 1 }

const struct scl_policy scl_own_policies[SCL_OWN_COUNT] = {
    [SCL_OWN_NO_REASON] = {
        .path = SCL_STR("builtin:suppression-without-reason"),
        .id = SCL_STR("suppression-without-reason"),
        .code = SCL_STR("SL9002"),
        .title = SCL_STR("Suppression without a reason"),
        .why = SCL_STR("Nobody can tell later whether an exception without a reason still holds."),
        .fix = SCL_STR("Add \"because REASON\"."),
        .severity = SCANTLING_SEVERITY_INFO,
        .confidence = 30,
        .is_builtin = true,
        STRICT,
    },
    [SCL_OWN_UNUSED] = {
        .path = SCL_STR("builtin:suppression-unused"),
        .id = SCL_STR("suppression-unused"),
        .code = SCL_STR("SL9003"),
        .title = SCL_STR("Suppression suppresses nothing"),
        .why = SCL_STR("An exception that is mistyped does not do what its author meant, and one "
                       "that outlived its cause hides the next finding at its place."),
        .fix = SCL_STR("Delete it, or write the name that was meant."),
        .severity = SCANTLING_SEVERITY_INFO,
        .confidence = 30,
        .is_builtin = true,
        USUAL,
    },
    [SCL_OWN_EXPIRED] = {
        .path = SCL_STR("builtin:suppression-expired"),
        .id = SCL_STR("suppression-expired"),
        .code = SCL_STR("SL9004"),
        .title = SCL_STR("Suppression is past its date"),
        .why = SCL_STR("The exception was granted for a time that is over; what it covered is "
                       "reported again."),
        .fix = SCL_STR("Fix the cause, or write a later date."),
        .severity = SCANTLING_SEVERITY_MEDIUM,
        .confidence = 30,
        .is_builtin = true,
        USUAL,
    },
    [SCL_OWN_FORBIDDEN] = {
        .path = SCL_STR("builtin:inline-suppression-forbidden"),
        .id = SCL_STR("inline-suppression-forbidden"),
        .code = SCL_STR("SL9005"),
        .title = SCL_STR("Suppression comments are forbidden"),
        .why = SCL_STR("Where exceptions are granted by others than the authors of documents, a "
                       "comment must not grant one."),
        .fix = SCL_STR("Move it to suppress: in scantling.yaml, with a reason."),
        .severity = SCANTLING_SEVERITY_LOW,
        .confidence = 30,
        .is_builtin = true,
        .aliases = forbidden_aliases,
        .alias_count = 1,
        STRICT,
    },
};
