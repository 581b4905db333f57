-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: each insertion moves the whole list
local t = {}
for i = 1, 200000 do table.insert(t, 1, i) end
