/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_walk_command.c: simple and compound commands in a walk, and what is inside of their words
 *
 * Who reads whose output is kept as *feeds*: a range of commands that get it, and the feed that
 * these go on to. What is in a substitution, or has an input of its own, lies in such a range too,
 * but has another `input` and is passed over.
 */
#include "syntax/shell_walker.h"

uint32_t
scl_shell_new_feed(struct scl_shell_walker *walker, uint32_t next)
{
    struct scl_shell_feed *feed = scl_vec_push(&walker->scratch, &walker->feeds);

    if (!feed)
        return NOBODY;
    *feed = (struct scl_shell_feed){ .next = next };
    return walker->feeds.count - 1;
}

void
scl_shell_fill_feed(struct scl_shell_walker *walker, uint32_t feed, uint32_t first, uint32_t input)
{
    if (feed == NOBODY)
        return;
    walker->feeds.at[feed].first = first;
    walker->feeds.at[feed].end = walker->commands.count;
    walker->feeds.at[feed].input = input;
}

/* Whether a redirection of output leaves it where it was: 1>&1, >/dev/stdout. */
static bool
stays(const struct scl_shell_walker *walker, uint32_t redirection)
{
    uint32_t word = scl_shell_child(walker->shell, redirection, 0, SCL_SHELL_WORD);
    struct scl_str target;

    if (!word)
        return false;
    target = scl_shell_text(walker->shell, word);
    if (walker->nodes[redirection].detail == SCL_SHELL_DUP_WRITE)
        return scl_str_is(target, "1");
    return scl_str_is(target, "/dev/stdout") || scl_str_is(target, "/dev/fd/1") ||
           scl_str_is(target, "/proc/self/fd/1");
}

uint32_t
scl_shell_redirected(const struct scl_shell_walker *walker, uint32_t command)
{
    const struct scl_shell *shell = walker->shell;
    uint32_t flags = 0, at = 0;

    while ((at = scl_shell_child(shell, command, at, SCL_SHELL_REDIRECTION)) != 0) {
        uint32_t descriptor = scl_shell_descriptor(shell, at);

        if (descriptor == 0)
            flags |= SCL_SHELL_OWN_INPUT;
        else if (descriptor == 1 && !stays(walker, at))
            flags |= SCL_SHELL_OWN_OUTPUT;
    }
    return flags;
}

/* Walks the commands in substitutions below the nodes from `first` to `end`: those in >( ), or all
 * others. */
static void
walk_substitutions(struct scl_shell_walker *walker, uint32_t first, uint32_t end,
                   const struct scl_shell_context *context, bool is_out)
{
    for (uint32_t at = first; at < end;) {
        const struct scl_shell_node *node = &walker->nodes[at];
        bool is_process_out = node->kind == SCL_SHELL_PROCESS_OUT;

        if (is_process_out || node->kind == SCL_SHELL_COMMAND ||
            node->kind == SCL_SHELL_PROCESS_IN) {
            if (is_process_out == is_out && node->end > at + 1)
                scl_shell_walk_list(walker, at + 1, context);
            at = node->end;
            continue;
        }
        if (node->kind == SCL_SHELL_REDIRECTION && node->a && !is_out)
            walk_substitutions(walker, node->a, walker->nodes[node->a].end, context, is_out);
        at++;
    }
}

static bool
has_substitution(const struct scl_shell_walker *walker, uint32_t first, uint32_t end, bool is_out)
{
    for (uint32_t at = first; at < end;) {
        const struct scl_shell_node *node = &walker->nodes[at];
        bool is_process_out = node->kind == SCL_SHELL_PROCESS_OUT;

        if (is_process_out || node->kind == SCL_SHELL_COMMAND ||
            node->kind == SCL_SHELL_PROCESS_IN) {
            if (is_process_out == is_out)
                return true;
            at = node->end;
            continue;
        }
        if (node->kind == SCL_SHELL_REDIRECTION && node->a && !is_out &&
            has_substitution(walker, node->a, walker->nodes[node->a].end, is_out))
            return true;
        at++;
    }
    return false;
}

