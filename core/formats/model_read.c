/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model_read.c: fields of the model from JSON, by the schema
 *
 * One walk serves all types: a member of a map is the field of its name, and the schema says what
 * it must look like. Fields are set in the order of the schema, whatever theirs in the text is,
 * because some are made of others: the parts of an image reference and of a user come from `raw`,
 * and what is listed on its own replaces them.
 *
 * What is listed as a default is left out where the runtime is known, so that a link or an
 * assumption may say better; what is listed as derived is kept for what cannot be derived again.
 */
#include "formats/model_read.h"

#include "document/defaults.h"
#include "document/mask.h"
#include "formats/companions.h"

enum { MOST_NOTES = 100 };

/* ---- places ---- */

/* The file of that path; UINT16_MAX: it is not given, which is said where places are told in it. */
static uint16_t
file_at(struct scl_model_reading *r, struct scl_str path, const struct scl_tree *span)
{
    struct scl_map_entry *known = scl_map_find(&r->files, path);
    uint16_t file = UINT16_MAX;

    if (known)
        return (uint16_t)known->value;
    if (scl_companion_read(r->l.d, r->l.input, path, &file) != SCL_COMPANION_GIVEN)
        file = UINT16_MAX;
    if (file == UINT16_MAX && r->places && r->l.noted++ < MOST_NOTES)
        scl_note_add(&r->l.d->notes, SCL_NOTE_INFO, span->span,
                     "'%.*s' is not at hand, so that places in it are told here", SCL_ARG(path));
    scl_map_put(&r->files, path, file);
    return file;
}

uint32_t
scl_model_origin(struct scl_model_reading *r, const struct scl_tree *span,
                 const struct scl_tree *node)
{
    struct scl_str path = r->source, own;
    int64_t offset, length;
    struct scl_span place;
    uint16_t file;

    if (!span)
        return scl_rows_origin(&r->l, node);
    own = scl_rows_text_at(span, "path");
    path = own.len ? own : path;
    if (!scl_tree_int(scl_tree_find(span, SCL_S("offset")), &offset) ||
        !scl_tree_int(scl_tree_find(span, SCL_S("length")), &length) || !path.len)
        return scl_rows_origin(&r->l, node);
    file = file_at(r, path, span);
    if (file == UINT16_MAX)
        return scl_rows_origin(&r->l, node);
    if (offset < 0 || length < 0 || length > (int64_t)r->l.d->files[file].text.len ||
        offset > (int64_t)r->l.d->files[file].text.len - length) {
        scl_rows_refuse(&r->l, 0, SCL_NONE, span, "this place lies outside of its file");
        return scl_rows_origin(&r->l, node);
    }
    place = (struct scl_span){ (uint32_t)offset, (uint32_t)length };
    return scl_build_file_origin(r->l.d, file, place, place);
}

static uint32_t
origin_of(struct scl_model_reading *r, const struct scl_tree *node)
{
    return scl_model_origin(r, scl_tree_find(r->places, scl_text_str(&r->path)), node);
}

/* ---- states ---- */

/* As what the field is listed; absent: it is in no list. */
static scantling_state
state_of(const struct scl_model_reading *r)
{
    const struct scl_map_entry *listed = scl_map_find(&r->states, scl_text_str(&r->path));

    return listed ? (scantling_state)listed->value : SCANTLING_STATE_ABSENT;
}

/* Whether the runtime would fill a field in. */
static bool
has_default(const struct scl_model_reading *r, unsigned field)
{
    const struct scl_document *d = r->l.d;
    struct scl_reading filled = { .state = SCANTLING_STATE_ABSENT };

    scl_default_read(d->subjects.at[d->subjects.count - 1].family, field, &filled);
    return filled.state == SCANTLING_STATE_DEFAULT;
}

/* What is null: unknown where it is listed so, no limit where that can be said, else nothing, which
 * no default takes the place of. */
static void
read_null(struct scl_model_reading *r, uint32_t object, unsigned field,
          const struct scl_tree *node)
{
    scantling_state state = state_of(r);

    if (state == SCANTLING_STATE_UNKNOWN ||
        (state == SCANTLING_STATE_DECLARED && scl_field(field)->flags & SCL_FIELD_UNLIMITED))
        scl_build_empty(r->l.d, object, field, state, origin_of(r, node));
    else if (state == SCANTLING_STATE_ABSENT && has_default(r, field))
        scl_build_empty(r->l.d, object, field, SCANTLING_STATE_NULL, origin_of(r, node));
}

/* ---- values ---- */

/* Whether a text that must be one is known: of a secret nobody is told what it is. */
static bool
is_known(struct scl_model_reading *r, uint32_t object, const struct scl_tree *node)
{
    return node->kind != SCL_TREE_NULL &&
           scl_rows_expect(&r->l, object, SCL_NONE, node, SCL_TREE_STRING) &&
           scl_str_find(scl_tree_text(node), SCL_S(SCL_MASK_TEXT)) == SIZE_MAX;
}

