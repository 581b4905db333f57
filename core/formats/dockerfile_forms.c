/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_forms.c: shell, exec and here-document forms
 *
 * A shell form is read as POSIX shell text, together with its here-documents; one that is a
 * here-document alone is a script, of the shell unless its first line names another interpreter. An
 * exec form is one command, and what `sh -c` in it runs.
 */
#include "formats/dockerfile_commands.h"

#include <string.h>

static bool
is_run(const struct scl_step *step)
{
    return step->from->kind == SCL_DOCKER_RUN;
}

/* The word that what is run begins with. */
static uint32_t
first_argument(const struct scl_docker_instruction *from)
{
    return from->kind == SCL_DOCKER_HEALTHCHECK ? 1 : 0;
}

static struct scl_piece *
piece(struct scl_lowering *l, uint32_t raw, size_t length)
{
    struct scl_piece *made = scl_arena_alloc(&l->scratch, sizeof *made);

    if (made)
        *made = (struct scl_piece){ 0, raw, (uint32_t)length };
    return made;
}

static void
lower_slice(struct scl_lowering *l, struct scl_step *step, struct scl_str body)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_shell_map map = {
        .pieces = from->pieces,
        .count = from->piece_count,
        .start = from->logical + (uint32_t)(body.at - from->text.at),
    };

    if (body.len)
        scl_script_lower(l, step, body, &map, 0);
}

/* The line and its here-documents as one text, which the shell gets. */
static void
lower_with_heredocs(struct scl_lowering *l, struct scl_step *step, struct scl_str line)
{
    const struct scl_docker_instruction *from = step->from;
    uint32_t start = from->heredocs[0].body.offset, end = scl_span_end(from->span), used = 0;
    uint32_t logical = from->logical + (uint32_t)(line.at - from->text.at);
    struct scl_str source = l->file.source->text;
    struct scl_piece *pieces =
        scl_arena_array(&l->scratch, from->piece_count + 1, sizeof *pieces);
    char *text;

    if (!start || start > end || end > source.len)
        return;
    text = scl_arena_alloc(&l->scratch, line.len + 1 + end - start);
    if (!pieces || !text)
        return;
    for (uint32_t i = 0; i < from->piece_count; i++) {
        const struct scl_piece *at = &from->pieces[i];
        uint32_t first = at->logical > logical ? at->logical : logical;
        uint32_t last = at->logical + at->length;

        if (last > logical + line.len)
            last = logical + (uint32_t)line.len;
        if (first < last)
            pieces[used++] = (struct scl_piece){ first - logical, at->raw + first - at->logical,
                                                 last - first };
    }
    memcpy(text, line.at, line.len);
    text[line.len] = '\n';
    memcpy(text + line.len + 1, source.at + start, end - start);
    pieces[used++] = (struct scl_piece){ (uint32_t)line.len, start - 1, 1 + end - start };
    l->logical = scl_str_n(text, line.len + 1 + end - start);
    l->kept = (struct scl_str){ 0 };
    scl_script_lower(l, step, scl_str_n(text, line.len + 1 + end - start),
               &(struct scl_shell_map){ pieces, used, 0 }, 0);
}

/* Whether a script is one of a shell: it does not begin with `#!`, or that names one. */
static bool
is_shell_script(struct scl_str body)
{
    struct scl_str line, word, name = { "sh", 2 };
    size_t slash;

    if (!scl_str_starts(body, SCL_S("#!")))
        return true;
    scl_str_cut(&body, '\n', &line);
    line = scl_str_trim(scl_str_sub(line, 2, line.len));
    while (scl_str_cut(&line, ' ', &word)) {
        slash = scl_str_find_last(word, '/');
        name = slash == SIZE_MAX ? word : scl_str_sub(word, slash + 1, word.len);
        if (!scl_str_is(name, "env") && name.len && name.at[0] != '-')
            break;
    }
    return scl_str_is(name, "sh") || scl_str_is(name, "bash") || scl_str_is(name, "dash") ||
           scl_str_is(name, "ash") || scl_str_is(name, "ksh") || scl_str_is(name, "zsh");
}

