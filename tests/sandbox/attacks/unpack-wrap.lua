-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-sandbox
-- why: a range of all whole numbers
return table.unpack({}, math.mininteger, math.maxinteger)
