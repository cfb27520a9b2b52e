import type { Bus } from '../ports/bus.ts';
import { KEPT, type Letter, MOST_BYTES, mailboxBus } from '../store/mailbox.ts';
import { requireName } from '../store/name.ts';
import { type Emits, overhearErrors } from '../store/overhear-errors.ts';
import { type IoRedis, type NodeRedis, type RestRedis, scriptsOf } from './redis-client.ts';

/**
 * A bus over Redis for clients that cannot listen: Redis Cluster, functions, Workers, services that speak HTTP. Each report
 * that is sent brings those of others; in peace that is every two seconds.
 *
 * @param client a client of `ioredis`, `redis` or `@upstash/redis`. While the bus is open it has a listener for its errors, as
 *   with {@link redisBus}
 * @param name of the two keys that hold the reports. Give each group its own if there are many
 * @default name '@switchgear/sharing'
 * @throws {TypeError} if this is not a client of Redis
 */
export function redisMailbox(client: IoRedis | NodeRedis | RestRedis, name: string = '@switchgear/sharing'): Bus {
  const run = scriptsOf('redisMailbox', client);
  requireName('redisMailbox', name);
  // Braces keep both in one slot of a cluster.
  const keys = [`{${name}}`, `{${name}}:at`];
  return mailboxBus(
    'redisMailbox',
    async (box, report, readTo) => {
      const answer = await run(EXCHANGE, keys, [box, report, readTo, String(KEPT), String(MOST_BYTES)]);
      const [newTo, ...letters] = (answer as unknown[]).map(String);
      return { readTo: newTo ?? readTo, letters: letters.map(letterOf) };
    },
    (fail) => overhearErrors(client as Emits, fail),
  );
}

/** A letter is `AGE:REPORT`, which no client takes for JSON. */
function letterOf(text: string): Letter {
  const end = text.indexOf(':');
  return { age: Number(text.slice(0, end)), report: text.slice(end + 1) };
}

/**
 * A hash from box to report, and a sorted set from box to the microsecond it was left, which rises also where a failover has
 * set the clock back. Reads on from where this reader was, so that with many boxes it comes to all of them.
 */
const EXCHANGE = `
local reports, times = KEYS[1], KEYS[2]
local box, report, from, kept, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4] * 1000, tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local latest = redis.call('ZRANGE', times, -1, -1, 'WITHSCORES')[2] or 0
local at = math.max(now, latest + 1)
local whole = function(number) return string.format('%.0f', number) end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', times, '-inf', whole(at - kept))) do
  redis.call('HDEL', reports, old)
  redis.call('ZREM', times, old)
end
redis.call('HSET', reports, box, report)
redis.call('ZADD', times, whole(at), box)
redis.call('PEXPIRE', reports, 60000)
redis.call('PEXPIRE', times, 60000)
local answer, bytes = { from }, 0
local newer = redis.call('ZRANGEBYSCORE', times, '(' .. from, '+inf', 'WITHSCORES')
for i = 1, #newer, 2 do
  if bytes > most then break end
  local left, other = newer[i + 1], newer[i] ~= box and redis.call('HGET', reports, newer[i])
  if other then
    answer[#answer + 1] = whole(math.max(0, (now - left) / 1000)) .. ':' .. other
    bytes = bytes + #other
  end
  answer[1] = whole(left)
end
return answer`;
