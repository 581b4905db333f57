/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.c: a config compiled
 *
 * Facts first, because policies name them; then the files of policies, each run once; then the
 * choice among them all, and their parameters. Every mistake is reported, not only the first.
 */
#include "engine/engine.h"

#include "base/hash.h"
#include "engine/adjust.h"
#include "engine/baseline.h"
#include "engine/select.h"
#include "engine/suppress.h"
#include "script/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct compiling {
    const struct scantling_config *config;
    struct scantling_engine *engine;
    scantling_error *errors;
    SCL_VEC(const struct scl_policy *) given;
    bool all_loaded; /* facts and policies */
};

/* ---- limits ---- */

/* False where a file, or all of them, are too large to be looked into. */
static bool
check_sizes(struct compiling *c)
{
    const struct scl_lua_limits *limits = &c->engine->limits;
    uint64_t total = 0;
    bool fit = true;

    for (uint32_t i = 0; i < c->config->files.count; i++) {
        const struct scl_config_file *file = &c->config->files.at[i];
        scantling_error *error;

        total += file->text.len;
        if (file->text.len <= limits->policy_bytes || file->kind == SCANTLING_FILE_BASELINE)
            continue;
        error = scl_error_new(SCANTLING_STATUS_POLICY,
                              "%zu bytes, over the limit of %llu (limit policy_bytes)",
                              file->text.len, (unsigned long long)limits->policy_bytes);
        scl_error_at_line(error, file->name, 0);
        scl_error_append(&c->errors, error);
        fit = false;
    }
    if (total > limits->config_bytes)
        scl_error_append(&c->errors,
                         scl_error_new(SCANTLING_STATUS_POLICY,
                                       "the files of the config have %llu bytes, over the limit of "
                                       "%llu (limit config_bytes)",
                                       (unsigned long long)total,
                                       (unsigned long long)limits->config_bytes));
    return fit && total <= limits->config_bytes;
}

/* ---- facts ---- */

/* False where a table is at fault, so that policies are not told of what they miss of it. */
static bool
compile_facts(struct compiling *c)
{
    struct scantling_engine *e = c->engine;
    SCL_VEC(const struct scl_facts_table *) tables = { 0 };
    scantling_error *error = NULL;
    bool good = true;

    for (uint32_t i = 0; i < c->config->files.count; i++) {
        const struct scl_config_file *file = &c->config->files.at[i];
        const struct scl_facts_table **slot;
        const struct scl_facts_table *table;
        struct scl_str text;

        if (file->kind != SCANTLING_FILE_FACTS)
            continue;
        text.at = scl_arena_copy(&e->arena, file->text.at, file->text.len);
        text.len = text.at ? file->text.len : 0;
        table = scl_facts_parse(&e->arena, file->name, text, &error);
        slot = table ? scl_vec_push(&e->arena, &tables) : NULL;
        if (slot)
            *slot = table;
        good = good && !error;
        scl_error_append(&c->errors, error);
        error = NULL;
    }
    e->facts = scl_facts_builtin();
    if (tables.count)
        e->facts = scl_facts_new(&e->arena, scl_facts_builtin(), tables.at, tables.count, &error);
    if (e->facts)
        e->secrets = scl_secrets_new(&e->arena, e->facts, &error);
    good = good && !error && e->facts && e->secrets;
    scl_error_append(&c->errors, error);
    return good;
}

/* ---- policies ---- */

static void
load_file(struct compiling *c, struct scl_loader *loader, const struct scl_config_file *file)
{
    struct scl_arena *arena = &c->engine->arena;
    struct scl_policy *policy = scl_arena_alloc(arena, sizeof *policy);
    char *name = scl_arena_copy(arena, file->name.at, file->name.len);
    char *text = scl_arena_copy(arena, file->text.at, file->text.len);
    const struct scl_policy **slot;

    if (!policy || !name || !text ||
        !scl_policy_load(loader, arena, scl_str_n(name, file->name.len),
                         scl_str_n(text, file->text.len), false, policy, NULL, &c->errors)) {
        c->all_loaded = false;
        return;
    }
    slot = scl_vec_push(arena, &c->given);
    if (slot)
        *slot = policy;
}

