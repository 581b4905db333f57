return policy { id = "a", check = function(node, report) if node.x then report(node, "x") end
