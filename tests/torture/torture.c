/* SPDX-License-Identifier: Apache-2.0 */
/*
 * torture.c: every allocation is made to fail
 *
 * A small evaluation through the ABI is repeated with its first allocation failing, then its
 * second, until it comes through: once each, and once with all that follow failing too. A call
 * that fails must say MEMORY; then, memory being back, the same handles must give the same bytes
 * as if nothing had happened; and after the last release no block may be left. The linker puts the
 * functions below before malloc and its kin. Prints TAP.
 */
#include "scantling.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

enum { MOST_ALLOCATIONS = 100000 };

/* ---- allocations ---- */

static long until_failure; /* 0: none fails; 1: the next one does */
static bool fails_on;      /* all that follow as well */
static bool has_failed;
static long live_blocks;

static bool
fails_now(void)
{
    if (until_failure == 0 || --until_failure > 0)
        return false;
    until_failure = fails_on ? 1 : 0;
    has_failed = true;
    return true;
}

static void *
counted(void *block)
{
    live_blocks += block != NULL;
    return block;
}

void *
__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : counted(__real_malloc(size));
}

void *
__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : counted(__real_calloc(count, size));
}

void *
__wrap_realloc(void *block, size_t size)
{
    void *moved = fails_now() ? NULL : __real_realloc(block, size);

    live_blocks += moved && !block;
    return moved;
}

void
__wrap_free(void *block)
{
    live_blocks -= block != NULL;
    __real_free(block);
}

static void
arm(long allocation, bool and_all_after)
{
    until_failure = allocation;
    fails_on = and_all_after;
    has_failed = false;
}

/* ---- the evaluation ---- */

enum {
    TEXT, JSON, LINES, SHORT, DIFF, BASELINE, MODEL, MODEL_TEXT, DESCRIPTION, REASONS, SETTINGS,
    NODE, BUFFERS
};
enum { DOCUMENTS = 16 };

/* What an evaluation has made so far: what is NULL is made when it goes on. */
struct evaluation {
    scantling_config *config;
    scantling_engine *engine;
    scantling_source *sources[DOCUMENTS];
    scantling_document *documents[DOCUMENTS];
    scantling_project *project;
    scantling_report *parts[DOCUMENTS + 1], *merged;
    scantling_buffer *buffers[BUFFERS];
};

static const char policy[] =
    "return policy {\n"
    "  id = \"acme/torture\", title = \"Hazards of all kinds\", severity = \"high\",\n"
    "  subjects = { \"build\", \"image\", \"container\" }, on = \"env\", why = \"A reason.\", fix "
    "= \"A "
    "remedy.\",\n"
    "  fails = { dockerfile = \"FROM a\" }, passes = { dockerfile = \"FROM b\" },\n"
    "  check = function(env, report, subject)\n"
    "    if env.name == \"BAD\" then error(\"gives up; try again\") end\n"
    "    if env.name == \"LONG\" then string.rep(\"x\", 1 << 30) end\n"
    "    if env.name == \"A\" and env.value == \"b\" then\n"
    "      report(env, \"is b\"):fix(\"safe\", edit.replace(at(env, \"value\"), \"c\"))\n"
    "    elseif subject.name ~= \"\" and env.value ~= \"c\" then\n"
    "      report(at(env, \"value\"), \"sets %s to %q\", env.name, env.value)\n"
    "        :also(env, \"here\"):severity(\"low\")\n"
    "    end\n"
    "  end,\n"
    "}\n";

/* Looks at all documents, and proves a fix in a companion. */
static const char across[] =
    "return policy {\n"
    "  id = \"acme/across\", title = \"Hazards across documents\", severity = \"low\",\n"
    "  subjects = { \"build\", \"project\" }, why = \"A reason.\", fix = \"A remedy.\",\n"
    "  fails = {}, passes = {},\n"
    "  check = function(node, report)\n"
    "    if kind(node) == \"project\" then\n"
    "      report(node.images[1], \"is one of %d\", #node.images):also(node.containers[1], \"c\")\n"
    "    elseif not ignore.excludes(node.ignore, \"x\") then\n"
    "      report(at(node.ignore, \"patterns\"), \"lets x in\")\n"
    "        :fix(\"safe\", edit.after(at(node.ignore.patterns, 1), \"x\"))\n"
    "    end\n"
    "  end,\n"
    "}\n";

