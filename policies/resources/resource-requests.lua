-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "resource-requests",
  code = "SL2406",
  title = "No resource requests",
  severity = "info",
  subjects = { "container" },
  requires = { "resources.cpu_request" },
  packs = { "strict" },
  aliases = { trivy = { "KSV-0015", "KSV-0016" }, checkov = { "CKV_K8S_10", "CKV_K8S_12" } },

  why = [[A pod that asks for nothing is put on any node, however full, and is the first to be thrown
off it.]],
  fix = [[Set resources.requests.cpu and resources.requests.memory; a limit counts as a request.]],

  check = function(container, report)
    -- Elsewhere nothing is scheduled by what is asked for.
    if container.format ~= "kubernetes" then return end
    if not container.resources.cpu_request then
      report(at(container, "resources.cpu_request"), "requests no share of a processor")
    end
    if not container.resources.memory_reservation then
      report(at(container, "resources.memory_reservation"), "requests no memory")
    end
  end,

  fails = {
    kubernetes = {
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]], count = 2 },
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "resources": {"requests": {"cpu": "1"}}}]}}]], count = 1 },
    },
  },
  passes = {
    compose = "services: {a: {image: a:1, mem_limit: 1g}}\n",
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "resources": {"limits": {"cpu": "1", "memory": "1Gi"}}}]}}]],
    },
  },
}
