-- Reads with a pause after each, as people do. Readers that do not pause would take the whole core,
-- of which the low priority of signing in leaves next to nothing: there would be nothing to measure.
delay = function()
  return math.random(2, 8)
end
