/**
 * Keys of a purse: a hash (`spent`, `reserved`, and `r:ID` for each open reservation) and a sorted set of the open reservations by the time at
 * which they lapse. Amounts are whole numbers; HINCRBY adds them exactly, and `%.0f` keeps Lua from writing them with an exponent.
 */
const shared = `
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function read(key)
  local found = redis.call('HMGET', key, 'spent', 'reserved')
  return tonumber(found[1] or '0'), tonumber(found[2] or '0')
end
local function release(key, open, id)
  local amount = redis.call('HGET', key, 'r:' .. id)
  if amount then
    redis.call('HINCRBY', key, 'reserved', string.format('%.0f', -tonumber(amount)))
    redis.call('HDEL', key, 'r:' .. id)
  end
  redis.call('ZREM', open, id)
end
`;

/** KEYS: the reservation, then two per purse. ARGV: id, amount, lease in ms, then limit and expiry (0 for none) per purse. */
export const reserveScript = `${shared}
local id, amount, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = now()
local purses = (#KEYS - 1) / 2
local known = redis.call('EXISTS', KEYS[1]) == 1
local full = 0
for i = 1, purses do
  local key, open = KEYS[2 * i], KEYS[2 * i + 1]
  for _, late in ipairs(redis.call('ZRANGEBYSCORE', open, '-inf', string.format('%.0f', time), 'LIMIT', 0, 100)) do release(key, open, late) end
  local spent, reserved = read(key)
  if full == 0 and not known and spent + reserved + amount > tonumber(ARGV[2 + 2 * i]) then full = i end
end
if full == 0 and not known then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', string.format('%.0f', lease * 2))
  for i = 1, purses do
    local key, open, expires = KEYS[2 * i], KEYS[2 * i + 1], tonumber(ARGV[3 + 2 * i])
    redis.call('HINCRBY', key, 'reserved', ARGV[2])
    redis.call('HSET', key, 'r:' .. id, ARGV[2])
    redis.call('ZADD', open, string.format('%.0f', time + lease), id)
    if expires > time then
      redis.call('PEXPIREAT', key, ARGV[3 + 2 * i])
      redis.call('PEXPIREAT', open, ARGV[3 + 2 * i])
    end
  end
end
local answer = { tostring(full) }
for i = 1, purses do
  local spent, reserved = read(KEYS[2 * i])
  answer[#answer + 1] = string.format('%.0f', spent)
  answer[#answer + 1] = string.format('%.0f', reserved)
end
return answer
`;

/** KEYS as above. ARGV: id, what was spent, then the expiry per purse. */
export const settleScript = `${shared}
local id = ARGV[1]
if redis.call('DEL', KEYS[1]) == 0 then return 0 end
local time = now()
for i = 1, (#KEYS - 1) / 2 do
  local key, open, expires = KEYS[2 * i], KEYS[2 * i + 1], tonumber(ARGV[2 + i])
  release(key, open, id)
  redis.call('HINCRBY', key, 'spent', ARGV[2])
  if expires > time then redis.call('PEXPIREAT', key, ARGV[2 + i]) end
end
return 1
`;
