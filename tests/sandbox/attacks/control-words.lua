-- SPDX-License-Identifier: Apache-2.0
-- attack: control
-- expect: ok
-- why: an honest chunk must go on working
local words = {}
for word in ("no-new-privileges read_only"):gmatch("[^-_ ]+") do words[#words + 1] = word end
table.sort(words, function(a, b) return a > b end)
return table.concat(words, " ")
