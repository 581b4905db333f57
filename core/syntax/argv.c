/* SPDX-License-Identifier: Apache-2.0 */
/*
 * argv.c: command lines as rows of words
 *
 * Shell texts are read by the shell reader; this is what becomes of its words. A word whose text
 * stands in the source in one piece is a slice of it, so that its parts have places too.
 */
#include "syntax/argv.h"

#include "base/text.h"
#include "syntax/shell.h"

static struct scl_argv *
add_line(struct scl_arena *arena, struct scl_argv_list *list, const struct scl_tree *words,
         uint32_t count, struct scl_span span)
{
    struct scl_argv *line = scl_vec_push(arena, &list->lines);

    if (line)
        *line = (struct scl_argv){ words, count, span };
    return line;
}

static struct scl_tree
make_word(struct scl_str text, struct scl_span span, enum scl_tree_style style)
{
    struct scl_tree word = { .span = span };

    word.kind = SCL_TREE_STRING;
    word.style = style;
    word.body.text = text.at ? text.at : "";
    word.count = (uint32_t)text.len;
    word.is_cut = scl_str_find_char(text, '\0') != SIZE_MAX;
    return word;
}

/* ---- words of a shell ---- */

struct shell_words {
    struct scl_arena *arena;
    const struct scl_shell *shell;
    const struct scl_argv_variables *variables;
    struct scl_text text;
};

/* Where a path may begin: a word that is divided by colons, or a key of its own. */
static bool
begins_path(const struct shell_words *w, uint32_t word)
{
    static const char *const before[] = { "source=", "src=", "--volume=", "-v" };
    struct scl_str text = scl_text_str(&w->text);

    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (scl_str_ends(text, scl_str_c(before[i])))
            return true;
    return !text.len && scl_str_find_char(scl_shell_slice(w->shell, word), ':') != SIZE_MAX;
}

/* The folder that the shell is in, or the user's own, where a reference is nothing else. */
static struct scl_str
folder_of(const struct shell_words *w, uint32_t node)
{
    static const struct {
        struct scl_str reference, folder;
    } folders[] = {
        { SCL_STR("$PWD"), SCL_STR(".") },    { SCL_STR("${PWD}"), SCL_STR(".") },
        { SCL_STR("$(pwd)"), SCL_STR(".") },  { SCL_STR("`pwd`"), SCL_STR(".") },
        { SCL_STR("$HOME"), SCL_STR("~") },   { SCL_STR("${HOME}"), SCL_STR("~") },
    };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (scl_str_same(folders[i].reference, scl_shell_slice(w->shell, node)))
            return folders[i].folder;
    return scl_str_n("", 0);
}

/* What a reference gives: the value of a variable, its default, or a byte 0. */
static void
add_reference(struct shell_words *w, uint32_t in, uint32_t node)
{
    const struct scl_shell_node *at = &w->shell->nodes[node];
    struct scl_str value;
    uint32_t word;

    if (at->kind == SCL_SHELL_PARAMETER && at->detail <= SCL_SHELL_ASSIGN && w->variables &&
        !(at->flags & (SCL_SHELL_IS_LENGTH | SCL_SHELL_IS_INDIRECT)) &&
        w->variables->find(w->variables->context, scl_shell_name(w->shell, node), &value) &&
        (value.len || at->detail == SCL_SHELL_NO_OPERATOR)) {
        scl_text_add(&w->text, value);
        return;
    }
    value = begins_path(w, in) ? folder_of(w, node) : scl_str_n("", 0);
    if (value.len) {
        scl_text_add(&w->text, value);
        return;
    }
    word = at->kind == SCL_SHELL_PARAMETER &&
                   (at->detail == SCL_SHELL_DEFAULT || at->detail == SCL_SHELL_ASSIGN)
               ? scl_shell_child(w->shell, node, 0, SCL_SHELL_WORD)
               : 0;
    if (word && scl_shell_is_static(w->shell, word) && !(at->flags & SCL_SHELL_IS_BROKEN))
        scl_text_add(&w->text, scl_shell_text(w->shell, word));
    else
        scl_text_char(&w->text, '\0');
}

