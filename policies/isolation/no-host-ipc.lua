-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-ipc",
  code = "SL2103",
  title = "Host IPC namespace",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.17", nsa_cisa = "pod security enforcement" },
  aliases = {
    trivy = "KSV-0008",
    checkov = { "CKV_K8S_3", "CKV_K8S_18" },
    kics = { "baa3890f", "ipc_set_to_host" },
    docker_bench = "5.17",
  },

  why = [[What the host's processes share in memory, databases and browsers among them, can then be
read and changed from the container.]],
  fix = [[Remove the setting, so that the container gets an IPC namespace of its own.]],

  check = function(container, report)
    if container.namespaces.ipc.host then
      report(container.namespaces.ipc, "shares the host's memory segments and queues")
        :fix("safe", edit.delete(at(container, "namespaces.ipc.mode")))
    end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"IpcMode": "host"}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "pid"}]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "ipc", "path": "/proc/1/ns/ipc"}]}}]],
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"IpcMode": ""}}]],
      [[{"Config": {}, "HostConfig": {"IpcMode": "shareable"}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "ipc"}]}}]],
  },
}
