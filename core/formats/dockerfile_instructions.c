/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_instructions.c: the instructions of a Dockerfile as nodes
 *
 * Each kind has a row with its name and what its arguments become. What the image will say is kept
 * as operands of a step, values and their origins, from which the image is folded.
 */
#include "formats/dockerfile_lower.h"

#include "syntax/reference.h"

static struct scl_span
slice_span(const struct scl_step *step, struct scl_str slice)
{
    return scl_docker_slice_span(step->from, slice);
}

struct scl_operand *
scl_step_room(struct scl_lowering *l, struct scl_step *step, uint32_t count)
{
    step->values = scl_arena_array(&l->scratch, count, sizeof *step->values);
    step->count = step->values ? count : 0;
    return step->values;
}

/* Flags. */

struct flag_row {
    const char *name;
    unsigned field;
    enum { FLAG_TEXT, FLAG_WORD, FLAG_TRUTH, FLAG_LIST } kind; /* WORD: variables are replaced */
    void (*check)(struct scl_lowering *l, struct scl_str text, struct scl_span span);
};

static const struct flag_row flag_rows[] = {
    { "platform", SCL_INSTRUCTION_FLAGS_PLATFORM, FLAG_WORD, NULL },
    { "from", SCL_INSTRUCTION_FLAGS_FROM, FLAG_TEXT, NULL },
    { "chown", SCL_INSTRUCTION_FLAGS_CHOWN, FLAG_WORD, NULL },
    { "chmod", SCL_INSTRUCTION_FLAGS_CHMOD, FLAG_WORD, scl_check_mode },
    { "link", SCL_INSTRUCTION_FLAGS_LINK, FLAG_TRUTH, NULL },
    { "parents", SCL_INSTRUCTION_FLAGS_PARENTS, FLAG_TRUTH, NULL },
    { "exclude", SCL_INSTRUCTION_FLAGS_EXCLUDE, FLAG_LIST, NULL },
    { "checksum", SCL_INSTRUCTION_FLAGS_CHECKSUM, FLAG_WORD, scl_check_checksum },
    { "unpack", SCL_INSTRUCTION_FLAGS_UNPACK, FLAG_TRUTH, NULL },
    { "keep-git-dir", SCL_INSTRUCTION_FLAGS_KEEP_GIT_DIR, FLAG_TRUTH, NULL },
    { "network", SCL_INSTRUCTION_FLAGS_NETWORK, FLAG_TEXT, NULL },
    { "security", SCL_INSTRUCTION_FLAGS_SECURITY, FLAG_TEXT, NULL },
};

static void
lower_flag(struct scl_lowering *l, const struct scl_step *step, const struct scl_docker_flag *flag,
           const struct flag_row *row)
{
    uint32_t origin = scl_build_origin(l->d, flag->span,
                                       flag->has_value ? flag->value_span : flag->name_span);
    struct scl_known value;

    switch (row->kind) {
    case FLAG_TRUTH:
        scl_build_bool(l->d, step->object, row->field,
                       !flag->has_value || scl_str_is_nocase(flag->value, "true"), origin);
        break;
    case FLAG_LIST:
        scl_build_item_text(l->d, step->object, row->field, scl_lower_keep(l, flag->value),
                            origin);
        break;
    default:
        value = row->kind == FLAG_WORD ? scl_lower_expand(l, flag->value, flag->value_span)
                                       : scl_known(scl_lower_keep(l, flag->value));
        scl_lower_text(l, step->object, row->field, value, origin);
        if (row->check && value.is_known)
            row->check(l, value.text, flag->value_span);
        break;
    }
}

static void
lower_flags(struct scl_lowering *l, const struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;

    for (uint32_t i = 0; i < from->flag_count; i++)
        for (size_t row = 0; from->flags[i].is_known &&
                             row < sizeof flag_rows / sizeof flag_rows[0]; row++)
            if (scl_str_is(from->flags[i].name, flag_rows[row].name))
                lower_flag(l, step, &from->flags[i], &flag_rows[row]);
}

/* Kinds. */

/* Whether what was given makes it an image, or the name of a stage. */
static bool
is_usable(struct scl_lowering *l, const struct scl_stage *stage)
{
    struct scl_reference reference;

    if (stage->parent != SCL_NO_STAGE || stage->is_scratch)
        return true;
    return stage->base.is_known &&
           scl_reference_parse(&l->scratch, stage->base.text, &reference) && reference.is_valid;
}

