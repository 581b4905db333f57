/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_companions.c: files that a document is read with, as its client gives them
 */
#include "judged.h"

#define COPIES_ALL "FROM a:1\nCOPY . /app\n"
#define GONE NULL

struct told {
    const char *path, *text; /* GONE: there is none */
};

static scantling_source *
new_source(const char *name, const struct told *told, size_t count)
{
    scantling_source *source = scantling_source_new(name, END, COPIES_ALL, END, NULL);

    assert_non_null(source);
    for (size_t i = 0; i < count; i++)
        scantling_source_add_file(source, told[i].path, END, told[i].text, END);
    return source;
}

static scantling_document *
read_with(const char *name, const struct told *told, size_t count)
{
    scantling_source *source = new_source(name, told, count);
    scantling_document *document = scantling_document_new(source, NULL);

    assert_non_null(document);
    scantling_source_free(source);
    return document;
}

/* "PATH PATH: STATE VALUE COUNT PATTERN", the paths being those that are missing. */
static struct scl_str
ignore_of(void **state, scantling_document *document)
{
    const scantling_subject *build = scantling_document_subject(document, 0);
    scantling_node present = scantling_node_find(build, SCANTLING_NODE_ROOT, "ignore.present", END);
    scantling_node list = scantling_node_find(build, SCANTLING_NODE_ROOT, "ignore.patterns", END);
    struct scl_text out = { 0 };
    const char *path;

    for (size_t i = 0; (path = scantling_document_missing(document, i, NULL)) != NULL; i++)
        scl_text_f(&out, "%s%s", i ? " " : "", path);
    scl_text_f(&out, ": %s %s",
               scantling_enum_name(SCANTLING_ENUM_STATE, scantling_node_state(build, present)),
               scantling_node_text(build, present, NULL));
    for (size_t i = 0; scantling_node_child(build, list, i) != SCANTLING_NODE_NONE; i++)
        scl_text_f(&out, " %s",
                   scantling_node_text(build, scantling_node_child(build, list, i), NULL));
    scantling_document_unref(document);
    return test_kept(state, &out);
}

