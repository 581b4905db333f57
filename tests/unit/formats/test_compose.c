/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_compose.c: services of Compose files
 */
#include "reading.h"

static struct scl_document *
read_with(const char *name, const char *text, const struct scl_companion *files, uint32_t count)
{
    struct scl_input input = {
        .name = scl_str_c(name), .text = scl_str_c(text), .files = files, .file_count = count,
    };
    struct scl_document *d = scl_read(&input);

    assert_non_null(d);
    return d;
}

/* Each row's text are the keys of a service, in brackets. */
static void
check_services(const struct reading_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text text = { 0 };
        struct scl_document *d;

        scl_text_f(&text, "services:\n  web: {%s}\nvolumes:\n  v: {driver_opts: {o: bind, device: "
                          "/host}}\n", rows[i].text);
        d = read_with("compose.yaml", text.at, NULL, 0);
        scl_text_finish(&text);
        if (scl_notes_have_error(&d->notes)) {
            print_error("%s: %s\n", rows[i].why, d->notes.list.at[0].message.at);
            fail();
        }
        reading_check(d, &rows[i]);
        scl_document_unref(d);
    }
}

static void
keys_say_fields(void **state)
{
    static const struct reading_row rows[] = {
        { "the service's name", "image: x", "name", "web", "declared", "web" },
        { "or that of its container", "container_name: a", "name", "a", "declared",
          "container_name: a" },
        { "a user that is a number", "user: 1000", "user.uid", "1000", "derived", NULL },
        { "truths as Compose takes them", "privileged: yes", "privileged", "true", "declared",
          "privileged: yes" },
        { "in quotes, too", "read_only: 'true'", "readonly_rootfs", "true", "declared", NULL },
        { "bytes with a unit", "mem_limit: 64mb", "resources.memory_limit", "67108864",
          "declared", NULL },
        { "and under deploy", "deploy: {resources: {limits: {memory: 1g}}}",
          "resources.memory_limit", "1073741824", "declared", NULL },
        { "there is as much swap as memory", "mem_limit: 64mb", "resources.memory_swap_limit",
          "134217728", "derived", NULL },
        { "unless it is said", "mem_limit: 64mb, memswap_limit: 64mb",
          "resources.memory_swap_limit", "67108864", "declared", NULL },
        { "0 says nothing", "mem_limit: 64mb, memswap_limit: 0", "resources.memory_swap_limit",
          "134217728", "derived", NULL },
        { "both keys may say the same",
          "mem_limit: 1g, deploy: {resources: {limits: {memory: 1024m}}}",
          "resources.memory_limit", "1073741824", "declared", NULL },
        { "a user whose number is octal", "user: 0700", "user.uid", "448", "derived", NULL },
        { "in quotes it is decimal", "user: '0700'", "user.uid", "700", "derived", NULL },
        { "a number below 0 as Go prints it", "environment: {A: -0.50}", "env[A].value", "-0.5",
          "declared", NULL },
        { "a secret has a place", "secrets: [s]", "secrets[s].target", "/run/secrets/s",
          "derived", NULL },
        { "and a configuration", "configs: [{source: s}]", "configs[s].target", "/s", "derived",
          NULL },
        { "ranges of exposed ports are spread", "expose: ['80-82/udp', 90]", "exposed_ports",
          "[80/udp, 81/udp, 82/udp, 90/tcp]", "declared", NULL },
        { "read-only all the way down",
          "volumes: [{type: bind, source: /a, target: /b, read_only: true, "
          "bind: {recursive: readonly}}]",
          "mounts[/b].recursive_read_only", "true", "declared", NULL },
        { "the older name of a policy", "pull_policy: if_not_present", "pull_policy", "missing",
          "declared", NULL },
        { "processors", "cpus: 0.50", "resources.cpu_limit", "0.5", "declared", NULL },
        { "a command in one text", "command: a 'b c' \"d\"", "command", "[a, b c, d]", "declared",
          NULL },
        { "an empty one clears it", "entrypoint: []", "entrypoint", "[]", "declared", NULL },
        { "null is that of the image", "command: null", "command", "-", NULL, NULL },
        { "one that a swarm knows, too", "restart: no, deploy: {restart_policy: {condition: "
          "on-failure, max_attempts: 3}}", "restart.policy", "on-failure", "declared", NULL },
        { "its attempts", "deploy: {restart_policy: {max_attempts: 3}}", "restart.max_retries",
          "3", "declared", NULL },
        { "always, if it says nothing else", "deploy: {restart_policy: {}}", "restart.policy",
          "always", "declared", NULL },
        { "never", "deploy: {restart_policy: {condition: none}}", "restart.policy", "no",
          "declared", NULL },
        { "unknown with its variable", "deploy: {restart_policy: {condition: '${A}'}}",
          "restart.policy", "-", "unknown", NULL },
        { "what is done when it has started", "post_start: [{command: chown -R 1 /data}]",
          "lifecycle[1].argv", "[chown, -R, 1, /data]", "declared", NULL },
        { "and before it stops", "pre_stop: [{command: [./flush]}, {command: b}]",
          "lifecycle[1].phase", "pre_stop", "declared", NULL },
        { "a restart that is no truth", "restart: no", "restart.policy", "no", "declared", NULL },
        { "variables as a map", "environment: {A: 1.10}", "env[A].value", "1.1", "declared",
          "A: 1.10" },
        { "and as a list", "environment: [A=b]", "env[A].value", "b", "declared", "A=b" },
        { "without a value: the client's", "environment: {A: }", "env[A].value", "-", "unknown",
          NULL },
        { "a health check in one text", "healthcheck: {test: a b}", "healthcheck.test",
          "[CMD-SHELL, a b]", "declared", NULL },
        { "its time", "healthcheck: {test: a, interval: 1m30s}", "healthcheck.interval", "90",
          "declared", NULL },
        { "switched off", "healthcheck: {disable: true}", "healthcheck.disabled", "true",
          "declared", NULL },
        { "a port in short", "ports: ['127.0.0.1:8080:80/udp']", "ports[1].host_ip", "127.0.0.1",
          "declared", "'127.0.0.1:8080:80/udp'" },
        { "and at length", "ports: [{target: 80, published: '8080'}]", "ports[1].host_port",
          "8080", "declared", "published: '8080'" },
        { "a number alone", "ports: [80]", "ports[1].random", "true", "declared", NULL },
        { "a mount at length", "volumes: [{type: bind, source: /a, target: /b, read_only: true}]",
          "mounts[/b].read_only", "true", "declared", NULL },
        { "a volume that binds is a bind", "volumes: ['v:/b']", "mounts[/b].source", "/host",
          "declared", NULL },
        { "and of that type", "volumes: ['v:/b']", "mounts[/b].type", "bind", "derived", NULL },
        { "the socket of the engine", "use_api_socket: true", "facts.runtime_socket_mounted",
          "true", "derived", NULL },
        { "a device has no permissions in the place of its target", "devices: ['/a:/b:r']",
          "devices[/b].permissions", "r", "declared", NULL },
        { "graphics", "gpus: all", "devices[1].class", "gpu", "derived", NULL },
        { "limits of a process", "ulimits: {nofile: {soft: 1, hard: 2}}",
          "resources.ulimits[nofile].hard", "2", "declared", NULL },
        { "networks", "networks: {a: {aliases: [b]}}", "networks[a].aliases", "[b]", "declared",
          NULL },
        { "it is in one of its project", "image: x", "namespaces.net.host", "false", "derived",
          NULL },
        { "or in another service's", "network_mode: 'service:a'", "namespaces.net.target", "a",
          "declared", NULL },
        { "secrets", "secrets: [{source: s, mode: 0440}]", "secrets[s].mode", "288", "declared",
          NULL },
        { "of security options the last counts",
          "security_opt: ['no-new-privileges:true', 'no-new-privileges:false']",
          "no_new_privileges", "false", "declared", NULL },
        { "what is built is pinned by that", "build: .", "image.pin", "build", "derived", NULL },
        { "a Dockerfile that is written here is no file", "build: {dockerfile_inline: FROM a}",
          "build.dockerfile", "-", "unknown", "dockerfile_inline: FROM a" },
        { "the context", "build: {context: ./a}", "build.context", "./a", "declared",
          "context: ./a" },
        { "profiles", "profiles: [a]", "profiles", "[a]", "declared", NULL },
        { "how many", "deploy: {replicas: 3}", "scale", "3", "declared", NULL },
        { "what is absent is placed at the service", "image: x", "resources.memory_limit",
          "no limit", "default", "~web" },
        { "the user of the image is not known", "image: x", "user.is_root", "-", "unknown",
          NULL },
    };

    (void)state;
    check_services(rows, COUNT(rows));
}

