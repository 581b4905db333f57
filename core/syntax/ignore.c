/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore.c: ignore patterns, of .dockerignore files and of --exclude
 *
 * Lines are made clean twice, as moby does: once as lines of a file, where `!` is set aside, and
 * once as patterns, where it is not.
 */
#include "base/utf8.h"
#include "syntax/ignore_pattern.h"

enum { LONGEST_SHOWN = 60 };

/* U+0085 and on, as Go's unicode.IsSpace. */
static bool
is_wide_blank(int32_t code)
{
    return code == 0x85 || code == 0xa0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200a) ||
           code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

/* The length of the blank that begins at `at`, 0 for none. */
static size_t
blank_at(struct scl_str str, size_t at)
{
    size_t bytes;
    int32_t code;

    if (scl_is_blank(str.at[at]))
        return 1;
    code = scl_utf8_decode(str.at + at, str.len - at, &bytes);
    return is_wide_blank(code) ? bytes : 0;
}

static struct scl_str
trim(struct scl_str str)
{
    size_t start = 0, bytes = 1;

    while (start < str.len && (bytes = blank_at(str, start)) > 0)
        start += bytes;
    str = scl_str_sub(str, start, str.len);
    for (bytes = 1; str.len && bytes <= 3 && bytes <= str.len;) {
        if (blank_at(str, str.len - bytes) == bytes) {
            str.len -= bytes;
            bytes = 1;
        } else {
            bytes++;
        }
    }
    return str;
}

/* Drops the last component of `len` bytes at `out`; false where `..` has to stay. */
static bool
drop_component(const char *out, size_t *len, size_t root)
{
    size_t at = *len;

    while (at > root && out[at - 1] != '/')
        at--;
    if (*len == root)
        return root > 0;
    if (*len - at == 2 && out[at] == '.' && out[at + 1] == '.')
        return false;
    *len = at > root ? at - 1 : root;
    return true;
}

/* The shortest equal path, as Go's filepath.Clean: `.` for nothing. */
static struct scl_str
clean(struct scl_arena *arena, struct scl_str path)
{
    char *out = scl_arena_alloc(arena, path.len + 2);
    size_t root = path.len && path.at[0] == '/', len = root;
    struct scl_str rest = path, piece;

    if (!out)
        return scl_str_n("", 0);
    if (root)
        out[0] = '/';
    while (scl_str_cut(&rest, '/', &piece)) {
        if (piece.len == 0 || scl_str_is(piece, ".") ||
            (scl_str_is(piece, "..") && drop_component(out, &len, root)))
            continue;
        if (len > root)
            out[len++] = '/';
        memcpy(out + len, piece.at, piece.len);
        len += piece.len;
    }
    if (len == 0)
        out[len++] = '.';
    return scl_str_n(out, len);
}

static void
note_pattern(struct scl_notes *notes, struct scl_span span, struct scl_str text,
             enum scl_ignore_problem problem)
{
    struct scl_str shown = scl_utf8_cut(text, LONGEST_SHOWN);

    if (problem == SCL_IGNORE_LONG)
        scl_note_add(notes, SCL_NOTE_ERROR, span, "ignore pattern of more than %d parts",
                     SCL_IGNORE_MOST_STEPS);
    else
        scl_note_add(notes, SCL_NOTE_ERROR, span, "syntax error in ignore pattern '%.*s'",
                     SCL_ARG(shown));
}

static bool
compile(struct scl_arena *arena, struct scl_ignore_pattern *pattern,
        enum scl_ignore_problem *ret_problem)
{
    struct scl_text expression = { 0 };

    *ret_problem = SCL_IGNORE_BAD;
    if (!scl_ignore_is_pattern(pattern->text))
        return true;
    *ret_problem = SCL_IGNORE_FINE;
    pattern->kind = scl_ignore_express(pattern->text, &expression);
    if (expression.failed)
        arena->failed = true;
    else if (pattern->kind == SCL_IGNORE_PATTERN)
        *ret_problem = scl_ignore_compile(arena, scl_text_str(&expression), pattern);
    scl_text_finish(&expression);
    return !arena->failed;
}

bool
scl_ignore_add(struct scl_arena *arena, struct scl_ignore *ignore, struct scl_str text,
               struct scl_span span, struct scl_notes *notes)
{
    struct scl_ignore_pattern pattern = { .span = span }, *added;
    enum scl_ignore_problem problem;

