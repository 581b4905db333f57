-- SPDX-License-Identifier: Apache-2.0

-- What an annotation or a field says that is neither a profile nor its absence: the one may be a
-- name of its own, where a name must stand behind localhost/. What a template leaves open is no word.
local known_words = {
  RuntimeDefault = true, Localhost = true, Unconfined = true, unconfined = true,
  ["runtime/default"] = true, ["docker/default"] = true, ["localhost/"] = true,
}

local function unheard_of(container)
  if container.format ~= "kubernetes" or known(container, "apparmor.mode") then return nil end
  local word = string.match(raw(container, "apparmor.mode") or "", "^[\"']?([%w/._-]+)[\"']?$")
  if not word or known_words[word] or known_words[string.match(word, "^localhost/")] then
    return nil
  end
  return word
end

local function is_off(container)
  return known(container, "apparmor.mode") and declared(container, "apparmor.mode") == "unconfined"
    and not container.privileged
end

-- What Pod Security refuses though the container's own profile is another: an annotation, for
-- whichever container and whatever the fields say, or the field of the pod.
local function refused_of_pod(container)
  for name, profile in pairs(container.annotations) do
    if text.starts(name, "container.apparmor.security.beta.kubernetes.io/") and profile ~= ""
      and profile ~= "runtime/default" and not text.starts(profile, "localhost/") then
      return "annotations[" .. name .. "]", profile
    end
  end
  local kind = container.pod.security["appArmorProfile.type"]
  if kind and kind ~= "RuntimeDefault" and kind ~= "Localhost" then
    return "pod.security[appArmorProfile.type]", kind
  end
end

return policy {
  id = "apparmor-disabled",
  code = "SL2109",
  title = "AppArmor profile disabled",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.2", owasp_docker = "6", nsa_cisa = "seccomp, AppArmor, SELinux" },
  aliases = { trivy = "KSV-0002", docker_bench = "5.2" },

  why = [[The default profile keeps even root in the container from mounting, tracing and writing
below /proc and /sys. Without it nothing but the capabilities stands in between.]],
  fix = [[Remove the override, so that the runtime's default profile applies.]],

  params = {
    pss = {
      type = "boolean", default = false,
      doc = "The profiles of all annotations and of the pod count too where a container has its own.",
    },
  },

  check = function(container, report)
    local word = unheard_of(container)
    if word then
      report(at(container, "apparmor.mode"), "names %s, which is no AppArmor profile", word)
      return
    end
    if params.pss and not is_off(container) then
      local path, profile = refused_of_pod(container)
      if path then
        report(at(container, path), "is in a pod with the AppArmor profile %s", profile)
        return
      end
    end
    -- What is not said is the runtime's default, or a host that has no AppArmor.
    if declared(container, "apparmor.mode") ~= "unconfined" or container.privileged then return end
    local place = at(container, "apparmor.mode")
    local finding = report(place, "has no AppArmor profile")
    local in_pod = container.format == "kubernetes"
    finding:fix("safe", in_pod and edit.replace(place, "RuntimeDefault") or edit.delete(place))
  end,

  fails = {
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
metadata:
  annotations: {container.apparmor.security.beta.kubernetes.io/a: mine}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ names mine, which is no AppArmor profile
spec: {containers: [{name: a}]}
]],
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
metadata:
  annotations: {container.apparmor.security.beta.kubernetes.io/gone: unconfined}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is in a pod with the AppArmor profile unconfined
spec: {containers: [{name: a, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]}
]],
        params = { pss = true },
      },
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "RuntimeDefault"}}, "spec": {"containers": [{"name": "a"}]}}]],
        params = { pss = true },
      },
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    appArmorProfile: {type: Unconfined}
                      ^^^^^^^^^^^^^^^^ is in a pod with the AppArmor profile Unconfined
  containers:
    - name: a
      securityContext: {appArmorProfile: {type: Localhost, localhostProfile: mine}}
]],
        params = { pss = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"appArmorProfile": {"type": "Nonsense"}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"appArmorProfile": {"type": "Unconfined"}}}]}}]],
    },
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"SecurityOpt": ["apparmor=unconfined"]}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"apparmorProfile": "unconfined", "args": ["sh"]}}
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has no AppArmor profile
]],
      [[{"ociVersion": "1.2.0", "process": {"apparmorProfile": "", "args": ["sh"]}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}, "containers": [{"name": "a", "securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}}]}}]],
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "localhost/mine", "container.apparmor.security.beta.kubernetes.io/b": "runtime/default", "owner": "me"}}, "spec": {"securityContext": {"appArmorProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "a"}]}}]],
        params = { pss = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "localhost/mine"}}, "spec": {"containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
    },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {}, "AppArmorProfile": "docker-default"}]],
      [[{"Config": {}, "HostConfig": {}, "AppArmorProfile": ""}]],
      [[{"Config": {}, "HostConfig": {"Privileged": true}, "AppArmorProfile": "unconfined"}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"apparmorProfile": "docker-default"}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
      [[{"ociVersion": "1.2.0", "process": {"selinuxLabel": "system_u:system_r:container_t:s0:c1,c2"}}]],
    },
  },
}
