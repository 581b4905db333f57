/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quadlet_unit.h: units of Quadlet as they count, with what is dropped into them
 *
 * Files in folders beside a unit add to it: of `foo-bar@1.container` all `*.conf` in
 * `foo-bar@1.container.d`, `foo-bar@.container.d`, `foo-@.container.d`, `foo-.container.d` and
 * `container.d` (podman-systemd.unit(5), systemd.unit(5)). Of files with one name that in the
 * first of these folders counts; all that are left apply after the unit, in the order of their
 * names. So the entries of a unit and of its drop-ins are one list, and each knows its file.
 */
#ifndef SCL_FORMATS_QUADLET_UNIT_H
#define SCL_FORMATS_QUADLET_UNIT_H

#include "formats/companions.h"
#include "formats/json_rows.h"
#include "syntax/ini.h"

struct scl_unit {
    struct scl_str name; /* of its file: `web@1.container` */
    struct scl_ini ini;
    bool is_cut; /* something may be dropped into it that was not given */
};

/* Reads the unit that the document is. False without memory. */
bool scl_unit_read(struct scl_document *d, const struct scl_input *input, struct scl_unit *ret);
/* Reads another unit beside it, a companion; without an answer, and where there is none, it has no
 * entries. */
enum scl_companion_answer scl_unit_open(struct scl_document *d, const struct scl_input *input,
                                        struct scl_str name, struct scl_unit *ret);

/* Which entry of a unit counts of a key that may be given once: the last; NULL where that says
 * nothing, or there is none. */
const struct scl_ini_entry *scl_unit_last(const struct scl_unit *unit, const char *section,
                                          const char *key);
/* Takes the next entry of a key that may be given often, behind `*at` (0 at first): none that an
 * empty value takes back. NULL at their end. */
const struct scl_ini_entry *scl_unit_next(const struct scl_unit *unit, const char *section,
                                          const char *key, uint32_t *at);

/* The name of a unit without its ending: `web@1`. */
struct scl_str scl_unit_stem(struct scl_str name);
/* Puts what is known in place of specifiers in a value of the unit of that stem, and holes in place
 * of those that hang on the machine (`%h`), and of variables that systemd fills in. Of a document
 * what is put in is 16 MiB at most; of values beyond, all specifiers become holes. */
void scl_unit_fill(struct scl_lowering *l, struct scl_str stem, struct scl_tree *node);

/* Whether a document is something that is dropped into containers, by its name. */
bool scl_unit_is_dropped(struct scl_str name);

#endif
