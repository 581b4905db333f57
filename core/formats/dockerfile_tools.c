/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_tools.c: what the words of a command mean, as fields
 *
 * The words are read by tool.h; here they become nodes. Options and operands lead to the words of
 * the command; what stands in one word with its option gets a word of its own. What is installed,
 * added and removed belongs to the build alone: a CMD does nothing yet.
 */
#include "formats/dockerfile_commands.h"

#include "base/path.h"

/* Longer paths are not followed: nor are they by a kernel. */
enum { LONGEST_PATH = 4096 };

struct applying {
    struct scl_tool_call *call;
    struct scl_lowering *l;
    const struct scl_tool_reading *tool;
    uint32_t last_operand; /* argument, plus 1 */
};

static bool
is_build(const struct scl_tool_call *call)
{
    return call->running->step->from->kind == SCL_DOCKER_RUN;
}

/* The position of a word of the reading among those of the call. */
static uint32_t
position(const struct applying *a, uint32_t word)
{
    uint32_t at = word < a->tool->words.count ? a->tool->words.at[word].argument : 0;

    return at > a->call->effective ? at - a->call->effective : 0;
}

static uint32_t
origin_of(const struct applying *a, uint32_t word)
{
    uint32_t at = position(a, word);

    return at < a->call->count ? a->call->origins[at] : 0;
}

/* ---- options and operands ---- */

/* Names of one letter are the same few texts again and again. */
static struct scl_str
keep_name(struct scl_lowering *l, struct scl_str name)
{
    if (name.len == 2 && scl_is_alnum(name.at[1]))
        return scl_tool_letter_name(name.at[1]);
    return scl_lower_keep(l, name);
}

/* The value of an option as it stands in its word: behind as many bytes as in what was read. */
static struct scl_str
written_value(const struct applying *a, const struct scl_tool_option *option)
{
    struct scl_str text = a->tool->words.at[option->word].text;
    struct scl_str written = a->call->words[position(a, option->word)];
    size_t start = text.len - option->value.len;

    if (start <= written.len &&
        scl_str_same(scl_str_sub(text, 0, start), scl_str_sub(written, 0, start)))
        return scl_str_sub(written, start, written.len);
    return option->value;
}

static void
add_value(const struct applying *a, uint32_t object, const struct scl_tool_option *option)
{
    struct scl_lowering *l = a->l;
    uint32_t at = position(a, option->value_word), origin = origin_of(a, option->word), word;
    const struct scl_shell_argv *argv = &a->call->argv;
    uint32_t argument = a->call->effective + at, variable = 0;
    struct scl_str text;

    if (option->value_word != option->word) {
        scl_build_link(l->d, object, SCL_OPTION_VALUE, a->call->objects[at], origin);
        return;
    }
    text = scl_lower_keep(l, written_value(a, option));
    word = scl_build_object(l->d, object, SCL_OPTION_VALUE, origin);
    scl_build_text(l->d, word, SCL_WORD_TEXT, text, 0);
    if (scl_shell_argument(argv, argument).at) {
        scl_build_text(l->d, word, SCL_WORD_VALUE, text, 0);
        return;
    }
    scl_build_empty(l->d, word, SCL_WORD_VALUE, SCANTLING_STATE_UNKNOWN, origin);
    while (argv->words &&
           (variable = scl_shell_variable(argv->shell, argv->words[argument], variable)))
        scl_build_item_text(l->d, word, SCL_WORD_VARIABLES,
                            scl_lower_keep(l, scl_shell_name(argv->shell, variable)), origin);
}

static void
add_options(const struct applying *a)
{
    struct scl_lowering *l = a->l;

    for (uint32_t i = 0; i < a->tool->options.count; i++) {
        const struct scl_tool_option *option = &a->tool->options.at[i];
        uint32_t origin = origin_of(a, option->word);
        uint32_t object = scl_build_object(l->d, a->call->command, SCL_COMMAND_OPTIONS, origin);

        scl_build_text(l->d, object, SCL_OPTION_NAME, keep_name(l, option->name), 0);
        if (option->value.at && option->value_word != SCL_TOOL_NONE)
            add_value(a, object, option);
        scl_build_text(l->d, object, SCL_OPTION_TEXT, a->call->words[position(a, option->word)], 0);
    }
}

