/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_walk.c: the commands of a tree in the order in which they would run
 *
 * A pipeline of n stages has n - 1 feeds, one behind the other, so that even the longest one takes
 * linear room.
 */
#include "syntax/shell_walker.h"

static uint32_t
new_pipeline(struct scl_shell_walker *walker, uint32_t first, uint32_t last, uint32_t stages,
             uint32_t flags)
{
    struct scl_shell_pipeline *pipeline = scl_vec_push(&walker->scratch, &walker->pipelines);

    if (!pipeline)
        return NOBODY;
    *pipeline = (struct scl_shell_pipeline){ .stages = stages,
                                             .first_node = first,
                                             .last_node = last,
                                             .is_guarded = flags & SCL_SHELL_GUARDED,
                                             .is_negated = flags & SCL_SHELL_NEGATED };
    return walker->pipelines.count - 1;
}

static void
walk_stages(struct scl_shell_walker *walker, uint32_t node, uint32_t last, uint32_t stages,
            const struct scl_shell_context *context)
{
    struct scl_shell_context inner = *context;
    uint32_t feed = NOBODY;

    inner.pipeline = new_pipeline(walker, node, last, stages, context->flags);
    for (inner.stage = 0; inner.stage < stages; node = walker->nodes[node].end, inner.stage++) {
        uint32_t own = scl_shell_redirected(walker, node), next = feed;
        uint32_t first = walker->commands.count;
        bool is_last = inner.stage + 1 == stages;

        inner.output = context->output;
        if (!is_last)
            inner.output = feed = scl_shell_new_feed(walker, NOBODY);
        if (next != NOBODY && !(own & (SCL_SHELL_OWN_INPUT | SCL_SHELL_OWN_OUTPUT)))
            walker->feeds.at[next].next = inner.output;
        scl_shell_walk_command(walker, node, &inner);
        if (!(own & SCL_SHELL_OWN_INPUT))
            scl_shell_fill_feed(walker, next, first, inner.input);
    }
}

static bool
is_pipe(const struct scl_shell_node *node)
{
    return node->detail == SCL_SHELL_PIPE || node->detail == SCL_SHELL_PIPE_BOTH;
}

uint32_t
scl_shell_walk_pipeline(struct scl_shell_walker *walker, uint32_t first, uint32_t end,
                        struct scl_shell_context *context)
{
    const struct scl_shell_node *nodes = walker->nodes;
    uint32_t last = first, stages = 1;

    if (nodes[first].flags & SCL_SHELL_IS_NEGATED)
        context->flags |= SCL_SHELL_NEGATED;
    while (nodes[last].end < end && is_pipe(&nodes[nodes[last].end])) {
        last = nodes[last].end;
        stages++;
    }
    if (stages > 1) {
        walk_stages(walker, first, last, stages, context);
    } else {
        if (context->pipeline == NOBODY && nodes[first].kind == SCL_SHELL_SIMPLE &&
            !(nodes[first].flags & SCL_SHELL_IS_BROKEN)) {
            context->pipeline = new_pipeline(walker, first, last, 1, context->flags);
            context->stage = 0;
        }
        scl_shell_walk_command(walker, first, context);
    }
    return nodes[last].end;
}

/* Whether a command always succeeds, so that `|| command` makes a failure nothing. */
static bool
always_succeeds(const struct scl_shell_walker *walker, uint32_t node)
{
    static const char *const names[] = { "true", ":", "echo", "printf" };
    const struct scl_shell *shell = walker->shell;
    uint32_t words[2] = { 0, 0 };
    struct scl_shell_argv argv = { .shell = shell, .words = words };
    struct scl_str name;

    if (walker->nodes[node].kind != SCL_SHELL_SIMPLE ||
        walker->nodes[node].flags & SCL_SHELL_IS_NEGATED)
        return false;
    words[0] = scl_shell_child(shell, node, 0, SCL_SHELL_WORD);
    if (words[0])
        words[1] = scl_shell_child(shell, node, words[0], SCL_SHELL_WORD);
    argv.count = words[1] ? 2 : words[0] ? 1 : 0;
    name = scl_shell_base_name(&argv, 0);
    if (!name.at)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (scl_str_is(name, names[i]))
            return true;
    return (scl_str_is(name, "exit") || scl_str_is(name, "return")) &&
           scl_str_is(scl_shell_argument(&argv, 1), "0");
}

/* Where the commands of a chain end whose failure is nothing, and where the chain ends. */
static uint32_t
guarded_until(const struct scl_shell_walker *walker, uint32_t first, uint32_t end,
              uint32_t *ret_chain_end)
{
    const struct scl_shell_node *nodes = walker->nodes;
    uint32_t until = first, at = nodes[first].end;

    for (; at < end && nodes[at].detail != SCL_SHELL_THEN; at = nodes[at].end)
        if (nodes[at].detail == SCL_SHELL_OR && always_succeeds(walker, at) &&
            (nodes[at].end >= end || !is_pipe(&nodes[nodes[at].end])))
            until = at;
    *ret_chain_end = at;
    return until;
}

