/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_image.c: the image that a stage promises
 *
 * The chain of stages is walked from its base on, and each step changes what the image will say, as
 * it changes the configuration that BuildKit writes. Of single values the last counts; variables,
 * labels, ports and volumes come together. What no step says comes from the base: nothing where
 * that is `scratch`, else it is not known, and lists are open.
 *
 * The image of a target is a subject. That of another stage is a part of its stage, so that who
 * looks at all images, variables or ports of a build meets only what is built.
 */
#include "formats/dockerfile_lower.h"

#include "syntax/reference.h"

#include <string.h>

/* Ports that ranges may add: more than there are with all protocols, so that only ranges that
 * overlap again and again are cut. */
enum { RANGE_PORTS = 200000 };

/* What images of stages that are no targets look at, beside what the length of the file allows. */
enum { PROMISED_STEPS = 20000 };

struct fold {
    struct scl_lowering *l;
    uint32_t image, target;
    const struct scl_step *last[SCL_DOCKER_WORKDIR + 1]; /* by kind */
    const struct scl_step *entrypoint_shell, *command_shell; /* the SHELL that held then */
    const struct scl_step *cleared; /* the ENTRYPOINT that took the command away */
    SCL_VEC(const struct scl_operand *) env; /* pairs */
    struct scl_map env_names, ports, volumes;
    uint32_t ports_left;
    bool env_is_open;
};

static void
fold_env(struct fold *fold, const struct scl_step *step)
{
    for (uint32_t i = 0; i + 1 < step->count; i += 2) {
        const struct scl_operand *pair = &step->values[i], **at;
        const struct scl_map_entry *entry;

        if (!pair->value.is_known) {
            fold->env_is_open = true;
            continue;
        }
        entry = scl_map_find(&fold->env_names, pair->value.text);
        if (entry) {
            fold->env.at[entry->value] = pair;
            continue;
        }
        at = scl_vec_push(&fold->l->scratch, &fold->env);
        if (!at)
            return;
        *at = pair;
        scl_map_put(&fold->env_names, pair->value.text, fold->env.count - 1);
    }
}

static void
fold_labels(struct fold *fold, const struct scl_step *step)
{
    for (uint32_t i = 0; i + 1 < step->count; i += 2)
        scl_lower_entry(fold->l, fold->image, SCL_IMAGE_LABELS, &step->values[i]);
}

static void
fold_volumes(struct fold *fold, const struct scl_step *step)
{
    for (uint32_t i = 0; i < step->count; i++) {
        const struct scl_operand *volume = &step->values[i];

        if (volume->value.is_known) {
            if (scl_map_find(&fold->volumes, volume->value.text))
                continue;
            scl_map_put(&fold->volumes, volume->value.text, 0);
        }
        scl_lower_item(fold->l, fold->image, SCL_IMAGE_VOLUMES, volume->value, volume->origin);
    }
}

static void
add_port(struct fold *fold, uint32_t number, const char *protocol, uint32_t origin)
{
    char text[16], digits[8];
    size_t length = 0, count = 0;
    struct scl_str key;
    char *copy;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number && count < sizeof digits);
    while (count)
        text[length++] = digits[--count];
    text[length++] = '/';
    while (*protocol && length < sizeof text)
        text[length++] = *protocol++;
    if (scl_map_find(&fold->ports, scl_str_n(text, length)))
        return;
    copy = scl_arena_copy(&fold->l->d->arena, text, length);
    if (!copy)
        return;
    key = scl_str_n(copy, length);
    scl_map_put(&fold->ports, key, 0);
    scl_build_item_text(fold->l->d, fold->image, SCL_IMAGE_EXPOSED_PORTS, key, origin);
    scl_build_port(fold->l->d, fold->image, SCL_IMAGE_PORTS, key, origin, origin);
}

