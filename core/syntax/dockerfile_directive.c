/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_directive.c: `# syntax=`, `# check=` and `# escape=`
 *
 * BuildKit reads them twice, with rules that differ. Before it reads the file, it looks for syntax
 * and check in its first lines: behind a `#!` line, only unindented; for syntax also with `//`, or
 * as a member of a JSON object that is all of the file. While it reads, it takes the escape
 * character from lines that may be indented, and refuses a directive that comes twice.
 */
#include "syntax/dockerfile_reader.h"

#include "syntax/expand_rune.h"

struct directive {
    struct scl_str key, value;
};

/* `key = value` behind the comment mark, with one of the three keys. */
static bool
parse(struct scl_str text, struct directive *ret)
{
    static const char *const keys[] = { "syntax", "check", "escape" };
    size_t end = 0;
    struct scl_str value;

    text = scl_rune_trim_left(text);
    while (end < text.len && scl_is_alnum(text.at[end]))
        end++;
    ret->key = scl_str_sub(text, 0, end);
    while (end < text.len && scl_docker_is_pattern_blank(text.at[end]))
        end++;
    if (end == text.len || text.at[end] != '=')
        return false;
    value = scl_str_sub(text, end + 1, text.len);
    if (value.len == 0)
        return false;
    /* Of a value of blanks the last one is left. */
    while (value.len > 1 && scl_docker_is_pattern_blank(value.at[0]))
        value = scl_str_sub(value, 1, value.len);
    while (value.len > 1 && scl_docker_is_pattern_blank(value.at[value.len - 1]))
        value.len--;
    ret->value = value;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (scl_str_is_nocase(ret->key, keys[i]))
            return true;
    return false;
}

static void
set(struct scl_docker_reader *reader, struct scl_docker_directive *directive, struct scl_str value)
{
    size_t end = scl_str_find_char(value, ' ');

    directive->all = value;
    directive->value = scl_str_sub(value, 0, end);
    directive->span.offset = (uint32_t)(value.at - reader->text.at);
    directive->span.length = (uint32_t)value.len;
}

/* ---- while reading ---- */

static void
read_escape(struct scl_docker_reader *reader, struct scl_str value)
{
    struct scl_note *note;

    if (scl_str_is(value, "\\") || scl_str_is(value, "`")) {
        reader->file->escape = value.at[0];
        return;
    }
    note = scl_note_add(reader->notes, SCL_NOTE_ERROR, reader->file->escape_directive.span,
                        "invalid escape character '%.*s'", SCL_ARG(scl_docker_shown(value)));
    if (scl_docker_bad(reader, NULL, note))
        scl_note_help(reader->notes, note, "use '\\' or '`'");
}

bool
scl_docker_directive_read(struct scl_docker_reader *reader, struct scl_str text)
{
    struct directive found;
    bool *seen;

    if (!parse(scl_str_sub(text, 1, text.len), &found))
        return false;
    seen = scl_str_is_nocase(found.key, "syntax")  ? &reader->has_syntax
           : scl_str_is_nocase(found.key, "check") ? &reader->has_check
                                                   : &reader->has_escape;
    if (*seen) {
        uint32_t offset = (uint32_t)(found.key.at - reader->text.at);

        scl_docker_bad(reader, NULL,
                       scl_note_add(reader->notes, SCL_NOTE_ERROR,
                                    (struct scl_span){ offset, (uint32_t)found.key.len },
                                    "directive %.*s is given twice", SCL_ARG(found.key)));
        return true;
    }
    *seen = true;
    if (seen == &reader->has_escape) {
        set(reader, &reader->file->escape_directive, found.value);
        read_escape(reader, found.value);
    }
    return true;
}

/* ---- before reading ---- */

/* Finds the first of each key in the lines that begin with `mark`; stops at any other line. */
static void
find(struct scl_docker_reader *reader, struct scl_str rest, struct scl_str mark,
     struct scl_docker_directive *syntax, struct scl_docker_directive *check)
{
    struct directive found;
    struct scl_str line;

    while (scl_str_cut(&rest, '\n', &line)) {
        struct scl_docker_directive *directive = NULL;

        if (!scl_str_starts(line, mark) ||
            !parse(scl_str_sub(line, mark.len, line.len), &found))
            return;
        if (scl_str_is_nocase(found.key, "syntax"))
            directive = syntax;
        else if (scl_str_is_nocase(found.key, "check"))
            directive = check;
        if (directive && directive->span.length)
            return;
        if (directive)
            set(reader, directive, found.value);
    }
}

void
scl_docker_directive_detect(struct scl_docker_reader *reader)
{
    struct scl_dockerfile *file = reader->file;
    struct scl_docker_directive unused = { 0 };
    struct scl_str rest = reader->text, line, value, token;

    if (scl_str_starts(rest, SCL_S("\xef\xbb\xbf")))
        rest = scl_str_sub(rest, 3, rest.len);
    if (scl_str_starts(rest, SCL_S("#!")))
        scl_str_cut(&rest, '\n', &line);
    find(reader, rest, SCL_S("#"), &file->syntax, &file->check);
    if (!file->syntax.span.length)
        find(reader, rest, SCL_S("//"), &file->syntax, &unused);
    rest = scl_str_trim(rest);
    if (!file->syntax.span.length && rest.len && rest.at[0] == '{' &&
        scl_docker_object_find(reader->arena, rest, "syntax", &value, &token)) {
        file->syntax.all = file->syntax.value = value;
        file->syntax.span = scl_span_between((uint32_t)(token.at - reader->text.at),
                                             (uint32_t)(token.at + token.len - reader->text.at));
    }
}
