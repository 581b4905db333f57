/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_node.c: what the events of nodes add to the tree
 *
 * Each open list or map has a level that knows whether a key waits for its value and how large and
 * high the node is once aliases are expanded. An anchor keeps a copy of its node, made when that
 * is complete, so that an alias costs one node whatever it stands for.
 */
#include "syntax/yaml_reader.h"

enum { LONGEST_SHOWN = 60 };

static const enum scl_tree_style styles[] = {
    [YAML_ANY_SCALAR_STYLE] = SCL_TREE_PLAIN,
    [YAML_PLAIN_SCALAR_STYLE] = SCL_TREE_PLAIN,
    [YAML_SINGLE_QUOTED_SCALAR_STYLE] = SCL_TREE_SINGLE_QUOTED,
    [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = SCL_TREE_DOUBLE_QUOTED,
    [YAML_LITERAL_SCALAR_STYLE] = SCL_TREE_LITERAL,
    [YAML_FOLDED_SCALAR_STYLE] = SCL_TREE_FOLDED,
};

struct scalar {
    struct scl_tree node; /* with its kind, style, span and text */
    struct scl_yaml_properties properties;
};

static struct scl_yaml_level *
innermost(struct scl_yaml_reader *r)
{
    return &r->levels.at[r->levels.count - 1];
}

/* Whether the node to come is a key. */
static bool
expects_key(struct scl_yaml_reader *r)
{
    return innermost(r)->is_map && !innermost(r)->has_key;
}

/* Counts a complete value into what it is a member of. */
static void
end_value(struct scl_yaml_reader *r, uint64_t size, uint32_t height)
{
    struct scl_yaml_level *level = innermost(r);

    level->size += size;
    if (level->height < height)
        level->height = height;
    level->has_key = false;
}

/* The index plus 1 of an anchor that is being set; SCL_YAML_NO_ANCHOR without a name or memory. */
static uint32_t
set_anchor(struct scl_yaml_reader *r, const yaml_char_t *bytes)
{
    struct scl_str name = scl_str_c((const char *)bytes);
    struct scl_map_entry *entry;
    struct scl_yaml_anchor *anchor;

    if (!bytes)
        return SCL_YAML_NO_ANCHOR;
    entry = scl_map_find(&r->names, name);
    if (!entry) {
        char *copy = scl_arena_copy(&r->scratch, name.at, name.len);

        if (!copy || !scl_vec_push(&r->scratch, &r->anchors))
            return SCL_YAML_NO_ANCHOR;
        entry = scl_map_put(&r->names, scl_str_n(copy, name.len), r->anchors.count - 1);
        if (!entry)
            return SCL_YAML_NO_ANCHOR;
    }
    anchor = &r->anchors.at[entry->value];
    *anchor = (struct scl_yaml_anchor){ .document = r->document, .is_open = true };
    return (uint32_t)entry->value + 1;
}

static void
end_anchor(struct scl_yaml_reader *r, uint32_t index, const struct scl_tree *node, uint64_t size,
           uint32_t height)
{
    if (index == SCL_YAML_NO_ANCHOR)
        return;
    r->anchors.at[index - 1] = (struct scl_yaml_anchor){
        .node = *node, .size = size, .height = height, .document = r->document
    };
}

static void
add_tag(struct scl_yaml_reader *r, struct scl_span span, uint32_t node)
{
    struct scl_yaml_tag *tag = span.length ? scl_vec_push(r->arena, &r->yaml->tags) : NULL;

    if (!tag)
        return;
    tag->span = span;
    tag->name = scl_str_n(r->source + span.offset, span.length);
    tag->node = node;
}

/* The source's own bytes where they are the value, else a copy. */
static struct scl_str
scalar_text(struct scl_yaml_reader *r, const yaml_event_t *event, enum scl_tree_style style,
            struct scl_span span)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length, body = length;
    bool is_quoted = style == SCL_TREE_SINGLE_QUOTED || style == SCL_TREE_DOUBLE_QUOTED;
    uint32_t at = span.offset + is_quoted;

    if (style == SCL_TREE_LITERAL || style == SCL_TREE_FOLDED) {
        while (body && value[body - 1] == '\n')
            body--;
        at = scl_span_end(span) - (body < span.length ? (uint32_t)body : span.length);
    } else if (length + 2u * is_quoted != span.length) {
        at = (uint32_t)r->text.len;
    }
    if (scl_str_same(scl_str_sub(r->text, at, length), scl_str_n(value, length)))
        return scl_str_n(r->source + at, length);
    value = scl_arena_copy(r->arena, value, length);
    return scl_str_n(value ? value : "", value ? length : 0);
}

