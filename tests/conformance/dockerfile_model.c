/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_model.c: a Dockerfile that was read, as the JSON that the corpus expects
 */
#include "dockerfile_model.h"

#include "base/utf8.h"
#include "syntax/expand_rune.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *
model_text(struct scl_str text)
{
    struct scl_text hex = { 0 };
    json_t *made;

    if (scl_utf8_is_valid(text))
        return json_stringn(text.len ? text.at : "", text.len);
    for (size_t i = 0; i < text.len; i++)
        scl_text_f(&hex, "%02x", (unsigned)(unsigned char)text.at[i]);
    made = json_pack("{s:s}", "hex", hex.at);
    scl_text_finish(&hex);
    return made;
}

static struct scl_str
source_text(const struct scl_dockerfile *file, struct scl_span span)
{
    return scl_source_text(file->source, span);
}

static struct scl_str
comment_at(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction,
           uint32_t i)
{
    return scl_docker_comment_text(file, &file->comments.at[instruction->comment_first + i]);
}

/* ---- nodes ---- */

static json_t *
joined(struct scl_str key, const char *sign, struct scl_str value)
{
    struct scl_text text = { 0 };
    json_t *made;

    scl_text_add(&text, key);
    scl_text_c(&text, sign);
    scl_text_add(&text, value);
    made = model_text(scl_text_str(&text));
    scl_text_finish(&text);
    return made;
}

static json_t *node_of(const struct scl_dockerfile *file,
                       const struct scl_docker_instruction *instruction, bool is_sub);

static json_t *
arguments_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    if (instruction->kind == SCL_DOCKER_UNKNOWN)
        json_array_append_new(list, json_string(""));
    if (instruction->trigger) {
        json_t *sub = json_object();

        json_object_set_new(sub, "sub", node_of(file, instruction->trigger, true));
        json_array_append_new(list, sub);
    }
    for (uint32_t i = 0; i < instruction->word_count; i++)
        json_array_append_new(list, model_text(instruction->words[i].text));
    for (uint32_t i = 0; i < instruction->pair_count; i++) {
        const struct scl_docker_pair *pair = &instruction->pairs[i];

        if (instruction->kind == SCL_DOCKER_ARG) {
            json_array_append_new(list, joined(pair->key, pair->has_value ? "=" : "",
                                               pair->value));
            continue;
        }
        json_array_append_new(list, model_text(pair->key));
        json_array_append_new(list, model_text(pair->value));
        json_array_append_new(list, json_string(pair->is_legacy ? "" : "="));
    }
    return list;
}

static json_t *
heredocs_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < instruction->heredoc_count; i++) {
        const struct scl_docker_heredoc *heredoc = &instruction->heredocs[i];
        json_t *made = json_object();

        json_object_set_new(made, "name", model_text(heredoc->delimiter));
        json_object_set_new(made, "content", model_text(source_text(file, heredoc->body)));
        json_object_set_new(made, "expand", json_boolean(heredoc->expands));
        json_object_set_new(made, "chomp", json_boolean(heredoc->strips_tabs));
        json_object_set_new(made, "fd", json_real((double)heredoc->fd));
        json_array_append_new(list, made);
    }
    return list;
}

static json_t *
flags_of(const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < instruction->flag_count; i++) {
        const struct scl_docker_flag *flag = &instruction->flags[i];
        struct scl_text text = { 0 };

        scl_text_c(&text, "--");
        scl_text_add(&text, flag->name);
        if (flag->has_value)
            scl_text_c(&text, "=");
        scl_text_add(&text, flag->value);
        json_array_append_new(list, model_text(scl_text_str(&text)));
        scl_text_finish(&text);
    }
    return list;
}

/* Sets a list where it has members. */
static void
set_list(json_t *object, const char *key, json_t *list)
{
    if (json_array_size(list))
        json_object_set(object, key, list);
    json_decref(list);
}

