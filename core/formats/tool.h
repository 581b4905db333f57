/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool.h: what the words of a command mean
 *
 * A command is read in three steps, each of which needs only the one before it:
 *
 *     const struct scl_tools *tools = scl_tools_new(arena, facts);         // once
 *     struct scl_tool_reading tool;
 *     if (!tools || !scl_tool_read(tools, arena, &input, &tool)) ...       // no memory
 *     if (scl_package_read(tools, arena, &tool, &packages)) ...            // a package command
 *     scl_tool_paths(tools, arena, &tool, &paths);                         // writes and removes
 *
 * Options of package managers and their verbs are facts (package_managers, package_verbs,
 * package_options, package_caches), those of other tools a table of tool_table.c.
 *
 * Words are what the shell makes of them: references are replaced where the variable is known, and
 * a word that is not quoted may become several or none. What is not known stays as it is written.
 *
 * All results lie in the arena or are slices of facts, of the argument vector and of the values of
 * variables, which must outlive them. A result that is not complete for want of memory can be told
 * by `arena->failed`.
 */
#ifndef SCL_FORMATS_TOOL_H
#define SCL_FORMATS_TOOL_H

#include "base/vec.h"
#include "document/facts.h"
#include "syntax/expand.h"
#include "syntax/shell.h"

#define SCL_TOOL_NONE UINT32_MAX

/* Facts made ready for look-ups; immutable. NULL without memory. */
struct scl_tools;
const struct scl_tools *scl_tools_new(struct scl_arena *arena, const struct scl_facts *facts);

/* A command and what is known around it. */
struct scl_tool_input {
    struct scl_shell_argv argv;
    uint32_t effective;    /* the argument that names what is run in the end: scl_shell_unwrap */
    struct scl_str home;   /* of the user, absolute; of length 0: not known, and `~` stays */
    struct scl_str folder; /* that it runs in, absolute; of length 0: not known */
    struct scl_str output; /* file that its output goes to; of length 0: none */
    const struct scl_str *mounts; /* targets, absolute and clean, of mounts whose contents are */
    uint32_t mount_count;         /* not kept: cache and tmpfs */
    scl_lookup_fn lookup;  /* variables; NULL: none is known */
    void *context;
    uint64_t *steps;       /* of expansions: scl_expander; may be NULL */
};

struct scl_tool_word {
    struct scl_str text; /* its value, else as written: quotes removed, references kept */
    uint32_t argument;   /* of the vector; several words may come of one */
    bool is_known;
};

struct scl_tool_option {
    struct scl_str name;  /* "--yes", "-y"; of a cluster one each; "-modfile" where tools do so */
    struct scl_str value; /* `at` NULL: none */
    uint32_t word;        /* it stands in */
    uint32_t value_word;  /* that holds the value, `word` where it follows there; or NONE */
};

struct scl_tool_reading {
    const struct scl_tool_input *input;
    struct scl_str name; /* base name of the command; `at` NULL where it is not known */
    SCL_VEC(struct scl_tool_word) words; /* the command first */
    SCL_VEC(struct scl_tool_option) options;
    SCL_VEC(uint32_t) operands; /* words; without those of the verb */
    struct scl_str verb; /* "install", "cache clean", "-Syu"; of length 0: none */
    uint32_t verb_word;  /* the last of its words; NONE where options are the verb */
    uint32_t manager;    /* row of package_managers, or NONE */
    uint32_t verb_row;   /* row of package_verbs, or NONE */
    bool is_open;        /* a word is not known: there may be more options and operands */
};

/* False only without memory. `input` is borrowed. */
bool scl_tool_read(const struct scl_tools *tools, struct scl_arena *arena,
                   const struct scl_tool_input *input, struct scl_tool_reading *ret);
/* The first option of that name behind `after` (NULL: of all), or NULL. */
const struct scl_tool_option *scl_tool_option(const struct scl_tool_reading *tool, const char *name,
                                              const struct scl_tool_option *after);

