/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conformance_dockerfile.c: the Dockerfile reader against what BuildKit made of the same files
 *
 * Each folder of the corpus has cases: a Dockerfile, and what came out of BuildKit's parser for it.
 * For each folder a line tells how many agree, then those that do not, with the first difference;
 * differences that are on purpose are listed below with the reason. Without the corpus: "skipped".
 */
#include "dockerfile_model.h"
#include "dockerfile_tables.h"
#include "file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SOURCE_ROOT
#define SOURCE_ROOT "."
#endif

enum { PATH_BYTES = 4096, MOST_CASES = 1000 };

/* A folder and how many of its cases must agree. */
struct folder {
    const char *name;
    int least;
};

static const struct folder folders[] = {
    { "parser", 33 },        { "parser-negative", 4 },  { "parser-lines", 1 },
    { "parser-warnings", 1 }, { "heredoc", 2 },          { "directives", 17 },
    { "instructions", 15 },  { "instructions-negative", 19 }, { "errors", 7 },
    { "lint", 87 },          { "integration", 226 },    { "edge", 280 },
};

struct purpose {
    const char *path, *reason;
};

static const struct purpose on_purpose[] = {
    { "edge/flag-nonascii", "flags keep their bytes, and no byte within a letter is a blank" },
};

/* BuildKit's messages and ours: a part of each; `shift` is added to their line. */
struct message {
    const char *theirs, *ours;
    int shift;
};

static const struct message messages[] = {
    { "unknown instruction: ", "unknown instruction ", 0 },
    { "unknown instruction: ", "a line continues", 0 },
    { "no build stage in current context", "stands before the first FROM", 0 },
    { "requires at least two arguments", "needs a source and a destination", 0 },
    { "requires at least one argument", "has no argument", 0 },
    { "requires exactly one argument", "has no argument", 0 },
    { "FROM requires either one or three", "FROM takes an image", 0 },
    { "FROM requires either one or three", "FROM has no argument", 0 },
    { "names can not be blank", "is empty", 0 },
    { "can't find = in", "no '=' in", 0 },
    { "must have two arguments", "has no value", 0 },
    { "only one ", "is given twice", 1 },
    { "invalid escape token", "invalid escape character", 1 },
    { "greater than max allowed size", "over the limit of", 1 },
    { "file with no instructions", "no instructions", 0 },
    { "file with no instructions", "empty file", 0 },
    { "file with no instructions", "over the limit of", 0 },
    { "unknown flag: ", "unknown flag ", 0 },
    { "duplicate flag specified", "is given twice", 0 },
    { "missing a value on flag", "has no value", 0 },
    { "expecting boolean value", "neither true nor false", 0 },
    { "invalid network mode", "invalid network mode", 0 },
    { "is not valid", "invalid security mode", 0 },
    { "invalid name for build stage", "invalid stage name", 0 },
    { "missing unit in duration", "is no duration", 0 },
    { "strconv.ParseInt", "is no whole number", 0 },
    { "Unknown type", "unknown type of HEALTHCHECK", 0 },
    { "Missing command after HEALTHCHECK", "HEALTHCHECK CMD has no command", 0 },
    { "cannot be less than 1ms", "is shorter than 1ms", 0 },
    { "cannot be negative", "is negative", 0 },
    { "HEALTHCHECK NONE takes no arguments", "HEALTHCHECK NONE takes no arguments", 0 },
    { "unterminated heredoc", "has no end", 0 },
    { "cannot accept a heredoc as a destination", "a heredoc cannot be the destination", 0 },
    { "comprised of strings only", "may hold only strings", 0 },
    { "arguments to be in JSON form", "needs a JSON array", 0 },
    { "bare \\\" in non-quoted-field", "a quote within a field", 0 },
    { "bare \" in non-quoted-field", "a quote within a field", 0 },
    { "failed to parse csv mounts: EOF", "has no fields", 0 },
    { "doesn't support variable expansion", "cannot hold a variable", 0 },
    { "Chaining ONBUILD", "cannot be triggered", 0 },
    { "isn't allowed as an ONBUILD trigger", "cannot be triggered", 0 },
    { "can not be an empty string", "a path of VOLUME is empty", 0 },
    /* of mounts */
    { "must be a key=value pair", "no value for the field", 0 },
    { "unexpected key 'size' for", "takes no 'size'", 0 },
    { "unexpected key 'required' for", "takes no 'required'", 0 },
    { "unexpected key", "unknown mount field", 0 },
    { "unsupported mount type", "unknown mount type", 0 },
    { "unsupported sharing value", "unknown sharing mode", 0 },
    { "invalid value for size", "invalid size", 0 },
    { "invalid value for", "neither true nor false", 0 },
    { "for mode", "invalid mode", 0 },
    { "for uid", "invalid uid", 0 },
    { "mode not allowed", "takes no 'mode'", 0 },
    { "uid not allowed", "takes no 'uid'", 0 },
    { "should not have a from", "takes no 'from'", 0 },
    { "should not define sharing", "takes no 'sharing'", 0 },
    { "invalid cache sharing set", "takes no 'sharing'", 0 },
    { "one of source, target required", "a secret has no id, source or target", 0 },
    { "both source and id", "a secret has both source and id", 0 },
};

