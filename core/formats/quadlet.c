/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quadlet.c: container units of Podman's Quadlet
 *
 * Quadlet makes an option of `podman run` of nearly every key, so that is what is made here: a
 * command line whose words keep their places in the unit, read by the reader of such lines.
 * `PodmanArgs=` comes last in it, as it does for Podman. Of a key that may be given once the last
 * counts; of one that may be given often an empty value takes back what came before it.
 *
 * What its pod says of all its containers comes before all that.
 */
#include "formats/asked.h"
#include "formats/format.h"
#include "formats/quadlet_others.h"
#include "formats/run_options.h"

/* How a key becomes words. */
enum turn {
    ONCE,     /* --option VALUE, the last counts */
    OFTEN,    /* the same for each value */
    WORDS,    /* the same for each word of each value */
    FIRST,    /* the same for the first word of each value, quotes removed */
    TRUTH,    /* --option=true or false */
    SECURITY, /* --security-opt PREFIX VALUE */
    SWITCHED, /* --security-opt PREFIX where it is true */
    RAW,      /* the words as they are */
    ELSEWHERE /* read below, or without a meaning here */
};

/* Sorted by name. */
static const struct key {
    const char *name;
    uint8_t turn;
    const char *option;
    uint16_t field; /* that it sets, to tell where it stands */
} keys[] = {
    { "AddCapability", WORDS, "--cap-add", SCL_CONTAINER_CAP_ADD },
    { "AddDevice", OFTEN, "--device", SCL_CONTAINER_DEVICES },
    { "AddHost", OFTEN, "--add-host", SCL_CONTAINER_EXTRA_HOSTS },
    { "Annotation", WORDS, "--annotation", SCL_CONTAINER_ANNOTATIONS },
    { "AppArmor", SECURITY, "apparmor=", SCL_CONTAINER_APPARMOR_MODE },
    { "AutoUpdate", ELSEWHERE, "", SCL_NONE },
    { "CgroupsMode", ONCE, "--cgroups", SCL_NONE },
    { "ContainerName", ELSEWHERE, "", SCL_CONTAINER_NAME },
    { "ContainersConfModule", ELSEWHERE, "", SCL_NONE },
    { "DNS", OFTEN, "--dns", SCL_CONTAINER_DNS_SERVERS },
    { "DNSOption", OFTEN, "--dns-option", SCL_CONTAINER_DNS_OPTIONS },
    { "DNSSearch", OFTEN, "--dns-search", SCL_CONTAINER_DNS_SEARCH },
    { "DropCapability", WORDS, "--cap-drop", SCL_CONTAINER_CAP_DROP },
    { "Entrypoint", ONCE, "--entrypoint", SCL_CONTAINER_ENTRYPOINT },
    { "Environment", WORDS, "--env", SCL_CONTAINER_ENV },
    { "EnvironmentFile", OFTEN, "--env-file", SCL_CONTAINER_ENV_FILES },
    { "EnvironmentHost", TRUTH, "--env-host", SCL_NONE },
    { "Exec", ELSEWHERE, "", SCL_CONTAINER_COMMAND },
    { "ExposeHostPort", OFTEN, "--expose", SCL_CONTAINER_EXPOSED_PORTS },
    { "GIDMap", OFTEN, "--gidmap", SCL_NONE },
    { "GlobalArgs", ELSEWHERE, "", SCL_NONE },
    { "Group", ELSEWHERE, "", SCL_CONTAINER_USER_GID },
    { "GroupAdd", OFTEN, "--group-add", SCL_CONTAINER_GROUPS },
    { "HealthCmd", ONCE, "--health-cmd", SCL_CONTAINER_HEALTHCHECK_TEST },
    { "HealthInterval", ONCE, "--health-interval", SCL_CONTAINER_HEALTHCHECK_INTERVAL },
    { "HealthLogDestination", ELSEWHERE, "", SCL_NONE },
    { "HealthMaxLogCount", ELSEWHERE, "", SCL_NONE },
    { "HealthMaxLogSize", ELSEWHERE, "", SCL_NONE },
    { "HealthOnFailure", ELSEWHERE, "", SCL_NONE },
    { "HealthRetries", ONCE, "--health-retries", SCL_CONTAINER_HEALTHCHECK_RETRIES },
    { "HealthStartPeriod", ONCE, "--health-start-period",
      SCL_CONTAINER_HEALTHCHECK_START_PERIOD },
    { "HealthStartupCmd", ELSEWHERE, "", SCL_NONE },
    { "HealthStartupInterval", ELSEWHERE, "", SCL_NONE },
    { "HealthStartupRetries", ELSEWHERE, "", SCL_NONE },
    { "HealthStartupSuccess", ELSEWHERE, "", SCL_NONE },
    { "HealthStartupTimeout", ELSEWHERE, "", SCL_NONE },
    { "HealthTimeout", ONCE, "--health-timeout", SCL_CONTAINER_HEALTHCHECK_TIMEOUT },
    { "HostName", ONCE, "--hostname", SCL_CONTAINER_HOSTNAME },
    { "HttpProxy", ELSEWHERE, "", SCL_NONE },
    { "IP", ELSEWHERE, "", SCL_NONE },
    { "IP6", ELSEWHERE, "", SCL_NONE },
    { "Image", ELSEWHERE, "", SCL_CONTAINER_IMAGE_RAW },
    { "Label", WORDS, "--label", SCL_CONTAINER_LABELS },
    { "LogDriver", ONCE, "--log-driver", SCL_CONTAINER_LOGGING_DRIVER },
    { "LogOpt", OFTEN, "--log-opt", SCL_CONTAINER_LOGGING_OPTIONS },
    { "Mask", ELSEWHERE, "", SCL_NONE }, /* besides the standard ones */
    { "Memory", ONCE, "--memory", SCL_CONTAINER_MEMORY_LIMIT },
    { "Mount", FIRST, "--mount", SCL_CONTAINER_MOUNTS },
    { "Network", OFTEN, "--network", SCL_CONTAINER_NS_NET_MODE },
    { "NetworkAlias", OFTEN, "--network-alias", SCL_NONE },
    { "NoNewPrivileges", SWITCHED, "no-new-privileges", SCL_CONTAINER_NO_NEW_PRIVILEGES },
    { "Notify", ELSEWHERE, "", SCL_NONE },
    { "PidsLimit", ONCE, "--pids-limit", SCL_CONTAINER_PIDS_LIMIT },
    { "Pod", ELSEWHERE, "", SCL_CONTAINER_POD_NAME },
    { "PodmanArgs", RAW, "", SCL_CONTAINER_PRIVILEGED },
    { "PublishPort", OFTEN, "--publish", SCL_CONTAINER_PORTS },
    { "Pull", ONCE, "--pull", SCL_CONTAINER_PULL_POLICY },
    { "ReadOnly", TRUTH, "--read-only", SCL_CONTAINER_READONLY_ROOTFS },
    { "ReadOnlyTmpfs", TRUTH, "--read-only-tmpfs", SCL_NONE },
    { "ReloadCmd", ELSEWHERE, "", SCL_NONE },
    { "ReloadSignal", ELSEWHERE, "", SCL_NONE },
    { "RemapGid", ELSEWHERE, "", SCL_NONE },
    { "RemapUid", ELSEWHERE, "", SCL_NONE },
    { "RemapUidSize", ELSEWHERE, "", SCL_NONE },
    { "RemapUsers", ELSEWHERE, "", SCL_NONE },
    { "Retry", ELSEWHERE, "", SCL_NONE },
    { "RetryDelay", ELSEWHERE, "", SCL_NONE },
    { "Rootfs", ELSEWHERE, "", SCL_NONE },
    { "RunInit", TRUTH, "--init", SCL_CONTAINER_INIT },
    { "SeccompProfile", SECURITY, "seccomp=", SCL_CONTAINER_SECCOMP_MODE },
    { "Secret", OFTEN, "--secret", SCL_CONTAINER_SECRETS },
    { "SecurityLabelDisable", SWITCHED, "label=disable", SCL_CONTAINER_SELINUX_MODE },
    { "SecurityLabelFileType", SECURITY, "label=filetype:", SCL_NONE },
    { "SecurityLabelLevel", SECURITY, "label=level:", SCL_CONTAINER_SELINUX_LEVEL },
    { "SecurityLabelNested", ELSEWHERE, "", SCL_NONE },
    { "SecurityLabelType", SECURITY, "label=type:", SCL_CONTAINER_SELINUX_TYPE },
    { "ServiceName", ELSEWHERE, "", SCL_NONE },
    { "ShmSize", ONCE, "--shm-size", SCL_CONTAINER_SHM_SIZE },
    { "StartWithPod", ELSEWHERE, "", SCL_NONE },
    { "StopSignal", ONCE, "--stop-signal", SCL_CONTAINER_STOP_SIGNAL },
    { "StopTimeout", ONCE, "--stop-timeout", SCL_CONTAINER_STOP_TIMEOUT },
    { "SubGIDMap", ELSEWHERE, "", SCL_NONE },
    { "SubUIDMap", ELSEWHERE, "", SCL_NONE },
    { "Sysctl", WORDS, "--sysctl", SCL_CONTAINER_SYSCTLS },
    { "Timezone", ELSEWHERE, "", SCL_NONE },
    { "Tmpfs", OFTEN, "--tmpfs", SCL_NONE },
    { "UIDMap", OFTEN, "--uidmap", SCL_NONE },
    { "Ulimit", OFTEN, "--ulimit", SCL_CONTAINER_ULIMITS },
    { "Unmask", ELSEWHERE, "", SCL_CONTAINER_MASKED_PATHS },
    { "User", ELSEWHERE, "", SCL_CONTAINER_USER_RAW },
    { "UserNS", ONCE, "--userns", SCL_CONTAINER_NS_USER_MODE },
    { "VolatileTmp", ELSEWHERE, "", SCL_NONE },
    { "Volume", OFTEN, "--volume", SCL_CONTAINER_MOUNTS },
    { "WorkingDir", ONCE, "--workdir", SCL_CONTAINER_WORKING_DIR },
};

