import type { Policy } from '../src/policies/policy.ts';
import type { Scenario } from '../src/scenarios/scenario.ts';

/** Ten seconds at 50 requests a second, with nothing wrong. */
export function scenarioOf(changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'scene',
    traffic: 'some',
    rate: 50,
    servers: 2,
    service: 24,
    timeout: 1_000,
    retries: 0,
    noise: 0,
    faults: [],
    duration: 10_000,
    repeats: 1,
    ...changes,
  };
}

/** The same policy, with counts of admitted and settled calls. */
export function counted(policy: Policy): Policy & { proceeded: number; settled: number } {
  const counts = {
    ...policy,
    proceeded: 0,
    settled: 0,
    start(world: Parameters<Policy['start']>[0]) {
      const guard = policy.start(world);
      return {
        ...(guard.idle && { idle: () => guard.idle?.() as Promise<void> }),
        ...(guard.stop && { stop: () => guard.stop?.() }),
        ask(caller: Parameters<typeof guard.ask>[0], at: number) {
          guard.ask(
            {
              ...(caller.place !== undefined && { place: caller.place }),
              proceed(pass?: unknown) {
                counts.proceeded++;
                caller.proceed(pass);
              },
              refuse: () => caller.refuse(),
            },
            at,
          );
        },
        settle(pass: unknown, succeeded: boolean, at: number, took: number) {
          counts.settled++;
          guard.settle(pass, succeeded, at, took);
        },
      };
    },
  };
  return counts;
}