/* Of the first variable the value decides whether there is something to fix. */
#define DOCKERFILE(a) \
    "ARG V\n" \
    "FROM debian:$V AS base\n" \
    "ENV A=" a " API_TOKEN=kT8sWq3zLm5xVb7n C=$V\n" \
    "ENV BAD=1 LONG=2\n" \
    "# scantling: ignore acme/torture until 2026-12-31 because it is known\n" \
    "ENV IGNORED=1\n" \
    "USRE root\n" \
    "RUN apt-get update && apt-get install -y curl | tee log\n" \
    "FROM base\n" \
    "COPY --from=base /a /b\n" \
    "CMD [\"run\", \"it\"]\n"

static const char runtime[] =
    "{ \"ociVersion\": \"1.0.2\", \"root\": { \"path\": \"rootfs\" },\n"
    "  \"process\": { \"user\": { \"uid\": 0, \"gid\": 0 }, \"args\": [ \"run\" ], \"cwd\": "
    "\"/\",\n"
    "    \"env\": [ \"A=b\", \"DB_PASSWORD=kT8sWq3zLm5xVb7n\" ],\n"
    "    \"capabilities\": { \"bounding\": [ \"CAP_KILL\", \"CAP_CHOWN\", \"kill\" ] } },\n"
    "  \"mounts\": [ { \"destination\": \"/data\", \"source\": \"/srv\", \"type\": \"bind\" } ],\n"
    "  \"linux\": { \"resources\": { \"memory\": { \"limit\": 1024 } }, \"namespaces\": [] } }\n";

static const char manifest[] =
    "# scantling: ignore acme/torture because it is known\n"
    "apiVersion: apps/v1\n"
    "kind: StatefulSet\n"
    "metadata: {name: db}\n"
    "spec:\n"
    "  volumeClaimTemplates: [{metadata: {name: data}}]\n"
    "  template:\n"
    "    metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/db: unconfined}}\n"
    "    spec:\n"
    "      hostPID: true\n"
    "      securityContext: {runAsUser: 0, runAsNonRoot: true, fsGroup: 7,\n"
    "                        sysctls: [{name: a.b, value: '1'}]}\n"
    "      hostAliases: [{ip: 10.0.0.1, hostnames: [a, b]}]\n"
    "      dnsConfig: {options: [{name: ndots, value: '2'}]}\n"
    "      containers:\n"
    "        - name: db # the database\n"
    "          image: postgres:17\n"
    "          env: [{name: A, value: b},\n"
    "                {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}]\n"
    "          ports: [{containerPort: 1, hostPort: 2, protocol: UDP}]\n"
    "          livenessProbe: {httpGet: {host: h, port: 1}}\n"
    "          resources: {limits: {memory: 1Gi, cpu: 500m}}\n"
    "          securityContext: {capabilities: {add: [kill]}, seccompProfile: {type: Wrong}}\n"
    "          volumeMounts: [{name: data, mountPath: /data}, {name: none, mountPath: /n}]\n"
    "      volumes: [{name: rest, hostPath: {path: /x}}]\n"
    "---\n"
    "apiVersion: argoproj.io/v1alpha1\n"
    "kind: Workflow\n"
    "spec: {volumes: [{name: v}], hostNetwork: true,\n"
    "       templates: [{name: t, volumes: [{name: w}],\n"
    "                    container: {env: [{name: A, value: a}, {name: B, value: '$(A)b'}],\n"
    "                                command: [$(B), x]}}]}\n"
    "---\n"
    "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default},\n"
    " automountServiceAccountToken: false}\n";

/* What other orchestrators and Podman are told, and a signature with what it vouches for. */
static const char template[] =
    "Resources:\n"
    "  T:\n"
    "    Type: AWS::ECS::TaskDefinition\n"
    "    Properties:\n"
    "      NetworkMode: !Ref Mode\n"
    "      Volumes: [{Name: v, Host: {SourcePath: /srv}}]\n"
    "      ContainerDefinitions:\n"
    "        - Name: a\n"
    "          Image: !Sub '${R}/a'\n"
    "          Memory: '64'\n"
    "          PortMappings: [{ContainerPortRange: 1-2}]\n"
    "          MountPoints: [{SourceVolume: v, ContainerPath: /v}]\n"
    "          Secrets: [{Name: P, ValueFrom: arn}]\n"
    "          LinuxParameters: {Devices: [{HostPath: /dev/a, Permissions: [read]}]}\n";
