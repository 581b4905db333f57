return policy {
 id = "acme/y", severity = "low", subjects = { error "\0\0x" } }