static void
lower_from(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_stage *stage;

    if (step->is_later || l->stage == SCL_NO_STAGE)
        return;
    stage = &l->stages.at[l->stage];
    if (stage->reference && stage->parent == SCL_NO_STAGE)
        scl_build_link(l->d, step->object, SCL_INSTRUCTION_IMAGE, stage->reference,
                       stage->base_origin);
    if (step->from->word_count && !is_usable(l, stage) &&
        scl_str_find_char(step->from->words[0].text, '$') != SIZE_MAX)
        scl_lower_text(l, step->object, SCL_INSTRUCTION_DEFAULT_IMAGE,
                       scl_lower_default(l, step->from->words[0].text, step->from->words[0].span),
                       scl_lower_origin(l, step->from->words[0].span));
    if (step->from->word_count != 3)
        return;
    scl_build_text(l->d, step->object, SCL_INSTRUCTION_AS,
                   scl_lower_keep(l, step->from->words[1].text),
                   scl_lower_origin(l, step->from->words[1].span));
    scl_build_text(l->d, step->object, SCL_INSTRUCTION_ALIAS,
                   scl_lower_keep(l, step->from->words[2].text),
                   scl_lower_origin(l, step->from->words[2].span));
}

/* One word that becomes a field and the only operand. The place is the instruction. */
struct scl_known
scl_step_word(struct scl_lowering *l, struct scl_step *step, unsigned field)
{
    const struct scl_docker_word *word = step->from->words;
    struct scl_operand *made;

    if (!step->from->word_count || !(made = scl_step_room(l, step, 1)))
        return (struct scl_known){ 0 };
    made->value = scl_lower_expand(l, word->text, word->span);
    made->origin = scl_build_origin(l->d, step->from->span, word->span);
    if (field)
        scl_lower_text(l, step->object, field, made->value, made->origin);
    return made->value;
}

static void
lower_user(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_known user = scl_step_word(l, step, SCL_INSTRUCTION_USER);

    if (step->count && l->stage != SCL_NO_STAGE && !step->is_later) {
        scl_lower_truth(l, step->object, SCL_INSTRUCTION_USER_EXISTS, scl_accounts_have(l, user),
                        scl_build_derived(l->d, step->object, SCL_INSTRUCTION_USER));
        scl_user_set(l, user, step->values[0].origin);
    }
}

static void
lower_stop_signal(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_known signal = scl_step_word(l, step, SCL_NONE);

    if (signal.is_known)
        scl_check_signal(l, signal.text, step->from->words[0].span);
}

static void
lower_maintainer(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_word *word = step->from->words;
    struct scl_operand *made;

    if (!step->from->word_count || !(made = scl_step_room(l, step, 1)))
        return;
    made->value = scl_known(scl_lower_keep(l, word->text));
    made->origin = scl_build_origin(l->d, step->from->span, word->span);
}

static uint32_t
pair_origin(struct scl_lowering *l, const struct scl_docker_pair *pair, struct scl_span value)
{
    return scl_build_origin(l->d, pair->span, value);
}

/* Keys and values of ENV and LABEL are expanded before any of them is set. */
static struct scl_operand *
expand_pairs(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_operand *made = scl_step_room(l, step, 2 * from->pair_count);

    for (uint32_t i = 0; made && i < from->pair_count; i++) {
        const struct scl_docker_pair *pair = &from->pairs[i];

        made[2 * i].value = scl_lower_expand(l, pair->key, pair->key_span);
        made[2 * i].origin = pair_origin(l, pair, pair->key_span);
        made[2 * i + 1].value = scl_lower_expand(l, pair->value, pair->value_span);
        made[2 * i + 1].origin = pair_origin(l, pair, pair->value_span);
    }
    return made;
}

/* `ENV key value`, which is one pair and no more. Its place: the blank. */
static void
say_legacy(struct scl_lowering *l, const struct scl_step *step)
{
    const struct scl_docker_pair *pair = step->from->pairs;

    if (step->from->pair_count && pair->is_legacy)
        scl_build_bool(l->d, step->object, SCL_INSTRUCTION_IS_LEGACY, true,
                       scl_lower_origin(l, scl_span_between(scl_span_end(pair->key_span),
                                                            pair->value_span.offset)));
}

