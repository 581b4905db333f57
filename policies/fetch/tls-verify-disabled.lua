-- SPDX-License-Identifier: Apache-2.0

-- Configuration files in which a line sets what an option would.
local configurations = {
  ".curlrc", ".wgetrc", ".gitconfig", ".npmrc", ".yarnrc", ".yarnrc.yml", "pip.conf", ".condarc",
  ".gemrc", "yum.conf", "dnf.conf", "*.repo", "apt.conf", "ssh_config", "config", "gitconfig",
  "wgetrc",
}
local writers = { "echo", "printf", "cat", "tee" }
local exporters = { "export", "declare" }

-- The rows of the facts: options and settings by their tool, all settings, variables by their name.
local by_tool, settings, variables = {}, {}, {}
for _, row in ipairs(facts.tls_off) do
  local plain = { kind = row.kind, names = row.names, off = row.off, severity = row.severity }
  for _, name in ipairs(plain.kind == "variable" and plain.names or {}) do
    variables[name] = plain
  end
  for _, tool in ipairs(plain.kind ~= "variable" and row.tools or {}) do
    by_tool[tool] = by_tool[tool] or {}
    table.insert(by_tool[tool], plain)
  end
  if plain.kind == "setting" then table.insert(settings, plain) end
end

local function fits(globs, value)
  return list.any(globs, function(glob_)
    return glob.match(glob_:lower():gsub("%*", "**"), value:lower())
  end)
end

local function unquoted(value)
  return (value:gsub("^[%s=:'\"]+", ""):gsub("[%s;'\"]+$", ""))
end

-- The name of the tool that a command is, as the facts call it.
local function tool_of(words)
  local name = words[1] and path.base(words[1])
  if not name then return nil end
  if glob.any({ "python", "python[0-9]*" }, name) then
    return words[2] == "-m" and words[3] or name
  end
  return name:match("^pip[%d.]*$") and "pip" or name
end

-- ---- options ----

-- Whether an option of this name and value, which it may lack, switches verification off.
local function is_switch(row, name, value)
  if row.kind ~= "option" or not list.has(row.names, name) then return false end
  if row.off then return fits(row.off, value or "") end
  return not (value and list.has({ "false", "0", "no" }, value:lower()))
end

-- The options in a word that nobody has read: `-fk` is -f and -k.
local function options_in(word)
  if text.starts(word, "--") or #word < 3 or not word:match("^%-%a+$") then
    local name, value = word:match("^(%-[^=]+)=(.*)$")
    return { { name = name or word, value = value } }
  end
  local found = {}
  for letter in word:sub(2):gmatch(".") do table.insert(found, { name = "-" .. letter }) end
  return found
end

-- ---- settings ----

-- Whether a word names the setting and switches it off, itself or by the next word.
local function has_setting(row, words, at)
  return list.any(row.names, function(name)
    local word = words[at]
    local from, to = word:lower():find(name:lower(), 1, true)
    if not from or not row.off then return false end
    if from > 1 and not text.has("=.?&-/ \"'{", word:sub(from - 1, from - 1)) then return false end
    local value = word:sub(to + 1)
    if value == "" then value = words[at + 1] or "" end
    value = unquoted(value):match("^[^%s;&'\"]*")
    return value ~= "" and fits(row.off, value)
  end)
end

-- ---- variables ----

local function variable(name, value)
  local row = variables[name]
  if not row or not row.off then return row and value == "" and row end
  return value ~= "" and fits(row.off, value) and row
end

-- The row that a variable of the document fits; the value of any other need not be known.
local function row_of(entry)
  return variables[entry.name] and known(entry, "value") and variable(entry.name, entry.value or "")
end

-- ---- words of a command ----

-- Calls found(index, row) for each word that switches verification off by a setting: one of the
-- tool itself, or of a line that goes into its configuration.
local function each_setting(words, tool, rows, found)
  local exports = list.has(exporters, tool)
  if not rows and not exports then return end

  for at = 2, #words do
    if words[at] == "--" then return end
    local row = rows and list.find(rows, function(row)
      return row.kind == "setting" and has_setting(row, words, at)
    end)
    if exports then
      local name, value = words[at]:match("^([%w_]+)=(.*)$")
      row = name and variable(name, value)
    end
    if row then found(at, row) end
  end
