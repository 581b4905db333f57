/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quadlet_unit.c: units of Quadlet as they count, with what is dropped into them
 *
 * A folder is asked for by a path that ends in a slash, its files by theirs. Into most units
 * nothing is dropped: to a client that tells of no companion at all a unit is what it says. One
 * that tells of some tells of all; what it leaves out may be there, and leaves the unit cut.
 */
#include "formats/quadlet_unit.h"

#include "base/path.h"
#include "formats/asked.h"

#include <stdlib.h>

enum {
    MOST_DASHES = 64, /* further parts of a name have no folders of their own */
    MOST_GROWTH = 1 << 24
};

struct dropped {
    struct scl_str name, path;
};

struct dropping {
    struct scl_document *d;
    const struct scl_input *input;
    SCL_VEC(struct dropped) list;
    struct scl_map seen; /* names */
    bool is_cut;
};

/* ---- folders ---- */

/* Adds the files of a folder, but those with a name that a folder before it has. */
static void
add_folder(struct dropping *p, struct scl_str folder)
{
    struct scl_arena *arena = &p->d->arena;
    struct scl_str rest, name;
    uint16_t file;
    enum scl_companion_answer answer = scl_companion_read(p->d, p->input, folder, &file);

    p->is_cut = p->is_cut || (answer == SCL_COMPANION_UNTOLD && p->input->file_count);
    if (answer != SCL_COMPANION_GIVEN)
        return;
    rest = p->d->files[file].text;
    while (scl_str_cut(&rest, '\n', &name)) {
        struct dropped *made;

        if (!scl_str_ends(name, SCL_S(".conf")) || scl_str_find_char(name, '/') != SIZE_MAX ||
            scl_map_find(&p->seen, name))
            continue;
        scl_map_put(&p->seen, name, 0);
        made = scl_vec_push(arena, &p->list);
        if (!made)
            return;
        made->name = name;
        made->path = scl_rows_print(arena, "%.*s%.*s", SCL_ARG(folder), SCL_ARG(name));
    }
}

/* The folders of a unit, those that speak of it alone before those that speak of many. */
static void
add_folders(struct dropping *p, struct scl_str name)
{
    struct scl_arena *arena = &p->d->arena;
    size_t dot = scl_str_find_last(name, '.'), at = scl_str_find_char(name, '@');
    struct scl_str ending = scl_str_sub(name, dot, name.len);
    struct scl_str stem = scl_str_sub(name, 0, at < dot ? at : dot);
    unsigned dashes = 0;

    add_folder(p, scl_rows_print(arena, "%.*s.d/", SCL_ARG(name)));
    if (at < dot && at + 1 < dot)
        add_folder(p, scl_rows_print(arena, "%.*s@%.*s.d/", SCL_ARG(stem), SCL_ARG(ending)));
    for (size_t i = stem.len; i > 0 && dashes < MOST_DASHES; i--) {
        struct scl_str front = scl_str_sub(stem, 0, i);

        if (stem.at[i - 1] != '-')
            continue;
        dashes++;
        if (at < dot)
            add_folder(p, scl_rows_print(arena, "%.*s@%.*s.d/", SCL_ARG(front), SCL_ARG(ending)));
        add_folder(p, scl_rows_print(arena, "%.*s%.*s.d/", SCL_ARG(front), SCL_ARG(ending)));
    }
    add_folder(p, scl_rows_print(arena, "%.*s.d/", SCL_ARG(scl_str_sub(ending, 1, ending.len))));
}

static int
name_order(const void *a, const void *b)
{
    return scl_str_compare(((const struct dropped *)a)->name, ((const struct dropped *)b)->name);
}

/* ---- reading ---- */

/* Adds the entries of a file to those of a unit. */
static bool
add_file(struct scl_document *d, uint16_t file, struct scl_unit *unit)
{
    uint16_t before = d->notes.file;
    struct scl_ini ini;
    bool good;

    d->notes.file = file;
    good = scl_ini_read(&d->arena, &d->files[file], &d->notes, &ini);
    d->notes.file = before;
    for (uint32_t i = 0; good && i < ini.entries.count; i++) {
        struct scl_ini_entry *made = scl_vec_push(&d->arena, &unit->ini.entries);

        if (made)
            *made = ini.entries.at[i];
    }
    return good && !d->arena.failed;
}

static bool
read_all(struct scl_document *d, const struct scl_input *input, uint16_t file,
         struct scl_unit *unit)
{
    struct dropping p = { .d = d, .input = input };
    bool good = add_file(d, file, unit);

    scl_map_init(&p.seen, &d->arena);
    if (good && scl_str_find_char(unit->name, '.') != SIZE_MAX)
        add_folders(&p, unit->name);
    if (p.list.count > 1)
        qsort(p.list.at, p.list.count, sizeof *p.list.at, name_order);
    unit->is_cut = unit->is_cut || p.is_cut;
    for (uint32_t i = 0; good && i < p.list.count; i++) {
        enum scl_companion_answer answer =
            scl_companion_read(d, input, p.list.at[i].path, &file);

        unit->is_cut = unit->is_cut || answer == SCL_COMPANION_UNTOLD;
        good = answer != SCL_COMPANION_GIVEN || add_file(d, file, unit);
    }
    return good;
}

bool
scl_unit_read(struct scl_document *d, const struct scl_input *input, struct scl_unit *ret)
{
    *ret = (struct scl_unit){ .name = scl_path_base(d->name) };
    return read_all(d, input, 0, ret);
}

enum scl_companion_answer
scl_unit_open(struct scl_document *d, const struct scl_input *input, struct scl_str name,
              struct scl_unit *ret)
{
    enum scl_companion_answer answer;
    uint16_t file;

