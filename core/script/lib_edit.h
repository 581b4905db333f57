/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_edit.h: edits of documents, and fixes made of them
 */
#ifndef SCL_SCRIPT_LIB_EDIT_H
#define SCL_SCRIPT_LIB_EDIT_H

#include "script/run.h"

/* Reads arguments `first` and on as the edits of one fix, sorted by their places; nil is none. What
 * is no edit, and edits that overlap, end the run. False: there was none. */
bool scl_fix_read(lua_State *L, int first, struct scl_found_fix *ret);

#endif
