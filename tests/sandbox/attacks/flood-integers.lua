-- SPDX-License-Identifier: Apache-2.0
-- attack: hash-flood
-- expect: error-limit
-- why: whole numbers that are multiples of every size of the table
local t = {}
for i = 1, 1e9 do t[i * 65535 * 131071] = i end
