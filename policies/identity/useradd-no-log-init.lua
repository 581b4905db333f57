-- SPDX-License-Identifier: Apache-2.0

local large = 99999 -- uids above it make the files of last logins larger than a layer should be

return policy {
  id = "useradd-no-log-init",
  code = "SL1013",
  title = "useradd with huge uid fills lastlog",
  severity = "low",
  subjects = { "build" },
  on = { command = "useradd" },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3046" },

  why = [[useradd writes entries for last logins at the place of the uid. The file is sparse, the layer
is not: the image grows by gigabytes.]],
  fix = [[Add --no-log-init.]],

  check = function(command, report)
    local options = command.options
    if options["-l"] or options["--no-log-init"] then return end
    local uid = options["-u"] or options["--uid"]
    local number = uid and uid.value.value and tonumber(uid.value.value)
    if not number or number <= large then return end
    local finding = report(command, "makes room for the logins of %d accounts", number)
    if command.instruction.form ~= "exec" then
      finding:fix("safe", edit.after(command.argv[1], " --no-log-init"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN useradd -u 123456 app\n    ^^^^^^^^^^^^^^^^^^^^^ makes room for the logins of 123456\n",
      "FROM debian:13\nRUN useradd --uid=1000000 -m app\n",
      { dockerfile = "FROM debian:13\nRUN useradd -u 123456 app\n",
        fixed = "FROM debian:13\nRUN useradd --no-log-init -u 123456 app\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN useradd -u 10001 app && useradd b\n",
      "FROM debian:13\nRUN useradd -lm -u 123456 app; useradd --no-log-init --uid 123457 b\n",
      "FROM alpine:3.22\nRUN adduser -D -u 123456 app\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:13\nARG U\nRUN useradd -u $U app\n" },
}
