/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_run.c: command lines that make containers
 *
 * `docker run`, `docker create`, and the same of Podman and nerdctl, as a text of a shell, as words
 * with a NUL behind each, as a JSON array of words, or as lines of JSON with a command each. A file
 * of many command lines gives a container for each; other commands in it are passed over.
 */
#include "formats/asked.h"
#include "formats/format.h"
#include "formats/refusal.h"
#include "formats/run_options.h"
#include "syntax/json.h"

#include <string.h>

/* Programs, the runtime family that containers of theirs are of, and that whose defaults hold. */
static const struct program {
    struct scl_str name;
    const char *family, *defaults;
} programs[] = {
    { SCL_STR("docker"), "docker", "docker" },
    { SCL_STR("podman"), "podman", "podman" },
    { SCL_STR("podman-remote"), "podman", "podman" },
    { SCL_STR("nerdctl"), "containerd", "docker" }, /* it asks for what Docker has */
};

static const struct program *
find_program(struct scl_str word)
{
    size_t slash = scl_str_find_last(word, '/');
    struct scl_str base = slash == SIZE_MAX ? word : scl_str_sub(word, slash + 1, word.len);

    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (scl_str_same(programs[i].name, base))
            return &programs[i];
    return NULL;
}

/* The index behind `run`, `create`, `container run` or `container create`; 0 of other commands. */
static uint32_t
behind_verb(const struct scl_argv *argv)
{
    uint32_t at = scl_run_skip_globals(argv, 1);

    if (at < argv->count && scl_str_is(scl_tree_text(&argv->words[at]), "container"))
        at++;
    if (at >= argv->count || (!scl_str_is(scl_tree_text(&argv->words[at]), "run") &&
                              !scl_str_is(scl_tree_text(&argv->words[at]), "create")))
        return 0;
    return at + 1;
}

/* ---- recognizing ---- */

/* Words of a text up to the command, as far as blanks divide them. */
static bool
next_word(struct scl_str *rest, struct scl_str *ret_word)
{
    size_t end = 0;

    *rest = scl_str_trim(*rest);
    while (end < rest->len && !scl_is_blank(rest->at[end]))
        end++;
    *ret_word = scl_str_sub(*rest, 0, end);
    *rest = scl_str_sub(*rest, end, rest->len);
    return end > 0;
}

static bool
is_passed_over(struct scl_str word)
{
    static const char *const wrappers[] = { "sudo", "env", "exec", "command", "time", "nohup" };

    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
        if (scl_str_is(word, wrappers[i]))
            return true;
    return word.at[0] == '-' || scl_str_find_char(word, '=') != SIZE_MAX;
}

/* Whether a line begins with a program, and one of its next words makes a container. */
static bool
begins_command(struct scl_str line)
{
    enum { LOOKED_AT = 16 };
    struct scl_str word;
    bool has_program = false;

    line = scl_str_sub(line, 0, 4096);
    for (unsigned i = 0; i < LOOKED_AT && next_word(&line, &word); i++) {
        if (has_program && (scl_str_is(word, "run") || scl_str_is(word, "create")))
            return true;
        if (!has_program && find_program(word))
            has_program = true;
        else if (!has_program && !is_passed_over(word))
            return false;
    }
    return false;
}

/* The text from the first line on that is neither blank nor a comment. */
static struct scl_str
first_line(struct scl_str text)
{
    const char *end = text.at + text.len;
    struct scl_str line;

    if (scl_str_starts(text, SCL_S("\xef\xbb\xbf")))
        text = scl_str_sub(text, 3, text.len);
    while (scl_str_cut(&text, '\n', &line)) {
        line = scl_str_trim(line);
        if (line.len && line.at[0] != '#')
            return scl_str_n(line.at, (size_t)(end - line.at));
    }
    return scl_str_n("", 0);
}

