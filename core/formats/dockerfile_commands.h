/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_commands.h: commands on their way into a document, and what is known of tools
 */
#ifndef SCL_FORMATS_DOCKERFILE_COMMANDS_H
#define SCL_FORMATS_DOCKERFILE_COMMANDS_H

#include "formats/dockerfile_lower.h"
#include "syntax/shell.h"

/* A command whose words are read by the table of tools. */
struct scl_tool_call {
    struct scl_lowering *l;
    struct scl_str name;         /* base name of what is run */
    const struct scl_str *words; /* quotes removed, references kept; the command first */
    const uint32_t *origins;     /* of the words */
    uint32_t count;
    uint32_t command, instruction; /* nodes */
    struct scl_known *folder;    /* the one it runs in; `cd` changes it */
    struct scl_str output;       /* file that its output goes to, or of length 0 */
    uint32_t output_origin;
    struct scl_str input;        /* file that it reads as its input, or of length 0 */
    uint32_t input_origin;
    bool in_substitution;        /* its output becomes a word */
};

/* A node of a command, in its instruction and, for a RUN, in the build and its stage. */
uint32_t scl_command_add(struct scl_lowering *l, const struct scl_step *step, uint32_t index,
                         struct scl_span span);
/* Sets its name, and the wrappers before it. */
void scl_command_name(struct scl_lowering *l, uint32_t command, const struct scl_shell_argv *argv,
                      struct scl_str name, uint32_t origin);
/* Reads a body as shell text; `index` counts the commands of the instruction so far. */
void scl_script_lower(struct scl_lowering *l, struct scl_step *step, struct scl_str body,
                      const struct scl_shell_map *map, uint32_t index);
/* Sets what the command adds, runs and verifies (dockerfile_tools.c). */
void scl_tool_apply(const struct scl_tool_call *call);

#endif
