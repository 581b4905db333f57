-- SPDX-License-Identifier: Apache-2.0
-- attack: cpu-loop
-- expect: error-limit
-- why: a loop whose end is never true
repeat local x = 1 until x == 2
