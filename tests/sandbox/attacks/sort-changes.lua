-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-safety
-- expect: ok
-- also: error-limit
-- why: the comparison empties the table that is sorted
local t = {}
for i = 1, 1000 do t[i] = i end
table.sort(t, function(a, b)
  for i = 1, 10 do t[#t] = nil end
  return a < b
end)
return #t
