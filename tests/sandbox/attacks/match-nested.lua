-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: stars behind stars
return (("a"):rep(5000)):match(("a*"):rep(30) .. "b")
