/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reasons.c: what switched a policy on, and where its severity and parameters come from
 *
 * Settings that stand for an option of the client have its name, and no lines.
 */
#include "report/reasons.h"

#include "report/escape.h"
#include "report/json.h"

enum { WRITTEN_COLUMNS = 40 };

static void
add_place(struct scl_text *out, struct scl_setting_place place)
{
    struct scl_position at;

    scl_text_add(out, place.source->name);
    if (scl_str_starts(place.source->name, SCL_S("-")))
        return;
    at = scl_source_locate(place.source, place.span.offset);
    scl_text_f(out, ":%u:%u", (unsigned)at.line, (unsigned)at.column);
}

/* What chose it, in words. */
static void
add_choice(struct scl_text *out, const struct scl_policy *policy, const struct scl_reason *reason)
{
    if (!policy->is_builtin)
        scl_text_f(out, "%.*s", SCL_ARG(policy->path));
    else if (reason->pack.len)
        scl_text_f(out, "pack %.*s", SCL_ARG(reason->pack));
    else
        scl_text_c(out, "its name");
    if (reason->place.source) {
        scl_text_c(out, ", ");
        add_place(out, reason->place);
    }
}

/* Who set a parameter. */
static void
add_setter(struct scl_text *out, const struct scl_param_reason *reason)
{
    if (reason->pack.len)
        scl_text_f(out, "pack %.*s", SCL_ARG(reason->pack));
    else
        add_place(out, reason->place);
}

void
scl_reasons_add(struct scl_text *out, const struct scantling_engine *engine, uint32_t policy)
{
    const struct scl_judge_policy *judged = &engine->policies[policy];
    const struct scl_reason *reason = &engine->reasons[policy];
    struct scl_text words = { 0 };

    scl_text_c(&words, "on by ");
    add_choice(&words, judged->meta, reason);
    if (reason->severity.source) {
        scl_text_f(&words, "; severity %s by ", scl_severity_name(judged->severity));
        add_place(&words, reason->severity);
    }
    for (uint32_t i = 0; i < judged->meta->param_count; i++) {
        const struct scl_param_reason *param = &reason->params[i];

        if (!param->is_set)
            continue;
        scl_text_f(&words, "; %.*s ", SCL_ARG(judged->meta->params[i].name));
        scl_escape_add_cut(&words, param->written, false, WRITTEN_COLUMNS);
        scl_text_c(&words, param->written.len ? " by " : "by ");
        add_setter(&words, param);
    }
    scl_escape_add(out, scl_text_str(&words), false);
    out->failed = out->failed || words.failed;
    scl_text_finish(&words);
}

/* Adds what was written to `words` as a string, and empties it. */
static void
take_string(struct scl_text *out, struct scl_text *words)
{
    scl_json_add_string(out, scl_text_str(words));
    out->failed = out->failed || words->failed;
    scl_text_clear(words);
}

void
scl_reasons_add_json(struct scl_text *out, const struct scantling_engine *engine, uint32_t policy)
{
    const struct scl_policy *meta = engine->policies[policy].meta;
    const struct scl_reason *reason = &engine->reasons[policy];
    struct scl_text words = { 0 };
    bool is_first = true;

    add_choice(&words, meta, reason);
    scl_text_c(out, "{ \"on\": ");
    take_string(out, &words);
    scl_text_c(out, ", \"severity\": ");
    if (reason->severity.source) {
        add_place(&words, reason->severity);
        take_string(out, &words);
    } else {
        scl_text_c(out, "null");
    }
    scl_text_c(out, ", \"params\": {");
    for (uint32_t i = 0; i < meta->param_count; i++) {
        if (!reason->params[i].is_set)
            continue;
        scl_text_c(out, is_first ? " " : ", ");
        scl_json_add_string(out, meta->params[i].name);
        scl_text_c(out, ": ");
        add_setter(&words, &reason->params[i]);
        take_string(out, &words);
        is_first = false;
    }
    scl_text_c(out, is_first ? "} }" : " } }");
    scl_text_finish(&words);
}
