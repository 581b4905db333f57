/* SPDX-License-Identifier: Apache-2.0 */
/*
 * project.c: documents joined
 *
 * What has links is read again with them first. A document's own view serves the project as well,
 * unless it has links, something is assumed, or the engine has other facts than the built-in ones.
 * Secrets are collected over all documents, so that none of one shows up in what is said of
 * another.
 */
#include "engine/project.h"

#include "document/joint.h"
#include "document/sensitive.h"
#include "engine/links.h"

#include <stdlib.h>

static struct scl_links
links_of(const struct scantling_project *project, uint32_t index)
{
    return (struct scl_links){ project->links + project->first_link[index],
                               project->first_link[index + 1] - project->first_link[index] };
}

/* Whether a document's own view tells less than the project knows. */
static bool
needs_view(const struct scantling_project *project, uint32_t index)
{
    return project->engine->facts != scl_facts_builtin() || project->engine->log ||
           project->engine->assumption_count || links_of(project, index).count;
}

static bool
join_document(struct scantling_project *project, uint32_t index)
{
    struct scl_project_document *joined = &project->documents[index];
    const struct scl_document *document = joined->document;
    struct scantling_subject *subjects =
        scl_arena_array(&project->arena, document->subjects.count, sizeof *subjects);
    struct scl_view_with with = {
        .facts = project->engine->facts,
        .index = index,
        .joint = project->joint,
        .links = links_of(project, index),
        .assumed = project->engine->assumption_count ? &project->engine->assumed : NULL,
    };

    joined->view = document->view;
    if (needs_view(project, index))
        joined->view = joined->own_view = scl_view_new(document, &with);
    if (!joined->view || !subjects)
        return false;
    project->used_assumptions |= joined->view->used_assumptions;
    for (uint32_t i = 0; i < document->subjects.count; i++)
        subjects[i] = (struct scantling_subject){
            .view = joined->view,
            .root = document->subjects.at[i].root,
            .index = i,
            .type = document->subjects.at[i].type,
        };
    joined->subjects = subjects;
    return true;
}

/* Gives everything of every document its numbers; where there are too many, nothing is linked. */
static bool
lay_out(struct scantling_project *project)
{
    uint64_t objects = 0, files = 0;
    struct scl_joint *joint = scl_arena_alloc(&project->arena, sizeof *joint);
    struct scl_joint_part *parts =
        scl_arena_array(&project->arena, project->all + 1u, sizeof *parts);

    if (!joint || !parts)
        return false;
    for (uint32_t i = 0; i <= project->all; i++) {
        const struct scl_document *d = i < project->all ? project->documents[i].document : NULL;

        parts[i].document = d;
        parts[i].first_object = (uint32_t)objects;
        parts[i].first_file = (uint32_t)files;
        objects += d ? d->objects.count : 0;
        files += d ? d->file_count : 0;
        if (objects >= SCL_OBJECT_LIMIT - SCL_OBJECT_FOREIGN ||
            files >= SCL_FILE_LIMIT - SCL_FILE_FOREIGN) {
            project->first_link = scl_arena_array(&project->arena, project->all + 1u,
                                                  sizeof *project->first_link);
            return project->first_link != NULL;
        }
    }
    joint->parts = parts;
    joint->count = project->all;
    project->joint = joint;
    return true;
}

static bool
join_documents(struct scantling_project *project, struct scl_document *const *documents,
               uint32_t count)
{
    struct scl_links_made made;
    bool good = scl_links_make(&project->arena, documents, count, &made);
    uint32_t origins = 0;

    project->count = count;
    project->all = made.count;
    project->documents =
        scl_arena_array(&project->arena, made.count, sizeof *project->documents);
    for (uint32_t i = 0; i < made.count; i++)
        if (project->documents)
            project->documents[i].document = made.documents[i];
        else
            scl_document_unref(made.documents[i]);
    if (!project->documents)
        project->all = project->count = 0;
    project->originals = made.originals;
    project->links = made.links;
    project->first_link = made.first;
    good = good && project->documents && lay_out(project);
    for (uint32_t i = 0; good && i < project->all; i++)
        good = join_document(project, i);
    for (uint32_t i = 0; good && project->joint && i < project->all; i++) {
        project->joint->parts[i].view = project->documents[i].view;
        project->joint->parts[i].first_origin = origins;
        origins += project->documents[i].document->origins.count +
                   project->documents[i].view->origins.count;
    }
    return good;
}

uint32_t
scl_project_given(const struct scantling_project *project, uint32_t document)
{
    return document < project->count ? document : project->originals[document - project->count];
}

/* ---- masks ---- */

struct masking {
    struct scl_arena scratch;
    struct scl_sensitives found;
    uint32_t *first; /* of a document in `found` */
};

static bool
collect_all(struct scantling_project *project, struct masking *m)
{
    m->first = scl_arena_array(&m->scratch, project->all + 1u, sizeof *m->first);
    if (!m->first)
        return false;
    for (uint32_t i = 0; i < project->all; i++) {
        m->first[i] = m->found.list.count;
        if (!scl_sensitive_collect(project->documents[i].document, project->engine->secrets,
                                   &m->scratch, &m->found))
            return false;
    }
    m->first[project->all] = m->found.list.count;
    return true;
}

