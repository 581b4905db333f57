/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sensitive_parts.c: what is left of a token that was divided, changed or cut
 *
 * A user, a stage name or a path may be made of text in which a token stands: a part of it, in
 * small letters, without the words around it by which it is known. A note may show the first bytes
 * of it. Nothing in such a text tells that it is secret, but its place does. So the tokens of the
 * files are found once, and what a text has in common with a token at its own place is secret too.
 *
 * Invariants: a text that is a slice of the file costs a binary search, and so does one without a
 * token at its place. Else it is compared with at most MOST_HITS tokens, of each LONGEST bytes; a
 * text that is longer itself, or has more tokens at its place, is secret as a whole.
 */
#include "document/sensitive_parts.h"

#include "base/text.h"
#include "document/mask.h"

enum {
    SHORTEST = 6, /* bytes in common that are no chance */
    LONGEST = 1024,
    MOST_HITS = 64,  /* at the place of one text */
    MOST_STEPS = 8,  /* from what is derived to what is written */
    MOST_ROUNDS = 16 /* runs of a token in one note */
};

struct hits {
    const struct scl_secret_hit *at;
    uint32_t count;
};

/* ---- what two texts have in common ---- */

/* The longest run of bytes of `text` that stands in `token` too, whatever its case. */
static struct scl_str
common_run(struct scl_str text, struct scl_str token)
{
    uint16_t lengths[2][LONGEST + 1] = { { 0 } }; /* of the runs that end here, for two bytes */
    size_t best = 0, end = 0;

    token = scl_str_sub(token, 0, LONGEST);
    for (size_t i = 0; i < text.len; i++) {
        const uint16_t *before = lengths[i % 2];
        uint16_t *now = lengths[(i + 1) % 2];

        for (size_t k = 0; k < token.len; k++) {
            bool is_same = scl_lower(text.at[i]) == scl_lower(token.at[k]);

            now[k + 1] = is_same ? (uint16_t)(before[k] + 1) : 0;
            if (now[k + 1] > best) {
                best = now[k + 1];
                end = i + 1;
            }
        }
    }
    return scl_str_sub(text, end - best, best);
}

/* ---- tokens by place ---- */

static bool
find_hits(const struct scl_document *d, uint32_t file, const struct scl_secrets *secrets,
          struct scl_arena *arena, struct hits *ret)
{
    struct scl_secret_hits found = { { 0 } };
    bool is_done = scl_secrets_scan(secrets, arena, d->files[file].text, scl_str_n("", 0), &found);

    ret->at = found.list.at;
    ret->count = found.list.count;
    return is_done;
}

