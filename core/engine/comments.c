/* SPDX-License-Identifier: Apache-2.0 */
/*
 * comments.c: comments that suppress findings, as they are written
 *
 *     scantling: SCOPE NAME[, NAME]... [until DATE] [because REASON]
 *
 * Comments of other tools have grammars of their own, one row of a table each. What is wrong with
 * theirs is theirs; what is wrong with ours is told.
 */
#include "engine/comments.h"

#include "base/suggest.h"
#include "base/text.h"
#include "script/params.h"

static const char *const scopes[] = { "ignore", "ignore-stage", "ignore-file", NULL };
static const char *const clauses[] = { "until", "because", NULL };

/* ---- words ---- */

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static struct scl_str
skip_blanks(struct scl_str text)
{
    while (text.len && is_blank(text.at[0]))
        text = scl_str_sub(text, 1, text.len);
    return text;
}

/* Takes a word that ends at a blank, or at `stop`. */
static struct scl_str
take_word(struct scl_str *rest, char stop)
{
    struct scl_str word;
    size_t end = 0;

    *rest = skip_blanks(*rest);
    while (end < rest->len && !is_blank(rest->at[end]) && rest->at[end] != stop)
        end++;
    word = scl_str_sub(*rest, 0, end);
    *rest = skip_blanks(scl_str_sub(*rest, end, rest->len));
    return word;
}

static bool
take_prefix(struct scl_str *rest, const char *prefix)
{
    struct scl_str start = scl_str_c(prefix);

    if (!scl_str_starts(*rest, start))
        return false;
    *rest = scl_str_sub(*rest, start.len, rest->len);
    return true;
}

static void
add_name(struct scl_arena *arena, struct scl_request *ret, struct scl_str name)
{
    struct scl_str *slot = name.len ? scl_vec_push(arena, &ret->names) : NULL;

    if (slot)
        *slot = name;
}

/* ---- ours ---- */

static struct scl_str
keep(struct scl_arena *arena, struct scl_text *text)
{
    char *copy = text->failed ? NULL : scl_arena_copy(arena, text->at, text->len);
    struct scl_str kept = scl_str_n(copy, copy ? text->len : 0);

    if (!copy)
        arena->failed = true;
    scl_text_finish(text);
    return kept;
}

static struct scl_str
format(struct scl_arena *arena, const char *before, struct scl_str word, const char *after)
{
    struct scl_text text = { 0 };

    scl_text_f(&text, "%s'%.*s'%s", before, SCL_ARG(word), after);
    return keep(arena, &text);
}

static bool
read_scope(struct scl_arena *arena, struct scl_str word, struct scl_request *ret)
{
    struct scl_str near;

    for (int i = 0; scopes[i]; i++)
        if (scl_str_is(word, scopes[i])) {
            ret->scope = (enum scl_comment_scope)i;
            return true;
        }
    near = scl_suggest_from(word, scopes);
    ret->problem = format(arena, "suppression with an unknown scope ", word, "");
    ret->help = near.len ? format(arena, "did you mean ", near, "?")
                         : SCL_S("one of ignore, ignore-stage, ignore-file");
    return false;
}

static bool
read_names(struct scl_arena *arena, struct scl_str *rest, struct scl_request *ret)
{
    for (;;) {
        struct scl_str name = take_word(rest, ',');

        if (!name.len || (!ret->names.count && scl_str_is(name, clauses[0])) ||
            (!ret->names.count && scl_str_is(name, clauses[1]))) {
            ret->problem = SCL_S("suppression names no policy");
            ret->help = SCL_S("write NAME, or NAME, NAME, before 'until' and 'because'");
            return false;
        }
        add_name(arena, ret, name);
        if (!rest->len || rest->at[0] != ',')
            return true;
        *rest = scl_str_sub(*rest, 1, rest->len);
    }
}

static void
refuse_word(struct scl_arena *arena, struct scl_str word, struct scl_request *ret)
{
    struct scl_str near = scl_suggest_from(word, clauses);

    ret->problem = format(arena, "suppression is not understood at ", word, "");
    ret->help = near.len ? format(arena, "did you mean ", near, "?")
                         : SCL_S("divide names by commas, and begin a reason with 'because'");
}

static void
read_clauses(struct scl_arena *arena, struct scl_str rest, struct scl_request *ret)
{
    struct scl_str word = take_word(&rest, '\0');

    if (scl_str_is(word, "until")) {
        ret->until = take_word(&rest, '\0');
        if (!scl_is_date(ret->until)) {
            ret->problem = format(arena, "", ret->until, " is no date");
            ret->help = SCL_S("write YYYY-MM-DD");
            return;
        }
        word = take_word(&rest, '\0');
    }
    if (scl_str_is(word, "because"))
        ret->reason = scl_str_trim(rest);
    else if (word.len)
        refuse_word(arena, word, ret);
}

static bool
read_ours(struct scl_arena *arena, struct scl_str rest, struct scl_request *ret)
{
    if (read_scope(arena, take_word(&rest, '\0'), ret) && read_names(arena, &rest, ret))
        read_clauses(arena, rest, ret);
    return true;
}

