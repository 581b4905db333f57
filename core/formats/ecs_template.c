/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ecs_template.c: task definitions among the resources of CloudFormation templates
 *
 * The keys are those of the API with a capital at the start, and scalars are taken for what their
 * key wants, whether they are quoted or not. A definition is made anew in the keys of the API, its
 * nodes in their places. Keys that are the user's own stay as they are.
 */
#include "formats/ecs.h"
#include "syntax/yaml_read.h"

/* Maps whose keys are no keys of the API. */
static const struct scl_str own_maps[] = {
    SCL_STR("DockerLabels"), SCL_STR("Options"), SCL_STR("DriverOpts"), SCL_STR("Labels"),
};

static const struct scl_str numbers[] = {
    SCL_STR("Memory"),      SCL_STR("MemoryReservation"), SCL_STR("ContainerPort"),
    SCL_STR("HostPort"),    SCL_STR("Size"),              SCL_STR("SharedMemorySize"),
    SCL_STR("MaxSwap"),     SCL_STR("Swappiness"),        SCL_STR("SoftLimit"),
    SCL_STR("HardLimit"),   SCL_STR("Cpu"),               SCL_STR("StartTimeout"),
    SCL_STR("StopTimeout"), SCL_STR("Interval"),          SCL_STR("Timeout"),
    SCL_STR("Retries"),     SCL_STR("StartPeriod"),
};

static const struct scl_str truths[] = {
    SCL_STR("Privileged"),         SCL_STR("ReadonlyRootFilesystem"), SCL_STR("Essential"),
    SCL_STR("Interactive"),        SCL_STR("PseudoTerminal"),         SCL_STR("DisableNetworking"),
    SCL_STR("InitProcessEnabled"), SCL_STR("ReadOnly"),               SCL_STR("Enabled"),
    SCL_STR("Autoprovision"),
};

static bool
is_listed(struct scl_str key, const struct scl_str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scl_str_same(key, list[i]))
            return true;
    return false;
}

#define IS_LISTED(key, list) is_listed(key, list, sizeof(list) / sizeof *(list))

static bool
is_task(const struct scl_tree *resource)
{
    return scl_str_is(scl_rows_text_at(resource, "Type"), "AWS::ECS::TaskDefinition");
}

bool
scl_ecs_is_template(const struct scl_tree *root)
{
    const struct scl_tree *resources = scl_rows_find(root, "Resources");

    for (uint32_t i = 0; resources && i < scl_tree_count(resources); i++)
        if (is_task(scl_tree_child(resources, i)))
            return true;
    return false;
}

/* A tag such as `!Ref`; that of a substitution with nothing to substitute gives its text. */
static bool
has_function_tag(const struct scl_document *d, const struct scl_tree *node)
{
    struct scl_str tag = d->yaml ? scl_yaml_tag_of(d->yaml, node) : SCL_S("");

    if (tag.len < 2 || tag.at[0] != '!' || tag.at[1] == '!' || tag.at[1] == '<')
        return false;
    return !scl_str_is(tag, "!Sub") || node->kind != SCL_TREE_STRING ||
           scl_str_find(scl_tree_text(node), SCL_S("${")) != SIZE_MAX;
}

/* `{"Ref": ...}` or `{"Fn::Sub": ...}`, or a tag: what a function of the template gives. */
static bool
is_function(const struct scl_document *d, const struct scl_tree *node)
{
    const struct scl_tree *only = scl_tree_count(node) == 1 ? scl_tree_child(node, 0) : NULL;

    if (node->kind == SCL_TREE_MAP && only && scl_str_is(scl_tree_key(only), "Ref"))
        return true;
    if (node->kind == SCL_TREE_MAP && only && scl_str_starts(scl_tree_key(only), SCL_S("Fn::")))
        return true;
    return has_function_tag(d, node);
}

struct maker {
    struct scl_tree_builder builder;
    struct scl_document *d;
};

/* The key of an entry with a small letter at the start. */
static bool
set_key(struct maker *maker, const struct scl_tree *entry, bool is_own)
{
    struct scl_str key = scl_tree_key(entry);
    char *copy;

    if (!entry->key.at)
        return true;
    if (is_own || !key.len)
        return scl_tree_next_key(&maker->builder, entry->key_span, key);
    copy = scl_arena_copy(&maker->d->arena, key.at, key.len);
    if (!copy)
        return false;
    copy[0] = scl_lower(copy[0]);
    return scl_tree_next_key(&maker->builder, entry->key_span, scl_str_n(copy, key.len));
}

/* What a scalar under a key is taken for. */
static enum scl_tree_kind
wanted_kind(const struct scl_tree *node, bool *ret_truth)
{
    struct scl_str key = node->key.at ? scl_tree_key(node) : SCL_S("");
    struct scl_str text = scl_tree_text(node);
    int64_t number;

    *ret_truth = node->is_true || scl_str_is(text, "true");
    if (node->kind == SCL_TREE_NULL)
        return SCL_TREE_NULL;
    if (IS_LISTED(key, numbers) && scl_str_int(text, &number))
        return SCL_TREE_NUMBER;
    if (IS_LISTED(key, truths) &&
        (node->kind == SCL_TREE_BOOL || scl_str_is(text, "true") || scl_str_is(text, "false")))
        return SCL_TREE_BOOL;
    return SCL_TREE_STRING;
}

static bool make(struct maker *maker, const struct scl_tree *node, bool is_own);

static bool
make_scalar(struct maker *maker, const struct scl_tree *node)
{
    bool truth;
    enum scl_tree_kind kind = wanted_kind(node, &truth);
    struct scl_tree *made =
        scl_tree_add(&maker->builder, kind, node->style, node->span, scl_tree_text(node));

    if (made && kind == SCL_TREE_BOOL)
        made->is_true = truth;
    if (made)
        made->is_cut = node->is_cut;
    return made != NULL;
}

static bool
make_unknown(struct maker *maker, const struct scl_tree *node)
{
    struct scl_tree *made =
        scl_tree_add(&maker->builder, SCL_TREE_NULL, node->style, node->span, SCL_S(""));

    if (made)
        made->is_cut = true;
    return made != NULL;
}

static bool
make(struct maker *maker, const struct scl_tree *node, bool is_own)
{
    bool keeps_keys = node->key.at && IS_LISTED(scl_tree_key(node), own_maps);

    if (!set_key(maker, node, is_own))
        return false;
    if (is_function(maker->d, node))
        return make_unknown(maker, node);
    if (node->kind != SCL_TREE_MAP && node->kind != SCL_TREE_LIST)
        return make_scalar(maker, node);
    if (!scl_tree_open(&maker->builder, node->kind, node->style, node->span.offset))
        return false;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (!make(maker, scl_tree_child(node, i), keeps_keys))
            return false;
    maker->builder.stack[maker->builder.open].is_cut = node->is_cut;
    return scl_tree_close(&maker->builder, scl_span_end(node->span));
}

const struct scl_tree *
scl_ecs_from_template(struct scl_document *d, const struct scl_tree *resource)
{
    const struct scl_tree *properties = scl_rows_find(resource, "Properties");
    struct maker maker = { .d = d };

    if (!is_task(resource) || !properties || properties->kind != SCL_TREE_MAP)
        return NULL;
    scl_tree_builder_init(&maker.builder, &d->arena, NULL, &d->notes);
    make(&maker, properties, false);
    return scl_tree_builder_finish(&maker.builder, scl_span_end(properties->span));
}
