-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: a hundred thousand empty strings, over and over
local t = {}
for i = 1, 100000 do t[i] = "" end
while true do table.concat(t) end
