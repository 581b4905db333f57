/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.c: settings given as a text
 *
 * The part of the settings that this version reads: parameters, as JSON, which is YAML.
 */
#include "engine/settings.h"

#include "base/note.h"
#include "base/suggest.h"
#include "engine/select.h"
#include "script/params.h"
#include "syntax/json.h"

struct setting {
    const struct scl_source *source;
    struct scl_arena *arena;
    scantling_error **chain;
};

static void
refuse(const struct setting *s, const struct scl_tree *at, scantling_error *error)
{
    scl_error_at(error, s->source, at->key_span.length ? at->key_span : at->span);
    scl_error_append(s->chain, error);
}

static void
set_param(const struct setting *s, const struct scl_policy *policy, const struct scl_tree *entry,
          struct scl_param_value *values)
{
    struct scl_str name = scl_tree_key(entry);
    uint32_t index = scl_param_find(policy, name);
    struct scl_suggest suggest;
    scantling_error *error;
    const char *why;

    if (index == UINT32_MAX) {
        scl_suggest_init(&suggest, name);
        for (uint32_t i = 0; i < policy->param_count; i++)
            scl_suggest_offer(&suggest, policy->params[i].name);
        error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "policy %.*s has no parameter '%.*s'",
                              SCL_ARG(policy->id), SCL_ARG(name));
        if (suggest.best.len)
            scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(suggest.best));
        refuse(s, entry, error);
    } else if (!scl_param_from_tree(s->arena, &policy->params[index], entry, &values[index],
                                    &why)) {
        refuse(s, entry,
               scl_error_new(SCANTLING_STATUS_ARGUMENT, "params.%.*s.%.*s: expected %s",
                             SCL_ARG(policy->id), SCL_ARG(name), why));
    }
}

static void
set_params(const struct setting *s, const struct scl_tree *params,
           const struct scl_judge_policy *policies, uint32_t count,
           struct scl_param_value *const *values)
{
    for (uint32_t i = 0; i < scl_tree_count(params); i++) {
        const struct scl_tree *of = scl_tree_child(params, i);
        bool found = false;

        for (uint32_t p = 0; p < count; p++) {
            if (!scl_policy_answers_to(policies[p].meta, scl_tree_key(of)))
                continue;
            found = true;
            for (uint32_t j = 0; j < scl_tree_count(of); j++)
                set_param(s, policies[p].meta, scl_tree_child(of, j), values[p]);
        }
        if (!found)
            refuse(s, of,
                   scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "no policy '%.*s' is selected",
                                 SCL_ARG(scl_tree_key(of))));
    }
}

static void
read_settings(const struct setting *s, const struct scl_tree *root,
              const struct scl_judge_policy *policies, uint32_t count,
              struct scl_param_value *const *values)
{
    for (uint32_t i = 0; i < scl_tree_count(root); i++) {
        const struct scl_tree *entry = scl_tree_child(root, i);

        if (scl_str_is(scl_tree_key(entry), "params"))
            set_params(s, entry, policies, count, values);
        else
            refuse(s, entry,
                   scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown key '%.*s'",
                                 SCL_ARG(scl_tree_key(entry))));
    }
}

bool
scl_settings_params(const struct scl_config_file *file, const struct scl_judge_policy *policies,
                    uint32_t count, struct scl_param_value *const *values, struct scl_arena *arena,
                    scantling_error **chain)
{
    struct scl_source source;
    struct scl_notes notes;
    const struct scl_tree *root = NULL;
    scantling_error *found = NULL;
    struct setting setting = { &source, arena, &found };
    bool good;

    scl_notes_init(&notes, arena);
    if (scl_source_init(&source, arena, file->name, file->text))
        root = scl_json_read(arena, &source, NULL, &notes);
    if (root && notes.list.count) {
        found = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%.*s",
                              SCL_ARG(notes.list.at[0].message));
        scl_error_at(found, &source, notes.list.at[0].span);
    } else if (root) {
        read_settings(&setting, root, policies, count, values);
    }
    good = root && !found;
    scl_error_append(chain, found);
    return good;
}
