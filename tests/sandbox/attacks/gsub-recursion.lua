-- SPDX-License-Identifier: Apache-2.0
-- attack: recursion-depth
-- expect: error-sandbox
-- also: error-limit
-- why: the replacement replaces
local function deeper(s) return (s:gsub("%w", deeper)) end
return deeper("a")
