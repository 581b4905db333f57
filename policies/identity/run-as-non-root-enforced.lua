-- SPDX-License-Identifier: Apache-2.0

-- What the pod lets its containers be counts for Pod Security though they all say something else.
local function judge_pod(container, report)
  local own = container.pod.security
  if own.runAsNonRoot == "false" then
    report(at(container, "pod.security[runAsNonRoot]"), "is in a pod that may start as root")
  end
  -- That a container asks for root itself is said elsewhere.
  if own.runAsUser == "0" and container.user.uid ~= 0 then
    report(at(container, "pod.security[runAsUser]"), "is in a pod that asks for root")
  end
end

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

  params = {
    pss_restricted = {
      type = "boolean", default = false,
      doc = "Windows is judged too, and a pod that lets its containers be root though none is.",
    },
  },

  check = function(container, report)
    local is_windows = container.os == "windows"
    -- Windows has no root. Pod Security asks for the rule all the same.
    if is_windows and not params.pss_restricted then return end
    local is_refused = container.user.must_not_be_root
    -- A uid 0 of a user namespace of the pod's own is nobody outside of it.
    if not is_windows and container.namespaces.user.host == false then return end
    if not is_refused then
      report(at(container, "user.must_not_be_root"), "may start as root")
    elseif params.pss_restricted then
      judge_pod(container, report)
    end
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
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    runAsNonRoot: false
    ^^^^^^^^^^^^^^^^^^^ is in a pod that may start as root
  containers:
    - name: a
      securityContext: {runAsNonRoot: true}
]],
        params = { pss_restricted = true },
      },
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext: {runAsUser: 0, runAsNonRoot: true}
                    ^^^^^^^^^^^^ is in a pod that asks for root
  containers:
    - name: a
      securityContext: {runAsUser: 10001}
    - name: b
]],
        params = { pss_restricted = true },
        count = 1,
      },
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{"name": "a"}]}}]],
        params = { pss_restricted = true },
      },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"runAsNonRoot": false}, "containers": [{"name": "a", "securityContext": {"runAsNonRoot": true}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{"name": "a"}]}}]],
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "securityContext": {"runAsNonRoot": false}, "containers": [{"name": "a", "securityContext": {"runAsNonRoot": true}}]}}]],
        params = { pss_restricted = true },
      },
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "securityContext": {"runAsNonRoot": true}, "containers": [{"name": "a"}]}}]],
        params = { pss_restricted = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "containers": [{"name": "a"}]}}]],
    },
  },
  inconclusive = {
    kubernetes = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {runAsNonRoot: 'true'}}]}\n",
  },
}
