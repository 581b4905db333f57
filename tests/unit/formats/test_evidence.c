/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_evidence.c: reports of scanners, bills of material, signatures and attestations
 */
#include "reading.h"

#define TRIVY(text) \
    "'SchemaVersion':2,'Results':[{'Target':'a (alpine)','Class':'os-pkgs'," text "}]"
#define FOUND(text) TRIVY("'Vulnerabilities':[{'VulnerabilityID':'CVE-1','PkgName':'p'," text "}]")

static void
reports_of_trivy_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a kind", "'SchemaVersion':2,'Results':[]", "kind", "scan", "derived", NULL },
        { "no results are no vulnerabilities", "'SchemaVersion':2,'Results':[]",
          "vulnerabilities", "[]", "declared", NULL },
        { "a vulnerability", FOUND("'Severity':'HIGH'"), "vulnerabilities[1].id", "CVE-1",
          "declared", "'VulnerabilityID':'CVE-1'" },
        { "its severity", FOUND("'Severity':'HIGH'"), "vulnerabilities[1].severity", "high",
          "declared", "'Severity':'HIGH'" },
        { "one that is none", FOUND("'Severity':'WORST'"), "vulnerabilities[1].severity",
          "unknown", "declared", NULL },
        { "versions without it", FOUND("'FixedVersion':'1.2, 2.0'"), "vulnerabilities[1].fixed",
          "[1.2, 2.0]", "declared", NULL },
        { "it is fixed", FOUND("'FixedVersion':'1.2'"), "vulnerabilities[1].fix_state", "fixed",
          "derived", NULL },
        { "it is not", FOUND("'Status':'affected'"), "vulnerabilities[1].fix_state", "not_fixed",
          "derived", NULL },
        { "it will not be", FOUND("'Status':'will_not_fix'"), "vulnerabilities[1].fix_state",
          "wont_fix", "derived", NULL },
        { "where it is", FOUND("'Status':'affected'"), "vulnerabilities[1].target",
          "a (alpine)", "declared", NULL },
        { "the highest score",
          FOUND("'CVSS':{'nvd':{'V3Score':7.5,'V2Score':5},'redhat':{'V3Score':8.1}}"),
          "vulnerabilities[1].cvss", "8.1", "declared", "'V3Score':8.1" },
        { "one that somebody has suppressed",
          TRIVY("'ExperimentalModifiedFindings':[{'Type':'vulnerability','Status':"
                "'not_affected','Statement':'unused','Source':'vex.json','Finding':"
                "{'VulnerabilityID':'CVE-2'}}]"),
          "vulnerabilities[1].suppressed.by", "vex.json", "declared", NULL },
        { "a package", TRIVY("'Type':'apk','Packages':[{'Name':'musl','Version':'1'}]"),
          "components[1].type", "apk", "declared", NULL },
        { "the digest of the image",
          "'SchemaVersion':2,'ArtifactName':'a','Metadata':{'RepoDigests':['r/a@sha256:ab']}",
          "artifact.digest", "sha256:ab", "declared", NULL },
        { "its distribution",
          "'SchemaVersion':2,'ArtifactName':'a','Metadata':{'OS':{'Family':'alpine','Name':"
          "'3.10','EOSL':true}}",
          "artifact.os", "alpine 3.10", "declared", NULL },
        { "which has ended",
          "'SchemaVersion':2,'ArtifactName':'a','Metadata':{'OS':{'Family':'alpine','Name':"
          "'3.10','EOSL':true}}",
          "artifact.os_is_eol", "true", "declared", NULL },
    };

    reading_check_all(*state, "trivy", "", rows, COUNT(rows));
}

#define MATCH(text) "'descriptor':{'name':'grype'},'matches':[{" text "}]"

