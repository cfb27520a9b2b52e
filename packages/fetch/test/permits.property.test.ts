import { OPEN_FOR } from '@switchgear/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { watch } from './watch.ts';

/** How one request ends below us. */
type Fate = 'answers' | 'fails' | 'is busy' | 'rejects' | 'throws' | 'hangs' | 'hides';

/** One thing that a program does. */
type Step =
  | {
      readonly does: 'fetch';
      readonly fate: Fate;
      readonly as: 'text' | 'request' | 'nonsense';
      readonly aborted: boolean;
    }
  | { readonly does: 'abort'; readonly which: number }
  | { readonly does: 'trip' }
  | { readonly does: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('fetch' as const),
      fate: fc.constantFrom<Fate>('answers', 'answers', 'fails', 'is busy', 'rejects', 'throws', 'hangs', 'hides'),
      as: fc.constantFrom('text' as const, 'text' as const, 'request' as const, 'nonsense' as const),
      aborted: fc.nat(7).map((n) => n === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('abort' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'trip' as const }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(0, 0, 1, OPEN_FOR) }) },
);

it('whatever a program does, no permit stays in flight and none is settled twice', async () => {
  const reached = { calls: 0, requests: 0, permits: 0, refused: 0, ignored: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
      fc.constantFrom('throw' as const, 'respond' as const),
      fc.boolean(),
      async (steps, onOpen, badClassifier) => {
        const fates: Fate[] = [];
        const controllers: AbortController[] = [];
        const { fetch, permits, clock, outcomes } = watch(
          {
            onOpen,
            fetch: (input, init) => behave(fates.shift(), init?.signal ?? (input as Request).signal),
            classify: () => {
              if (badClassifier) throw new Error('a classifier with a mistake');
              return undefined;
            },
          },
          { permitTimeout: Number.MAX_SAFE_INTEGER },
        );
        const calls: Promise<unknown>[] = [];
        const held: Request[] = [];
        for (const each of steps) {
          if (each.does === 'trip') permits.breaker.trip();
          if (each.does === 'abort') controllers.at(each.which)?.abort();
          if (each.does === 'wait') {
            clock.advance(each.ms);
            await new Promise(setImmediate);
          }
          if (each.does === 'fetch') {
            const controller = new AbortController();
            if (each.aborted) controller.abort();
            const { signal } = controller;
            const before = permits.issued;
            fates.splice(0, fates.length, each.fate);
            const url = each.as === 'nonsense' ? 'http://[' : 'http://a.example';
            // Held, because Node collects a request without references, and then its signal never aborts.
            if (each.as === 'request') held.push(new Request(url, { signal }));
            const call = each.as === 'request' ? fetch(held.at(-1) as Request) : fetch(url, { signal });
            calls.push(call.catch(() => undefined));
            controllers.push(controller);
            if (each.aborted || each.as === 'nonsense') expect(permits.issued).toBe(before);
          }
        }
        for (const controller of controllers) controller.abort();
        await Promise.all(calls);
        reached.requests += held.length;
        expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0, recorded: 0 });
        expect(permits.breaker.metrics().lost).toBe(0);
        expect(outcomes).toHaveLength(permits.issued);
        reached.calls += calls.length;
        reached.permits += permits.issued;
        reached.refused += permits.breaker.metrics().rejected;
        reached.ignored += outcomes.filter((outcome) => outcome === 'ignored').length;
      },
    ),
    { numRuns: 300 },
  );
  // The generators are worth something only if they get there.
  expect(reached.calls).toBeGreaterThan(2_000);
  expect(reached.requests).toBeGreaterThan(300);
  expect(reached.permits).toBeGreaterThan(700);
  expect(reached.refused).toBeGreaterThan(100);
  expect(reached.ignored).toBeGreaterThan(50);
});

function behave(fate: Fate | undefined, signal: AbortSignal): Promise<Response> {
  const statuses = { answers: 200, fails: 503, 'is busy': 429 } as const;
  switch (fate) {
    case 'answers':
    case 'fails':
    case 'is busy':
      return Promise.resolve(new Response('', { status: statuses[fate] }));
    case 'throws':
      throw new Error('at once');
    case 'hangs':
      return new Promise((_resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    case 'hides':
      return Promise.resolve(Response.error());
    default:
      return Promise.reject(new TypeError('Failed to fetch'));
  }
}