static void
fold_ports(struct fold *fold, const struct scl_step *step)
{
    for (uint32_t i = 0; i < step->count; i++) {
        const struct scl_operand *word = &step->values[i];
        struct scl_docker_problem problem;
        struct scl_docker_port port;

        if (!word->value.is_known || !scl_docker_port_parse(&fold->l->scratch, word->value.text,
                                                            &port, &problem)) {
            scl_build_item_unknown(fold->l->d, fold->image, SCL_IMAGE_EXPOSED_PORTS, word->origin);
            scl_build_open(fold->l->d, fold->image, SCL_IMAGE_PORTS);
            continue;
        }
        if (port.last - port.first >= fold->ports_left) {
            scl_build_open(fold->l->d, fold->image, SCL_IMAGE_EXPOSED_PORTS);
            scl_build_open(fold->l->d, fold->image, SCL_IMAGE_PORTS);
            continue;
        }
        fold->ports_left -= port.last - port.first;
        for (uint32_t number = port.first; number <= port.last; number++)
            add_port(fold, number, port.protocol, word->origin);
    }
}

/* An ENTRYPOINT takes away a command that was not set in the same stage. */
static void
fold_entrypoint(struct fold *fold, const struct scl_step *step)
{
    const struct scl_step *command = fold->last[SCL_DOCKER_CMD];

    fold->entrypoint_shell = fold->last[SCL_DOCKER_SHELL];
    if (command && command->stage == step->stage)
        return;
    fold->last[SCL_DOCKER_CMD] = NULL;
    fold->cleared = step;
}

static void
fold_command(struct fold *fold, const struct scl_step *step)
{
    (void)step;
    fold->command_shell = fold->last[SCL_DOCKER_SHELL];
    fold->cleared = NULL;
}

static void
fold_trigger(struct fold *fold, const struct scl_step *step)
{
    if (step->stage == fold->target && step->count)
        scl_build_item_text(fold->l->d, fold->image, SCL_IMAGE_ONBUILD, step->values[0].value.text,
                            step->values[0].origin);
}

static void (*const folds[])(struct fold *fold, const struct scl_step *step) = {
    [SCL_DOCKER_CMD] = fold_command,
    [SCL_DOCKER_ENTRYPOINT] = fold_entrypoint,
    [SCL_DOCKER_ENV] = fold_env,
    [SCL_DOCKER_EXPOSE] = fold_ports,
    [SCL_DOCKER_LABEL] = fold_labels,
    [SCL_DOCKER_ONBUILD] = fold_trigger,
    [SCL_DOCKER_VOLUME] = fold_volumes,
    [SCL_DOCKER_WORKDIR] = NULL,
};

static void
fold_stage(struct fold *fold, const struct scl_stage *stage)
{
    for (uint32_t i = stage->first; i < stage->end; i++) {
        const struct scl_step *step = &fold->l->steps.at[i];
        unsigned kind = step->from->kind;

        if (step->is_later || step->from->is_bad)
            continue;
        if (folds[kind])
            folds[kind](fold, step);
        fold->last[kind] = step;
    }
}

/* What comes together begins with what the base has. */
static void
fold_base(struct fold *fold)
{
    static const unsigned lists[] = { SCL_IMAGE_EXPOSED_PORTS, SCL_IMAGE_VOLUMES };
    const struct scl_stage *stage = &fold->l->stages.at[fold->target];

    if (!stage->given)
        return;
    scl_base_entries(fold->l, stage, fold->image, SCL_IMAGE_LABELS);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct scl_value *list =
            scl_document_value(stage->given->document, stage->given->image, lists[i]);

        scl_base_link(fold->l, stage, fold->image, lists[i]);
        for (uint32_t k = 0; list && list->kind == SCL_KIND_LIST && k < list->as.list->count; k++)
            scl_map_put(i ? &fold->volumes : &fold->ports,
                        scl_value_text(&list->as.list->items[k]), 0);
    }
    for (uint32_t k = 0; k < fold->ports.entries.count; k++)
        scl_build_port(fold->l->d, fold->image, SCL_IMAGE_PORTS, fold->ports.entries.at[k].key, 0,
                       0);
}

