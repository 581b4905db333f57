-- SPDX-License-Identifier: Apache-2.0

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
    if list.has(command.wrappers, "sudo") or first and path.base(first.text) == "sudo" then
      report(command, "uses sudo")
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
