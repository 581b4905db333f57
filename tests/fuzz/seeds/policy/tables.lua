local t, n = { 3, 1, 2, x = 1.5, ["y z"] = true }, 0
table.insert(t, 2, 9) table.remove(t, 1)
for k, v in pairs(t) do n = n + (tonumber(v) or 0) end
if n ~= 1 << 3 then goto done end
do local u <const> = select("#", table.unpack(t)) return u // 2 end
::done::
return string.format("%5.2f|%q|%-4s", n, "a\nb", utf8.char(8364)), #t
