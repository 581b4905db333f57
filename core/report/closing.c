/* SPDX-License-Identifier: Apache-2.0 */
/*
 * closing.c: the lines that close a text report
 *
 * What was found in numbers; from 20 findings on a table of the policies that found most; whether
 * the run fails; what was not judged.
 */
#include "report/closing.h"

#include "report/escape.h"
#include "report/tally.h"

#include <stdlib.h>

enum { TABLE_FROM = 20, TABLE_ROWS = 10, COUNT_COLUMNS = 7, SEVERITY_COLUMNS = 8 };

struct row {
    uint32_t policy;
    uint64_t found;
    scantling_severity worst;
    bool failed;
};

struct closing {
    const struct scl_entries *entries;
    const struct scl_render_options *options;
    struct scl_text *out;
    struct scl_tally tally;
    struct row *rows;   /* one a policy, most found first */
    uint32_t row_count; /* that found something */
    uint64_t failed_policies;
};

void
scl_number_add(uint64_t number, struct scl_text *out)
{
    char digits[32];
    size_t at = sizeof digits, count = 0;

    do {
        if (count && count % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
        count++;
    } while (number);
    scl_text_add(out, scl_str_n(digits + at, sizeof digits - at));
}

static void
add_count(struct closing *closing, uint64_t number, const char *one, const char *many)
{
    scl_number_add(number, closing->out);
    scl_text_char(closing->out, ' ');
    scl_text_c(closing->out, number == 1 ? one : many);
}

/* ---- the first line ---- */

static void
add_severities(struct closing *closing)
{
    const char *before = " (";

    for (int i = 0; i < SCL_SEVERITIES; i++) {
        if (!closing->tally.by_severity[i])
            continue;
        scl_text_c(closing->out, before);
        scl_number_add(closing->tally.by_severity[i], closing->out);
        scl_text_f(closing->out, " %s", scl_severity_name(scl_severities[i]));
        before = ", ";
    }
    scl_text_char(closing->out, ')');
}

static void
add_counts(struct closing *closing)
{
    const struct scl_tally *tally = &closing->tally;
    const struct scantling_report *report = closing->entries->report;
    struct scl_text *out = closing->out;

    if (tally->fail) {
        add_count(closing, tally->fail, "finding", "findings");
        add_severities(closing);
    } else if (tally->inconclusive || tally->error || tally->bad_documents) {
        scl_text_c(out, "no findings");
    } else {
        scl_paint_c(out, closing->options->color, SCL_ROLE_GOOD, "clean");
    }
    if (tally->inconclusive) {
        scl_text_c(out, ", ");
        add_count(closing, tally->inconclusive, "inconclusive", "inconclusive");
    }
    if (tally->error) {
        scl_text_c(out, ", ");
        add_count(closing, tally->error, "error", "errors");
    }
    if (tally->suppressed) {
        scl_text_c(out, ", ");
        add_count(closing, tally->suppressed, "suppressed", "suppressed");
    }
    if (report->dropped) {
        scl_text_c(out, ", ");
        add_count(closing, report->dropped, "dropped", "dropped");
    }
    scl_text_c(out, "; judged ");
    add_count(closing, tally->documents, "document", "documents");
    scl_text_c(out, " by ");
    add_count(closing, report->project->engine->policy_count, "policy", "policies");
    scl_text_char(out, '\n');
}

/* ---- the table ---- */

/* By count, then in the order of the engine, which is that of the codes. */
static int
row_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    if (x->found != y->found)
        return x->found > y->found ? -1 : 1;
    return (x->policy > y->policy) - (x->policy < y->policy);
}

static bool
fill_rows(struct closing *closing, struct scl_arena *arena)
{
    const struct scantling_report *report = closing->entries->report;
    uint32_t policies = scl_engine_file_count(report->project->engine);

    closing->rows = scl_arena_array(arena, policies, sizeof *closing->rows);
    if (!closing->rows)
        return false;
    for (uint32_t i = 0; i < policies; i++)
        closing->rows[i].policy = i;
    for (uint32_t i = 0; i < report->findings.count; i++) {
        const struct scl_finding *finding = &report->findings.at[i];
        struct row *row = &closing->rows[finding->policy];

        if (finding->verdict == SCANTLING_VERDICT_ERROR && !row->failed) {
            row->failed = true;
            closing->failed_policies++;
        }
        if (finding->verdict != SCANTLING_VERDICT_FAIL || finding->suppressed)
            continue;
        if (!row->found++)
            closing->row_count++;
        if (finding->severity > row->worst)
            row->worst = finding->severity;
    }
    if (policies > 1)
        qsort(closing->rows, policies, sizeof *closing->rows, row_order);
    return true;
}

