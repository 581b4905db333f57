/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence_bom.c: bills of material, CycloneDX and SPDX in JSON
 *
 * Components lie in each other in CycloneDX; all of them are listed. A document may be about
 * vulnerabilities alone (VEX): what is said not to affect does not count. SPDX 3 is a graph of
 * elements, of which the packages are read.
 */
#include "formats/evidence.h"
#include "formats/format.h"

enum { DEEPEST = 128 };

/* ---- CycloneDX ---- */

static enum scl_fit
fits_cyclonedx(const struct scl_tree *root, const char **ret_reason)
{
    *ret_reason = "bomFormat";
    return scl_tree_find(root, SCL_S("bomFormat")) ? SCL_FIT_YES : SCL_FIT_NO;
}

static const struct scl_json_row component_rows[] = {
    { "name", SCL_COMPONENT_NAME, scl_row_text },
    { "version", SCL_COMPONENT_VERSION, scl_row_some_text },
    { "type", SCL_COMPONENT_TYPE, scl_row_some_text },
    { "purl", SCL_COMPONENT_PURL, scl_row_some_text },
    { "licenses", SCL_COMPONENT_LICENSES, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
set_licenses(struct scl_lowering *l, uint32_t component, const struct scl_tree *node)
{
    static const char *const paths[] = { "license.id", "license.name", "expression" };
    const struct scl_tree *list = scl_tree_find(node, SCL_S("licenses"));

    for (uint32_t i = 0; list && i < scl_tree_count(list); i++)
        for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
            const struct scl_tree *entry = scl_tree_child(list, i);
            struct scl_str text = scl_rows_text_at(entry, paths[p]);

            if (text.len)
                scl_build_item_text(l->d, component, SCL_COMPONENT_LICENSES, text,
                                    scl_rows_origin(l, entry));
        }
}

static void
add_components(struct scl_lowering *l, uint32_t evidence, const struct scl_tree *list,
               unsigned depth)
{
    if (depth > DEEPEST)
        return;
    for (uint32_t i = 0; i < scl_tree_count(list); i++) {
        const struct scl_tree *node = scl_tree_child(list, i);
        const struct scl_tree *inner = scl_tree_find(node, SCL_S("components"));
        uint32_t made;

        if (!scl_rows_expect(l, evidence, SCL_NONE, node, SCL_TREE_MAP)) {
            scl_build_open(l->d, evidence, SCL_EVIDENCE_COMPONENTS);
            continue;
        }
        made = scl_build_object(l->d, evidence, SCL_EVIDENCE_COMPONENTS,
                                scl_rows_origin(l, node));
        scl_rows_apply(l, made, component_rows, node);
        set_licenses(l, made, node);
        if (inner)
            add_components(l, evidence, inner, depth + 1);
    }
    if (list->is_cut)
        scl_build_open(l->d, evidence, SCL_EVIDENCE_COMPONENTS);
}

static void
read_components(struct scl_lowering *l, uint32_t object, unsigned field,
                const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, field, scl_rows_origin(l, node));
    add_components(l, object, node, 0);
}

static const struct scl_json_row vulnerability_rows[] = {
    { "id", SCL_VULNERABILITY_ID, scl_row_text },
    { "source.name", SCL_VULNERABILITY_SEVERITY_SOURCE, scl_row_some_text },
    { "published", SCL_VULNERABILITY_PUBLISHED, scl_row_some_text },
    { "ratings", SCL_VULNERABILITY_SEVERITY, NULL },
    { "ratings", SCL_VULNERABILITY_CVSS, NULL },
    { "affects", SCL_VULNERABILITY_TARGET, NULL },
    { "analysis.state", SCL_VULNERABILITY_SUPPRESSED, NULL },
    { "analysis.state", SCL_VULNERABILITY_SUPPRESSED_BY, NULL },
    { "analysis.state", SCL_VULNERABILITY_SUPPRESSED_REASON, NULL },
    { NULL, SCL_NONE, NULL },
};

/* The first rating counts, as its author put it first. */
static void
set_rating(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *list = scl_tree_find(node, SCL_S("ratings"));
    const struct scl_tree *first = list ? scl_tree_child(list, 0) : NULL;
    const struct scl_tree *severity = scl_tree_find(first, SCL_S("severity"));
    const struct scl_tree *score = scl_tree_find(first, SCL_S("score"));
    int64_t nano;
    bool exact;

    if (severity)
        scl_evidence_severity(l, object, SCL_VULNERABILITY_SEVERITY, severity);
    if (scl_tree_nano(score, &nano, &exact))
        scl_build_decimal(l->d, object, SCL_VULNERABILITY_CVSS, nano, scl_rows_origin(l, score));
}

