/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_security.c: the security context of a container
 *
 * Most of it is the container's alone; user, groups and profiles fall back to what the pod says. A
 * profile is one thing: that of a container replaces the pod's whole. Before there were fields for
 * them profiles were annotations, which count where no field speaks.
 */
#include "formats/kubernetes.h"
#include "syntax/yaml_read.h"

#include <string.h>

/* What unmasks /proc leaves no path masked. */
static void
read_proc_mount(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    if (scl_str_is(scl_tree_text(node), "Unmasked")) {
        scl_build_text(l->d, object, field, SCL_S("unmasked"), origin);
        scl_build_list(l->d, object, SCL_CONTAINER_MASKED_PATHS, origin);
        scl_build_list(l->d, object, SCL_CONTAINER_READONLY_PATHS, origin);
    } else if (scl_str_is(scl_tree_text(node), "Default")) {
        scl_build_text(l->d, object, field, SCL_S("default"), origin);
    } else if (node->count) {
        scl_rows_refuse(l, object, field, node, "expected Default or Unmasked");
    }
}

#define AT(path) SCL_KUBE_CONTAINER "securityContext." path

const struct scl_json_row scl_kube_security_rows[] = {
    { SCL_KUBE_CONTAINER "securityContext", SCL_NONE, scl_row_object },
    { AT("capabilities"), SCL_CONTAINER_CAPABILITIES, scl_row_group },
    { AT("capabilities.add"), SCL_CONTAINER_CAP_ADD, scl_row_capabilities },
    { AT("capabilities.drop"), SCL_CONTAINER_CAP_DROP, scl_row_capabilities },
    { AT("capabilities.add"), SCL_CONTAINER_CAP_EFFECTIVE, NULL },
    { AT("privileged"), SCL_CONTAINER_PRIVILEGED, scl_kube_bool },
    { AT("allowPrivilegeEscalation"), SCL_CONTAINER_NO_NEW_PRIVILEGES, scl_kube_not },
    { AT("readOnlyRootFilesystem"), SCL_CONTAINER_READONLY_ROOTFS, scl_kube_bool },
    { AT("procMount"), SCL_CONTAINER_PROC_MOUNT, read_proc_mount },
    { AT("procMount"), SCL_CONTAINER_MASKED_PATHS, NULL },
    { AT("procMount"), SCL_CONTAINER_READONLY_PATHS, NULL },
    { AT("runAsUser"), SCL_CONTAINER_USER_UID, scl_kube_int },
    { AT("runAsUser"), SCL_CONTAINER_USER_IS_ROOT, NULL },
    { AT("runAsUser"), SCL_CONTAINER_USER_CERTAINTY, NULL },
    { AT("runAsUser"), SCL_CONTAINER_USER_ROOT_MAPS, NULL },
    { AT("runAsGroup"), SCL_CONTAINER_USER_GID, scl_kube_int },
    { AT("runAsNonRoot"), SCL_CONTAINER_USER_NOT_ROOT, scl_kube_bool },
    { AT("windowsOptions.hostProcess"), SCL_CONTAINER_WINDOWS_HOST_PROCESS, scl_kube_bool },
    { AT("windowsOptions.runAsUserName"), SCL_CONTAINER_WINDOWS_USER, scl_kube_text },
    { AT("seccompProfile"), SCL_CONTAINER_SECCOMP, NULL },
    { AT("seccompProfile.type"), SCL_CONTAINER_SECCOMP_MODE, NULL },
    { AT("seccompProfile.type"), SCL_CONTAINER_SECCOMP_CONFINED, NULL },
    { AT("seccompProfile.localhostProfile"), SCL_CONTAINER_SECCOMP_PROFILE, NULL },
    { AT("appArmorProfile"), SCL_CONTAINER_APPARMOR, NULL },
    { AT("appArmorProfile.type"), SCL_CONTAINER_APPARMOR_MODE, NULL },
    { AT("appArmorProfile.localhostProfile"), SCL_CONTAINER_APPARMOR_PROFILE, NULL },
    { AT("seLinuxOptions"), SCL_CONTAINER_SELINUX, NULL },
    { AT("seLinuxOptions"), SCL_CONTAINER_SELINUX_MODE, NULL },
    { AT("seLinuxOptions.user"), SCL_CONTAINER_SELINUX_USER, NULL },
    { AT("seLinuxOptions.role"), SCL_CONTAINER_SELINUX_ROLE, NULL },
    { AT("seLinuxOptions.type"), SCL_CONTAINER_SELINUX_TYPE, NULL },
    { AT("seLinuxOptions.level"), SCL_CONTAINER_SELINUX_LEVEL, NULL },
    { NULL, SCL_NONE, NULL },
};

