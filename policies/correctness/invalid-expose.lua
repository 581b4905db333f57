-- SPDX-License-Identifier: Apache-2.0

local PROTOCOLS = { "tcp", "udp", "sctp" }
local HIGHEST = 65535

-- What is wrong with the port or range, and how bad that is.
local function judge_ports(ports)
  local first, last = ports:match("^(%d+)-(%d+)$")
  if not first then first, last = ports:match("^(%d+)$"), ports end
  if not first then return "is no port" end
  local low, high = tonumber(first), tonumber(last)
  if low > HIGHEST or high > HIGHEST then return "is above 65535, the highest port there is" end
  if high < low then return "is a range that ends before it begins" end
  if low == 0 then return "begins with port 0, which nothing can listen on", "info" end
end

-- What is wrong with `[address:][host port:]port[/protocol]`: a clause, its severity or nil for that
-- of the policy, and what to write instead where that is plain.
local function judge(port)
  local spec, protocol = port:match("^(.-)/(.*)$")
  spec = spec or port
  if protocol and not list.has(PROTOCOLS, protocol:lower()) then
    return "has a protocol that is not tcp, udp or sctp"
  end
  local before, ports = spec:match("^(.*):(.-)$")
  local wrong, severity = judge_ports(ports or spec)
  if wrong or not before then return wrong, severity end
  local instead = ports .. (protocol and "/" .. protocol or "")
  return "maps to the host, which EXPOSE cannot", nil, instead
end

return policy {
  id = "invalid-expose",
  code = "SL1611",
  title = "EXPOSE value is invalid",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = "expose" },
  packs = { "recommended", "strict" },
  aliases = {
    hadolint = "DL3011",
    buildkit = "ExposeInvalidFormat",
    trivy = "DS-0008",
    kics = "71bf8cf8",
  },

  why = [[EXPOSE says what a container listens on and nothing of its host. What it cannot say is ignored
today and is to be refused.]],
  fix = [[Write a port of the container, PORT or PORT/PROTOCOL.]],

  check = function(expose, report)
    for i = 1, #expose.ports do
      if known(expose, "ports[" .. i .. "]") then
        local port, place = expose.ports[i], at(expose.ports, i)
        local wrong, severity, instead = judge(port)
        if wrong then
          local finding = report(place, "%s %s", port, wrong)
          if severity then finding:severity(severity) end
          if instead and raw(expose, "ports[" .. i .. "]") == port then
            finding:fix("safe", edit.replace(place, instead))
          end
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nEXPOSE 80000\n       ^^^^^ 80000 is above 65535\n",
      "FROM a:1\nEXPOSE 90-80\n       ^^^^^ ends before it begins\n",
      "FROM a:1\nEXPOSE 80/icmp\n       ^^^^^^^ 80/icmp has a protocol\n",
      "FROM a:1\nEXPOSE http\n       ^^^^ http is no port\n",
      "FROM a:1\nARG P=70000\nEXPOSE 80 ${P}\n          ^^^^ 70000 is above 65535\n",
      "FROM a:1\nARG P\nEXPOSE $P 8080:80\n          ^^^^^^^ maps to the host\n",
      { dockerfile = "FROM a:1\nEXPOSE 0\n", severity = "info" },
      { dockerfile = "FROM a:1\nEXPOSE 127.0.0.1:80:8080 [::1]::53/udp 81:82/TCP\n",
        fixed = "FROM a:1\nEXPOSE 8080 53/udp 82/TCP\n", count = 3 },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nEXPOSE 80 443/tcp 1-65535/udp 9/SCTP\n",
      "FROM a:1\nARG P=80\nEXPOSE ${P}/tcp\n",
      "FROM a:1\nENV P=\"80 443\"\nEXPOSE $P\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG P\nEXPOSE $P\n" },
}
