/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sensitive.c: the secrets of a document
 *
 * A value is a secret by the name it is given (a variable, a build argument, an assignment, a label
 * or an option of that name), by its form, or because a copy shows it masked. Texts that the
 * reader made, by decoding or by expansion, may hold a token that the file does not show in one
 * piece: they are searched here.
 */
#include "document/sensitive.h"

#include "document/facts.h"
#include "document/mask.h"
#include "document/sensitive_parts.h"

struct collecting {
    const struct scl_document *document;
    const struct scl_secrets *secrets;
    struct scl_arena *arena;
    struct scl_sensitives *ret;
};

/* The field that names, and those that hold, of types that are pairs. */
struct pair {
    uint8_t type;
    uint16_t name, value, other;
};

static const struct pair pairs[] = {
    { SCL_TYPE_ENV, SCL_ENV_NAME, SCL_ENV_VALUE, SCL_NONE },
    { SCL_TYPE_ARG, SCL_ARG_NAME, SCL_ARG_VALUE, SCL_ARG_EFFECTIVE },
    { SCL_TYPE_INTERPOLATION, SCL_INTERPOLATION_NAME, SCL_INTERPOLATION_VALUE, SCL_NONE },
    { SCL_TYPE_ASSIGNMENT, SCL_ASSIGNMENT_NAME, SCL_ASSIGNMENT_VALUE, SCL_NONE },
};

static void
add(struct collecting *c, struct scl_str text, uint32_t origin)
{
    struct scl_sensitive *made = scl_vec_push(c->arena, &c->ret->list);
    const struct scl_origin *at = scl_document_origin(c->document, origin);

    if (!made)
        return;
    made->text = text;
    made->span = at->value;
    made->file = at->file;
}

static void
look_into(struct collecting *c, const struct scl_value *value, struct scl_str name)
{
    struct scl_str text = scl_value_text(value);
    const struct scl_secret_name *row = name.len ? scl_secrets_name(c->secrets, name) : NULL;

    if (value->kind != SCL_KIND_TEXT || !text.len)
        return;
    if (row && !scl_secrets_is_placeholder(text)) {
        add(c, text, value->origin);
        return;
    }
    if (!(value->flags & SCL_VALUE_IN_FILE) && scl_secrets_any(c->secrets, text, name))
        add(c, text, value->origin);
}

/* The pair that an object is, or NULL, and its name, or a text of length 0. */
static const struct pair *
find_pair(const struct collecting *c, uint32_t object, struct scl_str *ret_name)
{
    const struct scl_object *at = scl_document_object(c->document, object);

    *ret_name = scl_str_n("", 0);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct scl_value *name;

        if (at->type != pairs[i].type)
            continue;
        name = scl_document_value(c->document, object, pairs[i].name);
        if (name && name->kind == SCL_KIND_TEXT)
            *ret_name = scl_value_text(name);
        return &pairs[i];
    }
    return NULL;
}

/* `NAME=value` in a list of words, as in a command line. */
static struct scl_str
assigned_name(struct scl_str text, struct scl_value *value)
{
    size_t equals = scl_str_find_char(text, '=');

    if (equals == SIZE_MAX || equals == 0)
        return scl_str_n("", 0);
    value->as.text = text.at + equals + 1;
    value->length = (uint32_t)(text.len - equals - 1);
    return scl_str_sub(text, 0, equals);
}

static void
look_into_list(struct collecting *c, const struct scl_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        struct scl_value item = list->items[i];
        struct scl_str none = { "", 0 };

        if (item.kind != SCL_KIND_TEXT)
            continue;
        look_into(c, &item, list->keys ? list->keys[i] : none);
        if (!list->keys) {
            struct scl_str name = assigned_name(scl_value_text(&item), &item);

            while (name.len && name.at[0] == '-')
                name = scl_str_sub(name, 1, name.len);
            if (name.len)
                look_into(c, &item, name);
        }
    }
}

