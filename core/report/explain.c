/* SPDX-License-Identifier: Apache-2.0 */
/*
 * explain.c: what a policy wants, why, and how to comply
 *
 * The metadata, then the prose, then one example of each format and each ending, which are read
 * from the policy's file when they are asked for.
 */
#include "report/explain.h"

#include "engine/adjust.h"
#include "engine/carets.h"
#include "report/wrap.h"
#include "script/load.h"

#include <string.h>

enum { WIDTH = 80, LABEL = 12 };

/* What people call what `refs` and `aliases` name by a key. */
static const struct {
    const char *key, *title;
} titles[] = {
    { "cis_docker", "CIS Docker" },   { "owasp_docker", "OWASP Docker" },
    { "nist_800_190", "NIST 800-190" }, { "nsa_cisa", "NSA/CISA" },
    { "production_guide", "production guide" }, { "image_guide", "image guide" },
    { "hadolint", "hadolint" },       { "buildkit", "BuildKit" },
    { "trivy", "Trivy" },             { "checkov", "Checkov" },
    { "kics", "KICS" },               { "dockle", "Dockle" },
    { "docker_bench", "docker-bench" },
};

enum { TITLES = sizeof titles / sizeof titles[0] };

/* ---- rows of metadata ---- */

static void
add_names(struct scl_text *text, struct scl_strs names)
{
    for (uint32_t i = 0; i < names.count; i++)
        scl_text_f(text, "%s%.*s", i ? ", " : "", SCL_ARG(names.at[i]));
}

/* `; TITLE NAME, NAME`, which no line end divides: on the next line where it does not fit. */
static void
write_named(struct scl_text *out, struct scl_str title, struct scl_strs names, size_t *column)
{
    struct scl_text group = { 0 };

    scl_text_f(&group, "%.*s ", SCL_ARG(title));
    add_names(&group, names);
    if (*column == LABEL) {
        *column += group.len;
    } else if (*column + 2 + group.len + 1 <= WIDTH) {
        scl_text_c(out, "; ");
        *column += 2 + group.len;
    } else {
        scl_text_c(out, ";\n");
        scl_text_fill(out, ' ', LABEL);
        *column = LABEL + group.len;
    }
    scl_text_add(out, scl_text_str(&group));
    out->failed = out->failed || group.failed;
    scl_text_finish(&group);
}

/* Those that have a title first, in the order of the table. */
static void
write_map(struct scl_text *out, const char *label, const struct scl_named_strs *rows,
          uint32_t count)
{
    size_t column = LABEL;

    if (!count)
        return;
    scl_text_f(out, "  %-10s", label);
    for (size_t title = 0; title < TITLES; title++)
        for (uint32_t i = 0; i < count; i++)
            if (scl_str_is(rows[i].name, titles[title].key))
                write_named(out, scl_str_c(titles[title].title), rows[i].values, &column);
    for (uint32_t i = 0; i < count; i++) {
        bool has_title = false;

        for (size_t title = 0; title < TITLES; title++)
            has_title = has_title || scl_str_is(rows[i].name, titles[title].key);
        if (!has_title)
            write_named(out, rows[i].name, rows[i].values, &column);
    }
    scl_text_char(out, '\n');
}

static void
add_subjects(struct scl_text *text, uint32_t subjects)
{
    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++)
        if (subjects >> type & 1)
            scl_text_f(text, "%s%s", text->len ? ", " : "", scl_type(type)->name);
}

/* `  label     words`, wrapped under the words; nothing where there are none. */
static void
write_row(struct scl_text *out, const char *label, struct scl_text *words)
{
    if (words->len) {
        scl_text_f(out, "  %-10s", label);
        scl_wrap_add(out, scl_text_str(words), LABEL, WIDTH);
        scl_text_char(out, '\n');
    }
    out->failed = out->failed || words->failed;
    scl_text_clear(words);
}

/* Whose findings an adjustment is about; of a policy, which adjustments are about its own. */
static void
add_adjusting(struct scl_text *text, const struct scantling_engine *engine, uint32_t policy)
{
    const struct scl_policy *p = engine->policies[policy].meta;

    if (p->adjusts.len) {
        p = scl_adjusted_policy(engine, p);
        scl_text_f(text, "%.*s%s%.*s", SCL_ARG(p->code), p->code.len ? " " : "", SCL_ARG(p->id));
        return;
    }
    for (uint32_t i = engine->policy_count; i < scl_engine_file_count(engine); i++)
        if (engine->policies[i].adjusts == policy)
            scl_text_f(text, "%s%.*s", text->len ? ", " : "by ",
                       SCL_ARG(engine->policies[i].meta->id));
}

