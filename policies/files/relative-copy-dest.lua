-- SPDX-License-Identifier: Apache-2.0

-- A drive is meant to be absolute, also where the base does not show that it is of Windows.
local function has_drive(copy)
  return (raw(copy, "target") or ""):match("^[\"']?%a:[\\/]")
end

return policy {
  id = "relative-copy-dest",
  code = "SL1503",
  title = "COPY to a relative path without WORKDIR",
  severity = "low",
  subjects = { "build" },
  on = { instruction = { "copy", "add" } },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3045" },

  why = [[Without a WORKDIR the files land wherever the base image happens to start, and somewhere
else once the base changes.]],
  fix = [[Set WORKDIR before it, or use an absolute destination.]],

  check = function(copy, report)
    if copy.onbuild or copy.has_workdir then return end
    if copy.is_absolute ~= false or has_drive(copy) then return end
    -- What is made FROM scratch starts in /.
    if not copy.stage.base.raw then return end
    report(at(copy, "target"), "%s is below wherever the base image starts", copy.target)
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nCOPY app.py app/\n            ^^^^ below wherever the base image starts\n",
      "FROM a:1\nADD app.tar.gz .\n               ^ below wherever\n",
      "FROM a:1 AS one\nWORKDIR /app\nFROM a:1\nCOPY a b\n       ^ b is below\n",
      "FROM a:1\nCOPY a b\n       ^ b is below\nWORKDIR /app\n",
      "FROM a:1\nARG D=app\nCOPY a $D\n       ^^ app is below\n",
      "FROM a:1\nCOPY <<EOF greeting\nhello\nEOF\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nCOPY a /app/\n",
      "FROM a:1\nWORKDIR /app\nCOPY a b\n",
      "FROM a:1 AS base\nWORKDIR /app\nFROM base\nCOPY a .\n",
      "FROM a:1\nENV HOME=/root\nCOPY a $HOME/x\n",
      "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCOPY a c:\\\\app\\\\\n",
      "FROM a:1\nCOPY a d:\\app\\b\n",
      "FROM a:1\nONBUILD COPY a b\n",
      "FROM scratch AS base\nFROM base\nCOPY app .\n",
    },
  },
  inconclusive = {
    dockerfile = { "FROM a:1\nARG D\nCOPY a $D\n", "ARG BASE\nFROM $BASE\nCOPY a b\n" },
  },
}
