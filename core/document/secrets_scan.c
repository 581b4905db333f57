/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets_scan.c: known tokens in a text
 *
 * One pass looks at each byte and the one after it; where a prefix begins there, the formats that
 * have it are tried. A format whose body has an end is tried in bounded time. One without an end
 * remembers how far it walked (`walked`): whatever begins before that in the same run of bytes
 * would fail likewise or lie in the hit, so that no byte is walked twice for one format.
 */
#include "document/secrets_table.h"

#include <string.h>

enum answer { NOT_ASKED, NO, YES };

struct scan {
    const struct scl_secrets *secrets;
    struct scl_str text, name;
    struct scl_arena *arena; /* NULL: the first hit ends the scan */
    struct scl_secret_hits *hits;
    bool found, failed;
    size_t walked[SCL_TOKEN_SLOTS];
    uint8_t context[SCL_TOKEN_SLOTS]; /* enum answer */
};

/* What a format took of the text. */
struct body {
    size_t start, end; /* the body proper */
    size_t token_end;  /* with what follows it */
};

/* ---- bodies ---- */

/* How many bytes of a set stand at `start`; more than `max` of them are not counted. */
static size_t
run_of(struct scl_str text, size_t start, const struct scl_bytes *set, uint32_t max)
{
    size_t most = max == UINT32_MAX || text.len - start <= max ? text.len - start : max + 1u;
    size_t n = 0;

    while (n < most && scl_bytes_have(set, text.at[start + n]))
        n++;
    return n;
}

/* The bytes up to a separator, each of the format's alphabet; false where they are not as this
 * part wants them. */
static bool
take_part(const struct scan *scan, const struct scl_token *token, uint32_t index, size_t *at)
{
    const struct scl_token_part *part = &token->parts[index];
    struct scl_bytes set = token->alphabet;
    unsigned char separator = (unsigned char)token->separator;
    size_t n;

    set.bits[separator / 64] &= ~((uint64_t)1 << (separator % 64));
    n = run_of(scan->text, *at, &set, part->max);
    if (n < part->min || n > part->max)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!scl_bytes_have(&part->alphabet, scan->text.at[*at + i]))
            return false;
    *at += n;
    return true;
}

static bool
take_parts(struct scan *scan, const struct scl_token *token, struct body *body)
{
    size_t at = body->start;

    for (uint32_t i = 0; i < token->part_count; i++) {
        if (i && (at == scan->text.len || scan->text.at[at++] != token->separator))
            return false;
        if (!take_part(scan, token, i, &at))
            return false;
        if (i == 0 && token->walk_slot != SCL_TOKEN_NO_SLOT)
            scan->walked[token->walk_slot] = at;
    }
    body->end = at;
    return true;
}

static bool
take_body(struct scan *scan, const struct scl_token *token, struct body *body)
{
    size_t length;

    if (token->walk_slot != SCL_TOKEN_NO_SLOT && body->start < scan->walked[token->walk_slot])
        return false;
    if (token->part_count) {
        if (!take_parts(scan, token, body))
            return false;
    } else {
        body->end = body->start + run_of(scan->text, body->start, &token->alphabet, token->max);
        if (token->walk_slot != SCL_TOKEN_NO_SLOT)
            scan->walked[token->walk_slot] = body->end;
    }
    length = body->end - body->start;
    return length >= token->min && length <= token->max;
}

/* A suffix may begin in the body, which took all it could, if enough of that is left; it ends where
 * the body does or after. */
static bool
take_suffix(const struct scan *scan, const struct scl_token *token, struct body *body)
{
    body->token_end = body->end;
    if (!token->suffix->len)
        return true;
    for (uint32_t i = 0; i < token->suffix->len; i++) {
        struct scl_str suffix = token->suffix->as.list[i];

        for (size_t back = 0; back <= suffix.len && body->start + token->min + back <= body->end;
             back++) {
            struct scl_str there = scl_str_sub(scan->text, body->end - back, suffix.len);

            if (scl_str_same(there, suffix)) {
                body->token_end = body->end - back + suffix.len;
                return true;
            }
        }
    }
    return false;
}

/* Blanks, quotes (in the text of a quoted text with a `\` before them) and one `=` or `:`; false
 * where there are none of them. */
