/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker_security.c: security options, capabilities and namespaces of Docker's containers
 *
 * A security option is KEY=VALUE, older ones KEY:VALUE; of contrary ones the last counts. The
 * client puts the text of a seccomp profile into the option.
 */
#include "formats/docker_container.h"
#include "formats/oci_runtime.h"
#include "syntax/json.h"

/* What one option is about, and where it stands. */
struct option {
    struct scl_lowering *l;
    uint32_t object;
    uint32_t origin;
    struct scl_str value;
};

static void
set_text(const struct option *option, unsigned field, struct scl_str text)
{
    scl_build_text(option->l->d, option->object, field, text, option->origin);
}

static void
set_confined(const struct option *option, bool truth)
{
    scl_build_bool(option->l->d, option->object, SCL_CONTAINER_SECCOMP_CONFINED, truth,
                   scl_build_derived(option->l->d, option->object, SCL_CONTAINER_SECCOMP_MODE));
}

/* The profile is a document in a text: its places are none of this one's. */
static void
read_profile(const struct option *option)
{
    struct scl_document *d = option->l->d;
    struct scl_source *source = scl_arena_alloc(&d->arena, sizeof *source);
    const struct scl_tree *profile = NULL;
    struct scl_notes notes;
    bool refuses;

    scl_notes_init(&notes, &d->arena);
    if (source && scl_source_init(source, &d->arena, SCL_S("seccomp"), option->value))
        profile = scl_json_read(&d->arena, source, &scl_tree_default_limits, &notes);
    if (profile && scl_rows_text_at(profile, "defaultAction").len)
        set_text(option, SCL_CONTAINER_SECCOMP_DEFAULT_ACTION,
                 scl_rows_text_at(profile, "defaultAction"));
    if (profile && scl_seccomp_refuses(profile, &refuses))
        set_confined(option, refuses);
    else
        scl_build_empty(d, option->object, SCL_CONTAINER_SECCOMP_CONFINED,
                        SCANTLING_STATE_UNKNOWN, option->origin);
}

static void
read_seccomp(const struct option *option)
{
    if (scl_str_is(option->value, "unconfined")) {
        set_text(option, SCL_CONTAINER_SECCOMP_MODE, SCL_S("unconfined"));
        set_confined(option, false);
    } else if (!option->value.len || scl_str_is(option->value, "builtin")) {
        set_text(option, SCL_CONTAINER_SECCOMP_MODE, SCL_S("default"));
        set_confined(option, true);
    } else {
        set_text(option, SCL_CONTAINER_SECCOMP_MODE, SCL_S("profile"));
        if (option->value.at[0] == '{') {
            read_profile(option);
        } else { /* the name of a file */
            set_text(option, SCL_CONTAINER_SECCOMP_PROFILE, option->value);
            set_confined(option, true);
        }
    }
}

/* What runtimes call the profile that they load by themselves. */
bool
scl_docker_is_own_apparmor(struct scl_str name)
{
    return scl_str_is(name, "docker-default") || scl_str_is(name, "crio-default") ||
           scl_str_is(name, "cri-containerd.apparmor.d") ||
           scl_str_starts(name, SCL_S("containers-default-"));
}

static void
read_apparmor(const struct option *option)
{
    if (scl_str_is(option->value, "unconfined")) {
        set_text(option, SCL_CONTAINER_APPARMOR_MODE, SCL_S("unconfined"));
        return;
    }
    set_text(option, SCL_CONTAINER_APPARMOR_PROFILE, option->value);
    set_text(option, SCL_CONTAINER_APPARMOR_MODE,
             scl_docker_is_own_apparmor(option->value) ? SCL_S("default") : SCL_S("profile"));
}

