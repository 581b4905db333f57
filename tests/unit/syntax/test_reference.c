/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_reference.c: image references and globs over them
 */
#include "../test.h"

#include "syntax/reference.h"

#define HEX8 "0123abcd"
#define HEX32 HEX8 HEX8 HEX8 HEX8
#define HEX64 HEX32 HEX32
#define SHA256 "sha256:" HEX64

static struct scl_reference
parse(struct scl_arena *arena, const char *text)
{
    struct scl_reference reference;

    assert_true(scl_reference_parse(arena, scl_str_c(text), &reference));
    return reference;
}

static void
references_are_cut_and_completed(void **state)
{
    static const struct {
        const char *text, *registry, *repository, *tag, *digest, *pin;
    } rows[] = {
        { "debian", "docker.io", "library/debian", "", "", "untagged" },
        { "debian:13-slim", "docker.io", "library/debian", "13-slim", "", "tag" },
        { "debian:latest", "docker.io", "library/debian", "latest", "", "latest" },
        { "debian:Latest", "docker.io", "library/debian", "Latest", "", "tag" },
        { "acme/web", "docker.io", "acme/web", "", "", "untagged" },
        { "acme/team/web:1", "docker.io", "acme/team/web", "1", "", "tag" },
        { "library/debian", "docker.io", "library/debian", "", "", "untagged" },
        { "docker.io/debian", "docker.io", "library/debian", "", "", "untagged" },
        { "docker.io/library/debian:13", "docker.io", "library/debian", "13", "", "tag" },
        { "docker.io/acme/web", "docker.io", "acme/web", "", "", "untagged" },
        { "index.docker.io/acme/web:1", "docker.io", "acme/web", "1", "", "tag" },
        { "index.docker.io/debian", "docker.io", "library/debian", "", "", "untagged" },
        { "ghcr.io/acme/web:2.4.1", "ghcr.io", "acme/web", "2.4.1", "", "tag" },
        { "quay.io/web", "quay.io", "web", "", "", "untagged" },
        { "localhost/web", "localhost", "web", "", "", "untagged" },
        { "localhost:5000/web", "localhost:5000", "web", "", "", "untagged" },
        { "localhost:5000/a/web:1", "localhost:5000", "a/web", "1", "", "tag" },
        { "localhost:5000", "docker.io", "library/localhost", "5000", "", "tag" },
        { "localhost", "docker.io", "library/localhost", "", "", "untagged" },
        { "registry:5000/web:1", "registry:5000", "web", "1", "", "tag" },
        { "127.0.0.1:5000/web", "127.0.0.1:5000", "web", "", "", "untagged" },
        { "[::1]:5000/web:1", "[::1]:5000", "web", "1", "", "tag" },
        { "[2001:DB8::1]/web", "[2001:DB8::1]", "web", "", "", "untagged" },
        { "Registry.Example.COM/web", "Registry.Example.COM", "web", "", "", "untagged" },
        { "a-b.example/web", "a-b.example", "web", "", "", "untagged" },
        { "debian@" SHA256, "docker.io", "library/debian", "", SHA256, "digest" },
        { "debian:13@" SHA256, "docker.io", "library/debian", "13", SHA256, "digest" },
        { "debian:latest@" SHA256, "docker.io", "library/debian", "latest", SHA256, "digest" },
        { "r.io:1/a@" SHA256, "r.io:1", "a", "", SHA256, "digest" },
        { "a@sha512:" HEX64 HEX64, "docker.io", "library/a", "", "sha512:" HEX64 HEX64, "digest" },
        { "a@x+y:" HEX32, "docker.io", "library/a", "", "x+y:" HEX32, "digest" },
        { "a.b_c__d-e--f", "docker.io", "library/a.b_c__d-e--f", "", "", "untagged" },
        { "a:_x", "docker.io", "library/a", "_x", "", "tag" },
        { "a:A.b-C_1", "docker.io", "library/a", "A.b-C_1", "", "tag" },
        { "sha256:abc", "docker.io", "library/sha256", "abc", "", "tag" },
        { HEX32, "docker.io", "library/" HEX32, "", "", "untagged" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_reference reference = parse(*state, rows[i].text);
        struct scl_text name = { 0 };

        scl_text_f(&name, "%s/%s", rows[i].registry, rows[i].repository);
        check_text(reference.name, name.at, rows[i].text);
        check_text(reference.registry, rows[i].registry, rows[i].text);
        check_text(reference.repository, rows[i].repository, rows[i].text);
        check_text(reference.tag, rows[i].tag, rows[i].text);
        check_text(reference.digest, rows[i].digest, rows[i].text);
        check_text(scl_str_c(reference.pin), rows[i].pin, rows[i].text);
        check_text(reference.text, rows[i].text, rows[i].text);
        check_number(reference.id.len, 0, rows[i].text);
        check_text(scl_str_c(reference.reason), "", rows[i].text);
        assert_true(reference.is_valid);
        scl_text_finish(&name);
    }
}

static void
what_is_no_reference_says_why(void **state)
{
    static const struct {
        const char *text, *reason;
    } rows[] = {
        { "", "it is empty" },
        { ":", "a part of the repository is empty" },
        { ":tag", "a part of the repository is empty" },
        { "@" SHA256, "a part of the repository is empty" },
        { "/a", "a part of the repository is empty" },
        { "a/", "a part of the repository is empty" },
        { "a//b", "a part of the repository is empty" },
        { "ghcr.io/", "a part of the repository is empty" },
        { "Debian", "the repository is not in lower case" },
        { "acme/Web:1", "the repository is not in lower case" },
        { "Acme/web", "the repository is not in lower case" },
        { "-a", "a part of the repository does not begin and end with a letter or a digit" },
        { "a-", "a part of the repository does not begin and end with a letter or a digit" },
        { "a_/b", "a part of the repository does not begin and end with a letter or a digit" },
        { "a b", "a part of the repository holds what is no separator" },
        { "a..b", "a part of the repository holds what is no separator" },
        { "a___b", "a part of the repository holds what is no separator" },
        { "a._b", "a part of the repository holds what is no separator" },
        { "a$b", "a part of the repository holds what is no separator" },
        { "${BASE}", "the repository is not in lower case" },
        { "${base}", "a part of the repository does not begin and end with a letter or a digit" },
        { "https://a.io/b", "the registry is not a host name with or without a port" },
        { "-a.io/b", "the registry is not a host name with or without a port" },
        { "a-.io/b", "the registry is not a host name with or without a port" },
        { "a..io/b", "the registry is not a host name with or without a port" },
        { ".io/b", "the registry is not a host name with or without a port" },
        { "a_b.io/b", "the registry is not a host name with or without a port" },
        { "a.io:/b", "the registry is not a host name with or without a port" },
        { "a.io:x/b", "the registry is not a host name with or without a port" },
        { "[::1/b", "the registry is not a host name with or without a port" },
        { "[g::1]/b", "the registry is not a host name with or without a port" },
        { "a:", "the tag is empty" },
        { "a:-x", "the tag is not made of letters, digits, '_', '.' and '-'" },
        { "a:.x", "the tag is not made of letters, digits, '_', '.' and '-'" },
        { "a:1+2", "the tag is not made of letters, digits, '_', '.' and '-'" },
        { "a:b c", "the tag is not made of letters, digits, '_', '.' and '-'" },
        { "a:" HEX64 HEX64 "x", "the tag is longer than 128 characters" },
        { "a@", "the digest does not begin with an algorithm and ':'" },
        { "a@" HEX64, "the digest does not begin with an algorithm and ':'" },
        { "a@:" HEX64, "the digest does not begin with an algorithm and ':'" },
        { "a@sha--256:" HEX64, "the digest does not begin with an algorithm and ':'" },
        { "a@1sha:" HEX64, "the digest does not begin with an algorithm and ':'" },
        { "a@sha256:", "the digest is not made of lower-case hexadecimal digits" },
        { "a@sha256:" HEX32 "ABCD" HEX32,
          "the digest is not made of lower-case hexadecimal digits" },
        { "a@" SHA256 "@" SHA256, "the digest is not made of lower-case hexadecimal digits" },
        { "a@sha256:" HEX32, "the digest is not as long as its algorithm makes it" },
        { "a@" SHA256 "0", "the digest is not as long as its algorithm makes it" },
        { "a@sha512:" HEX64, "the digest is not as long as its algorithm makes it" },
        { "a@other:" HEX8, "the digest is too short" },
        { HEX64 HEX64 HEX64 HEX32 "0123abcd0123abc", "the name is longer than 255 characters" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_reference reference = parse(*state, rows[i].text);

        check_text(scl_str_c(reference.reason), rows[i].reason, rows[i].text);
        check_text(scl_str_c(reference.pin), "none", rows[i].text);
        assert_false(reference.is_valid);
    }
}

static void
the_longest_parts_are_valid(void **state)
{
    /* with docker.io/library/ before it, 255 */
    struct scl_reference name = parse(*state, HEX64 HEX64 HEX64 HEX32 "0123abcd01234");
    struct scl_reference tag = parse(*state, "a:" HEX64 HEX64);

    check_number(name.name.len, 255, "length of the name");
    assert_true(name.is_valid);
    check_number(tag.tag.len, 128, "length of the tag");
    assert_true(tag.is_valid);
}

static void
an_id_is_no_name(void **state)
{
    static const char *const ids[] = { HEX64, SHA256 };

    for (size_t i = 0; i < COUNT(ids); i++) {
        struct scl_reference reference = parse(*state, ids[i]);

        check_text(reference.id, ids[i], ids[i]);
        check_text(scl_str_c(reference.pin), "id", ids[i]);
        check_number(reference.name.len + reference.tag.len + reference.digest.len, 0, ids[i]);
        assert_true(reference.is_valid);
    }
}

static void
it_is_known_whether_a_registry_is_written(void **state)
{
    assert_true(parse(*state, "debian").registry_is_default);
    assert_true(parse(*state, "acme/web:1").registry_is_default);
    assert_false(parse(*state, "docker.io/debian").registry_is_default);
    assert_false(parse(*state, "localhost/web").registry_is_default);
    assert_false(parse(*state, "quay.io/web").registry_is_default);
}

static void
algorithm_and_text_are_slices(void **state)
{
    static const char text[] = "ghcr.io/acme/web:1@" SHA256;
    struct scl_reference reference = parse(*state, text);

    check_text(reference.digest_algo, "sha256", text);
    assert_ptr_equal(reference.name.at, text);
    assert_ptr_equal(reference.repository.at, text + 8);
    assert_ptr_equal(reference.tag.at, text + 17);
    assert_ptr_equal(reference.digest.at, text + 19);
    assert_ptr_equal(reference.digest_algo.at, text + 19);
}

static void
patterns_match_names_and_tags(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } rows[] = {
        { "node", "node", true },
        { "node", "node:20-slim", true },
        { "node", "node@" SHA256, true },
        { "node", "docker.io/library/node:20", true },
        { "node", "docker.io/node", true },
        { "node", "acme/node", false },
        { "node", "quay.io/node", false },
        { "node", "nodejs", false },
        { "nod", "node", false },
        { "node:*-slim", "node:20-slim", true },
        { "node:*-slim", "node:20", false },
        { "node:*-slim", "node:20-slim@" SHA256, true },
        { "node:*-slim", "node@" SHA256, false },
        { "node:latest", "node", true },
        { "node:latest", "node:latest", true },
        { "node:latest", "node@" SHA256, false },
        { "node:*", "node", true },
        { "node:*", "node@" SHA256, false },
        { "library/node", "node", true },
        { "docker.io/node", "node", true },
        { "docker.io/library/node:20", "node:20", true },
        { "docker.io/library/*", "node:20", true },
        { "docker.io/library/*", "acme/web", false },
        { "docker.io/*", "node", true },
        { "docker.io/*", "acme/web", false },
        { "docker.io/*/*", "acme/web", true },
        { "docker.io/*/*", "node", true },
        { "*", "node:20", true },
        { "*", "acme/web", false },
        { "*-slim", "node:20-slim", false },
        { "*:latest", "node", true },
        { "*:latest", "quay.io/node", false },
        { "acme/*", "acme/web:1", true },
        { "acme/*", "docker.io/acme/web", true },
        { "acme/*", "ghcr.io/acme/web", false },
        { "*/acme/web", "ghcr.io/acme/web", true },
        { "**", "node", true },
        { "**", "localhost:5000/a/b/c:1", true },
        { "**", "a@" SHA256, true },
        { "**:latest", "ghcr.io/a/b", true },
        { "**:latest", "ghcr.io/a/b:1", false },
        { "**/web", "ghcr.io/acme/web:1", true },
        { "**/web", "node", false },
        { "localhost:5000/x", "localhost:5000/x", true },
        { "localhost:5000/x", "localhost:5000/x:9", true },
        { "localhost:5000/x:9", "localhost:5000/x:9", true },
        { "localhost:5000/x:9", "localhost:5000/x", false },
        { "localhost:5000/*", "localhost:5000/x:1", true },
        { "localhost:*/x", "localhost:5000/x", true },
        { "{node,python}:*-slim", "python:3-slim", true },
        { "{node,python}:*-slim", "ruby:3-slim", false },
        { "{node:20,python}", "node:20", true },
        { "{node:20,python}", "node:21", false },
        { "{node:20,python}", "python:3", true },
        { "{node,ghcr.io/acme/node}:20", "ghcr.io/acme/node:20", true },
        { "{node,ghcr.io/acme/node}:20", "node:20", true },
        { "{ghcr,quay}.io/acme/*", "quay.io/acme/web:1", true },
        { "{localhost:5000,ghcr.io}/*-x", "localhost:5000/a-x:1", true },
        { "{localhost:5000,ghcr.io}/*-x", "localhost:5000/a:1-x", false },
        { "node[:]20", "node:20", false },
        { "nod[e:]", "node:20", true },
        { "node\\:20", "node:20", false },
        { "gcr.io/x", "docker.io/gcr.io/x", false },
        { "gcr.io/distroless/*:*nonroot*", "gcr.io/distroless/base:nonroot-amd64", true },
        { "gcr.io/distroless/*:*nonroot*", "gcr.io/distroless/base", false },
        { "gcr.io/distroless/*:*nonroot*", "gcr.io/distroless/base:debug", false },
        { "chronograf:{1.[0-9],1.[0-9].*}", "chronograf:1.9", true },
        { "chronograf:{1.[0-9],1.[0-9].*}", "chronograf:1.9.4-alpine", true },
        { "chronograf:{1.[0-9],1.[0-9].*}", "chronograf:1.10", false },
        { "prom/prometheus:{v1*,[0-1].*}", "prom/prometheus:v1.8.2", true },
        { "prom/prometheus:{v1*,[0-1].*}", "prom/prometheus:0.15.1", true },
        { "prom/prometheus:{v1*,[0-1].*}", "docker.io/prom/prometheus:v2.0.0", false },
        { "mcr.microsoft.com/dotnet/*:*chiseled*",
          "mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled", true },
        { "mcr.microsoft.com/dotnet/*:*chiseled*", "mcr.microsoft.com/dotnet/aspnet:8.0", false },
        { "ubi[0-9]*/{python,nodejs}-*", "ubi9/python-311:1", true },
        { "registry.access.redhat.com/ubi[0-9]*/{python,nodejs}-*",
          "registry.access.redhat.com/ubi9/nodejs-20:latest", true },
        { "registry.access.redhat.com/ubi[0-9]*", "registry.access.redhat.com/ubi9-minimal:9.4",
          true },
        { "node", "Node", false },
        { "**", "", false },
        { "**", HEX64, false },
        { "", "node", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_reference reference = parse(*state, rows[i].text);
        char why[200];

        snprintf(why, sizeof why, "%s over %s", rows[i].pattern, rows[i].text);
        check_number(scl_reference_match(scl_str_c(rows[i].pattern), &reference, NULL),
                     rows[i].fits, why);
    }
}

static void
matching_counts_its_steps_and_gives_up_at_none(void **state)
{
    struct scl_reference reference = parse(*state, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:1");
    struct scl_str pattern = SCL_S("*a*a*a*a*a*a*a*a*a*a*a*b:1");
    uint64_t steps = 5000;

    assert_false(scl_reference_match(pattern, &reference, &steps));
    check_number(steps, 0, "steps left");
    steps = 5000;
    assert_true(scl_reference_match(SCL_S("a*:1"), &reference, &steps));
    assert_true(steps > 4000 && steps < 5000);
    steps = 2;
    assert_false(scl_reference_match(SCL_S("a*:1"), &reference, &steps));
}

static void
unclosed_patterns_stand_for_themselves(void **state)
{
    static const char *const patterns[] = { "{",  "[",    "[]",   "{:",     "[:",
                                            "\\", "a{:b", "a[:b", "[!]x]:1" };
    struct scl_reference reference = parse(*state, "ab:1");

    for (size_t i = 0; i < COUNT(patterns); i++)
        assert_false(scl_reference_match(scl_str_c(patterns[i]), &reference, NULL));
}

/* The first row of a table of facts that a reference fits, as policies choose it. */
static size_t
first_fit(struct scl_str table, const struct scl_reference *reference, struct scl_str *ret_pattern)
{
    struct scl_str line, cell;
    size_t row = 0;

    while (scl_str_cut(&table, '\n', &line)) {
        if (row++ == 0 || !line.len)
            continue;
        scl_str_cut(&line, '\t', &cell);
        if (scl_reference_match(cell, reference, NULL)) {
            *ret_pattern = cell;
            return row;
        }
    }
    return 0;
}

static void
the_first_row_that_fits_is_the_one_meant(void **state)
{
    static const char table[] = "repository\tis_root:bool\n"
                                "chronograf:{1.[0-9],1.[0-9].*,1.10,1.10.[0-4]*}\ttrue\n"
                                "mcr.microsoft.com/dotnet/*:*distroless*\tfalse\n"
                                "registry.k8s.io/pause:{[12].*,3.[01]*}\t\n"
                                "sonarqube:{[5-8],[5-8].*,[5-8]-*}\t\n"
                                "docker:*rootless*\tfalse\n"
                                "registry.k8s.io/pause\tfalse\n"
                                "chronograf\ttrue\n"
                                "docker\ttrue\n"
                                "mcr.microsoft.com/dotnet/*\ttrue\n"
                                "bitnami/*\tfalse\n";
    static const struct {
        const char *text, *pattern;
    } rows[] = {
        { "chronograf:1.10.4-alpine", "chronograf:{1.[0-9],1.[0-9].*,1.10,1.10.[0-4]*}" },
        { "chronograf:1.10.5", "chronograf" },
        { "chronograf", "chronograf" },
        { "registry.k8s.io/pause:3.1", "registry.k8s.io/pause:{[12].*,3.[01]*}" },
        { "registry.k8s.io/pause:3.9", "registry.k8s.io/pause" },
        { "sonarqube:7-community", "sonarqube:{[5-8],[5-8].*,[5-8]-*}" },
        { "docker:27-dind-rootless", "docker:*rootless*" },
        { "docker:27-dind", "docker" },
        { "mcr.microsoft.com/dotnet/runtime:9.0-azurelinux3.0-distroless",
          "mcr.microsoft.com/dotnet/*:*distroless*" },
        { "mcr.microsoft.com/dotnet/runtime@" SHA256, "mcr.microsoft.com/dotnet/*" },
        { "docker.io/bitnami/redis:7", "bitnami/*" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_reference reference = parse(*state, rows[i].text);
        struct scl_str pattern = { "", 0 };

        assert_true(first_fit(scl_str_c(table), &reference, &pattern) > 1);
        check_text(pattern, rows[i].pattern, rows[i].text);
    }
}

SUITE(
    CASE(references_are_cut_and_completed),
    CASE(what_is_no_reference_says_why),
    CASE(the_longest_parts_are_valid),
    CASE(an_id_is_no_name),
    CASE(it_is_known_whether_a_registry_is_written),
    CASE(algorithm_and_text_are_slices),
    CASE(patterns_match_names_and_tags),
    CASE(matching_counts_its_steps_and_gives_up_at_none),
    CASE(unclosed_patterns_stand_for_themselves),
    CASE(the_first_row_that_fits_is_the_one_meant))
