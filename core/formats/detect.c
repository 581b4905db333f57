/* SPDX-License-Identifier: Apache-2.0 */
/*
 * detect.c: of which format an input is
 *
 * A text that begins like JSON or YAML is parsed once and every format looks at its keys; the tree
 * is what the format is then read from. Where it turns out to be no such text at all, the notes of
 * that reading are taken back. What is YAML may be of many documents; formats that are written in
 * YAML take them all, also the one of a JSON text.
 */
#include "formats/detect.h"

#include "formats/json_rows.h"
#include "formats/refusal.h"
#include "formats/yaml_input.h"
#include "syntax/json.h"

#include <string.h>

struct candidate {
    const struct scl_format *format;
    const char *reason;
    enum scl_fit content, name;
    uint32_t place; /* of the document of YAML that fits */
};

enum { MOST_CANDIDATES = 32 };

struct detector {
    struct scl_document *d;
    const struct scl_input *input;
    struct scl_str base; /* the last part of its name */
    const struct scl_tree *root;      /* of JSON */
    const struct scl_yaml *yaml;      /* else of YAML */
    struct candidate candidates[MOST_CANDIDATES];
    unsigned count;
};

/* The tree of the text as JSON. */
static const struct scl_tree *
parse(struct detector *detector)
{
    struct scl_document *d = detector->d;
    struct scl_tree_limits limits = scl_tree_limits_of(&detector->input->limits);

    if (!detector->root)
        detector->root = scl_json_read(&d->arena, d->files, &limits, &d->notes);
    return detector->root;
}

/* By the hint, or by a name that only files of one format have. */
static const struct scl_format *
told_format(const struct detector *detector)
{
    struct scl_str hint = detector->input->format;

    if (hint.len)
        return scl_format_find(hint);
    for (size_t i = 0; scl_formats[i]; i++)
        if (scl_formats[i]->fits_name && scl_formats[i]->fits_name(detector->base) == SCL_FIT_YES)
            return scl_formats[i];
    return NULL;
}

/* Prose is not looked into: it speaks of documents, and begins like one now and then. */
static bool
is_prose(const struct detector *detector)
{
    return scl_str_ends(detector->base, SCL_S(".md")) ||
           scl_str_ends(detector->base, SCL_S(".markdown")) ||
           scl_str_ends(detector->base, SCL_S(".rst"));
}

/* By the first of the documents that fits best. */
static void
offer_documents(const struct scl_tree *documents, struct candidate *offered)
{
    for (uint32_t i = 0; i < scl_tree_count(documents) && offered->content != SCL_FIT_YES; i++) {
        const struct scl_tree *document = scl_tree_child(documents, i);
        const char *reason = "";
        enum scl_fit fit = offered->format->fits_tree(document, &reason);

        if (fit <= offered->content)
            continue;
        offered->content = fit;
        offered->reason = reason;
        offered->place = document->span.offset;
    }
}

static void
offer(struct detector *detector, const struct scl_format *format)
{
    struct candidate offered = { .format = format, .reason = "" };

    if (detector->yaml && format->takes_yaml)
        offer_documents(detector->yaml->documents, &offered);
    else if (detector->root && format->fits_tree)
        offered.content = format->fits_tree(detector->root, &offered.reason);
    else if (!detector->root && !detector->yaml && format->fits_text)
        offered.content = format->fits_text(detector->d->files->text, &offered.reason);
    if (format->fits_name)
        offered.name = format->fits_name(detector->base);
    if (offered.content != SCL_FIT_NO && detector->count < MOST_CANDIDATES)
        detector->candidates[detector->count++] = offered;
}

/* Keeps those that fit best, by content first and by name second. */
static void
keep_best(struct detector *detector)
{
    unsigned best = 0, kept = 0;

    for (unsigned i = 0; i < detector->count; i++) {
        unsigned rank = detector->candidates[i].content * 4u + detector->candidates[i].name;

        best = rank > best ? rank : best;
    }
    for (unsigned i = 0; i < detector->count; i++) {
        const struct candidate *at = &detector->candidates[i];

        if (at->content * 4u + at->name == best)
            detector->candidates[kept++] = *at;
    }
    detector->count = kept;
}

static void
weigh(struct detector *detector)
{
    detector->count = 0;
    for (size_t i = 0; scl_formats[i]; i++)
        offer(detector, scl_formats[i]);
    keep_best(detector);
}

/* In the order of their places; those of one place stay as they are. */
static void
order_by_place(struct detector *detector)
{
    for (unsigned i = 1; i < detector->count; i++)
        for (unsigned k = i; k && detector->candidates[k].place < detector->candidates[k - 1].place;
             k--) {
            struct candidate other = detector->candidates[k];

            detector->candidates[k] = detector->candidates[k - 1];
            detector->candidates[k - 1] = other;
        }
}

/* `reason`, and of several documents the line of the one that is meant. */
static void
note_candidate(const struct detector *detector, struct scl_note *note,
               const struct candidate *candidate, int width)
{
    const struct scl_source *source = detector->d->files;
    const char *comma = strchr(candidate->reason, ',') ? "," : "";

    if (detector->yaml && scl_tree_count(detector->yaml->documents) > 1)
        scl_note_help(&detector->d->notes, note, "--as %-*s  (%s%s at line %u)", width,
                      candidate->format->name, candidate->reason, comma,
                      (unsigned)scl_source_locate(source, candidate->place).line);
    else
        scl_note_help(&detector->d->notes, note, "--as %-*s  (%s)", width,
                      candidate->format->name, candidate->reason);
}

