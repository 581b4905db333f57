/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_certificate.c: certificates in DER, and the same bytes as Base64
 *
 * What a certificate tells lies within it; what Base64 decodes to is shorter than the text.
 */
#include "demand.h"

#include "base/base64.h"
#include "syntax/certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_within(struct scl_str text, struct scl_str whole)
{
    demand(!text.len || (text.at >= whole.at && text.at + text.len <= whole.at + whole.len));
}

static void
read_certificate(struct scl_str der)
{
    struct scl_certificate certificate;

    if (!scl_certificate_read(der, &certificate))
        return;
    check_within(certificate.identity, der);
    check_within(certificate.issuer, der);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scl_str text = scl_str_n((const char *)data, size), decoded;
    struct scl_arena arena;

    scl_arena_init(&arena);
    read_certificate(text);
    if (scl_base64_decode(&arena, text, &decoded)) {
        demand(decoded.len <= text.len);
        read_certificate(decoded);
    }
    scl_arena_finish(&arena);
    return 0;
}
