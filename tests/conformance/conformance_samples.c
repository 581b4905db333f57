/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conformance_samples.c: the documents of the corpus, by their formats and by their models
 *
 * Each sample must be taken for its format where we read that, and for none where we do not; the
 * sets of equivalent documents must give the model that stands beside them. Counts are printed,
 * and each difference. Without the corpus: "skipped".
 */
#include "document/view.h"
#include "file.h"
#include "formats/format.h"
#include "syntax/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SOURCE_ROOT
#define SOURCE_ROOT "."
#endif

enum { PATH_BYTES = 4096, LAST_SET = 9 };

struct counts {
    unsigned good, bad, skipped, told, otherwise;
};

/* What the model has no field for yet. */
static const char *const not_modelled[] = { "secret_like" };

/* The formats of the equivalent documents that are read, and their files. */
static const struct {
    const char *format, *file;
} equivalents[] = {
    { "oci-runtime", "config.json" },
    { "docker-inspect", "docker-inspect.json" },
    { "kubernetes", "pod.yaml" },
    { "ecs", "ecs-task-definition.json" },
    { "nomad", "nomad-job.json" },
    { "quadlet", "app.container" },
    { "docker-run", "docker-run.argv.json" },
    { "compose", "compose.yaml" },
};

static bool
is_listed(struct scl_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scl_str_is(name, list[i]))
            return true;
    return false;
}

/* Files and JSON. */

static bool
read_file(struct scl_arena *arena, const char *path, struct scl_str *ret)
{
    size_t size = 0;
    char *bytes = test_read_file(path, &size), *kept = NULL;

    if (bytes)
        kept = scl_arena_copy(arena, bytes, size);
    free(bytes);
    *ret = scl_str_n(kept, kept ? size : 0);
    return kept != NULL;
}

static const struct scl_tree *
parse(struct scl_arena *arena, struct scl_str text)
{
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    struct scl_notes notes;

    scl_notes_init(&notes, arena);
    if (!source || !scl_source_init(source, arena, scl_str_c("x"), text))
        return NULL;
    return scl_json_read(arena, source, NULL, &notes);
}

static struct scl_str
member(const struct scl_tree *map, const char *key)
{
    const struct scl_tree *found = scl_tree_find(map, scl_str_c(key));

    return found ? scl_tree_text(found) : scl_str_n("", 0);
}

/* Detection. */

/* What says nothing of its format by itself, as `{}`: it is told. */
static const char *const told[] = {
    "empty-config-2.json", "invalid-config-1.json", "malformed-config.json", "own__empty.json",
    "own__empty-object.json",
};

/* What is meant to be broken. */
static const char *const broken[] = { "malformed", "invalid-config-1" };

/* Whether a name has one of the parts. */
static bool
has_part(struct scl_str name, const char *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scl_str_find(name, scl_str_c(parts[i])) != SIZE_MAX)
            return true;
    return false;
}

static bool
has_placed_error(const struct scl_document *d)
{
    for (uint32_t i = 0; i < d->notes.list.count; i++)
        if (d->notes.list.at[i].kind == SCL_NOTE_ERROR && d->notes.list.at[i].has_place)
            return true;
    return false;
}

static void
check_format(struct scl_str name, struct scl_str text, struct scl_str format, struct counts *counts)
{
    struct scl_str expected = scl_format_find(format) ? format : scl_str_n("", 0);
    bool is_told = expected.len && has_part(name, told, sizeof told / sizeof *told);
    bool is_broken = has_part(name, broken, sizeof broken / sizeof *broken);
    struct scl_input input = { .name = name, .text = text,
                               .format = is_told ? expected : scl_str_n("", 0) };
    struct scl_document *d = scl_read(&input);
    bool good = d && scl_str_is(expected, d->format) &&
                (!expected.len || is_broken == scl_notes_have_error(&d->notes)) &&
                (!expected.len || !is_broken || has_placed_error(d));

    counts->good += good;
    counts->bad += !good;
    counts->skipped += expected.len == 0;
    counts->told += is_told;
    if (!good)
        printf("  %.*s: a %.*s, taken for '%s'%s\n", SCL_ARG(name), SCL_ARG(format),
               d ? d->format : "", d && scl_notes_have_error(&d->notes) ? ", with errors" : "");
    scl_document_unref(d);
}

