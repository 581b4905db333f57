/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packages_operand.c: operands of package commands as packages
 *
 * What a word names hangs on the manager: a row of `syntaxes`, and the operators of its facts that
 * divide a name from a version. A reference that is not known leaves its part unknown and no more:
 * of `nginx=$V` the name and that it is pinned are known.
 */
#include "formats/tool_parts.h"

enum {
    SEMANTIC = 1,    /* only a full version is exact; a word is none */
    SHORTHAND = 2,   /* user/repository is one of a forge */
    GROUPS = 4,      /* @name */
    NO_PATHS = 8,    /* a path is what a package provides, unless it ends like a package */
    HYPHEN = 16,     /* name-version */
    EXTRAS = 32,     /* name[extra]; marker */
    SUITES = 64,     /* name:architecture, name/suite, name- removes, task^ */
    DOT_VIRTUAL = 128, /* .name */
    FUZZY = 256,     /* an operator `=` without a full version is a range */
    IMPORTS = 512,   /* a first component without a dot is no host, so it is local */
    CHANNELS = 1024, /* channel::name */
    TAG_RANGE = 2048, /* behind @ stands a repository */
    WORDS = 4096     /* a version may be a word: stable, ^1 */
};

static const struct {
    const char *manager;
    unsigned flags;
} syntaxes[] = {
    { "apt-get", SUITES },
    { "apt", SUITES },
    { "apk", DOT_VIRTUAL | TAG_RANGE },
    { "yum", GROUPS | NO_PATHS | HYPHEN },
    { "dnf", GROUPS | NO_PATHS | HYPHEN },
    { "microdnf", GROUPS | NO_PATHS | HYPHEN },
    { "tdnf", GROUPS | NO_PATHS | HYPHEN },
    { "zypper", NO_PATHS },
    { "pip", EXTRAS },
    { "uv", EXTRAS | SEMANTIC },
    { "pipx", EXTRAS },
    { "pipenv", EXTRAS },
    { "poetry", EXTRAS | SEMANTIC },
    { "npm", SEMANTIC | SHORTHAND },
    { "yarn", SEMANTIC | SHORTHAND },
    { "pnpm", SEMANTIC | SHORTHAND },
    { "bun", SEMANTIC | SHORTHAND },
    { "go", SEMANTIC | IMPORTS },
    { "cargo", SEMANTIC },
    { "composer", SEMANTIC },
    { "conda", FUZZY | CHANNELS },
    { "install-php-extensions", HYPHEN | WORDS },
};

static const char *const package_suffixes[] = {
    ".deb", ".rpm", ".apk", ".whl", ".egg", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz",
    ".zip", ".gem", ".nupkg", ".pkg.tar.zst", ".pkg.tar.xz", ".conda", ".jar", ".crate", ".phar",
};

static const char *const repository_starts[] = {
    "git+", "hg+", "svn+", "bzr+", "git@", "git:", "github:", "gitlab:", "bitbucket:", "gist:",
};

static bool
holds_reference(struct scl_str text)
{
    return scl_str_find_char(text, '$') != SIZE_MAX || scl_str_find_char(text, '`') != SIZE_MAX;
}

static bool
is_known(const struct scl_package_operand *o, struct scl_str part)
{
    return o->word_is_known || (part.at && part.len && !holds_reference(part));
}

/* ---- versions ---- */

static bool
is_digits(struct scl_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!scl_is_digit(text.at[i]))
            return false;
    return text.len > 0;
}

/* 1.2.3 and what follows it. */
static bool
is_full_version(struct scl_str version)
{
    struct scl_str rest = version, part;
    uint32_t count = 0;

    if (rest.len && (rest.at[0] == 'v' || rest.at[0] == 'V'))
        rest = scl_str_sub(rest, 1, rest.len);
    while (count < 2 && scl_str_cut(&rest, '.', &part) && is_digits(part))
        count++;
    return count == 2 && rest.len && scl_is_digit(rest.at[0]);
}

static bool
is_commit(struct scl_str version)
{
    for (size_t i = 0; i < version.len; i++)
        if (!scl_is_digit(version.at[i]) &&
            !(scl_lower(version.at[i]) >= 'a' && scl_lower(version.at[i]) <= 'f'))
            return false;
    return version.len >= 7 && version.len <= 40;
}

