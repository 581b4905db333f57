/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_copy.c: what ADD and COPY copy, and where to
 *
 * A source whose variables are not known still tells much by what stands around them: `app-$V.txt`
 * is a local file and no archive, whatever V is.
 */
#include "formats/dockerfile_lower.h"

#include "base/path.h"
#include "syntax/git_reference.h"

struct copying {
    struct scl_lowering *l;
    struct scl_step *step;
    const char *from_form; /* of all sources, where `--from` is given; "" where it is not known */
    struct scl_known target;
    enum scl_truth wide;
    uint32_t origin;       /* of the target */
    bool is_add, has_many, has_from;
};

static const char *const schemes[] = { "http://", "https://", "git://", "ssh://", NULL };

/* What ADD unpacks, by its name. */
static const char *const archives[] = {
    ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".zst", ".tzst", ".lzma",
    ".tlz", NULL,
};

static bool
is_glob(struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == '*' || text.at[i] == '?' || text.at[i] == '[')
            return true;
    return false;
}

static struct scl_str
without_query(struct scl_str url)
{
    size_t end = 0;

    while (end < url.len && url.at[end] != '?' && url.at[end] != '#')
        end++;
    return scl_str_sub(url, 0, end);
}

static const char *
form_of(struct scl_str text)
{
    struct scl_git_reference git;

    if (scl_git_reference_parse(text, &git))
        return "git";
    return scl_str_starts(text, SCL_S("http://")) || scl_str_starts(text, SCL_S("https://"))
               ? "url"
               : "local";
}

/* What is certain before the first reference of a word. */
static struct scl_str
certain_start(struct scl_str text)
{
    size_t end = 0;

    if (text.len && (text.at[0] == '"' || text.at[0] == '\''))
        text = scl_str_sub(text, 1, text.len);
    while (end < text.len && text.at[end] != '$' && text.at[end] != '"' && text.at[end] != '\'' &&
           text.at[end] != '\\' && text.at[end] != '`')
        end++;
    return scl_str_sub(text, 0, end);
}

/* The form that a word has whatever its variables hold, or "". */
static const char *
certain_form(struct scl_str text)
{
    struct scl_str start = certain_start(text), end = scl_lower_certain_end(text);

    if (!start.len || scl_str_find_char(text, '@') != SIZE_MAX)
        return "";
    for (const char *const *scheme = schemes; *scheme; scheme++) {
        if (scl_str_starts(scl_str_c(*scheme), start))
            return "";
        if (!scl_str_starts(start, scl_str_c(*scheme)))
            continue;
        if (**scheme != 'h')
            return "git";
        return end.len && !scl_str_ends(end, SCL_S(".git")) ? "url" : "";
    }
    return "local";
}

static enum scl_truth
is_archive(struct scl_known value, struct scl_str text)
{
    struct scl_str end = value.is_known ? value.text : scl_lower_certain_end(text), name;
    bool is_whole;

    for (const char *const *suffix = archives; *suffix; suffix++)
        if (end.len > 1 && scl_str_ends(end, scl_str_c(*suffix)))
            return SCL_TRUE;
    name = scl_path_base(end);
    is_whole = value.is_known || scl_str_find_char(end, '/') != SIZE_MAX ||
               scl_str_find_char(end, '.') != SIZE_MAX;
    if (!is_whole)
        return SCL_UNSURE;
    return name.len && (name.at[name.len - 1] == '*' || name.at[name.len - 1] == '?' ||
                        name.at[name.len - 1] == ']')
               ? SCL_UNSURE
               : SCL_FALSE;
}

/* The whole context, or what a pattern finds at its top. */
static enum scl_truth
is_wide(struct scl_lowering *l, struct scl_known value)
{
    struct scl_str path;

    if (!value.is_known)
        return SCL_UNSURE;
    path = scl_path_clean(&l->scratch, value.text);
    if (path.len && path.at[0] == '/')
        path = scl_str_sub(path, 1, path.len);
    if (!path.len || scl_str_is(path, "."))
        return SCL_TRUE;
    return scl_str_find_char(path, '/') == SIZE_MAX && is_glob(path) ? SCL_TRUE : SCL_FALSE;
}

