/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_words.c: the words of a command as the shell would give them
 *
 * References of the simple forms are replaced by the rules of a Dockerfile's words, which are those
 * of the shell for them. A word with another expansion, or with a variable that is not known, is
 * kept as it is written.
 */
#include "formats/tool_parts.h"

/* Operators whose result the Dockerfile's rules give as a shell would. */
static bool
is_simple_reference(const struct scl_shell_node *node)
{
    if (node->flags & (SCL_SHELL_IS_LENGTH | SCL_SHELL_IS_INDIRECT))
        return false;
    switch (node->detail) {
    case SCL_SHELL_NO_OPERATOR:
    case SCL_SHELL_DEFAULT:
    case SCL_SHELL_ALTERNATE:
    case SCL_SHELL_CUT_START:
    case SCL_SHELL_CUT_END:
        return true;
    default:
        return false;
    }
}

static bool
is_expandable(const struct scl_shell *shell, uint32_t word)
{
    for (uint32_t i = word + 1; i < shell->nodes[word].end; i++) {
        const struct scl_shell_node *node = &shell->nodes[i];

        switch (node->kind) {
        case SCL_SHELL_LITERAL:
        case SCL_SHELL_SINGLE:
        case SCL_SHELL_DOUBLE:
        case SCL_SHELL_ESCAPE:
            break;
        case SCL_SHELL_WORD:
            if (node->detail == SCL_SHELL_SUBSCRIPT)
                return false;
            break;
        case SCL_SHELL_PARAMETER:
            if (!is_simple_reference(node))
                return false;
            break;
        default:
            return false;
        }
    }
    return true;
}

/* What a shell cannot be asked for (`$1`, `$@`) is not known; HOME is the user's. */
static enum scl_lookup
look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_tool_input *input = context;
    enum scl_lookup found = SCL_LOOKUP_UNKNOWN;

    if (!name.len || !(scl_is_alpha(name.at[0]) || name.at[0] == '_'))
        return SCL_LOOKUP_UNKNOWN;
    if (input->lookup)
        found = input->lookup(input->context, name, ret_value);
    if (found != SCL_LOOKUP_SET && input->home.len && scl_str_is(name, "HOME")) {
        *ret_value = input->home;
        return SCL_LOOKUP_SET;
    }
    return found;
}

struct scl_str
scl_tool_variable(const struct scl_tool_input *input, struct scl_str name)
{
    struct scl_str value = { NULL, 0 };

    if (input->lookup && input->lookup(input->context, name, &value) == SCL_LOOKUP_SET)
        return value;
    return (struct scl_str){ NULL, 0 };
}

static void
add_word(struct scl_arena *arena, struct scl_tool_reading *tool, uint32_t argument,
         struct scl_str text, bool is_known)
{
    struct scl_tool_word *word = scl_vec_push(arena, &tool->words);

    if (!word)
        return;
    word->text = text;
    word->argument = argument;
    word->is_known = is_known;
}

/* False where the word's value is not known. */
static bool
add_expanded(struct scl_arena *arena, struct scl_tool_reading *tool, uint32_t argument)
{
    const struct scl_tool_input *input = tool->input;
    struct scl_tool_input copy = *input;
    struct scl_expander expander = {
        .arena = arena,
        .lookup = look_up,
        .context = &copy,
        .steps = input->steps,
        .escape = '\\',
    };
    const struct scl_shell *shell = input->argv.shell;
    uint32_t word = input->argv.words[argument];
    struct scl_expansion made;

    if (!is_expandable(shell, word) ||
        !scl_expand_words(&expander, scl_shell_slice(shell, word), &made) || !made.ok ||
        !made.is_known)
        return false;
    for (uint32_t i = 0; i < made.words.count; i++)
        add_word(arena, tool, argument, made.words.at[i].text, true);
    return true;
}

bool
scl_tool_words(struct scl_arena *arena, struct scl_tool_reading *tool)
{
    const struct scl_shell_argv *argv = &tool->input->argv;

    for (uint32_t i = tool->input->effective; i < argv->count; i++) {
        struct scl_str text = scl_shell_argument(argv, i);

        if (text.at) {
            add_word(arena, tool, i, text, true);
        } else if (!argv->words) {
            add_word(arena, tool, i, (struct scl_str){ "", 0 }, false);
            tool->is_open = true;
        } else if (!add_expanded(arena, tool, i)) {
            add_word(arena, tool, i, scl_shell_text(argv->shell, argv->words[i]), false);
            tool->is_open = true;
        }
    }
    return !arena->failed;
}
