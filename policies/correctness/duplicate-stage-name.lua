-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "duplicate-stage-name",
  code = "SL1602",
  title = "Two stages share a name",
  severity = "high",
  subjects = { "build" },
  packs = { "recommended", "strict" },
  aliases = {
    hadolint = "DL3024",
    buildkit = "DuplicateStageName",
    trivy = "DS-0012",
    checkov = "CKV_DOCKER_11",
    kics = "f2daed12",
  },

  why = [[Which of the two a FROM or a COPY --from means changes with its place in the file.]],
  fix = [[Rename one of them.]],

  check = function(build, report)
    local seen = {}
    for _, stage in ipairs(build.stages) do
      local name = stage.name
      if name and seen[name] then
        report(at(stage, "name"), "names a stage %s, as an earlier one is named", name)
          :also(at(seen[name], "name"), "the earlier one")
      elseif name then
        seen[name] = stage
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1 AS b\nFROM a:2 AS b\n            ^ names a stage b, as an earlier one is named\n",
      "FROM a:1 AS Build\nFROM --platform=$BUILDPLATFORM a:2 AS build\n                                      ^^^^^ names a stage build\n",
      { dockerfile = "FROM a:1 AS b\nFROM a:2 AS c\nFROM a:3 AS b\nFROM a:4 AS b\n", count = 2 },
    },
  },
  passes = {
    dockerfile = { "FROM a:1\nFROM a:1\n", "FROM a:1 AS b\nFROM b AS c\n" },
  },
}