static void
reports_of_grype_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a vulnerability", MATCH("'vulnerability':{'id':'GHSA-1','severity':'Critical'}"),
          "vulnerabilities[1].severity", "critical", "declared", NULL },
        { "its other name",
          MATCH("'vulnerability':{'id':'GHSA-1'},'relatedVulnerabilities':[{'id':'CVE-1'}]"),
          "vulnerabilities[1].aliases", "[CVE-1]", "declared", NULL },
        { "its fix", MATCH("'vulnerability':{'fix':{'state':'wont-fix','versions':[]}}"),
          "vulnerabilities[1].fix_state", "wont_fix", "declared", NULL },
        { "it is exploited", MATCH("'vulnerability':{'knownExploited':[{}]}"),
          "vulnerabilities[1].kev", "true", "declared", NULL },
        { "a package", MATCH("'artifact':{'name':'musl','version':'1'}"),
          "vulnerabilities[1].package", "musl", "declared", NULL },
        { "one that is ignored",
          "'descriptor':{},'matches':[],'ignoredMatches':[{'vulnerability':{'id':'C'},"
          "'appliedIgnoreRules':[{'namespace':'vex','vex-status':'fixed'}]}]",
          "vulnerabilities[1].suppressed.reason", "fixed", "declared", NULL },
        { "the image",
          MATCH("'artifact':{}") ",'source':{'type':'image','target':{'userInput':'a:1',"
                                 "'manifestDigest':'sha256:ab'}}",
          "artifact.digest", "sha256:ab", "declared", NULL },
        { "a folder", MATCH("'artifact':{}") ",'source':{'type':'directory','target':'/a'}",
          "artifact.name", "/a", "declared", NULL },
    };

    reading_check_all(*state, "grype", "", rows, COUNT(rows));
}

static void
bills_of_material_are_read(void **state)
{
    static const struct reading_row cyclonedx[] = {
        { "components in each other",
          "'bomFormat':'CycloneDX','components':[{'name':'a','components':[{'name':'b'}]}]",
          "components[2].name", "b", "declared", NULL },
        { "what does not affect is suppressed",
          "'bomFormat':'CycloneDX','vulnerabilities':[{'id':'C','analysis':{'state':"
          "'not_affected'}}]",
          "vulnerabilities[1].suppressed.by", "vex", "declared", NULL },
        { "what does is not",
          "'bomFormat':'CycloneDX','vulnerabilities':[{'id':'C','analysis':{'state':"
          "'exploitable'},'ratings':[{'severity':'high'}]}]",
          "vulnerabilities[1].suppressed.by", "-", "absent", NULL },
        { "licences", "'bomFormat':'CycloneDX','components':[{'name':'a','licenses':[{'license':"
          "{'id':'MIT'}}]}]", "components[1].licenses", "[MIT]", "declared", NULL },
    };
    static const struct reading_row spdx[] = {
        { "a package",
          "'spdxVersion':'SPDX-2.3','packages':[{'name':'a','externalRefs':[{'referenceType':"
          "'purl','referenceLocator':'pkg:a'}]}]",
          "components[1].purl", "pkg:a", "declared", NULL },
        { "the tool", "'spdxVersion':'SPDX-2.3','creationInfo':{'creators':['Person: p',"
          "'Tool: t']}", "tool.name", "t", "declared", NULL },
        { "a graph",
          "'@context':'https://spdx.org/rdf/3','@graph':[{'type':'software_Package','name':'a'}]",
          "components[1].name", "a", "declared", NULL },
    };

    reading_check_all(*state, "cyclonedx", "", cyclonedx, COUNT(cyclonedx));
    reading_check_all(*state, "spdx", "", spdx, COUNT(spdx));
}

/* The least certificate: for an address of mail, `a`; and the same in PEM, in Base64 again. */
#define CERTIFICATE "MBcwFQIBAaMQMA4wDAYDVR0RBAUwA4EBYQ=="
#define ARMOURED \
    "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1CY3dGUUlCQWFNUU1BNHdEQVlEVlIwUkJBVXdBNEVC" \
    "WVE9PQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg=="

static void
that_there_is_a_signature_does_not_make_it_good(void **state)
{
    static const struct reading_row rows[] = {
        { "a key", "'verificationMaterial':{'publicKey':{'hint':'k'}}", "signatures[1].kind",
          "keyed", "declared", NULL },
        { "a certificate", "'verificationMaterial':{'certificate':{}}", "signatures[1].kind",
          "keyless", "declared", NULL },
        { "which tells no owner where it cannot be read",
          "'verificationMaterial':{'certificate':{}}",
          "signatures[1].identity", "-", "unknown", NULL },
        { "and else does", "'verificationMaterial':{'certificate':{'rawBytes':'" CERTIFICATE "'}}",
          "signatures[1].identity", "a", "declared", NULL },
        { "also at the start of a chain",
          "'verificationMaterial':{'x509CertificateChain':{'certificates':[{'rawBytes':'"
          CERTIFICATE "'}]}}",
          "signatures[1].identity", "a", "declared", NULL },
        { "and in PEM, as cosign wrote it",
          "'base64Signature':'x','cert':'" ARMOURED "'", "signatures[1].identity", "a",
          "declared", NULL },
        { "nobody has verified it", "'verificationMaterial':{}", "signatures[1].verified",
          "false", "derived", NULL },
        { "what is signed", "'verificationMaterial':{},'messageSignature':{'messageDigest':"
          "{'digest':'AQID'}}", "signatures[1].subject_digest", "sha256:010203", "declared",
          NULL },
        { "the log", "'verificationMaterial':{'tlogEntries':[{'logIndex':'7'}]}",
          "signatures[1].log_index", "7", "declared", NULL },
        { "an older form", "'base64Signature':'x','rekorBundle':{'Payload':{'logIndex':1}}",
          "signatures[1].log_index", "1", "declared", NULL },
    };

    reading_check_all(*state, "sigstore", "", rows, COUNT(rows));
}

