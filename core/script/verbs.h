/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs.h: functions of the policy language that take nodes
 */
#ifndef SCL_SCRIPT_VERBS_H
#define SCL_SCRIPT_VERBS_H

#include "base/str.h"

#include <lua.h>

/* Each adds globals to a new state. */
void scl_open_verbs(lua_State *L);     /* known state declared raw at where kind parent */
void scl_open_report(lua_State *L);    /* what report() returns; report itself is handed in */
void scl_open_facts(lua_State *L);     /* facts */
void scl_open_texts(lua_State *L);     /* text glob */
void scl_open_images(lua_State *L);    /* image */
void scl_open_versions(lua_State *L);  /* version */
void scl_open_networks(lua_State *L);  /* net */
void scl_open_urls(lua_State *L);      /* url */
void scl_open_paths(lua_State *L);     /* path */
void scl_open_kernel(lua_State *L);    /* caps size */
void scl_open_dates(lua_State *L);     /* date */
void scl_open_secrets(lua_State *L);   /* secrets */
void scl_open_lists(lua_State *L);     /* list */
void scl_open_edits(lua_State *L);     /* edit */
void scl_open_ignores(lua_State *L);   /* ignore */

/* The text of the image reference at `index`, a string or a node, for the function `name`; of
 * length 0 where the node has none. */
struct scl_str scl_image_argument(lua_State *L, int index, const char *name);
/* image.releases(reference) -> releases (lib_release.c) */
int scl_image_releases(lua_State *L);

/* Pushes the function that reports for the run. */
void scl_push_report(lua_State *L);

#endif
