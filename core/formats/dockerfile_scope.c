/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_scope.c: the variables of a Dockerfile
 *
 * A stage begins with all variables of the stage it is made from. So that a long chain of stages
 * does not copy them again and again, a scope is a tree of nodes by the number of a name; a stage
 * shares its parent's tree and copies the nodes on the way to what it changes.
 *
 * A variable that no instruction of the chain sets may come from the base image: over an image it
 * is not known, over `scratch` it is unset. An ARG without a value that nobody gave is not known.
 */
#include "formats/dockerfile_lower.h"

#include "base/suggest.h"

#include <string.h>

enum { NODE_BITS = 4, NODE_SLOTS = 1 << NODE_BITS, NODE_HEIGHT = 6 };

struct variable {
    struct scl_known value, env; /* env: of the image, which stages made from this one see */
    uint32_t stage;              /* that set `value` */
    uint32_t env_at, arg_at;     /* in the lists of the scope, from 1; arg_at: of that stage */
    bool has_env;
};

struct scl_scope_node {
    uint32_t owner; /* the stage that may change it */
    void *slots[NODE_SLOTS]; /* nodes, at the lowest level variables */
};

/* What is set before the first FROM without being declared. */
static const struct {
    const char *name, *usual;
} platform_args[] = {
    { "BUILDPLATFORM", "linux/amd64" },
    { "BUILDOS", "linux" },
    { "BUILDOSVERSION", "" },
    { "BUILDARCH", "amd64" },
    { "BUILDVARIANT", "" },
    { "TARGETPLATFORM", "linux/amd64" },
    { "TARGETOS", "linux" },
    { "TARGETOSVERSION", "" },
    { "TARGETARCH", "amd64" },
    { "TARGETVARIANT", "" },
};

enum { PLATFORM_ARGS = sizeof platform_args / sizeof platform_args[0] };

/* What a RUN sees without a declaration, and an expansion does not. */
static const char *const proxy_args[] = {
    "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy",
    "NO_PROXY",   "no_proxy",   "ALL_PROXY",   "all_proxy",   NULL,
};

static bool
is_among(const char *const *names, struct scl_str name)
{
    while (*names && !scl_str_is(name, *names))
        names++;
    return *names != NULL;
}

static uint32_t
slot_at(uint32_t number, int level)
{
    return number >> (level * NODE_BITS) & (NODE_SLOTS - 1);
}

static const struct variable *
find_variable(const struct scl_lowering *l, const struct scl_stage *stage, struct scl_str name)
{
    const struct scl_map_entry *entry = scl_map_find(&l->variables, name);
    const struct scl_scope_node *node = stage->scope;

    for (int level = NODE_HEIGHT - 1; entry && node && level > 0; level--)
        node = node->slots[slot_at((uint32_t)entry->value, level)];
    return entry && node ? node->slots[slot_at((uint32_t)entry->value, 0)] : NULL;
}

/* The node, or a copy that the stage may change. */
static struct scl_scope_node *
own_node(struct scl_lowering *l, struct scl_scope_node *node)
{
    struct scl_scope_node *made;

    if (node && node->owner == l->stage)
        return node;
    made = scl_arena_alloc(&l->scratch, sizeof *made);
    if (!made)
        return NULL;
    if (node)
        *made = *node;
    made->owner = l->stage;
    return made;
}

/* `object`: the ENV or ARG that sets it, or 0. */
static void
set_variable(struct scl_lowering *l, struct scl_str name, struct scl_known value, bool is_env,
             uint32_t object)
{
    struct scl_stage *stage = &l->stages.at[l->stage];
    const struct variable *before = find_variable(l, stage, name);
    struct scl_map_entry *entry = scl_map_find(&l->variables, name);
    struct variable *made = scl_arena_alloc(&l->scratch, sizeof *made);
    struct scl_scope_node *node;

    if (!entry)
        entry = scl_map_put(&l->variables, name, l->variables.entries.count);
    if (!entry || !made || entry->value >> (NODE_BITS * NODE_HEIGHT))
        return;
    if (before)
        *made = *before;
    if (made->stage != l->stage)
        made->arg_at = 0;
    made->value = value;
    made->stage = l->stage;
    if (is_env) {
        made->env = value;
        made->has_env = true;
    }
    scl_held_variable(l, is_env, object, is_env ? &made->env_at : &made->arg_at);
    node = stage->scope = own_node(l, stage->scope);
    for (int level = NODE_HEIGHT - 1; node && level > 0; level--) {
        uint32_t slot = slot_at((uint32_t)entry->value, level);

        node = node->slots[slot] = own_node(l, node->slots[slot]);
    }
    if (node)
        node->slots[slot_at((uint32_t)entry->value, 0)] = made;
}

