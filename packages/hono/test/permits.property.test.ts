import type { Breaker } from '@switchgear/core';
import { OPEN_FOR, watchBreaker } from '@switchgear/testkit';
import fc from 'fast-check';
import { type Context, Hono } from 'hono';
import { expect, it } from 'vitest';
import { breakerProxy, circuitBreaker } from '../src/index.ts';

/** What becomes of one request below us. */
type Fate = 'answers' | 'fails' | 'is busy' | 'throws' | 'throws a word' | 'hangs' | 'answers nothing';

/** What lies between a request and its route. */
type Around = 'nothing' | 'throws before' | 'throws after' | 'calls next twice';

/** One thing that clients and operators do. */
type Step =
  | {
      readonly does: 'request';
      readonly fate: Fate;
      readonly by: 'route' | 'proxy' | 'both';
      readonly outside: Around;
      readonly inside: Around;
      readonly aborted: boolean;
    }
  | { readonly does: 'abort'; readonly which: number }
  | { readonly does: 'trip' }
  | { readonly does: 'wait'; readonly ms: number };

/** No permit is taken back: one that leaks stays in flight. */
const UNHURRIED = { permitTimeout: Number.MAX_SAFE_INTEGER };

const FATES: readonly Fate[] = ['answers', 'fails', 'is busy', 'throws', 'throws a word', 'hangs', 'answers nothing'];
const around = fc.constantFrom<Around>(
  'nothing',
  'nothing',
  'nothing',
  'throws before',
  'throws after',
  'calls next twice',
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('request' as const),
      fate: fc.constantFrom<Fate>('answers', ...FATES),
      by: fc.constantFrom('route' as const, 'route' as const, 'proxy' as const, 'both' as const),
      outside: around,
      inside: around,
      aborted: fc.nat(7).map((n) => n === 0),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('abort' as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'trip' as const }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.constantFrom(0, 0, 1, OPEN_FOR) }) },
);

it('whatever an app does, no permit stays in flight and none is settled twice', async () => {
  const reached = { requests: 0, permits: 0, refused: 0, ignored: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const [outer, inner] = [watchBreaker(UNHURRIED), watchBreaker(UNHURRIED)];
      const watched = [outer, inner];
      const app = appAround(outer.breaker, inner.breaker);
      const controllers: AbortController[] = [];
      const held: Request[] = [];
      const answers: Promise<unknown>[] = [];
      for (const each of steps) {
        if (each.does === 'trip') watched.at(held.length % 2)?.breaker.trip();
        if (each.does === 'abort') controllers.at(each.which)?.abort();
        if (each.does === 'wait') {
          for (const { clock } of watched) clock.advance(each.ms);
          await new Promise(setImmediate);
        }
        if (each.does === 'request') {
          const controller = new AbortController();
          if (each.aborted) controller.abort();
          controllers.push(controller);
          const { fate, by, outside, inside } = each;
          const headers = { fate, outside, inside };
          const request = new Request(`http://a.example/${by}`, { headers, signal: controller.signal });
          // Held as servers hold it: Node collects an unreferenced request, and then its signal never aborts.
          held.push(request);
          answers.push(Promise.resolve(app.request(request)).catch(() => undefined));
        }
      }
      for (const controller of controllers) controller.abort();
      await Promise.all(answers);
      for (const { permits, outcomes } of watched) {
        expect(permits).toMatchObject({ inFlight: 0, settledTwice: 0, recorded: 0 });
        expect(permits.breaker.metrics().lost).toBe(0);
        expect(outcomes).toHaveLength(permits.issued);
        reached.permits += permits.issued;
        reached.refused += permits.breaker.metrics().rejected;
        reached.ignored += outcomes.filter((outcome) => outcome.startsWith('ignored')).length;
      }
      reached.requests += held.length;
    }),
    { numRuns: 200 },
  );
  // The generators are worth something only if they get there.
  expect(reached.requests).toBeGreaterThan(1_500);
  expect(reached.permits).toBeGreaterThan(700);
  expect(reached.refused).toBeGreaterThan(100);
  expect(reached.ignored).toBeGreaterThan(50);
});

function appAround(outer: Breaker, inner: Breaker): Hono {
  const app = new Hono();
  app.onError((error, c) => c.text(error.message, 500));
  app.use((c, next) => behaveAround(c.req.header('outside'), next));
  app.use('/route', circuitBreaker({ breaker: outer }));
  app.use('/both', circuitBreaker({ breaker: outer }));
  app.use((c, next) => behaveAround(c.req.header('inside'), next));
  const forward = async (_url: URL, c: Context) => behave(c);
  app.get('/route', behave);
  app.get('/:by', breakerProxy({ to: 'http://a.example', breaker: inner, forward }));
  return app;
}

async function behaveAround(how: string | undefined, next: () => Promise<void>): Promise<void> {
  if (how === 'throws before') throw new Error('a middleware with a mistake');
  await next();
  if (how === 'calls next twice') await next();
  if (how === 'throws after') throw new Error('a middleware with a mistake');
}

async function behave(c: Context): Promise<Response> {
  const { signal } = c.req.raw;
  switch (c.req.header('fate')) {
    case 'answers':
      return c.text('ok');
    case 'fails':
      return c.text('', 503);
    case 'is busy':
      return c.text('', 429);
    case 'throws a word':
      throw 'a word';
    case 'answers nothing':
      return undefined as never;
    case 'hangs':
      return new Promise((_resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    default:
      throw new Error('a handler with a mistake');
  }
}
