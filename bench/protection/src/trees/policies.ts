import { createBalancer, type Route } from '@switchgear/balancer';
import { consecutiveFailures, createBreaker, exponential, type Permit } from '@switchgear/core';
import { balancingOf, inTurn, peakEwma } from './choosers.ts';
import { accrual } from './linkerd.ts';
import type { BalancingPolicy, Choice } from './policy.ts';
import { noEjections, sweeping } from './published-rules.ts';

const ENVOY = {
  interval: 10_000,
  base: 30_000,
  longest: 300_000,
  consecutive: 5,
  success: { hosts: 5, calls: 100, stdev: 1.9 },
  mostEjected: 0.5,
  capIsSoft: false,
  panicBelow: 0.5,
};

const A50 = {
  ...ENVOY,
  consecutive: 0,
  failure: { hosts: 5, calls: 50, share: 0.85 },
  mostEjected: 0.1,
  capIsSoft: true,
  panicBelow: 0,
};

/** The balancer; `leaf` replaces the options of its endpoints' breakers. */
function treeOf(name: string, about: string, leaf?: Parameters<typeof createBalancer>[0]['leaf']): BalancingPolicy {
  return {
    name,
    about,
    start({ endpoints, now, random }) {
      const balancer = createBalancer({
        name: 'service',
        endpoints: Array.from({ length: endpoints }, (_, index) => ({ id: String(index) })),
        clock: { now },
        random,
        ...(leaf && { leaf }),
      });
      return {
        begin: () => balancer.service.tryAcquire(),
        end: (permit, how) =>
          (permit as Permit).settle(how === 'succeeded' ? 'success' : how === 'refused' ? 'ignored' : 'failure'),
        choose(tried) {
          try {
            const route = balancer.route({ not: new Set([...tried].map(String)) });
            return { endpoint: Number(route.id), route } as Choice;
          } catch {
            return undefined;
          }
        },
        settle: (choice, succeeded) =>
          (choice as Choice & { route: Route }).route.permit.settle(succeeded ? 'success' : 'failure'),
      };
    },
  };
}

/** What the balancer is compared with, and the balancer. */
export const balancings: readonly BalancingPolicy[] = [
  {
    name: 'round robin',
    about: 'in turn, without any breaker',
    start: (world) => balancingOf(inTurn(), noEjections(world)),
  },
  {
    name: 'P2C EWMA',
    about: 'the better of two by peak EWMA and load, which does not look at errors, without any breaker',
    start: (world) => balancingOf(peakEwma(world), noEjections(world)),
  },
  {
    name: 'leaves alone',
    about: 'P2C EWMA over breakers of 5 failures in a row, each for itself',
    start(world) {
      const { endpoints, now, random } = world;
      const breakers = Array.from({ length: endpoints }, (_, index) =>
        createBreaker({
          name: String(index),
          openWhen: consecutiveFailures(5),
          openFor: exponential(5_000, { max: 300_000 }),
          clock: { now },
          random,
        }),
      );
      const balancing = balancingOf(peakEwma(world), {
        allowed: () => breakers.flatMap(({ retryAfter }, index) => (retryAfter === 0 ? [index] : [])),
        ended() {},
      });
      return {
        ...balancing,
        choose(tried) {
          const choice = balancing.choose(tried);
          return choice && ({ ...choice, permit: breakers[choice.endpoint]?.tryAcquire() } as Choice);
        },
        settle(choice, succeeded, took) {
          balancing.settle(choice, succeeded, took);
          (choice as Choice & { permit?: Permit }).permit?.settle(succeeded ? 'success' : 'failure');
        },
      };
    },
  },
  {
    name: 'Envoy',
    about:
      'its published outlier detection: 5 in a row and success rate, at most half ejected, panic below half; in turn',
    start: (world) => balancingOf(inTurn(), sweeping(world, ENVOY)),
  },
  {
    name: 'gRPC A50',
    about: 'success rate and failure percentage with the defaults of gRFC A50, a tenth ejected; in turn',
    start: (world) => balancingOf(inTurn(), sweeping(world, A50)),
  },
  {
    name: 'Linkerd',
    about: 'failure accrual by 7 failures in a row, over P2C EWMA',
    start: (world) => balancingOf(peakEwma(world), accrual(world, { consecutive: 7 })),
  },
  {
    name: 'Linkerd unified',
    about: 'the same, and by a success rate below 80 % over 10 s of at least 5 calls',
    start: (world) =>
      balancingOf(
        peakEwma(world),
        accrual(world, { consecutive: 7, success: { below: 0.8, window: 10_000, calls: 5 } }),
      ),
  },
  treeOf('tree, 5 in a row', 'createBalancer with leaves of consecutiveFailures(5)', {
    openWhen: consecutiveFailures(5),
    openFor: exponential(5_000, { max: 300_000 }),
  }),
  treeOf('tree', 'createBalancer with its defaults'),
];
