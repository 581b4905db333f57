-- SPDX-License-Identifier: Apache-2.0

-- Types that confine a container as the default one does.
local types = {
  container_t = true, container_init_t = true, container_kvm_t = true, container_engine_t = true,
}

-- What the label of the pod says where the container's says something else.
local function judge_pod(container, report)
  for _, part in ipairs { "type", "user", "role" } do
    local own = container.pod.security["seLinuxOptions." .. part]
    if own and own ~= "" and own ~= container.selinux[part]
      and not (part == "type" and types[own]) then
      report(at(container, "pod.security[seLinuxOptions." .. part .. "]"),
        "is in a pod with the SELinux %s %s", part, own)
    end
  end
end

return policy {
  id = "selinux-relaxed",
  code = "SL2110",
  title = "SELinux label disabled or custom",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.3", owasp_docker = "6" },
  aliases = { trivy = "KSV-0025", docker_bench = "5.3" },

  why = [[The label of a container is what keeps a process that broke out of its other walls from
the files and processes of the host. A label of another type may be no wall at all.]],
  fix = [[Use the default type; a level alone may be chosen.]],

  params = {
    pss = {
      type = "boolean", default = false,
      doc = "The label of the pod is judged too where its containers have theirs.",
    },
  },

  check = function(container, report)
    local label = container.selinux
    if params.pss then judge_pod(container, report) end
    local name = label.type
    if name and not types[name] then
      report(at(container, "selinux.type"), "has the SELinux type %s", name)
        :severity(name == "spc_t" and "high" or "medium")
    end
    if container.runtime_family == "oci" then return end -- it is always given a whole label
    if label.user then report(at(container, "selinux.user"), "has the SELinux user %s", label.user) end
    if label.role then report(at(container, "selinux.role"), "has the SELinux role %s", label.role) end
    if label.mode ~= "disabled" then return end
    -- Docker switches it off by itself for these, which other policies speak about.
    if container.privileged or container.namespaces.pid.host or container.namespaces.ipc.host then
      return
    end
    report(label, "has no SELinux label")
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"SecurityOpt": ["label=disable"]}}]],
    kubernetes = {
      { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    seLinuxOptions: {type: spc_t}
                     ^^^^^^^^^^^ has the SELinux type spc_t
  containers: [{name: a}]
]], severity = "high" },
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"seLinuxOptions": {"user": "u", "role": "r"}}}]}}]],
        count = 2 },
      { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    seLinuxOptions: {type: spc_t, user: u}
                     ^^^^^^^^^^^ is in a pod with the SELinux type spc_t
  containers:
    - name: a
      securityContext: {seLinuxOptions: {level: s0}}
]], params = { pss = true }, count = 2 },
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seLinuxOptions": {"role": "r"}}, "containers": [{"name": "a"}]}}]],
        params = { pss = true }, count = 1 },
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"selinuxLabel": "system_u:system_r:unconfined_t:s0"}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["label=level:s0:c1,c2"]}}]],
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["label=disable"], "Privileged": true}}]],
    },
    kubernetes = {
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seLinuxOptions": {"type": "container_t", "user": ""}}, "containers": [{"name": "a", "securityContext": {"seLinuxOptions": {"level": "s0"}}}]}}]],
        params = { pss = true },
      },
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seLinuxOptions": {"level": "s0:c1"}}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"seLinuxOptions": {"type": "container_init_t"}}, "containers": [{"name": "a"}]}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"selinuxLabel": "system_u:system_r:container_t:s0:c1,c2"}}]],
  },
}
