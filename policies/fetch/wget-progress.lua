-- SPDX-License-Identifier: Apache-2.0

-- Options that print less, or print elsewhere.
local quiet = {
  "-q", "--quiet", "-nv", "--no-verbose", "--progress", "-o", "--output-file", "-a",
  "--append-output", "-b", "--background", "-V", "--version", "-h", "--help", "--spider",
}
-- Bases whose wget is that of busybox, which has no such option.
local small = { "alpine", "busybox", "*alpine*", "*busybox*" }

local function is_small(base)
  return glob.any(small, path.base(base.repository)) or glob.any(small, base.tag or "")
end

-- `-qO-` is a cluster; `-nv` is one option of two letters.
local function is_quiet(command)
  return list.any(command.options, function(option)
    return list.has(quiet, option.name) or text.starts(option.text, "-nv")
  end) or list.any(command.argv, function(word) return text.starts(word.text, "-nv") end)
    or list.any(command.redirections, function(redirection)
      return text.starts(redirection.operator, ">") and redirection.target == "/dev/null"
    end)
end

return policy {
  id = "wget-progress",
  code = "SL1319",
  title = "wget floods the log",
  severity = "info",
  subjects = { "build" },
  on = { command = "wget" },
  packs = { "style" },
  aliases = { hadolint = "DL3047" },

  why = [[Without a terminal wget prints a line for every few kilobytes, and what matters drowns.]],
  fix = [[Add -q, or --progress=dot:giga.]],

  check = function(command, report)
    if is_quiet(command) then return end
    local base = command.stage.base
    if base.raw and is_small(base) then return end
    local finding = report(command, "prints its progress into the log of the build")
    if command.instruction.form ~= "exec" then
      finding:fix("safe", edit.after(command.argv[1], " --progress=dot:giga"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN wget https://example.org/a\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^ prints its progress\n",
      "FROM scratch\nRUN [\"wget\", \"https://example.org/a\"]\n",
      "FROM debian:13\nONBUILD RUN wget -O a https://example.org/a\n",
      { dockerfile = "FROM debian:13\nRUN wget https://example.org/a\n",
        fixed = "FROM debian:13\nRUN wget --progress=dot:giga https://example.org/a\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN wget -q https://example.org/a && wget -qO- https://example.org/b\n",
      "FROM debian:13\nRUN wget -nv https://example.org/a; wget --no-verbose https://example.org/b\n",
      "FROM debian:13\nRUN wget --progress=dot:mega https://example.org/a\n",
      "FROM debian:13\nRUN wget -o /tmp/log https://example.org/a; wget -a /tmp/log https://example.org/b\n",
      "FROM debian:13\nRUN wget --append-output=/tmp/log https://example.org/a\n",
      "FROM debian:13\nRUN wget https://example.org/a 2>/dev/null\n",
      "FROM alpine:3.22\nRUN wget https://example.org/a\n",
      "FROM node:24-alpine\nRUN wget https://example.org/a\n",
    },
  },
  inconclusive = { dockerfile = "ARG BASE\nFROM $BASE\nRUN wget https://example.org/a\n" },
}
