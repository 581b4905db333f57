-- SPDX-License-Identifier: Apache-2.0
-- attack: determinism
-- expect: ok
-- run: compare 20 processes
-- why: the sign of not-a-number
return tostring(0/0) .. tostring(-(0/0)) .. string.format("%f%g%e", 0/0, -(0/0), 0/0) .. tostring(-0.0)
