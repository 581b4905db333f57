-- SPDX-License-Identifier: Apache-2.0

-- What `from=` of a mount says.
local function from_of(mount)
  return ("," .. raw(mount)):match("[,\"]from=([^,%s\"]+)")
end

-- Whether a name, or a number from 0, means the stage that it stands in.
local function is_own(stage, name)
  return name ~= nil and (name:lower() == stage.name or name == tostring(stage.index))
end

return policy {
  id = "copy-from-self",
  code = "SL1510",
  title = "COPY --from the current stage",
  severity = "high",
  subjects = { "build" },
  on = { instruction = { "copy", "run" } },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3023", trivy = "DS-0006", kics = "cdddb86f" },

  why = [[A stage is not there before it is built. The build fails, or takes an image of that name
from a registry, which somebody else may have put there.]],
  fix = [[Name the stage that has the files.]],

  check = function(instruction, report)
    local stage = instruction.stage
    if instruction.name == "copy" then
      if is_own(stage, instruction.flags.from) then
        report(at(instruction, "flags.from"), "copies from its own stage")
      end
      return
    end
    for _, mount in ipairs(instruction.mounts) do
      if is_own(stage, from_of(mount)) then report(mount, "mounts its own stage") end
    end
  end,

  fails = {
    dockerfile = {
      "FROM golang:1.25 AS build\nCOPY --from=build /a /b\n     ^^^^^^^^^^^^ copies from its own stage\n",
      "FROM golang:1.25 AS build\nCOPY --from=BUILD /a /b\n",
      "FROM golang:1.25\nCOPY --from=0 /a /b\n",
      "FROM golang:1.25 AS build\nRUN --mount=from=build,target=/x true\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mounts its own stage\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build /a /b\nCOPY --from=0 /a /c\nCOPY d e\n",
      "FROM golang:1.25 AS build\nFROM debian:13\nRUN --mount=from=build,target=/x true\n",
      "FROM golang:1.25 AS build\nFROM debian:13 AS b\nCOPY --from=nginx:1.29 /a /b\n",
    },
  },
}