static json_t *
node_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction,
        bool is_sub)
{
    json_t *node = json_object(), *comments = json_array();

    json_object_set_new(node, "name", model_text(instruction->name));
    json_object_set_new(node, "original", model_text(instruction->text));
    json_object_set_new(node, "start_line",
                        json_integer(is_sub ? 0 : instruction->first_line));
    json_object_set_new(node, "end_line", json_integer(is_sub ? 0 : instruction->last_line));
    json_object_set_new(node, "args", arguments_of(file, instruction));
    if (instruction->form == SCL_DOCKER_FORM_EXEC)
        json_object_set_new(node, "json_form", json_true());
    set_list(node, "flags", flags_of(instruction));
    if (!is_sub)
        set_list(node, "heredocs", heredocs_of(file, instruction));
    for (uint32_t i = 0; i < instruction->comment_count; i++)
        json_array_append_new(comments, model_text(comment_at(file, instruction, i)));
    set_list(node, "prev_comments", comments);
    return node;
}

json_t *
model_nodes(const struct scl_dockerfile *file)
{
    json_t *list = json_array();

    for (const struct scl_docker_instruction *i = file->first; i; i = i->next)
        json_array_append_new(list, node_of(file, i, false));
    return list;
}

/* ---- the dump ---- */

static void
dump_quoted(struct scl_text *out, struct scl_str text)
{
    static const char signs[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\";

    scl_text_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        const char *sign = text.at[i] ? strchr(signs, text.at[i]) : NULL;

        if (sign)
            scl_text_f(out, "\\%c", names[sign - signs]);
        else if ((unsigned char)text.at[i] < 0x20)
            scl_text_f(out, "\\x%02x", (unsigned)text.at[i]);
        else
            scl_text_char(out, text.at[i]);
    }
    scl_text_char(out, '"');
}

static void
dump_node(struct scl_text *out, json_t *node)
{
    json_t *value;
    size_t i;

    for (const char *name = json_string_value(json_object_get(node, "name")); *name; name++)
        scl_text_char(out, scl_lower(*name));
    json_array_foreach(json_object_get(node, "flags"), i, value) {
        scl_text_c(out, i ? " " : " [");
        dump_quoted(out, scl_str_c(json_string_value(value)));
    }
    if (json_object_get(node, "flags"))
        scl_text_c(out, "]");
    json_array_foreach(json_object_get(node, "args"), i, value) {
        scl_text_c(out, " ");
        if (json_is_object(value)) {
            scl_text_c(out, "(");
            dump_node(out, json_object_get(value, "sub"));
            scl_text_c(out, ")");
        } else {
            dump_quoted(out, scl_str_n(json_string_value(value), json_string_length(value)));
        }
    }
}

json_t *
model_dump(const struct scl_dockerfile *file)
{
    json_t *nodes = model_nodes(file), *node, *made;
    struct scl_text out = { 0 };
    size_t i;

    json_array_foreach(nodes, i, node) {
        scl_text_c(&out, "(");
        dump_node(&out, node);
        scl_text_c(&out, ")\n");
    }
    made = model_text(scl_text_str(&out));
    scl_text_finish(&out);
    json_decref(nodes);
    return made;
}

/* ---- commands ---- */

static json_t *
words_of(const struct scl_docker_instruction *instruction, uint32_t from, uint32_t to)
{
    json_t *list = json_array();

    for (uint32_t i = from; i < to; i++)
        json_array_append_new(list, model_text(instruction->words[i].text));
    return list;
}

static void
set_doc(json_t *object, const struct scl_dockerfile *file,
        const struct scl_docker_instruction *instruction, struct scl_str name)
{
    for (uint32_t i = 0; name.len && i < instruction->comment_count; i++) {
        struct scl_str text = comment_at(file, instruction, i);

        if (scl_str_starts(text, name) && text.len > name.len && text.at[name.len] == ' ') {
            json_object_set_new(object, "doc",
                                model_text(scl_str_sub(text, name.len + 1, text.len)));
            return;
        }
    }
}

