/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nomad_config.c: what the drivers of Nomad are told, as JSON writes it
 *
 * Blocks of the job specification become lists of maps there, or maps where somebody wrote the JSON
 * by hand; either is read. Podman's driver has some values as text that Docker's has as maps.
 */
#include "formats/docker_container.h"
#include "formats/nomad.h"
#include "formats/oci_runtime.h"

/* ---- blocks ---- */

uint32_t
scl_nomad_block_count(const struct scl_tree *node)
{
    if (!node)
        return 0;
    return node->kind == SCL_TREE_LIST ? scl_tree_count(node) : 1;
}

const struct scl_tree *
scl_nomad_block(const struct scl_tree *node, uint32_t index)
{
    return node->kind == SCL_TREE_LIST ? scl_tree_child(node, index) : node;
}

const struct scl_tree *
scl_nomad_find(const struct scl_tree *from, const char *block, const char *key)
{
    const struct scl_tree *blocks = scl_tree_find(from, scl_str_c(block));
    const struct scl_tree *first = blocks ? scl_nomad_block(blocks, 0) : NULL;
    const struct scl_tree *found = scl_tree_find(first, scl_str_c(key));

    return found && found->kind != SCL_TREE_NULL ? found : NULL;
}

/* ---- image and command ---- */

/* What Nomad will put in place of `${...}` is not known here. */
void
scl_nomad_image(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    static const struct scl_str transport = SCL_STR("docker://"); /* Podman's driver takes some */
    struct scl_str whole = scl_tree_text(node);
    struct scl_str text = scl_str_sub(whole, scl_str_starts(whole, transport) ? transport.len : 0,
                                      whole.len);
    size_t close = scl_str_find_last(text, '}');
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_IMAGE, origin);
    if (close == SIZE_MAX || scl_str_find(text, SCL_S("${")) == SIZE_MAX)
        scl_build_reference(l->d, object, field, text, origin);
    else
        scl_build_reference_unknown(l->d, object, field, scl_str_sub(text, close + 1, text.len),
                                    origin);
}

void
scl_nomad_pull(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    bool truth;

    if (scl_nomad_truth(node, &truth) ||
        (scl_rows_expect(l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, &truth)))
        scl_build_text(l->d, object, field, truth ? SCL_S("always") : SCL_S("missing"),
                       scl_rows_origin(l, node));
}

