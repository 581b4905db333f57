-- SPDX-License-Identifier: Apache-2.0

-- Names of single files and of folders that hold configuration.
local function is_configuration(source)
  local name = source:match("([^/]+)/*$") or ""
  return path.covers("/etc", source) or name:match("%.conf$") or name:match("%.ya?ml$")
    or name:match("%.json$") or name:match("%.toml$") or name:match("%.ini$")
    or name:match("%.pem$") or name:match("%.crt$") or name == "certs" or name == "conf.d"
end

local function is_data(source)
  return source:match("%.sock$") or list.any({ "data", "db", "logs", "log", "cache" }, function(word)
    return source:match("/" .. word .. "/*$") ~= nil
  end)
end

return policy {
  id = "bind-mount-writable",
  code = "SL2206",
  title = "Bind mount could be read-only",
  severity = "low",
  confidence = "low",
  subjects = { "container" },
  on = { mount = "bind" },
  packs = { "strict", "owasp" },
  refs = { cis_docker = "5.6", owasp_docker = "8" },
  aliases = { docker_bench = "5.6" },

  why = [[What a container only reads it should not be able to change: a file of the host's
configuration that it rewrites takes effect outside of it.]],
  fix = [[Append :ro.]],

  check = function(mount, report, container)
    if mount.origin == "runtime" or mount.read_only or not mount.source then return end
    -- In a cluster any path of the node is the node's own.
    local is_meant = container.runtime_family == "containerd" or is_configuration(mount.source)
    if not is_meant or is_data(mount.source) then return end
    report(at(mount, "source"), "can write %s of the host", mount.source)
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/srv/web/nginx.conf", "Destination": "/etc/nginx/nginx.conf", "RW": true}]}]],
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "c", "mountPath": "/c"}]}], "volumes": [{"name": "c", "hostPath": {"path": "/opt/app"}}]}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/srv/web/nginx.conf", "Destination": "/c", "RW": false}]}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/srv/web/data", "Destination": "/d", "RW": true}]}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/run/app.sock", "Destination": "/s", "RW": true}]}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "c", "mountPath": "/c", "readOnly": true}]}], "volumes": [{"name": "c", "hostPath": {"path": "/opt/app"}}]}}]],
  },
}
