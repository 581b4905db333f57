-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-limit
-- why: an empty string repeated with a separator
return #(""):rep(1 << 50, "--")
