/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_heredoc.c: any text as the bodies of heredocs, against a scan of its lines
 *
 * The first byte chooses the heredocs of one instruction, the rest is what follows its line. Where
 * each body begins and ends is found once more, by nothing but comparing lines with the word; a
 * body that has no end is an error, and its end may be anywhere.
 */
#include "demand.h"

#include "syntax/dockerfile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BODIES = 3 };

struct expected {
    const char *line;
    unsigned count;
    const char *words[MOST_BODIES];
    bool strips[MOST_BODIES];
    bool expands[MOST_BODIES];
};

static const struct expected shapes[] = {
    { "RUN <<E\n", 1, { "E" }, { false }, { true } },
    { "RUN <<-E\n", 1, { "E" }, { true }, { true } },
    { "RUN cat <<'E'\n", 1, { "E" }, { false }, { false } },
    { "RUN <<E <<-F cat\n", 2, { "E", "F" }, { false, true }, { true, true } },
    { "COPY <<E <<\"E\" /x/\n", 2, { "E", "E" }, { false, false }, { true, false } },
    { "ADD <<-E <<F <<-'G' /x/\n", 3, { "E", "F", "G" }, { true, false, true },
      { true, true, false } },
    { "ONBUILD RUN <<E\n", 1, { "E" }, { false }, { true } },
    { "RUN \\\n<<E\n", 1, { "E" }, { false }, { true } },
};

/* The line of a text at `start` without its line end; `*ret_next` is where the next one begins. */
static struct scl_str
line_at(struct scl_str text, size_t start, size_t *ret_next)
{
    const char *end = memchr(text.at + start, '\n', text.len - start);
    size_t length = end ? (size_t)(end - text.at) - start : text.len - start;

    *ret_next = end ? start + length + 1 : text.len;
    while (length && text.at[start + length - 1] == '\r')
        length--;
    return scl_str_n(text.at + start, length);
}

/* Where the body that begins at `start` ends, and what follows it; false: it has no end. */
static bool
scan_body(struct scl_str text, size_t start, struct scl_str word, bool strips, size_t *ret_end,
          size_t *ret_next)
{
    for (size_t at = start, next; at < text.len; at = next) {
        struct scl_str line = line_at(text, at, &next);

        while (strips && line.len && line.at[0] == '\t')
            line = scl_str_sub(line, 1, line.len);
        *ret_end = at;
        *ret_next = next;
        if (scl_str_same(line, word))
            return true;
    }
    return false;
}

static void
check(const struct expected *shape, struct scl_str text, const struct scl_dockerfile *file,
      const struct scl_notes *notes)
{
    const struct scl_docker_instruction *instruction = file->first;
    size_t start = strlen(shape->line), end = 0, next = 0;

    demand(instruction && instruction->heredoc_count == shape->count);
    for (unsigned i = 0; i < shape->count; i++) {
        const struct scl_docker_heredoc *heredoc = &instruction->heredocs[i];

        demand(scl_str_same(heredoc->delimiter, scl_str_c(shape->words[i])));
        demand(heredoc->expands == shape->expands[i]);
        demand(heredoc->strips_tabs == shape->strips[i]);
        if (!scan_body(text, start, heredoc->delimiter, shape->strips[i], &end, &next)) {
            demand(instruction->is_bad && scl_notes_have_error(notes));
            return;
        }
        demand(heredoc->body.offset == start && scl_span_end(heredoc->body) == end);
        demand(heredoc->terminator.offset >= end && heredoc->terminator.offset < next);
        demand(scl_str_same(heredoc->delimiter, scl_str_sub(text, heredoc->terminator.offset,
                                                            heredoc->terminator.length)));
        start = next;
    }
    demand(!instruction->next || instruction->next->span.offset >= next);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct expected *shape;
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_dockerfile file;
    size_t head;
    char *text;

    if (size == 0)
        return 0;
    shape = &shapes[data[0] % (sizeof shapes / sizeof shapes[0])];
    head = strlen(shape->line);
    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    text = malloc(head + size - 1);
    demand(text != NULL);
    memcpy(text, shape->line, head);
    memcpy(text + head, data + 1, size - 1);
    if (scl_source_init(&source, &arena, SCL_S("Dockerfile"), scl_str_n(text, head + size - 1)) &&
        scl_dockerfile_read(&arena, &source, NULL, &notes, &file) && !file.is_cut)
        check(shape, source.text, &file, &notes);
    scl_arena_finish(&arena);
    free(text);
    return 0;
}
