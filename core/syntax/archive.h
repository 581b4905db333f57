/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.h: what lies in a tar archive that may be compressed
 *
 * One walk from front to back, out of bytes in memory and into memory: nothing is unpacked to disk.
 * Kept is what looks like JSON, which the layers of an image never do; of the rest a member's name
 * is known, and that it holds something else. What a walk costs is bounded by its limits, whatever
 * the archive says of itself.
 *
 * Invariants: members come in the order of the archive, each name once; of several with one name
 * the last counts. The same bytes give the same members, wherever they are read.
 */
#ifndef SCL_SYNTAX_ARCHIVE_H
#define SCL_SYNTAX_ARCHIVE_H

#include "base/map.h"

enum scl_archive_kind { SCL_ARCHIVE_NONE, SCL_ARCHIVE_TAR, SCL_ARCHIVE_GZIP, SCL_ARCHIVE_ZSTD };

struct scl_archive_limits {
    uint64_t entries;     /* members, folders and links included */
    uint64_t entry_bytes; /* of one that is kept */
    uint64_t bytes;       /* of all that are kept, their names included */
    uint64_t unpacked;    /* of everything, kept or not */
};

enum scl_archive_content {
    SCL_ARCHIVE_KEPT,
    SCL_ARCHIVE_OTHER,     /* no JSON */
    SCL_ARCHIVE_CUT,       /* JSON whose end is missing */
    SCL_ARCHIVE_LINK,      /* hard or symbolic: it has no content of its own */
    SCL_ARCHIVE_TOO_LARGE, /* over the limit of one */
    SCL_ARCHIVE_NO_ROOM    /* the limit of all was reached before it */
};

struct scl_archive_member {
    struct scl_str name; /* without `.`, `..` and a `/` in front */
    struct scl_str text; /* of one that is kept */
    uint64_t size;       /* as the archive says */
    enum scl_archive_content content;
    bool is_repeated;
};

enum scl_archive_end {
    SCL_ARCHIVE_WHOLE,
    SCL_ARCHIVE_DAMAGED,     /* cut off, or no tar from there on; an empty one is none */
    SCL_ARCHIVE_ENTRIES,     /* more than the limit of members */
    SCL_ARCHIVE_UNPACKED,    /* more than the limit of bytes to unpack */
    SCL_ARCHIVE_UNSUPPORTED  /* libarchive is missing, or was built without this compression */
};

struct scl_archive {
    struct scl_arena arena; /* of names and texts */
    SCL_VEC(struct scl_archive_member) members;
    struct scl_map names; /* -> index of a member */
    uint64_t count;       /* of entries that were walked over */
    bool is_open;         /* not every name had room: one that is not found may be there */
    enum scl_archive_end end; /* why the walk ended */
};

/* Whether this build reads archives. */
bool scl_archive_is_supported(void);
/* Its version, "3.6.2", or "" without it. */
const char *scl_archive_library_version(void);
/* By the first bytes: a tar archive, or what may be a compressed one. */
enum scl_archive_kind scl_archive_probe(struct scl_str bytes);
/* Walks over an archive; what was met before the walk ended can be looked up. False without memory
 * of ours; libarchive has its own, and where that runs out the archive counts as damaged unless
 * libarchive says so. It is finished either way. */
bool scl_archive_read(struct scl_archive *archive, struct scl_str bytes,
                      const struct scl_archive_limits *limits);
void scl_archive_finish(struct scl_archive *archive);
/* The member of a name, or NULL. */
const struct scl_archive_member *scl_archive_find(const struct scl_archive *archive,
                                                  struct scl_str name);

#endif
