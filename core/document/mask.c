/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mask.c: eight asterisks for whatever is secret
 *
 * All strings are looked for at once, by an automaton of their common beginnings (Aho and
 * Corasick): a node for each beginning, whose `fail` is the longest shorter one that ends alike.
 * A node knows the longest string that ends there, which covers all shorter ones.
 *
 * Why a mask is never part of what another one hides: no string that is looked for begins or ends
 * with an asterisk or holds eight in a row, and each row of asterisks that a mask makes or
 * lengthens has eight at least. Tokens are another matter: a mask can end a word that was too long
 * before. So they are looked for until there are none.
 */
#include "document/mask.h"

#include <stdlib.h>

enum {
    SHORTEST = 4,      /* bytes of a string */
    SHORTEST_LINE = 8, /* of a line of one */
    SMALL_NUMBER = 5,  /* digits that are not looked for */
    MASK_LENGTH = 8,
    MOST_PASSES = 8 /* a text that shows new tokens more often was made for it */
};

struct node {
    uint32_t child, sibling, fail; /* 0: none; the root is no child */
    uint32_t longest;              /* bytes of the longest string that ends here */
    char byte;
};

struct scl_mask {
    const struct scl_secrets *secrets;
    SCL_VEC(struct node) nodes; /* the root first */
    uint32_t root[256];         /* its children */
    uint32_t string_count;
};

typedef SCL_VEC(struct scl_span) span_list;

/* ---- strings ---- */

static uint32_t
child_of(const struct scl_mask *mask, uint32_t node, char byte)
{
    uint32_t child;

    if (node == 0)
        return mask->root[(unsigned char)byte];
    child = mask->nodes.at[node].child;
    while (child && mask->nodes.at[child].byte != byte)
        child = mask->nodes.at[child].sibling;
    return child;
}

static uint32_t
add_child(struct scl_mask *mask, struct scl_arena *arena, uint32_t node, char byte)
{
    struct node *child = scl_vec_push(arena, &mask->nodes);
    uint32_t index = mask->nodes.count - 1;

    if (!child)
        return 0;
    child->byte = byte;
    if (node == 0) {
        mask->root[(unsigned char)byte] = index;
    } else {
        child->sibling = mask->nodes.at[node].child;
        mask->nodes.at[node].child = index;
    }
    return index;
}

static void
insert(struct scl_mask *mask, struct scl_arena *arena, struct scl_str string)
{
    uint32_t node = 0;

    for (size_t i = 0; i < string.len; i++) {
        uint32_t child = child_of(mask, node, string.at[i]);

        if (!child)
            child = add_child(mask, arena, node, string.at[i]);
        if (!child)
            return;
        node = child;
    }
    if (!mask->nodes.at[node].longest)
        mask->string_count++;
    mask->nodes.at[node].longest = (uint32_t)string.len;
}

static bool
is_small_number(struct scl_str string)
{
    for (size_t i = 0; i < string.len; i++)
        if (!scl_is_digit(string.at[i]))
            return false;
    return string.len <= SMALL_NUMBER;
}

/* Without blanks and asterisks at both ends. */
static struct scl_str
trim(struct scl_str string)
{
    while (string.len && (scl_is_blank(string.at[0]) || string.at[0] == '*'))
        string = scl_str_sub(string, 1, string.len);
    while (string.len &&
           (scl_is_blank(string.at[string.len - 1]) || string.at[string.len - 1] == '*'))
        string.len--;
    return string;
}

/* Adds what lies between rows of eight asterisks or more. */
static void
add_pieces(struct scl_mask *mask, struct scl_arena *arena, struct scl_str string, size_t shortest)
{
    size_t start = 0, row = 0;

    for (size_t i = 0; i <= string.len; i++) {
        row = i < string.len && string.at[i] == '*' ? row + 1 : 0;
        if (row == MASK_LENGTH || i == string.len) {
            struct scl_str piece = trim(scl_str_sub(string, start, i - start));

            if (piece.len >= shortest && !is_small_number(piece) &&
                !scl_secrets_is_placeholder(piece))
                insert(mask, arena, piece);
            start = i;
        }
    }
}

enum { MOST_QUOTES = 2 }; /* a quoted text, and one in that */

/* How a quoted text writes it: as JSON does. */
static void
write_quoted(struct scl_text *text, struct scl_str string)
{
    static const char letters[] = "btnvfr"; /* of the bytes 8 to 13 */

    for (size_t i = 0; i < string.len; i++) {
        char byte = string.at[i];

        if (byte == '"' || byte == '\\')
            scl_text_char(text, '\\');
        if (byte >= '\b' && byte <= '\r' && byte != '\v') {
            scl_text_char(text, '\\');
            scl_text_char(text, letters[byte - '\b']);
        } else if ((unsigned char)byte < ' ') {
            scl_text_f(text, "\\u%04x", (unsigned)byte);
        } else {
            scl_text_char(text, byte);
        }
    }
}

