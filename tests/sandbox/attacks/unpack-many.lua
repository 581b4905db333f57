-- SPDX-License-Identifier: Apache-2.0
-- attack: memory-bomb
-- expect: error-sandbox
-- why: more results than any stack holds
return #table.pack(table.unpack({}, 1, 1 << 24))
