/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_mounts.c: what a RUN mounts, and here-documents
 */
#include "formats/dockerfile_lower.h"

#include "base/path.h"

/* Fields of a mount by the names they are written with. */
static const struct {
    const char *name;
    unsigned field;
} field_rows[] = {
    { "type", SCL_BUILD_MOUNT_TYPE },     { "from", SCL_BUILD_MOUNT_FROM },
    { "source", SCL_BUILD_MOUNT_SOURCE }, { "src", SCL_BUILD_MOUNT_SOURCE },
    { "target", SCL_BUILD_MOUNT_TARGET }, { "dst", SCL_BUILD_MOUNT_TARGET },
    { "destination", SCL_BUILD_MOUNT_TARGET }, { "id", SCL_BUILD_MOUNT_ID },
    { "env", SCL_BUILD_MOUNT_ENV },
};

static const char *const type_names[] = {
    [SCL_DOCKER_MOUNT_BIND] = "bind",   [SCL_DOCKER_MOUNT_CACHE] = "cache",
    [SCL_DOCKER_MOUNT_TMPFS] = "tmpfs", [SCL_DOCKER_MOUNT_SECRET] = "secret",
    [SCL_DOCKER_MOUNT_SSH] = "ssh",
};

struct mounting {
    struct scl_lowering *l;
    const struct scl_docker_option *option;
    uint32_t mount, origin; /* object, of the flag */
    struct scl_str *values;
    uint32_t unknown; /* fields whose variables are not known */
};

static unsigned
field_of(struct scl_str key)
{
    for (size_t i = 0; i < sizeof field_rows / sizeof field_rows[0]; i++)
        if (scl_str_is_nocase(key, field_rows[i].name))
            return field_rows[i].field;
    return SCL_NONE;
}

/* The origin of a field: that of the last pair that says it, else of the flag. */
static uint32_t
field_origin(const struct mounting *mounting, unsigned field)
{
    const struct scl_docker_option *option = mounting->option;

    for (uint32_t i = option->field_count; i > 0; i--)
        if (field_of(option->fields[i - 1].key) == field)
            return scl_build_origin(mounting->l->d, option->fields[i - 1].span,
                                    option->fields[i - 1].value_span);
    return mounting->origin;
}

/* A type that cannot be told counts as written. */
static bool
is_written(const struct mounting *mounting, unsigned field)
{
    for (uint32_t i = 0; i < mounting->option->field_count; i++)
        if (field_of(mounting->option->fields[i].key) == field)
            return true;
    return field == SCL_BUILD_MOUNT_TYPE;
}

static bool
is_unknown(const struct mounting *mounting, unsigned field)
{
    return mounting->unknown >> (field - SCL_BUILD_MOUNT_TYPE) & 1;
}

static void
set_field(const struct mounting *mounting, unsigned field, struct scl_str text)
{
    struct scl_known value = { scl_lower_keep(mounting->l, text), !is_unknown(mounting, field) };

    if (value.is_known ? text.len != 0 : is_written(mounting, field))
        scl_lower_text(mounting->l, mounting->mount, field, value, field_origin(mounting, field));
}

static void
set_from(const struct mounting *mounting, struct scl_str name)
{
    struct scl_lowering *l = mounting->l;
    uint32_t origin = field_origin(mounting, SCL_BUILD_MOUNT_FROM), reference;
    bool known = !is_unknown(mounting, SCL_BUILD_MOUNT_FROM);
    struct scl_span span = scl_document_origin(l->d, origin)->value;

    if (!is_written(mounting, SCL_BUILD_MOUNT_FROM) ||
        (known && scl_stages_from(l, name, span, false) != SCL_FROM_IMAGE))
        return;
    origin = scl_lower_origin(l, span);
    reference = scl_build_object(l->d, mounting->mount, SCL_BUILD_MOUNT_FROM, origin);
    if (known) {
        scl_build_reference(l->d, reference, SCL_REFERENCE_RAW, scl_lower_keep(l, name), origin);
        scl_check_image(l, name, span);
    } else {
        scl_build_reference_unknown(l->d, reference, SCL_REFERENCE_RAW,
                                    scl_lower_certain_end(name), origin);
    }
}

static bool
is_of_file(const struct scl_docker_mount *mount)
{
    return mount->type == SCL_DOCKER_MOUNT_SECRET || mount->type == SCL_DOCKER_MOUNT_SSH;
}

/* A target is absolute where the folder it is seen from is known. None is that folder. */
static struct scl_str
whole_target(const struct mounting *mounting, const struct scl_docker_mount *mount)
{
    struct scl_lowering *l = mounting->l;
    struct scl_known folder = scl_stage_folder(l);
    struct scl_str target = mount->target;

    if (!folder.is_known || scl_path_is_absolute(target) || (!target.len && is_of_file(mount)))
        return target;
    return target.len ? scl_path_join(&l->scratch, folder.text, target) : folder.text;
}

/* A build refuses to mount over all of the image. */
static void
check_target(const struct mounting *mounting, const struct scl_docker_mount *mount,
             struct scl_str target)
{
    struct scl_str clean = scl_path_clean(&mounting->l->scratch, target);

