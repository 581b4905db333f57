-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-sandbox
-- why: a range that ends where counting wraps around
return table.concat({}, "", math.maxinteger - 1, math.maxinteger)
