/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packages_facts.c: package managers, their verbs and options, as facts
 *
 * Keys of the other tables are those of the manager, a blank, and the rest, and tables are sorted
 * by key: a verb or an option is one binary search, and what belongs to a manager stands in a row.
 * Managers are found by the first byte of a command, for this is asked of every command.
 */
#include "formats/tool_parts.h"

#include "base/glob.h"

enum { VERB_WORDS = 3, VERB_BYTES = 64 };

static const char *const manager_columns[SCL_MANAGER_COLUMNS] = {
    [SCL_MANAGER_NAME] = "manager",
    [SCL_MANAGER_FAMILY] = "family",
    [SCL_MANAGER_COMMANDS] = "commands",
    [SCL_MANAGER_YES] = "yes",
    [SCL_MANAGER_YES_SETTINGS] = "yes_settings",
    [SCL_MANAGER_NO_RECOMMENDS] = "no_recommends",
    [SCL_MANAGER_NO_RECOMMENDS_SETTINGS] = "no_recommends_settings",
    [SCL_MANAGER_PINS] = "pins",
    [SCL_MANAGER_PIN_OPTIONS] = "pin_options",
    [SCL_MANAGER_NO_CACHE] = "no_cache",
    [SCL_MANAGER_NO_CACHE_VARIABLES] = "no_cache_variables",
    [SCL_MANAGER_UNSIGNED] = "unsigned",
    [SCL_MANAGER_UNSIGNED_SETTINGS] = "unsigned_settings",
    [SCL_MANAGER_FROZEN] = "frozen",
    [SCL_MANAGER_PRODUCTION] = "production",
    [SCL_MANAGER_CONFIGURATION] = "configuration",
    [SCL_MANAGER_CLEAN_TEXT] = "clean_text",
};

static const char *const cache_columns[SCL_CACHE_COLUMNS] = {
    [SCL_CACHE_MANAGER] = "manager", [SCL_CACHE_FOLDER] = "folder",
    [SCL_CACHE_KIND] = "kind",       [SCL_CACHE_WHOSE] = "whose",
    [SCL_CACHE_CLEANED_BY] = "cleaned_by", [SCL_CACHE_VARIABLE] = "variable",
};

/* Options whose letters make up the verb, and others with which they are something else. */
static const struct {
    const char *manager;
    char letter;
    const char *others;
} option_verbs[] = {
    { "pacman", 'S', "QTFDsilgp" },
    { "pacman", 'U', "QTFDp" },
    { "pacman", 'R', "QTFDp" },
    { "rpm", 'i', "qVK" },
    { "rpm", 'U', "qVK" },
    { "rpm", 'F', "qVK" },
    { "rpm", 'e', "qVK" },
};

/* A table that is not there is one without rows. */
static const struct scl_facts_table no_table;

static const struct scl_facts_table *
find_table(const struct scl_facts *facts, const char *name)
{
    const struct scl_facts_table *table = scl_facts_find(facts, scl_str_c(name));

    return table ? table : &no_table;
}

struct scl_fact_list
scl_facts_list(const struct scl_facts_table *table, uint32_t row, uint32_t column)
{
    const struct scl_fact *cell = scl_facts_cell(table, row, column);

    if (cell->kind != SCL_FACT_LIST)
        return (struct scl_fact_list){ NULL, 0 };
    return (struct scl_fact_list){ cell->as.list, cell->len };
}

struct scl_fact_list
scl_manager_list(const struct scl_tools *tools, uint32_t manager, enum scl_manager_column column)
{
    return scl_facts_list(tools->managers, manager, tools->manager_columns[column]);
}

struct scl_str
scl_manager_text(const struct scl_tools *tools, uint32_t manager, enum scl_manager_column column)
{
    return scl_facts_text(tools->managers, manager, tools->manager_columns[column]);
}

struct scl_str
scl_cache_text(const struct scl_tools *tools, uint32_t row, enum scl_cache_column column)
{
    return scl_facts_text(tools->caches, row, tools->cache_columns[column]);
}

/* ---- commands of managers ---- */

