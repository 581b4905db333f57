/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_tables.c: tables of words and what BuildKit made of them
 */
#include "dockerfile_tables.h"

#include "dockerfile_model.h"
#include "syntax/expand.h"
#include "syntax/git_reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 1024 };

/* Cases of a table are checked one by one: `key` is that of an object's member, or NULL. */
typedef bool (*row_fn)(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                       struct scl_text *why);

struct table {
    const char *path, *member;
    row_fn check;
    int least;
};

static struct scl_str
text_of(json_t *value)
{
    return json_is_string(value) ? scl_str_n(json_string_value(value), json_string_length(value))
                                 : scl_str_n("", 0);
}

static struct scl_str
text_at(json_t *object, const char *key)
{
    return text_of(json_object_get(object, key));
}

static bool
says(struct scl_text *why, const char *what, struct scl_str text)
{
    scl_text_f(why, "%s: %.*s", what, SCL_ARG(text));
    return false;
}

static bool
same_and_free(json_t *expected, json_t *actual, const char *path, struct scl_text *why)
{
    bool same = is_same(expected, actual, path, why);

    json_decref(actual);
    return same;
}

/* ---- lines ---- */

/* Reads `FROM a` and a line after it; its instruction, NULL where an error was noted. */
static const struct scl_docker_instruction *
read_line(struct scl_arena *arena, const char *start, struct scl_str line, const char *end,
          struct scl_dockerfile *file, struct scl_text *why)
{
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    struct scl_text text = { 0 };
    struct scl_notes notes;
    struct scl_str kept;

    scl_notes_init(&notes, arena);
    scl_text_f(&text, "FROM a\n%s", start);
    scl_text_add(&text, line);
    scl_text_c(&text, end);
    kept = scl_str_n(scl_arena_copy(arena, text.at, text.len), text.len);
    scl_text_finish(&text);
    if (!scl_source_init(source, arena, SCL_S("table"), kept) ||
        !scl_dockerfile_read(arena, source, NULL, &notes, file) || !file->first)
        return NULL;
    if (!scl_notes_have_error(&notes))
        return file->first->next;
    scl_text_f(why, "%.*s", SCL_ARG(notes.list.at[0].message));
    return NULL;
}

static json_t *
words_json(const struct scl_docker_instruction *instruction)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < instruction->word_count; i++)
        json_array_append_new(list, model_text(instruction->words[i].text));
    return list;
}

static bool
check_array(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
            struct scl_text *why)
{
    const struct scl_docker_instruction *line;
    struct scl_dockerfile file;
    json_t *none;
    bool same;

    (void)table;
    line = read_line(arena, "CMD ", scl_str_c(key), "\n", &file, why);
    if (!line || line->form != SCL_DOCKER_FORM_EXEC)
        return says(why, "no array", scl_str_c(key));
    if (json_is_array(row))
        return same_and_free(row, words_json(line), key, why);
    none = json_array();
    same = same_and_free(none, words_json(line), key, why);
    json_decref(none);
    return same;
}

static bool
check_bad_array(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                struct scl_text *why)
{
    struct scl_dockerfile file;
    bool is_read;

    (void)table, (void)key;
    is_read = read_line(arena, "CMD ", text_of(row), "\n", &file, why) != NULL;
    return is_read ? says(why, "accepted", text_of(row))
                   : strstr(why->at, "may hold only strings") != NULL;
}

static bool
check_words(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
            struct scl_text *why)
{
    struct scl_dockerfile file;
    const struct scl_docker_instruction *line = read_line(arena, "ARG ", text_at(row, "input"),
                                                          "\n", &file, why);
    json_t *list = json_array();

    (void)table, (void)key;
    for (uint32_t i = 0; line && i < line->pair_count; i++) {
        const struct scl_docker_pair *pair = &line->pairs[i];
        struct scl_text word = { 0 };

        scl_text_add(&word, pair->key);
        if (pair->has_value)
            scl_text_c(&word, "=");
        scl_text_add(&word, pair->value);
        json_array_append_new(list, model_text(scl_text_str(&word)));
        scl_text_finish(&word);
    }
    return same_and_free(json_object_get(row, "words"), list, "words", why);
}

