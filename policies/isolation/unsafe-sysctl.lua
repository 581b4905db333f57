-- SPDX-License-Identifier: Apache-2.0

-- Slashes divide as dots do: net/ipv4/ip_forward.
local function dotted(name)
  return (name:gsub("/", "."))
end

return policy {
  id = "unsafe-sysctl",
  code = "SL2113",
  title = "Sysctl outside the safe set",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "pss-baseline", "pss-restricted" },
  aliases = { trivy = "KSV-0026" },

  why = [[Few parameters of the kernel belong to a container alone. Others switch off protections for
all of the node, or let one container take memory and connections from the rest.]],
  fix = [[Remove it, or set it on the host.]],

  params = {
    pss = {
      type = "boolean", default = false,
      doc = "A pod must divide the parts of a name by dots.",
    },
  },

  check = function(container, report)
    local is_exact = params.pss and container.runtime_family == "containerd"
    for name in pairs(container.sysctls) do
      local row = facts.safe_sysctls[is_exact and name or dotted(name)]
      if not (row and row.pss_baseline) then
        local finding = report(at(container, "sysctls[" .. name .. "]"), "sets %s", name)
        -- An engine lets in what belongs to the network of the container alone.
        if container.runtime_family ~= "containerd" and text.starts(dotted(name), "net.")
          and not container.namespaces.net.host then
          finding:severity("info")
        end
      end
    end
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Sysctls": {"net.ipv4.ip_forward": "1"}}}]], severity = "info" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Sysctls": {"kernel/msgmax": "65536"}}}]], severity = "medium" },
    { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    sysctls:
      - {name: net.core.somaxconn, value: "1024"}
         ^^^^^^^^^^^^^^^^^^^^^^^^ sets net.core.somaxconn
      - {name: net.ipv4.tcp_syncookies, value: "1"}
  containers: [{name: a}]
]], count = 1, severity = "medium" },
    { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"sysctls": [{"name": "net/ipv4/tcp_syncookies", "value": "1"}]}, "containers": [{"name": "a"}]}}]],
      params = { pss = true } },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"Sysctls": null}}]],
      [[{"Config": {}, "HostConfig": {"Sysctls": {"net/ipv4/ping_group_range": "0 0"}}}]],
    },
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    sysctls:
      - {name: net.ipv4.tcp_syncookies, value: "1"}
      - {name: net.ipv4.tcp_rmem, value: "4096 131072 6291456"}
      - {name: net.ipv4.tcp_notsent_lowat, value: "16384"}
  containers: [{name: a}]
]],
  },
}
