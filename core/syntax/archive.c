/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.c: what lies in a tar archive that may be compressed
 *
 * The one file that knows libarchive. Its formats and filters are not guessed: it is told to read
 * tar behind at most one filter, so that nothing else of it is ever given hostile bytes, and no
 * outer program is started for a filter that it was built without.
 *
 * All data is drained block by block and never skipped: what was unpacked is looked at after each
 * block, and a walk that goes over the limit ends there. Names that are not ASCII would be read
 * according to the locale; it is C during the walk, so that they come out alike everywhere.
 */
#include "syntax/archive.h"

#include "base/path.h"
#include "syntax/json.h"

#include <errno.h>
#include <locale.h>

#if SCL_ARCHIVES
#include <archive.h>
#include <archive_entry.h>
#endif

enum {
    MAGIC_AT = 257,       /* of tar, in its first header */
    OWN_BYTES = 160,      /* that a member takes besides its name and text, about */
    FIRST_BYTES = 64,     /* looked at to tell what a member holds */
    MOST_MEMBERS = 1 << 28 /* that the table has numbers for */
};

enum scl_archive_kind
scl_archive_probe(struct scl_str bytes)
{
    if (scl_str_starts(bytes, SCL_S("\x1f\x8b")))
        return SCL_ARCHIVE_GZIP;
    if (scl_str_starts(bytes, SCL_S("\x28\xb5\x2f\xfd")))
        return SCL_ARCHIVE_ZSTD;
    if (scl_str_starts(scl_str_sub(bytes, MAGIC_AT, bytes.len), SCL_S("ustar")))
        return SCL_ARCHIVE_TAR;
    return SCL_ARCHIVE_NONE;
}

void
scl_archive_finish(struct scl_archive *archive)
{
    scl_arena_finish(&archive->arena);
    *archive = (struct scl_archive){ .end = SCL_ARCHIVE_DAMAGED };
}

const struct scl_archive_member *
scl_archive_find(const struct scl_archive *archive, struct scl_str name)
{
    const struct scl_map_entry *entry = scl_map_find(&archive->names, name);

    return entry ? &archive->members.at[entry->value] : NULL;
}

#if SCL_ARCHIVES

struct walk {
    struct scl_archive *archive;
    const struct scl_archive_limits *limits;
    struct archive *reader;
    struct scl_arena scratch; /* a name as it is cleaned; emptied when it has grown */
    uint64_t kept;            /* bytes, counted against the limit */
};

bool
scl_archive_is_supported(void)
{
    return true;
}

const char *
scl_archive_library_version(void)
{
    const char *text = archive_version_string();
    size_t start = strcspn(text, "0123456789");

    return text + start;
}

/* A reader of tar behind the filter, or NULL where libarchive lacks it or memory. */
static struct archive *
open_reader(struct scl_str bytes, enum scl_archive_kind kind)
{
    static const int filters[] = {
        [SCL_ARCHIVE_TAR] = ARCHIVE_FILTER_NONE,
        [SCL_ARCHIVE_GZIP] = ARCHIVE_FILTER_GZIP,
        [SCL_ARCHIVE_ZSTD] = ARCHIVE_FILTER_ZSTD,
    };
    struct archive *reader = archive_read_new();

    /* A warning would mean an outer program in the place of a library. */
    if (reader && archive_read_append_filter(reader, filters[kind]) == ARCHIVE_OK &&
        archive_read_set_format(reader, ARCHIVE_FORMAT_TAR) == ARCHIVE_OK &&
        archive_read_open_memory(reader, bytes.at, bytes.len) == ARCHIVE_OK)
        return reader;
    archive_read_free(reader);
    return NULL;
}

static bool
is_over(const struct walk *w)
{
    la_int64_t unpacked = archive_filter_bytes(w->reader, 0);

    return unpacked > 0 && (uint64_t)unpacked > w->limits->unpacked;
}

/* The name of an entry without `.` and `..`; of length 0 where it has none. */
static struct scl_str
name_of(struct walk *w, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    struct scl_str path = scl_str_n(name, name ? strlen(name) : 0), clean;

    if (w->scratch.used > 1 << 16) {
        scl_arena_finish(&w->scratch);
        scl_arena_init(&w->scratch);
    }
    clean = scl_path_clean(&w->scratch, path);
    w->archive->arena.failed = w->archive->arena.failed || w->scratch.failed;
    while (clean.len && clean.at[0] == '/')
        clean = scl_str_sub(clean, 1, clean.len);
    return path.len ? clean : (struct scl_str){ "", 0 };
}

/* The member that a name is kept in; NULL where there is no room for it, or no memory. */
static struct scl_archive_member *
make_member(struct walk *w, struct scl_str name)
{
    struct scl_archive *archive = w->archive;
    const struct scl_map_entry *entry = scl_map_find(&archive->names, name);
    struct scl_archive_member *made;

    if (entry) {
        made = &archive->members.at[entry->value];
        *made = (struct scl_archive_member){ .name = made->name, .is_repeated = true };
        return made;
    }
    if (w->kept + name.len + OWN_BYTES > w->limits->bytes ||
        archive->members.count >= MOST_MEMBERS) {
        archive->is_open = true;
        return NULL;
    }
    w->kept += name.len + OWN_BYTES;
    made = scl_vec_push(&archive->arena, &archive->members);
    name = scl_str_n(scl_arena_text(&archive->arena, name.at, name.len), name.len);
    if (!made || !name.at || !scl_map_put(&archive->names, name, archive->members.count - 1))
        return NULL;
    made->name = name;
    return made;
}

