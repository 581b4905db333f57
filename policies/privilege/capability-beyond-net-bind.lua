-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "capability-beyond-net-bind",
  code = "SL2006",
  title = "Only NET_BIND_SERVICE may be added",
  severity = "low",
  subjects = { "container" },
  packs = { "strict", "pss-restricted" },
  aliases = { trivy = "KSV-0106", checkov = "CKV_K8S_37" },

  why = [[A service needs one capability at most, that of a port below 1024. What needs more is an
agent of the host, and deserves a look of its own.]],
  fix = [[Remove it.]],

  check = function(container, report)
    for _, given in ipairs(container.capabilities.add) do
      local name = caps.name(given)
      if name ~= "CAP_NET_BIND_SERVICE" then
        report(at(container, "capabilities.add"), "adds %s", name)
      end
    end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"CapAdd": ["CAP_CHOWN"]}}]],
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["ALL"]}}}]}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapAdd": null}}]],
      [[{"Config": {}, "HostConfig": {"CapAdd": ["NET_BIND_SERVICE"]}}]],
    },
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
    },
  },
}
