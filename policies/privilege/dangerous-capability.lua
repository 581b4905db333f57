-- SPDX-License-Identifier: Apache-2.0

-- What was added to the runtime's own set: as the document says it, or as the result shows it. A
-- privileged container has them all because it is privileged: that is said there.
local function added(container)
  if #container.capabilities.add > 0 then return container.capabilities.add end
  local beyond = list.filter(container.capabilities.bounding, function(name)
    local row = facts.capabilities[name]
    return row and not row.docker_default
  end)
  if #beyond > 0 and container.privileged then return {} end
  return beyond
end

return policy {
  id = "dangerous-capability",
  code = "SL2004",
  title = "Dangerous capability added",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-baseline", "pss-restricted" },
  refs = {
    cis_docker = "5.4",
    owasp_docker = "3",
    nist_800_190 = "4.4.3",
    nsa_cisa = "capabilities",
    production_guide = { "C7", "7-a" },
  },
  aliases = {
    trivy = { "KSV-0005", "KSV-0120", "KSV-0022" },
    checkov = "CKV_K8S_39",
    kics = "ce76b7d0",
    docker_bench = "5.4",
  },

  why = [[Some capabilities are as good as root on the host: they load modules, trace foreign
processes, or read any file.]],
  fix = [[Remove it.]],

  check = function(container, report)
    local source = #container.capabilities.add > 0 and "capabilities.add" or "capabilities.bounding"
    for _, given in ipairs(added(container)) do
      local name = caps.name(given)
      local row = facts.capabilities[name]
      if row and (row.danger == "critical" or row.danger == "high") then
        report(at(container, source), "has the capability %s", name):severity(row.danger)
      end
    end
  end,

  fails = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapAdd": ["CAP_SYS_ADMIN"]}}]],
      [[{"Config": {}, "HostConfig": {"CapAdd": ["ALL"]}}]],
    },
    ["oci-runtime"] = { {
      ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_SYS_ADMIN"]}}}]],
      severity = "critical", count = 1,
    } },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CapAdd": null}}]],
      [[{"Config": {}, "HostConfig": {"CapAdd": ["CAP_NET_BIND_SERVICE"], "CapDrop": ["ALL"]}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE"]}},
  "linux": {"resources": {"devices": [{"allow": true, "access": "rwm"}]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_KILL"]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
    },
  },
}
