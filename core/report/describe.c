/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.c: what an engine would judge with, in words
 */
#include "report/describe.h"

#include "base/map.h"
#include "document/facts.h"
#include "engine/adjust.h"
#include "engine/select.h"
#include "formats/format.h"
#include "report/explain.h"
#include "report/fields.h"
#include "report/json.h"
#include "report/reasons.h"
#include "report/report.h"
#include "report/wrap.h"
#include "syntax/archive.h"
#include "syntax/yaml_read.h"

#include <string.h>

enum { REASONS_INDENT = 18, REASONS_WIDTH = 80 };

/* ---- json ---- */

static void
json_strs(struct scl_text *out, struct scl_strs strs)
{
    scl_text_char(out, '[');
    for (uint32_t i = 0; i < strs.count; i++) {
        if (i)
            scl_text_c(out, ", ");
        scl_json_add_string(out, strs.at[i]);
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
        scl_json_add_string(out, rows[i].name);
        scl_text_c(out, ": ");
        if (rows[i].values.count == 1)
            scl_json_add_string(out, rows[i].values.at[0]);
        else
            json_strs(out, rows[i].values);
    }
    scl_text_c(out, count ? " }" : "}");
}

static void
json_key(struct scl_text *out, const char *key, struct scl_str value)
{
    scl_text_f(out, ", \"%s\": ", key);
    scl_json_add_string(out, value);
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
        scl_json_add_string(out, policy->params[i].name);
        scl_text_c(out, ": ");
        scl_json_add_string(out, policy->params[i].doc);
    }
    scl_text_c(out, policy->param_count ? " }" : "}");
}

static void
json_policy(struct scl_text *out, const struct scantling_engine *engine, uint32_t index,
            bool with_reasons)
{
    const struct scl_judge_policy *judged = &engine->policies[index];
    const struct scl_policy *p = judged->meta;

    scl_text_c(out, "{ \"code\": ");
    if (p->code.len)
        scl_json_add_string(out, p->code);
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
    if (with_reasons) {
        scl_text_c(out, ", \"set_by\": ");
        scl_reasons_add_json(out, engine, index);
    }
    scl_text_c(out, " }");
}

static void
json_head(struct scl_text *out)
{
    scl_text_f(out, "{ \"scantling\": { \"version\": \"%s\", \"schema\": 1 }", SCANTLING_VERSION);
}

/* What was assumed, and the limits of policies. */
static void
json_settings(const struct scantling_engine *engine, struct scl_text *out)
{
    struct scl_lua_limits limits = engine->limits;

    scl_text_c(out, ",\n  \"assumptions\": {");
    for (uint32_t i = 0; i < engine->assumption_count; i++) {
        scl_text_c(out, i ? ", " : " ");
        scl_json_add_string(out, engine->assumptions[i].key);
        scl_text_c(out, ": ");
        scl_json_add_string(out, engine->assumptions[i].value);
    }
    scl_text_c(out, engine->assumption_count ? " }" : "}");
    scl_text_c(out, ", \"limits\": {");
    for (int32_t limit = SCANTLING_LIMIT_POLICY_BYTES; scl_lua_limit(&limits, limit); limit++)
        scl_text_f(out, "%s \"%s\": %llu", limit == SCANTLING_LIMIT_POLICY_BYTES ? "" : ",",
                   scl_lua_limit_name(limit), (unsigned long long)*scl_lua_limit(&limits, limit));
    scl_text_c(out, " }");
}

static void
json_adjustment(struct scl_text *out, const struct scantling_engine *engine, uint32_t index)
{
    const struct scl_policy *p = engine->policies[index].meta;
    const struct scl_policy *adjusted = scl_adjusted_policy(engine, p);

    scl_text_c(out, "{ \"id\": ");
    scl_json_add_string(out, p->id);
    json_key(out, "adjusts", adjusted->id);
    json_subjects(out, p->subjects);
    json_key(out, "why", p->why);
    json_key(out, "path", p->path);
    scl_text_c(out, " }");
}

