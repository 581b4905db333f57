-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "duplicate-singleton",
  code = "SL1601",
  title = "Repeated CMD, ENTRYPOINT or HEALTHCHECK in a stage",
  severity = "medium",
  subjects = { "build" },
  on = "stage",
  packs = { "recommended", "strict" },
  aliases = {
    hadolint = { "DL3012", "DL4003", "DL4004" },
    buildkit = "MultipleInstructionsDisallowed",
    trivy = { "DS-0007", "DS-0016", "DS-0023" },
    kics = { "6938958b", "41c195f4" },
  },

  why = [[Only the last one of a stage counts. Whoever reads or changes an earlier one is
deceived.]],
  fix = [[Remove the earlier ones.]],

  check = function(stage, report)
    local last = { cmd = false, entrypoint = false, healthcheck = false }
    for _, instruction in ipairs(stage.instructions) do
      local before = last[instruction.name]
      if before ~= nil and not instruction.onbuild then
        if before then
          report(before, "this %s has no effect: another one follows", before.name:upper())
            :also(instruction, "the one that follows")
            :fix("safe", edit.delete(before))
        end
        last[instruction.name] = instruction
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nCMD a\n^^^^^ this CMD has no effect\nCMD b\n",
      "FROM a:1\nENTRYPOINT a\n^^^^^^^^^^^^ this ENTRYPOINT has no effect\nRUN b\nENTRYPOINT [\"c\"]\n",
      "FROM a:1\nHEALTHCHECK CMD a\n^^^^^^^^^^^^^^^^^ this HEALTHCHECK has no effect\nHEALTHCHECK NONE\n",
      { dockerfile = "FROM a:1\nCMD a\nCMD b\nCMD c\n", count = 2, fixed = "FROM a:1\nCMD c\n" },
      "FROM a:1 AS one\nCMD a\n^^^^^ no effect\nCMD b\nFROM a:1\nCMD c\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nENTRYPOINT [\"a\"]\nCMD [\"b\"]\nHEALTHCHECK NONE\n",
      "FROM a:1 AS one\nCMD a\nFROM one\nCMD b\n",
      "FROM a:1\nCMD a\nONBUILD CMD b\n",
    },
  },
}
