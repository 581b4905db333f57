/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_compose.c: Compose files, with the files that they are read with
 *
 * The bytes are the file; what it extends, includes and is overridden by are the same bytes again.
 * Each node that comes of it has a place in the file that it says.
 */
#include "demand.h"

#include "document/view.h"
#include "formats/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = { (const char *)data, size };
    const struct scl_companion files[] = {
        { SCL_STR("compose.override.yml"), text, false },
        { SCL_STR("other.yml"), text, false },
        { SCL_STR("sub/other.yml"), text, false },
        { SCL_STR(".env"), SCL_STR("TAG=1\nHOST='a b'\n"), false },
        { SCL_STR("a.env"), SCL_STR("A=${TAG:-x}\nB\nC='d'\n"), false },
    };
    struct scl_input input = {
        .name = SCL_STR("compose.yml"), .text = text, .format = SCL_STR("compose"),
        .files = files, .file_count = sizeof files / sizeof files[0],
    };
    struct scl_document *document;
    struct scl_text path = { 0 };

    if (size > 1 << 15)
        return 0;
    input.limits.nodes = 20000;
    input.limits.aliases = 5000;
    document = scl_read(&input);
    for (uint32_t object = SCL_TYPE_COUNT; document && object < document->objects.count;
         object++) {
        struct scl_node node = { object, SCL_NONE, 0 };
        struct scl_origin origin = scl_view_place(document->view, node, false, NULL);

        demand(origin.file < document->file_count);
        demand((size_t)origin.place.offset + origin.place.length <=
               document->files[origin.file].text.len);
        scl_view_path(document->view, node, &path);
    }
    scl_text_finish(&path);
    scl_document_unref(document);
    return 0;
}
