/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets.c: the facts about secrets, compiled
 *
 * What the tables say in words becomes numbers and sets of bytes, and what makes no sense is an
 * error here, so that nothing can fail later.
 */
#include "document/secrets_table.h"

#include <string.h>

/* Lengths of which time hangs, wherever a prefix stands; a longer body is one without an end. */
enum { MOST_BEFORE = 64, MOST_BODY = 1024, KNOWN_COLUMNS = 32 };

struct compiler {
    struct scl_arena *arena;
    const struct scl_facts_table *table;
    uint32_t row;
    scantling_error **error;
    uint8_t walk_slots, context_slots; /* that are taken */
    /* Columns of the table that were looked up, by the address of the name: each row asks for all
     * of them, and a document with notes has the tables compiled. */
    struct {
        const char *name;
        uint32_t column;
    } known[KNOWN_COLUMNS];
    uint32_t known_count;
};

static uint32_t
column_of(struct compiler *compiler, const char *name)
{
    uint32_t column;

    for (uint32_t i = 0; i < compiler->known_count; i++)
        if (compiler->known[i].name == name)
            return compiler->known[i].column;
    column = scl_facts_column(compiler->table, scl_str_c(name));
    if (compiler->known_count < KNOWN_COLUMNS) {
        compiler->known[compiler->known_count].name = name;
        compiler->known[compiler->known_count++].column = column;
    }
    return column;
}

static const struct scl_fact *
cell(struct compiler *compiler, const char *column)
{
    return scl_facts_cell(compiler->table, compiler->row, column_of(compiler, column));
}

static struct scl_str
text(struct compiler *compiler, const char *column)
{
    return scl_facts_text(compiler->table, compiler->row, column_of(compiler, column));
}

static bool
fail(struct compiler *compiler, const char *column, const char *why)
{
    return scl_fail(compiler->error, SCANTLING_STATUS_POLICY, "table '%.*s', row '%.*s': %s %s",
                    SCL_ARG(compiler->table->name),
                    SCL_ARG(scl_facts_text(compiler->table, compiler->row, 0)), column, why);
}

/* The index of a cell's word in `words`, which end with NULL; false where it is none of them. */
static bool
read_word(struct compiler *compiler, const char *column, const char *const *words,
          unsigned *ret_index)
{
    struct scl_str word = text(compiler, column);

    for (*ret_index = 0; words[*ret_index]; ++*ret_index)
        if (scl_str_is(word, words[*ret_index]))
            return true;
    return fail(compiler, column, "is none of the words it may be");
}

static bool
read_severity(struct compiler *compiler, scantling_severity *ret)
{
    static const char *const words[] = { "", "info", "low", "medium", "high", "critical", NULL };
    static const scantling_severity severities[] = {
        SCANTLING_SEVERITY_NONE,   SCANTLING_SEVERITY_INFO, SCANTLING_SEVERITY_LOW,
        SCANTLING_SEVERITY_MEDIUM, SCANTLING_SEVERITY_HIGH, SCANTLING_SEVERITY_CRITICAL
    };
    unsigned index;

    if (!read_word(compiler, "severity", words, &index))
        return false;
    *ret = severities[index];
    return true;
}

/* ---- names and files ---- */

static bool
read_name(struct compiler *compiler, struct scl_name_rule *rule)
{
    static const char *const matches[] = { "exact", "strip", "prefix", "word",
                                           "words", "last",  NULL };
    static const char *const values[] = { "",       "userinfo", "password_field", "random",
                                          "opaque", "not_number", NULL };
    unsigned match, value;

    if (!read_word(compiler, "match", matches, &match) ||
        !read_word(compiler, "value", values, &value) ||
        !read_severity(compiler, &rule->row.severity))
        return false;
    rule->match = (enum scl_name_match)match;
    rule->is_secret = cell(compiler, "secret")->as.number != 0;
    rule->row.value = (enum scl_secret_value)value;
    rule->row.name = text(compiler, "name");
    rule->row.class = text(compiler, "class");
    rule->row.row = compiler->row;
    return true;
}

