-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- why: many strings below a thousand bytes are compared
local a = ("a"):rep(1000)
local b = ("a"):rep(999) .. "b"
local n = 0
while true do if a < b then n = n + 1 end end
