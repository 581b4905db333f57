/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings_reader.h: the parts of the reader of settings
 */
#ifndef SCL_ENGINE_SETTINGS_READER_H
#define SCL_ENGINE_SETTINGS_READER_H

#include "engine/settings.h"
#include "syntax/tree.h"

struct scl_settings_reader {
    const struct scl_source *source;
    const struct scl_names *names;
    struct scl_arena *arena;
    struct scl_settings *settings;
    scantling_error **chain;
    bool has_given; /* the client gave files of policies */
    bool is_option; /* the text stands for an option, whose values are texts */
};

typedef void scl_setting_fn(struct scl_settings_reader *r, const struct scl_tree *tree);

struct scl_setting_key {
    const char *name;
    scl_setting_fn *read;
};

/* Appends an error at a value, or at a key. */
void scl_setting_refuse(struct scl_settings_reader *r, const struct scl_tree *at,
                        scantling_error *error);
void scl_setting_refuse_key(struct scl_settings_reader *r, const struct scl_tree *at,
                            scantling_error *error);
/* "PATH: expected WHAT, got a string", with what to write instead where that is clear. */
void scl_setting_refuse_kind(struct scl_settings_reader *r, const struct scl_tree *at,
                             const char *path, const char *expected);
/* An unknown key, with the nearest of a table ended by a row without a name. */
void scl_setting_refuse_unknown(struct scl_settings_reader *r, const struct scl_tree *at,
                                const char *path, const struct scl_setting_key *keys);
/* The text of a string that is not empty; else of length 0, and an error. */
struct scl_str scl_setting_text(struct scl_settings_reader *r, const struct scl_tree *at,
                                const char *path);
/* `NAME[INDEX]`, or of index 0 `NAME.KEY`, in the arena. */
const char *scl_setting_path(struct scl_settings_reader *r, const char *name, uint32_t index,
                             struct scl_str key);
/* Adds the text of a node. */
void scl_setting_add(struct scl_settings_reader *r, struct scl_texts *texts,
                     const struct scl_tree *at, struct scl_str text);
/* The place of an entry with its key, and of a member of a list. */
struct scl_setting_place scl_setting_place(const struct scl_settings_reader *r,
                                           const struct scl_tree *at);
/* Whether it is a list of strings; an error if it is not. */
bool scl_setting_is_list(struct scl_settings_reader *r, const struct scl_tree *at,
                         const char *path, const char *expected);
bool scl_setting_is_map(struct scl_settings_reader *r, const struct scl_tree *at,
                        const char *path);
/* Whether it names a policy; an error if it does not. `prefixes` may be the start of codes. */
bool scl_setting_names_policy(struct scl_settings_reader *r, const struct scl_tree *at,
                              const char *path, struct scl_str name, bool prefixes);

scl_setting_fn scl_setting_packs, scl_setting_only, scl_setting_skip, scl_setting_severity,
    scl_setting_params, scl_setting_suppress;

#endif
