-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-network",
  code = "SL2101",
  title = "Host network namespace",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.10", nist_800_190 = "4.4.2", nsa_cisa = "host network" },
  aliases = {
    trivy = "KSV-0009",
    checkov = { "CKV_K8S_4", "CKV_K8S_19" },
    kics = "071a71ff",
    docker_bench = "5.10",
  },

  why = [[In the host's network a process reaches whatever listens on the loopback address, sees the
host's traffic, and answers on its ports.]],
  fix = [[Use a user-defined network.]],

  check = function(container, report)
    if container.namespaces.net.host then
      report(container.namespaces.net, "shares the host's network")
    end
  end,

  fails = {
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  hostNetwork: true
  ^^^^^^^^^^^^^^^^^ shares the host's network
  os: {name: windows}
  containers: [{name: a}]
]],
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"NetworkMode": "host"}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "pid"}]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "network", "path": "/proc/1/ns/net"}]}}]],
    },
  },
  passes = {
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{"name": "a"}]}}]],
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"NetworkMode": ""}}]],
      [[{"Config": {}, "HostConfig": {"NetworkMode": "shop"}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "network"}]}}]],
  },
}