static void
a_build_asks_for_its_ignore_files_until_it_is_told(void **state)
{
    static const struct {
        struct told told[3];
        size_t count;
        const char *ignore;
    } rows[] = {
        { { { NULL, NULL } }, 0, "Dockerfile.dockerignore .dockerignore: unknown " },
        { { { "Dockerfile.dockerignore", GONE } }, 1, ".dockerignore: unknown " },
        { { { "Dockerfile.dockerignore", GONE }, { ".dockerignore", GONE } }, 2,
          ": derived false" },
        { { { "Dockerfile.dockerignore", GONE }, { ".dockerignore", "a\n!b\n" } }, 2,
          ": declared true a !b" },
        /* The file of the Dockerfile's own name decides, so that without it nothing is known. */
        { { { ".dockerignore", "a" } }, 1, "Dockerfile.dockerignore: unknown " },
        { { { "Dockerfile.dockerignore", "own" } }, 1, ": declared true own" },
        { { { "Dockerfile.dockerignore", "own" }, { ".dockerignore", "a" } }, 2,
          ": declared true own" },
        { { { "Dockerfile.dockerignore", "" } }, 1, ": declared true" },
        { { { "Dockerfile.dockerignore", "one" }, { "Dockerfile.dockerignore", "two" } }, 2,
          ": declared true two" },
        { { { "other", "a" }, { "Dockerfile.dockerignore", GONE }, { ".dockerignore", GONE } }, 3,
          ": derived false" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(ignore_of(state, read_with("a/b/Dockerfile", rows[i].told, rows[i].count)),
                   rows[i].ignore, rows[i].ignore);
}

static void
its_paths_stand_beside_the_name_of_the_document(void **state)
{
    static const struct {
        const char *name, *missing, *path;
    } rows[] = {
        { "Dockerfile", "Dockerfile.dockerignore", "Dockerfile.dockerignore" },
        { "a/b/web.Dockerfile", "web.Dockerfile.dockerignore",
          "a/b/web.Dockerfile.dockerignore" },
        { "/Dockerfile", "Dockerfile.dockerignore", "/Dockerfile.dockerignore" },
        { "../a//Dockerfile", "Dockerfile.dockerignore", "../a//Dockerfile.dockerignore" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct told told = { rows[i].missing, "[x\n" };
        scantling_document *document = read_with(rows[i].name, &told, 1);
        scantling_mark note;

        check_number(scantling_document_notes(document, 0, &note, sizeof note, 1), 1, "a note");
        check_text(scl_str_c(note.path), rows[i].path, rows[i].name);
        check_text(scl_str_c(note.text), "syntax error in ignore pattern '[x'", "its text");
        check_number(note.line, 1, "its line");
        scantling_document_unref(document);
    }
}

static void
more_companions_than_the_limit_are_not_read(void **state)
{
    static const struct told told[] = { { "Dockerfile.dockerignore", GONE },
                                        { ".dockerignore", "a" } };
    scantling_source *source = new_source("Dockerfile", told, COUNT(told));
    scantling_document *document;
    scantling_mark note;

    scantling_source_set_int(source, SCANTLING_LIMIT_FILES, 2);
    document = scantling_document_new(source, NULL);
    check_text(ignore_of(state, document), ": declared true a", "at the limit");
    scantling_source_set_int(source, SCANTLING_LIMIT_FILES, 1);
    document = scantling_document_new(source, NULL);
    scantling_source_free(source);
    check_number(scantling_document_notes(document, 0, &note, sizeof note, 1), 1, "a note");
    check_number(note.kind, SCANTLING_MARK_ERROR, "its kind");
    check_text(scl_str_c(note.text), "more companion files than the limit of 1", "its text");
    check_text(ignore_of(state, document), ": unknown ", "over the limit");
}

/* What is missing of a unit, "PATH PATH", and who it runs as. */
static void
check_unit(const scantling_source *source, const char *missing, const char *user)
{
    scantling_document *document = scantling_document_new(source, NULL);
    const scantling_subject *container = scantling_document_subject(document, 0);
    scantling_node node = scantling_node_find(container, SCANTLING_NODE_ROOT, "user.raw", END);
    const char *text = scantling_node_text(container, node, NULL), *path;
    struct scl_text out = { 0 };

    for (size_t i = 0; (path = scantling_document_missing(document, i, NULL)) != NULL; i++)
        scl_text_f(&out, "%s%s", i ? " " : "", path);
    check_text(scl_text_str(&out), missing, "what is missing");
    check_text(scl_str_c(text ? text : ""), user, "who it runs as");
    scl_text_finish(&out);
    scantling_document_unref(document);
}

static void
a_folder_is_told_by_the_names_in_it(void **state)
{
    static const char unit[] = "[Container]\nUser=1\n", dropped[] = "[Container]\nUser=2\n";
    scantling_source *source = scantling_source_new("a/web.container", END, unit, END, NULL);

    (void)state;
    check_unit(source, "web.container.d/ container.d/", "1");
    scantling_source_add_file(source, "container.d/", END, GONE, END);
    check_unit(source, "web.container.d/", "1");
    scantling_source_add_file(source, "web.container.d/", END, "README\nb.conf\na.conf\n", END);
    check_unit(source, "web.container.d/a.conf web.container.d/b.conf", "1");
    scantling_source_add_file(source, "web.container.d/a.conf", END, dropped, END);
    scantling_source_add_file(source, "web.container.d/b.conf", END, NULL, 0);
    check_unit(source, "", "2");
    scantling_source_free(source);
}

/* ---- judging ---- */

#define EXCLUDES(path) \
    POLICY(ON_BUILD, "local excluded, place = ignore.excludes(node.ignore, " path ")\n" \
                     "report(place or node, '%s', excluded)")

/* What a policy finds in a build with these patterns: "PATH:LINE:COLUMN MESSAGE". */
static struct scl_str
found_with(void **state, const char *policy, const char *patterns)
{
    struct told told = { "Dockerfile.dockerignore", patterns };
    scantling_document *document = read_with("Dockerfile", &told, 1);
    scantling_engine *engine = test_engine(policy);
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);
    struct scl_text out = { 0 };
    scantling_finding found;

    assert_non_null(report);
    for (size_t i = 0; scantling_report_findings(report, i, &found, sizeof found, 1); i++)
        scl_text_f(&out, "%s%s:%u:%u %s", i ? "\n" : "", found.path, (unsigned)found.line,
                   (unsigned)found.column, found.message);
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    scantling_document_unref(document);
    return test_kept(state, &out);
}

static void
the_last_pattern_that_hits_decides_and_is_a_place(void **state)
{
    static const struct {
        const char *policy, *patterns, *found;
    } rows[] = {
        { EXCLUDES("'.env'"), "*.md\n", "Dockerfile:1:1 false" },
        { EXCLUDES("'.env'"), "*.md\n.env\n", "Dockerfile.dockerignore:2:1 true" },
        { EXCLUDES("'.env'"), "  .*  \n!.env\n", "Dockerfile.dockerignore:2:1 false" },
        { EXCLUDES("'/a/./b'"), "a\n", "Dockerfile.dockerignore:1:1 true" },
        { EXCLUDES("'a/b/c'"), "#a\n\na/**\n!a/b\n", "Dockerfile.dockerignore:4:1 false" },
        { EXCLUDES("nil"), "*\n", "Dockerfile:1:1 unset" },
        { EXCLUDES("'a'"), GONE, "Dockerfile:1:1 ignore.present is not known" },
        { POLICY(ON_BUILD, "ignore.excludes(node, 'a')"), "*\n",
          "Dockerfile:1:1 policy failed: ignore.excludes: first argument is a node, not the "
          "ignore of a build" },
        { POLICY(ON_BUILD, "for _, p in ipairs(node.ignore.patterns) do report(node, '%s', p) end"),
          "a\n!b\n", "Dockerfile:1:1 !b\nDockerfile:1:1 a" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(found_with(state, rows[i].policy, rows[i].patterns), rows[i].found,
                   rows[i].policy);
}

static void
matching_is_charged_before_it_is_done(void **state)
{
    struct scl_text patterns = { 0 };
    struct scl_str found;

    for (int i = 0; i < 4000; i++)
        scl_text_f(&patterns, "[a-z]*%d*b*c*d*e*f*g*h*x\n", i);
    found = found_with(state,
                       POLICY(ON_BUILD, "local long = string.rep('a', 4000)\n"
                                        "for i = 1, 100 do ignore.excludes(node.ignore, long) end"),
                       scl_text_str(&patterns).at);
    scl_text_finish(&patterns);
    check_text(found, "Dockerfile:1:1 policy ran over its limit of 10000000 steps",
               "a hostile file");
}

/* Of a file that is not read to its end nobody knows what it excludes. */
static void
a_file_that_is_cut_leaves_its_rest_unknown(void **state)
{
    struct scl_text patterns = { 0 };
    struct scl_str found;

    scl_text_c(&patterns, "a\n");
    scl_text_fill(&patterns, 'b', 70000);
    scl_text_c(&patterns, "\n.env\n");
    found = found_with(state, EXCLUDES("'.env'"), scl_text_str(&patterns).at);
    scl_text_finish(&patterns);
    check_text(found, "Dockerfile:1:1 ignore.patterns is not known", "a line that is too long");
}

static void
fixes_in_a_companion_are_proved_and_told(void **state)
{
    static const char policy[] =
        POLICY(ON_BUILD, "if ignore.excludes(node.ignore, 'x') then return end\n"
                         "local list = node.ignore.patterns\n"
                         "report(at(node, 'ignore.patterns'), 'lets x in')"
                         ":fix('safe', edit.after(at(list, #list), 'x'))");
    struct told told = { "Dockerfile.dockerignore", "a\n  b" };
    scantling_document *document = read_with("Dockerfile", &told, 1);
    scantling_engine *engine = test_engine(policy);
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);
    scantling_mark mark;
    size_t edits = 0;

    (void)state;
    for (size_t i = 0; scantling_report_marks(report, 0, i, &mark, sizeof mark, 1); i++) {
        if (mark.kind != SCANTLING_MARK_EDIT)
            continue;
        edits++;
        check_text(scl_str_c(mark.path), "Dockerfile.dockerignore", "its file");
        check_number(mark.offset, 5, "behind the last line");
        check_text(scl_str_c(mark.text), "\n  x\n", "a line like it");
    }
    check_number(edits, 1, "edits");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    scantling_document_unref(document);
}

static void
a_fix_in_a_companion_that_leaves_its_finding_is_not_offered(void **state)
{
    static const char policy[] =
        POLICY(ON_BUILD, "report(at(node, 'ignore.patterns'), 'is never good')"
                         ":fix('safe', edit.after(at(node.ignore.patterns, 1), 'x'))");
    struct told told = { "Dockerfile.dockerignore", "a\n" };
    scantling_document *document = read_with("Dockerfile", &told, 1);
    scantling_engine *engine = test_engine(policy);
    scantling_report *report = scantling_engine_evaluate(engine, &document, 1, NULL);
    scantling_finding found;

    (void)state;
    check_number(scantling_report_findings(report, 0, &found, sizeof found, 1), 1, "a finding");
    check_number(found.fix_count, 0, "fixes");
    check_text(scl_str_c(found.path), "Dockerfile.dockerignore", "its file");
    scantling_report_unref(report);
    scantling_engine_unref(engine);
    scantling_document_unref(document);
}

SUITE(
    CASE(a_build_asks_for_its_ignore_files_until_it_is_told),
    CASE(its_paths_stand_beside_the_name_of_the_document),
    CASE(more_companions_than_the_limit_are_not_read),
    CASE(a_folder_is_told_by_the_names_in_it),
    CASE(the_last_pattern_that_hits_decides_and_is_a_place),
    CASE(matching_is_charged_before_it_is_done),
    CASE(a_file_that_is_cut_leaves_its_rest_unknown),
    CASE(fixes_in_a_companion_are_proved_and_told),
    CASE(a_fix_in_a_companion_that_leaves_its_finding_is_not_offered))