/* What is listed as something else than it is: a report about a bill of material, and the manifest
 * of an image that was never in an archive of Docker. */
static const struct {
    const char *file, *format;
} listed_otherwise[] = {
    { "trivy__license-cyclonedx.json", "trivy" },
    { "docker-archive/trivy__manifest.json", "oci-layout" },
};

static struct scl_str
format_of(struct scl_str file, struct scl_str listed, struct counts *counts)
{
    for (size_t i = 0; i < sizeof listed_otherwise / sizeof *listed_otherwise; i++) {
        if (scl_str_ends(file, scl_str_c(listed_otherwise[i].file))) {
            counts->otherwise++;
            return scl_str_c(listed_otherwise[i].format);
        }
    }
    return listed;
}

static bool
check_samples(const char *corpus)
{
    struct scl_arena arena;
    struct counts counts = { 0 };
    struct scl_str text;
    char path[PATH_BYTES];
    const struct scl_tree *samples = NULL;

    scl_arena_init(&arena);
    snprintf(path, sizeof path, "%s/samples/MANIFEST.json", corpus);
    if (read_file(&arena, path, &text))
        samples = scl_tree_find(parse(&arena, text), SCL_S("samples"));
    for (uint32_t i = 0; samples && i < scl_tree_count(samples); i++) {
        const struct scl_tree *sample = scl_tree_child(samples, i);
        struct scl_str file = member(sample, "file");

        snprintf(path, sizeof path, "%s/samples/%.*s", corpus, SCL_ARG(file));
        if (read_file(&arena, path, &text))
            check_format(file, text, format_of(file, member(sample, "format"), &counts),
                         &counts);
        else
            counts.bad++;
    }
    scl_arena_finish(&arena);
    printf("samples: %u of %u right; %u of them of formats that are not read, %u whose format was "
           "told, %u that are listed otherwise\n",
           counts.good, counts.good + counts.bad, counts.skipped, counts.told, counts.otherwise);
    return counts.bad == 0 && counts.good > 0;
}

/* Kinds of the documents of real repositories, and their formats. */
static const char *const kinds[][2] = {
    { "compose", "compose" },      { "kubernetes", "kubernetes" },
    { "runtime-config", "oci-runtime" }, { "image-config", "oci-image" },
    { "dockerfile", "dockerfile" }, { "daemon-config", "daemon-json" },
    { "image-index", "oci-layout" }, { "image-manifest", "oci-layout" },
};

static bool
check_realworld(const char *corpus)
{
    struct scl_arena arena;
    struct counts counts = { 0 };
    struct scl_str text, line;
    char path[PATH_BYTES];
    bool found;

    scl_arena_init(&arena);
    snprintf(path, sizeof path, "%s/realworld/dev.jsonl", corpus);
    found = read_file(&arena, path, &text);
    while (scl_str_cut(&text, '\n', &line)) {
        const struct scl_tree *row = parse(&arena, line);
        struct scl_str kind = member(row, "kind"), format = { "", 0 };

        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (scl_str_is(kind, kinds[i][0]))
                format = scl_str_c(kinds[i][1]);
        if (kind.len)
            check_format(member(row, "path"), member(row, "text"), format, &counts);
    }
    scl_arena_finish(&arena);
    printf("documents of repositories: %u of %u right, %u of them of formats that are not read\n",
           counts.good, counts.good + counts.bad, counts.skipped);
    return counts.bad == 0 && (counts.good > 0 || !found);
}

/* Models. */

