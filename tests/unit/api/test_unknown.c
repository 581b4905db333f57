/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_unknown.c: what nobody knows is no pass
 *
 * Every value of a Dockerfile is an argument that nothing sets. No built-in policy that reads such
 * a value may end as a pass, and none may err. The rest of the catalogue has nothing to look at, or
 * looks at strings as they are written.
 */
#include "judged.h"

static const char unknown[] = "ARG BASE\n"
                              "ARG PLATFORM\n"
                              "FROM --platform=$PLATFORM $BASE\n"
                              "ARG V\n"
                              "COPY $V $V\n"
                              "ADD $V $V\n"
                              "ENV API_TOKEN=$V FLASK_DEBUG=$V NODE_TLS_REJECT_UNAUTHORIZED=$V\n"
                              "LABEL a=$V\n"
                              "USER $V\n"
                              "WORKDIR $V\n"
                              "RUN $V install $V\n"
                              "RUN apt-get install -y $V\n"
                              "RUN curl $V | $V\n"
                              "EXPOSE $V\n"
                              "VOLUME $V\n"
                              "STOPSIGNAL $V\n"
                              "HEALTHCHECK CMD $V\n"
                              "CMD $V\n";

/* What a built-in policy, judged alone, makes of the Dockerfile. */
static scantling_report *
judged_by(const char *policy)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", END);
    scantling_config_set_text(config, SCANTLING_OPTION_POLICY, policy, END);
    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", END);
    engine = test_compile(config);
    report = test_evaluate(engine, unknown);
    scantling_engine_unref(engine);
    return report;
}

static void
no_policy_that_reads_the_unknown_passes(void **state)
{
    static const struct {
        const char *policy;
        int64_t passes; /* by subjects of which it reads nothing */
    } rows[] = {
        { "no-root-user", 0 },
        { "undefined-user", 0 },
        { "pin-image-version", 0 },
        { "deprecated-image", 0 },
        { "eol-base-image", 1 },
        { "minimal-base-image", 0 },
        { "build-tools-in-final-stage", 0 },
        { "no-secret-env", 1 },
        { "no-curl-pipe-shell", 0 },
        { "prefer-copy", 0 },
        { "absolute-workdir", 0 },
        { "relative-copy-dest", 0 },
        { "tls-verify-disabled", 1 },
    };
    bool good = true;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scantling_report *report = judged_by(rows[i].policy);
        int64_t passes = scantling_report_number(report, SCANTLING_NUMBER_PASS);
        int64_t doubts = scantling_report_number(report, SCANTLING_NUMBER_INCONCLUSIVE);

        if (passes != rows[i].passes || doubts == 0) {
            print_error("%s: %d pass, %d inconclusive\n", rows[i].policy, (int)passes,
                        (int)doubts);
            good = false;
        }
        scantling_report_unref(report);
    }
    assert_true(good);
}

static void
no_policy_of_the_catalogue_errs(void **state)
{
    scantling_config *config = scantling_config_new(NULL);
    scantling_engine *engine;
    scantling_report *report;
    scantling_finding found;

    (void)state;
    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "all", END);
    engine = test_compile(config);
    report = test_evaluate(engine, unknown);
    for (size_t i = 0; scantling_report_findings(report, i, &found, sizeof found, 1); i++)
        if (found.verdict == SCANTLING_VERDICT_ERROR)
            print_error("%s: %s\n", found.code, found.message);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_ERROR), 0, "errors");
    assert_true(scantling_report_number(report, SCANTLING_NUMBER_INCONCLUSIVE) >= 10);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
}

SUITE(
    CASE(no_policy_that_reads_the_unknown_passes),
    CASE(no_policy_of_the_catalogue_errs))