#undef AT
#define AT(path) SCL_KUBE_POD "securityContext." path

/* Texts of numbers. */
static void
read_groups(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *single = node->kind == SCL_TREE_LIST ? NULL : node;

    if (single && !scl_rows_expect(l, object, field, single, SCL_TREE_NUMBER))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    if (single)
        scl_build_item_text(l->d, object, field, scl_tree_text(single), scl_rows_origin(l, node));
    for (uint32_t i = 0; !single && i < scl_tree_count(node); i++) {
        const struct scl_tree *item = scl_tree_child(node, i);

        if (scl_rows_expect(l, object, SCL_NONE, item, SCL_TREE_NUMBER))
            scl_build_item_text(l->d, object, field, scl_tree_text(item),
                                scl_rows_origin(l, item));
        else
            scl_build_item_unknown(l->d, object, field, scl_rows_origin(l, item));
    }
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

static void
read_sysctls(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    scl_row_pairs(l, object, field, node, "name");
}

/* A setting as a text, in the words of the API; unknown where it is of another kind. */
static void
add_own(struct scl_lowering *l, uint32_t object, unsigned field, const char *path,
        enum scl_tree_kind kind, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    struct scl_value *value;
    int64_t number;
    bool truth = false, is_right = true;

    if (kind == SCL_TREE_BOOL && scl_kube_truth_of(node, &truth))
        text = truth ? SCL_S("true") : SCL_S("false");
    else if (kind == SCL_TREE_NUMBER && node->kind == SCL_TREE_NUMBER &&
             scl_yaml_int(node, &number))
        text = scl_rows_print(&l->d->arena, "%lld", (long long)number);
    else
        is_right = scl_rows_expect(l, object, SCL_NONE, node, kind);
    value = scl_build_entry(l->d, object, field, scl_str_c(path), text, scl_rows_origin(l, node));
    if (value && !is_right) {
        value->kind = SCL_KIND_EMPTY;
        value->state = SCANTLING_STATE_UNKNOWN;
    }
}

/* What is judged in a pod as it is written, as Pod Security does, is not undone by containers that
 * all say something else. What is wrong with it has been noted by the other rows. */
static void
read_own(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    static const struct {
        const char *path;
        enum scl_tree_kind kind;
    } settings[] = {
        { "runAsNonRoot", SCL_TREE_BOOL },
        { "runAsUser", SCL_TREE_NUMBER },
        { "seccompProfile.type", SCL_TREE_STRING },
        { "appArmorProfile.type", SCL_TREE_STRING },
        { "seLinuxOptions.user", SCL_TREE_STRING },
        { "seLinuxOptions.role", SCL_TREE_STRING },
        { "seLinuxOptions.type", SCL_TREE_STRING },
        { "windowsOptions.hostProcess", SCL_TREE_BOOL },
    };
    uint32_t notes = l->d->notes.list.count;

    if (scl_rows_expect(l, object, field, node, SCL_TREE_MAP))
        scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (size_t i = 0; node->kind == SCL_TREE_MAP && i < sizeof settings / sizeof *settings; i++) {
        const struct scl_tree *own = scl_rows_find(node, settings[i].path);

        if (own)
            add_own(l, object, field, settings[i].path, settings[i].kind, own);
        else if (scl_rows_is_lost(node, settings[i].path))
            scl_build_open(l->d, object, field);
    }
    scl_notes_cut(&l->d->notes, notes);
}

const struct scl_json_row scl_kube_pod_security_rows[] = {
    { SCL_KUBE_POD "securityContext", SCL_NONE, scl_row_object },
    { SCL_KUBE_POD "securityContext", SCL_CONTAINER_POD_SECURITY, read_own },
    { AT("runAsUser"), SCL_CONTAINER_USER_UID, scl_kube_int },
    { AT("runAsGroup"), SCL_CONTAINER_USER_GID, scl_kube_int },
    { AT("runAsNonRoot"), SCL_CONTAINER_USER_NOT_ROOT, scl_kube_bool },
    { AT("windowsOptions.hostProcess"), SCL_CONTAINER_WINDOWS_HOST_PROCESS, scl_kube_bool },
    { AT("windowsOptions.runAsUserName"), SCL_CONTAINER_WINDOWS_USER, scl_kube_text },
    { AT("supplementalGroups"), SCL_CONTAINER_GROUPS, read_groups },
    { AT("fsGroup"), SCL_CONTAINER_GROUPS, read_groups },
    { AT("sysctls"), SCL_CONTAINER_SYSCTLS, read_sysctls },
    { NULL, SCL_NONE, NULL },
};

/* Profiles. */

/* The fields of a profile: mode, of seccomp also whether it confines, profile. */
struct profile_fields {
    unsigned group, mode, confined, profile;
};

static const struct profile_fields seccomp = {
    SCL_CONTAINER_SECCOMP, SCL_CONTAINER_SECCOMP_MODE, SCL_CONTAINER_SECCOMP_CONFINED,
    SCL_CONTAINER_SECCOMP_PROFILE,
};

static const struct profile_fields apparmor = {
    SCL_CONTAINER_APPARMOR, SCL_CONTAINER_APPARMOR_MODE, SCL_NONE, SCL_CONTAINER_APPARMOR_PROFILE,
};

static void
set_mode(struct scl_lowering *l, uint32_t container, const struct profile_fields *fields,
         const char *mode, uint32_t origin)
{
    scl_build_text(l->d, container, fields->mode, scl_str_c(mode), origin);
    if (fields->confined != SCL_NONE)
        scl_build_bool(l->d, container, fields->confined, strcmp(mode, "unconfined") != 0,
                       scl_build_derived(l->d, container, fields->mode));
}

static void
lose_mode(struct scl_lowering *l, uint32_t container, const struct profile_fields *fields,
          const struct scl_tree *at)
{
    uint32_t origin = scl_rows_origin(l, at);

    scl_build_empty(l->d, container, fields->mode, SCANTLING_STATE_UNKNOWN, origin);
    if (fields->confined != SCL_NONE)
        scl_build_empty(l->d, container, fields->confined, SCANTLING_STATE_UNKNOWN, origin);
}

static void
read_profile(struct scl_lowering *l, uint32_t container, const struct profile_fields *fields,
             const struct scl_tree *node)
{
    const struct scl_tree *type = scl_rows_find(node, "type");
    const struct scl_tree *profile = scl_rows_find(node, "localhostProfile");
    struct scl_str text = scl_rows_text_at(node, "type");

    if (!scl_rows_expect(l, container, fields->mode, node, SCL_TREE_MAP))
        return;
    scl_build_group(l->d, container, fields->group, scl_rows_origin(l, node));
    if (!type && !scl_rows_is_lost(node, "type"))
        return;
    if (scl_str_is(text, "RuntimeDefault"))
        set_mode(l, container, fields, "default", scl_rows_origin(l, type));
    else if (scl_str_is(text, "Unconfined"))
        set_mode(l, container, fields, "unconfined", scl_rows_origin(l, type));
    else if (scl_str_is(text, "Localhost"))
        set_mode(l, container, fields, "profile", scl_rows_origin(l, type));
    else
        lose_mode(l, container, fields, type ? type : node);
    if (type && !scl_str_is(text, "RuntimeDefault") && !scl_str_is(text, "Unconfined") &&
        !scl_str_is(text, "Localhost"))
        scl_rows_refuse(l, container, SCL_NONE, type,
                        "expected RuntimeDefault, Localhost or Unconfined");
    if (profile && scl_str_is(text, "Localhost"))
        scl_row_text(l, container, fields->profile, profile);
}

static void
read_annotation(struct scl_lowering *l, uint32_t container, const struct profile_fields *fields,
                const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    uint32_t origin = scl_rows_origin(l, node);

    if (scl_str_is(text, "runtime/default") || scl_str_is(text, "docker/default")) {
        set_mode(l, container, fields, "default", origin);
    } else if (scl_str_is(text, "unconfined")) {
        set_mode(l, container, fields, "unconfined", origin);
    } else if (scl_str_starts(text, SCL_S("localhost/"))) {
        set_mode(l, container, fields, "profile", origin);
        scl_build_text(l->d, container, fields->profile,
                       scl_str_sub(text, strlen("localhost/"), text.len), origin);
    } else if (text.len) {
        lose_mode(l, container, fields, node);
    }
}

/* What lies in a container or pod that was cut off may have been a profile. */
static bool
is_lost(const struct scl_kube *k, const char *path)
{
    return scl_rows_is_lost(k->l.root, path) || (k->spec && scl_rows_is_lost(k->spec, path));
}

static void
set_profile(struct scl_kube *k, uint32_t container, const struct profile_fields *fields,
            const char *path, const struct scl_tree *annotation)
{
    const struct scl_tree *node = scl_kube_either(k, path);

    if (node)
        read_profile(&k->l, container, fields, node);
    else if (annotation)
        read_annotation(&k->l, container, fields, annotation);
    else if (is_lost(k, path))
        lose_mode(&k->l, container, fields, k->l.root);
}

static void
set_selinux(struct scl_kube *k, uint32_t container)
{
    static const struct scl_json_row rows[] = {
        { "user", SCL_CONTAINER_SELINUX_USER, scl_kube_text },
        { "role", SCL_CONTAINER_SELINUX_ROLE, scl_kube_text },
        { "type", SCL_CONTAINER_SELINUX_TYPE, scl_kube_text },
        { "level", SCL_CONTAINER_SELINUX_LEVEL, scl_kube_text },
        { NULL, SCL_NONE, NULL },
    };
    const struct scl_tree *node = scl_kube_either(k, "securityContext.seLinuxOptions");
    struct scl_lowering *l = &k->l;

    if (!node || !scl_rows_expect(l, container, SCL_CONTAINER_SELINUX_MODE, node, SCL_TREE_MAP))
        return;
    scl_build_group(l->d, container, SCL_CONTAINER_SELINUX, scl_rows_origin(l, node));
    scl_rows_apply(l, container, rows, node);
    if (scl_rows_text_at(node, "user").len || scl_rows_text_at(node, "role").len ||
        scl_rows_text_at(node, "type").len)
        scl_build_text(l->d, container, SCL_CONTAINER_SELINUX_MODE, SCL_S("custom"),
                       scl_build_derived(l->d, container, SCL_CONTAINER_SELINUX));
}

/* A container that must not be root and is told to be it does not start. */
static void
note_conflict(struct scl_kube *k)
{
    const struct scl_tree *user = scl_kube_either(k, "securityContext.runAsUser");
    const struct scl_tree *rule = scl_kube_either(k, "securityContext.runAsNonRoot");
    int64_t uid;
    bool truth;

    if (user && rule && scl_tree_int(user, &uid) && uid == 0 && scl_kube_truth_of(rule, &truth) &&
        truth && k->l.noted++ < 100)
        scl_note_add(&k->l.d->notes, SCL_NOTE_WARNING, scl_tree_entry(user),
                     "runAsNonRoot does not let a container of this user start");
}

void
scl_kube_security(struct scl_kube *k, uint32_t container)
{
    const struct scl_tree *note =
        scl_kube_annotation(k, "container.seccomp.security.alpha.kubernetes.io/", true);

    if (!note)
        note = scl_kube_annotation(k, "seccomp.security.alpha.kubernetes.io/pod", false);
    set_profile(k, container, &seccomp, "securityContext.seccompProfile", note);
    note = scl_kube_annotation(k, "container.apparmor.security.beta.kubernetes.io/", true);
    set_profile(k, container, &apparmor, "securityContext.appArmorProfile", note);
    set_selinux(k, container);
    note_conflict(k);
}
