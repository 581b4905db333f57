-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "scan-missing",
  code = "SL4006",
  title = "No vulnerability scan evidence",
  severity = "medium",
  subjects = { "image", "container" },
  packs = { "strict", "cis", "owasp" },
  params = {
    expected = {
      type = "boolean",
      default = false,
      doc = "Reports of scanners are given together with what they are about.",
    },
  },
  refs = { cis_docker = "4.4", owasp_docker = "9" },
  aliases = { docker_bench = "4.4" },

  why = [[An image that nothing has looked into has the vulnerabilities of all that was put into it, and
nobody knows which.]],
  fix = [[Scan in CI, and pass the report.]],

  check = function(subject, report)
    if not params.expected or #subject.linked.scans > 0 then return end
    if kind(subject) == "container" then
      -- An image that is given is judged itself; what has none, or is built, has none to scan yet.
      if not subject.image.raw or known(subject, "linked.image") then return end
    end
    report(subject, "has no report of a scanner among the documents")
  end,

  fails = {
    { dockerfile = "FROM debian:13\n", params = { expected = true } },
    { compose = "services: {web: {image: web:1}}\n           ^^^^^^^^^^^^^^^^^^^ has no report\n",
      params = { expected = true } },
    { files = {
        ["pod.json"] = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "web:2"}]}}]],
        ["trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "ArtifactType": "container_image", "Results": []}]],
      },
      params = { expected = true }, count = 1 },
    { files = {
        ["compose.yaml"] = "services: {web: {image: 'web:1', build: .}}\n",
        Dockerfile = "FROM debian:13\n^^^^^^^^^^^^^^ has no report\n",
      },
      params = { expected = true }, count = 1 },
  },
  passes = {
    dockerfile = "FROM debian:13\n",
    compose = { { compose = "services: {web: {build: .}}\n", params = { expected = true } } },
    { files = {
        ["pod.json"] = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "web:1"}]}}]],
        ["reports/trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "ArtifactType": "container_image", "Results": []}]],
      },
      params = { expected = true } },
    { files = {
        ["compose.yaml"] = "services: {web: {image: 'web:1', build: .}}\n",
        Dockerfile = "FROM debian:13\n",
        ["grype.json"] = [[{"descriptor": {}, "matches": [], "source": {"type": "image", "target": {"userInput": "web:1"}}}]],
      },
      params = { expected = true } },
    { files = {
        ["image.json"] = [=[[{"Id": "sha256:1111111111111111111111111111111111111111111111111111111111111111", "RootFS": {}, "Config": {}}]]=],
        ["trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "other", "ArtifactType": "container_image", "Metadata": {"ImageID": "sha256:1111111111111111111111111111111111111111111111111111111111111111"}, "Results": []}]],
      },
      params = { expected = true } },
  },
  inconclusive = {
    compose = { { compose = "services: {web: {image: '${IMAGE}'}}\n", params = { expected = true } } },
  },
}
