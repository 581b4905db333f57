/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_oci_runtime.c: OCI runtime configurations
 */
#include "reading.h"

#define START "'ociVersion':'1.2.0'"

static void
check_rows(void **state, const struct reading_row *rows, size_t count)
{
    reading_check_all(*state, "oci-runtime", START, rows, count);
}

static void
the_process_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "uid", ",'process':{'user':{'uid':1000,'gid':5}}", "user.uid", "1000", "declared",
          "'uid':1000" },
        { "gid", ",'process':{'user':{'uid':1000,'gid':5}}", "user.gid", "5", "declared",
          "'gid':5" },
        { "raw follows from both", ",'process':{'user':{'uid':1000,'gid':5}}", "user.raw", "1000:5",
          "derived", "'uid':1000" },
        { "raw of a uid alone", ",'process':{'user':{'uid':7}}", "user.raw", "7", "derived",
          "'uid':7" },
        { "root", ",'process':{'user':{'uid':0}}", "user.is_root", "true", "derived", "'uid':0" },
        { "not root", ",'process':{'user':{'uid':8}}", "user.is_root", "false", "derived",
          "'uid':8" },
        { "certainty", ",'process':{'user':{'uid':8}}", "user.certainty", "exact", "derived",
          NULL },
        { "an absent gid is placed at the user", ",'process':{'user':{'uid':8}}", "user.gid", "-",
          "absent", "~'user':{'uid':8}" },
        { "the user is a group", ",'process':{'user':{'uid':8}}", "user", "node", "declared",
          "'user':{'uid':8}" },
        { "a user name means nothing on Linux", ",'process':{'user':{'uid':8,'username':'x'}}",
          "user.name", "-", "absent", NULL },
        { "groups", ",'process':{'user':{'uid':8,'gid':1,'additionalGids':[10,27]}}", "groups",
          "[10, 27]", "declared", "'additionalGids':[10,27]" },
        { "the first group is not additional",
          ",'process':{'user':{'uid':8,'gid':27,'additionalGids':[27,10]}}", "groups", "[10]",
          "declared", NULL },
        { "a group has a place", ",'process':{'user':{'additionalGids':[10,27]}}", "groups[2]",
          "27", "declared", "27" },
        { "no groups", ",'process':{'user':{'additionalGids':[]}}", "groups", "[]", "declared",
          NULL },
        { "arguments", ",'process':{'args':['sh','-c','a b']}", "argv", "[sh, -c, a b]",
          "declared", "'args':['sh','-c','a b']" },
        { "an argument has a place", ",'process':{'args':['sh','-c']}", "argv[2]", "-c",
          "declared", "'-c'" },
        { "a list over several lines is its key", ",'process':{'args':[\n'sh']}", "argv", "[sh]",
          "declared", "'args'" },
        { "folder", ",'process':{'cwd':'/srv'}", "working_dir", "/srv", "declared",
          "'cwd':'/srv'" },
        { "terminal", ",'process':{'terminal':true}", "tty", "true", "declared",
          "'terminal':true" },
        { "no terminal by default", ",'process':{}", "tty", "false", "default", "~'process'" },
        { "no new privileges", ",'process':{'noNewPrivileges':true}", "no_new_privileges", "true",
          "declared", "'noNewPrivileges':true" },
        { "absent, it is placed at the process", ",'process':{\n}", "no_new_privileges", "false",
          "default", "~'process'" },
        { "without a process at the start", "", "no_new_privileges", "false", "default", "~" },
        { "null is null", ",'process':{'noNewPrivileges':null}", "no_new_privileges", "-", "null",
          "'noNewPrivileges':null" },
        { "a null object is none", ",'process':null", "no_new_privileges", "false", "default",
          "~'process'" },
        { "score", ",'process':{'oomScoreAdj':-500}", "resources.oom_score_adj", "-500",
          "declared", "'oomScoreAdj':-500" },
        { "variables", ",'process':{'env':['A=1','B=x=y','C=','D']}", "env", "[4]", "declared",
          NULL },
        { "a name", ",'process':{'env':['A=1','B=x=y']}", "env[2].name", "B", "declared",
          "'B=x=y'" },
        { "a value has the rest", ",'process':{'env':['A=1','B=x=y']}", "env[B].value", "x=y",
          "declared", "'B=x=y'" },
        { "an empty value", ",'process':{'env':['C=']}", "env[C].value", "", "declared", NULL },
        { "no value", ",'process':{'env':['D']}", "env[D].value", "-", "absent", "~'D'" },
        { "its source", ",'process':{'env':['D']}", "env[1].source", "literal", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
capabilities_are_named_and_sorted(void **state)
{
    static const struct reading_row rows[] = {
        { "by number", ",'process':{'capabilities':{'bounding':['CAP_KILL','CAP_CHOWN']}}",
          "capabilities.bounding", "[CAP_CHOWN, CAP_KILL]", "declared",
          "'bounding':['CAP_KILL','CAP_CHOWN']" },
        { "the ceiling is the bounding set",
          ",'process':{'capabilities':{'bounding':['CAP_KILL','CAP_CHOWN']}}",
          "capabilities.effective", "[CAP_CHOWN, CAP_KILL]", "derived",
          "'bounding':['CAP_KILL','CAP_CHOWN']" },
        { "a member is placed where it is written",
          ",'process':{'capabilities':{'bounding':['CAP_KILL','CAP_CHOWN']}}",
          "capabilities.bounding[1]", "CAP_CHOWN", "declared", "'CAP_CHOWN'" },
        { "case and prefix", ",'process':{'capabilities':{'bounding':['kill','cap_sys_admin']}}",
          "capabilities.bounding", "[CAP_KILL, CAP_SYS_ADMIN]", "declared", NULL },
        { "twice is once", ",'process':{'capabilities':{'bounding':['CAP_KILL','KILL']}}",
          "capabilities.bounding", "[CAP_KILL]", "declared", NULL },
        { "unknown ones last", ",'process':{'capabilities':{'bounding':['CAP_NEW','CAP_KILL']}}",
          "capabilities.bounding", "[CAP_KILL, CAP_NEW]", "declared", NULL },
        { "permitted", ",'process':{'capabilities':{'permitted':['CAP_KILL']}}",
          "capabilities.permitted", "[CAP_KILL]", "declared", NULL },
        { "inheritable", ",'process':{'capabilities':{'inheritable':['CAP_KILL']}}",
          "capabilities.inheritable", "[CAP_KILL]", "declared", NULL },
        { "ambient", ",'process':{'capabilities':{'ambient':['CAP_KILL']}}",
          "capabilities.ambient", "[CAP_KILL]", "declared", NULL },
        { "none", ",'process':{'capabilities':{'bounding':[]}}", "capabilities.effective", "[]",
          "derived", NULL },
        { "the process's effective set is not the ceiling",
          ",'process':{'capabilities':{'effective':['CAP_KILL']}}", "capabilities.effective", "-",
          "absent", "~'capabilities':{'effective':['CAP_KILL']}" },
        { "nothing is added, for nothing can be", ",'process':{'capabilities':{}}",
          "capabilities.add", "-", "absent", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
confinement_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "no filter", ",'linux':{}", "seccomp.mode", "unconfined", "default", "~'linux'" },
        { "no filter confines nothing", ",'linux':{}", "seccomp.confined", "false", "default",
          NULL },
        { "a filter", ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'}}", "seccomp.mode",
          "profile", "declared", "'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'}" },
        { "it refuses", ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'}}",
          "seccomp.confined", "true", "derived", "'defaultAction':'SCMP_ACT_ERRNO'" },
        { "its action", ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'}}",
          "seccomp.default_action", "SCMP_ACT_ERRNO", "declared", NULL },
        { "it lets all through", ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ALLOW'}}",
          "seccomp.confined", "false", "derived", NULL },
        { "it only logs", ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_LOG'}}",
          "seccomp.confined", "false", "derived", NULL },
        { "a rule refuses",
          ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ALLOW','syscalls':"
          "[{'names':['mount'],'action':'SCMP_ACT_ERRNO'}]}}",
          "seccomp.confined", "true", "derived", NULL },
        { "a rule allows what is allowed",
          ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ALLOW','syscalls':"
          "[{'names':['mount'],'action':'SCMP_ACT_ALLOW'}]}}",
          "seccomp.confined", "false", "derived", NULL },
        { "without an action nobody knows", ",'linux':{'seccomp':{}}", "seccomp.confined", "-",
          "unknown", NULL },
        { "a null filter is none", ",'linux':{'seccomp':null}", "seccomp.mode", "unconfined",
          "default", NULL },
        { "AppArmor profile", ",'process':{'apparmorProfile':'docker-default'}", "apparmor.profile",
          "docker-default", "declared", "'apparmorProfile':'docker-default'" },
        { "AppArmor mode", ",'process':{'apparmorProfile':'docker-default'}", "apparmor.mode",
          "default", "derived", NULL },
        { "another profile is no default", ",'process':{'apparmorProfile':'edge'}", "apparmor.mode",
          "profile", "derived", NULL },
        { "a type of another label", ",'process':{'selinuxLabel':'u:r:edge_t:s0'}", "selinux.mode",
          "custom", "derived", NULL },
        { "the type that engines give", ",'process':{'selinuxLabel':'u:r:container_t:s0:c1,c2'}",
          "selinux.mode", "default", "derived", NULL },
        { "AppArmor unconfined", ",'process':{'apparmorProfile':'unconfined'}", "apparmor.mode",
          "unconfined", "declared", NULL },
        { "AppArmor unconfined is no profile", ",'process':{'apparmorProfile':'unconfined'}",
          "apparmor.profile", "-", "absent", NULL },
        { "AppArmor of no name", ",'process':{'apparmorProfile':''}", "apparmor.mode",
          "unconfined", "declared", "'apparmorProfile':''" },
        { "no AppArmor", ",'process':{}", "apparmor.mode", "unconfined", "default",
          "~'process'" },
        { "SELinux user", ",'process':{'selinuxLabel':'u:r:t:s0:c1,c2'}", "selinux.user", "u",
          "declared", NULL },
        { "SELinux role", ",'process':{'selinuxLabel':'u:r:t:s0:c1,c2'}", "selinux.role", "r",
          "declared", NULL },
        { "SELinux type", ",'process':{'selinuxLabel':'u:r:t:s0:c1,c2'}", "selinux.type", "t",
          "declared", "'selinuxLabel':'u:r:t:s0:c1,c2'" },
        { "a level may have colons", ",'process':{'selinuxLabel':'u:r:t:s0:c1,c2'}",
          "selinux.level", "s0:c1,c2", "declared", NULL },
        { "a short label", ",'process':{'selinuxLabel':'u:r:t'}", "selinux.level", "-", "absent",
          NULL },
        { "masked paths", ",'linux':{'maskedPaths':['/proc/kcore']}", "masked_paths",
          "[/proc/kcore]", "declared", "'maskedPaths':['/proc/kcore']" },
        { "read-only paths", ",'linux':{'readonlyPaths':['/proc/sys']}", "readonly_paths",
          "[/proc/sys]", "declared", NULL },
        { "read-only root", ",'root':{'path':'x','readonly':true}", "readonly_rootfs", "true",
          "declared", "'readonly':true" },
        { "writable root", ",'root':{'path':'x'}", "readonly_rootfs", "false", "default",
          "~'root'" },
        { "system controls", ",'linux':{'sysctl':{'net.a':'1','kernel.b':'x'}}", "sysctls",
          "[net.a=1, kernel.b=x]", "declared", NULL },
        { "a system control", ",'linux':{'sysctl':{'net.a':'1'}}", "sysctls[net.a]", "1",
          "declared", "'net.a':'1'" },
        { "control group", ",'linux':{'cgroupsPath':'/a/b'}", "cgroup_parent", "/a/b", "declared",
          NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
namespaces_are_private_joined_or_the_hosts(void **state)
{
    static const struct reading_row rows[] = {
        { "private", ",'linux':{'namespaces':[{'type':'pid'}]}", "namespaces.pid.mode", "private",
          "declared", "{'type':'pid'}" },
        { "private is not the host's", ",'linux':{'namespaces':[{'type':'pid'}]}",
          "namespaces.pid.host", "false", "derived", "{'type':'pid'}" },
        { "an empty path is none", ",'linux':{'namespaces':[{'type':'pid','path':''}]}",
          "namespaces.pid.mode", "private", "declared", NULL },
        { "not listed", ",'linux':{'namespaces':[{'type':'pid'}]}", "namespaces.net.host", "true",
          "default", "~'namespaces':[{'type':'pid'}]" },
        { "not listed, by mode", ",'linux':{'namespaces':[]}", "namespaces.ipc.mode", "host",
          "default", NULL },
        { "no list", ",'linux':{\n}", "namespaces.ipc.host", "true", "default", "~'linux'" },
        { "joined", ",'linux':{'namespaces':[{'type':'network','path':'/run/netns/a'}]}",
          "namespaces.net.mode", "path", "declared", NULL },
        { "joined at", ",'linux':{'namespaces':[{'type':'network','path':'/run/netns/a'}]}",
          "namespaces.net.target", "/run/netns/a", "declared", "'path':'/run/netns/a'" },
        { "joined is not the host's",
          ",'linux':{'namespaces':[{'type':'network','path':'/run/netns/a'}]}",
          "namespaces.net.host", "false", "derived", NULL },
        { "that of the first process is the host's",
          ",'linux':{'namespaces':[{'type':'network','path':'/proc/1/ns/net'}]}",
          "namespaces.net.host", "true", "derived", NULL },
        { "however it is written",
          ",'linux':{'namespaces':[{'type':'ipc','path':'//proc/./1/ns/x/../ipc'}]}",
          "namespaces.ipc.mode", "host", "declared", NULL },
        { "that of another process is not",
          ",'linux':{'namespaces':[{'type':'network','path':'/proc/12/ns/net'}]}",
          "namespaces.net.mode", "path", "declared", NULL },
        { "that of another kind is not",
          ",'linux':{'namespaces':[{'type':'network','path':'/proc/1/ns/pid'}]}",
          "namespaces.net.host", "false", "derived", NULL },
        { "the runtime's own is the host's",
          ",'linux':{'namespaces':[{'type':'uts','path':'/proc/self/ns/uts'}]}",
          "namespaces.uts.host", "true", "derived", NULL },
        { "user", ",'linux':{'namespaces':[{'type':'user'}]}", "namespaces.user.host", "false",
          "derived", NULL },
        { "time", ",'linux':{'namespaces':[{'type':'time'}]}", "namespaces.time.mode", "private",
          "declared", NULL },
        { "cgroup", ",'linux':{'namespaces':[{'type':'cgroup'}]}", "namespaces.cgroup.mode",
          "private", "declared", NULL },
        { "mount is no field", ",'linux':{'namespaces':[{'type':'mount'}]}", "namespaces.pid.host",
          "true", "default", NULL },
        { "root without a user namespace is the host's", ",'process':{'user':{'uid':0}}",
          "user.root_maps_to_host", "true", "derived", NULL },
        { "root in one is not",
          ",'process':{'user':{'uid':0}},'linux':{'namespaces':[{'type':'user'}],"
          "'uidMappings':[{'containerID':0,'hostID':1000,'size':1}]}",
          "user.root_maps_to_host", "false", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
mounts_are_what_their_options_say(void **state)
{
    static const struct reading_row rows[] = {
        { "target", ",'mounts':[{'destination':'/a'}]", "mounts[1].target", "/a", "declared",
          "'destination':'/a'" },
        { "by its target", ",'mounts':[{'destination':'/a','source':'/b'}]", "mounts[/a].source",
          "/b", "declared", "'source':'/b'" },
        { "bind by option", ",'mounts':[{'destination':'/a','options':['rbind']}]",
          "mounts[1].type", "bind", "derived", "'options':['rbind']" },
        { "bind by type", ",'mounts':[{'destination':'/a','type':'bind'}]", "mounts[1].type",
          "bind", "declared", "'type':'bind'" },
        { "the option wins",
          ",'mounts':[{'destination':'/a','type':'none','options':['bind']}]", "mounts[1].type",
          "bind", "derived", NULL },
        { "another type", ",'mounts':[{'destination':'/a','type':'tmpfs'}]", "mounts[1].type",
          "tmpfs", "declared", NULL },
        { "a folder seen twice on FreeBSD",
          ",'freebsd':{},'mounts':[{'destination':'/a','type':'nullfs'}]", "mounts[1].type", "bind",
          "declared", NULL },
        { "no type", ",'mounts':[{'destination':'/a'}]", "mounts[1].type", "-", "absent",
          "~{'destination':'/a'}" },
        { "read-only", ",'mounts':[{'destination':'/a','options':['ro','bind']}]",
          "mounts[1].read_only", "true", "declared", "'ro'" },
        { "recursively", ",'mounts':[{'destination':'/a','options':['rro']}]",
          "mounts[1].read_only", "true", "declared", NULL },
        { "for writing", ",'mounts':[{'destination':'/a','options':['rw']}]",
          "mounts[1].read_only", "false", "declared", "'rw'" },
        { "the last counts", ",'mounts':[{'destination':'/a','options':['ro','rw']}]",
          "mounts[1].read_only", "false", "declared", NULL },
        { "options", ",'mounts':[{'destination':'/a','options':['ro','x=1']}]",
          "mounts[1].options", "[ro, x=1]", "declared", NULL },
        { "propagation", ",'mounts':[{'destination':'/a','options':['rbind','rslave']}]",
          "mounts[1].propagation", "rslave", "declared", "'rslave'" },
        { "size", ",'mounts':[{'destination':'/a','options':['size=65536k']}]", "mounts[1].size",
          "67108864", "declared", "'size=65536k'" },
        { "size in bytes", ",'mounts':[{'destination':'/a','options':['size=4096']}]",
          "mounts[1].size", "4096", "declared", NULL },
        { "size of capital units", ",'mounts':[{'destination':'/a','options':['size=2G']}]",
          "mounts[1].size", "2147483648", "declared", NULL },
        { "size of the host's memory", ",'mounts':[{'destination':'/a','options':['size=50%']}]",
          "mounts[1].size", "-", "unknown", "'size=50%'" },
        { "size 0 is no limit", ",'mounts':[{'destination':'/a','options':['size=0']}]",
          "mounts[1].size", "no limit", "declared", NULL },
        { "/proc is the runtime's",
          ",'mounts':[{'destination':'/proc','type':'proc','source':'proc'}]", "mounts[1].origin",
          "runtime", "derived", NULL },
        { "the host's /proc is not",
          ",'mounts':[{'destination':'/proc','source':'/proc','options':['bind']}]",
          "mounts[1].origin", "declared", "derived", NULL },
        { "cgroup2", ",'mounts':[{'destination':'/sys/fs/cgroup','type':'cgroup2'}]",
          "mounts[1].origin", "runtime", "derived", NULL },
        { "hosts is the runtime's",
          ",'mounts':[{'destination':'/etc/hosts','type':'bind','source':'/run/x/etc-hosts'}]",
          "mounts[1].origin", "runtime", "derived", NULL },
        { "a socket in its place is not",
          ",'mounts':[{'destination':'/etc/hosts','type':'bind','source':'/run/docker.sock'}]",
          "mounts[1].origin", "declared", "derived", NULL },
        { "a mount over several lines", ",'mounts':[{\n'destination':'/a'}]", "mounts[1]", "node",
          "declared", "{\n'destination':'/a'}" },
        { "no mounts", "", "mounts", "-", "absent", "~" },
        { "the engine's socket",
          ",'mounts':[{'destination':'/a','type':'bind','source':'/var/run/docker.sock'}]",
          "facts.runtime_socket_mounted", "true", "derived", NULL },
        { "the host's root", ",'mounts':[{'destination':'/a','type':'bind','source':'/'}]",
          "facts.host_root_mounted", "true", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
resources_are_limits_or_none(void **state)
{
    static const struct reading_row rows[] = {
        { "memory", ",'linux':{'resources':{'memory':{'limit':268435456}}}",
          "resources.memory_limit", "268435456", "declared", "'limit':268435456" },
        { "-1 is no limit", ",'linux':{'resources':{'memory':{'limit':-1}}}",
          "resources.memory_limit", "no limit", "declared", "'limit':-1" },
        { "0 is no limit", ",'linux':{'resources':{'memory':{'limit':0}}}",
          "resources.memory_limit", "no limit", "declared", NULL },
        { "more than there can be is no limit",
          ",'linux':{'resources':{'memory':{'limit':18446744073709551615}}}",
          "resources.memory_limit", "no limit", "declared", NULL },
        { "absent is no limit", ",'linux':{'resources':{'memory':{}}}", "resources.memory_limit",
          "no limit", "default", "~'memory'" },
        { "reservation", ",'linux':{'resources':{'memory':{'reservation':5}}}",
          "resources.memory_reservation", "5", "declared", NULL },
        { "swap", ",'linux':{'resources':{'memory':{'swap':7}}}", "resources.memory_swap_limit",
          "7", "declared", NULL },
        { "swappiness", ",'linux':{'resources':{'memory':{'swappiness':0}}}",
          "resources.memory_swappiness", "0", "declared", NULL },
        { "killer", ",'linux':{'resources':{'memory':{'disableOOMKiller':true}}}",
          "resources.oom_kill_disable", "true", "declared", NULL },
        { "half a processor", ",'linux':{'resources':{'cpu':{'quota':50000,'period':100000}}}",
          "resources.cpu_limit", "0.5", "declared", "'quota':50000" },
        { "the period has a default", ",'linux':{'resources':{'cpu':{'quota':150000}}}",
          "resources.cpu_limit", "1.5", "declared", NULL },
        { "a third", ",'linux':{'resources':{'cpu':{'quota':1,'period':3}}}",
          "resources.cpu_limit", "0.333333333", "declared", NULL },
        { "no quota", ",'linux':{'resources':{'cpu':{'quota':-1,'period':100000}}}",
          "resources.cpu_limit", "no limit", "declared", NULL },
        { "shares", ",'linux':{'resources':{'cpu':{'shares':512}}}", "resources.cpu_shares", "512",
          "declared", NULL },
        { "processors", ",'linux':{'resources':{'cpu':{'cpus':'0-3'}}}", "resources.cpuset", "0-3",
          "declared", NULL },
        { "processes", ",'linux':{'resources':{'pids':{'limit':200}}}", "resources.pids_limit",
          "200", "declared", NULL },
        { "processes without a limit", ",'linux':{'resources':{'pids':{'limit':0}}}",
          "resources.pids_limit", "no limit", "declared", NULL },
        { "unified memory", ",'linux':{'resources':{'unified':{'memory.max':'1024'}}}",
          "resources.memory_limit", "1024", "declared", "'memory.max':'1024'" },
        { "unified without a limit",
          ",'linux':{'resources':{'pids':{'limit':9},'unified':{'pids.max':'max'}}}",
          "resources.pids_limit", "no limit", "declared", NULL },
        { "unified processors", ",'linux':{'resources':{'unified':{'cpu.max':'50000 200000'}}}",
          "resources.cpu_limit", "0.25", "declared", NULL },
        { "unified processors without a limit",
          ",'linux':{'resources':{'unified':{'cpu.max':'max 100000'}}}", "resources.cpu_limit",
          "no limit", "declared", NULL },
        { "a limit of the process",
          ",'process':{'rlimits':[{'type':'RLIMIT_NOFILE','soft':10,'hard':20}]}",
          "resources.ulimits[nofile].soft", "10", "declared", "'soft':10" },
        { "its hard one", ",'process':{'rlimits':[{'type':'RLIMIT_NOFILE','soft':0,'hard':20}]}",
          "resources.ulimits[1].hard", "20", "declared", NULL },
        { "0 is a limit here", ",'process':{'rlimits':[{'type':'RLIMIT_CORE','soft':0}]}",
          "resources.ulimits[core].soft", "0", "declared", NULL },
        { "infinity",
          ",'process':{'rlimits':[{'type':'RLIMIT_CORE','hard':18446744073709551615}]}",
          "resources.ulimits[core].hard", "no limit", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

#define FUSE "'devices':[{'path':'/dev/fuse','type':'c','major':10,'minor':229}]"

static void
devices_have_the_access_that_rules_give(void **state)
{
    static const struct reading_row rows[] = {
        { "path", ",'linux':{" FUSE "}", "devices[1].source", "/dev/fuse", "declared",
          "'path':'/dev/fuse'" },
        { "by its target", ",'linux':{" FUSE "}", "devices[/dev/fuse].target", "/dev/fuse",
          "declared", NULL },
        { "without rules nobody says", ",'linux':{" FUSE "}", "devices[1].permissions", "-",
          "absent", NULL },
        { "its rule",
          ",'linux':{" FUSE ",'resources':{'devices':[{'allow':false,'access':'rwm'},"
          "{'allow':true,'type':'c','major':10,'minor':229,'access':'rw'}]}}",
          "devices[1].permissions", "rw", "derived", NULL },
        { "the rule of its number",
          ",'linux':{" FUSE ",'resources':{'devices':["
          "{'allow':true,'type':'c','major':10,'access':'m'}]}}",
          "devices[1].permissions", "m", "derived", NULL },
        { "of another kind it is not",
          ",'linux':{" FUSE ",'resources':{'devices':["
          "{'allow':true,'type':'b','major':10,'minor':229,'access':'r'}]}}",
          "devices[1].permissions", "", "derived", NULL },
        { "what is taken back",
          ",'linux':{" FUSE ",'resources':{'devices':["
          "{'allow':true,'type':'c','major':10,'minor':229,'access':'rwm'},"
          "{'allow':false,'type':'c','major':10,'minor':229,'access':'w'}]}}",
          "devices[1].permissions", "rm", "derived", NULL },
        { "all devices",
          ",'linux':{" FUSE ",'resources':{'devices':[{'allow':true,'access':'rwm'}]}}",
          "devices[1].permissions", "rwm", "derived", NULL },
        { "rules as text",
          ",'linux':{'resources':{'devices':[{'allow':false,'access':'rwm'},"
          "{'allow':true,'type':'c','major':1,'minor':3,'access':'rwm'},"
          "{'allow':true,'type':'b','major':8,'access':'r'}]}}",
          "device_cgroup_rules", "[c 1:3 rwm, b 8:* r]", "declared", NULL },
        { "a rule has a place",
          ",'linux':{'resources':{'devices':[{'allow':true,'access':'rwm'}]}}",
          "device_cgroup_rules[1]", "a *:* rwm", "declared", "{'allow':true,'access':'rwm'}" },
        { "what is before a refusal of all does not count",
          ",'linux':{'resources':{'devices':[{'allow':true,'access':'rwm'},"
          "{'allow':false,'type':'a','access':'rwm'}]}}",
          "device_cgroup_rules", "[]", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

/* A configuration with every capability, and what is put behind its `linux`. */
static void
check_privileged(struct scl_arena *arena, const char *why, const char *more, const char *expected)
{
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("capabilities"));
    struct reading_row row = { why, NULL, "privileged", expected, NULL, NULL };
    struct scl_text text;

    scl_text_init(&text);
    scl_text_c(&text, ",'process':{'capabilities':{'bounding':[");
    for (uint32_t i = 0; i + 1 < table->row_count; i++) /* the last is ALL */
        scl_text_f(&text, "%s'%.*s'", i ? "," : "", SCL_ARG(scl_facts_text(table, i, 0)));
    scl_text_f(&text, "]}}%s", more);
    row.text = text.at;
    reading_check_all(arena, "oci-runtime", START, &row, 1);
    scl_text_finish(&text);
}

#define ALL_DEVICES "'resources':{'devices':[{'allow':true,'access':'rwm'}]}"

static void
privileged_is_when_nothing_is_left(void **state)
{
    check_privileged(*state, "nothing left", ",'linux':{" ALL_DEVICES "}", "true");
    check_privileged(*state, "devices are left", ",'linux':{}", "false");
    check_privileged(*state, "masks are left",
                     ",'linux':{'maskedPaths':['/proc/kcore']," ALL_DEVICES "}", "false");
    check_privileged(*state, "no masks",
                     ",'linux':{'maskedPaths':[],'readonlyPaths':[]," ALL_DEVICES "}", "true");
    check_privileged(*state, "read-only paths are left",
                     ",'linux':{'readonlyPaths':['/proc/sys']," ALL_DEVICES "}", "false");
    check_privileged(*state, "a filter is left",
                     ",'linux':{'seccomp':{'defaultAction':'SCMP_ACT_ERRNO'}," ALL_DEVICES "}",
                     "false");
    check_privileged(*state, "/sys is read-only",
                     ",'mounts':[{'destination':'/sys','type':'sysfs','options':['ro']}],"
                     "'linux':{" ALL_DEVICES "}",
                     "false");
    check_privileged(*state, "/sys is writable",
                     ",'mounts':[{'destination':'/sys','type':'sysfs','options':['nodev']}],"
                     "'linux':{" ALL_DEVICES "}",
                     "true");
}

static void
the_rest_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "host name", ",'hostname':'a'", "hostname", "a", "declared", "'hostname':'a'" },
        { "domain name", ",'domainname':'b'", "domainname", "b", "declared", NULL },
        { "annotations", ",'annotations':{'a.b/c':'x'}", "annotations[a.b/c]", "x", "declared",
          "'a.b/c':'x'" },
        { "hooks", ",'hooks':{'prestart':[{'path':'/a'}],'poststop':[{'path':'/b'}]}", "hooks",
          "[2]", "declared", NULL },
        { "a hook's phase", ",'hooks':{'prestart':[{'path':'/a'}],'poststop':[{'path':'/b'}]}",
          "hooks[2].phase", "poststop", "declared", "'poststop'" },
        { "a hook's program", ",'hooks':{'createRuntime':[{'path':'/a','args':['a','b']}]}",
          "hooks[1].path", "/a", "declared", "'path':'/a'" },
        { "a hook's words", ",'hooks':{'createRuntime':[{'path':'/a','args':['a','b']}]}",
          "hooks[1].argv", "[a, b]", "declared", NULL },
        { "Linux by default", "", "os", "linux", "derived", NULL },
        { "Linux", ",'linux':{}", "os", "linux", "declared", "'linux'" },
        { "Linux on Windows", ",'windows':{},'linux':{}", "os", "linux", "declared", NULL },
        { "Windows", ",'windows':{}", "os", "windows", "declared", "'windows'" },
        { "FreeBSD", ",'freebsd':{}", "os", "freebsd", "declared", NULL },
        { "no isolation of Linux elsewhere", ",'freebsd':{}", "namespaces.net.host", "-",
          "not applicable", NULL },
        { "Windows has no capabilities", ",'windows':{}", "capabilities.bounding", "-",
          "not applicable", NULL },
        { "nor the host's network", ",'windows':{}", "namespaces.net.host", "-", "not applicable",
          NULL },
        { "nor a root user", ",'windows':{},'process':{'user':{'username':'x'}}", "user.is_root",
          "-", "not applicable", NULL },
        { "a user's name on Windows", ",'windows':{},'process':{'user':{'username':'x'}}",
          "user.name", "x", "declared", "'username':'x'" },
        { "a folder on Windows",
          ",'windows':{},'mounts':[{'destination':'C:\\\\a','source':'C:\\\\b'}]", "mounts[1].type",
          "bind", "derived", NULL },
        { "a pipe on Windows",
          ",'windows':{},'mounts':[{'destination':'x','source':'\\\\\\\\.\\\\pipe\\\\docker'}]",
          "mounts[1].type", "npipe", "derived", NULL },
        { "the runtime", "", "runtime_family", "oci", "derived", NULL },
        { "the role", "", "role", "main", "derived", NULL },
        { "resolved", "", "resolution", "resolved", "derived", NULL },
        { "no name", "", "name", "-", "absent", "~" },
        { "no image", "", "image.raw", "-", "absent", "~" },
    };

    check_rows(state, rows, COUNT(rows));
}

/* Broken values and broken ends: the text, the notes, and what is left of a field. */
static void
what_is_not_understood_is_unknown(void **state)
{
    static const struct broken {
        const char *text, *notes;
        struct reading_row row;
    } rows[] = {
        { "{'ociVersion':'1','root':{'readonly':'yes'}}",
          "at ''yes'': expected a boolean, got a string\n" WITHOUT_IT,
          { "a wrong kind", NULL, "readonly_rootfs", "-", "unknown", "'readonly':'yes'" } },
        { "{'ociVersion':'1','process':[]}",
          "at '[]': expected an object, got an array\n" WITHOUT_IT,
          { "below a wrong kind", NULL, "no_new_privileges", "-", "unknown", "'process'" } },
        { "{'ociVersion':'1','process':{'user':{'uid':'0'}}}",
          "at ''0'': expected a number, got a string\n" WITHOUT_IT,
          { "what follows from it", NULL, "user.is_root", "-", "unknown", NULL } },
        { "{'ociVersion':'1','process':{'user':{'uid':1.5}}}",
          "at '1.5': expected a whole number\n" WITHOUT_IT,
          { "a fraction", NULL, "user.uid", "-", "unknown", NULL } },
        { "{'ociVersion':'1','process':{'args':['a',1]}}",
          "at '1': expected a string, got a number\n" WITHOUT_IT,
          { "one member", NULL, "argv", "[a, ?]", "declared", NULL } },
        { "{'ociVersion':'1','process':{'env':['A=1',null]}}",
          "at 'null': expected a string, got null\n" WITHOUT_IT,
          { "one variable", NULL, "env", "[1]+", "declared", NULL } },
        { "{'ociVersion':'1','mounts':[1]}",
          "at '1': expected an object, got a number\n" WITHOUT_IT,
          { "one mount", NULL, "mounts", "[]+", "declared", NULL } },
        { "{'ociVersion':'1','mounts':[{'destination':'/a','options':['size=x']}]}",
          "at ''size=x'': expected a size, as 64m\n" WITHOUT_IT,
          { "no size", NULL, "mounts[1].size", "-", "unknown", NULL } },
        { "{'ociVersion':'1','mounts':[{'destination':'/a','options':['size=9999999999g']}]}",
          "at ''size=9999999999g'': expected a size, as 64m\n" WITHOUT_IT,
          { "too large a size", NULL, "mounts[1].size", "-", "unknown", NULL } },
        { "{'ociVersion':'1','linux':{'namespaces':[{'type':'nets'}]}}",
          "at ''nets'': no type of namespace\n" WITHOUT_IT,
          { "no such namespace", NULL, "namespaces.net.host", "true", "default", NULL } },
        { "{'ociVersion':'1','process':{'capabilities':{'bounding':'ALL'}}}",
          "at ''ALL'': expected an array, got a string\n" WITHOUT_IT,
          { "the ceiling is unknown too", NULL, "capabilities.effective", "-", "unknown", NULL } },
        { "{'ociVersion':'1','linux':{'resources':{'cpu':{'quota':9223372036854775807,"
          "'period':1}}}}",
          "at '9223372036854775807': the number is too large\n" WITHOUT_IT,
          { "too many processors", NULL, "resources.cpu_limit", "-", "unknown", NULL } },
        { "{'ociVersion':'1','process':{'noNewPrivileges':true",
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO,
          { "what was read before the end", NULL, "no_new_privileges", "true", "declared",
            "'noNewPrivileges':true" } },
        { "{'ociVersion':'1','process':{'noNewPrivileges':true",
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO,
          { "what was not", NULL, "tty", "-", "unknown", "'process'" } },
        { "{'ociVersion':'1','process':{'noNewPrivileges':true",
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO,
          { "namespaces that may come", NULL, "namespaces.pid.host", "-", "unknown", NULL } },
        { "{'ociVersion':'1','process':{'noNewPrivileges':true",
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO,
          { "capabilities that may come", NULL, "privileged", "-", "unknown", NULL } },
        { "{'ociVersion':'1','linux':{'namespaces':[{'type':'pid'},",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO,
          { "a list that goes on, what it has", NULL, "namespaces.pid.host", "false", "derived",
            NULL } },
        { "{'ociVersion':'1','linux':{'namespaces':[{'type':'pid'},",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO,
          { "a list that goes on, what may come", NULL, "namespaces.net.host", "-", "unknown",
            NULL } },
        { "{'ociVersion':'1','process':{'args':['a',",
          "at '': end of file inside an array\n= the array starts at\n" READ_UP_TO,
          { "words that may come", NULL, "argv", "[a]+", "declared", NULL } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("config.json", "", reading_quoted(*state, rows[i].text));
        struct scl_text notes;

        scl_text_init(&notes);
        reading_notes(d, &notes);
        for (size_t k = 0; k < notes.len; k++)
            notes.at[k] = notes.at[k] == '"' ? '\'' : notes.at[k];
        check_text(scl_text_str(&notes), rows[i].notes, rows[i].row.why);
        check_text(scl_str_c(d->format), "oci-runtime", rows[i].row.why);
        reading_check(d, &rows[i].row);
        scl_text_finish(&notes);
        scl_document_unref(d);
    }
}

static void
what_the_format_can_say_follows_from_its_rows(void **state)
{
    static const struct {
        const char *path;
        bool says;
    } rows[] = {
        { "user.uid", true },          { "mounts", true },
        { "mounts.source", true },     { "env.value", true },
        { "resources.pids_limit", true }, { "capabilities", true },
        { "resources", true },         { "name", false },
        { "image", false },            { "image.raw", false },
        { "user.name", false },        { "user.group", false },
        { "capabilities.add", false }, { "capabilities.drop", false },
        { "privileged", true },        { "format", true },
    };
    struct scl_document *d = reading_document("x.json", "oci-runtime",
                                              reading_quoted(*state, "{'ociVersion':'1'}"));

    for (size_t i = 0; i < COUNT(rows); i++) {
        unsigned field = scl_field_at_path(SCL_TYPE_CONTAINER, scl_str_c(rows[i].path));

        assert_int_not_equal(field, SCL_NONE);
        check_number(scl_document_says(d, 0, field), rows[i].says, rows[i].path);
    }
    scl_document_unref(d);
    d = reading_document("x.json", "oci-runtime",
                         reading_quoted(*state, "{'ociVersion':'1','windows':{}}"));
    check_number(scl_document_says(d, 0, SCL_CONTAINER_USER_NAME), true, "names on Windows");
    scl_document_unref(d);
}

static void
a_value_of_a_variable_stands_behind_its_name(void **state)
{
    static const struct {
        const char *text, *name, *value;
    } rows[] = {
        { "{'process':{'env':['A=b c']}}", "A", "b c" },
        { "{'process':{'env':['A=b\\tc']}}", "A", "b\\tc" },
        { "{'process':{'env':['A=']}}", "A", "" },
        { "{'process':{'env':['A\\u003db']}}", "'A\\u003db'", "'A\\u003db'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("x.json", "oci-runtime", reading_quoted(*state, rows[i].text));
        uint32_t env = scl_document_by_type(d, 0, SCL_TYPE_ENV).objects[0];
        const struct scl_value *name = scl_document_value(d, env, SCL_ENV_NAME);
        const struct scl_value *value = scl_document_value(d, env, SCL_ENV_VALUE);
        struct scl_str expected = reading_quoted(*state, rows[i].name);

        check_text(scl_source_text(d->files, scl_document_origin(d, name->origin)->value),
                   expected.at, rows[i].text);
        expected = reading_quoted(*state, rows[i].value);
        check_text(scl_source_text(d->files, scl_document_origin(d, value->origin)->value),
                   expected.at, rows[i].text);
        scl_document_unref(d);
    }
}

static void
many_bad_values_make_few_notes(void **state)
{
    struct scl_text text;
    struct scl_document *d;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, "{\"ociVersion\":\"1\",\"mounts\":[");
    scl_text_fill(&text, '1', 1);
    for (int i = 0; i < 5000; i++)
        scl_text_c(&text, ",1");
    scl_text_c(&text, "]}");
    d = reading_document("x.json", "", scl_text_str(&text));
    check_number(d->notes.list.count, 101, "notes");
    check_text(d->notes.list.at[100].message, "further values of a wrong kind are not listed",
               "the last note");
    scl_document_unref(d);
    scl_text_finish(&text);
}

SUITE(
    CASE(the_process_is_read),
    CASE(capabilities_are_named_and_sorted),
    CASE(confinement_is_read),
    CASE(namespaces_are_private_joined_or_the_hosts),
    CASE(mounts_are_what_their_options_say),
    CASE(resources_are_limits_or_none),
    CASE(devices_have_the_access_that_rules_give),
    CASE(privileged_is_when_nothing_is_left),
    CASE(the_rest_is_read),
    CASE(what_is_not_understood_is_unknown),
    CASE(what_the_format_can_say_follows_from_its_rows),
    CASE(a_value_of_a_variable_stands_behind_its_name),
    CASE(many_bad_values_make_few_notes))