static void
variables_are_replaced(void **state)
{
    static const struct reading_row rows[] = {
        { "a default", "image: 'web:${TAG:-1}'", "image.tag", "1", "derived", NULL },
        { "what nobody gave is unknown", "image: 'web:$TAG'", "image.tag", "-", "unknown", NULL },
        { "and what it is part of is not", "image: 'web:$TAG'", "image.repository", "library/web",
          "derived", NULL },
        { "a dollar", "environment: {A: a$$b}", "env[A].value", "a$b", "declared", NULL },
        { "nested", "hostname: '${A:-${B-x}}'", "hostname", "x", "declared", NULL },
        { "required", "hostname: '${A:?no}'", "hostname", "-", "unknown", NULL },
        { "which are used", "image: 'web:${TAG:-1}'", "interpolation[TAG].how", "default",
          "derived", NULL },
        { "which are missing", "image: 'web:$TAG'", "interpolation[TAG].how", "missing",
          "derived", NULL },
        { "a truth", "privileged: $P", "privileged", "-", "unknown", NULL },
        { "a target stands behind what is unknown", "volumes: ['$D:/b']", "mounts[/b].source",
          "-", "unknown", NULL },
    };
    struct scl_pair given = { SCL_STR("TAG"), SCL_STR("9") };
    struct scl_input input = { .name = SCL_STR("compose.yaml"), .variables = &given,
                               .variable_count = 1 };
    static const struct reading_row row = { "a value that is given", "", "image.tag", "9",
                                            "derived", NULL };
    struct scl_document *d;

    (void)state;
    check_services(rows, COUNT(rows));
    input.text = SCL_S("services: {a: {image: 'web:${TAG:-1}'}}");
    d = scl_read(&input);
    assert_non_null(d);
    reading_check(d, &row);
    scl_document_unref(d);
}

