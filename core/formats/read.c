/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read.c: from an input to a document
 *
 * Whatever is wrong with an input becomes a note of the document, in the order of what would be
 * found first; only the want of memory gives no document. Of an archive nothing is kept but what is
 * read in it, so that its own size has no limit here: what it unpacks to has.
 */
#include "document/sensitive.h"
#include "formats/archive.h"
#include "formats/detect.h"
#include "formats/linked.h"
#include "formats/probe.h"
#include "formats/refusal.h"

#include <stdlib.h>
#include <string.h>

enum { STANDARD_BYTES = 64 << 20 };

/* Offsets are 32 bits wide, whatever the limit. */
#define MOST_BYTES (UINT32_MAX - 1)

uint64_t
scl_input_bytes_limit(const struct scl_input *input)
{
    uint64_t limit = input->limits.bytes ? input->limits.bytes : STANDARD_BYTES;

    return limit < MOST_BYTES ? limit : MOST_BYTES;
}

/* Says below each error what became of the rest: of JSON that breaks off nothing more was read, of
 * all else what was understood was judged. */
static void
say_what_was_judged(struct scl_document *d, const struct scl_tree *root)
{
    struct scl_note *last = NULL;

    for (uint32_t i = 0; i < d->notes.list.count; i++) {
        struct scl_note *note = &d->notes.list.at[i];

        if (note->kind != SCL_NOTE_ERROR || !note->has_place)
            continue;
        if (last)
            scl_note_also(&d->notes, last, "the rest of this document was judged without it");
        last = note;
    }
    if (last && root && root->is_cut)
        scl_note_also(&d->notes, last, "what was read before this place was judged");
    else if (last)
        scl_note_also(&d->notes, last, "the rest of this document was judged without it");
}

static void
lower(struct scl_document *d, const struct scl_input *input, bool is_textual)
{
    struct scl_detection detection;

    scl_detect(d, input, is_textual, &detection);
    if (!detection.format)
        return;
    d->format = detection.format->name;
    d->resolution = detection.format->resolution;
    d->family = detection.format->family;
    d->is_copy = detection.format->is_copy;
    if (!d->arena.failed)
        detection.format->lower(d, input, detection.root);
    if (!d->arena.failed)
        scl_linked_containers(d, input);
    say_what_was_judged(d, detection.root);
}

static void
read_bytes(struct scl_document *d, const struct scl_input *input)
{
    enum scl_probe_kind kind;
    const char *what;

    kind = scl_probe(input->text, &what);
    if (kind == SCL_PROBE_BINARY && what && scl_is_archive(input)) {
        scl_archive_lower(d, input, what);
        say_what_was_judged(d, NULL);
        return;
    }
    switch (kind) {
    case SCL_PROBE_EMPTY:
        scl_refuse(d, "empty file");
        break;
    case SCL_PROBE_WIDE:
        scl_refuse(d, "%s text; only UTF-8 is read", what);
        break;
    case SCL_PROBE_BINARY:
        if (what)
            scl_refuse(d, "binary file (%s), no document", what);
        else if (input->format.len) /* words with a NUL behind each */
            lower(d, input, false);
        else
            scl_refuse(d, "binary file, no document");
        break;
    case SCL_PROBE_TEXT:
        lower(d, input, true);
        break;
    case SCL_PROBE_TEXT_OR_NOT:
        lower(d, input, false);
        break;
    }
}

/* ---- reading again ---- */

static struct scl_str
keep(struct scl_document *d, struct scl_str text)
{
    return scl_str_n(scl_arena_copy(&d->arena, text.at, text.len), text.len);
}

static const struct scl_pair *
keep_pairs(struct scl_document *d, const struct scl_pair *pairs, uint32_t count)
{
    struct scl_pair *kept = scl_arena_array(&d->arena, count, sizeof *kept);

    for (uint32_t i = 0; kept && i < count; i++)
        kept[i] = (struct scl_pair){ keep(d, pairs[i].name), keep(d, pairs[i].value) };
    return kept;
}

static const struct scl_base *
keep_bases(struct scl_document *d, const struct scl_base *bases, uint32_t count)
{
    struct scl_base *kept = scl_arena_array(&d->arena, count, sizeof *kept);

    for (uint32_t i = 0; kept && i < count; i++) {
        kept[i] = bases[i];
        kept[i].reference = keep(d, bases[i].reference);
    }
    return kept;
}

