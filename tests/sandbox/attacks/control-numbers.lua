-- SPDX-License-Identifier: Apache-2.0
-- attack: control
-- expect: ok
-- why: numbers, tables and loops must go on working
local sums = {}
for i = 1, 1000 do sums[i % 7 + 1] = (sums[i % 7 + 1] or 0) + i end
local lines = {}
for key, sum in pairs(sums) do lines[#lines + 1] = string.format("%d=%d", key, sum) end
return table.concat(lines, ",")
