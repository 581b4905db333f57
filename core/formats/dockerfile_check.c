/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_check.c: values that a build refuses
 *
 * What can only be judged once variables are replaced. A value that is not known is not judged.
 */
#include "formats/dockerfile_lower.h"

#include "syntax/reference.h"

static const char *const signals[] = {
    "ABRT",  "ALRM",   "BUS",  "CHLD", "CLD",  "CONT", "FPE",  "HUP",  "ILL",   "INT",  "IO",
    "IOT",   "KILL",   "PIPE", "POLL", "PROF", "PWR",  "QUIT", "SEGV", "STKFLT", "STOP", "SYS",
    "TERM",  "TRAP",   "TSTP", "TTIN", "TTOU", "URG",  "USR1", "USR2", "VTALRM", "WINCH", "XCPU",
    "XFSZ",  NULL,
};

static void
refuse(struct scl_lowering *l, struct scl_span span, const char *what, struct scl_str text)
{
    scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "'%.*s' is no %s", SCL_ARG(text), what);
}

void
scl_check_image(struct scl_lowering *l, struct scl_str text, struct scl_span span)
{
    struct scl_reference reference;
    struct scl_note *note;

    if (!scl_reference_parse(&l->scratch, text, &reference) || reference.is_valid)
        return;
    note = scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "'%.*s' is no image reference",
                        SCL_ARG(text));
    if (reference.reason)
        scl_note_also(&l->d->notes, note, "%s", reference.reason);
}

/* `os/architecture/variant`, of which the first may stand alone. */
void
scl_check_platform(struct scl_lowering *l, struct scl_str text, struct scl_span span)
{
    struct scl_str rest = text, part;
    uint32_t parts = 0;

    if (!text.len) {
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, span, "platform of FROM is empty");
        return;
    }
    while (scl_str_cut(&rest, '/', &part)) {
        bool is_name = part.len != 0;

        for (size_t i = 0; i < part.len; i++)
            is_name = is_name && (scl_is_alnum(part.at[i]) || part.at[i] == '-' ||
                                  part.at[i] == '_' || part.at[i] == '.' || part.at[i] == '(' ||
                                  part.at[i] == ')');
        parts = is_name ? parts + 1 : 4;
    }
    if (parts > 3)
        refuse(l, span, "platform", text);
}

void
scl_check_signal(struct scl_lowering *l, struct scl_str text, struct scl_span span)
{
    struct scl_str name = text;
    int64_t number;

    if (scl_str_int(text, &number) && number > 0)
        return;
    if (scl_str_same_nocase(scl_str_sub(text, 0, 3), SCL_S("SIG")))
        name = scl_str_sub(text, 3, text.len);
    if (scl_str_same_nocase(scl_str_sub(name, 0, 5), SCL_S("RTMIN")) ||
        scl_str_same_nocase(scl_str_sub(name, 0, 5), SCL_S("RTMAX")))
        return;
    for (const char *const *signal = signals; *signal; signal++)
        if (scl_str_is_nocase(name, *signal))
            return;
    refuse(l, span, "signal", text);
}

static bool
is_one_of(char byte, const char *bytes)
{
    while (*bytes && *bytes != byte)
        bytes++;
    return *bytes != 0;
}

/* `u=rwX,go-w` */
static bool
is_symbolic_mode(struct scl_str text)
{
    struct scl_str clause;

    if (!text.len)
        return false;
    while (scl_str_cut(&text, ',', &clause)) {
        size_t at = 0;

        while (at < clause.len && is_one_of(clause.at[at], "ugoa"))
            at++;
        if (at == clause.len || !is_one_of(clause.at[at], "+-="))
            return false;
        while (at < clause.len)
            if (!is_one_of(clause.at[at++], "+-=rwxXstugo"))
                return false;
    }
    return true;
}

void
scl_check_mode(struct scl_lowering *l, struct scl_str text, struct scl_span span)
{
    unsigned mode = 0;
    size_t at = 0;

    while (at < text.len && text.at[at] >= '0' && text.at[at] <= '7' && mode <= 07777)
        mode = mode * 8 + (unsigned)(text.at[at++] - '0');
    if (!(text.len && at == text.len && mode <= 07777) && !is_symbolic_mode(text))
        refuse(l, span, "mode of files", text);
}

void
scl_check_checksum(struct scl_lowering *l, struct scl_str text, struct scl_span span)
{
    size_t colon = scl_str_find_char(text, ':');
    bool is_digest = colon != SIZE_MAX && colon > 0 && colon + 1 < text.len;

    for (size_t i = is_digest ? colon + 1 : text.len; i < text.len; i++)
        is_digest = is_digest && (scl_is_digit(text.at[i]) ||
                                  (scl_lower(text.at[i]) >= 'a' && scl_lower(text.at[i]) <= 'f'));
    if (is_digest && scl_str_is(scl_str_sub(text, 0, colon), "sha256"))
        is_digest = text.len - colon - 1 == 64;
    if (!is_digest)
        refuse(l, span, "checksum", text);
}