static const char job[] =
    "{\"TaskGroups\": [{\"Networks\": [{\"ReservedPorts\": [{\"Label\": \"h\", \"Value\": 1}]}],"
    " \"Tasks\": [{\"Driver\": \"docker\", \"Env\": {\"A\": \"b\"}, \"Config\": {\"image\":"
    " \"${R}/a\", \"ports\": [\"h\"], \"volumes\": [\"/a:/b:ro\"], \"ulimit\": [{\"n\": \"1:2\"}],"
    " \"labels\": [{\"a\": \"b\"}], \"healthchecks\": {\"disable\": true}}}]}]}";
static const char unit[] =
    "[Container]\n"
    "Image=x.build\n"
    "ContainerName=%p\n"
    "User=1\n"
    "Group=2\n"
    "Environment=A=b \"C=d \\x41\" \\\n"
    "  E=${F}\n"
    "Volume=%h/a:/b\n"
    "Volume=z.volume:/z\n"
    "Pod=p.pod\n"
    "Network=y.network\n"
    "ReadOnly=true\n"
    "SeccompProfile=p\n"
    "PodmanArgs=--privileged\n"
    "Nothing=1\n";
static const char bundle[] =
    "{\"verificationMaterial\": {\"publicKey\": {\"hint\": \"k\"}}, \"messageSignature\":"
    " {\"messageDigest\": {\"digest\": \"AQID\"}}, \"dsseEnvelope\": {\"payload\":"
    " \"eyJwcmVkaWNhdGVUeXBlIjoiYTpiIiwic3ViamVjdCI6W3sibmFtZSI6Im4iLCJkaWdlc3QiOnsic2hhMjU2"
    "IjoiYWIifX1dfQ==\", \"signatures\": [{}]}}";

/* Task definitions of Terraform, with JSON in a string, and a model of the services. */
static const char resources[] =
    "{\"resource\": {\"aws_ecs_task_definition\": {\"a\": {\"network_mode\": \"host\","
    " \"container_definitions\": \"[{\\\"name\\\": \\\"a\\\\nb\\\", \\\"image\\\": \\\"b\\\"}\","
    " \"volume\": [{\"name\": \"v\", \"host_path\": \"/v\"}]}, \"b\": {}}}}";
static const char model[] =
    "{\"path\": \"base.yaml\", \"format\": \"compose\", \"subjects\": [{\"kind\": \"container\","
    " \"fields\": {\"image\": {\"raw\": \"a:1\"}, \"groups\": [\"5\"], \"labels\": {\"a\": \"b\"},"
    " \"env\": [{\"name\": \"A\", \"value\": \"********\"}], \"priviliged\": true},"
    " \"open\": [\"groups\"], \"not_expressible\": [\"tty\"],"
    " \"origins\": {\"env[1].value\": {\"offset\": 27, \"length\": 4}}}]}";

static const char base[] =
    "[{\"Id\": \"sha256:1111111111111111111111111111111111111111111111111111111111111111\","
    " \"RepoTags\": [\"debian:12\"], \"RootFS\": {}, \"Config\": {\"Env\": [\"A=b\"],"
    " \"OnBuild\": [\"RUN <<E\\nmake $A\\nE\", \"USER u\", \"RUNN\"]}}]";

/* Images as they are handed on: a list with an index beside it, and an archive behind gzip with a
 * list, a configuration and a link. */
static const char list[] =
    "[{\"Config\": \"c.json\", \"RepoTags\": [\"a:1\", \"a:2\"], \"Layers\": []},"
    " {\"Config\": \"gone.json\", \"Layers\": []}]";
