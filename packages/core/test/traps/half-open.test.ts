import { describe, expect, it } from 'vitest';
import { classifyStatus } from '../../src/adapter/index.ts';
import { findCircuitOpen, probes, type RecoverRecipe, ramp } from '../../src/index.ts';
import { fail, type Observed, observed, succeed } from '../breaker/breakers.ts';

function halfOpen(options: Parameters<typeof observed>[0] = {}): Observed {
  const made = observed(options);
  made.breaker.trip();
  made.clock.advance(1_000);
  return made;
}

describe('half-open', () => {
  // Others: everybody who asks in the moment the wait ends is let through, and the herd falls on a service half up.
  it.each<[name: string, recover: RecoverRecipe, admitted: number]>([
    ['one probe', probes({ permitted: 1 }), 1],
    ['three probes', probes({ permitted: 3 }), 3],
    ['a sample of five, two at once', probes({ permitted: 2, sample: 5 }), 2],
    ['a tenth of the traffic', ramp([0.1, 1]), 1],
  ])('lets only the permitted number of simultaneous calls through: %s', async (_name, recover, admitted) => {
    const { breaker } = halfOpen({ recover });
    let made = 0;
    const call = () => {
      made++;
      return new Promise<never>(() => {});
    };
    for (let caller = 0; caller < 10; caller++) breaker.run(call).catch(() => {});
    await Promise.resolve();
    expect(made).toBe(admitted);
    expect(breaker.metrics().rejected).toBe(10 - admitted);
  });

  // Others: excess callers wait for the probe, as long as it takes, and in a Worker for ever.
  it('refuses all other calls immediately, with a retryAfter', async () => {
    const { breaker } = halfOpen({ permitTimeout: 400 });
    breaker.acquire();
    const refusals = await Promise.all(Array.from({ length: 9 }, () => fail(breaker)));
    for (const refusal of refusals) {
      expect(findCircuitOpen(refusal)).toMatchObject({ retryAfter: 400, because: { rule: 'half-open' } });
    }
  });

  // Others: a probe that hangs keeps the only place, and no call is let through until the process restarts.
  it('is delayed by a call that never ends for at most permitTimeout, which is half a minute by default', async () => {
    const { breaker, clock, moves } = halfOpen();
    breaker.run(() => new Promise<never>(() => {})).catch(() => {});
    clock.advance(29_999);
    expect(breaker.retryAfter).toBe(1);
    clock.advance(1);
    await succeed(breaker);
    await succeed(breaker);
    expect(moves().at(-1)).toBe('half-open>closed');
  });

  // Others: what is not counted as a failure is taken for a success, and a probe that was called off closes the circuit.
  it.each<[way: string, ignore: (made: Observed) => unknown]>([
    ['by its classifier', ({ breaker }) => fail(breaker, 'not our doing')],
    ['by its caller’s signal', ({ breaker }) => breaker.run(() => Promise.reject(), { signal: { aborted: true } })],
    ['by its host', ({ breaker }) => breaker.acquire().settle('ignored')],
    ['as lost', ({ breaker, clock }) => [breaker.acquire(), clock.advance(30_000)]],
  ])('does not decide by an ignored probe, and gives its place to the next: ignored %s', async (_way, ignore) => {
    const made = halfOpen({
      recover: probes({ permitted: 1, successes: 1, failures: 1 }),
      classify: (ending) => ('error' in ending && ending.error === 'not our doing' ? 'ignored' : undefined),
    });
    await Promise.resolve(ignore(made)).catch(() => {});
    expect(made.moves()).not.toContain('half-open>closed');
    expect(made.breaker.state).toBe('half-open');
    expect(made.breaker.acquire().probe).toBe(true);
  });

  // Others: a recovered service answers 401 or 403, and its circuit stays open as long as callers are not authorised.
  it.each<[status: number, state: string]>([
    [200, 'closed'],
    [401, 'closed'],
    [404, 'closed'],
    [429, 'half-open'],
    [503, 'open'],
  ])('counts an answer as a sign of life, whatever it says: %i', async (status, state) => {
    const { breaker } = halfOpen({
      recover: probes({ permitted: 1 }),
      classify: (ending) => ('value' in ending ? classifyStatus(ending.value as number) : undefined),
    });
    await breaker.run(() => status);
    expect(breaker.state).toBe(state);
  });
});
