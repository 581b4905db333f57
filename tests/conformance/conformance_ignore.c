/* SPDX-License-Identifier: Apache-2.0 */
/*
 * conformance_ignore.c: ignore patterns against the tables of moby/patternmatcher
 *
 * Four tables: what matches, how a pattern is classified and as which expression, which patterns
 * are refused, and what a file becomes. All of it must agree. Without the corpus: "skipped".
 */
#include "syntax/ignore_pattern.h"
#include "syntax/json.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef SOURCE_ROOT
#define SOURCE_ROOT "."
#endif

enum { PATH_BYTES = 4096, MOST_BYTES = 1 << 20 };

struct counts {
    unsigned good, all;
};

static void
count(struct counts *counts, bool is_good, struct scl_str what, struct scl_str where)
{
    counts->all++;
    counts->good += is_good;
    if (!is_good)
        printf("  differs: %.*s (%.*s)\n", SCL_ARG(what), SCL_ARG(where));
}

static struct scl_str
text_of(const struct scl_tree *map, const char *key)
{
    const struct scl_tree *value = scl_tree_find(map, scl_str_c(key));

    return value ? scl_tree_text(value) : scl_str_n("", 0);
}

/* The cases of a table, or NULL. */
static const struct scl_tree *
read_cases(struct scl_arena *arena, const char *corpus, const char *name)
{
    char path[PATH_BYTES], *bytes = scl_arena_alloc(arena, MOST_BYTES);
    struct scl_source source;
    struct scl_notes notes;
    size_t length;
    FILE *file;

    snprintf(path, sizeof path, "%s/patternmatcher/%s", corpus, name);
    file = fopen(path, "rb");
    if (!file || !bytes)
        return NULL;
    length = fread(bytes, 1, MOST_BYTES, file);
    fclose(file);
    scl_notes_init(&notes, arena);
    if (!scl_source_init(&source, arena, scl_str_c(name), scl_str_n(bytes, length)))
        return NULL;
    return scl_tree_find(scl_json_read(arena, &source, NULL, &notes), SCL_S("cases"));
}

static void
check_match(struct scl_arena *arena, const struct scl_tree *row, struct counts *counts)
{
    const struct scl_tree *patterns = scl_tree_find(row, SCL_S("patterns"));
    struct scl_ignore ignore = { .patterns = { .count = 0 } };
    struct scl_str path = text_of(row, "path"), error = text_of(row, "error");
    struct scl_notes notes;
    bool expected = false, is_excluded;

    scl_notes_init(&notes, arena);
    for (uint32_t i = 0; i < scl_tree_count(patterns); i++)
        scl_ignore_add(arena, &ignore, scl_tree_text(scl_tree_child(patterns, i)),
                       (struct scl_span){ 0, 0 }, &notes);
    is_excluded = scl_ignore_excludes(&ignore, path, NULL);
    if (error.len) {
        bool is_empty = scl_str_find(error, SCL_S("exclusion")) != SIZE_MAX;

        count(counts,
              notes.list.count == 1 &&
                  (scl_str_find(notes.list.at[0].message, SCL_S("'!'")) != SIZE_MAX) == is_empty,
              error, path);
        return;
    }
    scl_tree_bool(scl_tree_find(row, SCL_S("match")), &expected);
    count(counts, notes.list.count == 0 && is_excluded == expected,
          scl_tree_count(patterns) ? scl_tree_text(scl_tree_child(patterns, 0)) : SCL_S("none"),
          path);
}

static void
check_class(struct scl_arena *arena, const struct scl_tree *row, struct counts *counts)
{
    static const char *const kinds[] = { [SCL_IGNORE_EXACT] = "exact",
                                         [SCL_IGNORE_PREFIX] = "prefix",
                                         [SCL_IGNORE_SUFFIX] = "suffix",
                                         [SCL_IGNORE_PATTERN] = "regexp" };
    struct scl_str pattern = text_of(row, "pattern"), regex = text_of(row, "regex_unix");
    struct scl_text expression = { 0 };
    enum scl_ignore_kind kind = scl_ignore_express(pattern, &expression);

    (void)arena;
    count(counts,
          scl_str_is(text_of(row, "type"), kinds[kind]) &&
              (regex.len == 0 || scl_str_same(regex, scl_text_str(&expression))),
          pattern, scl_text_str(&expression));
    scl_text_finish(&expression);
}

/* A `!` alone is a pattern of the file that is refused afterwards. */
static void
check_file(struct scl_arena *arena, const struct scl_tree *row, struct counts *counts)
{
    const struct scl_tree *patterns = scl_tree_find(row, SCL_S("patterns"));
    struct scl_source source;
    struct scl_notes notes;
    struct scl_ignore ignore;
    uint32_t next = 0, refused = 0;

    scl_notes_init(&notes, arena);
    if (!scl_source_init(&source, arena, SCL_S(".dockerignore"), text_of(row, "content")) ||
        !scl_ignore_read(arena, &source, &notes, &ignore))
        return;
    for (uint32_t i = 0; i < scl_tree_count(patterns); i++) {
        struct scl_str expected = scl_tree_text(scl_tree_child(patterns, i));
        bool is_exclusion = expected.len && expected.at[0] == '!';
        const struct scl_ignore_pattern *pattern = &ignore.patterns.at[next];

        if (scl_str_is(expected, "!")) {
            refused++;
            continue;
        }
        count(counts,
              next++ < ignore.patterns.count && pattern->is_exclusion == is_exclusion &&
                  scl_str_same(pattern->text, scl_str_sub(expected, is_exclusion, expected.len)),
              expected, source.name);
    }
    count(counts, next == ignore.patterns.count && refused == notes.list.count, source.name,
          source.text);
}

static const struct table {
    const char *name;
    void (*check)(struct scl_arena *arena, const struct scl_tree *row, struct counts *counts);
} tables[] = {
    { "matches_or_parent_matches.json", check_match },
    { "matches.json", check_match },
    { "compile.json", check_class },
    { "ignorefile.json", check_file },
};

int
main(void)
{
    const char *corpus = getenv("SCANTLING_CORPUS");
    bool is_good = true;

    if (!corpus || !*corpus)
        corpus = SOURCE_ROOT "/../shared/corpus";
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct counts counts = { 0 };
        const struct scl_tree nothing = { .count = 0 }, *cases;
        struct scl_arena arena;

        scl_arena_init(&arena);
        cases = read_cases(&arena, corpus, tables[i].name);
        for (uint32_t j = 0; j < scl_tree_count(cases ? cases : &nothing); j++)
            tables[i].check(&arena, scl_tree_child(cases, j), &counts);
        if (cases)
            printf("%s: %u of %u agree\n", tables[i].name, counts.good, counts.all);
        else
            printf("skipped: no %s in %s/patternmatcher\n", tables[i].name, corpus);
        is_good = is_good && counts.good == counts.all && (!cases || counts.all > 0);
        scl_arena_finish(&arena);
    }
    return is_good ? 0 : 1;
}