/* Those of one policy, or that one, or all. */
static void
json_adjustments(const struct scantling_engine *engine, uint32_t only, struct scl_text *out)
{
    bool first = true;

    scl_text_c(out, " ],\n  \"adjustments\": [");
    for (uint32_t i = engine->policy_count; i < scl_engine_file_count(engine); i++) {
        if (only != UINT32_MAX && i != only && engine->policies[i].adjusts != only)
            continue;
        scl_text_c(out, first ? "\n    " : ",\n    ");
        json_adjustment(out, engine, i);
        first = false;
    }
    scl_text_c(out, first ? "] }\n" : " ] }\n");
}

static void
describe_json(const struct scantling_engine *engine, uint32_t only, bool with_reasons,
              struct scl_text *out)
{
    bool first = true;

    json_head(out);
    json_key(out, "digest", engine->digest);
    json_settings(engine, out);
    scl_text_c(out, ",\n  \"policies\": [");
    for (uint32_t i = 0; i < engine->policy_count; i++) {
        if (only != UINT32_MAX && i != only)
            continue;
        scl_text_c(out, first ? "\n    " : ",\n    ");
        json_policy(out, engine, i, with_reasons);
        first = false;
    }
    json_adjustments(engine, only, out);
}

/* ---- text ---- */

static void
text_line(struct scl_text *out, const struct scl_judge_policy *judged)
{
    const struct scl_policy *p = judged->meta;

    scl_text_f(out, "%-6.*s  %-8s  %-22.*s  %.*s\n", SCL_ARG(p->code),
               scl_severity_name(judged->severity), SCL_ARG(p->id), SCL_ARG(p->title));
}

/* The adjustments of a policy, a line each below its own. */
static void
list_adjustments(const struct scantling_engine *engine, uint32_t policy, struct scl_text *out)
{
    for (uint32_t i = engine->policy_count; i < scl_engine_file_count(engine); i++)
        if (engine->policies[i].adjusts == policy)
            scl_text_f(out, "        = adjusted by %.*s\n", SCL_ARG(engine->policies[i].meta->id));
}

/* What switched a policy on, in the line below its own. */
static void
text_reasons(const struct scantling_engine *engine, uint32_t policy, struct scl_text *out)
{
    struct scl_text words = { 0 };

    scl_reasons_add(&words, engine, policy);
    scl_text_fill(out, ' ', REASONS_INDENT);
    scl_wrap_add(out, scl_text_str(&words), REASONS_INDENT, REASONS_WIDTH);
    scl_text_char(out, '\n');
    out->failed = out->failed || words.failed;
    scl_text_finish(&words);
}

static void
list_text(const struct scantling_engine *engine, bool with_reasons, struct scl_text *out)
{
    for (uint32_t i = 0; i < engine->policy_count; i++) {
        text_line(out, &engine->policies[i]);
        if (with_reasons)
            text_reasons(engine, i, out);
        list_adjustments(engine, i, out);
    }
}

/* ---- version ---- */

static void
describe_version(struct scl_text *out)
{
    json_head(out);
    scl_text_f(out, ", \"abi\": %d,\n  \"lua\": { \"version\": \"%s\", \"bundled\": %s },",
               SCANTLING_API_LEVEL, scl_judge_lua_version(), SCL_BUNDLED ? "true" : "false");
    scl_text_f(out, " \"jansson\": \"%s\", \"libyaml\": \"%s\",", scl_json_library_version(),
               scl_yaml_library_version());
    if (scl_archive_is_supported())
        scl_text_f(out, " \"libarchive\": \"%s\",", scl_archive_library_version());
    else
        scl_text_c(out, " \"libarchive\": null,");
    scl_text_f(out, "\n  \"policies\": %u, \"formats\": [",
               (unsigned)(scl_builtin_policy_count + SCL_OWN_COUNT));
    for (size_t i = 0; scl_formats[i]; i++)
        scl_text_f(out, "%s\"%s\"", i ? ", " : "", scl_formats[i]->name);
    scl_text_c(out, "], \"reports\": [");
    for (size_t i = 0; scl_writers[i].name; i++)
        scl_text_f(out, "%s\"%s\"", i ? ", " : "", scl_writers[i].name);
    scl_text_c(out, "] }\n");
}

