/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_held.c: what holds at an instruction: user, folder, shell, variables, accounts
 *
 * The lists of a scope share one growing array: a list is its first members. What is replaced, or
 * follows another end than the array's, begins a copy; when a file makes more copies than files do,
 * its lists are left open instead, so that no file costs more than its length allows.
 */
#include "formats/dockerfile_lower.h"

#include "document/held.h"

static struct scl_stage *
stage_of(struct scl_lowering *l)
{
    return l->stage == SCL_NO_STAGE ? NULL : &l->stages.at[l->stage];
}

static void
change(struct scl_lowering *l, struct scl_stage *stage, const struct scl_value *value)
{
    stage->held = scl_held_change(l->d, stage->held, value);
}

static void
hold_text(struct scl_lowering *l, unsigned field, struct scl_known text, uint32_t origin)
{
    struct scl_stage *stage = stage_of(l);
    struct scl_value value = {
        .field = (uint16_t)field,
        .kind = text.is_known ? SCL_KIND_TEXT : SCL_KIND_EMPTY,
        .state = text.is_known ? SCANTLING_STATE_DERIVED : SCANTLING_STATE_UNKNOWN,
        .origin = origin,
        .length = (uint32_t)text.text.len,
        .as.text = text.text.at,
    };

    if (stage)
        change(l, stage, &value);
}

static void
hold_truth(struct scl_lowering *l, unsigned field, bool truth, uint32_t origin)
{
    struct scl_value value = {
        .field = (uint16_t)field,
        .kind = SCL_KIND_BOOL,
        .state = SCANTLING_STATE_DERIVED,
        .origin = origin,
        .as.number = truth,
    };

    change(l, stage_of(l), &value);
}

/* ---- lists ---- */

/* Makes the list end where the array does, so that a member can be added or changed. */
static bool
own_members(struct scl_lowering *l, struct scl_held_run *run, bool replaces)
{
    struct scl_held_members *members;

    if (run->members && !replaces && run->members->count == run->count &&
        run->count < run->members->room)
        return true;
    members = scl_arena_alloc(&l->scratch, sizeof *members);
    if (!members)
        return false;
    if (run->members && (replaces || run->members->count != run->count)) {
        if (l->copies_left < run->count) {
            run->is_open = true;
            return false;
        }
        l->copies_left -= run->count;
    }
    members->room = run->count < 4 ? 8 : run->count * 2;
    members->count = run->count;
    members->items = scl_arena_array(&l->d->arena, members->room, sizeof *members->items);
    if (!members->items)
        return false;
    for (uint32_t i = 0; i < run->count; i++)
        members->items[i] = run->members->items[i];
    run->members = members;
    return true;
}

static void
hold_list(struct scl_lowering *l, unsigned field, const struct scl_held_run *run)
{
    struct scl_list *list = scl_arena_alloc(&l->d->arena, sizeof *list);
    struct scl_value value = {
        .field = (uint16_t)field,
        .kind = SCL_KIND_LIST,
        .state = SCANTLING_STATE_DERIVED,
        .flags = run->is_open ? SCL_VALUE_OPEN : 0,
        .as.list = list,
    };

    if (!list)
        return;
    list->items = run->members ? run->members->items : NULL;
    list->count = run->count;
    change(l, stage_of(l), &value);
}

/* Sets member `*at` (from 1), or adds one where that is 0. */
static void
hold_member(struct scl_lowering *l, unsigned field, struct scl_held_run *run,
            const struct scl_value *member, uint32_t *at)
{
    if (own_members(l, run, *at != 0)) {
        if (!*at) {
            *at = ++run->count;
            run->members->count = run->count;
        }
        run->members->items[*at - 1] = *member;
        run->members->items[*at - 1].field = (uint16_t)field;
    }
    hold_list(l, field, run);
}

void
scl_held_variable(struct scl_lowering *l, bool is_env, uint32_t object, uint32_t *at)
{
    struct scl_stage *stage = stage_of(l);
    struct scl_value member = {
        .kind = SCL_KIND_OBJECT,
        .state = SCANTLING_STATE_DECLARED,
        .origin = scl_document_object(l->d, object)->origin,
        .as.object = object,
    };

    if (object && is_env)
        hold_member(l, SCL_INSTRUCTION_SCOPE_ENV, &stage->env, &member, at);
    else if (object)
        hold_member(l, SCL_INSTRUCTION_SCOPE_ARGS, &stage->args, &member, at);
}

static bool
is_account_name(struct scl_str name)
{
    if (!name.len || scl_is_digit(name.at[0]) || name.at[0] == '-')
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!scl_is_alnum(name.at[i]) && name.at[i] != '_' && name.at[i] != '-' &&
            name.at[i] != '.')
            return false;
    return true;
}

void
scl_held_account(struct scl_lowering *l, struct scl_str name, bool is_group)
{
    struct scl_stage *stage = stage_of(l);
    struct scl_value member = { .kind = SCL_KIND_TEXT, .state = SCANTLING_STATE_DERIVED };
    uint32_t at = 0;

    if (!stage || !is_account_name(name))
        return;
    member.as.text = scl_arena_copy(&l->d->arena, name.at, name.len);
    member.length = (uint32_t)name.len;
    if (!member.as.text)
        return;
    if (!is_group)
        hold_member(l, SCL_INSTRUCTION_SCOPE_USERS, &stage->users, &member, &at);
    at = 0;
    hold_member(l, SCL_INSTRUCTION_SCOPE_GROUPS, &stage->groups, &member, &at);
}

