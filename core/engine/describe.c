/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.c: what an engine would judge with, in words
 */
#include "engine/describe.h"

#include "base/suggest.h"
#include "document/facts.h"
#include "engine/json_text.h"
#include "engine/select.h"
#include "formats/format.h"

#include <string.h>

/* ---- json ---- */

static void
json_strs(struct scl_text *out, struct scl_strs strs)
{
    scl_text_char(out, '[');
    for (uint32_t i = 0; i < strs.count; i++) {
        if (i)
            scl_text_c(out, ", ");
        scl_json_text(out, strs.at[i]);
    }
    scl_text_char(out, ']');
}

static void
json_map(struct scl_text *out, const struct scl_named_strs *rows, uint32_t count)
{
    scl_text_c(out, count ? "{ " : "{");
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            scl_text_c(out, ", ");
        scl_json_text(out, rows[i].name);
        scl_text_c(out, ": ");
        if (rows[i].values.count == 1)
            scl_json_text(out, rows[i].values.at[0]);
        else
            json_strs(out, rows[i].values);
    }
    scl_text_c(out, count ? " }" : "}");
}

static void
json_key(struct scl_text *out, const char *key, struct scl_str value)
{
    scl_text_f(out, ", \"%s\": ", key);
    scl_json_text(out, value);
}

static void
json_subjects(struct scl_text *out, uint32_t subjects)
{
    bool first = true;

    scl_text_c(out, ", \"subjects\": [");
    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++)
        if (subjects >> type & 1) {
            scl_text_f(out, "%s\"%s\"", first ? "" : ", ", scl_type(type)->name);
            first = false;
        }
    scl_text_c(out, "]");
}

static void
json_params(struct scl_text *out, const struct scl_policy *policy)
{
    scl_text_c(out, ", \"params\": {");
    for (uint32_t i = 0; i < policy->param_count; i++) {
        scl_text_c(out, i ? ", " : " ");
        scl_json_text(out, policy->params[i].name);
        scl_text_c(out, ": ");
        scl_json_text(out, policy->params[i].doc);
    }
    scl_text_c(out, policy->param_count ? " }" : "}");
}

static void
json_policy(struct scl_text *out, const struct scl_judge_policy *judged)
{
    const struct scl_policy *p = judged->meta;

    scl_text_c(out, "{ \"code\": ");
    if (p->code.len)
        scl_json_text(out, p->code);
    else
        scl_text_c(out, "null");
    json_key(out, "id", p->id);
    json_key(out, "title", p->title);
    json_key(out, "severity", scl_str_c(scl_severity_name(judged->severity)));
    json_subjects(out, p->subjects);
    scl_text_c(out, ", \"packs\": ");
    json_strs(out, p->packs);
    scl_text_c(out, ", \"refs\": ");
    json_map(out, p->refs, p->ref_count);
    json_params(out, p);
    scl_text_c(out, ", \"aliases\": ");
    json_map(out, p->aliases, p->alias_count);
    json_key(out, "why", p->why);
    json_key(out, "fix", p->fix);
    json_key(out, "path", p->path);
    scl_text_c(out, " }");
}

static void
json_head(struct scl_text *out)
{
    scl_text_f(out, "{ \"scantling\": { \"version\": \"%s\", \"schema\": 1 }", SCANTLING_VERSION);
}

static void
describe_json(const struct scantling_engine *engine, uint32_t only, struct scl_text *out)
{
    bool first = true;

    json_head(out);
    json_key(out, "digest", engine->digest);
    scl_text_c(out, ",\n  \"policies\": [");
    for (uint32_t i = 0; i < engine->policy_count; i++) {
        if (only != UINT32_MAX && i != only)
            continue;
        scl_text_c(out, first ? "\n    " : ",\n    ");
        json_policy(out, &engine->policies[i]);
        first = false;
    }
    scl_text_c(out, " ] }\n");
}

/* ---- text ---- */

static void
text_policy(struct scl_text *out, const struct scl_judge_policy *judged, bool markdown)
{
    const struct scl_policy *p = judged->meta;

    scl_text_f(out, "%s%.*s %.*s: %.*s\n\n", markdown ? "## " : "", SCL_ARG(p->code),
               SCL_ARG(p->id), SCL_ARG(p->title));
    scl_text_f(out, "  severity  %s\n\nWhy\n  %.*s\n\nFix\n  %.*s\n",
               scl_severity_name(judged->severity), SCL_ARG(p->why), SCL_ARG(p->fix));
}

static void
text_line(struct scl_text *out, const struct scl_judge_policy *judged)
{
    const struct scl_policy *p = judged->meta;

    scl_text_f(out, "%.*s  %-8s  %-22.*s  %.*s\n", SCL_ARG(p->code),
               scl_severity_name(judged->severity), SCL_ARG(p->id), SCL_ARG(p->title));
}

static void
describe_text(const struct scantling_engine *engine, uint32_t only, bool markdown,
              struct scl_text *out)
{
    if (only != UINT32_MAX) {
        text_policy(out, &engine->policies[only], markdown);
        return;
    }
    for (uint32_t i = 0; i < engine->policy_count; i++)
        text_line(out, &engine->policies[i]);
}

/* ---- version ---- */

static void
describe_version(const struct scantling_engine *engine, struct scl_text *out)
{
    json_head(out);
    scl_text_f(out, ", \"abi\": %d,\n  \"lua\": { \"version\": \"%s\", \"bundled\": %s },",
               SCANTLING_API_LEVEL, scl_judge_lua_version(), SCL_BUNDLED ? "true" : "false");
    scl_text_f(out, "\n  \"policies\": %u, \"formats\": [", (unsigned)engine->policy_count);
    for (size_t i = 0; scl_formats[i]; i++)
        scl_text_f(out, "%s\"%s\"", i ? ", " : "", scl_formats[i]->name);
    scl_text_c(out, "] }\n");
}

bool
scl_engine_describe(const struct scantling_engine *engine, struct scl_str policy,
                    struct scl_str format, struct scl_text *out, scantling_error **error)
{
    uint32_t only = UINT32_MAX;

    if (policy.len) {
        only = scl_engine_find_policy(engine, policy);
        if (only == UINT32_MAX)
            return scl_fail(error, SCANTLING_STATUS_UNSUPPORTED, "unknown policy '%.*s'",
                            SCL_ARG(policy));
    }
    if (scl_str_is(format, "json"))
        describe_json(engine, only, out);
    else if (scl_str_is(format, "text") || scl_str_is(format, "markdown"))
        describe_text(engine, only, scl_str_is(format, "markdown"), out);
    else if (scl_str_is(format, "version"))
        describe_version(engine, out);
    else
        return scl_fail(error, SCANTLING_STATUS_UNSUPPORTED,
                        "unknown format '%.*s'; there are text, markdown, json and version",
                        SCL_ARG(format));
    return !out->failed || scl_fail_memory(error);
}
