/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refusal.c: notes about an input as such, which no place belongs to
 *
 * People give what lies beside the document they mean: the state of a container for its
 * configuration, the values of a chart for its manifests. They are told apart from what is unknown.
 */
#include "formats/refusal.h"

#include "base/text.h"

#include <stdarg.h>

struct scl_note *
scl_refuse(struct scl_document *d, const char *format, ...)
{
    struct scl_text text;
    struct scl_note *note;
    va_list arguments;

    scl_text_init(&text);
    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    note = scl_note_add(&d->notes, SCL_NOTE_ERROR, (struct scl_span){ 0 }, "%s",
                        text.at ? text.at : "");
    d->arena.failed = d->arena.failed || text.failed;
    scl_text_finish(&text);
    if (note)
        note->has_place = false;
    return note;
}

/* Templates. */

static const struct scl_str helm_words[] = {
    SCL_STR(".Values"),    SCL_STR(".Release"),   SCL_STR(".Chart"),   SCL_STR(".Capabilities"),
    SCL_STR("include \""), SCL_STR("template \""), SCL_STR("define \""),
};

/* Whether an action, `{{ ... }}` within a line, speaks of what only Helm has. Linear: a line is cut
 * into what lies between two `{{`. */
static bool
is_helm_template(struct scl_str text)
{
    struct scl_str line;

    while (scl_str_cut(&text, '\n', &line)) {
        size_t open = scl_str_find(line, SCL_S("{{"));
        struct scl_str action;

        if (open == SIZE_MAX)
            continue;
        action = scl_str_sub(line, open + 2, line.len);
        for (size_t i = 0; i < sizeof helm_words / sizeof *helm_words; i++)
            if (scl_str_find(action, helm_words[i]) != SIZE_MAX)
                return true;
    }
    return false;
}

/* What speaks of a chart beyond doubt: other templates have an `include` too. */
static const struct scl_str chart_words[] = {
    SCL_STR(".Values."), SCL_STR(".Release."), SCL_STR(".Chart."), SCL_STR(".Capabilities."),
};

static bool
is_of_chart(struct scl_str text)
{
    size_t open = scl_str_find(text, SCL_S("{{"));
    struct scl_str action = scl_str_sub(text, open == SIZE_MAX ? text.len : open + 2, text.len);

    for (size_t i = 0; i < sizeof chart_words / sizeof *chart_words; i++) {
        struct scl_str rest = action;
        size_t at;

        while ((at = scl_str_find(rest, chart_words[i])) != SIZE_MAX) {
            if (at == 0 || !scl_is_alnum(rest.at[at - 1]))
                return true;
            rest = scl_str_sub(rest, at + 1, rest.len);
        }
    }
    return false;
}

enum { DEEPEST = 128 };

