-- SPDX-License-Identifier: Apache-2.0

-- A kind that a field names and that there is not. What a template leaves open is no word.
local function unheard_of(container)
  local word = string.match(raw(container, "seccomp.mode") or "", "^[\"']?(%w+)[\"']?$")
  return not known(container, "seccomp.mode") and word or nil
end

-- The kind that the pod names, where neither level of Pod Security allows it.
local function refused_of_pod(container)
  local word = container.pod.security["seccompProfile.type"]
  return word ~= "RuntimeDefault" and word ~= "Localhost" and word or nil
end

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

  params = {
    pss = {
      type = "boolean", default = false,
      doc = "The field of the pod counts too where its containers have theirs, and no annotation.",
    },
  },

  check = function(container, report)
    if params.pss and state(container, "pod.kind") == "declared" then
      local is_field = state(container, "seccomp") == "declared"
      -- Annotations were looked at until there were fields (1.19), and no kubelet follows them since
      -- 1.27.
      if not is_field and known(container, "seccomp.mode") then return end
      local word = is_field and unheard_of(container)
      if word then
        report(at(container, "seccomp.mode"), "asks for the kind %s of filter, which there is not",
          word)
        return
      end
    end
    -- A privileged container has no filter because it is privileged: that is said there.
    if container.seccomp.confined or container.privileged then
      local of_pod = params.pss and refused_of_pod(container)
      if of_pod then
        report(at(container, "pod.security[seccompProfile.type]"),
          "is in a pod whose kind of filter is %s", of_pod)
      end
      return
    end
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
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      securityContext:
        seccompProfile: {type: Default}
                         ^^^^^^^^^^^^^ asks for the kind Default of filter, which there is not
]],
        params = { pss = true },
      },
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    seccompProfile: {type: Unconfined}
                     ^^^^^^^^^^^^^^^^ is in a pod whose kind of filter is Unconfined
  containers:
    - name: a
      securityContext: {seccompProfile: {type: RuntimeDefault}}
]],
        params = { pss = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}}, "spec": {"containers": [{"name": "a"}]}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}, "linux": {"namespaces": []}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}, "linux": {"seccomp": null}}]],
    },
  },
  passes = {
    kubernetes = {
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}}, "spec": {"containers": [{"name": "a"}]}}]],
        params = { pss = true },
      },
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a"}}, "containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}]}}]],
        params = { pss = true },
      },
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
  inconclusive = {
    kubernetes = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {seccompProfile: {type: \"${KIND}\"}}}]}\n",
  },
}