/* Libraries first: policies import them while they are loaded. */
static void
collect_libraries(struct compiling *c)
{
    struct scl_arena *arena = &c->engine->arena;
    SCL_VEC(struct scl_library) libraries = { 0 };

    for (uint32_t i = 0; i < c->config->files.count; i++) {
        const struct scl_config_file *file = &c->config->files.at[i];
        struct scl_library *library;

        if (file->kind != SCANTLING_FILE_LIBRARY)
            continue;
        library = scl_vec_push(arena, &libraries);
        if (!library)
            return;
        library->path = scl_str_n(scl_arena_copy(arena, file->name.at, file->name.len),
                                  file->name.len);
        library->source = scl_str_n(scl_arena_copy(arena, file->text.at, file->text.len),
                                    file->text.len);
    }
    c->engine->libraries = (struct scl_libraries){ libraries.at, libraries.count };
}

static void
load_files(struct compiling *c)
{
    struct scl_loader loader = { .lua = NULL };
    scantling_error *error = NULL;

    for (uint32_t i = 0; i < c->config->files.count; i++) {
        const struct scl_config_file *file = &c->config->files.at[i];

        if (file->kind != SCANTLING_FILE_POLICY)
            continue;
        if (!loader.lua && !scl_loader_init(&loader, c->engine->facts, c->engine->secrets,
                                            &c->engine->limits, &error)) {
            scl_error_append(&c->errors, error);
            c->all_loaded = false;
            return;
        }
        scl_loader_set_libraries(&loader, c->engine->libraries);
        load_file(c, &loader, file);
    }
    scl_loader_finish(&loader);
}

static const struct scl_policy *
same_name(const struct compiling *c, uint32_t index)
{
    const struct scl_policy *policy = c->given.at[index];

    for (uint32_t i = 0; i < index; i++)
        if (scl_str_same(c->given.at[i]->id, policy->id))
            return c->given.at[i];
    return NULL;
}

static void
write_id_place(const struct scl_policy *policy, char room[512])
{
    struct scl_arena scratch;
    struct scl_source source;
    struct scl_position at = { 0, 0 };

    scl_arena_init(&scratch);
    if (scl_source_init(&source, &scratch, policy->path, policy->source))
        at = scl_source_locate(&source,
                               scl_policy_find_key(policy->source, SCL_S("id"), true).offset);
    snprintf(room, 512, "%.*s:%u:%u", SCL_ARG(policy->path), (unsigned)at.line,
             (unsigned)at.column);
    scl_arena_finish(&scratch);
}

static void
check_names(struct compiling *c)
{
    for (uint32_t i = 0; i < c->given.count; i++) {
        const struct scl_policy *other = same_name(c, i);
        char here[512], there[512];

        if (!other)
            continue;
        write_id_place(c->given.at[i], here);
        write_id_place(other, there);
        scl_error_append(&c->errors,
                         scl_error_new(SCANTLING_STATUS_POLICY,
                                       "two policies have the id '%.*s': %s, %s",
                                       SCL_ARG(other->id), there, here));
    }
}

/* ---- parameters ---- */

static void
check_required(struct compiling *c, const struct scl_judge_policy *policy)
{
    for (uint32_t i = 0; i < policy->meta->param_count; i++)
        if (!policy->params[i].is_set)
            scl_error_append(&c->errors,
                             scl_error_new(SCANTLING_STATUS_POLICY,
                                           "%.*s: parameter '%.*s' must be set: %.*s",
                                           SCL_ARG(policy->meta->id),
                                           SCL_ARG(policy->meta->params[i].name),
                                           SCL_ARG(policy->meta->params[i].doc)));
}

/* What the settings say of the policies that are selected. */
static void
apply_settings(struct compiling *c, struct scl_judge_policy *policies,
               struct scl_param_value *const *values)
{
    const struct scl_settings *settings = c->engine->settings;