void
scl_shell_walk_list(struct scl_shell_walker *walker, uint32_t list,
                    const struct scl_shell_context *context)
{
    const struct scl_shell_node *nodes = walker->nodes;
    uint32_t end = nodes[list].end, at = list + 1;

    while (at < end && !walker->scratch.failed) {
        uint32_t chain_end, until = guarded_until(walker, at, end, &chain_end), flags = 0;

        if (nodes[at].flags & SCL_SHELL_IS_BACKGROUND)
            flags |= SCL_SHELL_BACKGROUND;
        while (at < chain_end) {
            struct scl_shell_context inner = *context;

            flags |= nodes[at].detail == SCL_SHELL_AND ? SCL_SHELL_AFTER_AND : 0;
            flags |= nodes[at].detail == SCL_SHELL_OR ? SCL_SHELL_AFTER_OR : 0;
            inner.flags |= flags | (at < until ? SCL_SHELL_GUARDED : 0);
            at = scl_shell_walk_pipeline(walker, at, chain_end, &inner);
        }
    }
}

/* Sorts the commands by pipeline, keeping their order. */
static bool
collect_members(struct scl_shell_walker *walker, struct scl_arena *arena,
                struct scl_shell_walk *ret)
{
    uint32_t *members = scl_arena_array(arena, walker->commands.count, sizeof *members), sum = 0;
    struct scl_shell_pipeline *pipelines = walker->pipelines.at;

    if (!members)
        return false;
    for (uint32_t i = 0; i < walker->commands.count; i++)
        pipelines[walker->commands.at[i].pipeline].count++;
    for (uint32_t i = 0; i < walker->pipelines.count; i++) {
        pipelines[i].first = sum;
        sum += pipelines[i].count;
        pipelines[i].count = 0;
    }
    for (uint32_t i = 0; i < walker->commands.count; i++) {
        struct scl_shell_pipeline *pipeline = &pipelines[walker->commands.at[i].pipeline];

        members[pipeline->first + pipeline->count++] = i;
    }
    ret->members = members;
    return true;
}

static bool
hand_over(struct scl_shell_walker *walker, struct scl_arena *arena, struct scl_shell_walk *ret)
{
    *ret = (struct scl_shell_walk){ .shell = walker->shell,
                                    .command_count = walker->commands.count,
                                    .pipeline_count = walker->pipelines.count };
    if (!collect_members(walker, arena, ret))
        return false;
    ret->commands = (const void *)scl_arena_copy(
        arena, walker->commands.at, walker->commands.count * sizeof *walker->commands.at);
    ret->pipelines = (const void *)scl_arena_copy(
        arena, walker->pipelines.at, walker->pipelines.count * sizeof *walker->pipelines.at);
    ret->words = (const void *)scl_arena_copy(arena, walker->words.at,
                                              walker->words.count * sizeof *walker->words.at);
    ret->feeds = (const void *)scl_arena_copy(arena, walker->feeds.at,
                                              walker->feeds.count * sizeof *walker->feeds.at);
    return ret->commands && ret->pipelines && ret->words && ret->feeds;
}

bool
scl_shell_walk(struct scl_arena *arena, const struct scl_shell *shell, struct scl_shell_walk *ret)
{
    struct scl_shell_walker walker = { .shell = shell, .nodes = shell->nodes };
    struct scl_shell_context context = { .output = NOBODY, .pipeline = NOBODY, .outer = NOBODY };
    bool is_done;

    *ret = (struct scl_shell_walk){ .shell = shell };
    scl_arena_init(&walker.scratch);
    scl_shell_walk_list(&walker, 0, &context);
    is_done = !walker.scratch.failed && hand_over(&walker, arena, ret);
    arena->failed |= !is_done;
    scl_arena_finish(&walker.scratch);
    return is_done;
}

struct scl_shell_argv
scl_shell_command_argv(const struct scl_shell_walk *walk, uint32_t command)
{
    const struct scl_shell_command *at = &walk->commands[command];

    return (struct scl_shell_argv){ .shell = walk->shell,
                                    .words = walk->words + at->words,
                                    .count = at->word_count };
}

struct scl_str
scl_shell_command_name(const struct scl_shell_walk *walk, uint32_t command)
{
    struct scl_shell_argv argv = scl_shell_command_argv(walk, command);

    return scl_shell_base_name(&argv, walk->commands[command].effective);
}

struct scl_shell_readers
scl_shell_readers(const struct scl_shell_walk *walk, uint32_t command)
{
    uint32_t feed = walk->commands[command].output;

    return (struct scl_shell_readers){ walk, feed,
                                       feed == NOBODY ? 0 : walk->feeds[feed].first };
}

bool
scl_shell_reader_next(struct scl_shell_readers *readers, uint32_t *ret_command)
{
    const struct scl_shell_walk *walk = readers->walk;

    while (readers->feed != NOBODY) {
        const struct scl_shell_feed *feed = &walk->feeds[readers->feed];

        while (readers->at < feed->end) {
            *ret_command = readers->at++;
            if (walk->commands[*ret_command].input == feed->input)
                return true;
        }
        readers->feed = feed->next;
        readers->at = readers->feed == NOBODY ? 0 : walk->feeds[readers->feed].first;
    }
    return false;
}
