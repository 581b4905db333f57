/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_print.h: what is known of a command in one line of text
 *
 *     print_tool       name {verb} -y -o=value : operand, operand     (? behind what is not known)
 *     print_packages   manager action [flags] name=version/pin (kind) @ caches
 *     print_paths      +how path < source, -how path
 */
#ifndef SCL_TESTS_TOOL_PRINT_H
#define SCL_TESTS_TOOL_PRINT_H

#include "tool_line.h"

static inline void
print_tool(struct scl_text *out, struct scl_arena *arena, struct line_reading *r)
{
    const struct scl_tool_reading *tool = &r->tool;

    (void)arena;
    scl_text_add(out, tool->name.at ? tool->name : SCL_S("?"));
    if (tool->verb.len)
        scl_text_f(out, " {%.*s}", SCL_ARG(tool->verb));
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];

        scl_text_f(out, " %.*s", SCL_ARG(option->name));
        if (option->value.at)
            scl_text_f(out, "=%.*s", SCL_ARG(option->value));
        if (!tool->words.at[option->value.at ? option->value_word : option->word].is_known)
            scl_text_c(out, "?");
    }
    for (uint32_t i = 0; i < tool->operands.count; i++) {
        const struct scl_tool_word *word = &tool->words.at[tool->operands.at[i]];

        scl_text_f(out, "%s%.*s%s", i ? ", " : " : ", SCL_ARG(word->text),
                   word->is_known ? "" : "?");
    }
}

static inline void
print_package(struct scl_text *out, const struct scl_package *package)
{
    scl_text_f(out, " %.*s%s", SCL_ARG(package->name), package->is_known ? "" : "?");
    if (package->version.len)
        scl_text_f(out, "=%.*s%s", SCL_ARG(package->version),
                   package->is_version_known ? "" : "?");
    if (!package->is_pin_known)
        scl_text_c(out, "/?");
    else if (package->pin != SCL_PIN_NONE)
        scl_text_f(out, "/%s", scl_package_pin_name((enum scl_package_pin)package->pin));
    if (package->kind != SCL_PACKAGE_REGISTRY)
        scl_text_f(out, "(%s)", scl_package_kind_name((enum scl_package_kind)package->kind));
    if (package->is_frozen)
        scl_text_c(out, "(frozen)");
}

static inline void
print_packages(struct scl_text *out, struct scl_arena *arena, struct line_reading *r)
{
    struct scl_package_command command;

    if (!scl_package_read(r->tools, arena, &r->tool, &command)) {
        scl_text_c(out, "none");
        return;
    }
    scl_text_f(out, "%.*s %s", SCL_ARG(command.manager), scl_package_action_name(command.action));
    scl_text_f(out, "%s%s%s%s%s", command.assumes_yes ? " [yes]" : "",
               command.skips_recommended ? " [lean]" : "", command.is_frozen ? " [frozen]" : "",
               command.is_production ? " [production]" : "",
               command.is_unsigned ? " [unsigned]" : "");
    if (command.virtual_name.len)
        scl_text_f(out, " [as %.*s]", SCL_ARG(command.virtual_name));
    for (uint32_t i = 0; i < command.packages.count; i++)
        print_package(out, &command.packages.at[i]);
    for (uint32_t i = 0; i < command.caches.count; i++)
        scl_text_f(out, "%s%.*s", i ? " " : " @ ", SCL_ARG(command.caches.at[i]));
}

static inline void
print_paths(struct scl_text *out, struct scl_arena *arena, struct line_reading *r)
{
    struct scl_tool_paths paths;

    scl_tool_paths(r->tools, arena, &r->tool, &paths);
    for (uint32_t i = 0; i < paths.additions.count; i++) {
        const struct scl_tool_addition *addition = &paths.additions.at[i];

        scl_text_f(out, "%s+%s %.*s", i ? ", " : "", addition->how, SCL_ARG(addition->path));
        if (addition->source.len)
            scl_text_f(out, " < %.*s", SCL_ARG(addition->source));
    }
    for (uint32_t i = 0; i < paths.removals.count; i++)
        scl_text_f(out, "%s-%s %.*s", i || paths.additions.count ? ", " : "",
                   paths.removals.at[i].how, SCL_ARG(paths.removals.at[i].path));
}

#endif
