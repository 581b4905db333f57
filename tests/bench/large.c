/* SPDX-License-Identifier: Apache-2.0 */
/*
 * large.c: what machines write: Compose files, lists of pods and reports of many megabytes
 *
 * Each is made twice, the second time with twice as much of what it has most of: reading and
 * judging both, the ratios. What were quadratic would be near 4. The positioned trees are measured
 * beside the parse of the same bytes by jansson and by libyaml, which keep less.
 */
#include "bench.h"

#include "base/text.h"
#include "document/view.h"
#include "syntax/json.h"
#include "syntax/yaml_read.h"

#include <jansson.h>
#include <stdio.h>
#include <yaml.h>

enum { TIMES = 2, SMALLER = 500 };

/* ---- documents ---- */

static void
add_service(struct scl_text *text, unsigned i)
{
    scl_text_f(text,
               "  s%u:\n    image: registry.example/shop/s%u:1.%u\n    user: \"%u\"\n"
               "    read_only: true\n    cap_drop: [ALL]\n    environment:\n"
               "      PORT: \"%u\"\n      MODE: production\n    ports: [\"127.0.0.1:%u:80\"]\n"
               "    volumes:\n      - data%u:/data\n      - /srv/s%u:/srv:ro\n",
               i, i, i, 1000 + i, i % 60000 + 1, i % 60000 + 1, i, i);
}

static void
make_compose(struct scl_text *text, unsigned count)
{
    scl_text_c(text, "services:\n");
    for (unsigned i = 0; i < count; i++)
        add_service(text, i);
    scl_text_c(text, "volumes:\n");
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text, "  data%u: {}\n", i);
}

/* Every service shares what an anchor says. */
static void
make_anchors(struct scl_text *text, unsigned count)
{
    scl_text_c(text, "x-base: &base\n  read_only: true\n  cap_drop: [ALL]\n"
                       "  environment: &env { A: a, B: b, C: c }\nservices:\n");
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text, "  s%u:\n    <<: *base\n    image: a:%u\n    labels: *env\n", i, i);
}

static void
make_pods(struct scl_text *text, unsigned count)
{
    scl_text_c(text, "apiVersion: v1\nkind: List\nitems:\n");
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text,
                   "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p%u\n"
                   "    namespace: shop\n  spec:\n    automountServiceAccountToken: false\n"
                   "    containers:\n    - name: a\n      image: registry.example/p%u:1.2\n"
                   "      resources:\n        limits: { cpu: 500m, memory: 64Mi }\n"
                   "      securityContext:\n        runAsNonRoot: true\n"
                   "        allowPrivilegeEscalation: false\n"
                   "        capabilities: { drop: [ALL] }\n",
                   i, i);
}

static void
make_pods_in_json(struct scl_text *text, unsigned count)
{
    scl_text_c(text, "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [");
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text,
                   "%s\n {\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": "
                   "\"p%u\", \"namespace\": \"shop\"}, \"spec\": {\"containers\": [{\"name\": "
                   "\"a\", \"image\": \"registry.example/p%u:1.2\", \"resources\": {\"limits\": "
                   "{\"cpu\": \"500m\", \"memory\": \"64Mi\"}}, \"securityContext\": "
                   "{\"runAsNonRoot\": true, \"capabilities\": {\"drop\": [\"ALL\"]}}}]}}",
                   i ? "," : "", i, i);
    scl_text_c(text, "]}\n");
}

static void
make_report(struct scl_text *text, unsigned count)
{
    scl_text_c(text, "{\"SchemaVersion\": 2, \"ArtifactName\": \"shop:1\", \"ArtifactType\": "
                       "\"container_image\", \"Results\": [{\"Target\": \"shop:1\", \"Class\": "
                       "\"os-pkgs\", \"Type\": \"debian\", \"Vulnerabilities\": [");
    for (unsigned i = 0; i < count; i++)
        scl_text_f(text,
                   "%s\n {\"VulnerabilityID\": \"CVE-2024-%u\", \"PkgName\": \"package%u\", "
                   "\"PkgIdentifier\": {\"PURL\": \"pkg:deb/debian/package%u@1.%u\"}, "
                   "\"InstalledVersion\": \"1.%u\", \"FixedVersion\": \"1.%u\", \"Status\": "
                   "\"fixed\", \"Severity\": \"MEDIUM\", \"SeveritySource\": \"nvd\", "
                   "\"Title\": \"something is read behind its end\", \"References\": "
                   "[\"https://example.org/%u\"]}",
                   i ? "," : "", i, i, i, i, i, i + 1, i);
    scl_text_c(text, "]}]}\n");
}