static void
lower_env(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_operand *pairs = expand_pairs(l, step);

    say_legacy(l, step);
    for (uint32_t i = 0; i + 1 < step->count; i += 2) {
        uint32_t env = scl_build_object(l->d, step->object, SCL_INSTRUCTION_ENV,
                                        pairs[i + 1].origin);

        scl_lower_text(l, env, SCL_ENV_NAME, pairs[i].value, pairs[i].origin);
        scl_lower_text(l, env, SCL_ENV_VALUE, pairs[i + 1].value, pairs[i + 1].origin);
        scl_build_text(l->d, env, SCL_ENV_ORIGIN, SCL_S("literal"), 0);
        if (l->scope == SCL_SCOPE_STAGE && pairs[i].value.is_known)
            scl_scope_env(l, pairs[i].value.text, pairs[i + 1].value, env);
    }
}

static void
lower_label(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_operand *pairs = expand_pairs(l, step);

    say_legacy(l, step);
    for (uint32_t i = 0; i + 1 < step->count; i += 2)
        scl_lower_entry(l, step->object, SCL_INSTRUCTION_LABELS, &pairs[i]);
}

static void
set_effective(struct scl_lowering *l, const struct scl_docker_pair *pair, struct scl_known value,
              uint32_t arg)
{
    if (l->scope == SCL_SCOPE_GLOBAL)
        value = scl_scope_global(l, pair, value);
    else
        value = scl_scope_arg(l, pair, value, arg);
    scl_lower_text(l, arg, SCL_ARG_EFFECTIVE, value,
                   scl_build_derived(l->d, arg, pair->has_value ? SCL_ARG_VALUE : SCL_ARG_NAME));
}

/* One ARG may use what the one before it on the same line sets. The default of one that was given
 * is not looked at by a build, so that nothing is wrong with it. */
static void
lower_arg(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;

    for (uint32_t i = 0; i < from->pair_count; i++) {
        const struct scl_docker_pair *pair = &from->pairs[i];
        uint32_t key = pair_origin(l, pair, pair->key_span);
        uint32_t origin = pair->has_value ? pair_origin(l, pair, pair->value_span) : key;
        uint32_t arg = scl_build_object(l->d, step->object, SCL_INSTRUCTION_ARGS, origin);
        struct scl_known value = { 0 };
        struct scl_str given;

        l->is_quiet = scl_scope_given(l, pair->key, &given);
        scl_build_text(l->d, arg, SCL_ARG_NAME, scl_lower_keep(l, pair->key), key);
        if (pair->has_value) {
            value = scl_lower_expand(l, pair->value, pair->value_span);
            scl_lower_text(l, arg, SCL_ARG_VALUE, value, origin);
        }
        l->is_quiet = false;
        scl_build_bool(l->d, arg, SCL_ARG_IS_GLOBAL, l->scope == SCL_SCOPE_GLOBAL, 0);
        if (l->scope != SCL_SCOPE_LATER)
            set_effective(l, pair, value, arg);
    }
}

static struct scl_operand *
push_operand(struct scl_lowering *l, struct scl_step *step, uint32_t *room)
{
    if (!scl_vec_reserve(&l->scratch, (void **)&step->values, step->count, room,
                         sizeof *step->values))
        return NULL;
    return &step->values[step->count++];
}

static void
check_port(struct scl_lowering *l, struct scl_known value, struct scl_span span)
{
    struct scl_docker_problem problem;
    struct scl_docker_port port;

    if (value.is_known && !scl_docker_port_parse(&l->scratch, value.text, &port, &problem))
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "%.*s", SCL_ARG(problem.text));
}

/* A variable may bring several ports along, or none. */
static void
lower_expose(struct scl_lowering *l, struct scl_step *step)
{
    uint32_t room = 0;

    for (uint32_t i = 0; i < step->from->word_count; i++) {
        const struct scl_docker_word *word = &step->from->words[i];
        struct scl_expansion expansion = { 0 };
        bool is_known = scl_lower_expand_words(l, word->text, word->span, &expansion);
        uint32_t count = is_known ? expansion.words.count : 1;
        uint32_t origin = scl_lower_origin(l, word->span);

        for (uint32_t w = 0; w < count; w++) {
            struct scl_operand *made = push_operand(l, step, &room);

            if (!made)
                return;
            *made = (struct scl_operand){ .origin = origin };
            if (is_known)
                made->value = scl_known(scl_lower_keep(l, expansion.words.at[w].text));
            scl_lower_item(l, step->object, SCL_INSTRUCTION_PORTS, made->value, origin);
            check_port(l, made->value, word->span);
        }
    }
}

