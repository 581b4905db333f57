-- SPDX-License-Identifier: Apache-2.0
-- attack: hash-flood
-- expect: error-limit
-- why: a table of two hundred keys in one chain
local t, m = {}, 511 * 255
for i = 1, 200 do t[i * m] = i end
local absent, n = m * 300, nil
while true do n = t[absent] end
