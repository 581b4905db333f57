-- SPDX-License-Identifier: Apache-2.0

-- The row of what nobody keeps up any more, if the reference is of it.
local function deprecation(reference)
  return list.find(facts.deprecated_images, function(row)
    return image.match(row.repository, reference)
      and not list.any(row.except, function(glob) return image.match(glob, reference) end)
  end)
end

return policy {
  id = "deprecated-image",
  code = "SL1105",
  title = "Deprecated or abandoned image",
  severity = "high",
  subjects = { "build", "container" },
  on = "reference",
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.2", production_guide = { "C1", "1-b" } },
  aliases = { trivy = "KSV-0102", checkov = { "CKV_K8S_33", "CKV_K8S_34" }, docker_bench = "4.2" },

  why = [[Nobody mends what is found in an image that is given up: each new vulnerability stays.]],
  fix = [[Move to the replacement that the message names.]],

  check = function(reference, report)
    local row = deprecation(reference)
    if not row then return end

    if row.replacement then
      report(reference, "%s is no longer kept up; it is replaced by %s", reference.raw,
        row.replacement)
    else
      report(reference, "%s is no longer kept up, and nothing replaces it", reference.raw)
    end
  end,

  fails = {
    dockerfile = {
      "FROM openjdk:17\n     ^^^^^^^^^^ replaced by eclipse-temurin, amazoncorretto,\n",
      "FROM docker.io/library/centos:7\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^ replaced by almalinux\n",
      "FROM bitnami/redis:7.2\n     ^^^^^^^^^^^^^^^^^ no longer kept up\n",
      "FROM debian:12\nCOPY --from=k8s.gcr.io/pause:3.9 /pause /\n            ^^^^^^^^^^^^^^^^^^^^ replaced by registry.k8s.io\n",
      "FROM notary:server\n     ^^^^^^^^^^^^^ nothing replaces it\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM openjdk:27-ea-1-jdk\n",
      "FROM eclipse-temurin:21-jre\n",
      "FROM bitnami/redis:latest\n",
      "FROM amazonlinux:2023\n",
      "FROM registry.example.org/centos:7\n",
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
  },
  inconclusive = { dockerfile = "ARG BASE\nFROM $BASE\n" },
}