enum { KEYS = sizeof keys / sizeof *keys };

/* A unit that is being read. */
struct unit {
    struct scl_lowering l;
    struct scl_unit file;  /* with what is dropped into it */
    struct scl_str name;   /* without its ending: `web@1` */
    struct scl_str stem;   /* of the unit whose keys are read, this one or its pod */
    struct scl_others others;
    uint32_t last[KEYS];   /* entry of each key, from 1 */
    uint32_t reset[KEYS];  /* the last empty one */
    const struct scl_ini_entry *header, *restart;
    SCL_VEC(struct scl_tree) words;
};

static uint32_t
find_key(struct scl_str name)
{
    uint32_t low = 0, high = KEYS;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = scl_str_compare(scl_str_c(keys[middle].name), name);

        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return KEYS;
}

/* ---- words ---- */

static void
fill_in(struct unit *u, struct scl_tree *node)
{
    scl_unit_fill(&u->l, u->stem, node);
}

static void
add_word(struct unit *u, const struct scl_tree *node)
{
    struct scl_tree *word = scl_vec_push(&u->l.d->arena, &u->words);

    if (word)
        *word = *node;
}

/* A word of ours; its place is that of the key it stands for. */
static void
add_text(struct unit *u, const struct scl_ini_entry *entry, struct scl_str text)
{
    struct scl_tree word = entry->value;

    word.span = word.key_span;
    word.key.at = NULL;
    word.body.text = text.at;
    word.count = (uint32_t)text.len;
    add_word(u, &word);
}

