-- SPDX-License-Identifier: Apache-2.0

local reserved = { scratch = "the empty image", context = "the build context" }

return policy {
  id = "reserved-stage-name",
  code = "SL1603",
  title = "Stage uses a reserved word",
  severity = "medium",
  subjects = { "build" },
  on = "stage",
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3063", buildkit = "ReservedStageName" },

  why = [[FROM and COPY --from give these words a meaning of their own, so that the stage cannot be
reached by its name.]],
  fix = [[Rename the stage.]],

  check = function(stage, report)
    local meaning = stage.name and reserved[stage.name]
    if meaning then
      report(at(stage, "name"), "names a stage %s, which means %s", stage.name, meaning)
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1 AS scratch\n            ^^^^^^^ names a stage scratch, which means the empty image\n",
      "FROM a:1 as Context\n            ^^^^^^^ names a stage context, which means the build context\n",
    },
  },
  passes = { dockerfile = { "FROM scratch\n", "FROM scratch AS scratch-pad\n" } },
}