static void
add_string(struct scl_mask *mask, struct scl_arena *arena, struct scl_str string,
           struct scl_text quoted[MOST_QUOTES])
{
    bool is_special = false;
    struct scl_str line, rest = string, before = trim(string);

    for (size_t i = 0; i < string.len && !is_special; i++)
        is_special = string.at[i] == '"' || string.at[i] == '\\' ||
                     (unsigned char)string.at[i] < ' ';
    add_pieces(mask, arena, string, SHORTEST);
    if (!is_special)
        return;
    for (size_t i = 0; i < MOST_QUOTES; i++) {
        scl_text_clear(&quoted[i]);
        write_quoted(&quoted[i], before);
        before = scl_text_str(&quoted[i]);
        add_pieces(mask, arena, before, SHORTEST);
    }
    if (scl_str_find_char(string, '\n') != SIZE_MAX)
        while (scl_str_cut(&rest, '\n', &line))
            add_pieces(mask, arena, line, SHORTEST_LINE);
}

/* ---- the automaton ---- */

static uint32_t
step(const struct scl_mask *mask, uint32_t node, char byte)
{
    for (;;) {
        uint32_t child = child_of(mask, node, byte);

        if (child || node == 0)
            return child;
        node = mask->nodes.at[node].fail;
    }
}

/* Sets where a node's child goes on when nothing follows it, and what ends there besides. */
static void
link_child(struct scl_mask *mask, uint32_t parent, uint32_t index)
{
    struct node *child = &mask->nodes.at[index];

    child->fail = parent ? step(mask, mask->nodes.at[parent].fail, child->byte) : 0;
    if (!child->longest)
        child->longest = mask->nodes.at[child->fail].longest;
}

/* Links all nodes, those of shorter beginnings first. */
static bool
link_nodes(struct scl_mask *mask, struct scl_arena *arena)
{
    uint32_t *queue = scl_arena_array(arena, mask->nodes.count, sizeof *queue);
    uint32_t count = 0;

    if (!queue)
        return false;
    for (unsigned byte = 0; byte < 256; byte++)
        if (mask->root[byte]) {
            link_child(mask, 0, mask->root[byte]);
            queue[count++] = mask->root[byte];
        }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t child = mask->nodes.at[queue[i]].child; child;
             child = mask->nodes.at[child].sibling) {
            link_child(mask, queue[i], child);
            queue[count++] = child;
        }
    return true;
}

const struct scl_mask *
scl_mask_new(struct scl_arena *arena, const struct scl_secrets *secrets,
             const struct scl_str *strings, uint32_t count)
{
    struct scl_mask *mask = scl_arena_alloc(arena, sizeof *mask);
    struct scl_text quoted[MOST_QUOTES] = { { 0 } };

    if (!mask)
        return NULL;
    mask->secrets = secrets;
    if (scl_vec_push(arena, &mask->nodes))
        for (uint32_t i = 0; i < count && !arena->failed; i++)
            add_string(mask, arena, strings[i], quoted);
    for (size_t i = 0; i < MOST_QUOTES; i++) {
        arena->failed = arena->failed || quoted[i].failed;
        scl_text_finish(&quoted[i]);
    }
    return !arena->failed && link_nodes(mask, arena) ? mask : NULL;
}

/* ---- finding ---- */

static bool
add_span(struct scl_arena *arena, span_list *spans, size_t offset, size_t length)
{
    struct scl_span *span = scl_vec_push(arena, spans);

    if (span)
        *span = (struct scl_span){ (uint32_t)offset, (uint32_t)length };
    return span != NULL;
}

/* Adds where the strings stand: overlapping ones together, in order. */
static bool
find_strings(const struct scl_mask *mask, struct scl_arena *arena, struct scl_str text,
             span_list *spans)
{
    uint32_t node = 0;

    for (size_t i = 0; i < text.len && mask->string_count; i++) {
        size_t start, end = i + 1;

        if (node == 0 && !mask->root[(unsigned char)text.at[i]])
            continue; /* most bytes */
        node = step(mask, node, text.at[i]);
        if (!mask->nodes.at[node].longest)
            continue;
        start = end - mask->nodes.at[node].longest;
        while (spans->count && scl_span_end(spans->at[spans->count - 1]) >= start) {
            struct scl_span last = spans->at[--spans->count];

            start = last.offset < start ? last.offset : start;
        }
        if (!add_span(arena, spans, start, end - start))
            return false;
    }
    return true;
}

static bool
find_tokens(const struct scl_mask *mask, struct scl_arena *arena, struct scl_str text,
            span_list *spans)
{
    struct scl_secret_hits hits = { .list = { 0 } };

    if (!mask->secrets)
        return true;
    if (!scl_secrets_scan(mask->secrets, arena, text, SCL_S(""), &hits))
        return false;
    for (uint32_t i = 0; i < hits.list.count; i++)
        if (!add_span(arena, spans, hits.list.at[i].offset, hits.list.at[i].length))
            return false;
    return true;
}

