/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_project.c: documents joined, judged by index, cancelled, across threads and forks
 */
#include "judged.h"

#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DOCUMENTS = 6 };

static const char root_policy[] =
    POLICY(ON_IMAGE, "if node.user.is_root then report(node.user, \"starts as root\") end");
/* Runs for some milliseconds, so that something is under way when others come by. */
static const char long_policy[] =
    POLICY(ON_IMAGE, "local n = 0; for i = 1, 300000 do n = n + i % 7 end; "
                     "report(node, \"%d\", n)");
/* Ends by its limit only, and that is far. */
static const char endless_policy[] = POLICY(ON_IMAGE, "while true do end");

static scantling_project *
test_project(const char *policy, const char *const *dockerfiles, size_t count)
{
    scantling_engine *engine = test_engine(policy);
    scantling_document *documents[DOCUMENTS];
    scantling_error *error = NULL;
    scantling_project *project;

    for (size_t i = 0; i < count; i++) {
        char name[40];

        snprintf(name, sizeof name, "%d/Dockerfile", (int)i);
        documents[i] = test_read(name, dockerfiles[i]);
    }
    project = scantling_project_new(engine, documents, count, &error);
    assert_non_null(project);
    assert_null(error);
    for (size_t i = 0; i < count; i++)
        scantling_document_unref(documents[i]);
    scantling_engine_unref(engine);
    return project;
}

static const char *const many[DOCUMENTS] = {
    "FROM a:1\nUSER root\n", "FROM a:1\nUSER 7\n", "FROM a:1\nUSER 0\n",
    "FROM a:1\nARG V\nUSER $V\n", "FROM a:1\n# text\nUSER root\n", "FROM a:1\n",
};

static void
no_project_fails_with_argument(void **state)
{
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_project_new(NULL, NULL, 0, &error));
    check_error(&error, ARGUMENT, "engine is NULL");
    assert_null(scantling_project_ref(NULL));
    scantling_project_unref(NULL);
    scantling_project_cancel(NULL);
    assert_null(scantling_project_subject(NULL, 0, 0));
    assert_null(scantling_project_judge(NULL, 0, &error));
    check_error(&error, ARGUMENT, "project is NULL");
}

static void
a_document_that_is_null_fails(void **state)
{
    scantling_engine *engine = test_engine(root_policy);
    scantling_document *documents[2] = { NULL, test_read("Dockerfile", "FROM a:1\n") };
    scantling_error *error = NULL;

    (void)state;
    assert_null(scantling_project_new(engine, documents, 2, &error));
    check_error(&error, ARGUMENT, "document 0 is NULL");
    assert_null(scantling_project_new(engine, NULL, 1, &error));
    check_error(&error, ARGUMENT, "document 0 is NULL");
    scantling_document_unref(documents[1]);
    scantling_engine_unref(engine);
}

/* Each document keeps its index, and a report tells which one was judged. */
static void
an_index_is_judged_alone(void **state)
{
    scantling_project *project = test_project(root_policy, many, 4);
    scantling_report *report = scantling_project_judge(project, 2, NULL);
    scantling_finding found;
    scantling_error *error = NULL;

    (void)state;
    assert_int_equal(scantling_report_findings(report, 0, &found, sizeof found, 1), 1);
    assert_string_equal(found.path, "2/Dockerfile");
    assert_int_equal(found.document, 2);
    assert_int_equal(found.subject, 1);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS), 1, "judged");
    check_number(scantling_report_number(report, SCANTLING_NUMBER_SUBJECTS), 2, "subjects");
    scantling_report_unref(report);
    report = scantling_project_judge(project, 4, &error);
    assert_non_null(report);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_DOCUMENTS), 0,
                 "one past the last is the project across its documents");
    scantling_report_unref(report);
    assert_null(scantling_project_judge(project, 5, &error));
    check_error(&error, ARGUMENT, "index 5 is past the end of the project");
    assert_null(scantling_project_judge(project, SIZE_MAX, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_ARGUMENT);
    scantling_error_free(error);
    scantling_project_unref(project);
}

static void
subjects_are_read_as_policies_see_them(void **state)
{
    scantling_project *project = test_project(root_policy, many, 3);
    const scantling_subject *image = scantling_project_subject(project, 2, 1);
    scantling_node node = scantling_node_find(image, SCANTLING_NODE_ROOT, "user.is_root", END);

    (void)state;
    assert_int_equal(scantling_node_int(image, node), 1);
    assert_null(scantling_project_subject(project, 2, 2));
    assert_null(scantling_project_subject(project, 3, 0));
    assert_null(scantling_project_subject(project, SIZE_MAX, SIZE_MAX));
    scantling_project_unref(project);
}

