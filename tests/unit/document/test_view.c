/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_view.c: documents that are built, frozen and read
 */
#include "../test.h"

#include "document/build.h"
#include "document/view.h"

/* A container of the OCI family: `text` is its source, fields are set by the case. */
static struct scl_document *
begin(const char *text, uint32_t *ret_root)
{
    struct scl_document *d = scl_document_begin(SCL_S("config.json"), scl_str_c(text));
    uint32_t origin;

    assert_non_null(d);
    d->format = "test";
    d->resolution = "resolved";
    d->family = "oci";
    origin = scl_build_origin(d, scl_span_between(0, 0),
                              scl_span_between(0, (uint32_t)strlen(text)));
    *ret_root = scl_build_subject(d, SCL_TYPE_CONTAINER, SCL_S("web"), origin);
    return d;
}

static const struct scl_view *
freeze(struct scl_document *d)
{
    assert_true(scl_document_freeze(d, scl_facts_builtin()));
    return d->view;
}

/* `PATH: STATE VALUE` of a path below the subject. */
static void
check_field(const struct scl_view *view, uint32_t root, const char *path, const char *expected)
{
    static const char *const states[] = { "", "declared", "default", "derived", "linked", "unknown",
                                          "absent", "null", "not_applicable" };
    struct scl_node node;
    struct scl_reading reading;
    struct scl_text text = { 0 };

    if (scl_view_find(view, (struct scl_node){ root, SCL_NONE, 0 }, scl_str_c(path), &node)) {
        scl_view_read(view, node, &reading);
        scl_text_c(&text, states[reading.state]);
        if (reading.value.kind == SCL_KIND_LIST || reading.value.kind == SCL_KIND_MAP)
            scl_text_f(&text, " %u", (unsigned)reading.value.as.list->count);
        else if (reading.value.kind != SCL_KIND_EMPTY)
            scl_text_char(&text, ' ');
        scl_value_print(&reading.value, &text);
    } else {
        scl_text_c(&text, "none");
    }
    check_text(scl_text_str(&text), expected, path);
    scl_text_finish(&text);
}

static void
a_document_answers_what_it_says(void **state)
{
    uint32_t root, origin;
    struct scl_document *d = begin("{\"a\": 1}", &root);
    const struct scl_view *view;

    (void)state;
    origin = scl_build_origin(d, scl_span_between(1, 7), scl_span_between(6, 7));
    scl_build_text(d, root, SCL_CONTAINER_HOSTNAME, SCL_S("h"), origin);
    scl_build_int(d, root, SCL_CONTAINER_MEMORY_LIMIT, 5, origin);
    scl_build_int(d, root, SCL_CONTAINER_MEMORY_LIMIT, 42, origin);
    scl_build_decimal(d, root, SCL_CONTAINER_CPU_LIMIT, 500000000, origin);
    scl_build_bool(d, root, SCL_CONTAINER_PRIVILEGED, true, origin);
    scl_build_empty(d, root, SCL_CONTAINER_DOMAINNAME, SCANTLING_STATE_NULL, origin);
    scl_build_empty(d, root, SCL_CONTAINER_PIDS_LIMIT, SCANTLING_STATE_UNKNOWN, origin);
    view = freeze(d);
    check_field(view, root, "name", "declared web");
    check_field(view, root, "hostname", "declared h");
    check_field(view, root, "resources.memory_limit", "declared 42");
    check_field(view, root, "resources.cpu_limit", "declared 0.5");
    check_field(view, root, "privileged", "declared true");
    check_field(view, root, "domainname", "null");
    check_field(view, root, "resources.pids_limit", "unknown");
    check_field(view, root, "working_dir", "absent");
    check_field(view, root, "no_new_privileges", "default false");
    check_field(view, root, "resources.memory_swap_limit", "default");
    check_field(view, root, "nonsense", "none");
    scl_document_unref(d);
}

