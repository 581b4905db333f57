/* SPDX-License-Identifier: Apache-2.0 */
/*
 * embed.c: the built-in policies as C
 *
 *     embed OUTPUT NAME FILE [NAME FILE]...
 *
 * Loads each policy file just as the library loads an organisation's, and writes what it
 * says of itself as constant data, in the order of the codes, with the text of the file and what of
 * it is prose or examples. A policy that does not load stops the build. Run by the build, never by
 * the library.
 */
#include "cuts.h"

#include "base/text.h"
#include "script/load.h"

#include <stdio.h>
#include <stdlib.h>

struct embedded {
    struct scl_policy policy;
    char *text;
};

static char *
read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size;

    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 &&
        fseek(file, 0, SEEK_SET) == 0 && (bytes = malloc((size_t)size + 1)) != NULL) {
        *ret_size = fread(bytes, 1, (size_t)size, file);
        bytes[*ret_size] = '\0';
    }
    fclose(file);
    return bytes;
}

/* ---- writing C ---- */

static void
write_str(FILE *out, struct scl_str text)
{
    fputs("{ \"", out);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte == '\n')
            fputs("\\n", out);
        else if (byte < 0x20 || byte > 0x7e || byte == '?')
            fprintf(out, "\\%03o", byte);
        else
            fputc(byte, out);
        if (i % 500 == 499)
            fputs("\"\n\"", out);
    }
    fprintf(out, "\", %zu }", text.len);
}

static void
write_source(FILE *out, size_t index, struct scl_str source)
{
    fprintf(out, "static const char source_%zu[] = {", index);
    for (size_t i = 0; i < source.len; i++)
        fprintf(out, "%s%u,", i % 24 ? "" : "\n", (unsigned)(unsigned char)source.at[i]);
    fputs("0\n};\n", out);
}

static void
write_cuts(FILE *out, size_t index, struct scl_str source)
{
    struct scl_cut cuts[MOST_CUTS];
    uint32_t count = scl_cuts_find(source, cuts);

    fprintf(out, "enum { cut_count_%zu = %u };\n", index, (unsigned)count);
    fprintf(out, "static const struct scl_cut cuts_%zu[] = {\n", index);
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "    { %u, %u },\n", (unsigned)cuts[i].start, (unsigned)cuts[i].end);
    fputs("    { 0, 0 },\n};\n", out);
}

/* A static array of texts, or nothing; its name is put into `name`. */
static void
write_strs(FILE *out, const char *name, struct scl_strs strs)
{
    if (!strs.count)
        return;
    fprintf(out, "static const struct scl_str %s[] = {\n", name);
    for (uint32_t i = 0; i < strs.count; i++) {
        fputs("    ", out);
        write_str(out, strs.at[i]);
        fputs(",\n", out);
    }
    fputs("};\n", out);
}

static void
write_strs_use(FILE *out, const char *name, struct scl_strs strs)
{
    if (strs.count)
        fprintf(out, "{ %s, %u }", name, (unsigned)strs.count);
    else
        fputs("{ NULL, 0 }", out);
}

static void
write_map(FILE *out, const char *name, const struct scl_named_strs *rows, uint32_t count)
{
    char inner[128];

    for (uint32_t i = 0; i < count; i++) {
        snprintf(inner, sizeof inner, "%s_%u", name, (unsigned)i);
        write_strs(out, inner, rows[i].values);
    }
    if (!count)
        return;
    fprintf(out, "static const struct scl_named_strs %s[] = {\n", name);
    for (uint32_t i = 0; i < count; i++) {
        snprintf(inner, sizeof inner, "%s_%u", name, (unsigned)i);
        fputs("    { ", out);
        write_str(out, rows[i].name);
        fputs(", ", out);
        write_strs_use(out, inner, rows[i].values);
        fputs(" },\n", out);
    }
    fputs("};\n", out);
}

static void
write_selectors(FILE *out, size_t index, const struct scl_policy *p)
{
    char name[64];

    for (uint32_t i = 0; i < p->on_count; i++) {
        snprintf(name, sizeof name, "on_values_%zu_%u", index, (unsigned)i);
        write_strs(out, name, p->on[i].values);
    }
    if (!p->on_count)
        return;
    fprintf(out, "static const struct scl_selector on_%zu[] = {\n", index);
    for (uint32_t i = 0; i < p->on_count; i++) {
        snprintf(name, sizeof name, "on_values_%zu_%u", index, (unsigned)i);
        fprintf(out, "    { %u, %u, ", p->on[i].type, p->on[i].field);
        write_strs_use(out, name, p->on[i].values);
        fprintf(out, ", %s, %u },\n", p->on[i].is_glob ? "true" : "false", p->on[i].needs);
    }
    fputs("};\n", out);
}

