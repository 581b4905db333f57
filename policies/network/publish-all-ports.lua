-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "publish-all-ports",
  code = "SL2306",
  title = "All exposed ports published",
  severity = "low",
  subjects = { "container" },
  packs = { "recommended", "cis", "strict" },
  refs = { cis_docker = "5.9" },
  aliases = { docker_bench = "5.9" },

  why = [[Which ports are open to the network is then decided by whoever builds the image, and changes
with it.]],
  fix = [[Publish only the needed ports.]],

  check = function(container, report)
    if container.publish_all then
      report(at(container, "publish_all"), "publishes every port that its image exposes")
    end
  end,

  fails = {
    ["docker-run"] = { "docker run -P x\n           ^^ publishes every port\n", "docker run --publish-all x\n" },
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PublishAllPorts": true}}]],
  },
  passes = {
    ["docker-run"] = { "docker run -p 127.0.0.1:80:80 x\n", "docker run -P=false x\n" },
    compose = "services: {a: {image: x}}\n",
  },
}
