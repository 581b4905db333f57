/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields_evidence.h: the fields of evidence about images, as fields.h lists them
 *
 * What is known of an image by those who looked into it or vouch for it. That a signature is there
 * does not make it good: `verified` is true only where a verifier has said so.
 */
#ifndef SCL_DOCUMENT_FIELDS_EVIDENCE_H
#define SCL_DOCUMENT_FIELDS_EVIDENCE_H

#define SCL_EVIDENCE_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, EVIDENCE) \
    F(EVIDENCE, KIND, "kind", TEXT, 0, SCL_FIELD_ENUM, "scan, sbom, signature or attestation") \
    F(EVIDENCE, TOOL, "tool", GROUP, 0, 0, "what made it") \
    F(EVIDENCE, TOOL_NAME, "tool.name", TEXT, 0, 0, "its name") \
    F(EVIDENCE, TOOL_VERSION, "tool.version", TEXT, 0, 0, "its version") \
    F(EVIDENCE, CREATED, "created", TEXT, 0, 0, "when it was made") \
    F(EVIDENCE, DB_UPDATED, "db_updated", TEXT, 0, 0, "date of the vulnerabilities it knows") \
    F(EVIDENCE, ARTIFACT, "artifact", GROUP, 0, 0, "what it is about") \
    F(EVIDENCE, ARTIFACT_NAME, "artifact.name", TEXT, 0, 0, "name or reference") \
    F(EVIDENCE, ARTIFACT_DIGEST, "artifact.digest", TEXT, 0, 0, \
      "digest of the manifest, with its algorithm") \
    F(EVIDENCE, ARTIFACT_DIGESTS, "artifact.digests", LIST, SCL_OF_TEXT, 0, \
      "all digests it is known by") \
    F(EVIDENCE, ARTIFACT_IMAGE_ID, "artifact.image_id", TEXT, 0, 0, \
      "digest of the configuration of the image") \
    F(EVIDENCE, ARTIFACT_TYPE, "artifact.type", TEXT, 0, 0, "image, filesystem and the like") \
    F(EVIDENCE, ARTIFACT_OS, "artifact.os", TEXT, 0, 0, "its distribution and version") \
    F(EVIDENCE, ARTIFACT_OS_EOL, "artifact.os_is_eol", BOOL, 0, 0, \
      "the report says that the distribution has ended") \
    F(EVIDENCE, VULNERABILITIES, "vulnerabilities", LIST, SCL_TYPE_VULNERABILITY, 0, \
      "vulnerabilities that were found") \
    F(EVIDENCE, COMPONENTS, "components", LIST, SCL_TYPE_COMPONENT, 0, \
      "packages that were found") \
    F(EVIDENCE, SIGNATURES, "signatures", LIST, SCL_TYPE_SIGNATURE, 0, "signatures") \
    F(EVIDENCE, ATTESTATIONS, "attestations", LIST, SCL_TYPE_ATTESTATION, 0, \
      "statements about it") \
    SCL_LINKED_GROUP(F, EVIDENCE) \
    SCL_LINKED_FIELD(F, EVIDENCE, IMAGES, "images", LIST, SCL_TYPE_IMAGE, "images it is about") \
    F(VULNERABILITY, ID, "id", TEXT, 0, 0, "its id, as CVE-2024-0001") \
    F(VULNERABILITY, ALIASES, "aliases", LIST, SCL_OF_TEXT, 0, "further ids of it") \
    F(VULNERABILITY, SEVERITY, "severity", TEXT, 0, SCL_FIELD_ENUM, \
      "unknown, negligible, low, medium, high or critical") \
    F(VULNERABILITY, SEVERITY_SOURCE, "severity_source", TEXT, 0, 0, "who rated it so") \
    F(VULNERABILITY, PACKAGE, "package", TEXT, 0, 0, "package that has it") \
    F(VULNERABILITY, INSTALLED, "installed", TEXT, 0, 0, "version of the package") \
    F(VULNERABILITY, PURL, "purl", TEXT, 0, 0, "URL of the package") \
    F(VULNERABILITY, FIXED, "fixed", LIST, SCL_OF_TEXT, 0, "versions that have it no more") \
    F(VULNERABILITY, FIX_STATE, "fix_state", TEXT, 0, SCL_FIELD_ENUM, \
      "fixed, not_fixed, wont_fix or unknown") \
    F(VULNERABILITY, STATUS, "status", TEXT, 0, 0, "what the distribution says of it") \
    F(VULNERABILITY, PUBLISHED, "published", TEXT, 0, 0, "when it became known") \
    F(VULNERABILITY, CVSS, "cvss", DECIMAL, 0, 0, "highest score, 0 to 10") \
    F(VULNERABILITY, EPSS, "epss", DECIMAL, 0, 0, "probability that it is exploited, 0 to 1") \
    F(VULNERABILITY, KEV, "kev", BOOL, 0, 0, "the report says that it is exploited") \
    F(VULNERABILITY, TARGET, "target", TEXT, 0, 0, "file or system that has the package") \
    F(VULNERABILITY, LAYER, "layer", TEXT, 0, 0, "digest of the layer that brought it") \
    F(VULNERABILITY, SUPPRESSED, "suppressed", GROUP, 0, 0, "why it does not count") \
    F(VULNERABILITY, SUPPRESSED_BY, "suppressed.by", TEXT, 0, 0, "who said so") \
    F(VULNERABILITY, SUPPRESSED_REASON, "suppressed.reason", TEXT, 0, 0, "the reason") \
    F(COMPONENT, NAME, "name", TEXT, 0, 0, "its name") \
    F(COMPONENT, VERSION, "version", TEXT, 0, 0, "its version") \
    F(COMPONENT, TYPE, "type", TEXT, 0, 0, "deb, apk, npm, library and the like") \
    F(COMPONENT, PURL, "purl", TEXT, 0, 0, "its package URL") \
    F(COMPONENT, LICENSES, "licenses", LIST, SCL_OF_TEXT, 0, "licences") \
    F(SIGNATURE, REFERENCE, "reference", TEXT, 0, 0, "image as it was named") \
    F(SIGNATURE, SUBJECT_DIGEST, "subject_digest", TEXT, 0, 0, "digest of what is signed") \
    F(SIGNATURE, KIND, "kind", TEXT, 0, SCL_FIELD_ENUM, "keyed, keyless or unknown") \
    F(SIGNATURE, ISSUER, "issuer", TEXT, 0, 0, "who vouches for the signer") \
    F(SIGNATURE, IDENTITY, "identity", TEXT, 0, 0, "signer, or a hint at the key") \
    F(SIGNATURE, VERIFIED, "verified", BOOL, 0, 0, "the output of a verifier says so") \
    F(SIGNATURE, VERIFIED_BY, "verified_by", TEXT, 0, 0, "that verifier") \
    F(SIGNATURE, LOG_INDEX, "log_index", INT, 0, 0, "its place in the transparency log") \
    F(SIGNATURE, LOG_TIME, "log_time", INT, 0, 0, "when it was logged, seconds since 1970") \
    F(ATTESTATION, PREDICATE_TYPE, "predicate_type", TEXT, 0, 0, "what is stated, as a URL") \
    F(ATTESTATION, SUBJECTS, "subjects", LIST, SCL_OF_TEXT, 0, "names of what it is about") \
    F(ATTESTATION, SUBJECT_DIGESTS, "subject_digests", LIST, SCL_OF_TEXT, 0, \
      "digests of what it is about") \
    F(ATTESTATION, BUILDER_ID, "builder_id", TEXT, 0, 0, "who built it, of provenance") \
    F(ATTESTATION, BUILD_TYPE, "build_type", TEXT, 0, 0, "how it was built, of provenance") \
    F(ATTESTATION, SIGNED, "signed", BOOL, 0, 0, "it comes with a signature") \
    F(ATTESTATION, VERIFIED, "verified", BOOL, 0, 0, "the output of a verifier says so")

#endif
