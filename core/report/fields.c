/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.c: the schema and the formats in words
 *
 * What policies can read, as the tables say it. A list shows each type of members once, at its
 * shortest path, so that there is an end although stages have instructions and these a stage. What
 * a format can say is asked of its own sample, read like any other document; where it writes that,
 * of its rows, or of a text that says all of it.
 */
#include "report/fields.h"

#include "base/suggest.h"
#include "document/defaults.h"
#include "formats/format.h"
#include "formats/json_rows.h"
#include "report/wrap.h"

enum { PATH_COLUMNS = 28, TYPE_COLUMNS = 8, FORMAT_COLUMNS = 20, WIDTH = 80, LABEL = 12 };

/* What a number counts, where its kind does not say it. */
static const struct {
    uint16_t field;
    const char *unit;
} units[] = {
    { SCL_CONTAINER_MEMORY_LIMIT, "bytes" },
    { SCL_CONTAINER_MEMORY_RESERVATION, "bytes" },
    { SCL_CONTAINER_MEMORY_SWAP_LIMIT, "bytes" },
    { SCL_CONTAINER_CPU_LIMIT, "processors" },
    { SCL_CONTAINER_PIDS_LIMIT, "processes" },
    { SCL_MOUNT_SIZE, "bytes" },
};

static const char *const kinds[] = {
    [SCL_KIND_EMPTY] = "",         [SCL_KIND_BOOL] = "bool",   [SCL_KIND_INT] = "integer",
    [SCL_KIND_DECIMAL] = "decimal", [SCL_KIND_TEXT] = "string", [SCL_KIND_LIST] = "list",
    [SCL_KIND_MAP] = "map",        [SCL_KIND_OBJECT] = "node", [SCL_KIND_GROUP] = "node",
};

static const char *
type_word(unsigned field)
{
    return scl_field(field)->flags & SCL_FIELD_ENUM ? "enum" : kinds[scl_field(field)->kind];
}

/* Whether members of a field are nodes that belong to it: a list of them, or one alone. What is
 * linked belongs to another. */
static bool
has_nodes(unsigned field)
{
    const struct scl_field *row = scl_field(field);

    return row->of != SCL_TYPE_NONE && row->of < SCL_TYPE_COUNT &&
           !(row->flags & SCL_FIELD_LINK) &&
           !(scl_type(row->of)->flags & SCL_TYPE_IS_SUBJECT);
}

/* ---- lists ---- */

struct listing {
    struct scl_text *out;
    struct scl_text path;             /* of the node whose fields are listed */
    unsigned shown[SCL_TYPE_COUNT];   /* field at which a type is shown */
};

/* Finds where each type is shown: breadth first, so that the path is the shortest. */
static void
place_types(struct listing *listing, unsigned type)
{
    unsigned queue[SCL_TYPE_COUNT];
    size_t count = 0;

    queue[count++] = type;
    for (size_t i = 0; i < count; i++) {
        const struct scl_type *row = scl_type(queue[i]);

        for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++) {
            unsigned of = scl_field(field)->of;

            if (!has_nodes(field) || of == type || listing->shown[of])
                continue;
            listing->shown[of] = field;
            queue[count++] = of;
        }
    }
}

static void
cut_path(struct listing *listing, size_t length)
{
    if (!listing->path.failed)
        listing->path.len = length;
}

/* As deep as types are shown, each once. */
static void
list_type(struct listing *listing, unsigned type)
{
    const struct scl_type *row = scl_type(type);
    size_t length = listing->path.len;

    for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++) {
        const struct scl_field *at = scl_field(field);

        if (at->kind == SCL_KIND_GROUP)
            continue;
        scl_text_add(&listing->path, at->path);
        scl_text_f(listing->out, "%-*.*s  %-*s  %s\n", PATH_COLUMNS,
                   SCL_ARG(scl_text_str(&listing->path)), TYPE_COLUMNS, type_word(field), at->doc);
        if (has_nodes(field) && listing->shown[at->of] == field) {
            scl_text_c(&listing->path, at->kind == SCL_KIND_LIST ? "[]." : ".");
            list_type(listing, at->of);
        }
        cut_path(listing, length);
    }
}

