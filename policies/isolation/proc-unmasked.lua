-- SPDX-License-Identifier: Apache-2.0

-- Entries of /proc that the default protects in this way and the lists do not cover.
local function unprotected(kind, paths, more)
  local missing = {}
  for _, row in ipairs(facts.masked_paths) do
    local function covers(given) return path.covers(given, row.path) end
    if row.kind == kind and row.verified and text.starts(row.path, "/proc/")
      and not list.any(paths, covers) and not (more and list.any(more, covers)) then
      table.insert(missing, row.path)
    end
  end
  return missing
end

-- A word that stands for a kind of /proc and is none. What a template leaves open is no word.
local function unheard_of(container)
  if known(container, "proc_mount") then return nil end
  local word = string.match(raw(container, "proc_mount") or "", "^[\"']?(%w+)[\"']?$")
  return word ~= "Default" and word ~= "Unmasked" and word or nil
end

return policy {
  id = "proc-unmasked",
  code = "SL2111",
  title = "/proc protections removed",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "pss-baseline", "pss-restricted" },
  refs = { nist_800_190 = "4.4.3" },
  aliases = { trivy = "KSV-0027" },

  why = [[Through the entries of /proc that the runtime hides, or keeps from being written, a
process reads the kernel's memory and keys, and changes or stops the host.]],
  fix = [[Remove the setting, so that the runtime masks its default paths.]],

  check = function(container, report)
    -- A privileged container has no masks because it is privileged: that is said there.
    if container.privileged then return end
    local word = unheard_of(container)
    if word then
      report(at(container, "proc_mount"), "asks for %s, which is no way to mount /proc", word)
      return
    end
    local own_users = container.namespaces.user.host == false
    -- Kubernetes lets a pod with users of its own have it: a policy of its own speaks of that.
    if own_users and container.runtime_family == "containerd" then return end

    local readable = unprotected("masked", container.masked_paths)
    if #readable > 0 then
      local finding = report(at(container, "masked_paths"), "leaves %s to be read", readable)
      finding:fix("safe", edit.delete(at(container, "masked_paths")))
      if own_users then finding:severity("info") end
    end
    local writable = unprotected("readonly", container.readonly_paths, container.masked_paths)
    if #writable > 0 then
      local finding = report(at(container, "readonly_paths"), "leaves %s to be written", writable)
      if own_users then finding:severity("info") end
    end
  end,

  fails = {
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      securityContext: {procMount: Bare}
                        ^^^^^^^^^^^^^^^ asks for Bare, which is no way to mount /proc
]],
    { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      securityContext: {procMount: Unmasked}
                        ^^^^^^^^^^^^^^^^^^^ leaves
]], count = 2 },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"MaskedPaths": [], "ReadonlyPaths": []}}]], count = 2, severity = "high" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]], count = 2 },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"maskedPaths": ["/proc/acpi", "/proc/asound", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi"], "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]}}
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leaves /proc/kcore to be read
]], count = 1, severity = "high" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "linux": {"namespaces": [{"type": "user"}], "maskedPaths": [], "readonlyPaths": ["/proc"]}}]],
      count = 1, severity = "info" },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "containers": [{"name": "a", "securityContext": {"procMount": "Unmasked"}}]}}]],
    },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"MaskedPaths": null, "ReadonlyPaths": null}}]],
      [[{"Config": {}, "HostConfig": {"Privileged": true, "MaskedPaths": []}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "linux": {"maskedPaths": ["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"], "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]}}]],
      [[{"ociVersion": "1.2.0", "linux": {"maskedPaths": ["/proc"]}}]],
    },
  },
}
