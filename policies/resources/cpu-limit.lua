-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "cpu-limit",
  code = "SL2402",
  title = "No CPU limit",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  packs = { "strict", "cis", "owasp" },
  refs = { cis_docker = "5.12", owasp_docker = "7", nsa_cisa = "resource limits" },
  aliases = {
    trivy = "KSV-0011",
    checkov = "CKV_K8S_11",
    kics = "6b610c50",
    docker_bench = "5.12",
  },

  why = [[A process that loops, or is made to, takes the time of everything else on the host.]],
  fix = [[Set a limit of processors, or a weight.]],

  check = function(container, report)
    local resources = container.resources
    if resources.cpu_limit or resources.cpu_shares then return end
    report(at(container, "resources.cpu_limit"), "has no CPU limit")
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"NanoCpus": 0, "CpuQuota": 0, "CpuShares": 0}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"cpu": {"quota": -1, "period": 100000}}}}]],
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"NanoCpus": 500000000}}]],
      [[{"Config": {}, "HostConfig": {"CpuQuota": 50000}}]],
      [[{"Config": {}, "HostConfig": {"CpuShares": 512}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"cpu": {"quota": 50000, "period": 100000}}}}]],
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"cpu": {"shares": 512}}}}]],
    },
  },
}
