-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- why: one instruction copies half a mebibyte
local s = ("x"):rep(500000)
while true do local _ = s .. s end
