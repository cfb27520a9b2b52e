import type { Account } from '../document/account.ts';
import { below, type Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { number, whole } from '../values/codec.ts';
import { timeSpan } from '../values/duration.ts';
import { plain } from '../values/nearest.ts';
import type { Dialect, Table } from './dialect.ts';
import { merged } from './dots.ts';
import { Section } from './section.ts';

const CODE = 'code of .NET: say it in classify, or listen with subscribe(…)';

const circuitTable: Table = {
  FailureRatio: ['carried', 'failureRate'],
  MinimumThroughput: ['carried', 'minimumCalls'],
  SamplingDuration: ['carried', 'window'],
  BreakDuration: ['carried', 'openFor'],
  Name: ['not carried', 'the breaker has the name of its section'],
  ShouldHandle: ['not carried', CODE],
  BreakDurationGenerator: ['not carried', CODE],
  OnOpened: ['not carried', CODE],
  OnClosed: ['not carried', CODE],
  OnHalfOpened: ['not carried', CODE],
  ManualControl: ['not carried', 'setMode, trip and reset of the breaker itself'],
  StateProvider: ['not carried', 'state of the breaker itself'],
};
const timeoutTable: Table = { Timeout: ['carried', 'timeout'] };
const limiterTable: Table = {
  PermitLimit: ['carried', 'bulkhead.concurrent'],
  QueueLimit: ['carried', 'bulkhead.queue'],
};

const OTHERS: Readonly<Record<string, string>> = {
  retry: 'repeat calls with the client you use, within retryBudget of @switchgear/policies',
  hedging: 'nothing here sends a call twice',
  totalrequesttimeout: 'one limit over all attempts is deadline of @switchgear/policies, around the retries',
};

/** Options of Polly, and of Microsoft.Extensions.Http.Resilience, in `appsettings.json`. */
export const polly: Dialect = {
  name: 'polly',
  title: 'options of Polly',
  beside: 'not part of the options of a circuit breaker',
  tables: {
    CircuitBreaker: circuitTable,
    Timeout: timeoutTable,
    'RateLimiter.DefaultRateLimiterOptions': limiterTable,
  },
  fits: (root) => circuitsIn(withoutColons(root), '').length > 0,
  read(documents, account, { name }): FileData {
    const found = documents.flatMap((root) => circuitsIn(withoutColons(root), ''));
    const breakers: Record<string, BreakerData> = {};
    for (const circuit of found) {
      const own = circuit.name || name;
      // Sections of one name in different places are told apart by their paths.
      breakers[Object.hasOwn(breakers, own) ? circuit.circuit.path : own] = readCircuit(circuit, account);
    }
    const [first] = found;
    return { breakers, ...(first?.name === '' && { defaults: breakers[name] as BreakerData }) };
  },
};

/** A map with the options of a breaker, and what stands beside it. */
interface Found {
  readonly name: string;
  readonly circuit: Place;
  readonly beside: Place | undefined;
}

function circuitsIn(place: Place, name: string, beside?: Place): readonly Found[] {
  const keys = [...(place.entries?.keys() ?? [])].map(plain);
  if (['failureratio', 'samplingduration', 'breakduration', 'minimumthroughput'].some((key) => keys.includes(key)))
    return [{ name, circuit: place, beside }];
  return below(place).flatMap((part) => {
    const isBlock = /^circuitbreaker(?:options)?$/.test(plain(part.key));
    return isBlock ? circuitsIn(part, name, place) : circuitsIn(part, part.key);
  });
}

/** `CircuitBreaker:FailureRatio` is a map in a map, as .NET reads it. */
function withoutColons(place: Place): Place {
  if (!place.entries) return place;
  const entries = new Map<string, Place>();
  for (const part of place.entries.values()) {
    const [first = '', ...rest] = part.key.split(':');
    const inner = { ...part, key: rest.join(':') };
    const whole =
      rest.length === 0
        ? withoutColons(part)
        : withoutColons({ path: part.path, key: first, at: part.at, entries: new Map([[inner.key, inner]]) });
    entries.set(first, merged(entries.get(first), whole));
  }
  return { ...place, entries };
}

function readCircuit({ circuit, beside }: Found, account: Account): BreakerData {
  const of = new Section(circuit, account, circuitTable);
  const failureRate = of.read('FailureRatio', number(0, 1)) ?? 0.1;
  const minimumCalls = of.read('MinimumThroughput', whole(2)) ?? 100;
  const time = of.read('SamplingDuration', timeSpan) ?? 30_000;
  const fixed = of.read('BreakDuration', timeSpan) ?? 5_000;
  for (const [name, ms] of [
    ['SamplingDuration', time],
    ['BreakDuration', fixed],
  ] as const)
    if (ms < 500 || ms > 86_400_000) of.problem(name, 'must be from half a second to a day, as Polly asks');
  if (failureRate === 0) of.problem('FailureRatio', 'must be greater than 0: at 0 every call would open the circuit');
  of.rest('the options of a circuit breaker');
  return {
    // Polly judges after failures only, and lets one probe decide.
    openWhen: { failureRate, minimumCalls },
    window: { time, buckets: 10, align: 'first' },
    openFor: { fixed },
    recover: { probes: 1, successes: 1 },
    ...(beside && readBeside(beside, account)),
  };
}

function readBeside(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, {});
  const limit = of.section('AttemptTimeout', timeoutTable) ?? of.section('Timeout', timeoutTable);
  const timeout = limit?.read('Timeout', timeSpan);
  limit?.rest('a timeout');
  const limiter = of.section('RateLimiter', {})?.section('DefaultRateLimiterOptions', limiterTable);
  const concurrent = limiter?.read('PermitLimit', whole());
  const queue = limiter?.read('QueueLimit', whole(0));
  limiter?.rest('a limiter');
  for (const part of place.entries?.values() ?? []) {
    const why = OTHERS[plain(part.key)];
    if (why) account.note(part, 'not carried', why);
  }
  return {
    ...(timeout && { timeout }),
    ...(concurrent !== undefined && { bulkhead: { concurrent, ...(queue !== undefined && { queue }) } }),
  };
}