static void
fold_chain(struct fold *fold)
{
    struct scl_lowering *l = fold->l;
    uint32_t depth = 0, *chain;

    for (uint32_t s = fold->target; s != SCL_NO_STAGE; s = l->stages.at[s].parent)
        depth++;
    chain = scl_arena_array(&l->scratch, depth, sizeof *chain);
    if (!chain)
        return;
    for (uint32_t s = fold->target, i = depth; s != SCL_NO_STAGE; s = l->stages.at[s].parent)
        chain[--i] = s;
    for (uint32_t i = 0; i < depth; i++)
        fold_stage(fold, &l->stages.at[chain[i]]);
}

/* What is left to say once the chain is walked. */

static const struct scl_stage *
target(const struct fold *fold)
{
    return &fold->l->stages.at[fold->target];
}

static bool
is_scratch(const struct fold *fold)
{
    return target(fold)->is_scratch;
}

/* Whether all is known that no step says. */
static bool
is_closed(const struct fold *fold)
{
    return target(fold)->is_scratch || target(fold)->given;
}

static uint32_t
base_origin(const struct fold *fold)
{
    return fold->l->stages.at[fold->target].base_origin;
}

/* A field that no step says: the base does, unless there is none. */
static void
leave_to_base(struct fold *fold, unsigned field)
{
    if (target(fold)->given)
        scl_base_link(fold->l, target(fold), fold->image, field);
    else if (!is_scratch(fold))
        scl_build_empty(fold->l->d, fold->image, field, SCANTLING_STATE_UNKNOWN,
                        base_origin(fold));
}

static void
say_base(struct fold *fold)
{
    struct scl_document *d = fold->l->d;
    const struct scl_stage *stage = &fold->l->stages.at[fold->target];

    scl_build_group(d, fold->image, SCL_IMAGE_BASE, stage->base_origin);
    if (stage->is_scratch) {
        scl_build_text(d, fold->image, SCL_IMAGE_BASE_RAW, stage->base.text, stage->base_origin);
        scl_build_text(d, fold->image, SCL_IMAGE_BASE_PIN, SCL_S("none"),
                       scl_build_derived(d, fold->image, SCL_IMAGE_BASE_RAW));
    } else if (stage->base.is_known) {
        scl_build_reference(d, fold->image, SCL_IMAGE_BASE_RAW, stage->base.text,
                            stage->base_origin);
    } else {
        scl_build_reference_unknown(d, fold->image, SCL_IMAGE_BASE_RAW, stage->base_end,
                                    stage->base_origin);
    }
}

static void
say_platform(struct fold *fold)
{
    static const unsigned fields[] = { SCL_IMAGE_OS, SCL_IMAGE_ARCHITECTURE, SCL_IMAGE_VARIANT };
    struct scl_document *d = fold->l->d;
    const struct scl_stage *stage = &fold->l->stages.at[fold->target];
    struct scl_str rest = stage->platform.text, part;
    bool is_said = stage->platform.is_known && rest.len;

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (is_said && scl_str_cut(&rest, '/', &part) && part.len)
            scl_build_text(d, fold->image, fields[i], part, stage->platform_origin);
        else if (!is_said)
            scl_build_empty(d, fold->image, fields[i], SCANTLING_STATE_UNKNOWN,
                            stage->platform_origin);
    }
    if (!is_said && stage->is_windows)
        scl_build_text(d, fold->image, SCL_IMAGE_OS, SCL_S("windows"),
                       scl_build_derived(d, fold->image, SCL_IMAGE_BASE_RAW));
}

