/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reference.c: image references, `[registry/]repository[:tag][@algorithm:hex]`
 *
 * A reference is first cut into its parts, which always succeeds, and then each part is checked
 * against the grammar of registries.
 */
#include "syntax/reference.h"

#include <string.h>

enum { ID_DIGITS = 64, LEAST_DIGEST = 32 };

static const struct scl_str default_registry = SCL_STR(SCL_REFERENCE_DEFAULT_REGISTRY);
static const struct scl_str old_default_registry = SCL_STR("index.docker.io");
static const struct scl_str official_folder = SCL_STR("library/");

static struct scl_str
from(struct scl_str str, size_t start)
{
    return scl_str_sub(str, start, str.len);
}

static bool
is_hex(struct scl_str str)
{
    for (size_t i = 0; i < str.len; i++)
        if (!scl_is_digit(str.at[i]) && (str.at[i] < 'a' || str.at[i] > 'f'))
            return false;
    return str.len > 0;
}

static bool
is_lower_alnum(char byte)
{
    return scl_is_digit(byte) || (byte >= 'a' && byte <= 'z');
}

bool
scl_reference_is_registry(struct scl_str component)
{
    return scl_str_is(component, "localhost") || scl_str_find_char(component, '.') != SIZE_MAX ||
           scl_str_find_char(component, ':') != SIZE_MAX;
}

/* Letters, digits and inner hyphens, one or more such labels between dots. */
static bool
is_host_name(struct scl_str host)
{
    for (size_t i = 0; i < host.len; i++) {
        bool is_end = i == 0 || i + 1 == host.len || host.at[i - 1] == '.' || host.at[i + 1] == '.';

        if (host.at[i] == '.' ? is_end : !scl_is_alnum(host.at[i]) && (host.at[i] != '-' || is_end))
            return false;
    }
    return host.len > 0;
}

