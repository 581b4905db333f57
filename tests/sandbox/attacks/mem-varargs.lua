-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- also: error-sandbox
-- why: each call passes on one argument more
local function more(...) return more(1, ...) end
more()