static bool
read_file(struct compiler *compiler, struct scl_file_rule *rule)
{
    static const char *const matches[] = { "name", "folder", "path", NULL };
    unsigned match;

    if (!read_word(compiler, "match", matches, &match) ||
        !read_severity(compiler, &rule->row.severity))
        return false;
    rule->match = (enum scl_file_match)match;
    rule->except = cell(compiler, "except");
    rule->row.pattern = text(compiler, "pattern");
    rule->row.class = text(compiler, "class");
    rule->row.row = compiler->row;
    return true;
}

/* ---- tokens ---- */

static void
add_byte(struct scl_bytes *bytes, unsigned value)
{
    bytes->bits[value / 64] |= (uint64_t)1 << (value % 64);
}

/* Reads `A-Za-z_-` as the inside of a bracket expression. */
static bool
read_bytes(struct scl_str set, struct scl_bytes *ret)
{
    *ret = (struct scl_bytes){ { 0 } };
    for (size_t i = 0; i < set.len; i++) {
        unsigned low = (unsigned char)set.at[i], high = low;

        if (i + 2 < set.len && set.at[i + 1] == '-') {
            high = (unsigned char)set.at[i + 2];
            i += 2;
        }
        if (high < low)
            return false;
        for (; low <= high; low++)
            add_byte(ret, low);
    }
    return true;
}

static bool
read_number(struct compiler *compiler, const char *column, int64_t most, uint32_t if_nil,
            uint32_t *ret)
{
    const struct scl_fact *fact = cell(compiler, column);

    *ret = if_nil;
    if (fact->kind == SCL_FACT_NIL)
        return true;
    if (fact->as.number < 0 || fact->as.number > most)
        return fail(compiler, column, "is too large, or below 0");
    *ret = (uint32_t)fact->as.number;
    return true;
}

static bool
read_length(struct scl_str digits, uint32_t if_empty, uint32_t *ret)
{
    int64_t value;

    *ret = if_empty;
    if (!digits.len)
        return true;
    if (!scl_str_int(digits, &value) || value < 0 || value > MOST_BODY)
        return false;
    *ret = (uint32_t)value;
    return true;
}

/* `N`, `N-M` or `N-`, then perhaps a blank and the part's own bytes. */
static bool
read_part(struct scl_str entry, const struct scl_bytes *alphabet, struct scl_token_part *ret)
{
    struct scl_str lengths, low;

    scl_str_cut(&entry, ' ', &lengths);
    ret->alphabet = *alphabet;
    if (entry.len && !read_bytes(entry, &ret->alphabet))
        return false;
    scl_str_cut(&lengths, '-', &low);
    if (!low.len || !read_length(low, 0, &ret->min))
        return false;
    if (!lengths.at) {
        ret->max = ret->min;
        return true;
    }
    return read_length(lengths, UINT32_MAX, &ret->max) && ret->min <= ret->max;
}

static bool
read_parts(struct compiler *compiler, struct scl_token *token)
{
    const struct scl_fact *list = cell(compiler, "parts");
    struct scl_str separator = text(compiler, "separator");
    struct scl_token_part *parts;

    if (list->kind == SCL_FACT_NIL)
        return true;
    if (separator.len != 1)
        return fail(compiler, "separator", "is not one byte, but there are parts");
    parts = scl_arena_array(compiler->arena, list->len, sizeof *parts);
    if (!parts)
        return scl_fail_memory(compiler->error);
    for (uint32_t i = 0; i < list->len; i++)
        if (!read_part(list->as.list[i], &token->alphabet, &parts[i]))
            return fail(compiler, "parts", "are not written as N, N-M or N-");
    token->separator = separator.at[0];
    token->parts = parts;
    token->part_count = list->len;
    return true;
}

