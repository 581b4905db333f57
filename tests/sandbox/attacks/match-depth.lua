-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-sandbox
-- also: error-limit
-- why: two hundred thousand optional items nest
local n = 200000
return (("a"):rep(n)):match(("a?"):rep(n))
