-- SPDX-License-Identifier: Apache-2.0
-- attack: cpu-loop
-- expect: error-limit
-- why: a float that is too large to grow
for i = 2.0 ^ 53, 2.0 ^ 53 + 10, 1.0 do local _ = i end
local x = 2.0 ^ 60
while x + 1 > 0 do x = x + 1 end
