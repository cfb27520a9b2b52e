import { type Breaker, type BreakerOptions, guardStream, isCircuitOpen, probes } from '@switchgear/core';
import { around, type Caller, callers, made, refused } from '../kit/callers.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { type Watched, watched } from '../kit/watched.ts';

type Call = () => Promise<string>;

/** Every form in which core takes a call. Each is created once for all callers, outside of any store. */
const FORMS: Readonly<Record<string, (breaker: Breaker) => (call: Call) => PromiseLike<unknown>>> = {
  run: (breaker) => (call) => breaker.run(call),
  'run with a signal': (breaker) => (call) => breaker.run(call, { signal: { aborted: false } }),
  wrap: (breaker) => breaker.wrap((call: Call) => call()),
  acquire: (breaker) => async (call) => {
    const permit = breaker.acquire();
    try {
      const value = await call();
      permit.settle('success');
      return value;
    } catch (error) {
      permit.settle('failure');
      throw error;
    }
  },
  tryAcquire: (breaker) => async (call) => {
    const permit = breaker.tryAcquire() ?? breaker.acquire();
    return call().finally(() => permit.settle('ignored'));
  },
  guardStream: (breaker) => async (call) => {
    let last: unknown;
    for await (const chunk of guardStream(breaker, () => chunksOf(call))) last = chunk;
    return last;
  },
  'guardStream of a promise': (breaker) => async (call) => {
    for await (const chunk of guardStream(breaker, async () => chunksOf(async () => call()))) return chunk;
    return undefined;
  },
};

async function* chunksOf(call: Call): AsyncGenerator<string> {
  yield await call();
}

/** A circuit in every state that treats callers differently, and the expected result of four callers at once. */
interface Situation {
  readonly options?: Partial<BreakerOptions>;
  readonly before?: (circuit: Watched) => void;

  /** How the calls that are made end. */
  readonly ends: 'answered' | 'failed';

  /** The number of callers whose call is made. */
  readonly made: number;
}

const halfOpen = ({ breaker, clock }: Watched): void => {
  breaker.trip();
  clock.advance(1_000);
};

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'closed, and calls succeed': { ends: 'answered', made: 4 },
  'closed, and opened by their failures': { ends: 'failed', made: 4 },
  open: { before: ({ breaker }) => breaker.trip(), ends: 'answered', made: 0 },
  'half-open, and one probe succeeds': { before: halfOpen, ends: 'answered', made: 1 },
  'half-open, and one probe fails': { before: halfOpen, ends: 'failed', made: 1 },
  'half-open, and three probe': {
    options: { recover: probes({ permitted: 3 }) },
    before: halfOpen,
    ends: 'answered',
    made: 3,
  },
  isolated: { before: ({ breaker }) => breaker.setMode('isolated'), ends: 'answered', made: 0 },
  'in shadow mode, and would be open': { before: ({ breaker }) => breaker.setMode('shadow'), ends: 'failed', made: 4 },
  disabled: { before: ({ breaker }) => breaker.setMode('disabled'), ends: 'failed', made: 4 },
};

/** A call and its caller's continuation see the caller's AsyncLocalStorage store, among other callers too. */
export const asyncContext: readonly Spec[] = Object.entries(FORMS).flatMap(([form, formOf]) =>
  Object.entries(SITUATIONS).map(
    ([situation, { options, before, ends, made: many }]): Spec => ({
      name: `${form}: each caller's call and continuation see its own store while the circuit is ${situation}`,
      needs: ['asyncContext'],
      async run() {
        const circuit = watched(options);
        const all = await callers();
        const ask = formOf(circuit.breaker);
        before?.(circuit);
        await all.all((caller) => around(caller, () => ask(() => work(caller, ends)), told));
        equal(
          Object.values(all.seen()),
          [0, 1, 2, 3].map((place) => (place < many ? made(ends) : refused)),
        );
      },
    }),
  ),
);

async function work(caller: Caller, ends: Situation['ends']): Promise<string> {
  caller.note('call');
  await caller.turn();
  caller.note('call, later');
  if (ends === 'failed') throw new Error('down');
  return 'fine';
}

function told(answer: { readonly value: unknown } | { readonly error: unknown }): string {
  if ('value' in answer) return answer.value === 'fine' ? 'answered' : String(answer.value);
  return isCircuitOpen(answer.error) ? 'refused' : 'failed';
}