struct comparison {
    struct scl_str format;
    const struct scl_view *view;
    struct scl_node root;
    const struct scl_tree *inexpressible; /* map of paths */
    const struct scl_tree *overriding;    /* what this format rightly has instead */
    struct counts counts;
};

static void
differs(struct comparison *c, const char *path, const char *why)
{
    c->counts.bad++;
    printf("  %s: %s: %s\n", c->view->document->name.at, path, why);
}

/* A path without the positions and keys of members: `ports[].host_ip` of `ports[1].host_ip`, or
 * `ports.host_ip` where the brackets go too. */
static struct scl_str
without_keys(struct scl_str path, bool with_brackets, char *ret)
{
    size_t length = 0;

    for (size_t i = 0; i < path.len && length + 2 < PATH_BYTES; i++) {
        if (path.at[i] != '[') {
            ret[length++] = path.at[i];
            continue;
        }
        while (i < path.len && path.at[i] != ']')
            i++;
        if (with_brackets) {
            ret[length++] = '[';
            ret[length++] = ']';
        }
    }
    ret[length] = '\0';
    return scl_str_n(ret, length);
}

/* Whether a path or a start of it is a key of the map of what cannot be said. */
static bool
is_inexpressible(const struct comparison *c, const char *path)
{
    struct scl_str whole = scl_str_c(path), bare;
    char buffer[PATH_BYTES];

    for (size_t i = 1; i <= whole.len; i++)
        if ((i == whole.len || path[i] == '.' || path[i] == '[') &&
            scl_tree_find(c->inexpressible, scl_str_sub(whole, 0, i)))
            return true;
    bare = without_keys(whole, true, buffer);
    return scl_tree_find(c->inexpressible, bare) != NULL;
}

/* Whether a path speaks of one member of a list alone. */
static bool
has_key(struct scl_str path)
{
    size_t open = scl_str_find_char(path, '[');

    return open != SIZE_MAX && open + 1 < path.len && path.at[open + 1] != ']';
}

/* What a format cannot say must be listed as such. */
static void
check_inexpressible(struct comparison *c)
{
    for (uint32_t i = 0; c->inexpressible && i < scl_tree_count(c->inexpressible); i++) {
        struct scl_str path = scl_tree_key(scl_tree_child(c->inexpressible, i));
        char buffer[PATH_BYTES];
        unsigned field = scl_field_at_path(SCL_TYPE_CONTAINER, without_keys(path, false, buffer));

        if (has_key(path) || (scl_str_is(c->format, "kubernetes") && scl_str_is(path, "devices")))
            continue; /* of Kubernetes, volumeDevices say some */
        if (field && !scl_document_says(c->view->document, 0, field))
            c->counts.good++;
        else
            differs(c, buffer, "not listed as what cannot be said");
    }
}

static bool
is_overridden(const struct comparison *c, const char *path)
{
    const struct scl_tree *at = c->overriding;
    struct scl_str rest = scl_str_c(path), name;

    while (at && scl_str_cut(&rest, '.', &name))
        at = scl_tree_find(at, name);
    return at != NULL && at != c->overriding;
}

static bool
same_scalar(const struct scl_value *value, const struct scl_tree *expected)
{
    int64_t nano;
    bool exact, truth;

    switch (expected->kind) {
    case SCL_TREE_NULL:
        return value->kind == SCL_KIND_EMPTY;
    case SCL_TREE_BOOL:
        return scl_tree_bool(expected, &truth) && value->kind == SCL_KIND_BOOL &&
               (value->as.number != 0) == truth;
    case SCL_TREE_NUMBER:
        if (value->kind == SCL_KIND_DECIMAL)
            return scl_tree_nano(expected, &nano, &exact) && value->as.number == nano;
        return scl_tree_int(expected, &nano) && value->kind == SCL_KIND_INT &&
               value->as.number == nano;
    default:
        return value->kind == SCL_KIND_TEXT &&
               scl_str_same(scl_value_text(value), scl_tree_text(expected));
    }
}

