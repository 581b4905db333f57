/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_edit.c: edits, and the fixes made of them
 *
 * The check of a policy runs over the build of a Dockerfile; what it left is printed: a line a fix,
 * its edits as OFFSET+LENGTH and the text.
 */
#include "../report/judged.h"

#include "script/judge.h"

enum { RESULT_ROOM = 4096 };

static char result[RESULT_ROOM];

struct edit_row {
    const char *document, *body, *expected;
};

static void
print_fixes(const struct scl_run *run, struct scl_text *out)
{
    for (uint32_t i = 0; i < run->found.count; i++)
        for (uint32_t f = 0; f < run->found.at[i].fixes.count; f++) {
            const struct scl_found_fix *fix = &run->found.at[i].fixes.at[f];

            scl_text_f(out, "%s%s", out->len ? "\n" : "", fix->is_safe ? "safe" : "unsafe");
            for (uint32_t e = 0; e < fix->edits.count; e++)
                scl_text_f(out, " %u+%u[%.*s]", (unsigned)fix->edits.at[e].span.offset,
                           (unsigned)fix->edits.at[e].span.length,
                           SCL_ARG(fix->edits.at[e].text));
        }
}

/* Index of the test's own policy in its engine. */
static uint32_t
index_of_policy(const struct scantling_engine *engine)
{
    uint32_t index = 0;

    while (!scl_str_is(engine->policies[index].meta->id, "t/p"))
        index++;
    return index;
}

static const struct scantling_subject *
find_subject(const struct scantling_project *project, const char *kind)
{
    uint32_t index = 0;

    while (!scl_str_is(scl_str_c(scl_project_subject_kind(project, 0, index)), kind))
        assert_true(++index < project->documents[0].document->subjects.count);
    return &project->documents[0].subjects[index];
}

static void
run_check(struct scantling_engine *engine, struct scantling_project *project, const char *kind,
          struct scl_text *out)
{
    const struct scantling_subject *subject = find_subject(project, kind);
    struct scl_judge_setup setup = {
        .policies = engine->policies, .policy_count = engine->policy_count,
        .subjects = 1u << subject->type, .facts = engine->facts, .secrets = engine->secrets,
        .limits = engine->limits,
    };
    struct scl_judge *judge = scl_judge_new(&setup, NULL);
    struct scl_arena arena;
    struct scl_run run = { .view = subject->view, .subject = subject, .facts = engine->facts,
                           .secrets = engine->secrets, .finding_limit = 10, .arena = &arena };
    struct scl_outcome outcome;

    assert_non_null(judge);
    scl_arena_init(&arena);
    scl_judge_begin(judge, 1000000, &project->is_cancelled);
    scl_judge_run(judge, &run, index_of_policy(engine),
                  (struct scl_node){ subject->root, SCL_NONE, 0 }, &outcome);
    if (outcome.kind == SCL_RUN_OK && run.found.count)
        print_fixes(&run, out);
    else
        scl_text_f(out, "!%.*s", SCL_ARG(outcome.message));
    scl_judge_free(judge);
    scl_arena_finish(&arena);
}

/* What a check leaves on a document of a name. */
static struct scl_str
run_body(const char *name, const char *text, const char *body, const char *kind)
{
    struct scl_document *document = test_document((struct given_file){ name, text });
    struct scantling_engine *engine;
    struct scantling_project *project;
    struct scl_text policy = { 0 }, out = { 0 };
    const char *source;
    size_t length;

    scl_text_f(
        &policy,
        "return policy { id = \"t/p\", title = \"T\", severity = \"low\", subjects = { \"%s\" },"
        " why = \"W.\", fix = \"F.\", fails = {}, passes = {},"
        " check = function(node, report) %s end }",
        kind, body);
    source = policy.at;
    engine = test_engine(&source, 1, 100000);
    project = scl_project_new(engine, &document, 1, NULL);
    assert_non_null(project);
    run_check(engine, project, kind, &out);
    length = out.len;
    assert_true(length < RESULT_ROOM);
    memcpy(result, out.at ? out.at : "", length);
    scl_project_unref(project);
    scl_engine_unref(engine);
    scl_document_unref(document);
    scl_text_finish(&policy);
    scl_text_finish(&out);
    return scl_str_n(result, length);
}

