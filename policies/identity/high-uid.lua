-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "high-uid",
  code = "SL1005",
  title = "uid or gid collides with host accounts",
  severity = "info",
  confidence = "low",
  subjects = { "image", "container" },
  packs = { "strict" },
  params = {
    min_id = {
      type = "integer", default = 10000, min = 1,
      doc = "The least number that no account of a host is expected to have.",
    },
  },
  aliases = { trivy = { "KSV-0020", "KSV-0021" }, checkov = "CKV_K8S_40" },

  why = [[Without a user namespace the number is the same on the host: who escapes has the rights of
the account that has it there.]],
  fix = [[Choose ids of 10000 or more.]],

  check = function(subject, report)
    if kind(subject) == "container" and subject.namespaces.user.host == false then return end
    local user = subject.user
    for _, field in ipairs { "uid", "gid" } do
      local id = user[field]
      if id and id > 0 and id < params.min_id then
        report(at(subject, "user." .. field), "runs with the %s %d, which the host may have too",
          field, id)
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nUSER 1000:20000\n^^^^^^^^^^^^^^^ runs with the uid 1000\n",
      "FROM scratch\nUSER 20000:100\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "1000:1000"}}]],
    { ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "20000:20000"}}]],
      params = { min_id = 30000 } },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nUSER 10001:10001\n",
      "FROM debian:13\nUSER 0:0\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "10001:10001"}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"user": {"uid": 1000, "gid": 1000}}, "linux": {"namespaces": [{"type": "user"}]}}]],
  },
  inconclusive = { dockerfile = "FROM debian:13\nARG WHO\nUSER $WHO\n" },
}