static void
write_rows(const struct scantling_engine *engine, uint32_t policy, struct scl_text *out)
{
    const struct scl_judge_policy *judged = &engine->policies[policy];
    const struct scl_policy *p = judged->meta;
    struct scl_text words = { 0 };

    if (!p->adjusts.len)
        scl_text_c(&words, scl_severity_name(judged->severity));
    write_row(out, "severity", &words);
    add_adjusting(&words, engine, policy);
    write_row(out, p->adjusts.len ? "adjusts" : "adjusted", &words);
    add_subjects(&words, p->subjects);
    write_row(out, "judges", &words);
    add_names(&words, p->packs);
    write_row(out, "packs", &words);
    write_map(out, "refs", p->refs, p->ref_count);
    write_map(out, "known as", p->aliases, p->alias_count);
    for (uint32_t i = 0; i < p->param_count; i++) {
        scl_text_f(&words, "%.*s: %.*s", SCL_ARG(p->params[i].name), SCL_ARG(p->params[i].doc));
        write_row(out, i ? "" : "params", &words);
    }
    scl_text_finish(&words);
}

/* ---- prose and examples ---- */

static void
write_head(struct scl_text *out, const char *title, bool markdown)
{
    scl_text_f(out, "\n%s%s\n%s", markdown ? "### " : "", title, markdown ? "\n" : "");
}

static void
write_prose(struct scl_text *out, const char *title, struct scl_str prose, bool markdown)
{
    write_head(out, title, markdown);
    if (markdown) {
        scl_text_add(out, prose);
    } else {
        scl_text_c(out, "  ");
        scl_wrap_add(out, prose, 2, WIDTH);
    }
    scl_text_char(out, '\n');
}

static void
write_lines(struct scl_text *out, struct scl_str text, bool markdown)
{
    struct scl_str line;

    while (text.len && text.at[text.len - 1] == '\n')
        text.len--;
    if (markdown)
        scl_text_c(out, "```\n");
    while (scl_str_cut(&text, '\n', &line))
        scl_text_f(out, "%s%.*s\n", markdown ? "" : "  ", SCL_ARG(line));
    if (markdown)
        scl_text_c(out, "```\n");
}

static void
write_example(const struct scl_example *example, struct scl_arena *arena, bool markdown,
              struct scl_text *out)
{
    static const char *const wants[] = { "Fails", "Passes", "Inconclusive" };
    struct scl_carets carets = { { 0 } };
    char title[128] = "";
    size_t length = 0;

    for (uint32_t i = 0; i < example->file_count; i++) {
        struct scl_str text, name = example->files[i].name;

        if (example->files[i].is_absent ||
            !scl_carets_take(&carets, arena, &example->files[i], &text))
            continue;
        length = name.len < 64 ? name.len : 64;
        strcpy(title, wants[example->want]);
        strcat(title, " (");
        strncat(title, name.at, length);
        strcat(title, ")");
        write_head(out, title, markdown);
        write_lines(out, text, markdown);
    }
}

/* The comment that lets a finding stand. */
static void
write_exception(struct scl_text *out, const struct scl_policy *policy, bool markdown)
{
    struct scl_text line = { 0 };

    scl_text_f(&line, "# scantling: ignore %.*s because REASON", SCL_ARG(policy->id));
    write_head(out, "Where it is meant", markdown);
    write_lines(out, scl_text_str(&line), markdown);
    out->failed = out->failed || line.failed;
    scl_text_finish(&line);
}

/* The first example of each ending and format. */
static bool
is_first(const struct scl_examples *examples, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++)
        if (examples->at[i].want == examples->at[index].want &&
            scl_str_same(examples->at[i].format, examples->at[index].format))
            return false;
    return true;
}

static bool
write_examples(const struct scantling_engine *engine, const struct scl_policy *policy,
               bool markdown, struct scl_text *out, scantling_error **error)
{
    struct scl_loader loader;
    struct scl_arena arena;
    struct scl_examples examples = { NULL, 0 };
    struct scl_policy loaded;
    scantling_error *chain = NULL;
    bool good;

    if (!scl_loader_init(&loader, engine->facts, engine->secrets, &engine->limits, error))
        return false;
    scl_loader_set_libraries(&loader, engine->libraries);
    scl_arena_init(&arena);
    good = scl_policy_load(&loader, &arena, policy->path, policy->source, policy->is_builtin,
                           &loaded, &examples, &chain);
    for (uint32_t i = 0; good && i < examples.count; i++)
        if (is_first(&examples, i))
            write_example(&examples.at[i], &arena, markdown, out);
    scl_arena_finish(&arena);
    scl_loader_finish(&loader);
    if (!good)
        scl_error_give(error, chain);
    return good;
}

bool
scl_explain(const struct scantling_engine *engine, uint32_t policy, bool markdown,
            struct scl_text *out, scantling_error **error)
{
    const struct scl_policy *p = engine->policies[policy].meta;

    scl_text_f(out, "%s%.*s%s%.*s: %.*s\n\n", markdown ? "## " : "", SCL_ARG(p->code),
               p->code.len ? " " : "", SCL_ARG(p->id), SCL_ARG(p->title));
    write_rows(engine, policy, out);
    write_prose(out, "Why", p->why, markdown);
    if (p->fix.len)
        write_prose(out, "Fix", p->fix, markdown);
    if (scl_policy_is_own(p))
        return true;
    if (!write_examples(engine, p, markdown, out, error))
        return false;
    if (!p->adjusts.len)
        write_exception(out, p, markdown);
    return true;
}
