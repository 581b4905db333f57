-- SPDX-License-Identifier: Apache-2.0

-- Forms of a reference that say themselves what holds where the variable is not set.
local says_itself = { [":-"] = true, ["-"] = true, [":+"] = true, ["+"] = true, [":?"] = true, ["?"] = true }

-- `ENV P=/x:$P` adds to what may be there.
local function adds_to_itself(instruction, name)
  return list.any(instruction.env, function(env)
    return env.name == name
      and text.has(raw(env), { "$" .. name, "${" .. name .. "}" })
  end)
end

local function lies_in(inner, outer)
  return (inner.line > outer.line or inner.line == outer.line and inner.column >= outer.column)
    and (inner.end_line < outer.end_line
      or inner.end_line == outer.end_line and inner.end_column <= outer.end_column)
end

-- A `$` in a password may be meant as one: what follows it is not for everybody to read.
local function is_in_secret(instruction, variable)
  local function holds_it(pair)
    return secrets.is_name(pair.name) and lies_in(where(variable), where(pair))
  end
  return list.any(instruction.env, holds_it) or list.any(instruction.args, holds_it)
end

return policy {
  id = "undefined-variable",
  code = "SL1606",
  title = "Variable used before definition",
  severity = "low",
  confidence = "medium",
  subjects = { "build" },
  on = "instruction",
  packs = { "recommended", "strict" },
  aliases = { buildkit = "UndefinedVar" },

  why = [[A variable that nothing sets is replaced by nothing, without a word: a path becomes another
one, a version none.]],
  fix = [[Declare it with ARG or ENV in this stage, before it is used.]],

  check = function(instruction, report)
    if instruction.name == "from" then return end
    for _, variable in ipairs(instruction.undeclared) do
      if is_in_secret(instruction, variable) then
        if variable.is_unset then report(variable, "uses a variable that nothing before it sets") end
      elseif not says_itself[variable.operator or ""]
        and not adds_to_itself(instruction, variable.name) and variable.is_unset then
        local near = variable.suggestion
        report(variable, "uses $%s, which nothing before it sets%s", variable.name,
          near and "; did you mean $" .. near .. "?" or "")
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM scratch\nCOPY $FILE /\n     ^^^^^ uses $FILE, which nothing before it sets\n",
      "FROM scratch\nARG FILES=a\nCOPY ${FILE} /\n     ^^^^^^^ did you mean $FILES?\n",
      "ARG V=1\nFROM scratch\nENV A=$V\n      ^^ uses $V\n",
      "FROM scratch\nENV A=$TARGETARCH\n      ^^^^^^^^^^^ uses $TARGETARCH\n",
      "FROM scratch\nENV B=1 C=$A A=$B\n          ^^ uses $A\n",
      "FROM scratch\nWORKDIR /$D\n         ^^ uses $D\nARG D=d\n",
      "FROM scratch\nCOPY <<EOF /a\nb $C\n  ^^ uses $C\nEOF\n",
      "FROM scratch\nUSER ${U%x}\n     ^^^^^^ uses $U\n",
      "FROM scratch AS a\nARG V=1\nFROM scratch\nLABEL v=\"$V\"\n         ^^ uses $V\n",
      "FROM scratch\nENV DB_PASSWORD=ab$cd\n                  ^^^ uses a variable that\n",
      { dockerfile = "FROM scratch\nLABEL a=$B c=$D\n", count = 2 },
      { dockerfile = "FROM scratch\nENV A=$V\n", build_args = { V = "1" } },
    },
  },
  passes = {
    dockerfile = {
      "FROM scratch\nARG FILE\nCOPY $FILE /\n",
      "FROM scratch\nRUN echo $A\nCMD echo $B\n",
      "FROM scratch\nENV A=${B:-c} D=${E-f} G=${H:+i}\n",
      "FROM scratch\nENV LIB=/lib:$LIB PATH=/bin:$PATH\n",
      "FROM scratch\nENV A=$HTTP_PROXY\n",
      "FROM a:1\nENV PATH=/bin:$PATH\n",
      "FROM scratch\nENV A=\\$B C='$D'\n",
      "FROM scratch\nCOPY <<'EOF' /a\n$B\nEOF\n",
      "FROM scratch AS a\nENV A=1\nFROM a\nENV B=$A\n",
      "FROM scratch\nONBUILD ENV A=$B\n",
      "FROM a:$V\n",
    },
  },
  inconclusive = { dockerfile = { "FROM debian:12\nCOPY $FILE /\n", "ARG B\nFROM $B\nENV A=$C\n" } },
}
