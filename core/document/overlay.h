/* SPDX-License-Identifier: Apache-2.0 */
/*
 * overlay.h: the writer of what a view adds to its document
 *
 * Used while a view is made, by derive.c and its neighbours. What is added follows from a field of
 * the same object, or (SCL_NONE) from nothing: then it is a default. Without memory the arena of
 * the view remembers.
 */
#ifndef SCL_DOCUMENT_OVERLAY_H
#define SCL_DOCUMENT_OVERLAY_H

#include "document/view.h"

/* An empty value of a state; NULL without memory. */
struct scl_value *scl_overlay_add(struct scl_view *view, uint32_t object, unsigned field,
                                  scantling_state state);
void scl_overlay_bool(struct scl_view *view, uint32_t object, unsigned field, bool truth,
                      unsigned from);
void scl_overlay_int(struct scl_view *view, uint32_t object, unsigned field, int64_t number,
                     unsigned from);
/* The text is borrowed. */
void scl_overlay_text(struct scl_view *view, uint32_t object, unsigned field, struct scl_str text,
                      unsigned from);
void scl_overlay_unknown(struct scl_view *view, uint32_t object, unsigned field, unsigned from);
/* A list without members, with room for `count` of them. */
struct scl_value *scl_overlay_list(struct scl_view *view, uint32_t object, unsigned field,
                                   uint32_t count, unsigned from);
/* The list of another object, of members that follow from nothing either. */
void scl_overlay_share(struct scl_view *view, uint32_t object, unsigned field,
                       struct scl_list *list);
/* Adds a text to such a list; borrowed, with a NUL after it. */
void scl_overlay_item(struct scl_value *list, struct scl_str text);
/* Adds an object of the document or of another. */
void scl_overlay_object(struct scl_value *list, uint32_t object);

#endif
