-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-userns",
  code = "SL2105",
  title = "Host user namespace forced",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.31", owasp_docker = "2" },
  aliases = { kics = { "8af7162d", "userns_set_to_host" }, docker_bench = "5.31" },

  why = [[Where the engine maps users, root in a container is nobody on the host. This container asks
to be left out of that: its root is the host's.]],
  fix = [[Remove the opt-out; in Kubernetes set hostUsers: false.]],

  -- What nobody says is the host's default, and no fault of the container.
  check = function(container, report)
    if declared(container, "namespaces.user.mode") == "host" then
      report(container.namespaces.user, "asks for the users of the host")
        :fix("safe", edit.delete(at(container, "namespaces.user.mode")))
    end
  end,

  fails = {
    compose = "services: {a: {image: x, userns_mode: host}}\n                         ^^^^^^^^^^^^^^^^^ asks for the users\n",
    ["docker-run"] = "docker run --userns=host x\n",
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"UsernsMode": "host"}}]],
  },
  passes = {
    compose = "services: {a: {image: x}}\n",
    ["docker-run"] = { "docker run x\n", "podman run --userns=keep-id x\n" },
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"UsernsMode": ""}}]],
  },
}
