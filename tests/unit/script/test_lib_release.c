/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lib_release.c: image.releases and version
 */
#include "language.h"

#include "base/text.h"

#define RELEASES(reference) \
    "local t = {} for _, r in ipairs(image.releases(\"" reference "\")) do " \
    "t[#t + 1] = r.product .. ' ' .. r.cycle end return table.concat(t, ', ')"

static struct scl_str
cell(const struct scl_facts_table *table, uint32_t row, const char *column)
{
    return scl_facts_text(table, row, scl_facts_column(table, scl_str_c(column)));
}

/* An image that a rule is about, as its example has it. */
static void
add_image(const struct scl_facts_table *map, uint32_t row, struct scl_text *text)
{
    struct scl_str repository = cell(map, row, "repository"), example = cell(map, row, "example");

    if (scl_str_is(cell(map, row, "on"), "name")) {
        scl_text_add(text, example);
        return;
    }
    for (size_t i = 0; i < repository.len; i++) {
        if (repository.at[i] == '*' && i + 1 < repository.len && repository.at[i + 1] == '*')
            continue;
        scl_text_char(text, repository.at[i] == '*' ? 'x' : repository.at[i]);
    }
    scl_text_f(text, ":%.*s", SCL_ARG(example));
}

static void
every_rule_finds_the_cycle_of_its_example(void **state)
{
    const struct scl_facts_table *map =
        scl_facts_find(scl_facts_builtin(), SCL_S("eol_tag_map"));
    struct language *language = language_new(*state);

    assert_non_null(map);
    assert_int_equal(map->row_count, 64);
    for (uint32_t row = 0; row < map->row_count; row++) {
        bool over_parts = scl_str_is(cell(map, row, "on"), "part");
        struct scl_text chunk = { 0 }, expected = { 0 };

        scl_text_c(&chunk, "local list = image.releases(\"");
        add_image(map, row, &chunk);
        scl_text_f(&chunk, "\") return list[%s].cycle", over_parts ? "#list" : "1");
        scl_text_add(&expected, cell(map, row, "example_cycle"));
        scl_text_char(&expected, '\0');
        check_text(chunk_run_text(language->lua, &language->chunk, scl_text_str(&chunk)),
                   expected.at, chunk.at);
        scl_text_finish(&chunk);
        scl_text_finish(&expected);
    }
    language_free(language);
}

static void
images_have_the_releases_that_their_tags_name(void **state)
{
    static const struct chunk_row rows[] = {
        { RELEASES("node:18-buster"), "nodejs 18, debian 10" },
        { RELEASES("docker.io/library/python:3.8.19-slim-bullseye"), "python 3.8, debian 11" },
        { RELEASES("python:3.12-alpine3.18"), "python 3.12, alpine-linux 3.18" },
        { RELEASES("debian:bookworm-slim"), "debian 12" },
        { RELEASES("ubuntu:bookworm"), "" },
        { RELEASES("registry.example.org/node:18"), "" },
        { RELEASES("node:latest"), "" },
        { RELEASES("node:lts-alpine"), "" },
        { RELEASES("node"), "" },
        { RELEASES("node:99"), "" },
        { RELEASES("acme/app:1.2-bullseye"), "debian 11" },
        { RELEASES("gcr.io/distroless/base-debian11:nonroot"), "debian 11" },
        { RELEASES("Not Valid"), "" },
        { "return image.releases(nil)", "nil" },
        { "return image.releases(\"debian:10\")[1].eol", "2022-09-10" },
        { "return image.releases(\"debian:10\")[1].extended_eol", "2024-06-30" },
        { "return image.releases({})",
          "!image.releases: first argument is a table, not a string" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

static void
versions_are_read(void **state)
{
    static const struct chunk_row rows[] = {
        { "local v = version.parse(\"v1.22.3-rc.1+b5\") return v.major, v.minor, v.patch, v.pre",
          "1|22|3|rc.1" },
        { "local v = version.parse(\"24.04\") return v.major, v.minor, v.patch, v.pre",
          "24|4|nil|nil" },
        { "return version.parse(\"7\").major", "7" },
        { "return version.parse(\"\")", "nil" },
        { "return version.parse(\"latest\")", "nil" },
        { "return version.parse(\"1.\")", "nil" },
        { "return version.parse(\"1..2\")", "nil" },
        { "return version.parse(\"1.2.3.4\")", "nil" },
        { "return version.parse(\"1.-2\")", "nil" },
        { "return version.parse(\"1.2-\")", "nil" },
        { "return version.parse(\"99999999999999999999\")", "nil" },
        { "return version.parse(nil)", "nil" },
        { "return version.compare(\"1.2.3\", \"1.10\")", "-1" },
        { "return version.compare(\"v1\", \"1.0.0\")", "0" },
        { "return version.compare(\"2\", \"1.9.9\")", "1" },
        { "return version.compare(\"1.0-rc.1\", \"1.0\")", "-1" },
        { "return version.compare(\"1.0-rc.2\", \"1.0-rc.10\")", "-1" },
        { "return version.compare(\"1.0-1\", \"1.0-a\")", "-1" },
        { "return version.compare(\"1.0-a.1\", \"1.0-a\")", "1" },
        { "return version.compare(\"1.0+a\", \"1.0+b\")", "0" },
        { "return version.compare(\"1.0\", \"latest\")", "nil" },
        { "return version.compare(\"1.0\", nil)", "nil" },
    };

    language_check_rows(*state, rows, COUNT(rows));
}

SUITE(
    CASE(every_rule_finds_the_cycle_of_its_example),
    CASE(images_have_the_releases_that_their_tags_name),
    CASE(versions_are_read))
