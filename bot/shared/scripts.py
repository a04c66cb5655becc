"""What Redis does in one step (Lua). Redis's own clock counts: those of the processes may differ.

A lane is in the hands of the process that ``owner`` names until the time that stands for it in
``ready``; after that any other may take it. Writing is left to whoever is named, late or not: as
long as no other has taken the lane, what it did still counts.
"""

_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""

# keys: seen, count, lane, owner, ready, bell; returns 1 taken, 0 seen before, -1 too many wait
ACCEPT = (
    _NOW
    + """
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[2]) then return 0 end
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[4]) then return -1 end
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

# keys: owner, ready, lane, sent, pause, then the parts; returns false where another has it
TAKE = (
    _NOW
    + """
local owner = redis.call('GET', KEYS[1])
local at = redis.call('ZSCORE', KEYS[2], ARGV[2])
if owner and owner ~= ARGV[1] and at and tonumber(at) > now then return false end
redis.call('SET', KEYS[1], ARGV[1], 'EX', 86400)
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2])
local parts = {}
for n = 6, #KEYS do parts[n - 5] = redis.call('GET', KEYS[n]) end
return {
  redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES'),
  redis.call('LRANGE', KEYS[4], 0, -1),
  redis.call('PTTL', KEYS[5]),
  parts,
}
"""
)

# keys: owner, ready; returns 0 where another has the lane now
RENEW = (
    _NOW
    + """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2])
return 1
"""
)

# keys: owner, sent; returns 0 where another has the lane now
SENT = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
"""

# keys: owner, ready, lane, sent, bell, then the parts. For each part three arguments: 'keep',
# 'drop' or 'put', the value, and the seconds it stays. Returns how many updates are left, or -1
# where another has the lane now. It is let go where nothing is left, or where ARGV[4] is 'leave'.
COMMIT = (
    _NOW
    + """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[3])
redis.call('DEL', KEYS[4])
for n = 6, #KEYS do
  local at = 7 + (n - 6) * 3
  if ARGV[at] == 'put' then redis.call('SET', KEYS[n], ARGV[at + 1], 'EX', ARGV[at + 2]) end
  if ARGV[at] == 'drop' then redis.call('DEL', KEYS[n]) end
end
local left = redis.call('ZCARD', KEYS[3])
if left > 0 and ARGV[4] ~= 'leave' then
  redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[2])
  return left
end
redis.call('DEL', KEYS[1])
if left > 0 then
  redis.call('ZADD', KEYS[2], now, ARGV[2])
  redis.call('RPUSH', KEYS[5], ARGV[2])
  redis.call('EXPIRE', KEYS[5], 60)
elseif tonumber(ARGV[6]) >= 0 then
  redis.call('ZADD', KEYS[2], now + ARGV[6], ARGV[2])
else
  redis.call('ZREM', KEYS[2], ARGV[2])
end
return left
"""
)

# keys: owner, ready, bell
GIVE_BACK = (
    _NOW
    + """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZADD', KEYS[2], now, ARGV[2])
redis.call('RPUSH', KEYS[3], ARGV[2])
redis.call('EXPIRE', KEYS[3], 60)
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
