-- SPDX-License-Identifier: Apache-2.0

-- Who owns an image: its label says so, and facts/teams.tsv knows the teams.
local teams = {}

teams.label = "com.acme.team"

-- What the label says; nil where this document sets none.
function teams.name(image)
  return (declared(image, "labels") or {})[teams.label]
end

-- The row of the team; nil where nobody is named, or nobody who is known.
function teams.of(image)
  local name = teams.name(image)
  return name and facts["acme/teams"][name]
end

return teams
