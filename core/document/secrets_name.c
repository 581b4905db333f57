/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secrets_name.c: names and files that mean secrets, and values that could be one
 */
#include "base/glob.h"
#include "base/path.h"
#include "document/secrets_table.h"

#include <string.h>

enum { MOST_STRIPS = 8 }; /* prefixes that are dropped from one name */

/* ---- words ---- */

static bool
divides_words(char byte)
{
    return byte == '_' || byte == '-' || byte == '.';
}

static bool
is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool
is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

bool
scl_secrets_word(struct scl_str *rest, struct scl_str *ret_word)
{
    bool after_lower = false; /* the last letter, digits aside */
    size_t start = 0, end;

    while (start < rest->len && divides_words(rest->at[start]))
        start++;
    for (end = start; end < rest->len && !divides_words(rest->at[end]); end++) {
        char byte = rest->at[end];

        if (end > start && is_upper(byte) &&
            (after_lower || (is_upper(rest->at[end - 1]) && end + 1 < rest->len &&
                             is_lower(rest->at[end + 1]))))
            break;
        if (!scl_is_digit(byte))
            after_lower = is_lower(byte);
    }
    *ret_word = scl_str_sub(*rest, start, end - start);
    *rest = scl_str_sub(*rest, end, rest->len);
    return end > start;
}

/* Whether `words` stand in a row in `name`. */
static bool
has_words(struct scl_str name, struct scl_str words)
{
    struct scl_str word, wanted;

    do {
        struct scl_str here = name, rest = words;
        bool fits = true;

        while (fits && scl_secrets_word(&rest, &wanted))
            fits = scl_secrets_word(&here, &word) && scl_str_same_nocase(word, wanted);
        if (fits)
            return true;
    } while (scl_secrets_word(&name, &word));
    return false;
}

static bool
has_word(struct scl_str name, struct scl_str wanted, bool only_last)
{
    struct scl_str word = { NULL, 0 }, next;

    while (scl_secrets_word(&name, &next)) {
        word = next;
        if (!only_last && scl_str_same_nocase(word, wanted))
            return true;
    }
    return only_last && scl_str_same_nocase(word, wanted);
}

static bool
starts_nocase(struct scl_str name, struct scl_str prefix)
{
    return scl_str_same_nocase(scl_str_sub(name, 0, prefix.len), prefix);
}

static bool
name_fits(const struct scl_name_rule *rule, struct scl_str name)
{
    switch (rule->match) {
    case SCL_NAME_EXACT:
        return scl_str_same_nocase(name, rule->row.name);
    case SCL_NAME_STRIP:
    case SCL_NAME_PREFIX:
        return starts_nocase(name, rule->row.name);
    case SCL_NAME_WORD:
        return has_word(name, rule->row.name, false);
    case SCL_NAME_LAST:
        return has_word(name, rule->row.name, true);
    case SCL_NAME_WORDS:
        return has_words(name, rule->row.name);
    }
    return false;
}

const struct scl_secret_name *
scl_secrets_name(const struct scl_secrets *secrets, struct scl_str name)
{
    unsigned strips = 0;

    for (uint32_t i = 0; i < secrets->name_count; i++) {
        const struct scl_name_rule *rule = &secrets->names[i];

        if (!name_fits(rule, name))
            continue;
        if (rule->match != SCL_NAME_STRIP)
            return rule->is_secret ? &rule->row : NULL;
        if (strips++ < MOST_STRIPS) {
            name = scl_str_sub(name, rule->row.name.len, name.len);
            i = UINT32_MAX; /* begins again */
        }
    }
    return NULL;
}

bool
scl_secrets_is_name(const struct scl_secrets *secrets, struct scl_str name)
{
    return scl_secrets_name(secrets, name) != NULL;
}

/* ---- values ---- */

static bool
is_any_of(struct scl_str value, const char *const *words)
{
    for (; *words; words++)
        if (scl_str_is_nocase(value, *words))
            return true;
    return false;
}

static bool
is_switch_word(struct scl_str value)
{
    static const char *const words[] = { "true", "false", "yes",     "no",       "on",       "off",
                                         "null", "none",  "enabled", "disabled", "required", NULL };

    return is_any_of(value, words);
}

static bool
is_number(struct scl_str value)
{
    size_t digits = 0, points = 0, start = value.len && value.at[0] == '-';

    for (size_t i = start; i < value.len; i++) {
        digits += scl_is_digit(value.at[i]);
        points += value.at[i] == '.';
    }
    return digits && points <= 1 && digits + points + start == value.len;
}

