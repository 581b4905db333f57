-- SPDX-License-Identifier: Apache-2.0

-- The place of the word and the blanks behind it, where no option of it would be left behind.
local function bare_sudo(command)
  for index, wrapper in ipairs(command.wrappers) do
    local place = at(command.wrappers, index)
    if wrapper == "sudo" then return raw(place):match("^[^%s]*sudo[\"',%s]*$") and place end
  end
end

local function is_root(instruction)
  local user = (instruction.scope.user or ""):match("^[^:]*")
  return user == "root" or user == "0"
end

return policy {
  id = "no-sudo",
  code = "SL1006",
  title = "sudo used in a build step",
  severity = "medium",
  subjects = { "build" },
  on = "command",
  packs = { "recommended", "strict" },
  aliases = {
    hadolint = "DL3004",
    trivy = "DS-0010",
    checkov = "CKV2_DOCKER_1",
    kics = "8ada6e80",
    dockle = "DKL-DI-0001",
  },

  why = [[A build step has the user that USER names. sudo hides whom it really runs as, behaves
unlike it in a terminal, and what it needs stays in the image for whoever breaks in.]],
  fix = [[Switch with USER root and back with USER app, or use setpriv or gosu when the container
starts.]],

  check = function(command, report)
    local first = command.argv[1]
    if not list.has(command.wrappers, "sudo")
      and not (first and path.base(first.text) == "sudo") then return end

    local finding = report(command, "uses sudo")
    local place = bare_sudo(command)
    if place and known(command.instruction, "scope.user") and is_root(command.instruction) then
      finding:fix("safe", edit.delete(place))
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN sudo apt-get update\n    ^^^^^^^^^^^^^^^^^^^ uses sudo\n",
      "FROM a:1\nRUN true && if test -e /x; then sudo -E rm /x; fi\n                                ^^^^^^^^^^^^^ uses sudo\n",
      "FROM a:1\nRUN env A=1 sudo $TOOL\n",
      "FROM a:1\nRUN (cd /x; time /usr/bin/sudo make)\n",
      "FROM a:1\nRUN [\"sudo\", \"make\"]\n",
      "FROM a:1\nRUN <<EOF\nsudo make\n^^^^^^^^^ uses sudo\nEOF\n",
      { dockerfile = "FROM debian:12\nRUN sudo apt-get update && sudo rm /x\n",
        fixed = "FROM debian:12\nRUN apt-get update && rm /x\n", count = 2 },
      { dockerfile = "FROM debian:12\nUSER 0:0\nRUN [\"sudo\", \"make\"]\n",
        fixed = "FROM debian:12\nUSER 0:0\nRUN [\"make\"]\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN apt-get install -y sudo\n",
      "FROM a:1\nRUN usermod -aG sudo app\n",
      "FROM a:1\nRUN echo 'app ALL=(ALL) ALL' >> /etc/sudoers.d/app\n",
      "FROM a:1\nRUN echo \"run sudo make\"\n",
      "FROM a:1\nRUN $TOOL install\n",
      "FROM a:1\nRUN A=1\n",
    },
  },
}
