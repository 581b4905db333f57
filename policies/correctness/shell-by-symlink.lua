-- SPDX-License-Identifier: Apache-2.0

-- Whether a word is the shell of the system, by either of its paths.
local function is_shell(word)
  return word ~= nil and list.has({ "/bin/sh", "/usr/bin/sh" }, word.text)
end

return policy {
  id = "shell-by-symlink",
  code = "SL1612",
  title = "Default shell changed with RUN",
  severity = "low",
  subjects = { "build" },
  on = { command = { "ln", "mv", "cp", "chsh", "dpkg-reconfigure" } },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL4005", kics = "8a301064" },

  why = [[All scripts of the system run by the other shell from then on, which their authors never
tried, and nobody sees it in the Dockerfile's RUN lines.]],
  fix = [[Name the shell with SHELL.]],

  check = function(command, report)
    local operands = command.operands
    if command.name == "dpkg-reconfigure" then
      if list.any(operands, function(word) return word.text == "dash" end) then
        report(command, "changes what /bin/sh is"):severity("info")
      end
    elseif command.name == "chsh" then
      if command.options["-s"] or command.options["--shell"] then
        report(command, "changes the shell of an account")
      end
    elseif #operands > 1 and is_shell(operands[#operands]) then
      report(command, "changes what /bin/sh is")
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN ln -sfv /bin/bash /bin/sh\n    ^^^^^^^^^^^^^^^^^^^^^^^^^ changes what /bin/sh is\n",
      "FROM debian:13\nRUN rm /bin/sh && ln -s bash /usr/bin/sh\n",
      "FROM debian:13\nRUN mv /bin/bash /bin/sh\n",
      "FROM debian:13\nRUN chsh -s /bin/bash\n",
      "FROM debian:13\nONBUILD RUN ln -sf /bin/bash /bin/sh\n",
      { dockerfile = "FROM debian:13\nRUN echo no | dpkg-reconfigure dash\n", severity = "info" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN true\n",
      "FROM debian:13\nRUN ln -s /bin/sh /opt/sh && ln -s a b && x /bin/sh\n",
      "FROM debian:13\nRUN dpkg-reconfigure tzdata && chsh --help\n",
    },
  },
}
