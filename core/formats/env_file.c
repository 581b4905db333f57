/* SPDX-License-Identifier: Apache-2.0 */
/*
 * env_file.c: files of variables, which containers are given
 *
 * A line is NAME=VALUE, or a NAME alone whose value is the client's own. `docker run` takes all
 * behind the `=` as it is; Compose knows quotes, comments behind a value, `export`, and escapes
 * in double quotes. A value in quotes may go over several lines.
 */
#include "formats/env_file.h"

#include "base/path.h"
#include "base/text.h"
#include "formats/asked.h"
#include "formats/companions.h"

static struct scl_span
span_in(struct scl_str text, struct scl_str part)
{
    return (struct scl_span){ (uint32_t)(part.at - text.at), (uint32_t)part.len };
}

/* ---- lines ---- */

/* What stands in double quotes, from behind the first on, with its escapes undone. */
static struct scl_str
unescape(struct scl_arena *arena, struct scl_str raw)
{
    char *made;
    size_t count = 0;

    if (scl_str_find_char(raw, '\\') == SIZE_MAX)
        return raw;
    made = scl_arena_alloc(arena, raw.len);
    for (size_t i = 0; made && i < raw.len; i++) {
        char next = raw.at[i] == '\\' && i + 1 < raw.len ? raw.at[i + 1] : '\0';

        if (next == 'n' || next == 'r' || next == 't')
            made[count++] = next == 'n' ? '\n' : next == 'r' ? '\r' : '\t';
        else if (next == '"' || next == '\\' || next == '$')
            made[count++] = next;
        else
            made[count++] = raw.at[i];
        i += next && (next == 'n' || next == 'r' || next == 't' || next == '"' || next == '\\' ||
                      next == '$');
    }
    return scl_str_n(made ? made : "", made ? count : 0);
}

/* Where the quote ends that begins at `at`, or SIZE_MAX. */
static size_t
quote_end(struct scl_str text, size_t at)
{
    char quote = text.at[at];

    for (size_t i = at + 1; i < text.len; i++) {
        if (text.at[i] == '\\' && quote == '"')
            i++;
        else if (text.at[i] == quote)
            return i;
    }
    return SIZE_MAX;
}

static size_t
line_end(struct scl_str text, size_t at)
{
    size_t length = scl_str_find_char(scl_str_sub(text, at, text.len), '\n');

    return length == SIZE_MAX ? text.len : at + length;
}

/* The value of a line as Compose reads it; `at` is behind the `=`. Returns where the line ends. */
static size_t
read_quoted(struct scl_env_lines *lines, size_t at, struct scl_env_line *line)
{
    struct scl_str text = lines->text, rest;
    size_t end, comment;

    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    end = at < text.len && (text.at[at] == '"' || text.at[at] == '\'') ? quote_end(text, at)
                                                                        : SIZE_MAX;
    if (end != SIZE_MAX) {
        rest = scl_str_sub(text, at + 1, end - at - 1);
        line->value_span = span_in(text, rest);
        line->is_literal = text.at[at] == '\'';
        line->value = line->is_literal ? rest : unescape(lines->arena, rest);
        return line_end(text, end);
    }
    end = line_end(text, at);
    rest = scl_str_sub(text, at, end - at);
    comment = scl_str_find(rest, SCL_S(" #"));
    rest = scl_str_trim(scl_str_sub(rest, 0, comment == SIZE_MAX ? rest.len : comment));
    line->value = rest;
    line->value_span = span_in(text, rest);
    return end;
}

static void
read_line(struct scl_env_lines *lines, struct scl_env_line *line)
{
    struct scl_str text = lines->text, row, name;
    size_t end = line_end(text, lines->at), equals;

    row = scl_str_sub(text, lines->at, end - lines->at);
    if (row.len && row.at[row.len - 1] == '\r')
        row.len--;
    equals = scl_str_find_char(row, '=');
    if (equals == SIZE_MAX && lines->kind == SCL_ENV_FILE_DOTENV)
        equals = scl_str_find_char(row, ':');
    name = scl_str_trim(scl_str_sub(row, 0, equals));
    if (lines->kind == SCL_ENV_FILE_DOTENV && scl_str_starts(name, SCL_S("export ")))
        name = scl_str_trim(scl_str_sub(name, 7, name.len));
    line->name = name;
    line->name_span = span_in(text, name);
    line->has_value = equals != SIZE_MAX;
    if (line->has_value && lines->kind == SCL_ENV_FILE_DOTENV) {
        end = read_quoted(lines, lines->at + equals + 1, line);
    } else if (line->has_value) {
        line->value = scl_str_sub(row, equals + 1, row.len);
        line->value_span = span_in(text, line->value);
    }
    line->span = scl_span_between(line->name_span.offset,
                                  line->has_value ? scl_span_end(line->value_span)
                                                  : scl_span_end(line->name_span));
    lines->at = end;
}

