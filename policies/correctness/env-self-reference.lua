-- SPDX-License-Identifier: Apache-2.0

-- The variables that a value refers to, as a set.
local function references(value)
  local found = {}
  for backslashes, name in value:gmatch("(\\*)%${?([%a_][%w_]*)") do
    if #backslashes % 2 == 0 then found[name] = true end
  end
  return found
end

-- Whether the variable has no value before this instruction, which might be the one that is meant:
-- one that goes on from itself has one in the base.
local function is_new(env, variable)
  return not references(raw(variable, "value") or "")[variable.name]
    and list.any(env.undeclared, function(use) return use.name == variable.name end)
end

return policy {
  id = "env-self-reference",
  code = "SL1608",
  title = "ENV refers to itself in one statement",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = "env" },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3044" },

  why = [[All values of one ENV are made from what held before it. A variable of the same ENV is still
empty there, or has its old value.]],
  fix = [[Set the first variable in an ENV of its own, before.]],

  check = function(env, report)
    for _, user in ipairs(env.env) do
      local used = references(raw(user, "value") or "")
      for _, other in ipairs(env.env) do
        if other ~= user and used[other.name] and is_new(env, other) then
          report(user, "%s uses %s, which has no value before this ENV ends", user.name, other.name)
            :also(other, "set here")
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nENV A=/opt B=$A/bin\n           ^^^^^^^^ B uses A\n",
      "FROM debian:13\nENV A=/opt B=\"${A}/bin\"\n",
      "FROM debian:13\nENV B=${A:-x} A=1\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nENV A=/opt\nENV B=$A/bin\n",
      "FROM debian:13\nENV PATH=/opt/bin:$PATH\n",
      "FROM debian:13\nENV A=1 B=${AB}/x C=\\$A\n",
      "FROM debian:13\nENV A=$A:/opt B=$A\n",
      "FROM debian:13\nARG A=/opt\nENV A=$A B=$A/bin\n",
    },
  },
}