static bool
has_range(struct scl_str version)
{
    static const char signs[] = "*^~<>!|,";

    for (size_t i = 0; i < sizeof signs - 1; i++)
        if (scl_str_find_char(version, signs[i]) != SIZE_MAX)
            return true;
    return scl_str_find(version, SCL_S(" - ")) != SIZE_MAX || scl_str_ends(version, SCL_S(".x"));
}

static enum scl_package_pin
pin_of(const struct scl_package_operand *o, struct scl_str version, bool is_semantic)
{
    bool has_v = version.len > 1 && (version.at[0] == 'v' || version.at[0] == 'V');

    if (!version.len)
        return SCL_PIN_NONE;
    if (!is_known(o, version))
        return SCL_PIN_EXACT;
    if (has_range(version))
        return scl_str_is(version, "*") ? SCL_PIN_NONE : SCL_PIN_RANGE;
    if (is_semantic && !is_full_version(version)) {
        if (scl_is_digit(version.at[has_v]))
            return o->syntax & IMPORTS && is_commit(version) ? SCL_PIN_EXACT : SCL_PIN_RANGE;
        return o->syntax & IMPORTS && is_commit(version) ? SCL_PIN_EXACT : SCL_PIN_NONE;
    }
    if (o->syntax & WORDS && !scl_is_digit(version.at[0]))
        return SCL_PIN_NONE;
    return SCL_PIN_EXACT;
}

static void
set_version(const struct scl_package_operand *o, struct scl_str version, enum scl_package_pin pin)
{
    o->package->version = version;
    o->package->is_version_known = !version.len || is_known(o, version);
    o->package->pin = (uint8_t)pin;
    o->package->is_pin_known = true;
}

static void
set_name(const struct scl_package_operand *o, struct scl_str name)
{
    name = scl_str_trim(name);
    o->package->name = name;
    o->package->is_known = is_known(o, name);
    o->package->is_pin_known = o->package->is_known;
    o->package->is_version_known = o->package->is_known;
}

/* ---- kinds ---- */

static bool
starts_repository(struct scl_str text)
{
    for (size_t i = 0; i < sizeof repository_starts / sizeof repository_starts[0]; i++)
        if (scl_str_starts(text, scl_str_c(repository_starts[i])))
            return true;
    return false;
}

static bool
is_url(const struct scl_package_operand *o, struct scl_str text)
{
    size_t slash = scl_str_find_char(text, '/');

    if (scl_str_find(text, SCL_S("://")) != SIZE_MAX || starts_repository(text))
        return true;
    return o->syntax & SHORTHAND && slash != SIZE_MAX && text.at[0] != '@' &&
           text.at[0] != '.' && text.at[0] != '/' && text.at[0] != '~' && text.at[0] != '$' &&
           scl_str_find_char(scl_str_sub(text, 0, slash), '@') == SIZE_MAX &&
           scl_str_find_last(text, '/') == slash && !scl_str_starts(text, SCL_S("file:"));
}

static bool
ends_as_package(struct scl_str text)
{
    for (size_t i = 0; i < sizeof package_suffixes / sizeof package_suffixes[0]; i++)
        if (scl_str_ends(text, scl_str_c(package_suffixes[i])))
            return true;
    return false;
}

/* A host has a dot; `cmd/x` is a package of the standard library or the module itself. */
static bool
is_local_import(struct scl_str text)
{
    size_t slash = scl_str_find_char(text, '/');
    struct scl_str host = scl_str_sub(text, 0, slash);

    if (slash == SIZE_MAX && scl_str_ends(text, SCL_S(".go")))
        return true;
    return scl_str_find_char(host, '.') == SIZE_MAX && !holds_reference(host);
}

static bool
is_file(const struct scl_package_operand *o, struct scl_str text)
{
    if (ends_as_package(text) || scl_str_starts(text, SCL_S("file:")))
        return true;
    if (o->syntax & IMPORTS && is_local_import(text))
        return true;
    if (o->syntax & NO_PATHS)
        return false;
    if (o->syntax & DOT_VIRTUAL && text.at[0] == '.' && text.len > 1 && text.at[1] != '/' &&
        text.at[1] != '.')
        return false;
    return text.at[0] == '/' || text.at[0] == '.' || scl_str_starts(text, SCL_S("~/"));
}

