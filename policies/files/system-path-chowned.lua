-- SPDX-License-Identifier: Apache-2.0

-- Folders that hold what a process trusts: programs, libraries, accounts, lists of packages.
local folders = {
  "/", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/usr", "/usr/bin", "/usr/sbin",
  "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/local", "/usr/local/bin", "/usr/local/sbin",
  "/usr/local/lib", "/var", "/var/lib", "/var/lib/dpkg", "/var/lib/apk", "/var/lib/rpm", "/root",
  "/etc/apk", "/etc/apt", "/etc/cron.d", "/etc/ld.so.conf.d", "/etc/pam.d", "/etc/ssl",
  "/etc/sudoers.d",
}

-- Whether an owner, `OWNER[:GROUP]` or a group alone, is somebody else than root.
local function is_foreign(owner)
  return list.any(text.split(owner:gsub("%.", ":"), ":"), function(name)
    return name ~= "" and name ~= "root" and not name:match("^0+$")
  end)
end

-- Whether a mode lets others than the owner write; of an octal one the last two digits tell.
local function opens(mode)
  if mode:match("^[0-7]+$") then
    return mode:match("[2367]$") ~= nil or #mode > 1 and mode:match("[2367][0-7]$") ~= nil
  end
  return list.any(text.split(mode, ","), function(clause)
    local who, what = clause:match("^([ugoa]*)[+=]([rwxXst]*)$")
    return who ~= nil and what:match("w") ~= nil and who:match("[goa]") ~= nil
  end)
end

local judges = { chown = is_foreign, chgrp = is_foreign, chmod = opens }

-- The folder of the list that a word names; `/usr/bin/*` is all that is in it.
local function system_folder(word)
  local folder = word.text:gsub("/[*.]$", "")
  return text.starts(word.text, "/") and list.find(folders, function(system)
    return path.clean(folder == "" and "/" or folder) == system
  end)
end

-- Whether a command goes down into folders, and its operands.
local function read_words(command)
  local operands, recursive, ended = {}, false, false
  for index, word in ipairs(command.argv) do
    local is_option = not ended and text.starts(word.text, "-") and #word.text > 1
    if is_option then
      recursive = recursive or word.text == "--recursive"
        or word.text:match("^%-[^-]*R") ~= nil
      ended = word.text == "--"
    elseif index > 1 then
      table.insert(operands, word)
    end
  end
  return recursive, operands
end

return policy {
  id = "system-path-chowned",
  code = "SL1016",
  title = "System paths made writable to the app user",
  severity = "high",
  subjects = { "build" },
  on = { command = { "chown", "chmod", "chgrp" } },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = "4.1.2", production_guide = { "why-2", "3-c" } },

  why = [[Who may write the programs, libraries or accounts of an image changes what runs in it,
whatever user it runs as.]],
  fix = [[Change only the folders that the application writes.]],

  check = function(command, report)
    if not command.instruction.in_image then return end
    local recursive, operands = read_words(command)
    local folder = recursive and list.find(operands, system_folder)
    if not folder then return end

    -- With --reference there is no owner or mode before the paths.
    local who = operands[1]
    if who ~= folder and judges[command.name](who.value) then
      report(command, command.name == "chmod" and "opens all of %s to be written: %s"
        or "gives all of %s to %s", folder.text, who.text)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN chown -R app:app /etc\n    ^^^^^^^^^^^^^^^^^^^^^ gives all of /etc to app:app\n",
      "FROM debian:13\nRUN chmod -R 777 /usr/local/\n    ^^^^^^^^^^^^^^^^^^^^^^^^ opens all of /usr/local/ to be written: 777\n",
      "FROM debian:13\nRUN [\"chgrp\", \"--recursive\", \"0\", \"/srv\"]\nRUN chgrp -cR staff /usr/bin /srv\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gives all of /usr/bin to staff\n",
      "FROM debian:13\nRUN true && chmod -R a+rwX /root\n            ^^^^^^^^^^^^^^^^^^^^ opens all of /root\n",
      "FROM debian:13\nRUN chown -R 1001 /*\n",
      "FROM debian:13\nRUN chmod -R g=u,o+w /var/lib\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN chown -R app:app /app /usr/src/app /var/lib/app /etc/nginx/conf.d\n",
      "FROM debian:13\nRUN chown -R root:root /etc && chown -R 0:0 /usr && chgrp -R root /usr\n",
      "FROM debian:13\nRUN chmod -R 755 /usr/local/bin && chmod -R u+w,go-w /etc\n",
      "FROM debian:13\nRUN chown app /etc\n",
      "FROM debian:13 AS build\nRUN chmod -R 777 /usr\nFROM scratch\n",
      "FROM debian:13\nRUN chown -R --reference=/srv /etc\n",
      "FROM debian:13\nRUN echo chown -R app /etc\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:13\nARG OWNER\nRUN chown -R $OWNER /etc\n" },
}
