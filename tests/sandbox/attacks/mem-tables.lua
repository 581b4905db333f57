-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: tables in tables
local t = {}
while true do t = { t, {}, {} } end
