/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run_options.h: the options of `docker run`, `podman run` and `nerdctl run`
 *
 * One table says of each option what it takes and which field its reader sets. Words of a command
 * line are read by it as the programs do: short ones bundle (`-it`), a value stands behind `=` or
 * is the next word, of what is given twice the last counts or both do, and the first word that is
 * no option ends them.
 *
 *     struct scl_argv argv = ...;    // the words behind `run`
 *     uint32_t image = scl_run_options_read(&lowering, container, &argv, 0);
 *
 * Quadlet's PodmanArgs= is read by the same call.
 */
#ifndef SCL_FORMATS_RUN_OPTIONS_H
#define SCL_FORMATS_RUN_OPTIONS_H

#include "formats/json_rows.h"
#include "syntax/argv.h"

/* Reads the options of a container from the words at `first` on. Returns the index of the first
 * word that is none; of UINT32_MAX where that cannot be told, because an option before it is not
 * known: what was not said until then is unknown. */
uint32_t scl_run_options_read(struct scl_lowering *l, uint32_t object, const struct scl_argv *argv,
                              uint32_t first);
/* run_finish.c: sets what follows from the options that were read, all together. */
void scl_run_finish(struct scl_lowering *l, uint32_t object);
/* Makes unknown what the options could say and have not said. `at` is why. */
void scl_run_options_lose(struct scl_lowering *l, uint32_t object, const struct scl_tree *at);
/* The index behind the options of the program itself, as `docker --context x`; the count of words
 * where nothing follows. */
uint32_t scl_run_skip_globals(const struct scl_argv *argv, uint32_t first);
/* What the options can say, ended by NULL. The paths are the options. */
extern const struct scl_json_row *const scl_run_rows[];

#endif
