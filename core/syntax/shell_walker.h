/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_walker.h: what the files of the walk over a shell tree share
 */
#ifndef SCL_SYNTAX_SHELL_WALKER_H
#define SCL_SYNTAX_SHELL_WALKER_H

#include "syntax/shell.h"

#define NOBODY SCL_SHELL_NOBODY

struct scl_shell_walker {
    struct scl_arena scratch;
    const struct scl_shell *shell;
    const struct scl_shell_node *nodes;
    SCL_VEC(struct scl_shell_command) commands;
    SCL_VEC(struct scl_shell_pipeline) pipelines;
    SCL_VEC(struct scl_shell_feed) feeds;
    SCL_VEC(uint32_t) words;
    uint32_t inputs; /* numbers given out */
};

/* What holds for a command because of where it stands. */
struct scl_shell_context {
    uint32_t flags, depth, input, output, pipeline, stage, outer;
};

/* shell_walk.c */
void scl_shell_walk_list(struct scl_shell_walker *walker, uint32_t list,
                         const struct scl_shell_context *context);
/* The pipeline that begins at `first`, in a list that ends at `end`; returns what follows it. */
uint32_t scl_shell_walk_pipeline(struct scl_shell_walker *walker, uint32_t first, uint32_t end,
                                 struct scl_shell_context *context);

/* shell_walk_command.c */
void scl_shell_walk_command(struct scl_shell_walker *walker, uint32_t node,
                            const struct scl_shell_context *context);
/* SCL_SHELL_OWN_INPUT, SCL_SHELL_OWN_OUTPUT: what the redirections of a command change. */
uint32_t scl_shell_redirected(const struct scl_shell_walker *walker, uint32_t command);
/* A feed to nobody yet, which goes on to `next`; NOBODY without memory. */
uint32_t scl_shell_new_feed(struct scl_shell_walker *walker, uint32_t next);
/* Says whom a feed reaches: those of an input among the commands walked since `first`. */
void scl_shell_fill_feed(struct scl_shell_walker *walker, uint32_t feed, uint32_t first,
                         uint32_t input);

#endif
