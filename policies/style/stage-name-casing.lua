-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "stage-name-casing",
  code = "SL1703",
  title = "Stage name not lower case",
  severity = "info",
  subjects = { "build" },
  on = "stage",
  packs = { "style" },
  aliases = { buildkit = "StageNameCasing" },

  why = [[Names of stages are kept in lower case: FROM finds this one only when it is written so, while
COPY --from finds it in any case.]],
  fix = [[Write the name in lower case.]],

  check = function(stage, report)
    local written = raw(stage, "name")
    if not written or written == stage.name then return end
    local name = at(stage, "name")
    report(name, "names a stage %s, which is kept as %s", written, stage.name)
      :fix("safe", edit.replace(name, stage.name))
  end,

  fails = {
    dockerfile = {
      "FROM a:1 AS Build\n            ^^^^^ names a stage Build, which is kept as build\n",
      { dockerfile = "FROM a:1 as BUILD-1\nFROM a:1\nCOPY --from=Build-1 a b\n",
        fixed = "FROM a:1 as build-1\nFROM a:1\nCOPY --from=Build-1 a b\n" },
    },
  },
  passes = {
    dockerfile = { "FROM a:1\n", "FROM A:1 AS build_2.x\n" },
  },
}
