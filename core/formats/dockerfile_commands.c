/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_commands.c: shell text as commands of the model
 *
 * Commands of RUN belong to the build, those of CMD, ENTRYPOINT and HEALTHCHECK to their
 * instruction alone, for the build does not run them. All commands of a text have their nodes
 * before the first is filled in, so that they can be linked in either direction.
 */
#include "formats/dockerfile_commands.h"

enum { READERS = 64 }; /* of one command; lists of more are open */

struct script {
    struct scl_lowering *l;
    struct scl_step *step;
    struct scl_running running;
    struct scl_shell shell;
    struct scl_shell_walk walk;
    uint32_t *commands, *pipelines; /* nodes; 0: a pipeline of one command */
    bool *has_pipefail;             /* when each command starts */
};

static const char *const operators[] = {
    [SCL_SHELL_READ] = "<",          [SCL_SHELL_WRITE] = ">",
    [SCL_SHELL_APPEND] = ">>",       [SCL_SHELL_CLOBBER] = ">|",
    [SCL_SHELL_READ_WRITE] = "<>",   [SCL_SHELL_DUP_READ] = "<&",
    [SCL_SHELL_DUP_WRITE] = ">&",    [SCL_SHELL_HERE] = "<<",
    [SCL_SHELL_HERE_TABS] = "<<-",   [SCL_SHELL_HERE_STRING] = "<<<",
    [SCL_SHELL_WRITE_BOTH] = "&>",   [SCL_SHELL_APPEND_BOTH] = "&>>",
};

static bool
is_run(const struct scl_step *step)
{
    return step->from->kind == SCL_DOCKER_RUN;
}

uint32_t
scl_command_add(struct scl_lowering *l, const struct scl_step *step, uint32_t index,
            struct scl_span span)
{
    uint32_t origin = scl_lower_origin(l, span), command;

    if (is_run(step)) {
        command = scl_build_object(l->d, l->build, SCL_BUILD_COMMANDS, origin);
        scl_build_item_link(l->d, step->object, SCL_INSTRUCTION_COMMANDS, command);
        if (l->stage != SCL_NO_STAGE)
            scl_build_item_link(l->d, l->stages.at[l->stage].object, SCL_STAGE_COMMANDS, command);
    } else {
        command = scl_build_object(l->d, step->object, SCL_INSTRUCTION_COMMANDS, origin);
    }
    scl_build_int(l->d, command, SCL_COMMAND_INDEX, index, 0);
    scl_build_link(l->d, command, SCL_COMMAND_INSTRUCTION, step->object, 0);
    if (l->stage != SCL_NO_STAGE)
        scl_build_link(l->d, command, SCL_COMMAND_STAGE, l->stages.at[l->stage].object, 0);
    return command;
}

void
scl_command_name(const struct scl_tool_call *call, const struct scl_span *spans)
{
    struct scl_lowering *l = call->running->l;
    struct scl_known value = { call->name, call->name.at != NULL };
    struct scl_shell_wrapped wrapped;
    uint32_t at = 0;

    value.text = value.is_known ? scl_lower_keep(l, value.text) : value.text;
    scl_lower_text(l, call->command, SCL_COMMAND_NAME, value, call->origins[0]);
    scl_shell_unwrap(&call->argv, &wrapped);
    for (uint32_t i = 0; i < wrapped.wrapper_count; i++) {
        while (at < call->effective &&
               !scl_str_same(scl_shell_base_name(&call->argv, at), wrapped.wrappers[i]))
            at++;
        if (at == call->effective)
            return;
        scl_build_item_text(l->d, call->command, SCL_COMMAND_WRAPPERS,
                            scl_lower_keep(l, wrapped.wrappers[i]),
                            scl_lower_origin(l, scl_span_between(spans[at].offset,
                                                                 spans[at + 1].offset)));
        at++;
    }
}

/* Words of shell text. */

