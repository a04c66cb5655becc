"""What Redis does in one step (Lua). Redis's own clock counts: those of the processes may differ.

A lane is in the hands of the process that ``owner`` names until the time that stands for it in
``ready``; after that any other may take it. Writing is left to whoever is named, late or not: as
long as no other has taken the lane, what it did still counts. Where Redis has lost everything since
the lane was taken (``born`` is another), whoever had it in hand has it still: else nobody would.
"""

_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""

# keys: owner, born; arguments: the hand, and what was born when the lane was taken
_MINE = """
local owner = redis.call('GET', KEYS[1])
local mine = owner == ARGV[1]
if not owner and redis.call('GET', KEYS[2]) ~= ARGV[2] then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', 86400)
  mine = true
end
"""

# The count begins with the time: after Redis has lost everything it goes on above what was before.
# keys: seen, count, lane, owner, ready, bell; returns 1 taken, 0 seen before, -1 too many wait
ACCEPT = (
    _NOW
    + """
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[2]) then return 0 end
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[4]) then return -1 end
redis.call('SET', KEYS[2], now, 'NX')
redis.call('ZADD', KEYS[3], redis.call('INCR', KEYS[2]), ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[3])
local bell = KEYS[6]
local owner = redis.call('GET', KEYS[4])
local at = redis.call('ZSCORE', KEYS[5], ARGV[5])
if owner and at and tonumber(at) > now then
  bell = bell .. ':' .. string.match(owner, '^[^.]+')
else
  redis.call('ZADD', KEYS[5], now, ARGV[5])
end
redis.call('RPUSH', bell, ARGV[5])
redis.call('LTRIM', bell, -10000, -1)
redis.call('EXPIRE', bell, 60)
return 1
"""
)

# keys: ready; returns lanes whose time has come
OVERDUE = (
    _NOW
    + """
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
"""
)

# keys: owner, born, ready, lane, sent, tries, pause, then the parts; returns false where another
# has the lane
TAKE = (
    _NOW
    + """
local owner = redis.call('GET', KEYS[1])
local at = redis.call('ZSCORE', KEYS[3], ARGV[2])
if owner and owner ~= ARGV[1] and at and tonumber(at) > now then return false end
redis.call('SET', KEYS[1], ARGV[1], 'EX', 86400)
redis.call('SET', KEYS[2], ARGV[1], 'NX')
redis.call('ZADD', KEYS[3], now + ARGV[3], ARGV[2])
local parts = {}
for n = 8, #KEYS do parts[n - 7] = redis.call('GET', KEYS[n]) end
if owner ~= ARGV[1] then redis.call('INCR', KEYS[6]) end
redis.call('EXPIRE', KEYS[6], ARGV[4])
return {
  redis.call('GET', KEYS[2]),
  redis.call('ZRANGE', KEYS[4], 0, -1, 'WITHSCORES'),
  redis.call('LRANGE', KEYS[5], 0, -1),
  redis.call('GET', KEYS[6]),
  redis.call('PTTL', KEYS[7]),
  parts,
}
"""
)

# keys: owner, born, ready; returns 0 where another has the lane now
RENEW = (
    _NOW
    + _MINE
    + """
if not mine then return 0 end
redis.call('ZADD', KEYS[3], now + ARGV[4], ARGV[3])
return 1
"""
)

# keys: owner, born, sent; returns 0 where another has the lane now
SENT = (
    _MINE
    + """
if not mine then return 0 end
redis.call('RPUSH', KEYS[3], ARGV[3])
redis.call('EXPIRE', KEYS[3], ARGV[4])
return 1
"""
)

# keys: owner, born, ready, lane, sent, tries, bell, then the parts. For each part three arguments:
# 'keep', 'drop' or 'put', the value, and the seconds it stays. Returns how many updates are left,
# or -1 where another has the lane now. It is let go where nothing is left, or where ARGV[5] is
# 'leave'.
COMMIT = (
    _NOW
    + _MINE
    + """
if not mine then return -1 end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[4])
redis.call('DEL', KEYS[5], KEYS[6])
for n = 8, #KEYS do
  local at = 8 + (n - 8) * 3
  if ARGV[at] == 'put' then redis.call('SET', KEYS[n], ARGV[at + 1], 'EX', ARGV[at + 2]) end
  if ARGV[at] == 'drop' then redis.call('DEL', KEYS[n]) end
end
local left = redis.call('ZCARD', KEYS[4])
if left > 0 and ARGV[5] ~= 'leave' then
  redis.call('ZADD', KEYS[3], now + ARGV[6], ARGV[3])
  return left
end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1], 'NX')
if left > 0 then
  redis.call('ZADD', KEYS[3], now, ARGV[3])
  redis.call('RPUSH', KEYS[7], ARGV[3])
  redis.call('EXPIRE', KEYS[7], 60)
elseif tonumber(ARGV[7]) >= 0 then
  redis.call('ZADD', KEYS[3], now + ARGV[7], ARGV[3])
else
  redis.call('ZREM', KEYS[3], ARGV[3])
end
return left
"""
)

# keys: owner, ready, tries, bell
GIVE_BACK = (
    _NOW
    + """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[3])
redis.call('ZADD', KEYS[2], now, ARGV[2])
redis.call('RPUSH', KEYS[4], ARGV[2])
redis.call('EXPIRE', KEYS[4], 60)
return 1
"""
)

# keys: leader; returns 1 where ARGV[1] leads now
LEAD = """
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

# keys: leader
RESIGN = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""
