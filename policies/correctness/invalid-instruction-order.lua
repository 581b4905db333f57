-- SPDX-License-Identifier: Apache-2.0

-- What is no instruction at all the reader tells already.
local instructions = {
  "add", "cmd", "copy", "entrypoint", "env", "expose", "healthcheck", "label", "maintainer",
  "onbuild", "run", "shell", "stopsignal", "user", "volume", "workdir",
}

return policy {
  id = "invalid-instruction-order",
  code = "SL1610",
  title = "Instruction before FROM",
  severity = "high",
  subjects = { "build" },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3061" },

  why = [[Nothing but ARG may come before the first FROM: the builder refuses the file.]],
  fix = [[Move it below FROM.]],

  check = function(build, report)
    local early = list.find(build.instructions, function(instruction)
      return instruction.name ~= "arg" or instruction.stage.index
    end)
    if early and list.has(instructions, early.name) then
      report(early, "%s stands before the first FROM", early.name:upper())
    end
  end,

  fails = {
    dockerfile = {
      "LABEL a=b\n^^^^^^^^^ LABEL stands before the first FROM\nFROM debian:13\n",
      "ARG V=13\nRUN true\nFROM debian:$V\n",
    },
  },
  passes = {
    dockerfile = {
      "# syntax=docker/dockerfile:1\nFROM debian:13\nLABEL a=b\n",
      "ARG V=13\nFROM debian:$V\nARG W\nRUN true\n",
      "version: 2\nFROM debian:13\n",
    },
  },
}
