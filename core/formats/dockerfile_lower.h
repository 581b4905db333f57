/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_lower.h: a Dockerfile on its way into a document
 *
 * Instructions are lowered once, in file order: each becomes a node, a step of its stage and, where
 * it sets variables, a change of that stage's scope. Afterwards the stages that reach the target
 * are found, and the image is folded from the steps of its chain.
 *
 * Invariants: all that is only needed on the way lies in `scratch`; texts that the document keeps
 * are slices of its source or lie in its own arena (scl_lower_keep). A stage's parent has a smaller
 * index, so chains end.
 */
#ifndef SCL_FORMATS_DOCKERFILE_LOWER_H
#define SCL_FORMATS_DOCKERFILE_LOWER_H

#include "document/build.h"
#include "formats/input.h"
#include "syntax/dockerfile.h"
#include "syntax/expand.h"

#define SCL_NO_STAGE UINT32_MAX

/* What a build sets where the base does not. */
#define SCL_DEFAULT_PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* A text that may not be known. */
struct scl_known {
    struct scl_str text;
    bool is_known;
};

struct scl_operand {
    struct scl_known value;
    uint32_t origin;
};

enum scl_truth { SCL_FALSE, SCL_TRUE, SCL_UNSURE };

/* What runs the shell forms. */
enum scl_shell_family { SCL_FAMILY_POSIX, SCL_FAMILY_OTHER };

/* What an instruction says, for the image that is folded from it. */
struct scl_step {
    const struct scl_docker_instruction *from;
    struct scl_operand *values; /* by kind: key and value of each pair, or words */
    uint32_t count;
    uint32_t object, origin, stage;
    bool is_later; /* a trigger of ONBUILD, which does not run now */
    bool has_pipefail; /* of a RUN: the shell was told so from outside of its text */
    SCL_VEC(struct scl_str) unkept; /* of a RUN: targets of mounts that stay out of the layer */
};

/* A list of a scope: the first members of an array that others share. */
struct scl_held_members {
    struct scl_value *items;
    uint32_t count, room;
};

struct scl_held_run {
    struct scl_held_members *members;
    uint32_t count;
    bool is_open;
};

struct scl_scope_node;
struct scl_package_change;
struct scl_layer_event;
struct scl_tools;

struct scl_stage {
    const struct scl_docker_instruction *from;
    struct scl_str name;   /* in lower case; of length 0: none */
    struct scl_known base; /* image that the chain starts from */
    const struct scl_base *given; /* the same, where it was given; else NULL */
    uint16_t given_file;
    struct scl_str base_end; /* what its reference ends with where it is not known */
    uint32_t base_origin, platform_origin, reference, origin, object;
    uint32_t parent;       /* or SCL_NO_STAGE */
    uint32_t first, end;   /* of the steps */
    uint64_t weight;       /* of the image it promises: how much that is made from */
    SCL_VEC(uint32_t) triggers; /* steps that run in a stage made from it */
    struct scl_scope_node *scope;
    uint32_t held; /* number of the last change (document/held.h) */
    struct scl_held_run env, args, users, groups;
    SCL_VEC(struct scl_package_change) changes; /* of packages, in order */
    SCL_VEC(const struct scl_package_change *) left; /* those that install what is left */
    SCL_VEC(struct scl_layer_event) events; /* of its layers, in order */
    struct scl_known workdir, platform, user;
    enum scl_truth is_anchored;
    enum scl_shell_family family;
    bool is_scratch, is_windows, is_target, in_image, contributes;
    bool has_workdir, has_shell, has_pipefail; /* of a WORKDIR and a SHELL so far */
    bool accounts_are_open;         /* there may be accounts that nothing tells of */
    bool packages_are_open;         /* and packages */
    bool user_is_likely_root;       /* nothing tells of the user */
};

struct scl_stage_use { /* a stage that is copied or mounted from */
    uint32_t user, used;
    struct scl_span span;
};

/* Which variables an expansion sees. */
enum scl_scope_kind {
    SCL_SCOPE_GLOBAL, /* those before the first FROM */
    SCL_SCOPE_DEFAULT, /* the same where no build argument is given */
    SCL_SCOPE_STAGE,
    SCL_SCOPE_LATER   /* of a build that is not this one */
};

/* A variable that is used and not declared, until its instruction has a node. */
struct scl_undeclared {
    struct scl_str name, suggestion;
    struct scl_span span;
    const char *operator; /* after its name, or NULL */
    enum scl_truth is_unset;
};

