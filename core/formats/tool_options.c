/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_options.c: options and operands
 *
 * `-qy` is -q and -y; `-ofile` and `-o file` are -o with a value where the tool's -o takes one;
 * `--a=b` always has a value, `--a b` where --a takes one; behind `--` stand operands. A word whose
 * value is not known counts by its first characters: `--with=$X` is an option, `$X` an operand.
 */
#include "formats/tool_parts.h"

struct parser {
    const struct scl_tools *tools;
    struct scl_arena *arena;
    struct scl_tool_reading *tool;
    const struct scl_tool_row *row;
    uint32_t next; /* word */
    bool only_operands;
};

/* Every cluster names its letters with slices of this text. */
static const char letter_names[] =
    "-0-1-2-3-4-5-6-7-8-9-A-B-C-D-E-F-G-H-I-J-K-L-M-N-O-P-Q-R-S-T-U-V-W-X-Y-Z"
    "-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v-w-x-y-z";

struct scl_str
scl_tool_letter_name(char letter)
{
    int at = scl_is_digit(letter) ? letter - '0'
             : letter < 'a'       ? letter - 'A' + 10
                                  : letter - 'a' + 36;

    return scl_str_n(letter_names + 2 * at, 2);
}

static bool
is_listed(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (one.len && scl_str_same(one, name))
            return true;
    return false;
}

static bool
takes_value(const struct parser *p, struct scl_str name)
{
    size_t dashes = name.len > 1 && name.at[1] == '-' ? 2 : 1;

    if (p->tool->manager != SCL_TOOL_NONE)
        return scl_manager_option_kind(p->tools, p->tool->manager, name).len > 0;
    if (name.len == 2)
        return scl_str_find_char(scl_str_c(p->row->letters), name.at[1]) != SIZE_MAX;
    return is_listed(p->row->words, scl_str_sub(name, dashes, name.len));
}

static struct scl_tool_option *
add_option(struct parser *p, struct scl_str name, uint32_t word)
{
    struct scl_tool_option *option = scl_vec_push(p->arena, &p->tool->options);

    if (!option)
        return NULL;
    option->name = name;
    option->word = word;
    option->value_word = SCL_TOOL_NONE;
    return option;
}

static void
set_value(struct scl_tool_option *option, struct scl_str value, uint32_t word)
{
    if (!option)
        return;
    option->value = value;
    option->value_word = word;
}

static void
take_value(struct parser *p, struct scl_tool_option *option)
{
    if (p->next >= p->tool->words.count)
        return;
    set_value(option, p->tool->words.at[p->next].text, p->next);
    p->next++;
}

/* `python -m pip` is pip from here on; other modules and scripts have the rest to themselves. */
static void
end_module(struct parser *p, const struct scl_tool_option *option)
{
    if (!option || !(p->row->flags & SCL_TOOL_MODULES) || p->tool->manager != SCL_TOOL_NONE ||
        !(scl_str_is(option->name, "-c") || scl_str_is(option->name, "-m")))
        return;
    p->tool->manager = scl_manager_find(p->tools, p->tool->name, option->name, option->value);
    if (p->tool->manager == SCL_TOOL_NONE)
        p->only_operands = true;
    else
        p->row = scl_tool_row(scl_manager_text(p->tools, p->tool->manager, SCL_MANAGER_NAME));
}

static void
take_long(struct parser *p, uint32_t word)
{
    struct scl_str text = p->tool->words.at[word].text;
    size_t equals = scl_str_find_char(text, '=');
    struct scl_str name = scl_str_sub(text, 0, equals), prefix = scl_str_sub(text, 0, 2);
    struct scl_tool_option *option;

    if (equals == SIZE_MAX && !takes_value(p, name) && text.at[1] != '-' && text.len > 2 &&
        takes_value(p, prefix)) { /* mvn -Pname */
        set_value(add_option(p, prefix, word), scl_str_sub(text, 2, text.len), word);
        return;
    }
    option = add_option(p, name, word);
    if (equals != SIZE_MAX)
        set_value(option, scl_str_sub(text, equals + 1, text.len), word);
    else if (takes_value(p, name))
        take_value(p, option);
}

