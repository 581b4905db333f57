/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formats.c: the table of all formats, and what a file's name tells
 *
 * Adding a format is adding a row here and the file that defines it.
 */
#include "formats/format.h"

const struct scl_format *const scl_formats[] = {
    &scl_format_dockerfile,
    &scl_format_oci_image,
    &scl_format_oci_runtime,
    &scl_format_docker_inspect,
    &scl_format_docker_image_inspect,
    &scl_format_docker_archive,
    &scl_format_oci_layout,
    &scl_format_kubernetes,
    &scl_format_ecs,
    &scl_format_nomad,
    &scl_format_quadlet,
    &scl_format_daemon_json,
    &scl_format_docker_info,
    &scl_format_trivy,
    &scl_format_grype,
    &scl_format_cyclonedx,
    &scl_format_spdx,
    &scl_format_cosign_verify,
    &scl_format_sigstore,
    &scl_format_attestation,
    &scl_format_docker_create_body,
    &scl_format_docker_run,
    &scl_format_compose,
    &scl_format_model,
    NULL,
};

/* Any document may have such a name. */
static const struct scl_str open_endings[] = {
    SCL_STR(".json"),
    SCL_STR(".yaml"),
    SCL_STR(".yml"),
};

const struct scl_format *
scl_format_find(struct scl_str name)
{
    for (size_t i = 0; scl_formats[i]; i++)
        if (scl_str_is(name, scl_formats[i]->name))
            return scl_formats[i];
    return NULL;
}

const char *
scl_format_for_name(struct scl_str name)
{
    size_t slash = scl_str_find_last(name, '/');
    struct scl_str base = slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
    bool is_open = false;

    for (size_t i = 0; scl_formats[i]; i++) {
        enum scl_fit fit = scl_formats[i]->fits_name ? scl_formats[i]->fits_name(base)
                                                     : SCL_FIT_NO;

        if (fit == SCL_FIT_YES)
            return scl_formats[i]->name;
        is_open = is_open || fit == SCL_FIT_MAYBE;
    }
    for (size_t i = 0; i < sizeof open_endings / sizeof *open_endings; i++)
        is_open = is_open || scl_str_ends(base, open_endings[i]);
    return is_open ? "" : NULL;
}