struct scl_lowering {
    struct scl_document *d;
    const struct scl_input *input;
    struct scl_arena scratch;
    struct scl_dockerfile file;
    const struct scl_docker_instruction *from; /* the one that is being lowered */
    uint32_t build;
    uint32_t index; /* of instructions */
    enum scl_scope_kind scope;
    uint32_t stage; /* the one that is being lowered */
    SCL_VEC(struct scl_stage) stages;
    SCL_VEC(struct scl_step) steps;
    SCL_VEC(struct scl_stage_use) uses;
    SCL_VEC(uint32_t) targets; /* stages */
    struct scl_map earlier; /* names of the stages so far */
    struct scl_map names;   /* of all stages; the last of a name counts */
    struct scl_map build_args;
    struct scl_map bases;   /* that were given, by reference -> number */
    uint16_t *base_files;   /* of each; 0: none so far */
    struct scl_map globals;   /* -> global_values */
    struct scl_map defaults;  /* -> global_values: those where no build argument is given */
    struct scl_map variables; /* numbers of names */
    SCL_VEC(struct scl_known) global_values;
    const struct scl_tools *tools; /* NULL: not needed so far */
    SCL_VEC(struct scl_undeclared) undeclared;
    uint32_t suggestions; /* that were looked for */
    uint64_t steps_left; /* of expansions */
    uint64_t tool_steps_left; /* of those of commands, and of globs over packages */
    uint64_t path_bytes_left; /* of paths that are made of others */
    uint32_t inherited_left;  /* packages that stages have from their parents */
    uint32_t copies_left;  /* of members of lists of scopes */
    uint32_t repeats_left; /* of triggers that run again in a stage */
    bool is_quiet; /* what is wrong with a word is not noted */
    struct scl_str logical, kept; /* the text of the instruction, and its copy once there is one */
};

/* The text as the document may keep it. */
struct scl_str scl_lower_keep(struct scl_lowering *l, struct scl_str text);
/* A word with its variables replaced and its quotes gone; what is wrong with it is noted. */
struct scl_known scl_lower_expand(struct scl_lowering *l, struct scl_str word,
                                  struct scl_span span);
/* What a word ends with whatever its variables hold. */
struct scl_str scl_lower_certain_end(struct scl_str word);
/* The same, split into words; false where they are not known. */
bool scl_lower_expand_words(struct scl_lowering *l, struct scl_str word, struct scl_span span,
                            struct scl_expansion *ret);
struct scl_expander scl_lower_expander(struct scl_lowering *l);
/* What the image of a FROM is where no build argument is given. */
struct scl_known scl_lower_default(struct scl_lowering *l, struct scl_str word,
                                   struct scl_span span);
/* Sets a text, or the field's state to unknown. */
void scl_lower_text(struct scl_lowering *l, uint32_t object, unsigned field,
                    struct scl_known value, uint32_t origin);
void scl_lower_item(struct scl_lowering *l, uint32_t object, unsigned field, struct scl_known value,
                    uint32_t origin);
/* Sets an entry of a map from its key and value, two operands. */
void scl_lower_entry(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_operand *pair);
/* Sets a truth, or the field's state to unknown. */
void scl_lower_truth(struct scl_lowering *l, uint32_t object, unsigned field, enum scl_truth truth,
                     uint32_t origin);
/* An origin whose place and value are the same. */
uint32_t scl_lower_origin(struct scl_lowering *l, struct scl_span span);
const struct scl_docker_flag *scl_lower_flag(const struct scl_docker_instruction *from,
                                             const char *name);
/* A copy in lower case. */
struct scl_str scl_lower_case(struct scl_lowering *l, struct scl_str text);
static inline struct scl_known
scl_known(struct scl_str text)
{
    return (struct scl_known){ text, true };
}

/* Hands the comments over, each with what it stands above (dockerfile_comments.c). */
void scl_comments_lower(struct scl_lowering *l);
/* Those above an instruction and the blank lines in it, as its own. */
void scl_comments_attach(struct scl_lowering *l, const struct scl_step *step);

/* What is kept out of the context (dockerfile_ignore.c). */
void scl_ignore_lower(struct scl_lowering *l);

