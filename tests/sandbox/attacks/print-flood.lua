-- SPDX-License-Identifier: Apache-2.0
-- attack: host-output
-- expect: error-limit
-- why: lines without end are dropped
while true do print(("SANDBOX-LEAK-STDOUT "):rep(100)) end
