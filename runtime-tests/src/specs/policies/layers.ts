import { bulkhead, fallback, healthProbe, pipeline, retryBudget, timeout, value } from '@switchgear/policies';
import { equal, holds, rejection, thrown, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const down = (): Promise<never> => Promise.reject('down');

/** Retry budgets, health probes, and the order of all layers. */
export const layers: readonly Spec[] = [
  {
    name: 'pipeline: an already aborted signal takes precedence over every layer, and no call is made',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      const through = pipeline(fallback([value(1)]), bulkhead({ concurrent: 1 }), breaker);
      const signal = { aborted: true, reason: null } as AbortSignal;
      equal(await rejection(through.run(() => holds(false, 'it was made'), { signal })), null);
      equal(breaker.metrics().rejected, 0);
    },
  },
  {
    name: 'retry budget: it allows a share of the successes, and no retry while the circuit is open',
    async run() {
      const { breaker } = watched();
      const budget = retryBudget({ share: 0.5, burst: 1, breaker });
      equal([budget.spend('down'), budget.spend('down')], [true, false]);
      await breaker.run(() => 1);
      await breaker.run(() => 1);
      equal(budget.allows('down'), true);
      breaker.trip();
      equal(budget.allows('down'), false);
    },
  },
  {
    name: 'health probe: a ping that succeeds after failures grants a probe, and stop ends the pings',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const { breaker } = watched();
      breaker.trip();
      let pings = 0;
      const probe = healthProbe({ breaker, every: 5, ping: () => (++pings < 2 ? down() : undefined) });
      probe.start();
      await until(() => breaker.state === 'half-open', 'a probe is granted');
      probe.stop();
      equal([probe.healthy, breaker.metrics().calls], [true, 0]);
    },
  },
  {
    name: 'pipeline: all layers together answer in time, and an invalid order is refused',
    needs: ['abort', 'timers', 'time'],
    async run() {
      const { breaker } = watched();
      const through = pipeline(fallback([value('less')]), bulkhead({ concurrent: 5 }), breaker, timeout(20));
      const hang = () => new Promise<string>(() => undefined);
      const served = [await through.run(hang), await through.run(hang), await through.run(() => 'more')];
      equal(
        served.map(({ value: each }) => each),
        ['less', 'less', 'less'],
      );
      equal(breaker.state, 'open');
      holds(/outermost/.test(String(thrown(() => pipeline(breaker, fallback([value(1)]) as never)))), 'a reason');
    },
  },
];
