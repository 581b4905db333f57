-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: a set of half a mebibyte is read for every byte
return (("a"):rep(500000)):find("[" .. ("b"):rep(500000) .. "]+x")
