/* SPDX-License-Identifier: Apache-2.0 */
/*
 * block.c: one finding, or one note, at length
 *
 * The first line says what is wrong, the second where; excerpts follow, then the `=` lines in one
 * order: because, missing, by, also, fix, help, note. All rows of a block share the gutter, which
 * is as wide as its largest line number. Texts are put together in `line` and wrapped from there.
 */
#include "report/block.h"

#include "report/escape.h"
#include "report/excerpt.h"
#include "report/wrap.h"

enum {
    VALUE_COLUMNS = 60,
    EVIDENCE_SHOWN = 8,
    ALSO_SHOWN = 5,
    LABEL_COLUMNS = 9 /* of an `=` line, with the blanks behind it */
};

struct block {
    const struct scl_entries *entries;
    const struct scl_entry *entry;
    const struct scl_render_options *options;
    struct scl_text *out;
    struct scl_text line; /* what is being put together */
    uint32_t gutter;
    uint32_t evidence_shown;
};

static void
escape(struct block *block, struct scl_str text)
{
    scl_escape_add(&block->line, text, block->options->ascii);
}

/* ---- `=` lines ---- */

/* Writes the text that was put together under a label, and begins a new one. */
static void
end_line(struct block *block, enum scl_role role, const char *label)
{
    bool color = block->options->color;
    struct scl_str name = scl_str_c(label);

    scl_text_fill(block->out, ' ', block->gutter + 1);
    scl_paint_c(block->out, color, SCL_ROLE_GUTTER, "=");
    scl_text_char(block->out, ' ');
    scl_paint(block->out, color, role, name);
    scl_text_fill(block->out, ' ', LABEL_COLUMNS - name.len);
    scl_wrap_add(block->out, scl_text_str(&block->line), block->gutter + 3 + LABEL_COLUMNS,
                 block->options->width);
    scl_text_char(block->out, '\n');
    scl_text_clear(&block->line);
}

/* A text that people wrote, perhaps over several lines: each run of blanks is one. */
static void
add_prose(struct block *block, struct scl_str text, enum scl_role role, const char *label)
{
    size_t end = 0;

    while (end < text.len) {
        size_t start = end;

        while (start < text.len && scl_is_blank(text.at[start]))
            start++;
        for (end = start; end < text.len && !scl_is_blank(text.at[end]);)
            end++;
        if (end > start && block->line.len)
            scl_text_char(&block->line, ' ');
        escape(block, scl_str_sub(text, start, end - start));
    }
    if (block->line.len)
        end_line(block, role, label);
}

static void
add_value(struct block *block, scantling_state state, bool has_value, struct scl_str value)
{
    scl_text_c(&block->line, ": ");
    if (has_value)
        scl_escape_add_cut(&block->line, value, block->options->ascii, VALUE_COLUMNS);
    else if (state == SCANTLING_STATE_NULL)
        scl_text_c(&block->line, "null");
    else if (state == SCANTLING_STATE_UNKNOWN)
        scl_text_c(&block->line, "not known");
    else if (state == SCANTLING_STATE_NOT_APPLICABLE)
        scl_text_c(&block->line, "not applicable");
    else
        scl_text_c(&block->line, "not set");
}

static void
add_place(struct block *block, const struct scl_place *place)
{
    if (!place->path.len)
        return;
    scl_text_c(&block->line, ", ");
    scl_place_add(place, block->options->ascii, &block->line);
}

