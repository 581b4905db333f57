-- SPDX-License-Identifier: Apache-2.0
-- attack: determinism
-- expect: ok
-- run: compare 20 processes
-- why: the order of keys is the same in every process
local t, order = {}, {}
for _, k in ipairs({ "user", "caps", "ports", "env", "mounts" }) do t[k] = true end
t[3], t[1], t[2.5], t[-7] = true, true, true, true
for k in pairs(t) do order[#order + 1] = tostring(k) end
return table.concat(order, " ")