static bool
is_one_character(struct scl_str value)
{
    for (size_t i = 1; i < value.len; i++)
        if (value.at[i] != value.at[0])
            return false;
    return value.len > 0;
}

static bool
is_wrapped(struct scl_str value, const char *start, const char *end)
{
    struct scl_str opening = scl_str_c(start), closing = scl_str_c(end), inside;

    if (value.len < opening.len + closing.len || !scl_str_starts(value, opening) ||
        !scl_str_ends(value, closing))
        return false;
    inside = scl_str_sub(value, opening.len, value.len - opening.len - closing.len);
    return scl_str_find(inside, closing) == SIZE_MAX;
}

static bool
is_variable_name(struct scl_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!scl_is_alnum(name.at[i]) && name.at[i] != '_')
            return false;
    return name.len > 0 && !scl_is_digit(name.at[0]);
}

/* Of `${NAME}`, `${NAME:-default}` and its like, with one pair of braces around: what it stands for
 * without the variable. False where it is no reference. */
static bool
reference_default(struct scl_str value, struct scl_str *ret_default)
{
    size_t end = 2, depth = 0;

    if (!scl_str_starts(value, SCL_S("${")) || !scl_str_ends(value, SCL_S("}")))
        return false;
    for (size_t i = 0; i + 1 < value.len; i++) {
        depth += value.at[i] == '{';
        if (value.at[i] == '}' && --depth == 0)
            return false; /* it ends before the value does */
    }
    while (end < value.len && (scl_is_alnum(value.at[end]) || value.at[end] == '_'))
        end++;
    if (!is_variable_name(scl_str_sub(value, 2, end - 2)))
        return false;
    *ret_default = scl_str_sub(value, end, value.len - 1 - end);
    if (ret_default->len && ret_default->at[0] == ':')
        *ret_default = scl_str_sub(*ret_default, 1, ret_default->len);
    if (ret_default->len && (ret_default->at[0] == '-' || ret_default->at[0] == '+'))
        *ret_default = scl_str_sub(*ret_default, 1, ret_default->len);
    else
        ret_default->len = 0; /* `?` and a message, or nothing */
    return true;
}

bool
scl_secrets_is_placeholder(struct scl_str value)
{
    struct scl_str inner;

    value = scl_str_trim(value);
    for (int depth = 0; depth < 8 && reference_default(value, &inner); depth++)
        value = scl_str_trim(inner);
    if (value.len > 1 && value.at[0] == '$' &&
        is_variable_name(scl_str_sub(value, 1, value.len)))
        return true;
    return !value.len || is_switch_word(value) || is_one_character(value) ||
           (value.len <= 3 && is_number(value)) || is_wrapped(value, "$(", ")") ||
           is_wrapped(value, "{{", "}}") || is_wrapped(value, "<", ">") ||
           (is_wrapped(value, "%", "%") &&
            is_variable_name(scl_str_sub(value, 1, value.len - 2)));
}

static bool
has_userinfo(struct scl_str value)
{
    size_t offset, length;

    for (size_t i = 0; i + 3 < value.len; i++)
        if (scl_str_starts(scl_str_sub(value, i, 3), SCL_S("://")) &&
            scl_url_password(value, i + 3, &offset, &length))
            return true;
    return false;
}

/* `Server=db;Password=...;`: one of the fields is a password that is given. */
static bool
has_password_field(struct scl_str value)
{
    static const char *const names[] = { "password",  "pwd",        "accountkey",
                                         "secret",    "secretkey",  "sharedaccesskey",
                                         "accesskey", "clientsecret", NULL };
    struct scl_str field, name;

    while (scl_str_cut(&value, ';', &field))
        if (scl_str_cut(&field, '=', &name) && is_any_of(scl_str_trim(name), names) &&
            !scl_secrets_is_placeholder(field))
            return true;
    return false;
}

/* The kinds of characters follow each other in words seldom, in random text at every second byte:
 * hexadecimal changes at 47 of 100, base64 at 60, `node20alpine3v1` at about 20. */
static bool
is_random(struct scl_str value)
{
    size_t letters = 0, changes = 0;
    int last = 0;

    if (value.len < 16)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        char byte = value.at[i];
        int kind = is_lower(byte) ? 1 : is_upper(byte) ? 2 : scl_is_digit(byte) ? 3 : 0;

        if (!kind && byte != '+' && byte != '/' && byte != '=' && byte != '_' && byte != '-')
            return false;
        if (!kind)
            continue;
        letters++;
        changes += last && kind != last;
        last = kind;
    }
    return letters >= 16 && changes * 4 >= letters;
}

