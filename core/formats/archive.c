/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.c: images in tar archives
 *
 * An archive is a folder of companions: its members answer what a format asks for, and a place in
 * one of them is told as `ARCHIVE!MEMBER`. Which format it is, its members tell: manifest.json is
 * Docker's, index.json the layout's, and where both are there Docker's names count.
 */
#include "formats/archive.h"

#include "formats/format.h"
#include "formats/layout.h"
#include "formats/refusal.h"

enum { STANDARD_ENTRIES = 1000000, STANDARD_ENTRY_BYTES = 64 << 20, MOST_RATIO = 100 };

/* The formats that lie in archives, and the member that each begins with. */
static const struct {
    const struct scl_format *format;
    struct scl_str member;
} starts[] = {
    { &scl_format_docker_archive, SCL_STR("manifest.json") },
    { &scl_format_oci_layout, SCL_STR("index.json") },
};

bool
scl_is_archive(const struct scl_input *input)
{
    bool fits = !input->format.len;

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        fits = fits || scl_str_is(input->format, starts[i].format->name);
    return fits && scl_archive_probe(input->text) != SCL_ARCHIVE_NONE;
}

/* What unpacks to more than a hundred times its size is no image that anybody made. */
static struct scl_archive_limits
limits_of(const struct scl_input *input)
{
    struct scl_archive_limits limits = {
        .entries = input->limits.entries ? input->limits.entries : STANDARD_ENTRIES,
        .entry_bytes = input->limits.entry_bytes ? input->limits.entry_bytes
                                                 : STANDARD_ENTRY_BYTES,
        .bytes = scl_input_bytes_limit(input),
    };

    limits.unpacked = limits.bytes + (uint64_t)input->text.len * MOST_RATIO;
    return limits;
}

/* Notes why the walk ended early. False where that was before the first member. */
static bool
tell_end(struct scl_document *d, const struct scl_archive *archive,
         const struct scl_archive_limits *limits, const char *what)
{
    struct scl_note *note;

    switch (archive->end) {
    case SCL_ARCHIVE_WHOLE:
        break;
    case SCL_ARCHIVE_DAMAGED:
        if (!archive->count) {
            scl_refuse(d, "binary file (%s), no document", what);
            return false;
        }
        note = scl_refuse(d, "the archive is damaged, or cut off");
        scl_note_also(&d->notes, note, "%llu members came before",
                      (unsigned long long)archive->count);
        break;
    case SCL_ARCHIVE_ENTRIES:
        note = scl_refuse(d, "more members than the limit of %llu",
                          (unsigned long long)limits->entries);
        scl_note_help(&d->notes, note, "--limit entries=N raises it");
        break;
    case SCL_ARCHIVE_UNPACKED:
        note = scl_refuse(d, "unpacks to more than the limit of %llu bytes",
                          (unsigned long long)limits->unpacked);
        scl_note_also(&d->notes, note, "the limit is %d times its size, and that of bytes",
                      MOST_RATIO);
        scl_note_help(&d->notes, note, "--limit bytes=N raises it");
        break;
    case SCL_ARCHIVE_UNSUPPORTED:
        note = scl_refuse(d, "%ss are not read by this build (libarchive)", what);
        scl_note_help(&d->notes, note,
                      "give the folder that it was unpacked into, or the JSON in it");
        return false;
    }
    return true;
}

/* Says that an archive holds no image, and what it is instead where that can be told. */
static void
refuse(struct scl_document *d, const struct scl_archive *archive)
{
    struct scl_note *note;

    if (archive->end != SCL_ARCHIVE_WHOLE)
        return;
    if (archive->is_open) {
        note = scl_refuse(d, "no manifest.json and no index.json in the part of the archive that "
                             "was read");
        scl_note_help(&d->notes, note, "--limit bytes=N raises it");
        return;
    }
    note = scl_refuse(d, "archive without an image: it has no manifest.json and no index.json");
    if (scl_archive_find(archive, SCL_S("repositories")))
        scl_note_also(&d->notes, note,
                      "it was saved by Docker before 1.10; load it and save it again");
}

/* The first format whose member is there, or that of the hint. */
static const struct scl_format *
format_of(const struct scl_input *input, const struct scl_archive *archive,
          struct scl_str *ret_member)
{
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const struct scl_format *format = starts[i].format;

        *ret_member = starts[i].member;
        if ((!input->format.len || scl_str_is(input->format, format->name)) &&
            scl_archive_find(archive, starts[i].member))
            return format;
    }
    return NULL;
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_format *format,
      struct scl_str member)
{
    const struct scl_tree *root;
    struct scl_layout k;

    d->format = format->name;
    d->resolution = format->resolution;
    d->family = format->family;
    scl_layout_init(&k, d, input, NULL);
    root = scl_layout_optional(&k, member).root;
    if (root)
        format->lower(d, input, root);
    else
        scl_layout_explain(&k, scl_archive_find(input->archive, member), NULL);
}

void
scl_archive_lower(struct scl_document *d, const struct scl_input *input, const char *what)
{
    struct scl_archive_limits limits = limits_of(input);
    struct scl_input inside = *input;
    const struct scl_format *format;
    struct scl_archive archive;
    struct scl_str member;

    if (!scl_archive_read(&archive, input->text, &limits)) {
        d->arena.failed = true;
    } else if (tell_end(d, &archive, &limits, what)) {
        inside.archive = &archive;
        inside.files = NULL;
        inside.file_count = 0;
        format = format_of(input, &archive, &member);
        if (format)
            lower(d, &inside, format, member);
        else
            refuse(d, &archive);
    }
    d->companions = NULL; /* it borrows names of members */
    scl_archive_finish(&archive);
}
