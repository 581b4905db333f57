-- SPDX-License-Identifier: Apache-2.0

-- The flags of a RUN, as they are written.
local function flags_of(run)
  local mounts = table.concat(list.map(run.mounts, function(mount) return raw(mount) or "" end), " ")
  return mounts .. "|" .. (run.flags.network or "") .. "|" .. (run.flags.security or "")
end

-- Whether it is one command in one line of thought: several were put together on purpose already.
local function is_single(run)
  return run.form ~= "heredoc" and #run.commands <= 1
end

return policy {
  id = "consecutive-run",
  code = "SL1508",
  title = "Consecutive RUN could be one",
  severity = "info",
  confidence = "low",
  subjects = { "build" },
  on = { instruction = "run" },
  packs = { "style" },
  aliases = { hadolint = "DL3059" },

  why = [[Each RUN makes a layer. What one of them removes stays in the layer of another.]],
  fix = [[Join them with &&, or ignore this where each layer is wanted for its own sake.]],

  check = function(run, report)
    if not run.in_image or run.onbuild or #run.comments > 0 or not is_single(run) then return end
    local before = list.find(run.stage.instructions, function(other)
      return other.index == run.index - 1
    end)
    if not before or before.name ~= "run" or before.onbuild or not is_single(before) then return end
    -- A trigger of the base is nobody's to join.
    if state(before, "name") == "linked" then return end
    if flags_of(run) == flags_of(before) then
      report(run, "follows another RUN that it could be a part of"):also(before, "the RUN before")
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN ./a\nRUN ./b\n^^^^^^^ follows another RUN\n",
      "FROM debian:13\nRUN --network=none ./a\nRUN --network=none ./b\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN ./a\nCOPY b /\nRUN ./b\n",
      "FROM debian:13\nRUN ./a\n# B needs a layer of its own.\nRUN ./b\n",
      "FROM debian:13\nRUN ./a && ./b\nRUN ./c\n",
      "FROM debian:13\nRUN --mount=type=secret,id=a ./a\nRUN --mount=type=secret,id=b ./b\n",
      "FROM debian:13\nRUN <<E\n./a\nE\nRUN ./b\n",
      "FROM debian:13 AS build\nRUN ./a\nRUN ./b\nFROM debian:13\n",
    },
    { files = { Dockerfile = "FROM b:1\nRUN ./a\n", ["b.json"] = [=[
[{"Id": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
  "RepoTags": ["b:1"], "RootFS": {}, "Config": {"OnBuild": ["RUN ./b"]}}]
]=] } },
  },
}
