/* SPDX-License-Identifier: Apache-2.0 */
/*
 * certificate.h: who a certificate is for
 *
 * Of an X.509 certificate (RFC 5280) the two things that a signature of Sigstore is told apart by:
 * the first subject alternative name, and who has vouched for it, an extension of Fulcio's
 * (1.3.6.1.4.1.57264.1.8, before that .1). Nothing is verified here, and a certificate may say
 * anything.
 */
#ifndef SCL_SYNTAX_CERTIFICATE_H
#define SCL_SYNTAX_CERTIFICATE_H

#include "base/str.h"

struct scl_certificate {
    struct scl_str identity; /* an address or URI; of length 0: it has none */
    struct scl_str issuer;   /* a URI; of length 0: it has none */
};

/* Reads a certificate in DER; the texts are slices of it. False where it is none. */
bool scl_certificate_read(struct scl_str der, struct scl_certificate *ret);

#endif