    for (uint32_t i = 0; i < settings->severities.count; i++) {
        const struct scl_severity_setting *setting = &settings->severities.at[i];
        uint32_t index = scl_names_index(&c->engine->names, setting->policy);

        if (index == UINT32_MAX)
            continue;
        policies[index].severity = setting->severity;
        policies[index].has_severity = true;
    }
    for (uint32_t i = 0; i < settings->params.count; i++) {
        const struct scl_param_setting *setting = &settings->params.at[i];
        uint32_t index = scl_names_index(&c->engine->names, setting->policy);

        if (index != UINT32_MAX)
            values[index][setting->param] = setting->value;
    }
}

/* The default. A parameter that is true or false and has the name of a pack that is chosen is true:
 * thus a policy asks more of those who chose `strict`. */
static struct scl_param_value
start_value(const struct scl_param *param, struct scl_strs packs)
{
    struct scl_param_value value = param->fallback;

    if (scl_param_pack(param, packs).len) {
        value.is_set = true;
        value.integer = 1;
    }
    return value;
}

static void
compile_params(struct compiling *c, struct scl_judge_policy *policies, uint32_t count,
               struct scl_strs packs)
{
    struct scl_arena *arena = &c->engine->arena;
    struct scl_param_value **values = scl_arena_array(arena, count, sizeof(void *));

    if (!values)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const struct scl_policy *meta = policies[i].meta;

        values[i] = scl_arena_array(arena, meta->param_count, sizeof **values);
        for (uint32_t p = 0; values[i] && p < meta->param_count; p++)
            values[i][p] = start_value(&meta->params[p], packs);
        policies[i].params = values[i];
    }
    if (arena->failed)
        return;
    apply_settings(c, policies, values);
    for (uint32_t i = 0; i < count && !c->errors; i++)
        check_required(c, &policies[i]);
}

/* ---- settings ---- */

/* Of all policies that there are, so that settings may name what is not selected. */
static bool
compile_names(struct compiling *c)
{
    struct scl_names *names = &c->engine->names;
    bool good;

    scl_names_init(names, &c->engine->arena);
    good = scl_names_add_builtin(names);
    for (uint32_t i = 0; good && i < c->given.count; i++)
        good = scl_names_add(names, c->given.at[i]);
    return good;
}

static bool
has_given(const struct scantling_config *config)
{
    for (uint32_t i = 0; i < config->files.count; i++)
        if (config->files.at[i].kind == SCANTLING_FILE_POLICY)
            return true;
    return false;
}

static void
compile_settings(struct compiling *c)
{
    struct scantling_engine *e = c->engine;

    e->settings = scl_arena_alloc(&e->arena, sizeof *e->settings);
    e->baseline = scl_arena_alloc(&e->arena, sizeof *e->baseline);
    if (!e->settings || !e->baseline)
        return;
    /* Of what did not load the names are not known, and need not be told to be unknown. */
    e->settings->is_open = !c->all_loaded;
    for (uint32_t i = 0; i < c->config->files.count; i++) {
        const struct scl_config_file *file = &c->config->files.at[i];

        if (file->kind == SCANTLING_FILE_SETTINGS)
            scl_settings_read(file, has_given(c->config), &e->names, &e->arena, e->settings,
                              &c->errors);
        if (file->kind == SCANTLING_FILE_BASELINE)
            scl_baseline_read(file, &e->arena, e->baseline, &c->errors);
    }
}

/* The limits that the config leaves open. */
static void
apply_limits(struct compiling *c)
{
    struct scl_lua_limits limits = c->config->limits;
    const struct scl_pairs *given = &c->engine->settings->limits;

    for (int32_t i = SCANTLING_LIMIT_POLICY_BYTES; i <= SCANTLING_LIMIT_RESULT_BYTES; i++) {
        uint64_t *limit = scl_lua_limit(&limits, i);
        bool is_open = !*limit;
        int64_t number;

        for (uint32_t g = 0; is_open && g < given->list.count; g++)
            if (scl_str_is(given->list.at[g].key, scl_lua_limit_name(i)) &&
                scl_str_int(given->list.at[g].value, &number))
                *limit = (uint64_t)number;
    }
    c->engine->limits = scl_lua_limits_fill(limits);
}

/* ---- the choice ---- */

