-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "pin-image-version",
  code = "SL1101",
  title = "Image reference without a version",
  severity = "medium",
  subjects = { "build", "container" },
  on = "reference",
  packs = { "recommended", "strict", "owasp" },
  refs = {
    cis_docker = "4.2",
    owasp_docker = "9",
    nist_800_190 = "4.2.2",
    production_guide = { "C2", "1-d" },
  },
  aliases = {
    hadolint = { "DL3006", "DL3007" },
    trivy = { "DS-0001", "KSV-0013" },
    checkov = { "CKV_DOCKER_7", "CKV_K8S_14" },
    kics = { "9efb0b2d", "f45ea400" },
    dockle = "DKL-DI-0006",
    docker_bench = "4.2",
  },

  why = [[What has no version is another image tomorrow: nobody can say what ran, or build it again.]],
  fix = [[Use an explicit version tag, better a digest.]],

  check = function(reference, report)
    if reference.pin == "untagged" then
      report(reference, "%s has no version", reference)
    elseif reference.pin == "latest" then
      report(reference, "%s has no version: latest may be any", reference)
    end
  end,

  fails = {
    dockerfile = {
      "FROM node\n     ^^^^ node has no version\n",
      "FROM node:latest\n     ^^^^^^^^^^^ latest may be any\n",
      "FROM localhost:5000/node\n     ^^^^^^^^^^^^^^^^^^^ has no version\n",
      "ARG BASE=node\nFROM $BASE\n     ^^^^^ has no version\n",
      { dockerfile = "ARG TAG\nFROM node:$TAG\n", build_args = { TAG = "latest" } },
      "ARG REGISTRY\nFROM ${REGISTRY}/ubuntu\n     ^^^^^^^^^^^^^^^^^^ has no version\n",
      "ARG IMAGE\nFROM $IMAGE:latest\n     ^^^^^^^^^^^^^ latest may be any\n",
      "FROM debian:12\nCOPY --from=nginx /etc/nginx /etc/nginx\n            ^^^^^ has no version\n",
      "FROM debian:12\nRUN --mount=from=busybox,target=/b true\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM node:22.11-bookworm-slim\n",
      "FROM node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
      "FROM scratch\n",
      "FROM debian:12 AS base\nFROM base\nCOPY --from=0 /a /b\n",
      "ARG TAG=12\nFROM debian:$TAG\n",
      "ARG IMAGE\nFROM ${IMAGE}:1.2\n",
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
  },
  inconclusive = {
    dockerfile = { "ARG BASE\nFROM $BASE\n", "ARG TAG\nFROM debian:$TAG\n", "ARG V\nFROM a:1$V\n" },
  },
}
