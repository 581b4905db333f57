-- SPDX-License-Identifier: Apache-2.0

-- What a value needs around it to stay one word, or nil where that is not plain to see.
local function quotes_for(value)
  if value:find("\n", 1, true) then return nil end
  if value:match('^"[^"\\`]*"$') or value:match("^'[^']*'$") then return "" end
  if value:find("[\"'\\`]") then return nil end
  return value:find("%s") and '"' or ""
end

-- The place of the value, of which the form has one.
local function value_place(instruction)
  if instruction.name == "env" then return at(instruction.env[1], "value") end
  for key in pairs(instruction.labels) do return at(instruction, "labels[" .. key .. "]") end
end

local function fixed(instruction)
  local key, blank, value = raw(instruction):match("^([%w_.-]+)(%s+)(.*)$")
  local quote = key and not blank:find("\n", 1, true) and quotes_for(value)
  if not quote then return nil end
  if quote == "" then return edit.replace(at(instruction, "is_legacy"), "=") end
  return edit.replace(at(instruction, "is_legacy"), '="'), edit.after(value_place(instruction), '"')
end

return policy {
  id = "legacy-key-value",
  code = "SL1615",
  title = "ENV or LABEL without =",
  severity = "info",
  subjects = { "build" },
  on = { instruction = { "env", "label" } },
  packs = { "style" },
  aliases = { buildkit = "LegacyKeyValueFormat" },

  why = [[All that follows the first blank is the value, so that a second pair in the same line becomes
a part of the first.]],
  fix = [[Write name=value.]],

  check = function(instruction, report)
    if not instruction.is_legacy then return end
    report(instruction, "divides name and value by a blank"):fix("safe", fixed(instruction))
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nENV A b\n^^^^^^^ divides name and value by a blank\n",
      "FROM a:1\nLABEL key value\n^^^^^^^^^^^^^^^ by a blank\n",
      "FROM a:1\nENV A \"b\" c\n^^^^^^^^^^^ by a blank\n",
      { dockerfile = "FROM a:1\nENV  A\t b\n", fixed = "FROM a:1\nENV  A=b\n" },
      { dockerfile = "FROM a:1\nenv A b $C  d\n", fixed = "FROM a:1\nenv A=\"b $C  d\"\n" },
      { dockerfile = "FROM a:1\nLABEL a.b \"c d\"\n", fixed = "FROM a:1\nLABEL a.b=\"c d\"\n" },
      { dockerfile = "FROM a:1\nLABEL a-b c d\n", fixed = "FROM a:1\nLABEL a-b=\"c d\"\n" },
      { dockerfile = "FROM a:1\nONBUILD ENV A b\n", fixed = "FROM a:1\nONBUILD ENV A=b\n" },
    },
  },
  passes = {
    dockerfile = { "FROM a:1\nENV A=b C=d\nLABEL e=f\nARG G H\n", "FROM a:1\nENV A= B=c\n" },
  },
}
