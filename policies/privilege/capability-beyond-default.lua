-- SPDX-License-Identifier: Apache-2.0

-- The API takes names in capitals and without CAP_, and so does Pod Security; what else is written
-- a runtime takes for that or for nothing.
local function is_misspelt(container, position, name)
  local written = raw(container, "capabilities.add[" .. position .. "]")
  return container.runtime_family == "containerd" and written
    and written:gsub("[\"']", "") ~= name:gsub("^CAP_", "")
end

return policy {
  id = "capability-beyond-default",
  code = "SL2005",
  title = "Capability outside the runtime default set",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.4", owasp_docker = "3" },
  aliases = {
    trivy = "KSV-0022",
    checkov = { "CKV_K8S_24", "CKV_K8S_25" },
    docker_bench = "5.4",
  },

  why = [[The engines chose their default set so that most programs run with it. What goes beyond is
a power that the authors of the engine did not want a container to have.]],
  fix = [[Remove it.]],

  check = function(container, report)
    for position, given in ipairs(container.capabilities.add) do
      local name = caps.name(given)
      local row = facts.capabilities[name]
      -- What is dangerous, and ALL, another policy speaks about.
      local is_said = name == "ALL" or row and (row.danger == "critical" or row.danger == "high")
      if not is_said and not (row and row.pss_baseline_addable) then
        report(at(container, "capabilities.add"), "adds %s", name)
      elseif not is_said and is_misspelt(container, position, name) then
        report(at(container, "capabilities.add"), "adds %s by a name that clusters do not know", name)
      end
    end
  end,

  fails = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapAdd": ["CAP_NET_RAW"]}}]],
      { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"CapAdd": ["CAP_IPC_LOCK", "CAP_CHOWN", "CAP_NO_SUCH"]}}]],
        count = 2 },
    },
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      securityContext:
        capabilities: {add: [IPC_LOCK]}
                       ^^^^^^^^^^^^^^^ adds CAP_IPC_LOCK
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["chown"]}}}]}}]],
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapAdd": null}}]],
      [[{"Config": {}, "HostConfig": {"CapDrop": ["ALL"], "CapAdd": ["CAP_CHOWN", "CAP_KILL"]}}]],
      [[{"Config": {}, "HostConfig": {"CapAdd": ["ALL", "CAP_SYS_ADMIN"]}}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}]}}]],
  },
}
