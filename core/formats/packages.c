/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packages.c: commands of package managers
 *
 * What a manager's options say is written in its row of facts, one text for each way to say it:
 *
 *     -y, --yes          an option
 *     -qq                an option that is given twice
 *     --omit=dev, --only main, -mod=readonly   an option with a value, of several one
 *     APT::Get::Assume-Yes=true   a setting, given by -o or --setopt
 *     BUNDLE_FROZEN      a variable that is set and not switched off
 *     ci                 a verb
 */
#include "formats/tool_parts.h"

static const char *const action_names[] = { "install", "refresh", "upgrade", "remove", "clean" };

const char *
scl_package_action_name(enum scl_package_action action)
{
    return action_names[action];
}

const char *
scl_package_kind_name(enum scl_package_kind kind)
{
    static const char *const names[] = { "registry", "file", "url", "group", "virtual" };

    return names[kind];
}

const char *
scl_package_pin_name(enum scl_package_pin pin)
{
    static const char *const names[] = { "none", "range", "exact" };

    return names[pin];
}

/* ---- what a command says ---- */

static bool
is_off(struct scl_str value)
{
    static const char *const words[] = { "0", "false", "no", "off", "disable", "without" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (scl_str_is_nocase(value, words[i]))
            return true;
    return false;
}

static bool
is_on(struct scl_str value)
{
    static const char *const words[] = { "1", "true", "yes", "on", "enable", "with" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (scl_str_is_nocase(value, words[i]))
            return true;
    return false;
}

/* Whether a value is one of those in a list of it, as of `--without dev,test`. */
static bool
is_among(struct scl_str values, struct scl_str value)
{
    struct scl_str rest = values, one, rest_of_one;

    while (scl_str_cut(&rest, ',', &rest_of_one))
        while (scl_str_cut(&rest_of_one, ' ', &one))
            if (one.len && scl_str_same(one, value))
                return true;
    return false;
}

static bool
says_option(const struct scl_tool_reading *tool, struct scl_str entry)
{
    struct scl_str rest = entry, name, value = { NULL, 0 };
    bool has_value = scl_str_find_char(entry, '=') != SIZE_MAX;
    uint32_t times = 1;

    scl_str_cut(&rest, has_value ? '=' : ' ', &name);
    value = rest;
    if (name.len == 3 && name.at[1] == name.at[2] && name.at[1] != '-') {
        name.len = 2;
        times = 2;
    }
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];

        if (!scl_str_same(option->name, name))
            continue;
        if (value.len ? !is_among(option->value, value) : option->value.at && is_off(option->value))
            continue;
        if (--times == 0)
            return true;
    }
    return false;
}

static struct scl_str
unquoted(struct scl_str text)
{
    text = scl_str_trim(text);
    if (text.len > 1 && (text.at[0] == '"' || text.at[0] == '\'') &&
        text.at[text.len - 1] == text.at[0])
        text = scl_str_sub(text, 1, text.len - 2);
    return text;
}

/* Whether an option gives the setting that an entry names, in any case and any word for a truth. */
static bool
says_setting(const struct scl_tools *tools, const struct scl_tool_reading *tool,
             struct scl_str entry)
{
    struct scl_str name, expected = entry;

    scl_str_cut(&expected, '=', &name);
    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];
        struct scl_str value = option->value, key;

        if (!value.at || !scl_str_is(scl_manager_option_kind(tools, tool->manager, option->name),
                                     "setting"))
            continue;
        scl_str_cut(&value, '=', &key);
        value = unquoted(value);
        if (scl_str_same_nocase(scl_str_trim(key), name) &&
            (scl_str_same_nocase(value, expected) || (is_on(value) && is_on(expected)) ||
             (is_off(value) && is_off(expected))))
            return true;
    }
    return false;
}

/* Of pip any value switches its cache off, also a false one. */
static bool
says_variable(const struct scl_tool_reading *tool, struct scl_str name)
{
    struct scl_str value = scl_tool_variable(tool->input, name);

    return value.len && (!is_off(value) || scl_str_starts(name, SCL_S("PIP_")));
}

bool
scl_manager_says(const struct scl_tools *tools, const struct scl_tool_reading *tool,
                 enum scl_manager_column column, bool settings)
{
    struct scl_fact_list entries = scl_manager_list(tools, tool->manager, column);