static json_t *
pairs_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < instruction->pair_count; i++) {
        const struct scl_docker_pair *pair = &instruction->pairs[i];
        json_t *made = json_object();

        json_object_set_new(made, "key", model_text(pair->key));
        if (pair->has_value)
            json_object_set_new(made, "value", model_text(pair->value));
        if (pair->is_legacy)
            json_object_set_new(made, "legacy", json_true());
        if (instruction->kind == SCL_DOCKER_ARG)
            set_doc(made, file, instruction, pair->key);
        json_array_append_new(list, made);
    }
    return list;
}

static const struct scl_docker_flag *
flag_of(const struct scl_docker_instruction *instruction, const char *name)
{
    for (uint32_t i = 0; i < instruction->flag_count; i++)
        if (scl_str_is(instruction->flags[i].name, name))
            return &instruction->flags[i];
    return NULL;
}

static json_t *
flag_text(const struct scl_docker_instruction *instruction, const char *name, const char *other)
{
    const struct scl_docker_flag *flag = flag_of(instruction, name);

    return flag ? model_text(flag->value) : json_string(other);
}

static json_t *
flag_bool(const struct scl_docker_instruction *instruction, const char *name, json_t *other)
{
    const struct scl_docker_flag *flag = flag_of(instruction, name);

    if (!flag)
        return other;
    return json_boolean(!flag->has_value || scl_str_is_nocase(flag->value, "true"));
}

static json_t *
chomped(struct scl_str body)
{
    struct scl_text text = { 0 };
    json_t *made;
    bool at_start = true;

    for (size_t i = 0; i < body.len; i++) {
        if (at_start && body.at[i] == '\t')
            continue;
        scl_text_char(&text, body.at[i]);
        at_start = body.at[i] == '\n';
    }
    made = model_text(scl_text_str(&text));
    scl_text_finish(&text);
    return made;
}

static void
set_files(struct scl_arena *arena, json_t *object, const struct scl_dockerfile *file,
          const struct scl_docker_instruction *instruction)
{
    json_t *sources = json_array(), *inlines = json_array();

    for (uint32_t i = 0; i + 1 < instruction->word_count; i++) {
        const struct scl_docker_word *word = &instruction->words[i];
        struct scl_docker_heredoc heredoc;
        json_t *made;

        if (!word->heredoc) {
            json_array_append_new(sources, model_text(word->text));
            continue;
        }
        scl_docker_heredoc_word(arena, word->text, &heredoc);
        if (word->heredoc != SCL_DOCKER_NO_BODY)
            heredoc.body = instruction->heredocs[word->heredoc - 1].body;
        made = json_object();
        json_object_set_new(made, "path", model_text(heredoc.delimiter));
        json_object_set_new(made, "expand", json_boolean(heredoc.expands));
        json_object_set_new(made, "data", heredoc.strips_tabs
                                              ? chomped(source_text(file, heredoc.body))
                                              : model_text(source_text(file, heredoc.body)));
        json_array_append_new(inlines, made);
    }
    json_object_set_new(object, "sources", sources);
    set_list(object, "inline_sources", inlines);
    if (instruction->word_count)
        json_object_set_new(object, "dest",
                            model_text(instruction->words[instruction->word_count - 1].text));
}

static void
set_copy(struct scl_arena *arena, json_t *object, const struct scl_dockerfile *file,
         const struct scl_docker_instruction *instruction)
{
    json_t *excludes = json_array();

    set_files(arena, object, file, instruction);
    for (uint32_t i = 0; i < instruction->flag_count; i++)
        if (scl_str_is(instruction->flags[i].name, "exclude"))
            json_array_append_new(excludes, model_text(instruction->flags[i].value));
    json_object_set_new(object, "exclude", json_null());
    set_list(object, "exclude", excludes);
    json_object_set_new(object, "chown", flag_text(instruction, "chown", ""));
    json_object_set_new(object, "chmod", flag_text(instruction, "chmod", ""));
    json_object_set_new(object, "link", flag_bool(instruction, "link", json_false()));
    if (instruction->kind == SCL_DOCKER_COPY) {
        json_object_set_new(object, "from", flag_text(instruction, "from", ""));
        json_object_set_new(object, "parents", flag_bool(instruction, "parents", json_false()));
        return;
    }
    json_object_set_new(object, "checksum", flag_text(instruction, "checksum", ""));
    json_object_set_new(object, "keep_git_dir",
                        flag_bool(instruction, "keep-git-dir", json_null()));
    json_object_set_new(object, "unpack", flag_bool(instruction, "unpack", json_null()));
}