/* Words of letters and numbers: `client-certificate`, `scram-sha-256`. */
static bool
is_mode_word(struct scl_str value)
{
    bool has_letter = false, has_digit = false;

    for (size_t i = 0; i < value.len; i++) {
        char byte = value.at[i];

        if (byte == '-' || byte == '_') {
            has_letter = has_digit = false;
            continue;
        }
        has_letter = has_letter || scl_is_alpha(byte);
        has_digit = has_digit || scl_is_digit(byte);
        if (!scl_is_alnum(byte) || (has_letter && has_digit) ||
            (i && is_upper(byte) && is_lower(value.at[i - 1])))
            return false;
    }
    return value.len <= 32;
}

static bool
is_opaque(struct scl_str value)
{
    return value.len > 8 && scl_str_find(value, SCL_S("://")) == SIZE_MAX &&
           !scl_str_starts(value, SCL_S("/")) && !scl_str_starts(value, SCL_S("./")) &&
           !scl_str_starts(value, SCL_S("~/")) && !is_mode_word(value);
}

/* `/credentials/storage.json`: an absolute path of a file with an ending says where a secret lies.
 * Random text has no such ending: base64 knows no dot. */
static bool
is_file_path(struct scl_str value)
{
    size_t dot = value.len;

    if (!scl_str_starts(value, SCL_S("/")) ||
        scl_str_find_char(scl_str_sub(value, 1, value.len), '/') == SIZE_MAX)
        return false;
    while (dot > 0 && scl_is_alnum(value.at[dot - 1]))
        dot--;
    if (dot < 2 || value.at[dot - 1] != '.' || value.at[dot - 2] == '/' ||
        value.len - dot < 2 || value.len - dot > 10)
        return false;
    for (size_t i = 0; i < dot; i++)
        if (!scl_is_alnum(value.at[i]) && !memchr("/._-", value.at[i], 4))
            return false;
    return true;
}

bool
scl_secrets_value_fits(const struct scl_secret_name *row, struct scl_str value)
{
    value = scl_str_trim(value);
    if (scl_secrets_is_placeholder(value))
        return false;
    switch (row->value) {
    case SCL_SECRET_VALUE_USERINFO:
        return has_userinfo(value);
    case SCL_SECRET_VALUE_PASSWORD_FIELD:
        return has_password_field(value);
    case SCL_SECRET_VALUE_RANDOM:
        return is_random(value);
    case SCL_SECRET_VALUE_OPAQUE:
        return is_opaque(value);
    case SCL_SECRET_VALUE_NOT_NUMBER:
        return !is_number(value);
    case SCL_SECRET_VALUE_ANY:
        break;
    }
    return !is_file_path(value);
}

/* ---- files ---- */

static bool
is_excepted(const struct scl_file_rule *rule, struct scl_str base)
{
    for (uint32_t i = 0; i < rule->except->len; i++)
        if (scl_glob_match(rule->except->as.list[i], base, NULL) == SCL_GLOB_YES)
            return true;
    return false;
}

/* Whether one of the path's components, however it is written, fits. */
static bool
has_folder(struct scl_str path, struct scl_str pattern)
{
    struct scl_str component;

    while (scl_str_cut(&path, '/', &component))
        if (component.len && scl_glob_match(pattern, component, NULL) == SCL_GLOB_YES)
            return true;
    return false;
}

/* Whether the end of the path is `pattern`, or all of it where that is absolute. */
static bool
ends_with_path(struct scl_str path, struct scl_str pattern)
{
    if (scl_path_is_absolute(pattern))
        return scl_path_same(pattern, path);
    return scl_str_ends(path, pattern) &&
           (path.len == pattern.len || path.at[path.len - pattern.len - 1] == '/');
}

const struct scl_secret_file *
scl_secrets_file(const struct scl_secrets *secrets, struct scl_str path)
{
    struct scl_str base = scl_path_base(path);

    while (path.len > 1 && path.at[path.len - 1] == '/')
        path.len--;
    for (uint32_t i = 0; i < secrets->file_count; i++) {
        const struct scl_file_rule *rule = &secrets->files[i];
        bool fits = rule->match == SCL_FILE_NAME
                        ? scl_glob_match(rule->row.pattern, base, NULL) == SCL_GLOB_YES
                    : rule->match == SCL_FILE_FOLDER ? has_folder(path, rule->row.pattern)
                                                     : ends_with_path(path, rule->row.pattern);

        if (fits && !is_excepted(rule, base))
            return &rule->row;
    }
    return NULL;
}

bool
scl_secrets_is_file(const struct scl_secrets *secrets, struct scl_str path)
{
    return scl_secrets_file(secrets, path) != NULL;
}
