-- SPDX-License-Identifier: Apache-2.0

-- Files that hold credentials, and the Lua patterns behind which one stands in them.
local logins = {
  [".netrc"] = { "password%s+(%S+)" },
  ["_netrc"] = { "password%s+(%S+)" },
  [".npmrc"] = { "_authToken%s*=%s*(%S+)", "_auth%s*=%s*(%S+)", "_password%s*=%s*(%S+)" },
  [".pypirc"] = { "password%s*[=:]%s*(%S+)" },
  [".git-credentials"] = { "://[^%s:/]*:([^%s@]+)@" },
  [".pgpass"] = { "^[^:]*:[^:]*:[^:]*:[^:]*:(%S+)" },
  ["pip.conf"] = { "://[^%s:/]*:([^%s@]+)@" },
}
-- Commands that set one: the words before it, as Lua patterns.
local settings = {
  npm = { "config", "set", "_authToken$", "_auth$", "_password$" },
  pnpm = { "config", "set", "_authToken$", "_auth$", "_password$" },
  aws = { "configure", "set", "^aws_secret_access_key$", "^aws_session_token$" },
}

local options = {}
for _, row in ipairs(facts.secret_options) do
  for _, tool in ipairs(row.tools) do
    options[tool] = options[tool] or {}
    options[tool][row.name] = row.form
  end
end

-- The part of a value that is the credential; nil where it holds none.
local function credential(form, value)
  if form == "pair" then return value:match("^[^:]*:(.+)$") end
  if form == "header" then
    return value:match("^[Aa]uthorization:%s*%a+%s+(%S+)")
      or value:lower():find("^private%-token:") and value:match(":%s*(%S+)")
  end
  if form == "openssl" then return value:match("^pass:(.+)$") end
  return value ~= "" and value or nil
end

-- The names of the variables that a text uses.
local function variables_of(value)
  local names = {}
  for name in value:gmatch("%$%{?([%a_][%w_]*)") do table.insert(names, name) end
  return names
end

local function is_argument(command, name)
  return list.any(command.stage.instructions, function(instruction)
    return instruction.name == "arg" and list.any(instruction.args, function(arg)
      return arg.name == name
    end)
  end)
end

-- How bad it is that a command is given this: nil where nothing of it stays.
local function weight(command, secret)
  if not secret or secret == "" or secret == "-" then return nil end
  if text.has(secret, { "$(", "`" }) then return nil end
  local names = variables_of(secret)
  if #names == 0 then
    return not text.has(secret, "$") and not secrets.is_placeholder(secret) and "high" or nil
  end
  local is_mounted = list.any(command.instruction.mounts, function(mount)
    return mount.env and list.has(names, mount.env)
  end)
  local is_set = list.any(command.preceding, function(before)
    return list.any(before.assignments, function(assignment)
      return list.has(names, assignment.name)
    end)
  end)
  if is_mounted or is_set then return nil end
  return list.any(names, function(name) return is_argument(command, name) end) and "medium" or nil
end

local function tell(place, command, secret, report)
  local severity = weight(command, secret)
  if not severity then return end
  local what = severity == "high" and "a credential" or "a credential by a build argument"
  report(place, "is given %s, which stays in the history of the image", what):severity(severity)
end

local function judge_options(command, report)
  local forms = options[command.name]
  if not forms then return end
  for _, option in ipairs(command.options) do
    local form = forms[option.name]
    if form == "login" and command.verb == "login" then form = "password" end
    local value = form and form ~= "login" and option.value.text
    if value then tell(option, command, credential(form, value), report) end
  end
end

-- A URL with a password in it, wherever it stands.
local function judge_urls(command, report)
  for _, word in ipairs(command.argv) do
    tell(word, command, word.text:match("%a[%w+.-]*://[^%s:/@]*:([^%s/@]+)@"), report)
  end
end

local function judge_setting(command, report)
  local wanted = settings[command.name]
  if not wanted then return end
  local words = list.map(command.argv, function(word) return word.text end)
  for index = 4, #words do
    local is_named = words[2] == wanted[1] and words[3] == wanted[2]
    local key, value = words[index]:match("^([^=]+)=(.+)$")
    for at = 3, #wanted do
      if is_named and key and key:find(wanted[at]) then
        tell(command.argv[index], command, value, report)
      elseif is_named and words[index]:find(wanted[at]) and words[index + 1] then
        tell(command.argv[index + 1], command, words[index + 1], report)
      end
    end
  end
end

-- A line that goes into a file of logins.
local function judge_writes(command, report)
  if not list.has({ "echo", "printf", "cat", "tee" }, command.name) then return end
  local targets = list.map(command.additions, function(addition) return addition.path end)
  for _, reader in ipairs(command.readers) do
    for _, addition in ipairs(reader.additions) do table.insert(targets, addition.path) end
  end
  for _, target in ipairs(targets) do
    for _, pattern in ipairs(logins[path.base(target)] or {}) do
      for _, word in ipairs(command.argv) do
        for secret in word.text:gmatch(pattern) do tell(word, command, secret, report) end
      end
    end
  end
end

