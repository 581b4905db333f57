-- SPDX-License-Identifier: Apache-2.0
-- attack: recursion-depth
-- expect: ok
-- why: a table that holds itself
local t = {}
t.t = t
return tostring(t) .. string.format("%s", t)