static void
place_scalar(struct scl_yaml_reader *r, const yaml_event_t *event, struct scalar *ret)
{
    enum scl_tree_style style = styles[event->data.scalar.style];
    uint32_t at = scl_yaml_offset(r, event->start_mark.index), end, start = at;
    char first = at < r->text.len ? r->text.at[at] : '\0';

    end = scl_yaml_offset(r, event->end_mark.index);
    ret->properties = (struct scl_yaml_properties){ .end = at };
    if (end > at && (first == '!' || first == '&'))
        start = scl_yaml_skip_properties(r, at, end, &ret->properties);
    scl_yaml_take_comments(r, start);
    if (start == end) {
        start = ret->properties.end > at ? ret->properties.end : scl_yaml_empty_place(r, at);
        end = start;
    } else {
        end = scl_yaml_scalar_end(r, style, start, end);
    }
    if (style == SCL_TREE_LITERAL || style == SCL_TREE_FOLDED) {
        uint32_t header = start;

        while (header < end && !scl_yaml_break_at(r, header))
            header++;
        scl_yaml_take_comments(r, header);
    }
    if (r->gap < end)
        r->gap = end;
    r->last = end > r->last ? end : r->last;
    ret->node.style = style & 7u;
    ret->node.span = scl_span_between(start, end);
}

/* All of a scalar but its key. */
static void
read_scalar(struct scl_yaml_reader *r, const yaml_event_t *event, struct scalar *ret)
{
    const char *tag = (const char *)event->data.scalar.tag;
    bool is_true = false, is_plain;
    struct scl_str text;

    place_scalar(r, event, ret);
    text = scalar_text(r, event, ret->node.style, ret->node.span);
    /* `!` alone makes a string of what follows; libyaml does not tell */
    is_plain = ret->node.style == SCL_TREE_PLAIN && ret->properties.tag.length != 1;
    ret->node.kind = 7u & scl_yaml_resolve(text, is_plain, tag, r->flags, &is_true);
    ret->node.is_true = ret->node.kind == SCL_TREE_BOOL && is_true;
    ret->node.body.text = text.at;
    ret->node.count = (uint32_t)text.len;
    add_tag(r, ret->properties.tag, ret->node.span.offset);
}

static void
take_key(struct scl_yaml_reader *r, struct scl_span span, const struct scl_tree *node)
{
    struct scl_yaml_level *level = innermost(r);
    struct scl_str text = scl_tree_text(node);

    if (node->style == SCL_TREE_PLAIN && scl_str_is(text, "<<"))
        level->has_merge = true;
    level->has_key = true;
    r->stopped = !scl_tree_next_key(&r->builder, span, text);
}

/* Adds a node that has all of `from` but its key. */
static void
add_value(struct scl_yaml_reader *r, const struct scl_tree *from)
{
    struct scl_tree *node = scl_tree_add(&r->builder, from->kind, from->style, from->span,
                                         scl_str_n("", 0));

    r->stopped = !node;
    if (!node)
        return;
    node->body = from->body;
    node->count = from->count;
    node->is_true = from->is_true;
    node->is_cut = from->is_cut;
    node->is_alias = from->is_alias;
}

void
scl_yaml_on_scalar(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    struct scalar scalar = { .node = { .count = 0 } };
    uint32_t anchor = set_anchor(r, event->data.scalar.anchor);
    bool is_key = expects_key(r);

    read_scalar(r, event, &scalar);
    end_anchor(r, anchor, &scalar.node, 1, 0);
    if (is_key) {
        take_key(r, scalar.node.span, &scalar.node);
        return;
    }
    add_value(r, &scalar.node);
    end_value(r, 1, 0);
}

static void
stop_at_key(struct scl_yaml_reader *r, struct scl_span span, bool is_map)
{
    struct scl_note *note = scl_yaml_stop(r, span, "a %s as a key", is_map ? "map" : "list");
    uint32_t before = span.offset ? span.offset - 1 : 0;

    /* of a template's braces either the outer or the inner ones are the key */
    if (scl_str_find(scl_str_sub(r->text, before, 3), SCL_S("{{")) != SIZE_MAX)
        scl_note_help(r->notes, note, "a value that begins with '{{' stands in quotes");
}

/* What an alias stands for, or NULL after an error note. */
static const struct scl_yaml_anchor *
find_anchor(struct scl_yaml_reader *r, struct scl_str name, struct scl_span span)
{
    const struct scl_map_entry *entry = scl_map_find(&r->names, name);
    const struct scl_yaml_anchor *anchor = entry ? &r->anchors.at[entry->value] : NULL;
    struct scl_str shown = scl_str_sub(name, 0, LONGEST_SHOWN);

    if (anchor && anchor->document == r->document && !anchor->is_open)
        return anchor;
    if (!scl_tree_may_note(&r->builder, SCL_NOTE_ERROR))
        return NULL;
    if (anchor && anchor->document == r->document)
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "alias '%.*s' inside of what it stands for",
                     SCL_ARG(shown));
    else
        scl_note_add(r->notes, SCL_NOTE_ERROR, span, "no anchor '%.*s' before this alias",
                     SCL_ARG(shown));
    return NULL;
}

