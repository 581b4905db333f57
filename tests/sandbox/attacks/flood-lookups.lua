-- SPDX-License-Identifier: Apache-2.0
-- attack: hash-flood
-- expect: error-limit
-- why: a key that is not there is looked for behind eight thousand others
local t, m = {}, 4095 * 8191
for i = 1, 8000 do t[i * m] = i end
local absent, n = m * 9000, nil
while true do n = t[absent] end
