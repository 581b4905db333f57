/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c: one input, normalized
 */
#include "document/document.h"

#include "document/view.h"

#include <stdlib.h>

struct scl_document *
scl_document_ref(struct scl_document *document)
{
    if (document)
        atomic_fetch_add_explicit(&document->references, 1, memory_order_relaxed);
    return document;
}

void
scl_document_unref(struct scl_document *document)
{
    if (!document ||
        atomic_fetch_sub_explicit(&document->references, 1, memory_order_acq_rel) != 1)
        return;
    scl_view_free(document->view);
    scl_arena_finish(&document->building);
    scl_arena_finish(&document->arena);
    free(document);
}

const struct scl_object *
scl_document_object(const struct scl_document *document, uint32_t object)
{
    return &document->objects.at[object < document->objects.count ? object : 0];
}

const struct scl_origin *
scl_document_origin(const struct scl_document *document, uint32_t origin)
{
    return &document->origins.at[origin < document->origins.count ? origin : 0];
}

uint32_t
scl_document_file(const struct scl_document *document, const struct scl_source *source)
{
    uintptr_t at = (uintptr_t)source, first = (uintptr_t)document->files;

    if (at < first || at >= (uintptr_t)(document->files + document->file_count))
        return SCANTLING_NONE;
    return (uint32_t)((at - first) / sizeof *source);
}

const struct scl_quote *
scl_document_quote(const struct scl_document *document, uint16_t file)
{
    uint32_t low = 0, high = document->quotes.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (document->quotes.at[middle].file < file)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->quotes.count && document->quotes.at[low].file == file
               ? &document->quotes.at[low]
               : NULL;
}

const struct scl_value *
scl_document_value(const struct scl_document *document, uint32_t object, unsigned field)
{
    const struct scl_object *at = scl_document_object(document, object);
    unsigned low = 0, high = at->count;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (at->values[middle].field < field)
            low = middle + 1;
        else
            high = middle;
    }
    return low < at->count && at->values[low].field == field ? &at->values[low] : NULL;
}

bool
scl_document_says(const struct scl_document *document, uint32_t subject, unsigned field)
{
    const uint64_t *says = document->subjects.at[subject].says;

    return !says || (says[field / 64] >> (field % 64) & 1);
}

struct scl_type_index
scl_document_by_type(const struct scl_document *document, uint32_t subject, unsigned type)
{
    const uint32_t *first = &document->type_first[subject * SCL_TYPE_COUNT + type];

    return (struct scl_type_index){ document->type_objects + first[0], first[1] - first[0] };
}
