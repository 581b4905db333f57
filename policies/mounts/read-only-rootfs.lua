-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "read-only-rootfs",
  code = "SL2204",
  title = "Root filesystem is writable",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = {
    cis_docker = "5.13",
    owasp_docker = "8",
    nist_800_190 = "4.4.3",
    nsa_cisa = "immutable container file systems",
    production_guide = { "C8", "why-2", "6-a", "6-b" },
  },
  aliases = { trivy = "KSV-0014", checkov = "CKV_K8S_22", docker_bench = "5.13" },

  why = [[Whoever takes over the process can replace its program and leave tools behind, and what
he changed looks like the application.]],
  fix = [[Make the root file system read-only, with a tmpfs for /tmp and a volume for each folder
that the application writes.]],

  check = function(container, report)
    if container.readonly_rootfs then return end
    local finding = report(at(container, "readonly_rootfs"), "can write its root file system")
    if container.role == "init" then finding:severity("low") end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"ReadonlyRootfs": false}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "root": {"path": "rootfs"}}]],
      [[{"ociVersion": "1.2.0", "root": {"path": "rootfs", "readonly": false}}
                                                   ^^^^^^^^^^^^^^^^^ can write its root file system
]],
    },
  },
  passes = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"ReadonlyRootfs": true}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "root": {"path": "rootfs", "readonly": true}}]],
  },
}
