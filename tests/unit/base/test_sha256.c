/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sha256.c: digests that others have computed
 */
#include "../test.h"

#include "base/sha256.h"

/* The first three are the examples that NIST gives with FIPS 180-4; the others, of so many times
 * the letter a, were made with sha256sum: they lie around the ends of blocks. */
static void
digests_are_those_of_others(void **state)
{
    static const struct {
        struct scl_str text;
        const char *hex;
    } rows[] = {
        { SCL_STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { SCL_STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { SCL_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    char hex[SCL_SHA256_HEX + 1];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        scl_sha256_hex(rows[i].text, hex);
        check_text(scl_str_c(hex), rows[i].hex, rows[i].text.at);
    }
}

static void
a_text_may_end_anywhere_in_a_block(void **state)
{
    static const struct {
        size_t length;
        const char *hex;
    } rows[] = {
        { 1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" },
        { 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318" },
        { 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a" },
        { 57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6" },
        { 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34" },
        { 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb" },
        { 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0" },
        { 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb" },
        { 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c" },
        { 127, "c57e9278af78fa3cab38667bef4ce29d783787a2f731d4e12200270f0c32320a" },
        { 128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e" },
        { 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
    };
    char *text = malloc(1000000), hex[SCL_SHA256_HEX + 1];

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 1000000);
    for (size_t i = 0; i < COUNT(rows); i++) {
        scl_sha256_hex(scl_str_n(text, rows[i].length), hex);
        check_text(scl_str_c(hex), rows[i].hex, "so many letters");
    }
    free(text);
}

SUITE(
    CASE(digests_are_those_of_others),
    CASE(a_text_may_end_anywhere_in_a_block))
