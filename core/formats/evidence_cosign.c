/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence_cosign.c: what `cosign verify` prints
 *
 * An array of the signatures that it has verified, or one a line. They are verified, by it.
 */
#include "formats/evidence.h"
#include "formats/format.h"
#include "syntax/json.h"

static bool
is_verified(const struct scl_tree *node)
{
    return scl_tree_find(node, SCL_S("critical")) && scl_tree_find(node, SCL_S("optional"));
}

static enum scl_fit
fits_cosign(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "critical and optional";
    return is_verified(root->kind == SCL_TREE_LIST ? scl_tree_child(root, 0) : root) ? SCL_FIT_YES
                                                                                     : SCL_FIT_NO;
}

static const struct scl_json_row verified_rows[] = {
    { "critical.identity.docker-reference", SCL_SIGNATURE_REFERENCE, scl_row_some_text },
    { "critical.image.docker-manifest-digest", SCL_SIGNATURE_SUBJECT_DIGEST, scl_row_text },
    { "optional.Issuer", SCL_SIGNATURE_ISSUER, scl_row_some_text },
    { "optional.Subject", SCL_SIGNATURE_IDENTITY, scl_row_some_text },
    { "optional.Bundle.Payload.logIndex", SCL_SIGNATURE_LOG_INDEX, scl_row_int },
    { "optional.Bundle.Payload.integratedTime", SCL_SIGNATURE_LOG_TIME, scl_row_int },
    { "", SCL_SIGNATURE_KIND, NULL },
    { "", SCL_SIGNATURE_VERIFIED, NULL },
    { "", SCL_SIGNATURE_VERIFIED_BY, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row cosign_rows[] = {
    { "critical", SCL_EVIDENCE_SIGNATURES, NULL },
    { "critical", SCL_EVIDENCE_ARTIFACT_NAME, NULL },
    { "critical", SCL_EVIDENCE_ARTIFACT_DIGEST, NULL },
    { "critical", SCL_EVIDENCE_ARTIFACT_DIGESTS, NULL },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_cosign_rows[] = { cosign_rows, verified_rows, NULL };

static void
add_verified(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *node)
{
    struct scl_str reference = scl_rows_text_at(node, "critical.identity.docker-reference");
    const struct scl_tree *digest = scl_rows_find(node, "critical.image.docker-manifest-digest");
    uint32_t origin = scl_rows_origin(l, node);
    uint32_t made = scl_build_object(l->d, evidence, SCL_EVIDENCE_SIGNATURES, origin);

    scl_rows_apply(l, made, verified_rows, node);
    scl_build_text(l->d, made, SCL_SIGNATURE_KIND,
                   scl_rows_text_at(node, "optional.Issuer").len ? SCL_S("keyless")
                                                                 : SCL_S("keyed"),
                   origin);
    scl_build_bool(l->d, made, SCL_SIGNATURE_VERIFIED, true, origin);
    scl_build_text(l->d, made, SCL_SIGNATURE_VERIFIED_BY, SCL_S("cosign"), 0);
    if (reference.len && !scl_build_has(l->d, evidence, SCL_EVIDENCE_ARTIFACT_NAME))
        scl_build_text(l->d, evidence, SCL_EVIDENCE_ARTIFACT_NAME, reference, origin);
    if (digest && digest->kind == SCL_TREE_STRING)
        scl_evidence_digest(l, evidence, scl_tree_text(digest), scl_rows_origin(l, digest));
}

/* Moves the places of a tree that was read from a part of the source. */
static void
move(struct scl_tree *node, uint32_t offset)
{
    node->span.offset += offset;
    if (node->key.at)
        node->key_span.offset += offset;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        move(&node->body.first[i], offset);
}

/* An object a line. What the reader of the whole has noted is not true of that. */
static void
add_lines(struct scl_lowering *l, uint32_t evidence)
{
    struct scl_document *d = l->d;
    struct scl_str text = d->files[0].text, rest = text, line;

    scl_notes_cut(&d->notes, 0);
    while (scl_str_cut(&rest, '\n', &line)) {
        struct scl_source *source = scl_arena_alloc(&d->arena, sizeof *source);
        uint32_t offset = (uint32_t)(line.at - text.at);
        const struct scl_tree *root = NULL;
        struct scl_notes notes;

        if (!scl_str_trim(line).len)
            continue;
        scl_notes_init(&notes, &d->arena);
        if (source && scl_source_init(source, &d->arena, SCL_S("line"), line))
            root = scl_json_read(&d->arena, source, NULL, &notes);
        if (!root || !is_verified(root) || scl_notes_have_error(&notes)) {
            if (l->noted++ < 100)
                scl_note_add(&d->notes, SCL_NOTE_ERROR,
                             (struct scl_span){ offset, (uint32_t)line.len },
                             "expected an object with critical and optional");
            scl_build_open(d, evidence, SCL_EVIDENCE_SIGNATURES);
            continue;
        }
        move((struct scl_tree *)(uintptr_t)root, offset);
        add_verified(l, evidence, root);
    }
}

static void
lower_cosign(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root, .skips_null = true };
    struct scl_tree empty = { .span = root->span, .kind = SCL_TREE_MAP, .file = root->file };
    uint32_t evidence;

    (void)input;
    if (root->kind == SCL_TREE_LIST)
        l.root = &empty; /* a subject is made of a map */
    evidence = scl_evidence_begin(&l, "signature", all_cosign_rows);
    l.root = root;
    if (!evidence)
        return;
    scl_build_list(d, evidence, SCL_EVIDENCE_SIGNATURES, scl_rows_origin(&l, root));
    if (root->kind == SCL_TREE_MAP)
        add_lines(&l, evidence);
    for (uint32_t i = 0; root->kind == SCL_TREE_LIST && i < scl_tree_count(root); i++)
        if (scl_rows_expect(&l, evidence, SCL_NONE, scl_tree_child(root, i), SCL_TREE_MAP))
            add_verified(&l, evidence, scl_tree_child(root, i));
    if (root->is_cut)
        scl_build_open(d, evidence, SCL_EVIDENCE_SIGNATURES);
}

const struct scl_format scl_format_cosign_verify = {
    .name = "cosign-verify",
    .title = "what cosign verify prints of the signatures that it has verified",
    .resolution = "resolved",
    .family = "",
    .sample = "[{\"critical\": {}, \"optional\": null}]",
    .rows = all_cosign_rows,
    .fits_tree = fits_cosign,
    .lower = lower_cosign,
};
