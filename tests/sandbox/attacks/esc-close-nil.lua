-- SPDX-License-Identifier: Apache-2.0
-- attack: hook-evasion
-- expect: error-limit
-- why: to-be-closed variables of nil and false are let through
for i = 1, 10 do local x <close> = nil end
while true do local x <close> = false end
