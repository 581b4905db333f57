-- SPDX-License-Identifier: Apache-2.0
-- attack: error-object
-- expect: error-sandbox
-- why: a level that is far outside
error("deep", math.maxinteger)
