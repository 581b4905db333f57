/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_packages.c: the packages that a stage leaves installed
 *
 * While instructions are lowered, what commands install and remove is written down as a row of
 * changes. Afterwards each stage starts with what its parent left and plays its own changes: a name
 * leads to the packages of that name that are still there, so that a removal costs what it takes
 * away. Packages of a family are one world: what apt-get installs apt can remove.
 *
 * A removal whose words are not known may have taken any package that was there: these are no
 * longer listed, and the list is open. So it is where a removal happens only under a condition.
 *
 * Invariants: a package of a stage has an index that grows with the order of installing; what its
 * parents left comes first. What stages inherit is bounded (inherited_left), for a long chain of
 * stages would hold all packages again in each: then the list of a stage is open.
 */
#include "formats/dockerfile_commands.h"

#include "base/glob.h"

#include <string.h>

enum change_kind {
    INSTALL,
    REMOVE,         /* packages of the name, or added under it */
    REMOVE_FITTING, /* the name is a glob */
    REMOVE_ANY,     /* the name is not known */
    MARK_AUTO,      /* apt-mark auto: all packages, or those of the name */
    MARK_MANUAL,
    REMOVE_AUTO
};

struct scl_package_change {
    uint8_t kind;
    bool in_branch;
    struct scl_str key;     /* of the package; of length 0: not known, or all; REMOVE_ANY: family */
    struct scl_str virtual; /* key of the name that it is added under, or of length 0 */
    uint32_t object;        /* PACKAGE */
};

struct installed {
    const struct scl_package_change *change;
    uint32_t next[2]; /* of the same name and virtual name, index plus 1 */
    bool is_gone, is_manual;
};

enum { BY_NAME, BY_VIRTUAL };

/* A stage while its changes are played. */
struct playing {
    struct scl_lowering *l;
    SCL_VEC(struct installed) packages;
    struct scl_map keys[2];   /* by name, by virtual name: the newest, index plus 1 */
    SCL_VEC(uint32_t) marked; /* packages that are marked as not asked for */
    uint32_t auto_before, auto_from; /* and all of these */
    uint32_t doubtful_before; /* packages that may be gone */
    bool is_open;
};

/* ---- writing down ---- */

static bool
counts(const struct scl_tool_call *call)
{
    const struct scl_running *running = call->running;

    return running->l->stage != SCL_NO_STAGE && !running->step->is_later;
}

static struct scl_package_change *
add_change(const struct scl_tool_call *call, enum change_kind kind)
{
    struct scl_lowering *l = call->running->l;
    struct scl_stage *stage = &l->stages.at[l->stage];
    struct scl_package_change *made = scl_vec_push(&l->scratch, &stage->changes);

    if (made) {
        made->kind = (uint8_t)kind;
        made->in_branch = call->in_branch;
    }
    return made;
}

/* Packages of the operating system share their names, others only with their own manager. */
static struct scl_str
key_of(struct scl_lowering *l, const struct scl_package_command *command, struct scl_str name)
{
    struct scl_str world = scl_str_is(command->family, "os") ? SCL_S("os") : command->manager;
    char *key = scl_arena_alloc(&l->scratch, world.len + 1 + name.len);

    if (!key || !name.len)
        return (struct scl_str){ NULL, 0 };
    memcpy(key, world.at, world.len);
    key[world.len] = ' ';
    memcpy(key + world.len + 1, name.at, name.len);
    return scl_str_n(key, world.len + 1 + name.len);
}

static bool
is_glob(struct scl_str text)
{
    return scl_str_find_char(text, '*') != SIZE_MAX || scl_str_find_char(text, '?') != SIZE_MAX ||
           scl_str_find_char(text, '[') != SIZE_MAX;
}

