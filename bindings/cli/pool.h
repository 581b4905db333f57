/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.h: the memory of one run
 *
 * A run of the command line collects names, paths and messages and needs them until it ends; so
 * they come from one pool and go at once. Without memory there is nothing left to say but that:
 * the program ends, and no caller has to ask.
 *
 * Threads: one. What is read in parallel has memory of its own.
 */
#ifndef CLI_POOL_H
#define CLI_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct cli_block;

struct cli_pool {
    struct cli_block *blocks;
};

struct cli_names {
    const char **at;
    size_t count;
};

void cli_pool_init(struct cli_pool *pool);
void cli_pool_finish(struct cli_pool *pool);

/* `size` bytes of zeros. */
void *cli_pool_alloc(struct cli_pool *pool, size_t size);
/* A copy of `length` bytes, with a NUL after them. */
char *cli_pool_text(struct cli_pool *pool, const char *at, size_t length);
char *cli_pool_format(struct cli_pool *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *cli_pool_format_v(struct cli_pool *pool, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* The array with room for one more than `count` items: itself, or a larger copy. */
void *cli_pool_grow(struct cli_pool *pool, void *items, size_t count, size_t size);

void cli_names_add(struct cli_pool *pool, struct cli_names *names, const char *name);
/* Adds the pieces between commas; empty ones are none. */
void cli_names_split(struct cli_pool *pool, struct cli_names *names, const char *list);

/* Says that memory ran out, and ends the program with status 2. */
_Noreturn void cli_end_without_memory(void);

#endif