bool
scl_scope_given(const struct scl_lowering *l, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_map_entry *entry = scl_map_find(&l->build_args, name);

    if (entry)
        *ret_value = l->input->build_args[entry->value].value;
    return entry != NULL;
}

static void
set_global(struct scl_lowering *l, struct scl_str name, struct scl_known value)
{
    struct scl_known *made = scl_vec_push(&l->scratch, &l->global_values);

    if (!made)
        return;
    *made = value;
    scl_map_put(&l->globals, name, l->global_values.count - 1);
}

static void
set_default(struct scl_lowering *l, struct scl_str name, struct scl_known value)
{
    struct scl_known *made = scl_vec_push(&l->scratch, &l->global_values);

    if (!made)
        return;
    *made = value;
    scl_map_put(&l->defaults, name, l->global_values.count - 1);
}

/* The name of the target, of the last stage, or "default". */
static struct scl_str
target_name(const struct scl_lowering *l)
{
    const struct scl_docker_instruction *last = NULL;

    if (l->input->target_count)
        return l->input->targets[0];
    for (const struct scl_docker_instruction *i = l->file.first; i; i = i->next)
        if (i->kind == SCL_DOCKER_FROM)
            last = i;
    return last && last->word_count == 3 ? last->words[2].text : SCL_S("default");
}

void
scl_scope_begin(struct scl_lowering *l)
{
    struct scl_str given;

    for (uint32_t i = 0; i < l->input->build_arg_count; i++)
        scl_map_put(&l->build_args, l->input->build_args[i].name, i);
    set_global(l, SCL_S("TARGETSTAGE"), scl_known(scl_lower_keep(l, target_name(l))));
    for (size_t i = 0; i < PLATFORM_ARGS; i++)
        set_global(l, scl_str_c(platform_args[i].name), (struct scl_known){ 0 });
    for (uint32_t i = 0; i < l->globals.entries.count; i++)
        if (scl_scope_given(l, l->globals.entries.at[i].key, &given))
            l->global_values.at[i] = scl_known(scl_lower_keep(l, given));
    for (size_t i = 0; i < PLATFORM_ARGS; i++)
        set_default(l, scl_str_c(platform_args[i].name),
                    scl_known(scl_str_c(platform_args[i].usual)));
    set_default(l, SCL_S("TARGETSTAGE"), scl_known(scl_lower_keep(l, target_name(l))));
}

/* A platform argument that is declared without a default keeps its own value. */
struct scl_known
scl_scope_global(struct scl_lowering *l, const struct scl_docker_pair *pair,
                 struct scl_known value)
{
    struct scl_str given;
    const struct scl_map_entry *before = scl_map_find(&l->globals, pair->key);

    if (pair->has_value)
        set_default(l, pair->key,
                    l->build_args.entries.count
                        ? scl_lower_default(l, pair->value, pair->value_span)
                        : value);
    if (scl_scope_given(l, pair->key, &given))
        value = scl_known(scl_lower_keep(l, given));
    else if (!pair->has_value && before)
        return l->global_values.at[before->value];
    set_global(l, pair->key, value);
    return value;
}

void
scl_scope_stage_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    if (stage->parent != SCL_NO_STAGE)
        stage->scope = l->stages.at[stage->parent].scope;
    else if (stage->is_scratch && !stage->is_windows)
        scl_scope_env(l, SCL_S("PATH"), scl_known(SCL_S(SCL_DEFAULT_PATH)), 0);
}

