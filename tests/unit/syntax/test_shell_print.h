/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_print.h: a tree of the shell reader as text, to be compared
 *
 *     echo "$a" | cat && x=1     [(echo "<a>") | (cat) && (x=1)]
 *
 * [ ] is a list, ( ) a command, < > a reference; a `?` stands before what is broken. Notes follow
 * behind an exclamation mark.
 */
#ifndef SCL_TESTS_SHELL_PRINT_H
#define SCL_TESTS_SHELL_PRINT_H

#include "syntax/shell.h"
#include "test.h"

static inline void shell_print(struct scl_text *out, const struct scl_shell *shell, uint32_t node);

static inline void
shell_print_children(struct scl_text *out, const struct scl_shell *shell, uint32_t node,
                     const char *between)
{
    uint32_t end = shell->nodes[node].end;

    for (uint32_t child = node + 1; child < end; child = shell->nodes[child].end) {
        if (child > node + 1)
            scl_text_c(out, between);
        shell_print(out, shell, child);
    }
}

static inline void
shell_print_list(struct scl_text *out, const struct scl_shell *shell, uint32_t list)
{
    static const char *const joins[] = { " ; ", " && ", " || ", " | ", " |& " };
    static const char *const roles[] = { "[", "if[", "do[", "else[" };
    uint32_t end = shell->nodes[list].end;
    bool background = false;

    scl_text_c(out, roles[shell->nodes[list].detail]);
    for (uint32_t child = list + 1; child < end; child = shell->nodes[child].end) {
        const struct scl_shell_node *node = &shell->nodes[child];

        if (node->detail == SCL_SHELL_THEN && background)
            scl_text_c(out, " &");
        if (child > list + 1)
            scl_text_c(out, joins[node->detail]);
        if (node->detail == SCL_SHELL_THEN)
            background = node->flags & SCL_SHELL_IS_BACKGROUND;
        if (node->flags & SCL_SHELL_IS_NEGATED)
            scl_text_c(out, "! ");
        shell_print(out, shell, child);
    }
    scl_text_c(out, background ? " &]" : "]");
}

static inline void
shell_print_redirection(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    static const char *const signs[] = { "<",  ">",   ">>",  ">|", "<>", "<&",
                                         ">&", "<<", "<<-", "<<<", "&>", "&>>" };
    uint32_t link = scl_shell_link(shell, node);

    if (scl_shell_descriptor(shell, node) == UINT32_MAX)
        scl_text_c(out, "{}");
    else
        scl_text_f(out, "%u", (unsigned)scl_shell_descriptor(shell, node));
    scl_text_c(out, signs[shell->nodes[node].detail]);
    shell_print_children(out, shell, node, " ");
    if (link) {
        scl_text_c(out, "{");
        shell_print(out, shell, link);
        scl_text_c(out, "}");
    }
}

static inline void
shell_print_parameter(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    static const char *const operators[] = { "",  "-", "=", "?", "+", "#", "%",
                                             "/", ":", "^", ",", "@", "*" };
    const struct scl_shell_node *at = &shell->nodes[node];
    const char *operator = operators[at->detail];
    uint32_t child = node + 1;

    scl_text_f(out, "<%s%s%.*s", at->flags & SCL_SHELL_IS_LENGTH ? "#" : "",
               at->flags & SCL_SHELL_IS_INDIRECT ? "!" : "", SCL_ARG(scl_shell_name(shell, node)));
    if (child < at->end && shell->nodes[child].detail == SCL_SHELL_SUBSCRIPT) {
        scl_text_c(out, "[");
        shell_print(out, shell, child);
        scl_text_c(out, "]");
        child = shell->nodes[child].end;
    }
    scl_text_f(out, "%s%s%s", at->flags & SCL_SHELL_HAS_COLON ? ":" : "", operator,
               at->flags & SCL_SHELL_IS_TWICE ? operator: "");
    for (; child < at->end; child = shell->nodes[child].end) {
        scl_text_c(out, " ");
        shell_print(out, shell, child);
    }
    scl_text_c(out, ">");
}

static inline void
shell_print_assignment(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    const struct scl_shell_node *at = &shell->nodes[node];

    scl_text_add(out, scl_shell_name(shell, node));
    if (node + 1 < at->end && shell->nodes[node + 1].detail == SCL_SHELL_SUBSCRIPT) {
        scl_text_c(out, "[");
        shell_print(out, shell, node + 1);
        scl_text_c(out, "]");
    }
    scl_text_c(out, at->flags & SCL_SHELL_IS_APPEND ? "+=" : "=");
    if (scl_shell_value(shell, node))
        shell_print(out, shell, scl_shell_value(shell, node));
}

