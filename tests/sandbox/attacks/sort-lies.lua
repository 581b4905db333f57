-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: ok
-- why: a comparison that always says yes
local t = {}
for i = 1, 10000 do t[i] = i end
table.sort(t, function() return true end)
local sum = 0
for _, v in ipairs(t) do sum = sum + v end
return sum