static void
finish_vulnerability(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    static const char *const harmless[] = { "not_affected", "false_positive", "resolved",
                                            "resolved_with_pedigree" };
    const struct scl_tree *state = scl_rows_find(node, "analysis.state");
    const struct scl_tree *affects = scl_tree_find(node, SCL_S("affects"));
    const struct scl_tree *ref =
        affects ? scl_tree_find(scl_tree_child(affects, 0), SCL_S("ref")) : NULL;

    set_rating(l, object, node);
    if (ref && ref->kind == SCL_TREE_STRING)
        scl_row_text(l, object, SCL_VULNERABILITY_TARGET, ref);
    for (size_t i = 0; state && i < sizeof harmless / sizeof *harmless; i++) {
        if (!scl_str_is(scl_tree_text(state), harmless[i]))
            continue;
        scl_build_group(l->d, object, SCL_VULNERABILITY_SUPPRESSED, scl_rows_origin(l, state));
        scl_build_text(l->d, object, SCL_VULNERABILITY_SUPPRESSED_BY, SCL_S("vex"),
                       scl_rows_origin(l, state));
        scl_row_text(l, object, SCL_VULNERABILITY_SUPPRESSED_REASON, state);
    }
}

static void
read_vulnerabilities(struct scl_lowering *l, uint32_t object, unsigned field,
                     const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, vulnerability_rows, finish_vulnerability);
}

static void
read_tools(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    const struct scl_tree *inner = scl_tree_find(node, SCL_S("components"));
    const struct scl_tree *first = scl_tree_child(inner ? inner : node, 0);
    const struct scl_tree *name = scl_tree_find(first, SCL_S("name"));
    const struct scl_tree *version = scl_tree_find(first, SCL_S("version"));

    if (name && name->kind == SCL_TREE_STRING)
        scl_row_text(l, object, field, name);
    if (version && version->kind == SCL_TREE_STRING)
        scl_row_text(l, object, SCL_EVIDENCE_TOOL_VERSION, version);
}

static const struct scl_json_row cyclonedx_rows[] = {
    { "metadata.tools", SCL_EVIDENCE_TOOL_NAME, read_tools },
    { "metadata.tools", SCL_EVIDENCE_TOOL_VERSION, NULL },
    { "metadata.timestamp", SCL_EVIDENCE_CREATED, scl_row_some_text },
    { "metadata.component.name", SCL_EVIDENCE_ARTIFACT_NAME, scl_row_some_text },
    { "metadata.component.type", SCL_EVIDENCE_ARTIFACT_TYPE, scl_row_some_text },
    { "components", SCL_EVIDENCE_COMPONENTS, read_components },
    { "vulnerabilities", SCL_EVIDENCE_VULNERABILITIES, read_vulnerabilities },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_cyclonedx_rows[] = {
    cyclonedx_rows, component_rows, vulnerability_rows, NULL,
};

static void
lower_cyclonedx(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    uint32_t evidence = scl_evidence_begin(&l, "sbom", all_cyclonedx_rows);

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, cyclonedx_rows, root);
    scl_rows_apply(&l, evidence, cyclonedx_rows, root);
}

const struct scl_format scl_format_cyclonedx = {
    .name = "cyclonedx",
    .title = "bills of material of CycloneDX, in JSON",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"bomFormat\": \"CycloneDX\"}",
    .rows = all_cyclonedx_rows,
    .fits_tree = fits_cyclonedx,
    .lower = lower_cyclonedx,
};

/* ---- SPDX ---- */

static bool
is_graph(const struct scl_tree *root)
{
    return scl_tree_find(root, SCL_S("@graph")) &&
           scl_str_find(scl_rows_text_at(root, "@context"), SCL_S("spdx")) != SIZE_MAX;
}

static enum scl_fit
fits_spdx(const struct scl_tree *root, const char **ret_reason)
{
    const struct scl_tree *version = scl_tree_find(root, SCL_S("spdxVersion"));

    *ret_reason = version ? "spdxVersion" : "@graph of SPDX";
    return version || (root->kind == SCL_TREE_MAP && is_graph(root)) ? SCL_FIT_YES : SCL_FIT_NO;
}

static const struct scl_json_row package_rows[] = {
    { "name", SCL_COMPONENT_NAME, scl_row_text },
    { "versionInfo", SCL_COMPONENT_VERSION, scl_row_some_text },
    { "externalRefs", SCL_COMPONENT_PURL, NULL },
    { "licenseDeclared", SCL_COMPONENT_LICENSES, NULL },
    { NULL, SCL_NONE, NULL },
};

