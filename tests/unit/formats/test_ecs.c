/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ecs.c: task definitions of Amazon ECS
 */
#include "reading.h"

/* Rows stand inside a task, at the start of which its first container stands. */
#define CONTAINER(text) "'containerDefinitions':[{" text "}]"
#define TASK(text) "'containerDefinitions':[{}]," text

static void
check_rows(void **state, const struct reading_row *rows, size_t count)
{
    reading_check_all(*state, "ecs", "", rows, count);
}

static void
what_runs_in_a_container_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "its name", CONTAINER("'name':'web'"), "name", "web", "declared", "'name':'web'" },
        { "its image", CONTAINER("'image':'shop/web:1'"), "image.repository", "shop/web",
          "derived", "'image':'shop/web:1'" },
        { "a user", CONTAINER("'user':'10:20'"), "user.gid", "20", "derived", "'user':'10:20'" },
        { "an empty user says nothing: the image decides", CONTAINER("'user':''"), "user.is_root",
          "-", "unknown", NULL },
        { "no user", CONTAINER(""), "user.is_root", "-", "unknown", NULL },
        { "entry point", CONTAINER("'entryPoint':['/e']"), "entrypoint", "[/e]", "declared",
          NULL },
        { "command", CONTAINER("'command':['-v']"), "command", "[-v]", "declared", NULL },
        { "folder", CONTAINER("'workingDirectory':'/srv'"), "working_dir", "/srv", "declared",
          NULL },
        { "labels", CONTAINER("'dockerLabels':{'a':'b'}"), "labels[a]", "b", "declared",
          "'a':'b'" },
        { "a health check", CONTAINER("'healthCheck':{'command':['CMD','/h']}"),
          "healthcheck.declared", "true", "derived", NULL },
        { "it is switched off", CONTAINER("'healthCheck':{'command':['NONE']}"),
          "healthcheck.disabled", "true", "derived", NULL },
        { "log driver", CONTAINER("'logConfiguration':{'logDriver':'awslogs'}"),
          "logging.driver", "awslogs", "declared", NULL },
        { "host name", CONTAINER("'hostname':'h'"), "hostname", "h", "declared", NULL },
        { "terminal", CONTAINER("'pseudoTerminal':true"), "tty", "true", "declared", NULL },
        { "restarts", CONTAINER("'restartPolicy':{'enabled':true}"), "restart.policy", "always",
          "declared", "'enabled':true" },
        { "nobody says whether it restarts", CONTAINER(""), "restart.policy", "-", "absent",
          NULL },
        { "names of hosts", CONTAINER("'extraHosts':[{'hostname':'db','ipAddress':'10.0.0.5'}]"),
          "extra_hosts[db].ip", "10.0.0.5", "declared", NULL },
        { "name servers", CONTAINER("'dnsServers':['9.9.9.9']"), "dns.servers", "[9.9.9.9]",
          "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
variables_and_secrets_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a variable", CONTAINER("'environment':[{'name':'A','value':'b'}]"), "env[A].value",
          "b", "declared", "'value':'b'" },
        { "it is in the document", CONTAINER("'environment':[{'name':'A','value':'b'}]"),
          "env[A].source", "literal", "derived", NULL },
        { "a secret has no value here",
          CONTAINER("'secrets':[{'name':'P','valueFrom':'arn:aws:ssm:p'}]"), "env[P].value", "-",
          "absent", NULL },
        { "it is kept elsewhere",
          CONTAINER("'secrets':[{'name':'P','valueFrom':'arn:aws:ssm:p'}]"), "env[P].source",
          "secret", "declared", "'valueFrom':'arn:aws:ssm:p'" },
        { "the place of it", CONTAINER("'secrets':[{'name':'P','valueFrom':'arn:aws:ssm:p'}]"),
          "env[P].ref", "arn:aws:ssm:p", "declared", "'valueFrom':'arn:aws:ssm:p'" },
        { "a file of variables",
          CONTAINER("'environmentFiles':[{'value':'arn:aws:s3:::b/x.env','type':'s3'}]"),
          "env_files[1].path", "arn:aws:s3:::b/x.env", "declared", NULL },
        { "a file may have more",
          CONTAINER("'environment':[],'environmentFiles':[{'value':'arn','type':'s3'}]"), "env",
          "[]+", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
confinement_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "privileged", CONTAINER("'privileged':true"), "privileged", "true", "declared",
          "'privileged':true" },
        { "not privileged", CONTAINER(""), "privileged", "false", "default", NULL },
        { "read-only root", CONTAINER("'readonlyRootFilesystem':true"), "readonly_rootfs", "true",
          "declared", NULL },
        { "no new privileges", CONTAINER("'dockerSecurityOptions':['no-new-privileges']"),
          "no_new_privileges", "true", "declared", "'no-new-privileges'" },
        { "AppArmor", CONTAINER("'dockerSecurityOptions':['apparmor:unconfined']"),
          "apparmor.mode", "unconfined", "declared", NULL },
        { "Docker's filter is there unasked", CONTAINER(""), "seccomp.confined", "true",
          "default", NULL },
        { "but not in a privileged one", CONTAINER("'privileged':true"), "seccomp.confined",
          "false", "derived", NULL },
        { "capabilities are added",
          CONTAINER("'linuxParameters':{'capabilities':{'add':['SYS_ADMIN'],'drop':['ALL']}}"),
          "capabilities.effective", "[CAP_SYS_ADMIN]", "derived", NULL },
        { "Docker's are there unasked", CONTAINER(""), "capabilities.effective[14]",
          "CAP_SETFCAP", NULL, NULL },
        { "a device",
          CONTAINER("'linuxParameters':{'devices':[{'hostPath':'/dev/fuse','permissions':"
                    "['write','read']}]}"),
          "devices[1].permissions", "rw", "declared", "'permissions':['write','read']" },
        { "everything where nothing is said",
          CONTAINER("'linuxParameters':{'devices':[{'hostPath':'/dev/fuse'}]}"),
          "devices[1].permissions", "rwm", "derived", NULL },
        { "processors for graphics",
          CONTAINER("'resourceRequirements':[{'type':'GPU','value':'2'}]"), "devices[1].class",
          "gpu", "derived", NULL },
        { "options are kept", CONTAINER("'dockerSecurityOptions':['apparmor:edge']"),
          "security_opt", "[apparmor:edge]", "declared", NULL },
        { "it has the path of the host",
          CONTAINER("'linuxParameters':{'devices':[{'hostPath':'/dev/fuse'}]}"),
          "devices[1].target", "/dev/fuse", "derived", NULL },
        { "kernel parameters", CONTAINER("'systemControls':[{'namespace':'a.b','value':'1'}]"),
          "sysctls", "[a.b=1]", "declared", NULL },
        { "limits of a process",
          CONTAINER("'ulimits':[{'name':'nofile','softLimit':1,'hardLimit':-1}]"),
          "resources.ulimits[nofile].hard", "no limit", "declared", NULL },
        { "an init program", CONTAINER("'linuxParameters':{'initProcessEnabled':true}"), "init",
          "true", "declared", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
a_task_says_what_its_containers_share(void **state)
{
    static const struct reading_row rows[] = {
        { "an architecture", TASK("'runtimePlatform':{'cpuArchitecture':'ARM64'}"), "platform",
          "linux/arm64", "declared", "'cpuArchitecture':'ARM64'" },
        { "an agent runs it", TASK("'family':'f'"), "runtime_family", "ecs-ec2", "derived",
          NULL },
        { "their family", TASK("'family':'f'"), "pod.name", "f", "declared", "'family':'f'" },
        { "their role", TASK("'taskRoleArn':'arn:r'"), "service_account.name", "arn:r",
          "declared", NULL },
        { "Fargate does", TASK("'requiresCompatibilities':['FARGATE']"), "runtime_family",
          "ecs-fargate", "declared", "'requiresCompatibilities':['FARGATE']" },
        { "either might", TASK("'requiresCompatibilities':['FARGATE','EC2']"), "runtime_family",
          "ecs-ec2", "declared", NULL },
        { "processes of the host", TASK("'pidMode':'host'"), "namespaces.pid.host", "true",
          "derived", "'pidMode':'host'" },
        { "processes of the task", TASK("'pidMode':'task'"), "namespaces.pid.mode", "pod",
          "declared", NULL },
        { "memory of the host", TASK("'ipcMode':'host'"), "namespaces.ipc.host", "true",
          "derived", NULL },
        { "network of the host", TASK("'networkMode':'host'"), "namespaces.net.host", "true",
          "derived", NULL },
        { "a bridge where nothing is said", TASK("'family':'f'"), "namespaces.net.mode",
          "bridge", "default", NULL },
        { "an address of its own in Fargate", TASK("'requiresCompatibilities':['FARGATE']"),
          "namespaces.net.mode", "awsvpc", "default", NULL },
        { "no network for one of them",
          CONTAINER("'disableNetworking':true") ",'networkMode':'host'", "namespaces.net.host",
          "false", "derived", NULL },
        { "Windows", TASK("'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'}"),
          "os", "windows", "declared", NULL },
        { "which has no such thing",
          TASK("'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'}"),
          "privileged", "-", "not applicable", NULL },
        { "described, the task stands deeper", "'taskDefinition':{" TASK("'pidMode':'host'") "}",
          "namespaces.pid.host", "true", "derived", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
sizes_are_bytes(void **state)
{
    static const struct reading_row rows[] = {
        { "memory is MiB", CONTAINER("'memory':64"), "resources.memory_limit", "67108864",
          "declared", "'memory':64" },
        { "a reservation is no limit", CONTAINER("'memoryReservation':64"),
          "resources.memory_limit", "no limit", "default", NULL },
        { "that of the task is one", TASK("'memory':'512'"), "resources.memory_limit",
          "536870912", "declared", "'memory':'512'" },
        { "in GB", TASK("'memory':'.5 GB'"), "resources.memory_limit", "536870912", "declared",
          NULL },
        { "but that of the container goes first", CONTAINER("'memory':64") ",'memory':'512'",
          "resources.memory_limit", "67108864", "declared", NULL },
        { "processors of the task", TASK("'cpu':'512'"), "resources.cpu_limit", "0.5", "declared",
          "'cpu':'512'" },
        { "by their name", TASK("'cpu':'.25 vCPU'"), "resources.cpu_limit", "0.25", "declared",
          NULL },
        { "those of a container are a weight", CONTAINER("'cpu':512"), "resources.cpu_shares",
          "512", "declared", NULL },
        { "shared memory", CONTAINER("'linuxParameters':{'sharedMemorySize':128}"),
          "resources.shm_size", "134217728", "declared", NULL },
        { "swap comes on top",
          CONTAINER("'memory':64,'linuxParameters':{'maxSwap':0,'swappiness':60}"),
          "resources.memory_swap_limit", "67108864", "declared", "'maxSwap':0" },
    };

    check_rows(state, rows, COUNT(rows));
}

#define VOLUME(volume) \
    CONTAINER("'mountPoints':[{'sourceVolume':'v','containerPath':'/v'}]") \
    ",'volumes':[{'name':'v'" volume "}]"

static void
mounts_are_joined_with_the_volumes_of_the_task(void **state)
{
    static const struct reading_row rows[] = {
        { "whose mounts it takes over",
          "'containerDefinitions':[{'name':'a','volumesFrom':[{'sourceContainer':'b',"
          "'readOnly':true}]},{'name':'b'}]",
          "volumes_from", "[b:ro]", "declared", NULL },
        { "a folder of the host", VOLUME(",'host':{'sourcePath':'/srv'}"), "mounts[/v].source",
          "/srv", "declared", "'sourcePath':'/srv'" },
        { "which is a bind", VOLUME(",'host':{'sourcePath':'/srv'}"), "mounts[/v].type", "bind",
          "declared", NULL },
        { "a volume without a name", VOLUME(",'host':{}"), "mounts[/v].type", "volume",
          "declared", NULL },
        { "has no source", VOLUME(",'host':{}"), "mounts[/v].source", "-", "absent", NULL },
        { "a volume of Docker", VOLUME(",'dockerVolumeConfiguration':{'scope':'shared'}"),
          "mounts[/v].source", "v", "declared", "'name':'v'" },
        { "whose driver binds a folder",
          VOLUME(",'dockerVolumeConfiguration':{'driverOpts':{'o':'bind','device':'/'}}"),
          "mounts[/v].type", "bind", "declared", "'device':'/'" },
        { "hands over the host", VOLUME(",'host':{'sourcePath':'/'}"), "facts.host_root_mounted",
          "true", NULL, NULL },
        { "a file system of the network", VOLUME(",'efsVolumeConfiguration':{}"),
          "mounts[/v].type", "other", "declared", NULL },
        { "it can be written", VOLUME(",'host':{'sourcePath':'/srv'}"), "mounts[/v].read_only",
          "false", "default", NULL },
        { "temporary ones",
          CONTAINER("'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':64,"
                    "'mountOptions':['ro']}]}"),
          "mounts[/t].size", "67108864", "declared", NULL },
        { "with options",
          CONTAINER("'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':64,"
                    "'mountOptions':['ro']}]}"),
          "mounts[/t].read_only", "true", "declared", NULL },
        { "those of another container",
          "'containerDefinitions':[{'volumesFrom':[{'sourceContainer':'b','readOnly':true}]},"
          "{'name':'b','mountPoints':[{'sourceVolume':'v','containerPath':'/v'}]}],"
          "'volumes':[{'name':'v','host':{'sourcePath':'/srv'}}]",
          "mounts[/v].read_only", "true", "declared", "'readOnly':true" },
        { "are not known of one that is not there",
          CONTAINER("'volumesFrom':[{'sourceContainer':'b'}]"), "mounts", "[]+", NULL, NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
ports_follow_the_network(void **state)
{
    static const struct reading_row rows[] = {
        { "the host passes one on", CONTAINER("'portMappings':[{'containerPort':80,'hostPort':8}]"),
          "ports[1].host_port", "8", "declared", "'hostPort':8" },
        { "on all addresses", CONTAINER("'portMappings':[{'containerPort':80,'hostPort':8}]"),
          "ports[1].all_interfaces", "true", "derived", NULL },
        { "one that the agent chooses", CONTAINER("'portMappings':[{'containerPort':80}]"),
          "ports[1].random", "true", "declared", NULL },
        { "TCP unless it is said", CONTAINER("'portMappings':[{'containerPort':80}]"),
          "ports[1].protocol", "tcp", "derived", NULL },
        { "an address of its own has the same port",
          CONTAINER("'portMappings':[{'containerPort':80}]") ",'networkMode':'awsvpc'",
          "ports[1].host_port", "80", "declared", NULL },
        { "and the host passes nothing on",
          CONTAINER("'portMappings':[{'containerPort':80}]") ",'networkMode':'awsvpc'",
          "ports[1].published", "false", "declared", NULL },
        { "a range is spread",
          CONTAINER("'portMappings':[{'containerPortRange':'80-82','protocol':'udp'}]"),
          "ports[3].container_port", "82", "declared", "'containerPortRange':'80-82'" },
    };

    check_rows(state, rows, COUNT(rows));
}

/* A template in JSON, with one task definition. */
#define TEMPLATE(text) \
    "'Resources':{'A':{'Type':'AWS::S3::Bucket'},'T':{'Type':'AWS::ECS::TaskDefinition'," \
    "'Properties':{" text "}}}"

static void
templates_are_read_in_their_keys(void **state)
{
    static const struct reading_row rows[] = {
        { "a container", TEMPLATE("'ContainerDefinitions':[{'Name':'web','Privileged':true}]"),
          "privileged", "true", "declared", "'Privileged':true" },
        { "a truth as text", TEMPLATE("'ContainerDefinitions':[{'Privileged':'true'}]"),
          "privileged", "true", "declared", "'Privileged':'true'" },
        { "a number as text", TEMPLATE("'ContainerDefinitions':[{'Memory':'64'}]"),
          "resources.memory_limit", "67108864", "declared", NULL },
        { "a text as number", TEMPLATE("'ContainerDefinitions':[{'User':0}]"), "user.uid", "0",
          "derived", "'User':0" },
        { "keys of the user stay", TEMPLATE("'ContainerDefinitions':[{'DockerLabels':{'A':'b'}}]"),
          "labels", "[A=b]", "declared", NULL },
        { "what a function gives is not known",
          TEMPLATE("'ContainerDefinitions':[{'Image':{'Fn::Sub':'${A}/b'}}]"), "image.raw", "-",
          "unknown", "'Image'" },
        { "nor what a parameter says", TEMPLATE("'ContainerDefinitions':[{}],'NetworkMode':"
                                                "{'Ref':'Mode'}"),
          "namespaces.net.host", "-", "unknown", NULL },
        { "nor all of a list with one in it",
          TEMPLATE("'ContainerDefinitions':[{'Environment':[{'Ref':'E'}]}]"), "env", "[]+",
          "declared", NULL },
        { "a folder that a function gives is no volume",
          TEMPLATE("'ContainerDefinitions':[{'MountPoints':[{'SourceVolume':'v',"
                   "'ContainerPath':'/v'}]}],'Volumes':[{'Name':'v','Host':{'SourcePath':"
                   "{'Ref':'P'}}}]"),
          "mounts[/v].type", "-", "unknown", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
templates_in_yaml_have_tags_for_functions(void **state)
{
    static const struct reading_row rows[] = {
        { "a container", NULL, "name", "web", "declared", "Name: web" },
        { "what a tag gives is not known", NULL, "image.raw", "-", "unknown", "Image" },
        { "unless there is nothing to substitute", NULL, "working_dir", "/srv", "declared", NULL },
        { "a number is a text where one is wanted", NULL, "user.uid", "1000", "derived",
          "User: 1000" },
        { "a command too", NULL, "command", "[sleep, 3600]", "declared", NULL },
        { "a truth", NULL, "privileged", "true", "declared", NULL },
        { "the network is one of two", NULL, "namespaces.net.host", "-", "unknown", NULL },
    };
    struct scl_document *d = reading_document(
        "stack.yaml", "",
        SCL_S("Resources:\n"
              "  Task:\n"
              "    Type: AWS::ECS::TaskDefinition\n"
              "    Properties:\n"
              "      NetworkMode: !If [Big, host, bridge]\n"
              "      ContainerDefinitions:\n"
              "        - Name: web\n"
              "          Image: !Sub '${Repository}:1'\n"
              "          WorkingDirectory: !Sub /srv\n"
              "          User: 1000\n"
              "          Command: [sleep, 3600]\n"
              "          Privileged: true\n"));

    (void)state;
    check_text(scl_str_c(d->format), "ecs", "a template is recognized");
    for (size_t i = 0; i < COUNT(rows); i++)
        reading_check(d, &rows[i]);
    scl_document_unref(d);
}

static void
containers_alone_leave_the_task_unknown(void **state)
{
    static const struct reading_row rows[] = {
        { "what they say is known", NULL, "user.is_root", "true", "derived", NULL },
        { "what the task says is not", NULL, "namespaces.net.host", "-", "unknown", NULL },
        { "nor its volumes", NULL, "mounts[/v].type", "-", "unknown", NULL },
    };
    struct scl_document *d = reading_document(
        "x.json", "",
        reading_quoted(*state, "[{'name':'a','image':'b','essential':true,'user':'root',"
                               "'mountPoints':[{'sourceVolume':'v','containerPath':'/v'}]}]"));

    check_text(scl_str_c(d->format), "ecs", "containers alone are recognized");
    for (size_t i = 0; i < COUNT(rows); i++)
        reading_check(d, &rows[i]);
    scl_document_unref(d);
}

static void
what_is_wrong_is_told_at_its_place(void **state)
{
    static const struct {
        const char *text, *notes;
    } rows[] = {
        { "{" CONTAINER("'memory':'x'") "}",
          "at ''x'': expected a number, got a string\n" WITHOUT_IT },
        { "{" TASK("'memory':'much'") "}",
          "at ''much'': expected MiB, or a number of GB\n" WITHOUT_IT },
        { "{" TASK("'cpu':'fast'") "}",
          "at ''fast'': expected CPU units, or a number of vCPU\n" WITHOUT_IT },
        { "{" CONTAINER("'mountPoints':[{'sourceVolume':'v'}]") "}",
          "at ''v'': the task has no volume of this name\n" WITHOUT_IT },
        { "{" CONTAINER("'portMappings':[{'containerPortRange':'9-1'}]") "}",
          "at ''9-1'': expected a range of ports, as 80-89\n" WITHOUT_IT },
        { "{'containerDefinitions':{}}",
          "at '{}': expected an array, got an object\n" WITHOUT_IT },
        { "{" CONTAINER("'name':'a'"),
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("x.json", "ecs", reading_quoted(*state, rows[i].text));
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

SUITE(
    CASE(what_runs_in_a_container_is_read),
    CASE(variables_and_secrets_are_read),
    CASE(confinement_is_read),
    CASE(a_task_says_what_its_containers_share),
    CASE(sizes_are_bytes),
    CASE(mounts_are_joined_with_the_volumes_of_the_task),
    CASE(ports_follow_the_network),
    CASE(templates_are_read_in_their_keys),
    CASE(templates_in_yaml_have_tags_for_functions),
    CASE(containers_alone_leave_the_task_unknown),
    CASE(what_is_wrong_is_told_at_its_place))