static uint32_t
add_word(struct script *script, uint32_t command, uint32_t node, uint32_t origin)
{
    struct scl_lowering *l = script->l;
    uint32_t word = scl_build_object(l->d, command, SCL_COMMAND_ARGV, origin);
    struct scl_str text = scl_lower_keep(l, scl_shell_text(&script->shell, node));
    uint32_t variable = 0;

    scl_build_text(l->d, word, SCL_WORD_TEXT, text, origin);
    if (scl_shell_is_static(&script->shell, node)) {
        scl_build_text(l->d, word, SCL_WORD_VALUE, text, origin);
        return word;
    }
    scl_build_empty(l->d, word, SCL_WORD_VALUE, SCANTLING_STATE_UNKNOWN, origin);
    while ((variable = scl_shell_variable(&script->shell, node, variable)))
        scl_build_item_text(l->d, word, SCL_WORD_VARIABLES,
                            scl_lower_keep(l, scl_shell_name(&script->shell, variable)), origin);
    return word;
}

/* What is assigned holds from here on, or for the command alone that it stands before. */
static void
note_variable(struct script *script, struct scl_tool_call *call, struct scl_str name,
              struct scl_known value)
{
    value.is_known = value.is_known && !call->in_branch;
    scl_variable_set(&script->l->scratch,
                     call->effective < call->argv.count ? &call->own : &script->running.variables,
                     name, value);
}

static void
add_assignment(struct script *script, struct scl_tool_call *call, uint32_t node)
{
    struct scl_lowering *l = script->l;
    uint32_t value = scl_shell_value(&script->shell, node);
    struct scl_span place = scl_shell_span(&script->shell, node);
    uint32_t origin =
        scl_build_origin(l->d, place, value ? scl_shell_span(&script->shell, value) : place);
    uint32_t assignment = scl_build_object(l->d, call->command, SCL_COMMAND_ASSIGNMENTS, origin);
    struct scl_known text = { 0 };
    struct scl_str name = scl_shell_name(&script->shell, node);
    struct scl_span key = { place.offset, (uint32_t)name.len };

    /* A name that is continued on the next line is not there in one piece. */
    if (!scl_str_same(scl_source_text(l->file.source, key), name))
        key = place;
    scl_build_text(l->d, assignment, SCL_ASSIGNMENT_NAME, scl_lower_keep(l, name),
                   scl_build_origin(l->d, place, key));
    if (value && scl_shell_is_static(&script->shell, value))
        text = scl_known(scl_lower_keep(l, scl_shell_text(&script->shell, value)));
    scl_lower_text(l, assignment, SCL_ASSIGNMENT_VALUE, text, origin);
    note_variable(script, call, scl_shell_name(&script->shell, node), text);
}

/* Sets the file that a tool reads or writes instead of its input or output. */
static void
note_stream(struct script *script, struct scl_tool_call *call, uint32_t node, struct scl_str file,
            uint32_t origin)
{
    unsigned how = script->shell.nodes[node].detail;
    uint32_t descriptor = scl_shell_descriptor(&script->shell, node);

    if (how == SCL_SHELL_READ && descriptor == 0) {
        call->input = file;
        call->input_origin = origin;
    } else if (how == SCL_SHELL_WRITE_BOTH || how == SCL_SHELL_APPEND_BOTH ||
               (descriptor == 1 && (how == SCL_SHELL_WRITE || how == SCL_SHELL_APPEND ||
                                    how == SCL_SHELL_CLOBBER))) {
        call->output = file;
        call->output_origin = origin;
    }
}

static void
add_redirection(struct script *script, struct scl_tool_call *call, uint32_t node)
{
    struct scl_lowering *l = script->l;
    uint32_t target = scl_shell_child(&script->shell, node, 0, SCL_SHELL_WORD);
    struct scl_span place = scl_shell_span(&script->shell, node);
    uint32_t origin =
        scl_build_origin(l->d, place, target ? scl_shell_span(&script->shell, target) : place);
    uint32_t object = scl_build_object(l->d, call->command, SCL_COMMAND_REDIRECTIONS, origin);
    struct scl_str file;

    scl_build_text(l->d, object, SCL_REDIRECTION_OPERATOR,
                   scl_str_c(operators[script->shell.nodes[node].detail]), origin);
    if (!target)
        return;
    file = scl_lower_keep(l, scl_shell_text(&script->shell, target));
    scl_build_text(l->d, object, SCL_REDIRECTION_TARGET, file, origin);
    note_stream(script, call, node, file, origin);
}

/* Commands of shell text. */