/* A base that is given with it is what its image is made from. */
static void
models_are_rendered_as_policies_see_them(void **state)
{
    static const char image[] =
        "[{\"Id\": \"sha256:0000000000000000000000000000000000000000000000000000000000000000\","
        " \"RepoTags\": [\"b:1\"], \"RootFS\": {}, \"Config\": {\"User\": \"web\"}}]";
    scantling_document *documents[] = { test_read("Dockerfile", "FROM b:1\nRUN x\n"),
                                        test_read("base.json", image) };
    scantling_engine *engine = test_engine(root_policy);
    scantling_project *project = scantling_project_new(engine, documents, 2, NULL);
    scantling_error *error = NULL;
    scantling_buffer *buffer = scantling_project_render(project, 0, "json", END, &error);

    (void)state;
    assert_non_null(strstr(scantling_buffer_bytes(buffer, NULL), "\"raw\": \"web\""));
    scantling_buffer_free(buffer);
    assert_null(scantling_project_render(project, 2, "json", END, &error));
    check_error(&error, ARGUMENT, "the project has no such document");
    assert_null(scantling_project_render(project, 0, "yaml", END, &error));
    check_error(&error, UNSUPPORTED, "unknown format 'yaml' of a model");
    assert_null(scantling_project_render(NULL, 0, "json", END, &error));
    assert_int_equal(scantling_error_status(error), SCANTLING_STATUS_ARGUMENT);
    scantling_error_free(error);
    for (size_t i = 0; i < 2; i++)
        scantling_document_unref(documents[i]);
    scantling_engine_unref(engine);
    scantling_project_unref(project);
}

/* Of every order in which the four owners may go, some; the last one that is left still works. */
static void
handles_are_released_in_any_order(void **state)
{
    for (int order = 0; order < 24; order++) {
        scantling_engine *engine = test_engine(root_policy);
        scantling_document *document = test_read("Dockerfile", many[0]);
        scantling_project *project = scantling_project_new(engine, &document, 1, NULL);
        scantling_report *report = scantling_project_judge(project, 0, NULL);
        bool released[4] = { false };

        assert_ptr_equal(scantling_report_ref(report), report);
        assert_ptr_equal(scantling_project_ref(project), project);
        scantling_project_unref(project);
        for (int step = 0, left = order; step < 4; step++) {
            int which = left % (4 - step);

            left /= 4 - step;
            for (int i = 0; i <= which; i++)
                which += released[i];
            released[which] = true;
            if (which == 0)
                scantling_engine_unref(engine);
            else if (which == 1)
                scantling_document_unref(document);
            else if (which == 2)
                scantling_project_unref(project);
            else
                scantling_report_unref(report);
        }
        check_text(test_findings(state, report), "fail 2:1 starts as root\n", "the last owner");
        scantling_report_unref(report);
    }
}

/* ---- threads ---- */

struct share {
    const scantling_project *project;
    scantling_report **reports;
    size_t first, step;
};

static void *
judge_share(void *context)
{
    const struct share *share = context;

    for (size_t i = share->first; i <= DOCUMENTS; i += share->step)
        share->reports[i] = scantling_project_judge(share->project, i, NULL);
    return NULL;
}

/* The JSON of a project judged by some threads. */
static struct scl_str
judged_by(void **state, const char *policy, size_t threads)
{
    scantling_project *project = test_project(policy, many, DOCUMENTS);
    scantling_report *reports[DOCUMENTS + 1], *merged;
    pthread_t running[8];
    struct share shares[8];
    struct scl_str text;

    for (size_t i = 0; i < threads; i++) {
        shares[i] = (struct share){ project, reports, i, threads };
        assert_int_equal(pthread_create(&running[i], NULL, judge_share, &shares[i]), 0);
    }
    for (size_t i = 0; i < threads; i++)
        pthread_join(running[i], NULL);
    merged = scantling_report_merge(reports, DOCUMENTS + 1, NULL);
    assert_non_null(merged);
    text = test_buffer(state, scantling_report_render(merged, "json", END, NULL));
    for (size_t i = 0; i <= DOCUMENTS; i++)
        scantling_report_unref(reports[i]);
    scantling_report_unref(merged);
    scantling_project_unref(project);
    return text;
}

static void
threads_may_share_the_indexes_of_a_project(void **state)
{
    static const char *const policies[] = { root_policy, long_policy };

    for (size_t i = 0; i < COUNT(policies); i++) {
        struct scl_str one = judged_by(state, policies[i], 1);

        assert_true(one.len > 500);
        check_text(judged_by(state, policies[i], 2), one.at, "two threads");
        check_text(judged_by(state, policies[i], 7), one.at, "a thread an index");
    }
}