void
scl_packages_change(const struct scl_tool_call *call, const struct scl_package_command *command,
                    const struct scl_package *package, uint32_t object)
{
    struct scl_lowering *l = call->running->l;
    struct scl_package_change *change;
    enum change_kind kind = INSTALL;

    if (!counts(call) || (command->action != SCL_PACKAGE_INSTALL &&
                          command->action != SCL_PACKAGE_REMOVE))
        return;
    if (command->action == SCL_PACKAGE_REMOVE)
        kind = !package->is_known         ? REMOVE_ANY
               : is_glob(package->name) ? REMOVE_FITTING
                                        : REMOVE;
    change = add_change(call, kind);
    if (!change)
        return;
    change->object = object;
    change->key = kind == REMOVE_ANY  ? command->family
                  : package->is_known ? key_of(l, command, package->name)
                                      : scl_str_n(NULL, 0);
    change->virtual = key_of(l, command, command->virtual_name);
}

void
scl_packages_left_over(const struct scl_tool_call *call, const struct scl_tool_reading *tool,
                       const struct scl_package_command *command)
{
    static const char *const names[] = { "--auto-remove", "--autoremove" };
    bool is_told = scl_str_starts(command->verb, SCL_S("auto"));

    if (!counts(call) || command->action != SCL_PACKAGE_REMOVE ||
        !scl_str_starts(command->manager, SCL_S("apt")))
        return;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        is_told = is_told || scl_tool_option(tool, names[i], NULL);
    if (is_told)
        add_change(call, REMOVE_AUTO);
}

/* `apt-mark auto '.*'` takes every package for one that another needed. */
void
scl_packages_mark(const struct scl_tool_call *call, const struct scl_tool_reading *tool)
{
    static const struct scl_package_command apt = { .family = SCL_STR("os") };
    bool is_auto;

    if (!counts(call) || !scl_str_is(tool->name, "apt-mark") || !tool->operands.count)
        return;
    is_auto = scl_str_is(tool->words.at[tool->operands.at[0]].text, "auto");
    if (!is_auto && !scl_str_is(tool->words.at[tool->operands.at[0]].text, "manual"))
        return;
    for (uint32_t i = 1; i < tool->operands.count; i++) {
        const struct scl_tool_word *word = &tool->words.at[tool->operands.at[i]];
        struct scl_package_change *change =
            word->is_known ? add_change(call, is_auto ? MARK_AUTO : MARK_MANUAL) : NULL;

        if (change && !scl_str_is(word->text, ".*"))
            change->key = key_of(call->running->l, &apt, word->text);
    }
}

/* ---- playing ---- */

static bool
is_of_system(const struct installed *package)
{
    return scl_str_starts(package->change->key, SCL_S("os "));
}

static void
add_installed(struct playing *p, const struct scl_package_change *change)
{
    struct installed *made = scl_vec_push(&p->l->scratch, &p->packages);

    if (!made)
        return;
    made->change = change;
    for (int map = BY_NAME; map <= BY_VIRTUAL; map++) {
        struct scl_str key = map == BY_NAME ? change->key : change->virtual;
        const struct scl_map_entry *entry = key.len ? scl_map_find(&p->keys[map], key) : NULL;

        made->next[map] = entry ? (uint32_t)entry->value : 0;
        if (key.len)
            scl_map_put(&p->keys[map], key, p->packages.count);
    }
}

/* Takes a package away; where it is not sure that this happens, the list is open. */
static void
take(struct playing *p, struct installed *package, const struct scl_package_change *change)
{
    if (!package->is_gone && change->in_branch && !package->change->in_branch)
        p->is_open = true;
    package->is_gone = true;
}

static void
take_named(struct playing *p, const struct scl_package_change *change)
{
    for (int map = BY_NAME; map <= BY_VIRTUAL; map++) {
        struct scl_map_entry *entry = scl_map_find(&p->keys[map], change->key);

        for (uint32_t at = entry ? (uint32_t)entry->value : 0; at;
             at = p->packages.at[at - 1].next[map])
            take(p, &p->packages.at[at - 1], change);
        if (entry)
            entry->value = 0;
    }
}

static void
take_any(struct playing *p, const struct scl_package_change *change)
{
    if (scl_str_is(change->key, "lang"))
        p->is_open = p->is_open || p->packages.count;
    else
        p->doubtful_before = p->packages.count;
}