    *ret = (struct scl_unit){ .name = name };
    answer = scl_companion_read(d, input, name, &file);
    if (answer == SCL_COMPANION_GIVEN && !read_all(d, input, file, ret))
        return SCL_COMPANION_UNTOLD;
    return answer;
}

/* ---- entries ---- */

static bool
is_of(const struct scl_ini_entry *entry, const char *section, const char *key)
{
    return scl_str_is(entry->section, section) && scl_str_is(scl_tree_key(&entry->value), key);
}

const struct scl_ini_entry *
scl_unit_last(const struct scl_unit *unit, const char *section, const char *key)
{
    for (uint32_t i = unit->ini.entries.count; i > 0; i--) {
        const struct scl_ini_entry *entry = &unit->ini.entries.at[i - 1];

        if (is_of(entry, section, key))
            return entry->value.count ? entry : NULL;
    }
    return NULL;
}

const struct scl_ini_entry *
scl_unit_next(const struct scl_unit *unit, const char *section, const char *key, uint32_t *at)
{
    uint32_t first = *at;

    for (uint32_t i = unit->ini.entries.count; !first && i > 0; i--)
        if (is_of(&unit->ini.entries.at[i - 1], section, key) &&
            !unit->ini.entries.at[i - 1].value.count)
            first = i;
    for (; first < unit->ini.entries.count; first++) {
        if (!is_of(&unit->ini.entries.at[first], section, key))
            continue;
        *at = first + 1;
        return &unit->ini.entries.at[first];
    }
    return NULL;
}

struct scl_str
scl_unit_stem(struct scl_str name)
{
    return scl_str_sub(name, 0, scl_str_find_last(name, '.'));
}

bool
scl_unit_is_dropped(struct scl_str name)
{
    size_t slash = scl_str_find_last(name, '/');
    struct scl_str folder = scl_path_base(scl_str_sub(name, 0, slash));

    return slash != SIZE_MAX && scl_str_ends(name, SCL_S(".conf")) &&
           (scl_str_is(folder, "container.d") || scl_str_ends(folder, SCL_S(".container.d")));
}

/* ---- specifiers and variables ---- */

/* What a specifier stands for; false where that hangs on the machine. */
static bool
specified(struct scl_str name, char letter, struct scl_str *ret)
{
    size_t at = scl_str_find_char(name, '@');

    *ret = name;
    if (letter == 'p')
        *ret = scl_str_sub(name, 0, at);
    else if (letter == 'i' || letter == 'I')
        *ret = at == SIZE_MAX ? SCL_S("") : scl_str_sub(name, at + 1, name.len);
    else if (letter == '%')
        *ret = SCL_S("%");
    else if (letter != 'N')
        return false;
    return letter == '%' || name.len > 0;
}

/* How long a reference at `$` is: `${NAME}`, or `$NAME` that is the whole word; 0: it is none. */
static size_t
reference_length(struct scl_str text, size_t at)
{
    size_t close;

    if (at + 1 < text.len && text.at[at + 1] == '{') {
        close = scl_str_find_char(scl_str_sub(text, at, text.len), '}');
        return close == SIZE_MAX ? 0 : close + 1;
    }
    if (at || text.len < 2 || (!scl_is_alpha(text.at[1]) && text.at[1] != '_'))
        return 0;
    for (size_t i = 1; i < text.len; i++)
        if (!scl_is_alnum(text.at[i]) && text.at[i] != '_')
            return 0;
    return text.len;
}

/* Specifiers of folders: their paths are not known, but that they are such is. */
static bool
is_folder(char letter)
{
    return scl_str_find_char(SCL_S("hStCLETVdDyY"), letter) != SIZE_MAX;
}

/* Whether what a text may grow by is left of that of the document; then it is taken. */
static bool
take_growth(struct scl_lowering *l, struct scl_str text, size_t each, size_t *ret_growth)
{
    uint64_t growth = 0;

    for (size_t i = 0; i < text.len; i++)
        growth += text.at[i] == '%' ? each : 0;
    if (growth > MOST_GROWTH - l->grown)
        return false;
    l->grown += growth;
    *ret_growth = (size_t)growth;
    return true;
}

void
scl_unit_fill(struct scl_lowering *l, struct scl_str name, struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node), value;
    size_t growth = 0, length = 0;
    bool may_grow;
    char *out;

    if (scl_str_find_char(text, '%') == SIZE_MAX && scl_str_find_char(text, '$') == SIZE_MAX)
        return;
    may_grow = take_growth(l, text, name.len, &growth);
    out = scl_arena_alloc(&l->d->arena, text.len + growth + 2);
    for (size_t i = 0; out && i < text.len; i++) {
        size_t reference = text.at[i] == '$' ? reference_length(text, i) : 0;

        if (text.at[i] == '%' && i + 1 < text.len && may_grow &&
            specified(name, text.at[i + 1], &value)) {
            for (size_t k = 0; k < value.len; k++)
                out[length++] = value.at[k];
            i++;
        } else if (reference || (text.at[i] == '%' && i + 1 < text.len)) {
            if (!reference && i == 0 && is_folder(text.at[i + 1]))
                out[length++] = '/';
            out[length++] = SCL_HOLE;
            node->is_cut = true;
            i += reference ? reference - 1 : 1;
        } else {
            out[length++] = text.at[i];
            i += scl_str_starts(scl_str_sub(text, i, text.len), SCL_S("$$")); /* stands for one */
        }
    }
    if (!out)
        return;
    node->body.text = out;
    node->count = (uint32_t)length;
}