size_t
scl_model_masks(struct scl_str text)
{
    static const struct scl_str mask = SCL_STR(SCL_MASK_TEXT);
    size_t count = 0, at;

    for (; (at = scl_str_find(text, mask)) != SIZE_MAX; count++)
        text = scl_str_sub(text, at + mask.len, text.len);
    return count;
}

/* A secret is one too in the file that the model was made of. */
static void
hide(struct scl_model_reading *r, const struct scl_tree *node, uint32_t at)
{
    const struct scl_origin *origin = scl_document_origin(r->l.d, at);
    size_t masks = scl_model_masks(scl_tree_text(node));
    struct scl_hidden *made;

    if (!masks || !origin->file)
        return;
    r->hidden += masks;
    made = scl_vec_push(&r->l.d->arena, &r->l.d->hidden);
    if (made)
        *made = (struct scl_hidden){ origin->value, (uint16_t)origin->file };
}

static void
read_text(struct scl_model_reading *r, uint32_t object, unsigned field,
          const struct scl_tree *node, uint32_t origin)
{
    struct scl_str text = scl_tree_text(node);

    hide(r, node, origin);
    if (!is_known(r, object, node))
        scl_build_empty(r->l.d, object, field, SCANTLING_STATE_UNKNOWN, origin);
    else if (field == SCL_CONTAINER_IMAGE_RAW || field == SCL_IMAGE_BASE_RAW)
        scl_build_reference(r->l.d, object, field, text, origin);
    else if (field == SCL_CONTAINER_USER_RAW || field == SCL_IMAGE_USER_RAW)
        scl_build_user(r->l.d, object, field, text, origin);
    else
        scl_build_text(r->l.d, object, field, text, origin);
}

static void
read_number(struct scl_model_reading *r, uint32_t object, unsigned field,
            const struct scl_tree *node, uint32_t origin)
{
    int64_t number;
    bool exact;

    if (!scl_rows_expect(&r->l, object, field, node, SCL_TREE_NUMBER))
        return;
    if (scl_field(field)->kind == SCL_KIND_INT && scl_tree_int(node, &number))
        scl_build_int(r->l.d, object, field, number, origin);
    else if (scl_field(field)->kind == SCL_KIND_DECIMAL && scl_tree_nano(node, &number, &exact))
        scl_build_decimal(r->l.d, object, field, number, origin);
    else
        scl_rows_refuse(&r->l, object, field, node, "this number is not one that the field takes");
}

static void
read_bool(struct scl_model_reading *r, uint32_t object, unsigned field,
          const struct scl_tree *node, uint32_t origin)
{
    bool truth;

    if (scl_rows_expect(&r->l, object, field, node, SCL_TREE_BOOL) && scl_tree_bool(node, &truth))
        scl_build_bool(r->l.d, object, field, truth, origin);
}

static void
read_object(struct scl_model_reading *r, uint32_t object, unsigned field,
            const struct scl_tree *node)
{
    uint32_t member;

    if (!scl_rows_expect(&r->l, 0, SCL_NONE, node, SCL_TREE_MAP))
        return;
    member = scl_build_object(r->l.d, object, field, origin_of(r, node));
    if (member)
        scl_model_read_members(r, member, SCL_NONE, node);
}

static void
read_list(struct scl_model_reading *r, uint32_t object, unsigned field,
          const struct scl_tree *node, uint32_t origin)
{
    size_t length = r->path.len;
    bool has_objects = scl_type(scl_field(field)->of)->count > 0;

    if (!scl_rows_expect(&r->l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(r->l.d, object, field, origin);
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        scl_text_f(&r->path, "[%u]", (unsigned)(i + 1));
        if (has_objects)
            read_object(r, object, field, item);
        else if (is_known(r, object, item))
            scl_build_item_text(r->l.d, object, field, scl_tree_text(item), origin);
        else
            scl_build_item_unknown(r->l.d, object, field, origin);
        r->path.len = r->path.failed ? r->path.len : length;
    }
}

static void
read_map(struct scl_model_reading *r, uint32_t object, unsigned field,
         const struct scl_tree *node, uint32_t origin)
{
    if (!scl_rows_expect(&r->l, object, field, node, SCL_TREE_MAP))
        return;
    scl_build_list(r->l.d, object, field, origin);
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        struct scl_value *entry = scl_build_entry(r->l.d, object, field, scl_tree_key(item),
                                                  scl_tree_text(item), origin);

        if (entry && !is_known(r, object, item)) {
            entry->kind = SCL_KIND_EMPTY;
            entry->state = SCANTLING_STATE_UNKNOWN;
        }
    }
}

static void
read_kind(struct scl_model_reading *r, uint32_t object, unsigned field,
          const struct scl_tree *node)
{
    uint32_t origin = origin_of(r, node);

    switch (scl_field(field)->kind) {
    case SCL_KIND_BOOL:
        read_bool(r, object, field, node, origin);
        break;
    case SCL_KIND_INT:
    case SCL_KIND_DECIMAL:
        read_number(r, object, field, node, origin);
        break;
    case SCL_KIND_TEXT:
        read_text(r, object, field, node, origin);
        break;
    case SCL_KIND_LIST:
        read_list(r, object, field, node, origin);
        break;
    case SCL_KIND_MAP:
        read_map(r, object, field, node, origin);
        break;
    default: /* links, which follow again */
        break;
    }
}