struct scl_known
scl_scope_arg(struct scl_lowering *l, const struct scl_docker_pair *pair, struct scl_known value,
              uint32_t object)
{
    struct scl_str given;
    const struct scl_map_entry *global;
    const struct variable *before = find_variable(l, &l->stages.at[l->stage], pair->key);

    if (scl_scope_given(l, pair->key, &given)) {
        value = scl_known(scl_lower_keep(l, given));
    } else if (!pair->has_value) {
        global = scl_map_find(&l->globals, pair->key);
        if (global)
            value = l->global_values.at[global->value];
        else if (before)
            return before->value;
        else
            value = (struct scl_known){ 0 };
    }
    set_variable(l, pair->key, value, false, object);
    return value;
}

void
scl_scope_env(struct scl_lowering *l, struct scl_str name, struct scl_known value, uint32_t object)
{
    set_variable(l, name, value, true, object);
}

static enum scl_lookup
answer(struct scl_known value, struct scl_str *ret_value)
{
    *ret_value = value.text;
    return value.is_known ? SCL_LOOKUP_SET : SCL_LOOKUP_UNKNOWN;
}

enum scl_lookup
scl_scope_lookup(void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_lowering *l = context;
    const struct scl_map_entry *global;
    const struct scl_stage *stage;
    const struct variable *variable;

    if (l->scope == SCL_SCOPE_LATER)
        return SCL_LOOKUP_UNKNOWN;
    if (l->scope != SCL_SCOPE_STAGE) {
        global = scl_map_find(l->scope == SCL_SCOPE_GLOBAL ? &l->globals : &l->defaults, name);
        return global ? answer(l->global_values.at[global->value], ret_value) : SCL_LOOKUP_UNSET;
    }
    stage = &l->stages.at[l->stage];
    variable = find_variable(l, stage, name);
    if (variable && variable->has_env && variable->stage != l->stage)
        return answer(variable->env, ret_value);
    if (variable)
        return answer(variable->value, ret_value);
    return stage->is_scratch || stage->given || is_among(proxy_args, name) ? SCL_LOOKUP_UNSET
                                                                           : SCL_LOOKUP_UNKNOWN;
}

enum scl_truth
scl_scope_declares(const struct scl_lowering *l, struct scl_str name)
{
    const struct scl_stage *stage;

    if (l->scope != SCL_SCOPE_STAGE)
        return scl_map_find(&l->globals, name) ? SCL_TRUE : SCL_FALSE;
    stage = &l->stages.at[l->stage];
    if (find_variable(l, stage, name) || is_among(proxy_args, name))
        return SCL_TRUE;
    if (stage->is_scratch || stage->given)
        return SCL_FALSE;
    return scl_str_is(name, "PATH") && !stage->is_windows ? SCL_TRUE : SCL_UNSURE;
}

struct scl_str
scl_scope_suggest(const struct scl_lowering *l, struct scl_str name)
{
    const struct scl_map *names = l->scope == SCL_SCOPE_STAGE ? &l->variables : &l->globals;
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (uint32_t i = 0; i < names->entries.count; i++) {
        struct scl_str key = names->entries.at[i].key;

        if (l->scope != SCL_SCOPE_STAGE ||
            (!scl_str_starts(key, SCL_S("=")) &&
             find_variable(l, &l->stages.at[l->stage], key)))
            scl_suggest_offer(&suggest, key);
    }
    return suggest.best;
}

/* No variable has a name with a `=`. */
static struct scl_str
account_key(struct scl_lowering *l, struct scl_str name)
{
    char *key = scl_arena_alloc(&l->scratch, name.len + 1);

    if (!key)
        return SCL_S("=");
    key[0] = '=';
    memcpy(key + 1, name.at, name.len);
    return scl_str_n(key, name.len + 1);
}

void
scl_scope_add_account(struct scl_lowering *l, struct scl_str name)
{
    if (!name.len || scl_scope_has_account(l, name))
        return;
    set_variable(l, account_key(l, name), scl_known(name), false, 0);
    scl_held_account(l, name, false);
}

bool
scl_scope_has_account(struct scl_lowering *l, struct scl_str name)
{
    return name.len && find_variable(l, &l->stages.at[l->stage], account_key(l, name)) != NULL;
}
