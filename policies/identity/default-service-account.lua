-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "default-service-account",
  code = "SL2502",
  title = "Default service account",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  requires = { "service_account.automount" },
  packs = { "strict" },
  refs = { nist_800_190 = "4.3.1", nsa_cisa = "service account tokens" },
  aliases = { checkov = "CKV_K8S_41" },

  why = [[All pods of a namespace that name no account share one: what is granted to it for one of
them is granted to every other.]],
  fix = [[Create an account for the workload and name it in serviceAccountName.]],

  check = function(container, report)
    local account = container.service_account
    if account.name ~= "default" or not account.automount then return end
    -- One place for all containers of the pod.
    if container.pod.container_index ~= 1 or container.role ~= "main" then return end
    report(at(container, "service_account.name"), "shares the default account of its namespace")
  end,

  fails = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
      { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  serviceAccountName: default
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ shares the default account
  containers: [{name: a}, {name: b}]
]], count = 1 },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"serviceAccountName": "a", "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"automountServiceAccountToken": false, "containers": [{"name": "a"}]}}]],
    },
  },
}