static bool
mask_file(struct scantling_project *project, struct masking *m, uint32_t index, uint32_t file,
          struct scl_mask_file *ret)
{
    uint32_t first = m->first[index], end = m->first[index + 1], count = 0;
    struct scl_span *known = scl_arena_array(&m->scratch, end - first, sizeof *known);

    if (!known)
        return false;
    for (uint32_t i = first; i < end; i++)
        if (m->found.list.at[i].file == file && m->found.list.at[i].span.length)
            known[count++] = m->found.list.at[i].span;
    return scl_mask_file(project->mask, &project->arena,
                         project->documents[index].document->files[file].text, known, count, ret);
}

static bool
mask_files(struct scantling_project *project, struct masking *m)
{
    for (uint32_t i = 0; i < project->all; i++) {
        uint32_t files = project->documents[i].document->file_count;
        struct scl_mask_file *masks = scl_arena_array(&project->arena, files, sizeof *masks);

        if (!masks)
            return false;
        project->documents[i].masks = masks;
        for (uint32_t file = 0; file < files; file++)
            if (!mask_file(project, m, i, file, &masks[file]))
                return false;
    }
    return true;
}

static bool
make_masks(struct scantling_project *project)
{
    struct masking m = { .first = NULL };
    struct scl_str *strings;
    bool made = false;

    scl_arena_init(&m.scratch);
    if (collect_all(project, &m)) {
        strings = scl_arena_array(&m.scratch, m.found.list.count, sizeof *strings);
        for (uint32_t i = 0; strings && i < m.found.list.count; i++)
            strings[i] = m.found.list.at[i].text;
        if (strings)
            project->mask = scl_mask_new(&project->arena, project->engine->secrets, strings,
                                         m.found.list.count);
        made = project->mask && mask_files(project, &m);
    }
    scl_arena_finish(&m.scratch);
    return made;
}

/* ---- making and releasing ---- */

/* An engine of adjustments alone can be described and tested, and judges nothing. */
static struct scantling_project *
no_policy(scantling_error **error)
{
    scl_fail(error, SCANTLING_STATUS_ARGUMENT, "no policy selected");
    return NULL;
}

struct scantling_project *
scl_project_new(struct scantling_engine *engine, struct scl_document *const *documents,
                size_t count, scantling_error **error)
{
    struct scantling_project *project = calloc(1, sizeof *project);
    bool made = project != NULL && count < UINT32_MAX;

    if (engine->settings && engine->settings->is_open) {
        free(project);
        scl_fail(error, SCANTLING_STATUS_STATE, "the settings name policies that were not given: "
                 "%.*s", SCL_ARG(engine->settings->policies.list.at[0]));
        return NULL;
    }
    if (count && !engine->policy_count) {
        free(project);
        return no_policy(error);
    }
    if (!made) {
        free(project);
        scl_fail_memory(error);
        return NULL;
    }
    atomic_init(&project->references, 1);
    atomic_init(&project->is_cancelled, false);
    scl_arena_init(&project->arena);
    project->engine = scl_engine_ref(engine);
    made = join_documents(project, documents, (uint32_t)count);
    if (!made || !make_masks(project)) {
        scl_project_unref(project);
        scl_fail_memory(error);
        return NULL;
    }
    return project;
}

struct scantling_project *
scl_project_ref(struct scantling_project *project)
{
    if (project)
        atomic_fetch_add_explicit(&project->references, 1, memory_order_relaxed);
    return project;
}

void
scl_project_unref(struct scantling_project *project)
{
    if (!project || atomic_fetch_sub_explicit(&project->references, 1, memory_order_acq_rel) != 1)
        return;
    for (uint32_t i = 0; i < project->all; i++) {
        struct scl_project_document *joined = &project->documents[i];

        scl_view_free(joined->own_view);
        scl_document_unref(joined->document);
    }
    scl_engine_unref(project->engine);
    scl_arena_finish(&project->arena);
    free(project);
}

struct scl_str
scl_project_subject_name(const struct scantling_project *project, uint32_t document,
                         uint32_t subject)
{
    const struct scantling_subject *at;
    struct scl_reading name;

    if (document >= project->count ||
        subject >= project->documents[document].document->subjects.count)
        return scl_str_n("", 0);
    at = &project->documents[document].subjects[subject];
    scl_view_read(at->view, (struct scl_node){ at->root, scl_type(at->type)->first, 0 }, &name);
    return name.value.kind == SCL_KIND_TEXT ? scl_value_text(&name.value) : scl_str_n("", 0);
}

const char *
scl_project_subject_kind(const struct scantling_project *project, uint32_t document,
                         uint32_t subject)
{
    if (document >= project->count)
        return scl_type(SCL_TYPE_PROJECT)->name;
    if (subject >= project->documents[document].document->subjects.count)
        return "";
    return scl_type(project->documents[document].subjects[subject].type)->name;
}