static void
add_value(struct unit *u, const struct scl_tree *node, struct scl_str text)
{
    struct scl_tree word = *node;

    word.key.at = NULL;
    word.body.text = text.at ? text.at : "";
    word.count = (uint32_t)text.len;
    word.is_cut = scl_str_find_char(text, SCL_HOLE) != SIZE_MAX;
    if (word.style == SCL_TREE_PLAIN && word.is_cut && word.count > 1)
        word.style = SCL_TREE_DOUBLE_QUOTED;
    add_word(u, &word);
}

/* What Podman calls that which another unit makes: `back.network` is `systemd-back`. */
static struct scl_str
of_unit(struct unit *u, struct scl_str text, const char *ending, const char *before)
{
    size_t colon = scl_str_find_char(text, ':');
    struct scl_str name = scl_str_sub(text, 0, colon), rest = { "", 0 };

    if (!scl_str_ends(name, scl_str_c(ending)) || scl_str_find_char(name, '/') != SIZE_MAX)
        return text;
    name = scl_str_sub(name, 0, name.len - scl_str_c(ending).len);
    if (colon != SIZE_MAX)
        rest = scl_str_sub(text, colon, text.len);
    return scl_rows_print(&u->l.d->arena, "%ssystemd-%.*s%.*s", before, SCL_ARG(name),
                          SCL_ARG(rest));
}

