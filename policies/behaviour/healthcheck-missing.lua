-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "healthcheck-missing",
  code = "SL1801",
  title = "No health check",
  severity = "low",
  confidence = "medium",
  subjects = { "image", "container" },
  requires = { "healthcheck.declared" },
  packs = { "cis", "strict" },
  refs = { cis_docker = { "4.6", "5.27" } },
  aliases = {
    hadolint = "DL3057", trivy = "DS-0026", checkov = { "CKV_DOCKER_2", "CKV_K8S_8", "CKV_K8S_9" },
    kics = { "b03a748a", "698ed579" }, dockle = "CIS-DI-0006", docker_bench = { "4.6", "5.27" },
  },

  why = [[Without a check the engine knows only that a process exists, not that it answers: what hangs
is never replaced.]],
  fix = [[Add HEALTHCHECK to the image, or a check where the container runs.]],

  check = function(subject, report)
    local check = subject.healthcheck
    if check.disabled then
      report(at(subject, "healthcheck"), "has its health check switched off")
    elseif not check.declared then
      report(at(subject, "healthcheck"), "has no health check")
    end
  end,

  fails = {
    dockerfile = {
      "FROM scratch\n^^^^^^^^^^^^ has no health check\nCOPY app /\n",
      "FROM alpine:3.22\nUSER 1\n",
      "FROM scratch AS a\nHEALTHCHECK CMD [\"/app\"]\nFROM scratch\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "1"}}]],
    ["docker-inspect"] = [[{"Config": {"Healthcheck": {"Test": ["NONE"]}}, "HostConfig": {}}]],
  },
  passes = {
    dockerfile = {
      "FROM alpine:3.22\nHEALTHCHECK CMD [\"/app\", \"check\"]\n",
      "FROM scratch AS a\nHEALTHCHECK CMD [\"/app\"]\nFROM a\n",
    },
  },
  inconclusive = { dockerfile = "FROM example.org/a:1\nUSER 1\n" },
}
