-- SPDX-License-Identifier: Apache-2.0

-- What `from=` of a mount says.
local function from_of(mount)
  return ("," .. raw(mount)):match("[,\"]from=([^,%s\"]+)")
end

-- Whether a name has what only references of images have, or a variable.
local function is_image(name)
  return name:find("[/:@.$]") ~= nil
end

-- Whether a name, or a number from 0, means a stage before this one, or this one itself, which
-- another policy judges.
local function is_stage(build, stage, name)
  return list.any(build.stages, function(other)
    return other.index <= stage.index
      and (other.name == name:lower() or tostring(other.index) == name)
  end)
end

return policy {
  id = "copy-from-unknown-stage",
  code = "SL1511",
  title = "COPY --from an unknown stage",
  severity = "medium",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = { "copy", "run" } },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3022", kics = "68a51e22" },

  why = [[What is no stage is taken for an image. Where a name is mistyped, or its stage comes later,
the build fails, or copies from what somebody else put under that name.]],
  fix = [[Correct the name, or write an image with its tag.]],

  check = function(instruction, report, build)
    if instruction.onbuild then return end -- it means the stages of a later build
    local stage = instruction.stage
    local function look(place, name)
      if name and not is_image(name) and not is_stage(build, stage, name) then
        report(place, "%s is no stage before this one", name)
      end
    end
    if instruction.name == "copy" then
      look(at(instruction, "flags.from"), instruction.flags.from)
      return
    end
    for _, mount in ipairs(instruction.mounts) do look(mount, from_of(mount)) end
  end,

  fails = {
    dockerfile = {
      "FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=biuld /a /b\n     ^^^^^^^^^^^^ biuld is no stage\n",
      "FROM debian:13\nCOPY --from=build /a /b\nFROM golang:1.25 AS build\n",
      "FROM debian:13\nCOPY --from=3 /a /b\n",
      "FROM debian:13\nRUN --mount=from=build,target=/x true\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ build is no stage\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM golang:1.25 AS Build\nFROM debian:13\nCOPY --from=build /a /b\nCOPY --from=0 /a /c\n",
      "FROM debian:13\nCOPY --from=nginx:1.29 /a /b\nCOPY --from=ghcr.io/a/b /a /c\nCOPY d e\n",
      "FROM golang:1.25 AS build\nCOPY --from=build /a /b\n",
      "FROM debian:13\nONBUILD COPY --from=build /a /b\nARG S\nCOPY --from=$S /a /b\n",
      "ARG TOOLS=busybox:1.37\nFROM debian:13\nARG TOOLS=busybox:1.37\nRUN --mount=type=cache,target=/x true\n",
    },
  },
}