/* Adds what one part gives, and tells the number of the next: behind what was added, or inside. */
static uint32_t
add_part(struct shell_words *w, uint32_t in, uint32_t node)
{
    const struct scl_shell_node *at = &w->shell->nodes[node];
    struct scl_str slice = scl_shell_slice(w->shell, node);

    switch (at->kind) {
    case SCL_SHELL_ANSI:
    case SCL_SHELL_DOUBLE:
        return node + 1;
    case SCL_SHELL_LITERAL:
        scl_text_add(&w->text, slice);
        return node + 1;
    case SCL_SHELL_SINGLE:
        scl_text_add(&w->text, scl_str_sub(slice, 1, slice.len > 2 ? slice.len - 2 : 0));
        return node + 1;
    case SCL_SHELL_ESCAPE:
        if (slice.len > 1 && slice.at[1] != '\n')
            scl_text_add(&w->text, scl_str_sub(slice, 1, slice.len));
        return node + 1;
    default:
        add_reference(w, in, node);
        return at->end;
    }
}

static struct scl_tree
shell_word(struct shell_words *w, uint32_t word)
{
    const struct scl_shell_node *nodes = w->shell->nodes;
    struct scl_span span = scl_shell_span(w->shell, word);
    struct scl_str text;
    bool is_bare;

    if (scl_shell_is_static(w->shell, word))
        return make_word(scl_shell_text(w->shell, word), span, SCL_TREE_DOUBLE_QUOTED);
    is_bare = nodes[word].end > word + 1 && nodes[word].end == nodes[word + 1].end &&
              nodes[word + 1].kind != SCL_SHELL_DOUBLE;
    scl_text_clear(&w->text);
    for (uint32_t node = word + 1; node < nodes[word].end;)
        node = add_part(w, word, node);
    text = scl_text_str(&w->text);
    text.at = scl_arena_copy(w->arena, text.at ? text.at : "", text.len);
    if (!text.at)
        text.len = 0;
    return make_word(text, span, is_bare ? SCL_TREE_PLAIN : SCL_TREE_DOUBLE_QUOTED);
}

static void
add_command(struct shell_words *w, const struct scl_shell_walk *walk, uint32_t at,
            struct scl_argv_list *list)
{
    const struct scl_shell_command *command = &walk->commands[at];
    uint32_t first = command->effective, count = command->word_count - first;
    struct scl_tree *words;

    if (!command->word_count || first >= command->word_count)
        return;
    words = scl_arena_array(w->arena, count, sizeof *words);
    for (uint32_t i = 0; words && i < count; i++)
        words[i] = shell_word(w, walk->words[command->words + first + i]);
    if (words)
        add_line(w->arena, list, words, count,
                 scl_shell_span_of(w->shell, walk->words[command->words],
                                   walk->words[command->words + command->word_count - 1]));
}

bool
scl_argv_read_shell(struct scl_arena *arena, struct scl_str text, const struct scl_piece *pieces,
                    uint32_t piece_count, const struct scl_argv_variables *variables,
                    struct scl_notes *notes, struct scl_argv_list *ret)
{
    struct scl_shell_map map = { pieces, piece_count, 0 };
    struct scl_shell shell;
    struct scl_shell_walk walk;
    struct shell_words w = { .arena = arena, .shell = &shell, .variables = variables };

    if (!scl_shell_read(arena, text, &map, NULL, notes, &shell) ||
        !scl_shell_walk(arena, &shell, &walk))
        return false;
    for (uint32_t i = 0; i < walk.command_count; i++)
        add_command(&w, &walk, i, ret);
    arena->failed = arena->failed || w.text.failed;
    scl_text_finish(&w.text);
    return !arena->failed;
}

/* ---- words as they are ---- */

