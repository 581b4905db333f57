-- SPDX-License-Identifier: Apache-2.0

-- Images that are container engines or build images, as the end of their repository.
local engines = { "dind", "moby/buildkit", "buildah/stable", "podman/stable",
  "kaniko-project/executor", "earthly/buildkitd" }

-- The image of the docker program alone has no engine; its tags with dind do.
local function is_engine(reference)
  local repository = reference.repository
  if not repository then return false end
  if repository == "library/docker" or repository == "docker" then
    return reference.tag ~= nil and text.has(reference.tag, "dind")
  end
  return list.any(engines, function(name)
    return repository == name or text.ends(repository, "/" .. name)
  end)
end

return policy {
  id = "docker-in-docker",
  code = "SL2012",
  title = "Nested container engine",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = { "4.4.3", "4.3.4" } },

  why = [[An engine in a container that has the privileges of the host, or the host's own engine by its
socket, starts containers that are held by nothing.]],
  fix = [[Use rootless BuildKit or a remote builder.]],

  check = function(container, report)
    if not is_engine(container.image) then return end
    if container.privileged then
      report(at(container, "image.raw"), "runs a container engine with all privileges")
    elseif container.facts.runtime_socket_mounted then
      report(at(container, "image.raw"), "runs a container engine on that of the host")
    else
      report(at(container, "image.raw"), "runs a container engine"):severity("info")
    end
  end,

  fails = {
    compose = {
      { compose = "services: {a: {image: 'docker:27-dind', privileged: true}}\n", severity = "high", count = 1 },
      { compose = "services: {a: {image: 'moby/buildkit:rootless'}}\n", severity = "info", count = 1 },
    },
    ["docker-run"] = "docker run -v /var/run/docker.sock:/var/run/docker.sock gcr.io/kaniko-project/executor:v1\n",
  },
  passes = {
    compose = { "services: {a: {image: 'docker:27-cli'}}\n", "services: {a: {image: nginx, privileged: true}}\n" },
  },
}