static bool
check_device(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
             struct scl_text *why)
{
    struct scl_dockerfile file;
    const struct scl_docker_instruction *line =
        read_line(arena, "RUN --device=", text_at(row, "input"), " x\n", &file, why);
    struct scl_docker_problem problem;
    struct scl_docker_device device;

    (void)table, (void)key;
    if (json_object_get(row, "error"))
        return !line && strstr(why->at, "a second name of a device");
    return line && line->option_count == 1 &&
           scl_docker_device_evaluate(arena, line->options, &device, &problem) &&
           scl_str_same(device.name, text_at(row, "name")) &&
           device.is_required == json_is_true(json_object_get(row, "required"));
}

static bool
check_heredoc_line(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                   struct scl_text *why)
{
    struct scl_dockerfile file;
    const struct scl_docker_instruction *line =
        read_line(arena, "", text_at(row, "line"), "\nEOF\nEOF2\n", &file, why);
    json_t *list = json_array();

    (void)table, (void)key;
    /* What follows the line is read as instructions where it has no heredoc of that name. */
    if (!line && file.first)
        line = file.first->next;
    for (uint32_t i = 0; line && i < line->heredoc_count; i++)
        json_array_append_new(list, model_text(line->heredocs[i].delimiter));
    /* The corpus expects names that BuildKit does not find at this commit: see its README. */
    if (scl_str_is(text_at(row, "line"), "RUN <<- EOF")) {
        bool is_empty = json_array_size(list) == 0;

        json_decref(list);
        return is_empty;
    }
    return same_and_free(json_object_get(row, "names"), list, "names", why);
}

/* ---- words ---- */

static bool
check_heredoc(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
              struct scl_text *why)
{
    struct scl_docker_heredoc heredoc;

    (void)key;
    return (scl_docker_heredoc_word(arena, text_of(row), &heredoc) &&
            scl_str_same(heredoc.delimiter, text_at(table, "all_valid_have_name"))) ||
           says(why, "no heredoc", text_of(row));
}

static bool
check_no_heredoc(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                 struct scl_text *why)
{
    struct scl_docker_heredoc heredoc;

    (void)table, (void)key;
    return !scl_docker_heredoc_word(arena, text_of(row), &heredoc) ||
           says(why, "a heredoc", text_of(row));
}

static bool
check_port(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
           struct scl_text *why)
{
    struct scl_docker_problem problem;
    struct scl_docker_port port;
    json_t *list = json_array();
    bool ok = scl_docker_port_parse(arena, text_at(row, "spec"), &port, &problem);

    (void)table, (void)key;
    for (uint32_t i = port.first; ok && i <= port.last; i++)
        json_array_append_new(list, json_sprintf("%u/%s", i, port.protocol));
    if (json_object_get(row, "error")) {
        json_decref(list);
        return !ok || says(why, "accepted", text_at(row, "spec"));
    }
    if (!ok)
        says(why, "refused", text_at(row, "spec"));
    return same_and_free(json_object_get(row, "ports"), list, "ports", why);
}

/* An environment: an object, or a list of NAME=value. */
static enum scl_lookup
look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    json_t *env = context, *value;
    enum scl_lookup found = SCL_LOOKUP_UNSET;
    const char *key;
    size_t i;

    json_object_foreach(env, key, value)
        if (scl_str_is(name, key)) {
            *ret_value = text_of(value);
            found = SCL_LOOKUP_SET;
        }
    json_array_foreach(env, i, value) {
        struct scl_str text = text_of(value);
        size_t equals = scl_str_find_char(text, '=');

        if (scl_str_same(scl_str_sub(text, 0, equals), name)) {
            *ret_value = scl_str_sub(text, equals + 1, text.len);
            found = SCL_LOOKUP_SET;
        }
    }
    return found;
}

static struct scl_expander
expander_of(struct scl_arena *arena, json_t *env)
{
    return (struct scl_expander){
        .arena = arena, .lookup = look_up, .context = env, .escape = '\\'
    };
}

/* The names that were looked up, with or without a value; sorted, each once. */
static json_t *
names_of(const struct scl_expansion *expansion, bool is_set)
{
    json_t *names = json_object(), *list = json_array();
    char *sorted, *name;

    for (uint32_t i = 0; i < expansion->uses.count; i++) {
        const struct scl_expand_use *use = &expansion->uses.at[i];

        if ((use->state == SCL_LOOKUP_SET) == is_set)
            json_object_setn_new(names, use->name.at, use->name.len, json_null());
    }
    sorted = json_dumps(names, JSON_SORT_KEYS | JSON_COMPACT);
    for (name = strtok(sorted, "{},:\""); name; name = strtok(NULL, "{},:\""))
        if (strcmp(name, "null") != 0)
            json_array_append_new(list, json_string(name));
    free(sorted);
    json_decref(names);
    return list;
}