static const struct kind {
    const char *name, *file;
    void (*make)(struct scl_text *text, unsigned count);
    unsigned count; /* the second document has twice as many */
    bool is_json;
} kinds[] = {
    { "services", "compose.yaml", make_compose, 5000, false },
    { "services of one anchor", "compose.yaml", make_anchors, 5000, false },
    { "pods in YAML", "pods.yaml", make_pods, 70000, false },
    { "pods in JSON", "pods.json", make_pods_in_json, 60000, true },
    { "vulnerabilities", "trivy.json", make_report, 75000, true },
};

/* ---- measuring ---- */

struct work {
    const struct kind *kind;
    struct scl_text text;
    scantling_document *document;
    const scantling_engine *engine;
};

static void
read_it(void *context)
{
    const struct work *work = context;

    scantling_document_unref(bench_document(scl_str_c(work->kind->file),
                                            scl_text_str(&work->text)));
}

static void
judge_it(void *context)
{
    const struct work *work = context;

    scantling_report_unref(bench_judge(work->engine, work->document));
}

static void
read_tree(void *context)
{
    const struct work *work = context;
    const struct scl_tree_limits *limits = &scl_tree_default_limits;
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    if (!scl_source_init(&source, &arena, scl_str_c(work->kind->file), scl_text_str(&work->text)))
        bench_stop("out of memory");
    if (work->kind->is_json ? !scl_json_read(&arena, &source, limits, &notes)
                            : !scl_yaml_read(&arena, &source, limits, &notes))
        bench_stop("a document of ours cannot be read");
    scl_arena_finish(&arena);
}

static void
read_by_jansson(const struct work *work)
{
    json_t *root = json_loadb(work->text.at, work->text.len, 0, NULL);

    if (!root)
        bench_stop("jansson does not read a document of ours");
    json_decref(root);
}

static void
read_by_libyaml(const struct work *work)
{
    yaml_parser_t parser;
    yaml_event_t event;
    bool is_over = false;

    if (!yaml_parser_initialize(&parser))
        bench_stop("out of memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)work->text.at, work->text.len);
    while (!is_over) {
        if (!yaml_parser_parse(&parser, &event))
            bench_stop("libyaml does not read a document of ours");
        is_over = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static void
read_by_others(void *context)
{
    const struct work *work = context;

    if (work->kind->is_json)
        read_by_jansson(work);
    else
        read_by_libyaml(work);
}

static size_t
bytes_of(const scantling_document *handle)
{
    const struct scl_document *document = (const void *)handle;

    return document->arena.used + (document->view ? document->view->arena.used : 0);
}

static void
tell_kind(const struct kind *kind, unsigned count, unsigned times, const scantling_engine *engine)
{
    double reading[2], judging[2], bytes[2], tree = 0, others = 0;
    char row[80];

    for (unsigned i = 0; i < 2; i++) {
        struct work work = { .kind = kind, .engine = engine };

        kind->make(&work.text, count << i);
        if (work.text.failed)
            bench_stop("out of memory");
        work.document = bench_document(scl_str_c(kind->file), scl_text_str(&work.text));
        reading[i] = bench_least(times, read_it, &work);
        judging[i] = bench_least(1, judge_it, &work);
        bytes[i] = (double)work.text.len;
        if (i == 0) {
            snprintf(row, sizeof row, "memory of %u %s a byte", count, kind->name);
            bench_row(row, (double)bytes_of(work.document) / bytes[0], "bytes", "");
            tree = bench_least(times, read_tree, &work);
            others = bench_least(times, read_by_others, &work);
        }
        scantling_document_unref(work.document);
        scl_text_finish(&work.text);
    }
    snprintf(row, sizeof row, "reading %u %s, of %.1f MB", count, kind->name, bytes[0] / 1e6);
    bench_row(row, bytes[0] / 1e6 / reading[0], "MB/s", "");
    bench_row(kind->is_json ? "  its tree to jansson's" : "  its tree to libyaml's events",
              tree / others, "times", "");
    snprintf(row, sizeof row, "  reading twice as many");
    bench_row(row, reading[1] / reading[0], "times", "near 2");
    bench_row("  judging it", judging[0] * 1e3, "ms", "");
    bench_row("  judging twice as many", judging[1] / judging[0], "times", "near 2");
}

void
bench_large(const struct bench *bench)
{
    scantling_engine *engine = bench_engine("recommended", NULL);
    bool is_smoke = bench->times == 1;

    bench_title("Large documents");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        tell_kind(&kinds[i], is_smoke ? kinds[i].count / SMALLER : kinds[i].count,
                  is_smoke ? 1 : TIMES, engine);
    scantling_engine_unref(engine);
}
