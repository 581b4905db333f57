-- SPDX-License-Identifier: Apache-2.0
-- attack: output-injection
-- expect: error-sandbox
-- why: a message that would move the cursor
error("x\27[2Jy\r\n::error::z\0w")