static const char layout[] =
    "{\"schemaVersion\": 2, \"manifests\": ["
    "{\"digest\": \"sha512:m\", \"platform\": {\"os\": \"linux\", \"architecture\": \"b\"},"
    " \"annotations\": {\"io.containerd.image.name\": \"a:1\"}},"
    "{\"digest\": \"sha256:s\"}]}";
static const char archive[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\x95\xb1\x0a\xc2\x30\x10\x86\xf3(rs\xd1\xb4"
    "\x46\x0b]]\x9d\x44\xa7R$\xa4\x89\x46jS\x92\x14,\xa5\xefnZDD\x07\xa7*b\xbe\xe5\x8e\xff"
    "\x86\x0c\xc9}a\xd3\x93Q%\x1a\x15\xecX\x12\x32T\xc7s\xc5\x61t\x9f\xdd\xf2\x18/b4\xc1\xe8"
    "\x03\xd4\xc6R\xed\x8e\x44\xffI\x0b\xca@\x02\x85,\xeb\x0b\x04@5;J\xcb\x99\xad\x35w1=\xe7K"
    "\xe2\x62\xa6J!\x0f\x90\xb4\xb0\x33\x5c\xbb\x41\x0c]\x00Z)+L\x9f\xe6R\x88\xbd\xcc]\x9f"
    "\x66]\x87<\x3f\xc3\x65V\xd0\x86\xebi\xbf\x04\xdf\xda\xff\x97>\xc4Q\x14\xa2I\xd4\xf8\xfd"
    "\x1f\x9b\x33-\xa5\xe0\xc6\x8e\xf9\x0d\xbc\xf5\x3f\x9e\x3f\xdf\x3f!\xd8\xfb\xff\x13\xa4-"
    "\xacnr\x07\x36<\x02\xa7\xfb\x0d\xaf\xd4\x96\x1ez\x9d\x03\xad\xaa$\x84,\x80u\xef\x89!zp"
    "\x06\x64]\xe6%\xea\xf1x<\x3f\xc8\x15\x1e\x09%d\x00\x0e\x00\x00";

static const char settings[] =
    "version: 1\n"
    "severity: { acme/torture: medium }\n"
    "fail_on: high\n"
    "exclude: [ 'x/**' ]\n"
    "assume: { kubelet.seccomp_default: true }\n"
    "limits: { findings: 50 }\n"
    "suppress:\n"
    "  - policies: [ acme/torture ]\n"
    "    path: web/config.json\n"
    "    subject: container\n"
    "    until: 2026-12-31\n"
    "    reason: it is so\n";

/* What the first evaluation found, as those that follow know it from earlier. */
static char *known;

static scantling_config *
make_config(scantling_error **error)
{
    scantling_config *config = scantling_config_new(error);

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "none", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_DATE, "2026-11-21", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_ASSUME, "cgroup=2", SCANTLING_TERMINATED);
    scantling_config_set_int(config, SCANTLING_LIMIT_MEMORY, 2000000);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/torture.lua",
                              SCANTLING_TERMINATED, policy, SCANTLING_TERMINATED);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "acme/across.lua",
                              SCANTLING_TERMINATED, across, SCANTLING_TERMINATED);
    scantling_config_add_file(config, SCANTLING_FILE_FACTS, "acme/facts/teams.tsv",
                              SCANTLING_TERMINATED, "team\tlead\nred\tme\n", SCANTLING_TERMINATED);
    scantling_config_add_file(config, SCANTLING_FILE_SETTINGS, "scantling.yaml",
                              SCANTLING_TERMINATED, settings, SCANTLING_TERMINATED);
    if (known)
        scantling_config_add_file(config, SCANTLING_FILE_BASELINE, "known.json",
                                  SCANTLING_TERMINATED, known, SCANTLING_TERMINATED);
    return config;
}

/* Command lines, and services with most of what takes memory of its own. */
static const char lines[] =
    "sudo docker run -it --name=\"a b\" -p 1-2:1-2 -v \"$A:/b:ro\" --mount type=bind,dst=/c "
    "-e A=b --env-file e.env --ulimit nofile=1:2 --entrypoint '[\"a\"]' --what=1 x:1 y\n";