static void
add_evidence(struct block *block, const struct scl_evidence *evidence)
{
    escape(block, evidence->field);
    add_value(block, evidence->state, evidence->has_value, evidence->value);
    if (evidence->state == SCANTLING_STATE_DEFAULT && evidence->default_of.len) {
        scl_text_c(&block->line, ", ");
        scl_text_c(&block->line, scl_default_words(evidence->default_of.at));
        escape(block, evidence->default_of);
    }
    if (evidence->from_field.len) {
        scl_text_c(&block->line, ", derived from ");
        escape(block, evidence->from_field);
        /* A list is named alone. */
        if (!evidence->from_has_value || evidence->from_value.len)
            add_value(block, SCANTLING_STATE_ABSENT, evidence->from_has_value,
                      evidence->from_value);
        add_place(block, &evidence->from_place);
    } else {
        add_place(block, &evidence->place);
    }
    if (evidence->built_at.path.len) {
        scl_text_c(&block->line, ", from the image that ");
        scl_place_add(&evidence->built_at, block->options->ascii, &block->line);
        scl_text_c(&block->line, " builds");
    }
    end_line(block, SCL_ROLE_STRONG, "because");
}

static void
add_because(struct block *block, const struct scl_finding *finding)
{
    uint32_t count = finding->evidence.count;

    for (uint32_t i = 0; i < count && i < block->evidence_shown; i++)
        add_evidence(block, &finding->evidence.at[i]);
    if (count > block->evidence_shown) {
        scl_text_f(&block->line, "and %u more; --format json has all",
                   (unsigned)(count - block->evidence_shown));
        end_line(block, SCL_ROLE_STRONG, "because");
    }
}

static void
add_missing(struct block *block, const struct scl_finding *finding)
{
    for (uint32_t i = 0; i < finding->missing.count; i++) {
        const struct scl_missing *missing = &finding->missing.at[i];

        escape(block, missing->field);
        if (missing->reason.len) {
            scl_text_c(&block->line, ": ");
            escape(block, missing->reason);
        }
        end_line(block, SCL_ROLE_STRONG, "missing");
    }
}

/* Who suppressed it, until when and why. */
static void
add_by(struct block *block, const struct scl_suppression *by)
{
    static const char *const names[] = {
        [SCL_BY_COMMENT] = "comment", [SCL_BY_CONFIG] = "config", [SCL_BY_BASELINE] = "baseline",
    };

    if (!by)
        return;
    escape(block, by->tool);
    scl_text_f(&block->line, "%s%s", by->tool.len ? " " : "", names[by->by]);
    add_place(block, &by->place);
    if (by->until.len) {
        scl_text_c(&block->line, ", until ");
        escape(block, by->until);
    }
    if (by->reason.len) {
        scl_text_c(&block->line, ", because ");
        escape(block, by->reason);
    }
    end_line(block, SCL_ROLE_STRONG, "by");
}

/* Which adjustment changed the severity, and from what. */
static void
add_adjusted(struct block *block, const struct scl_finding *finding)
{
    const struct scantling_engine *engine = block->entries->report->project->engine;

    if (!finding->adjusted_from)
        return;
    escape(block, engine->policies[finding->adjusted_by].meta->id);
    scl_text_f(&block->line, ", %s instead of %s", scl_severity_name(finding->severity),
               scl_severity_name(finding->adjusted_from));
    end_line(block, SCL_ROLE_STRONG, "by");
}

/* The place of what was folded: its own, or where it has the same as the first, its subject's. */
static struct scl_place
also_place(const struct block *block, const struct scl_entry *other)
{
    const struct scl_project_document *joined;
    struct scl_origin origin;

    if (other->place.span.offset != block->entry->place.span.offset ||
        !scl_str_same(other->place.path, block->entry->place.path))
        return other->place;
    joined = &block->entries->report->project->documents[other->finding->document];
    origin = scl_view_place(
        joined->view,
        (struct scl_node){ joined->subjects[other->finding->subject].root, SCL_NONE, 0 }, false,
        NULL);
    return scl_place_in(joined->document, origin.file, origin.place);
}

static bool
has_subject(const struct block *block, const struct scl_finding *finding)
{
    const struct scantling_project *project = block->entries->report->project;

    return finding->document < project->count &&
           finding->subject < project->documents[finding->document].document->subjects.count;
}

