/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_certificate.c: who a certificate is for
 *
 * The certificate was made for this test:
 *
 *     openssl req -x509 -new -key KEY -subj / \
 *         -addext subjectAltName=critical,URI:https://example.org/build.yml \
 *         -addext 1.3.6.1.4.1.57264.1.1=DER:68:74:74:70:73:3a:2f:2f:6f:6c:64 \
 *         -addext 1.3.6.1.4.1.57264.1.8=ASN1:UTF8String:https://id.example.org
 */
#include "../test.h"

#include "base/base64.h"
#include "syntax/certificate.h"

static const char whole[] =
    "MIIBxzCCAW2gAwIBAgIUUd9LfbYAJ5yMo+tR2mmIjgbtIS8wCgYIKoZIzj0EAwIwADAeFw0yNjExMjIxMDAzMjRa\n"
    "Fw0yNjExMjMxMDAzMjRaMAAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASsB0rZLQCx4SACRtIjODv1ccWDskxd\n"
    "hgyvXRNM/r0/1EvVyg6xUqYGjLgwj+eIHpVcdy/7rVNhZ2iLW1DzbDXwo4HEMIHBMB0GA1UdDgQWBBSHw3B2uC7X\n"
    "jVNIsmBMaB+0Cmc+TjAfBgNVHSMEGDAWgBSHw3B2uC7XjVNIsmBMaB+0Cmc+TjAPBgNVHRMBAf8EBTADAQH/MCsG\n"
    "A1UdEQEB/wQhMB+GHWh0dHBzOi8vZXhhbXBsZS5vcmcvYnVpbGQueW1sMBkGCisGAQQBg78wAQEEC2h0dHBzOi8v\n"
    "b2xkMCYGCisGAQQBg78wAQgEGAwWaHR0cHM6Ly9pZC5leGFtcGxlLm9yZzAKBggqhkjOPQQDAgNIADBFAiAS7RB4\n"
    "voJCyJAwDCD4wrX48O2NvVs/VJBW0r2ubtMl6AIhAKnj6QpwkDPL4/ilKsQ/ECQ3H4KwWPHkVbMeo9hUL3vP\n";

/* A value of DER, shorter than 128 bytes, of two parts. */
static struct scl_str
value(struct scl_arena *arena, unsigned tag, struct scl_str one, struct scl_str two)
{
    char *bytes = scl_arena_alloc(arena, one.len + two.len + 2);

    assert_true(one.len + two.len < 128);
    bytes[0] = (char)tag;
    bytes[1] = (char)(one.len + two.len);
    memcpy(bytes + 2, one.at, one.len);
    memcpy(bytes + 2 + one.len, two.at, two.len);
    return scl_str_n(bytes, one.len + two.len + 2);
}

#define NOTHING SCL_S("")
#define NAMES SCL_STR("\x55\x1d\x11")
#define ISSUER "\x2b\x06\x01\x04\x01\x83\xbf\x30\x01"

/* A certificate with one extension. */
static struct scl_str
certificate_with(struct scl_arena *arena, struct scl_str oid, struct scl_str octets)
{
    struct scl_str extension = value(arena, 0x30, value(arena, 0x06, oid, NOTHING),
                                     value(arena, 0x04, octets, NOTHING));
    struct scl_str list = value(arena, 0x30, extension, NOTHING);
    struct scl_str part = value(arena, 0x30, SCL_S("\x02\x01\x01"),
                                value(arena, 0xa3, list, NOTHING));

    return value(arena, 0x30, part, NOTHING);
}

static void
a_certificate_tells_its_signer_and_who_vouches_for_it(void **state)
{
    struct scl_certificate certificate;
    struct scl_str der;

    assert_true(scl_base64_decode(*state, scl_str_c(whole), &der));
    assert_true(scl_certificate_read(der, &certificate));
    check_text(certificate.identity, "https://example.org/build.yml", "the first name");
    check_text(certificate.issuer, "https://id.example.org", "the newer extension wins");
}

static void
names_are_of_several_kinds(void **state)
{
    static const struct {
        const char *why;
        struct scl_str oid, octets;
        const char *identity, *issuer;
    } rows[] = {
        { "an address of mail", NAMES, SCL_STR("\x30\x03\x81\x01" "a"), "a", "" },
        { "the name of a host", NAMES, SCL_STR("\x30\x03\x82\x01" "b"), "b", "" },
        { "a user's, which is of another kind", NAMES,
          SCL_STR("\x30\x0a\xa0\x08\x06\x01\x2a\xa0\x03\x0c\x01" "c"), "c", "" },
        { "of another kind that is no text", NAMES,
          SCL_STR("\x30\x0a\xa0\x08\x06\x01\x2a\xa0\x03\x02\x01" "c"), "", "" },
        { "the first that can be shown", NAMES, SCL_STR("\x30\x06\x87\x01\x01\x86\x01" "d"), "d",
          "" },
        { "none at all", NAMES, SCL_STR("\x30\x00"), "", "" },
        { "a list that is longer than its place", NAMES, SCL_STR("\x30\x09\x81\x01" "a"), "", "" },
        { "the older extension is the text itself", SCL_STR(ISSUER "\x01"), SCL_STR("e"), "", "e" },
        { "the newer one has it as UTF-8", SCL_STR(ISSUER "\x08"), SCL_STR("\x0c\x01" "f"), "",
          "f" },
        { "and not otherwise", SCL_STR(ISSUER "\x08"), SCL_STR("f"), "", "" },
        { "others say something else", SCL_STR(ISSUER "\x09"), SCL_STR("\x0c\x01" "f"), "", "" },
    };
    struct scl_certificate certificate;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(scl_certificate_read(certificate_with(*state, rows[i].oid, rows[i].octets),
                                         &certificate));
        check_text(certificate.identity, rows[i].identity, rows[i].why);
        check_text(certificate.issuer, rows[i].issuer, rows[i].why);
    }
}

static void
what_is_none_is_refused(void **state)
{
    static const struct scl_str rows[] = {
        SCL_STR(""), SCL_STR("\x30"), SCL_STR("\x30\x02\x30"), SCL_STR("\x31\x02\x30\x00"),
        SCL_STR("\x30\x80\x30\x00"), SCL_STR("\x30\x85\x00\x00\x00\x00\x01\x30"),
        SCL_STR("\x30\x84\xff\xff\xff\xff\x30\x00"), SCL_STR("\x30\x02\x30\x00"),
        SCL_STR("-----BEGIN CERTIFICATE-----"),
    };
    struct scl_certificate certificate;
    struct scl_str der;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(scl_certificate_read(rows[i], &certificate));
    assert_true(scl_base64_decode(*state, scl_str_c(whole), &der));
    for (size_t length = 0; length < der.len; length++)
        assert_false(scl_certificate_read(scl_str_sub(der, 0, length), &certificate));
}

SUITE(
    CASE(a_certificate_tells_its_signer_and_who_vouches_for_it),
    CASE(names_are_of_several_kinds),
    CASE(what_is_none_is_refused))
