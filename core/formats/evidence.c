/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.c: reports of the scanners Trivy and Grype
 *
 * A report is evidence about what was scanned: its vulnerabilities one by one, also those that
 * somebody has said do not count. Reports are large, so that each entry is read once and nothing of
 * it copied.
 */
#include "formats/evidence.h"

#include "formats/format.h"

uint32_t
scl_evidence_begin(struct scl_lowering *l, const char *kind,
                   const struct scl_json_row *const *tables)
{
    uint32_t made = scl_rows_subject(l, SCL_TYPE_EVIDENCE, SCL_S(""));

    if (!made)
        return 0;
    l->skips_null = true;
    scl_rows_say_all(l, tables);
    scl_build_text(l->d, made, SCL_EVIDENCE_KIND, scl_str_c(kind), 0);
    return made;
}

void
scl_evidence_severity(struct scl_lowering *l, uint32_t object, unsigned field,
                      const struct scl_tree *node)
{
    static const char *const known[] = { "negligible", "low", "medium", "high", "critical" };
    struct scl_str text = scl_tree_text(node), severity = SCL_S("unknown");

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (scl_str_is_nocase(text, known[i]))
            severity = scl_str_c(known[i]);
    scl_build_text(l->d, object, field, severity, scl_rows_origin(l, node));
}

void
scl_evidence_digest(struct scl_lowering *l, uint32_t object, struct scl_str digest,
                    uint32_t origin)
{
    if (!scl_build_has(l->d, object, SCL_EVIDENCE_ARTIFACT_DIGEST))
        scl_build_text(l->d, object, SCL_EVIDENCE_ARTIFACT_DIGEST, digest, origin);
    scl_build_item_text(l->d, object, SCL_EVIDENCE_ARTIFACT_DIGESTS, digest, origin);
}

/* References with a digest each. */
static void
add_reference(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);
    size_t at = scl_str_find_last(text, '@');

    (void)field;
    if (at != SIZE_MAX)
        scl_evidence_digest(l, object, scl_str_sub(text, at + 1, text.len),
                            scl_rows_origin(l, node));
}

static void
read_references(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    scl_row_strings(l, object, field, node, add_reference);
}

/* NAME VERSION of a distribution. */
static void
set_os(struct scl_lowering *l, uint32_t object, const struct scl_tree *os, const char *family,
       const char *version)
{
    struct scl_str name = os ? scl_rows_text_at(os, family) : SCL_S("");

    if (name.len)
        scl_build_text(l->d, object, SCL_EVIDENCE_ARTIFACT_OS,
                       scl_rows_print(&l->d->arena, "%.*s %.*s", SCL_ARG(name),
                                      SCL_ARG(scl_rows_text_at(os, version))),
                       scl_rows_origin(l, os));
}

/* A report is of some time, whether it says so or not. */
static void
need_time(struct scl_lowering *l, uint32_t evidence)
{
    if (!scl_build_has(l->d, evidence, SCL_EVIDENCE_CREATED))
        scl_build_empty(l->d, evidence, SCL_EVIDENCE_CREATED, SCANTLING_STATE_UNKNOWN,
                        scl_rows_origin(l, l->root));
}

/* ---- Trivy ---- */

