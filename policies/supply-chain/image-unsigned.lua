-- SPDX-License-Identifier: Apache-2.0

local function is_verified(signature) return signature.verified end

-- A signature that comes as a bundle says nothing until somebody has verified it.
local function judge_signatures(evidence, report)
  for _, signature in ipairs(evidence.signatures) do
    local vouched = is_verified(signature) or list.any(evidence.linked.images, function(subject)
      return list.any(subject.linked.signatures, function(other)
        return is_verified(other) and other.subject_digest == signature.subject_digest
      end)
    end)
    if not vouched then report(signature, "is a signature that no verifier has confirmed") end
  end
end

return policy {
  id = "image-unsigned",
  code = "SL4101",
  title = "No valid signature",
  severity = "high",
  subjects = { "container", "evidence" },
  packs = { "strict", "owasp", "cis" },
  refs = { cis_docker = { "4.5", "4.12" }, owasp_docker = "13", nist_800_190 = "4.1.5" },
  aliases = { dockle = { "CIS-DI-0002", "CIS-DI-0005" }, docker_bench = { "4.5", "4.12" } },

  why = [[Whoever can write to the registry, or stands between it and the host, chooses what runs. A
signature that was verified says that it is what the pipeline has made.]],
  fix = [[Sign in the pipeline, verify at deployment, and give the verifier's result.]],

  check = function(subject, report)
    if kind(subject) == "evidence" then
      judge_signatures(subject, report)
      return
    end
    local reference = subject.image
    if reference.pin == "build" or not reference.raw then return end
    if list.any(subject.linked.signatures, is_verified) then return end
    -- What is built at hand comes from no registry.
    if known(subject, "linked.build") then return end
    report(reference, "has no verified signature among the documents")
  end,

  fails = {
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      image: web:1
      ^^^^^^^^^^^^ has no verified signature
]],
    sigstore = [[{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"publicKey": {"hint": "a"}}, "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": "3a=="}, "signature": "aa=="}}]],
    { files = {
        ["run.sh"] = "docker run web@sha256:1111111111111111111111111111111111111111111111111111111111111111\n",
        ["cosign.json"] = [=[[{"critical": {"identity": {"docker-reference": "index.docker.io/library/web"}, "image": {"docker-manifest-digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}}, "optional": null}]]=],
      }, count = 1 },
  },
  passes = {
    ["cosign-verify"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}}, "optional": null}]]=],
    compose = "services: {web: {build: .}}\n",
    { files = {
        ["run.sh"] = "docker run web@sha256:2222222222222222222222222222222222222222222222222222222222222222\n",
        ["cosign.json"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}}, "optional": null}]]=],
      } },
    { files = {
        ["image.json"] = [=[[{"Id": "sha256:1111111111111111111111111111111111111111111111111111111111111111", "RepoDigests": ["web@sha256:2222222222222222222222222222222222222222222222222222222222222222"], "RootFS": {}, "Config": {}}]]=],
        ["bundle.sigstore.json"] = [[{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "verificationMaterial": {"publicKey": {"hint": "a"}}, "messageSignature": {"messageDigest": {"algorithm": "SHA2_256", "digest": "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI="}, "signature": "aa=="}}]],
        ["cosign.json"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}}, "optional": null}]]=],
      } },
    { files = {
        ["pod.json"] = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "ghcr.io/acme/web:1"}]}}]],
        ["cosign.json"] = [=[[{"critical": {"identity": {"docker-reference": "ghcr.io/acme/web"}, "image": {"docker-manifest-digest": "sha256:2222222222222222222222222222222222222222222222222222222222222222"}}, "optional": null}]]=],
      } },
    { files = {
        ["pod.json"] = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "web:1"}]}}]],
        ["compose.yaml"] = "services: {web: {image: 'web:1', build: .}}\n",
        Dockerfile = "FROM debian:13\n",
      } },
  },
  inconclusive = { compose = "services: {web: {image: '${IMAGE}'}}\n" },
}
