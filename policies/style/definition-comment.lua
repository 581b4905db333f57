-- SPDX-License-Identifier: Apache-2.0

-- Comments that speak to a tool, and describe nothing.
local TO_TOOLS = { "check=", "hadolint ", "scantling:", "trivy:", "checkov:", "kics-scan" }

local function names_of(instruction)
  if instruction.name == "arg" then
    return list.map(instruction.args, function(arg) return arg.name end)
  end
  return instruction.alias and { instruction.alias, instruction.alias:lower() } or {}
end

return policy {
  id = "definition-comment",
  code = "SL1705",
  title = "Comment of a stage or ARG in another form",
  severity = "info",
  confidence = "low",
  subjects = { "build" },
  on = { instruction = { "from", "arg" } },
  packs = { "style" },
  aliases = { buildkit = "InvalidDefinitionDescription" },

  why = [[Tools that list stages and arguments show the comment above one as its description, where it
begins with the name.]],
  fix = [[Begin the comment with the name, or put an empty comment below it.]],

  check = function(instruction, report)
    local names, comments = names_of(instruction), instruction.comments
    local last = comments[#comments]
    if #names == 0 or not last or text.starts(last, TO_TOOLS) then return end
    if not list.any(names, function(name) return text.starts(last, name .. " ") end) then
      report(instruction, "has a comment above it that does not begin with %s", names[1])
        :also(at(comments, #comments), "the comment")
    end
  end,

  fails = {
    dockerfile = {
      "# the tag\nARG TAG=1\n^^^^^^^^^ a comment above it that does not begin with TAG\nFROM a:$TAG\n",
      "# builds it\n\nFROM a:1 AS build\n^^^^^^^^^^^^^^^^^ does not begin with build\n",
      "FROM a:1\n# A is b\n# B is c\nARG A\n^^^^^ does not begin with A\n",
    },
  },
  passes = {
    dockerfile = {
      "# TAG is the tag\nARG TAG=1\nFROM a:$TAG\n",
      "# what it is\nFROM a:1\n# what it does\nRUN b\n",
      "# Build makes it\nFROM a:1 AS Build\n# B is one of two\nARG A B\n",
      "# all of it\n#\nFROM a:1 AS build\n",
      "# hadolint ignore=DL3006\nFROM a:1 AS build\n",
    },
  },
}
