/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reference.h: image references, `[registry/]repository[:tag][@algorithm:hex]`
 *
 * The first component is a registry where it holds a `.` or a `:` or is `localhost`. Without one
 * the registry is docker.io, and a repository of one component there is below `library/`. What is
 * 64 hexadecimal digits, with or without `sha256:` before them, is the id of a local image.
 */
#ifndef SCL_SYNTAX_REFERENCE_H
#define SCL_SYNTAX_REFERENCE_H

#include "base/arena.h"
#include "base/str.h"

/* Of the completed name and of the tag, in bytes. */
enum { SCL_REFERENCE_LONGEST_NAME = 255, SCL_REFERENCE_LONGEST_TAG = 128 };

#define SCL_REFERENCE_DEFAULT_REGISTRY "docker.io"

/* Whether the first component of a name is a registry. */
bool scl_reference_is_registry(struct scl_str component);

/* Parts are slices of the text, of the completed name, or of length 0. Of a text that is no valid
 * reference they are what can be told apart. */
struct scl_reference {
    struct scl_str text;        /* as given */
    struct scl_str name;        /* registry/repository, completed */
    struct scl_str registry;    /* `docker.io` where none is written */
    struct scl_str repository;  /* `library/debian` for `debian` */
    struct scl_str tag;         /* as written, also `latest`; none is not made up */
    struct scl_str digest;      /* with its algorithm: `sha256:...` */
    struct scl_str digest_algo; /* `sha256` */
    struct scl_str id;          /* of a local image, as written; then there is no name */
    const char *pin;            /* digest, tag, latest, untagged, id; none where it is not valid */
    const char *reason;         /* why it is not valid, a clause; else NULL */
    bool is_valid;
    bool registry_is_default; /* none is written; Podman would search for it */
};

/* False only without memory: whether it is valid is in `ret`. */
bool scl_reference_parse(struct scl_arena *arena, struct scl_str text, struct scl_reference *ret);

/* Whether a glob over `name[:tag]` fits. A pattern without a tag fits any; one with a tag fits only
 * references with a tag, or without tag and digest, which mean `latest`. Short names are completed:
 * `node` is docker.io/library/node, `acme/web` docker.io/acme/web. A reference that is not valid,
 * or an id, fits no pattern. `*steps` counts down as in glob.h; at 0 it gave up and says no. */
bool scl_reference_match(struct scl_str pattern, const struct scl_reference *reference,
                         uint64_t *steps);

#endif