/* A user that is empty after expansion is root, whoever the base's is. */
static void
say_user(struct fold *fold)
{
    struct scl_document *d = fold->l->d;
    const struct scl_step *step = fold->last[SCL_DOCKER_USER];
    const struct scl_operand *user = step && step->count ? step->values : NULL;

    if (!user) {
        if (target(fold)->given)
            scl_base_user(fold->l, target(fold), fold->image);
        return;
    }
    scl_build_group(d, fold->image, SCL_IMAGE_USER, user->origin);
    if (user->value.is_known) {
        scl_build_user(d, fold->image, SCL_IMAGE_USER_RAW, user->value.text, user->origin);
        if (!user->value.text.len)
            scl_build_int(d, fold->image, SCL_IMAGE_USER_UID, 0,
                          scl_build_derived(d, fold->image, SCL_IMAGE_USER_RAW));
        return;
    }
    for (unsigned field = SCL_IMAGE_USER_RAW; field <= SCL_IMAGE_USER_GROUP; field++)
        scl_build_empty(d, fold->image, field, SCANTLING_STATE_UNKNOWN, user->origin);
}

static void
say_env(struct fold *fold)
{
    struct scl_document *d = fold->l->d;
    const struct scl_stage *stage = &fold->l->stages.at[fold->target];
    uint32_t env;

    if (is_scratch(fold) && !stage->is_windows &&
        !scl_map_find(&fold->env_names, SCL_S("PATH"))) {
        env = scl_build_object(d, fold->image, SCL_IMAGE_ENV, 0);
        scl_build_text(d, env, SCL_ENV_NAME, SCL_S("PATH"), 0);
        scl_build_text(d, env, SCL_ENV_VALUE, SCL_S(SCL_DEFAULT_PATH), 0);
        scl_build_text(d, env, SCL_ENV_ORIGIN, SCL_S("image"), 0);
    }
    if (stage->given)
        scl_base_variables(fold->l, stage, fold->image, &fold->env_names);
    for (uint32_t i = 0; i < fold->env.count; i++) {
        const struct scl_operand *pair = fold->env.at[i];

        env = scl_build_object(d, fold->image, SCL_IMAGE_ENV, pair[1].origin);
        scl_lower_text(fold->l, env, SCL_ENV_NAME, pair[0].value, pair[0].origin);
        scl_lower_text(fold->l, env, SCL_ENV_VALUE, pair[1].value, pair[1].origin);
        scl_build_text(d, env, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
    }
    if (!is_closed(fold) || fold->env_is_open)
        scl_build_open(d, fold->image, SCL_IMAGE_ENV);
}

/* The SHELL that the base has, or NULL. */
static const struct scl_list *
shell_of_base(const struct fold *fold)
{
    const struct scl_base *given = target(fold)->given;
    const struct scl_value *shell =
        given ? scl_document_value(given->document, given->image, SCL_IMAGE_SHELL) : NULL;

    return shell && shell->kind == SCL_KIND_LIST && shell->as.list->count ? shell->as.list : NULL;
}

/* The words of the shell before a shell form. Where no SHELL is in the chain it is the one that
 * BuildKit takes, for next to no base sets another. */
static void
say_shell(struct fold *fold, unsigned field, const struct scl_step *step,
          const struct scl_step *shell)
{
    static const char *const usual[] = { "/bin/sh", "-c", NULL };
    static const char *const of_windows[] = { "cmd", "/S", "/C", NULL };
    struct scl_document *d = fold->l->d;
    const struct scl_list *given = shell ? NULL : shell_of_base(fold);

    for (uint32_t i = 0; shell && i < shell->count; i++)
        scl_lower_item(fold->l, fold->image, field, shell->values[i].value,
                       shell->values[i].origin);
    for (uint32_t i = 0; given && i < given->count; i++) {
        struct scl_str text = scl_value_text(&given->items[i]);

        if (given->items[i].kind == SCL_KIND_TEXT)
            scl_build_item_text(d, fold->image, field, scl_lower_keep(fold->l, text),
                                step->origin);
    }
    if (shell || given)
        return;
    for (const char *const *word = target(fold)->is_windows ? of_windows : usual; *word; word++)
        scl_build_item_text(d, fold->image, field, scl_str_c(*word), step->origin);
}

/* The words of CMD or ENTRYPOINT. A shell form without words is an empty one. */
static void
say_words(struct fold *fold, unsigned field, const struct scl_step *step,
          const struct scl_step *shell)
{
    bool is_shell = step->from->form != SCL_DOCKER_FORM_EXEC;

    scl_build_list(fold->l->d, fold->image, field, step->origin);
    if (is_shell)
        say_shell(fold, field, step, shell);
    for (uint32_t i = 0; i < step->count; i++)
        scl_lower_item(fold->l, fold->image, field, step->values[i].value, step->values[i].origin);
    if (is_shell && !step->count)
        scl_build_item_text(fold->l->d, fold->image, field, SCL_S(""), step->origin);
}

static void
say_process(struct fold *fold)
{
    const struct scl_step *const *last = fold->last;

    if (last[SCL_DOCKER_ENTRYPOINT])
        say_words(fold, SCL_IMAGE_ENTRYPOINT, last[SCL_DOCKER_ENTRYPOINT], fold->entrypoint_shell);
    else
        leave_to_base(fold, SCL_IMAGE_ENTRYPOINT);
    if (last[SCL_DOCKER_CMD])
        say_words(fold, SCL_IMAGE_COMMAND, last[SCL_DOCKER_CMD], fold->command_shell);
    else if (fold->cleared)
        scl_build_list(fold->l->d, fold->image, SCL_IMAGE_COMMAND, fold->cleared->origin);
    else
        leave_to_base(fold, SCL_IMAGE_COMMAND);
    if (!last[SCL_DOCKER_SHELL]) {
        leave_to_base(fold, SCL_IMAGE_SHELL);
        return;
    }
    scl_build_list(fold->l->d, fold->image, SCL_IMAGE_SHELL, last[SCL_DOCKER_SHELL]->origin);
    for (uint32_t i = 0; i < last[SCL_DOCKER_SHELL]->count; i++)
        scl_lower_item(fold->l, fold->image, SCL_IMAGE_SHELL,
                       last[SCL_DOCKER_SHELL]->values[i].value,
                       last[SCL_DOCKER_SHELL]->values[i].origin);
}

static void
say_single(struct fold *fold, enum scl_docker_kind kind, unsigned field)
{
    const struct scl_step *step = fold->last[kind];

    if (step && step->count)
        scl_lower_text(fold->l, fold->image, field, step->values[0].value, step->values[0].origin);
    else
        leave_to_base(fold, field);
}

/* Bases that have no health check: the official images of Docker Hub by their own rules, and those
 * that hold a system or a runtime and no service. */
static bool
base_has_no_check(const struct fold *fold)
{
    static const char *const bare[] = {
        "docker.io/library/*",      "gcr.io/distroless/*",      "registry.access.redhat.com/ubi*/*",
        "mcr.microsoft.com/dotnet/*", "cgr.dev/chainguard/*",
    };
    const struct scl_stage *stage = &fold->l->stages.at[fold->target];
    struct scl_reference reference;
    uint64_t steps = 10000;

    if (!stage->base.is_known ||
        !scl_reference_parse(&fold->l->scratch, stage->base.text, &reference))
        return false;
    for (size_t i = 0; i < sizeof bare / sizeof bare[0]; i++)
        if (scl_reference_match(scl_str_c(bare[i]), &reference, &steps))
            return true;
    return false;
}

static void
leave_health(struct fold *fold)
{
    struct scl_document *d = fold->l->d;
    uint32_t origin;

    if (is_closed(fold) || !base_has_no_check(fold)) {
        leave_to_base(fold, SCL_IMAGE_HEALTHCHECK_DECLARED);
        leave_to_base(fold, SCL_IMAGE_HEALTHCHECK_DISABLED);
        leave_to_base(fold, SCL_IMAGE_HEALTHCHECK_TEST);
        return;
    }
    origin = scl_build_derived(d, fold->image, SCL_IMAGE_BASE_RAW);
    scl_build_bool(d, fold->image, SCL_IMAGE_HEALTHCHECK_DECLARED, false, origin);
    scl_build_bool(d, fold->image, SCL_IMAGE_HEALTHCHECK_DISABLED, false, origin);
    leave_to_base(fold, SCL_IMAGE_HEALTHCHECK_TEST);
}

static void
say_health(struct fold *fold)
{
    struct scl_document *d = fold->l->d;
    const struct scl_step *step = fold->last[SCL_DOCKER_HEALTHCHECK];
    bool is_none;

    if (!step || !step->from->health) {
        leave_health(fold);
        return;
    }
    is_none = step->from->health->is_none;
    scl_build_group(d, fold->image, SCL_IMAGE_HEALTHCHECK, step->origin);
    scl_build_bool(d, fold->image, SCL_IMAGE_HEALTHCHECK_DECLARED, !is_none, step->origin);
    scl_build_bool(d, fold->image, SCL_IMAGE_HEALTHCHECK_DISABLED, is_none, step->origin);
    scl_build_list(d, fold->image, SCL_IMAGE_HEALTHCHECK_TEST, step->origin);
    scl_build_item_text(d, fold->image, SCL_IMAGE_HEALTHCHECK_TEST,
                        scl_str_c(is_none                                    ? "NONE"
                                  : step->from->form == SCL_DOCKER_FORM_EXEC ? "CMD"
                                                                             : "CMD-SHELL"),
                        step->count ? step->values[0].origin : step->origin);
    for (uint32_t i = 1; i < step->count; i++)
        scl_lower_item(fold->l, fold->image, SCL_IMAGE_HEALTHCHECK_TEST, step->values[i].value,
                       step->values[i].origin);
}

/* A Dockerfile cannot say what becomes of its layers. */
static const uint64_t *
sayable(struct scl_lowering *l)
{
    static const unsigned missing[] = { SCL_IMAGE_NAMES,  SCL_IMAGE_ID,      SCL_IMAGE_DIGEST,
                                        SCL_IMAGE_LAYERS, SCL_IMAGE_HISTORY, SCL_IMAGE_CREATED };
    size_t count = SCL_FIELD_COUNT / 64 + 1;
    uint64_t *says = scl_arena_array(&l->d->arena, count, sizeof *says);

    if (!says)
        return NULL;
    memset(says, 0xff, count * sizeof *says);
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
        says[missing[i] / 64] &= ~((uint64_t)1 << (missing[i] % 64));
    return says;
}

static void
say_all(struct fold *fold)
{
    static const unsigned open[] = { SCL_IMAGE_EXPOSED_PORTS, SCL_IMAGE_PORTS, SCL_IMAGE_VOLUMES,
                                     SCL_IMAGE_LABELS };

    say_base(fold);
    say_platform(fold);
    say_user(fold);
    say_env(fold);
    say_process(fold);
    say_health(fold);
    say_single(fold, SCL_DOCKER_STOPSIGNAL, SCL_IMAGE_STOP_SIGNAL);
    say_single(fold, SCL_DOCKER_MAINTAINER, SCL_IMAGE_AUTHOR);
    say_single(fold, SCL_DOCKER_WORKDIR, SCL_IMAGE_WORKING_DIR);
    if (is_scratch(fold) && !fold->last[SCL_DOCKER_WORKDIR])
        scl_build_text(fold->l->d, fold->image, SCL_IMAGE_WORKING_DIR, SCL_S("/"), 0);
    for (size_t i = 0; !is_closed(fold) && i < sizeof open / sizeof open[0]; i++)
        scl_build_open(fold->l->d, fold->image, open[i]);
}

/* Says in `image` what the stage promises; returns how many more ports ranges may add. */
static uint32_t
promise(struct scl_lowering *l, uint32_t stage, uint32_t image, uint32_t ports)
{
    struct fold fold = { .l = l, .image = image, .target = stage, .ports_left = ports };

    scl_map_init(&fold.env_names, &l->scratch);
    scl_map_init(&fold.ports, &l->scratch);
    scl_map_init(&fold.volumes, &l->scratch);
    fold_base(&fold);
    fold_chain(&fold);
    say_all(&fold);
    return fold.ports_left;
}

static void
promise_target(struct scl_lowering *l, uint32_t stage)
{
    struct scl_str name = l->stages.at[stage].name;
    uint32_t image = scl_build_subject(l->d, SCL_TYPE_IMAGE, name.len ? name : SCL_S("final"),
                                       l->stages.at[stage].origin);

    if (!image)
        return;
    l->d->subjects.at[l->d->subjects.count - 1].says = sayable(l);
    promise(l, stage, image, RANGE_PORTS);
    if (!scl_build_has(l->d, l->build, SCL_BUILD_PROMISED))
        scl_build_link(l->d, l->build, SCL_BUILD_PROMISED, image, 0);
    scl_build_link(l->d, l->stages.at[stage].object, SCL_STAGE_IMAGE, image, 0);
}

/* ---- the other stages ---- */

static uint64_t
given_weight(const struct scl_base *given)
{
    static const unsigned lists[] = { SCL_IMAGE_ENV, SCL_IMAGE_LABELS, SCL_IMAGE_EXPOSED_PORTS,
                                      SCL_IMAGE_VOLUMES };
    uint64_t weight = 0;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct scl_value *list = scl_document_value(given->document, given->image, lists[i]);

        if (list && (list->kind == SCL_KIND_LIST || list->kind == SCL_KIND_MAP))
            weight += list->as.list->count;
    }
    return weight;
}

