/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_mount.c: what the fields of `--mount` and `--device` mean
 *
 * Fields count in their order, the last of a kind wins, and a few are only valid once `type` has
 * said so: `required,type=secret` is an error. Whether a mount can be written to depends on its
 * type where no field says.
 */
#include "syntax/dockerfile.h"

#include "base/text.h"

enum key {
    KEY_TYPE,
    KEY_FROM,
    KEY_SOURCE,
    KEY_TARGET,
    KEY_READ_ONLY,
    KEY_READ_WRITE,
    KEY_REQUIRED,
    KEY_SIZE,
    KEY_ID,
    KEY_SHARING,
    KEY_MODE,
    KEY_UID,
    KEY_GID,
    KEY_ENV,
    KEY_NONE
};

struct name {
    const char *text;
    enum key key;
};

static const struct name names[] = {
    { "type", KEY_TYPE },           { "from", KEY_FROM },
    { "source", KEY_SOURCE },       { "src", KEY_SOURCE },
    { "target", KEY_TARGET },       { "dst", KEY_TARGET },
    { "destination", KEY_TARGET },  { "readonly", KEY_READ_ONLY },
    { "ro", KEY_READ_ONLY },        { "readwrite", KEY_READ_WRITE },
    { "rw", KEY_READ_WRITE },       { "required", KEY_REQUIRED },
    { "size", KEY_SIZE },           { "id", KEY_ID },
    { "sharing", KEY_SHARING },     { "mode", KEY_MODE },
    { "uid", KEY_UID },             { "gid", KEY_GID },
    { "env", KEY_ENV },
};

static const char *const types[] = { "bind", "cache", "tmpfs", "secret", "ssh", NULL };
static const char *const sharings[] = { "", "shared", "private", "locked", NULL };

/* A mount being made; `where` has the number of the last field of each key. */
struct making {
    struct scl_arena *arena;
    const struct scl_docker_option *option;
    struct scl_docker_mount mount;
    struct scl_docker_problem *problem;
    uint32_t where[KEY_NONE];
    bool says_access;
};

/* The problem at a field; always false. */
static bool
fail(struct scl_arena *arena, struct scl_docker_problem *ret, uint32_t field, const char *what,
     struct scl_str text)
{
    struct scl_text message = { 0 };
    char *copy = NULL;

    scl_text_f(&message, text.at ? "%s '%.*s'" : "%s", what, SCL_ARG(text));
    if (!message.failed)
        copy = scl_arena_copy(arena, message.at, message.len);
    *ret = (struct scl_docker_problem){ scl_str_n(copy, copy ? message.len : 0), field };
    if (!copy)
        arena->failed = true;
    scl_text_finish(&message);
    return false;
}

static bool
fail_at(struct making *making, uint32_t field, const char *what, struct scl_str text)
{
    return fail(making->arena, making->problem, field, what, text);
}

static bool
fail_type(struct making *making, uint32_t field, struct scl_str key)
{
    struct scl_text message = { 0 };
    bool ok;

    scl_text_f(&message, "a mount of type %s takes no", types[making->mount.type]);
    if (message.failed)
        making->arena->failed = true;
    ok = fail_at(making, field, message.failed ? "" : message.at, key);
    scl_text_finish(&message);
    return ok;
}

/* The number of a word in a list, letters of either case; UINT32_MAX: it is not there. */
static uint32_t
index_of(const char *const *list, struct scl_str word)
{
    for (uint32_t i = 0; list[i]; i++)
        if (scl_str_is_nocase(word, list[i]))
            return i;
    return UINT32_MAX;
}

static enum key
key_of(struct scl_str text)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (scl_str_is_nocase(text, names[i].text))
            return names[i].key;
    return KEY_NONE;
}

static bool
parse_bool(struct scl_str text, bool *ret)
{
    static const char *const yes[] = { "1", "t", "T", "TRUE", "true", "True" };
    static const char *const no[] = { "0", "f", "F", "FALSE", "false", "False" };

    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        *ret = scl_str_is(text, yes[i]);
        if (*ret || scl_str_is(text, no[i]))
            return true;
    }
    return false;
}

/* Digits of a base up to 10, within 32 bits. */
static bool
parse_number(struct scl_str text, unsigned base, uint32_t *ret)
{
    uint64_t value = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned)(unsigned char)text.at[i] - '0';

        if (digit >= base)
            return false;
        value = value * base + digit;
        if (value > UINT32_MAX)
            return false;
    }
    *ret = (uint32_t)value;
    return text.len > 0;
}

