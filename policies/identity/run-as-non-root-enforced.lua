-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "run-as-non-root-enforced",
  code = "SL1003",
  title = "runAsNonRoot is not enforced",
  severity = "medium",
  subjects = { "container" },
  requires = { "user.must_not_be_root" },
  packs = { "strict", "pss-restricted" },
  refs = { nsa_cisa = "non-root containers" },
  aliases = { trivy = "KSV-0012", checkov = { "CKV_K8S_6", "CKV_K8S_23" } },

  why = [[The user of an image may change with its next version. Only a rule of the pod makes the
kubelet refuse a container that would start as root.]],
  fix = [[Set securityContext.runAsNonRoot: true on the pod.]],

  check = function(container, report)
    -- A uid 0 of a user namespace of the pod's own is nobody outside of it.
    if container.user.must_not_be_root or container.namespaces.user.host == false then return end
    report(at(container, "user.must_not_be_root"), "may start as root")
  end,

  fails = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1"}]}}]],
      [[
apiVersion: v1
kind: Pod
spec:
  securityContext: {runAsNonRoot: true}
  initContainers:
    - name: a
      securityContext:
        runAsNonRoot: false
        ^^^^^^^^^^^^^^^^^^^ may start as root
]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "containers": [{"name": "a"}]}}]],
    },
  },
  inconclusive = {
    kubernetes = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {runAsNonRoot: 'true'}}]}\n",
  },
}
