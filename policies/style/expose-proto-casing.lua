-- SPDX-License-Identifier: Apache-2.0

local PROTOCOLS = { "tcp", "udp", "sctp" }

return policy {
  id = "expose-proto-casing",
  code = "SL1704",
  title = "EXPOSE protocol not lower case",
  severity = "info",
  subjects = { "build" },
  on = { instruction = "expose" },
  packs = { "style" },
  aliases = { buildkit = "ExposeProtoCasing" },

  why = [[Images keep the protocol in lower case, and whoever searches for it looks for that.]],
  fix = [[Write the protocol in lower case.]],

  check = function(expose, report)
    for i = 1, #expose.ports do
      local port = known(expose, "ports[" .. i .. "]") and expose.ports[i] or ""
      local number, protocol = port:match("^(.*/)(%a*)$")
      if protocol and protocol ~= protocol:lower() and list.has(PROTOCOLS, protocol:lower()) then
        local place = at(expose.ports, i)
        local finding = report(place, "writes the protocol as %s", protocol)
        if raw(expose, "ports[" .. i .. "]") == port then
          finding:fix("safe", edit.replace(place, number .. protocol:lower()))
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nEXPOSE 80/TCP\n       ^^^^^^ writes the protocol as TCP\n",
      { dockerfile = "FROM a:1\nEXPOSE 80/TcP 443 53/UDP\n", fixed = "FROM a:1\nEXPOSE 80/tcp 443 53/udp\n", count = 2 },
      "FROM a:1\nARG P\nEXPOSE $P 53/UDP\n          ^^^^^^ writes the protocol as UDP\n",
      "FROM a:1\nARG P=80/TCP\nEXPOSE $P\n       ^^ writes the protocol as TCP\n",
    },
  },
  passes = { dockerfile = { "FROM a:1\nEXPOSE 80 443/tcp 53/udp\n", "FROM a:1\nEXPOSE 80/ICMP\n" } },
  inconclusive = { dockerfile = "FROM a:1\nARG P\nEXPOSE $P\n" },
}