static const char services[] =
    "x-a: &a {environment: {A: \"${B:-c}${C}\", D: }}\n"
    "services:\n"
    "  a: {<<: *a, image: \"x:$B\", extends: {file: base.yaml, service: b}, command: a 'b c',\n"
    "      ports: [\"1:1\", {target: 2, published: 3}], volumes: [\"v:/b\",\n"
    "      {type: bind, source: /, target: /c}], env_file: e.env, labels: {a: 1.50},\n"
    "      deploy: {resources: {limits: {cpus: \"0.5\", memory: 1z}}}, healthcheck: {test: a},\n"
    "      build: {context: ../web, args: {A: b}}}\n"
    "volumes: {v: {driver_opts: {o: bind, device: /x}}}\n";

/* What others of the project are to them. */
static const char daemon[] =
    "{\"ip\": \"127.0.0.1\", \"seccomp-profile\": \"unconfined\", \"log-driver\": \"a\", "
    "\"default-ulimits\": {\"a\": {\"Name\": \"a\", \"Soft\": 1, \"Hard\": 2}}}\n";
static const char report[] =
    "{\"SchemaVersion\": 2, \"ArtifactName\": \"x:1\", \"Results\": []}\n";

static scantling_source *
make_source(size_t index, scantling_error **error)
{
    static const char *const names[] = { "web/Dockerfile", "web/config.json", "run.sh",
                                         "app/compose.yaml", "web/db.yaml", "web/stack.yaml",
                                         "web/job.json", "web/db.container", "web/b.json",
                                         "web/base.json", "web/manifest.json", "web/app.tar.gz",
                                         "daemon.json", "web/trivy.json", "web/a.tf.json",
                                         "web/model.json" };
    static const char *const texts[] = { DOCKERFILE("b"), runtime, lines, services,
                                         manifest, template, job, unit, bundle, base,
                                         list, archive, daemon, report, resources,
                                         model };
    /* What is known from earlier had nothing to fix, or no fix would be proved now. */
    static const char *const earlier[] = { DOCKERFILE("c"), runtime, lines, services,
                                           manifest, template, job, unit, bundle, base,
                                           list, archive, daemon, report, resources,
                                           model };
    static const struct {
        const char *path, *text;
    } parts[] = {
        { "db.container.d/", "a.conf\n" },
        { "db.container.d/a.conf", "[Container]\nUser=%N\n" },
        { "z.volume", "[Volume]\nOptions=bind\nDevice=/z\n" },
        { "p.pod", "[Pod]\nPublishPort=1:1\nPodmanArgs=--pid host\n" },
        { "x.build", "[Build]\nImageTag=x:1\nBuildArg=A=b\nSetWorkingDirectory=unit\n" },
        { "c.json", "{\"os\": \"linux\", \"config\": {\"Env\": [\"A=b\"]}}" },
        { "gone.json", NULL },
        { "index.json", layout },
        { "blobs/sha512/m", "{\"config\": {\"digest\": \"sha512:c\"}, \"layers\": []}" },
        { "blobs/sha512/c", "{\"architecture\": \"b\", \"config\": {\"User\": \"7\"}}" },
        { "blobs/sha256/s", "{\"config\": {}, \"layers\": [{\"digest\": \"sha512:t\","
                            " \"mediaType\": \"application/vnd.in-toto+json\"}]}" },
        { "blobs/sha512/t", "{\"_type\": \"a:b\", \"predicateType\": \"a:b\"}" },
    };
    size_t length = texts[index] == archive ? sizeof archive - 1 : SCANTLING_TERMINATED;
    scantling_source *source = scantling_source_new(names[index], SCANTLING_TERMINATED,
                                                    known ? texts[index] : earlier[index], length,
                                                    error);

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        scantling_source_add_file(source, parts[i].path, SCANTLING_TERMINATED, parts[i].text,
                                  SCANTLING_TERMINATED);

    scantling_source_set_text(source, SCANTLING_OPTION_BUILD_ARG, "V=12", SCANTLING_TERMINATED);
    scantling_source_add_file(source, "Dockerfile.dockerignore", SCANTLING_TERMINATED, NULL,
                              SCANTLING_TERMINATED);
    scantling_source_add_file(source, ".dockerignore", SCANTLING_TERMINATED,
                              known ? "*.md\n[\n" : "*.md\nx\n[\n", SCANTLING_TERMINATED);
    scantling_source_add_file(source, "e.env", SCANTLING_TERMINATED, "A=b\nD=\"x\\n\" # y\n",
                              SCANTLING_TERMINATED);
    scantling_source_add_file(source, "base.yaml", SCANTLING_TERMINATED,
                              "services: {b: {privileged: true, tmpfs: /t, command: !reset }}\n",
                              SCANTLING_TERMINATED);
    return source;
}