/* "python -m pip" is the command python with the option -m of the value pip. */
static void
add_command(struct scl_tools *tools, struct scl_arena *arena, uint32_t manager,
            struct scl_str command)
{
    struct scl_manager_command *made = scl_vec_push(arena, &tools->commands);
    uint32_t *first;

    if (!made)
        return;
    made->manager = manager;
    scl_str_cut(&command, ' ', &made->pattern);
    scl_str_cut(&command, ' ', &made->option);
    made->value = command;
    first = &tools->first[0];
    if (made->pattern.len && (scl_is_alnum(made->pattern.at[0])))
        first = &tools->first[(unsigned char)made->pattern.at[0]];
    made->next = *first;
    *first = tools->commands.count;
}

/* Starts a run with a row, or adds it to the one of its manager and kind among the last few. */
static void
add_sibling(struct scl_tools *tools, struct scl_arena *arena, uint32_t row, uint32_t first_run)
{
    struct scl_str kind = scl_cache_text(tools, row, SCL_CACHE_KIND);
    struct scl_siblings *run;

    for (uint32_t i = first_run; i < tools->siblings.count; i++) {
        run = &tools->siblings.at[i];
        if (run->count < SCL_SIBLINGS &&
            scl_str_same(kind, scl_cache_text(tools, run->rows[0], SCL_CACHE_KIND))) {
            run->rows[run->count++] = row;
            return;
        }
    }
    run = scl_vec_push(arena, &tools->siblings);
    if (run) {
        run->rows[0] = row;
        run->count = 1;
    }
}

/* Rows of a manager stand together in the order of their keys. */
static void
find_siblings(struct scl_tools *tools, struct scl_arena *arena)
{
    struct scl_str manager = { NULL, 0 };
    uint32_t first_run = 0, kept = 0;

    for (uint32_t i = 0; i < tools->caches->row_count; i++) {
        uint32_t row = tools->caches->by_key[i];
        struct scl_str own = scl_cache_text(tools, row, SCL_CACHE_MANAGER);

        if (!scl_str_same(own, manager))
            first_run = tools->siblings.count;
        manager = own;
        add_sibling(tools, arena, row, first_run);
    }
    for (uint32_t i = 0; i < tools->siblings.count; i++)
        if (tools->siblings.at[i].count > 1)
            tools->siblings.at[kept++] = tools->siblings.at[i];
    tools->siblings.count = kept;
}

const struct scl_tools *
scl_tools_new(struct scl_arena *arena, const struct scl_facts *facts)
{
    struct scl_tools *tools = scl_arena_alloc(arena, sizeof *tools);

    if (!tools)
        return NULL;
    tools->managers = find_table(facts, "package_managers");
    tools->verbs = find_table(facts, "package_verbs");
    tools->options = find_table(facts, "package_options");
    tools->caches = find_table(facts, "package_caches");
    for (uint32_t i = 0; i < SCL_MANAGER_COLUMNS; i++)
        tools->manager_columns[i] =
            scl_facts_column(tools->managers, scl_str_c(manager_columns[i]));
    for (uint32_t i = 0; i < SCL_CACHE_COLUMNS; i++)
        tools->cache_columns[i] = scl_facts_column(tools->caches, scl_str_c(cache_columns[i]));
    tools->verb_column = scl_facts_column(tools->verbs, SCL_S("verb"));
    tools->action_column = scl_facts_column(tools->verbs, SCL_S("action"));
    tools->operands_column = scl_facts_column(tools->verbs, SCL_S("operands"));
    tools->kind_column = scl_facts_column(tools->options, SCL_S("kind"));
    find_siblings(tools, arena);
    for (uint32_t row = tools->managers->row_count; row > 0; row--) { /* the first is found first */
        struct scl_fact_list commands = scl_manager_list(tools, row - 1, SCL_MANAGER_COMMANDS);

        for (uint32_t i = commands.count; i > 0; i--)
            add_command(tools, arena, row - 1, commands.at[i - 1]);
    }
    return arena->failed ? NULL : tools;
}

