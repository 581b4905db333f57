-- SPDX-License-Identifier: Apache-2.0

-- What ADD unpacks.
local archives = {
  ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tb2", ".tar.xz", ".txz", ".tar.lzma",
  ".tlz", ".tar.z", ".tpz", ".tar.zst", ".tzst",
}

-- Whether the words make tar unpack; the first may hold letters without a hyphen.
local function unpacks(command)
  local word = command.argv[2]
  return word and word.text:find("^%a*x%a*$") or command.options["-x"] or command.options["--extract"] or command.options["--get"]
end

-- Whether a command names a file of that name, in whatever folder.
local function names(command, file)
  return list.any(command.argv, function(word)
    return path.base((word.text:match("=(.*)$") or word.text)) == file
  end)
end

-- The command behind the COPY, in its stage, that unpacks the file.
local function unpacking(copy, file)
  return list.find(copy.stage.commands, function(command)
    return command.instruction.index > copy.index
      and known(command, "name") and list.has({ "tar", "bsdtar" }, command.name)
      and unpacks(command) and names(command, file)
  end)
end

-- The name that a source has in the image.
local function name_of(copy, source)
  local target = copy.target
  if #copy.sources > 1 or text.ends(target, "/") or not target:find("%.") then
    return path.base(source.text)
  end
  return path.base(target)
end

return policy {
  id = "archive-with-add",
  code = "SL1406",
  title = "Archive copied then extracted",
  severity = "info",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = "copy" },
  packs = { "style" },
  aliases = { hadolint = "DL3010" },

  why = [[The archive stays in a layer of its own beside what was in it. ADD unpacks a local archive
and leaves none.]],
  fix = [[Write ADD with a folder as destination, or mount the archive with RUN --mount=type=bind.]],

  check = function(copy, report)
    if copy.flags.from then return end
    for _, source in ipairs(copy.sources) do
      if source.form == "local" and text.ends(source.text:lower(), archives) then
        local command = unpacking(copy, name_of(copy, source))
          or unpacking(copy, path.base(source.text))
        if command then
          report(source, "is copied, and unpacked after that"):also(command, "unpacked here")
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nCOPY app.tar.gz /opt/\n     ^^^^^^^^^^ is copied, and unpacked\nRUN tar -xzf /opt/app.tar.gz -C /opt\n",
      "FROM debian:13\nWORKDIR /opt\nCOPY a/app.tar .\nRUN true && tar xf app.tar\n",
      "FROM debian:13\nCOPY app.tar /b.tar\nRUN tar --extract --file=/b.tar\n",
      "FROM debian:13\nCOPY app.tar /opt/app\nRUN tar -xf /opt/app/app.tar\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nCOPY app.tar.gz /opt/\nRUN cat /opt/app.tar.gz\n",
      "FROM debian:13\nRUN tar xf /opt/app.tar.gz\nCOPY app.tar.gz /opt/\n",
      "FROM debian:13 AS a\nFROM debian:13\nCOPY --from=a /app.tar.gz /opt/\nRUN tar xf /opt/app.tar.gz\n",
      "FROM debian:13\nCOPY app.zip /opt/\nRUN unzip /opt/app.zip\n",
      "FROM debian:13\nCOPY app.tar.gz /opt/\nFROM debian:13\nRUN tar xf /opt/app.tar.gz\n",
      "FROM debian:13\nCOPY app.tar.gz /opt/\nRUN tar czf /tmp/b.tar.gz /opt/app.tar.gz\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:13\nCOPY app.tar /\nRUN $UNPACK app.tar\n" },
}