    for (uint32_t i = 0; i < entries.count; i++) {
        struct scl_str entry = entries.at[i];
        char first = entry.len ? entry.at[0] : 0;

        if (settings ? says_setting(tools, tool, entry)
            : first == '-' ? says_option(tool, entry)
            : first >= 'A' && first <= 'Z' ? says_variable(tool, entry)
                                           : scl_str_same(tool->verb, entry))
            return true;
    }
    return false;
}

/* ---- commands ---- */

static bool
find_action(const struct scl_tools *tools, const struct scl_tool_reading *tool,
            enum scl_package_action *ret)
{
    struct scl_str text = scl_facts_text(tools->verbs, tool->verb_row, tools->action_column);

    for (unsigned i = 0; i < sizeof action_names / sizeof action_names[0]; i++)
        if (scl_str_is(text, action_names[i])) {
            *ret = (enum scl_package_action)i;
            return true;
        }
    return false;
}

/* The name after -t or --virtual. */
static struct scl_str
virtual_name(const struct scl_tools *tools, const struct scl_tool_reading *tool)
{
    for (uint32_t i = 0; i < tool->options.count; i++)
        if (scl_str_is(scl_manager_option_kind(tools, tool->manager, tool->options.at[i].name),
                       "virtual"))
            return tool->options.at[i].value;
    return (struct scl_str){ NULL, 0 };
}

static void
find_flags(const struct scl_tools *tools, const struct scl_tool_reading *tool,
           struct scl_package_command *command)
{
    command->assumes_yes = scl_manager_says(tools, tool, SCL_MANAGER_YES, false) ||
                           scl_manager_says(tools, tool, SCL_MANAGER_YES_SETTINGS, true);
    command->skips_recommended =
        scl_manager_says(tools, tool, SCL_MANAGER_NO_RECOMMENDS, false) ||
        scl_manager_says(tools, tool, SCL_MANAGER_NO_RECOMMENDS_SETTINGS, true);
    command->is_unsigned = scl_manager_says(tools, tool, SCL_MANAGER_UNSIGNED, false) ||
                           scl_manager_says(tools, tool, SCL_MANAGER_UNSIGNED_SETTINGS, true);
    command->is_frozen = scl_manager_says(tools, tool, SCL_MANAGER_FROZEN, false);
    command->is_production = scl_manager_says(tools, tool, SCL_MANAGER_PRODUCTION, false);
}

/* `go run .` builds what is there. */
static bool
is_local_run(const struct scl_tool_reading *tool, const struct scl_package_command *command)
{
    return scl_str_is(command->manager, "go") && scl_str_is(tool->verb, "run") &&
           (!command->packages.count || command->packages.at[0].kind == SCL_PACKAGE_FILE);
}

bool
scl_package_read(const struct scl_tools *tools, struct scl_arena *arena,
                 const struct scl_tool_reading *tool, struct scl_package_command *ret)
{
    struct scl_fact_list settings;

    *ret = (struct scl_package_command){ 0 };
    if (tool->manager == SCL_TOOL_NONE || tool->verb_row == SCL_TOOL_NONE ||
        !find_action(tools, tool, &ret->action))
        return false;
    ret->manager = scl_manager_text(tools, tool->manager, SCL_MANAGER_NAME);
    ret->family = scl_manager_text(tools, tool->manager, SCL_MANAGER_FAMILY);
    ret->clean_text = scl_manager_text(tools, tool->manager, SCL_MANAGER_CLEAN_TEXT);
    settings = scl_manager_list(tools, tool->manager, SCL_MANAGER_CONFIGURATION);
    ret->configuration = settings.at;
    ret->configuration_count = settings.count;
    ret->verb = tool->verb;
    ret->virtual_name = virtual_name(tools, tool);
    find_flags(tools, tool, ret);
    if (ret->action == SCL_PACKAGE_CLEAN)
        return true;
    scl_packages_collect(tools, arena, tool, ret);
    if (is_local_run(tool, ret))
        return false;
    /* With packages, a verb that refreshes or upgrades by an option installs besides: -Syu name. */
    if (scl_tool_row(ret->manager)->flags & SCL_TOOL_OPTION_VERB && ret->packages.count &&
        ret->action != SCL_PACKAGE_REMOVE)
        ret->action = SCL_PACKAGE_INSTALL;
    if (ret->action != SCL_PACKAGE_REMOVE)
        scl_packages_caches(tools, arena, tool, ret);
    return true;
}
