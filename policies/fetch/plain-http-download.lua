-- SPDX-License-Identifier: Apache-2.0

local fetchers = { "curl", "wget", "fetch", "aria2c", "axel", "lftp", "git", "svn", "hg" }

local function is_plain(address)
  if not text.starts(address:lower(), { "http://", "ftp://" }) then return false end
  local parsed = url.parse(address)
  return not (parsed and net.is_loopback(parsed.host))
end

-- Whether the RUN checks what was fetched.
local function is_verified(fetch)
  return list.any(fetch.following, function(later)
    return list.any(later.verifies, function(checked)
      return checked == "*" or list.any(fetch.additions, function(addition)
        return addition.path == checked
      end)
    end)
  end)
end

local function judge_command(command, report)
  local first = command.argv[1]
  if not first or not list.has(fetchers, path.base(first.text)) then return end

  local function report_plain(word)
    local finding = report(word, "is fetched without encryption")
    if is_verified(command) then finding:severity("low") end
  end

  local words, open = list.filter(command.operands, function() return true end), {}
  for _, option in ipairs(command.options) do
    if option.name == "--url" then table.insert(words, option.value) end
  end
  for _, word in ipairs(words) do
    if is_plain(word.text) then
      report_plain(word)
    elseif text.starts(word.text, "$") then
      table.insert(open, word)
    end
  end
  for _, word in ipairs(open) do -- last, because it may not be known what they stand for
    if is_plain(word.value) then report_plain(word) end
  end
end

local function judge_add(add, report)
  for _, source in ipairs(add.sources) do
    if is_plain(text.starts(source.text, "$") and source.value or source.text) then
      local finding = report(source, "is fetched without encryption")
      if add.flags.checksum then finding:severity("low") end
    end
  end
end

return policy {
  id = "plain-http-download",
  code = "SL1403",
  title = "Download over plain HTTP",
  severity = "medium",
  subjects = { "build" },
  on = { "command", "instruction" },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.11", nist_800_190 = "4.2.1" },
  aliases = { docker_bench = "4.11" },

  why = [[Whoever sits on the way, in a cafe or at a provider, can put another file into the
image.]],
  fix = [[Use https.]],

  check = function(node, report)
    if kind(node) == "command" then
      judge_command(node, report)
    elseif node.name == "add" then
      judge_add(node, report)
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN curl -fsSLo /a http://example.org/a\n                   ^^^^^^^^^^^^^^^^^^^^ fetched without encryption\n",
      "FROM a:1\nRUN wget \"http://$MIRROR/a\"\n",
      "FROM a:1\nRUN git clone http://example.org/a.git /a\n",
      "FROM a:1\nRUN [\"wget\", \"ftp://example.org/a\"]\n",
      "FROM a:1\nADD http://example.org/a /a\n    ^^^^^^^^^^^^^^^^^^^^ fetched without encryption\n",
      "FROM a:1\nARG URL=http://example.org/a\nADD $URL /a\n",
      { dockerfile = "FROM a:1\nRUN curl -o /a http://example.org/a && gpg --verify /a.asc /a\n", severity = "low" },
      { dockerfile = "FROM a:1\nRUN curl -o /a http://example.org/a && echo 'abc  /a' | sha256sum -c -\n", severity = "low" },
      { dockerfile = "FROM a:1\nADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef http://example.org/a /a\n",
        severity = "low" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN curl -fsSLo /a https://example.org/a\n",
      "FROM a:1\nRUN curl http://localhost:8080/ready && wget -q http://127.0.0.1/ && curl http://[::1]/\n",
      "FROM a:1\nRUN curl -x http://proxy:3128 -H http://example.org https://example.org/a\n",
      "FROM a:1\nRUN echo http://dl-cdn.alpinelinux.org/alpine/edge/main >> /etc/apk/repositories\n",
      "FROM a:1\nRUN sed -i s,http://archive.ubuntu.com,http://mirror.example.org, /etc/apt/sources.list\n",
      "FROM a:1\nADD https://example.org/a /a\n",
      "FROM a:1\nRUN curl -o $FILE https://example.org/a\n",
      "FROM a:1\nARG URL=https://example.org/a\nADD $URL /a\n",
    },
  },
  inconclusive = {
    dockerfile = {
      "FROM a:1\nARG URL\nRUN curl -fsSLO \"$URL\"\n",
      "FROM a:1\nARG URL\nADD $URL /a\n",
    },
  },
}