static scantling_buffer *
make_buffer(const struct evaluation *e, int which, scantling_error **error)
{
    static const char *const formats[] = {
        [TEXT] = "text verbose suppressed", [JSON] = "json",         [LINES] = "jsonl",
        [SHORT] = "short",                  [DIFF] = "diff",         [BASELINE] = "baseline",
        [MODEL] = "json origins",           [MODEL_TEXT] = "text",   [NODE] = "markdown",
        [DESCRIPTION] = "json why",         [REASONS] = "text why",  [SETTINGS] = "settings",
    };
    const scantling_subject *subject = scantling_project_subject(e->project, 1, 0);
    const char *format = formats[which];
    size_t length = SCANTLING_TERMINATED;

    if (which == MODEL || which == MODEL_TEXT)
        return scantling_document_render(e->documents[which != MODEL], format, length, error);
    if (which == DESCRIPTION || which == REASONS || which == SETTINGS)
        return scantling_engine_describe(e->engine, NULL, 0, format, length, error);
    if (which == NODE)
        return scantling_node_render(subject, SCANTLING_NODE_ROOT, format, length, error);
    return scantling_report_render(e->merged, format, length, error);
}

/* Makes what is not there yet, as straight-line code does; true where everything is. */
static bool
make(struct evaluation *e, scantling_error **error)
{
    if (!e->config)
        e->config = make_config(error);
    if (!e->engine)
        e->engine = scantling_engine_new(e->config, error);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        if (!e->sources[i])
            e->sources[i] = make_source(i, error);
        if (!e->documents[i])
            e->documents[i] = scantling_document_new(e->sources[i], error);
    }
    if (!e->project)
        e->project = scantling_project_new(e->engine, e->documents, DOCUMENTS, error);
    for (size_t i = 0; i <= DOCUMENTS; i++)
        if (!e->parts[i])
            e->parts[i] = scantling_project_judge(e->project, i, error);
    if (!e->merged)
        e->merged = scantling_report_merge(e->parts, DOCUMENTS + 1, error);
    return e->merged != NULL;
}

static bool
render(struct evaluation *e)
{
    bool complete = true;

    for (int i = 0; i < BUFFERS; i++) {
        e->buffers[i] = make_buffer(e, i, NULL);
        complete = complete && e->buffers[i];
    }
    return complete;
}

static void
release(struct evaluation *e)
{
    scantling_config_free(e->config);
    scantling_engine_unref(e->engine);
    for (int i = 0; i < DOCUMENTS; i++) {
        scantling_source_free(e->sources[i]);
        scantling_document_unref(e->documents[i]);
    }
    scantling_report_unref(e->merged);
    scantling_project_unref(e->project);
    for (int i = 0; i <= DOCUMENTS; i++)
        scantling_report_unref(e->parts[i]);
    for (int i = 0; i < BUFFERS; i++)
        scantling_buffer_free(e->buffers[i]);
    *e = (struct evaluation){ 0 };
}

/* ---- one failure ---- */

/* The memory is back: what setters remember is told every time, so only they are made anew. */
static bool
recover(struct evaluation *e)
{
    scantling_error *error = NULL;
    bool complete = make(e, &error);

    if (!complete && !e->engine) {
        scantling_config_free(e->config);
        e->config = NULL;
    }
    for (int i = 0; i < DOCUMENTS; i++)
        if (!e->documents[i]) {
            scantling_source_free(e->sources[i]);
            e->sources[i] = NULL;
        }
    scantling_error_free(error);
    return (complete || make(e, NULL)) && render(e);
}