static void
a_child_judges_what_was_made_before_the_fork(void **state)
{
    scantling_project *project = test_project(long_policy, many, DOCUMENTS);
    scantling_report *reports[DOCUMENTS + 1], *report;
    struct share share = { project, reports, 0, 1 };
    struct timespec moment = { 0, 5000000 };
    struct scl_str expected;
    pthread_t thread;
    int status = 0;
    pid_t child;

    report = scantling_project_judge(project, 3, NULL);
    expected = test_findings(state, report);
    scantling_report_unref(report);
    assert_int_equal(pthread_create(&thread, NULL, judge_share, &share), 0);
    nanosleep(&moment, NULL);
    child = fork();
    if (child == 0) {
        report = scantling_project_judge(project, 3, NULL);
        _exit(report && scl_str_same(test_findings(state, report), expected) ? 7 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    pthread_join(thread, NULL);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    for (size_t i = 0; i <= DOCUMENTS; i++)
        scantling_report_unref(reports[i]);
    scantling_project_unref(project);
}

/* ---- cancelling ---- */

static void
a_cancelled_project_is_cancelled_for_good(void **state)
{
    scantling_project *project = test_project(root_policy, many, 2);
    scantling_report *before = scantling_project_judge(project, 0, NULL);
    scantling_error *error = NULL;

    scantling_project_cancel(project);
    for (size_t i = 0; i < 3; i++) {
        assert_null(scantling_project_judge(project, i, &error));
        check_error(&error, CANCELLED, "the project was cancelled");
    }
    check_text(test_findings(state, before), "fail 2:1 starts as root\n",
               "what was judged before stays");
    assert_non_null(scantling_project_subject(project, 0, 0));
    scantling_report_unref(before);
    scantling_project_unref(project);
}

static void *
cancel_soon(void *project)
{
    struct timespec moment = { 0, 30000000 };

    nanosleep(&moment, NULL);
    scantling_project_cancel(project);
    return NULL;
}

static void
cancelling_ends_a_run_that_is_under_way(void **state)
{
    const char *const policies[] = { endless_policy, NULL };
    scantling_config *config = test_config(policies);
    scantling_engine *engine;
    scantling_document *document = test_read("Dockerfile", "FROM a:1\n");
    scantling_project *project;
    scantling_error *error = NULL;
    scantling_report *report;
    struct timespec begun, ended;
    pthread_t thread;

    scantling_config_set_int(config, SCANTLING_LIMIT_STEPS, INT64_MAX);
    scantling_config_set_int(config, SCANTLING_LIMIT_TOTAL_STEPS, INT64_MAX);
    engine = test_compile(config);
    project = scantling_project_new(engine, &document, 1, NULL);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, project), 0);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    assert_null(scantling_project_judge(project, 0, &error));
    clock_gettime(CLOCK_MONOTONIC, &ended);
    pthread_join(thread, NULL);
    check_error(&error, CANCELLED, "the project was cancelled");
    assert_true(ended.tv_sec - begun.tv_sec < 10);
    scantling_project_unref(project);
    project = scantling_project_new(engine, &document, 0, NULL);
    report = scantling_project_judge(project, 0, NULL);
    check_text(test_findings(state, report), "", "the engine is as it was");
    scantling_report_unref(report);
    scantling_project_unref(project);
    scantling_document_unref(document);
    scantling_engine_unref(engine);
}

/* ---- across documents ---- */

#define ON_PROJECT "subjects = { \"project\" }"

static void
the_index_past_the_last_is_the_project(void **state)
{
    static const char policy[] =
        POLICY(ON_PROJECT, "for _, image in ipairs(node.images) do\n"
                           "if image.user.is_root then\n"
                           "report(image.user, 'is one of %d', #node.builds)\n"
                           ":also(node.images[2], 'is not')\nend\nend");
    scantling_project *project = test_project(policy, many, 3);
    scantling_report *report = scantling_project_judge(project, 3, NULL);
    scantling_finding found[3];
    scantling_mark mark;
    size_t places = 0;

    (void)state;
    assert_non_null(report);
    check_number(scantling_report_findings(report, 0, found, sizeof *found, 3), 2, "findings");
    for (int i = 0; i < 2; i++) {
        check_text(scl_str_c(found[i].path), i ? "2/Dockerfile" : "0/Dockerfile", "its file");
        check_number(found[i].line, 2, "its line");
        check_text(scl_str_c(found[i].message), "is one of 3", "what it says");
        check_number(found[i].document, SCANTLING_NONE, "its document");
        check_number(found[i].subject, SCANTLING_NONE, "its subject");
    }
    for (size_t i = 0; scantling_report_marks(report, 1, i, &mark, sizeof mark, 1); i++) {
        bool is_related = mark.kind == SCANTLING_MARK_RELATED;

        if (mark.line == 0)
            continue;
        places++;
        check_text(scl_str_c(mark.path), is_related ? "1/Dockerfile" : "2/Dockerfile", mark.field);
        check_number(mark.document, is_related ? 1 : 2, mark.field);
    }
    assert_true(places >= 1);
    check_number(scantling_report_number(report, SCANTLING_NUMBER_SUBJECTS), 1, "subjects");
    scantling_report_unref(report);
    for (size_t i = 0; i < 3; i++) {
        report = scantling_project_judge(project, i, NULL);
        check_number(scantling_report_number(report, SCANTLING_NUMBER_FINDINGS), 0, "elsewhere");
        scantling_report_unref(report);
    }
    scantling_project_unref(project);
}

