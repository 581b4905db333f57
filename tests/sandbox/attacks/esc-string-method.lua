-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: methods of strings are shared
local s = "x"
s.upper = function() return "BREACH" end
return s:upper()
