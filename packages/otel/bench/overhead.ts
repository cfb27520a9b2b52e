/**
 * What measuring costs a call, in nanoseconds and as a ratio: `pnpm --filter @switchgear/otel bench`. The call does nothing, so
 * all of it shows. Ways take turns in rounds, so that a busy machine troubles all alike. Nothing fails on a time.
 */
import { availableParallelism, loadavg } from 'node:os';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { type Breaker, createBreaker } from '@switchgear/core';
import { type InstrumentOptions, instrumentBreakers } from '../src/index.ts';

const ROUNDS = 40;
const CALLS = 20_000;

/** A reader that never collects: an SDK without readers records nothing. */
class NeverReads extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

const meter = new MeterProvider({ readers: [new NeverReads()] }).getMeter('bench');

function instrumented(name: string, options: InstrumentOptions): Breaker {
  const breaker = createBreaker({ name });
  instrumentBreakers(breaker, options);
  return breaker;
}

/** As one would by hand: an instrument of the SDK for the count, and one for the duration. */
function byHand(): Breaker {
  const breaker = createBreaker({ name: 'by hand' });
  const calls = meter.createCounter('calls');
  const durations = meter.createHistogram('durations');
  breaker.subscribe(
    ({ type, outcome, duration = 0 }) => {
      if (type !== 'outcome') return;
      calls.add(1, { name: 'by hand', outcome });
      durations.record(duration / 1_000, { name: 'by hand', outcome });
    },
    { outcomes: true },
  );
  return breaker;
}

const BASE = 'not instrumented';
const breakers: Readonly<Record<string, Breaker>> = {
  [BASE]: createBreaker({ name: 'plain' }),
  'no MeterProvider registered': instrumented('deaf', {}),
  '`calls: false`': instrumented('states', { meter, calls: false }),
  '`durations: false`': instrumented('counts', { meter, durations: false }),
  everything: instrumented('everything', { meter }),
  'by hand, a counter and a histogram of the SDK': byHand(),
};
const refused = {
  [BASE]: createBreaker({ name: 'plain' }),
  'no MeterProvider registered': instrumented('deaf', {}),
  everything: instrumented('everything', { meter }),
};

async function call(breaker: Breaker): Promise<void> {
  await breaker.run(work);
}

async function work(): Promise<number> {
  return 1;
}

function refusal(breaker: Breaker): void {
  breaker.tryAcquire();
}

type Way = (breaker: Breaker) => Promise<void> | void;

async function round(way: Way, breaker: Breaker): Promise<number> {
  const begun = process.hrtime.bigint();
  for (let i = 0; i < CALLS; i++) await way(breaker);
  return Number(process.hrtime.bigint() - begun) / CALLS;
}

/** The quickest tenth of the rounds: what else runs on a machine only adds. */
async function compare(title: string, way: Way, among: Readonly<Record<string, Breaker>>): Promise<void> {
  const times = new Map(Object.keys(among).map((name) => [name, [] as number[]]));
  for (let i = 0; i < ROUNDS; i++) {
    for (const [name, breaker] of Object.entries(among)) times.get(name)?.push(await round(way, breaker));
  }
  const quick = (name: string): number => [...(times.get(name) ?? [])].sort((a, b) => a - b)[ROUNDS / 10] ?? Number.NaN;
  console.log(`| ${title} | ns | times |\n|---|---|---|`);
  for (const name of Object.keys(among)) {
    console.log(`| ${name} | ${Math.round(quick(name))} | ${(quick(name) / quick(BASE)).toFixed(2)} |`);
  }
  console.log('');
}

await compare('a call that does nothing, through a closed circuit', call, breakers);
for (const breaker of Object.values(refused)) breaker.trip(3_600_000);
await compare('a refusal, outside of any span', refusal, refused);
console.log(
  `Node ${process.version}, with a load of ${(loadavg()[0] ?? 0).toFixed(0)} on ${availableParallelism()} cores.`,
);
