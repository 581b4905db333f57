/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked.h: what people ask container engines for, each thing in one word
 *
 * `docker run` and its like, Compose's short forms and Quadlet say a mount, a port, a device or a
 * limit in one word, and the word means the same in all of them. The readers here take a string
 * node (a word of a command line is one, too) and set fields; they fit into tables of rows.
 *
 * A word may have *holes*: bytes SCL_HOLE where a variable stood whose value nobody gave. Such a
 * node is marked as cut. What is read from a part with a hole is unknown; the other parts of the
 * word are known all the same.
 */
#ifndef SCL_FORMATS_ASKED_H
#define SCL_FORMATS_ASKED_H

#include "formats/json_rows.h"

#define SCL_HOLE '\0'

/* Parts of words. */
bool scl_part_is_known(struct scl_str part);
/* The place of a part: the whole entry; its value is the part alone where the text shows it. */
uint32_t scl_part_origin(struct scl_lowering *l, const struct scl_tree *node, struct scl_str part);
/* Set a field from a part; a part with a hole, or what is no number, leaves it unknown. */
void scl_part_text(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node, struct scl_str part);
void scl_part_int(struct scl_lowering *l, uint32_t object, unsigned field,
                  const struct scl_tree *node, struct scl_str part);

/* Units, as Docker's own parsers take them: `64m`, `1.5 GiB` are bytes, always by 1024; `1m30s` is
 * nanoseconds; `true`, `T` and `1` are true. False for anything else. */
bool scl_asked_bytes_of(struct scl_str text, int64_t *ret_bytes);
bool scl_asked_duration_of(struct scl_str text, int64_t *ret_nano);
bool scl_asked_truth_of(struct scl_str text, bool *ret_truth);
/* Permissions of a file in octal digits; what is none is passed over. */
int64_t scl_asked_octal(struct scl_str text);

/* Readers of one value. */
void scl_asked_text(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_bool(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_int(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* A number, of which 0 and below are no limit. */
void scl_asked_limit(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* Bytes, of which 0 and -1 are no limit. */
void scl_asked_bytes(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* Processors, as `1.5`; 0 is no limit. */
void scl_asked_processors(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
/* Seconds from `1m30s`. */
void scl_asked_duration(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);
/* Seconds from a number of them. */
void scl_asked_seconds(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
void scl_asked_user(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_image(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* Of a namespace whose group is the field. */
void scl_asked_namespace(struct scl_lowering *l, uint32_t object, unsigned field,
                         const struct scl_tree *node);
/* POLICY[:RETRIES] */
void scl_asked_restart(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
/* The array of words that a text is, or NULL. */
const struct scl_tree *scl_asked_array(struct scl_lowering *l, const struct scl_tree *node);
/* A command in one text, which a shell runs: the test of a health check. */
void scl_asked_test(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);

/* Readers that add to a list or map. */
void scl_asked_item(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_capability(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
/* KEY[=VALUE] */
void scl_asked_entry(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* NAME[=VALUE]; without a value the client's own variable. */
void scl_asked_env(struct scl_lowering *l, uint32_t object, unsigned field,
                   const struct scl_tree *node);
/* The same of a name and a value of their own; a NULL value is the client's variable. */
void scl_asked_variable(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node, struct scl_str name,
                        const struct scl_str *value);
/* HOST:ADDRESS or HOST=ADDRESS */
void scl_asked_extra_host(struct scl_lowering *l, uint32_t object, unsigned field,
                          const struct scl_tree *node);
/* NAME=SOFT[:HARD] */
void scl_asked_ulimit(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
/* SOURCE[:TARGET][:PERMISSIONS], or the name of a CDI device */
void scl_asked_device(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_asked_gpus(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_network(struct scl_lowering *l, uint32_t object, unsigned field,
                       const struct scl_tree *node);
/* NAME[,type=env][,target=...] */
void scl_asked_secret(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
/* Sets a target that is not told, from the name of the source below a folder. */
void scl_asked_target(struct scl_lowering *l, uint32_t object, unsigned source, unsigned target,
                      const char *folder);
void scl_asked_security(struct scl_lowering *l, uint32_t object, unsigned field,
                        const struct scl_tree *node);

/* asked_mounts.c: [SOURCE:]TARGET[:OPTIONS]; type=...,source=...,target=...; TARGET[:OPTIONS] */
void scl_asked_volume(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
void scl_asked_mount(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
void scl_asked_tmpfs(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node);
/* The socket of the engine, which `--use-api-socket` hands over. */
void scl_asked_api_socket(struct scl_lowering *l, uint32_t object, const struct scl_tree *node);
/* A path of the host rather than the name of a volume. */
bool scl_asked_is_host_path(struct scl_str source);

/* asked_ports.c: [[IP:]HOST:]PORT[/PROTOCOL], with ranges; PORT[/PROTOCOL] */
void scl_asked_port(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);
void scl_asked_expose(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node);
/* Ports in the network of the host are not published. */
void scl_asked_finish_ports(struct scl_lowering *l, uint32_t object);
/* asked_values.c: where memory is limited and nothing is said of swap, as much may be used of it */
void scl_asked_finish_swap(struct scl_lowering *l, uint32_t object);
/* Bytes of memory and swap, of which 0 leaves it to the engine. */
void scl_asked_swap(struct scl_lowering *l, uint32_t object, unsigned field,
                    const struct scl_tree *node);

/* Takes the next field of a record of values divided by commas, of which quoted ones may hold
 * commas. False at its end. */
bool scl_asked_csv(struct scl_arena *arena, struct scl_str *rest, struct scl_str *ret_field);

/* Rows of what the readers above set, to tell what a format can say: of members of lists, and of a
 * container besides the fields that a format's own rows name. */
extern const struct scl_json_row scl_asked_members[];
extern const struct scl_json_row scl_asked_parts[];

#endif