static bool
has_text(const struct scl_list *list, struct scl_str text)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (scl_str_same(scl_value_text(&list->items[i]), text))
            return true;
    return false;
}

/* Capabilities are sets, other lists have an order. */
static void
compare_texts(struct comparison *c, const char *path, const struct scl_value *value,
              const struct scl_tree *expected)
{
    bool is_set = strncmp(path, "capabilities.", 13) == 0, same;

    if (value->kind == SCL_KIND_EMPTY && !scl_tree_count(expected)) { /* printed as [] */
        c->counts.good++;
        return;
    }
    same = value->kind == SCL_KIND_LIST && value->as.list->count == scl_tree_count(expected);
    for (uint32_t i = 0; same && i < scl_tree_count(expected); i++) {
        struct scl_str text = scl_tree_text(scl_tree_child(expected, i));

        same = is_set ? has_text(value->as.list, text)
                      : scl_str_same(scl_value_text(&value->as.list->items[i]), text);
    }
    c->counts.good += same;
    if (!same)
        differs(c, path, "another list");
}

static void compare(struct comparison *c, const char *path, const struct scl_tree *expected);

/* Whether a field of a member is what is wanted of it; true where nothing is. */
static bool
fits_member(const struct comparison *c, uint32_t object, unsigned field,
            const struct scl_tree *wanted)
{
    struct scl_reading reading;

    scl_view_read(c->view, (struct scl_node){ object, (uint16_t)field, 0 }, &reading);
    return !wanted || same_scalar(&reading.value, wanted);
}

/* The position of a port by its numbers and protocol, from 1; 0: there is none. */
static uint32_t
port_position(const struct comparison *c, const struct scl_value *value,
              const struct scl_tree *wanted)
{
    for (uint32_t i = 0; value->kind == SCL_KIND_LIST && i < value->as.list->count; i++) {
        uint32_t port = value->as.list->items[i].as.object;

        if (fits_member(c, port, SCL_PORT_CONTAINER_PORT,
                        scl_tree_find(wanted, SCL_S("container_port"))) &&
            fits_member(c, port, SCL_PORT_HOST_PORT, scl_tree_find(wanted, SCL_S("host_port"))) &&
            (is_inexpressible(c, "ports[1].protocol") ||
             fits_member(c, port, SCL_PORT_PROTOCOL, scl_tree_find(wanted, SCL_S("protocol")))))
            return i + 1;
    }
    return 0;
}

/* Members by their key; where some are listed a document may have more variables only, where none
 * are no more than those of the runtime. */
static void
compare_members(struct comparison *c, const char *path, const struct scl_value *value,
                const struct scl_tree *expected)
{
    static const char *const keys[] = { "target", "name", "host" };
    char below[PATH_BYTES];

    for (uint32_t i = 0; i < scl_tree_count(expected); i++) {
        const struct scl_tree *wanted = scl_tree_child(expected, i);
        struct scl_str key = { "", 0 };

        for (size_t k = 0; k < sizeof keys / sizeof *keys && !key.len; k++)
            key = member(wanted, keys[k]);
        if (strcmp(path, "ports") == 0)
            snprintf(below, sizeof below, "%s[%u]", path, port_position(c, value, wanted));
        else
            snprintf(below, sizeof below, "%s[%.*s]", path, SCL_ARG(key));
        compare(c, below, wanted);
    }
    if (strcmp(path, "ports") == 0 &&
        (value->kind == SCL_KIND_LIST ? value->as.list->count : 0) != scl_tree_count(expected))
        differs(c, path, "more or fewer ports");
    for (uint32_t i = 0; value->kind == SCL_KIND_LIST && !scl_tree_count(expected) &&
                         strcmp(path, "mounts") == 0 && i < value->as.list->count;
         i++) {
        struct scl_node origin = { value->as.list->items[i].as.object, SCL_MOUNT_ORIGIN, 0 };
        struct scl_reading reading;

        scl_view_read(c->view, origin, &reading);
        if (!scl_str_is(scl_value_text(&reading.value), "runtime"))
            differs(c, path, "more than the runtime's own");
    }
}

