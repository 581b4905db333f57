/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settings.c: settings given as texts
 *
 * One row of a table a key. All mistakes are told, each at its place; a text that has one makes no
 * engine.
 */
#include "engine/settings_reader.h"

#include "base/glob.h"
#include "base/note.h"
#include "base/suggest.h"
#include "base/text.h"
#include "formats/format.h"
#include "script/limits.h"
#include "syntax/yaml_read.h"

static const char *const kinds[] = {
    [SCL_TREE_NULL] = "nothing", [SCL_TREE_BOOL] = "true or false", [SCL_TREE_NUMBER] = "a number",
    [SCL_TREE_STRING] = "a string", [SCL_TREE_LIST] = "a list", [SCL_TREE_MAP] = "a map",
};

/* ---- mistakes ---- */

void
scl_setting_refuse(struct scl_settings_reader *r, const struct scl_tree *at, scantling_error *error)
{
    scl_error_at(error, r->source, at->span);
    scl_error_append(r->chain, error);
}

void
scl_setting_refuse_key(struct scl_settings_reader *r, const struct scl_tree *at,
                       scantling_error *error)
{
    scl_error_at(error, r->source, at->key_span.length ? at->key_span : at->span);
    scl_error_append(r->chain, error);
}

void
scl_setting_refuse_kind(struct scl_settings_reader *r, const struct scl_tree *at, const char *path,
                        const char *expected)
{
    scantling_error *error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: expected %s, got %s",
                                           path, expected, kinds[at->kind]);
    struct scl_str text = scl_tree_text(at);

    if (scl_str_starts(scl_str_c(expected), SCL_S("a list")) && text.len && text.len < 40 &&
        at->kind != SCL_TREE_NULL)
        scl_error_suggest(error, "write [%.*s]", SCL_ARG(text));
    else if (scl_str_starts(scl_str_c(expected), SCL_S("a list")) && at->kind == SCL_TREE_NULL)
        scl_error_suggest(error, "write []");
    else if (scl_str_is(scl_str_c(expected), "a string") && text.len && text.len < 40)
        scl_error_suggest(error, "write \"%.*s\"", SCL_ARG(text));
    scl_setting_refuse(r, at, error);
}

void
scl_setting_refuse_unknown(struct scl_settings_reader *r, const struct scl_tree *at,
                           const char *path, const struct scl_setting_key *keys)
{
    struct scl_str name = scl_tree_key(at);
    scantling_error *error =
        scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s%sunknown key '%.*s'", path,
                      path[0] ? ": " : "", SCL_ARG(name));
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (; keys->name; keys++)
        scl_suggest_offer(&suggest, scl_str_c(keys->name));
    if (suggest.best.len)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    scl_setting_refuse_key(r, at, error);
}

struct scl_str
scl_setting_text(struct scl_settings_reader *r, const struct scl_tree *at, const char *path)
{
    struct scl_str text = scl_tree_text(at);

    if (at->kind != SCL_TREE_STRING)
        scl_setting_refuse_kind(r, at, path, "a string");
    else if (!text.len)
        scl_setting_refuse(r, at, scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: is empty", path));
    else
        return text;
    return scl_str_n("", 0);
}

bool
scl_setting_is_list(struct scl_settings_reader *r, const struct scl_tree *at, const char *path,
                    const char *expected)
{
    if (at->kind == SCL_TREE_LIST)
        return true;
    scl_setting_refuse_kind(r, at, path, expected);
    return false;
}

bool
scl_setting_is_map(struct scl_settings_reader *r, const struct scl_tree *at, const char *path)
{
    if (at->kind == SCL_TREE_MAP)
        return true;
    scl_setting_refuse_kind(r, at, path, "a map");
    return false;
}

/* ---- values of the client's keys ---- */

/* The path of a member of a list or an entry of a map, in the arena. */
const char *
scl_setting_path(struct scl_settings_reader *r, const char *name, uint32_t index,
                 struct scl_str key)
{
    struct scl_text text = { 0 };
    const char *path;

    if (index)
        scl_text_f(&text, "%s[%u]", name, (unsigned)index);
    else
        scl_text_f(&text, "%s.%.*s", name, SCL_ARG(key));
    path = text.failed ? NULL : scl_arena_copy(r->arena, text.at, text.len);
    r->arena->failed = r->arena->failed || text.failed;
    scl_text_finish(&text);
    return path ? path : name;
}

void
scl_setting_add(struct scl_settings_reader *r, struct scl_texts *texts, const struct scl_tree *at,
                struct scl_str text)
{
    struct scl_str *slot = scl_vec_push(r->arena, &texts->list);
    struct scl_setting_place *place = scl_vec_push(r->arena, &texts->places);

    if (slot && place) {
        *slot = text;
        *place = scl_setting_place(r, at);
    }
}

struct scl_setting_place
scl_setting_place(const struct scl_settings_reader *r, const struct scl_tree *at)
{
    return (struct scl_setting_place){ r->source, at->key_span.length ? at->key_span : at->span };
}

/* Adds each string of a list. */
static void
read_texts(struct scl_settings_reader *r, const struct scl_tree *tree, const char *name,
           struct scl_texts *ret)
{
    static const struct scl_str no_key = { "", 0 };

    if (!scl_setting_is_list(r, tree, name, "a list of strings"))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *child = scl_tree_child(tree, i);
        struct scl_str text =
            scl_setting_text(r, child, scl_setting_path(r, name, i + 1, no_key));

        if (text.len)
            scl_setting_add(r, ret, child, text);
    }
}

