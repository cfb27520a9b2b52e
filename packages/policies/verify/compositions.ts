import { type Breaker, consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import {
  bulkhead,
  type Call,
  type CallOptions,
  cached,
  deadline,
  degraded,
  fallback,
  pipeline,
  retry,
  timeout,
} from '../src/index.ts';

/** Policies alone and together, as the soak calls through them. */
export interface Compositions {
  readonly runs: readonly ((call: Call<string>, options: CallOptions) => Promise<unknown>)[];

  /** How often circuits have opened. */
  opened(): number;

  /** What is still held. */
  left(): Readonly<Record<string, number>>;
}

/** Makes them. */
export function compositions(): Compositions {
  const breakers = [0, 1].map((i) =>
    createBreaker({ name: `soak ${i}`, openWhen: consecutiveFailures(6), openFor: fixed(3), permitTimeout: 1_000 }),
  );
  const [first, second] = breakers as [Breaker, Breaker];
  const bulkheads = [bulkhead({ concurrent: 40 }), bulkhead({ concurrent: 60, queue: 60, queueFor: 10 })] as const;
  const timeouts = [timeout(5), timeout(8), timeout(12)] as const;
  const deadlines = [deadline({ limit: 10 }), deadline({ limit: 15, keep: 1 })] as const;
  const chain = fallback([cached({ maxAge: 20 }), degraded(() => 'less')]);
  const again = retry({ wait: 1, maxWait: 3 });
  const layered = pipeline(chain, deadlines[0], again, bulkheads[1], first, timeouts[0]);
  const bare = pipeline(second, timeouts[1], bulkheads[0]);

  let opened = 0;
  let settled = 0;
  let admitted = 0;
  for (const breaker of breakers) {
    breaker.subscribe(
      ({ type, to }) => {
        if (type === 'outcome') settled++;
        if (type === 'move' && to === 'open') opened++;
      },
      { outcomes: true },
    );
  }

  /** Counts the calls that a breaker lets through; each has to be settled. */
  const counted = (breaker: Breaker): Breaker => {
    const { run } = breaker;
    breaker.run = (call, options) =>
      run.call(
        breaker,
        () => {
          admitted++;
          return call();
        },
        options,
      ) as never;
    return breaker;
  };
  breakers.forEach(counted);

  return {
    runs: [
      (call, options) => timeouts[2].run(call, options),
      (call, options) => bulkheads[0].run(call, options),
      (call, options) => bulkheads[1].run(call, options),
      (call, options) => deadlines[1].run(call, options),
      (call, options) => retry({ wait: 1, maxWait: 3 }).run(call, options),
      (call, options) => chain.run(call, options),
      (call, options) => layered.run(call, options),
      (call, options) => bare.run(call, options),
    ],
    opened: () => opened,
    left: () => ({
      'slots taken': bulkheads.reduce((sum, { active }) => sum + active, 0),
      'calls in a queue': bulkheads.reduce((sum, { waiting }) => sum + waiting, 0),
      'abandoned work': [...timeouts, ...deadlines].reduce((sum, { abandoned }) => sum + abandoned, 0),
      'permits not settled': admitted - settled,
      'probes lost': breakers.reduce((sum, breaker) => sum + breaker.metrics().lost, 0),
    }),
  };
}