/* Where a source ends up: in the target where that is a folder by its form. */
static struct scl_known
added_path(const struct copying *copying, struct scl_known source, const char *form)
{
    struct scl_lowering *l = copying->l;
    struct scl_known unknown = { 0 }, folder = scl_stage_folder(l);
    struct scl_str target = copying->target.text, name = source.text;

    if (!copying->target.is_known || !source.is_known)
        return unknown;
    target = folder.is_known ? scl_path_join(&l->d->arena, folder.text, target)
                             : scl_path_clean(&l->d->arena, target);
    if (!copying->has_many && !scl_str_ends(copying->target.text, SCL_S("/")) &&
        !scl_str_ends(copying->target.text, SCL_S(".")))
        return scl_known(target);
    if (scl_str_is(scl_str_c(form), "url"))
        name = without_query(name);
    else if (scl_str_ends(name, SCL_S("/")))
        return scl_known(target);
    name = scl_path_base(name);
    if (scl_str_is(name, ".") || scl_str_is(name, "/") || is_glob(name))
        return scl_known(target);
    return scl_known(scl_path_join(&l->d->arena, target, name));
}

static void
add_addition(const struct copying *copying, struct scl_known source, const char *form,
             uint32_t origin)
{
    struct scl_lowering *l = copying->l;
    uint32_t addition =
        scl_build_object(l->d, copying->step->object, SCL_INSTRUCTION_ADDITIONS, origin);

    struct scl_known path = added_path(copying, source, form);

    scl_lower_text(l, addition, SCL_ADDITION_PATH, path, copying->origin);
    scl_build_text(l->d, addition, SCL_ADDITION_HOW, scl_str_c(copying->is_add ? "add" : "copy"),
                   0);
    scl_lower_text(l, addition, SCL_ADDITION_SOURCE, source, origin);
    scl_build_link(l->d, addition, SCL_ADDITION_INSTRUCTION, copying->step->object, 0);
    scl_layers_add(l, copying->step, addition, path);
}

static void
check_source(const struct copying *copying, const struct scl_docker_word *word,
             struct scl_known value, const char *form)
{
    const struct scl_docker_flag *checksum = scl_lower_flag(copying->step->from, "checksum");
    struct scl_notes *notes = &copying->l->d->notes;
    bool is_remote = form[0] == 'u' || form[0] == 'g';
    struct scl_git_reference git = { 0 };

    if (!copying->is_add && is_remote)
        scl_note_add(notes, SCL_NOTE_ERROR, word->span, "COPY takes no %s as a source",
                     form[0] == 'u' ? "URL" : "git repository");
    else if (form[0] == 'g' && value.is_known && scl_git_reference_parse(value.text, &git) &&
             git.problem)
        scl_note_add(notes, SCL_NOTE_ERROR, word->span, "'%.*s' %s", SCL_ARG(git.what),
                     git.problem);
    if (checksum && copying->has_many)
        scl_note_add(notes, SCL_NOTE_ERROR, checksum->span, "checksum of more than one source");
    else if (checksum && form[0] && !is_remote)
        scl_note_add(notes, SCL_NOTE_ERROR, checksum->span,
                     "checksum of a source that is no URL and no git repository");
}

static const char *
source_form(const struct copying *copying, const struct scl_docker_word *word,
            struct scl_known value)
{
    if (word->heredoc)
        return "heredoc";
    if (copying->has_from)
        return copying->from_form;
    return value.is_known ? form_of(value.text) : certain_form(word->text);
}

