-- SPDX-License-Identifier: Apache-2.0

-- A format that gives the result only does not tell what was dropped. Who drops all adds a few
-- back: more than half of the default set is the default set, with or without some.
local function keeps_the_default(container)
  local kept = list.filter(container.capabilities.bounding, function(name)
    local row = facts.capabilities[name]
    return row and row.docker_default
  end)
  return #kept > 7, kept
end

-- Where the setting goes that is not there, by format; of a list that is there the first is replaced.
local function addition(container)
  local image, drop = at(container, "image.raw"), container.capabilities.drop
  if #drop > 0 then
    local is_words = container.format == "docker-run" or container.format == "quadlet"
    return edit.replace(at(drop, 1), is_words and "ALL" or '"ALL"')
  elseif container.format == "compose" then
    return edit.after(image, 'cap_drop: ["ALL"]')
  elseif container.format == "quadlet" then
    return edit.after(image, "DropCapability=all")
  elseif container.format == "docker-run" then
    return edit.before(image, "--cap-drop ALL ")
  elseif container.format ~= "kubernetes" then
    return nil
  end
  for _, beside in ipairs { "no_new_privileges", "privileged", "readonly_rootfs", "proc_mount" } do
    if declared(container, beside) ~= nil then
      return edit.after(at(container, beside), 'capabilities: { drop: ["ALL"] }')
    end
  end
  return edit.after(image, 'securityContext:\n  capabilities: { drop: ["ALL"] }')
end

-- Who drops each capability of the default set by its name has dropped all, whatever the word for
-- it; Pod Security wants the word.
local function has_only_added(container)
  local effective = container.capabilities.effective
  return #container.capabilities.drop > 0 and known(effective) and #list.filter(effective, function(name)
    return not caps.has(container.capabilities.add, name)
  end) == 0
end

-- A runtime takes `all` and `CAP_ALL` for ALL, too; Pod Security does not.
local function drops_all(container)
  local drop = container.capabilities.drop
  if not (params.pss_restricted and container.format == "kubernetes") then
    return caps.has(drop, "ALL")
  end
  for position in ipairs(drop) do
    local written = raw(container, "capabilities.drop[" .. position .. "]") or ""
    if written:gsub("[\"']", "") == "ALL" then return true end
  end
  return false
end

return policy {
  id = "drop-all-capabilities",
  code = "SL2003",
  title = "Capabilities not dropped",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-restricted" },
  refs = {
    cis_docker = "5.4",
    owasp_docker = "3",
    nist_800_190 = "4.4.3",
    nsa_cisa = "pod security enforcement",
    production_guide = { "C7", "7-a" },
    image_guide = "5",
  },
  aliases = {
    trivy = { "KSV-0003", "KSV-0004", "KSV-0106" },
    checkov = { "CKV_K8S_36", "CKV_K8S_37" },
    kics = "ce76b7d0",
    docker_bench = "5.4",
  },

  why = [[Of the capabilities that a container has by default most programs need none. Each is a
power of root that a process which is taken over has too.]],
  fix = [[Drop ALL and add back what is needed.]],

  params = {
    pss_restricted = { type = "boolean", default = false, doc = "ALL must be dropped by that name." },
  },

  check = function(container, report)
    -- A privileged container has them all because it is privileged: that is said there.
    if drops_all(container) or container.privileged then return end
    if container.runtime_family == "oci" then
      local keeps, kept = keeps_the_default(container)
      if keeps then
        report(at(container, "capabilities.bounding"), "keeps %d capabilities of the default set",
          #kept)
      end
      return
    end
    if not params.pss_restricted and has_only_added(container) then return end
    report(at(container, "capabilities.drop"), caps.has(container.capabilities.drop, "ALL")
      and "drops all capabilities, and not as ALL" or "does not drop all capabilities")
      :fix("unsafe", addition(container))
  end,

  fails = {
    compose = {
      {
        compose = "services: {a: {image: a:1, cap_drop: [CHOWN, DAC_OVERRIDE, FSETID, FOWNER, MKNOD, NET_RAW, SETGID, SETUID, SETFCAP, SETPCAP, NET_BIND_SERVICE, SYS_CHROOT, KILL, AUDIT_WRITE]}}\n",
        params = { pss_restricted = true },
      },
      "services: {a: {image: a:1, cap_drop: [CHOWN, DAC_OVERRIDE, FSETID, FOWNER, MKNOD, NET_RAW, SETGID, SETUID, SETFCAP, SETPCAP, NET_BIND_SERVICE, SYS_CHROOT, AUDIT_WRITE]}}\n",
      {
        compose = "services:\n  a:\n    image: a:1\n",
        fixed = "services:\n  a:\n    image: a:1\n    cap_drop: [\"ALL\"]\n",
      },
      {
        compose = "services: {a: {image: a:1, cap_drop: [MKNOD]}}\n",
        fixed = "services: {a: {image: a:1, cap_drop: [\"ALL\"]}}\n",
      },
    },
    ["docker-run"] = {
      { ["docker-run"] = "docker run a:1\n", fixed = "docker run --cap-drop ALL a:1\n" },
      {
        ["docker-run"] = "docker run --cap-drop MKNOD a:1\n",
        fixed = "docker run --cap-drop ALL a:1\n",
      },
    },
    ecs = [[{"containerDefinitions": [{"name": "a"}]}]],
    kubernetes = {
      {
        kubernetes = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {capabilities: {drop: [all]}}\n"
          .. "                                     ^^^^^^^^^^^ drops all capabilities, and not as ALL\n",
        fixed = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {capabilities: {drop: [\"ALL\"]}}\n",
        params = { pss_restricted = true },
      },
      {
        kubernetes = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1\n",
        fixed = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1\n"
          .. "    securityContext:\n      capabilities: { drop: [\"ALL\"] }\n",
      },
      {
        kubernetes = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {privileged: false}\n",
        fixed = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {privileged: false, capabilities: { drop: [\"ALL\"] }}\n",
      },
    },
    quadlet = {
      quadlet = "[Container]\nImage=a:1\n",
      fixed = "[Container]\nImage=a:1\nDropCapability=all\n",
    },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapDrop": null}}]],
      [[{"Config": {}, "HostConfig": {"CapDrop": ["CAP_MKNOD"]}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SYS_CHROOT", "CAP_MKNOD", "CAP_AUDIT_WRITE", "CAP_SETFCAP"]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_SYS_ADMIN"]}}}
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ keeps 8 capabilities
]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"drop": ["all"]}}}]}}]],
      {
        kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"capabilities": {"drop": ["KILL", "ALL"]}}}]}}]],
        params = { pss_restricted = true },
      },
    },
    compose = {
      "services: {a: {image: a:1, cap_drop: [CHOWN, DAC_OVERRIDE, FSETID, FOWNER, MKNOD, NET_RAW, SETGID, SETUID, SETFCAP, SETPCAP, NET_BIND_SERVICE, SYS_CHROOT, KILL, AUDIT_WRITE]}}\n",
    },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapDrop": ["ALL"]}}]],
      [[{"Config": {}, "HostConfig": {"CapDrop": ["all"], "CapAdd": ["CAP_KILL"]}}]],
      [[{"Config": {}, "HostConfig": {"Privileged": true}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_NET_BIND_SERVICE"]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_SETGID", "CAP_SETUID", "CAP_NET_BIND_SERVICE"]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": []}}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
    },
  },
}
