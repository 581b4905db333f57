/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c: the report for programs
 *
 * The keys of the top level stand on lines of their own, and so does each document, finding and
 * policy, made as one small tree and written at once. As "jsonl" each of these, the evaluation and
 * the summary are objects by themselves that begin with their type. No member may fail to be made
 * unnoticed: `failed` remembers.
 */
#include "report/json.h"

#include "base/utf8.h"
#include "document/mask.h"
#include "report/entry.h"
#include "report/escape.h"
#include "report/tally.h"
#include "report/width.h"

#include <jansson.h>

enum { SCHEMA = 1 };

struct rows {
    const struct scantling_report *report;
    struct scl_text *out;
    bool are_lines; /* jsonl */
    bool failed;
};

static const struct {
    scantling_state state;
    const char *name;
} states[] = {
    { SCANTLING_STATE_DECLARED, "declared" }, { SCANTLING_STATE_DEFAULT, "default" },
    { SCANTLING_STATE_DERIVED, "derived" },   { SCANTLING_STATE_LINKED, "linked" },
    { SCANTLING_STATE_UNKNOWN, "unknown" },   { SCANTLING_STATE_ABSENT, "absent" },
    { SCANTLING_STATE_NULL, "null" },         { SCANTLING_STATE_NOT_APPLICABLE, "not_applicable" },
};

static const char *const note_severities[] = {
    [SCL_NOTE_ERROR] = "error",
    [SCL_NOTE_WARNING] = "warning",
    [SCL_NOTE_INFO] = "info",
};

/* ---- values ---- */

static json_t *
text_value(struct rows *rows, struct scl_str text)
{
    struct scl_text valid = { 0 };
    json_t *value;

    scl_utf8_add_valid(&valid, text);
    value = valid.failed ? NULL : json_stringn(scl_text_str(&valid).at, valid.len);
    rows->failed = rows->failed || !value;
    scl_text_finish(&valid);
    return value;
}

static json_t *
path_value(struct rows *rows, struct scl_str path)
{
    struct scl_text shown = { 0 };
    json_t *value;

    scl_escape_add(&shown, path, false);
    value = text_value(rows, scl_text_str(&shown));
    rows->failed = rows->failed || shown.failed;
    scl_text_finish(&shown);
    return value;
}

static json_t *
name_value(struct rows *rows, const char *name)
{
    return text_value(rows, scl_str_c(name));
}

static json_t *
number_value(struct rows *rows, uint64_t number)
{
    json_t *value = json_integer((json_int_t)number);

    rows->failed = rows->failed || !value;
    return value;
}

/* Takes the value over. */
static void
put(struct rows *rows, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        rows->failed = true;
}

/* Under a key that somebody else chose. */
static void
put_named(struct rows *rows, json_t *object, struct scl_str key, json_t *value)
{
    struct scl_text valid = { 0 };

    scl_utf8_add_valid(&valid, key);
    put(rows, object, valid.len ? valid.at : "", value);
    rows->failed = rows->failed || valid.failed;
    scl_text_finish(&valid);
}

static void
push(struct rows *rows, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        rows->failed = true;
}

static void
put_text(struct rows *rows, json_t *object, const char *key, struct scl_str text)
{
    put(rows, object, key, text_value(rows, text));
}

static void
put_number(struct rows *rows, json_t *object, const char *key, uint64_t number)
{
    put(rows, object, key, number_value(rows, number));
}

/* ---- writing ---- */

/* Adds bytes of JSON; outside of texts all of it is ASCII that shows. */
static void
add_shown(struct scl_text *out, struct scl_str json)
{
    size_t from = 0, bytes;

    for (size_t at = 0; at < json.len; at += bytes) {
        uint32_t code = (uint32_t)scl_utf8_decode(json.at + at, json.len - at, &bytes);

        if (code < 0x7f || !scl_width_is_hidden(code))
            continue;
        scl_text_add(out, scl_str_sub(json, from, at - from));
        if (code > 0xffff)
            scl_text_f(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((code - 0x10000) >> 10)),
                       (unsigned)(0xdc00 + (code & 0x3ff)));
        else
            scl_text_f(out, "\\u%04x", (unsigned)code);
        from = at + bytes;
    }
    scl_text_add(out, scl_str_sub(json, from, json.len));
}

static int
add_chunk(const char *bytes, size_t size, void *text)
{
    scl_text_add(text, scl_str_n(bytes, size));
    return 0;
}

