-- SPDX-License-Identifier: Apache-2.0

-- Forms of a reference that say themselves what holds where the variable is not set.
local says_itself = { [":-"] = true, ["-"] = true, [":+"] = true, ["+"] = true, [":?"] = true, ["?"] = true }

return policy {
  id = "from-arg-unusable",
  code = "SL1114",
  title = "FROM uses an undeclared or empty ARG",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = "from" },
  packs = { "recommended", "strict" },
  aliases = { buildkit = { "UndefinedArgInFrom", "InvalidDefaultArgInFrom" } },

  why = [[Without an argument that nobody is told of the build fails, or takes another image than was
meant.]],
  fix = [[Declare the argument before the first FROM, with a default that makes a whole reference.]],

  check = function(from, report)
    local has_reported = false
    for _, variable in ipairs(from.undeclared) do
      if not says_itself[variable.operator or ""] then
        local near = variable.suggestion
        report(variable, "uses $%s, which no ARG before the first FROM declares%s", variable.name,
          near and "; did you mean $" .. near .. "?" or "")
        has_reported = true
      end
    end
    local default = from.default_image
    if has_reported or not default or image.parse(default) then return end
    report(at(from, "default_image"), "is no image unless a build argument is given, but %s",
      default == "" and "empty" or default)
  end,

  fails = {
    dockerfile = {
      "FROM a:$V\n       ^^ uses $V, which no ARG before the first FROM declares\n",
      "ARG VERSION=1\nFROM a:${VERSOIN}\n       ^^^^^^^^^^ did you mean $VERSION?\n",
      "FROM --platform=$BULIDPLATFORM a:1\n                ^^^^^^^^^^^^^^ did you mean $BUILDPLATFORM?\n",
      "FROM a:1 AS b\nARG V=1\nFROM c:$V\n       ^^ uses $V\n",
      "ARG V\nFROM a:$V\n     ^^^^ is no image unless a build argument is given, but a:\n",
      "ARG I\nFROM $I\n     ^^ is no image unless a build argument is given, but empty\n",
      "ARG V=1 W=$U\nFROM a:$V$W\nFROM a:$W\n     ^^^^ is no image\n",
      { dockerfile = "FROM a:$V\n", build_args = { V = "1" } },
      { dockerfile = "ARG V\nFROM a:$V\n", build_args = { V = "!" } },
    },
  },
  passes = {
    dockerfile = {
      "ARG V=1\nFROM a:$V\n",
      "FROM --platform=$BUILDPLATFORM a-$TARGETARCH:1\n",
      "FROM ${IMAGE:-debian:12}\n",
      "ARG V=\nFROM a:1$V AS base\nARG S=base\nFROM base$V\n",
      { dockerfile = "ARG V\nFROM a:$V\n", build_args = { V = "1" } },
      { dockerfile = "ARG S\nFROM a:1 AS b\nFROM $S\n", build_args = { S = "b" } },
      "FROM a:1\n",
    },
  },
}