static void
add_also(struct block *block)
{
    uint32_t count = 0, next = block->entry->next;

    for (; next; next = block->entries->list.at[next].next, count++) {
        const struct scl_entry *other = &block->entries->list.at[next];
        struct scl_place place = other->place;

        if (count >= ALSO_SHOWN)
            continue;
        if (has_subject(block, other->finding)) {
            place = also_place(block, other);
            scl_subject_add(block->entries->report, other->finding->document,
                            other->finding->subject, block->options->ascii, &block->line);
            scl_text_c(&block->line, ", ");
        }
        scl_place_add(&place, block->options->ascii, &block->line);
        end_line(block, SCL_ROLE_STRONG, "also");
    }
    if (count > ALSO_SHOWN) {
        scl_text_f(&block->line, "and %u more", (unsigned)(count - ALSO_SHOWN));
        end_line(block, SCL_ROLE_STRONG, "also");
    }
}

static void
add_hints(struct block *block, bool is_help)
{
    const struct scl_note *note = block->entry->note;
    const struct scantling_report *report = block->entries->report;
    const struct scl_document *document =
        report->project->documents[block->entry->place.document].document;
    struct scl_text text = { 0 };

    for (uint32_t i = 0; i < note->hints.count; i++) {
        const struct scl_note_hint *hint = &note->hints.at[i];

        if (hint->is_help != is_help)
            continue;
        scl_text_clear(&text);
        scl_note_add_text(report, hint->text, &text);
        escape(block, scl_text_str(&text));
        if (hint->has_span) {
            struct scl_place place = scl_place_in(document, hint->file, hint->span);

            scl_text_char(&block->line, ' ');
            scl_place_add(&place, block->options->ascii, &block->line);
        }
        end_line(block, is_help ? SCL_ROLE_GOOD : SCL_ROLE_STRONG, is_help ? "help" : "note");
    }
    block->out->failed = block->out->failed || text.failed;
    scl_text_finish(&text);
}

/* ---- places ---- */

/* Whether a path is that of a file: not `<stdin>`, not of a policy that is built in. */
static bool
is_file(struct scl_str path)
{
    return path.len && path.at[0] != '<' && !scl_str_starts(path, SCL_S("builtin:"));
}

/* What the URL of an absolute path begins with: `file://HOST` of that of the folder. */
static struct scl_str
host_of(struct scl_str link_base)
{
    struct scl_str scheme = SCL_S("file://");
    size_t end = scl_str_starts(link_base, scheme)
                     ? scl_str_find_char(scl_str_sub(link_base, scheme.len, link_base.len), '/')
                     : SIZE_MAX;

    return end == SIZE_MAX ? scheme : scl_str_sub(link_base, 0, scheme.len + end);
}

/* Begins a link to a file where its URL is known. */
static bool
begin_link(struct block *block, struct scl_str path)
{
    static const char digits[] = "0123456789ABCDEF";
    bool is_absolute = path.len && path.at[0] == '/';

    if (!block->options->links || !is_file(path) ||
        (!is_absolute && !block->options->link_base.len))
        return false;
    scl_text_c(block->out, "\033]8;;");
    if (is_absolute) {
        scl_text_add(block->out, host_of(block->options->link_base));
    } else {
        scl_text_add(block->out, block->options->link_base);
        scl_text_char(block->out, '/');
    }
    for (size_t i = 0; i < path.len; i++) {
        char byte = path.at[i];

        if (scl_is_alnum(byte) || byte == '/' || byte == '.' || byte == '-' || byte == '_') {
            scl_text_char(block->out, byte);
        } else {
            scl_text_char(block->out, '%');
            scl_text_char(block->out, digits[(unsigned char)byte >> 4]);
            scl_text_char(block->out, digits[(unsigned char)byte & 15]);
        }
    }
    scl_text_c(block->out, "\033\\");
    return true;
}

