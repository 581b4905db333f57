-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-uts",
  code = "SL2104",
  title = "Host UTS namespace",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.21" },
  aliases = { docker_bench = "5.21" },

  why = [[With the host's UTS namespace the container can rename the host, which logs, certificates
and clusters know by that name.]],
  fix = [[Remove the setting, so that the container gets a UTS namespace of its own.]],

  check = function(container, report)
    -- In a pod it comes with the host's network, which another policy speaks about.
    if container.namespaces.uts.host and state(container, "namespaces.uts.mode") ~= "derived" then
      report(container.namespaces.uts, "shares the host's name")
        :fix("safe", edit.delete(at(container, "namespaces.uts.mode")))
    end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"UTSMode": "host"}}]],
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "pid"}]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "uts", "path": "/proc/1/ns/uts"}]}}]],
    },
  },
  passes = {
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": true, "containers": [{"name": "a"}]}}]],
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"UTSMode": ""}}]],
      [[{"Config": {}, "HostConfig": {"UTSMode": "", "NetworkMode": "host"}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "uts"}]}}]],
  },
}
