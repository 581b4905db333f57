/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.c: the memory of one run
 *
 * Blocks of at least BLOCK bytes, newest first; pieces are cut from the newest and aligned for
 * anything. Arrays double, so what growing leaves behind is at most what they hold.
 */
#include "pool.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 65536, ALIGN = 16, FIRST_ROOM = 8 };

struct cli_block {
    struct cli_block *next;
    size_t used, size;
};

void
cli_end_without_memory(void)
{
    fputs("scantling: out of memory\n", stderr);
    exit(2);
}

void
cli_pool_init(struct cli_pool *pool)
{
    pool->blocks = NULL;
}

void
cli_pool_finish(struct cli_pool *pool)
{
    while (pool->blocks) {
        struct cli_block *next = pool->blocks->next;

        free(pool->blocks);
        pool->blocks = next;
    }
}

static struct cli_block *
add_block(struct cli_pool *pool, size_t least)
{
    size_t size = least > BLOCK ? least : BLOCK;
    struct cli_block *block = calloc(1, size);

    if (!block)
        cli_end_without_memory();
    block->next = pool->blocks;
    block->size = size;
    block->used = (sizeof *block + ALIGN - 1) / ALIGN * ALIGN;
    pool->blocks = block;
    return block;
}

void *
cli_pool_alloc(struct cli_pool *pool, size_t size)
{
    struct cli_block *block = pool->blocks;
    size_t need;
    char *at;

    if (size > SIZE_MAX / 4)
        cli_end_without_memory();
    need = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (!block || block->size - block->used < need)
        block = add_block(pool, need + 2 * sizeof *block);
    at = (char *)block + block->used;
    block->used += need;
    return at;
}

char *
cli_pool_text(struct cli_pool *pool, const char *at, size_t length)
{
    char *copy = cli_pool_alloc(pool, length + 1);

    if (length)
        memcpy(copy, at, length);
    return copy;
}

char *
cli_pool_format_v(struct cli_pool *pool, const char *format, va_list arguments)
{
    va_list again;
    int length;
    char *text;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        cli_end_without_memory();
    text = cli_pool_alloc(pool, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *
cli_pool_format(struct cli_pool *pool, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = cli_pool_format_v(pool, format, arguments);
    va_end(arguments);
    return text;
}

void *
cli_pool_grow(struct cli_pool *pool, void *items, size_t count, size_t size)
{
    void *larger;

    if (count && (count < FIRST_ROOM || (count & (count - 1)) != 0))
        return items;
    if (count > SIZE_MAX / 8 / size)
        cli_end_without_memory();
    larger = cli_pool_alloc(pool, (count ? 2 * count : FIRST_ROOM) * size);
    if (count)
        memcpy(larger, items, count * size);
    return larger;
}

void
cli_names_add(struct cli_pool *pool, struct cli_names *names, const char *name)
{
    names->at = cli_pool_grow(pool, names->at, names->count, sizeof *names->at);
    names->at[names->count++] = name;
}

void
cli_names_split(struct cli_pool *pool, struct cli_names *names, const char *list)
{
    while (*list) {
        size_t length = strcspn(list, ",");

        if (length)
            cli_names_add(pool, names, cli_pool_text(pool, list, length));
        list += length + (list[length] == ',');
    }
}
