-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "seccomp-not-set",
  code = "SL2108",
  title = "Seccomp profile not explicit",
  severity = "low",
  subjects = { "container" },
  requires = { "user.must_not_be_root" },
  packs = { "strict", "pss-restricted" },
  refs = { cis_docker = "5.22", owasp_docker = "6", nsa_cisa = "seccomp, AppArmor, SELinux" },
  aliases = { trivy = "KSV-0030", checkov = "CKV_K8S_31", docker_bench = "5.22" },

  why = [[A kubelet filters no system calls unless the pod asks for it, or its own configuration
says so: what Docker does by itself must be said here.]],
  fix = [[seccompProfile: {type: RuntimeDefault} in the securityContext of the pod.]],

  check = function(container, report)
    -- Who switches it off is told so by the policy on unconfined containers.
    if declared(container, "seccomp.mode") or container.seccomp.confined then return end
    report(at(container, "seccomp.mode"), "does not say which system calls it may make")
  end,

  fails = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
      { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      securityContext: {seccompProfile: {type: RuntimeDefault}}
    - name: b
]], count = 1 },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a.json"}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "Unconfined"}}}]}}]],
    },
  },
  inconclusive = {
    kubernetes = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {seccompProfile: {type: Default}}}]}\n",
  },
}