static void
what_cosign_has_verified_is_read(void **state)
{
#define SIGNED(digest) \
    "{'critical':{'identity':{'docker-reference':'r/a'},'image':{'docker-manifest-digest':'" \
    digest "'}},'optional':{'Issuer':'i','Subject':'s'}}"
    static const struct {
        const char *text, *path, *value;
    } rows[] = {
        { "[" SIGNED("sha256:ab") "]", "signatures[1].verified", "true" },
        { "[" SIGNED("sha256:ab") "]", "signatures[1].identity", "s" },
        { "[" SIGNED("sha256:ab") "]", "artifact.digest", "sha256:ab" },
        { SIGNED("sha256:ab") "\n" SIGNED("sha256:cd") "\n", "signatures[2].subject_digest",
          "sha256:cd" },
        { SIGNED("sha256:ab") "\n" SIGNED("sha256:cd") "\n", "artifact.digests",
          "[sha256:ab, sha256:cd]" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reading_row row = { rows[i].text, NULL, rows[i].path, rows[i].value, NULL, NULL };
        struct scl_document *d =
            reading_document("a.json", "", reading_quoted(*state, rows[i].text));

        check_text(scl_str_c(d->format), "cosign-verify", rows[i].text);
        assert_false(scl_notes_have_error(&d->notes));
        reading_check(d, &row);
        scl_document_unref(d);
    }
}

static void
attestations_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a builder", "'_type':'t','predicateType':'https://slsa.dev/provenance/v0.2',"
          "'predicate':{'builder':{'id':'b'}}", "attestations[1].builder_id", "b", "declared",
          NULL },
        { "of the later form", "'_type':'t','predicateType':'https://slsa.dev/provenance/v1',"
          "'predicate':{'runDetails':{'builder':{'id':'b'}}}", "attestations[1].builder_id", "b",
          "declared", NULL },
        { "what it is about", "'_type':'t','predicateType':'a:b','subject':[{'name':'r/a',"
          "'digest':{'sha256':'ab'}}]", "artifact.digest", "sha256:ab", "declared", NULL },
        { "it has no signature", "'_type':'t','predicateType':'a:b'", "attestations[1].signed",
          "false", "declared", NULL },
        { "an envelope has", "'payloadType':'x','payload':'eyJwcmVkaWNhdGVUeXBlIjoiYTpiIn0=',"
          "'signatures':[{}]", "attestations[1].signed", "true", "declared", NULL },
        { "what is in it", "'payloadType':'x','payload':'eyJwcmVkaWNhdGVUeXBlIjoiYTpiIn0='",
          "attestations[1].predicate_type", "a:b", "declared",
          "'payload':'eyJwcmVkaWNhdGVUeXBlIjoiYTpiIn0='" },
    };
    static const struct {
        const char *text, *notes;
    } broken[] = {
        { "{'payloadType':'x','payload':'*'}",
          "at ''*'': the payload holds no statement in JSON\n" WITHOUT_IT },
        { "{'_type':'t','predicateType':'a/b'}",
          "at ''a/b'': the type of the predicate is no URI: 'a/b'\n" WITHOUT_IT },
    };

    reading_check_all(*state, "attestation", "", rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(broken); i++) {
        struct scl_document *d =
            reading_document("a.json", "", reading_quoted(*state, broken[i].text));
        struct scl_text text;

        scl_text_init(&text);
        reading_notes(d, &text);
        for (size_t at = 0; at < text.len; at++)
            text.at[at] = text.at[at] == '"' ? '\'' : text.at[at];
        check_text(scl_text_str(&text), broken[i].notes, broken[i].text);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

SUITE(
    CASE(reports_of_trivy_are_read),
    CASE(reports_of_grype_are_read),
    CASE(bills_of_material_are_read),
    CASE(that_there_is_a_signature_does_not_make_it_good),
    CASE(what_cosign_has_verified_is_read),
    CASE(attestations_are_read))