/* A repository is pinned by what follows the last @ or #, unless it is one of a user before it. */
static void
set_url(const struct scl_package_operand *o, struct scl_str url)
{
    size_t slash = scl_str_find_last(url, '/'), at = scl_str_find_last(url, '@');
    size_t hash = scl_str_find_char(url, '#');
    bool is_repository = starts_repository(url) || scl_str_ends(url, SCL_S(".git")) ||
                         scl_str_find(url, SCL_S("://")) == SIZE_MAX ||
                         scl_str_find(url, SCL_S(".git@")) != SIZE_MAX ||
                         scl_str_find(url, SCL_S(".git#")) != SIZE_MAX;

    o->package->kind = SCL_PACKAGE_URL;
    set_name(o, url);
    if (!is_repository)
        set_version(o, (struct scl_str){ NULL, 0 }, SCL_PIN_EXACT);
    else if (at != SIZE_MAX && slash != SIZE_MAX && at > slash && (hash == SIZE_MAX || at < hash))
        set_version(o, scl_str_sub(url, at + 1, hash == SIZE_MAX ? url.len : hash - at - 1),
                    SCL_PIN_EXACT);
    else if (hash != SIZE_MAX && !scl_str_starts(scl_str_sub(url, hash, url.len), SCL_S("#egg=")))
        set_version(o, scl_str_sub(url, hash + 1, url.len), SCL_PIN_EXACT);
    else
        set_version(o, (struct scl_str){ NULL, 0 }, SCL_PIN_NONE);
}

/* ---- names with versions ---- */

static bool
has_pin(const struct scl_package_operand *o, const char *pin)
{
    for (uint32_t i = 0; i < o->pins.count; i++)
        if (scl_str_is(o->pins.at[i], pin))
            return true;
    return false;
}

static bool
is_comparison(char byte)
{
    return byte == '=' || byte == '<' || byte == '>' || byte == '~' || byte == '!';
}

/* Where the operator begins, not before the second byte; `ret_length` of it. */
static size_t
find_operator(const struct scl_package_operand *o, struct scl_str text, size_t *ret_length)
{
    bool compares = has_pin(o, "=") || has_pin(o, "==") || o->syntax & EXTRAS;
    bool has_at = has_pin(o, "@"), has_colon = has_pin(o, ":");
    size_t depth = 0;

    for (size_t i = 1; i < text.len; i++) {
        char byte = text.at[i];

        depth += byte == '{' || byte == '[';
        if (depth) { /* ${X:-1} and name[extra] hold no operator */
            depth -= byte == '}' || byte == ']';
            continue;
        }
        *ret_length = 1;
        if ((has_at && byte == '@') || (has_colon && byte == ':'))
            return i;
        if (!compares || !is_comparison(byte))
            continue;
        while (i + *ret_length < text.len && is_comparison(text.at[i + *ret_length]))
            ++*ret_length;
        return i;
    }
    return SIZE_MAX;
}

/* The start of the part behind the last hyphen before `end`, or 0. */
static size_t
last_part(struct scl_str text, size_t end)
{
    size_t hyphen = scl_str_find_last(scl_str_sub(text, 0, end), '-');

    return hyphen == SIZE_MAX ? 0 : hyphen + 1;
}

static bool
starts_version(struct scl_str text, size_t at)
{
    if (!at || at >= text.len)
        return false;
    return scl_is_digit(text.at[at]) || text.at[at] == '$' || text.at[at] == '*';
}

/* name-version and name-version-release: the last one or two parts that begin with a digit. */
static void
take_hyphen(const struct scl_package_operand *o, struct scl_str text)
{
    size_t start = last_part(text, text.len), before;

    if (o->syntax & WORDS && start > 1) {
        set_name(o, scl_str_sub(text, 0, start - 1));
        set_version(o, scl_str_sub(text, start, text.len),
                    pin_of(o, scl_str_sub(text, start, text.len), false));
        return;
    }
    if (!starts_version(text, start) || start < 2) {
        set_name(o, text);
        return;
    }
    before = last_part(text, start - 1);
    if (starts_version(text, before) && before > 1)
        start = before;
    set_name(o, scl_str_sub(text, 0, start - 1));
    set_version(o, scl_str_sub(text, start, text.len),
                pin_of(o, scl_str_sub(text, start, text.len), false));
}

static struct scl_str
without(struct scl_str text, char from)
{
    return scl_str_sub(text, 0, scl_str_find_char(text, from));
}

