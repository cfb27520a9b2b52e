import { type BreakerOptions, createBreaker, failureRate, type Permit } from '@switchgear/core';
import { type Bus, share } from '@switchgear/sharing';
import type { Random } from '../random/random-stream.ts';
import { instanceAt } from '../scenarios/scenario.ts';
import type { Policy, World } from './policy.ts';

/** How reports travel: at most one a `tick`, for `delay` milliseconds, and this share of them is lost. */
export interface Transport {
  readonly tick?: number;
  readonly delay?: number;
  readonly loss?: number;
}

/** As many breakers as the scenario has instances. With a transport they share what they know. */
export function fleetOf(
  name: string,
  about: string,
  options: Omit<BreakerOptions, 'name'>,
  transport?: Transport,
  quorum?: number,
): Policy {
  return {
    name,
    kind: 'ours',
    about,
    hasWindow: false,
    start(world) {
      const { now, random, secrets } = world;
      const after = (ms: number, act: () => void) => world.after?.(ms, act) ?? (() => {});
      const { scenario } = secrets;
      const bus = transport && busOf({ after, random }, transport);
      const breakers = Array.from({ length: scenario.instances ?? 1 }, () => {
        const breaker = createBreaker({ name: 'service', ...options, clock: { now }, random });
        const parts = { group: 'fleet', clock: { now }, scheduler: { after }, random, ...(quorum && { quorum }) };
        if (bus) share(breaker, { bus, ...parts });
        return breaker;
      });
      return {
        ask(caller) {
          const permit = breakers[instanceAt(scenario, caller.place ?? 0)]?.tryAcquire();
          if (permit) caller.proceed(permit);
          else caller.refuse();
        },
        settle: (permit, succeeded) => (permit as Permit).settle(succeeded ? 'success' : 'failure'),
      };
    },
  };
}

function busOf(
  { after, random }: Required<Pick<World, 'after' | 'random'>>,
  { tick = 250, delay = 2, loss = 0 }: Transport,
): Bus {
  const ears = new Set<(report: string) => void>();
  return {
    tick,
    open(hear) {
      ears.add(hear);
      return { send: (report) => deliver(report, hear), close: () => ears.delete(hear) };
    },
  };
  function deliver(report: string, own: unknown): void {
    after(delay * (0.5 + random()), () => {
      for (const hear of ears) if (hear !== own && !isLost(random, loss)) hear(report);
    });
  }
}

function isLost(random: Random, loss: number): boolean {
  return loss > 0 && random() < loss;
}

const CLASSIC = { openWhen: failureRate(0.5, { minimumCalls: 20 }) };

/** The default and the classic rule, each alone and shared. */
export const fleets: readonly Policy[] = [
  fleetOf('default alone', 'a default breaker at each instance', {}),
  fleetOf('default shared', 'the same with share()', {}, {}),
  fleetOf('classic alone', 'failureRate(0.5, { minimumCalls: 20 }) at each instance', CLASSIC),
  fleetOf('classic shared', 'the same with share()', CLASSIC, {}),
];
