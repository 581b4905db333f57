/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ecs_terraform.c: task definitions among the resources of Terraform
 *
 * `aws_ecs_task_definition` in a configuration in JSON (`*.tf.json`), in which maps may stand in
 * lists of one, and in what `terraform show -json` says of a plan or a state. Its own keys are
 * spelled `network_mode`, its containers are JSON in a string, in the keys of the API. A body is
 * made anew in those keys, its nodes in their places, those of the string included.
 *
 * A text with `${` or `%{` is a template, and what it gives is not known; `$${` is no such thing.
 */
#include "formats/ecs.h"
#include "syntax/json.h"

enum how {
    PLAIN,      /* as it is, under another key; nothing where it is empty */
    BLOCK,      /* a map, or a list of one, with keys of its own */
    BLOCKS,     /* a list of such maps */
    HOST,       /* a path: a map that holds it */
    DEFINITIONS /* the containers */
};

struct key {
    const char *name, *api;
    enum how how;
    const struct key *keys; /* of a block, ended by NULL; NULL: as they are */
};

static const struct key platform_keys[] = {
    { "operating_system_family", "operatingSystemFamily", PLAIN, NULL },
    { "cpu_architecture", "cpuArchitecture", PLAIN, NULL },
    { NULL, NULL, PLAIN, NULL },
};

static const struct key docker_volume_keys[] = {
    { "driver", "driver", PLAIN, NULL },
    { "driver_opts", "driverOpts", PLAIN, NULL },
    { "scope", "scope", PLAIN, NULL },
    { NULL, NULL, PLAIN, NULL },
};

static const struct key volume_keys[] = {
    { "name", "name", PLAIN, NULL },
    { "host_path", "host", HOST, NULL },
    { "docker_volume_configuration", "dockerVolumeConfiguration", BLOCK, docker_volume_keys },
    { "efs_volume_configuration", "efsVolumeConfiguration", BLOCK, NULL },
    { "fsx_windows_file_server_volume_configuration", "fsxWindowsFileServerVolumeConfiguration",
      BLOCK, NULL },
    { NULL, NULL, PLAIN, NULL },
};

static const struct key task_keys[] = {
    { "family", "family", PLAIN, NULL },
    { "container_definitions", "containerDefinitions", DEFINITIONS, NULL },
    { "network_mode", "networkMode", PLAIN, NULL },
    { "pid_mode", "pidMode", PLAIN, NULL },
    { "ipc_mode", "ipcMode", PLAIN, NULL },
    { "task_role_arn", "taskRoleArn", PLAIN, NULL },
    { "execution_role_arn", "executionRoleArn", PLAIN, NULL },
    { "cpu", "cpu", PLAIN, NULL },
    { "memory", "memory", PLAIN, NULL },
    { "requires_compatibilities", "requiresCompatibilities", PLAIN, NULL },
    { "runtime_platform", "runtimePlatform", BLOCK, platform_keys },
    { "volume", "volumes", BLOCKS, volume_keys },
    { NULL, NULL, PLAIN, NULL },
};

/* ---- resources ---- */

#define RESOURCE "aws_ecs_task_definition"

struct visitor {
    scl_ecs_body_fn visit;
    void *context;
    uint32_t count;
};

static void
visit_body(struct visitor *v, const struct scl_tree *body)
{
    if (!body || body->kind != SCL_TREE_MAP)
        return;
    v->count++;
    if (v->visit)
        v->visit(v->context, body);
}

/* A member of what may stand in a list, or not; NULL behind the last. */
static const struct scl_tree *
member(const struct scl_tree *node, uint32_t index)
{
    if (node && node->kind == SCL_TREE_LIST)
        return scl_tree_child(node, index);
    return index ? NULL : node;
}

/* `resource`, its types, their names: each a map, or a list of such. */
static void
visit_configuration(struct visitor *v, const struct scl_tree *resources)
{
    const struct scl_tree *resource, *names, *body;

    for (uint32_t r = 0; (resource = member(resources, r)) != NULL; r++) {
        const struct scl_tree *type = scl_tree_find(resource, SCL_S(RESOURCE));

        for (uint32_t t = 0; type && (names = member(type, t)) != NULL; t++)
            for (uint32_t n = 0; names->kind == SCL_TREE_MAP && n < scl_tree_count(names); n++)
                for (uint32_t b = 0; (body = member(scl_tree_child(names, n), b)) != NULL; b++)
                    visit_body(v, body);
    }
}

