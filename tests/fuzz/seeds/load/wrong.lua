local shared = import "names"
return policy {
  id = "Acme", title = "", severty = "low", subjects = "image", on = { "envs" },
  params = { n = { type = "size", default = "1 MiB", one_of = {} } },
  check = 1, fails = {}, passes = { cobol = 1 },
}