static void
add_children(struct script *script, struct scl_tool_call *call, uint32_t simple)
{
    uint32_t end = script->shell.nodes[simple].end;

    for (uint32_t child = simple + 1; child < end; child = script->shell.nodes[child].end) {
        if (script->shell.nodes[child].kind == SCL_SHELL_ASSIGNMENT)
            add_assignment(script, call, child);
        else if (script->shell.nodes[child].kind == SCL_SHELL_REDIRECTION)
            add_redirection(script, call, child);
    }
}

static void
add_words(struct script *script, struct scl_tool_call *call, uint32_t at)
{
    struct scl_lowering *l = script->l;
    const struct scl_shell_command *from = &script->walk.commands[at];
    uint32_t count = from->word_count - from->effective;
    struct scl_str *words = scl_arena_array(&l->scratch, count, sizeof *words);
    uint32_t *origins = scl_arena_array(&l->scratch, count, sizeof *origins);
    uint32_t *objects = scl_arena_array(&l->scratch, count, sizeof *objects);

    if (!words || !origins || !objects)
        return;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = script->walk.words[from->words + from->effective + i];

        origins[i] = scl_lower_origin(l, scl_shell_span(&script->shell, node));
        objects[i] = add_word(script, call->command, node, origins[i]);
        words[i] = scl_lower_keep(l, scl_shell_text(&script->shell, node));
    }
    call->words = words;
    call->origins = origins;
    call->objects = objects;
    call->count = count;
}

static void
name_command(struct script *script, const struct scl_tool_call *call, uint32_t at)
{
    const uint32_t *words = script->walk.words + script->walk.commands[at].words;
    struct scl_span *spans =
        scl_arena_array(&script->l->scratch, call->effective + 1, sizeof *spans);

    for (uint32_t i = 0; spans && i <= call->effective; i++)
        spans[i] = scl_shell_span(&script->shell, words[i]);
    if (spans && call->count)
        scl_command_name(call, spans);
}

static void
lower_simple(struct script *script, uint32_t at)
{
    struct scl_lowering *l = script->l;
    const struct scl_shell_command *from = &script->walk.commands[at];
    struct scl_shell_argv argv = scl_shell_command_argv(&script->walk, at);
    struct scl_tool_call call = {
        .running = &script->running,
        .argv = argv,
        .effective = from->effective,
        .command = script->commands[at],
        .in_substitution = (from->flags & SCL_SHELL_IN_SUBSTITUTION) != 0,
        .in_branch = (from->flags & (SCL_SHELL_IN_BRANCH | SCL_SHELL_IN_FUNCTION)) != 0,
    };

    scl_build_bool(l->d, call.command, SCL_COMMAND_CONDITIONAL,
                   (from->flags & SCL_SHELL_MAY_NOT_RUN) != 0, 0);
    if (script->pipelines[from->pipeline])
        scl_build_link(l->d, call.command, SCL_COMMAND_PIPELINE, script->pipelines[from->pipeline],
                       0);
    add_children(script, &call, from->node);
    if (from->effective < from->word_count) {
        call.name = scl_shell_command_name(&script->walk, at);
        add_words(script, &call, at);
        name_command(script, &call, at);
    }
    scl_tool_apply(&call);
    if (is_run(script->step) && !script->step->is_later)
        scl_accounts_run(&call);
}

static void
link_readers(struct script *script, uint32_t at)
{
    struct scl_shell_readers readers = scl_shell_readers(&script->walk, at);
    uint32_t reader, count = 0;

    while (count <= READERS && scl_shell_reader_next(&readers, &reader)) {
        if (count++ < READERS)
            scl_build_item_link(script->l->d, script->commands[at], SCL_COMMAND_READERS,
                                script->commands[reader]);
        else
            scl_build_open(script->l->d, script->commands[at], SCL_COMMAND_READERS);
    }
}

/* What the words of a shell or of `set` make of pipefail: `-euo pipefail`, `+o pipefail`. */
static void
switch_pipefail(const struct scl_shell_argv *argv, uint32_t first, bool *has_pipefail)
{
    for (uint32_t i = first + 1; i < argv->count; i++) {
        struct scl_str option = scl_shell_argument(argv, i - 1);

        if (scl_str_is(scl_shell_argument(argv, i), "pipefail") && scl_str_ends(option, SCL_S("o")))
            *has_pipefail = option.at[0] == '-';
    }
}

