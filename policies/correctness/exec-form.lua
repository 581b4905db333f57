-- SPDX-License-Identifier: Apache-2.0

-- What only a shell knows: no program of that name need be there.
local BUILTINS = {
  "alias", "bg", "cd", "command", "eval", "exec", "exit", "export", "fg", "for", "if", "read",
  "readonly", "return", "set", "shift", "source", "time", "trap", "type", "ulimit", "umask", "unset",
  "until", "wait", "while",
}

-- The exec form of plain words, which a shell would pass on as they are.
local function exec_form(line)
  if not line:match("^[%w_./][%w%s_./:@%%+=,-]*$") or line:find("\n", 1, true) then return nil end
  local words = {}
  for word in line:gmatch("%S+") do words[#words + 1] = '"' .. word .. '"' end
  if words[1]:find("=", 1, true) or list.has(BUILTINS, line:match("^%S+")) then return nil end
  return "[" .. table.concat(words, ", ") .. "]"
end

-- Whether nothing changes but the shell: a CMD that is passed to an ENTRYPOINT is words to it, and
-- an ENTRYPOINT without a shell gets those of a CMD.
local function is_alone(instruction, image)
  local other = instruction.name == "cmd" and "entrypoint" or "command"
  return known(image, other) and #image[other] == 0
end

local function runs_exec(instruction)
  local commands = instruction.commands
  return #commands == 1 and list.has(commands[1].wrappers, "exec")
end

return policy {
  id = "exec-form",
  code = "SL1604",
  title = "CMD or ENTRYPOINT in shell form",
  severity = "low",
  subjects = { "build" },
  on = { instruction = { "cmd", "entrypoint" } },
  packs = { "recommended", "strict", "style" },
  aliases = {
    hadolint = "DL3025",
    buildkit = "JSONArgsRecommended",
    kics = "b86987e1",
  },

  why = [[The shell becomes the first process. It passes no signal on, so that the program is killed
instead of stopped; and where the image has no shell, nothing starts.]],
  fix = [[Write the command as a JSON array, CMD ["program", "argument"].]],

  check = function(instruction, report, build)
    if instruction.onbuild or not instruction.in_image or instruction.form == "exec"
      or instruction.has_shell then
      return
    end
    local line = raw(instruction)
    if text.starts(line, "[") then
      report(instruction, "looks like a JSON array and is none, so that a shell runs it as text")
      return
    end
    local finding = report(instruction, "runs its command through a shell, which passes no signal on")
    if runs_exec(instruction) then finding:severity("info") end
    local form = exec_form(line)
    if form then
      finding:fix(is_alone(instruction, build.image) and "safe" or "unsafe",
        edit.replace(instruction, raw(instruction, "name") .. " " .. form))
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nCMD app --port 80\n^^^^^^^^^^^^^^^^^ runs its command through a shell\n",
      "FROM a:1\nENTRYPOINT app\n^^^^^^^^^^^^^^ through a shell\n",
      "FROM a:1\nCMD ['app', 'b']\n^^^^^^^^^^^^^^^^ looks like a JSON array and is none\n",
      "FROM a:1\nCMD\n^^^ through a shell\n",
      "FROM a:1\nHEALTHCHECK CMD b\nCMD $APP && b\n^^^^^^^^^^^^^ through a shell\n",
      "FROM a:1 AS base\nCMD app\n^^^^^^^ through a shell\nFROM base\n",
      { dockerfile = "FROM a:1\nCMD exec app\n", severity = "info" },
      { dockerfile = "FROM scratch\nCMD /app  --port 80\n", fixed = "FROM scratch\nCMD [\"/app\", \"--port\", \"80\"]\n" },
      { dockerfile = "FROM scratch\nentrypoint /app\n", fixed = "FROM scratch\nentrypoint [\"/app\"]\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nCMD [\"app\"]\n",
      "FROM a:1\nSHELL [\"/bin/bash\", \"-c\"]\nCMD app\n",
      "FROM a:1 AS base\nSHELL [\"/bin/bash\", \"-c\"]\nFROM base\nCMD app\n",
      "FROM a:1\nHEALTHCHECK CMD app\n",
      "FROM a:1 AS build\nCMD app\nFROM a:1\n",
      "FROM a:1\nONBUILD CMD app\n",
    },
  },
}
