-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "net-raw",
  code = "SL2007",
  title = "NET_RAW available",
  severity = "medium",
  subjects = { "container" },
  packs = { "strict", "cis" },
  refs = { cis_docker = "5.4", owasp_docker = "3", nist_800_190 = "4.3.3", nsa_cisa = "capabilities" },
  aliases = {
    trivy = "KSV-0119",
    checkov = { "CKV_K8S_7", "CKV_K8S_28" },
    docker_bench = "5.4",
  },

  why = [[With NET_RAW a process makes any packet: it can pretend to be another container of its
network, and answer name look-ups in its place.]],
  fix = [[Drop NET_RAW. Where ping is wanted, Docker 20.10 and later let it work without.]],

  check = function(container, report)
    if container.privileged then return end
    if list.has(container.capabilities.effective, "CAP_NET_RAW") then
      report(at(container, "capabilities.effective"), "can make raw packets")
    end
  end,

  fails = {
    compose = { "services: {a: {image: x}}\n", "services: {a: {image: x, cap_drop: [ALL], cap_add: [NET_RAW]}}\n" },
    ["docker-run"] = "docker run --cap-drop CHOWN x\n",
  },
  passes = {
    compose = { "services: {a: {image: x, cap_drop: [NET_RAW]}}\n", "services: {a: {image: x, cap_drop: [all]}}\n" },
    ["docker-run"] = { "podman run x\n", "docker run --privileged x\n" },
  },
}