static void
read_policies(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_texts(r, tree, "policies", &r->settings->policies);
}

static void
read_exclude(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_texts(r, tree, "exclude", &r->settings->exclude);
}

typedef bool entry_check(struct scl_settings_reader *r, const struct scl_tree *entry,
                         const char *path);

/* Adds each entry of a map that is good; of a key that comes again, in another text, the later
 * counts. */
static void
read_pairs(struct scl_settings_reader *r, const struct scl_tree *tree, const char *name,
           entry_check *is_good, struct scl_pairs *ret)
{
    if (!scl_setting_is_map(r, tree, name))
        return;
    for (uint32_t i = 0; i < scl_tree_count(tree); i++) {
        const struct scl_tree *entry = scl_tree_child(tree, i);
        struct scl_str key = scl_tree_key(entry);
        struct scl_setting *slot = NULL;

        if (is_good(r, entry, scl_setting_path(r, name, 0, key)))
            slot = scl_vec_push(r->arena, &ret->list);
        if (slot)
            *slot = (struct scl_setting){ key, scl_tree_text(entry) };
    }
}

static bool
is_text(struct scl_settings_reader *r, const struct scl_tree *entry, const char *path)
{
    if (entry->kind == SCL_TREE_STRING)
        return true;
    scl_setting_refuse_kind(r, entry, path, "a string");
    return false;
}

static bool
is_scalar(struct scl_settings_reader *r, const struct scl_tree *entry, const char *path)
{
    if (entry->kind == SCL_TREE_STRING || entry->kind == SCL_TREE_BOOL ||
        entry->kind == SCL_TREE_NUMBER)
        return true;
    scl_setting_refuse_kind(r, entry, path, "a string");
    return false;
}

static bool
is_format(struct scl_settings_reader *r, const struct scl_tree *entry, const char *path)
{
    struct scl_str text = scl_tree_text(entry);
    struct scl_suggest suggest;
    scantling_error *error;

    if (!is_text(r, entry, path))
        return false;
    if (scl_format_find(text))
        return true;
    error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s: unknown format '%.*s'",
                          path, SCL_ARG(text));
    scl_suggest_init(&suggest, text);
    for (size_t i = 0; scl_formats[i]; i++)
        scl_suggest_offer(&suggest, scl_str_c(scl_formats[i]->name));
    if (suggest.best.len)
        scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    scl_setting_refuse(r, entry, error);
    return false;
}

/* Limits of documents and of the search of folders, which are the client's. */
static const char *const client_limits[] = {
    "bytes", "nodes", "depth", "aliases", "line_bytes", "files", "entries", "entry_bytes",
    "search_depth", "search_files", NULL,
};

static bool
is_limit(struct scl_settings_reader *r, const struct scl_tree *entry, const char *path)
{
    struct scl_str key = scl_tree_key(entry);
    struct scl_suggest suggest;
    scantling_error *error;
    bool known = false;
    int64_t number;

    scl_suggest_init(&suggest, key);
    for (int32_t i = SCANTLING_LIMIT_POLICY_BYTES; i <= SCANTLING_LIMIT_RESULT_BYTES; i++) {
        known = known || scl_str_is(key, scl_lua_limit_name(i));
        scl_suggest_offer(&suggest, scl_str_c(scl_lua_limit_name(i)));
    }
    for (size_t i = 0; client_limits[i]; i++) {
        known = known || scl_str_is(key, client_limits[i]);
        scl_suggest_offer(&suggest, scl_str_c(client_limits[i]));
    }
    if (!known) {
        error = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "limits: unknown limit '%.*s'",
                              SCL_ARG(key));
        if (suggest.best.len)
            scl_error_suggest(error, "did you mean '%.*s'?", SCL_ARG(suggest.best));
        scl_setting_refuse_key(r, entry, error);
        return false;
    }
    if (entry->kind == SCL_TREE_NUMBER && scl_str_int(scl_tree_text(entry), &number) && number >= 0)
        return true;
    if (entry->kind == SCL_TREE_NUMBER)
        scl_setting_refuse(r, entry,
                           scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s: %.*s is no whole number",
                                         path, SCL_ARG(scl_tree_text(entry))));
    else
        scl_setting_refuse_kind(r, entry, path, "a whole number");
    return false;
}

