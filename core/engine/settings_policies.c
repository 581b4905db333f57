/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings_policies.c: settings that name policies
 *
 * Every name is checked, unless the settings name files of policies and the client has given none:
 * such settings can be described, so that the client learns which, but not judged with.
 */
#include "engine/settings_reader.h"

#include "base/suggest.h"
#include "engine/select.h"
#include "script/params.h"

static const struct scl_str no_key = { "", 0 };

bool
scl_setting_names_policy(struct scl_settings_reader *r, const struct scl_tree *at,
                         const char *path, struct scl_str name, bool prefixes)
{
    scantling_error *error;

    if (r->settings->is_open || scl_names_find(r->names, name))
        return true;
    for (uint32_t i = 0; prefixes && i < r->names->policies.count; i++)
        if (scl_policy_has_prefix(r->names->policies.at[i], name))
            return true;
    error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s%sunknown policy '%.*s'",
                          r->is_option ? "" : path, r->is_option ? "" : ": ", SCL_ARG(name));
    scl_names_suggest(r->names, name, error);
    if (scl_str_same(scl_tree_key(at), name))
        scl_setting_refuse_key(r, at, error);
    else
        scl_setting_refuse(r, at, error);
    return false;
}

/* ---- lists of names ---- */

static void
read_names(struct scl_settings_reader *r, const struct scl_tree *tree, const char *name,
           struct scl_texts *ret)
{
    if (!scl_setting_is_list(r, tree, name, "a list of names"))
        return;
    ret->list.count = ret->places.count = 0;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        const char *path = scl_setting_path(r, name, i + 1, no_key);
        struct scl_str text = scl_setting_text(r, child, path);

        if (text.len && scl_setting_names_policy(r, child, path, text, true))
            scl_setting_add(r, ret, child, text);
    }
}

void
scl_setting_only(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_names(r, tree, "only", &r->settings->only);
}

void
scl_setting_skip(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_names(r, tree, "skip", &r->settings->skip);
}

static bool
is_pack(const struct scl_settings_reader *r, struct scl_str name)
{
    if (r->settings->is_open)
        return true;
    for (size_t i = 0; scl_pack_names[i]; i++)
        if (scl_str_is(name, scl_pack_names[i]))
            return true;
    for (uint32_t i = 0; i < r->names->policies.count; i++)
        if (scl_strs_have(r->names->policies.at[i]->packs, name))
            return true;
    return false;
}

void
scl_setting_packs(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    if (!scl_setting_is_list(r, tree, "packs", "a list of names"))
        return;
    r->settings->packs.list.count = r->settings->packs.places.count = 0;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        const char *path = scl_setting_path(r, "packs", i + 1, no_key);
        struct scl_str text = scl_setting_text(r, child, path), near;
        scantling_error *error;

        if (!text.len || is_pack(r, text)) {
            scl_setting_add(r, &r->settings->packs, child, text);
            continue;
        }
        error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s: unknown pack '%.*s'", path,
                              SCL_ARG(text));
        near = scl_suggest_from(text, scl_pack_names);
        if (near.len)
            scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(near));
        scl_setting_refuse(r, child, error);
    }
}

/* ---- severities ---- */

static void
set_severity(struct scl_settings_reader *r, const struct scl_tree *entry,
             scantling_severity severity)
{
    const struct scl_name *at = scl_names_find(r->names, scl_tree_key(entry));

    for (; at; at = scl_names_next(r->names, at)) {
        struct scl_severity_setting *slot = scl_vec_push(r->arena, &r->settings->severities);

        if (slot)
            *slot = (struct scl_severity_setting){ at->policy, severity,
                                                   scl_setting_place(r, entry) };
    }
}

static bool
is_adjustment(const struct scl_settings_reader *r, struct scl_str name)
{
    const struct scl_name *at = scl_names_find(r->names, name);

    return at && at->policy->adjusts.len;
}

void
scl_setting_severity(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    if (!scl_setting_is_map(r, tree, "severity"))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *entry = scl_tree_child(tree, i);
        struct scl_str name = scl_tree_key(entry), text;
        const char *path = scl_setting_path(r, "severity", 0, name);
        scantling_severity severity;
        scantling_error *error;

        if (!scl_setting_names_policy(r, entry, "severity", name, false))
            continue;
        text = scl_setting_text(r, entry, path);
        severity = scl_severity_from(text);
        if (is_adjustment(r, name)) {
            scl_setting_refuse_key(
                r, entry,
                scl_error_new(SCANTLING_STATUS_ARGUMENT,
                              "severity: '%.*s' is an adjustment and has no severity of its own",
                              SCL_ARG(name)));
        } else if (severity != SCANTLING_SEVERITY_NONE) {
            set_severity(r, entry, severity);
        } else if (text.len) {
            error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: unknown severity '%.*s'", path,
                                  SCL_ARG(text));
            scl_error_suggest(error, "one of critical, high, medium, low, info");
            scl_setting_refuse(r, entry, error);
        }
    }
}

