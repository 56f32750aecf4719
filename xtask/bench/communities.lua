-- The pages of the hundred communities in which most is written, in any order, with a pause after each:
-- how many come from the page cache depends on how often they are read while something is written.
request = function()
  return wrk.format("GET", string.format("/communities/generated-condition-%05d", math.random(0, 99)))
end

delay = function()
  return math.random(2, 8)
end
