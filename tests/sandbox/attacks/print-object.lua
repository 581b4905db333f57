-- SPDX-License-Identifier: Apache-2.0
-- attack: host-output
-- expect: ok
-- why: what is printed has no address
print({}, print, string)
return tostring({}) .. tostring(print) .. string.format("%s", function() end)