    if (!mounting->unknown && !is_of_file(mount) && target.len && scl_str_is(clean, "/"))
        scl_note_add(&mounting->l->d->notes, SCL_NOTE_ERROR, mounting->option->flag->span,
                     "mount over / of the image");
}

static bool
expand_fields(struct mounting *mounting)
{
    struct scl_lowering *l = mounting->l;
    const struct scl_docker_option *option = mounting->option;

    mounting->values = scl_arena_array(&l->scratch, option->field_count, sizeof *mounting->values);
    for (uint32_t i = 0; mounting->values && i < option->field_count; i++) {
        const struct scl_docker_pair *pair = &option->fields[i];
        struct scl_known value = scl_lower_expand(l, pair->value, pair->value_span);
        unsigned field = field_of(pair->key);

        mounting->values[i] = value.is_known ? value.text : pair->value;
        if (!value.is_known)
            mounting->unknown |= 1u << (field ? field - SCL_BUILD_MOUNT_TYPE : 31);
    }
    return mounting->values != NULL;
}

static void
note_unkept(const struct mounting *mounting, struct scl_step *step, struct scl_str target)
{
    struct scl_arena *scratch = &mounting->l->scratch;
    struct scl_str *made = NULL;

    if (target.len && !is_unknown(mounting, SCL_BUILD_MOUNT_TARGET) &&
        !is_unknown(mounting, SCL_BUILD_MOUNT_TYPE))
        made = scl_vec_push(scratch, &step->unkept);
    if (made)
        *made = scl_path_clean(scratch, target);
}

static void
lower_mount(struct scl_lowering *l, struct scl_step *step, const struct scl_docker_option *option)
{
    struct mounting mounting = { .l = l, .option = option };
    struct scl_docker_problem problem = { 0 };
    struct scl_docker_mount mount = { 0 };
    struct scl_str target;

    mounting.origin = scl_build_origin(l->d, option->flag->span, option->flag->value_span);
    mounting.mount =
        scl_build_object(l->d, step->object, SCL_INSTRUCTION_MOUNTS, mounting.origin);
    if (!expand_fields(&mounting))
        return;
    if (!scl_docker_mount_evaluate(&l->scratch, option, mounting.values, &mount, &problem)) {
        if (!mounting.unknown)
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR,
                         problem.field < option->field_count ? option->fields[problem.field].span
                                                             : option->flag->span,
                         "%.*s", SCL_ARG(problem.text));
        mounting.unknown = UINT32_MAX;
    }
    target = whole_target(&mounting, &mount);
    check_target(&mounting, &mount, target);
    set_field(&mounting, SCL_BUILD_MOUNT_TYPE, scl_str_c(type_names[mount.type]));
    set_field(&mounting, SCL_BUILD_MOUNT_SOURCE, mount.source);
    set_field(&mounting, SCL_BUILD_MOUNT_TARGET, target);
    set_field(&mounting, SCL_BUILD_MOUNT_ID, mount.id);
    set_field(&mounting, SCL_BUILD_MOUNT_ENV, mount.env);
    set_from(&mounting, mount.from);
    if (mount.type == SCL_DOCKER_MOUNT_CACHE || mount.type == SCL_DOCKER_MOUNT_TMPFS)
        note_unkept(&mounting, step, target);
}

void
scl_mounts_lower(struct scl_lowering *l, struct scl_step *step)
{
    for (uint32_t i = 0; i < step->from->option_count; i++)
        if (scl_str_is(step->from->options[i].flag->name, "mount"))
            lower_mount(l, step, &step->from->options[i]);
}

/* A body without the tabs that `<<-` takes away. */
static struct scl_str
without_tabs(struct scl_lowering *l, struct scl_str body)
{
    char *copy = scl_arena_alloc(&l->d->arena, body.len);
    size_t length = 0;
    bool at_start = true;

    for (size_t i = 0; copy && i < body.len; i++) {
        if (at_start && body.at[i] == '\t')
            continue;
        at_start = body.at[i] == '\n';
        copy[length++] = body.at[i];
    }
    return scl_str_n(copy, length);
}

void
scl_heredocs_lower(struct scl_lowering *l, struct scl_step *step)
{
    for (uint32_t i = 0; i < step->from->heredoc_count; i++) {
        const struct scl_docker_heredoc *heredoc = &step->from->heredocs[i];
        uint32_t name = scl_lower_origin(l, heredoc->word);
        uint32_t body = scl_build_origin(l->d, heredoc->body, heredoc->body);
        uint32_t object = scl_build_object(l->d, step->object, SCL_INSTRUCTION_HEREDOCS, body);
        struct scl_str text = scl_source_text(l->file.source, heredoc->body);

        scl_build_text(l->d, object, SCL_HEREDOC_NAME, scl_lower_keep(l, heredoc->delimiter), name);
        scl_build_text(l->d, object, SCL_HEREDOC_TEXT,
                       heredoc->strips_tabs ? without_tabs(l, text) : scl_lower_keep(l, text),
                       body);
        scl_build_bool(l->d, object, SCL_HEREDOC_EXPANDS, heredoc->expands, name);
    }
}
