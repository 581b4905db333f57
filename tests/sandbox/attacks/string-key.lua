-- SPDX-License-Identifier: Apache-2.0
-- attack: fat-instruction
-- expect: error-limit
-- why: a long string is hashed whole when it becomes a key
local s, t, i = ("x"):rep(1000000), {}, 0
while true do
  i = i + 1
  local _ = t[s .. i]
end
