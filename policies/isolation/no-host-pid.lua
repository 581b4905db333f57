-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-pid",
  code = "SL2102",
  title = "Host PID namespace",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.16", nsa_cisa = "pod security enforcement" },
  aliases = {
    trivy = "KSV-0010",
    checkov = { "CKV_K8S_1", "CKV_K8S_17" },
    kics = "4f31dd9f",
    docker_bench = "5.16",
  },

  why = [[Among the host's processes one sees the arguments and variables of all of them, and root
in the container can signal and trace them.]],
  fix = [[Remove the setting, so that the container gets a PID namespace of its own.]],

  check = function(container, report)
    if container.namespaces.pid.host then
      report(container.namespaces.pid, "shares the host's processes")
        :fix("safe", edit.delete(at(container, "namespaces.pid.mode")))
    end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PidMode": "host"}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "network"}]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "pid", "path": "/proc/1/ns/pid"}]}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"PidMode": ""}}]],
      [[{"Config": {}, "HostConfig": {"PidMode": "container:db"}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "pid"}]}}]],
  },
}
