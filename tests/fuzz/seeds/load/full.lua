return policy {
  id = "acme/x",
  title = "Sets it",
  severity = "low",
  subjects = { "image", "container" },
  on = { "env", "mounts.bind" },
  requires = { "user.raw" },
  refs = { hadolint = { "DL3002" } },
  params = { names = { type = "list", default = { "A" }, doc = "some names" },
    most = { type = "integer", default = 3, min = 1, max = 9, doc = "how many" } },
  why = [[It is so.]],
  fix = [[Do it.]],
  check = function(node, report, subject)
    if node.name == "A" then report(at(node, "value"), "sets %s", node.name) end
  end,
  fails = { dockerfile = "FROM a\nENV A=b\n      ^^^ sets A\n", ["oci-image"] = [[{"config": {}}]] },
  passes = { { files = { Dockerfile = "FROM a\n" }, date = "2026-01-01", params = { most = 2 } } },
  inconclusive = { dockerfile = "FROM a\n" },
}