static void
check_rows(const struct edit_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text body = { 0 };
        struct scl_str got;

        scl_text_f(&body, "local i = node.instructions  local f = report(node, \"x\")  %s",
                   rows[i].body);
        got = run_body("Dockerfile", rows[i].document, body.at, "build");
        scl_text_finish(&body);
        check_text(got, rows[i].expected, rows[i].body);
    }
}

static void
bytes_are_replaced_and_inserted(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\nADD x /\n", "f:fix(\"safe\", edit.replace(at(i[2], \"name\"), \"COPY\"))",
          "safe 9+3[COPY]" },
        { "FROM a:1\nADD x /\n", "f:fix(\"unsafe\", edit.replace(i[2], \"RUN true\"))",
          "unsafe 9+7[RUN true]" },
        { "FROM a:1\nWORKDIR app\n", "f:fix(\"unsafe\", edit.before(at(i[2], \"path\"), \"/\"))",
          "unsafe 17+0[/]" },
        { "FROM a:1\nRUN x \\\n y\n", "f:fix(\"safe\", edit.after(i[2].commands[1], \" && z\"))",
          "safe 19+0[ && z]" },
        { "FROM a:1\nRUN x; y\n", "f:fix(\"safe\", edit.delete(i[2].commands[2]))",
          "safe 16+1[]" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
at_an_instruction_whole_lines_are_meant(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\n  ADD x /\n", "f:fix(\"safe\", edit.before(i[2], \"USER 1\"))",
          "safe 9+0[  USER 1\n]" },
        { "FROM a:1\n\tADD x /\nUSER 1\n",
          "f:fix(\"safe\", edit.after(i[2], \"USER 2\\n\\nUSER 3\\n\"))",
          "safe 18+0[\tUSER 2\n\n\tUSER 3\n]" },
        { "FROM a:1\r\nADD x /\r\n", "f:fix(\"safe\", edit.after(i[2], \"USER 1\"))",
          "safe 19+0[USER 1\r\n]" },
        { "FROM a:1\nADD x /", "f:fix(\"safe\", edit.after(i[2], \"USER 1\"))",
          "safe 16+0[\nUSER 1\n]" },
        { "FROM a:1\nRUN x \\\n  y\nUSER 1\n", "f:fix(\"safe\", edit.delete(i[2]))",
          "safe 9+12[]" },
        { "FROM a:1\nRUN <<E\nx\nE\nUSER 1\n", "f:fix(\"safe\", edit.delete(i[2]))",
          "safe 9+12[]" },
        { "FROM a:1\nADD x /", "f:fix(\"safe\", edit.delete(i[2]))", "safe 9+7[]" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_declared_scalar_is_set_in_its_own_spelling(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\nWORKDIR app\n", "f:fix(\"unsafe\", edit.set(i[2], \"path\", \"/srv\"))",
          "unsafe 17+3[/srv]" },
        { "FROM a:1\nWORKDIR \"app\"\n", "f:fix(\"unsafe\", edit.set(i[2], \"path\", \"/srv\"))",
          "unsafe 17+5[\"/srv\"]" },
        /* What would need quotes, and what a variable gives, is not ours to spell. */
        { "FROM a:1\nWORKDIR app\n", "f:fix(\"unsafe\", edit.set(i[2], \"path\", \"/a b\"))", "" },
        { "FROM a:1\nARG D=app\nWORKDIR $D\n",
          "f:fix(\"unsafe\", edit.set(i[3], \"path\", \"/srv\"))", "" },
        { "FROM a:1\nWORKDIR app\n", "f:fix(\"unsafe\", edit.set(node, \"stages[1].name\", \"x\"))",
          "" },
        { "FROM a:1\nWORKDIR app\n", "edit.set(node, \"stages\", \"x\")",
          "!edit.set: second argument is a string, not the path of a scalar" },
        { "FROM a:1\nWORKDIR app\n", "edit.set(i[2], \"commands\", \"x\")",
          "!edit.set: second argument is a string, not the path of a scalar" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
edits_of_a_fix_are_sorted_and_do_not_overlap(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\nADD x /\n",
          "local k = at(i[2], \"name\")"
          " f:fix(\"safe\", edit.after(k, \"3\"), nil, edit.replace(k, \"2\"), edit.before(k, "
          "\"1\"))",
          "safe 9+0[1] 9+3[2] 12+0[3]" },
        { "FROM a:1\nADD x /\n",
          "f:fix(\"safe\", edit.replace(at(i[2], \"name\"), \"COPY\"), edit.delete(i[2]))",
          "!fix: two of its edits overlap" },
        { "FROM a:1\nADD x /\n", "f:fix(\"safe\", nil, nil)", "" },
        { "FROM a:1\nADD x /\n",
          "f:fix(\"safe\", edit.delete(i[2])):fix(\"unsafe\", edit.delete(i[1]))",
          "safe 9+8[]\nunsafe 0+9[]" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_no_edit_ends_the_run(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\n", "f:fix(\"sure\", edit.delete(i[1]))",
          "!fix: unknown kind 'sure'; it is one of safe, unsafe" },
        { "FROM a:1\n", "f:fix(\"safe\", \"COPY\")",
          "!fix: third argument is a string, not an edit or nil" },
        { "FROM a:1\n", "edit.replace(\"x\", \"y\")",
          "!edit.replace: first argument is a string, not a place" },
        { "FROM a:1\n", "edit.replace(i[1], true)",
          "!edit.replace: second argument is true, not a string" },
        { "FROM a:1\n", "edit.replace(i[1], \"TOKEN=********\")",
          "!edit.replace: the text holds ********, which stands for a secret and cannot be "
          "written" },
        { "FROM a:1\n", "edit.before(i[1], (\"x\"):rep(4097))",
          "!edit.before: the text is longer than 4096 bytes" },
        { "FROM a:1\n", "edit.remove(i[1])", "!edit has no 'remove'" },
        { "FROM a:1\n", "for _ = 1, 5 do f:fix(\"safe\", edit.delete(i[1])) end",
          "!fix: a finding has 4 fixes at most" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_not_written_has_no_edit(void **state)
{
    static const struct edit_row rows[] = {
        { "FROM a:1\nADD x /\n",
          "f:fix(\"safe\", edit.replace(at(i[2], \"flags.checksum\"), \"x\"),"
          " edit.before(at(i[2], \"flags.checksum\"), \"x\"))", "" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
a_snapshot_takes_no_edits(void **state)
{
    static const char config[] = "{\"ociVersion\":\"1.0.2\",\"process\":{\"cwd\":\"/\","
                                 "\"args\":[\"x\"],\"noNewPrivileges\":false}}";

    (void)state;
    check_text(run_body("config.json", config,
                        "report(node, \"x\"):fix(\"safe\","
                        " edit.set(node, \"no_new_privileges\", true),"
                        " edit.delete(at(node, \"no_new_privileges\")))",
                        "container"),
               "", "no fix");
}

struct entry_row {
    const char *name, *document, *kind, *edit, *expected;
};

static void
check_entries(const struct entry_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text body = { 0 };

        scl_text_f(&body, "report(node, \"x\"):fix(\"safe\", %s)", rows[i].edit);
        check_text(run_body(rows[i].name, rows[i].document, body.at, rows[i].kind),
                   rows[i].expected, rows[i].document);
        scl_text_finish(&body);
    }
}

#define COMPOSE(entries) "services:\n  a:\n" entries
#define POD(container) "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n" container

static void
an_entry_goes_with_its_line_its_comma_or_the_blank_before_it(void **state)
{
    static const struct entry_row rows[] = {
        { "compose.yaml", COMPOSE("    image: a:1\n    pid: host\n    tty: true\n"), "container",
          "edit.delete(at(node, \"namespaces.pid.mode\"))", "safe 30+14[]" },
        { "compose.yaml",
          COMPOSE("    security_opt:\n      - seccomp:unconfined\n    image: a:1\n"), "container",
          "edit.delete(at(node, \"seccomp.mode\"))", "safe 33+27[]" },
        { "compose.yaml", "services: {a: {image: a:1, pid: host, tty: true}}\n", "container",
          "edit.delete(at(node, \"namespaces.pid.mode\"))", "safe 27+11[]" },
        { "compose.yaml", "services: {a: {image: a:1, pid: host}}\n", "container",
          "edit.delete(at(node, \"namespaces.pid.mode\"))", "safe 25+11[]" },
        { "pod.yaml", POD("  - tty: true\n    name: a\n"), "container",
          "edit.delete(at(node, \"tty\"))", "safe 49+9[]" },
        { "daemon.json", "{\n  \"icc\": true,\n  \"debug\": true\n}\n", "host",
          "edit.delete(at(node, \"debug\"))", "safe 15+17[]" },
        { "daemon.json", "{\n  \"icc\": true,\n  \"debug\": true\n}\n", "host",
          "edit.delete(at(node, \"icc\"))", "safe 2+15[]" },
        { "daemon.json", "{\"debug\": true}", "host", "edit.delete(at(node, \"debug\"))",
          "safe 1+13[]" },
        { "run.sh", "docker run --tty --pid=host a\n", "container",
          "edit.delete(at(node, \"namespaces.pid.mode\"))", "safe 16+11[]" },
    };

    (void)state;
    check_entries(rows, COUNT(rows));
}

static void
what_is_put_beside_an_entry_is_written_as_it_is(void **state)
{
    static const struct entry_row rows[] = {
        { "compose.yaml", COMPOSE("    image: a:1\n    tty: true\n"), "container",
          "edit.after(at(node, \"image.raw\"), \"init: true\")", "safe 30+0[    init: true\n]" },
        { "compose.yaml", COMPOSE("    image: a:1\n"), "container",
          "edit.before(at(node, \"image.raw\"), \"init: true\")", "safe 15+0[    init: true\n]" },
        { "compose.yaml", "services: {a: {image: a:1}}\n", "container",
          "edit.after(at(node, \"image.raw\"), \"init: true\")", "safe 25+0[, init: true]" },
        { "compose.yaml", "services: {a: {image: a:1}}\n", "container",
          "edit.before(at(node, \"image.raw\"), \"init: true\")", "safe 15+0[init: true, ]" },
        { "pod.yaml", POD("  - image: a:1\n    name: a\n"), "container",
          "edit.after(at(node, \"image.raw\"), \"tty: true\\nstdin: true\")",
          "safe 60+0[    tty: true\n    stdin: true\n]" },
        { "daemon.json", "{\n  \"debug\": true\n}\n", "host",
          "edit.after(at(node, \"debug\"), [[\"icc\": false]])", "safe 17+0[,\n  \"icc\": false]" },
        { "run.sh", "docker run a\n", "container",
          "edit.before(at(node, \"image.raw\"), \"--init \")", "safe 11+0[--init ]" },
        { "compose.yaml", COMPOSE("    ports: [\"80:80\"]\n"), "container",
          "edit.before(at(node.ports[1], \"host_port\"), \"127.0.0.1:\")",
          "safe 28+0[127.0.0.1:]" },
    };

    (void)state;
    check_entries(rows, COUNT(rows));
}

SUITE(
    CASE(bytes_are_replaced_and_inserted),
    CASE(at_an_instruction_whole_lines_are_meant),
    CASE(a_declared_scalar_is_set_in_its_own_spelling),
    CASE(edits_of_a_fix_are_sorted_and_do_not_overlap),
    CASE(what_is_no_edit_ends_the_run),
    CASE(what_is_not_written_has_no_edit),
    CASE(a_snapshot_takes_no_edits),
    CASE(an_entry_goes_with_its_line_its_comma_or_the_blank_before_it),
    CASE(what_is_put_beside_an_entry_is_written_as_it_is))
