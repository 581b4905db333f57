local function need(value, what)
  if not value then error(what .. " is missing", 2) end
  return value
end
local node = { user = nil }
return need(node.user, "user").name
