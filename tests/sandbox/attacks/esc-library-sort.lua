-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: a library as the table of a function that writes
table.insert(string, "BREACH")
return "BREACH: wrote into string"
