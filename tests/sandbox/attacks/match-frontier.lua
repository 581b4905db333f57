-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: a frontier with a huge set is asked at every byte
return (("a"):rep(500000)):find("%f[" .. ("b"):rep(400000) .. "]x")