static enum scl_fit
fits_trivy(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "SchemaVersion and Results";
    if (!scl_tree_find(root, SCL_S("SchemaVersion")))
        return SCL_FIT_NO;
    return scl_tree_find(root, SCL_S("Results")) || scl_tree_find(root, SCL_S("ArtifactName"))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

/* Versions divided by commas. */
static void
read_versions(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    struct scl_str rest = scl_tree_text(node), version;
    uint32_t origin = scl_rows_origin(l, node);

    if (!scl_rows_expect(l, object, field, node, SCL_TREE_STRING) || !node->count)
        return;
    while (scl_str_cut(&rest, ',', &version))
        scl_build_item_text(l->d, object, field, scl_str_trim(version), origin);
}

/* The highest of all scores, of whatever version. */
static void
read_scores(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    static const char *const versions[] = { "V40Score", "V3Score", "V2Score" };
    const struct scl_tree *best = NULL;
    int64_t highest = -1, nano;
    bool exact;

    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        for (size_t v = 0; v < sizeof versions / sizeof *versions; v++) {
            const struct scl_tree *score =
                scl_tree_find(scl_tree_child(node, i), scl_str_c(versions[v]));

            if (!scl_tree_nano(score, &nano, &exact) || nano <= highest)
                continue;
            highest = nano;
            best = score;
        }
    if (best)
        scl_build_decimal(l->d, object, field, highest, scl_rows_origin(l, best));
}

static const struct scl_json_row trivy_vulnerability_rows[] = {
    { "VulnerabilityID", SCL_VULNERABILITY_ID, scl_row_text },
    { "VendorIDs", SCL_VULNERABILITY_ALIASES, scl_row_texts },
    { "Severity", SCL_VULNERABILITY_SEVERITY, scl_evidence_severity },
    { "SeveritySource", SCL_VULNERABILITY_SEVERITY_SOURCE, scl_row_some_text },
    { "PkgName", SCL_VULNERABILITY_PACKAGE, scl_row_text },
    { "InstalledVersion", SCL_VULNERABILITY_INSTALLED, scl_row_text },
    { "PkgIdentifier.PURL", SCL_VULNERABILITY_PURL, scl_row_some_text },
    { "FixedVersion", SCL_VULNERABILITY_FIXED, read_versions },
    { "FixedVersion", SCL_VULNERABILITY_FIX_STATE, NULL },
    { "Status", SCL_VULNERABILITY_STATUS, scl_row_some_text },
    { "PublishedDate", SCL_VULNERABILITY_PUBLISHED, scl_row_some_text },
    { "CVSS", SCL_VULNERABILITY_CVSS, read_scores },
    { "PkgPath", SCL_VULNERABILITY_TARGET, scl_row_some_text },
    { "Layer.DiffID", SCL_VULNERABILITY_LAYER, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row trivy_suppressed_rows[] = {
    { "Source", SCL_VULNERABILITY_SUPPRESSED_BY, scl_row_some_text },
    { "Statement", SCL_VULNERABILITY_SUPPRESSED_REASON, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

/* By what the distribution says, else by whether a version is named. */
static void
set_fix_state(struct scl_lowering *l, uint32_t object, const struct scl_tree *vulnerability)
{
    struct scl_str status = scl_rows_text_at(vulnerability, "Status");
    bool has_fix = scl_rows_text_at(vulnerability, "FixedVersion").len > 0;

    scl_build_text(l->d, object, SCL_VULNERABILITY_FIX_STATE,
                   has_fix                                   ? SCL_S("fixed")
                   : scl_str_is(status, "will_not_fix")      ? SCL_S("wont_fix")
                   : scl_str_is(status, "affected") ||
                           scl_str_is(status, "fix_deferred") ? SCL_S("not_fixed")
                                                             : SCL_S("unknown"),
                   scl_build_derived(l->d, object, SCL_VULNERABILITY_FIXED));
}

static uint32_t
add_trivy(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *node,
          const struct scl_tree *target)
{
    uint32_t made = scl_build_object(l->d, evidence, SCL_EVIDENCE_VULNERABILITIES,
                                     scl_rows_origin(l, node));

    scl_rows_apply(l, made, trivy_vulnerability_rows, node);
    set_fix_state(l, made, node);
    if (target && !scl_build_has(l->d, made, SCL_VULNERABILITY_TARGET))
        scl_row_text(l, made, SCL_VULNERABILITY_TARGET, target);
    return made;
}

static void
add_trivy_list(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *list,
               const struct scl_tree *target)
{
    if (!list || !scl_rows_expect(l, evidence, SCL_NONE, list, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(list); i++)
        if (scl_rows_expect(l, evidence, SCL_NONE, scl_tree_child(list, i), SCL_TREE_MAP))
            add_trivy(l, evidence, scl_tree_child(list, i), target);
        else
            scl_build_open(l->d, evidence, SCL_EVIDENCE_VULNERABILITIES);
    if (list->is_cut)
        scl_build_open(l->d, evidence, SCL_EVIDENCE_VULNERABILITIES);
}

/* What a statement (VEX) or an ignore file has taken out. */
static void
add_trivy_modified(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *list,
                   const struct scl_tree *target)
{
    for (uint32_t i = 0; list && i < scl_tree_count(list); i++) {
        const struct scl_tree *entry = scl_tree_child(list, i);
        const struct scl_tree *finding = scl_tree_find(entry, SCL_S("Finding"));
        const struct scl_tree *status = scl_tree_find(entry, SCL_S("Status"));
        uint32_t made;

        if (!finding || finding->kind != SCL_TREE_MAP ||
            !scl_tree_find(finding, SCL_S("VulnerabilityID")))
            continue;
        made = add_trivy(l, evidence, finding, target);
        scl_build_group(l->d, made, SCL_VULNERABILITY_SUPPRESSED, scl_rows_origin(l, entry));
        if (status && status->kind == SCL_TREE_STRING)
            scl_row_text(l, made, SCL_VULNERABILITY_SUPPRESSED_REASON, status);
        scl_rows_apply(l, made, trivy_suppressed_rows, entry);
        if (!scl_build_has(l->d, made, SCL_VULNERABILITY_SUPPRESSED_BY))
            scl_build_text(l->d, made, SCL_VULNERABILITY_SUPPRESSED_BY, SCL_S("trivy"), 0);
    }
}

static const struct scl_json_row trivy_component_rows[] = {
    { "Name", SCL_COMPONENT_NAME, scl_row_text },
    { "Version", SCL_COMPONENT_VERSION, scl_row_some_text },
    { "Identifier.PURL", SCL_COMPONENT_PURL, scl_row_some_text },
    { "Licenses", SCL_COMPONENT_LICENSES, scl_row_texts },
    { NULL, SCL_NONE, NULL },
};

static void
add_trivy_result(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *result)
{
    const struct scl_tree *target = scl_rows_find(result, "Target");
    const struct scl_tree *type = scl_rows_find(result, "Type");
    const struct scl_tree *packages = scl_rows_find(result, "Packages");
    uint32_t made = l->d->objects.count;

    if (target && target->kind != SCL_TREE_STRING)
        target = NULL;
    if (packages)
        scl_rows_members(l, evidence, SCL_EVIDENCE_COMPONENTS, packages, trivy_component_rows,
                         NULL);
    for (; type && type->kind == SCL_TREE_STRING && made < l->d->objects.count; made++)
        scl_row_text(l, made, SCL_COMPONENT_TYPE, type);
    add_trivy_list(l, evidence, scl_rows_find(result, "Vulnerabilities"), target);
    add_trivy_modified(l, evidence, scl_rows_find(result, "ExperimentalModifiedFindings"), target);
}

static void
read_results(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (scl_rows_expect(l, object, SCL_NONE, scl_tree_child(node, i), SCL_TREE_MAP))
            add_trivy_result(l, object, scl_tree_child(node, i));
    if (node->is_cut)
        scl_build_open(l->d, object, field);
}

static const struct scl_json_row trivy_rows[] = {
    { "Trivy.Version", SCL_EVIDENCE_TOOL_VERSION, scl_row_some_text },
    { "CreatedAt", SCL_EVIDENCE_CREATED, scl_row_some_text },
    { "ArtifactName", SCL_EVIDENCE_ARTIFACT_NAME, scl_row_some_text },
    { "ArtifactType", SCL_EVIDENCE_ARTIFACT_TYPE, scl_row_some_text },
    { "Metadata.ImageID", SCL_EVIDENCE_ARTIFACT_IMAGE_ID, scl_row_some_text },
    { "Metadata.RepoDigests", SCL_EVIDENCE_ARTIFACT_DIGESTS, read_references },
    { "Metadata.RepoDigests", SCL_EVIDENCE_ARTIFACT_DIGEST, NULL },
    { "Metadata.OS", SCL_EVIDENCE_ARTIFACT_OS, NULL },
    { "Metadata.OS.EOSL", SCL_EVIDENCE_ARTIFACT_OS_EOL, scl_row_bool },
    { "Results", SCL_EVIDENCE_VULNERABILITIES, read_results },
    { "Results", SCL_EVIDENCE_COMPONENTS, NULL },
    { "Trivy", SCL_EVIDENCE_TOOL_NAME, NULL },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_trivy_rows[] = {
    trivy_rows, trivy_vulnerability_rows, trivy_suppressed_rows, trivy_component_rows, NULL,
};

static void
lower_trivy(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    uint32_t evidence = scl_evidence_begin(&l, "scan", all_trivy_rows);

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, trivy_rows, root);
    scl_build_text(d, evidence, SCL_EVIDENCE_TOOL_NAME, SCL_S("trivy"), 0);
    scl_rows_apply(&l, evidence, trivy_rows, root);
    set_os(&l, evidence, scl_rows_find(root, "Metadata.OS"), "Family", "Name");
    need_time(&l, evidence);
}

const struct scl_format scl_format_trivy = {
    .name = "trivy",
    .title = "reports of the scanner Trivy, in JSON",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"SchemaVersion\": 2, \"Results\": []}",
    .rows = all_trivy_rows,
    .fits_tree = fits_trivy,
    .lower = lower_trivy,
};

/* ---- Grype ---- */

static enum scl_fit
fits_grype(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "matches and descriptor";
    return scl_tree_find(root, SCL_S("matches")) &&
                   (scl_tree_find(root, SCL_S("descriptor")) ||
                    scl_tree_find(root, SCL_S("source")))
               ? SCL_FIT_YES
               : SCL_FIT_NO;
}

static void
read_state(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    struct scl_str text = scl_tree_text(node);

    if (scl_rows_expect(l, object, field, node, SCL_TREE_STRING))
        scl_build_text(l->d, object, field,
                       scl_str_is(text, "fixed")       ? text
                       : scl_str_is(text, "not-fixed") ? SCL_S("not_fixed")
                       : scl_str_is(text, "wont-fix")  ? SCL_S("wont_fix")
                                                       : SCL_S("unknown"),
                       scl_rows_origin(l, node));
}

/* The ids of the same hole elsewhere. */
static void
read_related(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *id = scl_tree_find(scl_tree_child(node, i), SCL_S("id"));

        if (id && id->kind == SCL_TREE_STRING)
            scl_build_item_text(l->d, object, field, scl_tree_text(id), scl_rows_origin(l, id));
    }
}

static void
read_exploited(struct scl_lowering *l, uint32_t object, unsigned field,
               const struct scl_tree *node)
{
    if (scl_tree_count(node))
        scl_build_bool(l->d, object, field, true, scl_rows_origin(l, node));
}

static const struct scl_json_row match_rows[] = {
    { "vulnerability.id", SCL_VULNERABILITY_ID, scl_row_text },
    { "relatedVulnerabilities", SCL_VULNERABILITY_ALIASES, read_related },
    { "vulnerability.severity", SCL_VULNERABILITY_SEVERITY, scl_evidence_severity },
    { "vulnerability.namespace", SCL_VULNERABILITY_SEVERITY_SOURCE, scl_row_some_text },
    { "vulnerability.fix.versions", SCL_VULNERABILITY_FIXED, scl_row_texts },
    { "vulnerability.fix.state", SCL_VULNERABILITY_FIX_STATE, read_state },
    { "vulnerability.knownExploited", SCL_VULNERABILITY_KEV, read_exploited },
    { "artifact.name", SCL_VULNERABILITY_PACKAGE, scl_row_text },
    { "artifact.version", SCL_VULNERABILITY_INSTALLED, scl_row_some_text },
    { "artifact.purl", SCL_VULNERABILITY_PURL, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

static void
finish_ignored(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *rules = scl_tree_find(node, SCL_S("appliedIgnoreRules"));
    const struct scl_tree *rule = rules ? scl_tree_child(rules, 0) : NULL;
    struct scl_str by = rule ? scl_rows_text_at(rule, "namespace") : SCL_S("");
    struct scl_str reason = rule ? scl_rows_text_at(rule, "vex-status") : SCL_S("");
    uint32_t origin = scl_rows_origin(l, rule ? rule : node);

    scl_build_group(l->d, object, SCL_VULNERABILITY_SUPPRESSED, origin);
    scl_build_text(l->d, object, SCL_VULNERABILITY_SUPPRESSED_BY, by.len ? by : SCL_S("grype"),
                   origin);
    scl_build_text(l->d, object, SCL_VULNERABILITY_SUPPRESSED_REASON,
                   reason.len ? reason : SCL_S("ignored"), origin);
}

static void
read_matches(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, match_rows, NULL);
}

static void
read_ignored(struct scl_lowering *l, uint32_t object, unsigned field,
             const struct scl_tree *node)
{
    (void)field;
    if (scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_LIST))
        scl_rows_members(l, object, SCL_EVIDENCE_VULNERABILITIES, node, match_rows,
                         finish_ignored);
}

static void
read_manifest(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    (void)field;
    if (scl_rows_expect(l, object, SCL_NONE, node, SCL_TREE_STRING) && node->count)
        scl_evidence_digest(l, object, scl_tree_text(node), scl_rows_origin(l, node));
}

static const struct scl_json_row grype_rows[] = {
    { "descriptor.name", SCL_EVIDENCE_TOOL_NAME, scl_row_some_text },
    { "descriptor.version", SCL_EVIDENCE_TOOL_VERSION, scl_row_some_text },
    { "descriptor.timestamp", SCL_EVIDENCE_CREATED, scl_row_some_text },
    { "descriptor.db.status.built", SCL_EVIDENCE_DB_UPDATED, scl_row_some_text },
    { "descriptor.db.built", SCL_NONE, NULL },
    { "source.type", SCL_EVIDENCE_ARTIFACT_TYPE, scl_row_some_text },
    { "distro.name", SCL_EVIDENCE_ARTIFACT_OS, NULL },
    { "matches", SCL_EVIDENCE_VULNERABILITIES, read_matches },
    { "ignoredMatches", SCL_NONE, read_ignored },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

/* Of an image; of a folder the target is its path. */
static const struct scl_json_row grype_image_rows[] = {
    { "source.target.userInput", SCL_EVIDENCE_ARTIFACT_NAME, scl_row_some_text },
    { "source.target.imageID", SCL_EVIDENCE_ARTIFACT_IMAGE_ID, scl_row_some_text },
    { "source.target.manifestDigest", SCL_EVIDENCE_ARTIFACT_DIGEST, read_manifest },
    { "source.target.repoDigests", SCL_EVIDENCE_ARTIFACT_DIGESTS, read_references },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_grype_rows[] = {
    grype_rows, grype_image_rows, match_rows, trivy_suppressed_rows, NULL,
};

static void
lower_grype(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    const struct scl_tree *target = scl_rows_find(root, "source.target"), *built;
    uint32_t evidence = scl_evidence_begin(&l, "scan", all_grype_rows);

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, grype_rows, root);
    scl_rows_apply(&l, evidence, grype_rows, root);
    if (!target || target->kind == SCL_TREE_MAP)
        scl_rows_apply(&l, evidence, grype_image_rows, root);
    if (target && target->kind == SCL_TREE_STRING)
        scl_row_some_text(&l, evidence, SCL_EVIDENCE_ARTIFACT_NAME, target);
    built = scl_rows_find(root, "descriptor.db.built");
    if (built && built->kind == SCL_TREE_STRING)
        scl_row_some_text(&l, evidence, SCL_EVIDENCE_DB_UPDATED, built);
    set_os(&l, evidence, scl_rows_find(root, "distro"), "name", "version");
    need_time(&l, evidence);
}

const struct scl_format scl_format_grype = {
    .name = "grype",
    .title = "reports of the scanner Grype, in JSON",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"matches\": [], \"descriptor\": {}}",
    .rows = all_grype_rows,
    .fits_tree = fits_grype,
    .lower = lower_grype,
};
