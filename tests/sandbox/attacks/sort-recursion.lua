-- SPDX-License-Identifier: Apache-2.0
-- attack: recursion-depth
-- expect: error-sandbox
-- also: error-limit
-- why: the comparison sorts
local function deeper()
  table.sort({ 2, 1 }, function(a, b) deeper() return a < b end)
end
deeper()
