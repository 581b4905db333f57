-- SPDX-License-Identifier: Apache-2.0
-- attack: error-object
-- expect: error-sandbox
-- why: an error that is a table with every field set
error({ message = "BREACH", __tostring = function() return "BREACH" end })
