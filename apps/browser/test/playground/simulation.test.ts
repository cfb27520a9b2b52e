import { explain } from '@switchgear/fetch';
import { describe, expect, it } from 'vitest';
import type { Lane } from '../../src/page/playground/simulation/lane.ts';
import { POLICIES } from '../../src/page/playground/simulation/policies.ts';
import { type Service, TIME_LIMIT } from '../../src/page/playground/simulation/service.ts';
import { Simulation } from '../../src/page/playground/simulation/simulation.ts';

const WELL: Service = { traffic: 20, failures: 0, latency: 100, hangs: 0 };

describe('the simulation', () => {
  it('the same seed and the same turns of the knobs make the same history, and another seed another', () => {
    expect(describeMinute(1)).toEqual(describeMinute(1));
    expect(describeMinute(1)).not.toEqual(describeMinute(2));
    expect(describeMinute(1).length).toBeGreaterThan(8);
  });

  it('is the same whether time passes at once or in frames', () => {
    const [atOnce, inFrames] = [begin(3), begin(3)];
    for (const simulation of [atOnce, inFrames]) simulation.service = { ...WELL, failures: 0.6 };
    atOnce.advance(30_000);
    for (let frame = 0; frame < 300; frame += 1) inFrames.advance(100);
    expect(inFrames.lanes.map(seen)).toEqual(atOnce.lanes.map(seen));
  });

  it('shows the windows as the breakers have them, slice by slice, whatever is done to service and knobs', () => {
    const simulation = begin(4);
    const turns: readonly (() => void)[] = [
      () => lane(simulation, 'Failure rate').turn('window', 4_000),
      () => lane(simulation, 'Failure rate').turn('limit', 0.75),
      () => lane(simulation, 'Slow calls').turn('slowerThan', 100),
      () => lane(simulation, 'Slow calls').turn('limit', 0.95),
      () => lane(simulation, 'Consecutive failures').turn('inARow', 12),
    ];
    let compared = 0;
    for (let step = 0; step < 600; step += 1) {
      if (step % 60 === 0)
        simulation.service = { ...WELL, failures: (step % 7) / 10, latency: 100 + step, hangs: 0.02 };
      if (step % 100 === 99) turns[Math.floor(step / 100)]?.();
      simulation.advance(250);
      for (const each of simulation.lanes) {
        const { state, calls, failures, slow } = each.breaker.metrics();
        if (state !== 'closed' || !each.policy.window) continue;
        compared += 1;
        const slices = each.evidence.slices(simulation.now);
        const sum = (what: 'fast' | 'slow' | 'failed') => slices.reduce((total, slice) => total + slice[what], 0);
        expect({ calls: sum('fast') + sum('slow') + sum('failed'), failures: sum('failed') }).toEqual({
          calls,
          failures,
        });
        // What took too long is slow even if it failed; the bars show it as failed.
        if (each.policy.slowerThan) expect(sum('slow')).toBeLessThanOrEqual(slow);
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('what is offered is refused, answered, failed or under way', () => {
    const simulation = begin(5);
    simulation.service = { ...WELL, failures: 0.5, hangs: 0.1, traffic: 100 };
    simulation.advance(20_000);
    for (const { totals, underWay } of simulation.lanes) {
      expect(totals.refused + totals.answered + totals.failed + underWay).toBe(totals.offered);
      expect(totals.offered).toBe(simulation.lanes[0]?.totals.offered);
    }
  });

  it('a call that hangs is given up after its time limit, and is a failure', () => {
    const simulation = begin(6);
    simulation.service = { ...WELL, traffic: 1, hangs: 1 };
    const { totals } = lane(simulation, 'Failure rate');
    while (totals.offered === 0) simulation.advance(1);
    simulation.advance(TIME_LIMIT - 2);
    expect(totals.failed).toBe(0);
    simulation.advance(2);
    expect(totals.failed).toBe(1);
  });

  it('traffic is what it is set to, also when it is changed', () => {
    const simulation = begin(7);
    const offered = () => simulation.lanes[0]?.totals.offered ?? 0;
    for (const traffic of [1, 200, 20]) {
      simulation.service = { ...WELL, traffic };
      const before = offered();
      simulation.advance(200_000);
      const expected = traffic * 200;
      expect(Math.abs(offered() - before - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });
});

describe('the breakers side by side, as the README has them', () => {
  const [RATE, RUN, SLOW, ADAPTIVE] = ['Failure rate', 'Consecutive failures', 'Slow calls', 'Adaptive'];

  it.each([
    ['down', { failures: 1 }, 10_000, [ADAPTIVE, RUN, RATE]],
    ['slow', { latency: 700 }, 10_000, [SLOW]],
    ['hung', { hangs: 1 }, 10_000, [ADAPTIVE, RUN, RATE, SLOW]],
    ['flaky', { failures: 0.25 }, 60_000, [RUN]],
  ] as const)('a service that is %s makes them leave closed in this order', (_what, trouble, time, order) => {
    const simulation = begin(1);
    simulation.advance(20_000);
    const left = new Map<string, number>();
    for (const { breaker } of simulation.lanes) {
      breaker.subscribe(({ type, at }) => type === 'move' && !left.has(breaker.name) && left.set(breaker.name, at));
    }
    simulation.service = { ...WELL, ...trouble };
    simulation.advance(time);
    expect([...left.keys()]).toEqual(order);
    const after = (name = '') => (left.get(name) ?? Infinity) - 20_000;
    if (order[1] === RUN) expect(after(ADAPTIVE)).toBeLessThan(TIME_LIMIT);
  });
});

function begin(seed: number): Simulation {
  return new Simulation({ seed, service: WELL, policies: POLICIES });
}

function lane({ lanes }: Simulation, name: string): Lane {
  const found = lanes.find(({ policy }) => policy.name === name);
  if (!found) throw new Error(`no lane ${name}`);
  return found;
}

function seen({ policy, totals, history }: Lane): object {
  return { name: policy.name, totals, moves: history.moves(0) };
}

/** A minute in which the service fails, comes back, is slow and comes back, as the breakers report it. */
function describeMinute(seed: number): string[] {
  const simulation = begin(seed);
  const moves: string[] = [];
  for (const { breaker } of simulation.lanes)
    breaker.subscribe((event) => event.type === 'move' && moves.push(explain(event)));
  for (const turn of [{}, { failures: 0.6 }, {}, { latency: 900 }, {}]) {
    simulation.service = { ...WELL, ...turn };
    simulation.advance(20_000);
  }
  return moves;
}
