-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-safety
-- expect: error-sandbox
-- why: an iterator is called again after its error
local step = string.gmatch(("a"):rep(1000), ("a?"):rep(1000))
for _ in step do end
step()
