/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose.c: Compose files, and the files they are read with
 *
 * Each service of the file, of those it includes and of the override file beside it is a container.
 * A file before `services:` was a key is known by its name alone.
 */
#include "formats/compose.h"

#include "base/path.h"
#include "formats/companions.h"
#include "formats/format.h"
#include "formats/yaml_input.h"

#include <string.h>

enum { MOST_EXTENDED = 32, MOST_INCLUDED = 64 };

/* ---- recognizing ---- */

static bool
is_service(const struct scl_tree *node)
{
    static const char *const keys[] = { "image", "build", "extends", "provider" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (scl_tree_find(node, scl_str_c(keys[i])))
            return true;
    return false;
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *services = scl_tree_find(root, SCL_S("services"));

    *ret_reason = "services, with images";
    if (scl_tree_find(root, SCL_S("apiVersion")) || !services || services->kind != SCL_TREE_MAP)
        return SCL_FIT_NO;
    for (uint32_t i = 0; i < scl_tree_count(services); i++)
        if (is_service(scl_tree_child(services, i)))
            return SCL_FIT_YES;
    return SCL_FIT_NO;
}

/* compose.yaml, docker-compose.prod.yml and their like; with `ret_stem` what stands before the
 * first dot. */
static bool
is_named(struct scl_str base, struct scl_str *ret_stem)
{
    static const char *const stems[] = { "compose", "docker-compose", "podman-compose",
                                         "container-compose" };
    size_t end = scl_str_find_char(base, '.');

    if (!scl_str_ends(base, SCL_S(".yaml")) && !scl_str_ends(base, SCL_S(".yml")))
        return false;
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        struct scl_str stem = scl_str_c(stems[i]);
        char next = base.len > stem.len ? base.at[stem.len] : '\0';

        if (!scl_str_starts(base, stem) || (next != '.' && next != '-' && next != '_'))
            continue;
        *ret_stem = scl_str_sub(base, 0, end);
        return true;
    }
    return false;
}

static enum scl_fit
fits_name(struct scl_str base)
{
    struct scl_str stem;

    return is_named(base, &stem) ? SCL_FIT_YES : SCL_FIT_NO;
}

/* ---- files ---- */

/* Adds a file; its root is NULL where it is no map. */
static const struct scl_compose_file *
add_file(struct scl_compose *c, const struct scl_tree *root, const struct scl_yaml *yaml,
         struct scl_str folder, uint16_t number)
{
    struct scl_compose_file *file = scl_arena_alloc(&c->l.d->arena, sizeof *file);
    struct scl_compose_file **made = file ? scl_vec_push(&c->l.d->arena, &c->files) : NULL;

    if (!made)
        return NULL;
    *made = file;
    *file = (struct scl_compose_file){ root, yaml, folder, number };
    if (root && root->kind != SCL_TREE_MAP)
        file->root = NULL;
    else if (root)
        scl_compose_know(c, root);
    return file;
}

static struct scl_str
folder_of(struct scl_arena *arena, struct scl_str path)
{
    struct scl_str folder = scl_path_dir(arena, path);

    return scl_str_is(folder, ".") ? scl_str_n("", 0) : folder;
}

/* A path of a file as seen from the document. */
static struct scl_str
path_from(struct scl_compose *c, const struct scl_compose_file *file, struct scl_str path)
{
    struct scl_arena *arena = &c->l.d->arena;

    return file->folder.len ? scl_path_join(arena, file->folder, path)
                            : scl_path_clean(arena, path);
}

/* A companion, read once; NULL where nobody gave it. `*ret_answer` says why. */
static const struct scl_compose_file *
open_file(struct scl_compose *c, struct scl_str path, enum scl_companion_answer *ret_answer)
{
    struct scl_document *d = c->l.d;
    const struct scl_yaml *yaml;
    uint16_t number;

    *ret_answer = scl_companion_read(d, c->input, path, &number);
    if (*ret_answer != SCL_COMPANION_GIVEN)
        return NULL;
    for (uint32_t i = 0; i < c->files.count; i++)
        if (c->files.at[i]->number == number)
            return c->files.at[i];
    yaml = scl_yaml_input(d, number, &c->input->limits);
    if (!yaml)
        return NULL;
    scl_yaml_input_comments(d, number, yaml);
    return add_file(c, scl_tree_child(yaml->documents, 0), yaml,
                    folder_of(&d->arena, path), number);
}

/* ---- services ---- */

static const struct scl_tree *
services_of(const struct scl_tree *root)
{
    const struct scl_tree *services = scl_tree_find(root, SCL_S("services"));

    return services && services->kind == SCL_TREE_MAP ? services : NULL;
}