/* `  --> PATH:LINE:COLUMN (KIND NAME): MESSAGE`, the message of a related place. */
static void
add_arrow(struct block *block, const char *arrow, const struct scl_place *place, uint32_t document,
          uint32_t subject, struct scl_str message)
{
    bool color = block->options->color, is_linked;

    scl_text_fill(block->out, ' ', block->gutter);
    scl_paint_c(block->out, color, SCL_ROLE_GUTTER, arrow);
    scl_text_char(block->out, ' ');
    is_linked = begin_link(block, place->path);
    scl_place_add(place, block->options->ascii, &block->line);
    scl_paint(block->out, color, SCL_ROLE_STRONG, scl_text_str(&block->line));
    scl_text_clear(&block->line);
    if (is_linked)
        scl_text_c(block->out, "\033]8;;\033\\");
    scl_subject_add(block->entries->report, document, subject, block->options->ascii,
                    &block->line);
    if (block->line.len)
        scl_text_f(block->out, " (%s)", block->line.at);
    scl_text_clear(&block->line);
    if (message.len) {
        scl_text_c(block->out, ": ");
        scl_escape_add(block->out, message, block->options->ascii);
    }
    scl_text_char(block->out, '\n');
}

static const struct scl_mask_file *
masks_of(const struct block *block, const struct scl_place *place)
{
    const struct scantling_project *project = block->entries->report->project;
    const struct scl_project_document *joined;
    uint32_t file;

    if (place->document >= project->all)
        return NULL;
    joined = &project->documents[place->document];
    file = scl_document_file(joined->document, place->source);
    return file == SCANTLING_NONE ? NULL : &joined->masks[file];
}

static void
add_excerpt(struct block *block, const struct scl_place *place, bool is_main)
{
    struct scl_excerpt excerpt = {
        .source = place->source,
        .masks = masks_of(block, place),
        .span = place->span,
        .sign = is_main ? '^' : '-',
        .role = SCL_ROLE_LOW,
        .gutter = block->gutter,
        .width = block->options->width,
        .ascii = block->options->ascii,
        .color = block->options->color,
    };

    /* Whose secrets are not known is not shown; a policy has none. */
    if (place->document != SCANTLING_NONE && !excerpt.masks)
        return;
    if (is_main)
        scl_entry_word(block->entry, &excerpt.role);
    scl_excerpt_add(block->out, &excerpt);
}

static void
widen_gutter(struct block *block, const struct scl_place *place)
{
    uint32_t gutter = scl_excerpt_gutter(place->source, place->span);

    if (gutter > block->gutter)
        block->gutter = gutter;
}

static bool
has_policy_place(const struct scl_entry *entry)
{
    return entry->finding && entry->finding->verdict == SCANTLING_VERDICT_ERROR &&
           entry->finding->policy_place.path.len;
}

static void
measure_gutter(struct block *block)
{
    const struct scl_finding *finding = block->entry->finding;

    widen_gutter(block, &block->entry->place);
    if (has_policy_place(block->entry))
        widen_gutter(block, &finding->policy_place);
    for (uint32_t i = 0; finding && i < finding->related.count; i++)
        widen_gutter(block, &finding->related.at[i].place);
}

static void
add_places(struct block *block)
{
    static const struct scl_str nothing = { "", 0 };
    const struct scl_finding *finding = block->entry->finding;
    const struct scl_place *place = &block->entry->place;
    uint32_t document = finding ? finding->document : SCANTLING_NONE;
    uint32_t subject = finding ? finding->subject : SCANTLING_NONE;

    if (has_policy_place(block->entry)) {
        add_arrow(block, "-->", &finding->policy_place, SCANTLING_NONE, SCANTLING_NONE, nothing);
        add_excerpt(block, &finding->policy_place, true);
        add_arrow(block, ":::", place, document, subject, nothing);
        add_excerpt(block, place, false);
    } else {
        add_arrow(block, "-->", place, document, subject, nothing);
        add_excerpt(block, place, true);
    }
    for (uint32_t i = 0; finding && i < finding->related.count; i++) {
        const struct scl_related *related = &finding->related.at[i];

        add_arrow(block, ":::", &related->place, related->place.document, related->place.subject,
                  related->message);
        add_excerpt(block, &related->place, false);
    }
}

