-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: the replacement doubles the text again and again
local s = "x"
while true do s = s:gsub("x", "xx") end