/* A word from which several come is one operand. */
static void
add_operands(struct applying *a)
{
    for (uint32_t i = 0; i < a->tool->operands.count; i++) {
        uint32_t at = position(a, a->tool->operands.at[i]);

        if (at >= a->call->count || a->last_operand == at + 1)
            continue;
        scl_build_item_link(a->l->d, a->call->command, SCL_COMMAND_OPERANDS, a->call->objects[at]);
        a->last_operand = at + 1;
    }
}

static void
add_words(struct applying *a)
{
    const struct scl_tool_reading *tool = a->tool;

    if (tool->verb.len)
        scl_build_text(a->l->d, a->call->command, SCL_COMMAND_VERB,
                       tool->verb_row == SCL_TOOL_NONE ? scl_lower_keep(a->l, tool->verb)
                                                       : tool->verb,
                       tool->verb_word == SCL_TOOL_NONE ? 0 : origin_of(a, tool->verb_word));
    add_options(a);
    add_operands(a);
}

/* ---- packages ---- */

static void
set_known(const struct applying *a, uint32_t object, unsigned field, struct scl_str text,
          bool is_known, uint32_t origin)
{
    if (is_known)
        scl_build_text(a->l->d, object, field, text, 0);
    else
        scl_build_empty(a->l->d, object, field, SCANTLING_STATE_UNKNOWN, origin);
}

static uint32_t
add_package(const struct applying *a, const struct scl_package_command *command,
            const struct scl_package *package)
{
    struct scl_lowering *l = a->l;
    uint32_t origin = origin_of(a, package->word);
    uint32_t object = scl_build_object(l->d, a->call->command, SCL_COMMAND_PACKAGES, origin);

    set_known(a, object, SCL_PACKAGE_NAME, scl_lower_keep(l, package->name), package->is_known,
              origin);
    if (package->version.len || !package->is_version_known)
        set_known(a, object, SCL_PACKAGE_VERSION, scl_lower_keep(l, package->version),
                  package->is_version_known, origin);
    set_known(a, object, SCL_PACKAGE_PIN,
              scl_str_c(scl_package_pin_name((enum scl_package_pin)package->pin)),
              package->is_pin_known, origin);
    scl_build_text(l->d, object, SCL_PACKAGE_FAMILY, command->family, 0);
    set_known(a, object, SCL_PACKAGE_KIND,
              scl_str_c(scl_package_kind_name((enum scl_package_kind)package->kind)),
              package->is_known || package->kind != SCL_PACKAGE_REGISTRY, origin);
    if (package->is_frozen)
        scl_build_bool(l->d, object, SCL_PACKAGE_FROZEN, true, 0);
    return object;
}

static void
add_packages(const struct applying *a, const struct scl_tools *tools)
{
    struct scl_lowering *l = a->l;
    uint32_t node = a->call->command;
    struct scl_package_command command;

    if (!scl_package_read(tools, &l->scratch, a->tool, &command)) {
        scl_packages_mark(a->call, a->tool);
        return;
    }
    scl_build_text(l->d, node, SCL_COMMAND_MANAGER, command.manager, 0);
    scl_build_text(l->d, node, SCL_COMMAND_ACTION,
                   scl_str_c(scl_package_action_name(command.action)), 0);
    for (uint32_t i = 0; i < command.packages.count; i++) {
        const struct scl_package *package = &command.packages.at[i];

        scl_packages_change(a->call, &command, package, add_package(a, &command, package));
    }
    scl_packages_left_over(a->call, a->tool, &command);
    for (uint32_t i = 0; i < command.caches.count; i++)
        scl_build_item_text(l->d, node, SCL_COMMAND_CACHES,
                            scl_lower_keep(l, command.caches.at[i]), origin_of(a, 0));
    if (command.clean_text.len)
        scl_build_text(l->d, node, SCL_COMMAND_CLEAN_TEXT, command.clean_text, 0);
    scl_layers_ask(l, a->call->running->step, node, command.configuration,
                   command.configuration_count);
}

/* ---- paths ---- */

/* Whether made paths may still take so much: a folder is written once and lengthens many. */
static struct scl_known
made_path(struct scl_lowering *l, struct scl_str path)
{
    if (path.len > LONGEST_PATH || path.len > l->path_bytes_left)
        return (struct scl_known){ 0 };
    l->path_bytes_left -= path.len;
    return scl_known(scl_lower_keep(l, path));
}