-- What names a public key: its fingerprint, or the end of it.
local function is_fingerprint(name, value)
  return text.ends(name:lower(), { "key", "keys" }) and value:find("^0?x?%x+$")
    and list.has({ 8, 10, 16, 18, 40, 42 }, #value)
end

-- `NAME=value` of a name that says what it is. What the shell puts together is not in the line.
local function judge_value(place, name, value, command, report)
  if not text.has(value, { "$", "`" }) and secrets.is_name(name) and secrets.is_name(name, value)
    and not is_fingerprint(name, value) then
    tell(place, command, value, report)
  end
end

local function judge_assignments(command, report)
  for _, assignment in ipairs(command.assignments) do
    if not text.has(raw(assignment) or "$", { "$", "`" }) then
      judge_value(assignment, assignment.name, assignment.value or "", command, report)
    end
  end
  if not list.has({ "export", "declare", "readonly", "typeset" }, command.name) then return end
  for _, word in ipairs(command.argv) do
    local name, value = word.text:match("^([%a_][%w_]*)=(.+)$")
    if name then judge_value(word, name, value, command, report) end
  end
end

return policy {
  id = "no-secret-in-run",
  code = "SL1204",
  title = "Credential on a build command line",
  severity = "high",
  confidence = "medium",
  subjects = { "build" },
  on = "command",
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "4.10", production_guide = { "C6", "4-a" } },
  aliases = { docker_bench = "4.10" },

  why = [[The history of an image keeps each command line: whoever can pull the image, or the build
cache, can read the credential.]],
  fix = [[Mount it for the one RUN that needs it, with --mount=type=secret or type=ssh.]],

  check = function(command, report)
    judge_assignments(command, report)
    judge_options(command, report)
    judge_urls(command, report)
    judge_setting(command, report)
    judge_writes(command, report)
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN curl -u admin:hunter2x https://example.org\n         ^^ is given a credential\n",
      "FROM a:1\nRUN GITHUB_TOKEN=hunter2hunter2 npm ci\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN export A=b DB_PASSWORD='hunter2x' && make\n               ^^^^^^^^^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN curl -sSu admin:hunter2x https://example.org\n",
      "FROM a:1\nRUN curl --user=admin:hunter2x https://example.org\n         ^^^^^^^^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN curl -H 'Authorization: Bearer hunter2hunter2' https://example.org\n",
      "FROM a:1\nRUN wget --password=hunter2x https://example.org\n",
      "FROM a:1\nRUN git clone https://bob:hunter2x@example.org/x.git\n              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN mysql -uroot -phunter2x -e 'select 1'\n",
      "FROM a:1\nRUN sshpass -p hunter2x ssh example.org\n",
      "FROM a:1\nRUN docker login -u bob -p hunter2x example.org\n",
      "FROM a:1\nRUN npm config set //example.org/:_authToken hunter2hunter2\n                                             ^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN npm config set //example.org/:_authToken=hunter2hunter2\n",
      "FROM a:1\nRUN aws configure set aws_secret_access_key hunter2hunter2\n",
      "FROM a:1\nRUN echo '//example.org/:_authToken=hunter2hunter2' > ~/.npmrc\n         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is given a credential\n",
      "FROM a:1\nRUN printf 'machine example.org login bob password hunter2x' >> /root/.netrc\n",
      "FROM a:1\nRUN echo 'https://bob:hunter2x@example.org' | tee /root/.git-credentials\n",
      "FROM a:1\nRUN [\"curl\", \"-u\", \"admin:hunter2x\", \"https://example.org\"]\n",
      { dockerfile = "FROM a:1\nARG TOKEN\nRUN curl -H \"Authorization: Bearer $TOKEN\" https://example.org\n", severity = "medium" },
      { dockerfile = "FROM a:1\nARG TOKEN\nRUN git clone https://bob:${TOKEN}@example.org/x.git\n", severity = "medium" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN --mount=type=secret,id=t,env=TOKEN curl -H \"Authorization: Bearer $TOKEN\" https://example.org\n",
      "FROM a:1\nRUN --mount=type=secret,id=t curl -u \"bob:$(cat /run/secrets/t)\" https://example.org\n",
      "FROM a:1\nARG TOKEN\nRUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) && curl -u bob:$TOKEN https://example.org\n",
      "FROM a:1\nRUN git clone git@example.org:x.git && git clone https://git@example.org/x.git\n",
      "FROM a:1\nRUN curl -u bob https://example.org && curl -H 'Accept: text/plain' https://example.org\n",
      "FROM a:1\nRUN docker run -p 8080:80 x && sshpass -e ssh example.org\n",
      "FROM a:1\nRUN echo 'registry=https://example.org' > ~/.npmrc && npm config set registry https://example.org\n",
      "FROM a:1\nRUN echo 'curl -u admin:hunter2x'\n",
      "FROM a:1\nRUN mysql -p -e 'select 1'\n",
      "FROM a:1\nRUN A=1\n",
      "FROM a:1\nRUN key=0123456789ABCDEF0123456789ABCDEF01234567; gpg --recv-keys $key\n",
      "FROM a:1\nRUN GPG_KEY=0123456789ABCDEF0123456789ABCDEF01234567 && export TOKEN_FILE=/run/secrets/t\n",
      "FROM a:1\nARG TOKEN\nRUN export GITHUB_TOKEN=\"$TOKEN\" DB_PASSWORD=$(cat /run/secrets/p) && make\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nRUN $TOOL -u admin:hunter2x\n" },
}