static void
add_row(struct closing *closing, const struct row *row)
{
    const struct scl_policy *policy =
        closing->entries->report->project->engine->policies[row->policy].meta;
    const char *severity = scl_severity_name(row->worst);
    struct scl_text count = { 0 };

    scl_number_add(row->found, &count);
    if (count.len < COUNT_COLUMNS)
        scl_text_fill(closing->out, ' ', COUNT_COLUMNS - count.len);
    scl_text_add(closing->out, scl_text_str(&count));
    scl_text_c(closing->out, "  ");
    scl_paint_c(closing->out, closing->options->color, scl_role_of_severity(row->worst), severity);
    scl_text_fill(closing->out, ' ', SEVERITY_COLUMNS + 2 - scl_str_c(severity).len);
    if (policy->code.len) {
        scl_escape_add(closing->out, policy->code, closing->options->ascii);
        scl_text_char(closing->out, ' ');
    }
    scl_escape_add(closing->out, policy->id, closing->options->ascii);
    scl_text_char(closing->out, '\n');
    closing->out->failed = closing->out->failed || count.failed;
    scl_text_finish(&count);
}

static void
add_table(struct closing *closing)
{
    uint32_t shown = closing->row_count < TABLE_ROWS ? closing->row_count : TABLE_ROWS;

    for (uint32_t i = 0; i < shown; i++)
        add_row(closing, &closing->rows[i]);
    if (closing->row_count > shown) {
        scl_text_c(closing->out, "      and ");
        add_count(closing, closing->row_count - shown, "more policy", "more policies");
        scl_text_char(closing->out, '\n');
    }
}

/* ---- the verdict ---- */

/* The policy to be explained: of the table's first row, else of the first finding. */
static uint32_t
explained(const struct closing *closing, scantling_verdict verdict)
{
    const struct scantling_report *report = closing->entries->report;

    if (closing->tally.fail >= TABLE_FROM && verdict == SCANTLING_VERDICT_FAIL)
        return closing->rows[0].policy;
    for (uint32_t i = 0; i < report->findings.count; i++)
        if (report->findings.at[i].verdict == verdict && !report->findings.at[i].suppressed)
            return report->findings.at[i].policy;
    return 0;
}

static void
add_fails(struct closing *closing, uint64_t count, bool inconclusive_fails)
{
    const struct scantling_engine *engine = closing->entries->report->project->engine;
    uint32_t policy = explained(closing, count || !inconclusive_fails
                                             ? SCANTLING_VERDICT_FAIL
                                             : SCANTLING_VERDICT_INCONCLUSIVE);

    scl_paint_c(closing->out, closing->options->color, SCL_ROLE_ALARM, "fails");
    scl_text_c(closing->out, ": ");
    if (count) {
        scl_number_add(count, closing->out);
        scl_text_f(closing->out, " at or above %s", scl_severity_name(closing->options->fail_on));
    }
    if (inconclusive_fails) {
        scl_text_c(closing->out, count ? ", " : "");
        add_count(closing, closing->tally.inconclusive, "inconclusive", "inconclusive");
    }
    scl_text_c(closing->out, "; more on one: scantling explain ");
    scl_escape_add(closing->out, scl_policy_label(engine->policies[policy].meta),
                   closing->options->ascii);
    scl_text_char(closing->out, '\n');
}

static void
add_passes(struct closing *closing)
{
    const char *severity = scl_severity_name(closing->options->fail_on);

    scl_paint_c(closing->out, closing->options->color, SCL_ROLE_GOOD, "passes");
    scl_text_f(closing->out, ": no finding at or above %s", severity);
    if (closing->tally.inconclusive)
        scl_text_f(closing->out, "; --fail-on %s,inconclusive would fail", severity);
    scl_text_char(closing->out, '\n');
}

static void
add_verdict(struct closing *closing)
{
    const struct scl_tally *tally = &closing->tally;
    uint64_t count = scl_tally_at_least(tally, closing->options->fail_on);
    bool inconclusive_fails = closing->options->fail_on_inconclusive && tally->inconclusive;

    if (count || inconclusive_fails)
        add_fails(closing, count, inconclusive_fails);
    else if ((tally->fail || tally->inconclusive) && !tally->bad_documents && !tally->error)
        add_passes(closing);
}

static void
add_incomplete(struct closing *closing, uint64_t count, const char *one, const char *many)
{
    if (!count)
        return;
    scl_paint_c(closing->out, closing->options->color, SCL_ROLE_ALARM, "incomplete");
    scl_text_c(closing->out, ": ");
    add_count(closing, count, one, many);
    scl_text_char(closing->out, '\n');
}

void
scl_closing_add(const struct scl_entries *entries, const struct scl_render_options *options,
                struct scl_text *out)
{
    struct closing closing = { .entries = entries, .options = options, .out = out };
    struct scl_arena arena;

    scl_arena_init(&arena);
    scl_tally(entries->report, &closing.tally);
    if (fill_rows(&closing, &arena)) {
        add_counts(&closing);
        if (closing.tally.fail >= TABLE_FROM)
            add_table(&closing);
        add_verdict(&closing);
        add_incomplete(&closing, closing.tally.bad_documents,
                       "document was not fully understood", "documents were not fully understood");
        add_incomplete(&closing, closing.failed_policies, "policy failed", "policies failed");
    } else {
        out->failed = true;
    }
    scl_arena_finish(&arena);
}
