/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked_values.c: options of engines that are one value
 */
#include "formats/asked.h"

#include "formats/docker_container.h"
#include "syntax/json.h"
#include "syntax/number.h"
#include "syntax/reference.h"

#include <string.h>

void
scl_asked_text(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    scl_part_text(l, object, field, node, scl_tree_text(node));
}

/* Whether a text is there in full; else the field is unknown. */
static bool
is_whole(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    if (!node->is_cut)
        return true;
    scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, scl_rows_origin(l, node));
    return false;
}

void
scl_asked_bool(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    bool truth;

    if (!is_whole(l, object, field, node))
        return;
    if (scl_asked_truth_of(scl_tree_text(node), &truth))
        scl_build_bool(l->d, object, field, truth, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected true or false");
}

void
scl_asked_int(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    scl_part_int(l, object, field, node, scl_tree_text(node));
}

static void
set_limit(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node,
          int64_t number)
{
    if (number > 0)
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

void
scl_asked_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t number;

    if (!is_whole(l, object, field, node))
        return;
    if (scl_str_int(scl_tree_text(node), &number))
        set_limit(l, object, field, node, number);
    else
        scl_rows_refuse(l, object, field, node, "expected a whole number");
}

void
scl_asked_bytes(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    int64_t bytes;

    if (!is_whole(l, object, field, node))
        return;
    if (scl_asked_bytes_of(scl_tree_text(node), &bytes))
        set_limit(l, object, field, node, bytes);
    else if (scl_str_is(scl_tree_text(node), "-1"))
        set_limit(l, object, field, node, 0);
    else
        scl_rows_refuse(l, object, field, node, "expected a number of bytes, as 64m");
}

void
scl_asked_swap(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    int64_t bytes;

    if (node->is_cut || !scl_asked_bytes_of(scl_tree_text(node), &bytes) || bytes)
        scl_asked_bytes(l, object, field, node);
    else if (scl_build_has(l->d, object, field))
        scl_build_empty(l->d, object, field, SCANTLING_STATE_ABSENT, 0);
}

void
scl_asked_finish_swap(struct scl_lowering *l, uint32_t object)
{
    const struct scl_value *memory = scl_build_find(l->d, object, SCL_CONTAINER_MEMORY_LIMIT);
    const struct scl_value *swap = scl_build_find(l->d, object, SCL_CONTAINER_MEMORY_SWAP_LIMIT);
    uint32_t follows;

    if (!memory || (swap && swap->state != SCANTLING_STATE_ABSENT))
        return;
    follows = scl_build_derived(l->d, object, SCL_CONTAINER_MEMORY_LIMIT);
    if (memory->state == SCANTLING_STATE_UNKNOWN)
        scl_build_empty(l->d, object, SCL_CONTAINER_MEMORY_SWAP_LIMIT, SCANTLING_STATE_UNKNOWN,
                        follows);
    else if (memory->kind == SCL_KIND_INT && memory->as.number <= INT64_MAX / 2)
        scl_build_int(l->d, object, SCL_CONTAINER_MEMORY_SWAP_LIMIT, memory->as.number * 2,
                      follows);
}

void
scl_asked_processors(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    int64_t nano;
    bool exact;

    if (!is_whole(l, object, field, node))
        return;
    if (!scl_number_nano(scl_tree_text(node), &nano, &exact) || nano < 0)
        scl_rows_refuse(l, object, field, node, "expected a number of processors, as 1.5");
    else if (nano)
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_build_empty(l->d, object, field, SCANTLING_STATE_DECLARED, scl_rows_origin(l, node));
}

void
scl_asked_duration(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node)
{
    int64_t nano;

    if (!is_whole(l, object, field, node))
        return;
    if (scl_asked_duration_of(scl_tree_text(node), &nano))
        scl_build_decimal(l->d, object, field, nano, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a time, as 1m30s");
}

void
scl_asked_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    enum { MOST_SECONDS = 1000000000, BILLION = 1000000000 };
    int64_t number;

    if (!is_whole(l, object, field, node))
        return;
    if (scl_str_int(scl_tree_text(node), &number) && number >= -1 && number <= MOST_SECONDS)
        scl_build_decimal(l->d, object, field, number * BILLION, scl_rows_origin(l, node));
    else
        scl_rows_refuse(l, object, field, node, "expected a number of seconds");
}

/* Of a user of which a part is known only. */
static void
set_user_parts(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    enum { UID = 1, GID, NAME, GROUP };
    static const unsigned parts[] = { UID, GID, NAME, GROUP };
    uint32_t origin = scl_rows_origin(l, node);

    scl_build_empty(l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        scl_build_empty(l->d, object, field + parts[i], SCANTLING_STATE_UNKNOWN,
                        scl_build_derived(l->d, object, field));
}

void
scl_asked_user(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    scl_build_group(l->d, object, SCL_CONTAINER_USER, scl_rows_origin(l, node));
    if (node->is_cut)
        set_user_parts(l, object, field, node);
    else if (node->count)
        scl_build_user(l->d, object, field, scl_tree_text(node), scl_rows_origin(l, node));
}

/* Of `web:${TAG}` the repository is known all the same. */
static void
set_repository(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_str start)
{
    enum { NAME = 1, REGISTRY, REPOSITORY };
    size_t colon = scl_str_find_last(start, ':'), slash = scl_str_find_last(start, '/');
    uint32_t follows = scl_build_derived(l->d, object, field);
    struct scl_reference r;

    if (colon == SIZE_MAX || (slash != SIZE_MAX && slash > colon) ||
        !scl_reference_parse(&l->d->arena, scl_str_sub(start, 0, colon), &r) || !r.is_valid)
        return;
    scl_build_text(l->d, object, field + NAME, r.name, follows);
    if (r.registry.len)
        scl_build_text(l->d, object, field + REGISTRY, r.registry, follows);
    scl_build_text(l->d, object, field + REPOSITORY, r.repository, follows);
}

void
scl_asked_image(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    uint32_t origin = scl_rows_origin(l, node);
    size_t hole = scl_str_find_last(text, SCL_HOLE);

    scl_build_group(l->d, object, SCL_CONTAINER_IMAGE, origin);
    if (hole == SIZE_MAX) {
        scl_build_reference(l->d, object, field, text, origin);
        return;
    }
    scl_build_reference_unknown(l->d, object, field, scl_str_sub(text, hole + 1, text.len), origin);
    set_repository(l, object, field, scl_str_sub(text, 0, scl_str_find_char(text, SCL_HOLE)));
}

void
scl_asked_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    enum { MODE = 1, TARGET, HOST };
    struct scl_str text = scl_tree_text(node), word;
    uint32_t origin = scl_rows_origin(l, node);

    scl_docker_namespace(l, object, field, node);
    if (!node->is_cut || !scl_str_cut(&text, ':', &word) ||
        (!scl_str_is(word, "container") && !scl_str_is(word, "service")))
        return;
    scl_build_text(l->d, object, field + MODE, word, origin);
    scl_build_empty(l->d, object, field + TARGET, SCANTLING_STATE_UNKNOWN, origin);
    scl_build_bool(l->d, object, field + HOST, false,
                   scl_build_derived(l->d, object, field + MODE));
}

void
scl_asked_restart(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node)
{
    struct scl_str retries = scl_tree_text(node), policy;
    uint32_t origin = scl_rows_origin(l, node);

    scl_build_group(l->d, object, SCL_CONTAINER_RESTART, origin);
    if (!scl_str_cut(&retries, ':', &policy))
        return;
    if (!policy.len)
        scl_build_text(l->d, object, field, SCL_S("no"), origin);
    else
        scl_part_text(l, object, field, node, policy);
    if (retries.at && retries.len)
        scl_part_int(l, object, SCL_CONTAINER_RESTART_MAX_RETRIES, node, retries);
}

const struct scl_tree *
scl_asked_array(struct scl_lowering *l, const struct scl_tree *node)
{
    const struct scl_tree *words = NULL;
    struct scl_source *source = NULL;
    struct scl_notes notes;

    scl_notes_init(&notes, &l->d->arena);
    if (!node->is_cut && node->count && scl_tree_text(node).at[0] == '[')
        source = scl_arena_alloc(&l->d->arena, sizeof *source);
    if (source && scl_source_init(source, &l->d->arena, SCL_S("words"), scl_tree_text(node)))
        words = scl_json_read(&l->d->arena, source, NULL, &notes);
    return words && !scl_notes_have_error(&notes) && words->kind == SCL_TREE_LIST ? words : NULL;
}

/* Podman also takes an array of words, which no shell runs. */
static void
add_test(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    bool is_podman = strcmp(l->d->family, "podman") == 0;
    const struct scl_tree *words = is_podman ? scl_asked_array(l, node) : NULL;
    uint32_t origin = scl_rows_origin(l, node);

    scl_build_item_text(l->d, object, field, words ? SCL_S("CMD") : SCL_S("CMD-SHELL"), origin);
    for (uint32_t i = 0; words && i < scl_tree_count(words); i++)
        scl_build_item_text(l->d, object, field, scl_tree_text(scl_tree_child(words, i)), origin);
    if (node->is_cut)
        scl_build_item_unknown(l->d, object, field, origin);
    else if (!words)
        scl_build_item_text(l->d, object, field, scl_tree_text(node), origin);
}

void
scl_asked_test(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node), follows;

    scl_build_group(l->d, object, SCL_CONTAINER_HEALTHCHECK, origin);
    if (scl_build_has(l->d, object, field)) /* of several the last counts */
        scl_build_empty(l->d, object, field, SCANTLING_STATE_ABSENT, 0);
    scl_build_list(l->d, object, field, origin);
    add_test(l, object, field, node);
    follows = scl_build_derived(l->d, object, field);
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DECLARED, true, follows);
    scl_build_bool(l->d, object, SCL_CONTAINER_HEALTHCHECK_DISABLED, false, follows);
}
