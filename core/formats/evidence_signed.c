/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence_signed.c: attestations of in-toto, alone or in an envelope
 *
 * An envelope that lies there has been verified by nobody, whatever it says. What it holds is a
 * document in a text: its places are none of the file's, so that all of it has the place of the
 * payload.
 */
#include "base/base64.h"
#include "formats/evidence.h"
#include "formats/format.h"
#include "syntax/json.h"

/* ---- statements ---- */

const struct scl_json_row scl_attestation_rows[] = {
    { "predicateType", SCL_ATTESTATION_PREDICATE_TYPE, NULL },
    { "subject", SCL_ATTESTATION_SUBJECTS, NULL },
    { "subject", SCL_ATTESTATION_SUBJECT_DIGESTS, NULL },
    { "predicate", SCL_ATTESTATION_BUILDER_ID, NULL },
    { "predicate", SCL_ATTESTATION_BUILD_TYPE, NULL },
    { "signatures", SCL_ATTESTATION_SIGNED, NULL },
    { "", SCL_ATTESTATION_VERIFIED, NULL },
    { NULL, SCL_NONE, NULL },
};

/* What stands in an envelope has the place of its payload; else its own. */
struct statement {
    struct scl_lowering *l;
    uint32_t evidence, attestation;
    const struct scl_tree *payload; /* NULL: it is the document */
};

static uint32_t
origin_of(const struct statement *s, const struct scl_tree *node)
{
    return scl_rows_origin(s->l, s->payload ? s->payload : node);
}

static void
set_text(const struct statement *s, uint32_t object, unsigned field, const struct scl_tree *from,
         const char *path)
{
    const struct scl_tree *node = scl_rows_find(from, path);

    if (node && node->kind == SCL_TREE_STRING && node->count)
        scl_build_text(s->l->d, object, field, scl_tree_text(node), origin_of(s, node));
}

static void
add_subject(const struct statement *s, const struct scl_tree *subject)
{
    struct scl_document *d = s->l->d;
    const struct scl_tree *name = scl_tree_find(subject, SCL_S("name"));
    const struct scl_tree *digests = scl_tree_find(subject, SCL_S("digest"));

    if (name && name->kind == SCL_TREE_STRING && name->count) {
        scl_build_item_text(d, s->attestation, SCL_ATTESTATION_SUBJECTS, scl_tree_text(name),
                            origin_of(s, name));
        if (!scl_build_has(d, s->evidence, SCL_EVIDENCE_ARTIFACT_NAME))
            scl_build_text(d, s->evidence, SCL_EVIDENCE_ARTIFACT_NAME, scl_tree_text(name),
                           origin_of(s, name));
    }
    for (uint32_t i = 0; digests && i < scl_tree_count(digests); i++) {
        const struct scl_tree *digest = scl_tree_child(digests, i);
        struct scl_str text;

        if (!digest->key.at || digest->kind != SCL_TREE_STRING)
            continue;
        text = scl_rows_print(&d->arena, "%.*s:%.*s", SCL_ARG(scl_tree_key(digest)),
                              SCL_ARG(scl_tree_text(digest)));
        scl_build_item_text(d, s->attestation, SCL_ATTESTATION_SUBJECT_DIGESTS, text,
                            origin_of(s, digest));
        scl_evidence_digest(s->l, s->evidence, text, origin_of(s, digest));
    }
}

/* A type is a URI, which begins with a scheme. */
static bool
is_uri(struct scl_str text)
{
    size_t colon = scl_str_find_char(text, ':');

    for (size_t i = 0; colon != SIZE_MAX && i < colon; i++)
        if (!scl_is_alnum(text.at[i]) && text.at[i] != '+' && text.at[i] != '-' &&
            text.at[i] != '.')
            return false;
    return colon != SIZE_MAX && colon > 0 && scl_is_alpha(text.at[0]);
}

static void
add_statement(struct statement *s, const struct scl_tree *root, bool is_signed)
{
    struct scl_document *d = s->l->d;
    const struct scl_tree *subjects = scl_tree_find(root, SCL_S("subject"));
    const struct scl_tree *predicate = scl_tree_find(root, SCL_S("predicate"));
    const struct scl_tree *type = scl_tree_find(root, SCL_S("predicateType"));
    uint32_t at = scl_rows_origin(s->l, s->payload ? s->payload : root);

    s->attestation = scl_build_object(d, s->evidence, SCL_EVIDENCE_ATTESTATIONS, at);
    set_text(s, s->attestation, SCL_ATTESTATION_PREDICATE_TYPE, root, "predicateType");
    if (type && !is_uri(scl_tree_text(type)))
        scl_note_add(&d->notes, SCL_NOTE_ERROR, s->payload ? s->payload->span : type->span,
                     "the type of the predicate is no URI: '%.*s'", SCL_ARG(scl_tree_text(type)));
    for (uint32_t i = 0; subjects && i < scl_tree_count(subjects); i++)
        add_subject(s, scl_tree_child(subjects, i));
    if (predicate) {
        set_text(s, s->attestation, SCL_ATTESTATION_BUILDER_ID, predicate, "builder.id");
        set_text(s, s->attestation, SCL_ATTESTATION_BUILDER_ID, predicate,
                 "runDetails.builder.id");
        set_text(s, s->attestation, SCL_ATTESTATION_BUILD_TYPE, predicate, "buildType");
        set_text(s, s->attestation, SCL_ATTESTATION_BUILD_TYPE, predicate,
                 "buildDefinition.buildType");
        set_text(s, s->evidence, SCL_EVIDENCE_CREATED, predicate, "metadata.scanFinishedOn");
        set_text(s, s->evidence, SCL_EVIDENCE_CREATED, predicate,
                 "runDetails.metadata.finishedOn");
    }
    scl_build_bool(d, s->attestation, SCL_ATTESTATION_SIGNED, is_signed, at);
    scl_build_bool(d, s->attestation, SCL_ATTESTATION_VERIFIED, false, 0);
}

