/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe_settings.c: the settings of an engine as JSON
 *
 * A key on a line, every key always there, so that a client need not know what was left out. What
 * the engine does not use itself (paths, globs, formats, arguments) is here for the client.
 */
#include "report/describe.h"

#include "report/json.h"

struct writing {
    const struct scantling_engine *engine;
    struct scl_text *out;
};

static void
begin_key(struct writing *w, const char *key)
{
    scl_text_f(w->out, ",\n  \"%s\": ", key);
}

static void
put_text(struct writing *w, const char *key, struct scl_str text)
{
    begin_key(w, key);
    if (text.len)
        scl_json_add_string(w->out, text);
    else
        scl_text_c(w->out, "null");
}

static void
add_list(struct scl_text *out, const struct scl_texts *texts)
{
    scl_text_char(out, '[');
    for (uint32_t i = 0; i < texts->list.count; i++) {
        scl_text_c(out, i ? ", " : "");
        scl_json_add_string(out, texts->list.at[i]);
    }
    scl_text_char(out, ']');
}

static void
put_list(struct writing *w, const char *key, const struct scl_texts *texts)
{
    begin_key(w, key);
    add_list(w->out, texts);
}

/* Numbers stay numbers; of a key that was given again the later value counts. */
static void
put_pairs(struct writing *w, const char *key, const struct scl_pairs *pairs, bool are_numbers)
{
    bool is_first = true;

    begin_key(w, key);
    scl_text_char(w->out, '{');
    for (uint32_t i = 0; i < pairs->list.count; i++) {
        const struct scl_setting *pair = &pairs->list.at[i];
        bool is_replaced = false;

        for (uint32_t later = i + 1; later < pairs->list.count && !is_replaced; later++)
            is_replaced = scl_str_same(pairs->list.at[later].key, pair->key);
        if (is_replaced)
            continue;
        scl_text_c(w->out, is_first ? "" : ", ");
        scl_json_add_string(w->out, pair->key);
        scl_text_c(w->out, ": ");
        if (are_numbers)
            scl_text_add(w->out, pair->value);
        else
            scl_json_add_string(w->out, pair->value);
        is_first = false;
    }
    scl_text_char(w->out, '}');
}

static void
put_severities(struct writing *w)
{
    const struct scantling_engine *engine = w->engine;
    bool is_first = true;

    begin_key(w, "severity");
    scl_text_char(w->out, '{');
    for (uint32_t i = 0; i < engine->policy_count; i++) {
        if (!engine->policies[i].has_severity)
            continue;
        scl_text_c(w->out, is_first ? "" : ", ");
        scl_json_add_string(w->out, engine->policies[i].meta->id);
        scl_text_f(w->out, ": \"%s\"", scl_severity_name(engine->policies[i].severity));
        is_first = false;
    }
    scl_text_char(w->out, '}');
}

static void
add_exception(struct writing *w, const struct scl_exception *exception)
{
    static const char *const keys[] = { "path", "subject", "until", "reason" };
    const struct scl_str values[] = { exception->path, exception->subject, exception->until,
                                      exception->reason };

    scl_text_c(w->out, "{\"policies\": ");
    add_list(w->out, &exception->policies);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        scl_text_f(w->out, ", \"%s\": ", keys[i]);
        if (values[i].len)
            scl_json_add_string(w->out, values[i]);
        else
            scl_text_c(w->out, "null");
    }
    scl_text_char(w->out, '}');
}

static void
put_exceptions(struct writing *w)
{
    const struct scl_settings *settings = w->engine->settings;

    begin_key(w, "suppress");
    scl_text_char(w->out, '[');
    for (uint32_t i = 0; i < settings->exceptions.count; i++) {
        scl_text_c(w->out, i ? ",\n    " : "\n    ");
        add_exception(w, &settings->exceptions.at[i]);
    }
    scl_text_char(w->out, ']');
}

/* Entries of the baseline that the policies of the engine could meet again. */
static unsigned
count_known(const struct scantling_engine *engine)
{
    unsigned count = 0;

    for (uint32_t i = 0; i < engine->baseline->list.count; i++) {
        const struct scl_name *name =
            scl_names_find(&engine->names, engine->baseline->list.at[i].policy);

        count += name && name->index != UINT32_MAX;
    }
    return count;
}

void
scl_engine_describe_settings(const struct scantling_engine *engine, struct scl_text *out)
{
    struct writing w = { engine, out };
    const struct scl_settings *s = engine->settings;

    scl_text_c(out, "{\n  \"version\": 1");
    put_list(&w, "packs", &s->packs);
    put_list(&w, "policies", &s->policies);
    put_list(&w, "only", &s->only);
    put_list(&w, "skip", &s->skip);
    put_text(&w, "fail_on", s->fail_on);
    put_severities(&w);
    put_list(&w, "exclude", &s->exclude);
    put_pairs(&w, "formats", &s->formats, false);
    put_pairs(&w, "build_args", &s->build_args, false);
    put_pairs(&w, "variables", &s->variables, false);
    put_pairs(&w, "pod_templates", &s->pod_templates, false);
    put_text(&w, "target", s->target);
    put_pairs(&w, "assume", &s->assume, false);
    put_pairs(&w, "limits", &s->limits, true);
    put_text(&w, "baseline", s->baseline);
    put_text(&w, "peer_comments", s->ignores_peers ? SCL_S("ignore") : SCL_S("honour"));
    put_exceptions(&w);
    scl_text_f(out, ",\n  \"known_findings\": %u\n}\n", count_known(engine));
}
