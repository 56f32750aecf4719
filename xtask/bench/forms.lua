-- Sends forms of different people to one address, in turn, and tells how they were answered.
--
--   wrk … URL -- FILE
--
-- Each line of the file is a network, a space, and the form that somebody there sends.

local requests = {}
local turn = 0
-- Counted by each thread for itself; global, so that `done` can ask for them.
answers = {}

local threads = {}

setup = function(thread)
  table.insert(threads, thread)
end

init = function(arguments)
  for line in io.lines(arguments[1]) do
    local network, form = line:match("^(%S+) (%S+)$")
    local headers = {
      ["Content-Type"] = "application/x-www-form-urlencoded",
      ["Sec-Fetch-Site"] = "same-origin",
      ["X-Forwarded-For"] = network,
    }
    table.insert(requests, wrk.format("POST", nil, headers, form))
  end
end

request = function()
  turn = turn % #requests + 1
  return requests[turn]
end

response = function(status)
  answers[status] = (answers[status] or 0) + 1
end

done = function(summary)
  local sums = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("answers")) do
      sums[status] = (sums[status] or 0) + count
    end
  end
  for status, count in pairs(sums) do
    print(string.format("Answered %d: %d", status, count))
  end
  print(string.format("Answers in seconds: %.3f", summary.duration / 1e6))
end