/* An IPv6 address in its brackets: what it holds is not looked into further. */
static bool
is_bracketed(struct scl_str host)
{
    if (host.len < 3 || host.at[0] != '[' || host.at[host.len - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < host.len; i++)
        if (!is_hex(scl_str_sub(host, i, 1)) && host.at[i] != ':' &&
            (host.at[i] < 'A' || host.at[i] > 'F'))
            return false;
    return true;
}

static bool
is_port(struct scl_str port)
{
    for (size_t i = 0; i < port.len; i++)
        if (!scl_is_digit(port.at[i]))
            return false;
    return port.len > 0;
}

static bool
is_valid_registry(struct scl_str registry)
{
    size_t bracket = scl_str_find_last(registry, ']');
    size_t colon = scl_str_find_last(registry, ':');

    if (colon != SIZE_MAX && (bracket == SIZE_MAX || colon > bracket)) {
        if (!is_port(from(registry, colon + 1)))
            return false;
        registry = scl_str_sub(registry, 0, colon);
    }
    return is_host_name(registry) || is_bracketed(registry);
}

/* Whether a separator of a component is one: a dot, one or two underscores, or hyphens. */
static bool
is_separator(struct scl_str run)
{
    if (scl_str_is(run, ".") || scl_str_is(run, "_") || scl_str_is(run, "__"))
        return true;
    for (size_t i = 0; i < run.len; i++)
        if (run.at[i] != '-')
            return false;
    return run.len > 0;
}

static const char *
component_reason(struct scl_str component)
{
    size_t start = 0;

    if (!component.len)
        return "a part of the repository is empty";
    if (!is_lower_alnum(component.at[0]) || !is_lower_alnum(component.at[component.len - 1]))
        return "a part of the repository does not begin and end with a letter or a digit";
    for (size_t i = 0; i < component.len; i++) {
        if (is_lower_alnum(component.at[i])) {
            if (i > start && !is_separator(scl_str_sub(component, start, i - start)))
                return "a part of the repository holds what is no separator";
            start = i + 1;
        }
    }
    return NULL;
}

static const char *
repository_reason(struct scl_str repository)
{
    struct scl_str rest = repository, component;
    const char *reason = NULL;

    for (size_t i = 0; i < repository.len; i++)
        if (repository.at[i] >= 'A' && repository.at[i] <= 'Z')
            return "the repository is not in lower case";
    while (!reason && scl_str_cut(&rest, '/', &component))
        reason = component_reason(component);
    return reason;
}

static const char *
tag_reason(struct scl_str tag)
{
    if (!tag.len)
        return "the tag is empty";
    if (tag.len > SCL_REFERENCE_LONGEST_TAG)
        return "the tag is longer than 128 characters";
    for (size_t i = 0; i < tag.len; i++)
        if (!scl_is_alnum(tag.at[i]) && tag.at[i] != '_' &&
            (i == 0 || (tag.at[i] != '.' && tag.at[i] != '-')))
            return "the tag is not made of letters, digits, '_', '.' and '-'";
    return NULL;
}

/* Letters and digits, led by a letter, between single separators. */
static bool
is_algorithm(struct scl_str name)
{
    bool at_start = true;

    for (size_t i = 0; i < name.len; i++) {
        if (at_start ? !scl_is_alpha(name.at[i])
                     : !scl_is_alnum(name.at[i]) && !memchr("-_+.", name.at[i], 4))
            return false;
        at_start = !scl_is_alnum(name.at[i]);
    }
    return !at_start;
}

static const char *
digest_reason(struct scl_str digest, struct scl_str algorithm)
{
    static const struct {
        struct scl_str algorithm;
        size_t digits;
    } known[] = {
        { SCL_STR("sha256"), 64 },
        { SCL_STR("sha384"), 96 },
        { SCL_STR("sha512"), 128 },
    };
    struct scl_str digits = from(digest, algorithm.len + 1);

    if (digest.len == algorithm.len || !is_algorithm(algorithm))
        return "the digest does not begin with an algorithm and ':'";
    if (!is_hex(digits))
        return "the digest is not made of lower-case hexadecimal digits";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (scl_str_same(algorithm, known[i].algorithm) && digits.len != known[i].digits)
            return "the digest is not as long as its algorithm makes it";
    return digits.len < LEAST_DIGEST ? "the digest is too short" : NULL;
}

static bool
is_id(struct scl_str text)
{
    if (scl_str_starts(text, SCL_S("sha256:")))
        text = from(text, 7);
    return text.len == ID_DIGITS && is_hex(text);
}

/* `docker.io/`, a folder and the rest in a row; NULL without memory. */
static char *
join_name(struct scl_arena *arena, struct scl_str folder, struct scl_str rest, size_t *ret_len)
{
    size_t start = default_registry.len + 1;
    char *made = scl_arena_alloc(arena, start + folder.len + rest.len);

    if (!made)
        return NULL;
    memcpy(made, default_registry.at, default_registry.len);
    made[default_registry.len] = '/';
    if (folder.len)
        memcpy(made + start, folder.at, folder.len);
    if (rest.len)
        memcpy(made + start + folder.len, rest.at, rest.len);
    *ret_len = start + folder.len + rest.len;
    return made;
}

/* Cuts the name at its registry, and completes it where that is docker.io. False without memory. */
static bool
complete(struct scl_arena *arena, struct scl_str name, struct scl_reference *ret)
{
    size_t slash = scl_str_find_char(name, '/'), len;
    struct scl_str first = scl_str_sub(name, 0, slash), rest = name, folder = { "", 0 };
    char *made;

    ret->registry_is_default = slash == SIZE_MAX || !scl_reference_is_registry(first);
    if (!ret->registry_is_default) {
        rest = from(name, slash + 1);
        if (!scl_str_same(first, default_registry) && !scl_str_same(first, old_default_registry)) {
            ret->name = name;
            ret->registry = first;
            ret->repository = rest;
            return true;
        }
    }
    if (scl_str_find_char(rest, '/') == SIZE_MAX)
        folder = official_folder;
    made = join_name(arena, folder, rest, &len);
    if (!made)
        return false;
    ret->name = scl_str_n(made, len);
    ret->registry = scl_str_sub(ret->name, 0, default_registry.len);
    ret->repository = from(ret->name, default_registry.len + 1);
    return true;
}

static const char *
first_reason(const struct scl_reference *reference, bool has_tag, bool has_digest)
{
    const char *reason = NULL;

    if (!is_valid_registry(reference->registry))
        return "the registry is not a host name with or without a port";
    reason = repository_reason(reference->repository);
    if (!reason && reference->name.len > SCL_REFERENCE_LONGEST_NAME)
        reason = "the name is longer than 255 characters";
    if (!reason && has_tag)
        reason = tag_reason(reference->tag);
    if (!reason && has_digest)
        reason = digest_reason(reference->digest, reference->digest_algo);
    return reason;
}

static const char *
pin_of(const struct scl_reference *reference)
{
    if (!reference->is_valid)
        return "none";
    if (reference->digest.len)
        return "digest";
    if (!reference->tag.len)
        return "untagged";
    return scl_str_is(reference->tag, "latest") ? "latest" : "tag";
}

/* Cuts off a digest and a tag, in that order; what is left is the name. */
static struct scl_str
cut_suffixes(struct scl_str text, struct scl_reference *ret, bool *ret_has_tag,
             bool *ret_has_digest)
{
    size_t at = scl_str_find_char(text, '@'), colon, slash;

    *ret_has_digest = at != SIZE_MAX;
    if (at != SIZE_MAX) {
        ret->digest = from(text, at + 1);
        ret->digest_algo = scl_str_sub(ret->digest, 0, scl_str_find_char(ret->digest, ':'));
        text = scl_str_sub(text, 0, at);
    }
    colon = scl_str_find_last(text, ':');
    slash = scl_str_find_last(text, '/');
    *ret_has_tag = colon != SIZE_MAX && (slash == SIZE_MAX || colon > slash);
    if (!*ret_has_tag)
        return text;
    ret->tag = from(text, colon + 1);
    return scl_str_sub(text, 0, colon);
}

bool
scl_reference_parse(struct scl_arena *arena, struct scl_str text, struct scl_reference *ret)
{
    bool has_tag, has_digest;
    struct scl_str name;

    *ret = (struct scl_reference){ .text = text, .pin = "none", .reason = "it is empty" };
    if (!text.len)
        return true;
    if (is_id(text)) {
        ret->id = text;
        ret->pin = "id";
        ret->reason = NULL;
        ret->is_valid = true;
        return true;
    }
    name = cut_suffixes(text, ret, &has_tag, &has_digest);
    if (!complete(arena, name, ret))
        return false;
    ret->reason = first_reason(ret, has_tag, has_digest);
    ret->is_valid = !ret->reason;
    ret->pin = pin_of(ret);
    return true;
}
