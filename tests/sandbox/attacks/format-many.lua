-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: four hundred bytes for each of many numbers
local numbers = {}
for i = 1, 5000 do numbers[i] = 1e308 end
return #string.format(("%99.99f"):rep(5000), table.unpack(numbers))
