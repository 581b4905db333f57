/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_docker_inspect.c: containers as `docker inspect` prints them
 */
#include "reading.h"

/* Rows stand inside an element that is no more than the keys that make it a container. */
#define START "'State':{}"
#define CONFIG(text) ",'Config':{" text "},'HostConfig':{}"
#define HOST(text) ",'Config':{},'HostConfig':{" text "}"
#define DOCKER_SET \
    "[CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID, " \
    "CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_CHROOT, CAP_MKNOD, " \
    "CAP_AUDIT_WRITE, CAP_SETFCAP]"

static void
check_rows(void **state, const struct reading_row *rows, size_t count)
{
    reading_check_all(*state, "docker-inspect", START, rows, count);
}

static void
what_runs_in_it_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "its name without the slash", ",'Name':'/web'" HOST(""), "name", "web", "declared",
          "'Name':'/web'" },
        { "the image as it was asked for", CONFIG("'Image':'shop/web:1'"), "image.repository",
          "shop/web", "derived", "'Image':'shop/web:1'" },
        { "its pin", CONFIG("'Image':'alpine'"), "image.pin", "untagged", "derived", NULL },
        { "the image as it was found", ",'Image':'sha256:aa'" CONFIG("'Image':'a'"), "image.id",
          "sha256:aa", "declared", "'Image':'sha256:aa'" },
        { "a user", CONFIG("'User':'10:20'"), "user.uid", "10", "derived", "'User':'10:20'" },
        { "an empty user is root: the image has had its say", CONFIG("'User':''"), "user.is_root",
          "true", "derived", "'User':''" },
        { "which is known", CONFIG("'User':''"), "user.certainty", "exact", "derived", NULL },
        { "and root of the host", CONFIG("'User':''"), "user.root_maps_to_host", "true", "derived",
          NULL },
        { "but for a user namespace",
          ",'Config':{'User':'0'},'HostConfig':{'UsernsMode':'private'}", "user.root_maps_to_host",
          "false", "derived", NULL },
        { "a name", CONFIG("'User':'app'"), "user.is_root", "false", "derived", NULL },
        { "variables", CONFIG("'Env':['A=1','B=x=y']"), "env[B].value", "x=y", "declared",
          "'B=x=y'" },
        { "entry point", CONFIG("'Entrypoint':['/e'],'Cmd':['-v']"), "entrypoint", "[/e]",
          "declared", NULL },
        { "command", CONFIG("'Entrypoint':['/e'],'Cmd':['-v']"), "command", "[-v]", "declared",
          NULL },
        { "both together", ",'Path':'/e','Args':['-v']" HOST(""), "argv", "[/e, -v]", "declared",
          "'Path':'/e'" },
        { "folder", CONFIG("'WorkingDir':'/srv'"), "working_dir", "/srv", "declared", NULL },
        { "host name", CONFIG("'Hostname':'h'"), "hostname", "h", "declared", NULL },
        { "terminal", CONFIG("'Tty':true"), "tty", "true", "declared", "'Tty':true" },
        { "signal", CONFIG("'StopSignal':'SIGINT'"), "stop_signal", "SIGINT", "declared", NULL },
        { "labels", CONFIG("'Labels':{'a':'b'}"), "labels[a]", "b", "declared", "'a':'b'" },
        { "a health check", CONFIG("'Healthcheck':{'Test':['CMD','/h']}"), "healthcheck.declared",
          "true", "derived", NULL },
        { "it is switched off", CONFIG("'Healthcheck':{'Test':['NONE']}"), "healthcheck.disabled",
          "true", "derived", NULL },
        { "ports others may ask for", CONFIG("'ExposedPorts':{'80/tcp':{}}"), "exposed_ports",
          "[80/tcp]", "declared", "'ExposedPorts':{'80/tcp':{}}" },
        { "they are not published", CONFIG("'ExposedPorts':{'80/tcp':{}}"), "ports", "-", "absent",
          NULL },
        { "what is absent is placed at its part", CONFIG("'Cmd':null"), "working_dir", "-",
          "absent", "~'Config'" },
        { "the family", HOST(""), "runtime_family", "docker", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
the_ceiling_of_capabilities_is_computed(void **state)
{
    static const struct reading_row rows[] = {
        { "nothing said: Docker's own", HOST("'CapAdd':null,'CapDrop':null"),
          "capabilities.effective", DOCKER_SET, "default", NULL },
        { "names are written in one way", HOST("'CapAdd':['sys_admin','CAP_KILL']"),
          "capabilities.add", "[CAP_SYS_ADMIN, CAP_KILL]", "declared", NULL },
        { "all dropped", HOST("'CapDrop':['ALL']"), "capabilities.effective", "[]", "derived",
          "'CapDrop':['ALL']" },
        { "all dropped, one added", HOST("'CapAdd':['CAP_KILL'],'CapDrop':['all']"),
          "capabilities.effective", "[CAP_KILL]", "derived", "'CapAdd':['CAP_KILL']" },
        { "all added, one dropped", HOST("'CapAdd':['ALL'],'CapDrop':['CAP_CHOWN']"),
          "capabilities.effective[1]", "CAP_DAC_OVERRIDE", "derived", NULL },
        { "one dropped", HOST("'CapDrop':['CAP_CHOWN']"), "capabilities.effective[1]",
          "CAP_DAC_OVERRIDE", "derived", NULL },
        { "added and dropped: it is there",
          HOST("'CapAdd':['CAP_BPF','CAP_KILL'],'CapDrop':['ALL','CAP_BPF']"),
          "capabilities.effective", "[CAP_KILL, CAP_BPF]", "derived", NULL },
        { "what no kernel knows comes last",
          HOST("'CapAdd':['CAP_NEW','CAP_KILL'],'CapDrop':['ALL']"), "capabilities.effective",
          "[CAP_KILL, CAP_NEW]", "derived", NULL },
        { "privileged has them all", HOST("'Privileged':true,'CapDrop':['ALL']"),
          "capabilities.effective[41]", "CAP_CHECKPOINT_RESTORE", "derived",
          "'Privileged':true" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
confinement_is_read(void **state)
{
#define REFUSING "{\\'defaultAction\\':\\'SCMP_ACT_ERRNO\\'}"
#define LETTING "{\\'defaultAction\\':\\'SCMP_ACT_ALLOW\\'}"
    static const struct reading_row rows[] = {
        { "privileged", HOST("'Privileged':true"), "privileged", "true", "declared",
          "'Privileged':true" },
        { "not privileged", HOST(""), "privileged", "false", "default", "~'HostConfig'" },
        { "no new privileges", HOST("'SecurityOpt':['no-new-privileges']"), "no_new_privileges",
          "true", "declared", "'no-new-privileges'" },
        { "said with a truth", HOST("'SecurityOpt':['no-new-privileges:true']"),
          "no_new_privileges", "true", "declared", NULL },
        { "the last counts",
          HOST("'SecurityOpt':['no-new-privileges=true','no-new-privileges=false']"),
          "no_new_privileges", "false", "declared", "'no-new-privileges=false'" },
        { "nothing said is placed at the options", HOST("'SecurityOpt':null"), "no_new_privileges",
          "false", "default", "~'SecurityOpt'" },
        { "a filter by default", HOST(""), "seccomp.confined", "true", "default", NULL },
        { "no filter", HOST("'SecurityOpt':['seccomp=unconfined']"), "seccomp.mode", "unconfined",
          "declared", "'seccomp=unconfined'" },
        { "which confines nothing", HOST("'SecurityOpt':['seccomp:unconfined']"),
          "seccomp.confined", "false", "derived", NULL },
        { "the engine's filter", HOST("'SecurityOpt':['seccomp=builtin']"), "seccomp.confined",
          "true", "derived", NULL },
        { "a filter of one's own", HOST("'SecurityOpt':['seccomp=" REFUSING "']"), "seccomp.mode",
          "profile", "declared", NULL },
        { "that refuses", HOST("'SecurityOpt':['seccomp=" REFUSING "']"), "seccomp.confined",
          "true", "derived", NULL },
        { "its action", HOST("'SecurityOpt':['seccomp=" REFUSING "']"), "seccomp.default_action",
          "SCMP_ACT_ERRNO", "declared", NULL },
        { "that lets all through", HOST("'SecurityOpt':['seccomp=" LETTING "']"),
          "seccomp.confined", "false", "derived", NULL },
        { "that nobody can read", HOST("'SecurityOpt':['seccomp={']"), "seccomp.confined", "-",
          "unknown", NULL },
        { "a filter in a file", HOST("'SecurityOpt':['seccomp=/p.json']"), "seccomp.confined",
          "true", "derived", NULL },
        { "privileged has no filter", HOST("'Privileged':true"), "seccomp.confined", "false",
          "derived", "'Privileged':true" },
        { "unless it asks for one", HOST("'Privileged':true,'SecurityOpt':['seccomp=builtin']"),
          "seccomp.confined", "true", "derived", NULL },
        { "AppArmor by default", HOST(""), "apparmor.mode", "default", "default", NULL },
        { "the profile in force", ",'AppArmorProfile':'docker-default'" HOST(""), "apparmor.mode",
          "default", "declared", "'AppArmorProfile':'docker-default'" },
        { "another profile", HOST("'SecurityOpt':['apparmor=strict']"), "apparmor.profile",
          "strict", "declared", "'apparmor=strict'" },
        { "none", ",'AppArmorProfile':'unconfined'" HOST("'SecurityOpt':['apparmor=unconfined']"),
          "apparmor.mode", "unconfined", "declared", "'apparmor=unconfined'" },
        { "a host without AppArmor says nothing", ",'AppArmorProfile':''" HOST(""),
          "apparmor.mode", "default", "default", NULL },
        { "SELinux by default", HOST(""), "selinux.mode", "default", "default", NULL },
        { "SELinux off", HOST("'SecurityOpt':['label=disable']"), "selinux.mode", "disabled",
          "declared", NULL },
        { "a type of one's own", HOST("'SecurityOpt':['label=type:spc_t']"), "selinux.type",
          "spc_t", "declared", "'label=type:spc_t'" },
        { "is custom", HOST("'SecurityOpt':['label:level:s0:c1,c2']"), "selinux.mode", "custom",
          "declared", NULL },
        { "its level", HOST("'SecurityOpt':['label:level:s0:c1,c2']"), "selinux.level",
          "s0:c1,c2", "declared", NULL },
        { "the label in force", ",'ProcessLabel':'system_u:system_r:container_t:s0:c1'" HOST(""),
          "selinux.type", "container_t", "declared", NULL },
        { "masks", HOST("'MaskedPaths':['/proc/kcore']"), "masked_paths", "[/proc/kcore]",
          "declared", NULL },
        { "no masks", HOST("'MaskedPaths':[]"), "masked_paths", "[]", "declared", NULL },
        { "null is the default", HOST("'ReadonlyPaths':null"), "readonly_paths",
          "[/proc/bus, /proc/fs, /proc/irq, /proc/sys, /proc/sysrq-trigger]", "default", NULL },
        { "privileged has no masks", HOST("'Privileged':true,'MaskedPaths':null"), "masked_paths",
          "-", "null", NULL },
        { "a root that cannot be written", HOST("'ReadonlyRootfs':true"), "readonly_rootfs",
          "true", "declared", NULL },
        { "groups", HOST("'GroupAdd':['44']"), "groups", "[44]", "declared", NULL },
        { "an init", HOST("'Init':true"), "init", "true", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
namespaces_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "the host's processes", HOST("'PidMode':'host'"), "namespaces.pid.host", "true",
          "derived", "'PidMode':'host'" },
        { "its own by default", HOST("'PidMode':''"), "namespaces.pid.mode", "private", "default",
          "~'PidMode'" },
        { "another container's", HOST("'PidMode':'container:db'"), "namespaces.pid.mode",
          "container", "declared", NULL },
        { "which one", HOST("'PidMode':'container:db'"), "namespaces.pid.target", "db", "declared",
          NULL },
        { "which is not the host's", HOST("'PidMode':'container:db'"), "namespaces.pid.host",
          "false", "derived", NULL },
        { "the host's network", HOST("'NetworkMode':'host'"), "namespaces.net.host", "true",
          "derived", NULL },
        { "the default network", HOST("'NetworkMode':'default'"), "namespaces.net.mode", "bridge",
          "declared", NULL },
        { "a network by name", HOST("'NetworkMode':'shop'"), "namespaces.net.mode", "named",
          "declared", NULL },
        { "its name", HOST("'NetworkMode':'shop'"), "namespaces.net.target", "shop", "declared",
          NULL },
        { "no network", HOST("'NetworkMode':'none'"), "namespaces.net.mode", "none", "declared",
          NULL },
        { "shared memory", HOST("'IpcMode':'shareable'"), "namespaces.ipc.mode", "shareable",
          "declared", NULL },
        { "the host's name", HOST("'UTSMode':'host'"), "namespaces.uts.host", "true", "derived",
          NULL },
        { "the host's users by default", HOST(""), "namespaces.user.host", "true", "default",
          NULL },
        { "the host's users by name", HOST("'UsernsMode':'host'"), "namespaces.user.host", "true",
          "derived", NULL },
        { "control groups", HOST("'CgroupnsMode':'host'"), "namespaces.cgroup.host", "true",
          "derived", NULL },
        { "of which nothing is known", HOST("'CgroupnsMode':''"), "namespaces.cgroup.mode", "-",
          "absent", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
mounts_are_read(void **state)
{
#define MOUNT(text) ",'Mounts':[{" text "}]" HOST("")
#define BINDS(text) ",'Mounts':null" HOST("'Binds':['" text "']")
#define DISGUISE \
    ",'Mounts':[{'Type':'volume','Name':'run','Destination':'/r'}]" HOST( \
        "'Mounts':[{'Type':'volume','Target':'/r','VolumeOptions':{'DriverConfig':" \
        "{'Options':{'type':'none','o':'rw,bind','device':'/run'}}}}]")
    static const struct reading_row rows[] = {
        { "a bind", MOUNT("'Type':'bind','Source':'/a','Destination':'/b','RW':false"),
          "mounts[/b].source", "/a", "declared", "'Source':'/a'" },
        { "read-only", MOUNT("'Type':'bind','Source':'/a','Destination':'/b','RW':false"),
          "mounts[/b].read_only", "true", "declared", "'RW':false" },
        { "its propagation",
          MOUNT("'Type':'bind','Source':'/a','Destination':'/b','Propagation':'rshared'"),
          "mounts[/b].propagation", "rshared", "declared", NULL },
        { "its options", MOUNT("'Destination':'/b','Mode':'ro,z'"), "mounts[/b].options", "[ro, z]",
          "declared", NULL },
        { "its label", MOUNT("'Destination':'/b','Mode':'ro,z'"), "mounts[/b].relabel", "shared",
          "declared", NULL },
        { "how large it was asked to be",
          ",'Mounts':[{'Type':'tmpfs','Destination':'/b'}]" HOST(
              "'Mounts':[{'Type':'tmpfs','Target':'/b','TmpfsOptions':{'SizeBytes':5}}]"),
          "mounts[/b].size", "5", "declared", NULL },
        { "a volume has a name",
          MOUNT("'Type':'volume','Name':'v','Source':'/var/x/_data','Destination':'/b'"),
          "mounts[/b].source", "v", "declared", "'Name':'v'" },
        { "before types there were names", MOUNT("'Name':'v','Destination':'/b'"),
          "mounts[/b].type", "volume", "derived", NULL },
        { "or none", MOUNT("'Source':'/a','Destination':'/b'"), "mounts[/b].type", "bind",
          "derived", NULL },
        { "a volume that binds is a bind", DISGUISE, "mounts[/r].type", "bind", "derived", NULL },
        { "of that folder", DISGUISE, "mounts[/r].source", "/run", "declared", "'device':'/run'" },
        { "which has a socket in it", DISGUISE, "facts.runtime_socket_mounted", "true", "derived",
          NULL },
        { "a file system in memory", ",'Mounts':[]" HOST("'Tmpfs':{'/tmp':'rw,size=64m'}"),
          "mounts[/tmp].type", "tmpfs", "declared", "'/tmp'" },
        { "its size", ",'Mounts':[]" HOST("'Tmpfs':{'/tmp':'rw,size=64m'}"), "mounts[/tmp].size",
          "67108864", "declared", "'/tmp':'rw,size=64m'" },
        { "one without options", ",'Mounts':[]" HOST("'Tmpfs':{'/tmp':''}"), "mounts", "[1]",
          "declared", NULL },
        { "no mounts", ",'Mounts':[]" HOST(""), "mounts", "[]", "declared", NULL },
        { "what was asked for counts where no list is",
          BINDS("/a:/b:ro"), "mounts[/b].read_only", "true", "declared", "'/a:/b:ro'" },
        { "a bind by its path", BINDS("/a:/b"), "mounts[/b].type", "bind", "declared", NULL },
        { "a volume by its name", BINDS("v:/b"), "mounts[/b].type", "volume", "declared", NULL },
        { "a volume without a name", BINDS("/b"), "mounts[/b].source", "-", "absent", NULL },
        { "a drive is no part", ",'Platform':'windows'" BINDS("C:/a:D:/b:ro"), "mounts[1].target",
          "D:/b", "declared", NULL },
        { "but on Windows only", BINDS("c:/a:ro"), "mounts[/a].source", "c", "declared", NULL },
        { "the image may have more", BINDS("/a:/b"), "mounts", "[1]+", "declared", NULL },
        { "mounts that were asked for",
          HOST("'Mounts':[{'Type':'bind','Source':'/a','Target':'/b','ReadOnly':true,"
               "'BindOptions':{'Propagation':'rslave'}}]"),
          "mounts[/b].propagation", "rslave", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
ports_are_read(void **state)
{
#define BINDING(text) HOST("'PortBindings':{'80/tcp':[{" text "}]}")
#define LIVE \
    ",'NetworkSettings':{'Ports':{'80/tcp':[{'HostIp':'0.0.0.0','HostPort':'32768'}," \
    "{'HostIp':'::','HostPort':'32768'}],'443/tcp':null}}"
    static const struct reading_row rows[] = {
        { "the port of the container", BINDING("'HostIp':'','HostPort':'8080'"),
          "ports[1].container_port", "80", "declared", "'80/tcp'" },
        { "its protocol", BINDING("'HostIp':'','HostPort':'8080'"), "ports[1].protocol", "tcp",
          "declared", NULL },
        { "the port of the host", BINDING("'HostIp':'','HostPort':'8080'"), "ports[1].host_port",
          "8080", "declared", "'HostPort':'8080'" },
        { "it is published", BINDING("'HostIp':'','HostPort':'8080'"), "ports[1].published",
          "true", "declared", NULL },
        { "an empty address is every one", BINDING("'HostIp':'','HostPort':'8080'"),
          "ports[1].all_interfaces", "true", "derived", "'HostIp':''" },
        { "so is that of zeros", BINDING("'HostIp':'::','HostPort':'8080'"),
          "ports[1].all_interfaces", "true", "derived", NULL },
        { "another is not", BINDING("'HostIp':'127.0.0.1','HostPort':'8080'"),
          "ports[1].all_interfaces", "false", "derived", NULL },
        { "in the host's network nothing is published",
          HOST("'NetworkMode':'host','PortBindings':{'80/tcp':[{'HostPort':'80'}]}"),
          "ports[1].published", "false", "declared", NULL },
        { "and no address matters",
          HOST("'NetworkMode':'host','PortBindings':{'80/tcp':[{'HostPort':'80'}]}"),
          "ports[1].all_interfaces", "false", "derived", NULL },
        { "the engine may choose", BINDING("'HostIp':'','HostPort':''"), "ports[1].random", "true",
          "declared", NULL },
        { "what it chose", LIVE BINDING("'HostIp':'','HostPort':'0'"), "ports[1].host_port",
          "32768", "declared", "'HostPort':'32768'" },
        { "out of a range too", BINDING("'HostPort':'8000-8010'"), "ports[1].random", "true",
          "declared", NULL },
        { "not chosen yet", BINDING("'HostIp':'','HostPort':''"), "ports[1].host_port", "-",
          "absent", NULL },
        { "what nobody named is published too", LIVE HOST("'PublishAllPorts':true"), "ports",
          "[1]", "declared", NULL },
        { "by a random port", LIVE HOST("'PublishAllPorts':true"), "ports[1].random", "true",
          "declared", NULL },
        { "all are asked for", LIVE HOST("'PublishAllPorts':true"), "publish_all", "true",
          "declared", NULL },
        { "what is in force for a name is no second port",
          LIVE BINDING("'HostIp':'','HostPort':'32768'"), "ports", "[1]", "declared", NULL },
        { "a port without a place is none", HOST("'PortBindings':{'80/tcp':null}"), "ports", "[]",
          "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
limits_and_the_rest_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "devices that a driver chooses",
          HOST("'DeviceRequests':[{'Driver':'','Count':-1,'Capabilities':[['gpu']]}]"),
          "devices[1].source", "all", "declared", NULL },
        { "and those that have names",
          HOST("'DeviceRequests':[{'Driver':'cdi','DeviceIDs':['a.com/b=c']}]"),
          "devices[1].class", "cdi", "derived", NULL },
        { "null takes nothing back",
          HOST("'Devices':[{'PathOnHost':'/dev/a'}],'DeviceRequests':null"), "devices", "[1]",
          "declared", NULL },
        { "memory", HOST("'Memory':1024"), "resources.memory_limit", "1024", "declared",
          "'Memory':1024" },
        { "0 is no limit", HOST("'Memory':0"), "resources.memory_limit", "no limit", "declared",
          "'Memory':0" },
        { "no word is none either", HOST(""), "resources.memory_limit", "no limit", "default",
          NULL },
        { "as much swap as memory", HOST("'Memory':1024,'MemorySwap':0"),
          "resources.memory_swap_limit", "2048", "derived", NULL },
        { "no limit of swap", HOST("'Memory':1024,'MemorySwap':-1"), "resources.memory_swap_limit",
          "no limit", "declared", NULL },
        { "processors in billionths", HOST("'NanoCpus':1500000000"), "resources.cpu_limit", "1.5",
          "declared", NULL },
        { "as time in a period", HOST("'NanoCpus':0,'CpuQuota':50000,'CpuPeriod':100000"),
          "resources.cpu_limit", "0.5", "declared", "'CpuQuota':50000" },
        { "no limit of processors", HOST("'NanoCpus':0,'CpuQuota':0"), "resources.cpu_limit",
          "no limit", "declared", "'NanoCpus':0" },
        { "a weight", HOST("'CpuShares':512"), "resources.cpu_shares", "512", "declared", NULL },
        { "no weight", HOST("'CpuShares':0"), "resources.cpu_shares", "-", "absent", NULL },
        { "processes", HOST("'PidsLimit':100"), "resources.pids_limit", "100", "declared", NULL },
        { "null is no limit of processes", HOST("'PidsLimit':null"), "resources.pids_limit", "-",
          "null", "'PidsLimit':null" },
        { "-1 is none", HOST("'PidsLimit':-1"), "resources.pids_limit", "no limit", "declared",
          NULL },
        { "swappiness", HOST("'MemorySwappiness':-1"), "resources.memory_swappiness", "-",
          "absent", NULL },
        { "no killer", HOST("'OomKillDisable':true"), "resources.oom_kill_disable", "true",
          "declared", NULL },
        { "shared memory", HOST("'ShmSize':134217728"), "resources.shm_size", "134217728",
          "declared", NULL },
        { "64 MiB by default", HOST(""), "resources.shm_size", "67108864", "default", NULL },
        { "a limit of a process", HOST("'Ulimits':[{'Name':'nofile','Soft':1,'Hard':-1}]"),
          "resources.ulimits[nofile].hard", "no limit", "declared", NULL },
        { "Podman's name of it", HOST("'Ulimits':[{'Name':'RLIMIT_NPROC','Soft':1}]"),
          "resources.ulimits[nproc].soft", "1", "declared", NULL },
        { "a device", HOST("'Devices':[{'PathOnHost':'/dev/a','PathInContainer':'/dev/b',"
                           "'CgroupPermissions':'r'}]"),
          "devices[/dev/b].permissions", "r", "declared", NULL },
        { "rules", HOST("'DeviceCgroupRules':['c 1:3 r']"), "device_cgroup_rules", "[c 1:3 r]",
          "declared", NULL },
        { "a kernel parameter", HOST("'Sysctls':{'net.a':'1'}"), "sysctls[net.a]", "1", "declared",
          NULL },
        { "restart", HOST("'RestartPolicy':{'Name':'on-failure','MaximumRetryCount':5}"),
          "restart.max_retries", "5", "declared", NULL },
        { "no restart", HOST("'RestartPolicy':{'Name':'','MaximumRetryCount':0}"),
          "restart.policy", "no", "declared", NULL },
        { "where output goes", HOST("'LogConfig':{'Type':'syslog','Config':{'tag':'x'}}"),
          "logging.driver", "syslog", "declared", NULL },
        { "and how", HOST("'LogConfig':{'Type':'syslog','Config':{'tag':'x'}}"),
          "logging.options[tag]", "x", "declared", NULL },
        { "a name", HOST("'ExtraHosts':['db:fd00::1']"), "extra_hosts[db].ip", "fd00::1",
          "declared", "'db:fd00::1'" },
        { "name servers", HOST("'Dns':['9.9.9.9']"), "dns.servers", "[9.9.9.9]", "declared",
          NULL },
        { "a runtime", HOST("'Runtime':'runsc'"), "runtime", "runsc", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
podman_has_its_own_defaults(void **state)
{
#define PODMAN ",'OCIRuntime':'crun'"
    static const struct reading_row rows[] = {
        { "family", PODMAN HOST(""), "runtime_family", "podman", "derived", NULL },
        { "a limit of processes", PODMAN HOST(""), "resources.pids_limit", "2048", "default",
          NULL },
        { "memory may be shared", PODMAN HOST(""), "namespaces.ipc.mode", "shareable", "default",
          NULL },
        { "fewer capabilities", PODMAN HOST("'CapAdd':['CAP_NET_RAW']"), "capabilities.effective",
          "[CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID, "
          "CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_CHROOT, CAP_SETFCAP]",
          "derived", NULL },
        { "what came of it", PODMAN ",'BoundingCaps':['CAP_KILL']" HOST(""),
          "capabilities.effective", "[CAP_KILL]", "derived", "'BoundingCaps':['CAP_KILL']" },
        { "its runtime", PODMAN HOST(""), "runtime", "crun", "declared", "'OCIRuntime':'crun'" },
        { "the name of its image", PODMAN ",'ImageName':'quay.io/a/b:1'" HOST(""), "image.raw",
          "quay.io/a/b:1", "declared", NULL },
        { "control groups", PODMAN HOST("'CgroupMode':'host'"), "namespaces.cgroup.host", "true",
          "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
on_windows_much_is_not_applicable(void **state)
{
    static const struct reading_row rows[] = {
        { "root", ",'Platform':'windows'" CONFIG("'User':'ContainerAdministrator'"),
          "user.is_root", "-", "not applicable", NULL },
        { "capabilities", ",'Platform':'windows'" HOST(""), "capabilities.effective", "-",
          "not applicable", NULL },
        { "a pipe", ",'Platform':'windows','Mounts':[{'Type':'npipe','Source':"
                    "'//./pipe/docker_engine','Destination':'//./pipe/docker_engine'}]" HOST(""),
          "facts.runtime_socket_mounted", "true", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
what_the_host_decides_may_stand_alone(void **state)
{
    static const struct reading_row rows[] = {
        { "a part of a container is one", "", "privileged", "false", "declared",
          "'Privileged':false" },
        { "whom it runs as is not said there", "", "user.is_root", "-", "unknown", NULL },
        { "nor its variables", "", "env", "-", "unknown", NULL },
        { "nor its name", "", "name", "-", "absent", NULL },
        { "mounts are those that were asked for", ",'Binds':['/a:/b']", "mounts", "[1]+",
          "declared", NULL },
    };

    reading_check_all(*state, "", "'RestartPolicy':{},'LogConfig':{},'Privileged':false", rows,
                      COUNT(rows));
}

static void
both_kinds_stand_in_one_array(void **state)
{
    static const unsigned types[] = { SCL_TYPE_CONTAINER, SCL_TYPE_IMAGE, SCL_TYPE_CONTAINER };
    struct scl_document *d = reading_document(
        "x.json", "",
        reading_quoted(*state, "[{'Name':'/a','Config':{},'HostConfig':{}},\n"
                               "{'Id':'sha256:1','RootFS':{},'RepoTags':['b:1'],'Config':{}},\n"
                               "{'Name':'c','IPAM':{},'Driver':'bridge'},\n"
                               "{'Name':'/d','Config':{},'HostConfig':{}}]"));
    struct scl_text notes;

    scl_text_init(&notes);
    reading_notes(d, &notes);
    check_text(scl_text_str(&notes), "at '': neither a container nor an image; left out\n",
               "a network");
    check_text(scl_str_c(d->format), "docker-inspect", "the format");
    check_number(d->subjects.count, COUNT(types), "subjects");
    for (uint32_t i = 0; i < d->subjects.count; i++)
        check_number(d->subjects.at[i].type, types[i], "in their order");
    scl_text_finish(&notes);
    scl_document_unref(d);
}

static void
broken_values_are_noted_and_unknown(void **state)
{
#define AT(text, kinds) "at '" text "': expected " kinds "\n" WITHOUT_IT
    static const struct {
        const char *text, *notes, *path, *value, *state;
    } rows[] = {
        { "'Config':{},'HostConfig':{'Privileged':'yes'}", AT("'yes'", "a boolean, got a string"),
          "capabilities.effective", "-", "unknown" },
        { "'Config':{},'HostConfig':{'Privileged':1}", AT("1", "a boolean, got a number"),
          "seccomp.confined", "-", "unknown" },
        { "'Config':{},'HostConfig':{'CapAdd':'ALL'}", AT("'ALL'", "an array, got a string"),
          "capabilities.effective", "-", "unknown" },
        { "'Config':{},'HostConfig':{'CapDrop':['ALL',5]}", AT("5", "a string, got a number"),
          "capabilities.effective", "-", "unknown" },
        { "'Config':{},'HostConfig':{'SecurityOpt':'x'}", AT("'x'", "an array, got a string"),
          "no_new_privileges", "-", "unknown" },
        { "'Config':{},'HostConfig':{'SecurityOpt':[5]}", AT("5", "a string, got a number"),
          "seccomp.mode", "-", "unknown" },
        { "'Config':{},'HostConfig':{'PidMode':5}", AT("5", "a string, got a number"),
          "namespaces.pid.host", "-", "unknown" },
        { "'Config':{},'HostConfig':{'PortBindings':[]}", AT("[]", "an object, got an array"),
          "ports", "-", "unknown" },
        { "'Config':{},'HostConfig':{'PortBindings':{'80':5}}", AT("5", "an array, got a number"),
          "ports", "[]+", "declared" },
        { "'Config':{},'HostConfig':{'NanoCpus':1.5}", AT("1.5", "a whole number"),
          "resources.cpu_limit", "-", "unknown" },
        { "'Config':{},'HostConfig':{'Tmpfs':[]},'Mounts':[]", AT("[]", "an object, got an array"),
          "mounts", "[]+", "declared" },
        { "'Config':{},'HostConfig':{'Binds':['/a:/b'],'Mounts':5}",
          AT("5", "an array, got a number"), "mounts[/b].source", "/a", "declared" },
        { "'Config':{},'HostConfig':{},'Mounts':{}", AT("{}", "an array, got an object"), "mounts",
          "[]+", "declared" },
        { "'Config':5,'HostConfig':{}", AT("5", "an object, got a number"), "user.is_root", "-",
          "unknown" },
        { "'Config':{},'HostConfig':5", AT("5", "an object, got a number"), "privileged", "-",
          "unknown" },
        { "'Config':null,'HostConfig':null", "", "privileged", "-", "unknown" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading_row row = { rows[i].text,  NULL, rows[i].path,
                                   rows[i].value, rows[i].state, NULL };
        struct scl_text text, notes;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_init(&notes);
        scl_text_f(&text, "[{%s}]", rows[i].text);
        d = reading_document("x.json", "docker-inspect", reading_quoted(*state, text.at));
        reading_notes(d, &notes);
        for (size_t k = 0; k < notes.len; k++)
            notes.at[k] = notes.at[k] == '"' ? '\'' : notes.at[k];
        check_text(scl_text_str(&notes), rows[i].notes, rows[i].text);
        reading_check(d, &row);
        scl_text_finish(&notes);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

SUITE(
    CASE(what_runs_in_it_is_read),
    CASE(the_ceiling_of_capabilities_is_computed),
    CASE(confinement_is_read),
    CASE(namespaces_are_read),
    CASE(mounts_are_read),
    CASE(ports_are_read),
    CASE(limits_and_the_rest_are_read),
    CASE(podman_has_its_own_defaults),
    CASE(on_windows_much_is_not_applicable),
    CASE(what_the_host_decides_may_stand_alone),
    CASE(both_kinds_stand_in_one_array),
    CASE(broken_values_are_noted_and_unknown))
