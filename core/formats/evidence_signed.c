/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence_signed.c: signatures and attestations
 *
 * What `cosign verify` prints has been verified by it; a bundle or an envelope that lies there has
 * been by nobody, whatever it says. What an envelope holds is a document in a text: its places are
 * none of the file's, so that all of it has the place of the payload.
 */
#include "formats/evidence.h"
#include "formats/format.h"
#include "syntax/json.h"

#include <string.h>

/* ---- base64 ---- */

static int
value_of(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (scl_is_digit(byte))
        return byte - '0' + 52;
    if (byte == '+' || byte == '-')
        return 62;
    return byte == '/' || byte == '_' ? 63 : -1;
}

/* Of either alphabet; false for anything else, or without memory. */
static bool
decode(struct scl_arena *arena, struct scl_str text, struct scl_str *ret)
{
    char *out = scl_arena_alloc(arena, text.len / 4 * 3 + 3);
    uint32_t bits = 0;
    unsigned count = 0;
    size_t length = 0;

    while (text.len && text.at[text.len - 1] == '=')
        text.len--;
    for (size_t i = 0; out && i < text.len; i++) {
        int value = value_of(text.at[i]);

        if (value < 0)
            return false;
        bits = (bits << 6 | (uint32_t)value) & 0xffffff;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        out[length++] = (char)(bits >> count & 0xff);
    }
    *ret = scl_str_n(out, length);
    return out != NULL;
}

/* sha256:HEX of the bytes that a text encodes. */
static struct scl_str
hex_digest(struct scl_arena *arena, struct scl_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *hex = scl_arena_alloc(arena, bytes.len * 2 + 1);

    for (size_t i = 0; hex && i < bytes.len; i++) {
        hex[i * 2] = digits[(unsigned char)bytes.at[i] >> 4];
        hex[i * 2 + 1] = digits[(unsigned char)bytes.at[i] & 15];
    }
    return hex ? scl_rows_print(arena, "sha256:%.*s", (int)bytes.len * 2, hex) : SCL_S("");
}

/* ---- statements ---- */

static const struct scl_json_row attestation_rows[] = {
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
    if (decode(&d->arena, scl_tree_text(payload), &text) &&
        scl_source_init(source, &d->arena, SCL_S("payload"), text))
        root = scl_json_read(&d->arena, source, NULL, &notes);
    if (root && root->kind == SCL_TREE_MAP && !scl_notes_have_error(&notes))
        return root;
    scl_note_add(&d->notes, SCL_NOTE_ERROR, payload->span,
                 "the payload holds no statement in JSON");
    return NULL;
}

static void
add_envelope(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *envelope)
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
    statement_rows, attestation_rows, NULL,
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
        add_envelope(&l, s.evidence, root);
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

/* ---- sigstore ---- */

static enum scl_fit
fits_sigstore(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "verificationMaterial";
    if (scl_tree_find(root, SCL_S("verificationMaterial")))
        return SCL_FIT_YES;
    *ret_reason = "base64Signature";
    return scl_tree_find(root, SCL_S("base64Signature")) ? SCL_FIT_YES : SCL_FIT_NO;
}

