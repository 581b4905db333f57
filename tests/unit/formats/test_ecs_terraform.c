/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ecs_terraform.c: task definitions of ECS among the resources of Terraform
 */
#include "reading.h"

#include "syntax/json.h"

/* A body of a configuration, and containers in a string: `\'` is a quote there. */
#define START "'resource':{'aws_ecs_task_definition':{'t':{"
#define BODY(text) START text "}}}"
#define CONTAINER(text) BODY("'container_definitions':'[{" text "}]'")
#define TASK(text) BODY("'container_definitions':'[{}]'," text)

static void
containers_in_a_string_have_their_places(void **state)
{
    static const struct reading_row rows[] = {
        { "a name", CONTAINER("\\'name\\':\\'web\\'"), "name", "web", "declared",
          "\\'name\\':\\'web\\'" },
        { "an image", CONTAINER("\\'image\\': \\'a/b:1\\'"), "image.tag", "1", "derived",
          "\\'image\\': \\'a/b:1\\'" },
        { "what is no text", CONTAINER("\\n \\'privileged\\' : true"), "privileged", "true",
          "declared", "\\'privileged\\' : true" },
        { "a number", CONTAINER("\\'memory\\':64"), "resources.memory_limit", "67108864",
          "declared", "\\'memory\\':64" },
        { "a list", CONTAINER("\\'command\\':[\\'a\\', \\'b\\']"), "command", "[a, b]",
          "declared", "\\'command\\':[\\'a\\', \\'b\\']" },
        { "its members", CONTAINER("\\'command\\':[\\'a\\', \\'b\\']"), "command[2]", "b",
          "declared", "\\'b\\'" },
        { "a text with escapes of its own", CONTAINER("\\'user\\':\\'r\\\\u006fot\\'"),
          "user.raw", "root", "declared", "\\'user\\':\\'r\\\\u006fot\\'" },
        { "and behind it", CONTAINER("\\'name\\':\\'\\\\n\\',\\'user\\':\\'u\\'"), "user.raw", "u",
          "declared", "\\'user\\':\\'u\\'" },
        { "of two the last", CONTAINER("\\'user\\':\\'a\\',\\'user\\':\\'b\\'"), "user.raw", "b",
          "declared", "\\'user\\':\\'b\\'" },
        { "a variable", CONTAINER("\\'environment\\':[{\\'name\\':\\'A\\',\\'value\\':\\'b\\'}]"),
          "env[A].value", "b", "declared", NULL },
        { "what is to be filled in is not known",
          CONTAINER("\\'image\\':\\'${var.registry}/web:1\\'"), "image.raw", "-", "unknown",
          NULL },
        { "a directive too", CONTAINER("\\'user\\':\\'%{if var.a}root%{endif}\\'"), "user.raw",
          "-", "unknown", NULL },
        { "which its escape is not", CONTAINER("\\'hostname\\':\\'$${a}\\'"), "hostname", "$${a}",
          "declared", NULL },
        { "a list is as good as a string",
          BODY("'container_definitions':[{'name':'web'}]"), "name", "web", "declared",
          "'name':'web'" },
    };

    reading_check_all(*state, "", "", rows, COUNT(rows));
}

static void
keys_of_the_task_are_terraforms(void **state)
{
    static const struct reading_row rows[] = {
        { "network", TASK("'network_mode':'host'"), "namespaces.net.host", "true", "derived",
          "'network_mode':'host'" },
        { "processes", TASK("'pid_mode':'task'"), "namespaces.pid.mode", "pod", "declared",
          "'pid_mode':'task'" },
        { "nothing is said by null", TASK("'ipc_mode':null"), "namespaces.ipc.mode", "private",
          "default", NULL },
        { "nor by nothing", TASK("'network_mode':''"), "namespaces.net.mode", "bridge",
          "default", NULL },
        { "its name", TASK("'family':'shop'"), "pod.name", "shop", "declared",
          "'family':'shop'" },
        { "its role", TASK("'task_role_arn':'arn:x'"), "service_account.name", "arn:x",
          "declared", NULL },
        { "a role that is computed", TASK("'task_role_arn':'${aws_iam_role.a.arn}'"),
          "service_account.name", "-", "unknown", NULL },
        { "where it runs", TASK("'requires_compatibilities':['FARGATE']"), "runtime_family",
          "ecs-fargate", NULL, NULL },
        { "memory", TASK("'memory':'512'"), "resources.memory_limit", "536870912", NULL, NULL },
        { "processors", TASK("'cpu':512"), "resources.cpu_limit", "0.5", NULL, NULL },
        { "its system", TASK("'runtime_platform':[{'operating_system_family':"
          "'WINDOWS_SERVER_2022_CORE'}]"), "os", "windows", NULL, NULL },
        { "what is none of its keys is passed over", TASK("'tags':{'a':'b'},'x':[{}]"),
          "privileged", "false", "default", NULL },
    };

    reading_check_all(*state, "", "", rows, COUNT(rows));
}

#define MOUNTS \
    "'container_definitions':'[{\\'mountPoints\\':[{\\'sourceVolume\\':\\'v\\'," \
    "\\'containerPath\\':\\'/v\\'}]}]',"

