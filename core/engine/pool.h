/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.h: the Lua states of an engine, lent to threads
 */
#ifndef SCL_ENGINE_POOL_H
#define SCL_ENGINE_POOL_H

#include "engine/engine.h"

/* A judge for these kinds of subjects: a free one of the pool, or a new one. */
struct scl_judge *scl_pool_take(struct scantling_engine *engine, uint32_t subjects,
                                scantling_error **error);
/* Gives it back; where the pool is full it is freed. NULL is nothing. */
void scl_pool_give(struct scantling_engine *engine, struct scl_judge *judge);

#endif
