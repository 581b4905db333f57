/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_kubernetes.c: manifests of Kubernetes
 */
#include "reading.h"

struct pod_row {
    const char *why;
    const char *pod, *container; /* what stands in the spec beside the containers, and in the one */
    const char *path, *value, *state, *place;
};

static void
check_pods(void **state, const struct pod_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reading_row row = { rows[i].why,   NULL,          rows[i].path,
                                   rows[i].value, rows[i].state, rows[i].place };
        struct scl_text text;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_f(&text,
                   "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','annotations':{"
                   "'seccomp.security.alpha.kubernetes.io/none':'unconfined'}},"
                   "'spec':{%s'containers':[{'name':'c'%s}]}}",
                   rows[i].pod, rows[i].container);
        d = reading_document("x.json", "kubernetes", reading_quoted(*state, text.at));
        if (scl_notes_have_error(&d->notes))
            fail_msg("%s: %s", rows[i].why, d->notes.list.at[0].message.at);
        reading_check(d, &row);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

#define SECURITY(text) ",'securityContext':{" text "}"
#define OF_POD(text) "'securityContext':{" text "},"

static void
what_a_container_says_is_read(void **state)
{
    static const struct pod_row rows[] = {
        { "its name", "", "", "name", "c", "declared", "'name':'c'" },
        { "the pod's", "", "", "pod.name", "p", "declared", "'name':'p'" },
        { "and its kind", "", "", "pod.kind", "Pod", "declared", "'kind':'Pod'" },
        { "the image", "", ",'image':'alpine'", "image.pin", "untagged", "derived",
          "'image':'alpine'" },
        { "command is the entry point", "", ",'command':['a']", "entrypoint", "[a]", "declared",
          NULL },
        { "args are the command", "", ",'args':['a','b']", "command", "[a, b]", "declared", NULL },
        { "privileges", "", SECURITY("'privileged':true"), "privileged", "true", "declared",
          "'privileged':true" },
        { "none by default", "", "", "privileged", "false", "default", NULL },
        { "what allows escalation is the opposite of what forbids it", "",
          SECURITY("'allowPrivilegeEscalation':false"), "no_new_privileges", "true", "declared",
          "'allowPrivilegeEscalation':false" },
        { "escalation is allowed by default", "", "", "no_new_privileges", "false", "default",
          NULL },
        { "null says nothing", "", SECURITY("'readOnlyRootFilesystem':null"), "readonly_rootfs",
          "false", "default", NULL },
        { "a limit of memory", "", ",'resources':{'limits':{'memory':'1.5Gi'}}",
          "resources.memory_limit", "1610612736", "declared", "'memory':'1.5Gi'" },
        { "one of processors", "", ",'resources':{'limits':{'cpu':'250m'}}",
          "resources.cpu_limit", "0.25", "declared", NULL },
        { "as a number", "", ",'resources':{'limits':{'cpu':2}}", "resources.cpu_limit", "2",
          "declared", NULL },
        { "what is requested is no limit", "", ",'resources':{'requests':{'memory':'1Gi'}}",
          "resources.memory_limit", "no limit", "default", NULL },
        { "a limit is requested, too", "", ",'resources':{'limits':{'cpu':'1'}}",
          "resources.cpu_request", "1", "derived", NULL },
        { "the pod's limit holds for its containers", "'resources':{'limits':{'memory':'1Ki'}},",
          "", "resources.memory_limit", "1024", "declared", NULL },
        { "an image whose tag moves is always pulled", "", ",'image':'a:latest'", "pull_policy",
          "always", "derived", NULL },
        { "another when it is missing", "", ",'image':'a:1'", "pull_policy", "missing", "derived",
          NULL },
        { "unless it is said", "", ",'image':'a:1','imagePullPolicy':'Never'", "pull_policy",
          "never", "declared", NULL },
        { "a limit of processes is none of its own", "", "", "resources.pids_limit", "-", "absent",
          NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
a_container_wins_over_its_pod_field_by_field(void **state)
{
    static const struct pod_row rows[] = {
        { "a user of the pod", OF_POD("'runAsUser':7"), "", "user.uid", "7", "declared",
          "'runAsUser':7" },
        { "of the container", OF_POD("'runAsUser':7"), SECURITY("'runAsUser':8"), "user.uid", "8",
          "declared", "'runAsUser':8" },
        { "null does not win", OF_POD("'runAsUser':7"), SECURITY("'runAsUser':null"), "user.uid",
          "7", "declared", NULL },
        { "the group stays the pod's", OF_POD("'runAsUser':7,'runAsGroup':9"),
          SECURITY("'runAsUser':8"), "user.gid", "9", "declared", NULL },
        { "who must not be root", OF_POD("'runAsNonRoot':true"), "", "user.must_not_be_root",
          "true", "declared", NULL },
        { "is not", OF_POD("'runAsNonRoot':true"), "", "user.is_root", "false", "derived", NULL },
        { "by what certainty", OF_POD("'runAsNonRoot':true"), "", "user.certainty", "policy",
          "derived", NULL },
        { "unless the container may be it", OF_POD("'runAsNonRoot':true"),
          SECURITY("'runAsNonRoot':false"), "user.is_root", "-", "unknown", NULL },
        { "uid 0 does not start", OF_POD("'runAsNonRoot':true"), SECURITY("'runAsUser':0"),
          "user.is_root", "false", "derived", NULL },
        { "without a word the image decides", "", "", "user.is_root", "-", "unknown", NULL },
        { "a profile replaces the pod's whole",
          OF_POD("'seccompProfile':{'type':'Localhost','localhostProfile':'a'}"),
          SECURITY("'seccompProfile':{'type':'RuntimeDefault'}"), "seccomp.profile", "-", "absent",
          NULL },
        { "its mode", OF_POD("'seccompProfile':{'type':'RuntimeDefault'}"),
          SECURITY("'seccompProfile':{'type':'Unconfined'}"), "seccomp.confined", "false",
          "derived", NULL },
        { "a profile of the host", "",
          SECURITY("'seccompProfile':{'type':'Localhost','localhostProfile':'a'}"),
          "seccomp.profile", "a", "declared", NULL },
        { "none is none", "", "", "seccomp.mode", "unconfined", "default", NULL },
        { "of AppArmor one is loaded", "", "", "apparmor.mode", "default", "default", NULL },
        { "but for this", OF_POD("'appArmorProfile':{'type':'Unconfined'}"), "", "apparmor.mode",
          "unconfined", "declared", NULL },
        { "a label", OF_POD("'seLinuxOptions':{'type':'spc_t','level':'s0'}"),
          SECURITY("'seLinuxOptions':{'level':'s1'}"), "selinux.type", "-", "absent", NULL },
        { "groups are the pod's", OF_POD("'supplementalGroups':[4],'fsGroup':5"), "", "groups",
          "[4, 5]", "declared", NULL },
        { "and kernel parameters",
          OF_POD("'sysctls':[{'name':'net.core.somaxconn','value':'1'}]"), "", "sysctls",
          "[net.core.somaxconn=1]", "declared", NULL },
        { "processes of the host's on Windows",
          OF_POD("'windowsOptions':{'hostProcess':true}"), SECURITY("'windowsOptions':{}"),
          "windows.host_process", "true", "declared", NULL },
        { "on which a rule against root holds, too",
          "'os':{'name':'windows'}," OF_POD("'runAsNonRoot':true"), "", "user.must_not_be_root",
          "true", "declared", NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
what_a_pod_itself_says_is_kept_beside_what_its_containers_do(void **state)
{
    static const struct pod_row rows[] = {
        { "whom it lets run", OF_POD("'runAsNonRoot':false,'runAsUser':0"),
          SECURITY("'runAsNonRoot':true,'runAsUser':8"), "pod.security",
          "[runAsNonRoot=false, runAsUser=0]", "declared", NULL },
        { "where it is written", OF_POD("'runAsUser':0"), SECURITY("'runAsUser':8"),
          "pod.security[runAsUser]", "0", "declared", "'runAsUser':0" },
        { "the kinds of its profiles",
          OF_POD("'seccompProfile':{'type':'Unconfined'},'appArmorProfile':{'type':'Nonsense'}"),
          SECURITY("'seccompProfile':{'type':'RuntimeDefault'},"
                   "'appArmorProfile':{'type':'RuntimeDefault'}"),
          "pod.security", "[seccompProfile.type=Unconfined, appArmorProfile.type=Nonsense]",
          "declared", NULL },
        { "its label",
          OF_POD("'seLinuxOptions':{'type':'t','level':'s0','role':'r','user':'u'}"),
          SECURITY("'seLinuxOptions':{'level':'s1'}"), "pod.security",
          "[seLinuxOptions.user=u, seLinuxOptions.role=r, seLinuxOptions.type=t]", "declared",
          NULL },
        { "that of Windows", OF_POD("'windowsOptions':{'hostProcess':true}"),
          SECURITY("'windowsOptions':{'hostProcess':false}"), "pod.security",
          "[windowsOptions.hostProcess=true]", "declared", NULL },
        { "null says nothing", OF_POD("'runAsUser':null"), "", "pod.security", "[]", "declared",
          NULL },
        { "nor do groups", OF_POD("'fsGroup':0"), "", "pod.security", "[]", "declared", NULL },
        { "or a container", "", SECURITY("'runAsUser':0"), "pod.security", "-", "absent", NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
a_setting_of_a_pod_that_is_none_is_unknown_and_noted_once(void **state)
{
#define OF_SPEC(text) \
    "apiVersion: v1\nkind: Pod\nspec: {securityContext: " text ", containers: [{name: c}]}\n"
    static const struct {
        const char *why, *text, *path, *value;
        uint32_t notes;
    } rows[] = {
        { "a word that is a truth in YAML 1.1", OF_SPEC("{runAsNonRoot: off}"),
          "pod.security[runAsNonRoot]", "false", 0 },
        { "a number that counts in sixteens", OF_SPEC("{runAsUser: 0x0}"),
          "pod.security[runAsUser]", "0", 0 },
        { "a word for a number", OF_SPEC("{runAsUser: root}"), "pod.security[runAsUser]", "-", 1 },
        { "a number for a truth", OF_SPEC("{runAsNonRoot: 1}"), "pod.security[runAsNonRoot]", "-",
          1 },
        { "a list for a kind", OF_SPEC("{seLinuxOptions: {type: []}}"),
          "pod.security[seLinuxOptions.type]", "-", 1 },
        { "all of it", OF_SPEC("[]"), "pod.security", "-", 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.yaml", "", scl_str_c(rows[i].text));
        struct reading_row row = { rows[i].why, NULL, rows[i].path, rows[i].value, NULL, NULL };

        reading_check(d, &row);
        if (d->notes.list.count != rows[i].notes)
            fail_msg("%s: %u notes", rows[i].why, d->notes.list.count);
        scl_document_unref(d);
    }
}

static void
capabilities_are_added_before_they_are_dropped(void **state)
{
#define CAPABILITIES(add, drop) SECURITY("'capabilities':{'add':[" add "],'drop':[" drop "]}")
    static const struct pod_row rows[] = {
        { "names are those of the kernel", "", CAPABILITIES("'net_admin','CAP_KILL'", ""),
          "capabilities.add", "[CAP_NET_ADMIN, CAP_KILL]", "declared", NULL },
        { "all but one is that one", "", CAPABILITIES("'KILL'", "'ALL'"),
          "capabilities.effective", "[CAP_KILL]", "derived", NULL },
        { "what is on both sides is gone", "", CAPABILITIES("'SYS_ADMIN'", "'ALL','SYS_ADMIN'"),
          "capabilities.effective", "[]", "derived", NULL },
        { "ALL too", "", CAPABILITIES("'ALL'", "'ALL'"), "capabilities.effective", "[]", "derived",
          NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
namespaces_are_the_pods_or_the_hosts(void **state)
{
    static const struct pod_row rows[] = {
        { "network", "'hostNetwork':true,", "", "namespaces.net.host", "true", "declared",
          "'hostNetwork':true" },
        { "and with it the name", "'hostNetwork':true,", "", "namespaces.uts.host", "true",
          "derived", NULL },
        { "processes", "'hostPID':true,", "", "namespaces.pid.mode", "host", "declared", NULL },
        { "none of it", "'hostPID':false,", "", "namespaces.pid.mode", "private", "declared",
          NULL },
        { "shared with its neighbours", "'shareProcessNamespace':true,", "",
          "namespaces.pid.mode", "pod", "declared", NULL },
        { "the host's comes first", "'hostPID':true,'shareProcessNamespace':true,", "",
          "namespaces.pid.mode", "host", "declared", NULL },
        { "users are the host's", "", "", "namespaces.user.host", "true", "default", NULL },
        { "or their own", "'hostUsers':false,", "", "namespaces.user.mode", "private", "declared",
          NULL },
        { "memory is shared in the pod", "", "", "namespaces.ipc.mode", "pod", "default", NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
mounts_are_joined_with_their_volumes(void **state)
{
#define MOUNTED(volume, mount) "'volumes':[{'name':'v'" volume "}],", \
    ",'volumeMounts':[{'name':'v','mountPath':'/m'" mount "}]"
    static const struct pod_row rows[] = {
        { "a path of the host is a bind", MOUNTED(",'hostPath':{'path':'/x'}", ""),
          "mounts[1].type", "bind", "declared", "'hostPath':{'path':'/x'}" },
        { "its source", MOUNTED(",'hostPath':{'path':'/x'}", ""), "mounts[/m].source", "/x",
          "declared", "'path':'/x'" },
        { "memory is a tmpfs", MOUNTED(",'emptyDir':{'medium':'Memory','sizeLimit':'1Ki'}", ""),
          "mounts[1].type", "tmpfs", "declared", NULL },
        { "its size", MOUNTED(",'emptyDir':{'medium':'Memory','sizeLimit':'1Ki'}", ""),
          "mounts[1].size", "1024", "declared", NULL },
        { "disk is not", MOUNTED(",'emptyDir':{}", ""), "mounts[1].type", "scratch", "declared",
          NULL },
        { "nothing said is disk", MOUNTED("", ""), "mounts[1].type", "scratch", "declared", NULL },
        { "a claim", MOUNTED(",'persistentVolumeClaim':{'claimName':'data'}", ""),
          "mounts[1].source", "data", "declared", NULL },
        { "secrets cannot be written", MOUNTED(",'secret':{'secretName':'s'}", ""),
          "mounts[1].read_only", "true", "derived", NULL },
        { "others can", MOUNTED(",'hostPath':{'path':'/x'}", ""), "mounts[1].read_only", "false",
          "default", NULL },
        { "unless they are mounted so", MOUNTED(",'hostPath':{'path':'/x'}", ",'readOnly':true"),
          "mounts[1].read_only", "true", "declared", "'readOnly':true" },
        { "propagation", MOUNTED(",'emptyDir':{}", ",'mountPropagation':'Bidirectional'"),
          "mounts[1].propagation", "rshared", "declared", NULL },
        { "a kind that we have no word for", MOUNTED(",'rbd':{'image':'x'}", ""),
          "mounts[1].type", "other", "declared", NULL },
        { "its own word stays", MOUNTED(",'rbd':{'image':'x'}", ""), "volumes[1].kind", "rbd",
          "declared", NULL },
        { "a volume that nobody mounts is seen all the same",
          "'volumes':[{'name':'v','hostPath':{'path':'/x'}}],", "", "volumes[v].source", "/x",
          "declared", NULL },
        { "and is no mount", "'volumes':[{'name':'v','hostPath':{'path':'/x'}}],", "",
          "mounts", "-", "absent", NULL },
        { "the socket of an engine", MOUNTED(",'hostPath':{'path':'/var/run/docker.sock'}", ""),
          "facts.runtime_socket_mounted", "true", "derived", NULL },
        { "without its volume nobody knows what it is", "",
          ",'volumeMounts':[{'name':'v','mountPath':'/m'}]", "mounts[1].type", "-", "unknown",
          NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

static void
variables_ports_and_probes_are_read(void **state)
{
    static const struct pod_row rows[] = {
        { "a variable", "", ",'env':[{'name':'A','value':'b'}]", "env[A].value", "b", "declared",
          "'value':'b'" },
        { "one from a secret", "",
          ",'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]",
          "env[A].ref", "s/k", "declared", NULL },
        { "its source", "",
          ",'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}]",
          "env[A].source", "field", "declared", NULL },
        { "all that a map has may come", "", ",'envFrom':[{'configMapRef':{'name':'m'}}]", "env",
          "[]+", NULL, NULL },
        { "of several of a name the last counts", "",
          ",'env':[{'name':'A','value':'b'},{'name':'A','value':'c'}]", "env[A].value", "c",
          "declared", "'value':'c'" },
        { "and is the only one", "",
          ",'env':[{'name':'A','value':'b'},{'name':'A','value':'c'}]", "env", "[1]", NULL, NULL },
        { "a value may name one before it", "",
          ",'env':[{'name':'A','value':'b'},{'name':'B','value':'$(A)c'}]", "env[B].value", "bc",
          "declared", "'value':'$(A)c'" },
        { "as it is there", "",
          ",'env':[{'name':'A','value':'b'},{'name':'B','value':'$(A)'},{'name':'A','value':'c'}]",
          "env[B].value", "b", NULL, NULL },
        { "but none behind it", "",
          ",'env':[{'name':'B','value':'$(A)'},{'name':'A','value':'b'}]", "env[B].value", "$(A)",
          NULL, NULL },
        { "two dollars are one", "", ",'env':[{'name':'A','value':'$$(A)$$$x$'}]", "env[A].value",
          "$(A)$$x$", NULL, NULL },
        { "what has no end is text", "", ",'env':[{'name':'A','value':'$(B $(C'}]",
          "env[A].value", "$(B $(C", NULL, NULL },
        { "what a secret holds nobody knows", "",
          ",'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}},"
          "{'name':'B','value':'x$(A)'}]",
          "env[B].value", "-", "unknown", NULL },
        { "nor what a whole map holds", "",
          ",'envFrom':[{'configMapRef':{'name':'m'}}],'env':[{'name':'B','value':'$(A)'}]",
          "env[B].value", "-", "unknown", NULL },
        { "nor where a service is", "", ",'env':[{'name':'B','value':'$(DB_SERVICE_HOST)'}]",
          "env[B].value", "-", "unknown", NULL },
        { "words have values in them, too", "",
          ",'env':[{'name':'A','value':'b'}],'args':['$(A)','$$(A)','$(C)']", "command",
          "[b, $(A), $(C)]", "declared", NULL },
        { "or not", "", ",'envFrom':[{'secretRef':{'name':'m'}}],'command':['a','$(C)']",
          "entrypoint", "[a, ?]", NULL, NULL },
        { "folders, too", "'volumes':[{'name':'v'}],",
          ",'env':[{'name':'A','value':'b'}],'volumeMounts':[{'name':'v','mountPath':'/v',"
          "'subPathExpr':'x/$(A)'}]",
          "mounts[/v].subpath", "x/b", "declared", "'subPathExpr':'x/$(A)'" },
        { "a variable without a value is empty", "", ",'env':[{'name':'A'}]", "env[A].value", "",
          NULL, NULL },
        { "a port of the host's network is the host's", "'hostNetwork':true,",
          ",'ports':[{'containerPort':80}]", "ports[1].host_port", "80", "derived", NULL },
        { "a port is not published", "", ",'ports':[{'containerPort':80}]", "ports[1].published",
          "false", "derived", NULL },
        { "unless the host has one for it", "", ",'ports':[{'containerPort':80,'hostPort':81}]",
          "ports[1].host_port", "81", "declared", "'hostPort':81" },
        { "then on all its addresses", "", ",'ports':[{'containerPort':80,'hostPort':81}]",
          "ports[1].all_interfaces", "true", "derived", NULL },
        { "0 is none", "", ",'ports':[{'containerPort':80,'hostPort':0}]", "ports[1].published",
          "false", "declared", NULL },
        { "protocols are small", "", ",'ports':[{'containerPort':80,'protocol':'UDP'}]",
          "ports[1].protocol", "udp", "declared", NULL },
        { "a probe", "", ",'livenessProbe':{'httpGet':{'host':'h','port':'web'}}",
          "probes[liveness].host", "h", "declared", NULL },
        { "is a health check", "", ",'readinessProbe':{'tcpSocket':{'port':80}}",
          "healthcheck.declared", "true", "derived", NULL },
        { "its port", "", ",'readinessProbe':{'tcpSocket':{'port':80}}", "probes[1].port", "80",
          "declared", NULL },
        { "what is done at the end", "", ",'lifecycle':{'preStop':{'exec':{'command':['a']}}}",
          "lifecycle[pre_stop].argv", "[a]", "declared", NULL },
        { "names of addresses", "'hostAliases':[{'ip':'1.2.3.4','hostnames':['a','b']}],", "",
          "extra_hosts[b].ip", "1.2.3.4", "declared", NULL },
        { "a token is mounted", "", "", "service_account.automount", "true", "default", NULL },
        { "or not", "'automountServiceAccountToken':false,", "", "service_account.automount",
          "false", "declared", NULL },
        { "what ends is started again", "", "", "restart.policy", "always", "default", NULL },
        { "or not", "'restartPolicy':'Never',", "", "restart.policy", "no", "declared", NULL },
        { "Windows has networks", "'os':{'name':'windows'},'hostNetwork':true,", "",
          "namespaces.net.host", "true", "declared", "'hostNetwork':true" },
        { "and no namespaces of processes", "'os':{'name':'windows'},'hostPID':true,", "",
          "namespaces.pid.host", "-", "not applicable", NULL },
        { "Windows has no capabilities", "'os':{'name':'windows'},", "", "capabilities.add", "-",
          "not applicable", NULL },
    };

    check_pods(state, rows, COUNT(rows));
}

/* A value that is doubled again and again is not kept. */
static void
what_grows_without_an_end_is_unknown(void **state)
{
    struct reading_row row = { "beyond 64 KiB", NULL, "env[V20].value", "-", "unknown", NULL };
    struct reading_row last = { "as long as that", NULL, "env[V12].source", "literal", NULL, NULL };
    struct scl_document *d;
    struct scl_text text;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n    env:\n"
                      "    - {name: V0, value: 12345678}\n"
                      "    - {name: V1, value: '12345678'}\n");
    for (int i = 2; i <= 20; i++)
        scl_text_f(&text, "    - {name: V%d, value: $(V%d)$(V%d)}\n", i, i - 1, i - 1);
    d = reading_document("a.yaml", "", scl_text_str(&text));
    scl_text_finish(&text);
    reading_check(d, &row);
    reading_check(d, &last);
    scl_document_unref(d);
}

/* Many values, each of which is not too long. */
static void
what_grows_in_many_places_is_unknown_in_the_end(void **state)
{
    struct reading_row first = { "the first", NULL, "env[V0].source", "literal", NULL, NULL };
    struct reading_row last = { "beyond 16 MiB", NULL, "env[V299].value", "-", "unknown", NULL };
    struct reading_row word = { "a word", NULL, "entrypoint", "[?]", NULL, NULL };
    struct scl_document *d;
    struct scl_text text;

    (void)state;
    scl_text_init(&text);
    scl_text_c(&text, "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: c\n"
                      "    command: [$(V0)]\n    env:\n    - {name: A, value: ");
    scl_text_fill(&text, 'a', 60000);
    scl_text_c(&text, "}\n");
    for (int i = 0; i < 300; i++)
        scl_text_f(&text, "    - {name: V%d, value: $(A)}\n", i);
    d = reading_document("a.yaml", "", scl_text_str(&text));
    scl_text_finish(&text);
    reading_check(d, &first);
    reading_check(d, &last);
    reading_check(d, &word);
    scl_document_unref(d);
}

/* As YAML 1.1 has booleans. */
static void
plain_words_are_booleans(void **state)
{
#define POD(spec, container) \
    "apiVersion: v1\nkind: Pod\nspec:\n" spec "  containers:\n  - name: c\n" container
    static const struct reading_row rows[] = {
        { "the processes of the host", POD("  hostPID: yes\n", ""), "namespaces.pid.host", "true",
          "declared", "hostPID: yes" },
        { "which are not those of the pod",
          POD("  hostPID: on\n  shareProcessNamespace: true\n", ""), "namespaces.pid.mode",
          "host", NULL, NULL },
        { "those of the pod", POD("  shareProcessNamespace: yes\n", ""), "namespaces.pid.mode",
          "pod", NULL, NULL },
        { "a network with its name", POD("  hostNetwork: On\n", ""), "namespaces.uts.host",
          "true", NULL, NULL },
        { "users of its own", POD("  hostUsers: no\n", ""), "namespaces.user.host", "false", NULL,
          NULL },
        { "a text is none", POD("", "    env: [{name: A, value: on}]\n"), "env[A].value", "-",
          "unknown", NULL },
        { "in quotes it is a text", POD("", "    env: [{name: A, value: 'on'}]\n"),
          "env[A].value", "on", NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.yaml", "", scl_str_c(rows[i].text));

        reading_check(d, &rows[i]);
        scl_document_unref(d);
    }
}

/* Whole files: the names of all containers with their roles, and the notes. */
static void
every_pod_of_a_file_is_found(void **state)
{
#define SPEC "spec: {containers: [{name: c}]}"
#define TEMPLATE "spec: {template: {" SPEC "}}"
    static const struct {
        const char *why, *text, *containers;
    } rows[] = {
        { "a pod", "apiVersion: v1\nkind: Pod\n" SPEC, "c main\n" },
        { "a template", "apiVersion: apps/v1\nkind: DaemonSet\n" TEMPLATE, "c main\n" },
        { "of a job that comes again",
          "apiVersion: batch/v1\nkind: CronJob\nspec: {jobTemplate: {" TEMPLATE "}}", "c main\n" },
        { "of a resource that others define",
          "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n" TEMPLATE, "c main\n" },
        { "of a workflow, whose templates become pods when it is their turn",
          "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [{name: main, "
          "steps: []}, {name: a, container: {image: x}, initContainers: [{name: i}], "
          "sidecars: [{name: s}]}, {name: b, script: {name: own}}, "
          "{containerSet: {containers: [{name: c}, {name: d}]}}]}",
          "i init\na main\ns sidecar\nown main\nc main\nd main\n" },
        { "what a server asks to admit",
          "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nrequest: {operation: CREATE, "
          "object: {apiVersion: v1, kind: Pod, " SPEC "}}", "c main\n" },
        { "a question about what is deleted has none",
          "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nrequest: {operation: DELETE, "
          "object: null, oldObject: {apiVersion: v1, kind: Pod, " SPEC "}}", "" },
        { "an answer neither",
          "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nresponse: {allowed: true}",
          "" },
        { "that comes again",
          "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\n"
          "spec: {workflowSpec: {templates: [{name: a, container: {}}]}}",
          "a main\n" },
        { "whose name two have",
          "apiVersion: v1\nkind: Service\nspec: {}\n---\n"
          "apiVersion: serving.knative.dev/v1\nkind: Service\n" TEMPLATE, "c main\n" },
        { "of several templates",
          "apiVersion: batch.volcano.sh/v1\nkind: Job\nspec: {tasks: [{template: {" SPEC
          "}}, {template: {" SPEC "}}]}", "c main\nc main\n" },
        { "of a kind that holds none", "apiVersion: v1\nkind: ConfigMap\n" TEMPLATE, "" },
        { "all documents", "apiVersion: v1\nkind: Pod\n" SPEC "\n---\napiVersion: v1\nkind: Pod\n"
                           SPEC, "c main\nc main\n" },
        { "a list", "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, " SPEC "}",
          "c main\n" },
        { "of one kind", "apiVersion: v1\nkind: PodList\nitems:\n- {" SPEC "}", "c main\n" },
        { "in the order in which they start",
          "apiVersion: v1\nkind: Pod\nspec: {ephemeralContainers: [{name: e}], "
          "containers: [{name: c}], initContainers: [{name: i}, "
          "{name: s, restartPolicy: Always}]}",
          "i init\ns sidecar\nc main\ne ephemeral\n" },
        { "one that is none is noted",
          "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c}, 3]}",
          "c main\nat '3': expected an object, got a number\n" WITHOUT_IT },
        { "nothing is no pod", "apiVersion: v1\nkind: Pod\nspec:\n", "" },
        { "what belongs to a container has no effect on a pod",
          "apiVersion: v1\nkind: Pod\nspec: {securityContext: {privileged: true}, "
          "containers: [{name: c}, {name: d}]}",
          "c main\nd main\n"
          "at 'privileged': the securityContext of a pod has no field 'privileged'\n"
          "= it belongs to the securityContext of a container\n" },
        { "what is misspelt has none either",
          "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {hostPid: true, "
          "containers: [{name: c, securityContex: {}}]}}}",
          "c main\nat 'hostPid': a pod has no field 'hostPid'\n= did you mean 'hostPID'?\n"
          "at 'securityContex': a container has no field 'securityContex'\n"
          "= did you mean 'securityContext'?\n" },
        { "an operator's pods may have more",
          "apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {template: {spec: "
          "{containerConcurrency: 1, containers: [{name: c}]}}}",
          "c main\n" },
        { "root that must not be root",
          "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c, "
          "securityContext: {runAsUser: 0, runAsNonRoot: true}}]}",
          "c main\nat 'runAsUser: 0': runAsNonRoot does not let a container of this user start\n" },
        { "words that older YAML takes for booleans",
          "apiVersion: v1\nkind: Pod\nspec: {hostname: on, containers: [{name: c, tty: yes}]}",
          "c main\nat 'on': expected a string, got a boolean\n" WITHOUT_IT },
        { "an amount that is none",
          "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c, "
          "resources: {limits: {memory: 64MB}}}]}",
          "c main\nat '64MB': expected an amount, as 128Mi\n" WITHOUT_IT },
        { "a volume that is not there",
          "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c, "
          "volumeMounts: [{name: v, mountPath: /v}]}]}",
          "c main\nat 'v': the pod has no such volume\n" },
        { "a thousandth of a byte",
          "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: c, "
          "resources: {limits: {memory: 128m, cpu: 100m}}}]}",
          "c main\nat '128m': m is a thousandth of a byte; Mi is 1024 times 1024 bytes\n" },
        { "a claim that a StatefulSet makes",
          "apiVersion: apps/v1\nkind: StatefulSet\nspec: {volumeClaimTemplates: [{metadata: "
          "{name: v}}], template: {spec: {containers: [{name: c, "
          "volumeMounts: [{name: v, mountPath: /v}]}]}}}",
          "c main\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.yaml", "", scl_str_c(rows[i].text));
        struct scl_text told;

        scl_text_init(&told);
        for (uint32_t s = 0; s < d->subjects.count; s++) {
            uint32_t root = d->subjects.at[s].root;
            const struct scl_value *name = scl_document_value(d, root, SCL_CONTAINER_NAME);
            const struct scl_value *role = scl_document_value(d, root, SCL_CONTAINER_ROLE);

            scl_text_f(&told, "%.*s %.*s\n", SCL_ARG(scl_value_text(name)),
                       SCL_ARG(scl_value_text(role)));
        }
        reading_notes(d, &told);
        check_text(scl_text_str(&told), rows[i].containers, rows[i].why);
        scl_text_finish(&told);
        scl_document_unref(d);
    }
}

/* The volumes of a workflow are those of each template, whose number is the author's too. */
static void
what_pods_of_an_object_share_is_bounded(void **state)
{
#define WORKFLOW \
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n" \
    "  volumes: [{name: v, emptyDir: {}}]\n" \
    "  templates: [{container: {}}, {container: {}}, {container: {}}]\n"
    static const struct {
        uint64_t limit;
        uint32_t containers;
        const char *note;
    } rows[] = {
        { 8, 3, "" }, /* a list, a map and two members, twice */
        { 7, 2, "pods share more than the limit of 7 nodes" },
        { 1, 1, "pods share more than the limit of 1 nodes" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_input input = { .name = SCL_S("a.yaml"), .text = SCL_S(WORKFLOW),
                                   .limits = { .aliases = rows[i].limit } };
        struct scl_document *d = scl_read(&input);

        assert_non_null(d);
        check_number(d->subjects.count, rows[i].containers, "containers");
        check_text(d->notes.list.count ? d->notes.list.at[0].message : SCL_S(""), rows[i].note,
                   "the note");
        scl_document_unref(d);
    }
}

static void
an_account_decides_on_its_token_where_a_pod_does_not(void **state)
{
#define ACCOUNT(name) \
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " name "}\n" \
    "automountServiceAccountToken: false\n---\n"
#define WITH(text) "apiVersion: v1\nkind: Pod\nspec: {" text "containers: [{name: c}]}\n"
    static const struct {
        const char *why, *text, *value;
    } rows[] = {
        { "the account of that name", ACCOUNT("a") WITH("serviceAccountName: a, "), "false" },
        { "the one that all have", ACCOUNT("default") WITH(""), "false" },
        { "not another", ACCOUNT("a") WITH(""), "true" },
        { "the pod's word counts more",
          ACCOUNT("default") WITH("automountServiceAccountToken: true, "), "true" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.yaml", "", scl_str_c(rows[i].text));
        struct reading_row row = { rows[i].why, NULL, "service_account.automount", rows[i].value,
                                   NULL, NULL };

        reading_check(d, &row);
        scl_document_unref(d);
    }
}

static void
annotations_count_where_no_field_speaks(void **state)
{
#define NOTED(note, field) \
    "apiVersion: v1\nkind: Pod\nmetadata: {annotations: {" note "}}\n" \
    "spec: {containers: [{name: c" field "}]}\n"
#define OF_ALL "seccomp.security.alpha.kubernetes.io/pod: "
#define OF_ONE "container.seccomp.security.alpha.kubernetes.io/c: "
    static const struct {
        const char *why, *text, *path, *value;
    } rows[] = {
        { "of the pod", NOTED(OF_ALL "runtime/default", ""), "seccomp.mode", "default" },
        { "of the container", NOTED(OF_ALL "runtime/default, " OF_ONE "unconfined", ""),
          "seccomp.mode", "unconfined" },
        { "a profile", NOTED(OF_ALL "localhost/a.json", ""), "seccomp.profile", "a.json" },
        { "a word that is none", NOTED(OF_ALL "what", ""), "seccomp.mode", "-" },
        { "a field counts more",
          NOTED(OF_ALL "unconfined", ", securityContext: {seccompProfile: {type: RuntimeDefault}}"),
          "seccomp.mode", "default" },
        { "of AppArmor",
          NOTED("container.apparmor.security.beta.kubernetes.io/c: unconfined", ""),
          "apparmor.mode", "unconfined" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.yaml", "", scl_str_c(rows[i].text));
        struct reading_row row = { rows[i].why, NULL, rows[i].path, rows[i].value, NULL, NULL };

        reading_check(d, &row);
        scl_document_unref(d);
    }
}

static void
every_field_that_there_is_is_known(void **state)
{
    static const char pod[] =
        "apiVersion: v1\nkind: Pod\nspec: {securityContext: {"
        "appArmorProfile: null, fsGroup: null, fsGroupChangePolicy: null, "
        "runAsGroup: null, runAsNonRoot: null, runAsUser: null, "
        "seLinuxChangePolicy: null, seLinuxOptions: null, seccompProfile: null, "
        "supplementalGroups: null, supplementalGroupsPolicy: null, sysctls: null, "
        "windowsOptions: null"
        "}, containers: [{resources: {claims: [], limits: {}, requests: {}}, securityContext: {"
        "allowPrivilegeEscalation: null, appArmorProfile: null, privileged: null, "
        "procMount: null, readOnlyRootFilesystem: null, runAsGroup: null, "
        "runAsNonRoot: null, runAsUser: null, seLinuxOptions: null, "
        "seccompProfile: null, windowsOptions: null"
        ", capabilities: {add: [], drop: []}}, "
        "args: null, command: null, env: null, envFrom: null, image: null, "
        "imagePullPolicy: null, lifecycle: null, livenessProbe: null, name: null, "
        "ports: null, readinessProbe: null, resizePolicy: null, restartPolicy: null, "
        "restartPolicyRules: null, startupProbe: null, stdin: null, stdinOnce: null, "
        "targetContainerName: null, terminationMessagePath: null, "
        "terminationMessagePolicy: null, tty: null, volumeDevices: null, "
        "volumeMounts: null, workingDir: null"
        "}], "
        "activeDeadlineSeconds: null, affinity: null, "
        "automountServiceAccountToken: null, dnsConfig: null, dnsPolicy: null, "
        "enableServiceLinks: null, ephemeralContainers: null, hostAliases: null, "
        "hostIPC: null, hostNetwork: null, hostPID: null, hostUsers: null, "
        "hostname: null, hostnameOverride: null, imagePullSecrets: null, "
        "initContainers: null, nodeName: null, nodeSelector: null, os: null, "
        "overhead: null, preemptionPolicy: null, priority: null, "
        "priorityClassName: null, readinessGates: null, resourceClaims: null, "
        "resources: null, restartPolicy: null, runtimeClassName: null, "
        "schedulerName: null, schedulingGates: null, serviceAccount: null, "
        "serviceAccountName: null, setHostnameAsFQDN: null, "
        "shareProcessNamespace: null, subdomain: null, "
        "terminationGracePeriodSeconds: null, tolerations: null, "
        "topologySpreadConstraints: null, volumes: null, workloadRef: null"
        "}";
    struct scl_document *d = reading_document("a.yaml", "", scl_str_c(pod));
    struct scl_text notes;

    (void)state;
    scl_text_init(&notes);
    reading_notes(d, &notes);
    assert_null(strstr(notes.at ? notes.at : "", "has no field"));
    scl_text_finish(&notes);
    scl_document_unref(d);
}

SUITE(
    CASE(what_a_container_says_is_read),
    CASE(a_container_wins_over_its_pod_field_by_field),
    CASE(what_a_pod_itself_says_is_kept_beside_what_its_containers_do),
    CASE(a_setting_of_a_pod_that_is_none_is_unknown_and_noted_once),
    CASE(capabilities_are_added_before_they_are_dropped),
    CASE(namespaces_are_the_pods_or_the_hosts),
    CASE(mounts_are_joined_with_their_volumes),
    CASE(variables_ports_and_probes_are_read),
    CASE(what_grows_without_an_end_is_unknown),
    CASE(what_grows_in_many_places_is_unknown_in_the_end),
    CASE(what_pods_of_an_object_share_is_bounded),
    CASE(plain_words_are_booleans),
    CASE(every_pod_of_a_file_is_found),
    CASE(an_account_decides_on_its_token_where_a_pod_does_not),
    CASE(annotations_count_where_no_field_speaks),
    CASE(every_field_that_there_is_is_known))