/* A here-document that is all of a RUN. What its first line names is told nothing by SHELL. */
static void
lower_heredoc(struct scl_lowering *l, struct scl_step *step)
{
    struct scl_span place = step->from->heredocs[0].body;
    struct scl_str body = scl_source_text(l->file.source, place);
    struct scl_shell_map map = { piece(l, place.offset, place.length), 1, 0 };

    if (!is_shell_script(body)) {
        scl_accounts_unread(l);
        return;
    }
    if (scl_str_starts(body, SCL_S("#!")))
        step->has_pipefail = false;
    scl_script_lower(l, step, body, &map, 0);
}

static void
lower_shell_form(struct scl_lowering *l, struct scl_step *step, const struct scl_docker_word *word)
{
    const struct scl_docker_instruction *from = step->from;
    struct scl_docker_heredoc alone;

    if (!is_run(step) || !from->heredoc_count) {
        lower_slice(l, step, word->text);
        return;
    }
    if (from->heredoc_count > 1 ||
        !scl_docker_heredoc_word(&l->scratch, scl_str_trim(word->text), &alone)) {
        lower_with_heredocs(l, step, word->text);
        return;
    }
    lower_heredoc(l, step);
}

/* Exec forms. */

/* Where the bytes of a decoded JSON string lie: behind each backslash a new piece begins. What was
 * decoded in other ways ends them: the rest is taken to lie in a row, as far as the string goes. */
static struct scl_shell_map
map_string(struct scl_lowering *l, const struct scl_docker_word *word)
{
    struct scl_str raw = scl_source_text(l->file.source, word->span), text = word->text;
    SCL_VEC(struct scl_piece) pieces = { 0 };
    size_t at = 1, done = 0;

    raw = scl_str_sub(raw, 0, raw.len ? raw.len - 1 : 0);
    while (done < text.len && at < raw.len) {
        struct scl_piece *made = scl_vec_push(&l->scratch, &pieces);
        size_t start, first = done;

        if (!made)
            break;
        at += raw.at[at] == '\\' && at + 1 < raw.len;
        start = at;
        while (done < text.len && at < raw.len && raw.at[at] == text.at[done] &&
               (at == start || raw.at[at] != '\\')) {
            at++;
            done++;
        }
        if (at == start) {
            at += text.len - done < raw.len - at ? text.len - done : raw.len - at;
            done = text.len;
        }
        *made = (struct scl_piece){ (uint32_t)first, word->span.offset + (uint32_t)start,
                                    (uint32_t)(at - start) };
    }
    return (struct scl_shell_map){ pieces.at, pieces.count, 0 };
}

static void
lower_exec_script(struct scl_lowering *l, struct scl_step *step,
                  const struct scl_docker_word *word)
{
    struct scl_shell_map map = map_string(l, word);

    if (word->text.len && map.count)
        scl_script_lower(l, step, word->text, &map, 1);
}

/* Links the words of the instruction that the command has, from the one that names it. */
static void
link_words(struct scl_lowering *l, uint32_t command, const uint32_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        scl_build_item_link(l->d, command, SCL_COMMAND_ARGV, words[i]);
}

/* The words of an exec form, each with its text, origin and node. */
struct exec_words {
    struct scl_str *texts;
    struct scl_span *spans;
    uint32_t *origins, *objects;
};

static bool
take_words(struct scl_lowering *l, const struct scl_step *step, struct exec_words *ret,
           uint32_t count)
{
    const struct scl_value *words = scl_build_list(l->d, step->object, SCL_INSTRUCTION_ARGV, 0);
    uint32_t first = first_argument(step->from);

    ret->texts = scl_arena_array(&l->scratch, count, sizeof *ret->texts);
    ret->spans = scl_arena_array(&l->scratch, count, sizeof *ret->spans);
    ret->origins = scl_arena_array(&l->scratch, count, sizeof *ret->origins);
    ret->objects = scl_arena_array(&l->scratch, count, sizeof *ret->objects);
    if (!words || words->as.list->count < count || l->scratch.failed)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        ret->texts[i] = scl_lower_keep(l, step->from->words[first + i].text);
        ret->spans[i] = step->from->words[first + i].span;
        ret->origins[i] = words->as.list->items[i].origin;
        ret->objects[i] = words->as.list->items[i].as.object;
    }
    return true;
}

