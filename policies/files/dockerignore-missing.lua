-- SPDX-License-Identifier: Apache-2.0

-- Whether the whole context is copied, or what a pattern finds at its top; of what is not known the
-- doubt stays. ONBUILD copies from the context of another build.
local function is_wide(node)
  local how = state(node, "wide")
  return how ~= "absent" and how ~= "unknown" and node.wide
    and (kind(node) ~= "instruction" or not node.onbuild)
end

return policy {
  id = "dockerignore-missing",
  code = "SL1209",
  title = "No .dockerignore with a wide COPY",
  severity = "medium",
  subjects = { "build" },
  packs = { "recommended", "strict" },
  refs = { production_guide = "4-f" },

  why = [[What lies about in the folder is copied as it is: .git with the whole history, .env, keys,
build results. It ends up in a layer, and each change of it spoils the cache.]],
  fix = [[Add a .dockerignore beside the Dockerfile; begin with .git, .env and what the build makes
itself, or with * and !NAME for each thing that it needs.]],

  check = function(build, report)
    local wide = list.find(build.instructions, is_wide)
    if not wide or build.ignore.present then return end
    local source = list.find(wide.sources, is_wide)
    report(source, "copies %s without a .dockerignore",
      source.text:match("^%.?/?$") and "the whole context" or source.text)
  end,

  fails = {
    {
      files = {
        Dockerfile = "FROM a:1\nCOPY . /app\n     ^ copies the whole context without\n",
        [".dockerignore"] = false,
      },
      count = 1,
    },
    {
      files = {
        ["web/Dockerfile"] = "FROM a:1\nADD a.txt * /app/\n          ^ copies *\nCOPY . /b\n",
        ["web/.dockerignore"] = false,
        ["web/Dockerfile.dockerignore"] = false,
        [".dockerignore"] = ".git\n",
      },
      count = 1,
    },
    {
      files = {
        Dockerfile = "FROM a:1 AS build\nARG DIR\nCOPY $DIR /x\nCOPY --chown=1 ./ /x\n"
          .. "               ^^ copies the whole\nFROM b:1\nCOPY --from=build /x /x\n",
        [".dockerignore"] = false,
      },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nCOPY src /app/src\nCOPY src/*.py /app/\n",
      "FROM a:1 AS build\nFROM b:1\nCOPY --from=build . /app\nCOPY --from=c:1 / /c\n",
      "FROM a:1\nADD https://example.org/a.tar.gz /a\nADD https://github.com/a/b.git#v1 /b\n",
      "FROM a:1\nONBUILD COPY . /app\n",
    },
    { files = { Dockerfile = "FROM a:1\nCOPY . /app\n", [".dockerignore"] = "" } },
    { files = { Dockerfile = "FROM a:1\nCOPY . /app\n", ["Dockerfile.dockerignore"] = ".git\n" } },
  },
  inconclusive = {
    dockerfile = {
      "FROM a:1\nCOPY . /app\n",
      "FROM a:1\nARG DIR\nCOPY $DIR /app\n",
    },
  },
}