/* A module of a plan or state, and those that it calls. They are not deeper in each other than the
 * tree is. */
static void
visit_module(struct visitor *v, const struct scl_tree *module)
{
    const struct scl_tree *resources = scl_tree_find(module, SCL_S("resources"));
    const struct scl_tree *modules = scl_tree_find(module, SCL_S("child_modules"));

    for (uint32_t i = 0; resources && resources->kind == SCL_TREE_LIST &&
                         i < scl_tree_count(resources); i++) {
        const struct scl_tree *resource = scl_tree_child(resources, i);

        if (scl_str_is(scl_rows_text_at(resource, "type"), RESOURCE) &&
            !scl_str_is(scl_rows_text_at(resource, "mode"), "data"))
            visit_body(v, scl_tree_find(resource, SCL_S("values")));
    }
    for (uint32_t i = 0; modules && modules->kind == SCL_TREE_LIST && i < scl_tree_count(modules);
         i++)
        visit_module(v, scl_tree_child(modules, i));
}

uint32_t
scl_ecs_each_body(const struct scl_tree *root, scl_ecs_body_fn visit, void *context)
{
    struct visitor v = { visit, context, 0 };
    const struct scl_tree *planned = scl_rows_find(root, "planned_values.root_module");
    const struct scl_tree *state = scl_rows_find(root, "values.root_module");

    if (planned || state)
        visit_module(&v, planned ? planned : state);
    else if (root->kind == SCL_TREE_MAP)
        visit_configuration(&v, scl_tree_find(root, SCL_S("resource")));
    return v.count;
}

/* ---- making ---- */

struct maker {
    struct scl_tree_builder builder;
    struct scl_document *d;
    const struct scl_tree_limits *limits;
};

/* Whether a text has `${` or `%{`, but for `$${` and `%%{`. */
static bool
is_template(struct scl_str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        bool begins = (text.at[i] == '$' || text.at[i] == '%') && text.at[i + 1] == '{';

        if (begins && (i == 0 || text.at[i - 1] != text.at[i]))
            return true;
    }
    return false;
}

static bool
make_unknown(struct maker *m, const struct scl_tree *node)
{
    struct scl_tree *made =
        scl_tree_add(&m->builder, SCL_TREE_NULL, node->style, node->span, SCL_S(""));

    if (made)
        made->is_cut = true;
    return made != NULL;
}

static bool
make_scalar(struct maker *m, const struct scl_tree *node)
{
    struct scl_tree *made;

    if (node->kind == SCL_TREE_STRING && is_template(scl_tree_text(node)))
        return make_unknown(m, node);
    made = scl_tree_add(&m->builder, node->kind, node->style, node->span, scl_tree_text(node));
    if (made) {
        made->is_true = node->is_true;
        made->is_cut = node->is_cut;
    }
    return made != NULL;
}

static bool
open_again(struct maker *m, const struct scl_tree *node, enum scl_tree_kind kind)
{
    if (!scl_tree_open(&m->builder, kind, node->style, node->span.offset))
        return false;
    m->builder.stack[m->builder.open].is_cut = node->is_cut;
    return true;
}

/* A node as it is, with all below it; its key was set. */
static bool
make(struct maker *m, const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_MAP && node->kind != SCL_TREE_LIST)
        return make_scalar(m, node);
    if (!open_again(m, node, node->kind))
        return false;
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *child = scl_tree_child(node, i);

        if (child->key.at &&
            !scl_tree_next_key(&m->builder, child->key_span, scl_tree_key(child)))
            return false;
        if (!make(m, child))
            return false;
    }
    return scl_tree_close(&m->builder, scl_span_end(node->span));
}

/* ---- containers ---- */

static void
note_computed(struct scl_document *d, struct scl_span span)
{
    struct scl_note *note = scl_note_add(
        &d->notes, SCL_NOTE_WARNING, span,
        "Terraform computes the containers of this task, which are not known here");

    scl_note_help(&d->notes, note,
                  "judge a plan or state that has them: terraform show -json | scantling check -");
}

static bool
make_computed(struct maker *m, const struct scl_tree *node)
{
    note_computed(m->d, node->span);
    return make_unknown(m, node);
}

static bool
has_error(const struct scl_notes *notes, uint32_t first)
{
    for (uint32_t i = first; i < notes->list.count; i++)
        if (notes->list.at[i].kind == SCL_NOTE_ERROR)
            return true;
    return false;
}