static void
compare_value(struct comparison *c, const char *path, struct scl_node node,
              const struct scl_tree *expected)
{
    const struct scl_tree *first = scl_tree_child(expected, 0);
    struct scl_reading reading;
    struct scl_text text;

    scl_view_read(c->view, node, &reading);
    if (expected->kind == SCL_TREE_LIST && scl_field(node.field)->of < SCL_OF_TEXT) {
        compare_members(c, path, &reading.value, expected);
    } else if (expected->kind == SCL_TREE_LIST && (!first || first->kind != SCL_TREE_MAP)) {
        compare_texts(c, path, &reading.value, expected);
    } else if (same_scalar(&reading.value, expected)) {
        c->counts.good++;
    } else {
        scl_text_init(&text);
        scl_value_print(&reading.value, &text);
        differs(c, path, text.at ? text.at : "nothing");
        scl_text_finish(&text);
    }
}

/* Whether what stands below a path is the key of a map, and no field. */
static bool
is_key(const struct comparison *c, const char *path, struct scl_str key)
{
    struct scl_node node;

    return scl_str_find_char(key, '.') != SIZE_MAX ||
           (*path && scl_view_find(c->view, c->root, scl_str_c(path), &node) && node.field &&
            scl_field(node.field)->kind == SCL_KIND_MAP);
}

static void
compare(struct comparison *c, const char *path, const struct scl_tree *expected)
{
    struct scl_str name = scl_str_c(path);
    size_t dot = scl_str_find_last(name, '.');
    char below[PATH_BYTES];
    struct scl_node node;
    bool is_map = expected->kind == SCL_TREE_MAP;

    if (is_inexpressible(c, path) || (!is_map && is_overridden(c, path)) ||
        is_listed(scl_str_sub(name, dot == SIZE_MAX ? 0 : dot + 1, name.len), not_modelled,
                  sizeof not_modelled / sizeof *not_modelled)) {
        c->counts.skipped++;
        return;
    }
    for (uint32_t i = 0; is_map && i < scl_tree_count(expected); i++) {
        const struct scl_tree *child = scl_tree_child(expected, i);
        struct scl_str key = scl_tree_key(child);

        if (scl_str_is(key, "why") || scl_str_is(key, "declared")) /* for readers */
            continue;
        snprintf(below, sizeof below, is_key(c, path, key) ? "%s%.0s[%.*s]" : "%s%s%.*s", path,
                 *path ? "." : "", SCL_ARG(key));
        compare(c, below, child);
    }
    if (is_map)
        return;
    if (scl_view_find(c->view, c->root, name, &node))
        compare_value(c, path, node, expected);
    else
        differs(c, path, "no such field or member");
}

/* What all formats have in common, and what this one has besides or instead. */
static void
compare_model(struct comparison *c, const struct scl_tree *model)
{
    const struct scl_tree *own =
        scl_tree_find(scl_tree_find(model, SCL_S("per_format")), c->format);

    c->inexpressible =
        scl_tree_find(scl_tree_find(model, SCL_S("not_expressible")), c->format);
    c->overriding = own;
    compare(c, "", scl_tree_find(model, SCL_S("common")));
    check_inexpressible(c);
    c->inexpressible = c->overriding = NULL;
    if (own)
        compare(c, "", own);
}