static bool
take_slot(struct compiler *compiler, uint8_t *taken, bool is_wanted, uint8_t *ret)
{
    *ret = SCL_TOKEN_NO_SLOT;
    if (!is_wanted)
        return true;
    if (*taken == SCL_TOKEN_SLOTS)
        return fail(compiler, "max or context", "is one of more than 64 such rows");
    *ret = (*taken)++;
    return true;
}

/* How far the hit goes, and what it takes to find its end. */
static void
choose_shape(struct scl_token *token, const struct scl_fact *prefixes)
{
    struct scl_str first = prefixes->len ? prefixes->as.list[0] : SCL_S("");

    if (scl_str_is(first, "://"))
        token->shape = SCL_TOKEN_URL;
    else if (scl_str_is(first, "-----BEGIN"))
        token->shape = SCL_TOKEN_BLOCK;
    token->value_only = token->gap || (!token->before_min && scl_str_ends(first, SCL_S("=")));
}

static bool
read_token(struct compiler *compiler, struct scl_token *token)
{
    const struct scl_fact *prefixes = cell(compiler, "prefix");
    bool has_parts;

    if (!read_severity(compiler, &token->severity) ||
        !read_number(compiler, "before_min", MOST_BEFORE, 0, &token->before_min) ||
        !read_number(compiler, "before_max", MOST_BEFORE, MOST_BEFORE, &token->before_max) ||
        !read_number(compiler, "min", MOST_BODY, 0, &token->min) ||
        !read_number(compiler, "max", MOST_BODY, UINT32_MAX, &token->max))
        return false;
    if (!read_bytes(text(compiler, "before"), &token->before) ||
        !read_bytes(text(compiler, "alphabet"), &token->alphabet))
        return fail(compiler, "before or alphabet", "has a range that ends before it begins");
    if (!read_parts(compiler, token))
        return false;
    token->kind = text(compiler, "kind");
    token->provider = text(compiler, "provider");
    token->row = compiler->row;
    token->gap = cell(compiler, "gap")->as.number != 0;
    token->infix = text(compiler, "infix");
    token->suffix = cell(compiler, "suffix");
    token->context = cell(compiler, "context");
    token->except = cell(compiler, "except");
    if (!prefixes->len && !token->context->len)
        return fail(compiler, "prefix", "is empty, and so is context");
    token->is_bare = !prefixes->len;
    choose_shape(token, prefixes);
    has_parts = token->part_count > 0;
    return take_slot(compiler, &compiler->walk_slots,
                     (has_parts ? token->parts[0].max : token->max) == UINT32_MAX,
                     &token->walk_slot) &&
           take_slot(compiler, &compiler->context_slots, token->context->len > 0,
                     &token->context_slot);
}

static void
mark_first(struct scl_secrets *secrets, struct scl_str prefix, const struct scl_token *token)
{
    unsigned char first = (unsigned char)prefix.at[0];
    struct scl_bytes *seconds = &secrets->seconds[first];

    if (token->before_min || !scl_is_alnum(prefix.at[0]))
        secrets->firsts[first] |= SCL_FIRST_INSIDE;
    if (prefix.len > 1)
        add_byte(seconds, (unsigned char)prefix.at[1]);
    else if (!token->min || token->gap)
        memset(seconds, 0xff, sizeof *seconds);
    else
        for (int i = 0; i < 4; i++)
            seconds->bits[i] |= token->alphabet.bits[i];
}

