-- SPDX-License-Identifier: Apache-2.0

-- The annotations of old, which were looked at until there were fields (1.19), and which no kubelet
-- follows since 1.27: Pod Security has none of them.
local function is_by_annotation(container)
  if state(container, "seccomp") ~= "absent" then return false end
  local notes, name = container.annotations, container.name or ""
  return (notes["seccomp.security.alpha.kubernetes.io/pod"]
    or notes["container.seccomp.security.alpha.kubernetes.io/" .. name]) ~= nil
end

-- The kinds of profile that there are; the last four are written in annotations.
local kinds = {
  RuntimeDefault = true, Localhost = true, Unconfined = true,
  ["runtime/default"] = true, ["docker/default"] = true, ["localhost/"] = true, unconfined = true,
}

-- A word that stands for a kind and is none. What a template leaves open is no word.
local function unheard_of(container)
  if known(container, "seccomp.mode") then return nil end
  local word = string.match(raw(container, "seccomp.mode") or "", "^[\"']?([%w/._-]+)[\"']?$")
  if not word or kinds[word] or kinds[string.match(word, "^localhost/")] then return nil end
  return word
end

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

  params = {
    pss_restricted = {
      type = "boolean", default = false,
      doc = "Only a field counts: no annotation, and not what the kubelet does by itself.",
    },
  },

  check = function(container, report)
    if not (params.pss_restricted and is_by_annotation(container)) then
      local word = unheard_of(container)
      -- Both levels of Pod Security refuse that: the policy on unconfined containers says so.
      if word and params.pss_restricted then return end
      if word then
        report(at(container, "seccomp.mode"), "asks for the kind %s of filter, which there is not",
          word)
        return
      end
      -- Who switches it off is told so by the policy on unconfined containers.
      local is_confined = container.seccomp.confined
      if declared(container, "seccomp.mode") or (is_confined and not params.pss_restricted) then
        return
      end
    end
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
      [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    seccompProfile: {type: Default}
                     ^^^^^^^^^^^^^ asks for the kind Default of filter, which there is not
  containers: [{name: a}]
]],
      [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "strict"}}, "spec": {"containers": [{"name": "a"}]}}]],
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}, "spec": {"containers": [{"name": "a"}]}}]],
        params = { pss_restricted = true },
      },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}, "spec": {"containers": [{"name": "a"}]}}]],
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{"name": "a"}]}}]],
        params = { pss_restricted = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a.json"}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "Unconfined"}}}]}}]],
    },
  },
  inconclusive = {
    kubernetes = {
      "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {seccompProfile: {type: \"${KIND}\"}}}]}\n",
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seccompProfile": {"type": "Default"}}}]}}]],
        params = { pss_restricted = true },
      },
    },
  },
}