/* Remembers all of the input; texts that the document has as files are not copied. */
static void
keep_input(struct scl_document *d, const struct scl_input *input)
{
    struct scl_input *kept = scl_arena_alloc(&d->arena, sizeof *kept);
    struct scl_str *targets = scl_arena_array(&d->arena, input->target_count, sizeof *targets);
    struct scl_companion *files = scl_arena_array(&d->arena, input->file_count, sizeof *files);

    if (!kept || !targets || !files)
        return;
    *kept = *input;
    kept->name = d->name;
    kept->text = d->files[0].text;
    kept->format = scl_str_c(d->format);
    kept->about = keep(d, input->about);
    kept->build_args = keep_pairs(d, input->build_args, input->build_arg_count);
    kept->variables = keep_pairs(d, input->variables, input->variable_count);
    kept->pod_templates = keep_pairs(d, input->pod_templates, input->pod_template_count);
    for (uint32_t i = 0; i < input->target_count; i++)
        targets[i] = keep(d, input->targets[i]);
    for (uint32_t i = 0; i < d->companion_numbers.count; i++)
        files[d->companion_numbers.at[i]].text = d->files[i + 1].text;
    for (uint32_t i = 0; i < input->file_count; i++) {
        files[i].path = keep(d, input->files[i].path);
        files[i].is_absent = input->files[i].is_absent;
        if (!files[i].text.at)
            files[i].text = keep(d, input->files[i].text);
    }
    kept->bases = keep_bases(d, input->bases, input->base_count);
    kept->targets = targets;
    kept->files = files;
    d->input = kept;
}

struct scl_document *
scl_read_again(const struct scl_document *document, const struct scl_str *texts)
{
    struct scl_input input = *(const struct scl_input *)document->input;
    struct scl_companion *files = malloc((input.file_count + 1u) * sizeof *files);
    struct scl_document *read = NULL;

    if (!files)
        return NULL;
    if (input.file_count)
        memcpy(files, input.files, input.file_count * sizeof *files);
    for (uint32_t i = 0; i < document->companion_numbers.count; i++)
        files[document->companion_numbers.at[i]].text = texts[i + 1];
    input.text = texts[0];
    input.files = files;
    read = scl_read(&input);
    free(files);
    return read;
}

struct scl_document *
scl_read_with_bases(const struct scl_document *document, const struct scl_base *bases,
                    uint32_t count)
{
    struct scl_input input = *(const struct scl_input *)document->input;

    input.bases = bases;
    input.base_count = count;
    return scl_read(&input);
}

struct scl_document *
scl_read_for_build(const struct scl_document *document, struct scl_str target,
                   const struct scl_pair *args, uint32_t arg_count)
{
    struct scl_input input = *(const struct scl_input *)document->input;
    struct scl_pair *all = malloc((input.build_arg_count + arg_count + 1u) * sizeof *all);
    struct scl_document *read = NULL;

    if (!all)
        return NULL;
    if (input.build_arg_count)
        memcpy(all, input.build_args, input.build_arg_count * sizeof *all);
    if (arg_count)
        memcpy(all + input.build_arg_count, args, arg_count * sizeof *all);
    input.build_args = all;
    input.build_arg_count += arg_count;
    input.targets = &target;
    input.target_count = target.len > 0;
    read = scl_read(&input);
    free(all);
    return read;
}

/* ---- reading ---- */

struct scl_document *
scl_read(const struct scl_input *input)
{
    uint64_t bytes = input->text.len, limit = scl_input_bytes_limit(input);
    bool is_archive = !input->is_unreadable && scl_is_archive(input);
    bool is_readable = !input->is_unreadable && (is_archive || bytes <= limit);
    bool is_text = is_readable && !is_archive;
    struct scl_document *d =
        scl_document_begin(input->name, is_text ? input->text : scl_str_n("", 0));

    if (!d)
        return NULL;
    if (input->is_unreadable) {
        scl_refuse(d, "could not be read");
    } else if (!is_readable) {
        struct scl_note *note = scl_refuse(d, "%llu bytes, over the limit of %llu",
                                           (unsigned long long)bytes, (unsigned long long)limit);

        scl_note_help(&d->notes, note, "--limit bytes=N raises it");
    } else {
        read_bytes(d, input);
        if (scl_str_is(scl_str_c(d->resolution), "request") && d->format[0])
            keep_input(d, input);
    }
    d->companions = NULL;
    if (scl_document_freeze(d, scl_facts_builtin()) && scl_sensitive_mask_notes(d))
        return d;
    scl_document_unref(d);
    return NULL;
}