/* Writes a value, and frees it. */
static void
add_value(struct rows *rows, json_t *value)
{
    struct scl_text json = { 0 };

    if (!value || json_dump_callback(value, add_chunk, &json, JSON_ENCODE_ANY) != 0 || json.failed)
        rows->failed = true;
    add_shown(rows->out, scl_text_str(&json));
    scl_text_finish(&json);
    json_decref(value);
}

/* Writes an object as a line of its own, its type first, and frees it. */
static void
add_line(struct rows *rows, const char *type, json_t *object)
{
    json_t *line = json_object();

    put(rows, line, "type", name_value(rows, type));
    if (json_object_update(line, object) != 0)
        rows->failed = true;
    json_decref(object);
    add_value(rows, line);
    scl_text_char(rows->out, '\n');
}

static void
begin_rows(struct rows *rows, const char *key)
{
    if (!rows->are_lines)
        scl_text_f(rows->out, "  \"%s\": [", key);
}

/* Adds a member of an array of rows. */
static void
add_row(struct rows *rows, const char *type, bool is_first, json_t *row)
{
    if (rows->are_lines) {
        add_line(rows, type, row);
        return;
    }
    scl_text_c(rows->out, is_first ? "\n    " : ",\n    ");
    add_value(rows, row);
}

static void
end_rows(struct rows *rows, bool is_empty)
{
    if (!rows->are_lines)
        scl_text_c(rows->out, is_empty ? "],\n" : "\n  ],\n");
}

void
scl_json_add_string(struct scl_text *out, struct scl_str text)
{
    struct rows rows = { .out = out };

    add_value(&rows, text_value(&rows, text));
    out->failed = out->failed || rows.failed;
}

void
scl_json_add_path(struct scl_text *out, struct scl_str path)
{
    struct rows rows = { .out = out };

    add_value(&rows, path_value(&rows, path));
    out->failed = out->failed || rows.failed;
}

/* ---- places ---- */

static void
put_lines(struct rows *rows, json_t *object, const struct scl_place *place)
{
    put_number(rows, object, "line", place->start.line);
    put_number(rows, object, "column", place->start.column);
    put_number(rows, object, "end_line", place->end.line);
    put_number(rows, object, "end_column", place->end.column);
}

static void
put_location(struct rows *rows, json_t *object, const struct scl_place *place)
{
    put(rows, object, "path", path_value(rows, place->path));
    put_lines(rows, object, place);
    put_number(rows, object, "offset", place->span.offset);
    put_number(rows, object, "length", place->span.length);
}

static json_t *
location_value(struct rows *rows, const struct scl_place *place)
{
    json_t *object = json_object();

    put_location(rows, object, place);
    return object;
}

/* Of evidence: null where there is no place. */
static void
put_place(struct rows *rows, json_t *object, const struct scl_place *place)
{
    static const char *const keys[] = { "path", "line", "column", "end_line", "end_column" };

    if (place->path.len) {
        put(rows, object, "path", path_value(rows, place->path));
        put_lines(rows, object, place);
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        put(rows, object, keys[i], json_null());
}

/* ---- documents ---- */

static json_t *
note_value(struct rows *rows, const struct scl_document *document, const struct scl_note *note,
           const struct scl_mask *mask)
{
    struct scl_place place = scl_place_in(document, note->file, note->span);
    json_t *object = json_object();
    struct scl_text text = { 0 };

    scl_mask_apply(mask, note->message, &text);
    rows->failed = rows->failed || text.failed;
    put(rows, object, "severity", name_value(rows, note_severities[note->kind]));
    put(rows, object, "code", name_value(rows, note->code));
    put_text(rows, object, "message", scl_text_str(&text));
    put(rows, object, "path", path_value(rows, place.path));
    put(rows, object, "line", note->has_place ? number_value(rows, place.start.line) : json_null());
    put(rows, object, "column",
        note->has_place ? number_value(rows, place.start.column) : json_null());
    scl_text_finish(&text);
    return object;
}

void
scl_json_add_note(struct scl_text *out, const struct scl_document *document,
                  const struct scl_note *note, const struct scl_mask *mask)
{
    struct rows rows = { .out = out };

    add_value(&rows, note_value(&rows, document, note, mask));
    out->failed = out->failed || rows.failed;
}

static json_t *
document_value(struct rows *rows, const struct scl_document *document)
{
    json_t *object = json_object(), *notes = json_array();

    for (uint32_t i = 0; i < document->notes.list.count; i++)
        push(rows, notes, note_value(rows, document, &document->notes.list.at[i],
                                     rows->report->project->mask));
    put(rows, object, "path", path_value(rows, document->name));
    put(rows, object, "format", name_value(rows, document->format));
    put_number(rows, object, "subjects", document->subjects.count);
    put(rows, object, "notes", notes);
    return object;
}

static void
add_documents(struct rows *rows)
{
    bool is_first = true;

    begin_rows(rows, "documents");
    for (uint32_t i = 0; i < rows->report->project->count; i++) {
        if (!rows->report->judged[i])
            continue;
        add_row(rows, "document", is_first,
                document_value(rows, rows->report->project->documents[i].document));
        is_first = false;
    }
    end_rows(rows, is_first);
}

/* ---- findings ---- */

static const struct scl_judge_policy *
policy_at(const struct rows *rows, uint32_t policy)
{
    return &rows->report->project->engine->policies[policy];
}

static const char *
verdict_name(scantling_verdict verdict)
{
    if (verdict == SCANTLING_VERDICT_FAIL)
        return "fail";
    return verdict == SCANTLING_VERDICT_INCONCLUSIVE ? "inconclusive" : "error";
}

static const char *
state_name(scantling_state state)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (states[i].state == state)
            return states[i].name;
    return "unknown";
}

