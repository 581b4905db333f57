-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "shared-container-namespace",
  code = "SL2112",
  title = "Namespace shared with another container",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = "4.4.3" },

  why = [[Who shares processes or memory with another container can read its memory and its secrets,
and stop it: the two are as safe as the weaker one.]],
  fix = [[Give each its own.]],

  check = function(container, report)
    local spaces = container.namespaces
    -- Containers of a pod share network and memory by design.
    for _, name in ipairs({ "pid", "ipc", "net" }) do
      local mode = spaces[name].mode
      local shares = mode == "container" or mode == "service" or name == "pid" and mode == "pod"
      if shares then
        local finding = report(at(container, "namespaces." .. name .. ".mode"),
          "shares the %s namespace of %s", name, spaces[name].target or "its pod")
        if name == "net" then finding:severity("info") end
      end
    end
    if spaces.ipc.mode == "shareable" and declared(container, "namespaces.ipc.mode") then
      report(at(container, "namespaces.ipc.mode"), "lets others share its ipc namespace")
        :severity("info")
    end
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PidMode": "container:db"}}]], severity = "low" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"NetworkMode": "container:vpn"}}]], severity = "info" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"IpcMode": "shareable"}}]], severity = "info" },
    { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  shareProcessNamespace: true
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ shares the pid namespace of its pod
  containers: [{name: a}]
]] },
  },
  passes = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PidMode": "", "IpcMode": "private"}}]],
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}, {"name": "b"}]}}]],
  },
}
