-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: ok
-- also: error-sandbox
-- why: what a loop over a library is given cannot be written through
local step, state = pairs(string)
if state ~= nil then
  state.upper = function() return "BREACH" end
end
return ("x"):upper()
