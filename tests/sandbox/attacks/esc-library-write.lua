-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: libraries are shared
string.format = function() return "BREACH" end
return string.format("x")