/* How much is looked at for the image of a stage: all that is above it. */
static uint64_t
weigh(struct scl_lowering *l, struct scl_stage *stage)
{
    uint64_t weight = 1;

    if (stage->parent != SCL_NO_STAGE)
        weight += l->stages.at[stage->parent].weight;
    else if (stage->given)
        weight += given_weight(stage->given);
    for (uint32_t i = stage->first; i < stage->end; i++)
        weight += 1 + l->steps.at[i].count;
    return stage->weight = weight;
}

/* Names and states what a subject would have from its document. */
static void
promise_inner(struct scl_lowering *l, uint32_t stage, uint32_t *ports)
{
    const struct scl_stage *at = &l->stages.at[stage];
    uint32_t image = scl_build_object(l->d, at->object, SCL_STAGE_IMAGE, at->origin);

    if (!image)
        return;
    if (at->name.len)
        scl_build_text(l->d, image, SCL_IMAGE_NAME, at->name, at->origin);
    scl_build_text(l->d, image, SCL_IMAGE_FORMAT, scl_str_c(l->d->format), 0);
    scl_build_text(l->d, image, SCL_IMAGE_RESOLUTION, scl_str_c(l->d->resolution), 0);
    *ports = promise(l, stage, image, *ports);
}

/* Each stage that is no target promises an image too. Those of stages that build on each other
 * repeat what they have in common, so that in all they may take what a file of this length needs,
 * and of those for which that does not suffice the image is not known. */
static void
promise_others(struct scl_lowering *l)
{
    uint64_t left = PROMISED_STEPS + l->d->files[0].text.len;
    uint32_t ports = RANGE_PORTS;
    bool is_cut = false;

    for (uint32_t i = 0; i < l->stages.count && !l->d->arena.failed && !l->scratch.failed; i++) {
        struct scl_stage *stage = &l->stages.at[i];
        uint64_t weight = weigh(l, stage);

        if (scl_build_has(l->d, stage->object, SCL_STAGE_IMAGE))
            continue;
        if (weight <= left) {
            left -= weight;
            promise_inner(l, i, &ports);
            continue;
        }
        if (!is_cut)
            scl_note_add(&l->d->notes, SCL_NOTE_INFO, stage->from->span,
                         "stages build on each other too often for the images of all of them");
        is_cut = true;
        scl_build_empty(l->d, stage->object, SCL_STAGE_IMAGE, SCANTLING_STATE_UNKNOWN,
                        stage->origin);
    }
}

void
scl_images_promise(struct scl_lowering *l)
{
    for (uint32_t i = 0; i < l->targets.count; i++)
        promise_target(l, l->targets.at[i]);
    promise_others(l);
}
