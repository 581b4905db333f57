/* SPDX-License-Identifier: Apache-2.0 */
/*
 * expand.c: words of a Dockerfile: quotes, escapes, splitting
 *
 * References to variables are read in expand_reference.c; the state that both share is explained in
 * expand_lexer.h.
 */
#include "syntax/expand_lexer.h"

#include "base/utf8.h"
#include "syntax/expand_rune.h"

enum { DEEPEST = 64, DEFAULT_STEPS = 4000000, NO_STOP = -1, SHOWN_BYTES = 200 };

static bool read_parts(struct scl_lexer *lexer, int stop);

static bool
is_special(const struct scl_expander *expander, char byte)
{
    if (byte == '$' || byte == expander->escape)
        return true;
    return (byte == '\'' || byte == '"') && !(expander->flags & SCL_EXPAND_NO_QUOTES);
}

bool
scl_lex_fail(struct scl_lexer *lexer, size_t offset, const char *before, struct scl_str what,
             const char *after)
{
    struct scl_text text = { 0 };
    char *copy;

    if (lexer->ret->error.at)
        return false;
    scl_text_c(&text, before);
    scl_text_add(&text, scl_utf8_cut(what, SHOWN_BYTES));
    scl_text_c(&text, after);
    copy = text.failed ? NULL : scl_arena_copy(lexer->expander->arena, text.at, text.len);
    if (copy)
        lexer->ret->error = scl_str_n(copy, text.len);
    else
        lexer->expander->arena->failed = true;
    lexer->ret->error_offset = (uint32_t)offset;
    scl_text_finish(&text);
    return false;
}

static bool
fail_plain(struct scl_lexer *lexer, size_t offset, const char *message)
{
    return scl_lex_fail(lexer, offset, message, SCL_S(""), "");
}

bool
scl_lex_spend(struct scl_lexer *lexer, size_t steps)
{
    if (*lexer->steps >= steps) {
        *lexer->steps -= steps;
        return true;
    }
    *lexer->steps = 0;
    return fail_plain(lexer, lexer->at, "expansion takes more steps than its limit");
}

bool
scl_lex_add(struct scl_lexer *lexer, struct scl_str text)
{
    if (!scl_lex_spend(lexer, text.len))
        return false;
    scl_text_add(&lexer->out, text);
    return !lexer->out.failed;
}

/* Adds the character at `lexer->at` and goes past it; a bad byte as U+FFFD. */
static bool
add_rune(struct scl_lexer *lexer)
{
    const char *at = lexer->word.at + lexer->at;
    size_t bytes = 1;

    if ((unsigned char)*at >= 0x80 &&
        scl_utf8_decode(at, lexer->word.len - lexer->at, &bytes) == SCL_UTF8_BAD) {
        lexer->at++;
        return scl_lex_add(lexer, SCL_S("\xef\xbf\xbd"));
    }
    lexer->at += bytes;
    return scl_lex_add(lexer, scl_str_n(at, bytes));
}

/* ---- words ---- */

/* The word being read ends in the buffer at `end`; nothing is kept of an empty one. */
static bool
end_word(struct scl_lexer *lexer, size_t end)
{
    struct scl_arena *arena = lexer->expander->arena;
    struct scl_expand_word *word;
    size_t *offset;

    if (end == lexer->word_mark)
        return true;
    word = scl_vec_push(arena, &lexer->ret->words);
    offset = scl_vec_push(arena, &lexer->offsets);
    if (!word || !offset)
        return false;
    word->text.len = end - lexer->word_mark;
    word->start = lexer->word_start;
    word->end = lexer->word_end;
    *offset = lexer->word_mark;
    lexer->in_word = false;
    return true;
}

/* Tells that what was added since `start` (in the source) belongs to the word being read. */
static void
extend_word(struct scl_lexer *lexer, size_t start)
{
    if (!lexer->in_word)
        lexer->word_start = (uint32_t)start;
    lexer->in_word = true;
    lexer->word_end = (uint32_t)lexer->at;
}

/* Splits what a variable brought, from `mark` on in the buffer. */
static bool
split_value(struct scl_lexer *lexer, size_t mark, size_t start)
{
    for (size_t i = mark; i < lexer->out.len;) {
        size_t blank = scl_rune_blank(lexer->out.at + i, lexer->out.len - i);

        if (!blank) {
            extend_word(lexer, start);
            i++;
            continue;
        }
        if (!end_word(lexer, i))
            return false;
        i += blank;
        lexer->word_mark = i;
    }
    return true;
}