static bool
truth_of(struct scl_str text)
{
    static const char *const yes[] = { "1", "yes", "true", "on" };

    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (scl_str_is_nocase(text, yes[i]))
            return true;
    return false;
}

/* --option VALUE, with the value as Quadlet changes it. */
static void
add_option(struct unit *u, const struct key *key, const struct scl_ini_entry *entry,
           const struct scl_tree *value)
{
    struct scl_str text = scl_tree_text(value);

    if (key->field == SCL_CONTAINER_DEVICES && text.len && text.at[0] == '-')
        text = scl_str_sub(text, 1, text.len);
    if (key->field == SCL_CONTAINER_NS_NET_MODE) {
        text = of_unit(u, text, ".network", "");
        text = of_unit(u, text, ".container", "container:");
    }
    if (key->field == SCL_CONTAINER_HEALTHCHECK_TEST && scl_str_is(text, "none")) {
        add_text(u, entry, SCL_S("--no-healthcheck"));
        return;
    }
    add_text(u, entry, scl_str_c(key->option));
    add_value(u, value, text);
}

static void
add_words(struct unit *u, const struct key *key, const struct scl_ini_entry *entry)
{
    struct scl_tree word;
    uint32_t at = 0;

    while (scl_ini_word(&u->l.d->arena, entry, &at, &word)) {
        fill_in(u, &word);
        if (key->turn == RAW)
            add_value(u, &word, scl_tree_text(&word));
        else
            add_option(u, key, entry, &word);
        if (key->turn == FIRST)
            break;
    }
}

static void
add_printed(struct unit *u, const struct scl_ini_entry *entry, const struct scl_tree *value,
            struct scl_str text)
{
    add_text(u, entry, SCL_S("--security-opt"));
    add_value(u, value, text);
}

static void
add_entry(struct unit *u, const struct key *key, const struct scl_ini_entry *entry)
{
    struct scl_arena *arena = &u->l.d->arena;
    struct scl_tree value = entry->value;

    fill_in(u, &value);
    switch ((enum turn)key->turn) {
    case ONCE:
    case OFTEN:
        add_option(u, key, entry, &value);
        break;
    case WORDS:
    case FIRST:
    case RAW:
        add_words(u, key, entry);
        break;
    case TRUTH:
        add_value(u, &value, scl_rows_print(arena, "%s=%s", key->option,
                                            truth_of(scl_tree_text(&value)) ? "true" : "false"));
        break;
    case SECURITY:
        add_printed(u, entry, &value, scl_rows_print(arena, "%s%.*s", key->option,
                                                     SCL_ARG(scl_tree_text(&value))));
        break;
    case SWITCHED:
        if (truth_of(scl_tree_text(&value)))
            add_printed(u, entry, &value, scl_str_c(key->option));
        break;
    case ELSEWHERE:
        break;
    }
}

static bool
is_once(const struct key *key)
{
    return key->turn == ONCE || key->turn == TRUTH || key->turn == SECURITY ||
           key->turn == SWITCHED;
}