/* ---- a block ---- */

/* How bad it would be if it were not suppressed. */
static void
add_rank(struct block *block, enum scl_role role)
{
    const struct scl_finding *finding = block->entry->finding;

    scl_text_char(block->out, ' ');
    scl_paint_c(block->out, block->options->color, role,
                finding->verdict == SCANTLING_VERDICT_FAIL ? scl_severity_name(finding->severity)
                                                           : "inconclusive");
}

static void
add_heading(struct block *block)
{
    enum scl_role role;
    const char *word = scl_entry_word(block->entry, &role);
    struct scl_text message = { 0 };

    if (block->entry->note)
        scl_note_add_text(block->entries->report, block->entry->note->message, &message);
    else
        scl_text_add(&message, block->entry->finding->message);
    escape(block, scl_text_str(&message));
    scl_paint_c(block->out, block->options->color, role, word);
    if (block->entry->finding && block->entry->finding->suppressed)
        add_rank(block, role);
    scl_text_c(block->out, ": ");
    scl_paint(block->out, block->options->color, SCL_ROLE_STRONG, scl_text_str(&block->line));
    scl_text_clear(&block->line);
    scl_entry_add_policy(block->entries, block->entry, block->options->ascii, block->out);
    scl_text_char(block->out, '\n');
    block->out->failed = block->out->failed || message.failed;
    scl_text_finish(&message);
}

static void
add_reasons(struct block *block, const struct scl_finding *finding)
{
    const struct scl_policy *policy =
        block->entries->report->project->engine->policies[finding->policy].meta;

    bool fails = finding->verdict == SCANTLING_VERDICT_FAIL && !finding->suppressed;

    if (fails)
        add_because(block, finding);
    add_missing(block, finding);
    add_adjusted(block, finding);
    add_by(block, finding->suppressed);
    add_also(block);
    if (fails)
        add_prose(block, policy->fix, SCL_ROLE_GOOD, "fix");
    if (!finding->suppressed)
        add_prose(block, finding->help, SCL_ROLE_GOOD, "help");
    if (finding->verdict == SCANTLING_VERDICT_ERROR && !finding->help.len) {
        scl_text_c(&block->line, "not judged by this policy: counts as neither pass nor fail");
        end_line(block, SCL_ROLE_STRONG, "note");
    }
}

void
scl_block_add(const struct scl_entries *entries, const struct scl_entry *entry,
              const struct scl_render_options *options, struct scl_text *out)
{
    struct block block = { .entries = entries, .entry = entry, .options = options, .out = out,
                           .evidence_shown = EVIDENCE_SHOWN };

    measure_gutter(&block);
    add_heading(&block);
    add_places(&block);
    if (entry->finding) {
        add_reasons(&block, entry->finding);
    } else {
        add_hints(&block, true);
        add_hints(&block, false);
    }
    out->failed = out->failed || block.line.failed;
    scl_text_finish(&block.line);
}

void
scl_block_add_reasons(const struct scl_entries *entries, const struct scl_entry *entry,
                      const struct scl_render_options *options, struct scl_text *out)
{
    struct block block = { .entries = entries, .entry = entry, .options = options, .out = out,
                           .gutter = 2, .evidence_shown = UINT32_MAX };

    add_because(&block, entry->finding);
    add_missing(&block, entry->finding);
    add_prose(&block, entry->finding->help, SCL_ROLE_GOOD, "help");
    out->failed = out->failed || block.line.failed;
    scl_text_finish(&block.line);
}