static void
list_from(struct scl_text *out, unsigned type, bool has_prefix)
{
    struct listing listing = { .out = out };

    place_types(&listing, type);
    if (has_prefix)
        scl_text_f(&listing.path, "%s.", scl_type(type)->name);
    list_type(&listing, type);
    out->failed = out->failed || listing.path.failed;
    scl_text_finish(&listing.path);
}

static bool
fail_type(struct scl_str name, scantling_error **error)
{
    scantling_error *made =
        scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "unknown subject '%.*s'", SCL_ARG(name));
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, name);
    for (unsigned type = 1; type < SCL_TYPE_COUNT; type++)
        scl_suggest_offer(&suggest, scl_str_c(scl_type(type)->name));
    if (suggest.best.len)
        scl_error_suggest(made, "did you mean '%.*s'?", SCL_ARG(suggest.best));
    else
        scl_error_suggest(made, "one of build, image, container, host, evidence, project");
    return scl_error_give(error, made);
}

bool
scl_fields_list(struct scl_str name, struct scl_text *out, scantling_error **error)
{
    unsigned type = scl_type_find(name);

    if (name.len && !type)
        return fail_type(name, error);
    if (type)
        list_from(out, type, false);
    for (type = 1; !name.len && type <= SCL_TYPE_PROJECT; type++)
        list_from(out, type, true);
    return true;
}

/* ---- one field ---- */

struct telling {
    struct scl_text *out;
    struct scl_text words; /* of the row at hand */
    unsigned type, field;  /* `type` is what the path begins with */
};

static void
add_word(struct telling *telling, const char *word)
{
    scl_text_f(&telling->words, "%s%s", telling->words.len ? ", " : "", word);
}

/* `  label     words`; nothing where there are none. */
static void
end_row(struct telling *telling, const char *label)
{
    if (telling->words.len) {
        scl_text_f(telling->out, "  %-10s", label);
        scl_wrap_add(telling->out, scl_text_str(&telling->words), LABEL, WIDTH);
        scl_text_char(telling->out, '\n');
    }
    scl_text_clear(&telling->words);
}

static void
tell_type(struct telling *telling)
{
    const struct scl_field *row = scl_field(telling->field);
    unsigned key = has_nodes(telling->field) ? scl_type(row->of)->key : SCL_NONE;

    add_word(telling, type_word(telling->field));
    if (row->kind == SCL_KIND_OBJECT)
        scl_text_f(&telling->words, ": %s", scl_type(row->of)->name);
    else if (row->kind == SCL_KIND_LIST || row->kind == SCL_KIND_MAP)
        scl_text_f(&telling->words, " of %s",
                   row->of == SCL_OF_TEXT  ? "string"
                   : row->of == SCL_OF_INT ? "integer"
                                           : scl_type(row->of)->name);
    end_row(telling, "type");
    if (key && row->kind == SCL_KIND_LIST)
        scl_text_f(&telling->words, "%.*s", SCL_ARG(scl_field_name(key)));
    end_row(telling, "key");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (units[i].field == telling->field)
            add_word(telling, units[i].unit);
    end_row(telling, "unit");
}

static void
tell_defaults(struct telling *telling)
{
    const char *family;

    for (size_t i = 0; (family = scl_default_family(i)) != NULL; i++) {
        struct scl_reading reading = { .state = SCANTLING_STATE_ABSENT };

        scl_default_read(family, telling->field, &reading);
        if (reading.state != SCANTLING_STATE_DEFAULT)
            continue;
        add_word(telling, family);
        scl_text_c(&telling->words, ": ");
        if (reading.value.flags & SCL_VALUE_NO_LIMIT)
            scl_text_c(&telling->words, "no limit");
        else
            scl_value_print(&reading.value, &telling->words);
    }
    end_row(telling, "default");
}

/* Whether a type is another, or that of nodes somewhere below it. */
static bool
has_type(unsigned type, unsigned below)
{
    struct listing listing = { .out = NULL };

    place_types(&listing, type);
    return type == below || listing.shown[below];
}

/* Whether a format can say the field of some subject, as its sample shows. */
static bool
can_say(const struct telling *telling, const struct scl_document *document)
{
    for (uint32_t i = 0; i < document->subjects.count; i++)
        if (has_type(document->subjects.at[i].type, telling->type) &&
            scl_document_says(document, i, telling->field))
            return true;
    return false;
}

/* ---- where a format writes it ---- */

enum { WORDS_MAX = 4, WORD_ROOM = 40 };