/* What the config names, or where it names nothing what the settings name. */
#define CHOICE(config_names, setting_names) \
    ((config_names).count \
         ? (struct scl_strs){ (config_names).at, (config_names).count } \
         : (struct scl_strs){ (setting_names).list.at, (setting_names).list.count })

static void
compile_policies(struct compiling *c)
{
    struct scantling_engine *e = c->engine;
    const struct scl_chosen chosen = {
        .choice = {
            .packs = CHOICE(c->config->packs, e->settings->packs),
            .only = CHOICE(c->config->only, e->settings->only),
            .ignored = CHOICE(c->config->ignored, e->settings->skip),
        },
        .packs = c->config->packs.count ? NULL : &e->settings->packs,
        .only = c->config->only.count ? NULL : &e->settings->only,
    };
    const struct scl_choice *choice = &chosen.choice;
    struct scl_selection selection;
    struct scl_judge_policy *policies;

    if (!scl_select(choice, c->given.at, c->given.count, &e->arena, &selection, &c->errors))
        return;
    e->policy_count = selection.policies.count;
    e->adjustment_count = selection.adjustments.count;
    policies = scl_arena_array(&e->arena, scl_engine_file_count(e), sizeof *policies);
    if (!policies)
        return;
    for (uint32_t i = 0; i < selection.adjustments.count; i++) {
        struct scl_judge_policy *adjustment = &policies[e->policy_count + i];

        adjustment->meta = selection.adjustments.at[i];
        adjustment->severity = adjustment->meta->severity;
        adjustment->is_beside = !scl_choice_names(choice, adjustment->meta);
    }
    for (uint32_t i = 0; i < selection.policies.count; i++) {
        policies[i].meta = selection.policies.at[i];
        policies[i].severity = policies[i].meta->severity;
        e->subjects |= policies[i].meta->subjects;
        scl_names_select(&e->names, policies[i].meta, i);
        for (uint32_t own = 0; own < SCL_OWN_COUNT; own++)
            if (policies[i].meta == &scl_own_policies[own])
                e->own[own] = i + 1;
    }
    compile_params(c, policies, scl_engine_file_count(e), choice->packs);
    scl_adjustments_compile(e, policies + e->policy_count, &c->errors);
    e->policies = policies;
    e->reasons = scl_reasons_compile(&e->arena, &chosen, e->settings, selection.policies.at,
                                     selection.policies.count);
    e->suppresses = c->config->suppresses;
    scl_exceptions_compile(e);
}

/* ---- the rest ---- */

static void
add_assumption(struct compiling *c, struct scl_assumption *made, uint32_t *count,
               struct scl_assumption assumption)
{
    scantling_error *wrong =
        scl_assumed_add(&c->engine->assumed, assumption.key, assumption.value);
    uint32_t at = 0;

    if (wrong) {
        scl_error_append(&c->errors, wrong);
        return;
    }
    while (at < *count && !scl_str_same(made[at].key, assumption.key))
        at++;
    assumption.id = scl_assumption_find(assumption.key);
    made[at] = assumption;
    if (at == *count)
        ++*count;
    c->engine->assumption_count = *count;
}

/* Those of the settings, each replaced by one of the config with its key. */
static void
compile_assumptions(struct compiling *c)
{
    struct scantling_engine *e = c->engine;
    const struct scl_pairs *given = &e->settings->assume;
    struct scl_assumption *made = scl_arena_array(
        &e->arena, (size_t)c->config->assumptions.count + given->list.count, sizeof *made);
    uint32_t count = 0;

    for (uint32_t i = 0; made && i < given->list.count; i++)
        add_assumption(c, made, &count,
                       (struct scl_assumption){ .key = given->list.at[i].key,
                                                .value = given->list.at[i].value });
    for (uint32_t i = 0; made && i < c->config->assumptions.count; i++) {
        struct scl_str text = c->config->assumptions.at[i];
        char *copy = scl_arena_copy(&e->arena, text.at, text.len);
        size_t equals = scl_str_find_char(text, '=');

        if (equals == SIZE_MAX || equals == 0)
            scl_error_append(&c->errors,
                             scl_error_new(SCANTLING_STATUS_ARGUMENT, "'%.*s' has no '='",
                                           SCL_ARG(text)));
        else if (copy)
            add_assumption(c, made, &count,
                           (struct scl_assumption){
                               .key = scl_str_n(copy, equals),
                               .value = scl_str_n(copy + equals + 1, text.len - equals - 1),
                           });
    }
    e->assumptions = made;
}

