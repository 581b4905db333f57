-- SPDX-License-Identifier: Apache-2.0
-- attack: cpu-loop
-- expect: error-limit
-- why: a list that is made longer while it is walked
local t = { 1 }
for i in ipairs(t) do t[i % 100 + 1] = i if i % 100 == 0 then for j = 1, 100 do t[#t + 1] = j end end end
while true do for _ in ipairs(t) do end end