static uint32_t
find_from(const struct scl_tools *tools, uint32_t at, struct scl_str name, struct scl_str option,
          struct scl_str value)
{
    for (; at; at = tools->commands.at[at - 1].next) {
        const struct scl_manager_command *command = &tools->commands.at[at - 1];

        if (scl_str_same(command->option, option) && scl_str_same(command->value, value) &&
            (scl_str_same(command->pattern, name) ||
             scl_glob_match(command->pattern, name, NULL) == SCL_GLOB_YES))
            return command->manager;
    }
    return SCL_TOOL_NONE;
}

uint32_t
scl_manager_find(const struct scl_tools *tools, struct scl_str name, struct scl_str option,
                 struct scl_str value)
{
    uint32_t found = SCL_TOOL_NONE;

    if (name.len && name.at[0])
        found = find_from(tools, tools->first[(unsigned char)name.at[0]], name, option, value);
    if (found == SCL_TOOL_NONE)
        found = find_from(tools, tools->first[0], name, option, value);
    return found;
}

/* ---- keys of two parts ---- */

/* A key against "FIRST SECOND", or "FIRST" where the second is empty. */
static int
compare_pair(struct scl_str key, struct scl_str first, struct scl_str second)
{
    int order = scl_str_compare(scl_str_sub(key, 0, first.len), first);

    if (order)
        return order;
    key = scl_str_sub(key, first.len, key.len);
    if (!second.len || !key.len)
        return (key.len > 0) - (second.len > 0);
    if (key.at[0] != ' ')
        return (unsigned char)key.at[0] < ' ' ? -1 : 1;
    return scl_str_compare(scl_str_sub(key, 1, key.len), second);
}

