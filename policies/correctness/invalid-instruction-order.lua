-- SPDX-License-Identifier: Apache-2.0

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
    if early and early.name ~= "from" then
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
    },
  },
}