/* The first that ends behind `offset`. */
static uint32_t
first_behind(const struct hits *hits, uint32_t offset)
{
    uint32_t low = 0, high = hits->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (hits->at[middle].offset + hits->at[middle].length <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct scl_str
hit_text(const struct scl_source *file, const struct scl_secret_hit *hit)
{
    return scl_str_sub(file->text, hit->offset, hit->length);
}

/* ---- values ---- */

struct parts {
    const struct scl_document *document;
    struct hits *files; /* one a file of the document */
    struct scl_arena *arena;
    struct scl_sensitives *ret;
};

static void
add(struct parts *p, struct scl_str text, const struct scl_origin *origin)
{
    struct scl_sensitive *made = scl_vec_push(p->arena, &p->ret->list);

    if (!made)
        return;
    made->text = text;
    made->file = origin->file;
}

/* A slice of the file: what it has of the tokens at its two ends. */
static void
look_at_slice(struct parts *p, struct scl_str text, const struct scl_origin *origin)
{
    const struct scl_source *file = &p->document->files[origin->file];
    const struct hits *hits = &p->files[origin->file];
    size_t start = (size_t)(text.at - file->text.at), end = start + text.len;
    uint32_t last = first_behind(hits, (uint32_t)end);

    for (uint32_t i = first_behind(hits, (uint32_t)start); i < hits->count && i <= last; i++) {
        size_t from = hits->at[i].offset, to = from + hits->at[i].length;

        if (from >= end)
            break;
        if (from >= start && to <= end) {
            i = i < last - 1 ? last - 1 : i; /* none between them is divided */
            continue;
        }
        from = from < start ? start : from;
        to = to > end ? end : to;
        if (to - from >= SHORTEST)
            add(p, scl_str_sub(file->text, from, to - from), origin);
    }
}

/* A text that was made of what stands at its place. */
static void
look_at_made(struct parts *p, struct scl_str text, const struct scl_origin *origin)
{
    const struct hits *hits = &p->files[origin->file];
    uint32_t first = first_behind(hits, origin->value.offset);
    uint32_t end = scl_span_end(origin->value);

    for (uint32_t i = first; i < hits->count && hits->at[i].offset < end; i++) {
        struct scl_str token = hit_text(&p->document->files[origin->file], &hits->at[i]);
        struct scl_str run = text;

        if (i - first < MOST_HITS && scl_str_find(text, token) != SIZE_MAX)
            continue; /* the token itself is looked for */
        if (text.len <= LONGEST && i - first < MOST_HITS)
            run = common_run(text, token);
        if (run.len >= SHORTEST)
            add(p, run, origin);
        if (i - first == MOST_HITS)
            break;
    }
}

/* Where the text stands that a value follows from, be it by several steps. */
static const struct scl_origin *
written_origin(const struct scl_document *d, uint32_t index)
{
    const struct scl_origin *origin = scl_document_origin(d, index);

    for (int step = 0; step < MOST_STEPS && origin->from_field != SCL_NONE; step++) {
        const struct scl_value *from =
            scl_document_value(d, origin->from_object, origin->from_field);

        if (!from)
            break;
        origin = scl_document_origin(d, from->origin);
    }
    return origin;
}

static void
look_at(struct parts *p, struct scl_str text, uint32_t index)
{
    const struct scl_origin *origin = written_origin(p->document, index);
    struct scl_str file = p->document->files[origin->file].text;

    if ((uintptr_t)text.at >= (uintptr_t)file.at &&
        (uintptr_t)text.at + text.len <= (uintptr_t)file.at + file.len)
        look_at_slice(p, text, origin);
    else
        look_at_made(p, text, origin);
}

static void
look_into_object(struct parts *p, uint32_t object)
{
    const struct scl_object *at = scl_document_object(p->document, object);

    for (unsigned i = 0; i < at->count; i++) {
        const struct scl_value *value = &at->values[i];
        const struct scl_list *list = value->as.list;

        if (value->kind == SCL_KIND_TEXT)
            look_at(p, scl_value_text(value), value->origin);
        if (value->kind != SCL_KIND_LIST && value->kind != SCL_KIND_MAP)
            continue;
        for (uint32_t k = 0; k < list->count; k++) {
            if (list->items[k].kind == SCL_KIND_TEXT)
                look_at(p, scl_value_text(&list->items[k]), list->items[k].origin);
            if (list->keys)
                look_at(p, list->keys[k], list->items[k].origin);
        }
    }
}

/* A URL also without its scheme: a path that it became a part of has one slash there. */
static void
add_tokens(struct parts *p, uint16_t file)
{
    struct scl_origin origin = { .file = file };

    for (uint32_t i = 0; i < p->files[file].count; i++) {
        struct scl_str token = hit_text(&p->document->files[file], &p->files[file].at[i]);
        size_t slashes = scl_str_find(token, SCL_S("//"));

        add(p, token, &origin);
        if (slashes != SIZE_MAX && token.len - slashes >= SHORTEST)
            add(p, scl_str_sub(token, slashes + 1, token.len), &origin);
    }
}

bool
scl_sensitive_parts(const struct scl_document *document, const struct scl_secrets *secrets,
                    struct scl_arena *arena, struct scl_sensitives *ret)
{
    struct parts p = { document, NULL, arena, ret };
    bool is_any = false;

    p.files = scl_arena_array(arena, document->file_count, sizeof *p.files);
    for (uint32_t i = 0; p.files && i < document->file_count; i++) {
        if (!find_hits(document, i, secrets, arena, &p.files[i]))
            return false;
        is_any = is_any || p.files[i].count;
        add_tokens(&p, (uint16_t)i);
    }
    for (uint32_t i = SCL_TYPE_COUNT; is_any && i < document->objects.count; i++)
        look_into_object(&p, i);
    return !arena->failed;
}

/* ---- notes ---- */

/* The text without the runs that it shares with `token`, the longest first. */
static struct scl_str
hide_token(struct scl_document *d, struct scl_str text, struct scl_str token)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        struct scl_str run = common_run(scl_str_sub(text, 0, LONGEST), token);
        struct scl_text out = { 0 };
        size_t start = (size_t)(run.at - text.at);
        char *copy;

        if (run.len < SHORTEST)
            break;
        scl_text_add(&out, scl_str_sub(text, 0, start));
        scl_text_add(&out, scl_str_c(SCL_MASK_TEXT));
        scl_text_add(&out, scl_str_sub(text, start + run.len, text.len));
        copy = out.failed ? NULL : scl_arena_copy(&d->arena, scl_text_str(&out).at, out.len);
        d->arena.failed = d->arena.failed || !copy;
        text = copy ? scl_str_n(copy, out.len) : scl_str_n("", 0);
        scl_text_finish(&out);
    }
    return text;
}

/* From the first byte of the first line of a note's place to the end of the last. */
static struct scl_span
lines_of(const struct scl_source *file, struct scl_span span)
{
    uint32_t start = span.offset, end = scl_span_end(span);

    while (start && file->text.at[start - 1] != '\n')
        start--;
    while (end < file->text.len && file->text.at[end] != '\n')
        end++;
    return scl_span_between(start, end);
}

static void
hide_in_note(struct scl_document *d, struct scl_note *note, const struct hits *hits)
{
    const struct scl_source *file = &d->files[note->file];
    struct scl_span span = lines_of(file, note->span);

    for (uint32_t i = first_behind(hits, span.offset);
         i < hits->count && hits->at[i].offset < scl_span_end(span); i++) {
        struct scl_str token = hit_text(file, &hits->at[i]);

        note->message = hide_token(d, note->message, token);
        for (uint32_t h = 0; h < note->hints.count; h++)
            note->hints.at[h].text = hide_token(d, note->hints.at[h].text, token);
    }
}

bool
scl_sensitive_hide_cut(struct scl_document *document, const struct scl_secrets *secrets,
                       struct scl_arena *scratch)
{
    for (uint32_t file = 0; file < document->file_count; file++) {
        struct hits hits;

        if (!find_hits(document, file, secrets, scratch, &hits))
            return false;
        for (uint32_t i = 0; hits.count && i < document->notes.list.count; i++) {
            struct scl_note *note = &document->notes.list.at[i];

            if (note->file == file && note->has_place)
                hide_in_note(document, note, &hits);
        }
    }
    return !document->arena.failed;
}
