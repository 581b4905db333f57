-- SPDX-License-Identifier: Apache-2.0

local teams = import "teams"

return policy {
  id = "acme/ports-of-team",
  title = "Port that another team owns",
  severity = "low",
  subjects = { "image" },

  params = {
    shared = {
      type = "list", default = { "9090/tcp" },
      doc = "Ports that every team may use, as 9090/tcp.",
    },
  },

  why = [[Each team has ports of its own, so that two services never meet on one host.]],
  fix = [[Listen on a port of the team, as facts/teams.tsv lists them.]],

  check = function(image, report)
    local team = teams.of(image)
    if not team then return end -- owner-known speaks of that

    -- What this document exposes: the base image answers for its own.
    local ports = declared(image, "exposed_ports") or {}
    for index, port in ipairs(ports) do
      local number = port:match("^%d+")
      if not list.has(params.shared, port) and not list.has(team.ports or {}, number) then
        report(at(ports, index), "exposes %s, which is no port of team %s", port, team.team)
      end
    end
  end,

  fails = {
    dockerfile = "FROM scratch\nLABEL com.acme.team=search\nEXPOSE 8200 8100\n            ^^^^ exposes 8100/tcp, which is no port of team search\n",
  },
  passes = {
    dockerfile = {
      "FROM scratch\nLABEL com.acme.team=search\nEXPOSE 8200 9090\n",
      "FROM scratch\nEXPOSE 80\n",
    },
  },
}