static const struct scl_json_row signature_rows[] = {
    { "reference", SCL_SIGNATURE_REFERENCE, NULL },
    { "messageSignature", SCL_SIGNATURE_SUBJECT_DIGEST, NULL },
    { "verificationMaterial", SCL_SIGNATURE_KIND, NULL },
    { "verificationMaterial", SCL_SIGNATURE_ISSUER, NULL },
    { "verificationMaterial", SCL_SIGNATURE_IDENTITY, NULL },
    { "", SCL_SIGNATURE_VERIFIED, NULL },
    { "", SCL_SIGNATURE_VERIFIED_BY, NULL },
    { "verificationMaterial.tlogEntries", SCL_SIGNATURE_LOG_INDEX, NULL },
    { "verificationMaterial.tlogEntries", SCL_SIGNATURE_LOG_TIME, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row sigstore_rows[] = {
    { "messageSignature", SCL_EVIDENCE_ARTIFACT_DIGEST, NULL },
    { "messageSignature", SCL_EVIDENCE_ARTIFACT_DIGESTS, NULL },
    { "verificationMaterial", SCL_EVIDENCE_SIGNATURES, NULL },
    { "dsseEnvelope", SCL_EVIDENCE_ATTESTATIONS, NULL },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_sigstore_rows[] = {
    sigstore_rows, signature_rows, attestation_rows, NULL,
};

/* A number, or a text of one. */
static void
set_number(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    int64_t number;

    if (node && (scl_tree_int(node, &number) ||
                 (node->kind == SCL_TREE_STRING && scl_str_int(scl_tree_text(node), &number))))
        scl_build_int(l->d, object, field, number, scl_rows_origin(l, node));
}

/* Who stands in a certificate is not read here. */
static void
set_signer(struct scl_lowering *l, uint32_t signature, const struct scl_tree *key,
           const struct scl_tree *certificate)
{
    const struct scl_tree *node = certificate ? certificate : key;
    uint32_t origin = node ? scl_rows_origin(l, node) : 0;

    scl_build_text(l->d, signature, SCL_SIGNATURE_KIND,
                   certificate ? SCL_S("keyless")
                   : key       ? SCL_S("keyed")
                               : SCL_S("unknown"),
                   origin);
    if (certificate) {
        scl_build_empty(l->d, signature, SCL_SIGNATURE_ISSUER, SCANTLING_STATE_UNKNOWN, origin);
        scl_build_empty(l->d, signature, SCL_SIGNATURE_IDENTITY, SCANTLING_STATE_UNKNOWN, origin);
    } else if (key && scl_rows_text_at(key, "hint").len) {
        scl_build_text(l->d, signature, SCL_SIGNATURE_IDENTITY, scl_rows_text_at(key, "hint"),
                       origin);
    }
    scl_build_bool(l->d, signature, SCL_SIGNATURE_VERIFIED, false, 0);
}

static void
set_message(struct scl_lowering *l, uint32_t evidence, uint32_t signature,
            const struct scl_tree *root)
{
    const struct scl_tree *digest = scl_rows_find(root, "messageSignature.messageDigest.digest");
    struct scl_str bytes, text;

    if (!digest || digest->kind != SCL_TREE_STRING ||
        !decode(&l->d->arena, scl_tree_text(digest), &bytes))
        return;
    text = hex_digest(&l->d->arena, bytes);
    scl_build_text(l->d, signature, SCL_SIGNATURE_SUBJECT_DIGEST, text,
                   scl_rows_origin(l, digest));
    scl_evidence_digest(l, evidence, text, scl_rows_origin(l, digest));
}

static void
lower_sigstore(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    static const char *const certificates[] = { "verificationMaterial.certificate",
                                                "verificationMaterial.x509CertificateChain",
                                                "cert" };
    struct scl_lowering l = { .d = d, .root = root };
    const struct scl_tree *entries = scl_rows_find(root, "verificationMaterial.tlogEntries");
    const struct scl_tree *entry = entries ? scl_tree_child(entries, 0) : NULL;
    const struct scl_tree *old = scl_rows_find(root, "rekorBundle.Payload");
    const struct scl_tree *envelope = scl_rows_find(root, "dsseEnvelope"), *certificate = NULL;
    uint32_t evidence = scl_evidence_begin(&l, "signature", all_sigstore_rows), made;

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, sigstore_rows, root);
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates && !certificate; i++)
        certificate = scl_rows_find(root, certificates[i]);
    made = scl_build_object(d, evidence, SCL_EVIDENCE_SIGNATURES, scl_rows_origin(&l, root));
    set_signer(&l, made, scl_rows_find(root, "verificationMaterial.publicKey"), certificate);
    set_message(&l, evidence, made, root);
    entry = entry ? entry : old;
    if (entry) {
        set_number(&l, made, SCL_SIGNATURE_LOG_INDEX, scl_tree_find(entry, SCL_S("logIndex")));
        set_number(&l, made, SCL_SIGNATURE_LOG_TIME,
                   scl_tree_find(entry, SCL_S("integratedTime")));
    }
    if (envelope)
        add_envelope(&l, evidence, envelope);
}

const struct scl_format scl_format_sigstore = {
    .name = "sigstore",
    .title = "bundles of Sigstore: a signature with what is needed to verify it",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"verificationMaterial\": {}}",
    .rows = all_sigstore_rows,
    .fits_tree = fits_sigstore,
    .lower = lower_sigstore,
};

/* ---- cosign verify ---- */

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
