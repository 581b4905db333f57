/* SPDX-License-Identifier: Apache-2.0 */
/*
 * format.h: one way of writing down how a container runs
 *
 * A format is one row of formats.c and one file of its own: how it is recognized, and how its
 * positioned tree becomes subjects.
 */
#ifndef SCL_FORMATS_FORMAT_H
#define SCL_FORMATS_FORMAT_H

#include "document/build.h"
#include "formats/input.h"
#include "syntax/tree.h"

/* How sure a look at a name or a text is. */
enum scl_fit { SCL_FIT_NO, SCL_FIT_MAYBE, SCL_FIT_YES };

struct scl_json_row;

struct scl_format {
    const char *name;       /* "oci-runtime" */
    const char *title;      /* what it is, for `inspect --formats` */
    const char *resolution; /* "request" or "resolved" */
    const char *family;     /* of the runtime whose defaults hold, or "" */
    const char *sample;     /* the least text that makes its subjects, to tell what it can say */
    /* Where it writes what it can say: the rows of a format in JSON, its subject's first, ended by
     * NULL; of others a text that says all of it, a statement a line. NULL: it cannot be told. */
    const struct scl_json_row *const *rows;
    const char *tour;
    bool is_copy; /* it tells what another text says, in words of its own */
    /* YES: files of this name are of this format; MAYBE: they may be, the content decides. */
    enum scl_fit (*fits_name)(struct scl_str base_name);
    /* It is written in YAML: then `lower` is given the list of all documents, also where the text
     * is one in JSON. */
    bool takes_yaml;
    /* For formats in JSON and YAML: by the keys of the parsed text, or of one document of several.
     * `ret_reason` says why, as "ociVersion". */
    enum scl_fit (*fits_tree)(const struct scl_tree *root, const char **ret_reason);
    /* For other texts. */
    enum scl_fit (*fits_text)(struct scl_str text, const char **ret_reason);
    /* Makes the subjects. `root` is the tree of a format in JSON or YAML, else NULL. */
    void (*lower)(struct scl_document *document, const struct scl_input *input,
                  const struct scl_tree *root);
};

/* The table of formats, ended by NULL. */
extern const struct scl_format *const scl_formats[];
const struct scl_format *scl_format_find(struct scl_str name);
/* What a file's name tells: a format's name, "" where the content decides, NULL: it is no input. */
const char *scl_format_for_name(struct scl_str name);

extern const struct scl_format scl_format_dockerfile;
extern const struct scl_format scl_format_oci_image;
extern const struct scl_format scl_format_oci_runtime;
extern const struct scl_format scl_format_docker_inspect;
extern const struct scl_format scl_format_docker_image_inspect;
extern const struct scl_format scl_format_docker_archive;
extern const struct scl_format scl_format_oci_layout;
extern const struct scl_format scl_format_kubernetes;
extern const struct scl_format scl_format_ecs;
extern const struct scl_format scl_format_nomad;
extern const struct scl_format scl_format_quadlet;
extern const struct scl_format scl_format_daemon_json;
extern const struct scl_format scl_format_docker_info;
extern const struct scl_format scl_format_trivy;
extern const struct scl_format scl_format_grype;
extern const struct scl_format scl_format_cyclonedx;
extern const struct scl_format scl_format_spdx;
extern const struct scl_format scl_format_cosign_verify;
extern const struct scl_format scl_format_sigstore;
extern const struct scl_format scl_format_attestation;
extern const struct scl_format scl_format_docker_create_body;
extern const struct scl_format scl_format_docker_run;
extern const struct scl_format scl_format_compose;
extern const struct scl_format scl_format_model;

#endif