static json_t *
mount_json(const struct scl_docker_mount *mount)
{
    static const char *const types[] = { "bind", "cache", "tmpfs", "secret", "ssh" };
    static const char *const sharings[] = { "", "shared", "private", "locked" };
    json_t *made = json_object();
    char mode[16];

    json_object_set_new(made, "type", json_string(types[mount->type]));
    json_object_set_new(made, "sharing", json_string(sharings[mount->sharing]));
    json_object_set_new(made, "from", model_text(mount->from));
    json_object_set_new(made, "source", model_text(mount->source));
    json_object_set_new(made, "target", model_text(mount->target));
    json_object_set_new(made, "id", model_text(mount->id));
    json_object_set_new(made, "size", json_integer(mount->size));
    json_object_set_new(made, "readonly", json_boolean(mount->is_read_only));
    json_object_set_new(made, "required", json_boolean(mount->is_required));
    if (mount->has_env)
        json_object_set_new(made, "env", model_text(mount->env));
    if (mount->has_uid)
        json_object_set_new(made, "uid", json_integer(mount->uid));
    if (mount->has_gid)
        json_object_set_new(made, "gid", json_integer(mount->gid));
    snprintf(mode, sizeof mode, "%04o", (unsigned)mount->mode);
    if (mount->has_mode)
        json_object_set_new(made, "mode", json_string(mode));
    return made;
}

static void
set_options(struct scl_arena *arena, json_t *object,
            const struct scl_docker_instruction *instruction)
{
    json_t *mounts = json_array(), *devices = json_array();
    struct scl_docker_problem problem;

    for (uint32_t i = 0; i < instruction->option_count; i++) {
        const struct scl_docker_option *option = &instruction->options[i];
        struct scl_docker_device device;
        struct scl_docker_mount mount;

        if (scl_str_is(option->flag->name, "device")) {
            scl_docker_device_evaluate(arena, option, &device, &problem);
            json_array_append_new(devices, json_pack("{s:o,s:b}", "name", model_text(device.name),
                                                     "required", (int)device.is_required));
        } else if (scl_docker_mount_evaluate(arena, option, NULL, &mount, &problem)) {
            json_array_append_new(mounts, mount_json(&mount));
        } else {
            json_object_set_new(object, "mount_error", model_text(problem.text));
            json_array_clear(mounts);
            break;
        }
    }
    set_list(object, "mounts", mounts);
    set_list(object, "devices", devices);
}

static void
set_run(struct scl_arena *arena, json_t *object, const struct scl_dockerfile *file,
        const struct scl_docker_instruction *instruction)
{
    json_t *files = json_array();

    json_object_set_new(object, "network", flag_text(instruction, "network", "default"));
    json_object_set_new(object, "security", flag_text(instruction, "security", "sandbox"));
    set_options(arena, object, instruction);
    for (uint32_t i = 0; i < instruction->heredoc_count; i++) {
        const struct scl_docker_heredoc *heredoc = &instruction->heredocs[i];
        json_t *made = json_object();

        json_object_set_new(made, "name", model_text(heredoc->delimiter));
        json_object_set_new(made, "data", model_text(source_text(file, heredoc->body)));
        json_object_set_new(made, "chomp", json_boolean(heredoc->strips_tabs));
        json_array_append_new(files, made);
    }
    set_list(object, "files", files);
}

static void
set_number(json_t *object, const char *key, int64_t value)
{
    if (value)
        json_object_set_new(object, key, json_integer(value));
}