/* All keys but PodmanArgs, which comes behind them. */
static void
add_entries(struct unit *u, bool raw)
{
    for (uint32_t i = 0; i < u->file.ini.entries.count; i++) {
        const struct scl_ini_entry *entry = &u->file.ini.entries.at[i];
        uint32_t k = scl_str_is(entry->section, "Container")
                         ? find_key(scl_tree_key(&entry->value))
                         : KEYS;

        if (k == KEYS || (keys[k].turn == RAW) != raw || !entry->value.count)
            continue;
        if (is_once(&keys[k]) ? u->last[k] == i + 1 : i + 1 > u->reset[k])
            add_entry(u, &keys[k], entry);
    }
}

/* ---- keys of their own ---- */

/* Speaks of a key, in whichever file it stands. */
static void
note(struct unit *u, enum scl_note_kind kind, const struct scl_tree *node, struct scl_str text)
{
    struct scl_notes *notes = &u->l.d->notes;
    uint16_t before = notes->file;

    notes->file = node->file;
    if (u->l.noted++ < 100)
        scl_note_add(notes, kind, node->key_span, "%.*s", SCL_ARG(text));
    notes->file = before;
}

/* The entry of a key that counts, with what is known filled in; false where there is none. */
static bool
find_entry(struct unit *u, const char *name, struct scl_tree *ret)
{
    uint32_t k = find_key(scl_str_c(name));

    if (k == KEYS || !u->last[k] || !u->file.ini.entries.at[u->last[k] - 1].value.count)
        return false;
    *ret = u->file.ini.entries.at[u->last[k] - 1].value;
    fill_in(u, ret);
    return true;
}

static void
set_name(struct unit *u, uint32_t container)
{
    struct scl_tree node;

    if (find_entry(u, "ContainerName", &node))
        scl_asked_text(&u->l, container, SCL_CONTAINER_NAME, &node);
    else if (u->name.len)
        scl_build_text(u->l.d, container, SCL_CONTAINER_NAME,
                       scl_rows_print(&u->l.d->arena, "systemd-%.*s", SCL_ARG(u->name)), 0);
}

/* An image, or the unit that pulls or builds it. */
static void
set_image(struct unit *u, uint32_t container)
{
    struct scl_tree node;

    if (!find_entry(u, "Image", &node))
        return;
    if (scl_str_ends(scl_tree_text(&node), SCL_S(".image")))
        scl_others_pull(&u->others, container, &node);
    else if (scl_str_ends(scl_tree_text(&node), SCL_S(".build")))
        scl_others_build(&u->others, container, &node);
    else
        scl_asked_image(&u->l, container, SCL_CONTAINER_IMAGE_RAW, &node);
}

static void
set_user(struct unit *u, uint32_t container)
{
    struct scl_tree user, group;
    bool has_group = find_entry(u, "Group", &group);

    if (!find_entry(u, "User", &user)) {
        if (has_group)
            note(u, SCL_NOTE_ERROR, &group, SCL_S("a group without a user is refused"));
        return;
    }
    if (has_group) {
        struct scl_str both = scl_rows_print(&u->l.d->arena, "%.*s:%.*s",
                                             SCL_ARG(scl_tree_text(&user)),
                                             SCL_ARG(scl_tree_text(&group)));

        user.body.text = both.at;
        user.count = (uint32_t)both.len;
        user.is_cut = user.is_cut || group.is_cut;
    }
    scl_asked_user(&u->l, container, SCL_CONTAINER_USER_RAW, &user);
}

static void
set_command(struct unit *u, uint32_t container)
{
    uint32_t k = find_key(SCL_S("Exec")), at = 0;
    const struct scl_ini_entry *entry = u->last[k] ? &u->file.ini.entries.at[u->last[k] - 1] : NULL;
    struct scl_tree word;

    while (entry && scl_ini_word(&u->l.d->arena, entry, &at, &word)) {
        fill_in(u, &word);
        scl_asked_item(&u->l, container, SCL_CONTAINER_COMMAND, &word);
    }
}