/* What stands behind the number of a size, as a power of 1024; false: no such unit. */
static bool
parse_unit(struct scl_str text, unsigned *ret_power)
{
    static const char signs[] = "bkmgtp";
    size_t at = 0;

    *ret_power = 0;
    if (text.len && text.at[0] == ' ')
        text = scl_str_sub(text, 1, text.len);
    if (text.len == 0)
        return true;
    while (signs[at] && signs[at] != scl_lower(text.at[0]))
        at++;
    *ret_power = (unsigned)at;
    text = scl_str_sub(text, 1, text.len);
    return signs[at] && (text.len == 0 || (at && (scl_str_is_nocase(text, "b") ||
                                                  scl_str_is_nocase(text, "ib"))));
}

/* `512m`, `1.5g`: of the fraction, what makes whole bytes. */
static bool
parse_size(struct scl_str text, int64_t *ret)
{
    struct scl_str fraction = { NULL, 0 };
    int64_t whole = 0, part;
    size_t end = 0, after;
    unsigned power;

    while (end < text.len && scl_is_digit(text.at[end]))
        end++;
    after = end;
    if (after < text.len && text.at[after] == '.') {
        for (after++; after < text.len && scl_is_digit(text.at[after]);)
            after++;
        fraction = scl_str_sub(text, end + 1, after - end - 1);
    }
    if (end + fraction.len == 0 || !parse_unit(scl_str_sub(text, after, text.len), &power) ||
        (end && !scl_str_int(scl_str_sub(text, 0, end), &whole)) ||
        whole > INT64_MAX >> 10 * power)
        return false;
    *ret = whole << 10 * power;
    part = INT64_C(1) << 10 * power;
    for (size_t i = 0; i < fraction.len && part; i++) {
        int64_t digit = fraction.at[i] - '0', share = part / 10;

        if (digit * share > INT64_MAX - *ret)
            return false;
        *ret += digit * share + digit * (part % 10) / 10;
        part = share;
    }
    return true;
}

/* ---- fields ---- */

/* A field without a value: only switches may be. */
static bool
take_switch(struct making *making, uint32_t field, enum key key)
{
    struct scl_docker_mount *mount = &making->mount;
    const struct scl_docker_pair *pair = &making->option->fields[field];

    switch (key) {
    case KEY_READ_ONLY:
    case KEY_READ_WRITE:
        mount->is_read_only = key == KEY_READ_ONLY;
        making->says_access = true;
        return true;
    case KEY_REQUIRED:
        if (mount->type != SCL_DOCKER_MOUNT_SECRET && mount->type != SCL_DOCKER_MOUNT_SSH)
            return fail_type(making, field, pair->key);
        mount->is_required = true;
        return true;
    default:
        return fail_at(making, field, "no value for the field", pair->key);
    }
}

/* `readonly`, `readwrite` and `required` with a value. */
static bool
take_bool(struct making *making, uint32_t field, enum key key, struct scl_str value)
{
    bool is_true;

    if (key == KEY_REQUIRED && !take_switch(making, field, key))
        return false;
    if (!parse_bool(value, &is_true))
        return fail_at(making, field, "neither true nor false:", value);
    if (key == KEY_REQUIRED) {
        making->mount.is_required = is_true;
        return true;
    }
    making->mount.is_read_only = is_true == (key == KEY_READ_ONLY);
    making->says_access = true;
    return true;
}

static bool
take_number(struct making *making, uint32_t field, enum key key, struct scl_str value)
{
    struct scl_docker_mount *mount = &making->mount;

    switch (key) {
    case KEY_MODE:
        mount->has_mode = true;
        return parse_number(value, 8, &mount->mode) ||
               fail_at(making, field, "invalid mode", value);
    case KEY_UID:
        mount->has_uid = true;
        return parse_number(value, 10, &mount->uid) ||
               fail_at(making, field, "invalid uid", value);
    case KEY_GID:
        mount->has_gid = true;
        return parse_number(value, 10, &mount->gid) ||
               fail_at(making, field, "invalid gid", value);
    default:
        if (mount->type != SCL_DOCKER_MOUNT_TMPFS)
            return fail_type(making, field, making->option->fields[field].key);
        return parse_size(value, &mount->size) || fail_at(making, field, "invalid size", value);
    }
}