static const struct scl_tree *
find_service(const struct scl_compose_file *file, struct scl_str name)
{
    const struct scl_tree *services = file && file->root ? services_of(file->root) : NULL;
    const struct scl_tree *service = services ? scl_tree_find(services, name) : NULL;

    return service && service->kind == SCL_TREE_MAP ? service : NULL;
}

struct layer {
    const struct scl_compose_file *file;
    const struct scl_tree *service;
};

/* What a service extends: NULL where it is nothing, or not given. */
static const struct scl_tree *
find_extended(struct scl_compose *c, const struct layer *of, struct layer *ret)
{
    const struct scl_tree *extends = scl_rows_find(of->service, "extends");
    const struct scl_tree *path = extends ? scl_rows_find(extends, "file") : NULL;
    struct scl_str name = extends && extends->kind == SCL_TREE_STRING
                              ? scl_tree_text(extends)
                              : scl_rows_text_at(extends ? extends : of->service, "service");
    enum scl_companion_answer answer;
    struct scl_str text;

    if (!extends)
        return NULL;
    ret->file = of->file;
    if (path && path->kind == SCL_TREE_STRING) {
        text = scl_compose_text(c, path, scl_tree_text(path));
        ret->file = scl_part_is_known(text) ? open_file(c, path_from(c, of->file, text), &answer)
                                            : NULL;
    }
    name = scl_compose_text(c, extends, name);
    ret->service = find_service(ret->file, name);
    if (!ret->service)
        c->lost = extends;
    if (ret->file && !ret->service && scl_part_is_known(name))
        scl_rows_refuse(&c->l, 0, SCL_NONE, extends, "extends a service that is not there");
    return ret->service;
}

/* The layers of a service in one file, what is extended first. */
static void
apply_layers(struct scl_compose *c, uint32_t container, const struct scl_compose_file *file,
             const struct scl_tree *service)
{
    struct layer layers[MOST_EXTENDED] = { { file, service } };
    uint32_t count = 1;

    while (count < MOST_EXTENDED && find_extended(c, &layers[count - 1], &layers[count]))
        count++;
    if (count == MOST_EXTENDED) {
        scl_rows_refuse(&c->l, 0, SCL_NONE, scl_rows_find(service, "extends"),
                        "services extend each other without an end");
        c->lost = service;
    }
    while (count--) {
        const struct scl_tree *copy =
            scl_compose_copy(c, layers[count].file, layers[count].service);

        c->file = layers[count].file;
        if (copy)
            scl_compose_apply(c, container, copy);
    }
}

