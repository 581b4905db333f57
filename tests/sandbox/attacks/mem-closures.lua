-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: a list of functions
local t = {}
for i = 1, 1e12 do t[i] = function() return i, t end end