/* The command of a line of JSON, as far as it can be told without reading it. */
static struct scl_str
json_command(struct scl_str line)
{
    size_t key = scl_str_find(line, SCL_S("\"command\""));
    struct scl_str rest = key == SIZE_MAX ? scl_str_n("", 0) : scl_str_sub(line, key + 9, line.len);
    size_t quote = scl_str_find_char(rest, '"');

    return quote == SIZE_MAX ? scl_str_n("", 0) : scl_str_sub(rest, quote + 1, rest.len);
}

static enum scl_fit
fits_text(struct scl_str text, const char **ret_reason)
{
    struct scl_str line = first_line(text);

    *ret_reason = "a command that runs a container";
    if (line.len && line.at[0] == '{')
        line = json_command(line);
    return begins_command(line) ? SCL_FIT_YES : SCL_FIT_NO;
}

static bool
is_words(const struct scl_tree *list)
{
    const struct scl_tree *first = scl_tree_child(list, 0), *second = scl_tree_child(list, 1);

    return first && first->kind == SCL_TREE_STRING && second && second->kind == SCL_TREE_STRING &&
           list->kind == SCL_TREE_LIST && find_program(scl_tree_text(first));
}

static enum scl_fit
fits_tree(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *command = scl_tree_find(root, SCL_S("command"));

    *ret_reason = "a command that runs a container";
    return is_words(root) || (command && is_words(command)) ? SCL_FIT_YES : SCL_FIT_NO;
}

/* ---- command lines ---- */

static bool
find_variable(const void *context, struct scl_str name, struct scl_str *ret_value)
{
    const struct scl_input *input = context;

    for (uint32_t i = input->variable_count; i-- > 0;) {
        if (!scl_str_same(input->variables[i].name, name))
            continue;
        *ret_value = input->variables[i].value;
        return true;
    }
    return false;
}

struct reading {
    struct scl_lowering *l;
    const struct scl_input *input;
    struct scl_argv_list list;
};

static void
read_shell(struct reading *r, struct scl_str text, const struct scl_piece *pieces, uint32_t count)
{
    struct scl_argv_variables variables = { find_variable, r->input };

    scl_argv_read_shell(&r->l->d->arena, text, pieces, count, &variables, &r->l->d->notes,
                        &r->list);
}

/* A string of JSON is a text of a shell, a list are words. */
static void
read_node(struct reading *r, const struct scl_tree *node)
{
    struct scl_arena *arena = &r->l->d->arena;
    struct scl_str raw = scl_source_text(&r->l->d->files[0], node->span);
    const struct scl_piece *pieces;
    uint32_t count;

    if (node->kind == SCL_TREE_LIST) {
        scl_argv_read_list(arena, node, &r->list);
    } else if (node->kind == SCL_TREE_STRING) {
        pieces = scl_argv_json_pieces(arena, raw, node->span.offset, &count);
        if (pieces)
            read_shell(r, scl_tree_text(node), pieces, count);
    }
}

static void
read_json(struct reading *r, const struct scl_tree *root)
{
    const struct scl_tree *command = scl_tree_find(root, SCL_S("command"));

    if (command) {
        read_node(r, command);
    } else if (root->kind == SCL_TREE_LIST && scl_tree_count(root) &&
               scl_tree_child(root, 0)->kind != SCL_TREE_STRING) {
        for (uint32_t i = 0; i < scl_tree_count(root); i++)
            read_json(r, scl_tree_child(root, i)); /* which is no deeper than its reader lets it */
    } else {
        read_node(r, root);
    }
}

/* Moves the places of a tree that was read from a part of the source. */
static struct scl_tree
moved(const struct scl_tree *node, uint32_t offset)
{
    struct scl_tree copy = *node;

    copy.span.offset += offset;
    return copy;
}

