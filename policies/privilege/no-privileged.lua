-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-privileged",
  code = "SL2001",
  title = "Privileged container",
  severity = "critical",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-baseline", "pss-restricted" },
  refs = {
    cis_docker = "5.5",
    owasp_docker = "3",
    nist_800_190 = "4.4.3",
    nsa_cisa = "privileged",
    production_guide = { "C7", "7-b" },
  },
  aliases = {
    trivy = "KSV-0017",
    checkov = { "CKV_K8S_2", "CKV_K8S_16" },
    kics = "ae5b6871",
    docker_bench = "5.5",
  },

  why = [[A privileged container has every capability, every device and no mask or filter: who
breaks out of the process in it has the host.]],
  fix = [[Drop the flag; grant single capabilities or devices.]],

  check = function(container, report)
    if not container.privileged then return end
    local place = at(container, "privileged")
    report(place, "is privileged"):fix("unsafe", edit.delete(place))
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Privileged": true}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE"]}},
  "linux": {"resources": {"devices": [{"allow": true, "access": "rwm"}]}}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"Privileged": false}}]],
      [[{"Config": {}, "HostConfig": {"CapAdd": ["ALL"]}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN"]}}, "linux": {"maskedPaths": ["/proc/kcore"]}}]],
  },
}
