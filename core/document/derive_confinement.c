/* SPDX-License-Identifier: Apache-2.0 */
/*
 * derive_confinement.c: what the engines make of what was asked for
 *
 * Docker and Podman start from a set of capabilities of their own, mask paths of /proc and /sys and
 * load a filter. What is added to and dropped from the set, and whether the container is
 * privileged, decides what is left of that. Formats that give the result themselves are left alone.
 */
#include "document/derive.h"
#include "document/overlay.h"

#include <string.h>

/* Engines, and the columns of the facts that have their sets; Nomad's driver drops one more. */
static const struct scl_engine_row {
    const char *family, *column, *except;
    bool drops_last; /* what is added and dropped is dropped */
} engines[] = {
    { "docker", "docker_default", "", false },
    { "podman", "podman_default", "", false },
    { "containerd", "containerd_default", "", true },
    { "crio", "crio_default", "", true },
    { "ecs-ec2", "docker_default", "", false },
    { "ecs-fargate", "docker_default", "", false },
    { "nomad", "docker_default", "CAP_NET_RAW", false },
    { "nomad-podman", "podman_default", "", false },
};

/* A list of capabilities as a set: what has a number, and whether ALL is among them. */
struct capability_set {
    uint64_t numbered;
    bool has_all;
    uint32_t others; /* names that no kernel has */
};

struct confinement {
    struct scl_view *view;
    uint32_t root;
    struct scl_usual *usual;
};

static const struct scl_value *
value_of(const struct confinement *c, unsigned field)
{
    return scl_document_value(c->view->document, c->root, field);
}

static bool
says(const struct confinement *c, unsigned field)
{
    const struct scl_value *value = value_of(c, field);

    return value && value->state != SCANTLING_STATE_NULL;
}

static bool
is_unknown(const struct confinement *c, unsigned field)
{
    const struct scl_value *value = value_of(c, field);

    return value && value->state == SCANTLING_STATE_UNKNOWN;
}

static bool
is_true(const struct confinement *c, unsigned field)
{
    const struct scl_value *value = value_of(c, field);

    return value && value->kind == SCL_KIND_BOOL && value->as.number;
}

/* Capabilities. */

static int
number_of(const struct scl_facts_table *table, uint32_t row)
{
    const struct scl_fact *cell =
        scl_facts_cell(table, row, scl_facts_column(table, SCL_S("number")));

    return cell->kind == SCL_FACT_INT && cell->as.number >= 0 &&
                   cell->as.number < SCL_CAPABILITIES
               ? (int)cell->as.number
               : -1;
}

static void
read_sets(struct scl_usual *usual)
{
    const struct scl_facts_table *table = usual->capabilities;
    uint32_t column = scl_facts_column(table, scl_str_c(usual->engine->column));

    for (uint32_t row = 0; row < table->row_count; row++) {
        const struct scl_fact *is_own = scl_facts_cell(table, row, column);
        int number = number_of(table, row);

        if (number < 0)
            continue;
        usual->names[number] = scl_facts_text(table, row, 0);
        usual->all |= UINT64_C(1) << number;
        if (is_own->kind == SCL_FACT_BOOL && is_own->as.number &&
            !scl_str_is(usual->names[number], usual->engine->except))
            usual->own |= UINT64_C(1) << number;
    }
}

/* Finds what there is to know of a runtime, unless the container before was of the same. */
static void
set_usual(struct scl_usual *usual, const struct scl_view *view, const char *family)
{
    if (usual->family && strcmp(usual->family, family) == 0)
        return;
    *usual = (struct scl_usual){ .family = family };
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (strcmp(engines[i].family, family) == 0)
            usual->engine = &engines[i];
    if (!usual->engine)
        return;
    usual->capabilities = scl_facts_find(view->facts, SCL_S("capabilities"));
    if (usual->capabilities)
        read_sets(usual);
}

