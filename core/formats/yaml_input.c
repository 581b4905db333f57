/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_input.c: a YAML text of a document, and its comments
 *
 * A comment that is alone on its line speaks of the entry or list item that comes next, with all
 * below it; one behind an entry speaks of that entry. Both are found in one walk: entries are met
 * in the order of the source, the outer one first, and the comments before each are given away.
 * What a merge or an alias brings in stands elsewhere and is not walked there again.
 */
#include "formats/yaml_input.h"

static uint32_t
limit_or(uint64_t limit, uint32_t standard)
{
    if (limit == 0)
        return standard;
    return limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
}

struct scl_tree_limits
scl_tree_limits_of(const struct scl_input_limits *limits)
{
    return (struct scl_tree_limits){
        limit_or(limits->depth, scl_tree_default_limits.depth),
        limit_or(limits->nodes, scl_tree_default_limits.nodes),
    };
}

uint32_t
scl_input_alias_limit(const struct scl_input_limits *limits)
{
    return limit_or(limits->aliases, SCL_YAML_ALIAS_VISITS);
}

const struct scl_yaml *
scl_yaml_input(struct scl_document *d, uint16_t file, const struct scl_input_limits *limits)
{
    struct scl_tree_limits of_trees = scl_tree_limits_of(limits);
    struct scl_yaml_options options = {
        .limits = &of_trees,
        .alias_visits = scl_input_alias_limit(limits),
        .flags = SCL_YAML_MERGE,
    };
    uint16_t before = d->notes.file;
    const struct scl_yaml *yaml;

    d->notes.file = file;
    yaml = scl_yaml_read_all(&d->arena, &d->files[file], &options, &d->notes);
    d->notes.file = before;
    return yaml;
}

/* Comments. */

enum { DEEPEST = 512 }; /* entries below are not walked, whatever the limit of depth */

struct walk {
    struct scl_document *d;
    const struct scl_yaml *yaml;
    uint32_t first; /* of the document's comments, that of this file */
    uint32_t given; /* so many have their entry */
    struct scl_span last; /* the entry that was met last */
    uint32_t depth;
    uint16_t file;
};

/* Gives away the comments before an offset. */
static void
give_before(struct walk *w, uint32_t offset, struct scl_span next)
{
    for (; w->given < w->yaml->comments.count; w->given++) {
        const struct scl_yaml_comment *from = &w->yaml->comments.at[w->given];

        if (from->span.offset >= offset)
            return;
        w->d->comments.at[w->first + w->given].next = from->is_alone ? next : w->last;
    }
}

/* What lies on one line in brackets is one with the entry that holds it. */
static void
visit(struct walk *w, const struct scl_tree *node, uint32_t from, uint32_t to, bool in_brackets)
{
    uint32_t count = w->depth < DEEPEST ? scl_tree_count(node) : 0;

    w->depth++;
    for (uint32_t i = 0; i < count && w->given < w->yaml->comments.count; i++) {
        const struct scl_tree *child = scl_tree_child(node, i);
        struct scl_span entry = scl_tree_entry(child);
        uint32_t end = scl_span_end(entry);

        if (child->file != w->file || entry.offset < from || end > to)
            continue;
        give_before(w, entry.offset, entry);
        if (!in_brackets)
            w->last = entry;
        if (!child->is_alias)
            visit(w, child, entry.offset, end, in_brackets || child->style == SCL_TREE_FLOW);
        from = end;
    }
    w->depth--;
}

void
scl_yaml_input_comments(struct scl_document *d, uint16_t file, const struct scl_yaml *yaml)
{
    struct walk w = { .d = d, .yaml = yaml, .first = d->comments.count, .file = file };
    const struct scl_source *source = &d->files[file];

    for (uint32_t i = 0; i < yaml->comments.count; i++) {
        struct scl_comment *comment = scl_vec_push(&d->arena, &d->comments);
        struct scl_str text = scl_source_text(source, yaml->comments.at[i].span);
        uint32_t start = yaml->comments.at[i].span.offset;

        if (!comment)
            return;
        text = scl_str_trim(text);
        comment->file = file;
        comment->span = (struct scl_span){ start, (uint32_t)text.len };
        text = scl_str_trim(scl_str_sub(text, 1, text.len));
        comment->text = (struct scl_span){ start, 0 };
        if (text.len)
            comment->text = (struct scl_span){ (uint32_t)(text.at - source->text.at),
                                               (uint32_t)text.len };
    }
    for (uint32_t i = 0; i < scl_tree_count(yaml->documents); i++)
        visit(&w, scl_tree_child(yaml->documents, i), 0, (uint32_t)source->text.len, false);
    give_before(&w, UINT32_MAX, (struct scl_span){ 0 });
}

/* Looks. */

static bool
is_key_byte(char byte)
{
    return scl_is_alnum(byte) || scl_str_find_char(SCL_S("_-./$\"'"), byte) != SIZE_MAX;
}

bool
scl_looks_like_yaml(struct scl_str text)
{
    struct scl_str line;

    if (scl_str_starts(text, SCL_S("\xef\xbb\xbf")))
        text = scl_str_sub(text, 3, text.len);
    while (scl_str_cut(&text, '\n', &line)) {
        size_t at = 0;

        line = scl_str_trim(line);
        if (!line.len || line.at[0] == '#')
            continue;
        if (line.at[0] == '%' || scl_str_starts(line, SCL_S("---")))
            return true;
        while (at < line.len && is_key_byte(line.at[at]))
            at++;
        return at && at < line.len && line.at[at] == ':' &&
               (at + 1 == line.len || line.at[at + 1] == ' ');
    }
    return false;
}