static bool
skip_gap(struct scl_str text, size_t *at)
{
    size_t start = *at;
    bool had_sign = false;

    for (; *at < text.len; ++*at) {
        char byte = text.at[*at];
        bool is_sign = byte == '=' || byte == ':';

        if (byte == '\\' && *at + 1 < text.len && text.at[*at + 1] == '"')
            continue;
        if ((is_sign && had_sign) ||
            (!is_sign && !scl_is_blank(byte) && byte != '"' && byte != '\''))
            break;
        had_sign = had_sign || is_sign;
    }
    return *at > start;
}

/* ---- what stands around a token ---- */

/* Of `\n` and its like: the letter. */
static bool
is_escape(char byte)
{
    return byte == 'n' || byte == 't' || byte == 'r';
}

/* Whether a token that begins with a letter or digit may begin here: not in a word, though an
 * escape as `\n` is none. */
static bool
may_begin(struct scl_str text, size_t at)
{
    char before;

    if (at == 0 || at >= text.len || !scl_is_alnum(text.at[at]))
        return true;
    before = text.at[at - 1];
    if (!scl_is_alnum(before))
        return true;
    return at > 1 && text.at[at - 2] == '\\' && is_escape(before);
}

/* Where a token begins whose prefix stands at `at`; false where what must stand before does not. */
static bool
find_start(const struct scan *scan, const struct scl_token *token, size_t at, size_t *ret)
{
    bool found = false;

    *ret = at;
    if (token->before_min == 0)
        return may_begin(scan->text, at);
    for (size_t n = 0; n <= token->before_max; n++) {
        if (n >= token->before_min && may_begin(scan->text, at - n)) {
            *ret = at - n;
            found = true;
        }
        if (n == at || !scl_bytes_have(&token->before, scan->text.at[at - n - 1]))
            break;
    }
    return found;
}

