/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spans.c: places of nodes, as a property of every document (TAP)
 *
 * Usage: spans FILE..., each a document. For each it must hold: the place of a node lies within
 * that of the node that holds it; nodes of a list do not overlap; a value lies within its place;
 * and a text that says it stands in the file in one piece is what the file has there.
 *
 * An image is promised by instructions, and a stage is its instructions: what they hold lies where
 * those are, and is not looked at. So it is with formats whose containers are told of in several
 * places, as by a pod and its containers: of these the texts are compared, and members of lists.
 */
#include "document/view.h"
#include "file.h"
#include "formats/input.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 5 };

struct checking {
    const struct scl_document *document;
    const char *path;
    int wrong;
};

static const struct scl_origin *
origin_of(const struct scl_document *document, uint32_t origin)
{
    const struct scl_origin *found = scl_document_origin(document, origin);

    return origin && found && found->from_field == SCL_NONE ? found : NULL;
}

static void
tell(struct checking *c, const char *what, uint32_t object, unsigned field, struct scl_span span)
{
    const struct scl_document *d = c->document;
    struct scl_text path = { 0 };
    struct scl_position place = scl_source_locate(&d->files[0], span.offset);

    scl_view_path(d->view, (struct scl_node){ object, (uint16_t)field, 0 }, &path);
    if (c->wrong++ < MOST_SHOWN)
        printf("# %s: %s: %.*s at %" PRIu32 ":%" PRIu32 "+%" PRIu32 "\n", c->path, what,
               SCL_ARG(scl_text_str(&path)), place.line, place.column, span.length);
    scl_text_finish(&path);
}

static bool
is_within(struct scl_span inner, struct scl_span outer)
{
    return inner.offset >= outer.offset && scl_span_end(inner) <= scl_span_end(outer);
}

/* A list or object over several lines has a short place, its key; its value is all of it. */
static struct scl_span
whole(const struct scl_origin *origin)
{
    uint32_t start = origin->place.offset, end = scl_span_end(origin->place);

    if (origin->value.length && origin->value.offset < start)
        start = origin->value.offset;
    if (origin->value.length && scl_span_end(origin->value) > end)
        end = scl_span_end(origin->value);
    return (struct scl_span){ start, end - start };
}

static void
check_text(struct checking *c, uint32_t object, const struct scl_value *value,
           const struct scl_origin *origin)
{
    struct scl_str there = scl_source_text(&c->document->files[origin->file], origin->value);

    if (value->kind == SCL_KIND_TEXT && value->flags & SCL_VALUE_IN_FILE &&
        scl_str_find(there, scl_value_text(value)) == SIZE_MAX)
        tell(c, "the file has something else", object, value->field, origin->value);
}

/* Types whose members are written elsewhere than they are. */
static bool
is_scattered(const struct checking *c, const struct scl_object *node)
{
    return node->type == SCL_TYPE_BUILD || node->type == SCL_TYPE_STAGE ||
           node->type == SCL_TYPE_ADDITION || node->type == SCL_TYPE_HEREDOC ||
           node->type == SCL_TYPE_HOOK || /* its phase is the key above it */
           node->type == SCL_TYPE_PORT || /* so is its number */
           (node->type == SCL_TYPE_IMAGE && !strcmp(c->document->format, "dockerfile"));
}

/* Formats whose subjects gather what several parts of a file say. */
static bool
is_gathered(const struct checking *c)
{
    static const char *const formats[] = {
        "compose",   "kubernetes", "ecs",  "nomad",    "quadlet",     "docker-info", "trivy",
        "grype",     "cyclonedx",  "spdx", "sigstore", "attestation", "cosign-verify",
    };

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (!strcmp(c->document->format, formats[i]))
            return true;
    return false;
}

/* Whether a value is a folder that the driver of a volume is told beside the list of mounts. */
static bool
is_told_beside(const struct scl_object *node, const struct scl_value *value)
{
    return node->type == SCL_TYPE_MOUNT && value->field == SCL_MOUNT_SOURCE;
}

/* Whether a list leads to nodes that other nodes hold. */
static bool
is_of_links(const struct checking *c, uint32_t object, const struct scl_value *value)
{
    const struct scl_list *list = value->kind == SCL_KIND_LIST ? value->as.list : NULL;

    return list && list->count && list->items[0].kind == SCL_KIND_OBJECT &&
           scl_document_object(c->document, list->items[0].as.object)->parent != object;
}

/* Members of a list stand beside each other in the file, or one in another, as a command in `$( )`
 * and a trigger in its ONBUILD. */
static void
check_siblings(struct checking *c, uint32_t object, const struct scl_value *value)
{
    const struct scl_list *list = value->as.list;
    const struct scl_origin *before = NULL;

    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t at = list->items[i].kind == SCL_KIND_OBJECT
                          ? scl_document_object(c->document, list->items[i].as.object)->origin
                          : list->items[i].origin;
        const struct scl_origin *origin = origin_of(c->document, at);

        if (origin && before && before->file == origin->file &&
            scl_span_end(before->place) > origin->place.offset &&
            scl_span_end(origin->place) > before->place.offset &&
            !is_within(origin->place, before->place) && !is_within(before->place, origin->place))
            tell(c, "one member over another", object, value->field, origin->place);
        before = origin ? origin : before;
    }
}

static void
check_value(struct checking *c, uint32_t object, const struct scl_value *value)
{
    const struct scl_object *node = scl_document_object(c->document, object);
    const struct scl_origin *origin = origin_of(c->document, value->origin),
                            *parent = origin_of(c->document, node->origin);

    if (!is_of_links(c, object, value) && value->kind == SCL_KIND_LIST)
        check_siblings(c, object, value);
    if (!origin || is_scattered(c, node) || is_of_links(c, object, value))
        return;
    check_text(c, object, value, origin);
    if (is_gathered(c))
        return;
    if (value->flags & SCL_VALUE_IN_FILE && !is_within(origin->value, origin->place))
        tell(c, "a value outside of its place", object, value->field, origin->value);
    if (value->field == SCL_INSTRUCTION_COMMENTS) /* they stand above it */
        return;
    if (parent && parent->file == origin->file && !is_told_beside(node, value) &&
        !is_within(origin->place, whole(parent)))
        tell(c, "outside of what holds it", object, value->field, origin->place);
}

/* The whole file, in memory that is the caller's; NULL where it cannot be read. */
static bool
check_file(const char *path)
{
    size_t size = 0;
    char *text = test_read_file(path, &size);
    struct scl_input input = { .name = scl_str_c(path), .text = scl_str_n(text ? text : "", size) };
    struct scl_document *document = text ? scl_read(&input) : NULL;
    struct checking c = { .document = document, .path = path };

    for (uint32_t o = SCL_TYPE_COUNT; document && o < document->objects.count; o++) {
        const struct scl_object *node = scl_document_object(document, o);

        for (uint32_t v = 0; v < node->count; v++)
            check_value(&c, o, &node->values[v]);
    }
    free(text);
    scl_document_unref(document);
    return document && !c.wrong;
}

int
main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed += !check_file(argv[i]);
    printf("1..1\n%sok 1 - the nodes of %d documents lie in each other and beside each other\n",
           failed ? "not " : "", argc - 1);
    return failed != 0;
}