static struct scl_shell_context
inside_substitution(struct scl_shell_walker *walker, const struct scl_shell_context *context,
                    uint32_t output)
{
    struct scl_shell_context inner = *context;

    inner.flags &= ~(uint32_t)(SCL_SHELL_NEGATED | SCL_SHELL_IN_CONDITION);
    inner.flags |= SCL_SHELL_IN_SUBSTITUTION;
    inner.depth++;
    inner.input = ++walker->inputs;
    inner.output = output;
    inner.pipeline = NOBODY;
    return inner;
}

/* The words of a simple command, as a row. */
static bool
collect_words(struct scl_shell_walker *walker, uint32_t node, struct scl_shell_command *command)
{
    uint32_t at = 0;

    command->words = walker->words.count;
    while ((at = scl_shell_child(walker->shell, node, at, SCL_SHELL_WORD)) != 0) {
        uint32_t *word = scl_vec_push(&walker->scratch, &walker->words);

        if (!word)
            return false;
        *word = at;
        command->word_count++;
    }
    return true;
}

/* Walks the commands in >( ), which get what the command writes: to its output, or to them as
 * files. */
static void
walk_behind(struct scl_shell_walker *walker, uint32_t node, const struct scl_shell_context *context,
            uint32_t input, uint32_t feed)
{
    struct scl_shell_context inner = inside_substitution(walker, context, context->output);
    uint32_t first = walker->commands.count;

    inner.input = input;
    walk_substitutions(walker, node + 1, walker->nodes[node].end, &inner, true);
    scl_shell_fill_feed(walker, feed, first, input);
}

static void
walk_script(struct scl_shell_walker *walker, uint32_t list, uint32_t outer,
            const struct scl_shell_context *context)
{
    struct scl_shell_context inner = *context;

    inner.flags |= SCL_SHELL_IN_SCRIPT;
    inner.depth++;
    inner.pipeline = NOBODY;
    inner.outer = outer;
    scl_shell_walk_list(walker, list, &inner);
}

/* Where a command reads and writes: where its context does, unless it says otherwise itself. */
static void
redirect(struct scl_shell_walker *walker, uint32_t own, bool feeds_out,
         struct scl_shell_context *context)
{
    if (own & SCL_SHELL_OWN_OUTPUT)
        context->output = NOBODY;
    if (own & SCL_SHELL_OWN_INPUT)
        context->input = ++walker->inputs;
    if (feeds_out)
        context->output = scl_shell_new_feed(walker, context->output);
}

/* Adds a simple command to those of the walk. */
static bool
add_command(struct scl_shell_walker *walker, uint32_t node, uint32_t flags,
            const struct scl_shell_context *context)
{
    struct scl_shell_command *command = scl_vec_push(&walker->scratch, &walker->commands);
    struct scl_shell_argv argv = { .shell = walker->shell };
    struct scl_shell_wrapped wrapped;

    if (!command)
        return false;
    *command = (struct scl_shell_command){ .node = node,
                                           .flags = flags,
                                           .pipeline = context->pipeline,
                                           .stage = context->stage,
                                           .depth = context->depth,
                                           .outer = context->outer,
                                           .input = context->input,
                                           .output = context->output };
    if (!collect_words(walker, node, command))
        return false;
    if (command->word_count)
        argv.words = walker->words.at + command->words;
    argv.count = command->word_count;
    scl_shell_unwrap(&argv, &wrapped);
    command->effective = wrapped.effective;
    return true;
}

static void
walk_simple(struct scl_shell_walker *walker, uint32_t node, const struct scl_shell_context *context)
{
    const struct scl_shell_node *at = &walker->nodes[node];
    bool feeds_out = has_substitution(walker, node + 1, at->end, true);
    uint32_t own = scl_shell_redirected(walker, node), feed = NOBODY, index;
    struct scl_shell_context here = *context;

    redirect(walker, own, feeds_out, &here);
    if (has_substitution(walker, node + 1, at->end, false)) {
        struct scl_shell_context inner;

        feed = scl_shell_new_feed(walker, here.output);
        inner = inside_substitution(walker, &here, feed);
        walk_substitutions(walker, node + 1, at->end, &inner, false);
    }
    index = walker->commands.count;
    if (at->flags & SCL_SHELL_IS_BROKEN ||
        !add_command(walker, node, context->flags | own, &here))
        return;
    scl_shell_fill_feed(walker, feed, index, here.input);
    if (feeds_out)
        walk_behind(walker, node, context, here.input, here.output);
    if (at->a)
        walk_script(walker, at->a, index, &here);
}

