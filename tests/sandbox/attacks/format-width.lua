-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-sandbox
-- why: a width of three digits
return string.format("%500d", 1)