static bool
same_bytes(const scantling_buffer *buffer, const scantling_buffer *expected)
{
    size_t length, wanted, line = 0;
    const char *bytes = scantling_buffer_bytes(buffer, &length);
    const char *should = scantling_buffer_bytes(expected, &wanted);

    if (length == wanted && memcmp(bytes, should, length) == 0)
        return true;
    for (size_t at = 0; at < length && at < wanted && bytes[at] == should[at]; at++)
        line = bytes[at] == '\n' ? at + 1 : line;
    printf("# %zu bytes, not %zu; differs in the line\n#   %.*s\n", length, wanted,
           (int)strcspn(bytes + line, "\n"), bytes + line);
    return false;
}

static bool
same_buffers(const struct evaluation *e, const struct evaluation *expected)
{
    bool same = true;

    for (int i = 0; i < BUFFERS; i++)
        same = same_bytes(e->buffers[i], expected->buffers[i]) && same;
    return same;
}

/* Fails allocation `n`: 1 it went well, 0 it did not, -1 there is no such allocation. */
static int
torment(long n, bool and_all_after, const struct evaluation *expected)
{
    struct evaluation e = { 0 };
    scantling_error *error = NULL;
    long before = live_blocks;
    bool complete, failed, good = true;
    scantling_status status;

    arm(n, and_all_after);
    complete = make(&e, &error);
    failed = has_failed;
    arm(0, false);
    status = scantling_error_status(error);
    if (!complete && (status != SCANTLING_STATUS_MEMORY || !failed)) {
        printf("# allocation %ld: %s: %s\n", n, scantling_enum_name(SCANTLING_ENUM_STATUS, status),
               scantling_error_message(error, NULL));
        good = false;
    }
    scantling_error_free(error);
    if (!recover(&e)) {
        printf("# allocation %ld: handles are not usable afterwards\n", n);
        good = false;
    } else if (!same_buffers(&e, expected)) {
        printf("# allocation %ld: other bytes%s\n", n, complete ? ", and no error" : "");
        good = false;
    }
    release(&e);
    if (live_blocks != before) {
        printf("# allocation %ld: %ld blocks are left\n", n, live_blocks - before);
        good = false;
    }
    return !good ? 0 : failed ? 1 : -1;
}

static bool
torment_all(const char *name, int number, bool and_all_after)
{
    struct evaluation expected = { 0 };
    long n = 1;
    int result = 1, wrong = 0;

    if (!make(&expected, NULL) || !render(&expected)) {
        printf("not ok %d - %s: nothing is made even with all memory\n", number, name);
        release(&expected);
        return false;
    }
    for (; result >= 0 && n < MOST_ALLOCATIONS && wrong < 20; n++) {
        result = torment(n, and_all_after, &expected);
        wrong += result == 0;
    }
    release(&expected);
    printf("%sok %d - %s (%ld allocations)\n", wrong || result >= 0 ? "not " : "", number, name,
           n - 2);
    return !wrong;
}

/* ---- rendering ---- */

/* Renders one buffer with allocation `n` failing; the answer is as above. */
static int
torment_buffer(long n, int which, const struct evaluation *expected)
{
    scantling_error *error = NULL;
    scantling_buffer *buffer;
    long before = live_blocks;
    bool failed, good;

    arm(n, false);
    buffer = make_buffer(expected, which, &error);
    failed = has_failed;
    arm(0, false);
    if (buffer)
        good = !error && same_bytes(buffer, expected->buffers[which]);
    else
        good = scantling_error_status(error) == SCANTLING_STATUS_MEMORY;
    scantling_buffer_free(buffer);
    scantling_error_free(error);
    good = good && live_blocks == before;
    if (!good)
        printf("# allocation %ld of buffer %d: %s, %ld blocks are left\n", n, which,
               buffer ? "made" : "not made", live_blocks - before);
    return !good ? 0 : failed ? 1 : -1;
}

static bool
torment_buffers(const char *name, int number)
{
    struct evaluation expected = { 0 };
    long count = 0;
    int wrong = make(&expected, NULL) && render(&expected) ? 0 : 1;

    for (int which = 0; which < BUFFERS && !wrong; which++) {
        int result = 1;

        for (long n = 1; result >= 0 && n < MOST_ALLOCATIONS && wrong < 20; n++, count++) {
            result = torment_buffer(n, which, &expected);
            wrong += result == 0;
        }
        wrong += result > 0;
        count--;
    }
    release(&expected);
    printf("%sok %d - %s (%ld allocations)\n", wrong ? "not " : "", number, name, count);
    return !wrong;
}