static void
volumes_are_blocks(void **state)
{
    static const struct reading_row rows[] = {
        { "a folder of the host", BODY(MOUNTS "'volume':[{'name':'v','host_path':'/etc'}]"),
          "mounts[/v].source", "/etc", NULL, "'host_path':'/etc'" },
        { "it is bound", BODY(MOUNTS "'volume':[{'name':'v','host_path':'/etc'}]"),
          "mounts[/v].type", "bind", NULL, NULL },
        { "one block", BODY(MOUNTS "'volume':{'name':'v','host_path':'/etc'}"),
          "mounts[/v].source", "/etc", NULL, NULL },
        { "none that is empty, as a state has it",
          BODY(MOUNTS "'volume':[{'name':'v','host_path':'','docker_volume_configuration':[]}]"),
          "mounts[/v].type", "volume", NULL, NULL },
        { "one that is computed", BODY(MOUNTS "'volume':[{'name':'v','host_path':'${var.p}'}]"),
          "mounts[/v].source", "-", "unknown", NULL },
        { "a bind in disguise",
          BODY(MOUNTS "'volume':[{'name':'v','docker_volume_configuration':[{'driver':'local',"
                      "'driver_opts':{'type':'none','o':'bind','device':'/srv'}}]}]"),
          "mounts[/v].source", "/srv", NULL, "'device':'/srv'" },
        { "a file system of the net",
          BODY(MOUNTS "'volume':[{'name':'v','efs_volume_configuration':"
                      "[{'file_system_id':'f'}]}]"),
          "mounts[/v].type", "other", NULL, NULL },
    };

    reading_check_all(*state, "", "", rows, COUNT(rows));
}

#define VALUES "'values':{'container_definitions':'[{\\'user\\':\\'u\\'}]'}"
#define RESOURCE "{'mode':'managed','type':'aws_ecs_task_definition','name':'t'," VALUES "}"

static void
resources_are_found_where_terraform_has_them(void **state)
{
    static const struct {
        const char *text;
        uint32_t count;
    } rows[] = {
        { BODY("'container_definitions':'[{},{}]'"), 2 },
        { "'resource':[{'aws_ecs_task_definition':[{'t':[{'container_definitions':'[{}]'}]}]}]",
          1 },
        { "'resource':{'aws_ecs_task_definition':{'a':{'container_definitions':'[{}]'},"
          "'b':{'container_definitions':'[{}]'}}}", 2 },
        { "'planned_values':{'root_module':{'resources':[" RESOURCE "]}}", 1 },
        { "'planned_values':{'root_module':{'resources':[" RESOURCE "],'child_modules':["
          "{'resources':[" RESOURCE "],'child_modules':[{'resources':[" RESOURCE "]}]}]}}", 3 },
        { "'values':{'root_module':{'resources':[{'type':'aws_s3_bucket','values':{}}," RESOURCE
          "]}}", 1 },
        { "'planned_values':{'root_module':{'resources':[" RESOURCE "]}},'prior_state':{'values':"
          "{'root_module':{'resources':[" RESOURCE "]}}}", 1 },
        { "'values':{'root_module':{'resources':[{'mode':'data','type':'aws_ecs_task_definition',"
          VALUES "}," RESOURCE "]}}", 1 },
    };
    struct scl_arena *arena = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_f(&text, "{%s}", rows[i].text);
        d = reading_document("x.tf.json", "", reading_quoted(arena, text.at));
        scl_text_finish(&text);
        check_text(scl_str_c(d->format), "ecs", rows[i].text);
        check_number(d->subjects.count, rows[i].count, rows[i].text);
        scl_document_unref(d);
    }
}

static void
other_resources_are_not_taken(void **state)
{
    static const char *const rows[] = {
        "{'resource':{'aws_s3_bucket':{'a':{}}}}",
        "{'resource':{'aws_ecs_task_definition':{}}}",
        "{'resource':'aws_ecs_task_definition'}",
        "{'resource':{'aws_ecs_task_definition':{'a':'b'}}}",
        "{'planned_values':{'root_module':{'resources':{}}}}",
        "{'values':{'root_module':{'resources':[{'type':'aws_ecs_task_definition'}]}}}",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("x.tf.json", "", reading_quoted(*state, rows[i]));

        check_text(scl_str_c(d->format), "", rows[i]);
        scl_document_unref(d);
    }
}

/* Of a body as it is made for the reader: a map, its list, in it a map and two members. */
#define DEFINED "{'container_definitions':'[{\\'name\\':\\'a\\',\\'image\\':\\'b\\'}]'}"