/* ---- the shell ---- */

/* `/bin/bash` is bash, `C:\x\PowerShell.exe` powershell. */
static struct scl_str
dialect_of(struct scl_lowering *l, struct scl_str command)
{
    struct scl_str name = scl_lower_case(l, command);
    size_t slash = scl_str_find_last(name, '/'), other = scl_str_find_last(name, '\\');

    if (slash == SIZE_MAX || (other != SIZE_MAX && other > slash))
        slash = other;
    if (slash != SIZE_MAX)
        name = scl_str_sub(name, slash + 1, name.len);
    return scl_str_ends(name, SCL_S(".exe")) ? scl_str_sub(name, 0, name.len - 4) : name;
}

static struct scl_str
family_of(struct scl_str dialect)
{
    if (scl_str_is(dialect, "cmd"))
        return dialect;
    return scl_str_is(dialect, "powershell") || scl_str_is(dialect, "pwsh") ? SCL_S("powershell")
                                                                            : SCL_S("posix");
}

static void
hold_shell(struct scl_lowering *l, const struct scl_operand *words, uint32_t count,
           bool has_pipefail, uint32_t origin)
{
    struct scl_held_run run = { 0 };
    struct scl_str dialect = dialect_of(l, words[0].value.text);

    for (uint32_t i = 0; i < count; i++) {
        struct scl_str text = words[i].value.text;
        struct scl_value member = { .kind = SCL_KIND_TEXT, .state = SCANTLING_STATE_DERIVED,
                                    .origin = words[i].origin, .length = (uint32_t)text.len };
        uint32_t at = 0;

        member.as.text = scl_arena_copy(&l->d->arena, text.at, text.len);
        if (!member.as.text || !own_members(l, &run, false))
            return;
        at = ++run.count;
        run.members->count = at;
        run.members->items[at - 1] = member;
        run.members->items[at - 1].field = SCL_INSTRUCTION_SCOPE_SHELL_ARGV;
    }
    hold_list(l, SCL_INSTRUCTION_SCOPE_SHELL_ARGV, &run);
    hold_text(l, SCL_INSTRUCTION_SCOPE_SHELL_DIALECT, scl_known(dialect), origin);
    hold_text(l, SCL_INSTRUCTION_SCOPE_SHELL_FAMILY, scl_known(family_of(dialect)), origin);
    hold_truth(l, SCL_INSTRUCTION_SCOPE_SHELL_PIPEFAIL, has_pipefail, origin);
}

void
scl_held_shell(struct scl_lowering *l, const struct scl_step *step)
{
    if (step->count)
        hold_shell(l, step->values, step->count, stage_of(l)->has_pipefail, step->origin);
}

/* ---- a stage and its instructions ---- */

void
scl_held_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_stage *from;
    struct scl_operand shell[4] = {
        { scl_known(SCL_S("/bin/sh")), 0 },
        { scl_known(SCL_S("-c")), 0 },
    };

    if (stage->parent != SCL_NO_STAGE) {
        from = &l->stages.at[stage->parent];
        stage->held = from->held;
        stage->env = from->env;
        stage->users = from->users;
        stage->groups = from->groups;
        hold_list(l, SCL_INSTRUCTION_SCOPE_ARGS, &stage->args);
        return;
    }
    stage->env.is_open = true; /* a build sets PATH even over scratch */
    stage->users.is_open = stage->groups.is_open = !stage->is_scratch;
    hold_list(l, SCL_INSTRUCTION_SCOPE_ENV, &stage->env);
    hold_list(l, SCL_INSTRUCTION_SCOPE_ARGS, &stage->args);
    hold_list(l, SCL_INSTRUCTION_SCOPE_USERS, &stage->users);
    hold_list(l, SCL_INSTRUCTION_SCOPE_GROUPS, &stage->groups);
    scl_held_folder(l, 0);
    if (stage->is_windows) {
        shell[0].value = scl_known(SCL_S("cmd"));
        shell[1].value = scl_known(SCL_S("/S"));
        shell[2].value = scl_known(SCL_S("/C"));
    }
    hold_shell(l, shell, stage->is_windows ? 3 : 2, false, 0);
}

void
scl_held_mark(struct scl_lowering *l, const struct scl_step *step)
{
    struct scl_stage *stage = stage_of(l);
    struct scl_value *scope;

    if (!stage || step->is_later || step->from->kind == SCL_DOCKER_FROM)
        return;
    scope = scl_build_group(l->d, step->object, SCL_INSTRUCTION_SCOPE, 0);
    if (scope)
        scope->as.number = stage->held;
}

void
scl_held_user(struct scl_lowering *l, struct scl_known user, uint32_t origin)
{
    hold_text(l, SCL_INSTRUCTION_SCOPE_USER, user, origin);
}

void
scl_held_folder(struct scl_lowering *l, uint32_t origin)
{
    hold_text(l, SCL_INSTRUCTION_SCOPE_WORKDIR, stage_of(l)->workdir, origin);
}
