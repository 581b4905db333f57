-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: a plain search that almost matches everywhere
local s, piece = ("a"):rep(1 << 20), ("a"):rep(1 << 19) .. "b"
while true do s:find(piece, 1, true) end
