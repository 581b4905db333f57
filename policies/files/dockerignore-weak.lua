-- SPDX-License-Identifier: Apache-2.0

-- Whether the whole context is copied, or what a pattern finds at its top; of what is not known the
-- doubt stays. ONBUILD copies from the context of another build.
local function is_wide(node)
  local how = state(node, "wide")
  return how ~= "absent" and how ~= "unknown" and node.wide
    and (kind(node) ~= "instruction" or not node.onbuild)
end

-- The part of a name that stands at the top of the context.
local function top(name)
  return text.split(name, "/")[1]
end

-- Whether a copy takes a name at the top: `*` of a pattern takes what begins with a dot as well.
local function takes(source, name)
  local pattern = path.clean(source.value)
  return pattern == "." or pattern == "/" or glob.match(path.base(pattern), top(name))
end

local function leaves_out(copy, name)
  return list.any(copy.flags.exclude, function(pattern)
    return glob.match(pattern, name) or glob.match(pattern, top(name))
  end)
end

return policy {
  id = "dockerignore-weak",
  code = "SL1210",
  title = ".dockerignore lets sensitive files through",
  severity = "medium",
  confidence = "medium",
  subjects = { "build" },
  packs = { "recommended", "strict" },
  params = {
    probes = {
      type = "list",
      default = {
        ".env", ".env.local", ".git/config", "id_rsa", "key.pem", ".npmrc", ".aws/credentials",
      },
      doc = "Names, seen from the context, that must not be copied with all the rest.",
    },
  },
  refs = { production_guide = "4-f" },

  why = [[The file is there, and yet what people keep beside their sources would be copied into a
layer the day it exists: credentials, keys, the history of the repository.]],
  fix = [[Add the missing patterns to .dockerignore.]],

  check = function(build, report)
    local copies = list.filter(build.instructions, is_wide)
    if #copies == 0 or not build.ignore.present then return end

    -- What the patterns let through, and the pattern that takes one of them back in.
    local names, added, back = {}, {}, nil
    for _, name in ipairs(params.probes) do
      local copied = list.any(copies, function(copy)
        return not leaves_out(copy, name) and list.any(copy.sources, function(source)
          return is_wide(source) and takes(source, name)
        end)
      end)
      local excluded, decider = true, nil
      if copied then excluded, decider = ignore.excludes(build.ignore, name) end
      if not excluded then
        names[#names + 1] = name
        added[#added + 1] = top(name)
        back = back or decider
      end
    end
    if #names == 0 then return end

    local patterns = build.ignore.patterns
    local lines = table.concat(added, "\n")
    local last = #patterns > 0 and edit.after(at(patterns, #patterns), lines)
      or edit.before(at(build.ignore, "present"), lines .. "\n")
    local finding = report(back or at(build.ignore, "patterns"), "lets %s into the build", names)
    finding:also(copies[1], "what is copied")
    -- Who wrote `!NAME` may have meant it.
    finding:fix(back and "unsafe" or "safe", last)
  end,

  fails = {
    {
      files = {
        Dockerfile = "FROM debian:12\nCOPY . /app\n",
        [".dockerignore"] = "# what nobody needs\n*.md\n",
      },
      count = 1,
      fixed = {
        [".dockerignore"] = "# what nobody needs\n*.md\n"
          .. ".env\n.env.local\n.git\nid_rsa\nkey.pem\n.npmrc\n.aws\n",
      },
    },
    {
      files = { Dockerfile = "FROM a:1\nCOPY . /app\n", [".dockerignore"] = "*.md\n" },
      params = { probes = { ".env" } },
      fixed = { [".dockerignore"] = "*.md\n.env\n" },
    },
    -- The last pattern that hits decides.
    {
      files = {
        Dockerfile = "FROM a:1\nCOPY . /app\n",
        [".dockerignore"] = ".*\nid_rsa\n*.pem\n!.env\n^^^^^ lets .env into\n",
      },
      fixed = { [".dockerignore"] = ".*\nid_rsa\n*.pem\n!.env\n.env\n" },
    },
    {
      files = {
        Dockerfile = "FROM a:1\nCOPY . /app\n",
        ["Dockerfile.dockerignore"] = "",
        [".dockerignore"] = "*\n",
      },
      params = { probes = { "id_rsa" } },
      fixed = { ["Dockerfile.dockerignore"] = "id_rsa\n" },
    },
    -- Of what a pattern copies only what it takes counts.
    {
      files = { Dockerfile = "FROM a:1\nADD *.pem /certs/\n", [".dockerignore"] = ".git" },
      count = 1,
      fixed = { [".dockerignore"] = ".git\nkey.pem\n" },
    },
  },
  passes = {
    { files = { Dockerfile = "FROM a:1\nCOPY . /app\n", [".dockerignore"] = "*\n!src\n!go.mod\n" } },
    {
      files = {
        Dockerfile = "FROM a:1\nCOPY . /app\n",
        [".dockerignore"] = "**/.env*\n.git\n.npmrc\n.aws\nid_*\n*.pem\n",
      },
    },
    { files = { Dockerfile = "FROM a:1\nCOPY src /app\n", [".dockerignore"] = "*.md\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY *.json /app/\n", [".dockerignore"] = "*.md\n" } },
    {
      files = { Dockerfile = "FROM a:1\nCOPY --exclude=.env . /app\n", [".dockerignore"] = "a\n" },
      params = { probes = { ".env" } },
    },
    -- That there is none is another policy's finding.
    { files = { Dockerfile = "FROM a:1\nCOPY . /app\n", [".dockerignore"] = false } },
  },
  inconclusive = {
    dockerfile = { "FROM a:1\nCOPY . /app\n", "FROM a:1\nARG DIR\nCOPY $DIR /app\n" },
  },
}
