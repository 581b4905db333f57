-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- also: error-sandbox
-- why: a loop turns the text of its limit into a number
local s = ("0"):rep((1 << 20) - 1) .. "1"
while true do for _ = 2, s do end end