/* The index of the word that names what is run in the end. */
static uint32_t
unwrap(struct scl_arena *arena, const struct scl_tree *words, uint32_t count)
{
    struct scl_str *texts = scl_arena_array(arena, count + 1, sizeof *texts);
    struct scl_shell_argv argv = { .texts = texts, .count = count };
    struct scl_shell_wrapped wrapped = { 0 };

    for (uint32_t i = 0; texts && i < count; i++)
        texts[i] = scl_tree_text(&words[i]);
    if (texts && count)
        scl_shell_unwrap(&argv, &wrapped);
    return wrapped.effective < count ? wrapped.effective : 0;
}

static bool
add_words(struct scl_arena *arena, const struct scl_tree *words, uint32_t count,
          struct scl_argv_list *ret)
{
    uint32_t first;

    if (!count)
        return true;
    first = unwrap(arena, words, count);
    add_line(arena, ret, words + first, count - first,
             scl_span_between(words[0].span.offset, scl_span_end(words[count - 1].span)));
    return !arena->failed;
}

bool
scl_argv_read_words(struct scl_arena *arena, struct scl_str text, struct scl_argv_list *ret)
{
    uint32_t count = 0, offset = 0, i = 0;
    struct scl_str rest = text, word;
    struct scl_tree *words;

    for (size_t at = 0; at < text.len; at++)
        count += text.at[at] == '\0';
    words = scl_arena_array(arena, count + 1u, sizeof *words);
    while (words && offset < text.len && scl_str_cut(&rest, '\0', &word)) {
        words[i++] = make_word(word, (struct scl_span){ offset, (uint32_t)word.len },
                               SCL_TREE_DOUBLE_QUOTED);
        offset += (uint32_t)word.len + 1;
    }
    return words && add_words(arena, words, i, ret);
}

bool
scl_argv_read_list(struct scl_arena *arena, const struct scl_tree *list, struct scl_argv_list *ret)
{
    uint32_t count = scl_tree_count(list);
    struct scl_tree *words = scl_arena_array(arena, count + 1u, sizeof *words);

    for (uint32_t i = 0; words && i < count; i++) {
        if (scl_tree_child(list, i)->kind != SCL_TREE_STRING)
            return true;
        words[i] = *scl_tree_child(list, i);
        words[i].style = SCL_TREE_DOUBLE_QUOTED;
        words[i].is_cut = false;
    }
    return words && add_words(arena, words, count, ret);
}

/* ---- places ---- */

/* How many bytes the character of `\uXXXX` takes; the halves of a pair take two each. */
static uint32_t
bytes_of_code(struct scl_str digits)
{
    bool is_ascii = scl_str_starts(digits, SCL_S("00")) && digits.len > 2 && digits.at[2] < '8';
    bool is_short = digits.len > 1 && digits.at[0] == '0' && digits.at[1] < '8';
    bool is_half = digits.len > 1 && scl_lower(digits.at[0]) == 'd' && digits.at[1] > '7';

    return is_ascii ? 1 : is_short || is_half ? 2 : 3;
}

const struct scl_piece *
scl_argv_json_pieces(struct scl_arena *arena, struct scl_str raw, uint32_t offset,
                     uint32_t *ret_count)
{
    SCL_VEC(struct scl_piece) pieces = { 0 };
    uint32_t logical = 0, at = 1, end = raw.len > 1 ? (uint32_t)raw.len - 1 : 1;

    while (at < end) {
        bool is_escape = raw.at[at] == '\\';
        bool is_code = is_escape && at + 1 < end && raw.at[at + 1] == 'u';
        uint32_t length = is_code ? 6 : is_escape ? 2 : 1, run = 1;
        struct scl_piece *piece = scl_vec_push(arena, &pieces);

        while (!is_escape && at + run < end && raw.at[at + run] != '\\')
            run++;
        if (!piece)
            return NULL;
        if (is_code)
            run = bytes_of_code(scl_str_sub(raw, at + 2, 4));
        *piece = (struct scl_piece){ logical, offset + at, run };
        logical += run;
        at += is_escape ? length : run;
    }
    *ret_count = pieces.count;
    return pieces.at ? pieces.at : scl_arena_array(arena, 1, sizeof *pieces.at);
}
