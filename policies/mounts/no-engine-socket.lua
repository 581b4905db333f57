-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-engine-socket",
  code = "SL2201",
  title = "Container engine socket exposed",
  severity = "critical",
  subjects = { "container" },
  on = { mount = { "bind", "npipe" } },
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = {
    cis_docker = "5.32",
    owasp_docker = "1",
    nist_800_190 = "4.4.3",
    production_guide = { "7-d", "9-b" },
  },
  aliases = { trivy = "KSV-0006", checkov = "CKV_K8S_27", kics = "d6355c88", docker_bench = "5.32" },

  why = [[Whoever can talk to the engine is root on its host. Mounting the socket read-only changes
nothing: it is a socket.]],
  fix = [[Remove the mount. Where the API is needed, put an authenticated, filtering proxy before it.]],

  check = function(mount, report)
    for _, socket in ipairs(facts.engine_sockets) do
      if path.covers(mount.source, socket.path) then
        report(at(mount, "source"), "hands over %s of %s", socket.path, socket.engine)
          :severity(socket.severity)
        return
      end
    end
    -- The daemon makes it wherever it is told to.
    if mount.source and mount.source:match("/docker%.sock$") then
      report(at(mount, "source"), "hands over a socket of docker")
    end
  end,

  fails = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/run", "Destination": "/r", "RW": false}]}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "npipe", "Source": "//./pipe/docker_engine", "Destination": "//./pipe/docker_engine"}]}]],
      [[{"Config": {}, "HostConfig": {"Mounts": [{"Type": "volume", "Target": "/r", "VolumeOptions": {"DriverConfig": {"Options": {"type": "none", "o": "bind", "device": "/run"}}}}]}, "Mounts": [{"Type": "volume", "Name": "v", "Destination": "/r"}]}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/s", "type": "bind", "source": "//var/run/docker.sock", "options": ["ro"]}]}
                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hands over /run/docker.sock of docker
]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/h", "source": "/run", "options": ["rbind"]}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/s", "type": "bind", "source": "/srv/engine/docker.sock"}]}]],
      { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/h", "source": "/run/user/1000/docker.sock", "options": ["bind"]}]}]],
        severity = "high" },
    },
  },
  passes = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "volume", "Name": "run", "Destination": "/run"}]}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv/data"}, {"destination": "/run", "type": "tmpfs", "source": "tmpfs"}]}]],
  },
}
