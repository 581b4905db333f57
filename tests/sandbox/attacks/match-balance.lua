-- SPDX-License-Identifier: Apache-2.0
-- attack: c-function-cpu
-- expect: error-limit
-- why: every opening bracket is followed to the end
return (("("):rep(200000)):find("%b()")
