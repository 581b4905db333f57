-- SPDX-License-Identifier: Apache-2.0

-- Folders of a home that hold keys, and what lies in them that anybody may read.
local folders = { ".ssh", ".aws", ".azure", ".config/gcloud", ".kube", ".docker", ".gnupg" }
local public = { "known_hosts", "authorized_keys" }

-- Files of the host whose content is a credential.
local files = { "/etc/shadow", "/etc/gshadow", "/etc/kubernetes/admin.conf",
  "/etc/kubernetes/kubelet.conf", "/etc/kubernetes/controller-manager.conf",
  "/etc/kubernetes/scheduler.conf", "/etc/kubernetes/super-admin.conf" }

-- The folder of keys that a path lies in or is, however its home is written.
local function folder_in(source)
  local rest = "/" .. source .. "/"
  return list.find(folders, function(folder)
    return text.has(rest, "/" .. folder .. "/")
  end)
end

local function is_public(source)
  return text.ends(source, ".pub") or
    list.any(public, function(name) return text.ends(source, "/" .. name) end)
end

return policy {
  id = "credential-dir-mounted",
  code = "SL2207",
  title = "Host credentials mounted",
  severity = "high",
  subjects = { "container" },
  on = { mount = "bind" },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = "4.1.4" },

  why = [[Whoever takes the container over has the keys of the person who started it: to other hosts,
to the cloud, to the cluster.]],
  fix = [[Use scoped secrets.]],

  check = function(mount, report)
    if mount.origin == "runtime" then return end
    local source = mount.source
    if not source or is_public(source) then return end
    local folder = folder_in(source)
    if folder then
      report(at(mount, "source"), "hands over the keys in %s", folder)
    elseif list.has(files, path.clean(source)) then
      report(at(mount, "source"), "hands over %s", source)
    end
  end,

  fails = {
    compose = "services: {a: {image: x, volumes: ['~/.ssh:/root/.ssh:ro']}}\n                                   ^^^^^^^^^^^^^^^^^^^^^^ hands over the keys in .ssh\n",
    ["docker-run"] = {
      "docker run -v /home/ann/.aws:/root/.aws x\n",
      "docker run -v /home/ann/.config/gcloud/creds.json:/c x\n",
      "docker run -v /etc/kubernetes/admin.conf:/c:ro x\n",
    },
  },
  passes = {
    compose = "services: {a: {image: x, volumes: ['~/.ssh/known_hosts:/k:ro', 'ssh:/root/.ssh', './.sshd:/a']}}\n",
    ["docker-run"] = { "docker run -v /home/ann/.ssh/id.pub:/k x\n", "docker run -v /home/ann/src:/src x\n" },
  },
}
