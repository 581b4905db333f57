-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- why: one instruction compares a mebibyte
local a = ("a"):rep(1 << 20)
local b = ("a"):rep((1 << 20) - 1) .. "b"
local n = 0
while true do if a < b then n = n + 1 end end