/* Counting sort by the first byte. */
static bool
sort_prefixes(struct compiler *compiler, struct scl_secrets *secrets)
{
    uint32_t column = scl_facts_column(compiler->table, SCL_S("prefix"));
    uint32_t filled[256] = { 0 };
    struct scl_token_prefix *prefixes;

    for (uint32_t row = 0; row < secrets->token_count; row++) {
        const struct scl_fact *list = scl_facts_cell(compiler->table, row, column);

        for (uint32_t i = 0; i < list->len; i++)
            secrets->starts[(unsigned char)list->as.list[i].at[0] + 1]++;
    }
    for (unsigned i = 0; i < 256; i++)
        secrets->starts[i + 1] += secrets->starts[i];
    prefixes = scl_arena_array(compiler->arena, secrets->starts[256], sizeof *prefixes);
    if (!prefixes)
        return scl_fail_memory(compiler->error);
    for (uint32_t row = 0; row < secrets->token_count; row++) {
        const struct scl_fact *list = scl_facts_cell(compiler->table, row, column);

        for (uint32_t i = 0; i < list->len; i++) {
            struct scl_str prefix = list->as.list[i];
            unsigned char first = (unsigned char)prefix.at[0];

            mark_first(secrets, prefix, &secrets->tokens[row]);
            prefixes[secrets->starts[first] + filled[first]++] =
                (struct scl_token_prefix){ prefix, &secrets->tokens[row] };
        }
    }
    for (unsigned byte = 0; byte < 256; byte++)
        if (scl_is_alnum((char)byte))
            secrets->firsts[byte] |= SCL_FIRST_WORD;
    for (const char *escape = "ntr"; *escape; escape++)
        secrets->firsts[(unsigned char)*escape] |= SCL_FIRST_ESCAPE;
    secrets->prefixes = prefixes;
    return true;
}

/* ---- all of it ---- */

/* Turns to a table; its rows are an array of members of `size` bytes, or NULL. */
static void *
begin_table(struct compiler *compiler, const struct scl_facts *facts, const char *name,
            size_t size)
{
    void *rules;

    compiler->table = scl_facts_find(facts, scl_str_c(name));
    compiler->known_count = 0;
    if (!compiler->table) {
        scl_fail(compiler->error, SCANTLING_STATUS_POLICY, "there is no table '%s'", name);
        return NULL;
    }
    rules = scl_arena_array(compiler->arena, compiler->table->row_count, size);
    if (!rules)
        scl_fail_memory(compiler->error);
    return rules;
}

static bool
compile_names(struct compiler *compiler, const struct scl_facts *facts, struct scl_secrets *secrets)
{
    struct scl_name_rule *rules =
        begin_table(compiler, facts, "sensitive_env_names", sizeof *rules);

    if (!rules)
        return false;
    for (uint32_t i = 0; i < compiler->table->row_count; i++) {
        compiler->row = i;
        if (!read_name(compiler, &rules[i]))
            return false;
    }
    secrets->names = rules;
    secrets->name_count = compiler->table->row_count;
    return true;
}

static bool
compile_files(struct compiler *compiler, const struct scl_facts *facts, struct scl_secrets *secrets)
{
    struct scl_file_rule *rules = begin_table(compiler, facts, "secret_files", sizeof *rules);

    if (!rules)
        return false;
    for (uint32_t i = 0; i < compiler->table->row_count; i++) {
        compiler->row = i;
        if (!read_file(compiler, &rules[i]))
            return false;
    }
    secrets->files = rules;
    secrets->file_count = compiler->table->row_count;
    return true;
}

static bool
compile_tokens(struct compiler *compiler, const struct scl_facts *facts,
               struct scl_secrets *secrets)
{
    struct scl_token *tokens = begin_table(compiler, facts, "secret_token_formats", sizeof *tokens);

    if (!tokens)
        return false;
    for (uint32_t i = 0; i < compiler->table->row_count; i++) {
        compiler->row = i;
        if (!read_token(compiler, &tokens[i]))
            return false;
    }
    secrets->tokens = tokens;
    secrets->token_count = compiler->table->row_count;
    return sort_prefixes(compiler, secrets);
}

const struct scl_secrets *
scl_secrets_new(struct scl_arena *arena, const struct scl_facts *facts, scantling_error **error)
{
    struct compiler compiler = { .arena = arena, .error = error };
    struct scl_secrets *secrets = scl_arena_alloc(arena, sizeof *secrets);

    if (!secrets) {
        scl_fail_memory(error);
        return NULL;
    }
    if (!compile_names(&compiler, facts, secrets) || !compile_files(&compiler, facts, secrets) ||
        !compile_tokens(&compiler, facts, secrets))
        return NULL;
    return secrets;
}
