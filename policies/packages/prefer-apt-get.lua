-- SPDX-License-Identifier: Apache-2.0

-- Verbs that apt-get knows too, with the same meaning.
local shared = {
  "install", "reinstall", "remove", "purge", "update", "upgrade", "full-upgrade", "dist-upgrade",
  "autoremove", "autopurge", "autoclean", "clean", "build-dep", "source", "download", "satisfy",
}
-- Verbs of apt alone.
local own = { "list", "search", "show", "edit-sources", "policy", "depends", "rdepends" }

return policy {
  id = "prefer-apt-get",
  code = "SL1309",
  title = "apt used in a script",
  severity = "info",
  subjects = { "build" },
  on = { command = "apt" },
  packs = { "style" },
  aliases = { hadolint = "DL3027", checkov = "CKV_DOCKER_9", kics = "b84a0b47" },

  why = [[apt is made for people at a terminal. What it prints and takes may change with a version,
and it warns of that itself.]],
  fix = [[Use apt-get, or apt-cache to search.]],

  check = function(command, report)
    local word = command.operands[1]
    local verb = command.verb or word and word.text
    if not verb or not list.has(shared, verb) and not list.has(own, verb) then return end
    local finding = report(command, "uses apt, which is made for people, not for scripts")
    if list.has(shared, verb) and command.argv[1].text == "apt" then
      finding:fix("safe", edit.replace(command.argv[1],
        command.instruction.form == "exec" and "\"apt-get\"" or "apt-get"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get update && apt install -y curl\n                      ^^^^^^^^^^^^^^^^^^^ uses apt\n",
      "FROM debian:13\nRUN [\"apt\", \"update\"]\n",
      "FROM debian:13\nRUN /usr/bin/apt list --installed\n",
      { dockerfile = "FROM debian:13\nRUN apt install -y curl && rm -rf /var/lib/apt/lists\n",
        fixed = "FROM debian:13\nRUN apt-get install -y curl && rm -rf /var/lib/apt/lists\n" },
      { dockerfile = "FROM debian:13\nRUN [\"apt\", \"update\"]\n",
        fixed = "FROM debian:13\nRUN [\"apt-get\", \"update\"]\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get update && rm -rf /var/lib/apt/lists/* && echo apt install curl\n",
      "FROM debian:13\nRUN apt --version && apt-cache search curl\n",
      "FROM openjdk:21\nRUN javac -processor apt Main.java\n",
    },
  },
}