static void
bodies_have_the_limit_of_nodes_together(void **state)
{
    static const struct {
        uint64_t limit;
        uint32_t containers;
        const char *note;
    } rows[] = {
        { 15, 3, "" },
        { 14, 3, "more than the limit of 14 nodes" },
        { 12, 2, "more than the limit of 12 nodes" },
    };
    struct scl_str text = reading_quoted(
        *state, "{'resource':{'aws_ecs_task_definition':{'a':[" DEFINED "," DEFINED "," DEFINED
                "]}}}");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_input input = { .name = SCL_S("x.tf.json"), .text = text,
                                   .limits = { .nodes = rows[i].limit } };
        struct scl_document *d = scl_read(&input);

        assert_non_null(d);
        check_number(d->subjects.count, rows[i].containers, "containers");
        check_text(d->notes.list.count ? d->notes.list.at[0].message : SCL_S(""), rows[i].note,
                   "the note");
        scl_document_unref(d);
    }
}

#define COMPUTED(place) \
    "at '" place "': Terraform computes the containers of this task, which are not known here\n" \
    "= judge a plan or state that has them: terraform show -json | scantling check -\n"

static void
what_terraform_computes_is_told(void **state)
{
    static const struct {
        const char *text, *notes;
    } rows[] = {
        { BODY("'container_definitions':'${jsonencode([])}'"), COMPUTED("\"${jsonencode([])}\"") },
        { BODY("'container_definitions':'[{\\'cpu\\':${var.cpu}}]'"),
          COMPUTED("\"[{\\\"cpu\\\":${var.cpu}}]\"") },
        { BODY("'family':'a'"), COMPUTED("{") },
        { BODY("'container_definitions':'[{\\'cpu\\' 1}]'"),
          "at '1': expected ':' after a key\n" WITHOUT_IT },
        { BODY("'container_definitions':'[{\\'memory\\':\\'x\\'}]'"),
          "at '\\\"x\\\"': expected a number, got a string\n" WITHOUT_IT },
        { BODY("'container_definitions':'none'"),
          "at '\"none\"': expected an array, got a string\n" WITHOUT_IT },
        { BODY("'container_definitions':7"),
          "at '7': expected an array, got a number\n" WITHOUT_IT },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_f(&text, "{%s}", rows[i].text);
        d = reading_document("x.tf.json", "", reading_quoted(*state, text.at));
        scl_text_clear(&text);
        reading_notes(d, &text);
        check_text(scl_text_str(&text), rows[i].notes, rows[i].text);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

/* What JSON says that stands in a text; of length 0 where it is no string. */
static struct scl_str
decoded(struct scl_arena *arena, struct scl_str text)
{
    struct scl_source *source = scl_arena_alloc(arena, sizeof *source);
    struct scl_notes notes;
    const struct scl_tree *root;

    assert_non_null(source);
    scl_notes_init(&notes, arena);
    assert_true(scl_source_init(source, arena, SCL_S("x"), text));
    root = scl_json_read(arena, source, NULL, &notes);
    return root && !notes.list.count ? scl_tree_text(root) : scl_str_n("", 0);
}

/* A value that stands in a string is read again from its place there. */
static void
check_again(struct scl_arena *arena, const struct scl_document *d, const struct scl_value *value)
{
    struct scl_span span = scl_document_origin(d, value->origin)->value;
    struct scl_text quoted = { 0 };
    struct scl_str there;

    scl_text_f(&quoted, "\"%.*s\"", SCL_ARG(scl_source_text(d->files, span)));
    there = decoded(arena, decoded(arena, scl_text_str(&quoted)));
    scl_text_clear(&quoted);
    scl_text_add(&quoted, there);
    check_text(scl_value_text(value), scl_text_str(&quoted).at, "a text in its place");
    scl_text_finish(&quoted);
}

static void
a_text_in_a_string_is_read_again_from_its_place(void **state)
{
    static const unsigned fields[] = {
        SCL_CONTAINER_NAME, SCL_CONTAINER_IMAGE_RAW, SCL_CONTAINER_HOSTNAME,
        SCL_CONTAINER_WORKING_DIR, SCL_CONTAINER_LOGGING_DRIVER,
    };
    struct scl_str text = reading_quoted(
        *state, "{" CONTAINER("\\'name\\' : \\'a\\\\\\\\\\\\\\'b\\',\\r\\n\\t\\'image\\':"
                              "\\u0022\\u00e4\\\\u00e4\\\\ud83d\\\\ude00\\u0022,"
                              "\\'hostname\\':\\'\\/\\\\/\\',"
                              "\\'workingDirectory\\':\\'\\\\t\\\\b\\',"
                              "\\'logConfiguration\\':{\\'logDriver\\':\\'x\\'}") "}");
    struct scl_document *d = reading_document("x.tf.json", "", text);

    check_number(d->notes.list.count, 0, "notes");
    for (size_t i = 0; i < COUNT(fields); i++) {
        const struct scl_value *value =
            scl_document_value(d, d->subjects.at[0].root, fields[i]);

        assert_non_null(value);
        check_again(*state, d, value);
    }
    scl_document_unref(d);
}

SUITE(
    CASE(containers_in_a_string_have_their_places),
    CASE(keys_of_the_task_are_terraforms),
    CASE(volumes_are_blocks),
    CASE(resources_are_found_where_terraform_has_them),
    CASE(other_resources_are_not_taken),
    CASE(bodies_have_the_limit_of_nodes_together),
    CASE(what_terraform_computes_is_told),
    CASE(a_text_in_a_string_is_read_again_from_its_place))
