import { describe, expect, it } from 'vitest';
import { Latencies } from '../../src/vitals/estimates.ts';
import { Chance } from '../proofs/soak/chance.ts';

/** Observes this many calls of one duration, at equal gaps. */
function observe(latencies: Latencies, calls: number, duration: number | (() => number), gap: number): Latencies {
  const of = typeof duration === 'number' ? () => duration : duration;
  for (let call = 0; call < calls; call++) latencies.add(of(), gap, true);
  return latencies;
}

describe('the present latency', () => {
  it('is the plain mean of the first twenty, and then forgets a twentieth with each', () => {
    const latencies = new Latencies();
    for (let call = 1; call <= 20; call++) latencies.add(call, 1, true);
    expect(latencies.present).toBeCloseTo(10.5, 9);
    latencies.add(110.5, 1, true);
    expect(latencies.present).toBeCloseTo(15.5, 9);
  });

  it('begins anew after a restart: the first call after it is all that is known', () => {
    const latencies = observe(new Latencies(), 500, 10, 1_000);
    latencies.restart();
    expect(latencies.present).toBe(10);
    latencies.add(200, 1, true);
    expect(latencies.present).toBe(200);
    latencies.add(100, 1, true);
    expect(latencies.present).toBe(150);
    expect(latencies.normal).toBeLessThan(11);
  });

  it('is 0 before the first', () => {
    expect(new Latencies()).toMatchObject({ present: 0, normal: 0, isWarm: false });
  });
});

describe('the normal latency', () => {
  it('is the plain mean of the first 500', () => {
    const latencies = new Latencies();
    let sum = 0;
    // Short, long, short: never far from the mean, so that nothing is unusual.
    for (let call = 1; call <= 500; call++) {
      const duration = 20 + (call % 3);
      sum += duration;
      latencies.add(duration, 50, true);
      if (call > 100) expect(latencies.normal).toBeCloseTo(sum / call, 9);
    }
  });

  it('remembers 500 calls where they are few, and a minute where they are many', () => {
    const few = observe(new Latencies(), 2_000, 10, 1_000);
    observe(few, 500, 14, 1_000);
    expect(few.normal).toBeCloseTo(14 - 4 * Math.exp(-1), 2);
    const many = observe(new Latencies(), 500_000, 10, 0.5);
    observe(many, 120_000, 14, 0.5);
    expect(many.normal).toBeCloseTo(14 - 4 * Math.exp(-1), 2);
  });

  it('does not follow a brownout: it learns a tenth as fast while calls take more than twice as long', () => {
    const latencies = observe(new Latencies(), 2_000, 10, 1_000);
    observe(latencies, 500, 100, 1_000);
    // The first few calls count in full: the present latency has to show it first.
    expect(latencies.normal).toBeLessThan(100 - 90 * Math.exp(-0.1) + 2);
    expect(latencies.normal).toBeGreaterThan(10);
    const usual = observe(new Latencies(), 2_000, 10, 1_000);
    observe(usual, 500, 19.9, 1_000);
    expect(usual.normal).toBeCloseTo(19.9 - 9.9 * Math.exp(-1), 2);
  });

  it('learns as slowly from quick calls meanwhile, or it would lean to one side where calls are of two kinds', () => {
    const latencies = observe(new Latencies(), 2_000, 10, 1_000);
    const before = () => latencies.normal;
    observe(latencies, 20, 100, 1_000);
    const slowed = before();
    latencies.add(1, 1_000, true);
    expect(slowed - latencies.normal).toBeCloseTo(((slowed - 1) / 500) * 0.1, 9);
    // One call of forty takes forty times as long as the others: the normal latency is their mean.
    const kinds = new Latencies();
    for (let call = 0; call < 40_000; call++) kinds.add(call % 40 === 39 ? 400 : 10, 20, true);
    expect(kinds.normal).toBeGreaterThan(0.9 * (10 + 390 / 40));
    expect(kinds.normal).toBeLessThan(1.1 * (10 + 390 / 40));
  });

  it('falls as fast as usual', () => {
    const latencies = observe(new Latencies(), 2_000, 100, 1_000);
    observe(latencies, 500, 10, 1_000);
    expect(latencies.normal).toBeCloseTo(10 + 90 * Math.exp(-1), 0);
  });

  it('and the present one learn nothing from calls of another era', () => {
    const latencies = observe(new Latencies(), 500, 10, 1_000);
    latencies.add(10_000, 1_000, false);
    expect(latencies.normal).toBeCloseTo(10, 9);
    expect(latencies.present).toBeCloseTo(10, 9);
  });

  it('is the present one once that has been accepted', () => {
    const latencies = observe(new Latencies(), 500, 10, 1_000);
    observe(latencies, 100, 80, 1_000);
    latencies.accept();
    expect(latencies.normal).toBe(latencies.present);
    expect(latencies.normal).toBeGreaterThan(79);
  });

  it('is no less than the present one before 100 calls and twenty of their times have passed', () => {
    const latencies = observe(new Latencies(), 100, 200, 0.5);
    expect(latencies.isWarm).toBe(false);
    observe(latencies, 7_900, 200, 0.5);
    // 8,000 calls half a millisecond apart: just four seconds.
    expect(latencies.isWarm).toBe(false);
    expect(latencies.normal).toBeGreaterThanOrEqual(latencies.present);
    latencies.add(200, 0.6, true);
    expect(latencies.isWarm).toBe(true);
    expect(latencies.normal).toBeCloseTo(200, 6);
  });

  it('is the present one while it is the longer and too little is known: after a hundred calls and twenty of their times', () => {
    const latencies = observe(new Latencies(), 50, 10, 10_000);
    observe(latencies, 50, 100, 10_000);
    expect(latencies.isWarm).toBe(false);
    expect(latencies.normal).toBe(latencies.present);
    expect(latencies.present).toBeGreaterThan(90);
    latencies.add(100, 10_000, true);
    expect(latencies.isWarm).toBe(true);
    expect(latencies.normal).toBeLessThan(60);
  });

  it('is known for good once it is: an overload does not take that back', () => {
    const latencies = observe(new Latencies(), 200, 10, 10);
    expect(latencies.isWarm).toBe(true);
    observe(latencies, 10, 5_000, 10);
    // Two seconds are less than twenty times what calls take now.
    expect(latencies.present).toBeGreaterThan(2_000);
    expect(latencies.isWarm).toBe(true);
    expect(latencies.normal).toBeLessThan(100);
  });

  it('does not mistake a start-up for a slowdown, though quick answers come first', () => {
    // 2,000 calls a second, 200 ms each on average: what has come back so far was quicker than what is still out.
    const chance = new Chance(3);
    const ends: { readonly at: number; readonly took: number }[] = [];
    for (let at = 0; at < 20_000; at += 0.5) {
      const took = chance.after(200);
      ends.push({ at: at + took, took });
    }
    ends.sort((one, other) => one.at - other.at);
    const latencies = new Latencies();
    let before = 0;
    let worst = 0;
    for (const { at, took } of ends.filter((end) => end.at < 20_000)) {
      latencies.add(took, at - before, true);
      before = at;
      worst = Math.max(worst, latencies.present / latencies.normal);
    }
    expect(worst).toBeLessThan(2.5);
    expect(latencies.normal).toBeGreaterThan(180);
    expect(latencies.normal).toBeLessThan(210);
  });
});
