/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings_suppress.c: the exceptions of the settings
 */
#include "engine/settings_reader.h"

#include "script/params.h"

static const struct scl_str no_key = { "", 0 };

struct entry {
    struct scl_settings_reader *reader;
    struct scl_exception *made;
    const char *path; /* "suppress[1]" */
};

typedef void entry_fn(struct entry *e, const struct scl_tree *tree, const char *path);

static void
read_policies(struct entry *e, const struct scl_tree *tree, const char *path)
{
    struct scl_settings_reader *r = e->reader;

    if (!scl_setting_is_list(r, tree, path, "a list of names"))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        const char *place = scl_setting_path(r, path, i + 1, no_key);
        struct scl_str name = scl_setting_text(r, child, place);

        if (name.len && scl_setting_names_policy(r, child, place, name, false))
            scl_setting_add(r, &e->made->policies, child, name);
    }
    if (!scl_tree_count(tree))
        scl_setting_refuse(r, tree,
                           scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: names no policy", path));
}

static void
read_path(struct entry *e, const struct scl_tree *tree, const char *path)
{
    e->made->path = scl_setting_text(e->reader, tree, path);
}

/* "container", or "container dind" */
static void
read_subject(struct entry *e, const struct scl_tree *tree, const char *path)
{
    struct scl_str text = scl_setting_text(e->reader, tree, path), rest = text, kind;
    scantling_error *error;

    if (!scl_str_cut(&rest, ' ', &kind))
        return;
    e->made->subject = text;
    e->made->name = scl_str_trim(rest);
    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++)
        if (scl_str_is(kind, scl_type(type)->name)) {
            e->made->kind = (uint8_t)type;
            return;
        }
    error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s: unknown kind of subject '%.*s'", path,
                          SCL_ARG(kind));
    scl_error_suggest(error, "one of build, image, container, host, evidence, project");
    scl_setting_refuse(e->reader, tree, error);
}

static void
read_until(struct entry *e, const struct scl_tree *tree, const char *path)
{
    struct scl_str text = scl_setting_text(e->reader, tree, path);
    scantling_error *error;

    e->made->until = text;
    if (!text.len || scl_is_date(text))
        return;
    error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: '%.*s' is no date", path, SCL_ARG(text));
    scl_error_suggest(error, "write YYYY-MM-DD");
    scl_setting_refuse(e->reader, tree, error);
}

static void
read_reason(struct entry *e, const struct scl_tree *tree, const char *path)
{
    e->made->reason = scl_setting_text(e->reader, tree, path);
}

static const struct {
    const char *name;
    entry_fn *read;
    bool is_needed;
} rows[] = {
    { "policies", read_policies, true }, { "path", read_path, true },
    { "subject", read_subject, false },  { "until", read_until, false },
    { "reason", read_reason, true },
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static void
refuse_key(struct entry *e, const struct scl_tree *tree)
{
    struct scl_setting_key keys[ROWS + 1] = { { NULL, NULL } };

    for (size_t i = 0; i < ROWS; i++)
        keys[i].name = rows[i].name;
    scl_setting_refuse_unknown(e->reader, tree, e->path, keys);
}

static void
read_entry(struct entry *e, const struct scl_tree *tree)
{
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        struct scl_str key = scl_tree_key(child);
        size_t row = 0;

        while (row < ROWS && !scl_str_is(key, rows[row].name))
            row++;
        if (row < ROWS)
            rows[row].read(e, child, scl_setting_path(e->reader, e->path, 0, key));
        else
            refuse_key(e, child);
    }
    for (size_t row = 0; row < ROWS; row++)
        if (rows[row].is_needed && !scl_tree_find(tree, scl_str_c(rows[row].name)))
            scl_setting_refuse(e->reader, tree,
                               scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: has no '%s'", e->path,
                                             rows[row].name));
}

/* The first line of an entry is its place. */
static struct scl_place
place_of(const struct scl_settings_reader *r, struct scl_span span)
{
    struct scl_str text = scl_source_text(r->source, span);
    size_t end = scl_str_find_char(text, '\n');
    struct scl_place place = { .path = r->source->name, .source = r->source };

    if (end != SIZE_MAX)
        span.length = (uint32_t)scl_str_trim(scl_str_sub(text, 0, end)).len;
    place.span = span;
    place.start = scl_source_locate(r->source, span.offset);
    place.end = scl_source_locate(r->source, scl_span_end(span));
    place.document = place.subject = SCANTLING_NONE;
    return place;
}

void
scl_setting_suppress(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    if (!scl_setting_is_list(r, tree, "suppress", "a list"))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        struct entry entry = { .reader = r };

        entry.path = scl_setting_path(r, "suppress", i + 1, no_key);
        if (!scl_setting_is_map(r, child, entry.path))
            continue;
        entry.made = scl_vec_push(r->arena, &r->settings->exceptions);
        if (!entry.made)
            return;
        entry.made->place = place_of(r, child->span);
        read_entry(&entry, child);
    }
}
