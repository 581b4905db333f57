local s = "x"
while true do s = (s .. s):sub(1, 2000):gsub("x", "%0") end