/* Paths that are no longer masked: all of them, or some. */
static void
set_masks(struct unit *u, uint32_t container)
{
    static const unsigned fields[] = { SCL_CONTAINER_MASKED_PATHS, SCL_CONTAINER_READONLY_PATHS };
    uint32_t k = find_key(SCL_S("Unmask"));
    struct scl_document *d = u->l.d;

    for (uint32_t i = u->reset[k]; u->last[k] && i < u->last[k]; i++) {
        const struct scl_ini_entry *entry = &u->file.ini.entries.at[i];
        bool is_all = scl_str_is_nocase(scl_tree_text(&entry->value), "all");

        if (!scl_str_is(entry->section, "Container") ||
            !scl_str_is(scl_tree_key(&entry->value), "Unmask"))
            continue;
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            if (is_all)
                scl_build_list(d, container, fields[f], scl_rows_origin(&u->l, &entry->value));
            else if (!scl_build_has(d, container, fields[f]))
                scl_build_empty(d, container, fields[f], SCANTLING_STATE_UNKNOWN,
                                scl_rows_origin(&u->l, &entry->value));
    }
}

/* systemd starts the service again, not Podman the container. */
static void
set_restart(struct unit *u, uint32_t container)
{
    const struct scl_tree *node = u->restart ? &u->restart->value : NULL;
    struct scl_str text = node ? scl_tree_text(node) : SCL_S("");

    if (!text.len)
        return;
    scl_build_text(u->l.d, container, SCL_CONTAINER_RESTART_POLICY,
                   scl_str_is(text, "no")       ? text
                   : scl_str_is(text, "always") ? text
                                                : SCL_S("on-failure"),
                   scl_rows_origin(&u->l, node));
}

/* ---- its pod ---- */

/* Keys of a pod that hold for its containers; their options are those of a container's. */
static const char *const pod_keys[] = {
    "AddHost", "DNS", "DNSOption", "DNSSearch", "GIDMap", "HostName", "Network", "NetworkAlias",
    "PublishPort", "ShmSize", "UIDMap", "UserNS", "Volume",
};

/* Options of `podman pod create` that hold for them. */
static const struct scl_str pod_options[] = {
    SCL_STR("--add-host"), SCL_STR("--device"), SCL_STR("--network"), SCL_STR("--net"),
    SCL_STR("--pid"), SCL_STR("--publish"), SCL_STR("-p"), SCL_STR("--security-opt"),
    SCL_STR("--sysctl"), SCL_STR("--userns"), SCL_STR("--uts"), SCL_STR("--volume"),
    SCL_STR("-v"),
};

static void
add_pod_arguments(struct unit *u, const struct scl_ini_entry *entry)
{
    struct scl_tree word;
    uint32_t at = 0;
    bool is_value = false;

    while (scl_ini_word(&u->l.d->arena, entry, &at, &word)) {
        struct scl_str name = scl_tree_text(&word);
        bool is_known = is_value;

        name = scl_str_sub(name, 0, scl_str_find_char(name, '='));
        for (size_t i = 0; !is_known && i < sizeof pod_options / sizeof *pod_options; i++)
            is_known = scl_str_same(name, pod_options[i]);
        is_value = is_known && !is_value && name.len == word.count;
        fill_in(u, &word);
        if (is_known)
            add_value(u, &word, scl_tree_text(&word));
    }
}

static void
add_pod_entries(struct unit *u, const struct scl_unit *pod)
{
    const struct scl_ini_entry *entry;
    uint32_t at = 0;

    u->stem = scl_unit_stem(pod->name);
    for (size_t i = 0; i < sizeof pod_keys / sizeof *pod_keys; i++) {
        const struct key *key = &keys[find_key(scl_str_c(pod_keys[i]))];

        if (is_once(key)) {
            entry = scl_unit_last(pod, "Pod", key->name);
            if (entry)
                add_entry(u, key, entry);
            continue;
        }
        for (at = 0; (entry = scl_unit_next(pod, "Pod", key->name, &at)) != NULL;)
            add_entry(u, key, entry);
    }
    for (at = 0; (entry = scl_unit_next(pod, "Pod", "PodmanArgs", &at)) != NULL;)
        add_pod_arguments(u, entry);
    u->stem = u->name;
}