/* The one command of an exec form. Returns the index of the word that is a script of it, or 0. */
static uint32_t
lower_exec_command(struct scl_lowering *l, struct scl_step *step, const struct exec_words *words,
                   uint32_t count, struct scl_span place)
{
    struct scl_shell_argv argv = { .texts = words->texts, .count = count };
    struct scl_running running;
    struct scl_shell_wrapped wrapped = { 0 };
    struct scl_tool_call call = { .running = &running, .argv = argv };

    call.command = scl_command_add(l, step, 1, place);
    scl_build_bool(l->d, call.command, SCL_COMMAND_CONDITIONAL, false, 0);
    scl_shell_unwrap(&argv, &wrapped);
    if (wrapped.effective >= count)
        return 0;
    scl_running_begin(&running, l, step);
    call.effective = wrapped.effective;
    call.name = scl_shell_base_name(&argv, wrapped.effective);
    call.words = words->texts + wrapped.effective;
    call.origins = words->origins + wrapped.effective;
    call.objects = words->objects + wrapped.effective;
    call.count = count - wrapped.effective;
    link_words(l, call.command, call.objects, call.count);
    scl_command_name(&call, words->spans);
    scl_tool_apply(&call);
    if (is_run(step) && !step->is_later)
        scl_accounts_run(&call);
    return scl_shell_script(&argv, wrapped.effective);
}

static void
lower_exec_form(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_word *from = step->from->words + first_argument(step->from);
    uint32_t count = step->from->word_count - first_argument(step->from), script;
    struct exec_words words;

    if (!take_words(l, step, &words, count))
        return;
    script = lower_exec_command(l, step, &words, count,
                                scl_span_between(from[0].span.offset,
                                                 scl_span_end(from[count - 1].span)));
    for (uint32_t i = 0; i < script; i++)
        if (scl_str_is(words.texts[i], "pipefail"))
            step->has_pipefail = true;
    if (script)
        lower_exec_script(l, step, &from[script]);
}

void
scl_commands_words(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    const char *form = from->form == SCL_DOCKER_FORM_EXEC ? "exec" : "shell";

    if (from->word_count <= first_argument(from) && from->form != SCL_DOCKER_FORM_EXEC)
        return;
    if (is_run(step) && from->heredoc_count)
        form = "heredoc";
    scl_build_text(l->d, step->object, SCL_INSTRUCTION_FORM, scl_str_c(form), 0);
    if (from->form != SCL_DOCKER_FORM_EXEC)
        return;
    scl_build_list(l->d, step->object, SCL_INSTRUCTION_ARGV, step->origin);
    for (uint32_t i = first_argument(from); i < from->word_count; i++) {
        uint32_t origin = scl_lower_origin(l, from->words[i].span);
        uint32_t word = scl_build_object(l->d, step->object, SCL_INSTRUCTION_ARGV, origin);
        struct scl_str text = scl_lower_keep(l, from->words[i].text);

        scl_build_text(l->d, word, SCL_WORD_TEXT, text, origin);
        scl_build_text(l->d, word, SCL_WORD_VALUE, text, origin);
    }
}

void
scl_commands_lower(struct scl_lowering *l, struct scl_step *step)
{
    const struct scl_docker_instruction *from = step->from;
    uint32_t first = first_argument(from);
    bool is_posix = l->stage == SCL_NO_STAGE ||
                    l->stages.at[l->stage].family == SCL_FAMILY_POSIX;

    scl_commands_words(l, step);
    if (is_run(step)) {
        scl_mounts_lower(l, step);
        scl_heredocs_lower(l, step);
    }
    if (from->word_count <= first)
        return;
    if (from->form == SCL_DOCKER_FORM_EXEC) {
        lower_exec_form(l, step);
    } else if (is_posix) {
        step->has_pipefail = l->stage != SCL_NO_STAGE && l->stages.at[l->stage].has_pipefail;
        lower_shell_form(l, step, &from->words[first]);
    } else if (is_run(step)) {
        scl_accounts_unread(l);
    }
}
