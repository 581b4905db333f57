-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-sandbox
-- why: more results than any stack holds
local s = ("x"):rep(1 << 20)
return #string.char(s:byte(1, -1))