/* Variables (dockerfile_scope.c). */
void scl_scope_begin(struct scl_lowering *l);
/* `value` is the default; the value that holds is returned. */
struct scl_known scl_scope_global(struct scl_lowering *l, const struct scl_docker_pair *pair,
                                  struct scl_known value);
void scl_scope_stage_begin(struct scl_lowering *l, struct scl_stage *stage);
struct scl_known scl_scope_arg(struct scl_lowering *l, const struct scl_docker_pair *pair,
                               struct scl_known value, uint32_t object);
/* `object`: the node that sets it, 0 where none does. */
void scl_scope_env(struct scl_lowering *l, struct scl_str name, struct scl_known value,
                   uint32_t object);
bool scl_scope_given(const struct scl_lowering *l, struct scl_str name, struct scl_str *ret_value);
enum scl_lookup scl_scope_lookup(void *context, struct scl_str name, struct scl_str *ret_value);
/* Whether an instruction before this one declares the name; UNSURE: the base image may. */
enum scl_truth scl_scope_declares(const struct scl_lowering *l, struct scl_str name);
/* The declared name that is like it, or one of length 0. */
struct scl_str scl_scope_suggest(const struct scl_lowering *l, struct scl_str name);

/* Variables that are used and not declared (dockerfile_undeclared.c): of a word that was expanded,
 * of the bodies of COPY and ADD; and all of them, as members of their instruction. */
void scl_undeclared_note(struct scl_lowering *l, const struct scl_expansion *expansion,
                         struct scl_str word, struct scl_span span);
void scl_undeclared_read_bodies(struct scl_lowering *l, const struct scl_step *step);
void scl_undeclared_lower(struct scl_lowering *l, uint32_t object);

/* Accounts of the stage: their names share the tree of its variables. */
void scl_scope_add_account(struct scl_lowering *l, struct scl_str name);
bool scl_scope_has_account(struct scl_lowering *l, struct scl_str name);

/* What holds when an instruction starts, as policies see it (dockerfile_held.c). */
enum { SCL_HELD_COPIES = 1000000 }; /* members, in all copies of lists of a document */
void scl_held_begin(struct scl_lowering *l, struct scl_stage *stage);
void scl_held_mark(struct scl_lowering *l, const struct scl_step *step);
void scl_held_user(struct scl_lowering *l, struct scl_known user, uint32_t origin);
void scl_held_folder(struct scl_lowering *l, uint32_t origin);
void scl_held_shell(struct scl_lowering *l, const struct scl_step *step);
void scl_held_account(struct scl_lowering *l, struct scl_str name, bool is_group);
/* `*at` is where the variable of that name stands in the list, from 1; 0: nowhere yet. */
void scl_held_variable(struct scl_lowering *l, bool is_env, uint32_t object, uint32_t *at);

/* Accounts (dockerfile_accounts.c): those of the base, and what changes them. */
struct scl_tool_call;
void scl_accounts_begin(struct scl_lowering *l, struct scl_stage *stage);
void scl_accounts_run(const struct scl_tool_call *call);
void scl_accounts_copied(struct scl_lowering *l, struct scl_known target);
/* Of commands that are not read. */
void scl_accounts_unread(struct scl_lowering *l);
enum scl_truth scl_accounts_have(struct scl_lowering *l, struct scl_known user);

/* The row of the first facts whose key fits an image, or SCL_FACTS_NONE. */
uint32_t scl_base_row(struct scl_lowering *l, const struct scl_facts_table *table,
                      struct scl_str base);

/* Base images that were given (dockerfile_base.c): indexes them; looks for that of a stage; starts
 * the stage from it. */
void scl_base_collect(struct scl_lowering *l);
void scl_base_find(struct scl_lowering *l, struct scl_stage *stage);
void scl_base_begin(struct scl_lowering *l, struct scl_stage *stage);
/* Sets a field, the user, or entries of a map, to what the image says; adds its variables but those
 * that were `replaced`. */
void scl_base_link(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
                   unsigned field);
void scl_base_user(struct scl_lowering *l, const struct scl_stage *stage, uint32_t image);
void scl_base_entries(struct scl_lowering *l, const struct scl_stage *stage, uint32_t object,
                      unsigned field);
void scl_base_variables(struct scl_lowering *l, const struct scl_stage *stage, uint32_t image,
                        const struct scl_map *replaced);

/* The text of one of its triggers, from 0, and where that is said; 0 past the last. */
uint32_t scl_base_trigger(struct scl_lowering *l, const struct scl_stage *stage, uint32_t index,
                          struct scl_str *ret_text);

