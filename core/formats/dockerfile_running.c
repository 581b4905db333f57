/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_running.c: what commands see while an instruction runs
 *
 * A variable is looked for among those that the command is given for itself, then among those that
 * earlier commands of the text set, then among those of the stage. What is set where a condition
 * decides, or by a loop, is not known.
 */
#include "formats/dockerfile_commands.h"

/* Commands whose operands set variables, and commands that set them to what nobody knows. */
static const char setters[] = "export declare local readonly typeset";
static const char readers[] = "read mapfile readarray getopts unset";

static bool
is_among(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (name.len && scl_str_same(one, name))
            return true;
    return false;
}

void
scl_running_begin(struct scl_running *running, struct scl_lowering *l, struct scl_step *step)
{
    *running = (struct scl_running){
        .l = l,
        .step = step,
        .folder = scl_stage_folder(l),
        .home = scl_user_home(l),
        .mounts = step->unkept.at,
        .mount_count = step->unkept.count,
    };
}

/* ---- setting ---- */

static struct scl_variable *
find(const struct scl_variables *variables, struct scl_str name)
{
    const struct scl_map_entry *entry =
        variables->values.count ? scl_map_find(&variables->names, name) : NULL;

    return entry ? &variables->values.at[entry->value] : NULL;
}

static struct scl_variable *
find_or_make(struct scl_arena *arena, struct scl_variables *variables, struct scl_str name)
{
    struct scl_variable *variable = find(variables, name);

    if (variable)
        return variable;
    if (!variables->values.count)
        scl_map_init(&variables->names, arena);
    variable = scl_vec_push(arena, &variables->values);
    if (variable)
        scl_map_put(&variables->names, name, variables->values.count - 1);
    return variable;
}

void
scl_variable_set(struct scl_arena *arena, struct scl_variables *variables, struct scl_str name,
                 struct scl_known value)
{
    struct scl_variable *variable = find_or_make(arena, variables, name);

    if (variable && !variable->is_fixed)
        variable->value = value;
}

void
scl_variable_fix(struct scl_arena *arena, struct scl_variables *variables, struct scl_str name)
{
    struct scl_variable *variable = find_or_make(arena, variables, name);

    if (variable)
        *variable = (struct scl_variable){ .is_fixed = true };
}

static bool
is_name(struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!(scl_is_alpha(text.at[i]) || text.at[i] == '_' || (i && scl_is_digit(text.at[i]))))
            return false;
    return text.len > 0;
}

/* `NAME=value` in a word. */
static bool
cut_word(const struct scl_tool_call *call, uint32_t argument, struct scl_str *ret_name,
         struct scl_known *ret_value)
{
    struct scl_str text = scl_shell_argument(&call->argv, argument), raw = text;
    size_t equals;

    if (!text.at && call->argv.words)
        raw = scl_shell_text(call->argv.shell, call->argv.words[argument]);
    equals = raw.at ? scl_str_find_char(raw, '=') : SIZE_MAX;
    if (equals == SIZE_MAX)
        return false;
    *ret_name = scl_str_sub(raw, 0, equals);
    *ret_value = (struct scl_known){ scl_str_sub(raw, equals + 1, raw.len), text.at != NULL };
    return is_name(*ret_name);
}

void
scl_call_variables(struct scl_tool_call *call)
{
    struct scl_running *running = call->running;
    struct scl_arena *arena = &running->l->scratch;
    struct scl_known value;
    struct scl_str name;

    for (uint32_t i = 0; i < call->effective && i < call->argv.count; i++)
        if (cut_word(call, i, &name, &value))
            scl_variable_set(arena, &call->own, name, value);
    if (is_among(setters, call->name)) {
        for (uint32_t i = call->effective + 1; i < call->argv.count; i++)
            if (cut_word(call, i, &name, &value)) {
                value.is_known = value.is_known && !call->in_branch;
                scl_variable_set(arena, &running->variables, name, value);
            }
    } else if (is_among(readers, call->name)) {
        for (uint32_t i = 1; i < call->count; i++)
            if (is_name(call->words[i]))
                scl_variable_set(arena, &running->variables, call->words[i],
                                 (struct scl_known){ 0 });
    }
}

/* ---- asking ---- */

enum scl_lookup
scl_call_lookup(void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_tool_call *call = context;
    const struct scl_variable *variable = find(&call->own, name);

    if (!variable)
        variable = find(&call->running->variables, name);
    if (!variable)
        return scl_scope_lookup(call->running->l, name, ret_value);
    *ret_value = variable->value.text;
    return variable->value.is_known ? SCL_LOOKUP_SET : SCL_LOOKUP_UNKNOWN;
}