/* The document that an envelope holds, or NULL with a note. */
static const struct scl_tree *
open_payload(struct scl_lowering *l, const struct scl_tree *payload)
{
    struct scl_document *d = l->d;
    struct scl_source *source = scl_arena_alloc(&d->arena, sizeof *source);
    const struct scl_tree *root = NULL;
    struct scl_notes notes;
    struct scl_str text;

    if (!source || !scl_rows_expect(l, 0, SCL_NONE, payload, SCL_TREE_STRING))
        return NULL;
    scl_notes_init(&notes, &d->arena);
    if (scl_base64_decode(&d->arena, scl_tree_text(payload), &text) &&
        scl_source_init(source, &d->arena, SCL_S("payload"), text))
        root = scl_json_read(&d->arena, source, NULL, &notes);
    if (root && root->kind == SCL_TREE_MAP && !scl_notes_have_error(&notes))
        return root;
    scl_note_add(&d->notes, SCL_NOTE_ERROR, payload->span,
                 "the payload holds no statement in JSON");
    return NULL;
}

void
scl_evidence_envelope(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *envelope)
{
    const struct scl_tree *payload = scl_tree_find(envelope, SCL_S("payload"));
    const struct scl_tree *signatures = scl_tree_find(envelope, SCL_S("signatures"));
    struct statement s = { l, evidence, 0, payload };
    const struct scl_tree *root = payload ? open_payload(l, payload) : NULL;

    if (root)
        add_statement(&s, root, signatures && scl_tree_count(signatures) > 0);
    else
        scl_build_open(l->d, evidence, SCL_EVIDENCE_ATTESTATIONS);
}

/* ---- attestations ---- */

static const struct scl_tree *
predicate_of(const struct scl_tree *root)
{
    const struct scl_tree *slsa = scl_tree_find(root, SCL_S("SLSA"));

    return slsa ? slsa : root;
}

static enum scl_fit
fits_attestation(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "payloadType and payload";
    if (scl_tree_find(root, SCL_S("payloadType")) && scl_tree_find(root, SCL_S("payload")))
        return SCL_FIT_YES;
    *ret_reason = "_type of in-toto";
    if (scl_tree_find(root, SCL_S("_type")) && scl_tree_find(root, SCL_S("predicateType")))
        return SCL_FIT_YES;
    *ret_reason = "SLSA";
    if (scl_tree_find(root, SCL_S("SLSA")))
        return SCL_FIT_YES;
    *ret_reason = "invocation, scanner and metadata";
    return scl_tree_find(root, SCL_S("invocation")) && scl_tree_find(root, SCL_S("scanner")) &&
                   scl_tree_find(root, SCL_S("metadata"))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

static const struct scl_json_row statement_rows[] = {
    { "subject", SCL_EVIDENCE_ARTIFACT_NAME, NULL },
    { "subject", SCL_EVIDENCE_ARTIFACT_DIGEST, NULL },
    { "subject", SCL_EVIDENCE_ARTIFACT_DIGESTS, NULL },
    { "predicate", SCL_EVIDENCE_CREATED, NULL },
    { "predicate", SCL_EVIDENCE_ATTESTATIONS, NULL },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_attestation_rows[] = {
    statement_rows, scl_attestation_rows, NULL,
};

/* A predicate alone, as tools print it, is about nothing that it names. */
static void
add_predicate(struct statement *s, const struct scl_tree *root)
{
    const struct scl_tree *predicate = predicate_of(root);
    uint32_t at = scl_rows_origin(s->l, root);

    s->attestation = scl_build_object(s->l->d, s->evidence, SCL_EVIDENCE_ATTESTATIONS, at);
    set_text(s, s->attestation, SCL_ATTESTATION_BUILDER_ID, predicate, "builder.id");
    set_text(s, s->attestation, SCL_ATTESTATION_BUILD_TYPE, predicate, "buildType");
    set_text(s, s->evidence, SCL_EVIDENCE_CREATED, predicate, "metadata.scanFinishedOn");
    scl_build_bool(s->l->d, s->attestation, SCL_ATTESTATION_SIGNED, false, at);
    scl_build_bool(s->l->d, s->attestation, SCL_ATTESTATION_VERIFIED, false, 0);
}

static void
lower_attestation(struct scl_document *d, const struct scl_input *input,
                  const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    struct statement s = { &l, scl_evidence_begin(&l, "attestation", all_attestation_rows), 0,
                           NULL };

    (void)input;
    if (!s.evidence)
        return;
    scl_rows_bind(&l, s.evidence, statement_rows, root);
    if (scl_tree_find(root, SCL_S("payload")))
        scl_evidence_envelope(&l, s.evidence, root);
    else if (scl_tree_find(root, SCL_S("predicateType")))
        add_statement(&s, root, false);
    else
        add_predicate(&s, root);
}

const struct scl_format scl_format_attestation = {
    .name = "attestation",
    .title = "attestations of in-toto, alone or in a DSSE envelope",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"_type\": \"\", \"predicateType\": \"a:b\"}",
    .rows = all_attestation_rows,
    .fits_tree = fits_attestation,
    .lower = lower_attestation,
};
