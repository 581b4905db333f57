/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_archive.c: any bytes as an archive, and every node of it read
 *
 * What is kept of an archive fits its limits, and each member is found by its name. Bytes that
 * begin as no archive are read as the index of a layout whose blobs they are as well.
 */
#include "read_all.h"

#include "syntax/archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_members(struct scl_str bytes)
{
    static const struct scl_archive_limits limits = { 100, 4096, 8192, 1 << 20 };
    struct scl_archive archive;
    uint64_t kept = 0;

    if (!scl_archive_read(&archive, bytes, &limits)) {
        scl_archive_finish(&archive);
        return;
    }
    demand(archive.count <= limits.entries && archive.members.count <= archive.count);
    for (uint32_t i = 0; i < archive.members.count; i++) {
        const struct scl_archive_member *member = &archive.members.at[i];

        demand(member->name.len > 0 && member->name.at[0] != '/');
        demand(scl_archive_find(&archive, member->name) == member);
        demand(member->content == SCL_ARCHIVE_KEPT || member->text.len == 0);
        demand(member->text.len <= limits.entry_bytes);
        kept += member->text.len + member->name.len;
    }
    demand(kept <= limits.bytes);
    scl_archive_finish(&archive);
}

static void
read_layout(struct scl_str text)
{
    const struct scl_companion files[] = {
        { SCL_STR("index.json"), text, false },
        { SCL_STR("c.json"), text, false },
        { SCL_STR("blobs/sha256/a"), text, false },
        { SCL_STR("blobs/sha256/b"), SCL_STR("{\"config\":{\"digest\":\"sha256:c\"}}"), false },
        { SCL_STR("blobs/sha256/c"), SCL_STR("{\"os\":\"linux\",\"config\":{}}"), false },
        { SCL_STR("blobs/sha256/d"), text, true },
    };
    struct scl_input input = { .name = SCL_STR("oci-layout"), .files = files,
                               .file_count = sizeof files / sizeof files[0],
                               .format = SCL_STR("oci-layout") };

    input.limits.aliases = 1000;
    input.text = text;
    read_all(&input);
    input.text = SCL_S("{\"imageLayoutVersion\":\"1.0.0\"}");
    read_all(&input);
    input.text = text;
    input.format = SCL_S("docker-archive");
    read_all(&input);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_input input = {
        .name = SCL_STR("a.tar"), .text = scl_str_n((const char *)data, size),
        .limits = { .bytes = 1 << 16, .nodes = 20000 },
    };

    if (scl_archive_probe(input.text) == SCL_ARCHIVE_NONE) {
        read_layout(input.text);
        return 0;
    }
    check_members(input.text);
    read_all(&input);
    return 0;
}
