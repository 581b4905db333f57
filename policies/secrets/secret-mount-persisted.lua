-- SPDX-License-Identifier: Apache-2.0

-- Commands that hand on what they read.
local copiers = {
  "cat", "echo", "printf", "sed", "awk", "base64", "envsubst", "grep", "head", "tail", "tr", "cut",
  "jq", "xargs", "printenv", "env", "tee", "openssl", "gpg", "yq",
}
-- Commands whose last operand is where the others go.
local movers = { "cp", "mv", "install", "rsync", "ln", "scp" }
-- Commands that keep what they are told in a file: its name, and the words that make them do so.
local keepers = {
  npm = { file = ".npmrc", words = { "set" } },
  pnpm = { file = ".npmrc", words = { "set" } },
  yarn = { file = ".yarnrc.yml", words = { "set" } },
  pip = { file = "pip.conf", words = { "set" } },
  pip3 = { file = "pip.conf", words = { "set" } },
  poetry = { file = "auth.toml", words = { "config" } },
  bundle = { file = "config", words = { "config", "set" } },
  composer = { file = "auth.json", words = { "config" } },
  git = { file = ".gitconfig", words = { "config" } },
  docker = { file = "config.json", words = { "login" } },
}

local function name_of(command)
  local first = command.argv[1]
  return first and path.base(first.text)
end

-- What a mount shows the secret as: a file, a variable, or both.
local function secret_of(mount)
  local target = mount.target
  if not target and not mount.env and (mount.id or mount.source) then
    target = "/run/secrets/" .. (mount.id or path.base(mount.source))
  end
  return { file = target, variable = mount.env }
end

-- Whether a word is the secret, or holds it.
local function mentions(secret, word)
  return secret.file and text.has(word.text, secret.file)
    or secret.variable and (list.has(word.variables, secret.variable)
      or text.has(word.text, { "$" .. secret.variable, "${" .. secret.variable }))
end

local function reads(secret, command)
  if list.any(command.argv, function(word) return mentions(secret, word) end) then return true end
  if secret.variable and list.has({ "printenv", "env" }, name_of(command)) then return true end
  return secret.file and list.any(command.redirections, function(redirection)
    return redirection.operator == "<" and redirection.target == secret.file
  end)
end

-- What a RUN does not keep: folders that are mounted, and paths that a command of it deletes.
local function losses_of(run)
  local mounted, deleted = {}, {}
  for _, mount in ipairs(run.mounts) do
    if list.has({ "secret", "tmpfs", "cache", "ssh" }, mount.type) then
      table.insert(mounted, mount.target)
    end
  end
  for _, command in ipairs(run.commands) do
    if list.has({ "rm", "shred", "unlink" }, name_of(command)) then
      for _, word in ipairs(command.argv) do
        local deletion = { index = command.index, path = word.text, base = path.base(word.text) }
        table.insert(deleted, deletion)
      end
    end
  end
  return { mounted = mounted, deleted = deleted }
end

-- Whether a path is gone after the RUN, or never was a file of the layer.
local function is_lost(losses, command, file)
  local is_stream = not file or text.starts(file, "/dev/") or file:match("^%d+$")
  if is_stream then return true end
  return list.any(losses.mounted, function(folder) return path.covers(folder, file) end)
    or list.any(losses.deleted, function(one)
      return one.index > command.index
        and (one.base == path.base(file) or path.covers(one.path, file))
    end)
end

-- The files that a command writes its output to.
local function outputs(command)
  local files = {}
  for _, redirection in ipairs(command.redirections) do
    if list.has({ ">", ">>", ">|", "&>", "&>>" }, redirection.operator) then
      table.insert(files, redirection.target)
    end
  end
  if name_of(command) == "tee" then
    for index, word in ipairs(command.argv) do
      if index > 1 and not text.starts(word.text, "-") then table.insert(files, word.text) end
    end
  end
  return files
end

-- Where a command that reads the secret leaves it; nil where it does not.
local function leaves(secret, losses, command)
  local name = name_of(command)
  local words = command.argv
  local function stays(file) return not is_lost(losses, command, file) end

  if list.has(movers, name) then
    local last = words[#words].text
    return not mentions(secret, words[#words]) and stays(last) and last or nil
  end
  local keeper = name and keepers[name]
  if keeper and list.any(words, function(word) return list.has(keeper.words, word.text) end) then
    return stays("~/" .. keeper.file) and keeper.file or nil
  end
  if not list.has(copiers, name) then return nil end
  local file = list.find(outputs(command), stays)
  for _, reader in ipairs(command.readers) do
    file = file or list.has(copiers, name_of(reader)) and list.find(outputs(reader), stays)
  end
  return file or nil
end

return policy {
  id = "secret-mount-persisted",
  code = "SL1206",
  title = "Mounted secret written to a layer",
  severity = "high",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = "run" },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.10", production_guide = { "C6", "4-d" } },
  aliases = { docker_bench = "4.10" },

  why = [[A mounted secret is gone after the RUN. Its copy is not: it stays in the layer, for
everybody who has the image or the build cache, also where a later step deletes it.]],
  fix = [[Use the secret where it is mounted, or mount it where the program looks for it.]],

  check = function(run, report)
    local secrets = list.map(list.filter(run.mounts, function(mount)
      return mount.type == "secret"
    end), secret_of)
    if #secrets == 0 then return end

    local losses = losses_of(run)

    for _, command in ipairs(run.commands) do
      for _, secret in ipairs(secrets) do
        local file = reads(secret, command) and leaves(secret, losses, command)
        if file then
          local finding = report(command, "leaves %s in %s", secret.file or secret.variable, file)
          if not run.in_image then finding:severity("medium") end
          break
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN --mount=type=secret,id=npm cp /run/secrets/npm /root/.npmrc && npm ci\n                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leaves /run/secrets/npm in /root/.npmrc\n",
      "FROM a:1\nRUN --mount=type=secret,id=t,target=/t cat /t > /etc/token\n",
      "FROM a:1\nRUN --mount=type=secret,id=t,env=TOKEN echo \"token=${TOKEN}\" >> ~/.netrc\n",
      "FROM a:1\nRUN --mount=type=secret,id=t echo \"//r/:_authToken=$(cat /run/secrets/t)\" > .npmrc\n",
      "FROM a:1\nRUN --mount=type=secret,id=t cat < /run/secrets/t > /etc/key\n",
      "FROM a:1\nRUN --mount=type=secret,id=t cat /run/secrets/t | base64 -d | tee /etc/key\n",
      "FROM a:1\nRUN --mount=type=secret,id=t npm config set //r/:_authToken=$(cat /run/secrets/t) && npm ci\n",
      { dockerfile = "FROM a:1 AS build\nRUN --mount=type=secret,id=t cp /run/secrets/t /t\nFROM a:1\n", severity = "medium" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci\n",
      "FROM a:1\nRUN --mount=type=secret,id=t,env=TOKEN curl -H \"Authorization: $TOKEN\" https://example.org > /out\n",
      "FROM a:1\nRUN --mount=type=secret,id=t --mount=type=tmpfs,target=/scratch cp /run/secrets/t /scratch/t\n",
      "FROM a:1\nRUN --mount=type=secret,id=t cp /run/secrets/t ~/.npmrc && npm ci; rm -f ~/.npmrc\n",
      "FROM a:1\nRUN --mount=type=secret,id=t export TOKEN=$(cat /run/secrets/t) && npm ci\n",
      "FROM a:1\nRUN --mount=type=secret,id=t cat /run/secrets/t > /dev/null\n",
      "FROM a:1\nRUN cp /a /b\n",
    },
  },
}