static void
add_alias(struct scl_yaml_reader *r, const struct scl_yaml_anchor *anchor, struct scl_span span)
{
    struct scl_tree node = anchor->node;

    r->visits += anchor->size;
    if (r->visits > r->most_visits) {
        scl_yaml_stop(r, span, "aliases stand for more than the limit of %u nodes",
                      (unsigned)r->most_visits);
        return;
    }
    if (anchor->height > r->builder.limits.depth - r->builder.depth) {
        scl_yaml_stop(r, span, "nested deeper than the limit of %u",
                      (unsigned)r->builder.limits.depth);
        return;
    }
    node.is_alias = true;
    add_value(r, &node);
    end_value(r, anchor->size, anchor->height);
}

void
scl_yaml_on_alias(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    uint32_t start = scl_yaml_offset(r, event->start_mark.index);
    struct scl_span span = scl_span_between(start, scl_yaml_offset(r, event->end_mark.index));
    struct scl_span *place = scl_vec_push(r->arena, &r->yaml->aliases);
    struct scl_tree nothing = { .body.text = "", .span = span, .is_cut = true };
    const struct scl_yaml_anchor *anchor;

    if (place)
        *place = span;
    r->last = scl_span_end(span);
    anchor = find_anchor(r, scl_str_c((const char *)event->data.alias.anchor), span);
    if (anchor && expects_key(r) && anchor->node.kind >= SCL_TREE_LIST) {
        stop_at_key(r, span, anchor->node.kind == SCL_TREE_MAP);
    } else if (expects_key(r)) {
        take_key(r, span, anchor ? &anchor->node : &nothing);
    } else {
        if (!innermost(r)->is_map) /* an item has no key: its span says where the alias is */
            r->builder.next.key_span = (struct scl_span){ start, 0 };
        if (anchor) {
            add_alias(r, anchor, span);
        } else {
            add_value(r, &nothing);
            end_value(r, 1, 0);
        }
    }
}

void
scl_yaml_on_open(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *anchor = is_map ? event->data.mapping_start.anchor
                                       : event->data.sequence_start.anchor;
    const yaml_char_t *tag = is_map ? event->data.mapping_start.tag
                                    : event->data.sequence_start.tag;
    bool is_flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                          : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    uint32_t start = scl_yaml_offset(r, event->start_mark.index);
    struct scl_yaml_properties properties = { .end = start };
    struct scl_yaml_level *level;

    if (anchor || tag)
        start = scl_yaml_skip_properties(r, start, scl_yaml_offset(r, event->end_mark.index),
                                         &properties);
    if (expects_key(r)) {
        stop_at_key(r, (struct scl_span){ start, 1 }, is_map);
        return;
    }
    add_tag(r, properties.tag, start);
    r->stopped = !scl_tree_open(&r->builder, is_map ? SCL_TREE_MAP : SCL_TREE_LIST,
                                is_flow ? SCL_TREE_FLOW : SCL_TREE_BLOCK, start);
    r->last = start > r->last ? start : r->last;
    level = scl_vec_push(&r->scratch, &r->levels);
    if (!level)
        return;
    level->is_map = is_map;
    level->size = 1;
    level->anchor = set_anchor(r, anchor);
}

void
scl_yaml_on_close(struct scl_yaml_reader *r, const yaml_event_t *event)
{
    struct scl_yaml_level level = *innermost(r);
    uint32_t index = r->builder.open;
    struct scl_tree *node = &r->builder.stack[index];
    char first = node->span.offset < r->text.len ? r->text.at[node->span.offset] : '\0';

    /* a pair within a flow list is a map without brackets, and ends with its value */
    if (node->style == SCL_TREE_FLOW && (first == '[' || first == '{'))
        r->last = scl_yaml_offset(r, event->end_mark.index);
    r->levels.count--;
    r->stopped = !scl_tree_close(&r->builder, r->last);
    if (r->stopped)
        return;
    node = &r->builder.stack[index];
    if (level.has_merge && r->flags & SCL_YAML_MERGE)
        r->stopped = !scl_yaml_merge(r, node);
    end_anchor(r, level.anchor, node, level.size, level.height + 1);
    end_value(r, level.size, level.height + 1);
}
