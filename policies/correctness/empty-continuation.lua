-- SPDX-License-Identifier: Apache-2.0

local MOST_EDITS = 60

return policy {
  id = "empty-continuation",
  code = "SL1616",
  title = "Empty line in a continued instruction",
  severity = "low",
  subjects = { "build" },
  on = "instruction",
  packs = { "recommended", "strict", "style" },
  aliases = { buildkit = "NoEmptyContinuation" },

  why = [[The instruction goes on behind the empty line, whatever the eye says. Builders warn of it
today and are to refuse it.]],
  fix = [[Delete the empty line.]],

  check = function(instruction, report)
    local lines = instruction.blank_lines
    if #lines == 0 then return end
    local finding = report(at(lines, 1), "is an empty line inside of %s", instruction.name:upper())
    if #lines <= MOST_EDITS then
      local edits = {}
      for i = 1, #lines do edits[i] = edit.delete(at(lines, i)) end
      finding:fix("safe", table.unpack(edits))
    end
  end,

  fails = {
    dockerfile = {
      { dockerfile = "FROM a:1\nRUN b && \\\n\n    c\n", fixed = "FROM a:1\nRUN b && \\\n    c\n" },
      { dockerfile = "FROM a:1\nRUN b && \\\n  \n    c \\\n\n\t\n    d\nRUN e\n",
        fixed = "FROM a:1\nRUN b && \\\n    c \\\n    d\nRUN e\n", count = 1 },
      { dockerfile = "FROM a:1\nCOPY \\\n\n <<EOF /b\n\nEOF\n",
        fixed = "FROM a:1\nCOPY \\\n <<EOF /b\n\nEOF\n" },
      { dockerfile = "FROM a:1\nRUN b \\\n\n", fixed = "FROM a:1\nRUN b \\\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN b && \\\n    # c\n    d\n\nRUN e\n",
      "FROM a:1\nRUN <<EOF\nb\n\nc\nEOF\n",
    },
  },
}