static void
services_have_layers(void **state)
{
    static const struct scl_companion files[] = {
        { SCL_STR("base.yaml"),
          SCL_STR("services:\n  b: {image: base, cap_add: [A], ports: ['1:1'], command: x,\n"
                  "      environment: {A: base, B: base}, privileged: true}\n"), false },
        { SCL_STR("compose.override.yaml"),
          SCL_STR("services: {a: {read_only: true, ports: !override ['2:2'], command: !reset }}"),
          false },
        { SCL_STR(".env"), SCL_STR("TAG=7\n"), false },
        { SCL_STR("a.env"), SCL_STR("C=${TAG}\nexport D=\"x\\ty\" # no\n"), false },
    };
    static const struct reading_row rows[] = {
        { "what it extends says the rest", "", "image.raw", "own:7", "declared", NULL },
        { "its truths", "", "privileged", "true", "declared", NULL },
        { "lists grow", "", "capabilities.add", "[CAP_A, CAP_B]", "declared", NULL },
        { "its own value counts more", "", "env[A].value", "own", "declared", NULL },
        { "what it does not name stays", "", "env[B].value", "base", "declared", NULL },
        { "the override file is the last", "", "readonly_rootfs", "true", "declared", NULL },
        { "which may replace a list", "", "ports", "[1]", "declared", NULL },
        { "by its own", "", "ports[1].host_port", "2", "declared", NULL },
        { "or take a value back", "", "command", "-", NULL, NULL },
        { "variables of its file", "", "env[C].value", "7", "declared", NULL },
        { "in which quotes are none", "", "env[D].value", "x\ty", "declared", NULL },
    };
    struct scl_document *d =
        read_with("compose.yaml",
                  "services:\n  a: {extends: {file: base.yaml, service: b}, image: 'own:$TAG',\n"
                  "    cap_add: [B], environment: [A=own], env_file: a.env}\n",
                  files, COUNT(files));

    (void)state;
    assert_int_equal(d->subjects.count, 1);
    assert_int_equal(d->missing.count, 1); /* compose.override.yml */
    for (size_t i = 0; i < COUNT(rows); i++)
        reading_check(d, &rows[i]);
    scl_document_unref(d);
}

