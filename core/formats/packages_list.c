/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packages_list.c: the packages of a command
 *
 * Operands and what options name, then what holds of all of them: a version that an option gives,
 * constraints, groups, a snapshot of the index.
 */
#include "formats/tool_parts.h"

/* Commands of which not every operand is a package: those before `first` and from `end` on. */
static const struct {
    const char *command;
    uint32_t first, end;
} positions[] = {
    { "pipx run", 0, 1 },
    { "go run", 0, 1 },
    { "pipx inject", 1, UINT32_MAX },
    { "composer create-project", 0, 1 },
    { "nuget restore", 0, 0 },
};

struct listing {
    const struct scl_tools *tools;
    const struct scl_tool_reading *tool;
    struct scl_package_operand operand;
};

/* Whether the index is one of a given day. */
static bool
has_snapshot(const struct scl_tools *tools, const struct scl_tool_reading *tool)
{
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];
        struct scl_str kind = scl_manager_option_kind(tools, tool->manager, option->name);

        if (scl_str_is(option->name, "--snapshot") || scl_str_is(option->name, "--exclude-newer") ||
            ((scl_str_is(kind, "index") || scl_str_is(kind, "repository")) &&
             scl_str_find(option->value, SCL_S("snapshot")) != SIZE_MAX))
            return true;
    }
    return false;
}

static const struct scl_tool_option *
option_of_kind(const struct scl_tools *tools, const struct scl_tool_reading *tool, const char *kind)
{
    for (uint32_t i = 0; i < tool->options.count; i++)
        if (scl_str_is(scl_manager_option_kind(tools, tool->manager, tool->options.at[i].name),
                       kind) && tool->options.at[i].value.at)
            return &tool->options.at[i];
    return NULL;
}

static bool
is_group_command(const struct scl_tool_reading *tool)
{
    const struct scl_tool_option *type = scl_tool_option(tool, "-t", NULL);

    if (scl_str_starts(tool->verb, SCL_S("group")))
        return true;
    if (!type)
        type = scl_tool_option(tool, "--type", NULL);
    return type && (scl_str_is(type->value, "pattern") || scl_str_is(type->value, "patch") ||
                    scl_str_is(type->value, "product"));
}

/* Signs around no name, as in `@` and `[x]`, are no package. */
static bool
has_name(const struct listing *c)
{
    const struct scl_package *package = c->operand.package;

    return package->name.len || !c->operand.word_is_known;
}

static void
add_package(struct listing *c, struct scl_arena *arena, struct scl_package_command *command,
            uint32_t word, struct scl_str text)
{
    if (scl_package_is_refused(c->operand.syntax, text) ||
        (!text.len && c->tool->words.at[word].is_known))
        return;
    c->operand.package = scl_vec_push(arena, &command->packages);
    if (!c->operand.package)
        return;
    c->operand.package->word = word;
    c->operand.word_is_known = c->tool->words.at[word].is_known;
    scl_package_operand_read(&c->operand, text);
    if (!has_name(c))
        command->packages.count--;
}

/* The version that an option gives: of the one package there is, or of its repository. */
static void
apply_options(struct listing *c, struct scl_package_command *command)
{
    struct scl_fact_list names =
        scl_manager_list(c->tools, c->tool->manager, SCL_MANAGER_PIN_OPTIONS);
    const struct scl_tool_option *git = scl_tool_option(c->tool, "--git", NULL);

    for (uint32_t i = 0; git && i < command->packages.count; i++) {
        command->packages.at[i].kind = SCL_PACKAGE_URL;
        command->packages.at[i].pin = SCL_PIN_NONE;
    }
    if (command->packages.count != 1)
        return;
    c->operand.package = &command->packages.at[0];
    for (uint32_t i = 0; i < c->tool->options.count; i++) {
        const struct scl_tool_option *option = &c->tool->options.at[i];

        if (c->operand.package->version.len || !option->value.at)
            continue;
        for (uint32_t n = 0; n < names.count; n++)
            if (scl_str_same(names.at[n], option->name)) {
                c->operand.word_is_known = c->tool->words.at[option->value_word].is_known;
                scl_package_version(&c->operand, option->value, git != NULL);
            }
    }
}

/* A module is pinned by its stream: tomcat:9. */
static void
apply_stream(struct listing *c, struct scl_package *package)
{
    size_t colon = scl_str_find_char(package->name, ':');
    struct scl_str stream = scl_str_sub(package->name, colon, package->name.len);

    if (colon == SIZE_MAX || colon == 0)
        return;
    c->operand.package = package;
    c->operand.word_is_known = c->tool->words.at[package->word].is_known;
    scl_package_version(&c->operand, scl_str_sub(stream, 1, stream.len), true);
    package->name.len = colon;
}

/* Constraints pin packages that do not say it themselves. */
static void
apply_command(struct listing *c, struct scl_package_command *command)
{
    bool is_module = scl_str_starts(c->tool->verb, SCL_S("module"));
    bool is_frozen = has_snapshot(c->tools, c->tool), is_group = is_group_command(c->tool);
    bool is_constrained = option_of_kind(c->tools, c->tool, "constraints") != NULL;

    for (uint32_t i = 0; i < command->packages.count; i++) {
        struct scl_package *package = &command->packages.at[i];

        package->is_frozen = is_frozen;
        if (package->kind != SCL_PACKAGE_REGISTRY)
            continue;
        if (is_module)
            apply_stream(c, package);
        if (is_group)
            package->kind = SCL_PACKAGE_GROUP;
        else if (is_constrained && package->pin == SCL_PIN_NONE)
            package->pin = SCL_PIN_RANGE;
    }
}

void
scl_packages_collect(const struct scl_tools *tools, struct scl_arena *arena,
                     const struct scl_tool_reading *tool, struct scl_package_command *command)
{
    struct listing c = { .tools = tools, .tool = tool };
    struct scl_str key = scl_facts_text(tools->verbs, tool->verb_row, 0);
    const struct scl_fact *operands =
        scl_facts_cell(tools->verbs, tool->verb_row, tools->operands_column);
    uint32_t first = 0, end = tool->operands.count;

    c.operand.pins = scl_manager_list(tools, tool->manager, SCL_MANAGER_PINS);
    c.operand.syntax = scl_package_syntax(command->manager);
    for (size_t i = 0; i < sizeof positions / sizeof positions[0]; i++)
        if (scl_str_is(key, positions[i].command)) {
            first = positions[i].first;
            end = end < positions[i].end ? end : positions[i].end;
        }
    if (operands->kind != SCL_FACT_BOOL || !operands->as.number)
        end = 0;
    for (uint32_t i = first; i < end; i++)
        add_package(&c, arena, command, tool->operands.at[i],
                    tool->words.at[tool->operands.at[i]].text);
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];

        if (option->value.at &&
            scl_str_is(scl_manager_option_kind(tools, tool->manager, option->name), "editable"))
            add_package(&c, arena, command, option->value_word, option->value);
    }
    apply_options(&c, command);
    apply_command(&c, command);
}
