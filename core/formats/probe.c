/* SPDX-License-Identifier: Apache-2.0 */
/*
 * probe.c: what kind of bytes an input is, before anyone reads it as a text
 *
 * Only the first bytes are looked at, so that a huge input costs no more than a small one.
 */
#include "formats/probe.h"

enum { LOOKED_AT = 8192, PATTERN_BYTES = 256, FEWEST_UNITS = 2 };

/* How files of other kinds begin. Those that begin like a text are binary only with a NUL. */
static const struct magic {
    uint16_t offset;
    bool like_text;
    struct scl_str bytes;
    const char *what;
} magics[] = {
    { 0, false, SCL_STR("\x89PNG\r\n\x1a\n"), "PNG image" },
    { 0, false, SCL_STR("\xff\xd8\xff"), "JPEG image" },
    { 0, true, SCL_STR("GIF8"), "GIF image" },
    { 0, true, SCL_STR("%PDF-"), "PDF document" },
    { 0, false, SCL_STR("\x7f" "ELF"), "ELF program" },
    { 0, true, SCL_STR("MZ"), "Windows program" },
    { 0, false, SCL_STR("\xcf\xfa\xed\xfe"), "Mach-O program" },
    { 0, false, SCL_STR("\0asm"), "WebAssembly module" },
    { 0, false, SCL_STR("\x1f\x8b"), "gzip archive" },
    { 0, false, SCL_STR("\x28\xb5\x2f\xfd"), "zstd archive" },
    { 0, false, SCL_STR("\xfd" "7zXZ\0"), "xz archive" },
    { 0, true, SCL_STR("BZh"), "bzip2 archive" },
    { 0, false, SCL_STR("PK\x03\x04"), "zip archive" },
    { 257, false, SCL_STR("ustar"), "tar archive" },
    { 0, true, SCL_STR("SQLite format 3"), "SQLite database" },
};

/* Marks in front of wide text; the longer before the one it begins with. */
static const struct {
    struct scl_str bytes;
    const char *what;
} marks[] = {
    { SCL_STR("\xff\xfe\0\0"), "UTF-32" },
    { SCL_STR("\0\0\xfe\xff"), "UTF-32" },
    { SCL_STR("\xff\xfe"), "UTF-16" },
    { SCL_STR("\xfe\xff"), "UTF-16" },
};

/* Wide text without a mark: in units of `size` bytes, one byte is set and the others are not, in
 * nine units of ten. */
static bool
has_pattern(struct scl_str text, unsigned size, unsigned set)
{
    size_t units = (text.len < PATTERN_BYTES ? text.len : PATTERN_BYTES) / size, fitting = 0;

    for (size_t unit = 0; unit < units; unit++) {
        bool fits = true;

        for (unsigned i = 0; i < size; i++)
            fits = fits && (text.at[unit * size + i] != '\0') == (i == set);
        fitting += fits;
    }
    return units >= FEWEST_UNITS && fitting * 10 >= units * 9;
}

static const char *
wide(struct scl_str text)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (scl_str_starts(text, marks[i].bytes))
            return marks[i].what;
    if (has_pattern(text, 4, 0) || has_pattern(text, 4, 3))
        return "UTF-32";
    if (has_pattern(text, 2, 0) || has_pattern(text, 2, 1))
        return "UTF-16";
    return NULL;
}

static const char *
known_binary(struct scl_str text, bool has_nul)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (scl_str_starts(scl_str_sub(text, magics[i].offset, text.len), magics[i].bytes) &&
            (has_nul || !magics[i].like_text))
            return magics[i].what;
    return NULL;
}

static bool
is_empty(struct scl_str text)
{
    if (scl_str_starts(text, SCL_S("\xef\xbb\xbf")))
        text = scl_str_sub(text, 3, text.len);
    return scl_str_trim(text).len == 0;
}

enum scl_probe_kind
scl_probe(struct scl_str text, const char **ret_what)
{
    struct scl_str start = scl_str_sub(text, 0, LOOKED_AT);
    bool has_nul = scl_str_find_char(start, '\0') != SIZE_MAX;
    size_t controls = 0;

    *ret_what = NULL;
    if (is_empty(text))
        return SCL_PROBE_EMPTY;
    *ret_what = known_binary(text, has_nul);
    if (*ret_what)
        return SCL_PROBE_BINARY;
    *ret_what = wide(start);
    if (*ret_what)
        return SCL_PROBE_WIDE;
    if (!has_nul)
        return SCL_PROBE_TEXT;
    for (size_t i = 0; i < start.len; i++)
        controls += (unsigned char)start.at[i] < ' ' && !scl_is_blank(start.at[i]);
    return controls * 10 > start.len ? SCL_PROBE_BINARY : SCL_PROBE_TEXT_OR_NOT;
}
