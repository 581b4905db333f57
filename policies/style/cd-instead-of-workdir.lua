-- SPDX-License-Identifier: Apache-2.0

-- Folders that a step makes and leaves again.
local passing = { "/tmp", "/var/tmp", "/usr/src", "/usr/local/src", "/build", "/src" }

local function is_passing(folder)
  return not folder or folder == "-" or text.starts(folder, { "$", "`" })
    or list.any(passing, function(outer) return path.covers(outer, folder) end)
end

local function changes(command)
  return known(command, "name") and command.name == "cd"
end

-- Whoever returns has been elsewhere for a purpose.
local function goes_back(command)
  return command.operands[1] and command.operands[1].text == "-"
end

return policy {
  id = "cd-instead-of-workdir",
  code = "SL1505",
  title = "cd used to change directory",
  severity = "info",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = "run" },
  packs = { "style" },
  aliases = { hadolint = "DL3003", trivy = "DS-0013", kics = "f4a6bcd3" },

  why = [[What cd does ends with its RUN. The next instruction starts where WORKDIR says, whatever
was meant.]],
  fix = [[Set WORKDIR before it.]],

  check = function(run, report)
    local commands = run.commands
    local first, last = commands[1], commands[#commands]
    if not first or run.form == "exec" then return end
    if changes(last) and not goes_back(last) and not text.starts(raw(run), "(") then
      report(last, "has no effect, because the RUN ends here")
      return
    end
    if not changes(first) then return end
    local others = list.filter(commands, function(command)
      return list.has({ "cd", "pushd", "popd" }, command.name)
    end)
    if #others == 1 and first.operands[1]
        and not is_passing(first.operands[1].text) and not text.starts(raw(run), "(") then
      report(first, "is for all of this RUN, as WORKDIR would be")
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN cd /srv/app && make\n    ^^^^^^^^^^^ is for all of this RUN\n",
      "FROM debian:13\nRUN cd /srv/app\n    ^^^^^^^^^^^ has no effect\n",
      "FROM debian:13\nRUN true; cd /tmp\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nWORKDIR /srv/app\nRUN make\n",
      "FROM debian:13\nRUN (cd /srv/app && make)\n",
      "FROM debian:13\nRUN cd /tmp/a && make && cd .. && rm -r a\n",
      "FROM debian:13\nRUN cd /srv/a && make && cd - && true\n",
      "FROM debian:13\nRUN make && cd /tmp/a && make && cd -\n",
      "FROM debian:13\nRUN cd \"$D\" && make\n",
      "FROM debian:13\nRUN echo cd /srv\n",
      "FROM debian:13\nRUN [\"cd\", \"/srv\"]\n",
    },
  },
}
