import { ConsecutiveBreaker, circuitBreaker, handleAll, type IBreaker, SamplingBreaker } from 'cockatiel';
import CircuitBreaker from 'opossum';
import type { Policy, Protection } from './policy.ts';

type Run = <T>(call: () => Promise<T>) => Promise<T>;

/** A peer is called around each call. It sees statuses only if they are thrown. */
function around(run: Run): Protection {
  return {
    fetch: (url, init) =>
      run(async () => {
        const response = await fetch(url, init);
        if (response.status >= 500) throw new Error(`status ${response.status}`);
        return response;
      }),
    pool: (pool) => (text) => run(() => pool.query(text)),
  };
}

/** The server alone. */
export const none: Policy = {
  name: 'no breaker',
  about: '`fetch` or a pool, with the same time limit',
  start: () => around((call) => call()),
};

function opossum(name: string, about: string, options: CircuitBreaker.Options): Policy {
  return {
    name,
    about,
    start(noted) {
      const breaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), options);
      breaker.on('open', () => noted('open'));
      breaker.on('halfOpen', () => noted('half-open'));
      breaker.on('close', () => noted('closed'));
      return around((call) => breaker.fire(call) as ReturnType<typeof call>);
    },
  };
}

export const opossumDefault: Policy = opossum(
  'opossum, defaults',
  'no options: 50 % of 10 s, from the first call on; 30 s',
  {},
);

export const opossumSet: Policy = opossum(
  'opossum, set',
  '`errorThresholdPercentage: 50`, `volumeThreshold: 20`, `resetTimeout: 1_000`, `timeout: false` because calls have their own time limit',
  { errorThresholdPercentage: 50, volumeThreshold: 20, resetTimeout: 1_000, timeout: false },
);

function cockatiel(name: string, about: string, halfOpenAfter: number, breakerOf: () => IBreaker): Policy {
  return {
    name,
    about,
    start(noted) {
      const policy = circuitBreaker(handleAll, { halfOpenAfter, breaker: breakerOf() });
      policy.onBreak(() => noted('open'));
      policy.onHalfOpen(() => noted('half-open'));
      policy.onReset(() => noted('closed'));
      return around((call) => policy.execute(call));
    },
  };
}

/** cockatiel has no defaults: the values of its own README. */
export const cockatielReadme: Policy = cockatiel(
  'cockatiel, README',
  'it has no defaults, so the values of its README: `ConsecutiveBreaker(5)`, 10 s',
  10_000,
  () => new ConsecutiveBreaker(5),
);

export const cockatielSet: Policy = cockatiel(
  'cockatiel, set',
  '`SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 })`, `halfOpenAfter: 1_000`',
  1_000,
  () => new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 }),
);