static void
lower_volume(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_operand *made = scl_step_room(l, step, from->word_count);

    for (uint32_t i = 0; made && i < from->word_count; i++) {
        made[i].value = scl_lower_expand(l, from->words[i].text, from->words[i].span);
        made[i].origin = scl_lower_origin(l, from->words[i].span);
        if (made[i].value.is_known && !made[i].value.text.len)
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, from->words[i].span,
                         "folder of VOLUME is empty");
        scl_lower_item(l, step->object, SCL_INSTRUCTION_PATHS, made[i].value, made[i].origin);
    }
}

/* Words of an exec form, or the one word of a shell form, as they are. */
static void
keep_words(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_operand *made = scl_step_room(l, step, from->word_count);

    for (uint32_t i = 0; made && i < from->word_count; i++) {
        made[i].value = scl_known(scl_lower_keep(l, from->words[i].text));
        made[i].origin = scl_lower_origin(l, from->words[i].span);
    }
}

static void
lower_command(struct scl_lowering *l, struct scl_step *step)
{
    if (step->from->kind != SCL_DOCKER_RUN) {
        keep_words(l, step);
        if (l->stage != SCL_NO_STAGE && !step->is_later)
            scl_build_bool(l->d, step->object, SCL_INSTRUCTION_HAS_SHELL,
                           l->stages.at[l->stage].has_shell, 0);
    }
    scl_commands_lower(l, step);
}

static const char *const other_shells[] = { "cmd", "powershell", "pwsh", NULL };

/* Whether the words of a SHELL name one that reads POSIX shell text. */
static enum scl_shell_family
shell_family(struct scl_lowering *l, const struct scl_step *step)
{
    struct scl_str name;
    size_t slash;

    if (!step->from->word_count)
        return SCL_FAMILY_POSIX;
    name = scl_lower_case(l, step->from->words[0].text);
    slash = scl_str_find_last(name, name.len && scl_str_find_char(name, '/') != SIZE_MAX ? '/'
                                                                                         : '\\');
    if (slash != SIZE_MAX)
        name = scl_str_sub(name, slash + 1, name.len);
    if (scl_str_ends(name, SCL_S(".exe")))
        name = scl_str_sub(name, 0, name.len - 4);
    for (const char *const *other = other_shells; *other; other++)
        if (scl_str_is(name, *other))
            return SCL_FAMILY_OTHER;
    return scl_str_ends(name, SCL_S("sh")) || scl_str_is(name, "busybox") ||
                   scl_str_is(name, "env")
               ? SCL_FAMILY_POSIX
               : SCL_FAMILY_OTHER;
}

static bool
asks_for_pipefail(const struct scl_step *step)
{
    for (uint32_t i = 0; i < step->from->word_count; i++)
        if (scl_str_find(step->from->words[i].text, SCL_S("pipefail")) != SIZE_MAX)
            return true;
    return false;
}

static void
lower_shell(struct scl_lowering *l, struct scl_step *step)
{
    keep_words(l, step);
    scl_commands_words(l, step);
    if (l->stage == SCL_NO_STAGE || step->is_later)
        return;
    l->stages.at[l->stage].has_shell = true;
    l->stages.at[l->stage].family = shell_family(l, step);
    l->stages.at[l->stage].has_pipefail = asks_for_pipefail(step);
    scl_held_shell(l, step);
}

static void
lower_trigger(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *trigger = step->from->trigger;
    struct scl_operand *made = scl_step_room(l, step, 1);
    enum scl_scope_kind before = l->scope;
    uint32_t *number;

    if (!made || !trigger)
        return;
    made->value = scl_known(scl_lower_keep(l, scl_str_trim(trigger->text)));
    made->origin = scl_build_origin(l->d, step->from->span, trigger->span);
    l->scope = SCL_SCOPE_LATER;
    scl_instruction_lower(l, trigger, true);
    l->scope = before;
    if (l->stage == SCL_NO_STAGE || !l->steps.count)
        return;
    number = scl_vec_push(&l->scratch, &l->stages.at[l->stage].triggers);
    if (number)
        *number = l->steps.count - 1;
}