/* The name of an option of one letter or digit; the same text each time. */
struct scl_str scl_tool_letter_name(char letter);

/* A path as the command means it: clean, absolute where the folder is known, `~` the home. */
struct scl_str scl_tool_path(struct scl_arena *arena, const struct scl_tool_input *input,
                             struct scl_str path);

/* ---- packages ---- */

enum scl_package_action {
    SCL_PACKAGE_INSTALL,
    SCL_PACKAGE_REFRESH,
    SCL_PACKAGE_UPGRADE,
    SCL_PACKAGE_REMOVE,
    SCL_PACKAGE_CLEAN
};

enum scl_package_kind {
    SCL_PACKAGE_REGISTRY,
    SCL_PACKAGE_FILE,
    SCL_PACKAGE_URL, /* an archive or a repository */
    SCL_PACKAGE_GROUP,
    SCL_PACKAGE_VIRTUAL
};

/* EXACT: one version, also of a URL that is no repository, or of a repository's commit or tag.
 * RANGE: some versions, also where constraints are given. */
enum scl_package_pin { SCL_PIN_NONE, SCL_PIN_RANGE, SCL_PIN_EXACT };

struct scl_package {
    struct scl_str name;
    struct scl_str version; /* without its operator; of length 0: none */
    uint32_t word;          /* it stands in */
    uint8_t kind, pin;      /* scl_package_kind, scl_package_pin */
    bool is_known;          /* its name; a kind REGISTRY without it may be another */
    bool is_pin_known;
    bool is_version_known;
    bool is_frozen;         /* from a snapshot of the index */
};

struct scl_package_command {
    struct scl_str manager, family; /* "apt-get"; "os" or "lang" */
    struct scl_str verb;
    enum scl_package_action action;
    SCL_VEC(struct scl_package) packages;
    SCL_VEC(struct scl_str) caches; /* folders it leaves; `~` where the home is not known. Of those
                                       that stand for each other (see scl_tool_paths) the first */
    struct scl_str clean_text;      /* of length 0: none */
    const struct scl_str *configuration; /* files and folders of its settings */
    uint32_t configuration_count;
    struct scl_str virtual_name;    /* under which the packages are added; of length 0: none */
    bool assumes_yes;
    bool skips_recommended;
    bool is_frozen;     /* what it installs is what the lock file says */
    bool is_production; /* development packages stay out */
    bool is_unsigned;   /* signatures are not checked */
};

/* Names as the policy language has them: "install", "registry", "none". */
const char *scl_package_action_name(enum scl_package_action action);
const char *scl_package_kind_name(enum scl_package_kind kind);
const char *scl_package_pin_name(enum scl_package_pin pin);

/* False where it is no package command. */
bool scl_package_read(const struct scl_tools *tools, struct scl_arena *arena,
                      const struct scl_tool_reading *tool, struct scl_package_command *ret);

/* ---- paths ---- */

struct scl_tool_addition {
    struct scl_str path;   /* clean; absolute where the folder is known */
    const char *how;       /* "download", "redirect", "copy", "move", "clone" */
    struct scl_str source; /* URL, or path like `path`; of length 0: none */
    uint32_t word;         /* that says it, or NONE: the redirection */
};

struct scl_tool_removal {
    struct scl_str path;  /* as of additions; `x` for `x` followed by a lone asterisk */
    const char *how;      /* "delete", "move", "clean" */
    uint32_t word;
};

struct scl_tool_paths {
    SCL_VEC(struct scl_tool_addition) additions;
    SCL_VEC(struct scl_tool_removal) removals;
};

/* Of cache folders that a manager uses in different versions or images, the removal of one stands
 * for the others too: only one of them is there. */
void scl_tool_paths(const struct scl_tools *tools, struct scl_arena *arena,
                    const struct scl_tool_reading *tool, struct scl_tool_paths *ret);

#endif