static void
put_policy(struct rows *rows, json_t *object, const struct scl_policy *policy)
{
    put(rows, object, "code", policy->code.len ? text_value(rows, policy->code) : json_null());
    put_text(rows, object, "id", policy->id);
}

/* Of a finding that is about no subject, null. */
static json_t *
subject_value(struct rows *rows, const struct scl_finding *finding)
{
    const struct scantling_project *project = rows->report->project;
    struct scl_text name = { 0 };
    json_t *object;

    if (finding->subject != SCL_PROJECT_SUBJECT &&
        (finding->document >= project->count ||
         finding->subject >= project->documents[finding->document].document->subjects.count))
        return json_null();
    scl_mask_apply(project->mask,
                   scl_project_subject_name(project, finding->document, finding->subject), &name);
    rows->failed = rows->failed || name.failed;
    object = json_object();
    put(rows, object, "kind",
        name_value(rows, scl_project_subject_kind(project, finding->document, finding->subject)));
    put(rows, object, "name", name.len ? text_value(rows, scl_text_str(&name)) : json_null());
    scl_text_finish(&name);
    return object;
}

static json_t *
evidence_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < finding->evidence.count; i++) {
        const struct scl_evidence *evidence = &finding->evidence.at[i];
        json_t *object = json_object();

        put_text(rows, object, "field", evidence->field);
        put(rows, object, "value",
            evidence->has_value ? text_value(rows, evidence->value) : json_null());
        put(rows, object, "state", name_value(rows, state_name(evidence->state)));
        put_place(rows, object, &evidence->place);
        push(rows, array, object);
    }
    return array;
}

static json_t *
related_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < finding->related.count; i++) {
        json_t *object = json_object();

        put_text(rows, object, "message", finding->related.at[i].message);
        put_location(rows, object, &finding->related.at[i].place);
        push(rows, array, object);
    }
    return array;
}

static json_t *
missing_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < finding->missing.count; i++)
        push(rows, array, text_value(rows, finding->missing.at[i].field));
    return array;
}

static json_t *
suppressed_value(struct rows *rows, const struct scl_suppression *by)
{
    static const char *const names[] = {
        [SCL_BY_COMMENT] = "comment", [SCL_BY_CONFIG] = "config", [SCL_BY_BASELINE] = "baseline",
    };
    json_t *object;

    if (!by)
        return json_null();
    object = json_object();
    put(rows, object, "by", name_value(rows, names[by->by]));
    put(rows, object, "reason", by->reason.len ? text_value(rows, by->reason) : json_null());
    put(rows, object, "until", by->until.len ? text_value(rows, by->until) : json_null());
    put(rows, object, "location", location_value(rows, &by->place));
    put(rows, object, "tool", by->tool.len ? text_value(rows, by->tool) : json_null());
    return object;
}

static json_t *
edits_value(struct rows *rows, const struct scl_fix *fix)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < fix->edits.count; i++) {
        json_t *object = json_object();

        put_text(rows, object, "text", fix->edits.at[i].text);
        put_location(rows, object, &fix->edits.at[i].place);
        push(rows, array, object);
    }
    return array;
}