/* FOLDER/NAME in `out`, which has PATH_BYTES; empty where that is too long. */
static void
join(char *out, const char *folder, const char *name)
{
    int length = snprintf(out, PATH_BYTES, "%s/%s", folder, name);

    if (length < 0 || length >= PATH_BYTES)
        out[0] = '\0';
}

static bool
has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

bool
is_same_message(const char *theirs, const char *ours, int *ret_shift)
{
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++)
        if (has(theirs, messages[i].theirs) && has(ours, messages[i].ours)) {
            *ret_shift = messages[i].shift;
            return true;
        }
    return false;
}

/* ---- comparing ---- */

static bool
is_shortened(const char *expected, const char *actual)
{
    const char *dots = strstr(expected, "...(");

    return dots && strlen(actual) == strtoul(dots + 4, NULL, 10) &&
           strncmp(expected, actual, (size_t)(dots - expected)) == 0;
}

static bool
differs(json_t *expected, json_t *actual, const char *path, struct scl_text *why)
{
    char *wanted = expected ? json_dumps(expected, JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;
    char *found = actual ? json_dumps(actual, JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;

    scl_text_f(why, "%s: expected %.300s, got %.300s", path, wanted ? wanted : "nothing",
               found ? found : "nothing");
    free(wanted);
    free(found);
    return false;
}

/* Whether two values are the same; else a line about the first difference. */
bool
is_same(json_t *expected, json_t *actual, const char *path, struct scl_text *why)
{
    char below[PATH_BYTES], index[32];
    json_t *value;
    const char *key;
    size_t i;
    int shift;

    if (json_is_number(expected) && json_is_number(actual) &&
        json_number_value(expected) == json_number_value(actual))
        return true;
    if (has(path, "mount_error") && json_is_string(expected) && json_is_string(actual))
        return is_same_message(json_string_value(expected), json_string_value(actual), &shift);
    if (json_is_object(expected) && json_is_object(actual)) {
        json_object_foreach(actual, key, value)
            if (!json_object_get(expected, key)) {
                scl_text_f(why, "%s.%s is not expected", path, key);
                return false;
            }
        json_object_foreach(expected, key, value) {
            join(below, path, key);
            if (!is_same(value, json_object_get(actual, key), below, why))
                return false;
        }
        return true;
    }
    if (json_is_array(expected) && json_is_array(actual) &&
        json_array_size(expected) == json_array_size(actual)) {
        json_array_foreach(expected, i, value) {
            snprintf(index, sizeof index, "%zu", i);
            join(below, path, index);
            if (!is_same(value, json_array_get(actual, i), below, why))
                return false;
        }
        return true;
    }
    if (json_equal(expected, actual) ||
        (json_is_string(expected) && json_is_string(actual) &&
         is_shortened(json_string_value(expected), json_string_value(actual))))
        return true;
    return differs(expected, actual, path, why);
}

/* Compares a member with `actual`, which is given back. */
static bool
compare(json_t *expected, const char *key, json_t *actual, struct scl_text *why)
{
    json_t *wanted = json_object_get(expected, key);
    bool same = (!wanted && !actual) || is_same(wanted, actual, key, why);

    json_decref(actual);
    return same;
}

/* ---- one case ---- */

struct reading {
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_dockerfile file;
};

static bool
is_line_in(json_t *ranges, uint32_t line, int shift)
{
    json_t *range;
    size_t i;

    json_array_foreach(ranges, i, range) {
        size_t last = json_array_size(range) - 1;

        if (line >= json_number_value(json_array_get(range, 0)) + shift &&
            line <= json_number_value(json_array_get(range, last)) + shift)
            return true;
    }
    return false;
}

/* Whether a note says what an error says, at a line of it. */
static bool
has_error(const struct reading *reading, json_t *error, struct scl_text *why)
{
    json_t *inner = json_object_get(error, "inner");
    json_t *message = inner ? inner : json_object_get(error, "message");
    const char *theirs = json_is_string(message) ? json_string_value(message)
                                                 : "unknown instruction: in hex";

    for (uint32_t i = 0; i < reading->notes.list.count; i++) {
        const struct scl_note *note = &reading->notes.list.at[i];
        char ours[512];
        int shift;
        uint32_t line = scl_source_locate(&reading->source, note->span.offset).line;

        snprintf(ours, sizeof ours, "%.*s", SCL_ARG(note->message));
        if (note->kind == SCL_NOTE_ERROR && is_same_message(theirs, ours, &shift) &&
            (has(theirs, "no instructions") ||
             is_line_in(json_object_get(error, "lines"), line, shift)))
            return true;
    }
    scl_text_f(why, "no note like: %s", theirs);
    for (uint32_t i = 0; i < reading->notes.list.count; i++)
        scl_text_f(why, " [%.*s]", SCL_ARG(reading->notes.list.at[i].message));
    return false;
}

static bool
check_errors(const struct reading *reading, json_t *expected, struct scl_text *why)
{
    json_t *parse_error = json_object_get(expected, "parse_error");
    json_t *error = parse_error ? parse_error : json_object_get(expected, "instruction_error");

    if (error)
        return has_error(reading, error, why);
    if (!scl_notes_have_error(&reading->notes))
        return true;
    scl_text_f(why, "a note of an error: %.*s", SCL_ARG(reading->notes.list.at[0].message));
    return false;
}

static bool
check_file(struct reading *reading, json_t *expected, struct scl_text *why)
{
    const struct scl_dockerfile *file = &reading->file;
    json_t *syntax = model_directive(file, &file->syntax, "ref");
    json_t *check = model_directive(file, &file->check, "value");
    bool same = compare(expected, "syntax", syntax, why) &&
                compare(expected, "check", check, why) && check_errors(reading, expected, why);

    if (!same || json_object_get(expected, "parse_error"))
        return same;
    same = compare(expected, "escape", json_stringn(&file->escape, 1), why) &&
           compare(json_object_get(expected, "ast"), "nodes", model_nodes(file), why) &&
           compare(expected, "parse_warnings", model_warnings(file), why);
    if (!same || json_object_get(expected, "instruction_error"))
        return same;
    same = compare(expected, "global_args", model_global_args(file), why);
    if (!same || json_object_get(expected, "check_error"))
        return same;
    return compare(expected, "stages", model_stages(&reading->arena, file), why);
}

/* What the folder "instructions" says of its only instruction. */
static bool
check_instruction(struct reading *reading, json_t *expected, struct scl_text *why)
{
    static const char *const keys[] = { "sources", "dest", "cmdline", "files", "shell_form" };
    const struct scl_docker_instruction *first = reading->file.first;
    json_t *made = first ? model_command(&reading->arena, &reading->file, first) : NULL;
    json_t *inlines = json_object_get(expected, "inline");
    bool same = true;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        json_t *wanted = json_object_get(expected, keys[i]);
        json_t *found = json_object_get(made, keys[i]);

        if (wanted && (found || json_array_size(wanted)))
            same = same && is_same(wanted, found, keys[i], why);
    }
    if (json_array_size(inlines))
        same = same && is_same(inlines, json_object_get(made, "inline_sources"), "inline", why);
    json_decref(made);
    return same;
}

static bool
check_dockerfile(struct scl_str text, json_t *expected, struct scl_text *why)
{
    json_t *buildkit = json_object_get(expected, "buildkit");
    json_t *dump = json_object_get(expected, "dump");
    struct reading reading = { 0 };
    bool same;

    scl_arena_init(&reading.arena);
    scl_notes_init(&reading.notes, &reading.arena);
    same = scl_source_init(&reading.source, &reading.arena, SCL_S("Dockerfile"), text) &&
           scl_dockerfile_read(&reading.arena, &reading.source, NULL, &reading.notes,
                               &reading.file);
    if (same && buildkit)
        same = check_file(&reading, buildkit, why);
    if (same)
        same = check_instruction(&reading, expected, why);
    if (same && dump) {
        json_t *made = model_dump(&reading.file);

        same = is_same(dump, made, "dump", why);
        json_decref(made);
    }
    scl_arena_finish(&reading.arena);
    return same;
}

static bool
check_case(const char *folder, struct scl_text *why)
{
    char path[PATH_BYTES];
    size_t size = 0;
    json_t *expected;
    char *text;
    bool same;

    join(path, folder, "expected.json");
    expected = json_load_file(path, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
    join(path, folder, "Dockerfile");
    text = test_read_file(path, &size);
    same = expected && text && check_dockerfile(scl_str_n(text, size), expected, why);
    if (!expected || !text)
        scl_text_c(why, "the case cannot be read");
    json_decref(expected);
    free(text);
    return same;
}

/* ---- folders ---- */

static int
compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t
list_cases(const char *path, char **names)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    size_t count = 0;

    if (!folder)
        return 0;
    while ((entry = readdir(folder)) != NULL && count < MOST_CASES)
        if (entry->d_name[0] != '.' && !strchr(entry->d_name, '.'))
            names[count++] = strdup(entry->d_name);
    closedir(folder);
    qsort(names, count, sizeof *names, compare_names);
    return count;
}

static const char *
purpose_of(const char *path)
{
    for (size_t i = 0; i < sizeof on_purpose / sizeof on_purpose[0]; i++)
        if (strcmp(on_purpose[i].path, path) == 0)
            return on_purpose[i].reason;
    return NULL;
}

static bool
check_folder(const char *root, const struct folder *folder)
{
    static char *names[MOST_CASES];
    char path[PATH_BYTES], name[PATH_BYTES];
    size_t count;
    int good = 0;

    join(path, root, folder->name);
    count = list_cases(path, names);
    for (size_t i = 0; i < count; i++) {
        struct scl_text why = { 0 };

        join(name, folder->name, names[i]);
        join(path, root, name);
        if (check_case(path, &why))
            good++;
        else
            printf("  %s: %.*s%s%s\n", name, SCL_ARG(scl_text_str(&why)),
                   purpose_of(name) ? " -- on purpose: " : "",
                   purpose_of(name) ? purpose_of(name) : "");
        scl_text_finish(&why);
        free(names[i]);
    }
    printf("%s %d/%zu\n", folder->name, good, count);
    return good >= folder->least;
}

int
main(void)
{
    const char *corpus = getenv("SCANTLING_CORPUS");
    char root[PATH_BYTES];
    DIR *folder;
    bool ok = true;

    if (!corpus || !*corpus)
        corpus = SOURCE_ROOT "/../shared/corpus";
    join(root, corpus, "buildkit");
    folder = opendir(root);
    if (!folder) {
        printf("skipped: no corpus at %s\n", corpus);
        return 0;
    }
    closedir(folder);
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        ok = check_folder(root, &folders[i]) && ok;
    ok = check_tables(root) && ok;
    return ok ? 0 : 1;
}