bool
scl_env_file_next(struct scl_env_lines *lines, struct scl_env_line *ret)
{
    while (lines->at < lines->text.len) {
        char c = lines->text.at[lines->at];

        if (lines->at == 0 && scl_str_starts(lines->text, SCL_S("\xef\xbb\xbf"))) {
            lines->at = 3;
        } else if (scl_is_blank(c)) {
            lines->at++;
        } else if (c == '#') {
            lines->at = line_end(lines->text, lines->at);
        } else {
            *ret = (struct scl_env_line){ .has_value = false };
            read_line(lines, ret);
            if (ret->name.len)
                return true;
        }
    }
    return false;
}

/* ---- files ---- */

/* Whether the container has a variable by an option of its own, which counts more. */
static uint32_t
find_variable(const struct scl_document *d, uint32_t object, unsigned field, struct scl_str name)
{
    const struct scl_value *list = scl_build_find(d, object, field);
    uint32_t count = list && list->kind == SCL_KIND_LIST ? list->as.list->count : 0;

    for (uint32_t i = 0; i < count && i < 256; i++) {
        uint32_t at = list->as.list->items[i].as.object;
        const struct scl_value *value = scl_build_find(d, at, SCL_ENV_NAME);

        if (value && value->kind == SCL_KIND_TEXT && scl_str_same(scl_value_text(value), name))
            return at;
    }
    return 0;
}

static bool
is_of_file(const struct scl_document *d, uint32_t variable)
{
    const struct scl_value *source = scl_build_find(d, variable, SCL_ENV_ORIGIN);

    return source && scl_str_is(scl_value_text(source), "file");
}

static void
add_variable(struct scl_lowering *l, uint32_t object, unsigned field, uint16_t file,
             const struct scl_env_line *line)
{
    uint32_t made = find_variable(l->d, object, field, line->name);
    uint32_t origin = scl_build_file_origin(l->d, file, line->span, line->value_span);

    if (made && !is_of_file(l->d, made))
        return;
    if (!made)
        made = scl_build_object(l->d, object, field,
                                scl_build_file_origin(l->d, file, line->span, line->span));
    scl_build_text(l->d, made, SCL_ENV_NAME, line->name,
                   scl_build_file_origin(l->d, file, line->span, line->name_span));
    if (line->has_value && scl_part_is_known(line->value))
        scl_build_text(l->d, made, SCL_ENV_VALUE, line->value, origin);
    else
        scl_build_empty(l->d, made, SCL_ENV_VALUE, SCANTLING_STATE_UNKNOWN, origin);
    scl_build_text(l->d, made, SCL_ENV_ORIGIN, SCL_S("file"), 0);
}

static void
add_label(struct scl_lowering *l, uint32_t object, unsigned field, uint16_t file,
          const struct scl_env_line *line)
{
    scl_build_entry(l->d, object, field, line->name,
                    line->has_value ? line->value : scl_str_n("", 0),
                    scl_build_file_origin(l->d, file, line->span, line->value_span));
}

void
scl_env_file_read(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node, enum scl_env_file_kind kind, bool is_required)
{
    enum scl_companion_answer answer = SCL_COMPANION_UNTOLD;
    struct scl_env_lines lines = { .arena = &l->d->arena, .kind = kind };
    struct scl_env_line line;
    uint16_t file = 0;

    if (!node->is_cut && node->count && l->input)
        answer = scl_companion_read(l->d, l->input,
                                    scl_path_clean(&l->d->arena, scl_tree_text(node)), &file);
    if (answer == SCL_COMPANION_UNTOLD || (answer == SCL_COMPANION_ABSENT && is_required))
        scl_build_open(l->d, object, field);
    if (answer != SCL_COMPANION_GIVEN)
        return;
    lines.text = l->d->files[file].text;
    while (scl_env_file_next(&lines, &line)) {
        if (line.has_value && kind == SCL_ENV_FILE_DOTENV && !line.is_literal && l->interpolate)
            line.value = l->interpolate(l, line.value);
        if (scl_field(field)->kind == SCL_KIND_MAP)
            add_label(l, object, field, file, &line);
        else
            add_variable(l, object, field, file, &line);
    }
}
