-- SPDX-License-Identifier: Apache-2.0

local off = { "", "0", "false", "off", "no", "none" }

-- The glob of a list that fits, whatever the case and however many slashes there are.
local function fitting(globs, value)
  return list.find(globs, function(glob_)
    return glob.match(glob_:lower():gsub("%*", "**"), value:lower())
  end)
end

-- Whether a variable of this value switches on what the row says.
local function switches_on(row, value)
  local glob_ = fitting(row.values, value)
  return glob_ and (glob_ ~= "*" or not list.has(off, value:lower()))
end

-- The rows of the facts about arguments, and about commands by their name.
local arguments, commands = {}, {}
for _, row in ipairs(facts.debug_settings) do
  local plain = { name = row.name, values = row.values, severity = row.severity }
  if row.where == "argument" then table.insert(arguments, plain) end
  if row.where == "command" then commands[row.name] = plain end
end

local farthest = 20 -- texts behind the one at hand that may belong to its command

-- The words of a list of texts from one on; a shell form holds several in one.
local function words_from(texts, first)
  local words = {}
  for index = first, math.min(#texts, first + farthest) do
    for _, word in ipairs(text.split(texts[index], " ")) do
      if word ~= "" then table.insert(words, word) end
    end
  end
  return words
end

local function starts_debugging(row, words, at)
  local rest = table.concat(words, " ", at + 1)
  return (row.name ~= "dlv" or text.has(rest, "--headless"))
    and list.any(row.values, function(value)
      return glob.match("**" .. value:gsub("%*", "**") .. "**", rest)
    end)
end

-- The row that a word, with those behind it, fits; of several arguments the severe one.
local function debugging(words, at)
  local command = commands[path.base(words[at])]
  if command and starts_debugging(command, words, at) then return command end
  local found
  for _, row in ipairs(arguments) do
    local fits = text.starts(words[at], row.name:match("^[^*=]*"))
      and glob.match(row.name:gsub("%*", "**"), words[at])
    if fits and (not found or row.severity == "critical") then found = row end
  end
  return found
end

local function is_for_development(subject)
  return list.any(text.words(subject.name), function(word)
    return list.has(params.development, word)
  end)
end

-- The row that a text of the document fits, and what it is called.
local function judge(string)
  if text.starts(string.field, "env[") then
    local name = parent(string).name
    local row = facts.debug_settings[name]
    if row and row.where == "variable" and switches_on(row, string.value) then
      return row, #string.value <= 40 and name .. "=" .. string.value or name
    end
  elseif text.starts(string.field, { "entrypoint[", "command[", "argv[" }) then
    local index = tonumber(string.field:match("%[(%d+)%]"))
    local texts = parent(string)
    local words, own = words_from(texts, index), #words_from({ string.value }, 1)
    for at = 1, own do
      local row = debugging(words, at)
      if row then return row, words[at] end
    end
  end
end

return policy {
  id = "debug-mode-enabled",
  code = "SL1803",
  title = "Debug or development mode on",
  severity = "medium",
  subjects = { "image", "container" },
  on = "string",
  packs = { "recommended", "strict" },
  params = {
    development = {
      type = "list", default = { "dev", "devel", "development", "debug", "test", "tests", "ci" },
      doc = "Words in the name of a target stage or container that is meant to be so.",
    },
  },
  refs = { nist_800_190 = "4.1.2", production_guide = { "2-c", "2-d" } },

  why = [[In these modes programs show their insides to whoever makes them fail, reload what is
written into their folder, or let anybody who reaches a port run code.]],
  fix = [[Use production settings.]],

  check = function(string, report, subject)
    local row, what = judge(string)
    if not row then return end
    local finding = report(string, "switches debugging on: %s", what)
    finding:severity(is_for_development(subject) and "info" or row.severity)
  end,

  fails = {
    dockerfile = {
      { dockerfile = "FROM a:1\nENV NODE_ENV=development\n    ^^^^^^^^^^^^^^^^^^^^ NODE_ENV=development\n", severity = "medium" },
      { dockerfile = "FROM a:1\nENV DJANGO_DEBUG=True FLASK_DEBUG=1\n", severity = "high", count = 2 },
      { dockerfile = "FROM a:1\nENV JAVA_OPTS=\"-Xmx1g -agentlib:jdwp=transport=dt_socket,address=*:5005 -Dx=/y\"\n", severity = "critical" },
      { dockerfile = "FROM a:1\nCMD [\"node\", \"--inspect=0.0.0.0:9229\", \"app.js\"]\n             ^^^^^^^^^^^^^^^^^^^^^^^^ --inspect=0.0.0.0:9229\n", severity = "critical" },
      { dockerfile = "FROM a:1\nCMD dlv exec ./app --headless\n", severity = "critical" },
      { dockerfile = "FROM a:1\nENTRYPOINT [\"python\", \"-m\", \"debugpy\", \"--listen\", \"0.0.0.0:5678\", \"app.py\"]\n", severity = "critical" },
      { dockerfile = "FROM a:1\nCMD uvicorn app:app --reload\n", severity = "low" },
      { dockerfile = "FROM a:1 AS dev\nENV NODE_ENV=development\n", severity = "info" },
    },
    ["oci-image"] = {
      [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["APP_ENV=local"]}}
                                                            ^^^^^^^^^^^^^^^ APP_ENV=local
]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "process": {"args": ["java", "-agentlib:jdwp=server=y,address=*:5005"]}}]],
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nENV NODE_ENV=production FLASK_DEBUG=0 DEBUG=false\n",
      "FROM a:1 AS build\nENV NODE_ENV=development\nFROM a:1\n",
      "FROM a:1\nCMD [\"node\", \"app.js\"]\n",
      "FROM a:1\nCMD dlv exec ./app\n",
      "FROM a:1\nLABEL mode=runserver\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["NODE_ENV=production"], "Cmd": ["node"]}}]],
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"], "env": ["DEBUG=0"]}}]],
  },
}