static void
set_health(json_t *object, const struct scl_docker_instruction *instruction)
{
    const struct scl_docker_health *health = instruction->health;
    json_t *test;

    if (!health)
        return;
    test = words_of(instruction, 1, instruction->word_count);
    json_array_insert_new(test, 0,
                          json_string(health->is_none                               ? "NONE"
                                      : instruction->form == SCL_DOCKER_FORM_EXEC ? "CMD"
                                                                                    : "CMD-SHELL"));
    json_object_set_new(object, "test", test);
    set_number(object, "interval_ns", health->interval);
    set_number(object, "timeout_ns", health->timeout);
    set_number(object, "start_period_ns", health->start_period);
    set_number(object, "start_interval_ns", health->start_interval);
    set_number(object, "retries", health->retries);
}

static json_t *
expression_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *instruction)
{
    struct scl_str text = scl_rune_trim_left(instruction->text);
    struct scl_text out = { 0 };
    json_t *made;

    scl_text_add(&out, scl_rune_trim_left(scl_str_sub(text, strlen("ONBUILD"), text.len)));
    for (uint32_t i = 0; i < instruction->heredoc_count; i++) {
        scl_text_c(&out, "\n");
        scl_text_add(&out, source_text(file, instruction->heredocs[i].body));
        scl_text_add(&out, instruction->heredocs[i].delimiter);
    }
    made = model_text(scl_text_str(&out));
    scl_text_finish(&out);
    return made;
}

static int
compare_texts(const void *a, const void *b)
{
    json_t *const *first = a, *const *second = b;

    return strcmp(json_string_value(*first), json_string_value(*second));
}

static json_t *
sorted(json_t *list)
{
    size_t count = json_array_size(list);
    json_t **members = calloc(count + 1, sizeof *members), *made = json_array();

    for (size_t i = 0; members && i < count; i++)
        members[i] = json_array_get(list, i);
    if (members)
        qsort(members, count, sizeof *members, compare_texts);
    for (size_t i = 0; members && i < count; i++)
        json_array_append(made, members[i]);
    free(members);
    json_decref(list);
    return made;
}

static json_t *
volumes_of(const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < instruction->word_count; i++)
        json_array_append_new(list, model_text(scl_rune_trim(instruction->words[i].text)));
    return list;
}

json_t *
model_command(struct scl_arena *arena, const struct scl_dockerfile *file,
              const struct scl_docker_instruction *instruction)
{
    bool is_shell = instruction->form == SCL_DOCKER_FORM_SHELL;
    json_t *made = json_object(), *words = words_of(instruction, 0, instruction->word_count);
    json_t *first = json_array_get(words, 0);

    json_object_set_new(made, "name", model_text(instruction->name));
    json_object_set_new(made, "lines", json_pack("[i,i]", (int)instruction->first_line,
                                                 (int)instruction->last_line));
    switch (instruction->kind) {
    case SCL_DOCKER_RUN:
        set_run(arena, made, file, instruction);
        json_object_set(made, "cmdline", words);
        json_object_set_new(made, "shell_form", json_boolean(is_shell));
        break;
    case SCL_DOCKER_CMD:
    case SCL_DOCKER_ENTRYPOINT:
        json_object_set(made, "cmdline", words);
        if (instruction->kind == SCL_DOCKER_ENTRYPOINT && !first)
            json_object_set_new(made, "cmdline", json_null());
        json_object_set_new(made, "shell_form", json_boolean(is_shell));
        break;
    case SCL_DOCKER_ADD:
    case SCL_DOCKER_COPY:
        set_copy(arena, made, file, instruction);
        break;
    case SCL_DOCKER_ARG:
        json_object_set_new(made, "args", pairs_of(file, instruction));
        break;
    case SCL_DOCKER_ENV:
        json_object_set_new(made, "env", pairs_of(file, instruction));
        break;
    case SCL_DOCKER_LABEL:
        json_object_set_new(made, "labels", pairs_of(file, instruction));
        break;
    case SCL_DOCKER_EXPOSE:
        json_object_set_new(made, "ports", sorted(json_incref(words)));
        break;
    case SCL_DOCKER_HEALTHCHECK:
        set_health(made, instruction);
        break;
    case SCL_DOCKER_ONBUILD:
        json_object_set_new(made, "expression", expression_of(file, instruction));
        break;
    case SCL_DOCKER_SHELL:
        json_object_set(made, "shell", words);
        break;
    case SCL_DOCKER_VOLUME:
        json_object_set_new(made, "volumes", volumes_of(instruction));
        break;
    case SCL_DOCKER_MAINTAINER:
        json_object_set(made, "maintainer", first);
        break;
    case SCL_DOCKER_STOPSIGNAL:
        json_object_set(made, "signal", first);
        break;
    case SCL_DOCKER_USER:
        json_object_set(made, "user", first);
        break;
    case SCL_DOCKER_WORKDIR:
        json_object_set(made, "path", first);
        break;
    case SCL_DOCKER_FROM:
    case SCL_DOCKER_UNKNOWN:
        break;
    }
    json_decref(words);
    return made;
}