/* ---- quotes and plain text ---- */

static bool
read_single_quotes(struct scl_lexer *lexer)
{
    bool is_raw = lexer->expander->flags & SCL_EXPAND_RAW_QUOTES;
    size_t start = lexer->at++;

    if (is_raw && !scl_lex_add(lexer, SCL_S("'")))
        return false;
    while (!scl_lex_at_end(lexer) && scl_lex_here(lexer) != '\'')
        if (!add_rune(lexer))
            return false;
    if (scl_lex_at_end(lexer))
        return fail_plain(lexer, start, "a single quote is not closed");
    lexer->at++;
    return !is_raw || scl_lex_add(lexer, SCL_S("'"));
}

/* An escape within double quotes: it goes away before a quote, `$` and itself, else it stays. */
static bool
read_quoted_escape(struct scl_lexer *lexer)
{
    char escape = lexer->expander->escape, next;

    if (lexer->keeps_escapes && !scl_lex_add(lexer, scl_str_n(&escape, 1)))
        return false;
    lexer->at++;
    if (scl_lex_at_end(lexer))
        return true;
    next = scl_lex_here(lexer);
    if (next == '"' || next == '$' || next == escape)
        return add_rune(lexer);
    return scl_lex_add(lexer, scl_str_n(&escape, 1));
}

static bool
read_double_quotes(struct scl_lexer *lexer)
{
    bool is_raw = lexer->expander->flags & SCL_EXPAND_RAW_QUOTES, ok = true;
    size_t start = lexer->at++;

    if (is_raw && !scl_lex_add(lexer, SCL_S("\"")))
        return false;
    while (ok && !scl_lex_at_end(lexer) && scl_lex_here(lexer) != '"') {
        if (scl_lex_here(lexer) == '$')
            ok = scl_lex_dollar(lexer);
        else if (scl_lex_here(lexer) == lexer->expander->escape)
            ok = read_quoted_escape(lexer);
        else
            ok = add_rune(lexer);
    }
    if (!ok)
        return false;
    if (scl_lex_at_end(lexer))
        return fail_plain(lexer, start, "a double quote is not closed");
    lexer->at++;
    return !is_raw || scl_lex_add(lexer, SCL_S("\""));
}

static bool
read_escape(struct scl_lexer *lexer)
{
    if (lexer->keeps_escapes && !scl_lex_add(lexer, scl_str_n(&lexer->expander->escape, 1)))
        return false;
    lexer->at++;
    return scl_lex_at_end(lexer) || add_rune(lexer);
}

static bool
is_heredoc_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* `<<` takes the blanks behind it into its word, so that `<< EOF` is one. */
static bool
read_heredoc_sign(struct scl_lexer *lexer)
{
    size_t start = lexer->at++;

    if (!scl_lex_at_end(lexer) && scl_lex_here(lexer) == '<') {
        lexer->at++;
        while (!scl_lex_at_end(lexer) && is_heredoc_blank(scl_lex_here(lexer)))
            lexer->at++;
    }
    return scl_lex_add(lexer, scl_str_sub(lexer->word, start, lexer->at - start));
}

/* A blank or another character that means itself. */
static bool
read_plain(struct scl_lexer *lexer, bool is_outer)
{
    size_t blank = is_outer && lexer->splits
                       ? scl_rune_blank(lexer->word.at + lexer->at, lexer->word.len - lexer->at)
                       : 0;

    if (!blank)
        return add_rune(lexer);
    if (!end_word(lexer, lexer->out.len))
        return false;
    lexer->word_mark = lexer->out.len;
    lexer->at += blank;
    return true;
}