/* The first letter that takes a value ends the cluster, and so does what is no letter. */
static void
take_cluster(struct parser *p, uint32_t word)
{
    struct scl_str text = p->tool->words.at[word].text;
    struct scl_tool_option *option = NULL;

    for (size_t i = 1; i < text.len; i++) {
        struct scl_str rest;
        bool is_attached;

        if (!scl_is_alnum(text.at[i])) {
            if (i == 1)
                option = add_option(p, scl_str_sub(text, 0, 2), word);
            rest = scl_str_sub(text, i == 1 ? 2 : i + (text.at[i] == '='), text.len);
            if (i > 1 || rest.len)
                set_value(option, rest, word);
            break;
        }
        option = add_option(p, scl_tool_letter_name(text.at[i]), word);
        rest = scl_str_sub(text, i + 1, text.len);
        is_attached = rest.len && scl_str_find_char(scl_str_c(p->row->attached), text.at[i]) !=
                                      SIZE_MAX;
        if (!is_attached && !takes_value(p, scl_tool_letter_name(text.at[i])))
            continue;
        if (p->tool->manager != SCL_TOOL_NONE && rest.len && rest.at[0] == '=')
            rest = scl_str_sub(rest, 1, rest.len);
        if (i + 1 < text.len)
            set_value(option, rest, word);
        else
            take_value(p, option);
        break;
    }
    end_module(p, option);
}

static void
take_operand(struct parser *p, uint32_t word)
{
    uint32_t *operand = scl_vec_push(p->arena, &p->tool->operands);

    if (operand)
        *operand = word;
    if (p->row->flags & SCL_TOOL_STOPS && p->tool->manager == SCL_TOOL_NONE)
        p->only_operands = true;
}

static void
parse(struct parser *p)
{
    while (p->next < p->tool->words.count) {
        uint32_t word = p->next++;
        struct scl_str text = p->tool->words.at[word].text;

        if (p->only_operands || text.len < 2 || text.at[0] != '-')
            take_operand(p, word);
        else if (scl_str_is(text, "--") && p->row->flags & SCL_TOOL_HANDS_ON)
            return;
        else if (scl_str_is(text, "--"))
            p->only_operands = true;
        else if (text.at[1] == '-' || p->row->flags & SCL_TOOL_LONG_DASH)
            take_long(p, word);
        else
            take_cluster(p, word);
    }
}

static void
find_verb(const struct parser *p)
{
    struct scl_tool_reading *tool = p->tool;

    if (tool->manager != SCL_TOOL_NONE) {
        scl_manager_verb(p->tools, tool);
    } else if (p->row->flags & SCL_TOOL_HAS_VERB && tool->operands.count &&
               tool->words.at[tool->operands.at[0]].is_known) {
        tool->verb_word = tool->operands.at[0];
        tool->verb = tool->words.at[tool->verb_word].text;
        tool->operands.at++;
        tool->operands.count--;
        tool->operands.room--;
    }
}

bool
scl_tool_read(const struct scl_tools *tools, struct scl_arena *arena,
              const struct scl_tool_input *input, struct scl_tool_reading *ret)
{
    struct scl_str none = { NULL, 0 };
    struct parser p = { .tools = tools, .arena = arena, .tool = ret, .next = 1 };
    struct scl_str name;

    *ret = (struct scl_tool_reading){ .input = input };
    ret->manager = ret->verb_row = ret->verb_word = SCL_TOOL_NONE;
    if (!scl_tool_words(arena, ret))
        return false;
    if (!ret->words.count)
        return true;
    if (ret->words.at[0].is_known) {
        size_t slash = scl_str_find_last(ret->words.at[0].text, '/');

        name = ret->words.at[0].text;
        ret->name = slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
        ret->manager = scl_manager_find(tools, ret->name, none, none);
    }
    name = ret->manager == SCL_TOOL_NONE ? ret->name
                                         : scl_manager_text(tools, ret->manager, SCL_MANAGER_NAME);
    p.row = scl_tool_row(name);
    parse(&p);
    find_verb(&p);
    return !arena->failed;
}

const struct scl_tool_option *
scl_tool_option(const struct scl_tool_reading *tool, const char *name,
                const struct scl_tool_option *after)
{
    size_t at = after ? (size_t)(after - tool->options.at) + 1 : 0;

    for (; at < tool->options.count; at++)
        if (scl_str_is(tool->options.at[at].name, name))
            return &tool->options.at[at];
    return NULL;
}
