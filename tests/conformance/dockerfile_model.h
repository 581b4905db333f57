/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_model.h: a Dockerfile that was read, as the JSON that the corpus expects
 */
#ifndef SCL_TESTS_DOCKERFILE_MODEL_H
#define SCL_TESTS_DOCKERFILE_MODEL_H

#include <jansson.h>

#include "syntax/dockerfile.h"

/* A text; `{"hex": ...}` where it is not UTF-8. */
json_t *model_text(struct scl_str text);
/* The nodes as the parser sees them: name, original, flags, args, heredocs, lines. */
json_t *model_nodes(const struct scl_dockerfile *file);
/* The parser's dump as s-expressions. */
json_t *model_dump(const struct scl_dockerfile *file);
/* Arguments before the first FROM, NULL where there are none; stages with their commands. */
json_t *model_global_args(const struct scl_dockerfile *file);
json_t *model_stages(struct scl_arena *arena, const struct scl_dockerfile *file);
/* One command with its values. */
json_t *model_command(struct scl_arena *arena, const struct scl_dockerfile *file,
                      const struct scl_docker_instruction *instruction);
json_t *model_warnings(const struct scl_dockerfile *file);
json_t *model_directive(const struct scl_dockerfile *file,
                        const struct scl_docker_directive *directive, const char *value_key);

#endif