/* ---- packs ---- */

/* Names that may choose: those that are known, then those that only policies given to it have. */
static void
describe_packs(const struct scantling_engine *engine, struct scl_text *out)
{
    struct scl_arena arena;
    struct scl_map seen;

    scl_arena_init(&arena);
    scl_map_init(&seen, &arena);
    for (size_t i = 0; scl_pack_names[i]; i++) {
        scl_map_put(&seen, scl_str_c(scl_pack_names[i]), 1);
        scl_text_f(out, "%s\n", scl_pack_names[i]);
    }
    for (uint32_t i = 0; i < engine->policy_count; i++) {
        struct scl_strs packs = engine->policies[i].meta->packs;

        for (uint32_t p = 0; p < packs.count; p++) {
            if (scl_map_find(&seen, packs.at[p]))
                continue;
            scl_map_put(&seen, packs.at[p], 1);
            scl_text_f(out, "%.*s\n", SCL_ARG(packs.at[p]));
        }
    }
    out->failed = out->failed || arena.failed;
    scl_arena_finish(&arena);
}

/* ---- what is there whatever the engine ---- */

/* A word, and after it what it is to tell of. */
static const struct catalogue {
    const char *word;
    bool (*write)(struct scl_str about, struct scl_text *out, scantling_error **error);
} catalogues[] = {
    { "fields", scl_fields_list },
    { "field", scl_field_describe },
    { "formats", scl_formats_list },
};

static const struct catalogue *
find_catalogue(struct scl_str format, struct scl_str *ret_about)
{
    struct scl_str word;

    *ret_about = scl_str_trim(format);
    if (scl_str_cut(ret_about, ' ', &word))
        for (size_t i = 0; i < sizeof catalogues / sizeof catalogues[0]; i++)
            if (scl_str_is(word, catalogues[i].word))
                return &catalogues[i];
    return NULL;
}

bool
scl_engine_describe(const struct scantling_engine *engine, struct scl_str policy,
                    struct scl_str format, struct scl_text *out, scantling_error **error)
{
    bool markdown = scl_str_is(format, "markdown"), good = true;
    bool with_reasons = scl_str_is(format, "text why") || scl_str_is(format, "json why");
    struct scl_str about;
    const struct catalogue *catalogue = find_catalogue(format, &about);
    uint32_t only = UINT32_MAX;

    if (policy.len) {
        only = scl_engine_find_policy(engine, policy);
        if (only == UINT32_MAX)
            return scl_fail(error, SCANTLING_STATUS_UNSUPPORTED, "unknown policy '%.*s'",
                            SCL_ARG(policy));
    }
    if (with_reasons)
        format = scl_str_sub(format, 0, 4);
    if (scl_str_is(format, "json"))
        describe_json(engine, only, with_reasons, out);
    else if ((scl_str_is(format, "text") || markdown) && only != UINT32_MAX)
        good = scl_explain(engine, only, markdown, out, error);
    else if (scl_str_is(format, "text") || markdown)
        list_text(engine, with_reasons, out);
    else if (scl_str_is(format, "version"))
        describe_version(out);
    else if (scl_str_is(format, "settings"))
        scl_engine_describe_settings(engine, out);
    else if (scl_str_is(format, "packs"))
        describe_packs(engine, out);
    else if (catalogue)
        good = catalogue->write(about, out, error);
    else
        return scl_fail(error, SCANTLING_STATUS_UNSUPPORTED,
                        "unknown format '%.*s'; there are text, markdown, json, text why, json "
                        "why, version, settings, packs, fields, field and formats",
                        SCL_ARG(format));
    return good && (!out->failed || scl_fail_memory(error));
}