/* JSON in a string. That it is none may be the doing of what is yet to be filled in. */
static bool
make_nested(struct maker *m, const struct scl_tree *node)
{
    struct scl_notes *notes = &m->d->notes;
    uint32_t first = notes->list.count;
    const struct scl_tree *list;

    m->builder.nodes += (uint32_t)(scl_tree_text(node).len / sizeof *node);
    list = scl_json_read_nested(&m->d->arena, &m->d->files[node->file], node, m->limits, notes);
    if (!list)
        return false;
    if (!has_error(notes, first) || !is_template(scl_tree_text(node)))
        return make(m, list);
    scl_notes_cut(notes, first);
    return make_computed(m, node);
}

static bool
make_definitions(struct maker *m, const struct scl_tree *node)
{
    if (node->kind == SCL_TREE_STRING && scl_json_begins(scl_tree_text(node)))
        return make_nested(m, node);
    if (node->kind == SCL_TREE_STRING && is_template(scl_tree_text(node)))
        return make_computed(m, node);
    return make(m, node);
}

/* ---- keys ---- */

static const struct key *
find_key(const struct key *keys, struct scl_str name)
{
    while (keys->name && !scl_str_is(name, keys->name))
        keys++;
    return keys->name ? keys : NULL;
}

static bool
is_empty(const struct scl_tree *node)
{
    return (node->kind == SCL_TREE_NULL && !node->is_cut) ||
           (node->kind == SCL_TREE_STRING && !node->count);
}

static bool make_entry(struct maker *m, const struct key *key, const struct scl_tree *entry);

static bool
make_map(struct maker *m, const struct key *keys, const struct scl_tree *map)
{
    if (!keys || map->kind != SCL_TREE_MAP)
        return make(m, map);
    if (!open_again(m, map, SCL_TREE_MAP))
        return false;
    for (uint32_t i = 0; i < scl_tree_count(map); i++) {
        const struct scl_tree *entry = scl_tree_child(map, i);
        const struct key *key = find_key(keys, scl_tree_key(entry));

        if (key && !is_empty(entry) && !make_entry(m, key, entry))
            return false;
    }
    return scl_tree_close(&m->builder, scl_span_end(map->span));
}

static bool
make_blocks(struct maker *m, const struct key *keys, const struct scl_tree *node)
{
    const struct scl_tree *block;

    if (!open_again(m, node, SCL_TREE_LIST))
        return false;
    for (uint32_t i = 0; (block = member(node, i)) != NULL; i++)
        if (!make_map(m, keys, block))
            return false;
    return scl_tree_close(&m->builder, scl_span_end(node->span));
}

static bool
make_host(struct maker *m, const struct scl_tree *node)
{
    return scl_tree_open(&m->builder, SCL_TREE_MAP, SCL_TREE_FLOW, node->span.offset) &&
           scl_tree_next_key(&m->builder, node->key_span, SCL_S("sourcePath")) &&
           make_scalar(m, node) && scl_tree_close(&m->builder, scl_span_end(node->span));
}

static bool
make_entry(struct maker *m, const struct key *key, const struct scl_tree *entry)
{
    const struct scl_tree *node = key->how == BLOCK ? member(entry, 0) : entry;

    if (!node)
        return true;
    if (!scl_tree_next_key(&m->builder, entry->key_span, scl_str_c(key->api)))
        return false;
    switch (key->how) {
    case PLAIN:
        return make(m, node);
    case BLOCK:
        return make_map(m, key->keys, node);
    case BLOCKS:
        return make_blocks(m, key->keys, node);
    case HOST:
        return make_host(m, node);
    case DEFINITIONS:
        return make_definitions(m, node);
    }
    return false;
}

const struct scl_tree *
scl_ecs_from_body(struct scl_ecs *ecs, const struct scl_tree *body)
{
    struct scl_document *d = ecs->l.d;
    struct maker m = { .d = d, .limits = &ecs->limits };

    if (!scl_tree_find(body, SCL_S("container_definitions")))
        note_computed(d, (struct scl_span){ body->span.offset, 1 });
    scl_tree_builder_init(&m.builder, &d->arena, m.limits, &d->notes);
    m.builder.nodes = ecs->made;
    ecs->is_full = !make_map(&m, task_keys, body) && m.builder.nodes >= m.limits->nodes;
    ecs->made = m.builder.nodes;
    return scl_tree_builder_finish(&m.builder, scl_span_end(body->span));
}