/* ---- parameters ---- */

/* The kind of a value that a parameter is written as; a size is a number or a text. */
static enum scl_tree_kind
kind_of(enum scl_param_type type, const struct scl_tree *value)
{
    switch (type) {
    case SCL_PARAM_BOOLEAN:
        return SCL_TREE_BOOL;
    case SCL_PARAM_INTEGER:
    case SCL_PARAM_NUMBER:
        return SCL_TREE_NUMBER;
    case SCL_PARAM_LIST:
        return SCL_TREE_LIST;
    case SCL_PARAM_MAP:
        return SCL_TREE_MAP;
    case SCL_PARAM_SIZE:
        return value->kind == SCL_TREE_NUMBER ? SCL_TREE_NUMBER : SCL_TREE_STRING;
    default:
        return SCL_TREE_STRING;
    }
}

static void
refuse_value(struct scl_settings_reader *r, const struct scl_tree *entry, const char *path,
             const struct scl_param *param, const char *expected)
{
    if (entry->kind != kind_of(param->type, entry) && !r->is_option)
        scl_setting_refuse_kind(r, entry, path, expected);
    else if (scl_tree_count(entry))
        scl_setting_refuse(r, entry,
                           scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: expected %s", path,
                                         expected));
    else
        scl_setting_refuse(r, entry,
                           scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: expected %s, got '%.*s'",
                                         path, expected, SCL_ARG(scl_tree_text(entry))));
}

static void
set_param(struct scl_settings_reader *r, const struct scl_policy *policy, uint32_t index,
          const struct scl_tree *entry)
{
    const struct scl_param *param = &policy->params[index];
    const char *path = scl_setting_path(
        r, scl_setting_path(r, "params", 0, policy->id), 0, param->name);
    struct scl_param_setting *slot;
    struct scl_param_value value;
    const char *expected;
    bool fits = scl_param_from_tree(r->arena, param, entry, &value, &expected);

    if (!fits || (!r->is_option && entry->kind != kind_of(param->type, entry))) {
        refuse_value(r, entry, path, param, expected);
        return;
    }
    slot = scl_vec_push(r->arena, &r->settings->params);
    if (slot)
        *slot = (struct scl_param_setting){ policy, index, value, scl_tree_text(entry),
                                            scl_setting_place(r, entry) };
}

static void
refuse_param(struct scl_settings_reader *r, const struct scl_policy *policy,
             const struct scl_tree *entry)
{
    struct scl_str name = scl_tree_key(entry);
    struct scl_suggest suggest;
    scantling_error *error =
        scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "policy %.*s has no parameter '%.*s'",
                      SCL_ARG(policy->id), SCL_ARG(name));

    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < policy->param_count; i++)
        scl_suggest_offer(&suggest, policy->params[i].name);
    if (suggest.best.len)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    scl_setting_refuse_key(r, entry, error);
}

/* One parameter of all policies of a name; one of them at least must have it. */
static void
read_param(struct scl_settings_reader *r, struct scl_str name, const struct scl_tree *entry)
{
    const struct scl_name *first = scl_names_find(r->names, name);
    bool found = false;

    for (const struct scl_name *at = first; at; at = scl_names_next(r->names, at)) {
        uint32_t index = scl_param_find(at->policy, scl_tree_key(entry));

        if (index == UINT32_MAX)
            continue;
        found = true;
        set_param(r, at->policy, index, entry);
    }
    if (first && !found)
        refuse_param(r, first->policy, entry);
}

void
scl_setting_params(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    if (!scl_setting_is_map(r, tree, "params"))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *of = scl_tree_child(tree, i);
        struct scl_str name = scl_tree_key(of);

        if (!scl_setting_names_policy(r, of, "params", name, false) ||
            !scl_setting_is_map(r, of, scl_setting_path(r, "params", 0, name)))
            continue;
        for (uint32_t p = 0; p < scl_tree_count(of); p++)
            read_param(r, name, scl_tree_child(of, p));
    }
}