/* What is not said counts as little as in the text that the model was made of. */
static bool
is_empty(unsigned field, const struct scl_tree *node)
{
    unsigned kind = scl_field(field)->kind;

    return (kind == SCL_KIND_LIST || kind == SCL_KIND_MAP) && !scl_tree_count(node) &&
           (node->kind == SCL_TREE_LIST || node->kind == SCL_TREE_MAP);
}

/* Sets where a group stands: where what it is made of does, `raw`; else here, or in the file where
 * the first of its members does that has a place there. */
static void
read_group(struct scl_model_reading *r, uint32_t object, unsigned group,
           const struct scl_tree *map)
{
    const struct scl_tree *raw = scl_tree_find(map, SCL_S("raw"));
    size_t length = r->path.len;
    bool is_set = false;

    if (!raw && !r->places)
        scl_build_group(r->l.d, object, group, scl_rows_origin(&r->l, map));
    for (uint32_t i = 0; (raw || r->places) && i < scl_tree_count(map) && !is_set; i++) {
        const struct scl_tree *member = scl_tree_child(map, i);

        scl_text_char(&r->path, '.');
        scl_text_add(&r->path, scl_tree_key(member));
        is_set = member == raw || (!raw && state_of(r) == SCANTLING_STATE_DECLARED &&
                                   scl_tree_find(r->places, scl_text_str(&r->path)));
        if (is_set)
            scl_build_group(r->l.d, object, group, origin_of(r, member));
        r->path.len = r->path.failed ? r->path.len : length;
    }
    scl_model_read_members(r, object, group, map);
}

/* A value, as what it is listed. */
static void
read_value(struct scl_model_reading *r, uint32_t object, unsigned field,
           const struct scl_tree *node)
{
    scantling_state state = state_of(r);

    if ((state == SCANTLING_STATE_DEFAULT && r->l.d->family[0]) ||
        (state == SCANTLING_STATE_ABSENT && is_empty(field, node)) ||
        (state == SCANTLING_STATE_DERIVED && scl_build_has(r->l.d, object, field)))
        return;
    read_kind(r, object, field, node);
    if (state == SCANTLING_STATE_DERIVED || state == SCANTLING_STATE_DEFAULT)
        scl_build_follows(r->l.d, object, field, state);
}

static void
read_field(struct scl_model_reading *r, uint32_t object, unsigned field,
           const struct scl_tree *node)
{
    if (node->kind == SCL_TREE_NULL)
        read_null(r, object, field, node);
    else if (scl_field(field)->kind != SCL_KIND_GROUP)
        read_value(r, object, field, node);
    else if (scl_rows_expect(&r->l, object, SCL_NONE, node, SCL_TREE_MAP))
        read_group(r, object, field, node);
    if (scl_field(field)->kind >= SCL_KIND_LIST && scl_field(field)->kind <= SCL_KIND_MAP &&
        scl_map_find(&r->open, scl_text_str(&r->path)))
        scl_build_open(r->l.d, object, field);
}

/* ---- members ---- */

/* Members that are no fields are errors, and said to be: a finding would be missed. */
static void
note_unknown(struct scl_model_reading *r, unsigned type, unsigned group,
             const struct scl_tree *map)
{
    for (uint32_t i = 0; i < scl_tree_count(map); i++) {
        const struct scl_tree *item = scl_tree_child(map, i);
        struct scl_str key = scl_tree_key(item), meant;
        struct scl_note *note;

        if (scl_field_find(type, group, key) || r->l.noted++ >= MOST_NOTES)
            continue;
        note = scl_note_add(&r->l.d->notes, SCL_NOTE_ERROR, item->key_span,
                            "the model has no field '%.*s' of %s", SCL_ARG(key),
                            scl_type(type)->name);
        meant = scl_field_suggest(type, group, key);
        if (note && meant.len)
            scl_note_help(&r->l.d->notes, note, "did you mean '%.*s'?", SCL_ARG(meant));
    }
}

void
scl_model_read_members(struct scl_model_reading *r, uint32_t object, unsigned group,
                       const struct scl_tree *map)
{
    unsigned type_id = scl_document_object(r->l.d, object)->type;
    const struct scl_type *type = scl_type(type_id);
    size_t length = r->path.len;

    for (unsigned field = type->first; field < (unsigned)type->first + type->count; field++) {
        const struct scl_tree *node;

        if (scl_field_group(field) != group || scl_field(field)->flags & SCL_FIELD_COMPUTED)
            continue;
        node = scl_tree_find(map, scl_field_name(field));
        if (!node)
            continue;
        if (length)
            scl_text_char(&r->path, '.');
        scl_text_add(&r->path, scl_field_name(field));
        read_field(r, object, field, node);
        r->path.len = r->path.failed ? r->path.len : length;
    }
    note_unknown(r, type_id, group, map);
}
