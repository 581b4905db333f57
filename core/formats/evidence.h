/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.h: what the formats of evidence about images share
 *
 * evidence.c reads the reports of scanners, evidence_bom.c bills of material, evidence_signed.c
 * attestations, evidence_sigstore.c and evidence_cosign.c signatures.
 */
#ifndef SCL_FORMATS_EVIDENCE_H
#define SCL_FORMATS_EVIDENCE_H

#include "formats/json_rows.h"

/* Makes the subject of a root that is a map, of a kind; 0 where it is none. */
uint32_t scl_evidence_begin(struct scl_lowering *l, const char *kind,
                            const struct scl_json_row *const *tables);
/* Severities as the model has them: in lower case, `unknown` for what is none of them. */
void scl_evidence_severity(struct scl_lowering *l, uint32_t object, unsigned field,
                           const struct scl_tree *node);
/* A digest, and what stands behind the `@` of a list of references. */
void scl_evidence_digest(struct scl_lowering *l, uint32_t object, struct scl_str digest,
                         uint32_t origin);
/* The attestation of a DSSE envelope; where it cannot be read, the list is open. */
void scl_evidence_envelope(struct scl_lowering *l, uint32_t evidence,
                           const struct scl_tree *envelope);
extern const struct scl_json_row scl_attestation_rows[];

#endif