static void
read_label(const struct option *option)
{
    static const struct {
        struct scl_str key;
        unsigned field;
    } parts[] = {
        { SCL_STR("user"), SCL_CONTAINER_SELINUX_USER },
        { SCL_STR("role"), SCL_CONTAINER_SELINUX_ROLE },
        { SCL_STR("type"), SCL_CONTAINER_SELINUX_TYPE },
        { SCL_STR("level"), SCL_CONTAINER_SELINUX_LEVEL },
    };
    const struct scl_value *mode =
        scl_build_find(option->l->d, option->object, SCL_CONTAINER_SELINUX_MODE);
    bool is_disabled = mode && mode->kind == SCL_KIND_TEXT &&
                       scl_str_is(scl_value_text(mode), "disabled"); /* wherever it stands */
    struct scl_str rest = option->value, key;

    if (scl_str_is(option->value, "disable")) {
        set_text(option, SCL_CONTAINER_SELINUX_MODE, SCL_S("disabled"));
        return;
    }
    if (!scl_str_cut(&rest, ':', &key))
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!scl_str_same(parts[i].key, key))
            continue;
        set_text(option, parts[i].field, rest);
        if (!is_disabled)
            set_text(option, SCL_CONTAINER_SELINUX_MODE, SCL_S("custom"));
    }
}

void
scl_docker_label(struct scl_lowering *l, uint32_t object, struct scl_str text, uint32_t origin)
{
    struct option option = { l, object, origin, text };

    read_label(&option);
}

/* As the engine reads a truth; the option alone is one. */
static void
read_no_new_privileges(const struct option *option)
{
    static const char *const no[] = { "false", "False", "FALSE", "0", "f", "F" };
    bool truth = true;

    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        truth = truth && !scl_str_is(option->value, no[i]);
    scl_build_bool(option->l->d, option->object, SCL_CONTAINER_NO_NEW_PRIVILEGES, truth,
                   option->origin);
}

/* Nothing of /proc and /sys is hidden then. */
static void
read_system_paths(const struct option *option)
{
    if (!scl_str_is(option->value, "unconfined"))
        return;
    scl_build_list(option->l->d, option->object, SCL_CONTAINER_MASKED_PATHS, option->origin);
    scl_build_list(option->l->d, option->object, SCL_CONTAINER_READONLY_PATHS, option->origin);
}

static const struct {
    struct scl_str key;
    unsigned group; /* that the option is the place of; SCL_NONE: none */
    void (*read)(const struct option *option);
} options[] = {
    { SCL_STR("seccomp"), SCL_CONTAINER_SECCOMP, read_seccomp },
    { SCL_STR("apparmor"), SCL_CONTAINER_APPARMOR, read_apparmor },
    { SCL_STR("label"), SCL_CONTAINER_SELINUX, read_label },
    { SCL_STR("no-new-privileges"), SCL_NONE, read_no_new_privileges },
    { SCL_STR("systempaths"), SCL_NONE, read_system_paths },
};

void
scl_docker_security_option(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node), key;
    struct option option = { l, object, scl_rows_origin(l, node), { "", 0 } };
    size_t cut = scl_str_find_char(text, '=');

    if (cut == SIZE_MAX)
        cut = scl_str_find_char(text, ':');
    key = scl_str_sub(text, 0, cut);
    if (cut != SIZE_MAX)
        option.value = scl_str_sub(text, cut + 1, text.len);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!scl_str_same(options[i].key, key))
            continue;
        if (options[i].group)
            scl_build_group(l->d, object, options[i].group, option.origin);
        options[i].read(&option);
    }
}

void
scl_docker_lose_security(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    static const unsigned fields[] = {
        SCL_CONTAINER_NO_NEW_PRIVILEGES, SCL_CONTAINER_SECCOMP_MODE,
        SCL_CONTAINER_SECCOMP_CONFINED,  SCL_CONTAINER_APPARMOR_MODE,
        SCL_CONTAINER_SELINUX_MODE,
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        scl_build_empty(l->d, object, fields[i], SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, node));
}