static void
note_ambiguous(struct detector *detector)
{
    struct scl_note *note = scl_refuse(detector->d, "could be of %u formats", detector->count);
    size_t width = 0;

    for (unsigned i = 0; i < detector->count; i++) {
        size_t length = strlen(detector->candidates[i].format->name);

        width = length > width ? length : width;
    }
    order_by_place(detector);
    for (unsigned i = 0; i < detector->count; i++)
        note_candidate(detector, note, &detector->candidates[i], (int)width);
}

/* The format that fits best, if it is one. */
static const struct scl_format *
best_format(struct detector *detector)
{
    weigh(detector);
    return detector->count == 1 ? detector->candidates[0].format : NULL;
}

static bool
is_named_json(const struct detector *detector)
{
    return scl_str_ends(detector->base, SCL_S(".json"));
}

static bool
is_named_yaml(const struct detector *detector)
{
    return scl_str_ends(detector->base, SCL_S(".yaml")) ||
           scl_str_ends(detector->base, SCL_S(".yml"));
}

/* By its keys; an input that is no JSON after all is weighed as another text. */
static const struct scl_format *
format_of_json(struct detector *detector)
{
    struct scl_notes *notes = &detector->d->notes;
    uint32_t before = notes->list.count;
    const struct scl_format *format;

    if (!parse(detector))
        return NULL;
    format = best_format(detector);
    if (format || detector->count > 1 || !scl_notes_have_error(notes))
        return format;
    if (!is_named_json(detector)) {
        detector->root = NULL;
        scl_notes_cut(notes, before);
        format = best_format(detector);
    }
    return format;
}

/* The same for YAML. A template of Helm is none, even where it could be read as such. */
static const struct scl_format *
format_of_yaml(struct detector *detector)
{
    struct scl_document *d = detector->d;
    uint32_t before = d->notes.list.count;
    const struct scl_format *format;

    detector->yaml = scl_yaml_input(d, 0, &detector->input->limits);
    if (!detector->yaml)
        return NULL;
    if (scl_is_helm(d, detector->base, detector->yaml->documents)) {
        scl_notes_cut(&d->notes, before);
        detector->yaml = NULL;
        return NULL;
    }
    format = best_format(detector);
    if (!format && !detector->count && !is_named_yaml(detector)) {
        detector->yaml = NULL;
        scl_notes_cut(&d->notes, before);
        format = best_format(detector);
    }
    return format;
}

/* Whether a text that begins like JSON is JSON, as far as can be told before it is weighed. What is
 * named as YAML may be written in brackets and yet be no JSON. */
static bool
is_json(struct detector *detector)
{
    struct scl_document *d = detector->d;
    struct scl_notes *notes = &d->notes;
    uint32_t before = notes->list.count;

    if (!scl_json_begins(d->files->text))
        return false;
    if (!is_named_yaml(detector) || (parse(detector) && !scl_notes_have_error(notes)))
        return true;
    scl_notes_cut(notes, before);
    detector->root = NULL;
    return false;
}

static const struct scl_format *
format_of_content(struct detector *detector)
{
    if (scl_is_other_by_name(detector->base))
        return NULL;
    if (is_json(detector))
        return format_of_json(detector);
    if (is_named_yaml(detector) || scl_looks_like_yaml(detector->d->files->text))
        return format_of_yaml(detector);
    return best_format(detector);
}

/* Whether an input of a format that may be JSON or another text is the other. */
static bool
is_told_text(const struct detector *detector, const struct scl_format *format)
{
    struct scl_str text = detector->d->files->text;
    const char *reason;

    return format->fits_text && (!scl_json_begins(text) || format->fits_text(text, &reason));
}

/* The tree for a format that hint or name tell. */
static void
parse_told(struct detector *detector, const struct scl_format *format)
{
    if (!format->fits_tree || is_told_text(detector, format))
        return;
    if (!format->takes_yaml || is_json(detector))
        parse(detector);
    else
        detector->yaml = scl_yaml_input(detector->d, 0, &detector->input->limits);
}

/* What the format is read from: its root, or the list of documents that YAML has. */
static const struct scl_tree *
tree_for(struct detector *detector, const struct scl_format *format)
{
    struct scl_document *d = detector->d;
    struct scl_tree *documents, *only;

    if (detector->yaml) {
        d->yaml = detector->yaml;
        scl_yaml_input_comments(d, 0, detector->yaml);
        return detector->yaml->documents;
    }
    if (!detector->root || !format->takes_yaml)
        return detector->root;
    documents = scl_arena_alloc(&d->arena, sizeof *documents);
    only = scl_arena_alloc(&d->arena, sizeof *only);
    if (!documents || !only)
        return NULL;
    *only = *detector->root;
    *documents = *only; /* it stands where its only member does */
    documents->kind = SCL_TREE_LIST;
    documents->body.first = only;
    documents->count = 1;
    return documents;
}

void
scl_detect(struct scl_document *d, const struct scl_input *input, bool is_textual,
           struct scl_detection *ret)
{
    struct detector detector = { .d = d, .input = input };
    size_t slash = scl_str_find_last(input->name, '/');

    detector.base = slash == SIZE_MAX ? input->name
                                      : scl_str_sub(input->name, slash + 1, input->name.len);
    ret->root = NULL;
    ret->format = told_format(&detector);
    if (ret->format)
        parse_told(&detector, ret->format);
    else if (is_textual && !is_prose(&detector))
        ret->format = format_of_content(&detector);
    if (ret->format)
        ret->root = tree_for(&detector, ret->format);
    else if (detector.count > 1)
        note_ambiguous(&detector);
    else if (!is_textual)
        scl_refuse(d, "binary file, no document");
    else
        scl_refuse_unknown(d, detector.base,
                           detector.yaml ? scl_tree_child(detector.yaml->documents, 0)
                                         : detector.root);
}
