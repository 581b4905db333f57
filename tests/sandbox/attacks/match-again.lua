-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: back references compare half the text at each place
local s = ("a"):rep(200000) .. "b" .. ("a"):rep(200000)
return s:find("(a+)c%1")
