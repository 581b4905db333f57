/* SPDX-License-Identifier: Apache-2.0 */
/*
 * common.c: versions, names of values, errors and buffers of the ABI
 */
#include "api/api.h"

#include "script/limits.h"

#include <stdlib.h>
#include <string.h>

/* ---- shared ---- */

struct scl_str
scl_api_text(const char *text, size_t length)
{
    if (!text)
        return scl_str_n("", 0);
    return length == SCANTLING_TERMINATED ? scl_str_c(text) : scl_str_n(text, length);
}

bool
scl_api_is_given(const char *text, size_t length)
{
    return text || length != SCANTLING_TERMINATED;
}

bool
scl_api_handle(const void *handle, const char *name, scantling_error **error)
{
    return handle || scl_fail(error, SCANTLING_STATUS_ARGUMENT, "%s is NULL", name);
}

bool
scl_api_give(void *ret, size_t size, const void *full, size_t full_size, size_t least)
{
    if (!ret || size < least)
        return false;
    memcpy(ret, full, size < full_size ? size : full_size);
    if (size > full_size)
        memset((char *)ret + full_size, 0, size - full_size);
    return true;
}

scantling_buffer *
scl_api_buffer(struct scl_text *text, bool good, scantling_error **error)
{
    scantling_buffer *buffer = good ? calloc(1, sizeof *buffer) : NULL;

    if (buffer)
        buffer->bytes = scl_text_detach(text, &buffer->length);
    scl_text_finish(text);
    if (good && (!buffer || !buffer->bytes)) {
        free(buffer);
        buffer = NULL;
        scl_fail_memory(error);
    }
    return buffer;
}

const char *
scl_api_return(struct scl_str text, size_t *ret_length)
{
    if (ret_length)
        *ret_length = text.len;
    return text.len ? text.at : "";
}

void
scl_api_set_place(scantling_mark *mark, struct scl_str path, struct scl_span span,
                  struct scl_position start, struct scl_position end)
{
    mark->path = path.len ? path.at : "";
    mark->path_length = path.len;
    mark->offset = span.offset;
    mark->length = span.length;
    mark->line = start.line;
    mark->column = start.column;
    mark->end_line = end.line;
    mark->end_column = end.column;
}

/* ---- version ---- */

const char *
scantling_version(void)
{
    return SCANTLING_VERSION;
}

int32_t
scantling_api_level(void)
{
    return SCANTLING_API_LEVEL;
}

/* ---- names of values ---- */

struct name {
    int32_t enumeration, value;
    const char *name;
};

#define LIMIT(id, name) { SCANTLING_ENUM_OPTION, SCANTLING_LIMIT_##id, name }

static const struct name names[] = {
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_OK, "ok" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_MEMORY, "memory" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_ARGUMENT, "argument" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_STATE, "state" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_UNSUPPORTED, "unsupported" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_POLICY, "policy" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_CANCELLED, "cancelled" },
    { SCANTLING_ENUM_STATUS, SCANTLING_STATUS_INTERNAL, "internal" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_NONE, "none" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_INFO, "info" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_LOW, "low" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_MEDIUM, "medium" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_HIGH, "high" },
    { SCANTLING_ENUM_SEVERITY, SCANTLING_SEVERITY_CRITICAL, "critical" },
    { SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_PASS, "pass" },
    { SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_FAIL, "fail" },
    { SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_INCONCLUSIVE, "inconclusive" },
    { SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_NOT_APPLICABLE, "not_applicable" },
    { SCANTLING_ENUM_VERDICT, SCANTLING_VERDICT_ERROR, "error" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_DECLARED, "declared" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_DEFAULT, "default" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_DERIVED, "derived" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_LINKED, "linked" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_UNKNOWN, "unknown" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_ABSENT, "absent" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_NULL, "null" },
    { SCANTLING_ENUM_STATE, SCANTLING_STATE_NOT_APPLICABLE, "not_applicable" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_PACK, "pack" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_POLICY, "policy" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_IGNORE, "ignore" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_DATE, "date" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_ASSUME, "assume" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_SUPPRESS, "suppress" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_FORMAT, "format" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_TARGET, "target" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_BUILD_ARG, "build_arg" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_VARIABLE, "variable" },
    { SCANTLING_ENUM_OPTION, SCANTLING_OPTION_ABOUT, "about" },
    LIMIT(POLICY_BYTES, "policy_bytes"),
    LIMIT(CONFIG_BYTES, "config_bytes"),
    LIMIT(STEPS, "steps"),
    LIMIT(TOTAL_STEPS, "total_steps"),
    LIMIT(MEMORY, "memory"),
    LIMIT(STRING_BYTES, "string_bytes"),
    LIMIT(FINDINGS, "findings"),
    LIMIT(RESULT_BYTES, "result_bytes"),
    LIMIT(BYTES, "bytes"),
    LIMIT(NODES, "nodes"),
    LIMIT(DEPTH, "depth"),
    LIMIT(ALIASES, "aliases"),
    LIMIT(LINE_BYTES, "line_bytes"),
    LIMIT(FILES, "files"),
    LIMIT(ENTRIES, "entries"),
    LIMIT(ENTRY_BYTES, "entry_bytes"),
};

const char *
scantling_enum_name(int32_t enumeration, int32_t value)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].enumeration == enumeration && names[i].value == value)
            return names[i].name;
    return "";
}

int32_t
scantling_enum_value(int32_t enumeration, const char *name, size_t length)
{
    struct scl_str wanted = scl_api_text(name, length);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].enumeration == enumeration && scl_str_is(wanted, names[i].name))
            return names[i].value;
    return -1;
}

/* ---- errors ---- */

scantling_status
scantling_error_status(const scantling_error *error)
{
    return error ? error->status : SCANTLING_STATUS_OK;
}

const char *
scantling_error_message(const scantling_error *error, size_t *ret_length)
{
    if (!error)
        return scl_api_return(scl_str_n("", 0), ret_length);
    return scl_api_return(scl_str_n(error->message, error->message_len), ret_length);
}

int32_t
scantling_error_mark(const scantling_error *error, scantling_mark *ret_mark, size_t size)
{
    scantling_mark mark = { .field = "", .text = "", .kind = SCANTLING_MARK_ERROR,
                            .document = SCANTLING_NONE };

    if (!error || !error->path)
        return 0;
    scl_api_set_place(&mark, scl_str_n(error->path, error->path_len), error->span, error->start,
                      error->end);
    return scl_api_give(ret_mark, size, &mark, sizeof mark, sizeof mark);
}

const char *
scantling_error_suggestion(const scantling_error *error, size_t index, size_t *ret_length)
{
    const struct scl_error_suggestion *suggestion = error ? error->suggestions : NULL;

    while (suggestion && index--)
        suggestion = suggestion->next;
    if (ret_length)
        *ret_length = suggestion ? suggestion->len : 0;
    return suggestion ? suggestion->text : NULL;
}

const scantling_error *
scantling_error_next(const scantling_error *error)
{
    return error ? error->next : NULL;
}

void
scantling_error_free(scantling_error *error)
{
    scl_error_free(error);
}

/* ---- buffers ---- */

const char *
scantling_buffer_bytes(const scantling_buffer *buffer, size_t *ret_length)
{
    if (!buffer)
        return scl_api_return(scl_str_n("", 0), ret_length);
    return scl_api_return(scl_str_n(buffer->bytes, buffer->length), ret_length);
}

void
scantling_buffer_free(scantling_buffer *buffer)
{
    if (buffer)
        free(buffer->bytes);
    free(buffer);
}