static void
write_params(FILE *out, size_t index, const struct scl_policy *p)
{
    char name[64];

    for (uint32_t i = 0; i < p->param_count; i++) {
        snprintf(name, sizeof name, "one_of_%zu_%u", index, (unsigned)i);
        write_strs(out, name, p->params[i].one_of);
        snprintf(name, sizeof name, "default_%zu_%u", index, (unsigned)i);
        write_strs(out, name, p->params[i].fallback.list);
        snprintf(name, sizeof name, "default_keys_%zu_%u", index, (unsigned)i);
        write_strs(out, name, p->params[i].fallback.keys);
    }
    if (!p->param_count)
        return;
    fprintf(out, "static const struct scl_param params_%zu[] = {\n", index);
    for (uint32_t i = 0; i < p->param_count; i++) {
        const struct scl_param *param = &p->params[i];

        fputs("    { .name = ", out);
        write_str(out, param->name);
        fputs(", .doc = ", out);
        write_str(out, param->doc);
        fprintf(out,
                ",\n      .type = %d, .has_min = %d, .has_max = %d, .min = %.17g, .max = %.17g,",
                (int)param->type, param->has_min, param->has_max, param->min, param->max);
        snprintf(name, sizeof name, "one_of_%zu_%u", index, (unsigned)i);
        fputs("\n      .one_of = ", out);
        write_strs_use(out, name, param->one_of);
        fprintf(out, ",\n      .fallback = { %d, %lldLL, %.17g, ", param->fallback.is_set,
                (long long)param->fallback.integer, param->fallback.number);
        write_str(out, param->fallback.text);
        snprintf(name, sizeof name, "default_%zu_%u", index, (unsigned)i);
        fputs(", ", out);
        write_strs_use(out, name, param->fallback.list);
        snprintf(name, sizeof name, "default_keys_%zu_%u", index, (unsigned)i);
        fputs(", ", out);
        write_strs_use(out, name, param->fallback.keys);
        fputs(" } },\n", out);
    }
    fputs("};\n", out);
}

static void
write_parts(FILE *out, size_t index, const struct scl_policy *p)
{
    char name[64];

    write_source(out, index, p->source);
    write_cuts(out, index, p->source);
    write_selectors(out, index, p);
    write_params(out, index, p);
    snprintf(name, sizeof name, "requires_%zu", index);
    write_strs(out, name, p->requires);
    snprintf(name, sizeof name, "packs_%zu", index);
    write_strs(out, name, p->packs);
    snprintf(name, sizeof name, "replaces_%zu", index);
    write_strs(out, name, p->replaces);
    snprintf(name, sizeof name, "refs_%zu", index);
    write_map(out, name, p->refs, p->ref_count);
    snprintf(name, sizeof name, "aliases_%zu", index);
    write_map(out, name, p->aliases, p->alias_count);
}

static void
write_field(FILE *out, const char *field, struct scl_str text)
{
    fprintf(out, ",\n      .%s = ", field);
    write_str(out, text);
}

static void
write_list_field(FILE *out, const char *field, size_t index, struct scl_strs strs)
{
    char name[64];

    snprintf(name, sizeof name, "%s_%zu", field, index);
    fprintf(out, ",\n      .%s = ", field);
    write_strs_use(out, name, strs);
}

static void
write_array_field(FILE *out, const char *field, const char *count_field, size_t index,
                  const char *array, uint32_t count)
{
    if (count)
        fprintf(out, ",\n      .%s = %s_%zu, .%s = %u", field, array, index, count_field,
                (unsigned)count);
}