/* The container that a set is about: of several services the one of its name. */
static bool
find_container(struct comparison *c, const struct scl_document *d, const struct scl_tree *model)
{
    struct scl_str name = member(scl_tree_find(model, SCL_S("common")), "name");

    for (uint32_t i = 0; i < d->subjects.count; i++) {
        const struct scl_value *value =
            scl_document_value(d, d->subjects.at[i].root, SCL_CONTAINER_NAME);

        if (d->subjects.count > 1 && (!value || !scl_str_same(scl_value_text(value), name)))
            continue;
        c->view = d->view;
        c->root.object = d->subjects.at[i].root;
        return true;
    }
    return false;
}

static void
check_set(const char *folder, const char *format, const char *file, struct counts *counts)
{
    struct scl_arena arena;
    struct scl_str text, config;
    char path[PATH_BYTES];
    const struct scl_tree *model;
    struct comparison c = { .format = scl_str_c(format) };
    struct scl_input input = { 0 };
    struct scl_document *d;

    scl_arena_init(&arena);
    snprintf(path, sizeof path, "%s/expected-model.json", folder);
    if (!read_file(&arena, path, &text)) {
        scl_arena_finish(&arena);
        return;
    }
    snprintf(path, sizeof path, "%s/%s", folder, file);
    if (!read_file(&arena, path, &config))
        config = scl_str_n("", 0);
    model = parse(&arena, text);
    input.name = scl_str_c(path);
    input.text = config;
    d = scl_read(&input);
    if (d && strcmp(d->format, format) == 0 && find_container(&c, d, model)) {
        compare_model(&c, model);
    } else {
        c.counts.bad++;
        printf("  %s: no container\n", path);
    }
    counts->good += c.counts.good;
    counts->bad += c.counts.bad;
    counts->skipped += c.counts.skipped;
    scl_document_unref(d);
    scl_arena_finish(&arena);
}

static bool
check_equivalence(const char *corpus, const char *format, const char *file)
{
    struct counts counts = { 0 };
    char folder[PATH_BYTES];

    for (int set = 1; set <= LAST_SET; set++) {
        snprintf(folder, sizeof folder, "%s/equivalence/equivalent-%02d", corpus, set);
        check_set(folder, format, file, &counts);
    }
    printf("equivalence of %s: %u of %u values, %u left out\n", format, counts.good,
           counts.good + counts.bad, counts.skipped);
    return counts.bad == 0 && counts.good > 0;
}

/* Sets of our own, in the shape of the corpus. */
static bool
check_own_sets(void)
{
    static const char *const sets[] = { "isolation", "profiles", "traps" };
    struct counts counts = { 0 };
    char folder[PATH_BYTES];

    for (size_t set = 0; set < sizeof sets / sizeof *sets; set++)
        for (size_t i = 0; i < sizeof equivalents / sizeof *equivalents; i++) {
            snprintf(folder, sizeof folder, "%s/tests/conformance/equivalence/%s", SOURCE_ROOT,
                     sets[set]);
            check_set(folder, equivalents[i].format, equivalents[i].file, &counts);
        }
    printf("equivalence of our own sets: %u of %u values, %u left out\n", counts.good,
           counts.good + counts.bad, counts.skipped);
    return counts.bad == 0 && counts.good > 0;
}

int
main(void)
{
    const char *corpus = getenv("SCANTLING_CORPUS");
    char path[PATH_BYTES];
    FILE *manifest;
    bool ok = check_own_sets();

    if (!corpus || !*corpus)
        corpus = SOURCE_ROOT "/../shared/corpus";
    snprintf(path, sizeof path, "%s/samples/MANIFEST.json", corpus);
    manifest = fopen(path, "rb");
    if (!manifest) {
        printf("skipped: no corpus at %s\n", corpus);
        return ok ? 0 : 1;
    }
    fclose(manifest);
    ok = check_samples(corpus) && ok;
    ok = check_realworld(corpus) && ok;
    for (size_t i = 0; i < sizeof equivalents / sizeof *equivalents; i++)
        ok = check_equivalence(corpus, equivalents[i].format, equivalents[i].file) && ok;
    return ok ? 0 : 1;
}
