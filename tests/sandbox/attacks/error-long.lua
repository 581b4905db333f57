-- SPDX-License-Identifier: Apache-2.0
-- attack: error-object
-- expect: error-sandbox
-- also: error-limit
-- why: a message of a mebibyte
error(("long "):rep(200000))