/* A JSON object a line, which has a command. */
static void
read_json_line(struct reading *r, struct scl_str line, uint32_t offset)
{
    struct scl_arena *arena = &r->l->d->arena;
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    struct scl_notes notes;
    const struct scl_tree *root = NULL, *command;
    struct scl_tree copy;

    scl_notes_init(&notes, arena);
    if (source && scl_source_init(source, arena, SCL_S(""), line))
        root = scl_json_read(arena, source, NULL, &notes);
    command = root ? scl_tree_find(root, SCL_S("command")) : NULL;
    if (!command || command->kind != SCL_TREE_STRING || scl_notes_have_error(&notes)) {
        if (r->l->noted++ < SCL_TREE_NOTES)
            scl_note_add(&r->l->d->notes, SCL_NOTE_ERROR,
                         (struct scl_span){ offset, (uint32_t)line.len },
                         "expected an object with a command");
        return;
    }
    copy = moved(command, offset);
    read_node(r, &copy);
}

static void
read_lines(struct reading *r, struct scl_str text)
{
    struct scl_str rest = text, line;

    while (scl_str_cut(&rest, '\n', &line)) {
        struct scl_str trimmed = scl_str_trim(line);

        if (trimmed.len)
            read_json_line(r, trimmed, (uint32_t)(trimmed.at - text.at));
    }
}

static void
read_text(struct reading *r)
{
    struct scl_str text = r->l->d->files[0].text, first = first_line(text);

    if (scl_str_find_char(text, '\0') != SIZE_MAX)
        scl_argv_read_words(&r->l->d->arena, text, &r->list);
    else if (first.len && first.at[0] == '{')
        read_lines(r, text);
    else
        read_shell(r, text, NULL, 0);
}

/* ---- containers ---- */

static void
set_command(struct scl_lowering *l, uint32_t container, const struct scl_argv *argv, uint32_t at)
{
    for (; at < argv->count; at++)
        scl_asked_item(l, container, SCL_CONTAINER_COMMAND, &argv->words[at]);
}

static void
lose_image(struct scl_lowering *l, uint32_t container, uint32_t origin)
{
    scl_build_reference_unknown(l->d, container, SCL_CONTAINER_IMAGE_RAW, scl_str_n("", 0), origin);
    scl_build_open(l->d, container, SCL_CONTAINER_COMMAND);
}