static void
take_name(const struct scl_package_operand *o, struct scl_str name)
{
    size_t channel = scl_str_find(name, SCL_S("::"));

    if (o->syntax & EXTRAS)
        name = without(name, '[');
    if (o->syntax & SUITES)
        name = without(without(name, '/'), ':');
    if (o->syntax & CHANNELS && channel != SIZE_MAX)
        name = scl_str_sub(name, channel + 2, name.len);
    set_name(o, name);
}

static void
take_registry(const struct scl_package_operand *o, struct scl_str text)
{
    size_t length = 0, at = find_operator(o, text, &length);
    struct scl_str version, sign;
    struct scl_package name;
    enum scl_package_pin pin;

    if (at == SIZE_MAX && (o->syntax & HYPHEN || has_pin(o, "-"))) {
        take_hyphen(o, text);
        return;
    }
    take_name(o, scl_str_sub(text, 0, at));
    if (at == SIZE_MAX)
        return;
    name = *o->package;
    sign = scl_str_sub(text, at, length);
    version = scl_str_trim(scl_str_sub(text, at + length, text.len));
    if (scl_str_starts(version, SCL_S("=")))
        version = scl_str_sub(version, 1, version.len);
    if (scl_str_is(sign, "@") && is_url(o, version)) {
        set_url(o, version);
        if (name.name.len) {
            o->package->name = name.name;
            o->package->is_known = name.is_known;
        }
        return;
    }
    if (scl_str_starts(version, SCL_S("npm:"))) /* another package under this name */
        version = scl_str_sub(version, scl_str_find_last(version, '@') + 1, version.len);
    pin = pin_of(o, version, o->syntax & SEMANTIC && length == 1);
    if ((scl_str_is(sign, "@") && o->syntax & TAG_RANGE) ||
        (is_comparison(sign.at[0]) && !scl_str_is(sign, "=") && !scl_str_is(sign, "==") &&
         !scl_str_is(sign, "===")))
        pin = SCL_PIN_RANGE;
    if (o->syntax & FUZZY && scl_str_is(sign, "=") && pin == SCL_PIN_EXACT &&
        is_known(o, version) && !is_full_version(without(version, '=')) &&
        scl_str_find_char(version, '=') == SIZE_MAX)
        pin = SCL_PIN_RANGE;
    set_version(o, version, pin);
}

void
scl_package_operand_read(const struct scl_package_operand *o, struct scl_str text)
{
    if (o->syntax & EXTRAS && scl_str_find(text, SCL_S("://")) == SIZE_MAX)
        text = without(text, ';');
    text = scl_str_trim(text);
    if (!text.len)
        return;
    if (o->syntax & EXTRAS && scl_str_find(text, SCL_S(" @ ")) != SIZE_MAX) {
        take_registry(o, text);
    } else if (is_url(o, text)) {
        set_url(o, text);
    } else if (is_file(o, text)) {
        o->package->kind = SCL_PACKAGE_FILE;
        set_name(o, text);
        o->package->is_pin_known = o->package->is_version_known = true;
    } else if (o->syntax & GROUPS && text.at[0] == '@') {
        o->package->kind = SCL_PACKAGE_GROUP;
        set_name(o, scl_str_sub(text, 1, text.len));
    } else if (o->syntax & SUITES && text.at[text.len - 1] == '^') {
        o->package->kind = SCL_PACKAGE_GROUP;
        set_name(o, scl_str_sub(text, 0, text.len - 1));
    } else if (o->syntax & DOT_VIRTUAL && text.at[0] == '.') {
        o->package->kind = SCL_PACKAGE_VIRTUAL;
        set_name(o, text);
    } else {
        take_registry(o, text);
    }
}

unsigned
scl_package_syntax(struct scl_str manager)
{
    for (size_t i = 0; i < sizeof syntaxes / sizeof syntaxes[0]; i++)
        if (scl_str_is(manager, syntaxes[i].manager))
            return syntaxes[i].flags;
    return 0;
}

void
scl_package_version(const struct scl_package_operand *o, struct scl_str version, bool is_exact)
{
    set_version(o, version,
                is_exact ? SCL_PIN_EXACT : pin_of(o, version, (o->syntax & SEMANTIC) != 0));
}

bool
scl_package_is_refused(unsigned syntax, struct scl_str text)
{
    return (syntax & SUITES && text.len > 1 && text.at[text.len - 1] == '-') ||
           (syntax & DOT_VIRTUAL && text.len > 1 && text.at[0] == '!');
}
