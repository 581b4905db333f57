/* SPDX-License-Identifier: Apache-2.0 */
/*
 * near.c: what is called by a name, looked up from where the name is used
 */
#include "engine/near.h"

#include "base/path.h"
#include "base/text.h"
#include "syntax/reference.h"

void
scl_near_init(struct scl_near *near, struct scl_arena *arena)
{
    *near = (struct scl_near){ .arena = arena };
    scl_map_init(&near->names, arena);
}

struct scl_str
scl_near_folder(struct scl_arena *arena, struct scl_str name)
{
    return scl_path_dir(arena, name);
}

static bool
is_digest(struct scl_str name)
{
    return scl_str_starts(name, SCL_S("sha256:")) || scl_str_starts(name, SCL_S("sha512:"));
}

static bool
is_top(struct scl_str folder)
{
    return scl_str_is(folder, ".") || scl_str_is(folder, "/");
}

/* The folder above, as a slice. */
static struct scl_str
above(struct scl_str folder)
{
    size_t slash = scl_str_find_last(folder, '/');

    if (slash == SIZE_MAX)
        return SCL_S(".");
    return slash == 0 ? SCL_S("/") : scl_str_sub(folder, 0, slash);
}

static struct scl_str
key_of(struct scl_str name, struct scl_str folder, struct scl_text *text)
{
    scl_text_clear(text);
    scl_text_add(text, folder);
    scl_text_char(text, '\0');
    scl_text_add(text, name);
    return scl_text_str(text);
}

static void
enter_in(struct scl_near *near, struct scl_str name, struct scl_str folder, uint32_t entry,
         uint32_t distance, struct scl_text *text)
{
    struct scl_str key = key_of(name, folder, text);
    struct scl_map_entry *known = scl_map_find(&near->names, key);
    uint32_t before = known ? (uint32_t)known->value : 0;
    struct scl_near_found *made;
    char *copy;

    if (before && near->found.at[before - 1].distance < distance)
        return;
    made = scl_vec_push(near->arena, &near->found);
    if (!made)
        return;
    *made = (struct scl_near_found){ distance, entry, before };
    if (before && near->found.at[before - 1].distance > distance)
        made->next = 0;
    if (known) {
        known->value = near->found.count;
        return;
    }
    copy = scl_arena_copy(near->arena, key.at, key.len);
    if (copy)
        scl_map_put(&near->names, scl_str_n(copy, key.len), near->found.count);
}

void
scl_near_enter(struct scl_near *near, struct scl_str name, struct scl_str folder,
               struct scl_near_entry entry)
{
    struct scl_near_entry *made = name.len ? scl_vec_push(near->arena, &near->entries) : NULL;
    uint32_t index = near->entries.count - 1;
    struct scl_text text;

    if (!made)
        return;
    *made = entry;
    scl_text_init(&text);
    if (is_digest(name))
        enter_in(near, name, SCL_S(""), index, 0, &text);
    for (uint32_t distance = 0; !is_digest(name) && distance < SCL_NEAR_DEPTH; distance++) {
        enter_in(near, name, folder, index, distance, &text);
        if (is_top(folder))
            break;
        folder = above(folder);
    }
    near->arena->failed = near->arena->failed || text.failed;
    scl_text_finish(&text);
}

static bool
is_same(const struct scl_near_entry *a, const struct scl_near_entry *b)
{
    return a->document == b->document && a->subject == b->subject && a->part == b->part;
}

/* The first of what is nearest under a name from a folder on, plus 1; 0: there is none. Of what
 * lies below the folder and of what lies right in one above, as far away, both count: then
 * `ret_other` is the second. */
static uint32_t
nearest(const struct scl_near *near, struct scl_str name, struct scl_str folder,
        struct scl_text *text, uint32_t *ret_other)
{
    const struct scl_map_entry *known = scl_map_find(
        &near->names, key_of(name, is_digest(name) ? SCL_S("") : folder, text));
    uint32_t below = known ? (uint32_t)known->value : 0;
    uint32_t most = below ? near->found.at[below - 1].distance : SCL_NEAR_DEPTH;

    *ret_other = 0;
    for (uint32_t up = 1; !is_digest(name) && up <= most && !is_top(folder); up++) {
        folder = above(folder);
        known = scl_map_find(&near->names, key_of(name, folder, text));
        if (!known || near->found.at[known->value - 1].distance)
            continue;
        if (up < most || !below)
            return (uint32_t)known->value;
        *ret_other = (uint32_t)known->value;
        break;
    }
    return below;
}

uint32_t
scl_near_find(const struct scl_near *near, struct scl_str name, struct scl_str folder,
              struct scl_near_entry *ret, uint32_t room)
{
    struct scl_text text;
    uint32_t count = 0, starts[2];

    if (!name.len)
        return 0;
    scl_text_init(&text);
    starts[0] = nearest(near, name, folder, &text, &starts[1]);
    for (size_t i = 0; i < 2; i++)
        for (uint32_t at = starts[i], next; at && count < room; at = next) {
            const struct scl_near_entry *entry = &near->entries.at[near->found.at[at - 1].entry];

            next = near->found.at[at - 1].next;
            if (next && is_same(entry, &near->entries.at[near->found.at[next - 1].entry]))
                continue;
            ret[count++] = *entry;
        }
    near->arena->failed = near->arena->failed || text.failed;
    scl_text_finish(&text);
    return count;
}

struct scl_str
scl_near_reference(struct scl_arena *arena, struct scl_str text)
{
    struct scl_reference reference;
    struct scl_text full;
    char *kept;
    size_t length;

    if (!scl_reference_parse(arena, text, &reference) || !reference.is_valid)
        return (struct scl_str){ NULL, 0 };
    scl_text_init(&full);
    if (reference.digest.len)
        scl_text_add(&full, reference.digest);
    else if (reference.id.len)
        scl_text_f(&full, "%s%.*s",
                   scl_str_find_char(reference.id, ':') == SIZE_MAX ? "sha256:" : "",
                   SCL_ARG(reference.id));
    else
        scl_text_f(&full, "%.*s:%.*s", SCL_ARG(reference.name),
                   SCL_ARG(reference.tag.len ? reference.tag : SCL_S("latest")));
    length = full.len;
    kept = full.failed ? NULL : scl_arena_copy(arena, full.at, full.len);
    arena->failed = arena->failed || !kept;
    scl_text_finish(&full);
    return kept ? scl_str_n(kept, length) : (struct scl_str){ NULL, 0 };
}
