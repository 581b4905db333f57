-- SPDX-License-Identifier: Apache-2.0

-- What was added to the runtime's own set: as the document says it, or as the result shows it.
local function added(container)
  if #container.capabilities.add > 0 then return container.capabilities.add end
  return list.filter(container.capabilities.bounding, function(name)
    local row = facts.capabilities[name]
    return row and not row.docker_default
  end)
end

return policy {
  id = "dangerous-capability",
  code = "SL2004",
  title = "Dangerous capability added",
  severity = "high",
  subjects = { "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.4", owasp_docker = "3", nist_800_190 = "4.4.3", nsa_cisa = "capabilities" },
  aliases = {
    trivy = { "KSV-0005", "KSV-0120", "KSV-0022" },
    checkov = "CKV_K8S_39",
    kics = "ce76b7d0",
    docker_bench = "5.4",
  },

  why = [[Some capabilities are as good as root on the host: they load modules, trace foreign
processes, or read any file.]],
  fix = [[Remove it.]],

  check = function(container, report)
    local source = #container.capabilities.add > 0 and "capabilities.add" or "capabilities.bounding"
    for _, given in ipairs(added(container)) do
      local name = caps.name(given)
      local row = facts.capabilities[name]
      if row and (row.danger == "critical" or row.danger == "high") then
        report(at(container, source), "has the capability %s", name):severity(row.danger)
      end
    end
  end,

  fails = {
    ["oci-runtime"] = { {
      ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_SYS_ADMIN"]}}}]],
      severity = "critical", count = 1,
    } },
  },
  passes = {
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"capabilities": {"bounding": ["CAP_CHOWN", "CAP_KILL"]}}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
    },
  },
}