/* The place in a word of the letter that texts have least. */
static size_t
rarest_of(struct scl_str word)
{
    static const char rare_first[] = "zqjxkvwybgpfmucdlhrsniotae";
    size_t best = 0, best_rank = sizeof rare_first;

    for (size_t i = 0; i < word.len; i++) {
        const char *at = strchr(rare_first, scl_lower(word.at[i]));
        size_t rank = at ? (size_t)(at - rare_first) : sizeof rare_first;

        if (rank < best_rank) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

static bool
has_nocase(struct scl_str text, struct scl_str word)
{
    size_t rarest = rarest_of(word);
    char forms[] = { scl_lower(word.at[rarest]), scl_upper(word.at[rarest]) };

    for (int form = 0; form < 2; form++) {
        struct scl_str rest = scl_str_sub(text, rarest, text.len);

        for (;;) {
            size_t at = scl_str_find_char(rest, forms[form]);

            if (at == SIZE_MAX)
                break;
            rest = scl_str_sub(rest, at, rest.len);
            at = (size_t)(rest.at - text.at) - rarest;
            if (scl_str_same_nocase(scl_str_sub(text, at, word.len), word))
                return true;
            rest = scl_str_sub(rest, 1, rest.len);
        }
    }
    return false;
}

/* Whether all words of a format's context stand in the text or its name; looked for once. */
static bool
has_context(struct scan *scan, const struct scl_token *token)
{
    uint8_t *answer;

    if (token->context_slot == SCL_TOKEN_NO_SLOT)
        return true;
    answer = &scan->context[token->context_slot];
    if (*answer == NOT_ASKED) {
        *answer = YES;
        for (uint32_t i = 0; i < token->context->len && *answer == YES; i++) {
            struct scl_str word = token->context->as.list[i];

            if (!has_nocase(scan->name, word) && !has_nocase(scan->text, word))
                *answer = NO;
        }
    }
    return *answer == YES;
}

static bool
is_sample(const struct scl_token *token, struct scl_str whole, struct scl_str body)
{
    for (uint32_t i = 0; i < token->except->len; i++)
        if (scl_str_same(token->except->as.list[i], whole) ||
            scl_str_same(token->except->as.list[i], body))
            return true;
    return false;
}

/* One byte again and again: what stands in examples. */
static bool
is_filler(struct scl_str body)
{
    for (size_t i = 1; i < body.len; i++)
        if (body.at[i] != body.at[0])
            return false;
    return body.len > 1;
}

static void
add_hit(struct scan *scan, const struct scl_token *token, size_t start, size_t end,
        scantling_severity severity)
{
    struct scl_secret_hit *hit;

    if (start == end)
        return;
    scan->found = true;
    if (!scan->arena)
        return;
    hit = scl_vec_push(scan->arena, &scan->hits->list);
    if (!hit) {
        scan->failed = true;
        return;
    }
    *hit = (struct scl_secret_hit){ start,           end - start, token->kind,
                                    token->provider, severity,    token->row };
}

/* ---- passwords in URLs ---- */

static bool
ends_userinfo(char byte)
{
    return (unsigned char)byte <= ' ' || byte == '/' || byte == '@' || byte == '"' ||
           byte == '\'' || byte == '`' || byte == '<' || byte == '>' || byte == 0x7f;
}

bool
scl_url_password(struct scl_str text, size_t start, size_t *ret_offset, size_t *ret_length)
{
    size_t at = start, password;
    struct scl_str value;

    for (; at < text.len && text.at[at] != ':'; at++) {
        if (scl_str_starts(scl_str_sub(text, at, 2), SCL_S("${")))
            while (at < text.len && text.at[at] != '}' && !ends_userinfo(text.at[at]))
                at++; /* ${USER:-admin} has a colon of its own */
        if (at == text.len || ends_userinfo(text.at[at]))
            return false;
    }
    password = ++at;
    while (at < text.len && !ends_userinfo(text.at[at]) && text.at[at] != '$')
        at++;
    if (at >= text.len || text.at[at] != '@' || at - password < 3)
        return false;
    value = scl_str_sub(text, password, at - password);
    if (scl_secrets_is_placeholder(value) ||
        (value.at[0] == '{' && value.at[value.len - 1] == '}'))
        return false;
    *ret_offset = password;
    *ret_length = value.len;
    return true;
}

/* `at` is behind the `://`. */
static void
try_url(struct scan *scan, const struct scl_token *token, size_t at)
{
    static const char *const weak[] = { "password", "passwd",    "pass",      "pwd",
                                        "changeme", "change-me", "change_me", "secret",
                                        "example",  "test",      NULL };
    scantling_severity severity = token->severity;
    size_t offset, length;

    if (at < 4 || !scl_is_alnum(scan->text.at[at - 4]) ||
        !scl_url_password(scan->text, at, &offset, &length) || !has_context(scan, token) ||
        is_sample(token, scl_str_sub(scan->text, offset, length), SCL_S("")))
        return;
    for (size_t i = 0; weak[i]; i++)
        if (scl_str_is_nocase(scl_str_sub(scan->text, offset, length), weak[i]) &&
            severity > SCANTLING_SEVERITY_MEDIUM)
            severity = SCANTLING_SEVERITY_MEDIUM;
    add_hit(scan, token, offset, offset + length, severity);
}

/* ---- blocks ---- */

static bool
is_base64(char byte)
{
    return scl_is_alnum(byte) || byte == '+' || byte == '/' || byte == '=';
}

/* Where the key ends whose first line ends at `at`: behind its last line. Where that is missing,
 * the text was cut: behind the last run of 16 bytes or more of base64. */
static size_t
block_end(struct scl_str text, size_t at)
{
    static const struct scl_str dashes = SCL_STR("-----"), ending = SCL_STR("-----END");
    struct scl_str rest = scl_str_sub(text, at, text.len);
    size_t next = scl_str_find(rest, dashes), run = 0, last = 0;

    if (next != SIZE_MAX && scl_str_starts(scl_str_sub(rest, next, rest.len), ending)) {
        next += ending.len;
        while (next < rest.len && (scl_is_alnum(rest.at[next]) || rest.at[next] == ' '))
            next++;
        if (scl_str_starts(scl_str_sub(rest, next, rest.len), dashes))
            next += dashes.len;
        return at + next;
    }
    for (size_t i = 0; i < rest.len && i < next; i++) {
        char byte = rest.at[i];

        run = is_base64(byte) ? run + 1 : 0;
        if (run >= 16)
            last = i + 1;
        else if (!run && !scl_is_blank(byte) && byte != '\\' && byte != ':' && byte != ',')
            break;
    }
    return at + last;
}

static void
add_block(struct scan *scan, const struct scl_token *token, size_t start, size_t end)
{
    struct scl_str label = scl_str_sub(scan->text, start, end - start);
    scantling_severity severity = token->severity;

    if (scl_str_find(label, SCL_S("ENCRYPTED")) != SIZE_MAX && severity > SCANTLING_SEVERITY_HIGH)
        severity = SCANTLING_SEVERITY_HIGH;
    add_hit(scan, token, start, block_end(scan->text, end), severity);
}

/* ---- formats ---- */

static void
try_token(struct scan *scan, const struct scl_token_prefix *prefix, size_t at)
{
    const struct scl_token *token = prefix->token;
    struct body body = { .start = at + prefix->text.len };
    struct scl_str text = scan->text, whole, taken;
    size_t start;

    if (token->shape == SCL_TOKEN_URL) {
        try_url(scan, token, body.start);
        return;
    }
    if (!find_start(scan, token, at, &start) || (token->gap && !skip_gap(text, &body.start)) ||
        !take_body(scan, token, &body) || !take_suffix(scan, token, &body))
        return;
    whole = scl_str_sub(text, start, body.token_end - start);
    taken = scl_str_sub(text, body.start, body.end - body.start);
    if ((token->infix.len && scl_str_find(taken, token->infix) == SIZE_MAX) || is_filler(taken) ||
        is_sample(token, whole, taken) || !has_context(scan, token))
        return;
    if (token->shape == SCL_TOKEN_BLOCK)
        add_block(scan, token, start, body.token_end);
    else if (token->value_only)
        add_hit(scan, token, body.start, token->gap ? body.end : body.token_end, token->severity);
    else
        add_hit(scan, token, start, body.token_end, token->severity);
}

/* Whether a body without any prefix can be a key at all: a word, path or hash is none. */
static bool
is_mixed(struct scl_str body)
{
    bool lower = false, upper = false, digit = false;

    for (size_t i = 0; i < body.len; i++) {
        lower = lower || (body.at[i] >= 'a' && body.at[i] <= 'z');
        upper = upper || (body.at[i] >= 'A' && body.at[i] <= 'Z');
        digit = digit || scl_is_digit(body.at[i]);
    }
    return lower && upper && digit;
}

/* A format without a prefix: each whole run of its alphabet. */
static void
try_runs(struct scan *scan, const struct scl_token *token)
{
    struct scl_str text = scan->text;

    for (size_t i = 0; i < text.len; i++) {
        struct scl_str body;
        size_t length;

        if (i && text.at[i - 1] == '\\' && is_escape(text.at[i]))
            continue;
        length = run_of(text, i, &token->alphabet, UINT32_MAX);
        body = scl_str_sub(text, i, length);
        if (length && length >= token->min && length <= token->max && may_begin(text, i) &&
            is_mixed(body) && !is_sample(token, body, body))
            add_hit(scan, token, i, i + length, token->severity);
        i += length;
    }
}

static void
try_prefixes(struct scan *scan, unsigned char first, size_t at)
{
    const struct scl_secrets *secrets = scan->secrets;

    for (uint32_t i = secrets->starts[first]; i < secrets->starts[first + 1]; i++) {
        const struct scl_token_prefix *prefix = &secrets->prefixes[i];

        if (scl_str_same(scl_str_sub(scan->text, at, prefix->text.len), prefix->text))
            try_token(scan, prefix, at);
    }
}

static void
scan_text(struct scan *scan)
{
    const struct scl_secrets *secrets = scan->secrets;
    struct scl_str text = scan->text;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char first = (unsigned char)text.at[i];
        unsigned before;

        if (i + 1 < text.len && !scl_bytes_have(&secrets->seconds[first], text.at[i + 1]))
            continue;
        before = i ? secrets->firsts[(unsigned char)text.at[i - 1]] : 0;
        if (!(secrets->firsts[first] & SCL_FIRST_INSIDE) &&
            (before & (SCL_FIRST_WORD | SCL_FIRST_ESCAPE)) == SCL_FIRST_WORD)
            continue;
        try_prefixes(scan, first, i);
        if (scan->failed || (scan->found && !scan->arena))
            return;
    }
    for (uint32_t i = 0; i < secrets->token_count; i++)
        if (secrets->tokens[i].is_bare && has_context(scan, &secrets->tokens[i]))
            try_runs(scan, &secrets->tokens[i]);
}

/* ---- the two questions ---- */

bool
scl_secrets_scan(const struct scl_secrets *secrets, struct scl_arena *arena, struct scl_str text,
                 struct scl_str name, struct scl_secret_hits *hits)
{
    struct scan scan = { secrets, text, name, arena, hits, false, false, { 0 }, { NOT_ASKED } };
    uint32_t before = hits->list.count, added;

    scan_text(&scan);
    added = hits->list.count - before;
    if (scan.failed || (added && !scl_secret_hits_resolve(arena, &hits->list.at[before], &added)))
        return false;
    hits->list.count = before + added;
    return true;
}

bool
scl_secrets_any(const struct scl_secrets *secrets, struct scl_str text, struct scl_str name)
{
    struct scan scan = { secrets, text, name, NULL, NULL, false, false, { 0 }, { NOT_ASKED } };

    scan_text(&scan);
    return scan.found;
}