/* ---- those of other tools ---- */

/* Names up to the first byte of `ends`, divided by commas, blanks around them free. */
static bool
read_list(struct scl_arena *arena, struct scl_str rest, const char *ends, struct scl_request *ret)
{
    struct scl_str name;

    for (; *ends; ends++)
        rest = scl_str_sub(rest, 0, scl_str_find_char(rest, *ends));
    while (rest.len && scl_str_cut(&rest, ',', &name)) {
        name = scl_str_trim(name);
        add_name(arena, ret, take_word(&name, '\0'));
    }
    return true;
}

/* `hadolint ignore=DL3006,DL3008`, `hadolint global ignore=DL3003`, `hadolint stage ignore=DL3003`;
 * blanks around the sign are free. */
static bool
read_hadolint(struct scl_arena *arena, struct scl_str rest, bool is_directive,
              struct scl_request *ret)
{
    (void)is_directive;
    if (!rest.len || !is_blank(rest.at[0]))
        return false;
    rest = skip_blanks(rest);
    if (take_prefix(&rest, "global ")) {
        ret->scope = SCL_COMMENT_FILE;
        rest = skip_blanks(rest);
    } else if (take_prefix(&rest, "stage ")) {
        ret->scope = SCL_COMMENT_STAGE;
        rest = skip_blanks(rest);
    }
    if (!take_prefix(&rest, "ignore"))
        return false;
    rest = skip_blanks(rest);
    return take_prefix(&rest, "=") && read_list(arena, rest, "", ret);
}

/* `check=skip=JSONArgsRecommended;error=true`, in the first lines for the whole file; `all` is all
 * the checks that there are. */
static bool
read_buildkit(struct scl_arena *arena, struct scl_str rest, bool is_directive,
              struct scl_request *ret)
{
    struct scl_str option;

    if (is_directive)
        ret->scope = SCL_COMMENT_FILE;
    while (rest.len && scl_str_cut(&rest, ';', &option)) {
        option = scl_str_trim(option);
        if (!take_prefix(&option, "skip="))
            continue;
        read_list(arena, option, "", ret);
        for (uint32_t i = 0; i < ret->names.count; i++)
            ret->is_all = ret->is_all || scl_str_is(ret->names.at[i], "all");
        return true;
    }
    return false;
}

/* `trivy:ignore:DS-0002:exp:2026-12-31`; an id may be written AVD-DS-0002. */
static bool
read_trivy(struct scl_arena *arena, struct scl_str rest, bool is_directive,
           struct scl_request *ret)
{
    struct scl_str word = take_word(&rest, '\0'), name, piece;

    (void)is_directive;
    scl_str_cut(&word, ':', &name);
    take_prefix(&name, "AVD-");
    add_name(arena, ret, name);
    while (word.len && scl_str_cut(&word, ':', &piece))
        if (scl_str_is(piece, "exp") && scl_str_cut(&word, ':', &piece) && scl_is_date(piece))
            ret->until = piece;
    return ret->names.count > 0;
}

/* `checkov:skip=CKV_DOCKER_3:the reason` */
static bool
read_checkov(struct scl_arena *arena, struct scl_str rest, bool is_directive,
             struct scl_request *ret)
{
    struct scl_str name;

    (void)is_directive;
    ret->scope = SCL_COMMENT_FILE;
    scl_str_cut(&rest, ':', &name);
    ret->reason = scl_str_trim(rest);
    return read_list(arena, name, "", ret);
}

/* `kics-scan disable=fd54f200-...`: we know its ids by their first eight digits. */
static bool
read_kics(struct scl_arena *arena, struct scl_str rest, bool is_directive, struct scl_request *ret)
{
    (void)is_directive;
    ret->scope = SCL_COMMENT_FILE;
    rest = skip_blanks(rest);
    if (!take_prefix(&rest, "disable=") || !read_list(arena, rest, "", ret))
        return false;
    for (uint32_t i = 0; i < ret->names.count; i++)
        ret->names.at[i] =
            scl_str_sub(ret->names.at[i], 0, scl_str_find_char(ret->names.at[i], '-'));
    return true;
}

static const struct {
    const char *prefix, *tool;
    bool (*read)(struct scl_arena *arena, struct scl_str rest, bool is_directive,
                 struct scl_request *ret);
} peers[] = {
    { "hadolint", "hadolint", read_hadolint },
    { "check=", "buildkit", read_buildkit },
    { "trivy:ignore:", "trivy", read_trivy },
    { "checkov:skip=", "checkov", read_checkov },
    { "kics-scan", "kics", read_kics },
};

bool
scl_request_read(struct scl_arena *arena, struct scl_str text, bool is_directive,
                 struct scl_request *ret)
{
    *ret = (struct scl_request){ .scope = SCL_COMMENT_NEXT };
    if (take_prefix(&text, "scantling:"))
        return read_ours(arena, text, ret);
    for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++)
        if (take_prefix(&text, peers[i].prefix)) {
            ret->tool = peers[i].tool;
            return peers[i].read(arena, text, is_directive, ret) && ret->names.count > 0;
        }
    return false;
}