/* Follows `set -o pipefail` from command to command; the script of a `bash -c` starts anew. */
static bool
follow_pipefail(struct script *script)
{
    struct scl_lowering *l = script->l;
    uint32_t count = script->walk.command_count;
    bool *now = scl_arena_array(&l->scratch, count + 1, sizeof *now); /* behind the outer command */

    script->has_pipefail =
        scl_arena_array(&l->scratch, count + 1, sizeof *script->has_pipefail);
    if (!now || !script->has_pipefail)
        return false;
    now[0] = script->step->has_pipefail;
    for (uint32_t i = 0; i < count; i++) {
        const struct scl_shell_command *command = &script->walk.commands[i];
        struct scl_shell_argv argv = scl_shell_command_argv(&script->walk, i);
        bool *current = &now[command->outer == SCL_SHELL_NOBODY ? 0 : command->outer + 1];

        script->has_pipefail[i] = *current;
        if (scl_str_is(scl_shell_command_name(&script->walk, i), "set"))
            switch_pipefail(&argv, command->effective, current);
        else if (scl_shell_script(&argv, command->effective))
            switch_pipefail(&argv, command->effective, &now[i + 1]);
    }
    return true;
}

/* Pipelines of the build; their members are linked once all commands have nodes. */
static void
add_pipelines(struct script *script)
{
    struct scl_lowering *l = script->l;

    for (uint32_t i = 0; i < script->walk.pipeline_count; i++) {
        const struct scl_shell_pipeline *from = &script->walk.pipelines[i];
        uint32_t pipeline;

        if (from->stages < 2 || !is_run(script->step))
            continue;
        pipeline = scl_build_object(
            l->d, l->build, SCL_BUILD_PIPELINES,
            scl_lower_origin(l, scl_shell_span_of(&script->shell, from->first_node,
                                                  from->last_node)));
        for (uint32_t member = 0; member < from->count; member++)
            scl_build_item_link(l->d, pipeline, SCL_PIPELINE_COMMANDS,
                                script->commands[script->walk.members[from->first + member]]);
        scl_build_link(l->d, pipeline, SCL_PIPELINE_INSTRUCTION, script->step->object, 0);
        scl_build_bool(l->d, pipeline, SCL_PIPELINE_GUARDED, from->is_guarded, 0);
        scl_build_bool(l->d, pipeline, SCL_PIPELINE_PIPEFAIL,
                       script->has_pipefail[script->walk.members[from->first]], 0);
        script->pipelines[i] = pipeline;
    }
}

/* The variable of a loop has another value each time. */
static void
fix_loops(struct script *script)
{
    for (uint32_t i = 0; i < script->shell.node_count; i++) {
        unsigned kind = script->shell.nodes[i].kind;
        struct scl_str name;

        if (kind != SCL_SHELL_FOR && kind != SCL_SHELL_SELECT)
            continue;
        name = scl_shell_name(&script->shell, i);
        if (name.len)
            scl_variable_fix(&script->l->scratch, &script->running.variables, name);
    }
}

void
scl_script_lower(struct scl_lowering *l, struct scl_step *step, struct scl_str body,
           const struct scl_shell_map *map, uint32_t index)
{
    struct script script = { .l = l, .step = step };

    if (!scl_shell_read(&l->scratch, body, map, NULL, &l->d->notes, &script.shell) ||
        !scl_shell_walk(&l->scratch, &script.shell, &script.walk))
        return;
    script.commands =
        scl_arena_array(&l->scratch, script.walk.command_count, sizeof *script.commands);
    script.pipelines =
        scl_arena_array(&l->scratch, script.walk.pipeline_count + 1, sizeof *script.pipelines);
    if (!script.commands || !script.pipelines || !follow_pipefail(&script))
        return;
    scl_running_begin(&script.running, l, step);
    fix_loops(&script);
    for (uint32_t i = 0; i < script.walk.command_count; i++)
        script.commands[i] =
            scl_command_add(l, step, ++index,
                        scl_shell_span(&script.shell, script.walk.commands[i].node));
    add_pipelines(&script);
    for (uint32_t i = 0; i < script.walk.command_count; i++) {
        lower_simple(&script, i);
        link_readers(&script, i);
    }
}