/* Runs what the parent of the stage, or the image that was given for its base, leaves to whoever
 * builds on it (dockerfile_triggers.c). */
void scl_triggers_run(struct scl_lowering *l);

/* Users (dockerfile_users.c): that of the base, and what USER says. */
void scl_user_begin(struct scl_lowering *l, struct scl_stage *stage);
void scl_user_set(struct scl_lowering *l, struct scl_known user, uint32_t origin);
/* Sets who is the user when the instruction starts. */
/* Of the user, absolute; of length 0: not known. */
struct scl_str scl_user_home(struct scl_lowering *l);

/* Finds the packages that stages leave installed (dockerfile_packages.c). */
void scl_packages_settle(struct scl_lowering *l);
/* What is known of tools; NULL without memory. */
const struct scl_tools *scl_lower_tools(struct scl_lowering *l);

/* What instructions add and remove, and package commands that ask how they are configured, in order
 * (dockerfile_layers.c); and what each finds of what was added before it. */
void scl_layers_add(struct scl_lowering *l, const struct scl_step *step, uint32_t addition,
                    struct scl_known path);
void scl_layers_remove(struct scl_lowering *l, const struct scl_step *step, uint32_t removal,
                       struct scl_known path);
void scl_layers_ask(struct scl_lowering *l, const struct scl_step *step, uint32_t command,
                    const struct scl_str *paths, uint32_t count);
void scl_layers_settle(struct scl_lowering *l);

/* Stages (dockerfile_stages.c). */
void scl_stages_collect(struct scl_lowering *l);
void scl_stage_begin(struct scl_lowering *l, const struct scl_docker_instruction *from);
/* Finds the stages of the targets; one that does not exist is noted. */
void scl_stages_aim(struct scl_lowering *l);
/* Finds what reaches the targets (dockerfile_reach.c). */
void scl_stages_reach(struct scl_lowering *l);

/* What `--from` and `from=` name: a stage (`ret_stage`), an image, or neither where it is not
 * known or reserved. `takes_index`: a number is a stage. */
enum scl_from { SCL_FROM_STAGE, SCL_FROM_IMAGE, SCL_FROM_NOTHING };
enum scl_from scl_stages_from(struct scl_lowering *l, struct scl_str name, struct scl_span span,
                              bool takes_index);

/* The folder that the stage is in now. */
struct scl_known scl_stage_folder(const struct scl_lowering *l);

/* Instructions (dockerfile_instructions.c): makes the node and the step. */
void scl_instruction_lower(struct scl_lowering *l, const struct scl_docker_instruction *from,
                           bool is_later);
struct scl_operand *scl_step_room(struct scl_lowering *l, struct scl_step *step, uint32_t count);
/* One word that becomes a field (or SCL_NONE) and the only operand; its place: the instruction. */
struct scl_known scl_step_word(struct scl_lowering *l, struct scl_step *step, unsigned field);

/* By kind. */
/* Whether a path is absolute; what one that is not known whole begins with may tell. */
enum scl_truth scl_path_is_anchored(struct scl_known path, struct scl_str text, bool is_windows);
void scl_workdir_lower(struct scl_lowering *l, struct scl_step *step);
void scl_copy_lower(struct scl_lowering *l, struct scl_step *step);
void scl_heredocs_lower(struct scl_lowering *l, struct scl_step *step);
void scl_mounts_lower(struct scl_lowering *l, struct scl_step *step);
void scl_commands_lower(struct scl_lowering *l, struct scl_step *step);
/* The form, and the words of an exec form. */
void scl_commands_words(struct scl_lowering *l, struct scl_step *step);

/* Values that a build refuses are noted (dockerfile_check.c). */
void scl_check_image(struct scl_lowering *l, struct scl_str text, struct scl_span span);
void scl_check_platform(struct scl_lowering *l, struct scl_str text, struct scl_span span);
void scl_check_signal(struct scl_lowering *l, struct scl_str text, struct scl_span span);
void scl_check_mode(struct scl_lowering *l, struct scl_str text, struct scl_span span);
void scl_check_checksum(struct scl_lowering *l, struct scl_str text, struct scl_span span);

/* Images (dockerfile_image.c): those of the targets, then those of the other stages. */
void scl_images_promise(struct scl_lowering *l);

#endif