static void
what_is_not_given_is_unknown(void **state)
{
    static const struct reading_row rows[] = {
        { "what an unknown base may say", "extends: {file: b.yaml, service: b}", "privileged",
          "-", "unknown", NULL },
        { "but not what is said", "extends: {file: b.yaml, service: b}, privileged: false",
          "privileged", "false", "declared", NULL },
        { "variables of a file", "env_file: a.env", "env", "[]+", NULL, NULL },
    };
    struct scl_document *d;

    (void)state;
    check_services(rows, COUNT(rows));
    d = read_with("compose.yaml", "services: {a: {image: x, env_file: ./e}}", NULL, 0);
    assert_int_equal(d->missing.count, 3);
    check_text(d->missing.at[2], "e", "it is asked for");
    scl_document_unref(d);
}

static void
files_are_included(void **state)
{
    static const struct scl_companion files[] = {
        { SCL_STR("sub/c.yaml"), SCL_STR("include: [d.yaml]\nservices: {b: {image: y}}"), false },
        { SCL_STR("sub/d.yaml"), SCL_STR("services: {c: {image: z}}"), false },
    };
    struct scl_document *d = read_with(
        "compose.yaml", "include: [{path: sub/c.yaml}]\nservices: {a: {image: x}}", files, 2);

    (void)state;
    assert_int_equal(d->subjects.count, 3);
    scl_document_unref(d);
}

static void
other_forms_are_known(void **state)
{
    struct scl_document *d =
        read_with("docker-compose.yml", "web:\n  image: a\ndb:\n  image: b\n", NULL, 0);

    (void)state;
    assert_int_equal(d->subjects.count, 2);
    scl_document_unref(d);
    d = read_with("x.json", "{\"name\": \"p\", \"services\": {\"a\": {\"image\": \"x\"}}}", NULL,
                  0);
    check_text(scl_str_c(d->format), "compose", "JSON of docker compose config");
    assert_int_equal(d->subjects.count, 1);
    scl_document_unref(d);
}

static void
broken_values_are_noted(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        { "services: {a: {image: x, mem_limit: z}}",
          "at 'z': expected a number of bytes, as 64m\n" WITHOUT_IT },
        { "services: {a: {image: x, user: [a]}}",
          "at '[a]': expected a string, got an array\n" WITHOUT_IT },
        { "services: {a: {image: $}}",
          "at '$': no variable behind the $; a dollar is written $$\n" WITHOUT_IT },
        { "services: {a: {extends: b}}",
          "at 'b': extends a service that is not there\n" WITHOUT_IT },
        { "services: {a: {image: x, priviledged: true, volumes_: []}}",
          "at 'priviledged': a service has no field 'priviledged'\n= did you mean 'privileged'?\n"
          WITHOUT_IT
          "at 'volumes_': a service has no field 'volumes_'\n= did you mean 'volumes'?\n"
          WITHOUT_IT },
        { "services: {a: {image: x}}\nprivileged: true\n",
          "at 'privileged': a Compose file has no field 'privileged'\n"
          "= it belongs to a service\n" WITHOUT_IT },
        { "services: {a: {image: x, mem_limit: 1g, deploy: {resources: {limits: {memory: 2g}}}}}",
          "at '2g': the key outside of deploy says something else\n" WITHOUT_IT },
        { "services: {a: {image: x, image: y}}",
          "at 'image': duplicate key 'image', the last one counts\n= the one before it is at\n"
          WITHOUT_IT },
        { "services: {a: {extends: a}}",
          "at 'a': services extend each other without an end\n" WITHOUT_IT },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = read_with("compose.yaml", rows[i].text, NULL, 0);
        struct scl_text notes = { 0 };

        reading_notes(d, &notes);
        check_text(scl_text_str(&notes), rows[i].expected, rows[i].text);
        scl_text_finish(&notes);
        scl_document_unref(d);
    }
}