void
scl_docker_security(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    bool is_list = scl_rows_expect(l, object, field, node, SCL_TREE_LIST);

    if (!is_list || node->is_cut)
        scl_docker_lose_security(l, object, node);
    if (is_list)
        scl_build_list(l->d, object, SCL_CONTAINER_SECURITY_OPT, scl_rows_origin(l, node));
    if (!is_list || node->is_cut)
        scl_build_open(l->d, object, SCL_CONTAINER_SECURITY_OPT);
    for (uint32_t i = 0; is_list && i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (!scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_STRING)) {
            scl_docker_lose_security(l, object, item);
            continue;
        }
        scl_build_item_text(l->d, object, SCL_CONTAINER_SECURITY_OPT, scl_tree_text(item),
                            scl_rows_origin(l, item));
        scl_docker_security_option(l, object, item);
    }
}

/* The profile in force: empty where the host has no AppArmor. What an option says is the cause. */
void
scl_docker_apparmor(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node)
{
    struct option option = { l, object, scl_rows_origin(l, node), scl_tree_text(node) };

    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING) && node->count &&
        !scl_build_has(l->d, object, SCL_CONTAINER_APPARMOR_MODE))
        read_apparmor(&option);
}

/* USER:ROLE:TYPE:LEVEL in force: type and level say whom it can reach. */
void
scl_docker_process_label(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node)
{
    static const unsigned fields[] = { SCL_NONE, SCL_NONE, SCL_CONTAINER_SELINUX_TYPE };
    struct option option = { l, object, scl_rows_origin(l, node), { "", 0 } };
    struct scl_str rest = scl_tree_text(node), part;

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (scl_str_cut(&rest, ':', &part) && fields[i] && part.len &&
            !scl_build_has(l->d, object, fields[i]))
            set_text(&option, fields[i], part);
    if (rest.len && !scl_build_has(l->d, object, SCL_CONTAINER_SELINUX_LEVEL))
        set_text(&option, SCL_CONTAINER_SELINUX_LEVEL, rest);
}

/* The fields of a namespace stand in a row from its group on. */
enum { MODE = 1, TARGET, HOST };

/* Other words for a mode: the networks that every engine has. */
static struct scl_str
mode_of(unsigned field, struct scl_str text)
{
    static const char *const words[] = { "host", "none", "private", "shareable", "bridge",
                                         "slirp4netns", "pasta", "keep-id", "nomap", "auto" };

    if (field == SCL_CONTAINER_NS_NET && scl_str_is(text, "default"))
        return SCL_S("bridge");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (scl_str_is(text, words[i]))
            return text;
    return field == SCL_CONTAINER_NS_NET ? SCL_S("named") : text;
}

/* HOST, container:NAME, or one of the words; an empty one leaves it to the engine. */
void
scl_docker_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    struct scl_str target = scl_tree_text(node), word, mode;
    uint32_t origin = scl_rows_origin(l, node);
    bool has_target;

    if (!scl_rows_expect(l, object, field + MODE, node, SCL_TREE_STRING)) {
        scl_build_empty(l->d, object, field + HOST, SCANTLING_STATE_UNKNOWN, origin);
        return;
    }
    if (!node->count)
        return;
    has_target = scl_str_cut(&target, ':', &word) && word.len < node->count;
    if (has_target && (scl_str_is(word, "container") || scl_str_is(word, "service")))
        mode = word;
    else
        mode = has_target && scl_str_is(word, "ns") ? SCL_S("path") : mode_of(field, word);
    scl_build_group(l->d, object, field, origin);
    scl_build_text(l->d, object, field + MODE, mode, origin);
    if (has_target || scl_str_is(mode, "named"))
        scl_build_text(l->d, object, field + TARGET, scl_str_is(mode, "named") ? word : target,
                       origin);
    else if (scl_build_has(l->d, object, field + TARGET)) /* of what was asked for before */
        scl_build_empty(l->d, object, field + TARGET, SCANTLING_STATE_ABSENT, 0);
    scl_build_bool(l->d, object, field + HOST, scl_str_is(mode, "host"),
                   scl_build_derived(l->d, object, field + MODE));
}