static struct capability_set
read_set(const struct confinement *c, unsigned field)
{
    const struct scl_value *value = value_of(c, field);
    struct capability_set set = { 0 };

    for (uint32_t i = 0; value && value->kind == SCL_KIND_LIST && i < value->as.list->count; i++) {
        struct scl_str name = scl_value_text(&value->as.list->items[i]);
        uint32_t row = scl_facts_row(c->usual->capabilities, name);
        int number = row == SCL_FACTS_NONE ? -1 : number_of(c->usual->capabilities, row);

        if (scl_str_is(name, "ALL"))
            set.has_all = true;
        else if (number >= 0)
            set.numbered |= UINT64_C(1) << number;
        else
            set.others++;
    }
    return set;
}

/* Added after it was dropped counts; ALL that is added leaves nothing of what is named, and ALL
 * that is dropped is then no name to drop. Engines that drop last take ALL off first and on last,
 * then what is named off again, and nothing is left of ALL on both sides. */
static uint64_t
combine(const struct confinement *c, const struct capability_set *add,
        const struct capability_set *drop)
{
    bool drops_last = c->usual->engine->drops_last;

    if (drops_last && drop->has_all)
        return add->has_all ? 0 : add->numbered & ~drop->numbered;
    if (drops_last && !add->has_all)
        return (c->usual->own | add->numbered) & ~drop->numbered;
    if (add->has_all)
        return c->usual->all & ~drop->numbered;
    if (drop->has_all)
        return add->numbered;
    return (c->usual->own & ~drop->numbered) | add->numbered;
}

static void
add_others(const struct confinement *c, struct scl_value *list)
{
    const struct scl_value *add = value_of(c, SCL_CONTAINER_CAP_ADD);

    for (uint32_t i = 0; add && add->kind == SCL_KIND_LIST && i < add->as.list->count; i++) {
        struct scl_str name = scl_value_text(&add->as.list->items[i]);
        uint32_t row = scl_facts_row(c->usual->capabilities, name);

        if (row == SCL_FACTS_NONE)
            scl_overlay_item(list, name);
    }
}

/* Sets a list that follows from nothing: made for the first container, shared with the others.
 * NULL where it is there already, or there is no memory. */
static struct scl_value *
share(struct confinement *c, unsigned field, uint32_t count, struct scl_list **list)
{
    struct scl_value *made;

    if (*list) {
        scl_overlay_share(c->view, c->root, field, *list);
        return NULL;
    }
    made = scl_overlay_list(c->view, c->root, field, count, SCL_NONE);
    *list = made ? made->as.list : NULL;
    return made;
}

static uint32_t
count_of(uint64_t set)
{
    uint32_t count = 0;

    for (; set; set &= set - 1)
        count++;
    return count;
}

static void
set_ceiling(struct confinement *c, uint64_t set, uint32_t others, unsigned from)
{
    const unsigned field = SCL_CONTAINER_CAP_EFFECTIVE;
    uint32_t count = count_of(set) + others;
    struct scl_value *list = from ? scl_overlay_list(c->view, c->root, field, count, from)
                                  : share(c, field, count, &c->usual->effective);

    for (int number = 0; list && number < SCL_CAPABILITIES; number++)
        if (set >> number & 1)
            scl_overlay_item(list, c->usual->names[number]);
    if (list && others)
        add_others(c, list);
}

/* Whether nobody can tell all members of a list. */
static bool
is_in_doubt(const struct confinement *c, unsigned field)
{
    const struct scl_value *value = value_of(c, field);

    return value && (value->state == SCANTLING_STATE_UNKNOWN || value->flags & SCL_VALUE_OPEN);
}

static void
derive_capabilities(struct confinement *c)
{
    struct capability_set add = read_set(c, SCL_CONTAINER_CAP_ADD);
    struct capability_set drop = read_set(c, SCL_CONTAINER_CAP_DROP);
    bool adds = add.numbered || add.has_all || add.others;
    bool drops = drop.numbered || drop.has_all;

    if (is_unknown(c, SCL_CONTAINER_PRIVILEGED))
        scl_overlay_unknown(c->view, c->root, SCL_CONTAINER_CAP_EFFECTIVE,
                            SCL_CONTAINER_PRIVILEGED);
    else if (is_true(c, SCL_CONTAINER_PRIVILEGED))
        set_ceiling(c, c->usual->all, 0, SCL_CONTAINER_PRIVILEGED);
    else if (is_in_doubt(c, SCL_CONTAINER_CAP_ADD))
        scl_overlay_unknown(c->view, c->root, SCL_CONTAINER_CAP_EFFECTIVE, SCL_CONTAINER_CAP_ADD);
    else if (is_in_doubt(c, SCL_CONTAINER_CAP_DROP))
        scl_overlay_unknown(c->view, c->root, SCL_CONTAINER_CAP_EFFECTIVE,
                            SCL_CONTAINER_CAP_DROP);
    else
        set_ceiling(c, combine(c, &add, &drop), add.others,
                    adds    ? SCL_CONTAINER_CAP_ADD
                    : drops ? SCL_CONTAINER_CAP_DROP
                            : SCL_NONE);
}