end

local function writes_configuration(command)
  local first = command.argv[1]
  return first and list.has(writers, path.base(first.text))
    and list.any(command.redirections, function(redirection)
      local target = redirection.target
      return target
        and (glob.any(configurations, path.base(target)) or text.has(target, "/apt.conf.d/"))
    end)
end

local function judge_command(command, report, severity)
  local words = list.map(command.argv, function(word) return word.text end)
  local tool = tool_of(words)
  local rows = tool and by_tool[tool]

  for _, option in ipairs(rows and command.options or {}) do
    local row = list.find(rows, function(row)
      return is_switch(row, option.name, option.value.text)
    end)
    if row then
      report(option, "does not verify whom it talks to"):severity(severity or row.severity)
    end
  end
  each_setting(words, tool, rows or writes_configuration(command) and settings, function(at, row)
    report(command.argv[at], "does not verify whom it talks to"):severity(severity or row.severity)
  end)
  for _, assignment in ipairs(command.assignments) do
    local row = #words > 0 and row_of(assignment)
    if row then
      report(assignment, "%s switches off verification", assignment.name):severity(row.severity)
    end
  end
end

local function judge_env(env, report)
  local row = row_of(env)
  if row then report(env, "%s switches off verification", env.name):severity(row.severity) end
end

-- ---- subjects ----

-- A health check that talks to its own container has nobody to be deceived by.
local function is_local(words)
  return list.any(words, function(word)
    local parsed = url.parse(word)
    return parsed and net.is_loopback(parsed.host)
  end)
end

local function judge_build(build, report)
  for _, command in ipairs(build.commands) do judge_command(command, report) end
  for _, instruction in ipairs(build.instructions) do
    -- What reaches the image is the image's own to answer for.
    if instruction.name == "env" and not instruction.in_image then
      for _, env in ipairs(instruction.env) do judge_env(env, report) end
    elseif instruction.name == "healthcheck" then
      for _, command in ipairs(instruction.commands) do
        local words = list.map(command.argv, function(word) return word.text end)
        judge_command(command, report, is_local(words) and "low" or nil)
      end
    end
  end
end

local function judge_words(place, texts, report)
  local words = {}
  for _, piece in ipairs(texts) do
    for _, word in ipairs(text.split(piece, " ")) do
      if word ~= "" then table.insert(words, word) end
    end
  end
  if list.has({ "CMD", "CMD-SHELL" }, words[1]) then table.remove(words, 1) end
  local tool = tool_of(words)
  local rows = tool and by_tool[tool]
  local function tell(row)
    report(place, "does not verify whom it talks to")
      :severity(is_local(words) and "low" or row.severity)
  end

  each_setting(words, tool, rows, function(_, row) tell(row) end)
  for at = 2, rows and #words or 1 do
    for _, option in ipairs(options_in(words[at])) do
      local row = list.find(rows, function(row) return is_switch(row, option.name, option.value) end)
      if row then tell(row) end
    end
  end
end