static bool
check_expansion(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                struct scl_text *why)
{
    json_t *env = json_object_get(row, "env"), *matched = json_object_get(row, "matched");
    struct scl_expander expander = expander_of(arena, env ? env : json_object_get(table, "env"));
    struct scl_str word = text_at(row, json_object_get(row, "word") ? "word" : "input");
    const char *contains = json_string_value(json_object_get(row, "error_contains"));
    struct scl_expansion expansion;

    (void)key;
    if (scl_str_is(text_at(row, "platform"), "windows"))
        return true;
    if (!scl_expand(&expander, word, &expansion))
        return says(why, "no memory", word);
    if (contains)
        return (!expansion.ok && scl_str_find(expansion.error, scl_str_c(contains)) != SIZE_MAX) ||
               says(why, "another error", word);
    if (json_is_true(json_object_get(row, "error")))
        return !expansion.ok || says(why, "accepted", word);
    if (!expansion.ok)
        return says(why, "refused", word);
    if (!scl_str_same(expansion.text, text_at(row, "result")) || !expansion.is_known) {
        says(why, "expanded", word);
        return says(why, " to", expansion.text);
    }
    return !matched || (same_and_free(matched, names_of(&expansion, true), "matched", why) &&
                        same_and_free(json_object_get(row, "unmatched"),
                                      names_of(&expansion, false), "unmatched", why));
}

static bool
check_splitting(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                struct scl_text *why)
{
    struct scl_expander expander = expander_of(arena, json_object_get(row, "env"));
    struct scl_str word = text_at(row, "input");
    struct scl_expansion expansion;
    json_t *list = json_array();

    (void)table, (void)key;
    if (!scl_expand_words(&expander, word, &expansion))
        return says(why, "no memory", word);
    for (uint32_t i = 0; i < expansion.words.count; i++)
        json_array_append_new(list, model_text(expansion.words.at[i].text));
    if (json_is_true(json_object_get(row, "error"))) {
        json_decref(list);
        return !expansion.ok || says(why, "accepted", word);
    }
    return same_and_free(json_object_get(row, "words"), list, word.at, why);
}

/* Expands `word` with P set to a pattern and V to a value; the result, or an error. */
static bool
expand_pattern(struct scl_arena *arena, const char *word, struct scl_str pattern,
               struct scl_str value, struct scl_expansion *ret)
{
    json_t *env = json_object();
    struct scl_expander expander = expander_of(arena, env);
    bool ok;

    json_object_set_new(env, "P", model_text(pattern));
    json_object_set_new(env, "V", model_text(value));
    ok = scl_expand(&expander, scl_str_c(word), ret) && ret->ok;
    if (ok)
        ret->text = scl_str_n(scl_arena_copy(arena, ret->text.at, ret->text.len), ret->text.len);
    json_decref(env);
    return ok;
}

/* A text that a pattern matches: `x` for what is not fixed, the rest without escapes. */
static struct scl_str
sample_of(struct scl_arena *arena, struct scl_str pattern)
{
    char *sample = scl_arena_alloc(arena, pattern.len);
    size_t count = 0;

    for (size_t i = 0; i < pattern.len; i++) {
        bool is_escaped = pattern.at[i] == '\\' && i + 1 < pattern.len;

        i += is_escaped;
        sample[count++] = !is_escaped && (pattern.at[i] == '*' || pattern.at[i] == '?')
                              ? 'x'
                              : pattern.at[i];
    }
    return scl_str_n(sample, count);
}

static bool
check_pattern(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
              struct scl_text *why)
{
    struct scl_str pattern = scl_str_c(key), sample = sample_of(arena, pattern);
    struct scl_expansion expansion;

    (void)table, (void)row;
    return (expand_pattern(arena, "${V##$P}", pattern, sample, &expansion) &&
            expansion.text.len == 0) ||
           says(why, "no match", pattern);
}

