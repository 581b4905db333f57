/* SPDX-License-Identifier: Apache-2.0 */
/*
 * build_parts.c: values that are written as one text and read as several fields
 */
#include "document/build.h"

#include "syntax/reference.h"

#include <string.h>

/* Fields of a reference and of a user, in the order of fields.h. */
enum { R_RAW, R_NAME, R_REGISTRY, R_REPOSITORY, R_TAG, R_DIGEST, R_DIGEST_ALGO, R_ID, R_PIN };
enum { U_RAW, U_UID, U_GID, U_NAME, U_GROUP };

static void
derived_text(struct scl_document *d, uint32_t object, unsigned field, struct scl_str text,
             uint32_t origin)
{
    if (text.len)
        scl_build_text(d, object, field, text, origin);
}

void
scl_build_reference(struct scl_document *d, uint32_t object, unsigned raw_field,
                    struct scl_str text, uint32_t origin)
{
    struct scl_reference r;
    uint32_t follows;

    scl_build_text(d, object, raw_field, text, origin);
    if (!scl_reference_parse(&d->arena, text, &r))
        return;
    follows = scl_build_derived(d, object, raw_field);
    derived_text(d, object, raw_field + R_NAME, r.name, follows);
    derived_text(d, object, raw_field + R_REGISTRY, r.registry, follows);
    derived_text(d, object, raw_field + R_REPOSITORY, r.repository, follows);
    derived_text(d, object, raw_field + R_TAG, r.tag, follows);
    derived_text(d, object, raw_field + R_DIGEST, r.digest, follows);
    derived_text(d, object, raw_field + R_DIGEST_ALGO, r.digest_algo, follows);
    derived_text(d, object, raw_field + R_ID, r.id, follows);
    scl_build_text(d, object, raw_field + R_PIN, scl_str_c(r.pin), follows);
}

/* Tag, digest and pin of whatever ends so; false where that does not tell them. */
static bool
read_end(struct scl_document *d, struct scl_str end, struct scl_reference *ret)
{
    char *text;

    /* Only behind one of these does what comes before no longer matter. */
    if (scl_str_find_char(end, '/') == SIZE_MAX && scl_str_find_char(end, ':') == SIZE_MAX &&
        scl_str_find_char(end, '@') == SIZE_MAX)
        return false;
    text = scl_arena_alloc(&d->arena, end.len + 1);
    if (!text)
        return false;
    text[0] = 'x';
    memcpy(text + 1, end.at, end.len);
    return scl_reference_parse(&d->arena, scl_str_n(text, end.len + 1), ret) && ret->is_valid;
}

void
scl_build_reference_unknown(struct scl_document *d, uint32_t object, unsigned raw_field,
                            struct scl_str end, uint32_t origin)
{
    struct scl_reference r;
    bool has_end = read_end(d, end, &r);
    uint32_t follows;

    scl_build_empty(d, object, raw_field, SCANTLING_STATE_UNKNOWN, origin);
    follows = scl_build_derived(d, object, raw_field);
    for (unsigned part = R_NAME; part <= R_PIN; part++)
        if (!has_end || part < R_TAG)
            scl_build_empty(d, object, raw_field + part, SCANTLING_STATE_UNKNOWN, follows);
    if (!has_end)
        return;
    derived_text(d, object, raw_field + R_TAG, r.tag, follows);
    derived_text(d, object, raw_field + R_DIGEST, r.digest, follows);
    derived_text(d, object, raw_field + R_DIGEST_ALGO, r.digest_algo, follows);
    scl_build_text(d, object, raw_field + R_PIN, scl_str_c(r.pin), follows);
}

/* A name of digits alone is an id, as the engines take it. */
static void
name_or_id(struct scl_document *d, uint32_t object, unsigned name, unsigned id, struct scl_str text,
           uint32_t origin)
{
    int64_t number;

    if (text.len && scl_is_digit(text.at[0]) && scl_str_int(text, &number))
        scl_build_int(d, object, id, number, origin);
    else if (text.len)
        scl_build_text(d, object, name, text, origin);
}

void
scl_build_user(struct scl_document *d, uint32_t object, unsigned raw_field, struct scl_str text,
               uint32_t origin)
{
    uint32_t follows;
    size_t colon = scl_str_find_char(text, ':');

    scl_build_text(d, object, raw_field, text, origin);
    follows = scl_build_derived(d, object, raw_field);
    name_or_id(d, object, raw_field + U_NAME, raw_field + U_UID, scl_str_sub(text, 0, colon),
               follows);
    if (colon != SIZE_MAX)
        name_or_id(d, object, raw_field + U_GROUP, raw_field + U_GID,
                   scl_str_sub(text, colon + 1, text.len), follows);
}

uint32_t
scl_build_port(struct scl_document *d, uint32_t object, unsigned field, struct scl_str text,
               uint32_t origin, uint32_t value)
{
    uint32_t made = scl_build_object(d, object, field, origin);
    size_t slash = scl_str_find_char(text, '/');
    int64_t number;

    if (!made)
        return 0;
    if (scl_str_int(scl_str_sub(text, 0, slash), &number) && number >= 0 && number <= UINT16_MAX)
        scl_build_int(d, made, SCL_PORT_CONTAINER_PORT, number, value);
    else
        scl_build_empty(d, made, SCL_PORT_CONTAINER_PORT, SCANTLING_STATE_UNKNOWN, value);
    scl_build_text(d, made, SCL_PORT_PROTOCOL,
                   slash == SIZE_MAX ? SCL_S("tcp") : scl_str_sub(text, slash + 1, text.len),
                   value);
    return made;
}
