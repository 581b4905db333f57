/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.h: images whose parts are files of their own
 *
 * What `docker save` writes and what the image specification calls a layout lead by names or
 * digests from one JSON file to the next. The parts are companions of the document: members of an
 * archive, or files beneath the folder of the one that was given. First the images are found, each
 * with its names (docker_archive.c, layout_index.c), then each becomes a subject (layout_images.c);
 * what attests to them becomes evidence.
 */
#ifndef SCL_FORMATS_LAYOUT_H
#define SCL_FORMATS_LAYOUT_H

#include "formats/input.h"
#include "formats/json_rows.h"

enum { SCL_LAYOUT_NOTES = 100 }; /* further ones are not made */

/* A JSON file that was asked for. */
struct scl_layout_part {
    const struct scl_tree *root; /* NULL: it cannot be had */
    uint16_t file;
    bool is_absent; /* it is known not to be there */
};

struct scl_layout_name {
    struct scl_str text;
    const struct scl_tree *at;
};

/* Where an image is named, and what leads to its configuration. */
struct scl_layout_image {
    const struct scl_tree *at;          /* a map: descriptor, manifest, or entry of manifest.json */
    const struct scl_tree *config_at;   /* what names the file of the configuration, or NULL */
    const struct scl_tree *described;   /* the descriptor of the configuration, or NULL */
    const struct scl_tree *digest_at;   /* digest of the manifest, or NULL */
    const struct scl_tree *platform;    /* as an index says, or NULL */
    const struct scl_tree *annotations; /* of the manifest, or NULL */
    struct scl_str path;                /* of the configuration, or of what was to lead to it */
    SCL_VEC(struct scl_layout_name) names;
};

struct scl_layout {
    struct scl_document *d;
    const struct scl_input *input;
    bool is_strict;      /* a part that is missing is an error, else a warning */
    uint64_t nodes_left; /* of JSON, in all parts */
    uint64_t visits;     /* of descriptors */
    uint32_t noted;
    struct scl_map parts; /* path -> index */
    SCL_VEC(struct scl_layout_part) list;
    SCL_VEC(struct scl_layout_image) images;
    struct scl_map by_path; /* of configurations -> index of an image */
    struct scl_map names;     /* of all images, each behind the number of its own */
    struct scl_map attested;  /* digests of statements that were met */
    SCL_VEC(const struct scl_tree *) statements; /* descriptors of what attests to images */
};

/* `root` is what the document is read from; NULL: it is yet to be read. */
void scl_layout_init(struct scl_layout *k, struct scl_document *d, const struct scl_input *input,
                     const struct scl_tree *root);
/* An error or warning at a node; NULL without memory, or where there are too many. */
struct scl_note *scl_layout_note(struct scl_layout *k, enum scl_note_kind kind,
                                 const struct scl_tree *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Reads the part at a clean path, once. What is wrong is noted at the node that names it. */
struct scl_layout_part scl_layout_part(struct scl_layout *k, struct scl_str path,
                                       const struct scl_tree *at);
/* The same of a part that need not be there. */
struct scl_layout_part scl_layout_optional(struct scl_layout *k, struct scl_str path);
/* Says why a member of an archive cannot be read, at the node that names it; NULL: none does. */
void scl_layout_explain(struct scl_layout *k, const struct scl_archive_member *member,
                        const struct scl_tree *at);
/* The path of the blob with a digest; of length 0 where it is no digest. */
struct scl_str scl_layout_blob(struct scl_layout *k, struct scl_str digest);
/* Reads the blob that a descriptor means and checks its digest. */
struct scl_layout_part scl_layout_described(struct scl_layout *k,
                                            const struct scl_tree *descriptor);
/* The SHA-256 of a part, as sha256:HEX. */
struct scl_str scl_layout_digest(struct scl_layout *k, struct scl_layout_part part);

/* Adds the image with a configuration, or finds the one that is there; NULL without memory. It may
 * move when another is added. */
struct scl_layout_image *scl_layout_add_image(struct scl_layout *k, struct scl_str path,
                                              const struct scl_tree *at);
/* Adds a name unless the image has it. */
void scl_layout_add_name(struct scl_layout *k, struct scl_layout_image *image, struct scl_str name,
                         const struct scl_tree *at);
/* Adds what an index, a manifest or a descriptor leads to. */
void scl_layout_visit(struct scl_layout *k, const struct scl_tree *root);
/* Makes the subjects of all that was found below `root`; `tables` are what the format can say. */
void scl_layout_finish(struct scl_layout *k, const struct scl_tree *root,
                       const struct scl_json_row *const *tables);

#endif
