/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_parts.h: what the files of tool.h share
 */
#ifndef SCL_FORMATS_TOOL_PARTS_H
#define SCL_FORMATS_TOOL_PARTS_H

#include "formats/tool.h"

/* ---- tools other than package managers (tool_table.c) ---- */

enum {
    SCL_TOOL_LONG_DASH = 1,  /* options of one dash are words, not clusters */
    SCL_TOOL_HAS_VERB = 2,   /* the first operand is a verb */
    SCL_TOOL_STOPS = 4,      /* options end at the first operand */
    SCL_TOOL_MODULES = 8,    /* options end behind -c and -m */
    SCL_TOOL_OPTION_VERB = 16, /* an option is the verb: -S, -ivh */
    SCL_TOOL_HANDS_ON = 32   /* what stands behind `--` is for another program */
};

struct scl_tool_row {
    const char *name;
    const char *letters; /* options of one letter that take a value */
    const char *words;   /* other options that take a value, divided by blanks */
    unsigned flags;
    const char *attached; /* options of one letter whose value is the rest of the word */
};

/* The row of a command or manager, also with a version behind its name; one without options that
 * take a value where there is none. */
const struct scl_tool_row *scl_tool_row(struct scl_str name);

/* ---- package managers (packages_facts.c) ---- */

enum scl_manager_column {
    SCL_MANAGER_NAME,
    SCL_MANAGER_FAMILY,
    SCL_MANAGER_COMMANDS,
    SCL_MANAGER_YES,
    SCL_MANAGER_YES_SETTINGS,
    SCL_MANAGER_NO_RECOMMENDS,
    SCL_MANAGER_NO_RECOMMENDS_SETTINGS,
    SCL_MANAGER_PINS,
    SCL_MANAGER_PIN_OPTIONS,
    SCL_MANAGER_NO_CACHE,
    SCL_MANAGER_NO_CACHE_VARIABLES,
    SCL_MANAGER_UNSIGNED,
    SCL_MANAGER_UNSIGNED_SETTINGS,
    SCL_MANAGER_FROZEN,
    SCL_MANAGER_PRODUCTION,
    SCL_MANAGER_CONFIGURATION,
    SCL_MANAGER_CLEAN_TEXT,
    SCL_MANAGER_COLUMNS
};

enum scl_cache_column {
    SCL_CACHE_MANAGER,
    SCL_CACHE_FOLDER,
    SCL_CACHE_KIND,
    SCL_CACHE_WHOSE,
    SCL_CACHE_CLEANED_BY,
    SCL_CACHE_VARIABLE,
    SCL_CACHE_COLUMNS
};

/* One of the commands of a manager. */
struct scl_manager_command {
    struct scl_str pattern; /* of the base name */
    struct scl_str option, value; /* "-m", "pip" behind it; or of length 0 */
    uint32_t manager;
    uint32_t next;          /* of the same first byte, plus 1 */
};

/* Rows of package_caches of one manager and kind: of these folders only one is there. */
enum { SCL_SIBLINGS = 6 };
struct scl_siblings {
    uint32_t rows[SCL_SIBLINGS];
    uint32_t count;
};

struct scl_tools {
    const struct scl_facts_table *managers, *verbs, *options, *caches;
    uint32_t manager_columns[SCL_MANAGER_COLUMNS];
    uint32_t cache_columns[SCL_CACHE_COLUMNS];
    uint32_t verb_column, action_column, operands_column, kind_column;
    SCL_VEC(struct scl_manager_command) commands;
    SCL_VEC(struct scl_siblings) siblings;
    uint32_t first[256]; /* of the commands by their first byte, plus 1; 0: those of any */
};

struct scl_fact_list { /* of texts: a cell */
    const struct scl_str *at;
    uint32_t count;
};

struct scl_rows { /* of by_key */
    uint32_t first, end;
};

struct scl_fact_list scl_facts_list(const struct scl_facts_table *table, uint32_t row,
                                    uint32_t column);
struct scl_fact_list scl_manager_list(const struct scl_tools *tools, uint32_t manager,
                                      enum scl_manager_column column);
struct scl_str scl_manager_text(const struct scl_tools *tools, uint32_t manager,
                                enum scl_manager_column column);
/* The manager of a command, which may need an option with a value (else of length 0); or NONE. */
uint32_t scl_manager_find(const struct scl_tools *tools, struct scl_str name,
                          struct scl_str option, struct scl_str value);
/* The row of "FIRST SECOND", of "FIRST" where the second is empty; or NONE. */
uint32_t scl_facts_pair(const struct scl_facts_table *table, struct scl_str first,
                        struct scl_str second);
/* The rows whose key begins with "FIRST ". */
struct scl_rows scl_facts_rows(const struct scl_facts_table *table, struct scl_str first);
/* Finds the verb of a manager's command; its words are taken from the operands. */
void scl_manager_verb(const struct scl_tools *tools, struct scl_tool_reading *tool);
/* The kind of an option that takes a value: "index"; of length 0: another option. */
struct scl_str scl_manager_option_kind(const struct scl_tools *tools, uint32_t manager,
                                       struct scl_str name);

/* ---- words and variables (tool_words.c) ---- */

/* Makes the words. False only without memory. */
bool scl_tool_words(struct scl_arena *arena, struct scl_tool_reading *tool);
/* The value of a variable; of length 0 where it is not known, not set or empty. */
struct scl_str scl_tool_variable(const struct scl_tool_input *input, struct scl_str name);

/* ---- packages (packages_operand.c, packages_list.c, packages_cache.c) ---- */

/* An operand that names a package. */
struct scl_package_operand {
    unsigned syntax;      /* of the manager: scl_package_syntax */
    struct scl_fact_list pins; /* operators between name and version */
    struct scl_package *package;
    bool word_is_known;
};

unsigned scl_package_syntax(struct scl_str manager);
/* Fills the package in. */
void scl_package_operand_read(const struct scl_package_operand *operand, struct scl_str text);
/* Sets a version that stands elsewhere. `is_exact`: whatever it looks like. */
void scl_package_version(const struct scl_package_operand *operand, struct scl_str version,
                         bool is_exact);
/* Whether a word takes a package away while others are installed: name- of apt, !name of apk. */
bool scl_package_is_refused(unsigned syntax, struct scl_str text);

void scl_packages_collect(const struct scl_tools *tools, struct scl_arena *arena,
                          const struct scl_tool_reading *tool, struct scl_package_command *command);
void scl_packages_caches(const struct scl_tools *tools, struct scl_arena *arena,
                         const struct scl_tool_reading *tool, struct scl_package_command *command);
/* Whether one of a manager's texts holds: options with or without a value, settings (`settings`),
 * variables in capitals, verbs. */
bool scl_manager_says(const struct scl_tools *tools, const struct scl_tool_reading *tool,
                      enum scl_manager_column column, bool settings);
/* Whether the user of a command may have the folder of a row of package_caches. */
bool scl_cache_is_used(const struct scl_tools *tools, const struct scl_tool_input *input,
                       uint32_t row);
/* The folder of a row of package_caches for the user of a command; of length 0 where the user has
 * none. */
struct scl_str scl_cache_folder(const struct scl_tools *tools, struct scl_arena *arena,
                                const struct scl_tool_input *input, uint32_t row);
/* Whether the command empties the folder of that row. */
bool scl_cache_is_cleaned(const struct scl_tools *tools, const struct scl_tool_reading *tool,
                          uint32_t row);
struct scl_str scl_cache_text(const struct scl_tools *tools, uint32_t row,
                              enum scl_cache_column column);

#endif