static int
by_offset(const void *a, const void *b)
{
    const struct scl_span *x = a, *y = b;

    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Sorts spans and makes one of those that overlap or touch. */
static void
merge(span_list *spans)
{
    uint32_t kept = 0;

    if (!spans->count)
        return;
    qsort(spans->at, spans->count, sizeof *spans->at, by_offset);
    for (uint32_t i = 1; i < spans->count; i++) {
        struct scl_span *last = &spans->at[kept], span = spans->at[i];

        if (span.offset > scl_span_end(*last))
            spans->at[++kept] = span;
        else if (scl_span_end(span) > scl_span_end(*last))
            last->length = scl_span_end(span) - last->offset;
    }
    spans->count = kept + 1;
}

bool
scl_mask_text_is_clean(const struct scl_mask *mask, struct scl_str text)
{
    uint32_t node = 0;

    for (size_t i = 0; i < text.len && mask->string_count; i++) {
        if (node == 0 && !mask->root[(unsigned char)text.at[i]])
            continue;
        node = step(mask, node, text.at[i]);
        if (mask->nodes.at[node].longest)
            return false;
    }
    return !mask->secrets || !scl_secrets_any(mask->secrets, text, SCL_S(""));
}

/* ---- hiding ---- */

/* A copy of a text in which each span is a mask. */
static struct scl_str
hide(struct scl_arena *arena, struct scl_str text, const span_list *spans)
{
    char *copy = scl_arena_alloc(arena, text.len + (size_t)spans->count * MASK_LENGTH);
    size_t from = 0, len = 0;

    if (!copy)
        return (struct scl_str){ NULL, 0 };
    for (uint32_t i = 0; i <= spans->count; i++) {
        size_t to = i < spans->count ? spans->at[i].offset : text.len;

        while (from < to)
            copy[len++] = text.at[from++];
        if (i == spans->count)
            break;
        for (int star = 0; star < MASK_LENGTH; star++)
            copy[len++] = '*';
        from = scl_span_end(spans->at[i]);
    }
    return scl_str_n(copy, len);
}

/* The text without strings and tokens; `arena` fails where there is no memory. */
static struct scl_str
hide_all(const struct scl_mask *mask, struct scl_arena *arena, struct scl_str text)
{
    span_list spans = { 0 };

    if (!find_strings(mask, arena, text, &spans))
        return text;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        if (!find_tokens(mask, arena, text, &spans))
            return text;
        if (!spans.count)
            return text;
        merge(&spans);
        text = hide(arena, text, &spans);
        spans.count = 0;
    }
    return mask->secrets && scl_secrets_any(mask->secrets, text, SCL_S("")) ? SCL_S(SCL_MASK_TEXT)
                                                                             : text;
}

void
scl_mask_apply(const struct scl_mask *mask, struct scl_str text, struct scl_text *out)
{
    struct scl_arena scratch;
    struct scl_str hidden;

    if (scl_mask_text_is_clean(mask, text)) {
        scl_text_add(out, text);
        return;
    }
    scl_arena_init(&scratch);
    hidden = text.len > UINT32_MAX ? SCL_S(SCL_MASK_TEXT) : hide_all(mask, &scratch, text);
    if (scratch.failed)
        out->failed = true;
    else
        scl_text_add(out, hidden);
    scl_arena_finish(&scratch);
}

/* ---- files ---- */

bool
scl_mask_file(const struct scl_mask *mask, struct scl_arena *arena, struct scl_str text,
              const struct scl_span *known, uint32_t known_count, struct scl_mask_file *ret)
{
    span_list spans = { 0 };

    *ret = (struct scl_mask_file){ NULL, 0 };
    if (!find_strings(mask, arena, text, &spans) || !find_tokens(mask, arena, text, &spans))
        return false;
    for (uint32_t i = 0; i < known_count; i++)
        if (known[i].length && !add_span(arena, &spans, known[i].offset, known[i].length))
            return false;
    merge(&spans);
    *ret = (struct scl_mask_file){ spans.at, spans.count };
    return true;
}

uint32_t
scl_mask_spans(const struct scl_mask_file *file, struct scl_span range,
               const struct scl_span **ret_first)
{
    uint32_t low = 0, high = file->count, end;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (scl_span_end(file->spans[middle]) <= range.offset)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_first = file->count ? file->spans + low : NULL;
    for (end = low, high = file->count; end < high;) {
        uint32_t middle = end + (high - end) / 2;

        if (file->spans[middle].offset < scl_span_end(range))
            end = middle + 1;
        else
            high = middle;
    }
    return end - low;
}