static void
finish_package(struct scl_lowering *l, uint32_t object, const struct scl_tree *node)
{
    const struct scl_tree *refs = scl_tree_find(node, SCL_S("externalRefs"));
    const struct scl_tree *license = scl_tree_find(node, SCL_S("licenseDeclared"));

    for (uint32_t i = 0; refs && i < scl_tree_count(refs); i++) {
        const struct scl_tree *ref = scl_tree_child(refs, i);
        const struct scl_tree *locator = scl_tree_find(ref, SCL_S("referenceLocator"));

        if (scl_str_is(scl_rows_text_at(ref, "referenceType"), "purl") && locator)
            scl_row_text(l, object, SCL_COMPONENT_PURL, locator);
    }
    if (license && license->kind == SCL_TREE_STRING &&
        !scl_str_is(scl_tree_text(license), "NOASSERTION") &&
        !scl_str_is(scl_tree_text(license), "NONE"))
        scl_build_item_text(l->d, object, SCL_COMPONENT_LICENSES, scl_tree_text(license),
                            scl_rows_origin(l, license));
}

static void
read_packages(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    scl_rows_members(l, object, field, node, package_rows, finish_package);
}

/* `Tool: NAME` among those who made it. */
static void
add_creator(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    static const struct scl_str tool = SCL_STR("Tool: ");
    struct scl_str text = scl_tree_text(node);

    if (scl_str_starts(text, tool) && !scl_build_has(l->d, object, field))
        scl_build_text(l->d, object, field, scl_str_sub(text, tool.len, text.len),
                       scl_rows_origin(l, node));
}

static void
read_creators(struct scl_lowering *l, uint32_t object, unsigned field,
              const struct scl_tree *node)
{
    if (!scl_rows_expect(l, object, field, node, SCL_TREE_LIST))
        return;
    for (uint32_t i = 0; i < scl_tree_count(node); i++)
        if (scl_rows_expect(l, object, SCL_NONE, scl_tree_child(node, i), SCL_TREE_STRING))
            add_creator(l, object, field, scl_tree_child(node, i));
}

static const struct scl_json_row element_rows[] = {
    { "name", SCL_COMPONENT_NAME, scl_row_text },
    { "software_packageVersion", SCL_COMPONENT_VERSION, scl_row_some_text },
    { "software_packageUrl", SCL_COMPONENT_PURL, scl_row_some_text },
    { NULL, SCL_NONE, NULL },
};

/* The packages among the elements, and when the first of them says it was made. */
static void
read_graph(struct scl_lowering *l, uint32_t object, unsigned field, const struct scl_tree *node)
{
    (void)field;
    if (!scl_rows_expect(l, object, SCL_EVIDENCE_COMPONENTS, node, SCL_TREE_LIST))
        return;
    scl_build_list(l->d, object, SCL_EVIDENCE_COMPONENTS, scl_rows_origin(l, node));
    for (uint32_t i = 0; i < scl_tree_count(node); i++) {
        const struct scl_tree *element = scl_tree_child(node, i);
        const struct scl_tree *created = scl_tree_find(element, SCL_S("created"));
        uint32_t made;

        if (created && !scl_build_has(l->d, object, SCL_EVIDENCE_CREATED))
            scl_row_text(l, object, SCL_EVIDENCE_CREATED, created);
        if (!scl_str_is(scl_rows_text_at(element, "type"), "software_Package"))
            continue;
        made = scl_build_object(l->d, object, SCL_EVIDENCE_COMPONENTS,
                                scl_rows_origin(l, element));
        scl_rows_apply(l, made, element_rows, element);
    }
    if (node->is_cut)
        scl_build_open(l->d, object, SCL_EVIDENCE_COMPONENTS);
}

static const struct scl_json_row spdx_rows[] = {
    { "creationInfo.creators", SCL_EVIDENCE_TOOL_NAME, read_creators },
    { "creationInfo.created", SCL_EVIDENCE_CREATED, scl_row_some_text },
    { "name", SCL_EVIDENCE_ARTIFACT_NAME, scl_row_some_text },
    { "packages", SCL_EVIDENCE_COMPONENTS, read_packages },
    { "@graph", SCL_NONE, read_graph },
    { "", SCL_EVIDENCE_KIND, NULL },
    { NULL, SCL_NONE, NULL },
};

static const struct scl_json_row *const all_spdx_rows[] = {
    spdx_rows, package_rows, NULL,
};

static void
lower_spdx(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_lowering l = { .d = d, .root = root };
    uint32_t evidence = scl_evidence_begin(&l, "sbom", all_spdx_rows);

    (void)input;
    if (!evidence)
        return;
    scl_rows_bind(&l, evidence, spdx_rows, root);
    scl_rows_apply(&l, evidence, spdx_rows, root);
}

const struct scl_format scl_format_spdx = {
    .name = "spdx",
    .title = "bills of material of SPDX, in JSON",
    .resolution = "resolved",
    .family = "",
    .sample = "{\"spdxVersion\": \"SPDX-2.3\"}",
    .rows = all_spdx_rows,
    .fits_tree = fits_spdx,
    .lower = lower_spdx,
};