static void
look_into_object(struct collecting *c, uint32_t object)
{
    const struct scl_object *at = scl_document_object(c->document, object);
    struct scl_str name;
    const struct pair *pair = find_pair(c, object, &name);

    for (unsigned i = 0; i < at->count; i++) {
        const struct scl_value *value = &at->values[i];
        bool is_named = pair && (value->field == pair->value || value->field == pair->other);

        if (value->kind == SCL_KIND_TEXT)
            look_into(c, value, is_named ? name : scl_str_n("", 0));
        else if (value->kind == SCL_KIND_LIST || value->kind == SCL_KIND_MAP)
            look_into_list(c, value->as.list);
    }
}

/* The text without its quotes; of what is hidden whole, none. */
static void
add_hidden(struct collecting *c, const struct scl_hidden *hidden)
{
    struct scl_str text = scl_source_text(&c->document->files[hidden->file], hidden->span);
    struct scl_sensitive *made = scl_vec_push(c->arena, &c->ret->list);
    bool is_whole = text.len == c->document->files[hidden->file].text.len;
    bool is_quoted = text.len > 1 && (text.at[0] == '"' || text.at[0] == '\'') &&
                     text.at[text.len - 1] == text.at[0];

    if (!made)
        return;
    made->text = is_whole    ? scl_str_n("", 0)
                 : is_quoted ? scl_str_sub(text, 1, text.len - 2)
                             : text;
    made->span = hidden->span;
    made->file = hidden->file;
}

bool
scl_sensitive_collect(const struct scl_document *document, const struct scl_secrets *secrets,
                      struct scl_arena *arena, struct scl_sensitives *ret)
{
    struct collecting c = { document, secrets, arena, ret };

    for (uint32_t object = SCL_TYPE_COUNT; object < document->objects.count; object++)
        look_into_object(&c, object);
    for (uint32_t i = 0; i < document->hidden.count; i++)
        add_hidden(&c, &document->hidden.at[i]);
    return scl_sensitive_parts(document, secrets, arena, ret);
}

/* ---- notes ---- */

static void
mask_text(struct scl_document *d, const struct scl_mask *mask, struct scl_str *text)
{
    struct scl_text masked = { 0 };
    char *copy;

    if (scl_mask_text_is_clean(mask, *text))
        return;
    scl_mask_apply(mask, *text, &masked);
    copy = masked.failed ? NULL : scl_arena_copy(&d->arena, masked.at, masked.len);
    if (copy)
        *text = scl_str_n(copy, masked.len);
    else
        d->arena.failed = true;
    scl_text_finish(&masked);
}

static const struct scl_mask *
own_mask(const struct scl_document *d, const struct scl_secrets *secrets, struct scl_arena *scratch)
{
    struct scl_sensitives found = { { 0 } };
    struct scl_str *strings;

    if (!scl_sensitive_collect(d, secrets, scratch, &found))
        return NULL;
    strings = scl_arena_array(scratch, found.list.count, sizeof *strings);
    for (uint32_t i = 0; strings && i < found.list.count; i++)
        strings[i] = found.list.at[i].text;
    return strings ? scl_mask_new(scratch, secrets, strings, found.list.count) : NULL;
}

bool
scl_sensitive_mask_notes(struct scl_document *d)
{
    struct scl_arena scratch;
    const struct scl_secrets *secrets;
    const struct scl_mask *mask = NULL;

    if (!d->notes.list.count)
        return true;
    scl_arena_init(&scratch);
    secrets = scl_secrets_new(&scratch, scl_facts_builtin(), NULL);
    if (secrets && scl_sensitive_hide_cut(d, secrets, &scratch))
        mask = own_mask(d, secrets, &scratch);
    for (uint32_t i = 0; mask && i < d->notes.list.count; i++) {
        struct scl_note *note = &d->notes.list.at[i];

        mask_text(d, mask, &note->message);
        for (uint32_t h = 0; h < note->hints.count; h++)
            mask_text(d, mask, &note->hints.at[h].text);
    }
    scl_arena_finish(&scratch);
    return mask && !d->arena.failed;
}