static json_t *
fixes_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < finding->fixes.count; i++) {
        json_t *object = json_object();

        put(rows, object, "safe", json_boolean(finding->fixes.at[i].is_safe));
        put(rows, object, "edits", edits_value(rows, &finding->fixes.at[i]));
        push(rows, array, object);
    }
    return array;
}

static json_t *
adjusted_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *object;

    if (!finding->adjusted_from)
        return json_null();
    object = json_object();
    put_text(rows, object, "by", policy_at(rows, finding->adjusted_by)->meta->id);
    put(rows, object, "from", name_value(rows, scl_severity_name(finding->adjusted_from)));
    return object;
}

static json_t *
finding_value(struct rows *rows, const struct scl_finding *finding)
{
    json_t *object = json_object(), *policy = json_object();

    put_policy(rows, policy, policy_at(rows, finding->policy)->meta);
    put(rows, object, "policy", policy);
    put(rows, object, "verdict", name_value(rows, verdict_name(finding->verdict)));
    put(rows, object, "severity", name_value(rows, scl_severity_name(finding->severity)));
    put(rows, object, "confidence", name_value(rows, scl_confidence_name(finding->confidence)));
    put(rows, object, "subject", subject_value(rows, finding));
    put_text(rows, object, "message", finding->message);
    put(rows, object, "location", location_value(rows, &finding->place));
    put(rows, object, "evidence", evidence_value(rows, finding));
    put(rows, object, "related", related_value(rows, finding));
    put(rows, object, "fixes", fixes_value(rows, finding));
    put(rows, object, "fingerprint", name_value(rows, finding->fingerprint));
    put(rows, object, "suppressed", suppressed_value(rows, finding->suppressed));
    put(rows, object, "adjusted", adjusted_value(rows, finding));
    if (finding->verdict == SCANTLING_VERDICT_INCONCLUSIVE)
        put(rows, object, "missing", missing_value(rows, finding));
    if (finding->verdict == SCANTLING_VERDICT_ERROR)
        put(rows, object, "policy_location",
            finding->policy_place.path.len ? location_value(rows, &finding->policy_place)
                                           : json_null());
    return object;
}

static void
add_findings(struct rows *rows)
{
    begin_rows(rows, "findings");
    for (uint32_t i = 0; i < rows->report->findings.count; i++)
        add_row(rows, "finding", i == 0, finding_value(rows, &rows->report->findings.at[i]));
    end_rows(rows, rows->report->findings.count == 0);
}

/* ---- policies ---- */

/* What a policy refers to: one text alone, several as an array. */
static json_t *
references_value(struct rows *rows, const struct scl_policy *policy)
{
    json_t *object = json_object();

    for (uint32_t i = 0; i < policy->ref_count; i++) {
        const struct scl_named_strs *ref = &policy->refs[i];
        json_t *array = json_array();

        for (uint32_t v = 0; v < ref->values.count; v++)
            push(rows, array, text_value(rows, ref->values.at[v]));
        if (ref->values.count == 1) {
            json_decref(array);
            array = text_value(rows, ref->values.at[0]);
        }
        put_named(rows, object, ref->name, array);
    }
    return object;
}

static json_t *
policy_value(struct rows *rows, const struct scl_judge_policy *policy)
{
    json_t *object = json_object();

    put_policy(rows, object, policy->meta);
    put_text(rows, object, "title", policy->meta->title);
    put(rows, object, "severity", name_value(rows, scl_severity_name(policy->severity)));
    put_text(rows, object, "why", policy->meta->why);
    put_text(rows, object, "fix", policy->meta->fix);
    put(rows, object, "refs", references_value(rows, policy->meta));
    return object;
}

/* Those that found something, in the order of the engine. */
static void
add_policies(struct rows *rows)
{
    uint32_t count = scl_engine_file_count(rows->report->project->engine);
    struct scl_arena arena;
    bool *found, is_first = true;

    scl_arena_init(&arena);
    found = scl_arena_array(&arena, count, sizeof *found);
    for (uint32_t i = 0; found && i < rows->report->findings.count; i++)
        found[rows->report->findings.at[i].policy] = true;
    begin_rows(rows, "policies");
    for (uint32_t i = 0; found && i < count; i++) {
        if (!found[i])
            continue;
        add_row(rows, "policy", is_first, policy_value(rows, policy_at(rows, i)));
        is_first = false;
    }
    end_rows(rows, is_first);
    rows->failed = rows->failed || !found;
    scl_arena_finish(&arena);
}