/* What it says that nobody gave. */
static void
lose_pod(struct unit *u, uint32_t container, const struct scl_tree *node)
{
    static const unsigned lists[] = { SCL_CONTAINER_PORTS, SCL_CONTAINER_MOUNTS,
                                      SCL_CONTAINER_EXTRA_HOSTS };
    static const unsigned texts[] = {
        SCL_CONTAINER_NS_NET_MODE, SCL_CONTAINER_NS_NET_HOST, SCL_CONTAINER_NS_USER_MODE,
        SCL_CONTAINER_NS_USER_HOST, SCL_CONTAINER_NS_PID_MODE, SCL_CONTAINER_NS_PID_HOST,
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        scl_build_open(u->l.d, container, lists[i]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!scl_build_has(u->l.d, container, texts[i]))
            scl_build_empty(u->l.d, container, texts[i], SCANTLING_STATE_UNKNOWN,
                            scl_rows_origin(&u->l, node));
}

/* The pod that it is in; what it publishes, mounts and shares is the container's too. */
static bool
join_pod(struct unit *u, uint32_t container, struct scl_tree *ret)
{
    const struct scl_unit *pod;

    if (!find_entry(u, "Pod", ret))
        return true;
    scl_asked_text(&u->l, container, SCL_CONTAINER_POD_NAME, ret);
    pod = scl_others_find(&u->others, scl_tree_text(ret));
    if (pod)
        add_pod_entries(u, pod);
    return pod && !pod->is_cut;
}

/* ---- the unit ---- */

/* Finds what counts of each key, and notes keys that Quadlet has not. */
static void
index_keys(struct unit *u)
{
    for (uint32_t i = 0; i < u->file.ini.entries.count; i++) {
        const struct scl_ini_entry *entry = &u->file.ini.entries.at[i];
        struct scl_str key = scl_tree_key(&entry->value);
        uint32_t k;

        if (scl_str_is(entry->section, "Service") && scl_str_is(key, "Restart"))
            u->restart = entry;
        if (!scl_str_is(entry->section, "Container"))
            continue;
        u->header = u->header || entry->value.file ? u->header : entry;
        k = find_key(key);
        if (k == KEYS) {
            note(u, SCL_NOTE_WARNING, &entry->value,
                 scl_rows_print(&u->l.d->arena, "Quadlet knows no key '%.*s'", SCL_ARG(key)));
            continue;
        }
        u->last[k] = i + 1;
        if (!entry->value.count)
            u->reset[k] = i + 1;
    }
}

static struct scl_span
find_header(struct scl_str text)
{
    static const struct scl_str header = SCL_STR("[Container]");
    size_t at = scl_str_find(text, header);

    return at == SIZE_MAX ? (struct scl_span){ 0, 0 }
                          : (struct scl_span){ (uint32_t)at, (uint32_t)header.len };
}

/* What Quadlet says besides the options of Podman. */
static const struct scl_json_row own_rows[] = {
    { "Pod", SCL_CONTAINER_POD_NAME, NULL },
    { "Image", SCL_CONTAINER_BUILD_CONTEXT, NULL },
    { "Image", SCL_CONTAINER_BUILD_DOCKERFILE, NULL },
    { "Image", SCL_CONTAINER_BUILD_TARGET, NULL },
    { "Image", SCL_CONTAINER_BUILD_ARGS, NULL },
    { "Image", SCL_ARG_NAME, NULL },
    { "Image", SCL_ARG_VALUE, NULL },
    { NULL, SCL_NONE, NULL },
};

static uint32_t
begin_container(struct unit *u)
{
    struct scl_document *d = u->l.d;
    struct scl_span header = u->header ? u->header->header : find_header(d->files[0].text);
    uint32_t container;

    container = scl_build_subject(d, SCL_TYPE_CONTAINER, SCL_S(""),
                                  scl_build_origin(d, header, header));
    u->l.says = scl_arena_array(&d->arena, SCL_FIELD_COUNT / 64 + 1, sizeof *u->l.says);
    if (!container || !u->l.says)
        return 0;
    scl_rows_say_all(&u->l, scl_run_rows);
    scl_rows_say(&u->l, own_rows);
    for (unsigned field = SCL_CONTAINER_NAME; field < SCL_CONTAINER_NAME + 3; field++)
        u->l.says[field / 64] |= UINT64_C(1) << (field % 64);
    d->subjects.at[d->subjects.count - 1].says = u->l.says;
    scl_build_text(d, container, SCL_CONTAINER_RUNTIME_FAMILY, SCL_S("podman"), 0);
    scl_build_text(d, container, SCL_CONTAINER_ROLE, SCL_S("main"), 0);
    scl_build_text(d, container, SCL_CONTAINER_OS, SCL_S("linux"), 0);
    return container;
}

/* What is dropped into a unit and nobody gave may say all that the unit does not say itself. */
static void
lose_rest(struct unit *u, uint32_t container)
{
    const struct scl_origin *origin =
        scl_document_origin(u->l.d, scl_document_object(u->l.d, container)->origin);
    struct scl_tree header = { .kind = SCL_TREE_STRING, .span = origin->place };

    scl_run_options_lose(&u->l, container, &header);
    if (!scl_build_has(u->l.d, container, SCL_CONTAINER_IMAGE_RAW))
        scl_build_reference_unknown(u->l.d, container, SCL_CONTAINER_IMAGE_RAW, SCL_S(""),
                                    scl_rows_origin(&u->l, &header));
}

/* What is dropped into units is judged with them. */
static bool
is_read_elsewhere(struct scl_document *d)
{
    if (!scl_unit_is_dropped(d->name))
        return false;
    scl_note_add(&d->notes, SCL_NOTE_INFO, (struct scl_span){ 0, 0 },
                 "its keys are judged with those of the units that it is dropped into");
    return true;
}

/* All that is said of how it runs, as the command line that Quadlet makes of it. */
static void
read_options(struct unit *u, uint32_t container)
{
    struct scl_argv argv = { .count = 0 };
    struct scl_tree pod;
    bool has_pod = join_pod(u, container, &pod);

    add_entries(u, false);
    add_entries(u, true);
    argv.words = u->words.at;
    argv.count = u->words.count;
    scl_run_options_read(&u->l, container, &argv, 0);
    if (!has_pod)
        lose_pod(u, container, &pod);
    scl_others_mounts(&u->others, container);
    if (u->file.is_cut)
        lose_rest(u, container);
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct unit u = { .l = { .d = d, .input = input } };
    uint32_t container;

    (void)root;
    if (is_read_elsewhere(d) || !scl_unit_read(d, input, &u.file))
        return;
    if (scl_str_ends(u.file.name, SCL_S(".container")))
        u.stem = u.name = scl_unit_stem(u.file.name);
    scl_others_init(&u.others, &u.l);
    index_keys(&u);
    container = begin_container(&u);
    if (!container)
        return;
    set_name(&u, container);
    set_image(&u, container);
    set_user(&u, container);
    set_command(&u, container);
    set_restart(&u, container);
    set_masks(&u, container);
    read_options(&u, container);
}

/* ---- recognizing ---- */

static enum scl_fit
fits_name(struct scl_str base_name)
{
    return scl_str_ends(base_name, SCL_S(".container")) ? SCL_FIT_YES : SCL_FIT_NO;
}

static enum scl_fit
fits_text(struct scl_str text, const char **ret_reason)
{
    struct scl_str line;

    *ret_reason = "[Container]";
    while (scl_str_cut(&text, '\n', &line))
        if (scl_str_is(scl_str_trim(line), "[Container]"))
            return SCL_FIT_YES;
    return SCL_FIT_NO;
}

/* A unit that says all there is to say, a key a line. */
static const char tour[] =
    "[Container]\nContainerName=a\nImage=registry.example.com/a/b:1\nUser=1\nGroup=2\n"
    "AddCapability=CAP_CHOWN\nDropCapability=ALL\nReadOnly=true\nNoNewPrivileges=true\n"
    "Volume=/a:/b:ro\nTmpfs=/c\nPublishPort=127.0.0.1:1:2\nEnvironment=A=b\nExec=c d\n";

const struct scl_format scl_format_quadlet = {
    .name = "quadlet",
    .title = "container units of Podman's Quadlet",
    .resolution = "request",
    .family = "podman",
    .sample = "[Container]\n",
    .tour = tour,
    .fits_name = fits_name,
    .fits_text = fits_text,
    .lower = lower,
};