static void
lists_and_maps_are_found_by_position_and_key(void **state)
{
    uint32_t root, mount;
    struct scl_document *d = begin("{}", &root);
    const struct scl_view *view;
    char key[16];

    (void)state;
    for (int i = 0; i < 2; i++) {
        mount = scl_build_object(d, root, SCL_CONTAINER_MOUNTS, 0);
        scl_build_text(d, mount, SCL_MOUNT_TARGET, i ? SCL_S("/b.c") : SCL_S("/a"), 0);
        scl_build_text(d, mount, SCL_MOUNT_SOURCE, i ? SCL_S("two") : SCL_S("one"), 0);
    }
    for (int i = 0; i < 20; i++) {
        int length = snprintf(key, sizeof key, "k.%d", i);

        scl_build_entry(d, root, SCL_CONTAINER_SYSCTLS,
                        scl_str_n(scl_arena_copy(&d->arena, key, (size_t)length), (size_t)length),
                        SCL_S("v"), 0);
    }
    scl_build_entry(d, root, SCL_CONTAINER_SYSCTLS, SCL_S("k.7"), SCL_S("again"), 0);
    scl_build_item_text(d, root, SCL_CONTAINER_ARGV, SCL_S("sh"), 0);
    view = freeze(d);
    check_field(view, root, "mounts[1].source", "derived one");
    check_field(view, root, "mounts[2].target", "derived /b.c");
    check_field(view, root, "mounts[/b.c].source", "derived two");
    check_field(view, root, "mounts[3]", "none");
    check_field(view, root, "mounts[/c]", "none");
    check_field(view, root, "sysctls", "derived 20");
    check_field(view, root, "sysctls[k.7]", "derived again");
    check_field(view, root, "sysctls[k.20]", "none");
    check_field(view, root, "argv[1]", "derived sh");
    check_field(view, root, "argv[0]", "none");
    check_field(view, root, "mounts[1]x", "none");
    check_field(view, root, "mounts.", "none");
    scl_document_unref(d);
}

static void
paths_lead_to_nodes_and_back(void **state)
{
    static const char *const paths[] = {
        "user.uid", "mounts[1].source", "sysctls[a.b]", "argv[1]", "namespaces.pid.host", "mounts",
    };
    uint32_t root, mount;
    struct scl_document *d = begin("{}", &root);
    const struct scl_view *view;

    (void)state;
    mount = scl_build_object(d, root, SCL_CONTAINER_MOUNTS, 0);
    scl_build_text(d, mount, SCL_MOUNT_SOURCE, SCL_S("s"), 0);
    scl_build_entry(d, root, SCL_CONTAINER_SYSCTLS, SCL_S("a.b"), SCL_S("v"), 0);
    scl_build_item_text(d, root, SCL_CONTAINER_ARGV, SCL_S("sh"), 0);
    view = freeze(d);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct scl_node node;
        struct scl_text text = { 0 };

        assert_true(scl_view_find(view, (struct scl_node){ root, SCL_NONE, 0 },
                                  scl_str_c(paths[i]), &node));
        scl_view_path(view, node, &text);
        check_text(scl_text_str(&text), paths[i], paths[i]);
        assert_true(scl_node_same(scl_node_unpack(scl_node_pack(node, root), root), node));
        scl_text_finish(&text);
    }
    scl_document_unref(d);
}

static void
what_is_absent_has_the_place_of_its_nearest_parent(void **state)
{
    uint32_t root, group, mount;
    struct scl_document *d = begin("{\"user\": {}, \"mounts\": [{}]}", &root);
    const struct scl_view *view;
    bool exact;

    (void)state;
    group = scl_build_origin(d, scl_span_between(1, 11), scl_span_between(9, 11));
    scl_build_group(d, root, SCL_CONTAINER_USER, group);
    mount = scl_build_object(d, root, SCL_CONTAINER_MOUNTS,
                             scl_build_origin(d, scl_span_between(24, 26),
                                              scl_span_between(24, 26)));
    view = freeze(d);
    check_number(scl_view_place(view, (struct scl_node){ root, SCL_CONTAINER_USER_UID, 0 }, false,
                                &exact).place.offset, 1, "a member of a group");
    assert_false(exact);
    check_number(
        scl_view_place(view, (struct scl_node){ mount, SCL_MOUNT_SOURCE, 0 }, false, &exact)
            .place.offset,
        24, "a field of an entry");
    check_number(scl_view_place(view, (struct scl_node){ root, SCL_CONTAINER_HOSTNAME, 0 }, false,
                                &exact).place.offset, 0, "a field of the subject");
    scl_document_unref(d);
}

