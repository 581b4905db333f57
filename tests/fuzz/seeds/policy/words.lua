local words = {}
for word in ("apt-get install -y curl"):gmatch("%S+") do words[#words + 1] = word:upper() end
table.sort(words, function(a, b) return a > b end)
for i, word in ipairs(words) do print(i, word) end
return table.concat(words, " ")
