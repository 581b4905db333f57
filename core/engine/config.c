/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.c: what to judge with, as it was set
 */
#include "engine/config.h"

#include "script/params.h"

#include <stdlib.h>

struct scantling_config *
scl_config_new(scantling_error **error)
{
    struct scantling_config *config = calloc(1, sizeof *config);

    if (!config) {
        scl_fail_memory(error);
        return NULL;
    }
    scl_arena_init(&config->arena);
    config->suppresses = true;
    return config;
}

void
scl_config_free(struct scantling_config *config)
{
    if (!config)
        return;
    scl_error_free(config->errors);
    scl_arena_finish(&config->arena);
    free(config);
}

static struct scl_str
keep(struct scantling_config *config, struct scl_str text)
{
    return scl_str_n(scl_arena_copy(&config->arena, text.at, text.len), text.len);
}

static void
refuse(struct scantling_config *config, scantling_error *error)
{
    scl_error_append(&config->errors, error);
}

/* Adds each name of a list with commas. */
#define ADD_NAMES(config, vec, text) \
    do { \
        struct scl_str rest_ = keep(config, text), name_; \
        while (rest_.len && scl_str_cut(&rest_, ',', &name_)) { \
            struct scl_str *made_ = scl_vec_push(&(config)->arena, vec); \
            if (made_) \
                *made_ = scl_str_trim(name_); \
        } \
    } while (0)

void
scl_config_set_text(struct scantling_config *config, scantling_option option, struct scl_str text)
{
    struct scl_str *made;

    switch (option) {
    case SCANTLING_OPTION_PACK:
        ADD_NAMES(config, &config->packs, text);
        break;
    case SCANTLING_OPTION_POLICY:
        ADD_NAMES(config, &config->only, text);
        break;
    case SCANTLING_OPTION_IGNORE:
        ADD_NAMES(config, &config->ignored, text);
        break;
    case SCANTLING_OPTION_DATE:
        if (!scl_is_date(text))
            refuse(config, scl_error_new(SCANTLING_STATUS_ARGUMENT, "'%.*s' is no date; write "
                                         "YYYY-MM-DD", SCL_ARG(text)));
        config->date = keep(config, text);
        break;
    case SCANTLING_OPTION_ASSUME:
        made = scl_vec_push(&config->arena, &config->assumptions);
        if (made)
            *made = keep(config, text);
        break;
    case SCANTLING_OPTION_SUPPRESS:
        config->suppresses = !scl_str_is(text, "none");
        if (config->suppresses && !scl_str_is(text, "all"))
            refuse(config, scl_error_new(SCANTLING_STATUS_UNSUPPORTED,
                                         "suppressions are 'all' or 'none', not '%.*s'",
                                         SCL_ARG(text)));
        break;
    default:
        refuse(config, scl_error_new(SCANTLING_STATUS_UNSUPPORTED,
                                     "a config has no text option %d", (int)option));
        break;
    }
}

void
scl_config_set_int(struct scantling_config *config, scantling_option option, int64_t value)
{
    uint64_t *limit = scl_lua_limit(&config->limits, option);

    if (!limit)
        refuse(config, scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "a config has no number %d",
                                     (int)option));
    else if (value < 0)
        refuse(config, scl_error_new(SCANTLING_STATUS_ARGUMENT, "limit %s is negative",
                                     scl_lua_limit_name(option)));
    else
        *limit = (uint64_t)value;
}

void
scl_config_add_file(struct scantling_config *config, int32_t kind, struct scl_str name,
                    struct scl_str text)
{
    struct scl_config_file *file;

    if (kind < SCANTLING_FILE_POLICY || kind > SCANTLING_FILE_BASELINE) {
        refuse(config, scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "a config has no files of kind "
                                     "%d", (int)kind));
        return;
    }
    file = scl_vec_push(&config->arena, &config->files);
    if (!file)
        return;
    file->kind = kind;
    file->name = keep(config, name);
    file->text = keep(config, text);
}