static uint32_t
begin_container(struct scl_lowering *l, const struct scl_argv *argv, const struct program *program)
{
    uint32_t origin = scl_build_origin(l->d, argv->span, argv->span);
    uint32_t container = scl_build_subject(l->d, SCL_TYPE_CONTAINER, scl_str_n("", 0), origin);
    struct scl_subject_entry *subject;

    if (!container)
        return 0;
    subject = &l->d->subjects.at[l->d->subjects.count - 1];
    subject->says = l->says;
    subject->family = program->defaults;
    scl_build_text(l->d, container, SCL_CONTAINER_RUNTIME_FAMILY, scl_str_c(program->family), 0);
    scl_build_text(l->d, container, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    scl_build_text(l->d, container, SCL_CONTAINER_OS, SCL_S("linux"), 0);
    return container;
}

static void
add_container(struct scl_lowering *l, const struct scl_argv *argv, const struct program *program,
              uint32_t first)
{
    uint32_t container = begin_container(l, argv, program), image;

    if (!container)
        return;
    image = scl_run_options_read(l, container, argv, first);
    if (image == UINT32_MAX) {
        lose_image(l, container, scl_build_origin(l->d, argv->span, argv->span));
        return;
    }
    if (image >= argv->count) {
        if (l->noted++ < SCL_TREE_NOTES)
            scl_note_add(&l->d->notes, SCL_NOTE_ERROR, argv->span, "no image is named");
        lose_image(l, container, scl_build_origin(l->d, argv->span, argv->span));
        return;
    }
    scl_asked_image(l, container, SCL_CONTAINER_IMAGE_RAW, &argv->words[image]);
    set_command(l, container, argv, image + 1);
}

/* Comments that stand alone on their lines, each with the command line that comes next. */
static void
read_comments(struct reading *r)
{
    struct scl_document *d = r->l->d;
    struct scl_str text = d->files[0].text, rest = text, line;
    uint32_t at = 0;

    while (scl_str_cut(&rest, '\n', &line)) {
        struct scl_comment *comment;
        uint32_t offset;

        line = scl_str_trim(line);
        if (!line.len || line.at[0] != '#')
            continue;
        comment = scl_vec_push(&d->arena, &d->comments);
        if (!comment)
            return;
        offset = (uint32_t)(line.at - text.at);
        comment->span = (struct scl_span){ offset, (uint32_t)line.len };
        line = scl_str_trim(scl_str_sub(line, 1, line.len));
        comment->text = (struct scl_span){ line.len ? (uint32_t)(line.at - text.at) : offset,
                                           (uint32_t)line.len };
        while (at < r->list.lines.count && r->list.lines.at[at].span.offset < offset)
            at++;
        if (at < r->list.lines.count)
            comment->next = r->list.lines.at[at].span;
    }
}

static bool
begin_says(struct scl_lowering *l)
{
    l->says = scl_arena_array(&l->d->arena, SCL_FIELD_COUNT / 64 + 1, sizeof *l->says);
    if (!l->says)
        return false;
    scl_rows_say_all(l, scl_run_rows);
    for (unsigned i = 0; i < 3; i++) { /* name, format, resolution */
        unsigned field = SCL_CONTAINER_NAME + i;

        l->says[field / 64] |= UINT64_C(1) << (field % 64);
    }
    return true;
}

/* The second word where it can be a verb; an option may hold what nobody should see. */
static struct scl_str
verb_of(const struct scl_argv *argv)
{
    struct scl_str verb = argv->count > 1 ? scl_tree_text(&argv->words[1]) : scl_str_n("", 0);

    for (size_t i = 0; i < verb.len; i++)
        if (verb.at[i] < 'a' || verb.at[i] > 'z')
            return scl_str_n("", 0);
    return verb;
}

/* An input that is one command, which runs no container, is named by it and its verb. */
static void
refuse(struct reading *r)
{
    struct scl_document *d = r->l->d;
    const struct scl_argv *argv = r->list.lines.at;
    struct scl_note *note;

    if (r->list.lines.count == 1)
        note = scl_refuse(d, "'%.*s%s%.*s' is no command line we read",
                          SCL_ARG(scl_tree_text(&argv->words[0])),
                          verb_of(argv).len ? " " : "", SCL_ARG(verb_of(argv)));
    else
        note = scl_refuse(d, "no command line that we read");
    scl_note_help(&d->notes, note, "docker, podman or nerdctl, with run or create");
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .input = input };
    struct reading r = { &l, input, { { NULL, 0, 0 } } };

    if (!begin_says(&l))
        return;
    if (root)
        read_json(&r, root);
    else
        read_text(&r);
    if (!root)
        read_comments(&r);
    for (uint32_t i = 0; i < r.list.lines.count; i++) {
        const struct scl_argv *argv = &r.list.lines.at[i];
        const struct program *program = find_program(scl_tree_text(&argv->words[0]));
        uint32_t first = program ? behind_verb(argv) : 0;

        if (first && !d->subjects.count)
            d->family = program->defaults;
        if (first)
            add_container(&l, argv, program, first);
    }
    if (!d->subjects.count && !d->arena.failed && !scl_notes_have_error(&d->notes))
        refuse(&r);
}

const struct scl_format scl_format_docker_run = {
    .name = "docker-run",
    .title = "command lines of docker, podman or nerdctl that run a container",
    .resolution = "request",
    .family = "docker",
    .sample = "docker run x",
    .rows = scl_run_rows,
    .fits_tree = fits_tree,
    .fits_text = fits_text,
    .lower = lower,
};
