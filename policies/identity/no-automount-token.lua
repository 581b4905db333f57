-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-automount-token",
  code = "SL2501",
  title = "Service account token mounted",
  severity = "medium",
  confidence = "medium",
  subjects = { "container" },
  requires = { "service_account.automount" },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = "4.3.1", nsa_cisa = "service account tokens" },
  aliases = { trivy = "KSV-0036", checkov = "CKV_K8S_38" },

  why = [[Most programs never speak to the cluster. The token that is mounted into them by default is
the first thing that whoever takes one over reads, and the cluster believes it.]],
  fix = [[automountServiceAccountToken: false on the pod, or on its service account.]],

  check = function(container, report)
    local account = container.service_account
    if not account.automount then return end
    -- One place for all containers of the pod.
    if container.pod.container_index ~= 1 or container.role ~= "main" then return end
    local finding = report(at(container, "service_account.automount"), "is given a token of the cluster")
    finding:fix("unsafe", edit.set(container, "service_account.automount", false))
    if declared(container, "service_account.automount") and account.name ~= "default" then
      finding:severity("info")
    end
  end,

  fails = {
    kubernetes = {
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}, {"name": "b"}]}}]],
        count = 1, severity = "medium" },
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"serviceAccountName": "a", "automountServiceAccountToken": true, "containers": [{"name": "a"}]}}]],
        severity = "info" },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"automountServiceAccountToken": false, "containers": [{"name": "a"}]}}]],
      [[
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Pod
spec: {serviceAccountName: web, containers: [{name: a}]}
]],
    },
  },
}
