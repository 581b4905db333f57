-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: short strings, all different
local t = {}
for i = 1, 1e12 do t[i] = "value " .. i end