static void
read_formats(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "formats", is_format, &r->settings->formats);
}

static void
read_build_args(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "build_args", is_text, &r->settings->build_args);
}

static void
read_variables(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "variables", is_text, &r->settings->variables);
}

static void
read_pod_templates(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "pod_templates", is_text, &r->settings->pod_templates);
}

static void
read_assume(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "assume", is_scalar, &r->settings->assume);
}

static void
read_limits(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    read_pairs(r, tree, "limits", is_limit, &r->settings->limits);
}

static void
read_version(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    int64_t version;

    if (!scl_str_int(scl_tree_text(tree), &version) || tree->kind != SCL_TREE_NUMBER)
        scl_setting_refuse_kind(r, tree, "version", "1");
    else if (version != 1)
        scl_setting_refuse(r, tree,
                           scl_error_new(SCANTLING_STATUS_UNSUPPORTED,
                                         "settings of version %lld; this scantling reads version 1",
                                         (long long)version));
}

static void
read_fail_on(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    struct scl_str text = scl_setting_text(r, tree, "fail_on"), rest = text, piece;

    while (rest.len && scl_str_cut(&rest, ',', &piece)) {
        scantling_error *error;

        piece = scl_str_trim(piece);
        if (scl_severity_from(piece) != SCANTLING_SEVERITY_NONE ||
            scl_str_is(piece, "inconclusive"))
            continue;
        error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "fail_on: unknown severity '%.*s'",
                              SCL_ARG(piece));
        scl_error_suggest(error, "one of critical, high, medium, low, info");
        scl_setting_refuse(r, tree, error);
        return;
    }
    r->settings->fail_on = text;
}

static void
read_target(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    r->settings->target = tree->kind == SCL_TREE_NULL ? scl_str_n("", 0)
                                                      : scl_setting_text(r, tree, "target");
}

static void
read_baseline(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    r->settings->baseline = tree->kind == SCL_TREE_NULL ? scl_str_n("", 0)
                                                        : scl_setting_text(r, tree, "baseline");
}

static void
read_peers(struct scl_settings_reader *r, const struct scl_tree *tree)
{
    struct scl_str text = scl_setting_text(r, tree, "peer_comments");
    scantling_error *error;

    r->settings->ignores_peers = scl_str_is(text, "ignore");
    if (!text.len || r->settings->ignores_peers || scl_str_is(text, "honour"))
        return;
    error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "peer_comments: unknown value '%.*s'",
                          SCL_ARG(text));
    scl_error_suggest(error, "one of honour, ignore");
    scl_setting_refuse(r, tree, error);
}

/* ---- the text ---- */

static const struct scl_setting_key keys[] = {
    { "version", read_version },
    { "policies", read_policies },
    { "packs", scl_setting_packs },
    { "only", scl_setting_only },
    { "skip", scl_setting_skip },
    { "fail_on", read_fail_on },
    { "severity", scl_setting_severity },
    { "params", scl_setting_params },
    { "exclude", read_exclude },
    { "formats", read_formats },
    { "build_args", read_build_args },
    { "variables", read_variables },
    { "pod_templates", read_pod_templates },
    { "target", read_target },
    { "assume", read_assume },
    { "limits", read_limits },
    { "baseline", read_baseline },
    { "peer_comments", read_peers },
    { "suppress", scl_setting_suppress },
    { NULL, NULL },
};

static const struct scl_setting_key *
find_key(struct scl_str name)
{
    for (const struct scl_setting_key *key = keys; key->name; key++)
        if (scl_str_is(name, key->name))
            return key;
    return NULL;
}

static bool
names_files(const struct scl_tree *root)
{
    const struct scl_tree *policies = scl_tree_find(root, SCL_S("policies"));

    return policies && scl_tree_count(policies) > 0;
}

