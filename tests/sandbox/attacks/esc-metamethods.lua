-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: fields that would be metamethods are fields
local t = { __index = function() return "BREACH" end, __gc = function() end, __close = 1 }
if t.x then return t.x end
local u <close> = t
return "BREACH: it was closed"
