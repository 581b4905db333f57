/* SPDX-License-Identifier: Apache-2.0 */
/*
 * differential.c: the Dockerfile reader, as one line of JSON for each Dockerfile on standard input
 *
 * Frames and lines are those of oracle/main.go, so that the two can be compared line by line. The
 * official parser ends at its first error, ours goes on: a line has all lines with an error.
 */
#include "../conformance/dockerfile_model.h"

#include <stdio.h>
#include <stdlib.h>

static json_t *
errors_of(const struct scl_source *source, const struct scl_notes *notes)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < notes->list.count; i++) {
        const struct scl_note *note = &notes->list.at[i];
        uint32_t line = scl_source_locate(source, note->span.offset).line;

        if (note->kind == SCL_NOTE_ERROR)
            json_array_append_new(list, json_pack("[io]", (int)line, model_text(note->message)));
    }
    return list;
}

/* What the oracle does not tell, of a node and of those below it. */
static void
drop_extras(json_t *node)
{
    json_t *argument;
    size_t i;

    json_object_del(node, "original");
    json_object_del(node, "prev_comments");
    json_array_foreach(json_object_get(node, "args"), i, argument)
        if (json_object_get(argument, "sub"))
            drop_extras(json_object_get(argument, "sub"));
}

static void
answer(struct scl_str text)
{
    struct scl_arena arena;
    struct scl_source source;
    struct scl_notes notes;
    struct scl_dockerfile file;
    json_t *line, *nodes, *node;
    size_t i;

    scl_arena_init(&arena);
    scl_notes_init(&notes, &arena);
    if (!scl_source_init(&source, &arena, SCL_S("Dockerfile"), text) ||
        !scl_dockerfile_read(&arena, &source, NULL, &notes, &file))
        exit(2);
    nodes = model_nodes(&file);
    json_array_foreach(nodes, i, node)
        drop_extras(node);
    line = json_pack("{s:o,s:o}", "nodes", nodes, "errors", errors_of(&source, &notes));
    json_dumpf(line, stdout, JSON_COMPACT | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(line);
    scl_arena_finish(&arena);
}

int
main(void)
{
    unsigned char head[4];

    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        size_t length = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 |
                        (size_t)head[3] << 24;
        char *text = malloc(length + 1);

        if (!text || fread(text, 1, length, stdin) != length)
            return 2;
        text[length] = '\0';
        answer(scl_str_n(text, length));
        free(text);
    }
    return 0;
}
