-- SPDX-License-Identifier: Apache-2.0

-- Where the setting goes that is not there, by format.
local function addition(container)
  local image = at(container, "image.raw")
  if container.format == "compose" then
    return edit.after(image, 'security_opt: ["no-new-privileges:true"]')
  elseif container.format == "quadlet" then
    return edit.after(image, "NoNewPrivileges=true")
  elseif container.format == "docker-run" then
    return edit.before(image, "--security-opt no-new-privileges ")
  elseif container.format ~= "kubernetes" then
    return nil
  end
  for _, beside in ipairs { "privileged", "readonly_rootfs", "proc_mount" } do
    if declared(container, beside) ~= nil then
      return edit.after(at(container, beside), "allowPrivilegeEscalation: false")
    end
  end
  return edit.after(image, "securityContext:\n  allowPrivilegeEscalation: false")
end

return policy {
  id = "no-new-privileges",
  code = "SL2002",
  title = "Process may gain privileges",
  severity = "high",
  subjects = { "container" },
  requires = { "no_new_privileges" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-restricted" },
  refs = { cis_docker = "5.26", owasp_docker = "4", nist_800_190 = "4.4.3", nsa_cisa = "privilege escalation" },
  aliases = {
    trivy = "KSV-0001",
    checkov = { "CKV_K8S_5", "CKV_K8S_20" },
    kics = "27fcc7d6",
    docker_bench = "5.26",
  },

  why = [[A setuid program in the image lends its owner's privileges to whoever starts it, so that a
user who is not root becomes root.]],
  fix = [[security_opt: ["no-new-privileges:true"] / allowPrivilegeEscalation: false.]],

  check = function(container, report)
    if container.no_new_privileges then return end
    local finding = report(at(container, "no_new_privileges"),
      "may gain privileges through setuid programs")
    finding:fix("safe", edit.set(container, "no_new_privileges", true) or addition(container))
    if known(container, "user.is_root") and known(container, "capabilities.effective")
      and not container.user.is_root and #container.capabilities.effective == 0 then
      finding:severity("medium")
    end
  end,

  fails = {
    compose = "services: {a: {image: a:1}}\n           ^ may gain privileges\n",
    ["docker-run"] = "docker run a:1\n",
    kubernetes = {
      [[apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      image: a:1
      securityContext:
        privileged: false
        allowPrivilegeEscalation: true
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ may gain privileges
]],
      {
        kubernetes = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1\n",
        fixed = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1\n"
          .. "    securityContext:\n      allowPrivilegeEscalation: false\n",
      },
      {
        kubernetes = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {privileged: false}\n",
        fixed = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n"
          .. "    securityContext: {privileged: false, allowPrivilegeEscalation: false}\n",
      },
    },
    quadlet = {
      quadlet = "[Container]\nImage=a:1\n",
      fixed = "[Container]\nImage=a:1\nNoNewPrivileges=true\n",
    },
    ecs = [[{"containerDefinitions": [{"name": "a"}]}]],
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"SecurityOpt": null}}]],
      [[{"Config": {}, "HostConfig": {"SecurityOpt": ["no-new-privileges:false"]}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"noNewPrivileges": false, "user": {"uid": 0, "gid": 0}}}
                                    ^^^^^^^^^^^^^^^^^^^^^^^^ may gain privileges
]],
      [[{"ociVersion": "1.2.0", "process": {"user": {"uid": 0, "gid": 0}}}
                        ^^^^^^^^^ may gain privileges
]],
      { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"user": {"uid": 7, "gid": 7}, "capabilities": {"bounding": []}}}]],
        severity = "medium" },
    },
  },
  passes = {
    compose = "services: {a: {image: a:1, security_opt: ['no-new-privileges:true']}}\n",
    { files = {
        ["compose.yaml"] = "services: {web: {image: 'a:1'}}\n",
        ["daemon.json"] = [[{"no-new-privileges": true}]],
      } },
    ecs = [[{"containerDefinitions": [{"dockerSecurityOptions": ["no-new-privileges"]}]}]],
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"SecurityOpt": ["no-new-privileges"]}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"noNewPrivileges": true}}]],
  },
}
