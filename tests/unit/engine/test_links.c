/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_links.c: what subjects of a project are to one another, read from C
 */
#include "judged.h"

#define DOCKERFILE "FROM debian:13 AS base\nUSER 7\nFROM base AS web\nUSER root\n"

struct linked {
    struct judged j;
    scantling_project *project;
};

static struct linked
linked_new(const char *const (*files)[2], const char *assume)
{
    struct linked l = { .j = judged_new() };

    if (assume)
        judged_set(&l.j, SCANTLING_OPTION_ASSUME, assume);
    for (size_t i = 0; files[i][0]; i++)
        judged_add(&l.j, files[i][0], files[i][1]);
    l.j.engine = scantling_engine_new(l.j.config, &l.j.error);
    l.project = scantling_project_new(l.j.engine, l.j.documents, l.j.count, &l.j.error);
    assert_null(l.j.error);
    assert_non_null(l.project);
    return l;
}

static void
linked_free(struct linked *l)
{
    scantling_project_unref(l->project);
    for (size_t i = 0; i < l->j.count; i++)
        scantling_document_unref(l->j.documents[i]);
    scantling_engine_unref(l->j.engine);
    scantling_config_free(l->j.config);
}

/* A value of the first subject of a document, with its state and place: `app declared a:3:6`. */
static void
check_value(const struct linked *l, size_t document, const char *path, const char *expected)
{
    const scantling_subject *subject = scantling_project_subject(l->project, document, 0);
    scantling_node node =
        scantling_node_find(subject, SCANTLING_NODE_ROOT, path, SCANTLING_TERMINATED);
    scantling_mark mark = { .path = "" };
    char text[256];

    assert_true(node != SCANTLING_NODE_NONE);
    scantling_node_origins(subject, node, 0, &mark, sizeof mark, 1);
    snprintf(text, sizeof text, "%s %s %s:%u:%u", scantling_node_text(subject, node, NULL),
             scantling_enum_name(SCANTLING_ENUM_STATE, scantling_node_state(subject, node)),
             mark.path, (unsigned)mark.line, (unsigned)mark.column);
    assert_string_equal(text, expected);
}

static void
values_are_read_through_links(void **state)
{
    static const char *const files[][2] = {
        { "app/compose.yaml", "services: {w: {image: 'w:1', build: ., user: me}}\n" },
        { "app/Dockerfile", DOCKERFILE },
        { "app/scan.json", "{\"SchemaVersion\": 2, \"ArtifactName\": \"w:1\", \"Results\": []}" },
        { "daemon.json", "{\"icc\": false}" },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);

    (void)state;
    check_value(&l, 0, "linked.image.user.raw", "root declared app/Dockerfile:4:6");
    check_value(&l, 0, "linked.build.stages[1].name", "base declared app/Dockerfile:1:19");
    check_value(&l, 0, "linked.build.stages[web].index", "1 derived app/Dockerfile:3:1");
    check_value(&l, 0, "linked.host.icc", "false declared daemon.json:1:9");
    check_value(&l, 0, "linked.scans[1].artifact.name", "w:1 declared app/scan.json:1:38");
    check_value(&l, 2, "linked.images[1].linked.build.target.name",
                "web declared app/Dockerfile:3:14");
    linked_free(&l);
}

static void
a_thing_has_one_number_whichever_way_leads_to_it(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml", "services: {w: {image: 'w:1', build: .}}\n" },
        { "scan.json", "{\"SchemaVersion\": 2, \"ArtifactName\": \"w:1\", \"Results\": []}" },
        { "Dockerfile", DOCKERFILE },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);
    const scantling_subject *scan = scantling_project_subject(l.project, 1, 0);
    const scantling_subject *service = scantling_project_subject(l.project, 0, 0);

    (void)state;
    assert_true(scantling_node_find(scan, SCANTLING_NODE_ROOT, "linked.images[1].linked.scans[1]",
                                    SCANTLING_TERMINATED) == SCANTLING_NODE_ROOT);
    assert_true(scantling_node_find(service, SCANTLING_NODE_ROOT, "linked.image.linked.build",
                                    SCANTLING_TERMINATED) ==
                scantling_node_find(service, SCANTLING_NODE_ROOT, "linked.build",
                                    SCANTLING_TERMINATED));
    linked_free(&l);
}

static void
what_was_not_given_is_unknown(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml", "services: {w: {image: 'w:1'}}\n" },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);
    const scantling_subject *service = scantling_project_subject(l.project, 0, 0);

    (void)state;
    check_value(&l, 0, "linked.image.user.raw", " unknown compose.yaml:1:1");
    check_value(&l, 0, "linked.host", " unknown compose.yaml:1:1");
    check_value(&l, 0, "linked.scans", " linked compose.yaml:1:12");
    assert_true(scantling_node_child(service,
                                     scantling_node_find(service, SCANTLING_NODE_ROOT,
                                                         "linked.scans", SCANTLING_TERMINATED),
                                     0) == SCANTLING_NODE_NONE);
    linked_free(&l);
}

