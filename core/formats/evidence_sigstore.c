/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence_sigstore.c: bundles of Sigstore
 *
 * A signature with what is needed to verify it, which nobody has done here: what its certificate
 * says of the signer is a claim. The bundles that cosign wrote before are read too.
 */
#include "base/base64.h"
#include "formats/evidence.h"
#include "formats/format.h"
#include "syntax/certificate.h"

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
    sigstore_rows, signature_rows, scl_attestation_rows, NULL,
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

/* ---- signers ---- */

/* The certificate of who has signed: of a bundle by itself or at the start of a chain, of an old
 * one of cosign's as PEM; NULL where there is none. */
static const struct scl_tree *
find_certificate(struct scl_lowering *l)
{
    static const char *const paths[] = { "verificationMaterial.certificate",
                                         "verificationMaterial.x509CertificateChain.certificates",
                                         "cert" };
    const struct scl_tree *node = NULL, *bytes;

    for (size_t i = 0; i < sizeof paths / sizeof *paths && !node; i++)
        node = scl_rows_find(l->root, paths[i]);
    if (node && node->kind == SCL_TREE_LIST && scl_tree_count(node))
        node = scl_tree_child(node, 0);
    bytes = node ? scl_rows_find(node, "rawBytes") : NULL;
    return bytes ? bytes : node;
}

/* The bytes of a certificate, in PEM too; false where they are none. */
static bool
decode_certificate(struct scl_arena *arena, struct scl_str text, struct scl_str *ret)
{
    static const struct scl_str begin = SCL_STR("-----BEGIN CERTIFICATE-----");
    size_t end;

    if (!scl_base64_decode(arena, text, ret))
        return false;
    if (!scl_str_starts(*ret, begin))
        return true;
    text = scl_str_sub(*ret, begin.len, ret->len);
    end = scl_str_find(text, SCL_S("-----END"));
    return end != SIZE_MAX && scl_base64_decode(arena, scl_str_sub(text, 0, end), ret);
}

static void
set_name(struct scl_lowering *l, uint32_t signature, unsigned field, struct scl_str name,
         uint32_t origin)
{
    if (name.len)
        scl_build_text(l->d, signature, field, name, origin);
}

/* Whom a certificate is for; of one that cannot be read, that is not known. */
static void
set_certified(struct scl_lowering *l, uint32_t signature, const struct scl_tree *node,
              uint32_t origin)
{
    struct scl_certificate certificate;
    struct scl_str der;

    if (node->kind == SCL_TREE_STRING &&
        decode_certificate(&l->d->arena, scl_tree_text(node), &der) &&
        scl_certificate_read(der, &certificate)) {
        set_name(l, signature, SCL_SIGNATURE_IDENTITY, certificate.identity, origin);
        set_name(l, signature, SCL_SIGNATURE_ISSUER, certificate.issuer, origin);
        return;
    }
    scl_note_add(&l->d->notes, SCL_NOTE_WARNING, node->span,
                 "this is no certificate that can be read, so that it tells no signer");
    scl_build_empty(l->d, signature, SCL_SIGNATURE_ISSUER, SCANTLING_STATE_UNKNOWN, origin);
    scl_build_empty(l->d, signature, SCL_SIGNATURE_IDENTITY, SCANTLING_STATE_UNKNOWN, origin);
}

/* Who has signed says a certificate, or a hint at the key. */
static void
set_signer(struct scl_lowering *l, uint32_t signature)
{
    const struct scl_tree *key = scl_rows_find(l->root, "verificationMaterial.publicKey");
    const struct scl_tree *node = find_certificate(l);
    struct scl_str kind = key ? SCL_S("keyed") : SCL_S("unknown");
    const struct scl_tree *at = node ? node : key;
    uint32_t origin = at ? scl_rows_origin(l, at) : 0;

    scl_build_text(l->d, signature, SCL_SIGNATURE_KIND, node ? SCL_S("keyless") : kind, origin);
    if (node)
        set_certified(l, signature, node, origin);
    else if (key)
        set_name(l, signature, SCL_SIGNATURE_IDENTITY, scl_rows_text_at(key, "hint"), origin);
    scl_build_bool(l->d, signature, SCL_SIGNATURE_VERIFIED, false, 0);
}

static void
set_message(struct scl_lowering *l, uint32_t evidence, uint32_t signature,
            const struct scl_tree *root)
{
    const struct scl_tree *digest = scl_rows_find(root, "messageSignature.messageDigest.digest");
    struct scl_str bytes, text;

    if (!digest || digest->kind != SCL_TREE_STRING ||
        !scl_base64_decode(&l->d->arena, scl_tree_text(digest), &bytes))
        return;
    text = hex_digest(&l->d->arena, bytes);
    scl_build_text(l->d, signature, SCL_SIGNATURE_SUBJECT_DIGEST, text,
                   scl_rows_origin(l, digest));
    scl_evidence_digest(l, evidence, text, scl_rows_origin(l, digest));
}

static void
lower_sigstore(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    const struct scl_tree *entries = scl_rows_find(root, "verificationMaterial.tlogEntries");
    const struct scl_tree *entry = entries ? scl_tree_child(entries, 0) : NULL;
    const struct scl_tree *old = scl_rows_find(root, "rekorBundle.Payload");
    const struct scl_tree *envelope = scl_rows_find(root, "dsseEnvelope");
    uint32_t evidence = scl_evidence_begin(&l, "signature", all_sigstore_rows), made;

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, sigstore_rows, root);
    made = scl_build_object(d, evidence, SCL_EVIDENCE_SIGNATURES, scl_rows_origin(&l, root));
    set_signer(&l, made);
    set_message(&l, evidence, made, root);
    entry = entry ? entry : old;
    if (entry) {
        set_number(&l, made, SCL_SIGNATURE_LOG_INDEX, scl_tree_find(entry, SCL_S("logIndex")));
        set_number(&l, made, SCL_SIGNATURE_LOG_TIME,
                   scl_tree_find(entry, SCL_S("integratedTime")));
    }
    if (envelope)
        scl_evidence_envelope(&l, evidence, envelope);
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
