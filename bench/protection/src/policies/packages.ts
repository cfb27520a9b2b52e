import { ConsecutiveBreaker, circuitBreaker, handleAll, type IBreaker, SamplingBreaker } from 'cockatiel';
import CircuitBreaker from 'opossum';
import { withFakeTime } from './fake-time.ts';
import type { Policy } from './policy.ts';

/**
 * opossum with its defaults. Timeouts are the client's own here, so its timer for them is off; and so are the
 * percentiles and snapshots, which decide nothing and would take most of the time of the whole bench.
 */
export const opossum: Policy = {
  name: 'opossum',
  kind: 'peer',
  about: 'the package with its defaults; its own timeout off, since clients have one',
  hasWindow: true,
  isPackage: true,
  start: (world) =>
    withFakeTime(world, () => {
      const breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
        timeout: false,
        rollingPercentilesEnabled: false,
        enableSnapshots: false,
      });
      return { fire: (call) => breaker.fire(call), stop: () => breaker.shutdown() };
    }),
};

function cockatiel(name: string, about: string, breakerOf: () => IBreaker): Policy {
  return {
    name: `cockatiel ${name}`,
    kind: 'peer',
    about,
    hasWindow: true,
    isPackage: true,
    start: (world) =>
      withFakeTime(world, () => {
        const policy = circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: breakerOf() });
        return { fire: (call) => policy.execute(call) };
      }),
  };
}

/** cockatiel has no defaults: the values of its own README. */
export const consecutive: Policy = cockatiel(
  'consecutive',
  'the package as its README has it: 5 failures in a row, 10 s',
  () => new ConsecutiveBreaker(5),
);
export const sampling: Policy = cockatiel(
  'sampling',
  'the package as its README has it: 20 % within 30 s, 10 s',
  () => new SamplingBreaker({ threshold: 0.2, duration: 30_000 }),
);
