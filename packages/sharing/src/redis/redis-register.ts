import type { Register, Written } from '../ports/register.ts';
import { storeFault } from '../store/fault.ts';
import { requireName } from '../store/name.ts';
import { type Emits, overhearErrors } from '../store/overhear-errors.ts';
import { type IoRedis, type NodeRedis, type RestRedis, scriptsOf } from './redis-client.ts';

const DRIVER = 'redisRegister';

/**
 * A register in Redis. It is linearizable as long as Redis keeps what it has confirmed: with `appendonly yes`, on one server.
 * A failover loses the last writings, and then more than one instance may probe.
 *
 * @param client a client of `ioredis`, `redis` or `@upstash/redis`. It gets a listener for its errors, as with {@link redisBus}
 * @param name of the key that holds all values
 * @default name '@switchgear/register'
 * @throws {TypeError} if this is not a client of Redis
 * @example
 * ```ts
 * share(payments, { group: 'shop eu-west-1a', bus: redisBus(redis), prober: appointed(redisRegister(redis)) });
 * ```
 */
export function redisRegister(
  client: IoRedis | NodeRedis | RestRedis,
  name: string = '@switchgear/register',
): Register {
  const run = scriptsOf(DRIVER, client);
  requireName(DRIVER, name);
  // Who swaps is told by the rejection; without a listener, node-redis would end the process.
  overhearErrors(client as Emits, () => {});
  const life = crypto.randomUUID();
  const [entries, latest] = [`{${name}}`, `{${name}}:${life}`];
  let swaps = 0;
  return {
    async read(prefix) {
      const answer = await run(READ, [entries], [prefix]).catch((error) => {
        throw storeFault(DRIVER, 'read', error);
      });
      const texts = (answer as unknown[]).map(String);
      const found = new Map<string, Written>();
      for (let i = 0; i < texts.length; i += 2) {
        const written = writtenOf(texts[i + 1]);
        // Marked, so that no client takes it for a number.
        if (written) found.set((texts[i] as string).slice(1), written);
      }
      return found;
    },

    async swap(key, expected, value, ttl) {
      const args = [String(swaps++), key, expected ?? '', value, String(ttl)];
      const answer = await run(SWAP, [entries, latest], args).catch((error) => {
        throw storeFault(DRIVER, 'swap', error);
      });
      const [won, now] = (answer as unknown[]).map(String);
      return { won: won === 'won', now: writtenOf(now) };
    },
  };
}

/** `VERSION:AGE:VALUE`, which no client takes for JSON. */
function writtenOf(text: string | undefined): Written | undefined {
  const [, version, age, value] = /^(\d+):(\d+):(.*)$/s.exec(text ?? '') ?? [];
  return version === undefined || value === undefined ? undefined : { version, value, age: Number(age) };
}

/** A field for each key, with `VERSION:WRITTEN AT:NEEDED UNTIL:VALUE` in microseconds of the server. */
const ENTRIES = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local whole = function(number) return string.format('%.0f', number) end
local parse = function(entry)
  local version, at, ends, value = string.match(entry or '', '^(%d+):(%d+):(%d+):(.*)$')
  return version, ends and tonumber(ends) > now, value and (version .. ':' .. whole(math.max(0, (now - at) / 1000)) .. ':' .. value)
end`;

const READ = `${ENTRIES}
local all, answer = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #all, 2 do
  local _, isNeeded, written = parse(all[i + 1])
  if isNeeded and string.sub(all[i], 1, #ARGV[1]) == ARGV[1] then
    answer[#answer + 1] = '=' .. all[i]
    answer[#answer + 1] = written
  end
end
return answer`;

/**
 * Each swap of a client has its number, and one that came before is refused: clients send a command again when the connection
 * broke before its answer, and a swap that has won must not be told that it lost. Versions rise also where a failover has set
 * the clock back. What is not needed any more goes when a key comes that is new.
 */
const SWAP = `${ENTRIES}
local number, key, expected, value, ttl = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if number <= tonumber(redis.call('GET', KEYS[2]) or -1) then
  return redis.error_reply('REPEATED this swap came before, and its answer was lost')
end
redis.call('SET', KEYS[2], number, 'PX', 600000)
local version, isNeeded, written = parse(redis.call('HGET', KEYS[1], key))
if (isNeeded and version or '') ~= expected then return { 'lost', isNeeded and written or '' } end
local new = whole(math.max(now, (version or 0) + 1))
local entry = new .. ':' .. whole(now) .. ':' .. whole(now + ttl * 1000) .. ':' .. value
if redis.call('HSET', KEYS[1], key, entry) == 1 then
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local _, isNeeded = parse(all[i + 1])
    if not isNeeded then redis.call('HDEL', KEYS[1], all[i]) end
  end
end
if redis.call('PTTL', KEYS[1]) < ttl then redis.call('PEXPIRE', KEYS[1], ttl) end
return { 'won', new .. ':0:' .. value }`;