static void
write_policy(FILE *out, size_t index, const struct scl_policy *p)
{
    fputs("    { .path = ", out);
    write_str(out, p->path);
    fprintf(out, ",\n      .source = { source_%zu, %zu }", index, p->source.len);
    fprintf(out, ",\n      .cuts = cuts_%zu, .cut_count = cut_count_%zu", index, index);
    write_field(out, "id", p->id);
    write_field(out, "code", p->code);
    write_field(out, "title", p->title);
    write_field(out, "why", p->why);
    write_field(out, "fix", p->fix);
    fprintf(out, ",\n      .severity = %d, .confidence = %d, .subjects = %uu", (int)p->severity,
            (int)p->confidence, (unsigned)p->subjects);
    write_array_field(out, "on", "on_count", index, "on", p->on_count);
    write_list_field(out, "requires", index, p->requires);
    write_list_field(out, "packs", index, p->packs);
    write_list_field(out, "replaces", index, p->replaces);
    write_array_field(out, "refs", "ref_count", index, "refs", p->ref_count);
    write_array_field(out, "aliases", "alias_count", index, "aliases", p->alias_count);
    write_array_field(out, "params", "param_count", index, "params", p->param_count);
    fputs(",\n      .is_builtin = true },\n", out);
}

static int
code_order(const void *a, const void *b)
{
    const struct embedded *x = a, *y = b;

    return scl_str_compare(x->policy.code, y->policy.code);
}

static bool
write_all(const char *path, const struct embedded *all, size_t count)
{
    FILE *out = fopen(path, "wb");

    if (!out)
        return false;
    fputs("/* generated by policies/embed.c from the policies */\n#include \"script/policy.h\"\n\n",
          out);
    for (size_t i = 0; i < count; i++)
        write_parts(out, i, &all[i].policy);
    fputs("\nconst struct scl_policy scl_builtin_policies[] = {\n", out);
    for (size_t i = 0; i < count; i++)
        write_policy(out, i, &all[i].policy);
    fprintf(out, "};\n\nconst uint32_t scl_builtin_policy_count = %zu;\n", count);
    return fclose(out) == 0;
}

/* ---- loading ---- */

static void
print_errors(scantling_error *errors)
{
    for (const scantling_error *e = errors; e; e = e->next) {
        fprintf(stderr, "%s:%u:%u: %s\n", e->path ? e->path : "embed", (unsigned)e->start.line,
                (unsigned)e->start.column, e->message);
        for (const struct scl_error_suggestion *s = e->suggestions; s; s = s->next)
            fprintf(stderr, "    %s\n", s->text);
    }
}

static bool
load_one(struct scl_loader *loader, struct scl_arena *arena, const char *label, const char *path,
         struct embedded *ret)
{
    struct scl_text name = { 0 };
    struct scl_examples examples;
    scantling_error *errors = NULL;
    size_t size = 0;

    ret->text = read_file(path, &size);
    scl_text_f(&name, "builtin:%s", label);
    if (!ret->text || name.failed) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    if (scl_policy_load(loader, arena,
                        scl_str_n(scl_arena_copy(arena, name.at, name.len), name.len),
                        scl_str_n(ret->text, size), true, &ret->policy, &examples, &errors)) {
        scl_text_finish(&name);
        return true;
    }
    scl_text_finish(&name);
    print_errors(errors);
    scl_error_free(errors);
    return false;
}

int
main(int argc, char **argv)
{
    struct scl_arena arena;
    struct scl_loader loader;
    struct scl_lua_limits limits = scl_lua_limits_fill((struct scl_lua_limits){ .steps = 0 });
    const struct scl_secrets *secrets;
    scantling_error *error = NULL;
    size_t count = argc > 2 ? ((size_t)argc - 2) / 2 : 0;
    struct embedded *all = calloc(count + 1, sizeof *all);
    bool good;

    scl_arena_init(&arena);
    secrets = scl_secrets_new(&arena, scl_facts_builtin(), &error);
    good = argc >= 2 && all && secrets &&
           scl_loader_init(&loader, scl_facts_builtin(), secrets, &limits, &error);
    print_errors(error);
    for (size_t i = 0; good && i < count; i++)
        good = load_one(&loader, &arena, argv[2 + 2 * i], argv[3 + 2 * i], &all[i]);
    if (good) {
        qsort(all, count, sizeof *all, code_order);
        good = write_all(argv[1], all, count);
        scl_loader_finish(&loader);
    }
    for (size_t i = 0; all && i < count; i++)
        free(all[i].text);
    free(all);
    scl_error_free(error);
    scl_arena_finish(&arena);
    return good ? 0 : 1;
}
