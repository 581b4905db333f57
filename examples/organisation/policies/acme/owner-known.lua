-- SPDX-License-Identifier: Apache-2.0

local teams = import "teams"

return policy {
  id = "acme/owner-known",
  title = "Image without an owner",
  severity = "medium",
  subjects = { "image" },

  why = [[Whoever is woken at night by a container has to know whom to ask about it.]],
  fix = [[Write LABEL com.acme.team=TEAM, with a team of facts/teams.tsv.]],

  check = function(image, report)
    local name = teams.name(image)
    if not name then
      report(image, "says nothing of its owner: it has no label %s", teams.label)
    elseif not teams.of(image) then
      report(at(image, "labels[" .. teams.label .. "]"), "belongs to %s, a team that nobody knows", name)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\n^^^^^^^^^^^^^^ says nothing of its owner\n",
      "FROM debian:13\nLABEL com.acme.team=biling\n      ^^^^^^^^^^^^^^^^^^^^ belongs to biling\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"maintainer": "somebody"}}}]],
  },
  passes = {
    dockerfile = "FROM debian:13\nLABEL com.acme.team=billing\n",
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"com.acme.team": "search"}}}]],
  },
}
