-- SPDX-License-Identifier: Apache-2.0

-- Patterns that leave nothing of the context.
local EVERYTHING = { "*", "**", "**/*" }

-- Whether a pattern may take something below a path back in.
local function is_taken_back(patterns, source)
  return list.any(patterns, function(pattern)
    if not text.starts(pattern, "!") then return false end
    local back = path.clean(text.trim(pattern:sub(2)):gsub("^/", ""))
    return text.has(back, { "*", "?", "[" }) or path.covers(source, back)
  end)
end

-- The place of the pattern that leaves the source out, or nil.
local function leaves_out(build, source)
  local patterns = build.ignore.patterns
  if source == "." then
    if list.any(patterns, function(pattern) return text.starts(pattern, "!") end) then return nil end
    for i, pattern in ipairs(patterns) do
      if list.has(EVERYTHING, pattern) then return at(patterns, i) end
    end
    return nil
  end
  local excluded, place = ignore.excludes(build.ignore, source)
  return excluded and not is_taken_back(patterns, source) and place or nil
end

return policy {
  id = "copy-ignored-file",
  code = "SL1211",
  title = "COPY of a file the ignore file excludes",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = { "copy", "add" } },
  packs = { "recommended", "strict" },
  aliases = { buildkit = "CopyIgnoredFile" },

  why = [[What .dockerignore leaves out never reaches the builder: the build fails, or goes on without
what it was to copy.]],
  fix = [[Correct the path, or the pattern in .dockerignore.]],

  check = function(copy, report, build)
    if copy.onbuild then return end
    for _, source in ipairs(copy.sources) do
      -- What a variable or a pattern stands for is not one file.
      if not text.has(source.text, { "$", "*", "?", "[" }) and source.form == "local" then
        local place = leaves_out(build, path.clean("/" .. source.value):match("^/(.+)$") or ".")
        if place then
          report(source, "copies %s, which .dockerignore leaves out", source)
            :also(place, "the pattern that leaves it out")
        end
      end
    end
  end,

  fails = {
    { files = { Dockerfile = "FROM a:1\nCOPY a.md /\n     ^^^^ copies a.md, which\n", [".dockerignore"] = "*.md\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY b ./a/ /c/\n       ^^^^ copies ./a/, which\n", [".dockerignore"] = "/a\n" } },
    { files = { Dockerfile = "FROM a:1\nADD /a/b /c\n    ^^^^ copies /a/b, which\n", [".dockerignore"] = "a\n!b\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY . /c\n     ^ copies ., which\n", [".dockerignore"] = "# all\n**\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY / /c\n     ^ copies /, which\n", [".dockerignore"] = "*\n" } },
  },
  passes = {
    { files = { Dockerfile = "FROM a:1\nCOPY a /\n", [".dockerignore"] = "b\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY a /\n", [".dockerignore"] = false } },
    { files = { Dockerfile = "FROM a:1\nCOPY *.md /\n", [".dockerignore"] = "*.md\n" } },
    { files = { Dockerfile = "FROM a:1\nARG N\nCOPY $N.md /\n", [".dockerignore"] = "*.md\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY --from=b:1 /a /a\n", [".dockerignore"] = "a\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY <<a /a\nb\na\n", [".dockerignore"] = "a\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY a /\n", [".dockerignore"] = "a\n!a/b\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY . /\n", [".dockerignore"] = "*\n!a\n" } },
    { files = { Dockerfile = "FROM a:1\nCOPY . /\n", [".dockerignore"] = ".git\n" } },
    { files = { Dockerfile = "FROM a:1\nONBUILD COPY a /\n", [".dockerignore"] = "a\n" } },
  },
  inconclusive = { dockerfile = "FROM a:1\nCOPY a /\n" },
}