/* Of all that decides a verdict. */
static void
compute_digest(struct scantling_engine *e, const struct scantling_config *config)
{
    uint64_t sum = 0;
    char *digits = scl_arena_alloc(&e->arena, 17);

    for (uint32_t i = 0; i < scl_engine_file_count(e); i++) {
        sum = scl_hash(e->policies[i].meta->source, sum);
        for (uint32_t p = 0; p < e->policies[i].meta->param_count; p++)
            sum = scl_hash(e->policies[i].params[p].text, sum + 1);
    }
    for (uint32_t i = 0; i < e->policy_count; i++)
        sum = scl_hash(scl_str_n("", 0), sum + (uint64_t)e->policies[i].severity);
    for (uint32_t i = 0; i < config->files.count; i++)
        if (config->files.at[i].kind != SCANTLING_FILE_POLICY)
            sum = scl_hash(config->files.at[i].text, sum);
    for (uint32_t i = 0; i < config->assumptions.count; i++)
        sum = scl_hash(config->assumptions.at[i], sum);
    sum = scl_hash(e->date, sum + e->suppresses);
    sum = scl_hash(scl_str_n((const char *)&e->limits, sizeof e->limits), sum);
    if (digits) {
        snprintf(digits, 17, "%016llx", (unsigned long long)sum);
        e->digest = scl_str_n(digits, 16);
    }
}

static bool
compile(struct compiling *c)
{
    struct scantling_engine *e = c->engine;

    e->limits = scl_lua_limits_fill(c->config->limits);
    e->date = scl_str_n(scl_arena_copy(&e->arena, c->config->date.at, c->config->date.len),
                        c->config->date.len);
    c->all_loaded = check_sizes(c) && compile_facts(c);
    collect_libraries(c);
    if (c->all_loaded)
        load_files(c);
    check_names(c);
    if (compile_names(c))
        compile_settings(c);
    if (e->arena.failed)
        return false;
    compile_assumptions(c);
    apply_limits(c);
    if (!e->settings->is_open)
        compile_policies(c);
    if (!c->errors && !e->arena.failed)
        compute_digest(e, c->config);
    return !c->errors && !e->arena.failed;
}

struct scantling_engine *
scl_engine_new(const struct scantling_config *config, scantling_error **error)
{
    struct compiling c = { .config = config };

    if (config->arena.failed || !(c.engine = calloc(1, sizeof *c.engine))) {
        scl_fail_memory(error);
        return NULL;
    }
    atomic_init(&c.engine->references, 1);
    scl_arena_init(&c.engine->arena);
    if (config->errors)
        c.errors = scl_error_copy(config->errors);
    if (compile(&c))
        return c.engine;
    if (!c.errors)
        scl_fail_memory(error);
    scl_error_give(error, c.errors);
    scl_engine_unref(c.engine);
    return NULL;
}

struct scantling_engine *
scl_engine_ref(struct scantling_engine *engine)
{
    if (engine)
        atomic_fetch_add_explicit(&engine->references, 1, memory_order_relaxed);
    return engine;
}

void
scl_engine_unref(struct scantling_engine *engine)
{
    if (!engine || atomic_fetch_sub_explicit(&engine->references, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t slot = 0; slot < SCL_POOL_SLOTS; slot++)
        scl_judge_free(atomic_load(&engine->pool[slot]));
    scl_arena_finish(&engine->arena);
    free(engine);
}

uint32_t
scl_engine_find_policy(const struct scantling_engine *engine, struct scl_str name)
{
    for (uint32_t i = 0; i < scl_engine_file_count(engine); i++)
        if (scl_policy_answers_to(engine->policies[i].meta, name))
            return i;
    return UINT32_MAX;
}
