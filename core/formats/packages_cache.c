/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packages_cache.c: folders that package managers leave behind
 *
 * A row of package_caches is a folder of a manager. `whose` says who has it: any, or by their home
 * the user, root alone, or others than root. A variable may move it: `NAME` holds the folder
 * itself, `NAME/rest` one that it lies in. A folder of the kind `emptied` is cleaned by the image's
 * own settings after each command.
 */
#include "formats/tool_parts.h"

#include "base/path.h"

/* Options whose value is the folder of the cache. */
static const char *const folder_options[] = { "--cache-dir", "--cache-folder", "--cache",
                                              "--cachedir" };

bool
scl_cache_is_used(const struct scl_tools *tools, const struct scl_tool_input *input, uint32_t row)
{
    struct scl_str whose = scl_cache_text(tools, row, SCL_CACHE_WHOSE);
    bool is_root = scl_str_is(input->home, "/root");

    if (!input->home.len)
        return true;
    return !(scl_str_is(whose, "root") && !is_root) && !(scl_str_is(whose, "other") && is_root);
}

struct scl_str
scl_cache_folder(const struct scl_tools *tools, struct scl_arena *arena,
                 const struct scl_tool_input *input, uint32_t row)
{
    struct scl_str variable = scl_cache_text(tools, row, SCL_CACHE_VARIABLE), name, moved;
    struct scl_str folder = scl_cache_text(tools, row, SCL_CACHE_FOLDER);

    if (!scl_cache_is_used(tools, input, row))
        return (struct scl_str){ NULL, 0 };
    if (scl_str_cut(&variable, '/', &name)) {
        moved = scl_tool_variable(input, name);
        if (moved.len && variable.len)
            return scl_path_join(arena, scl_tool_path(arena, input, moved), variable);
        if (moved.len)
            return scl_tool_path(arena, input, moved);
    }
    return scl_str_starts(folder, SCL_S("/")) ? folder : scl_tool_path(arena, input, folder);
}

/* The value of the last option that moves the cache; `at` NULL: none. */
static struct scl_str
folder_of_options(const struct scl_tools *tools, const struct scl_tool_reading *tool)
{
    struct scl_str folder = { NULL, 0 };

    for (uint32_t i = 0; i < tool->options.count; i++) {
        const struct scl_tool_option *option = &tool->options.at[i];

        for (size_t n = 0; n < sizeof folder_options / sizeof folder_options[0]; n++)
            if (scl_str_is(option->name, folder_options[n]) &&
                scl_manager_option_kind(tools, tool->manager, option->name).len)
                folder = option->value;
    }
    return folder;
}

static bool
is_mounted(const struct scl_tool_input *input, struct scl_str folder)
{
    for (uint32_t i = 0; i < input->mount_count; i++)
        if (scl_path_covers(input->mounts[i], folder))
            return true;
    return false;
}

/* Whether a folder of the same manager and kind that stands before `row` is there instead, or one
 * of them is mounted. */
static bool
is_another(const struct scl_tools *tools, struct scl_arena *arena,
           const struct scl_tool_input *input, struct scl_rows rows, uint32_t row)
{
    struct scl_str kind = scl_cache_text(tools, row, SCL_CACHE_KIND);

    for (uint32_t i = rows.first; i < rows.end; i++) {
        uint32_t other = tools->caches->by_key[i];
        struct scl_str folder;

        if (!scl_str_same(kind, scl_cache_text(tools, other, SCL_CACHE_KIND)))
            continue;
        folder = scl_cache_folder(tools, arena, input, other);
        if (folder.len && (other < row || (other != row && is_mounted(input, folder))))
            return true;
    }
    return false;
}

static void
add_folder(struct scl_arena *arena, struct scl_package_command *command, struct scl_str folder)
{
    struct scl_str *made = folder.len ? scl_vec_push(arena, &command->caches) : NULL;

    if (made)
        *made = folder;
}

void
scl_packages_caches(const struct scl_tools *tools, struct scl_arena *arena,
                    const struct scl_tool_reading *tool, struct scl_package_command *command)
{
    struct scl_rows rows = scl_facts_rows(tools->caches, command->manager);
    struct scl_str folder = folder_of_options(tools, tool);

    if (rows.first == rows.end || scl_manager_says(tools, tool, SCL_MANAGER_NO_CACHE, false) ||
        scl_manager_says(tools, tool, SCL_MANAGER_NO_CACHE_VARIABLES, false))
        return;
    if (folder.len) {
        add_folder(arena, command, scl_tool_path(arena, tool->input, folder));
        return;
    }
    for (uint32_t i = rows.first; i < rows.end; i++) {
        uint32_t row = tools->caches->by_key[i];

        if (!scl_str_is(scl_cache_text(tools, row, SCL_CACHE_KIND), "emptied") &&
            !is_another(tools, arena, tool->input, rows, row))
            add_folder(arena, command, scl_cache_folder(tools, arena, tool->input, row));
    }
}

/* "go clean -modcache": the manager, its verb, and options that must be given. */
static bool
is_cleaned_by(const struct scl_tool_reading *tool, struct scl_str manager, struct scl_str text)
{
    struct scl_str word;

    if (!tool->verb.len || !scl_str_starts(text, manager))
        return false;
    text = scl_str_trim(scl_str_sub(text, manager.len, text.len));
    if (!scl_str_starts(text, tool->verb))
        return false;
    text = scl_str_sub(text, tool->verb.len, text.len);
    if (text.len && text.at[0] != ' ')
        return false;
    while (scl_str_cut(&text, ' ', &word)) {
        bool is_given = !word.len;

        for (uint32_t i = 0; i < tool->options.count && !is_given; i++)
            is_given = scl_str_same(tool->options.at[i].name, word);
        if (!is_given)
            return false;
    }
    return true;
}

bool
scl_cache_is_cleaned(const struct scl_tools *tools, const struct scl_tool_reading *tool,
                     uint32_t row)
{
    struct scl_fact_list texts =
        scl_facts_list(tools->caches, row, tools->cache_columns[SCL_CACHE_CLEANED_BY]);
    struct scl_str manager = scl_manager_text(tools, tool->manager, SCL_MANAGER_NAME);

    for (uint32_t i = 0; i < texts.count; i++)
        if (is_cleaned_by(tool, manager, texts.at[i]))
            return true;
    return false;
}