/* The row of a field in a format's tables, or that of a list of the type; NULL where there is
 * none. */
static const struct scl_json_row *
find_row(const struct scl_format *format, unsigned field, unsigned list_of)
{
    for (size_t t = 0; format->rows[t]; t++)
        for (const struct scl_json_row *row = format->rows[t]; row->path; row++)
            if (list_of ? scl_field(row->field)->of == list_of &&
                              scl_field(row->field)->kind == SCL_KIND_LIST
                        : row->field == field)
                return row;
    return NULL;
}

/* Adds ` (PATH)`: of a member below the path of its list. */
static void
add_row_path(struct telling *telling, const struct scl_format *format)
{
    unsigned type = scl_field(telling->field)->type;
    bool is_member = !(scl_type(type)->flags & SCL_TYPE_IS_SUBJECT);
    const struct scl_json_row *row = find_row(format, telling->field, SCL_TYPE_NONE);
    const struct scl_json_row *list = is_member ? find_row(format, SCL_NONE, type) : NULL;

    if (!row || (!*row->path && !list))
        return;
    scl_text_c(&telling->words, " (");
    if (list)
        scl_text_f(&telling->words, "%s[]%s", list->path, *row->path ? "." : "");
    scl_text_f(&telling->words, "%s)", row->path);
}

/* What the line of a place begins with, the name of a companion; of length 0 where it has no
 * word. */
static struct scl_str
word_at(const struct scl_document *d, const struct scl_origin *origin)
{
    const struct scl_source *file = &d->files[origin->file];
    uint32_t number = scl_source_locate(file, origin->place.offset).line;
    struct scl_str line = scl_source_line(file, number);
    size_t end;

    if (origin->file)
        return scl_str_sub(file->name, scl_str_find_last(file->name, '/') + 1, file->name.len);
    /* `# syntax` of a directive, `FROM` of an instruction. */
    end = scl_str_find_char(line, scl_str_starts(line, SCL_S("#")) ? '=' : ' ');
    return end == SIZE_MAX ? line : scl_str_sub(line, 0, end);
}

/* The place of a value, or of its first member; false where it has none. */
static bool
place_in_tour(const struct scl_view *view, struct scl_node node, struct scl_origin *ret)
{
    struct scl_reading reading;
    bool exact;

    scl_view_read(view, node, &reading);
    if (reading.state == SCANTLING_STATE_ABSENT || reading.state == SCANTLING_STATE_DEFAULT)
        return false;
    if ((reading.value.kind == SCL_KIND_LIST || reading.value.kind == SCL_KIND_MAP) &&
        reading.value.as.list->count)
        node = scl_view_member(node, &reading, 1);
    *ret = scl_view_place(view, node, true, &exact);
    return exact;
}

/* Adds ` (WORD, WORD)`: what the lines of a tour begin with where the field is written. */
static void
add_tour_words(struct telling *telling, const struct scl_document *d)
{
    struct scl_str words[WORDS_MAX];
    size_t count = 0;

    for (uint32_t object = SCL_TYPE_COUNT; object < d->objects.count && count < WORDS_MAX;
         object++) {
        struct scl_node node = { object, (uint16_t)telling->field, 0 };
        struct scl_origin origin;
        struct scl_str word;
        bool known = false;

        if (d->objects.at[object].type != scl_field(telling->field)->type ||
            !place_in_tour(d->view, node, &origin))
            continue;
        word = word_at(d, &origin);
        for (size_t i = 0; i < count; i++)
            known = known || scl_str_same(words[i], word);
        if (known || !word.len || word.len > WORD_ROOM)
            continue;
        scl_text_f(&telling->words, "%s%.*s", count ? ", " : " (", SCL_ARG(word));
        words[count++] = word;
    }
    if (count)
        scl_text_char(&telling->words, ')');
}

static struct scl_document *
read_sample(const struct scl_format *format, const char *text)
{
    static const struct scl_companion files[] = {
        { SCL_STR("sample.dockerignore"), SCL_STR(""), true },
        { SCL_STR(".dockerignore"), SCL_STR("*.md\n"), false },
    };
    struct scl_input input = {
        .name = SCL_STR("sample"),
        .text = scl_str_c(text),
        .format = scl_str_c(format->name),
        .files = files,
        .file_count = sizeof files / sizeof files[0],
    };

    return scl_read(&input);
}

