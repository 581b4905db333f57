-- SPDX-License-Identifier: Apache-2.0

local function limit(container)
  local place, image = at(container, "resources.pids_limit"), at(container, "image.raw")
  if container.format == "quadlet" then return edit.after(image, "PidsLimit=200") end
  if container.format == "docker-run" then return edit.before(image, "--pids-limit 200 ") end
  if container.format ~= "compose" then return nil end
  return edit.replace(place, "200") or edit.after(image, "pids_limit: 200")
end

return policy {
  id = "pids-limit",
  code = "SL2403",
  title = "No process limit",
  severity = "medium",
  subjects = { "container" },
  requires = { "resources.pids_limit" },
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = { cis_docker = "5.29", owasp_docker = "7" },
  aliases = { kics = "221e0658", docker_bench = "5.29" },

  why = [[A process that forks without end takes all process ids of the host, on which then nothing
can be started any more, not even to stop it.]],
  fix = [[Set a limit, such as pids_limit: 200.]],

  check = function(container, report)
    local resources = container.resources
    if resources.pids_limit then return end
    local finding = report(at(container, "resources.pids_limit"), "has no limit of processes")
    finding:fix("safe", limit(container))
    -- A limit of the user's processes helps, though other containers of that user count too.
    if resources.ulimits.nproc then finding:severity("low") end
  end,

  fails = {
    compose = {
      {
        compose = "services:\n  a:\n    image: a:1\n",
        fixed = "services:\n  a:\n    image: a:1\n    pids_limit: 200\n",
      },
      {
        compose = "services: {a: {image: a:1, pids_limit: -1}}\n",
        fixed = "services: {a: {image: a:1, pids_limit: 200}}\n",
      },
    },
    ["docker-run"] = { ["docker-run"] = "docker run a:1\n", fixed = "docker run --pids-limit 200 a:1\n" },
    nomad = [[{"Job": {"TaskGroups": [{"Tasks": [{"Name": "a", "Driver": "docker", "Config": {"image": "a:1"}}]}]}}]],
    quadlet = "[Container]\nImage=a:1\nPidsLimit=-1\n",
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"PidsLimit": null}}]],
      [[{"Config": {}, "HostConfig": {"PidsLimit": 0}}]],
      [[{"Config": {}, "HostConfig": {"PidsLimit": -1}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"pids": {"limit": -1}}}}]],
      [[{"ociVersion": "1.2.0", "linux": {"resources": {"pids": {"limit": 0}}}}]],
      { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"rlimits": [{"type": "RLIMIT_NPROC", "soft": 100, "hard": 100}]}}]],
        severity = "low" },
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"PidsLimit": 100}}]],
      [[{"OCIRuntime": "crun", "Config": {}, "HostConfig": {}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"resources": {"pids": {"limit": 200}}}}]],
  },
}