return policy {
  id = "tls-verify-disabled",
  code = "SL1402",
  title = "TLS verification disabled",
  severity = "high",
  subjects = { "build", "image", "container" },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.11", nist_800_190 = "4.2.1" },
  aliases = {
    checkov = {
      "CKV2_DOCKER_2", "CKV2_DOCKER_3", "CKV2_DOCKER_4", "CKV2_DOCKER_5", "CKV2_DOCKER_6",
      "CKV2_DOCKER_12", "CKV2_DOCKER_13", "CKV2_DOCKER_14", "CKV2_DOCKER_15", "CKV2_DOCKER_16",
    },
    docker_bench = "4.11",
  },

  why = [[Whoever is on the way can pass himself off as the server, read what is sent, passwords
too, and answer with whatever he likes.]],
  fix = [[Install the certificate of the authority in the image instead.]],

  check = function(subject, report)
    if kind(subject) == "build" then
      judge_build(subject, report)
      return
    end
    -- What the base image sets is the base image's own to answer for.
    for _, env in ipairs(declared(subject, "env") or {}) do judge_env(env, report) end
    if kind(subject) == "container" then
      judge_words(at(subject, "argv"), subject.argv, report)
    elseif subject.resolution == "resolved" then
      judge_words(at(subject, "healthcheck.test"), subject.healthcheck.test, report)
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN curl -sSLk https://example.org/a | tar x\n         ^^^^^ does not verify\n",
      "FROM a:1\nRUN wget -q --no-check-certificate https://example.org\n            ^^^^^^^^^^^^^^^^^^^^^^ does not verify\n",
      "FROM a:1\nRUN python3 -m pip install --trusted-host pypi.org x\n",
      "FROM a:1\nRUN git -c http.sslVerify=false clone https://example.org\n",
      "FROM a:1\nRUN git config --global http.sslVerify false\n                        ^^^^^^^^^^^^^^ does not verify\n",
      "FROM a:1\nRUN npm config set strict-ssl=false && yarn config set strict-ssl false\n",
      "FROM a:1\nRUN yum --setopt=sslverify=0 install x; echo 'sslverify=false' >> /etc/yum.conf\n",
      "FROM a:1\nRUN conda config --set ssl_verify False\n",
      "FROM a:1\nRUN apt-get -o Acquire::https::Verify-Peer=false update\n",
      "FROM a:1\nRUN echo 'Acquire::https::Verify-Peer \"false\";' > /etc/apt/apt.conf.d/99x\n",
      "FROM a:1\nRUN skopeo copy --src-tls-verify=false docker://a docker://b\n",
      "FROM a:1\nRUN NODE_TLS_REJECT_UNAUTHORIZED=0 node x.js\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ switches off verification\n",
      "FROM a:1\nRUN export GIT_SSL_NO_VERIFY=1 && git clone https://example.org\n",
      "FROM a:1\nRUN [\"curl\", \"--insecure\", \"https://example.org\"]\n             ^^^^^^^^^^^^ does not verify\n",
      "FROM a:1\nENV PYTHONHTTPSVERIFY=0\n    ^^^^^^^^^^^^^^^^^^^ switches off verification\n",
      "FROM a:1 AS build\nENV GOINSECURE=example.org/x\n    ^^^^^^^^^^^^^^^^^^^^^^^^ switches off verification\nFROM a:1\n",
      "FROM a:1\nENV REQUESTS_CA_BUNDLE=\"\"\n",
      { dockerfile = "FROM a:1\nHEALTHCHECK CMD curl -k https://localhost/ || exit 1\n", severity = "low" },
      { dockerfile = "FROM a:1\nHEALTHCHECK CMD curl -k https://example.org/\n", severity = "high" },
    },
    ["oci-image"] = {
      [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["NPM_CONFIG_STRICT_SSL=false"]}}
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ switches off verification
]],
      { ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Healthcheck": {"Test": ["CMD-SHELL", "curl -fk https://127.0.0.1/"]}}}]],
        severity = "low" },
      [[{"architecture": "amd64", "os": "linux", "config": {"Healthcheck": {"Test": ["CMD", "git", "-c", "http.sslVerify=false", "ls-remote", "https://example.org/x"]}}}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["curl", "-k", "https://example.org"]}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["git", "-c", "http.sslVerify=false", "fetch"]}}]],
      [[{"ociVersion": "1.2.0", "process": {"args": ["sh"], "env": ["GIT_SSL_NO_VERIFY=true"]}}]],
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN curl -fsS https://example.org\n",
      "FROM a:1\nRUN curl -K config -o k https://example.org; curl -ok https://example.org\n",
      "FROM a:1\nRUN wget -k https://example.org\n",
      "FROM a:1\nRUN git config --global http.sslVerify true && npm config set strict-ssl true\n",
      "FROM a:1\nRUN echo curl -k; podman pull --tls-verify=true a; helm pull --insecure-skip-tls-verify=false a\n",
      "FROM a:1\nENV GIT_SSL_NO_VERIFY=0 NODE_TLS_REJECT_UNAUTHORIZED=1 GOINSECURE=\n",
      "FROM a:1\nRUN grep -k x; PYTHONHTTPSVERIFY=1 python x.py\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"], "Healthcheck": {"Test": ["CMD", "curl", "https://127.0.0.1/"]}}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["curl", "https://example.org"]}}]],
  },
  inconclusive = { dockerfile = "FROM a:1\nARG CHECK\nENV NODE_TLS_REJECT_UNAUTHORIZED=$CHECK OTHER=$CHECK\n" },
}
