-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "memory-limit",
  code = "SL2401",
  title = "No memory limit",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = { cis_docker = "5.11", owasp_docker = "7", nist_800_190 = "4.4.3", nsa_cisa = "resource limits" },
  aliases = { trivy = "KSV-0018", checkov = "CKV_K8S_13", kics = "ac9bb4f7", docker_bench = "5.11" },

  why = [[A process that leaks or is made to grow takes the memory of everything else on the host.]],
  fix = [[Set one.]],

  check = function(container, report)
    if container.resources.memory_limit then return end
    local finding = report(at(container, "resources.memory_limit"), "has no memory limit")
    if container.role == "init" then finding:severity("low") end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Memory": 0}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"memory": {"limit": -1}}}}
                                                           ^^^^^^^^^^^ has no memory limit
]],
    },
  },
  passes = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Memory": 268435456}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"resources": {"memory": {"limit": 268435456}}}}]],
  },
}