/* A node of one document leads on within it, and its neighbours do not. */
static void
nodes_of_all_documents_are_as_in_their_own(void **state)
{
    static const struct {
        const char *body, *message;
    } rows[] = {
        { "report(node, '%s', node.images[2].user.uid)", "7" },
        { "report(node, '%s', node.builds[5].target.instructions[2].user)", "root" },
        { "report(node, '%s', kind(parent(node.images[2].user)))", "image" },
        { "report(node, '%s', parent(node.images[2]))", "unset" },
        { "report(node, '%s', where(node.images[5].user).path)", "4/Dockerfile" },
        { "report(node, '%s', where(at(node.images[6], 'user.raw')).path)", "5/Dockerfile" },
        { "report(node, '%s', raw(node.images[3].user))", "0" },
        { "report(node, '%s', node.images[1] == node.builds[1].image)", "true" },
        { "report(node, '%d', #node.containers + #node.hosts + #node.evidence)", "0" },
        { "report(node, '%s', node.name)", "unset" },
        { "report(node, '%s', edit.delete(at(node.images[1], 'user.raw')))", "unset" },
        { "report(node, '%s', node.images[4].user.raw)", "user.raw is not known" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text policy = { 0 };
        scantling_project *project;
        scantling_report *report;
        scantling_finding found = { 0 };

        scl_text_f(&policy,
                   "return policy { id = \"acme/one\", title = \"A\", severity = \"low\",\n"
                   "subjects = { \"project\" }, why = \"A.\", fix = \"B.\", fails = {},\n"
                   "passes = {}, check = function(node, report) %s end }\n",
                   rows[i].body);
        project = test_project(scl_text_str(&policy).at, many, DOCUMENTS);
        report = scantling_project_judge(project, DOCUMENTS, NULL);
        check_number(scantling_report_findings(report, 0, &found, sizeof found, 1), 1,
                     rows[i].body);
        check_text(scl_str_c(found.message), rows[i].message, rows[i].body);
        scantling_report_unref(report);
        scantling_project_unref(project);
        scl_text_finish(&policy);
    }
}

static void
the_order_of_documents_is_that_of_their_names(void **state)
{
    scantling_engine *engine = test_engine(POLICY(
        ON_PROJECT, "report(node,'%s', list.map(node.images, function(x) return x.user.raw end))"));
    scantling_document *documents[] = { test_read("b/Dockerfile", "FROM a:1\nUSER b\n"),
                                        test_read("a/Dockerfile", "FROM a:1\nUSER a\n"),
                                        test_read("c/Dockerfile", "FROM a:1\nUSER c\n") };
    scantling_report *report = scantling_engine_evaluate(engine, documents, 3, NULL);
    scantling_finding found = { 0 };

    (void)state;
    check_number(scantling_report_findings(report, 0, &found, sizeof found, 1), 1, "a finding");
    check_text(scl_str_c(found.message), "a, b, c", "in order");
    check_text(scl_str_c(found.path), "a/Dockerfile", "at the first");
    scantling_report_unref(report);
    for (size_t i = 0; i < 3; i++)
        scantling_document_unref(documents[i]);
    scantling_engine_unref(engine);
}

SUITE(
    CASE(no_project_fails_with_argument),
    CASE(a_document_that_is_null_fails),
    CASE(an_index_is_judged_alone),
    CASE(subjects_are_read_as_policies_see_them),
    CASE(models_are_rendered_as_policies_see_them),
    CASE(handles_are_released_in_any_order),
    CASE(threads_may_share_the_indexes_of_a_project),
    CASE(a_child_judges_what_was_made_before_the_fork),
    CASE(a_cancelled_project_is_cancelled_for_good),
    CASE(cancelling_ends_a_run_that_is_under_way),
    CASE(the_index_past_the_last_is_the_project),
    CASE(nodes_of_all_documents_are_as_in_their_own),
    CASE(the_order_of_documents_is_that_of_their_names))
