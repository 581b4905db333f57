-- SPDX-License-Identifier: Apache-2.0

local teams = import "teams"

-- What a built-in policy finds weighs more in some of our images. An adjustment can neither silence
-- a finding nor make one; the report says what its severity was before.
return adjust {
  id = "acme/regulated-root-is-critical",
  adjusts = "no-root-user",
  subjects = { "image" },

  why = [[Auditors read the images of regulated teams, and root is what they look for first.]],

  severity = function(finding, image)
    local team = teams.of(image)
    if team and team.regulated then return "critical" end
  end,

  fails = {
    { severity = "critical", dockerfile = "FROM debian:13\nLABEL com.acme.team=billing\n" },
  },
}
