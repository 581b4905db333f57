-- SPDX-License-Identifier: Apache-2.0
-- attack: escape
-- expect: error-sandbox
-- why: the table of globals by its old name
_G.string = nil
return "BREACH: _G is there"
