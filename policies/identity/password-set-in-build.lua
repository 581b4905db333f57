-- SPDX-License-Identifier: Apache-2.0

local programs = {
  "chpasswd", "passwd", "useradd", "usermod", "adduser", "sed", "echo", "printf", "cat", "tee",
}

-- Whether a command gets its input from another one, or from the text of the RUN.
local function is_fed(command)
  return list.any(command.preceding, function(before)
    return list.any(before.readers, function(reader) return reader == command end)
  end) or list.any(command.redirections, function(redirection)
    return text.starts(redirection.operator, "<")
  end)
end

-- Whether a password that is written locks the account: `!`, `*`, and the like.
local function is_lock(option)
  local password = option.value.text or ""
  return password:find("^[\"']?[!*x]") ~= nil
end

local function writes(command, files)
  return list.any(command.additions, function(addition) return list.has(files, addition.path) end)
    or list.any(command.operands, function(word) return list.has(files, word.text) end)
end

-- What an account command does to a password, or nil.
local function of_account(command)
  local options = command.options
  if command.name == "chpasswd" then return "sets the password of an account" end
  if command.name == "passwd" then
    if options["-d"] or options["--delete"] then return "empties the password of an account" end
    if options["-l"] or options["--lock"] then return nil end
    if options["--stdin"] or options["-s"] or is_fed(command) then
      return "sets the password of an account"
    end
  end
  local given = options["-p"] or options["--password"]
  if list.has({ "useradd", "usermod" }, command.name) and given and not is_lock(given) then
    return given.value.text == "" and "empties the password of an account"
      or "sets the password of an account"
  end
  if command.name == "adduser" and options["--password"] then
    return "sets the password of an account"
  end
end

-- What a command writes into the files of the accounts or of sshd, or nil.
local function of_file(command)
  local words = table.concat(list.map(command.argv, function(word) return word.text end), " ")
  if text.has(words, "PermitEmptyPasswords") and words:find("PermitEmptyPasswords[^\n]-yes") then
    return "lets accounts without a password log in"
  end
  if command.name == "sed" and writes(command, { "/etc/shadow" })
      and words:find("root:[^:/]*:.*root::") then
    return "empties the password of an account"
  end
  if command.name ~= "sed" and writes(command, { "/etc/shadow" }) and words:find("[%w_-]+::") then
    return "empties the password of an account"
  end
end

return policy {
  id = "password-set-in-build",
  code = "SL1009",
  title = "Account password set or emptied in a build step",
  severity = "high",
  subjects = { "build" },
  on = { command = programs },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.10" },
  aliases = { checkov = "CKV2_DOCKER_17", dockle = "DKL-LI-0001", docker_bench = "4.10" },

  why = [[The password is the same in every container, and the image and its history hold it. An empty
one asks for nothing at all.]],
  fix = [[Set no password: lock the account, and use keys or no login at all.]],

  check = function(command, report)
    local what = of_account(command) or of_file(command)
    if what then report(command, what) end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN echo 'root:a' | chpasswd\n                    ^^^^^^^^ sets the password\n",
      "FROM debian:13\nRUN echo a | passwd --stdin root; printf 'a\\na\\n' | passwd root\n",
      "FROM debian:13\nRUN useradd app -p \"\"\n",
      "FROM alpine:3.22\nRUN adduser --password a app\n",
      "FROM debian:13\nRUN passwd root < /tmp/p\n",
      "FROM debian:13\nRUN usermod --password '$6$a$b' app\n",
      "FROM debian:13\nRUN passwd -d root\n",
      "FROM debian:13\nRUN sed -i 's/root:[*]:/root::/' /etc/shadow\n",
      "FROM debian:13\nRUN echo 'app::19000:0:99999:7:::' >> /etc/shadow\n",
      "FROM debian:13\nRUN echo 'PermitEmptyPasswords yes' >> /etc/ssh/sshd_config\n",
      "FROM debian:13 AS build\nRUN chpasswd </tmp/p\nFROM debian:13\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN useradd -m app && usermod -L app && passwd -l root\n",
      "FROM debian:13\nRUN useradd -p '!' app && usermod -p '*' app\n",
      "FROM debian:13\nRUN adduser --disabled-password app\n",
      "FROM debian:13\nRUN cat /usr/sbin/chpasswd; echo chpasswd\n",
      "FROM debian:13\nRUN sed -i 's/a/b/' /etc/shadow && echo 'PermitEmptyPasswords no' >> /etc/ssh/sshd_config\n",
    },
  },
}