static void
add_additions(const struct applying *a, const struct scl_tool_paths *paths)
{
    struct scl_document *d = a->l->d;
    uint32_t instruction = a->call->running->step->object;

    for (uint32_t i = 0; i < paths->additions.count; i++) {
        const struct scl_tool_addition *from = &paths->additions.at[i];
        uint32_t origin =
            from->word == SCL_TOOL_NONE ? a->call->output_origin : origin_of(a, from->word);
        uint32_t object = scl_build_object(d, a->call->command, SCL_COMMAND_ADDITIONS, origin);
        struct scl_known path = made_path(a->l, from->path);

        scl_lower_text(a->l, object, SCL_ADDITION_PATH, path, origin);
        scl_build_text(d, object, SCL_ADDITION_HOW, scl_str_c(from->how), 0);
        if (from->source.len)
            scl_lower_text(a->l, object, SCL_ADDITION_SOURCE, made_path(a->l, from->source),
                           origin);
        scl_build_link(d, object, SCL_ADDITION_INSTRUCTION, instruction, 0);
        scl_build_item_link(d, instruction, SCL_INSTRUCTION_ADDITIONS, object);
        scl_layers_add(a->l, a->call->running->step, object, path);
    }
}

static void
add_removals(const struct applying *a, const struct scl_tool_paths *paths)
{
    struct scl_document *d = a->l->d;
    uint32_t instruction = a->call->running->step->object;

    for (uint32_t i = 0; i < paths->removals.count; i++) {
        const struct scl_tool_removal *from = &paths->removals.at[i];
        uint32_t origin = origin_of(a, from->word);
        uint32_t object = scl_build_object(d, a->call->command, SCL_COMMAND_REMOVALS, origin);
        struct scl_known path = made_path(a->l, from->path);

        scl_lower_text(a->l, object, SCL_REMOVAL_PATH, path, origin);
        scl_build_text(d, object, SCL_REMOVAL_HOW, scl_str_c(from->how), 0);
        scl_build_link(d, object, SCL_REMOVAL_INSTRUCTION, instruction, 0);
        scl_build_item_link(d, instruction, SCL_INSTRUCTION_REMOVALS, object);
        scl_layers_remove(a->l, a->call->running->step, object, path);
    }
}

static void
change_folder(const struct applying *a)
{
    struct scl_known *folder = &a->call->running->folder;
    const struct scl_tool_reading *tool = a->tool;
    struct scl_str to = SCL_S("~");

    if (tool->operands.count)
        to = tool->words.at[tool->operands.at[0]].text;
    if (scl_str_is(to, "-"))
        *folder = (struct scl_known){ 0 };
    else if (folder->is_known || scl_path_is_absolute(to))
        *folder = scl_known(scl_tool_path(&a->l->scratch, tool->input, to));
    if (folder->text.len > LONGEST_PATH)
        *folder = (struct scl_known){ 0 };
}

void
scl_tool_apply(struct scl_tool_call *call)
{
    struct scl_running *running = call->running;
    struct scl_lowering *l = running->l;
    const struct scl_tools *tools = scl_lower_tools(l);
    struct scl_tool_input input = {
        .argv = call->argv,
        .effective = call->effective,
        .home = running->home,
        .folder = running->folder.is_known ? running->folder.text : scl_str_n(NULL, 0),
        .output = call->output,
        .mounts = running->mounts,
        .mount_count = running->mount_count,
        .lookup = scl_call_lookup,
        .context = call,
        .steps = &l->tool_steps_left,
    };
    struct scl_tool_reading tool;
    struct applying a = { call, l, &tool, 0 };
    struct scl_tool_paths paths;

    scl_call_variables(call);
    if (!tools || !scl_tool_read(tools, &l->scratch, &input, &tool))
        return;
    if (call->count)
        add_words(&a);
    scl_checks_apply(call, &tool);
    if (is_build(call)) {
        add_packages(&a, tools);
        scl_tool_paths(tools, &l->scratch, &tool, &paths);
        add_additions(&a, &paths);
        add_removals(&a, &paths);
    }
    if (scl_str_is(tool.name, "cd"))
        change_folder(&a);
}
