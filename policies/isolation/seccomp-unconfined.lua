-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "seccomp-unconfined",
  code = "SL2107",
  title = "Seccomp disabled",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-baseline", "pss-restricted" },
  refs = {
    cis_docker = "5.22",
    owasp_docker = "6",
    nist_800_190 = "4.4.3",
    nsa_cisa = "seccomp, AppArmor, SELinux",
  },
  aliases = {
    trivy = "KSV-0104",
    checkov = "CKV_K8S_32",
    kics = { "404fde2c", "seccomp_disabled" },
    docker_bench = "5.22",
  },

  why = [[The default filter takes away some fifty system calls that hardly any program needs, and
that most ways out of a container went through.]],
  fix = [[Remove the option, so that the runtime's default filter applies.]],

  check = function(container, report)
    -- A privileged container has no filter because it is privileged: that is said there.
    if container.seccomp.confined or container.privileged then return end
    -- A cluster filters nothing unless it is asked to: that it was not is said elsewhere.
    if not declared(container, "seccomp.mode") and container.format == "kubernetes" then return end
    local place = at(container, "seccomp.mode")
    local finding = report(container.seccomp, "has no filter of system calls")
    local in_pod = container.format == "kubernetes"
    finding:fix("safe", in_pod and edit.replace(place, "RuntimeDefault") or edit.delete(place))
  end,

  fails = {
    { files = {
        ["compose.yaml"] = "services: {web: {image: 'a:1'}}\n           ^^^ has no filter\n",
        ["daemon.json"] = [[{"seccomp-profile": "unconfined"}]],
      }, count = 1 },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["seccomp=unconfined"]}}]],
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["seccomp:unconfined"]}}]],
    },
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    seccompProfile: {type: Unconfined}
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has no filter of system calls
  containers: [{name: a}]
]],
      [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}}, "spec": {"containers": [{"name": "a"}]}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}, "linux": {"namespaces": []}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}, "linux": {"seccomp": null}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seccompProfile": {"type": "Unconfined"}}, "containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}]}}]],
    },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"SecurityOpt": null}}]],
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["seccomp=unconfined"], "Privileged": true}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"seccomp": {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": []}}}]],
    },
  },
}
