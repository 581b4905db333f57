/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_commands.h: commands on their way into a document, and what is known of tools
 */
#ifndef SCL_FORMATS_DOCKERFILE_COMMANDS_H
#define SCL_FORMATS_DOCKERFILE_COMMANDS_H

#include "formats/dockerfile_lower.h"
#include "formats/tool.h"
#include "syntax/shell.h"

struct scl_variable {
    struct scl_known value;
    bool is_fixed; /* as not known, whatever is set later */
};

struct scl_variables {
    struct scl_map names; /* -> values */
    SCL_VEC(struct scl_variable) values;
};

/* What holds while the commands of an instruction run, one after the other. */
struct scl_running {
    struct scl_lowering *l;
    struct scl_step *step;
    struct scl_known folder;     /* `cd` changes it */
    struct scl_str home;         /* of the user; of length 0: not known */
    const struct scl_str *mounts; /* targets of mounts whose contents are not kept */
    uint32_t mount_count;
    struct scl_variables variables; /* of the shell */
};

/* A command whose words are read by the table of tools. */
struct scl_tool_call {
    struct scl_running *running;
    struct scl_shell_argv argv;
    uint32_t effective;          /* the argument that names what is run */
    struct scl_str name;         /* base name of what is run */
    const struct scl_str *words; /* from there on: quotes removed, references kept */
    const uint32_t *origins, *objects; /* of the words */
    uint32_t count;
    uint32_t command;            /* node */
    struct scl_variables own;    /* set for it alone */
    struct scl_str output;       /* file that its output goes to, or of length 0 */
    uint32_t output_origin;
    struct scl_str input;        /* file that it reads as its input, or of length 0 */
    uint32_t input_origin;
    bool in_substitution;        /* its output becomes a word */
    bool in_branch;              /* it runs only where a condition holds */
};

/* A node of a command, in its instruction and, for a RUN, in the build and its stage. */
uint32_t scl_command_add(struct scl_lowering *l, const struct scl_step *step, uint32_t index,
                         struct scl_span span);
/* Sets its name, and the wrappers before it; `spans` are the places of its arguments up to the one
 * that names it. A wrapper covers what would have to go with it: the blanks behind. */
void scl_command_name(const struct scl_tool_call *call, const struct scl_span *spans);
/* Reads a body as shell text; `index` counts the commands of the instruction so far. */
void scl_script_lower(struct scl_lowering *l, struct scl_step *step, struct scl_str body,
                      const struct scl_shell_map *map, uint32_t index);
/* The state before the first command of an instruction (dockerfile_running.c). */
void scl_running_begin(struct scl_running *running, struct scl_lowering *l, struct scl_step *step);
/* A variable has this value from now on; or (scl_variable_fix) none that is known. */
void scl_variable_set(struct scl_arena *arena, struct scl_variables *variables,
                      struct scl_str name, struct scl_known value);
void scl_variable_fix(struct scl_arena *arena, struct scl_variables *variables,
                      struct scl_str name);
/* Takes what the words of a command set: `env A=1 tool`, `export A=1`, `read A`. */
void scl_call_variables(struct scl_tool_call *call);
/* What a command sees of a variable; `context` is its call. */
enum scl_lookup scl_call_lookup(void *context, struct scl_str name, struct scl_str *ret_value);

/* Packages that a stage leaves (dockerfile_packages.c): a command names one, may take away what is
 * no longer needed, may mark some. */
void scl_packages_change(const struct scl_tool_call *call,
                         const struct scl_package_command *command,
                         const struct scl_package *package, uint32_t object);
void scl_packages_left_over(const struct scl_tool_call *call, const struct scl_tool_reading *tool,
                            const struct scl_package_command *command);
void scl_packages_mark(const struct scl_tool_call *call, const struct scl_tool_reading *tool);

/* Sets what the words of the command mean (dockerfile_tools.c): its options, what it installs, adds
 * and removes, runs and verifies. */
void scl_tool_apply(struct scl_tool_call *call);
/* Sets what it runs and verifies (dockerfile_checks.c). */
void scl_checks_apply(const struct scl_tool_call *call, const struct scl_tool_reading *tool);

#endif