static void
numbers_that_were_made_up_are_none(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml", "services: {w: {image: 'w:1', build: .}}\n" },
        { "Dockerfile", DOCKERFILE },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);
    const scantling_subject *service = scantling_project_subject(l.project, 0, 0);
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        scantling_node node;

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        node = i & 1 ? seed : (uint64_t)(i * 7 + (1 << 24)) << 36;
        scantling_node_kind(service, node);
        scantling_node_text(service, node, NULL);
        scantling_node_child(service, node, 0);
    }
    linked_free(&l);
}

static void
a_circle_of_dockerfiles_is_cut(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml",
          "services: {a: {image: 'a:1', build: a}, b: {image: 'b:1', build: b}}\n" },
        { "a/Dockerfile", "FROM b:1\n" },
        { "b/Dockerfile", "FROM a:1\nUSER 7\n" },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);

    (void)state;
    check_value(&l, 0, "linked.image.name", "final declared a/Dockerfile:1:6");
    linked_free(&l);
}

static void
a_chain_of_dockerfiles_passes_a_user_on(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml",
          "services: {w: {build: w}, b: {image: 'base:1', build: b}}\n" },
        { "w/Dockerfile", "FROM base:1\nCMD x\n" },
        { "b/Dockerfile", "FROM debian:13\nUSER 7\n" },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, NULL);

    (void)state;
    check_value(&l, 0, "user.raw", "7 linked b/Dockerfile:2:6");
    linked_free(&l);
}

static void
assumptions_have_their_effect_in_views(void **state)
{
    static const char *const files[][2] = {
        { "pod.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": "
                      "[{\"name\": \"a\", \"image\": \"a:1\"}]}}" },
        { "compose.yaml", "services: {w: {image: 'w:1'}}\n" },
        { NULL, NULL },
    };
    static const struct {
        const char *assume;
        size_t document;
        const char *path, *expected;
    } rows[] = {
        { "kubelet.seccomp_default=true", 0, "seccomp.confined", "true default" },
        { "kubelet.seccomp_default=false", 0, "seccomp.mode", "unconfined default" },
        { "kubelet.seccomp_default=true", 1, "seccomp.mode", "default default" },
        { "cgroup=1", 0, "namespaces.cgroup.host", "true default" },
        { "cgroup=2", 1, "namespaces.cgroup.mode", "private default" },
        { "runtime=podman", 1, "runtime_family", "podman default" },
        { "runtime=podman", 1, "namespaces.ipc.mode", "shareable default" },
        { "runtime=podman", 0, "runtime_family", "containerd derived" },
        { "runtime=crio", 0, "runtime_family", "crio default" },
        { "runtime=crio", 0, "privileged", "false default" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct linked l = linked_new(files, rows[i].assume);
        const scantling_subject *subject =
            scantling_project_subject(l.project, rows[i].document, 0);
        scantling_node node = scantling_node_find(subject, SCANTLING_NODE_ROOT, rows[i].path,
                                                  SCANTLING_TERMINATED);
        char text[128];

        snprintf(text, sizeof text, "%s %s", scantling_node_text(subject, node, NULL),
                 scantling_enum_name(SCANTLING_ENUM_STATE, scantling_node_state(subject, node)));
        assert_string_equal(text, rows[i].expected);
        linked_free(&l);
    }
}

static void
a_host_decides_what_containers_leave_open(void **state)
{
    static const char *const files[][2] = {
        { "compose.yaml", "services: {w: {image: 'w:1', ports: ['1:1'], init: false}}\n" },
        { "daemon.json",
          "{\"init\": true, \"log-driver\": \"syslog\", \"default-ipc-mode\": \"shareable\",\n"
          " \"userns-remap\": \"default\", \"default-cgroupns-mode\": \"host\", \"ip\": "
          "\"127.0.0.1\",\n"
          " \"seccomp-profile\": \"/a.json\", \"default-shm-size\": \"1M\"}" },
        { NULL, NULL },
    };
    struct linked l = linked_new(files, "cgroup=2");

    (void)state;
    check_value(&l, 0, "init", "false declared compose.yaml:1:52");
    check_value(&l, 0, "logging.driver", "syslog linked daemon.json:1:30");
    check_value(&l, 0, "namespaces.ipc.mode", "shareable linked daemon.json:1:60");
    check_value(&l, 0, "namespaces.user.host", "false linked daemon.json:2:18");
    check_value(&l, 0, "user.root_maps_to_host", " unknown compose.yaml:1:12");
    check_value(&l, 0, "namespaces.cgroup.host", "true linked daemon.json:2:54");
    check_value(&l, 0, "ports[1].host_ip", "127.0.0.1 linked daemon.json:2:68");
    check_value(&l, 0, "ports[1].all_interfaces", "false derived daemon.json:2:68");
    check_value(&l, 0, "seccomp.profile", "/a.json linked daemon.json:3:21");
    check_value(&l, 0, "resources.shm_size", "1048576 linked daemon.json:3:52");
    linked_free(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_through_links),
        cmocka_unit_test(a_thing_has_one_number_whichever_way_leads_to_it),
        cmocka_unit_test(what_was_not_given_is_unknown),
        cmocka_unit_test(numbers_that_were_made_up_are_none),
        cmocka_unit_test(a_circle_of_dockerfiles_is_cut),
        cmocka_unit_test(a_chain_of_dockerfiles_passes_a_user_on),
        cmocka_unit_test(assumptions_have_their_effect_in_views),
        cmocka_unit_test(a_host_decides_what_containers_leave_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
