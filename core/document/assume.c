/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assume.c: what the one who judges says where no document tells
 */
#include "document/assume.h"

#include <string.h>

/* What can be assumed: the values there are, between blanks (NULL: versions), and in words. */
static const struct {
    const char *key, *values, *words;
} assumables[SCL_ASSUME_COUNT] = {
    [SCL_ASSUME_CGROUP] = { "cgroup", " 1 2 ", "1 or 2" },
    [SCL_ASSUME_KUBELET_SECCOMP] = { "kubelet.seccomp_default", " true false ", "true or false" },
    [SCL_ASSUME_RUNTIME] = { "runtime", " docker podman containerd crio ",
                             "docker, podman, containerd or crio" },
    [SCL_ASSUME_RUNTIME_VERSION] = { "runtime_version", NULL, "a version, as 27.1" },
};

unsigned
scl_assumption_find(struct scl_str key)
{
    unsigned id = 0;

    while (id < SCL_ASSUME_COUNT && !scl_str_is(key, assumables[id].key))
        id++;
    return id;
}

/* Whether a word stands in a list of words between blanks. */
static bool
has_word(const char *words, struct scl_str word)
{
    struct scl_str rest = scl_str_c(words), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (one.len && scl_str_same(one, word))
            return true;
    return false;
}

static bool
takes(unsigned id, struct scl_str value)
{
    if (assumables[id].values)
        return has_word(assumables[id].values, value);
    return value.len && value.len <= SCL_ASSUMED_VALUE && scl_is_digit(value.at[0]);
}

scantling_error *
scl_assumed_add(struct scl_assumed *assumed, struct scl_str key, struct scl_str value)
{
    unsigned id = scl_assumption_find(key);

    if (id == SCL_ASSUME_COUNT)
        return scl_error_new(SCANTLING_STATUS_ARGUMENT,
                             "'%.*s' cannot be assumed; what can be is cgroup, "
                             "kubelet.seccomp_default, runtime and runtime_version", SCL_ARG(key));
    if (!takes(id, value))
        return scl_error_new(SCANTLING_STATUS_ARGUMENT,
                             "%.*s cannot be assumed to be '%.*s'; it is %s", SCL_ARG(key),
                             SCL_ARG(value), assumables[id].words);
    assumed->values[id] = value;
    memcpy(assumed->texts[id], key.at, key.len);
    assumed->texts[id][key.len] = '=';
    memcpy(assumed->texts[id] + key.len + 1, value.at, value.len);
    assumed->texts[id][key.len + 1 + value.len] = '\0';
    return NULL;
}

/* Documents that do not tell which of these runs them. */
static const struct {
    const char *format, *families;
} undecided[] = {
    { "compose", " docker podman " },
    { "kubernetes", " containerd crio " },
};

const char *
scl_assumed_family(const struct scl_assumed *assumed, struct scl_str format)
{
    static const char *const families[] = { "docker", "podman", "containerd", "crio" };
    struct scl_str runtime = assumed->values[SCL_ASSUME_RUNTIME];
    const char *found = NULL;

    for (size_t i = 0; runtime.len && i < sizeof families / sizeof families[0]; i++)
        if (scl_str_is(runtime, families[i]))
            found = families[i];
    for (size_t i = 0; found && i < sizeof undecided / sizeof undecided[0]; i++)
        if (scl_str_is(format, undecided[i].format))
            return has_word(undecided[i].families, runtime) ? found : NULL;
    return NULL;
}

const char *
scl_assumed_text(const struct scl_assumed *assumed, unsigned field)
{
    static const struct {
        unsigned field, id;
    } sources[] = {
        { SCL_CONTAINER_NS_CGROUP_MODE, SCL_ASSUME_CGROUP },
        { SCL_CONTAINER_NS_CGROUP_HOST, SCL_ASSUME_CGROUP },
        { SCL_CONTAINER_SECCOMP_MODE, SCL_ASSUME_KUBELET_SECCOMP },
        { SCL_CONTAINER_SECCOMP_CONFINED, SCL_ASSUME_KUBELET_SECCOMP },
        { SCL_CONTAINER_RUNTIME_FAMILY, SCL_ASSUME_RUNTIME },
        { SCL_HOST_SERVER_VERSION, SCL_ASSUME_RUNTIME_VERSION },
    };

    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (sources[i].field == field)
            return assumed->texts[sources[i].id];
    return NULL;
}

const char *
scl_default_words(const char *default_of)
{
    return strchr(default_of, '=') ? "assumed " : "default of ";
}
