/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fields.c: the schema and the formats in words
 */
#include "../test.h"

#include "document/schema.h"
#include "formats/format.h"
#include "report/fields.h"

static size_t
count_of(struct scl_str text, const char *piece)
{
    size_t count = 0, at;

    while ((at = scl_str_find(text, scl_str_c(piece))) != SIZE_MAX) {
        count++;
        text = scl_str_sub(text, at + 1, text.len);
    }
    return count;
}

static void
check_has(struct scl_str text, const char *piece)
{
    if (count_of(text, piece) != 1)
        print_error("'%s' is there %zu times\n", piece, count_of(text, piece));
    assert_true(count_of(text, piece) == 1);
}

static void
every_field_of_a_subject_is_listed_once(void **state)
{
    (void)state;
    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++) {
        const struct scl_type *row = scl_type(type);
        struct scl_text out = { 0 }, text = { 0 };

        assert_true(scl_fields_list(scl_str_c(row->name), &out, NULL));
        scl_text_f(&text, "\n%.*s", SCL_ARG(scl_text_str(&out)));
        for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++) {
            char line[80];

            if (scl_field(field)->kind == SCL_KIND_GROUP)
                continue;
            snprintf(line, sizeof line, "\n%.*s ", SCL_ARG(scl_field(field)->path));
            check_has(scl_text_str(&text), line);
        }
        scl_text_finish(&text);
        scl_text_finish(&out);
    }
}

static void
members_stand_at_their_shortest_path(void **state)
{
    struct scl_text out = { 0 };
    struct scl_str text;

    (void)state;
    assert_true(scl_fields_list(SCL_S("build"), &out, NULL));
    text = scl_text_str(&out);
    check_has(text, "\nstages[].name ");
    check_has(text, "\nstages[].base.raw ");
    check_has(text, "\ninstructions[].form ");
    check_has(text, "\ninstructions[].argv[].value ");
    check_number(count_of(text, "stages[].instructions[]"), 0, "each type is shown once");
    check_number(count_of(text, "target."), 0, "a stage is shown as a stage");
    scl_text_finish(&out);
}

static void
without_a_name_all_subjects_are_listed(void **state)
{
    struct scl_text out = { 0 };

    (void)state;
    assert_true(scl_fields_list(SCL_S(""), &out, NULL));
    check_has(scl_text_str(&out), "\ncontainer.user.uid            integer   user id\n");
    check_has(scl_text_str(&out), "\nimage.user.uid                integer   user id\n");
    check_number(count_of(scl_text_str(&out), "\nmount."), 0, "members have their list's path");
    scl_text_finish(&out);
}

/* ---- one field ---- */