/* Reads up to the byte `stop`, and past it. */
static bool
read_parts(struct scl_lexer *lexer, int stop)
{
    bool has_quotes = !(lexer->expander->flags & SCL_EXPAND_NO_QUOTES), is_outer = stop == NO_STOP;
    size_t outset = lexer->at;

    while (!scl_lex_at_end(lexer)) {
        size_t start = lexer->at, mark = lexer->out.len;
        char byte = scl_lex_here(lexer);
        bool ok;

        if (stop != NO_STOP && byte == (char)stop) {
            lexer->at++;
            return true;
        }
        if (byte == '$')
            ok = scl_lex_dollar(lexer) && (!is_outer || !lexer->splits ||
                                        split_value(lexer, mark, start));
        else if (byte == '\'' && has_quotes)
            ok = read_single_quotes(lexer);
        else if (byte == '"' && has_quotes)
            ok = read_double_quotes(lexer);
        else if (byte == lexer->expander->escape)
            ok = read_escape(lexer);
        else if (byte == '<')
            ok = read_heredoc_sign(lexer);
        else
            ok = read_plain(lexer, is_outer);
        if (!ok)
            return false;
        if (is_outer && byte != '$' && lexer->out.len > mark)
            extend_word(lexer, start);
    }
    if (is_outer)
        return true;
    return fail_plain(lexer, outset, stop == '/' ? "a replacement has no second '/'"
                                                 : "a reference has no '}'");
}

bool
scl_lex_nested(struct scl_lexer *lexer, char stop, bool keeps_escapes, bool *ret_known)
{
    bool kept_escapes = lexer->keeps_escapes, kept_known = lexer->is_known;
    size_t start = lexer->at;
    bool ok;

    lexer->keeps_escapes = keeps_escapes;
    lexer->is_known = true;
    lexer->depth++;
    ok = lexer->depth <= DEEPEST
             ? read_parts(lexer, stop)
             : fail_plain(lexer, start, "references are nested deeper than the limit of 64");
    lexer->depth--;
    *ret_known = lexer->is_known;
    lexer->keeps_escapes = kept_escapes;
    lexer->is_known = kept_known;
    return ok;
}

/* ---- the whole ---- */

/* A word in which nothing is to be done is its own result. */
static bool
is_plain(const struct scl_expander *expander, struct scl_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.at[i] >= 0x80 || is_special(expander, word.at[i]))
            return false;
    return true;
}

/* Moves what was written from the buffer to the arena. */
static bool
finish(struct scl_lexer *lexer)
{
    struct scl_expansion *ret = lexer->ret;
    char *copy = NULL;

    if (!ret->is_known) {
        ret->words.count = 0;
        return true;
    }
    if (lexer->splits && !end_word(lexer, lexer->out.len))
        return false;
    copy = lexer->out.failed ? NULL : scl_arena_copy(lexer->expander->arena, lexer->out.at,
                                                     lexer->out.len);
    if (!copy)
        return false;
    ret->text = scl_str_n(copy, lexer->out.len);
    for (uint32_t i = 0; i < ret->words.count; i++)
        ret->words.at[i].text.at = copy + lexer->offsets.at[i];
    return true;
}

static bool
expand(const struct scl_expander *expander, struct scl_str word, bool splits,
       struct scl_expansion *ret)
{
    struct scl_lexer lexer = {
        .expander = expander,
        .ret = ret,
        .word = word,
        .own_steps = DEFAULT_STEPS,
        .keeps_escapes = expander->flags & SCL_EXPAND_RAW_ESCAPES,
        .is_known = true,
        .splits = splits,
    };
    bool ok;

    *ret = (struct scl_expansion){ .ok = true, .is_known = true, .text = word };
    if (!splits && is_plain(expander, word))
        return true;
    lexer.steps = expander->steps ? expander->steps : &lexer.own_steps;
    if (scl_str_starts(word, SCL_S("\xef\xbb\xbf")))
        lexer.at = 3;
    ok = read_parts(&lexer, NO_STOP);
    ret->ok = ok;
    ret->is_known = ok && lexer.is_known;
    ret->text = SCL_S("");
    if (ok)
        ok = finish(&lexer);
    if (!ok && (lexer.out.failed || !ret->error.at))
        expander->arena->failed = true;
    scl_text_finish(&lexer.out);
    return !expander->arena->failed;
}

bool
scl_expand(const struct scl_expander *expander, struct scl_str word, struct scl_expansion *ret)
{
    return expand(expander, word, false, ret);
}

bool
scl_expand_words(const struct scl_expander *expander, struct scl_str word,
                 struct scl_expansion *ret)
{
    return expand(expander, word, true, ret);
}
