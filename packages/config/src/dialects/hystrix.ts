import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { oneOf, truth, whole } from '../values/codec.ts';
import { plain } from '../values/nearest.ts';
import { percent } from '../values/share.ts';
import type { Dialect } from './dialect.ts';
import { merged, together } from './dots.ts';
import { CACHE, commandTable, poolTable } from './hystrix-tables.ts';
import { Section } from './section.ts';

/** Hystrix' properties, as Archaius and Spring Cloud read them. */
export const hystrix: Dialect = {
  name: 'hystrix',
  title: 'properties of Hystrix',
  tables: { command: commandTable, threadpool: poolTable },
  fits: (root) => [...(root.entries?.keys() ?? [])].some((key) => /^hystrix(\.|$)/.test(key)),
  read(documents, account): FileData {
    const top = together(documents, account)?.entries?.get('hystrix');
    const [commands, pools] = [top?.entries?.get('command'), top?.entries?.get('threadpool')];
    const named = (of: Place | undefined) => [...(of?.entries?.values() ?? [])].filter(({ key }) => key !== 'default');
    const [command, pool] = [commands, pools].map((of) => of?.entries?.get('default'));
    const names = new Set([...named(commands), ...named(pools)].map(({ key }) => key));
    const breakers = [...names].map(
      (key) => [key, readCommand(over(command, commands, key), over(pool, pools, key), account)] as const,
    );
    const rest = command || pool ? { '/.*/': readCommand(command, pool, account) } : {};
    for (const place of top?.entries?.values() ?? [])
      account.note(place, 'not carried', plain(place.key) === 'collapser' ? CACHE : 'not a property of a command');
    return { breakers: { ...Object.fromEntries(breakers), ...rest } };
  },
};

function over(base: Place | undefined, of: Place | undefined, key: string): Place | undefined {
  const own = of?.entries?.get(key);
  return own ? merged(base, own) : base;
}

/** A map of maps as one map, whose keys are the paths. */
function flat(place: Place | undefined): Place {
  const entries = new Map<string, Place>();
  const add = (at: Place, prefix: string) => {
    for (const part of at.entries?.values() ?? []) {
      if (part.entries) add(part, `${prefix}${part.key}.`);
      else entries.set(prefix + part.key, { ...part, key: prefix + part.key });
    }
  };
  if (place) add(place, '');
  return { path: place?.path ?? '', key: place?.key ?? '', at: place?.at, entries };
}

function readCommand(command: Place | undefined, pool: Place | undefined, account: Account): BreakerData {
  const of = new Section(flat(command), account, commandTable);
  const enabled = of.read('circuitBreaker.enabled', truth) ?? true;
  const minimumCalls = of.read('circuitBreaker.requestVolumeThreshold', whole(0)) ?? 20;
  const failureRate = of.read('circuitBreaker.errorThresholdPercentage', percent(0.001)) ?? 0.5;
  const wait = of.read('circuitBreaker.sleepWindowInMilliseconds', whole(0)) ?? 5_000;
  const opened = of.read('circuitBreaker.forceOpen', truth);
  const closed = of.read('circuitBreaker.forceClosed', truth);
  const time = of.read('metrics.rollingStats.timeInMilliseconds', whole()) ?? 10_000;
  const buckets = of.read('metrics.rollingStats.numBuckets', whole()) ?? 10;
  const limited = of.read('execution.timeout.enabled', truth) ?? true;
  if (!limited)
    of.note(
      'execution.isolation.thread.timeoutInMilliseconds',
      'not carried',
      'has no effect while execution.timeout.enabled is false',
    );
  const timeout = of.read('execution.isolation.thread.timeoutInMilliseconds', whole()) ?? 1_000;
  const strategy = of.read('execution.isolation.strategy', oneOf('THREAD', 'SEMAPHORE')) ?? 'THREAD';
  if (strategy === 'THREAD')
    of.note(
      'execution.isolation.semaphore.maxConcurrentRequests',
      'not carried',
      'has no effect while calls run in threads',
    );
  const places = of.read('execution.isolation.semaphore.maxConcurrentRequests', whole()) ?? 10;
  of.rest('a command');
  const limit = strategy === 'THREAD' ? readPool(pool, account) : { concurrent: places };
  const mode = !enabled ? 'disabled' : opened ? 'isolated' : closed ? 'shadow' : undefined;
  return {
    openWhen: { failureRate, minimumCalls: Math.max(1, minimumCalls) },
    window: { time, buckets },
    evaluateOn: 'any',
    openFor: { fixed: wait },
    recover: { probes: 1, successes: 1 },
    ...(mode && { mode }),
    ...(limited && { timeout }),
    bulkhead: limit,
  };
}

/** A pool of threads as the calls that it lets run and wait; Hystrix' default is 10, and no queue. */
function readPool(place: Place | undefined, account: Account): NonNullable<BreakerData['bulkhead']> {
  const of = new Section(flat(place), account, poolTable);
  const grows = of.read('allowMaximumSizeToDivergeFromCoreSize', truth) ?? false;
  const core = of.read('coreSize', whole()) ?? 10;
  if (!grows)
    of.note('maximumSize', 'not carried', 'has no effect without allowMaximumSizeToDivergeFromCoreSize: true');
  const most = of.read('maximumSize', whole()) ?? core;
  const queue = of.read('maxQueueSize', whole(-1)) ?? -1;
  of.rest('a pool of threads');
  return { concurrent: grows ? Math.max(core, most) : core, ...(queue > 0 && { queue }) };
}