/* ---- stages ---- */

static json_t *
stage_of(const struct scl_dockerfile *file, const struct scl_docker_instruction *from)
{
    json_t *made = json_object();
    struct scl_text name = { 0 };

    if (from->word_count == 3)
        for (size_t i = 0; i < from->words[2].text.len; i++)
            scl_text_char(&name, scl_lower(from->words[2].text.at[i]));
    json_object_set_new(made, "name", model_text(scl_text_str(&name)));
    json_object_set_new(made, "base", model_text(from->words[0].text));
    json_object_set_new(made, "platform", flag_text(from, "platform", ""));
    json_object_set_new(made, "lines",
                        json_pack("[i,i]", (int)from->first_line, (int)from->last_line));
    json_object_set_new(made, "commands", json_array());
    set_doc(made, file, from, scl_text_str(&name));
    scl_text_finish(&name);
    return made;
}

json_t *
model_global_args(const struct scl_dockerfile *file)
{
    json_t *list = json_array();

    for (const struct scl_docker_instruction *i = file->first; i && i->kind != SCL_DOCKER_FROM;
         i = i->next)
        if (i->kind == SCL_DOCKER_ARG)
            json_array_append_new(list, model_command(NULL, file, i));
    if (json_array_size(list))
        return list;
    json_decref(list);
    return NULL;
}

json_t *
model_stages(struct scl_arena *arena, const struct scl_dockerfile *file)
{
    json_t *list = json_array(), *stage = NULL;

    for (const struct scl_docker_instruction *i = file->first; i; i = i->next) {
        if (i->kind == SCL_DOCKER_FROM && i->word_count) {
            stage = stage_of(file, i);
            json_array_append_new(list, stage);
        } else if (stage) {
            json_array_append_new(json_object_get(stage, "commands"),
                                  model_command(arena, file, i));
        }
    }
    return list;
}

json_t *
model_warnings(const struct scl_dockerfile *file)
{
    json_t *list = json_array();

    for (const struct scl_docker_instruction *i = file->first; i; i = i->next)
        if (i->empty_line) {
            uint32_t line = i->last_line;
            struct scl_text text = { 0 };

            if (i->heredoc_count)
                line = scl_source_locate(file->source, i->heredocs[0].body.offset).line - 1;
            scl_text_c(&text, "Empty continuation line found in: ");
            scl_text_add(&text, i->text);
            json_array_append_new(list, json_pack("{s:i,s:o}", "line", (int)line, "short",
                                                  model_text(scl_text_str(&text))));
            scl_text_finish(&text);
        }
    if (json_array_size(list))
        return list;
    json_decref(list);
    return NULL;
}

json_t *
model_directive(const struct scl_dockerfile *file, const struct scl_docker_directive *directive,
                const char *value_key)
{
    uint32_t line = scl_source_locate(file->source, directive->span.offset).line;
    bool is_json = directive->span.length &&
                   file->source->text.at[directive->span.offset] == '"';

    if (!directive->span.length)
        return NULL;
    return json_pack("{s:o,s:o,s:i}", value_key, model_text(directive->value), "cmdline",
                     model_text(directive->all), "line", is_json ? 0 : (int)line);
}