static void
windows_has_no_linux_fields(void **state)
{
    uint32_t root;
    struct scl_document *d = begin("{}", &root);
    const struct scl_view *view;

    (void)state;
    scl_build_text(d, root, SCL_CONTAINER_OS, SCL_S("windows"), 0);
    view = freeze(d);
    check_field(view, root, "privileged", "not_applicable");
    check_field(view, root, "seccomp.mode", "not_applicable");
    check_field(view, root, "user.is_root", "not_applicable");
    check_field(view, root, "hostname", "absent");
    scl_document_unref(d);
}

static void
a_user_is_a_name_or_an_id_with_a_group(void **state)
{
    static const struct { const char *text, *uid, *name, *gid, *group, *is_root; } rows[] = {
        { "0", "derived 0", "absent", "absent", "absent", "derived true" },
        { "000:0", "derived 0", "absent", "derived 0", "absent", "derived true" },
        { "root", "absent", "derived root", "absent", "absent", "derived true" },
        { "root:adm", "absent", "derived root", "absent", "derived adm", "derived true" },
        { "app", "absent", "derived app", "absent", "absent", "derived false" },
        { "1000:10", "derived 1000", "absent", "derived 10", "absent", "derived false" },
        { "1x", "absent", "derived 1x", "absent", "absent", "derived false" },
        { "99999999999999999999", "absent", "derived 99999999999999999999", "absent", "absent",
          "derived false" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t root;
        struct scl_document *d = begin("{}", &root);
        const struct scl_view *view;

        scl_build_user(d, root, SCL_CONTAINER_USER_RAW, scl_str_c(rows[i].text), 0);
        view = freeze(d);
        check_field(view, root, "user.uid", rows[i].uid);
        check_field(view, root, "user.name", rows[i].name);
        check_field(view, root, "user.gid", rows[i].gid);
        check_field(view, root, "user.group", rows[i].group);
        check_field(view, root, "user.is_root", rows[i].is_root);
        scl_document_unref(d);
    }
}

static void
texts_come_out_as_valid_utf8_with_a_nul(void **state)
{
    uint32_t root;
    struct scl_document *d = begin("ab\xff" "cd", &root);
    const struct scl_view *view;
    struct scl_reading reading;
    struct scl_str text;

    (void)state;
    scl_build_text(d, root, SCL_CONTAINER_HOSTNAME, scl_str_sub(d->files->text, 1, 3),
                   scl_build_origin(d, scl_span_between(1, 4), scl_span_between(1, 4)));
    scl_build_int(d, root, SCL_CONTAINER_USER_UID, -5, 0);
    view = freeze(d);
    scl_view_read(view, (struct scl_node){ root, SCL_CONTAINER_HOSTNAME, 0 }, &reading);
    text = scl_view_scalar_text(view, (struct scl_node){ root, SCL_CONTAINER_HOSTNAME, 0 },
                                &reading);
    check_text(text, "b\xef\xbf\xbd" "c", "hostname");
    check_number(text.at[text.len], 0, "a NUL");
    scl_view_read(view, (struct scl_node){ root, SCL_CONTAINER_USER_UID, 0 }, &reading);
    check_text(scl_view_scalar_text(view, (struct scl_node){ root, SCL_CONTAINER_USER_UID, 0 },
                                    &reading), "-5", "uid");
    scl_document_unref(d);
}

SUITE(
    CASE(a_document_answers_what_it_says),
    CASE(lists_and_maps_are_found_by_position_and_key),
    CASE(paths_lead_to_nodes_and_back),
    CASE(what_is_absent_has_the_place_of_its_nearest_parent),
    CASE(windows_has_no_linux_fields),
    CASE(a_user_is_a_name_or_an_id_with_a_group),
    CASE(texts_come_out_as_valid_utf8_with_a_nul))
