-- SPDX-License-Identifier: Apache-2.0

-- What an image is known by, of one kind each: the configuration, and manifests or indexes.
local function digests_of(subject)
  local manifests = {}
  if subject.digest then table.insert(manifests, subject.digest) end
  for _, name in ipairs(subject.names) do
    local reference = image.parse(name)
    if reference and reference.digest then table.insert(manifests, reference.digest) end
  end
  return manifests
end

local function have_common(one, other)
  return list.any(one, function(digest) return list.has(other, digest) end)
end

-- The place of the digest that is another one, and both; nil where they agree or one is not known.
local function difference(evidence, subject)
  local artifact, manifests = evidence.artifact, digests_of(subject)
  local has_id = artifact.image_id and subject.id
  if has_id and artifact.image_id == subject.id then return nil end
  if have_common(artifact.digests, manifests) then return nil end
  if has_id then
    return at(evidence, "artifact.image_id"), artifact.image_id, at(subject, "id")
  end
  if #manifests > 0 and #artifact.digests > 0 then
    return at(evidence, "artifact.digests[1]"), artifact.digests[1], subject
  end
end

return policy {
  id = "evidence-subject-mismatch",
  code = "SL4008",
  title = "Evidence is about another image",
  severity = "high",
  subjects = { "evidence" },
  packs = { "recommended", "strict" },
  refs = { owasp_docker = "13" },

  why = [[What a report says of one image says nothing of another that is called the same. A tag was
moved since, and the image that runs is one that nobody has looked into.]],
  fix = [[Use evidence of the digest that runs.]],

  check = function(evidence, report)
    for _, subject in ipairs(evidence.linked.images) do
      local place, digest, other = difference(evidence, subject)
      if place then
        report(place, "is about %s, which is not the image of that name", digest)
          :also(other, "the image of that name")
      end
    end
  end,

  fails = {
    { files = {
        ["image.json"] = [=[[{"Id": "sha256:1111111111111111111111111111111111111111111111111111111111111111", "RepoTags": ["web:1"], "RootFS": {}, "Config": {}}]]=],
        ["trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "ArtifactType": "container_image", "Metadata": {"ImageID": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}, "Results": []}
                                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is about sha256:2222
]],
      }, count = 1 },
    { files = {
        ["image.json"] = [=[[{"Id": "sha256:1111111111111111111111111111111111111111111111111111111111111111", "RepoTags": ["web:1"], "RepoDigests": ["web@sha256:3333333333333333333333333333333333333333333333333333333333333333"], "RootFS": {}, "Config": {}}]]=],
        ["grype.json"] = [[{"descriptor": {}, "matches": [], "source": {"type": "image", "target": {"userInput": "web:1", "manifestDigest": "sha256:4444444444444444444444444444444444444444444444444444444444444444"}}}]],
      }, count = 1 },
  },
  passes = {
    trivy = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "Results": []}]],
    { files = {
        ["image.json"] = [=[[{"Id": "sha256:1111111111111111111111111111111111111111111111111111111111111111", "RepoTags": ["web:1"], "RepoDigests": ["web@sha256:3333333333333333333333333333333333333333333333333333333333333333"], "RootFS": {}, "Config": {}}]]=],
        ["trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "ArtifactType": "container_image", "Metadata": {"ImageID": "sha256:1111111111111111111111111111111111111111111111111111111111111111"}, "Results": []}]],
        ["grype.json"] = [[{"descriptor": {}, "matches": [], "source": {"type": "image", "target": {"userInput": "web:1", "manifestDigest": "sha256:3333333333333333333333333333333333333333333333333333333333333333"}}}]],
      } },
    { files = {
        Dockerfile = "FROM debian:13\n",
        ["compose.yaml"] = "services: {web: {image: 'web:1', build: .}}\n",
        ["trivy.json"] = [[{"SchemaVersion": 2, "ArtifactName": "web:1", "ArtifactType": "container_image", "Metadata": {"ImageID": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}, "Results": []}]],
      } },
  },
}