static void
lower_nothing(struct scl_lowering *l, struct scl_step *step)
{
    (void)l;
    (void)step;
}

static const struct {
    struct scl_str name;
    void (*lower)(struct scl_lowering *l, struct scl_step *step);
} kinds[] = {
    [SCL_DOCKER_UNKNOWN] = { SCL_STR(""), lower_nothing },
    [SCL_DOCKER_ADD] = { SCL_STR("add"), scl_copy_lower },
    [SCL_DOCKER_ARG] = { SCL_STR("arg"), lower_arg },
    [SCL_DOCKER_CMD] = { SCL_STR("cmd"), lower_command },
    [SCL_DOCKER_COPY] = { SCL_STR("copy"), scl_copy_lower },
    [SCL_DOCKER_ENTRYPOINT] = { SCL_STR("entrypoint"), lower_command },
    [SCL_DOCKER_ENV] = { SCL_STR("env"), lower_env },
    [SCL_DOCKER_EXPOSE] = { SCL_STR("expose"), lower_expose },
    [SCL_DOCKER_FROM] = { SCL_STR("from"), lower_from },
    [SCL_DOCKER_HEALTHCHECK] = { SCL_STR("healthcheck"), lower_command },
    [SCL_DOCKER_LABEL] = { SCL_STR("label"), lower_label },
    [SCL_DOCKER_MAINTAINER] = { SCL_STR("maintainer"), lower_maintainer },
    [SCL_DOCKER_ONBUILD] = { SCL_STR("onbuild"), lower_trigger },
    [SCL_DOCKER_RUN] = { SCL_STR("run"), lower_command },
    [SCL_DOCKER_SHELL] = { SCL_STR("shell"), lower_shell },
    [SCL_DOCKER_STOPSIGNAL] = { SCL_STR("stopsignal"), lower_stop_signal },
    [SCL_DOCKER_USER] = { SCL_STR("user"), lower_user },
    [SCL_DOCKER_VOLUME] = { SCL_STR("volume"), lower_volume },
    [SCL_DOCKER_WORKDIR] = { SCL_STR("workdir"), scl_workdir_lower },
};

static void
make_node(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_str name = kinds[from->kind].name;
    struct scl_span arguments = from->rest.len ? slice_span(step, from->rest) : from->span;

    step->origin = scl_build_origin(l->d, from->span, arguments);
    step->object =
        scl_build_object(l->d, l->build, SCL_BUILD_INSTRUCTIONS, step->origin);
    scl_build_text(l->d, step->object, SCL_INSTRUCTION_NAME,
                   name.len ? name : scl_lower_case(l, from->name),
                   scl_lower_origin(l, slice_span(step, from->name)));
    scl_build_int(l->d, step->object, SCL_INSTRUCTION_INDEX, ++l->index, 0);
    scl_build_bool(l->d, step->object, SCL_INSTRUCTION_ONBUILD,
                   step->is_later || from->kind == SCL_DOCKER_ONBUILD, 0);
    if (l->stage == SCL_NO_STAGE)
        return;
    scl_build_link(l->d, step->object, SCL_INSTRUCTION_STAGE, l->stages.at[l->stage].object, 0);
    scl_build_item_link(l->d, l->stages.at[l->stage].object, SCL_STAGE_INSTRUCTIONS, step->object);
}

void
scl_instruction_lower(struct scl_lowering *l, const struct scl_docker_instruction *from,
                      bool is_later)
{
    struct scl_step step = { .from = from, .stage = l->stage, .is_later = is_later }, *made;

    l->from = from;
    if (!is_later) {
        l->logical = from->text;
        l->kept = (struct scl_str){ 0 };
    }
    make_node(l, &step);
    scl_held_mark(l, &step);
    scl_comments_attach(l, &step);
    if (!from->is_bad || from->kind == SCL_DOCKER_FROM) {
        lower_flags(l, &step);
        kinds[from->kind].lower(l, &step);
    }
    scl_undeclared_lower(l, step.object);
    made = scl_vec_push(&l->scratch, &l->steps);
    if (made)
        *made = step;
    if (l->stage != SCL_NO_STAGE)
        l->stages.at[l->stage].end = l->steps.count;
}
