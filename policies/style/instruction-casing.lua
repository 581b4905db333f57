-- SPDX-License-Identifier: Apache-2.0

local KEYWORDS = {
  add = true, arg = true, cmd = true, copy = true, entrypoint = true, env = true, expose = true,
  from = true, healthcheck = true, label = true, maintainer = true, onbuild = true, run = true,
  shell = true, stopsignal = true, user = true, volume = true, workdir = true,
}

local function letters(node, field)
  return (raw(node, field):gsub("%A", ""))
end

-- "lower" or "upper", or nil where a word is neither.
local function casing(word)
  return word == word:lower() and "lower" or word == word:upper() and "upper" or nil
end

local function in_case(word, case)
  return case == "lower" and word:lower() or word:upper()
end

-- Those that stand where they are run: no trigger, neither in its ONBUILD nor in a later stage, nor
-- of a base.
local function each_instruction(build, visit)
  for _, stage in ipairs(build.stages) do
    local first = where(stage).line
    for _, instruction in ipairs(stage.instructions) do
      if KEYWORDS[instruction.name] and (not instruction.onbuild or instruction.name == "onbuild")
        and where(instruction).line >= first and state(instruction, "name") ~= "linked" then
        visit(instruction, letters(instruction, "name"))
      end
    end
  end
end

local function majority(build)
  local count = { lower = 0, upper = 0 }
  each_instruction(build, function(_, keyword)
    local case = casing(keyword)
    if case then count[case] = count[case] + 1 end
  end)
  return count.lower > count.upper and "lower" or "upper"
end

-- AS goes with its FROM, and is set right with it.
local function judge_as(from, keyword, case, report)
  local word, own = from.as, casing(keyword)
  if not word or not own or word == in_case(word, own) then return end
  local finding = report(at(from, "as"), "writes %s where its %s is in %s case", word, keyword, own)
  if own == case then finding:fix("safe", edit.replace(at(from, "as"), in_case(word, case))) end
end

return policy {
  id = "instruction-casing",
  code = "SL1702",
  title = "Mixed keyword casing",
  severity = "info",
  subjects = { "build" },
  packs = { "style" },
  aliases = { buildkit = { "ConsistentInstructionCasing", "FromAsCasing" } },

  why = [[Keywords that look alike are found at a glance; one that does not looks like an argument.]],
  fix = [[Write all keywords in upper case, or all in lower case.]],

  check = function(build, report)
    local case = majority(build)
    each_instruction(build, function(instruction, keyword)
      if keyword ~= in_case(keyword, case) then
        local as = instruction.as
        report(at(instruction, "name"), "writes %s where most keywords are in %s case", keyword, case)
          :fix("safe", edit.replace(at(instruction, "name"), in_case(keyword, case)),
            as and as ~= in_case(as, case) and edit.replace(at(instruction, "as"), in_case(as, case))
              or nil)
      end
      judge_as(instruction, keyword, case, report)
    end)
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nrun b\n^^^ writes run where most keywords are in upper case\nRUN c\n",
      "from a:1\nCOPY b c\n^^^^ in lower case\nrun d\n",
      "FROM a:1\nEnv A=b\n^^^ writes Env\n",
      "FROM a:1 as b\n         ^^ writes as where its FROM is in upper case\n",
      "from a:1 AS b\n         ^^ writes AS where its from is in lower case\nrun c\n",
      "FROM a:1\nonbuild RUN b\n^^^^^^^ writes onbuild\n",
      { dockerfile = "From a:1 as b\nRUN c\n", fixed = "FROM a:1 AS b\nRUN c\n" },
      { dockerfile = "from a:1 AS b\nRUN c\nRUN d\n", fixed = "FROM a:1 AS b\nRUN c\nRUN d\n", count = 2 },
      { dockerfile = "from a:1 AS b\nrun c\n", fixed = "from a:1 as b\nrun c\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1 AS b\nRUN c\n",
      "from a:1 as b\nrun c\n",
      "arg V=1\nFROM a:$V\nRUN c\n",
      "FROM a:1\nONBUILD run b\n",
      "FROM a:1 AS b\nONBUILD run c\nFROM b\nRUN d\n",
    },
    { files = { Dockerfile = "FROM b:1\nRUN a\n", ["b.json"] = [=[
[{"Id": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
  "RepoTags": ["b:1"], "RootFS": {}, "Config": {"OnBuild": ["run b"]}}]
]=] } },
  },
}