/* Filters and masks. */

/* A privileged container has neither, unless it asks for one. */
static void
derive_filters(struct confinement *c)
{
    static const unsigned modes[] = { SCL_CONTAINER_SECCOMP_MODE, SCL_CONTAINER_APPARMOR_MODE };
    bool unknown = is_unknown(c, SCL_CONTAINER_PRIVILEGED);

    if (!unknown && !is_true(c, SCL_CONTAINER_PRIVILEGED))
        return;
    if (!says(c, SCL_CONTAINER_SECCOMP_MODE)) {
        if (unknown)
            scl_overlay_unknown(c->view, c->root, SCL_CONTAINER_SECCOMP_CONFINED,
                                SCL_CONTAINER_PRIVILEGED);
        else
            scl_overlay_bool(c->view, c->root, SCL_CONTAINER_SECCOMP_CONFINED, false,
                             SCL_CONTAINER_PRIVILEGED);
    }
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (says(c, modes[i]))
            continue;
        if (unknown)
            scl_overlay_unknown(c->view, c->root, modes[i], SCL_CONTAINER_PRIVILEGED);
        else
            scl_overlay_text(c->view, c->root, modes[i], SCL_S("unconfined"),
                             SCL_CONTAINER_PRIVILEGED);
    }
}

static void
set_masks(struct confinement *c, unsigned field, const char *kind, struct scl_list **shared)
{
    const struct scl_facts_table *table =
        scl_facts_find(c->view->facts, SCL_S("masked_paths"));
    uint32_t kinds = table ? scl_facts_column(table, SCL_S("kind")) : 0;
    uint32_t verified = table ? scl_facts_column(table, SCL_S("verified")) : 0;
    struct scl_value *list = table ? share(c, field, table->row_count, shared) : NULL;

    for (uint32_t row = 0; list && row < table->row_count; row++) {
        const struct scl_fact *is_sure = scl_facts_cell(table, row, verified);

        if (scl_str_is(scl_facts_text(table, row, kinds), kind) &&
            is_sure->kind == SCL_FACT_BOOL && is_sure->as.number)
            scl_overlay_item(list, scl_facts_text(table, row, 0));
    }
}

static void
derive_masks(struct confinement *c)
{
    const struct {
        unsigned field;
        const char *kind;
        struct scl_list **shared;
    } masks[] = {
        { SCL_CONTAINER_MASKED_PATHS, "masked", &c->usual->masked },
        { SCL_CONTAINER_READONLY_PATHS, "readonly", &c->usual->readonly },
    };

    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        if (says(c, masks[i].field))
            continue;
        if (is_unknown(c, SCL_CONTAINER_PRIVILEGED))
            scl_overlay_unknown(c->view, c->root, masks[i].field, SCL_CONTAINER_PRIVILEGED);
        else if (!is_true(c, SCL_CONTAINER_PRIVILEGED))
            set_masks(c, masks[i].field, masks[i].kind, masks[i].shared);
    }
}

void
scl_derive_confinement(struct scl_view *view, uint32_t root, struct scl_usual *usual)
{
    struct confinement c = { .view = view, .root = root, .usual = usual };

    set_usual(usual, view,
              scl_view_family(view, scl_document_object(view->document, root)->subject));
    if (!usual->engine)
        return;
    if (usual->capabilities && !says(&c, SCL_CONTAINER_CAP_EFFECTIVE))
        derive_capabilities(&c);
    derive_filters(&c);
    derive_masks(&c);
}