static bool
check_bad_pattern(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
                  struct scl_text *why)
{
    struct scl_expansion expansion;

    (void)table, (void)key;
    return !expand_pattern(arena, "${V#$P}", text_of(row), SCL_S("x"), &expansion) ||
           says(why, "accepted", text_of(row));
}

/* A pattern and its reverse are right or wrong alike, and match at opposite ends. */
static bool
check_reverse(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
              struct scl_text *why)
{
    struct scl_expansion at_end, at_start;
    struct scl_str pattern = scl_str_c(key), reverse = text_of(row);
    bool is_right = expand_pattern(arena, "${V%%$P}", pattern, sample_of(arena, pattern), &at_end);
    bool is_also = expand_pattern(arena, "${V##$P}", reverse, sample_of(arena, reverse), &at_start);

    (void)table;
    return (is_right == is_also && (!is_right || at_end.text.len + at_start.text.len == 0)) ||
           says(why, "another reverse", pattern);
}

static bool
check_git(struct scl_arena *arena, json_t *table, const char *key, json_t *row,
          struct scl_text *why)
{
    struct scl_str text = text_at(row, "ref");
    json_t *expected = json_object_get(row, "expected"), *error = json_object_get(row, "err");
    bool is_local = json_is_true(json_object_get(expected, "IndistinguishableFromLocal"));
    bool is_git = error || (json_is_object(expected) && !is_local);
    struct scl_git_reference git;

    (void)arena, (void)table, (void)key;
    if (scl_git_reference_parse(text, &git) != is_git)
        return says(why, is_git ? "no git repository" : "a git repository", text);
    return !git.problem == !error || says(why, git.problem ? git.problem : "no problem", text);
}

static const struct table tables[] = {
    { "parser-words.json", "cases", check_words, 8 },
    { "json-arrays.json", "valid", check_array, 8 },
    { "json-arrays.json", "hard_error", check_bad_array, 8 },
    { "run-device.json", "cases", check_device, 8 },
    { "expose-ports.json", "cases", check_port, 23 },
    { "heredoc/lines.json", "cases", check_heredoc_line, 10 },
    { "add-git-refs.json", "cases", check_git, 39 },
    { "heredoc/words.json", "valid", check_heredoc, 9 },
    { "heredoc/words.json", "not_heredoc", check_no_heredoc, 7 },
    { "heredoc/words.json", "invalid_error", check_no_heredoc, 4 },
    { "shell/env_var_words.json", "cases", check_expansion, 230 },
    { "shell/matches.json", "cases", check_expansion, 47 },
    { "shell/mandatory.json", "cases", check_expansion, 6 },
    { "shell/process_words.json", "cases", check_splitting, 24 },
    { "shell/pattern_to_regex.json", "cases", check_pattern, 4 },
    { "shell/pattern_to_regex.json", "invalid", check_bad_pattern, 3 },
    { "shell/reverse_pattern.json", "cases", check_reverse, 5 },
};

static bool
check_row(const struct table *table, json_t *all, const char *key, json_t *row)
{
    struct scl_text why = { 0 };
    struct scl_arena arena;
    bool ok;

    scl_arena_init(&arena);
    ok = table->check(&arena, all, key, row, &why);
    if (!ok)
        printf("  %s %s: %.*s\n", table->path, table->member, SCL_ARG(scl_text_str(&why)));
    scl_text_finish(&why);
    scl_arena_finish(&arena);
    return ok;
}

static bool
check_table(const char *root, const struct table *table)
{
    char path[PATH_BYTES];
    json_t *all, *rows, *row;
    const char *key;
    size_t i;
    int good = 0, count = 0;

    if (snprintf(path, sizeof path, "%s/%s", root, table->path) >= PATH_BYTES)
        return false;
    all = json_load_file(path, JSON_ALLOW_NUL, NULL);
    rows = json_object_get(all, table->member);
    json_array_foreach(rows, i, row) {
        count++;
        good += check_row(table, all, NULL, row);
    }
    json_object_foreach(rows, key, row) {
        count++;
        good += check_row(table, all, key, row);
    }
    printf("%s %s %d/%d\n", table->path, table->member, good, count);
    json_decref(all);
    return good >= table->least;
}

bool
check_tables(const char *root)
{
    bool ok = true;

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        ok = check_table(root, &tables[i]) && ok;
    return ok;
}