/* ---- mistakes ---- */

/* A call that fails for a reason of its own says so, or MEMORY: 1, 0 or -1 as above. */
static int
err(long n)
{
    static const char wrong[] = "return policy { id = \"acme/wrong\", severty = \"low\" }\n";
    scantling_config *config = scantling_config_new(NULL);
    scantling_error *error = NULL;
    scantling_status status;
    long before;
    bool good, failed;

    scantling_config_set_text(config, SCANTLING_OPTION_PACK, "none", SCANTLING_TERMINATED);
    scantling_config_set_text(config, SCANTLING_OPTION_ASSUME, "cgroup=2", SCANTLING_TERMINATED);
    scantling_config_set_int(config, SCANTLING_LIMIT_MEMORY, 2000000);
    scantling_config_add_file(config, SCANTLING_FILE_POLICY, "wrong.lua", SCANTLING_TERMINATED,
                              wrong, SCANTLING_TERMINATED);
    before = live_blocks;
    arm(n, false);
    good = scantling_engine_new(config, &error) == NULL;
    failed = has_failed;
    arm(0, false);
    status = scantling_error_status(error);
    good = good && (status == SCANTLING_STATUS_POLICY || status == SCANTLING_STATUS_MEMORY) &&
           scantling_error_message(error, NULL)[0];
    if (!good)
        printf("# allocation %ld: status %d\n", n, (int)status);
    scantling_error_free(error);
    if (live_blocks != before)
        printf("# allocation %ld: %ld blocks are left\n", n, live_blocks - before);
    good = good && live_blocks == before;
    scantling_config_free(config);
    return !good ? 0 : failed ? 1 : -1;
}

static bool
err_all(const char *name, int number)
{
    int result = 1, wrong = 0;
    long n = 1;

    for (; result >= 0 && n < MOST_ALLOCATIONS && wrong < 20; n++) {
        result = err(n);
        wrong += result == 0;
    }
    printf("%sok %d - %s (%ld allocations)\n", wrong || result >= 0 ? "not " : "", number, name,
           n - 2);
    return !wrong;
}

/* ---- what is judged ---- */

/* Judges once without a baseline, and keeps what fails as one. */
static bool
learn(void)
{
    struct evaluation e = { 0 };
    bool good = make(&e, NULL) && render(&e);
    size_t length;
    const char *bytes = scantling_buffer_bytes(e.buffers[BASELINE], &length);

    if (good && (known = malloc(length + 1)) != NULL)
        memcpy(known, bytes, length + 1);
    release(&e);
    return good && known;
}

/* All that is to be made to fail is there: a finding of each kind, a fix and its text. */
static bool
judges_everything(void)
{
    struct evaluation e = { 0 };
    scantling_finding found;
    int by[4] = { 0 }, fixes = 0;
    bool good = make(&e, NULL) && render(&e);

    for (size_t i = 0; scantling_report_findings(e.merged, i, &found, sizeof found, 1); i++) {
        by[found.suppression]++;
        fixes += (int)found.fix_count;
    }
    good = good && by[0] && by[1] && by[2] && by[3] && fixes &&
           strstr(scantling_buffer_bytes(e.buffers[JSON], NULL), "\"safe\"");
    if (!good)
        printf("# suppressed by %d %d %d %d, %d fixes\n", by[0], by[1], by[2], by[3], fixes);
    release(&e);
    return good;
}

int
main(void)
{
    bool good = learn() && judges_everything();

    printf("1..5\n");
    printf("%sok 1 - what is judged has settings, a baseline, comments and fixes\n",
           good ? "" : "not ");
    good = torment_all("each allocation of judging fails, and the handles stay usable", 2, false) &&
           good;
    good = torment_all("all allocations of judging from one on fail", 3, true) && good;
    good = torment_buffers("each allocation of rendering fails", 4) && good;
    good = err_all("a mistake is told although an allocation fails", 5) && good;
    free(known);
    return good ? 0 : 1;
}
