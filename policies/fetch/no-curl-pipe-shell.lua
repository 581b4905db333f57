-- SPDX-License-Identifier: Apache-2.0

local interpreters = { "sh", "bash", "dash", "ash", "zsh", "ksh", "python*", "perl", "node", "ruby", "php" }

-- Whether a command between the fetch and `last` checks this file.
local function is_verified(fetch, path)
  return list.any(fetch.following, function(later)
    return list.any(later.verifies, function(checked) return checked == path or checked == "*" end)
  end)
end

-- The command of the instruction that runs a file, if nothing has checked it.
local function runner_of(fetch, path)
  if is_verified(fetch, path) then return nil end
  return list.find(fetch.following, function(later) return list.has(later.runs, path) end)
end

return policy {
  id = "no-curl-pipe-shell",
  code = "SL1401",
  title = "Remote script piped to a shell",
  severity = "high",
  subjects = { "build" },
  on = { command = { "curl", "wget", "fetch", "aria2c" } },
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = { cis_docker = "4.11", owasp_docker = "9", nist_800_190 = "4.1.5" },
  aliases = { docker_bench = "4.11" },

  why = [[Whoever controls the server, or the way to it, runs what he likes in the build, and nobody
can say afterwards what that was.]],
  fix = [[Download, verify a pinned checksum, then run; or use a package.]],

  check = function(fetch, report)
    for _, reader in ipairs(fetch.readers) do
      if known(reader, "name") and glob.any(interpreters, reader.name) then
        local place = #fetch.pipeline.commands > 0 and fetch.pipeline or fetch
        report(place, "output of %s is run by %s", fetch.name, reader.name)
        return
      end
    end
    for _, addition in ipairs(fetch.additions) do
      local runner = runner_of(fetch, addition.path)
      if runner then
        report(fetch, "saves %s, which is run without verification", addition.path)
          :also(runner, "runs it")
        return
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN curl -fsSL https://get.example.org | sh\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ output of curl is run by sh\n",
      "FROM a:1\nRUN wget -qO- https://get.example.org | sudo bash -s -- --yes\n",
      "FROM a:1\nRUN bash <(curl -s https://get.example.org)\n",
      "FROM a:1\nRUN sh -c \"$(curl -fsSL https://get.example.org)\"\n",
      "FROM a:1\nRUN curl -o /tmp/i.sh https://get.example.org && sh /tmp/i.sh\n",
      "FROM a:1\nRUN wget -O /tmp/i.sh https://get.example.org; chmod +x /tmp/i.sh; /tmp/i.sh\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN curl -fsSL https://example.org/a.tar.gz | tar xz\n",
      "FROM a:1\nRUN curl -fsSL https://example.org/key | gpg --dearmor > /k\n",
      "FROM a:1\nRUN curl -o /tmp/i.sh https://get.example.org && echo \"abc  /tmp/i.sh\" | sha256sum -c - && sh /tmp/i.sh\n",
      "FROM a:1\nRUN echo 'curl https://get.example.org | sh'\n",
    },
  },
}
