-- SPDX-License-Identifier: Apache-2.0
-- attack: recursion-depth
-- expect: error-limit
-- also: error-sandbox
-- why: a function that never returns
local function deeper(n) return n + deeper(n + 1) end
return deeper(1)