/* Whether a value is a template. What a block scalar holds is the text of another file. */
static bool
has_chart_value(const struct scl_tree *node, unsigned depth)
{
    if (node->is_alias || depth > DEEPEST)
        return false;
    if (node->kind == SCL_TREE_STRING)
        return node->style <= SCL_TREE_DOUBLE_QUOTED && is_of_chart(scl_tree_text(node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (has_chart_value(scl_tree_child(node, i), depth + 1))
            return true;
    return false;
}

/* Units of Quadlet that are no containers, by the section that makes them what they are. */
static const struct {
    struct scl_str section;
    const char *what;
} units[] = {
    { SCL_STR("[Pod]"), "it is a Quadlet unit of a pod; its containers have units of their own" },
    { SCL_STR("[Kube]"), "it is a Quadlet unit that plays a manifest; give the file of its Yaml=" },
    { SCL_STR("[Build]"), "it is a Quadlet unit that builds an image; give the Dockerfile" },
    { SCL_STR("[Image]"), "it is a Quadlet unit that pulls an image" },
    { SCL_STR("[Volume]"), "it is a Quadlet unit of a volume" },
    { SCL_STR("[Network]"), "it is a Quadlet unit of a network" },
};

static const char *
unit_name(struct scl_str text)
{
    struct scl_str line;

    while (scl_str_cut(&text, '\n', &line)) {
        line = scl_str_trim(line);
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            if (scl_str_same(line, units[i].section))
                return units[i].what;
    }
    return NULL;
}

/* Whether the first line that says anything opens a job of Nomad in its own language. */
static bool
is_nomad_job(struct scl_str text)
{
    struct scl_str line;

    while (scl_str_cut(&text, '\n', &line)) {
        line = scl_str_trim(line);
        if (!line.len || line.at[0] == '#' || scl_str_starts(line, SCL_S("//")))
            continue;
        return scl_str_starts(line, SCL_S("job \"")) || scl_str_starts(line, SCL_S("variable \""));
    }
    return false;
}

static bool
may_be_template(struct scl_str base_name)
{
    static const struct scl_str endings[] = { SCL_STR(".yaml"), SCL_STR(".yml"), SCL_STR(".tpl") };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (scl_str_ends(base_name, endings[i]))
            return true;
    return base_name.len == 0 || scl_str_is(base_name, "-");
}

bool
scl_is_helm(const struct scl_document *d, struct scl_str base_name,
            const struct scl_tree *documents)
{
    struct scl_str text = d->files->text;

    if (!may_be_template(base_name) || scl_str_find(text, SCL_S("{{")) == SIZE_MAX)
        return false;
    if (scl_notes_have_error(&d->notes))
        return is_helm_template(text);
    return is_helm_template(text) && has_chart_value(documents, 0);
}

/* Documents of the same world that say nothing about how a container runs. */

static const struct neighbour {
    struct scl_str keys[3]; /* all of them are there */
    const char *what;
} neighbours[] = {
    { { SCL_STR("ociVersion"), SCL_STR("status"), SCL_STR("bundle") },
      "it is the state of a container; config.json in its bundle is the configuration" },
    { { SCL_STR("ociVersionMin") }, "it is what an OCI runtime says of its features" },
    { { SCL_STR("defaultAction"), SCL_STR("syscalls") }, "it is a seccomp profile" },
    { { SCL_STR("Driver"), SCL_STR("Scope"), SCL_STR("IPAM") },
      "it is what docker network inspect prints" },
    { { SCL_STR("Driver"), SCL_STR("Scope"), SCL_STR("Mountpoint") },
      "it is what docker volume inspect prints" },
};

/* The same by their names alone: what is in them looks like anything. */
static const struct {
    struct scl_str name;
    const char *what;
} others[] = {
    { SCL_STR("kustomization.yaml"),
      "it says how Kustomize builds manifests: kubectl kustomize . | scantling check -" },
    { SCL_STR("kustomization.yml"),
      "it says how Kustomize builds manifests: kubectl kustomize . | scantling check -" },
    { SCL_STR("Kustomization"),
      "it says how Kustomize builds manifests: kubectl kustomize . | scantling check -" },
    { SCL_STR("Chart.yaml"), "it describes a Helm chart: helm template . | scantling check -" },
    { SCL_STR("values.yaml"),
      "it holds the values of a Helm chart: helm template . | scantling check -" },
    { SCL_STR("values.yml"),
      "it holds the values of a Helm chart: helm template . | scantling check -" },
    { SCL_STR("package.json"), "it describes a package of npm" },
};

static const char *
other_name(struct scl_str base_name)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (scl_str_same(base_name, others[i].name))
            return others[i].what;
    return NULL;
}

bool
scl_is_other_by_name(struct scl_str base_name)
{
    return other_name(base_name) != NULL;
}

/* By the keys of an object, or of the first of a list of them. */
static const char *
neighbour_name(const struct scl_tree *root)
{
    if (root && root->kind == SCL_TREE_LIST && scl_tree_count(root))
        root = scl_tree_child(root, 0);
    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++) {
        bool fits = true;

        for (size_t k = 0; k < sizeof neighbours[i].keys / sizeof neighbours[i].keys[0]; k++)
            fits = fits && (!neighbours[i].keys[k].len ||
                            scl_tree_find(root, neighbours[i].keys[k]));
        if (fits)
            return neighbours[i].what;
    }
    return NULL;
}

static bool
has_json_comment(struct scl_str text, struct scl_str base_name)
{
    text = scl_str_trim(text);
    return scl_str_ends(base_name, SCL_S(".json")) &&
           (scl_str_starts(text, SCL_S("//")) || scl_str_starts(text, SCL_S("/*")));
}

void
scl_refuse_unknown(struct scl_document *d, struct scl_str base_name, const struct scl_tree *root)
{
    const char *other = other_name(base_name);
    const char *neighbour = other ? other : neighbour_name(root);
    struct scl_note *note;

    if (!root && may_be_template(base_name) && is_helm_template(d->files->text)) {
        note = scl_refuse(d, "Helm template, not yet a document");
        scl_note_help(&d->notes, note, "render it: helm template chart | scantling check -");
        return;
    }
    if (!root && is_nomad_job(d->files->text)) {
        note = scl_refuse(d, "job of Nomad in HCL, of which only the JSON is read");
        scl_note_help(&d->notes, note, "render it: nomad job run -output FILE | scantling check -");
        return;
    }
    if (!neighbour && !root && has_json_comment(d->files->text, base_name))
        neighbour = "it begins with a comment, which JSON does not have";
    if (!neighbour && !root)
        neighbour = unit_name(d->files->text);
    note = scl_refuse(d, "format not recognized");
    if (neighbour)
        scl_note_also(&d->notes, note, "%s", neighbour);
    scl_note_help(&d->notes, note,
                  "name it: --as FORMAT; 'scantling inspect --formats' lists them");
}