static void
read_root(struct scl_settings_reader *r, const struct scl_tree *root)
{
    static const char needed[] = "settings have no version";

    if (root->kind != SCL_TREE_MAP) {
        scl_setting_refuse_kind(r, root, "settings", "a map");
        return;
    }
    if (!r->is_option && !scl_tree_find(root, SCL_S("version"))) {
        scantling_error *error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%s", needed);

        scl_error_suggest(error, "write version: 1");
        scl_error_at(error, r->source, (struct scl_span){ root->span.offset, 0 });
        scl_error_append(r->chain, error);
    }
    if (!r->has_given && names_files(root))
        r->settings->is_open = true;
    for (uint32_t i = 0; i < scl_tree_count(root); i++) {
        const struct scl_tree *entry = scl_tree_child(root, i);
        const struct scl_setting_key *key = find_key(scl_tree_key(entry));

        if (key)
            key->read(r, entry);
        else
            scl_setting_refuse_unknown(r, entry, "", keys);
    }
}

static void
refuse_notes(struct scl_settings_reader *r, const struct scl_notes *notes)
{
    for (uint32_t i = 0; i < notes->list.count; i++) {
        const struct scl_note *note = &notes->list.at[i];
        struct scl_str message = note->message;
        scantling_error *error;

        /* Here the last one of a key that is repeated does not count either. */
        message = scl_str_sub(message, 0, scl_str_find(message, SCL_S(", the last one counts")));
        error = scl_error_new(SCANTLING_STATUS_ARGUMENT, "%.*s", SCL_ARG(message));

        for (uint32_t h = 0; h < note->hints.count; h++)
            if (note->hints.at[h].is_help)
                scl_error_suggest(error, "%.*s", SCL_ARG(note->hints.at[h].text));
        scl_error_at(error, r->source, note->span);
        scl_error_append(r->chain, error);
    }
}

/* The root of the one document. What it means by a tag of its own nobody here knows. */
static const struct scl_tree *
read_yaml(struct scl_settings_reader *r, struct scl_notes *notes)
{
    struct scl_yaml_options options = {
        .alias_visits = SCL_YAML_ALIAS_VISITS,
        .flags = SCL_YAML_SINGLE | SCL_YAML_MERGE,
    };
    const struct scl_yaml *yaml = scl_yaml_read_all(r->arena, r->source, &options, notes);
    const struct scl_tree *root = yaml ? scl_tree_child(yaml->documents, 0) : NULL;
    struct scl_tree *empty;

    for (uint32_t i = 0; yaml && i < yaml->tags.count; i++)
        scl_note_add(notes, SCL_NOTE_ERROR, yaml->tags.at[i].span, "settings have no tags");
    if (root || !yaml)
        return root;
    empty = scl_arena_alloc(r->arena, sizeof *empty);
    if (empty)
        *empty = (struct scl_tree){ .kind = SCL_TREE_MAP, .style = SCL_TREE_BLOCK };
    return empty;
}

bool
scl_settings_read(const struct scl_config_file *file, bool has_given,
                  const struct scl_names *names, struct scl_arena *arena,
                  struct scl_settings *settings, scantling_error **chain)
{
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    const char *text = scl_arena_copy(arena, file->text.at, file->text.len);
    const char *name = scl_arena_copy(arena, file->name.at, file->name.len);
    scantling_error *found = NULL;
    struct scl_settings_reader reader = {
        .source = source, .names = names, .arena = arena, .settings = settings, .chain = &found,
        .has_given = has_given, .is_option = scl_str_starts(file->name, SCL_S("-")),
    };
    const struct scl_tree *root;
    struct scl_notes notes;

    if (!source || !text || !name ||
        !scl_source_init(source, arena, scl_str_n(name, file->name.len),
                         scl_str_n(text, file->text.len)))
        return false;
    scl_notes_init(&notes, arena);
    root = read_yaml(&reader, &notes);
    if (!root)
        return false;
    refuse_notes(&reader, &notes);
    if (!scl_notes_have_error(&notes))
        read_root(&reader, root);
    if (!found)
        return !arena->failed;
    scl_error_append(chain, found);
    return false;
}

bool
scl_settings_fit(struct scl_str glob, struct scl_str path)
{
    if (scl_str_find_char(glob, '/') == SIZE_MAX) {
        size_t slash = scl_str_find_last(path, '/');

        if (slash != SIZE_MAX)
            path = scl_str_sub(path, slash + 1, path.len);
    }
    if (scl_glob_match(glob, path, NULL) == SCL_GLOB_YES)
        return true;
    return scl_str_starts(glob, SCL_S("**/")) &&
           scl_glob_match(scl_str_sub(glob, 3, glob.len), path, NULL) == SCL_GLOB_YES;
}
