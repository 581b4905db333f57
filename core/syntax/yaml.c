/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml.c: YAML to positioned trees
 *
 * libyaml's events drive the builder that all readers of trees share. A stream is a list to the
 * builder and its documents are the members, so that limits, notes and what is left open are looked
 * after once for all of them; that list does not count as depth or as a node.
 */
#include "syntax/yaml_reader.h"

static void
on_document(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    uint32_t at = scl_yaml_offset(r, event->start_mark.index);

    r->document++;
    if (r->document > 1 && r->flags & SCL_YAML_SINGLE)
        scl_yaml_stop(r, (struct scl_span){ at, event->data.document_start.implicit ? 0u : 3u },
                      "a second document, where only one is read");
}

static void
on_event(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        on_document(r, event);
        break;
    case YAML_SCALAR_EVENT:
        scl_yaml_on_scalar(r, event);
        break;
    case YAML_ALIAS_EVENT:
        scl_yaml_on_alias(r, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        scl_yaml_on_open(r, event);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        scl_yaml_on_close(r, event);
        break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
}

/* Reads up to the end of the stream, unless it stops before. */
static void
read_events(struct scl_yaml_reader *r)
{
    bool is_over = false;

    while (!is_over && !r->stopped) {
        yaml_event_t event;

        if (!yaml_parser_parse(&r->parser, &event)) {
            scl_yaml_stop_at_error(r);
            break;
        }
        is_over = event.type == YAML_STREAM_END_EVENT;
        on_event(r, &event);
        yaml_event_delete(&event);
        r->stopped = r->stopped || r->scratch.failed || r->arena->failed;
    }
    if (is_over)
        scl_yaml_take_comments(r, (uint32_t)r->text.len);
}

static void
stop_without_document(struct scl_yaml_reader *r)
{
    struct scl_span span = { r->first, 0 };

    if (r->yaml->comments.count)
        scl_yaml_stop(r, span, "the file has comments only");
    else
        scl_yaml_stop(r, span, "the file is empty");
}

static void
read_stream(struct scl_yaml_reader *r)
{
    const unsigned char *text;

    if (!scl_tree_open(&r->builder, SCL_TREE_LIST, SCL_TREE_BLOCK, r->first) ||
        !scl_vec_push(&r->scratch, &r->levels) || !scl_yaml_check_text(r))
        return;
    r->builder.depth = r->builder.nodes = 0;
    if (!yaml_parser_initialize(&r->parser)) {
        r->arena->failed = true;
        return;
    }
    text = (const void *)r->text.at;
    yaml_parser_set_input_string(&r->parser, text, r->text.len);
    read_events(r);
    yaml_parser_delete(&r->parser);
    if (!r->stopped && r->builder.count == 1)
        stop_without_document(r);
    r->builder.depth++;
    if (!r->stopped)
        scl_tree_close(&r->builder, r->last);
}

const struct scl_yaml *
scl_yaml_read_all(struct scl_arena *arena, const struct scl_source *source,
                  const struct scl_yaml_options *options, struct scl_notes *notes)
{
    struct scl_yaml_reader r = { .arena = arena, .notes = notes, .text = source->text };

    r.yaml = scl_arena_alloc(arena, sizeof *r.yaml);
    if (!r.yaml)
        return NULL;
    if (!r.text.at)
        r.text = scl_str_n("", 0);
    r.source = r.text.at;
    r.first = scl_str_starts(r.text, SCL_S("\xef\xbb\xbf")) ? 3 : 0;
    r.at = r.gap = r.last = r.first;
    r.most_visits = options ? options->alias_visits : SCL_YAML_ALIAS_VISITS;
    r.flags = options ? options->flags : 0;
    scl_arena_init(&r.scratch);
    scl_map_init(&r.names, &r.scratch);
    scl_tree_builder_init(&r.builder, arena, options ? options->limits : NULL, notes);
    read_stream(&r);
    if (r.scratch.failed)
        arena->failed = true;
    r.yaml->documents = scl_tree_builder_finish(&r.builder, r.last);
    scl_arena_finish(&r.scratch);
    return r.yaml->documents ? r.yaml : NULL;
}

const struct scl_tree *
scl_yaml_read(struct scl_arena *arena, const struct scl_source *source,
              const struct scl_tree_limits *limits, struct scl_notes *notes)
{
    static const struct scl_tree nothing = { .body.text = "", .is_cut = true };
    const struct scl_yaml_options options = { .limits = limits,
                                              .alias_visits = SCL_YAML_ALIAS_VISITS,
                                              .flags = SCL_YAML_SINGLE | SCL_YAML_MERGE };
    const struct scl_yaml *yaml = scl_yaml_read_all(arena, source, &options, notes);

    if (!yaml)
        return NULL;
    return scl_tree_count(yaml->documents) ? scl_tree_child(yaml->documents, 0) : &nothing;
}

struct scl_span
scl_yaml_alias_place(const struct scl_yaml *yaml, const struct scl_tree *node)
{
    uint32_t at = scl_span_end(node->key_span), low = 0, high = yaml->aliases.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (yaml->aliases.at[middle].offset < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < yaml->aliases.count ? yaml->aliases.at[low] : node->key_span;
}

struct scl_str
scl_yaml_tag_of(const struct scl_yaml *yaml, const struct scl_tree *node)
{
    uint32_t at = node->span.offset, low = 0, high = yaml->tags.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (yaml->tags.at[middle].node < at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < yaml->tags.count && yaml->tags.at[low].node == at)
        return yaml->tags.at[low].name;
    return scl_str_n("", 0);
}

const char *
scl_yaml_library_version(void)
{
    return yaml_get_version_string();
}