static uint32_t
begin_container(struct scl_compose *c, const struct scl_tree *service)
{
    struct scl_document *d = c->l.d;
    uint32_t origin = scl_rows_origin(&c->l, service), container;

    container = scl_build_subject(d, SCL_TYPE_CONTAINER, scl_str_n("", 0), origin);
    if (!container)
        return 0;
    d->subjects.at[d->subjects.count - 1].says = c->l.says;
    scl_build_text(d, container, SCL_CONTAINER_NAME, scl_tree_key(service),
                   scl_build_file_origin(d, service->file, service->key_span, service->key_span));
    scl_build_text(d, container, SCL_CONTAINER_RUNTIME_FAMILY, SCL_S("docker"), 0);
    scl_build_text(d, container, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    scl_build_text(d, container, SCL_CONTAINER_OS, SCL_S("linux"), 0);
    return container;
}

static void
add_service(struct scl_compose *c, const struct scl_compose_file *file,
            const struct scl_tree *service, const struct scl_compose_file *override)
{
    const struct scl_tree *over = find_service(override, scl_tree_key(service));
    uint32_t container = begin_container(c, service);

    if (!container)
        return;
    c->lost = NULL;
    apply_layers(c, container, file, service);
    if (over)
        apply_layers(c, container, override, over);
    scl_compose_finish(c, container, service);
}

/* Volumes whose driver is told to bind a folder of the host. */
static void
find_binds(struct scl_compose *c, const struct scl_compose_file *file)
{
    const struct scl_tree *volumes = file->root ? scl_rows_find(file->root, "volumes") : NULL;

    for (uint32_t i = 0; volumes && i < scl_tree_count(volumes); i++) {
        const struct scl_tree *volume = scl_tree_child(volumes, i), *device, *copy;
        struct scl_str rest = scl_rows_text_at(volume, "driver_opts.o"), option;
        bool binds = false;

        device = scl_rows_find(volume, "driver_opts.device");
        while (scl_str_cut(&rest, ',', &option))
            binds = binds || scl_str_is(option, "bind") || scl_str_is(option, "rbind");
        copy = binds && device ? scl_compose_copy(c, file, device) : NULL;
        if (copy && copy->kind == SCL_TREE_STRING) {
            const struct scl_tree **made = scl_vec_push(&c->l.d->arena, &c->bind_devices);

            if (!made)
                return;
            *made = copy;
            scl_map_put(&c->binds, scl_tree_key(volume), c->bind_devices.count - 1);
        }
    }
    c->uses.count = 0;
}

static void
add_services(struct scl_compose *c, const struct scl_compose_file *file,
             const struct scl_compose_file *override)
{
    const struct scl_tree *services = file->root ? services_of(file->root) : NULL;

    find_binds(c, file);
    for (uint32_t i = 0; services && i < scl_tree_count(services); i++) {
        const struct scl_tree *service = scl_tree_child(services, i);

        if (service->kind == SCL_TREE_MAP)
            add_service(c, file, service, override);
        else if (service->kind != SCL_TREE_NULL)
            scl_rows_expect(&c->l, 0, SCL_NONE, service, SCL_TREE_MAP);
    }
    services = override && override->root ? services_of(override->root) : NULL;
    for (uint32_t i = 0; services && i < scl_tree_count(services); i++) {
        const struct scl_tree *service = scl_tree_child(services, i);

        if (service->kind == SCL_TREE_MAP && !find_service(file, scl_tree_key(service)))
            add_service(c, override, service, NULL);
    }
}

/* ---- other files ---- */

/* The override file beside one of a standard name, or NULL. */
static const struct scl_compose_file *
find_override(struct scl_compose *c)
{
    static const char *const names[] = { "compose", "docker-compose" };
    static const char *const endings[] = { "yml", "yaml" };
    struct scl_str name = c->l.d->name;
    size_t slash = scl_str_find_last(name, '/');
    enum scl_companion_answer answer;

    name = slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
    for (size_t i = 0; i < 4; i++) {
        struct scl_str path;
        const struct scl_compose_file *found;
        size_t stem = i / 2;
        size_t length = strlen(names[stem]);

        if (!scl_str_starts(name, scl_str_c(names[stem])) ||
            (!scl_str_is(scl_str_sub(name, length, name.len), ".yml") &&
             !scl_str_is(scl_str_sub(name, length, name.len), ".yaml")))
            continue;
        path = scl_rows_print(&c->l.d->arena, "%s.override.%s", names[stem], endings[i % 2]);
        found = open_file(c, path, &answer);
        if (found)
            return found;
    }
    return NULL;
}

/* Files that a file includes; those that they include follow. */
static void
include_path(struct scl_compose *c, const struct scl_compose_file *from,
             const struct scl_tree *path)
{
    const struct scl_compose_file *file = NULL, **made;
    enum scl_companion_answer answer;
    struct scl_str text;

    if (path->kind != SCL_TREE_STRING || c->included.count >= MOST_INCLUDED)
        return;
    text = scl_compose_text(c, path, scl_tree_text(path));
    if (scl_part_is_known(text))
        file = open_file(c, path_from(c, from, text), &answer);
    for (uint32_t i = 0; file && i < c->included.count; i++)
        if (c->included.at[i] == file)
            return;
    made = file && file->number ? scl_vec_push(&c->l.d->arena, &c->included) : NULL;
    if (made)
        *made = file;
}

static void
include_files(struct scl_compose *c, const struct scl_compose_file *from)
{
    const struct scl_tree *include = from->root ? scl_rows_find(from->root, "include") : NULL;

    for (uint32_t i = 0; include && i < scl_tree_count(include); i++) {
        const struct scl_tree *item = scl_tree_child(include, i);
        const struct scl_tree *path = item->kind == SCL_TREE_MAP ? scl_rows_find(item, "path")
                                                                 : item;

        if (path && path->kind == SCL_TREE_LIST)
            for (uint32_t k = 0; k < scl_tree_count(path); k++)
                include_path(c, from, scl_tree_child(path, k));
        else if (path)
            include_path(c, from, path);
    }
    c->uses.count = 0;
}

/* ---- lowering ---- */

/* A file from before `services` was a key: all maps that look like a service are some. */
static const struct scl_tree *
first_version(struct scl_compose *c, const struct scl_tree *root)
{
    struct scl_tree *services, *made;

    if (scl_tree_find(root, SCL_S("services")) || scl_tree_find(root, SCL_S("version")) ||
        root->kind != SCL_TREE_MAP)
        return root;
    for (uint32_t i = 0; i < scl_tree_count(root); i++)
        if (!is_service(scl_tree_child(root, i)))
            return root;
    services = scl_arena_alloc(&c->l.d->arena, sizeof *services);
    made = scl_arena_alloc(&c->l.d->arena, sizeof *made);
    if (!services || !made)
        return root;
    *services = *root;
    services->key.at = "services";
    services->key_span = (struct scl_span){ root->span.offset, 0 };
    services->key_span.length = 8; /* as long as its name; it has no place of its own */
    if ((size_t)root->span.offset + 8 > c->l.d->files[root->file].text.len)
        return root;
    *made = *root;
    made->body.first = services;
    made->count = 1;
    return made;
}

static bool
begin(struct scl_compose *c)
{
    c->l.reading = c;
    c->l.interpolate = scl_compose_interpolate;
    scl_map_init(&c->env, &c->l.d->arena);
    scl_map_init(&c->binds, &c->l.d->arena);
    c->l.says = scl_arena_array(&c->l.d->arena, SCL_FIELD_COUNT / 64 + 1, sizeof *c->l.says);
    if (!c->l.says)
        return false;
    scl_rows_say_all(&c->l, scl_compose_rows);
    for (unsigned i = 0; i < 3; i++) { /* name, format, resolution */
        unsigned field = SCL_CONTAINER_NAME + i;

        c->l.says[field / 64] |= UINT64_C(1) << (field % 64);
    }
    return true;
}

/* An override file is judged with the file that it lies beside. */
static bool
is_read_elsewhere(struct scl_compose *c)
{
    static const char *const endings[] = { "yaml", "yml" };
    struct scl_str name = c->l.d->name, stem;
    size_t slash = scl_str_find_last(name, '/');
    enum scl_companion_answer answer = SCL_COMPANION_UNTOLD;
    uint16_t number;

    name = slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
    stem = scl_str_sub(name, 0, scl_str_find_char(name, '.'));
    if (!scl_str_starts(scl_str_sub(name, stem.len, name.len), SCL_S(".override.y")))
        return false;
    for (size_t i = 0; i < 2 && answer != SCL_COMPANION_GIVEN; i++)
        answer = scl_companion_read(c->l.d, c->input,
                                    scl_rows_print(&c->l.d->arena, "%.*s.%s", SCL_ARG(stem),
                                                   endings[i]),
                                    &number);
    if (answer != SCL_COMPANION_GIVEN)
        return false;
    scl_note_add(&c->l.d->notes, SCL_NOTE_INFO, (struct scl_span){ 0, 0 },
                 "its services are judged with those of the file that it overrides");
    return true;
}

static void
read_files(struct scl_compose *c, const struct scl_tree *root)
{
    const struct scl_compose_file *main, *override;

    main = add_file(c, first_version(c, root), c->l.d->yaml, scl_str_n("", 0), 0);
    if (!main || is_read_elsewhere(c))
        return;
    override = find_override(c);
    if (override)
        find_binds(c, override);
    add_services(c, main, override);
    include_files(c, main);
    for (uint32_t i = 0; i < c->included.count; i++) {
        include_files(c, c->included.at[i]);
        add_services(c, c->included.at[i], NULL);
    }
}

/* Compose takes no file with a key twice in a map. */
static void
refuse_duplicates(struct scl_document *d)
{
    for (uint32_t i = 0; i < d->notes.list.count; i++)
        if (d->notes.list.at[i].is_duplicate)
            d->notes.list.at[i].kind = SCL_NOTE_ERROR;
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_compose *c = scl_arena_alloc(&d->arena, sizeof *c);
    const struct scl_tree *first = scl_tree_child(root, 0);

    if (!c || !first)
        return;
    memset(c, 0, sizeof *c);
    c->l = (struct scl_lowering){ .d = d, .root = first, .input = input };
    c->input = input;
    if (!begin(c))
        return;
    if (first->kind != SCL_TREE_MAP && !first->is_cut)
        scl_rows_expect(&c->l, 0, SCL_NONE, first, SCL_TREE_MAP);
    else
        read_files(c, first);
    refuse_duplicates(d);
}

const struct scl_format scl_format_compose = {
    .name = "compose",
    .title = "services of Compose files, in YAML or JSON",
    .resolution = "request",
    .family = "docker",
    .sample = "services: {x: {image: x}}",
    .rows = scl_compose_rows,
    .takes_yaml = true,
    .fits_name = fits_name,
    .fits_tree = fits_tree,
    .lower = lower,
};