static void
take_fitting(struct playing *p, const struct scl_package_change *change)
{
    uint64_t *steps = &p->l->tool_steps_left;

    for (uint32_t i = 0; i < p->packages.count; i++) {
        struct installed *package = &p->packages.at[i];

        if (!*steps) {
            p->doubtful_before = p->packages.count;
            return;
        }
        --*steps;
        if (!package->is_gone &&
            scl_glob_match(change->key, package->change->key, steps) == SCL_GLOB_YES)
            take(p, package, change);
    }
}

static void
mark(struct playing *p, const struct scl_package_change *change)
{
    bool is_auto = change->kind == MARK_AUTO;
    const struct scl_map_entry *entry =
        change->key.len ? scl_map_find(&p->keys[BY_NAME], change->key) : NULL;

    if (!change->key.len && is_auto)
        p->auto_before = p->packages.count;
    for (uint32_t at = entry ? (uint32_t)entry->value : 0; at;
         at = p->packages.at[at - 1].next[BY_NAME]) {
        uint32_t *made = is_auto ? scl_vec_push(&p->l->scratch, &p->marked) : NULL;

        p->packages.at[at - 1].is_manual = !is_auto;
        if (made)
            *made = at - 1;
    }
}

/* Each package is looked at once for each time that it is marked. */
static void
take_auto(struct playing *p, const struct scl_package_change *change)
{
    for (uint32_t i = p->auto_from; i < p->auto_before; i++)
        if (is_of_system(&p->packages.at[i]) && !p->packages.at[i].is_manual)
            take(p, &p->packages.at[i], change);
    for (uint32_t i = 0; i < p->marked.count; i++)
        if (!p->packages.at[p->marked.at[i]].is_manual)
            take(p, &p->packages.at[p->marked.at[i]], change);
    p->auto_from = p->auto_before;
    p->marked.count = 0;
}

static void (*const plays[])(struct playing *p, const struct scl_package_change *change) = {
    [INSTALL] = add_installed,   [REMOVE] = take_named, [REMOVE_FITTING] = take_fitting,
    [REMOVE_ANY] = take_any,     [MARK_AUTO] = mark,    [MARK_MANUAL] = mark,
    [REMOVE_AUTO] = take_auto,
};

/* What is left, for the document and for stages made from this one. */
static void
keep_left(struct playing *p, struct scl_stage *stage)
{
    struct scl_document *d = p->l->d;

    for (uint32_t i = 0; i < p->packages.count; i++) {
        const struct installed *package = &p->packages.at[i];
        const struct scl_package_change **left;

        if (package->is_gone)
            continue;
        if (i < p->doubtful_before && is_of_system(package)) {
            p->is_open = true;
            continue;
        }
        scl_build_item_link(d, stage->object, SCL_STAGE_PACKAGES, package->change->object);
        left = scl_vec_push(&p->l->scratch, &stage->left);
        if (left)
            *left = package->change;
    }
    stage->packages_are_open = p->is_open;
    if (p->is_open)
        scl_build_open(d, stage->object, SCL_STAGE_PACKAGES);
}

static void
play(struct scl_lowering *l, struct scl_stage *stage)
{
    struct playing p = { .l = l };
    const struct scl_stage *parent =
        stage->parent == SCL_NO_STAGE ? NULL : &l->stages.at[stage->parent];

    for (int map = BY_NAME; map <= BY_VIRTUAL; map++)
        scl_map_init(&p.keys[map], &l->scratch);
    for (uint32_t i = 0; parent && i < parent->left.count; i++) {
        if (!l->inherited_left) {
            p.is_open = true;
            break;
        }
        l->inherited_left--;
        add_installed(&p, parent->left.at[i]);
    }
    p.is_open = p.is_open || (parent && parent->packages_are_open);
    for (uint32_t i = 0; i < stage->changes.count; i++)
        plays[stage->changes.at[i].kind](&p, &stage->changes.at[i]);
    keep_left(&p, stage);
}

void
scl_packages_settle(struct scl_lowering *l)
{
    for (uint32_t i = 0; i < l->stages.count && !l->scratch.failed; i++) {
        struct scl_stage *stage = &l->stages.at[i];
        const struct scl_stage *parent =
            stage->parent == SCL_NO_STAGE ? NULL : &l->stages.at[stage->parent];

        if (stage->changes.count || (parent && (parent->left.count || parent->packages_are_open)))
            play(l, stage);
    }
}
