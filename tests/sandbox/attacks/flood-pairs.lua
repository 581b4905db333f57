-- SPDX-License-Identifier: Apache-2.0
-- attack: hash-flood
-- expect: error-limit
-- why: walking a table looks each key up again
local t, m = {}, 4095 * 8191
for i = 1, 4000 do t[i * m] = i end
while true do for _ in pairs(t) do end end
