/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_text.c: what is looked at before libyaml reads a text
 *
 * libyaml gives up at the first byte that is not UTF-8 or character that YAML does not allow, often
 * in a comment that matters to nobody. Such bytes are noted, and libyaml is given a
 * copy in which each is a `_`, which means nothing anywhere: every offset stays what it is.
 *
 * Directives that define tags are bounded here, because libyaml compares each with all before it
 * and writes their prefixes into every tag that uses one.
 */
#include "syntax/yaml_reader.h"

#include "base/utf8.h"

enum { MOST_TAG_LINES = 64, LONGEST_TAG_LINE = 256 };

struct text_check {
    struct scl_yaml_reader *r;
    char *copy;         /* NULL while the text is fine */
    uint32_t noted;     /* the line was noted already up to this offset */
    uint32_t tag_lines; /* of the document so far */
};

static bool
is_allowed(int32_t code)
{
    return code == 0x85 || (code >= 0xa0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) ||
           code >= 0x10000;
}

static void
note_bytes(struct scl_yaml_reader *r, struct scl_span span, int32_t code)
{
    if (!scl_tree_may_note(&r->builder, SCL_NOTE_ERROR))
        return;
    if (code == SCL_UTF8_BAD)
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "bytes that are not UTF-8");
    else if (code == 0)
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "NUL byte");
    else
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "character U+%04X, which YAML does not allow",
                     (unsigned)code);
}

/* Notes the first bad bytes of a line, and replaces them all. */
static bool
replace(struct text_check *check, uint32_t at, uint32_t bytes, int32_t code)
{
    struct scl_yaml_reader *r = check->r;

    if (!check->copy)
        check->copy = scl_arena_copy(&r->scratch, r->text.at, r->text.len);
    if (!check->copy)
        return false;
    if (at >= check->noted) {
        size_t end = scl_str_find_char(scl_str_sub(r->text, at, r->text.len), '\n');

        check->noted = end == SIZE_MAX ? (uint32_t)r->text.len : at + (uint32_t)end;
        note_bytes(r, (struct scl_span){ at, bytes }, code);
    }
    memset(check->copy + at, '_', bytes);
    return true;
}

static bool
check_tag_line(struct text_check *check, uint32_t at)
{
    struct scl_yaml_reader *r = check->r;
    struct scl_str line = scl_str_sub(r->text, at, LONGEST_TAG_LINE + 1);

    if (scl_str_starts(line, SCL_S("---")))
        check->tag_lines = 0;
    if (!scl_str_starts(line, SCL_S("%TAG")))
        return true;
    if (line.len > LONGEST_TAG_LINE && scl_str_find_char(line, '\n') == SIZE_MAX) {
        scl_yaml_stop(r, (struct scl_span){ at, 4 }, "%%TAG line of more than %d bytes",
                      LONGEST_TAG_LINE);
        return false;
    }
    if (++check->tag_lines <= MOST_TAG_LINES)
        return true;
    scl_yaml_stop(r, (struct scl_span){ at, 4 }, "more than %d %%TAG lines", MOST_TAG_LINES);
    return false;
}

static bool
is_utf16(struct scl_str text)
{
    return text.len >= 2 &&
           (scl_str_starts(text, SCL_S("\xff\xfe")) || scl_str_starts(text, SCL_S("\xfe\xff")) ||
            (!text.at[0] != !text.at[1]));
}

/* Looks at the character at `*at`, which is not plain ASCII, and goes behind it. */
static bool
check_character(struct text_check *check, uint32_t *at)
{
    struct scl_str text = check->r->text;
    size_t bytes = 1;
    int32_t code = scl_utf8_decode(text.at + *at, text.len - *at, &bytes);
    uint32_t start = *at;

    *at += (uint32_t)bytes;
    return is_allowed(code) || replace(check, start, (uint32_t)bytes, code);
}

bool
scl_yaml_check_text(struct scl_yaml_reader *r)
{
    struct text_check check = { .r = r };
    uint32_t at = r->first, len = (uint32_t)r->text.len;
    bool is_fine = true;

    if (is_utf16(r->text)) {
        scl_yaml_stop(r, (struct scl_span){ 0, 2 }, "UTF-16 text; only UTF-8 is read");
        return false;
    }
    while (at < len && is_fine) {
        char byte = r->text.at[at];

        if ((byte == '%' || byte == '-') && (at == r->first || r->text.at[at - 1] == '\n'))
            is_fine = check_tag_line(&check, at);
        if ((byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t' || byte == '\r')
            at++;
        else
            is_fine = check_character(&check, &at);
    }
    if (check.copy)
        r->text.at = check.copy;
    return is_fine;
}
