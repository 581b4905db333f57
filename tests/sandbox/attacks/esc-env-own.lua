-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: ok
-- why: an environment of one's own changes nothing for others
local outer = tostring
local _ENV = {}
tostring = function() return "own" end
return outer(1) .. tostring(1)