/* Makes room for all of a member whose first bytes look like JSON; NULL where there is none. */
static char *
room_for(struct walk *w, struct scl_archive_member *member)
{
    struct scl_archive *archive = w->archive;
    char *room;

    if (member->size > w->limits->entry_bytes)
        member->content = SCL_ARCHIVE_TOO_LARGE;
    else if (member->size > w->limits->bytes - w->kept)
        member->content = SCL_ARCHIVE_NO_ROOM;
    if (member->content != SCL_ARCHIVE_OTHER)
        return NULL;
    room = scl_arena_alloc(&archive->arena, (size_t)member->size + 1);
    if (room) {
        w->kept += member->size;
        member->content = SCL_ARCHIVE_KEPT;
        member->text = scl_str_n(room, (size_t)member->size);
    }
    return room;
}

static enum scl_archive_end
end_of(struct walk *w)
{
    if (archive_errno(w->reader) == ENOMEM)
        w->archive->arena.failed = true;
    return SCL_ARCHIVE_DAMAGED;
}

/* Reads all data of an entry, into its member where that is kept (NULL: it is not). WHOLE where the
 * walk may go on. What a sparse file leaves out is not stored: it is no JSON. */
static enum scl_archive_end
drain(struct walk *w, struct scl_archive_member *member)
{
    char *room = NULL;
    const void *block;
    la_int64_t offset;
    size_t length;
    int status;

    while ((status = archive_read_data_block(w->reader, &block, &length, &offset)) == ARCHIVE_OK) {
        struct scl_str first = scl_str_sub(scl_str_n(block, length), 0, FIRST_BYTES);

        if (is_over(w))
            return SCL_ARCHIVE_UNPACKED;
        if (member && offset == 0 && !room && scl_json_begins(first))
            room = room_for(w, member);
        if (room && (uint64_t)offset <= member->size && length <= member->size - (uint64_t)offset)
            memcpy(room + offset, block, length);
    }
    if (status == ARCHIVE_EOF)
        return SCL_ARCHIVE_WHOLE;
    if (room) {
        member->content = SCL_ARCHIVE_CUT;
        member->text = (struct scl_str){ "", 0 };
    }
    return end_of(w);
}

static enum scl_archive_end
visit(struct walk *w, struct archive_entry *entry)
{
    struct scl_str name = name_of(w, entry);
    bool is_link = archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK;
    bool is_file = archive_entry_filetype(entry) == AE_IFREG || is_link;
    struct scl_archive_member *member = is_file && name.len ? make_member(w, name) : NULL;
    la_int64_t size = archive_entry_size(entry);

    if (member) {
        member->content = is_link ? SCL_ARCHIVE_LINK : SCL_ARCHIVE_OTHER;
        member->size = size > 0 ? (uint64_t)size : 0;
    }
    return drain(w, is_link ? NULL : member);
}

static enum scl_archive_end
walk(struct walk *w)
{
    struct archive_entry *entry;
    enum scl_archive_end end;
    int status;

    for (;;) {
        status = archive_read_next_header(w->reader, &entry);
        if (is_over(w))
            return SCL_ARCHIVE_UNPACKED;
        if (status == ARCHIVE_EOF)
            return w->archive->count ? SCL_ARCHIVE_WHOLE : SCL_ARCHIVE_DAMAGED;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return end_of(w);
        if (w->archive->count >= w->limits->entries)
            return SCL_ARCHIVE_ENTRIES;
        w->archive->count++;
        end = visit(w, entry);
        if (end != SCL_ARCHIVE_WHOLE || w->archive->arena.failed)
            return end;
    }
}

/* Walks in the locale C; false without memory. */
static bool
walk_in_c(struct walk *w)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;

    if (!plain)
        return false;
    before = uselocale(plain);
    w->archive->end = walk(w);
    uselocale(before);
    freelocale(plain);
    return true;
}

bool
scl_archive_read(struct scl_archive *archive, struct scl_str bytes,
                 const struct scl_archive_limits *limits)
{
    struct walk w = { .archive = archive, .limits = limits };
    enum scl_archive_kind kind = scl_archive_probe(bytes);
    bool good = true;

    *archive = (struct scl_archive){ .end = SCL_ARCHIVE_DAMAGED };
    scl_arena_init(&archive->arena);
    scl_map_init(&archive->names, &archive->arena);
    if (kind == SCL_ARCHIVE_NONE)
        return true;
    w.reader = open_reader(bytes, kind);
    if (!w.reader) {
        archive->end = SCL_ARCHIVE_UNSUPPORTED;
        return true;
    }
    scl_arena_init(&w.scratch);
    good = walk_in_c(&w);
    scl_arena_finish(&w.scratch);
    archive_read_free(w.reader);
    return good && !archive->arena.failed;
}

#else

bool
scl_archive_is_supported(void)
{
    return false;
}

const char *
scl_archive_library_version(void)
{
    return "";
}

bool
scl_archive_read(struct scl_archive *archive, struct scl_str bytes,
                 const struct scl_archive_limits *limits)
{
    (void)bytes;
    (void)limits;
    *archive = (struct scl_archive){ .end = SCL_ARCHIVE_UNSUPPORTED };
    scl_arena_init(&archive->arena);
    scl_map_init(&archive->names, &archive->arena);
    return true;
}

#endif
