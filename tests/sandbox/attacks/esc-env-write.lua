-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: the globals are shared
_ENV.tostring = function() return "BREACH" end
return tostring(1)
