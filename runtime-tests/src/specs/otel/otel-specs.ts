import { createRegistry } from '@switchgear/core';
import { instrumentBreakers } from '@switchgear/otel';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, succeed, watched } from '../kit/watched.ts';
import { readMeter } from './read-meter.ts';

/** What `@switchgear/otel` promises. */
export const otelSpecs: readonly Spec[] = [
  {
    name: 'otel: without a provider breakers work unchanged',
    async run() {
      const { breaker } = watched();
      const { stop } = instrumentBreakers(breaker);
      await fail(breaker);
      await fail(breaker);
      await fail(breaker);
      equal([breaker.state, breaker.metrics().rejected, breaker.metrics().errors], ['open', 1, 0]);
      stop();
    },
  },
  {
    name: 'otel: calls, moves, states and open time are reported when the meter is read',
    async run() {
      const { breaker, clock } = watched();
      const { meter, read } = readMeter();
      instrumentBreakers(breaker, { meter, clock });
      await succeed(breaker);
      for (let call = 0; call < 3; call++) await fail(breaker);
      clock.advance(600);
      equal(read(), {
        'circuit_breaker.state watched open': 1,
        'circuit_breaker.calls watched success': 1,
        'circuit_breaker.calls watched failure _OTHER': 2,
        'circuit_breaker.calls watched rejected': 1,
        'circuit_breaker.transitions watched closed open consecutiveFailures': 1,
        'circuit_breaker.open.duration watched': 0.6,
      });
    },
  },
  {
    name: 'otel: a registry is observed from the first call of each breaker until stop',
    async run() {
      const registry = createRegistry({ options: (name) => ({ name }) });
      const { meter, read } = readMeter();
      const { stop } = instrumentBreakers(registry, { meter, durations: false });
      await succeed(registry.get('a'));
      equal(read()['circuit_breaker.calls a success'], 1);
      stop();
      await succeed(registry.get('a'));
      equal(read(), {});
    },
  },
];
