-- SPDX-License-Identifier: Apache-2.0
-- attack: cpu-loop
-- expect: error-limit
-- why: each round makes a function and drops it
while true do local f = function() return function() end end f() end
