/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_nomad.c: jobs of Nomad in JSON
 */
#include "reading.h"

/* Rows stand inside the braces of a job with one group of one task. */
#define TASK(text) "'TaskGroups':[{'Tasks':[{'Driver':'docker'" text "}]}]"
#define CONFIG(text) TASK(",'Config':{" text "}")
#define PODMAN(text) "'TaskGroups':[{'Tasks':[{'Driver':'podman','Config':{" text "}}]}]"

static void
check_rows(void **state, const struct reading_row *rows, size_t count)
{
    reading_check_all(*state, "nomad", "", rows, count);
}

static void
what_runs_in_a_task_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "its name", TASK(",'Name':'web'"), "name", "web", "declared", "'Name':'web'" },
        { "below Job", "'Job':{" TASK(",'Name':'web'") "}", "name", "web", "declared", NULL },
        { "its image", CONFIG("'image':'shop/web:1'"), "image.repository", "shop/web", "derived",
          NULL },
        { "what is filled in later is not known", CONFIG("'image':'${REGISTRY}/web:1'"),
          "image.raw", "-", "unknown", NULL },
        { "yet it has a tag", CONFIG("'image':'${REGISTRY}/web'"), "image.pin", "untagged",
          "derived", NULL },
        { "a user", TASK(",'User':'10:20'"), "user.gid", "20", "derived", "'User':'10:20'" },
        { "no user: the image decides", TASK(""), "user.is_root", "-", "unknown", NULL },
        { "command and arguments", CONFIG("'command':'sleep','args':['1']"), "command",
          "[sleep, 1]", "declared", NULL },
        { "entry point", CONFIG("'entrypoint':['/e']"), "entrypoint", "[/e]", "declared", NULL },
        { "folder", CONFIG("'work_dir':'/srv'"), "working_dir", "/srv", "declared", NULL },
        { "a variable", TASK(",'Env':{'A':'b'}"), "env[A].value", "b", "declared", "'A':'b'" },
        { "a template may bring more", TASK(",'Env':{},'Templates':[{'Envvars':true}]"), "env",
          "[]+", "declared", NULL },
        { "signal", TASK(",'KillSignal':'SIGINT'"), "stop_signal", "SIGINT", "declared", NULL },
        { "and the time after it", TASK(",'KillTimeout':5000000000"), "stop_timeout", "5",
          "declared", NULL },
        { "labels in a list", CONFIG("'labels':[{'a':'b'}]"), "labels[a]", "b", "declared",
          "'a':'b'" },
        { "labels alone", CONFIG("'labels':{'a':'b'}"), "labels[a]", "b", "declared", NULL },
        { "a task that runs first", TASK(",'Lifecycle':{'Hook':'prestart'}"), "role", "init",
          "declared", NULL },
        { "and stays", TASK(",'Lifecycle':{'Hook':'prestart','Sidecar':true}"), "role",
          "sidecar", "declared", NULL },
        { "the image's health check is switched off", CONFIG("'healthchecks':{'disable':true}"),
          "healthcheck.disabled", "true", "declared", NULL },
        { "driver of the log", CONFIG("'logging':[{'type':'syslog','config':[{'tag':'x'}]}]"),
          "logging.driver", "syslog", "declared", NULL },
        { "its options", CONFIG("'logging':[{'type':'syslog','config':[{'tag':'x'}]}]"),
          "logging.options", "[tag=x]", "declared", NULL },
        { "the engine", TASK(""), "runtime_family", "docker", "declared", "'Driver':'docker'" },
        { "Podman is another", PODMAN(""), "runtime_family", "podman", "declared", NULL },
        { "pulled each time", CONFIG("'force_pull':true"), "pull_policy", "always", "declared",
          NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
confinement_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "privileged", CONFIG("'privileged':true"), "privileged", "true", "declared",
          "'privileged':true" },
        { "not privileged", CONFIG(""), "privileged", "false", "default", NULL },
        { "read-only root", CONFIG("'readonly_rootfs':true"), "readonly_rootfs", "true",
          "declared", NULL },
        { "no new privileges", CONFIG("'security_opt':['no-new-privileges']"),
          "no_new_privileges", "true", "declared", NULL },
        { "no filter", CONFIG("'security_opt':['seccomp=unconfined']"), "seccomp.confined",
          "false", "derived", NULL },
        { "raw sockets are not among the capabilities", CONFIG(""), "capabilities.effective[10]",
          "CAP_SYS_CHROOT", NULL, NULL },
        { "unless they are added", CONFIG("'cap_add':['net_raw']"), "capabilities.effective[10]",
          "CAP_NET_RAW", NULL, NULL },
        { "all are dropped", CONFIG("'cap_drop':['all'],'cap_add':['kill']"),
          "capabilities.effective", "[CAP_KILL]", "derived", NULL },
        { "Podman has fewer", PODMAN(""), "capabilities.effective[11]", "CAP_SETFCAP", NULL,
          NULL },
        { "processes of the host", CONFIG("'pid_mode':'host'"), "namespaces.pid.host", "true",
          "derived", "'pid_mode':'host'" },
        { "network of the host", CONFIG("'network_mode':'host'"), "namespaces.net.host", "true",
          "derived", NULL },
        { "a bridge of the group is shared",
          "'TaskGroups':[{'Networks':[{'Mode':'bridge'}],'Tasks':[{'Driver':'docker'}]}]",
          "namespaces.net.mode", "pod", "declared", "'Mode':'bridge'" },
        { "a network of the host for the group is no such thing for the container",
          "'TaskGroups':[{'Networks':[{'Mode':'host'}],'Tasks':[{'Driver':'docker'}]}]",
          "namespaces.net.mode", "bridge", "default", NULL },
        { "a device", CONFIG("'devices':[{'host_path':'/dev/fuse'}]"), "devices[1].target",
          "/dev/fuse", "derived", NULL },
        { "a device of Podman's", PODMAN("'devices':['/dev/a:/dev/b:rw']"),
          "devices[1].permissions", "rw", "declared", NULL },
        { "AppArmor in Podman's words", PODMAN("'apparmor_profile':'unconfined'"),
          "apparmor.mode", "unconfined", "declared", NULL },
        { "a block that says nothing", CONFIG("'healthchecks':{}"), "healthcheck.disabled", "-",
          "absent", NULL },
        { "a truth in quotes is one", CONFIG("'privileged':'true'"), "privileged", "true",
          "declared", "'privileged':'true'" },
        { "what is filled in is none yet", CONFIG("'privileged':'${meta.p}'"), "privileged", "-",
          "unknown", NULL },
        { "a profile has its name", CONFIG("'security_opt':['seccomp=/p.json']"),
          "seccomp.profile", "/p.json", "declared", NULL },
        { "options are kept", CONFIG("'security_opt':['seccomp=/p.json']"), "security_opt",
          "[seccomp=/p.json]", "declared", NULL },
        { "a label of Podman's", PODMAN("'selinux_opts':['type:edge_t']"), "selinux.type",
          "edge_t", "declared", NULL },
        { "or none", PODMAN("'selinux_opts':['disable']"), "selinux.mode", "disabled", "declared",
          NULL },
        { "a device can do everything", CONFIG("'devices':[{'host_path':'/dev/fuse'}]"),
          "devices[/dev/fuse].permissions", "rwm", "derived", NULL },
        { "words may be numbers", CONFIG("'command':'a','args':['b',8080]"), "command",
          "[a, b, 8080]", "declared", NULL },
        { "variables in blocks", TASK(",'Env':[{'A':'b'},{'C':1}]"), "env[C].value", "1",
          "declared", NULL },
        { "kernel parameters", CONFIG("'sysctl':[{'a.b':'1'}]"), "sysctls", "[a.b=1]", "declared",
          NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
limits_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "memory is MB of 1024", TASK(",'Resources':{'MemoryMB':64}"), "resources.memory_limit",
          "67108864", "declared", "'MemoryMB':64" },
        { "there is no swap", TASK(",'Resources':{'MemoryMB':64}"),
          "resources.memory_swap_limit", "67108864", "derived", NULL },
        { "300 where nothing is said", TASK(""), "resources.memory_limit", "314572800", "default",
          NULL },
        { "more may be allowed", TASK(",'Resources':{'MemoryMB':64,'MemoryMaxMB':128}"),
          "resources.memory_limit", "134217728", "declared", NULL },
        { "the rest is reserved", TASK(",'Resources':{'MemoryMB':64,'MemoryMaxMB':128}"),
          "resources.memory_reservation", "67108864", "declared", NULL },
        { "or unlimited", TASK(",'Resources':{'MemoryMB':64},'Config':{'memory_hard_limit':-1}"),
          "resources.memory_limit", "no limit", "declared", NULL },
        { "a number in quotes is one", CONFIG("'pids_limit':'9'"), "resources.pids_limit", "9",
          "declared", "'pids_limit':'9'" },
        { "what is filled in is no number yet", CONFIG("'pids_limit':'${meta.pids}'"),
          "resources.pids_limit", "-", "unknown", NULL },
        { "MHz that are a limit are so many processors",
          CONFIG("'cpu_hard_limit':true"), "resources.cpu_limit", "-", "unknown", NULL },
        { "memory of Podman's with its unit",
          PODMAN("'memory_reservation':'100m','memory_swap':'1g','shm_size':'64m'"),
          "resources.memory_swap_limit", "1073741824", "declared", "'memory_swap':'1g'" },
        { "which it may reserve", PODMAN("'memory_reservation':'100m'"),
          "resources.memory_reservation", "104857600", "declared", NULL },
        { "and share", PODMAN("'shm_size':'64m'"), "resources.shm_size", "67108864", "declared",
          NULL },
        { "time to stop as text", TASK(",'KillTimeout':'1m30s'"), "stop_timeout", "90", "declared",
          NULL },
        { "processes", CONFIG("'pids_limit':9"), "resources.pids_limit", "9", "declared", NULL },
        { "no limit of Docker's", CONFIG(""), "resources.pids_limit", "no limit", "default",
          NULL },
        { "Podman has one", PODMAN(""), "resources.pids_limit", "2048", "default", NULL },
        { "limits of a process", CONFIG("'ulimit':[{'nofile':'1:2','core':'-1'}]"),
          "resources.ulimits[nofile].hard", "2", "declared", NULL },
        { "both of them", CONFIG("'ulimit':{'nofile':'7'}"), "resources.ulimits[nofile].hard",
          "7", "declared", NULL },
        { "none", CONFIG("'ulimit':[{'core':'-1'}]"), "resources.ulimits[core].soft", "no limit",
          "declared", NULL },
        { "tried so often", TASK(",'RestartPolicy':{'Attempts':2,'Mode':'fail'}"),
          "restart.max_retries", "2", "declared", NULL },
        { "of the group",
          "'TaskGroups':[{'RestartPolicy':{'Attempts':0,'Mode':'fail'},'Tasks':[{'Driver':"
          "'docker'}]}]",
          "restart.policy", "no", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

#define GROUP(group, config) \
    "'TaskGroups':[{" group ",'Tasks':[{'Driver':'docker'," config "}]}]"
#define PORTS "'Networks':[{'ReservedPorts':[{'Label':'http','Value':80,'To':8080}]," \
    "'DynamicPorts':[{'Label':'m','To':9}]}]"

static void
mounts_and_ports_are_joined_with_the_group(void **state)
{
    static const struct reading_row rows[] = {
        { "older tasks have networks of their own",
          TASK(",'Resources':{'Networks':[{'ReservedPorts':[{'Label':'a','Value':80}]}]}"),
          "ports[1].host_port", "80", "declared", NULL },
        { "of which one is mapped",
          TASK(",'Config':{'port_map':[{'a':'81'}]},'Resources':{'Networks':[{'ReservedPorts':"
               "[{'Label':'a','Value':80},{'Label':'b','Value':90}]}]}"),
          "ports[1].container_port", "81", "declared", NULL },
        { "and the other is not",
          TASK(",'Config':{'port_map':[{'a':81}]},'Resources':{'Networks':[{'ReservedPorts':"
               "[{'Label':'a','Value':80},{'Label':'b','Value':90}]}]}"),
          "ports[2].container_port", "90", "declared", NULL },
        { "a label of SELinux", CONFIG("'volumes':['/a:/b:ro,Z']"), "mounts[/b].relabel",
          "private", "declared", NULL },
        { "a folder of the host", CONFIG("'volumes':['/srv:/v:ro']"), "mounts[/v].source", "/srv",
          "declared", "'/srv:/v:ro'" },
        { "which cannot be written", CONFIG("'volumes':['/srv:/v:ro']"), "mounts[/v].read_only",
          "true", "declared", NULL },
        { "a folder of the allocation is bound too", CONFIG("'volumes':['local/x:/v']"),
          "mounts[/v].type", "bind", "declared", NULL },
        { "unless a driver has volumes",
          CONFIG("'volume_driver':'nfs','volumes':['data:/v']"), "mounts[/v].type", "volume",
          "declared", NULL },
        { "a mount", CONFIG("'mount':[{'type':'bind','source':'/','target':'/v','bind_options':"
                            "[{'propagation':'rslave'}]}]"),
          "mounts[/v].propagation", "rslave", "declared", NULL },
        { "is a volume where it does not say", CONFIG("'mounts':[{'target':'/v'}]"),
          "mounts[/v].type", "volume", "derived", NULL },
        { "which may be a bind in disguise",
          CONFIG("'mounts':[{'target':'/v','volume_options':{'driver_config':{'options':[{'o':"
                 "'bind','device':'/'}]}}}]"),
          "mounts[/v].source", "/", "declared", NULL },
        { "a temporary one", CONFIG("'mount':{'type':'tmpfs','target':'/t','tmpfs_options':"
                                    "{'size':9}}"),
          "mounts[/t].size", "9", "declared", NULL },
        { "Podman's", PODMAN("'tmpfs':['/t:size=1k']"), "mounts[/t].size", "1024", "declared",
          NULL },
        { "a volume of the group",
          GROUP("'Volumes':{'d':{'Type':'host','Source':'data'}}",
                "'VolumeMounts':[{'Volume':'d','Destination':'/v','ReadOnly':true}]"),
          "mounts[/v].source", "data", "declared", NULL },
        { "a reserved port", GROUP(PORTS, "'Config':{'ports':['http']}"), "ports[1].host_port",
          "80", "declared", "'Value':80" },
        { "leads to another", GROUP(PORTS, "'Config':{'ports':['http']}"),
          "ports[1].container_port", "8080", "declared", "'To':8080" },
        { "others are chosen", GROUP(PORTS, "'Config':{'ports':['m']}"), "ports[1].random",
          "true", "declared", NULL },
        { "as older jobs say it", GROUP(PORTS, "'Config':{'port_map':[{'http':7}]}"),
          "ports[1].container_port", "7", "declared", "'http':7" },
        { "a port that is not asked for is not passed on", GROUP(PORTS, "'Config':{}"), "ports",
          "-", "absent", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
what_is_wrong_is_told_at_its_place(void **state)
{
    static const struct {
        const char *text, *notes;
    } rows[] = {
        { "{" CONFIG("'ports':['x']") "}",
          "at ''x'': no network has a port of this label\n" WITHOUT_IT },
        { "{" CONFIG("'ulimit':[{'nofile':'many'}]") "}",
          "at ''many'': expected SOFT:HARD, as 1024:2048\n" WITHOUT_IT
          "at ''many'': expected SOFT:HARD, as 1024:2048\n" WITHOUT_IT },
        { "{" CONFIG("'privileged':'perhaps'") "}",
          "at ''perhaps'': expected a boolean, got a string\n" WITHOUT_IT },
        { "{'TaskGroups':{}}", "at '{}': expected an array, got an object\n" WITHOUT_IT },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("x.json", "nomad", reading_quoted(*state, rows[i].text));
        struct scl_text text;

        scl_text_init(&text);
        reading_notes(d, &text);
        for (size_t at = 0; at < text.len; at++)
            text.at[at] = text.at[at] == '"' ? '\'' : text.at[at];
        check_text(scl_text_str(&text), rows[i].notes, rows[i].text);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

static void
tasks_of_other_drivers_are_no_containers(void **state)
{
    struct scl_document *d = reading_document(
        "x.json", "", reading_quoted(*state, "{'TaskGroups':[{'Tasks':[{'Driver':'exec'},"
                                             "{'Driver':'docker','Name':'b'}]}]}"));

    check_text(scl_str_c(d->format), "nomad", "a job");
    assert_int_equal(d->subjects.count, 1);
    scl_document_unref(d);
}

SUITE(
    CASE(what_runs_in_a_task_is_read),
    CASE(confinement_is_read),
    CASE(limits_are_read),
    CASE(mounts_and_ports_are_joined_with_the_group),
    CASE(what_is_wrong_is_told_at_its_place),
    CASE(tasks_of_other_drivers_are_no_containers))
