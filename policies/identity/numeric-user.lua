-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "numeric-user",
  code = "SL1002",
  title = "User is a name, not a number",
  severity = "info",
  subjects = { "image" },
  packs = { "strict" },
  aliases = { hadolint = "DL3066" },

  why = [[Kubernetes compares numbers: a pod that must not run as root refuses an image whose user is a
name. And a name means nothing where the image's list of accounts is not read.]],
  fix = [[Write USER with the number of the account, and keep its name in a comment.]],

  check = function(image, report)
    local user = image.user
    if not user.name or user.is_root then return end
    report(at(image, "user"), "starts as %s, which is a name", user.name)
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN useradd app\nUSER app\n^^^^^^^^ starts as app, which is a name\n",
      "FROM scratch\nUSER app:app\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "app"}}]],
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nUSER 10001:10001\n",
      "FROM debian:13\nUSER 10001:app\n",
      "FROM debian:13\nARG UID=10001\nUSER $UID\n",
      "FROM debian:13\nUSER root\n",
      "FROM debian:13 AS build\nUSER app\nFROM debian:13\nUSER 1\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "10001"}}]],
  },
  inconclusive = { dockerfile = "FROM debian:13\nARG WHO\nUSER $WHO\n" },
}
