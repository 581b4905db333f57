-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- why: equality of strings of the same length reads both
local a = ("a"):rep((1 << 20) - 1) .. "b"
local b = ("a"):rep((1 << 20) - 1) .. "c"
local n = 0
while true do if a ~= b then n = n + 1 end end