/* Words and what they are made of. */
static inline void
shell_print_part(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    static const char *const around[][2] = {
        [SCL_SHELL_DOUBLE] = { "\"", "\"" },      [SCL_SHELL_ANSI] = { "$'", "'" },
        [SCL_SHELL_COMMAND] = { "$", "" },        [SCL_SHELL_ARITHMETIC] = { "<((", "))>" },
        [SCL_SHELL_PROCESS_IN] = { "<", "" },     [SCL_SHELL_PROCESS_OUT] = { ">", "" },
        [SCL_SHELL_ARRAY] = { "@(", ")" },
    };
    const struct scl_shell_node *at = &shell->nodes[node];

    switch (at->kind) {
    case SCL_SHELL_WORD:
    case SCL_SHELL_HEREDOC:
        if (at->end == node + 1)
            scl_text_add(out, scl_shell_text(shell, node));
        shell_print_children(out, shell, node, "");
        break;
    case SCL_SHELL_LITERAL:
    case SCL_SHELL_SINGLE:
    case SCL_SHELL_ESCAPE:
        scl_text_add(out, scl_shell_slice(shell, node));
        break;
    case SCL_SHELL_PARAMETER:
        shell_print_parameter(out, shell, node);
        break;
    default:
        scl_text_c(out, around[at->kind][0]);
        shell_print_children(out, shell, node, at->kind == SCL_SHELL_ARRAY ? " " : "");
        scl_text_c(out, around[at->kind][1]);
    }
}

static inline void
shell_print_command(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    static const char *const words[] = {
        [SCL_SHELL_SIMPLE] = "",           [SCL_SHELL_SUBSHELL] = "sub ",
        [SCL_SHELL_GROUP] = "group ",      [SCL_SHELL_IF] = "if ",
        [SCL_SHELL_WHILE] = "while ",      [SCL_SHELL_UNTIL] = "until ",
        [SCL_SHELL_FOR] = "for ",          [SCL_SHELL_SELECT] = "select ",
        [SCL_SHELL_CASE] = "case ",        [SCL_SHELL_CASE_ITEM] = "",
        [SCL_SHELL_FUNCTION] = "function ", [SCL_SHELL_CONDITIONAL] = "cond ",
        [SCL_SHELL_CALCULATION] = "calc ",
    };
    const struct scl_shell_node *at = &shell->nodes[node];

    scl_text_f(out, "(%s", words[at->kind]);
    if (at->kind == SCL_SHELL_FOR || at->kind == SCL_SHELL_SELECT ||
        at->kind == SCL_SHELL_FUNCTION) {
        scl_text_add(out, scl_shell_name(shell, node));
        scl_text_c(out, at->flags & SCL_SHELL_HAS_IN ? " in " : at->b ? " " : "");
    }
    shell_print_children(out, shell, node, at->kind == SCL_SHELL_CALCULATION ? "" : " ");
    if (at->kind == SCL_SHELL_SIMPLE && scl_shell_link(shell, node)) {
        scl_text_c(out, " => ");
        shell_print(out, shell, scl_shell_link(shell, node));
    }
    scl_text_c(out, ")");
}

static inline void
shell_print(struct scl_text *out, const struct scl_shell *shell, uint32_t node)
{
    unsigned kind = shell->nodes[node].kind;

    if (shell->nodes[node].flags & SCL_SHELL_IS_BROKEN)
        scl_text_c(out, "?");
    if (kind == SCL_SHELL_LIST)
        shell_print_list(out, shell, node);
    else if (kind == SCL_SHELL_ASSIGNMENT)
        shell_print_assignment(out, shell, node);
    else if (kind == SCL_SHELL_REDIRECTION)
        shell_print_redirection(out, shell, node);
    else if (kind < SCL_SHELL_ASSIGNMENT)
        shell_print_command(out, shell, node);
    else
        shell_print_part(out, shell, node);
}

/* Reads a body and prints its tree and notes, in memory of the arena. */
static inline struct scl_str
shell_printed(struct scl_arena *arena, struct scl_str body, const struct scl_shell_limits *limits)
{
    static const char prefix[] = "shell text is not understood from here: ";
    struct scl_shell shell;
    struct scl_notes notes;
    struct scl_text out = { 0 };
    struct scl_str made;

    scl_notes_init(&notes, arena);
    if (!scl_shell_read(arena, body, NULL, limits, &notes, &shell))
        return SCL_S("no memory");
    shell_print(&out, &shell, 0);
    for (uint32_t i = 0; i < notes.list.count; i++) {
        struct scl_str message = notes.list.at[i].message;

        if (scl_str_starts(message, scl_str_c(prefix)))
            message = scl_str_sub(message, sizeof prefix - 1, message.len);
        scl_text_f(&out, " !%u %.*s", (unsigned)notes.list.at[i].span.offset, SCL_ARG(message));
    }
    made = scl_str_n(scl_arena_copy(arena, out.at, out.len), out.len);
    scl_text_finish(&out);
    return made;
}

#endif
