/* SPDX-License-Identifier: Apache-2.0 */
/*
 * node.h: nodes of a view as read-only values of Lua
 *
 * A node, a list or map, a place and a string of the document are userdata without methods. A node
 * is the same value however it was reached, within a run.
 */
#ifndef SCL_SCRIPT_NODE_H
#define SCL_SCRIPT_NODE_H

#include "script/run.h"

enum scl_proxy_shape {
    SCL_PROXY_NODE,   /* an object or a group */
    SCL_PROXY_LIST,   /* a list or map */
    SCL_PROXY_PLACE,  /* what at() gives: any node, for its place alone */
    SCL_PROXY_STRING, /* a text of the document, with `value` and `field` */
    SCL_PROXY_COUNT
};

struct scl_proxy {
    const struct scl_view *view;
    struct scl_node node;
    enum scl_proxy_shape shape;
    bool is_own; /* a list: what the document itself says, which nothing not given can add to */
};

/* Makes the metatables and the table of proxies. Once in a state. */
void scl_nodes_open(lua_State *L);
/* Forgets the proxies of the run before. */
void scl_nodes_begin(lua_State *L);

/* Pushes a node of the run's view: an object, group, list or map. */
void scl_push_node(lua_State *L, struct scl_node node);
/* A list or map, of which only what the document itself says counts. */
void scl_push_own_list(lua_State *L, struct scl_node node);
void scl_push_place(lua_State *L, struct scl_node node);
void scl_push_string(lua_State *L, struct scl_node node);
/* Pushes what reading a field gives: a value, a node, nil; or ends the run. */
void scl_push_field(lua_State *L, struct scl_node node);
/* The same of a value that was read already; `read`: it counts as evidence. */
void scl_push_reading(lua_State *L, struct scl_node node, const struct scl_reading *reading);

/* The proxy at an index, or NULL where there is another value. */
const struct scl_proxy *scl_to_proxy(lua_State *L, int index);
/* A place: a node, list, at(...), or a hit of secrets.scan. False where it is none. */
bool scl_to_place(lua_State *L, int index, struct scl_place_node *ret);
/* What a hit of secrets.scan points at (`view` NULL: a string, no node), or NULL for other
 * values. */
const struct scl_place_node *scl_to_hit(lua_State *L, int index);
/* What messages call a node: "container", "container.user", "mount". */
void scl_node_owner(const struct scl_view *view, struct scl_node node, struct scl_text *text);
/* Ends the run: "OWNER has no field 'NAME'; did you mean 'OTHER'?" */
_Noreturn void scl_raise_no_field(lua_State *L, struct scl_node node, struct scl_str name);
/* The node at a path below the proxy `node`, or the end of the run with a suggestion. */
struct scl_node scl_find_path(lua_State *L, const struct scl_proxy *from, struct scl_str path);
/* Whether entry `name` of an instruction is a field of that kind of instruction alone. */
bool scl_instruction_has(struct scl_str instruction, unsigned field);
bool scl_is_instruction(struct scl_str name);
struct scl_str scl_instruction_suggest(struct scl_str name);

#endif
