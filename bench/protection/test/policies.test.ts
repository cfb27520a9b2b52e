import { describe, expect, it } from 'vitest';
import { Line } from '../src/detection/line.ts';
import { policyOf } from '../src/policies/all-policies.ts';
import { none, oracle, reference } from '../src/policies/bounds.ts';
import { Rolling } from '../src/policies/rolling.ts';
import { byDefault } from '../src/policies/switchgear.ts';
import { ThreeStates } from '../src/policies/three-states.ts';
import { playOne } from '../src/results/play.ts';
import { catalogue } from '../src/scenarios/catalogue.ts';
import { cellOf, type Scenario } from '../src/scenarios/scenario.ts';

/** Failed calls until the first refusal, after `successes` successful ones. */
async function failuresUntilRefusal(name: string, rate: number, successes: number): Promise<number> {
  const line = new Line(policyOf(name), rate, 1);
  const call = async (failing: number): Promise<boolean> => {
    const admitted = line.call(failing);
    await line.guard.idle?.();
    return admitted;
  };
  for (let i = 0; i < successes; i++) await call(0);
  let failures = 0;
  while (failures < 1_000 && (await call(1))) failures++;
  line.guard.stop?.();
  return failures;
}

describe('by its published rules', () => {
  it.each([
    ['resilience4j', 50, 100, 50],
    ['resilience4j', 50, 0, 100],
    ['polly 8', 50, 200, 23],
    ['polly 8', 0.2, 200, 1_000],
    ['hystrix', 0.2, 200, 1_000],
    ['envoy outlier', 50, 100, 5],
    ['cockatiel consecutive', 50, 100, 5],
    ['cockatiel sampling', 0.2, 100, 1_000],
    ['opossum', 50, 100, 101],
    ['gradient2', 50, 100, 1_000],
  ])('%s at %f calls a second refuses after %i successes and %i failures', async (name, rate, successes, failures) => {
    expect(await failuresUntilRefusal(name, rate, successes)).toBe(failures);
  });

  it('the throttle of the SRE book refuses once fewer than half succeed', async () => {
    expect(await failuresUntilRefusal('sre throttle', 50, 200)).toBeGreaterThanOrEqual(200);
    expect(await failuresUntilRefusal('sre throttle', 50, 200)).toBeLessThan(250);
  });
});

describe("semian's controller", () => {
  /** Calls that were refused of ten a second. Those let through fail until `failing`, in milliseconds. */
  function refusals(seconds: number, failing: number): number[] {
    let now = 0;
    const guard = policyOf('semian adaptive').start({
      now: () => now,
      random: () => 0.999,
      secrets: undefined as never,
    });
    return Array.from({ length: seconds }, () => {
      let refused = 0;
      for (let call = 0; call < 10; call++, now += 100) {
        const proceed = (pass?: unknown): void => guard.settle(pass, now >= failing, now, 0);
        const refuse = (): void => {
          refused++;
        };
        guard.ask({ proceed, refuse }, now);
      }
      return refused;
    });
  }

  it('refuses all once a second of calls has failed, and after they are forgotten until its integral is used up', () => {
    // By hand: the window is empty after 11 s, and the integral lasts for three more.
    expect(refusals(40, 1_000)).toEqual([0, ...new Array(13).fill(10), ...new Array(26).fill(0)]);
  });

  it('refuses nothing while all is well', () => {
    expect(Math.max(...refusals(40, 0))).toBe(0);
  });
});

describe('a breaker of three states', () => {
  it('does not count calls that began before its last move', () => {
    const circuit = new ThreeStates({
      openFor: 100,
      probes: 2,
      rate: 0.5,
      judge: (succeeded) => !succeeded,
      clear: () => {},
    });
    const ask = (at: number): unknown => {
      let given: unknown = 'refused';
      const proceed = (pass: unknown): void => {
        given = pass;
      };
      circuit.ask({ proceed, refuse: () => {} }, at);
      return given;
    };
    const [one, late] = [ask(0), ask(0)];
    circuit.settle(one, false, 1);
    expect(ask(50)).toBe('refused');
    const probes = [ask(101), ask(101)];
    expect(ask(101)).toBe('refused');
    circuit.settle(late, false, 102);
    circuit.settle(probes[0], true, 103);
    circuit.settle(probes[1], true, 104);
    expect(ask(105)).not.toBe('refused');
  });
});

describe('counts of the last while', () => {
  it('hold what came within it, and drop the rest a bucket at a time', () => {
    const rolling = new Rolling(1_000, 10);
    for (let at = 0; at < 2_000; at += 10) rolling.add(at % 20 === 0, at);
    expect(rolling.calls).toBe(100);
    expect(rolling.rate).toBe(0.5);
    rolling.roll(2_099);
    expect(rolling.calls).toBe(90);
    rolling.roll(1e9);
    expect(rolling.calls).toBe(0);
  });
});

describe('the default', () => {
  const cells = ['crash-hang-10s@medium', 'flapping@medium', 'cold-cache@medium', 'retry-storm@medium'];

  it.each(cells)('costs about what the algorithm does that it comes from, in %s', async (cell) => {
    const scenario = catalogue.find((each) => cellOf(each) === cell) as Scenario;
    const [ours, theirs] = [await playOne(scenario, byDefault, 3), await playOne(scenario, reference, 3)];
    expect(ours.cost / theirs.cost).toBeGreaterThan(0.85);
    expect(ours.cost / theirs.cost).toBeLessThan(1.2);
  });
});

describe('the oracle', () => {
  const cells = catalogue.filter(({ traffic }) => traffic !== 'high').map((scenario) => ({ ...scenario, repeats: 1 }));

  it.each(cells.map((scenario) => [cellOf(scenario), scenario] as const))(
    'costs no more than no breaker in %s',
    async (_, scenario) => {
      const [knowing, without] = [await playOne(scenario, oracle, 2), await playOne(scenario, none, 2)];
      expect(knowing.cost).toBeLessThanOrEqual(1.001 * without.cost);
    },
  );
});