/* The first position of by_key that is not before the pair. */
static uint32_t
lower_bound(const struct scl_facts_table *table, struct scl_str first, struct scl_str second)
{
    uint32_t low = 0, high = table->row_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (compare_pair(scl_facts_text(table, table->by_key[middle], 0), first, second) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t
scl_facts_pair(const struct scl_facts_table *table, struct scl_str first, struct scl_str second)
{
    uint32_t at = lower_bound(table, first, second);

    if (at < table->row_count &&
        compare_pair(scl_facts_text(table, table->by_key[at], 0), first, second) == 0)
        return table->by_key[at];
    return SCL_FACTS_NONE;
}

struct scl_rows
scl_facts_rows(const struct scl_facts_table *table, struct scl_str first)
{
    uint32_t at = lower_bound(table, first, SCL_S("\x01"));
    struct scl_rows rows = { at, at };

    for (; rows.end < table->row_count; rows.end++) {
        struct scl_str key = scl_facts_text(table, table->by_key[rows.end], 0);

        if (!scl_str_starts(key, first) || key.len <= first.len || key.at[first.len] != ' ')
            break;
    }
    return rows;
}

struct scl_str
scl_manager_option_kind(const struct scl_tools *tools, uint32_t manager, struct scl_str name)
{
    uint32_t row = scl_facts_pair(tools->options,
                                  scl_manager_text(tools, manager, SCL_MANAGER_NAME), name);

    return scl_facts_text(tools->options, row, tools->kind_column);
}

/* ---- verbs ---- */

static bool
has_letter(const struct scl_tool_reading *tool, char letter, uint32_t count)
{
    for (uint32_t i = 0; i < tool->options.count && count; i++) {
        struct scl_str name = tool->options.at[i].name;

        if (name.len == 2 && name.at[1] == letter)
            count--;
    }
    return !count;
}

/* Whether all letters of a verb are given, and none with which it is another. */
static bool
has_verb_letters(const struct scl_tool_reading *tool, struct scl_str manager, struct scl_str verb)
{
    for (size_t i = 1; i < verb.len; i++) {
        uint32_t count = 0;

        for (size_t j = 1; j <= i; j++)
            count += verb.at[j] == verb.at[i];
        if (!has_letter(tool, verb.at[i], count))
            return false;
    }
    for (size_t i = 0; i < sizeof option_verbs / sizeof option_verbs[0]; i++) {
        if (!scl_str_is(manager, option_verbs[i].manager) || verb.at[1] != option_verbs[i].letter)
            continue;
        for (const char *other = option_verbs[i].others; *other; other++)
            if (has_letter(tool, *other, 1))
                return false;
    }
    return true;
}

static bool
has_option(const struct scl_tool_reading *tool, struct scl_str name)
{
    for (uint32_t i = 0; i < tool->options.count; i++)
        if (scl_str_same(tool->options.at[i].name, name))
            return true;
    return false;
}

/* The longest of the verbs that the options make. */
static void
find_option_verb(const struct scl_tools *tools, struct scl_tool_reading *tool,
                 struct scl_str manager)
{
    struct scl_rows rows = scl_facts_rows(tools->verbs, manager);

    for (uint32_t i = rows.first; i < rows.end; i++) {
        uint32_t row = tools->verbs->by_key[i];
        struct scl_str verb = scl_facts_text(tools->verbs, row, tools->verb_column);

        if (verb.len < 2 || verb.len <= tool->verb.len)
            continue;
        if (verb.at[1] == '-' ? !has_option(tool, verb) : !has_verb_letters(tool, manager, verb))
            continue;
        tool->verb_row = row;
        tool->verb = verb;
    }
}

/* The first `count` operands divided by blanks, in `buffer`; of length 0 where they do not fit. */
static struct scl_str
join_operands(const struct scl_tool_reading *tool, uint32_t first, uint32_t count, char *buffer)
{
    struct scl_str joined = { buffer, 0 };

    for (uint32_t i = first; i < first + count; i++) {
        const struct scl_tool_word *word = &tool->words.at[tool->operands.at[i]];

        if (!word->is_known || word->text.len + 1 > VERB_BYTES - joined.len)
            return (struct scl_str){ NULL, 0 };
        if (i > first)
            buffer[joined.len++] = ' ';
        if (word->text.len)
            memcpy(buffer + joined.len, word->text.at, word->text.len);
        joined.len += word->text.len;
    }
    return joined;
}

/* The first operands are the words of the verb. */
static void
drop_operands(struct scl_tool_reading *tool, uint32_t count)
{
    tool->verb_word = tool->operands.at[count - 1];
    tool->operands.at += count;
    tool->operands.count -= count;
    tool->operands.room -= count;
}

/* A command without a verb does something of its own if it has no operands or no verbs at all. */
static void
find_empty_verb(const struct scl_tools *tools, struct scl_tool_reading *tool,
                struct scl_str manager)
{
    static const char *const questions[] = { "--help", "--version", "-h", "-v", "-V" };
    struct scl_rows rows = scl_facts_rows(tools->verbs, manager);

    if (tool->operands.count && rows.first < rows.end)
        return;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        if (has_option(tool, scl_str_c(questions[i])))
            return;
    tool->verb_row = scl_facts_pair(tools->verbs, manager, (struct scl_str){ "", 0 });
}

/* A toolchain (cargo +nightly install), or what is not known and may well be options. */
static bool
is_before_verb(const struct scl_tool_reading *tool, uint32_t operand)
{
    const struct scl_tool_word *word = &tool->words.at[tool->operands.at[operand]];

    return !word->is_known || (word->text.len && word->text.at[0] == '+');
}

void
scl_manager_verb(const struct scl_tools *tools, struct scl_tool_reading *tool)
{
    struct scl_str manager = scl_manager_text(tools, tool->manager, SCL_MANAGER_NAME);
    uint32_t first = 0, count;
    char buffer[VERB_BYTES];

    if (scl_tool_row(manager)->flags & SCL_TOOL_OPTION_VERB) {
        find_option_verb(tools, tool, manager);
        return;
    }
    while (first < tool->operands.count && is_before_verb(tool, first))
        first++;
    count = tool->operands.count - first;
    for (count = count < VERB_WORDS ? count : VERB_WORDS; count; count--) {
        struct scl_str verb = join_operands(tool, first, count, buffer);

        if (!verb.len)
            continue;
        tool->verb_row = scl_facts_pair(tools->verbs, manager, verb);
        if (tool->verb_row == SCL_FACTS_NONE)
            continue;
        tool->verb = scl_facts_text(tools->verbs, tool->verb_row, tools->verb_column);
        drop_operands(tool, first + count);
        return;
    }
    find_empty_verb(tools, tool, manager);
    if (tool->verb_row == SCL_FACTS_NONE && tool->operands.count > first) {
        tool->verb = tool->words.at[tool->operands.at[first]].text;
        drop_operands(tool, first + 1);
    }
}
