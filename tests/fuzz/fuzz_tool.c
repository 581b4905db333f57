/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_tool.c: any command lines as tools and package managers see them
 *
 * The first line is a value that variables whose names begin with S have, the rest is shell text.
 * What is read of each command refers to words and rows that there are.
 */
#include "demand.h"

#include "formats/tool.h"

#include <stdint.h>
#include <string.h>

static enum scl_lookup
look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_str *value = context;

    if (name.len && name.at[0] == 'U')
        return SCL_LOOKUP_UNKNOWN;
    if (name.len == 0 || name.at[0] != 'S')
        return SCL_LOOKUP_UNSET;
    *ret_value = *value;
    return SCL_LOOKUP_SET;
}

static void
check_reading(const struct scl_tool_reading *tool)
{
    uint32_t words = tool->words.count;

    for (uint32_t i = 0; i < words; i++)
        demand(tool->words.at[i].argument < tool->input->argv.count);
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];

        demand(option->name.len > 0 && option->word < words);
        demand(option->value_word == SCL_TOOL_NONE || option->value_word < words);
        demand(option->value.at == NULL || option->value_word != SCL_TOOL_NONE);
    }
    for (uint32_t i = 0; i < tool->operands.count; i++)
        demand(tool->operands.at[i] < words &&
               (i == 0 || tool->operands.at[i - 1] < tool->operands.at[i]));
}

static void
check_packages(const struct scl_tools *tools, struct scl_arena *arena,
               const struct scl_tool_reading *tool)
{
    struct scl_package_command packages;

    if (!scl_package_read(tools, arena, tool, &packages))
        return;
    demand(packages.manager.len > 0 && packages.family.len > 0);
    demand(strlen(scl_package_action_name(packages.action)) > 0);
    for (uint32_t i = 0; i < packages.packages.count; i++) {
        const struct scl_package *package = &packages.packages.at[i];

        demand(package->word < tool->words.count);
        demand(package->name.len > 0 || !package->is_known);
        demand(strlen(scl_package_kind_name(package->kind)) > 0);
        demand(strlen(scl_package_pin_name(package->pin)) > 0);
    }
    for (uint32_t i = 0; i < packages.caches.count; i++)
        demand(packages.caches.at[i].len > 0);
}

static void
check_paths(const struct scl_tools *tools, struct scl_arena *arena,
            const struct scl_tool_reading *tool)
{
    struct scl_tool_paths paths;

    scl_tool_paths(tools, arena, tool, &paths);
    for (uint32_t i = 0; i < paths.additions.count; i++) {
        demand(paths.additions.at[i].how != NULL);
        demand(paths.additions.at[i].word == SCL_TOOL_NONE ||
               paths.additions.at[i].word < tool->words.count);
    }
    for (uint32_t i = 0; i < paths.removals.count; i++)
        demand(paths.removals.at[i].how != NULL &&
               (paths.removals.at[i].word == SCL_TOOL_NONE ||
                paths.removals.at[i].word < tool->words.count));
}

static void
check_command(const struct scl_tools *tools, struct scl_arena *arena,
              const struct scl_shell_walk *walk, uint32_t command, struct scl_str *value)
{
    static const struct scl_str mounts[] = { SCL_STR("/var/cache/apt"), SCL_STR("/root/.cache") };
    uint64_t steps = 1000000;
    struct scl_tool_input input = {
        .argv = scl_shell_command_argv(walk, command),
        .effective = walk->commands[command].effective,
        .home = command % 2 ? SCL_S("/root") : SCL_S(""),
        .folder = command % 3 ? SCL_S("/w") : SCL_S(""),
        .output = command % 5 ? SCL_S("") : SCL_S("out"),
        .mounts = mounts,
        .mount_count = 2,
        .lookup = look_up,
        .context = value,
        .steps = &steps,
    };
    struct scl_tool_reading tool;

    if (!scl_tool_read(tools, arena, &input, &tool))
        return;
    check_reading(&tool);
    check_packages(tools, arena, &tool);
    check_paths(tools, arena, &tool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scl_arena kept;
    static const struct scl_tools *tools;
    struct scl_str text = scl_str_n((const char *)data, size), value = SCL_S("");
    struct scl_arena arena;
    struct scl_notes notes;
    struct scl_shell shell;
    struct scl_shell_walk walk;

    if (!tools) {
        scl_arena_init(&kept);
        tools = scl_tools_new(&kept, scl_facts_builtin());
        demand(tools != NULL);
    }
    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    scl_str_cut(&text, '\n', &value);
    demand(scl_shell_read(&arena, text, NULL, NULL, &notes, &shell));
    demand(scl_shell_walk(&arena, &shell, &walk));
    for (uint32_t i = 0; i < walk.command_count; i++)
        check_command(tools, &arena, &walk, i, &value);
    scl_arena_finish(&arena);
    return 0;
}
