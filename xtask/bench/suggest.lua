-- What people type into the search box: growing prefixes, whole names, synonyms, typing errors,
-- codes, and words that find nothing.
local queries = {
  "m", "mu", "mul", "mult", "multi", "multip", "multiple m", "multiple%20myeloma",
  "mutiple%20mieloma", "kahlers", "cyst", "cystic%20fibrosis", "cistic%20fybrosis",
  "hunt", "huntingtons", "huntingtn", "fabry", "farby", "gaucher", "goucher%20disease",
  "marfan", "duchenne", "duchene", "ehlers", "ehlers-danlos", "sarcoid", "sarcoidosis",
  "phenylk", "phenylketonuria", "fenilketonuria", "pku", "als", "amyotrophic",
  "lateral%20sclerosis", "wilson", "pompe", "sickle", "thalass", "hemophilia", "haemophilia",
  "ORPHA:29073", "C90.0", "OMIM:254500", "MONDO:0009693", "syndrome", "disease%20of",
  "d", "a", "xyzzy", "qqqqqq", "n%C3%A9phropathie",
}

for index, query in ipairs(queries) do
  queries[index] = "/api/search/suggest?q=" .. query:gsub(" ", "%%20")
end

local turn = 0

request = function()
  turn = turn % #queries + 1
  return wrk.format("GET", queries[turn])
end