/* Whether a note says that some map has no such field. */
static bool
has_stranger(const char *name, const char *text)
{
    struct scl_document *d = read_with(name, text, NULL, 0);
    struct scl_text notes = { 0 };
    bool found;

    reading_notes(d, &notes);
    found = strstr(notes.at ? notes.at : "", "has no field") != NULL;
    scl_text_finish(&notes);
    scl_document_unref(d);
    return found;
}

static void
every_key_that_there_is_is_known(void **state)
{
    static const char keys[] =
    "services: {a: {image: x, build: null, "
    "annotations: null, attach: null, blkio_config: null, cap_add: null, "
    "cap_drop: null, cgroup: null, cgroup_parent: null, command: null, "
    "configs: null, container_name: null, cpu_count: null, cpu_percent: null, "
    "cpu_period: null, cpu_quota: null, cpu_rt_period: null, cpu_rt_runtime: null, "
    "cpu_shares: null, cpus: null, cpuset: null, credential_spec: null, "
    "depends_on: null, deploy: null, develop: null, device_cgroup_rules: null, "
    "devices: null, dns: null, dns_opt: null, dns_search: null, dockerfile: null, "
    "domainname: null, entrypoint: null, env_file: null, environment: null, "
    "expose: null, extends: null, external_links: null, extra_hosts: null, "
    "gpus: null, group_add: null, healthcheck: null, hostname: null, init: null, "
    "ipc: null, isolation: null, label_file: null, labels: null, links: null, "
    "log_driver: null, log_opt: null, logging: null, mac_address: null, "
    "mem_limit: null, mem_reservation: null, mem_swappiness: null, "
    "memswap_limit: null, models: null, net: null, network_mode: null, "
    "networks: null, oom_kill_disable: null, oom_score_adj: null, pid: null, "
    "pids_limit: null, platform: null, ports: null, post_start: null, "
    "pre_start: null, pre_stop: null, privileged: null, profiles: null, "
    "provider: null, pull_policy: null, pull_refresh_after: null, read_only: null, "
    "restart: null, runtime: null, scale: null, secrets: null, security_opt: null, "
    "shm_size: null, stdin_open: null, stop_grace_period: null, stop_signal: null, "
    "storage_opt: null, sysctls: null, tmpfs: null, tty: null, ulimits: null, "
    "use_api_socket: null, user: null, userns_mode: null, uts: null, "
    "volume_driver: null, volumes: null, volumes_from: null, working_dir: null"
    "}, b: {image: x, x-mine: 1, deploy: {endpoint_mode: a, resources: {limits: {}}},"
    " healthcheck: {test: [NONE], start_interval: 1s}}}, x-other: 1, name: a, models: {}";

    (void)state;
    assert_false(has_stranger("compose.yaml", keys));
    assert_true(has_stranger("compose.yaml", "services: {a: {image: x, ports_: null}}"));
}

SUITE(
    CASE(keys_say_fields),
    CASE(variables_are_replaced),
    CASE(services_have_layers),
    CASE(what_is_not_given_is_unknown),
    CASE(files_are_included),
    CASE(other_forms_are_known),
    CASE(broken_values_are_noted),
    CASE(every_key_that_there_is_is_known))