/* False without memory. */
static bool
add_where(struct telling *telling, const struct scl_format *format)
{
    struct scl_document *document;

    if (format->rows)
        add_row_path(telling, format);
    if (!format->tour)
        return true;
    document = read_sample(format, format->tour);
    if (!document)
        return false;
    add_tour_words(telling, document);
    scl_document_unref(document);
    return true;
}

/* False without memory. */
static bool
tell_formats(struct telling *telling, bool wanted, const char *label)
{
    for (size_t i = 0; scl_formats[i]; i++) {
        const struct scl_format *format = scl_formats[i];
        struct scl_document *document;
        bool fits, good;

        if (format->is_copy)
            continue;
        document = read_sample(format, format->sample);
        good = document != NULL;
        fits = good && can_say(telling, document) == wanted;
        if (fits)
            add_word(telling, format->name);
        if (fits && wanted)
            good = add_where(telling, format);
        scl_document_unref(document);
        if (!good)
            return false;
    }
    end_row(telling, label);
    return true;
}

/* False without memory. */
static bool
tell_field(struct telling *telling)
{
    unsigned flags = scl_field(telling->field)->flags;

    tell_type(telling);
    tell_defaults(telling);
    if (flags & SCL_FIELD_LINUX)
        add_word(telling, "not applicable on Windows");
    end_row(telling, "platform");
    if (flags & (SCL_FIELD_DERIVED | SCL_FIELD_COMPUTED)) {
        add_word(telling, "follows from other fields");
        end_row(telling, "derived");
        return true;
    }
    return tell_formats(telling, true, "said by") && tell_formats(telling, false, "not by");
}

/* The path of a field below its type without the `[]` of lists. */
static void
add_plain(struct scl_text *plain, struct scl_str path)
{
    struct scl_str name;
    bool is_first = true;

    while (scl_str_cut(&path, '.', &name)) {
        if (scl_str_ends(name, SCL_S("[]")))
            name.len -= 2;
        scl_text_f(plain, "%s%.*s", is_first ? "" : ".", SCL_ARG(name));
        is_first = false;
    }
}

static bool
fail_field(unsigned type, struct scl_str path, scantling_error **error)
{
    const struct scl_type *row = scl_type(type);
    scantling_error *made = scl_error_new(SCANTLING_STATUS_UNSUPPORTED, "%s has no field '%.*s'",
                                          row->name, SCL_ARG(path));
    struct scl_suggest suggest;

    scl_suggest_init(&suggest, path);
    for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++)
        scl_suggest_offer(&suggest, scl_field(field)->path);
    if (suggest.best.len)
        scl_error_suggest(made, "did you mean '%s.%.*s'?", row->name, SCL_ARG(suggest.best));
    return scl_error_give(error, made);
}

bool
scl_field_describe(struct scl_str path, struct scl_text *out, scantling_error **error)
{
    struct telling telling = { .out = out };
    struct scl_text plain = { 0 };
    struct scl_str whole = path, name;
    bool good;

    if (!scl_str_cut(&path, '.', &name))
        name = scl_str_n("", 0);
    telling.type = scl_type_find(name);
    if (!telling.type)
        return fail_type(name, error);
    add_plain(&plain, path);
    telling.field = scl_field_at_path(telling.type, scl_text_str(&plain));
    if (!telling.field) {
        good = fail_field(telling.type, path, error);
    } else {
        scl_text_f(out, "%.*s: %s\n\n", SCL_ARG(whole), scl_field(telling.field)->doc);
        good = tell_field(&telling) || scl_fail_memory(error);
    }
    out->failed = out->failed || plain.failed || telling.words.failed;
    scl_text_finish(&plain);
    scl_text_finish(&telling.words);
    return good;
}

/* ---- formats ---- */

bool
scl_formats_list(struct scl_str none, struct scl_text *out, scantling_error **error)
{
    (void)none;
    (void)error;
    for (size_t i = 0; scl_formats[i]; i++) {
        const struct scl_format *format = scl_formats[i];
        bool has_content = format->fits_tree || format->fits_text;

        scl_text_f(out, "%-*s  by %-16s  %s\n", FORMAT_COLUMNS, format->name,
                   format->fits_name && has_content ? "name and content"
                   : format->fits_name              ? "name"
                   : has_content                    ? "content"
                                                    : "--as alone",
                   format->title);
    }
    return true;
}