    text = trim(text);
    if (text.len == 0)
        return true;
    text = clean(arena, text);
    if (text.len == 0)
        return false;
    pattern.is_exclusion = text.at[0] == '!';
    pattern.text = scl_str_sub(text, pattern.is_exclusion, text.len);
    if (pattern.text.len == 0) {
        scl_note_add(notes, SCL_NOTE_ERROR, span, "'!' without a pattern");
        return !notes->arena->failed;
    }
    if (!compile(arena, &pattern, &problem))
        return false;
    if (problem != SCL_IGNORE_FINE) {
        note_pattern(notes, span, pattern.text, problem);
        return !notes->arena->failed;
    }
    added = scl_vec_push(arena, &ignore->patterns);
    if (added)
        *added = pattern;
    return added != NULL;
}

/* A line of a file that is no comment, without the blanks around it. */
static bool
add_line(struct scl_arena *arena, struct scl_ignore *ignore, struct scl_str line,
         struct scl_span span, struct scl_notes *notes)
{
    bool is_exclusion = line.at[0] == '!';
    struct scl_str path = is_exclusion ? trim(scl_str_sub(line, 1, line.len)) : line;
    char *joined;

    if (path.len)
        path = clean(arena, path);
    if (path.len > 1 && path.at[0] == '/')
        path = scl_str_sub(path, 1, path.len);
    if (!is_exclusion)
        return !arena->failed && scl_ignore_add(arena, ignore, path, span, notes);
    joined = scl_arena_alloc(arena, path.len + 1);
    if (!joined)
        return false;
    joined[0] = '!';
    memcpy(joined + 1, path.at, path.len);
    return scl_ignore_add(arena, ignore, scl_str_n(joined, path.len + 1), span, notes);
}

bool
scl_ignore_read(struct scl_arena *arena, const struct scl_source *source, struct scl_notes *notes,
                struct scl_ignore *ret)
{
    struct scl_str rest = source->text, line;

    *ret = (struct scl_ignore){ .patterns = { .count = 0 } };
    if (scl_str_starts(rest, SCL_S("\xef\xbb\xbf")))
        rest = scl_str_sub(rest, 3, rest.len);
    while (scl_str_cut(&rest, '\n', &line)) {
        uint32_t at = (uint32_t)(line.at - source->text.at);
        struct scl_str trimmed = trim(line);

        if (line.len > SCL_IGNORE_LONGEST_LINE) {
            scl_note_add(notes, SCL_NOTE_ERROR, (struct scl_span){ at, 0 },
                         "line of more than %d bytes, where reading ends",
                         SCL_IGNORE_LONGEST_LINE);
            ret->is_cut = true;
            return !notes->arena->failed;
        }
        if (trimmed.len == 0 || line.at[0] == '#')
            continue;
        at = (uint32_t)(trimmed.at - source->text.at);
        if (ret->patterns.count == SCL_IGNORE_MOST_PATTERNS) {
            scl_note_add(notes, SCL_NOTE_ERROR, (struct scl_span){ at, 0 },
                         "more than %d ignore patterns, where reading ends",
                         SCL_IGNORE_MOST_PATTERNS);
            ret->is_cut = true;
            return !notes->arena->failed;
        }
        if (!add_line(arena, ret, trimmed, (struct scl_span){ at, (uint32_t)trimmed.len }, notes))
            return false;
    }
    return true;
}

bool
scl_ignore_excludes(const struct scl_ignore *ignore, struct scl_str path,
                    const struct scl_ignore_pattern **ret_pattern)
{
    const struct scl_ignore_pattern *decided = NULL;
    bool is_excluded = false;

    if (ret_pattern)
        *ret_pattern = NULL;
    if (path.len > SCL_IGNORE_LONGEST_PATH || scl_str_is(path, "."))
        return false;
    for (uint32_t i = 0; i < ignore->patterns.count; i++) {
        const struct scl_ignore_pattern *pattern = &ignore->patterns.at[i];

        if (pattern->is_exclusion != is_excluded || !scl_ignore_hits(pattern, path))
            continue;
        is_excluded = !pattern->is_exclusion;
        decided = pattern;
    }
    if (ret_pattern)
        *ret_pattern = decided;
    return is_excluded;
}
