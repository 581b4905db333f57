-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: garbage is made while almost all memory is in use
local keep = {}
for i = 1, 60 do keep[i] = ("x"):rep(1000000) .. i end
while true do local t = { 1, 2, 3 } end