void
scl_nomad_command(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    scl_build_item_text(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
}

void
scl_nomad_args(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    (void)field;
    scl_row_scalars(l, object, SCL_CONTAINER_COMMAND, node);
}

/* ---- maps ---- */

void
scl_nomad_maps(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t b = 0; b < scl_nomad_block_count(node); b++) {
        const struct scl_tree *block = scl_nomad_block(node, b);

        if (!scl_rows_expect(l, object, SCL_NONE, block, SCL_TREE_MAP) || block->is_cut)
            scl_build_open(l->d, object, field);
        for (uint32_t i = 0; i < scl_tree_count(block); i++) {
            const struct scl_tree *item = scl_tree_child(block, i);

            if (block->kind == SCL_TREE_MAP && scl_rows_expect_scalar(l, object, SCL_NONE, item))
                scl_build_entry(l->d, object, field, scl_tree_key(item), scl_tree_text(item),
                                scl_rows_origin(l, item));
        }
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

static void
add_variables(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *map)
{
    for (uint32_t i = 0; i < scl_tree_count(map); i++) {
        const struct scl_tree *item = scl_tree_child(map, i);
        uint32_t key = scl_build_origin(l->d, item->key_span, item->key_span);
        uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, item));

        scl_build_text(l->d, made, SCL_ENV_NAME, scl_tree_key(item), key);
        if (scl_rows_expect_scalar(l, made, SCL_ENV_VALUE, item))
            scl_build_text(l->d, made, SCL_ENV_VALUE, scl_tree_text(item),
                           scl_rows_origin(l, item));
        scl_build_text(l->d, made, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
    }
}

void
scl_nomad_env(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    if (node->kind != SCL_TREE_LIST && !scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t b = 0; b < scl_nomad_block_count(node); b++) {
        const struct scl_tree *block = scl_nomad_block(node, b);

        if (scl_rows_expect(l, object, SCL_NONE, block, SCL_TREE_MAP))
            add_variables(l, object, field, block);
        if (block->kind != SCL_TREE_MAP || block->is_cut)
            scl_build_open(l->d, object, field);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* One that is read as variables brings some that are not known. */
void
scl_nomad_templates(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    bool brings = node->is_cut, truth;

    (void)field;
    if (!scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (scl_tree_bool(scl_tree_find(scl_tree_child(node, i), SCL_S("Envvars")), &truth))
            brings = brings || truth;
    if (brings)
        scl_build_open(l->d, object, SCL_CONTAINER_ENV);
}

/* ---- limits ---- */

const struct scl_json_row scl_nomad_ulimit_rows[] = {
    { "", SCL_ULIMIT_NAME, NULL },
    { "", SCL_ULIMIT_SOFT, NULL },
    { "", SCL_ULIMIT_HARD, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
set_ulimit(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_str text,
           const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);
    int64_t number;

    if (scl_str_is(text, "-1") || scl_str_is(text, "unlimited"))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, origin);
    else if (scl_str_int(text, &number))
        scl_build_int(l->d, object, field, number, origin);
    else
        scl_rows_refuse(l, object, field, node, "expected SOFT:HARD, as 1024:2048");
}

/* NAME = "SOFT[:HARD]", both the same where one is given. */
static void
add_ulimit(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *item)
{
    uint32_t made = scl_build_object(l->d, object, field, scl_rows_origin(l, item));
    struct scl_str rest = scl_tree_text(item), soft = { "", 0 };

    scl_build_text(l->d, made, SCL_ULIMIT_NAME, scl_tree_key(item),
                   scl_build_origin(l->d, item->key_span, item->key_span));
    if (!scl_rows_expect_scalar(l, made, SCL_ULIMIT_SOFT, item)) {
        scl_build_empty(l->d, made, SCL_ULIMIT_HARD, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, item));
        return;
    }
    scl_str_cut(&rest, ':', &soft);
    set_ulimit(l, made, SCL_ULIMIT_SOFT, soft, item);
    set_ulimit(l, made, SCL_ULIMIT_HARD, rest.len ? rest : soft, item);
}

void
scl_nomad_ulimits(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t b = 0; b < scl_nomad_block_count(node); b++) {
        const struct scl_tree *block = scl_nomad_block(node, b);

        if (!scl_rows_expect(l, object, SCL_NONE, block, SCL_TREE_MAP) || block->is_cut) {
            scl_build_open(l->d, object, field);
            continue;
        }
        for (uint32_t i = 0; i < scl_tree_count(block); i++)
            add_ulimit(l, object, field, scl_tree_child(block, i));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

/* ---- the rest ---- */

void
scl_nomad_logging(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    static const char *const drivers[] = { "type", "driver" };
    static const char *const options[] = { "config", "options" };
    const struct scl_tree *block = scl_nomad_block(node, 0), *found;

    if (!block || !scl_rows_expect(l, object, SCL_CONTAINER_LOGGING_DRIVER, block, SCL_TREE_MAP))
        return;
    scl_build_group(l->d, object, field, scl_rows_origin(l, node));
    for (size_t i = 0; i < 2; i++) {
        found = scl_rows_find(block, drivers[i]);
        if (found && (found->kind != SCL_TREE_STRING || found->count))
            scl_row_text(l, object, SCL_CONTAINER_LOGGING_DRIVER, found);
        found = scl_rows_find(block, options[i]);
        if (found)
            scl_nomad_maps(l, object, SCL_CONTAINER_LOGGING_OPTIONS, found);
    }
}

const struct scl_json_row scl_nomad_device_rows[] = {
    { "host_path", SCL_DEVICE_SOURCE, scl_row_text },
    { "container_path", SCL_DEVICE_TARGET, scl_row_some_text },
    { "cgroup_permissions", SCL_DEVICE_PERMISSIONS, scl_row_some_text },
    { "", SCL_DEVICE_CLASS, NULL },
    { NULL, SCL_NONE, NULL },
};

/* HOST[:CONTAINER[:PERMISSIONS]], of Podman's driver. */
static void
read_device(struct scl_lowering *l, uint32_t device, const struct scl_tree *node)
{
    static const unsigned fields[] = { SCL_DEVICE_SOURCE, SCL_DEVICE_TARGET,
                                       SCL_DEVICE_PERMISSIONS };
    struct scl_str rest = scl_tree_text(node), part;

    for (size_t i = 0; i < 3 && scl_str_cut(&rest, ':', &part); i++)
        scl_build_text(l->d, device, fields[i], part, scl_rows_origin(l, node));
}

/* What is not said: the same path there, and all that can be done with it. */
static void
set_rest(struct scl_lowering *l, uint32_t device, const struct scl_tree *node)
{
    const struct scl_tree *source = scl_tree_find(node, SCL_S("host_path"));
    struct scl_str text = scl_tree_text(source ? source : node), path = { "", 0 };

    scl_str_cut(&text, ':', &path);
    if (!scl_build_has(l->d, device, SCL_DEVICE_TARGET))
        scl_build_text(l->d, device, SCL_DEVICE_TARGET, path,
                       scl_build_derived(l->d, device, SCL_DEVICE_SOURCE));
    if (!scl_build_has(l->d, device, SCL_DEVICE_PERMISSIONS) && !node->is_cut)
        scl_build_text(l->d, device, SCL_DEVICE_PERMISSIONS, SCL_S("rwm"),
                       scl_build_derived(l->d, device, SCL_DEVICE_SOURCE));
    scl_build_text(l->d, device, SCL_DEVICE_CLASS, SCL_S("path"), 0);
}

void
scl_nomad_devices(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_nomad_block_count(node); i++) {
        const struct scl_tree *item = scl_nomad_block(node, i);
        uint32_t made;

        if (item->kind != SCL_TREE_STRING &&
            !scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_MAP)) {
            scl_build_open(l->d, object, field);
            continue;
        }
        made = scl_build_object(l->d, object, field, scl_rows_origin(l, item));
        if (item->kind == SCL_TREE_MAP)
            scl_rows_apply(l, made, scl_nomad_device_rows, item);
        else
            read_device(l, made, item);
        set_rest(l, made, item);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

void
scl_nomad_health(struct scl_lowering *l, uint32_t object, unsigned field,
                 const struct scl_tree *node)
{
    const struct scl_tree *block = scl_nomad_block(node, 0);
    const struct scl_tree *disable = block ? scl_tree_find(block, SCL_S("disable")) : NULL;
    bool truth;

    if (!scl_nomad_truth(disable, &truth) || !truth)
        return;
    scl_build_group(l->d, object, field, scl_rows_origin(l, node));
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, false,
                   scl_rows_origin(l, disable));
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DISABLED, true,
                   scl_rows_origin(l, disable));
}

void
scl_nomad_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    struct scl_str profile = scl_tree_text(node);
    uint32_t origin = scl_rows_origin(l, node);
    bool is_unconfined = scl_str_is(profile, "unconfined");

    (void)field;
    if (!scl_rows_expect(l, object, SCL_CONTAINER_APPARMOR_MODE, node, SCL_TREE_STRING) ||
        !profile.len)
        return;
    scl_build_group(l->d, object, SCL_CONTAINER_APPARMOR, origin);
    scl_build_text(l->d, object, SCL_CONTAINER_APPARMOR_MODE,
                   is_unconfined ? profile : SCL_S("profile"), origin);
    if (!is_unconfined)
        scl_build_text(l->d, object, SCL_CONTAINER_APPARMOR_PROFILE, profile, origin);
}

/* Options of a label, each as `type:container_t`, of Podman's driver. */
void
scl_nomad_selinux(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, SCL_CONTAINER_SELINUX_MODE, node, SCL_TREE_LIST))
        return;
    scl_build_group(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (scl_rows_expect(l, object, SCL_CONTAINER_SELINUX_MODE, item, SCL_TREE_STRING))
            scl_docker_label(l, object, scl_tree_text(item), scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_empty(l->d, object, SCL_CONTAINER_SELINUX_MODE, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
}
