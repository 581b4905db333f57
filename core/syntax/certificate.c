/* SPDX-License-Identifier: Apache-2.0 */
/*
 * certificate.c: who a certificate is for
 *
 * DER is values in values, each a tag, a length and that many bytes (X.690). One cut takes the next
 * value off a slice, and is all that reads lengths: no value reaches beyond the one around it. The
 * path to the extensions is walked, and nothing else is looked at.
 */
#include "syntax/certificate.h"

enum {
    TAG_BOOLEAN = 0x01,
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_UTF8 = 0x0c,
    TAG_SEQUENCE = 0x30,
    TAG_VALUE = 0xa0,      /* [0], of a name of another kind */
    TAG_EXTENSIONS = 0xa3, /* [3] */
    NAME_OTHER = 0xa0,     /* kinds of names */
    NAME_EMAIL = 0x81,
    NAME_DNS = 0x82,
    NAME_URI = 0x86,
    LONGEST_LENGTH = 4 /* bytes that tell a length */
};

static const struct scl_str alternative_names = SCL_STR("\x55\x1d\x11");
static const struct scl_str issuer_oid = SCL_STR("\x2b\x06\x01\x04\x01\x83\xbf\x30\x01\x08");
static const struct scl_str old_issuer_oid = SCL_STR("\x2b\x06\x01\x04\x01\x83\xbf\x30\x01\x01");

/* Cuts the value at the start of a slice off it. False where there is no whole one. */
static bool
cut(struct scl_str *rest, unsigned *ret_tag, struct scl_str *ret_value)
{
    const unsigned char *at = (const unsigned char *)rest->at;
    size_t length, head = 2;

    if (rest->len < 2)
        return false;
    length = at[1];
    if (length & 0x80) {
        size_t bytes = length & 0x7f;

        if (!bytes || bytes > LONGEST_LENGTH || rest->len < 2 + bytes)
            return false;
        length = 0;
        for (size_t i = 0; i < bytes; i++)
            length = length << 8 | at[2 + i];
        head += bytes;
    }
    if (length > rest->len - head)
        return false;
    *ret_tag = at[0];
    *ret_value = scl_str_sub(*rest, head, length);
    *rest = scl_str_sub(*rest, head + length, rest->len);
    return true;
}

/* Cuts a value of that tag. */
static bool
cut_tag(struct scl_str *rest, unsigned tag, struct scl_str *ret_value)
{
    unsigned found;

    return cut(rest, &found, ret_value) && found == tag;
}

/* The first name that can be shown. Fulcio puts a user's into one of another kind, as UTF-8. */
static struct scl_str
first_name(struct scl_str octets)
{
    struct scl_str names, name, oid, wrapped, text;
    unsigned tag;

    if (!cut_tag(&octets, TAG_SEQUENCE, &names))
        return scl_str_n("", 0);
    while (cut(&names, &tag, &name)) {
        if (tag == NAME_EMAIL || tag == NAME_DNS || tag == NAME_URI)
            return name;
        if (tag == NAME_OTHER && cut_tag(&name, TAG_OID, &oid) &&
            cut_tag(&name, TAG_VALUE, &wrapped) && cut_tag(&wrapped, TAG_UTF8, &text))
            return text;
    }
    return scl_str_n("", 0);
}

static void
read_extension(struct scl_str extension, struct scl_certificate *ret)
{
    struct scl_str oid, octets, text;
    unsigned tag;

    if (!cut_tag(&extension, TAG_OID, &oid) || !cut(&extension, &tag, &octets))
        return;
    if (tag == TAG_BOOLEAN && !cut(&extension, &tag, &octets)) /* it is critical */
        return;
    if (tag != TAG_OCTETS)
        return;
    if (scl_str_same(oid, alternative_names))
        ret->identity = first_name(octets);
    else if (scl_str_same(oid, issuer_oid) && cut_tag(&octets, TAG_UTF8, &text))
        ret->issuer = text;
    else if (scl_str_same(oid, old_issuer_oid) && !ret->issuer.len)
        ret->issuer = octets;
}

bool
scl_certificate_read(struct scl_str der, struct scl_certificate *ret)
{
    struct scl_str certificate, signed_part, value, extensions, extension;
    unsigned tag = 0;

    *ret = (struct scl_certificate){ scl_str_n("", 0), scl_str_n("", 0) };
    if (!cut_tag(&der, TAG_SEQUENCE, &certificate) ||
        !cut_tag(&certificate, TAG_SEQUENCE, &signed_part))
        return false;
    while (tag != TAG_EXTENSIONS && cut(&signed_part, &tag, &value))
        ;
    if (tag != TAG_EXTENSIONS)
        return tag != 0; /* an old one, which has none */
    if (!cut_tag(&value, TAG_SEQUENCE, &extensions))
        return false;
    while (cut_tag(&extensions, TAG_SEQUENCE, &extension))
        read_extension(extension, ret);
    return true;
}