static void
lower_source(struct copying *copying, const struct scl_docker_word *word)
{
    struct scl_lowering *l = copying->l;
    uint32_t origin = scl_lower_origin(l, word->span);
    uint32_t source =
        scl_build_object(l->d, copying->step->object, SCL_INSTRUCTION_SOURCES, origin);
    struct scl_known value = word->heredoc ? scl_known(scl_lower_keep(l, word->text))
                                           : scl_lower_expand(l, word->text, word->span);
    const char *form = source_form(copying, word, value);
    bool is_local = form[0] == 'l';
    enum scl_truth wide = SCL_FALSE, archive = SCL_FALSE;

    scl_build_text(l->d, source, SCL_SOURCE_TEXT, scl_lower_keep(l, word->text), origin);
    scl_lower_text(l, source, SCL_SOURCE_VALUE, value, origin);
    scl_lower_text(l, source, SCL_SOURCE_FORM, (struct scl_known){ scl_str_c(form), form[0] != 0 },
                   origin);
    if (is_local || !form[0]) {
        wide = is_wide(l, value);
        if (copying->is_add)
            archive = is_archive(value, word->text);
    }
    scl_lower_truth(l, source, SCL_SOURCE_ARCHIVE, archive, origin);
    scl_lower_truth(l, source, SCL_SOURCE_WIDE, wide, origin);
    if (wide == SCL_TRUE || copying->wide == SCL_FALSE)
        copying->wide = wide;
    check_source(copying, word, value, form);
    add_addition(copying, value, form, origin);
}

/* What `--from` names. Variables have no meaning there. */
static void
lower_from(struct copying *copying)
{
    struct scl_lowering *l = copying->l;
    const struct scl_docker_flag *flag = scl_lower_flag(copying->step->from, "from");
    uint32_t origin, reference;

    if (!flag || !flag->value.len)
        return;
    copying->has_from = true;
    copying->from_form = "";
    for (size_t i = 0; i < flag->value.len; i++)
        if (flag->value.at[i] == '$' || flag->value.at[i] == '"' || flag->value.at[i] == '\'') {
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, flag->value_span,
                         "--from does not replace variables; name a stage that is made FROM it");
            return;
        }
    switch (scl_stages_from(l, flag->value, flag->value_span, true)) {
    case SCL_FROM_STAGE:
        copying->from_form = "stage";
        return;
    case SCL_FROM_NOTHING:
        copying->from_form = l->scope == SCL_SCOPE_STAGE ? "context" : "";
        return;
    case SCL_FROM_IMAGE:
        break;
    }
    copying->from_form = "image";
    origin = scl_build_origin(l->d, flag->value_span, flag->value_span);
    reference = scl_build_object(l->d, copying->step->object, SCL_INSTRUCTION_FROM, origin);
    scl_build_reference(l->d, reference, SCL_REFERENCE_RAW, scl_lower_keep(l, flag->value), origin);
    scl_check_image(l, flag->value, flag->value_span);
}

/* What the target means where the stage is. */
static void
place_target(const struct copying *copying, struct scl_str text)
{
    struct scl_lowering *l = copying->l;
    const struct scl_stage *stage;
    uint32_t object = copying->step->object;

    if (l->stage == SCL_NO_STAGE || copying->step->is_later)
        return;
    stage = &l->stages.at[l->stage];
    scl_lower_truth(l, object, SCL_INSTRUCTION_IS_ABSOLUTE,
                    scl_path_is_anchored(copying->target, text, stage->is_windows),
                    scl_build_derived(l->d, object, SCL_INSTRUCTION_TARGET));
    scl_build_bool(l->d, object, SCL_INSTRUCTION_HAS_WORKDIR, stage->has_workdir, 0);
    scl_accounts_copied(l, copying->target);
}

void
scl_copy_lower(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    const struct scl_docker_word *target;
    struct copying copying = {
        .l = l,
        .step = step,
        .is_add = from->kind == SCL_DOCKER_ADD,
        .has_many = from->word_count > 2,
    };

    if (from->word_count < 2)
        return;
    target = &from->words[from->word_count - 1];
    copying.origin = scl_lower_origin(l, target->span);
    copying.target = scl_lower_expand(l, target->text, target->span);
    scl_lower_text(l, step->object, SCL_INSTRUCTION_TARGET, copying.target, copying.origin);
    lower_from(&copying);
    for (uint32_t i = 0; i + 1 < from->word_count; i++)
        lower_source(&copying, &from->words[i]);
    scl_lower_truth(l, step->object, SCL_INSTRUCTION_WIDE, copying.wide, 0);
    place_target(&copying, target->text);
    scl_heredocs_lower(l, step);
    scl_undeclared_read_bodies(l, step);
}