/* What a part of a compound command adds to the flags of its commands. */
static uint32_t
branch_flags(const struct scl_shell_walker *walker, uint32_t node, uint32_t list,
             uint32_t conditions)
{
    switch (walker->nodes[node].kind) {
    case SCL_SHELL_SUBSHELL:
        return SCL_SHELL_IN_SUBSHELL;
    case SCL_SHELL_GROUP:
        return 0;
    case SCL_SHELL_FUNCTION:
        return SCL_SHELL_IN_BRANCH | SCL_SHELL_IN_FUNCTION;
    default:
        break;
    }
    if (walker->nodes[list].detail != SCL_SHELL_CONDITION)
        return SCL_SHELL_IN_BRANCH;
    return SCL_SHELL_IN_CONDITION | (conditions ? SCL_SHELL_IN_BRANCH : 0);
}

/* The lists below a compound command; other children hold substitutions that feed nobody. */
static void
walk_inside(struct scl_shell_walker *walker, uint32_t node, const struct scl_shell_context *context)
{
    const struct scl_shell_node *nodes = walker->nodes;
    uint32_t conditions = 0;

    for (uint32_t child = node + 1; child < nodes[node].end; child = nodes[child].end) {
        struct scl_shell_context inner = *context;

        if (nodes[child].kind == SCL_SHELL_REDIRECTION)
            break;
        if (nodes[child].kind == SCL_SHELL_CASE_ITEM) {
            walk_inside(walker, child, context);
        } else if (nodes[child].kind == SCL_SHELL_LIST) {
            inner.flags |= branch_flags(walker, node, child, conditions);
            conditions += nodes[child].detail == SCL_SHELL_CONDITION;
            scl_shell_walk_list(walker, child, &inner);
        } else if (nodes[node].kind == SCL_SHELL_FUNCTION) {
            inner.flags |= branch_flags(walker, node, child, 0);
            scl_shell_walk_pipeline(walker, child, nodes[child].end, &inner);
        } else {
            inner = inside_substitution(walker, context, NOBODY);
            walk_substitutions(walker, child, nodes[child].end, &inner, false);
        }
    }
}

static void
walk_compound(struct scl_shell_walker *walker, uint32_t node,
              const struct scl_shell_context *context)
{
    uint32_t own = scl_shell_redirected(walker, node), redirections, feed = NOBODY, first;
    uint32_t end = walker->nodes[node].end;
    struct scl_shell_context inner = *context, outside;
    bool feeds_out;

    redirections = scl_shell_child(walker->shell, node, 0, SCL_SHELL_REDIRECTION);
    feeds_out = redirections && has_substitution(walker, redirections, end, true);
    inner.depth++;
    if (walker->nodes[node].kind == SCL_SHELL_FUNCTION) {
        inner.pipeline = NOBODY;
        inner.output = NOBODY;
        inner.input = ++walker->inputs;
    }
    redirect(walker, own, feeds_out, &inner);
    if (redirections && has_substitution(walker, redirections, end, false)) {
        feed = scl_shell_new_feed(walker, inner.output);
        outside = inside_substitution(walker, context, feed);
        walk_substitutions(walker, redirections, end, &outside, false);
    }
    first = walker->commands.count;
    walk_inside(walker, node, &inner);
    scl_shell_fill_feed(walker, feed, first, inner.input);
    if (feeds_out) {
        outside = inside_substitution(walker, context, context->output);
        first = walker->commands.count;
        walk_substitutions(walker, redirections, end, &outside, true);
        scl_shell_fill_feed(walker, inner.output, first, outside.input);
    }
}

void
scl_shell_walk_command(struct scl_shell_walker *walker, uint32_t node,
                       const struct scl_shell_context *context)
{
    if (walker->nodes[node].kind == SCL_SHELL_SIMPLE)
        walk_simple(walker, node, context);
    else
        walk_compound(walker, node, context);
}