static void
all_about_a_field_is_told(void **state)
{
    static const struct {
        const char *path, *expected;
    } rows[] = {
        { "container.resources.cpu_limit",
          "container.resources.cpu_limit: processors\n"
          "\n"
          "  type      decimal\n"
          "  unit      processors\n"
          "  default   oci: no limit, docker: no limit, podman: no limit, containerd: no\n"
          "            limit, crio: no limit, ecs-ec2: no limit, ecs-fargate: no limit,\n"
          "            nomad: no limit, nomad-podman: no limit\n"
          "  said by   oci-runtime (linux.resources.cpu.quota), docker-inspect\n"
          "            (HostConfig.NanoCpus), kubernetes\n"
          "            (spec.containers[].resources.limits.cpu), quadlet,\n"
          "            docker-create-body (HostConfig.NanoCpus), docker-run (--cpus),\n"
          "            compose (cpus)\n"
          "  not by    dockerfile, oci-image, docker-image-inspect, docker-archive,\n"
          "            oci-layout, ecs, nomad, daemon-json, docker-info, trivy, grype,\n"
          "            cyclonedx, spdx, cosign-verify, sigstore, attestation\n" },
        { "container.seccomp.mode",
          "container.seccomp.mode: default, unconfined or profile\n"
          "\n"
          "  type      enum\n"
          "  default   oci: unconfined, docker: default, podman: default, containerd:\n"
          "            unconfined, crio: unconfined, ecs-ec2: default, ecs-fargate:\n"
          "            default, nomad: default, nomad-podman: default\n"
          "  platform  not applicable on Windows\n"
          "  said by   oci-runtime (linux.seccomp), docker-inspect\n"
          "            (HostConfig.SecurityOpt), kubernetes\n"
          "            (spec.containers[].securityContext.seccompProfile.type), nomad\n"
          "            (Config.security_opt), quadlet, docker-create-body\n"
          "            (HostConfig.SecurityOpt), docker-run, compose\n"
          "  not by    dockerfile, oci-image, docker-image-inspect, docker-archive,\n"
          "            oci-layout, ecs, daemon-json, docker-info, trivy, grype, cyclonedx,\n"
          "            spdx, cosign-verify, sigstore, attestation\n" },
        { "image.labels",
          "image.labels: labels\n"
          "\n"
          "  type      map of string\n"
          "  said by   dockerfile (LABEL), oci-image (config.Labels), docker-inspect,\n"
          "            docker-image-inspect (Config.Labels), docker-archive\n"
          "            (config.Labels), oci-layout (config.Labels)\n"
          "  not by    oci-runtime, kubernetes, ecs, nomad, quadlet, daemon-json,\n"
          "            docker-info, trivy, grype, cyclonedx, spdx, cosign-verify, sigstore,\n"
          "            attestation, docker-create-body, docker-run, compose\n" },
        { "container.mounts.source",
          "container.mounts.source: path of the host or name of the volume\n"
          "\n"
          "  type      string\n"
          "  said by   oci-runtime (mounts[].source), docker-inspect (Mounts[].Source),\n"
          "            kubernetes (spec.containers[].volumeMounts[].name), ecs\n"
          "            (mountPoints[].sourceVolume), nomad (Config.volumes[].source),\n"
          "            quadlet (Volume=/a:/b:ro), docker-create-body\n"
          "            (HostConfig.Binds[].Source), docker-run (--mount[]), compose\n"
          "            (volumes[])\n"
          "  not by    dockerfile, oci-image, docker-image-inspect, docker-archive,\n"
          "            oci-layout, daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation\n" },
        { "build.ignore.patterns",
          "build.ignore.patterns: its patterns in order\n"
          "\n"
          "  type      list of string\n"
          "  said by   dockerfile (.dockerignore)\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        { "build.syntax",
          "build.syntax: frontend named by a syntax directive\n"
          "\n"
          "  type      string\n"
          "  said by   dockerfile (# syntax)\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        { "build.stages.instructions.flags.chown",
          "build.stages.instructions.flags.chown: --chown\n"
          "\n"
          "  type      string\n"
          "  said by   dockerfile (COPY)\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        { "build.stages.image",
          "build.stages.image: image that it would promise if it were the target\n"
          "\n"
          "  type      node: image\n"
          "  said by   dockerfile (FROM)\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        /* What no line says has none to be told by. */
        { "build.stages.is_target",
          "build.stages.is_target: it is the one that is built\n"
          "\n"
          "  type      bool\n"
          "  said by   dockerfile\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        { "build.target",
          "build.target: stage that is built\n"
          "\n"
          "  type      node: stage\n"
          "  said by   dockerfile\n"
          "  not by    oci-image, oci-runtime, docker-inspect, docker-image-inspect,\n"
          "            docker-archive, oci-layout, kubernetes, ecs, nomad, quadlet,\n"
          "            daemon-json, docker-info, trivy, grype, cyclonedx, spdx,\n"
          "            cosign-verify, sigstore, attestation, docker-create-body,\n"
          "            docker-run, compose\n" },
        { "build.stages[].base.pin",
          "build.stages[].base.pin: digest, tag, latest, untagged, id, build, none, unknown\n"
          "\n"
          "  type      enum\n"
          "  derived   follows from other fields\n" },
        { "command.preceding",
          "command.preceding: commands of the instruction before it\n"
          "\n"
          "  type      list of command\n"
          "  derived   follows from other fields\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };

        assert_true(scl_field_describe(scl_str_c(rows[i].path), &out, NULL));
        check_text(scl_text_str(&out), rows[i].expected, rows[i].path);
        scl_text_finish(&out);
    }
}

static void
every_field_can_be_asked_for(void **state)
{
    (void)state;
    for (unsigned field = 1; field < SCL_FIELD_COUNT; field++) {
        const struct scl_field *row = scl_field(field);
        struct scl_text path = { 0 }, out = { 0 };

        scl_text_f(&path, "%s.%.*s", scl_type(row->type)->name, SCL_ARG(row->path));
        assert_true(scl_field_describe(scl_text_str(&path), &out, NULL));
        assert_true(scl_str_starts(scl_text_str(&out), scl_text_str(&path)));
        assert_false(out.failed);
        scl_text_finish(&path);
        scl_text_finish(&out);
    }
}

static void
what_there_is_not_is_refused_with_the_nearest(void **state)
{
    static const struct {
        bool is_field;
        const char *about, *message, *suggestion;
    } rows[] = {
        { false, "contaner", "unknown subject 'contaner'", "did you mean 'container'?" },
        { false, "whale", "unknown subject 'whale'",
          "one of build, image, container, host, evidence, project" },
        { true, "imaeg.env", "unknown subject 'imaeg'", "did you mean 'image'?" },
        { true, "image.lables", "image has no field 'lables'", "did you mean 'image.labels'?" },
        { true, "image.env.value.x", "image has no field 'env.value.x'", NULL },
        { true, "image.", "image has no field ''", NULL },
        { true, ".", "unknown subject ''",
          "one of build, image, container, host, evidence, project" },
        { true, "image.[]", "image has no field '[]'", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text out = { 0 };
        scantling_error *error = NULL;
        struct scl_str about = scl_str_c(rows[i].about);

        assert_false(rows[i].is_field ? scl_field_describe(about, &out, &error)
                                      : scl_fields_list(about, &out, &error));
        check_number(error->status, SCANTLING_STATUS_UNSUPPORTED, rows[i].about);
        assert_string_equal(error->message, rows[i].message);
        if (rows[i].suggestion)
            assert_string_equal(error->suggestions->text, rows[i].suggestion);
        else
            assert_null(error->suggestions);
        check_number(out.len, 0, "nothing is written");
        scl_error_free(error);
        scl_text_finish(&out);
    }
}

/* ---- formats ---- */

static void
every_format_is_listed_and_its_sample_has_subjects(void **state)
{
    struct scl_text out = { 0 };

    (void)state;
    assert_true(scl_formats_list(SCL_S(""), &out, NULL));
    for (size_t i = 0; scl_formats[i]; i++) {
        struct scl_input input = { .name = SCL_STR("sample") };
        struct scl_document *document;

        check_has(scl_text_str(&out), scl_formats[i]->title);
        input.text = scl_str_c(scl_formats[i]->sample);
        input.format = scl_str_c(scl_formats[i]->name);
        document = scl_read(&input);
        assert_non_null(document);
        assert_true(document->subjects.count > 0);
        scl_document_unref(document);
    }
    scl_text_finish(&out);
}

static void
a_text_that_says_all_is_understood_whole(void **state)
{
    (void)state;
    for (size_t i = 0; scl_formats[i]; i++) {
        struct scl_input input = { .name = SCL_STR("sample") };
        struct scl_document *document;

        if (!scl_formats[i]->tour)
            continue;
        input.text = scl_str_c(scl_formats[i]->tour);
        input.format = scl_str_c(scl_formats[i]->name);
        document = scl_read(&input);
        assert_non_null(document);
        assert_false(scl_notes_have_error(&document->notes));
        scl_document_unref(document);
    }
}

SUITE(CASE(every_field_of_a_subject_is_listed_once), CASE(members_stand_at_their_shortest_path),
      CASE(without_a_name_all_subjects_are_listed), CASE(all_about_a_field_is_told),
      CASE(every_field_can_be_asked_for), CASE(what_there_is_not_is_refused_with_the_nearest),
      CASE(every_format_is_listed_and_its_sample_has_subjects),
      CASE(a_text_that_says_all_is_understood_whole))