static bool
take_value(struct making *making, uint32_t field, enum key key, struct scl_str value)
{
    struct scl_docker_mount *mount = &making->mount;
    uint32_t found;

    switch (key) {
    case KEY_TYPE:
        found = index_of(types, value);
        if (found == UINT32_MAX)
            return fail_at(making, field, "unknown mount type", value);
        mount->type = (enum scl_docker_mount_type)found;
        return true;
    case KEY_SHARING:
        found = value.len ? index_of(sharings, value) : UINT32_MAX;
        if (found == UINT32_MAX)
            return fail_at(making, field, "unknown sharing mode", value);
        mount->sharing = (enum scl_docker_sharing)found;
        return true;
    case KEY_FROM:
        mount->from = value;
        return true;
    case KEY_SOURCE:
        mount->source = value;
        return true;
    case KEY_TARGET:
        mount->target = value;
        return true;
    case KEY_ID:
        mount->id = value;
        return true;
    case KEY_ENV:
        mount->env = value;
        mount->has_env = true;
        return true;
    case KEY_READ_ONLY:
    case KEY_READ_WRITE:
    case KEY_REQUIRED:
        return take_bool(making, field, key, value);
    case KEY_NONE:
        return fail_at(making, field, "unknown mount field", making->option->fields[field].key);
    default:
        return take_number(making, field, key, value);
    }
}

/* What fits no type, once all fields are known. */
static bool
validate(struct making *making)
{
    struct scl_docker_mount *mount = &making->mount;
    bool is_secret = mount->type == SCL_DOCKER_MOUNT_SECRET;

    if (mount->type == SCL_DOCKER_MOUNT_BIND || mount->type == SCL_DOCKER_MOUNT_TMPFS) {
        if (mount->has_mode)
            return fail_type(making, making->where[KEY_MODE], SCL_S("mode"));
        if (mount->has_uid)
            return fail_type(making, making->where[KEY_UID], SCL_S("uid"));
        if (mount->has_gid)
            return fail_type(making, making->where[KEY_GID], SCL_S("gid"));
    }
    if (is_secret && mount->from.len)
        return fail_type(making, making->where[KEY_FROM], SCL_S("from"));
    if (mount->sharing && mount->type != SCL_DOCKER_MOUNT_CACHE)
        return fail_type(making, making->where[KEY_SHARING], SCL_S("sharing"));
    if (is_secret && mount->source.len + mount->target.len + mount->id.len == 0)
        return fail_at(making, 0, "a secret has no id, source or target", scl_str_n(NULL, 0));
    if (is_secret && mount->source.len && mount->id.len)
        return fail_at(making, making->where[KEY_SOURCE], "a secret has both source and id",
                       scl_str_n(NULL, 0));
    if (mount->type == SCL_DOCKER_MOUNT_SSH && mount->source.len)
        return fail_type(making, making->where[KEY_SOURCE], SCL_S("source"));
    return true;
}

bool
scl_docker_mount_evaluate(struct scl_arena *arena, const struct scl_docker_option *option,
                          const struct scl_str *values, struct scl_docker_mount *ret,
                          struct scl_docker_problem *ret_problem)
{
    struct making making = { .arena = arena, .option = option, .problem = ret_problem };

    for (uint32_t i = 0; i < option->field_count; i++) {
        const struct scl_docker_pair *field = &option->fields[i];
        struct scl_str value = values ? values[i] : field->value;
        enum key key = key_of(field->key);

        if (key != KEY_NONE)
            making.where[key] = i;
        if (!(field->has_value ? take_value(&making, i, key, value)
                               : take_switch(&making, i, key)))
            return false;
    }
    if (!validate(&making))
        return false;
    if (!making.says_access)
        making.mount.is_read_only = making.mount.type != SCL_DOCKER_MOUNT_CACHE &&
                                    making.mount.type != SCL_DOCKER_MOUNT_TMPFS;
    *ret = making.mount;
    return true;
}

bool
scl_docker_device_evaluate(struct scl_arena *arena, const struct scl_docker_option *option,
                           struct scl_docker_device *ret, struct scl_docker_problem *ret_problem)
{
    *ret = (struct scl_docker_device){ .name = { NULL, 0 } };
    for (uint32_t i = 0; i < option->field_count; i++) {
        const struct scl_docker_pair *field = &option->fields[i];
        struct scl_str whole = field->key;

        if (scl_str_is_nocase(field->key, "required")) {
            ret->is_required = true;
            if (field->has_value && !parse_bool(field->value, &ret->is_required))
                return fail(arena, ret_problem, i, "neither true nor false:", field->value);
            continue;
        }
        if (scl_str_is_nocase(field->key, "name") && field->has_value)
            whole = field->value;
        else if (i > 0)
            return fail(arena, ret_problem, i, "unknown device field", field->key);
        else if (field->has_value)
            whole.len = (size_t)(field->value.at + field->value.len - field->key.at);
        if (ret->name.at)
            return fail(arena, ret_problem, i, "a second name of a device", whole);
        ret->name = whole;
    }
    return true;
}
