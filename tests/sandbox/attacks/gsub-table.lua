-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- also: error-sandbox
-- why: a table answers every byte with a kibibyte
local t = {}
t.x = ("y"):rep(1024)
return #(("x"):rep(100000)):gsub("x", t)