/* ---- what was judged with, and the sums ---- */

static json_t *
limits_value(struct rows *rows)
{
    struct scl_lua_limits limits = scl_lua_limits_fill(rows->report->project->engine->limits);
    json_t *object = json_object();

    for (int32_t limit = SCANTLING_LIMIT_POLICY_BYTES; scl_lua_limit(&limits, limit); limit++)
        put_number(rows, object, scl_lua_limit_name(limit), *scl_lua_limit(&limits, limit));
    return object;
}

static json_t *
evaluation_value(struct rows *rows)
{
    const struct scantling_engine *engine = rows->report->project->engine;
    json_t *object = json_object(), *assumptions = json_object(), *facts = json_array();

    for (uint32_t i = 0; i < engine->assumption_count; i++)
        if (rows->report->project->used_assumptions >> engine->assumptions[i].id & 1)
            put_named(rows, assumptions, engine->assumptions[i].key,
                      text_value(rows, engine->assumptions[i].value));
    for (uint32_t i = 0; i < engine->facts->replaced_count; i++)
        push(rows, facts, text_value(rows, engine->facts->replaced[i]));
    put(rows, object, "date", engine->date.len ? text_value(rows, engine->date) : json_null());
    put(rows, object, "assumptions", assumptions);
    put(rows, object, "limits", limits_value(rows));
    put(rows, object, "facts", facts);
    return object;
}

static json_t *
summary_value(struct rows *rows)
{
    const struct scantling_report *report = rows->report;
    json_t *object = json_object(), *severities = json_object();
    struct scl_tally tally;

    scl_tally(report, &tally);
    for (int i = 0; i < SCL_SEVERITIES; i++)
        put_number(rows, severities, scl_severity_name(scl_severities[i]), tally.by_severity[i]);
    put_number(rows, object, "documents", tally.documents);
    put_number(rows, object, "subjects", report->subjects);
    put_number(rows, object, "policies", report->project->engine->policy_count);
    put_number(rows, object, "pass", report->pass);
    put_number(rows, object, "fail", tally.fail);
    put_number(rows, object, "inconclusive", tally.inconclusive);
    put_number(rows, object, "error", tally.error);
    put_number(rows, object, "not_applicable", report->not_applicable);
    put_number(rows, object, "suppressed", tally.suppressed);
    put(rows, object, "by_severity", severities);
    put_number(rows, object, "notes", tally.notes);
    put_number(rows, object, "dropped", report->dropped);
    return object;
}

void
scl_write_json(const struct scantling_report *report, const struct scl_render_options *options,
               struct scl_text *out)
{
    struct rows rows = { .report = report, .out = out };

    (void)options;
    scl_text_f(out, "{\n  \"scantling\": {\"version\": \"%s\", \"schema\": %d},\n",
               SCANTLING_VERSION, SCHEMA);
    scl_text_c(out, "  \"evaluation\": ");
    add_value(&rows, evaluation_value(&rows));
    scl_text_c(out, ",\n");
    add_documents(&rows);
    add_findings(&rows);
    add_policies(&rows);
    scl_text_c(out, "  \"summary\": ");
    add_value(&rows, summary_value(&rows));
    scl_text_c(out, "\n}\n");
    out->failed = out->failed || rows.failed;
}

void
scl_write_jsonl(const struct scantling_report *report, const struct scl_render_options *options,
                struct scl_text *out)
{
    struct rows rows = { .report = report, .out = out, .are_lines = true };
    json_t *version = json_object(), *head = json_object(), *evaluation = evaluation_value(&rows);

    (void)options;
    put(&rows, version, "version", name_value(&rows, SCANTLING_VERSION));
    put_number(&rows, version, "schema", SCHEMA);
    put(&rows, head, "scantling", version);
    if (json_object_update(head, evaluation) != 0)
        rows.failed = true;
    json_decref(evaluation);
    add_line(&rows, "evaluation", head);
    add_documents(&rows);
    add_findings(&rows);
    add_policies(&rows);
    add_line(&rows, "summary", summary_value(&rows));
    out->failed = out->failed || rows.failed;
}

const char *
scl_json_library_version(void)
{
    return JANSSON_VERSION;
}
