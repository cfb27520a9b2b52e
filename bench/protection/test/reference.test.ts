import { describe, expect, it } from 'vitest';
import { Ramp } from '../src/reference/ramp.ts';
import { Reference, type ReferencePermit } from '../src/reference/reference.ts';
import { Vitals } from '../src/reference/vitals.ts';

/** A circuit that has seen 2,000 calls of 20 ms each, one every 50 ms, and the time it is then. */
function learned(): { circuit: Reference; at: number } {
  const circuit = new Reference(() => 0.5);
  let at = 0;
  for (; at < 100_000; at += 50) circuit.settle(circuit.ask(at) as ReferencePermit, true, at + 20, 20);
  return { circuit, at };
}

describe('the reference', () => {
  it('opens at the third failure in a row, and not at the second', () => {
    const { circuit, at } = learned();
    const answers = [0, 50, 100, 150].map((later) => {
      const permit = circuit.ask(at + later);
      if (permit) circuit.settle(permit, false, at + later + 1, 1);
      return permit !== undefined;
    });
    expect(answers).toEqual([true, true, true, false]);
  });

  it('counts failures of one millisecond once', () => {
    const { circuit, at } = learned();
    const permits = Array.from({ length: 10 }, () => circuit.ask(at) as ReferencePermit);
    for (const permit of permits) circuit.settle(permit, false, at + 1, 1);
    expect(circuit.ask(at + 50)).toBeDefined();
  });

  it('opens at silence, before any timeout', () => {
    const { circuit, at } = learned();
    let later = 0;
    while (circuit.ask(at + later)) later += 50;
    // Three normal latencies, and the time in which as many calls come as chance would not leave unanswered.
    expect(later).toBeGreaterThan(60 + 13 * 50);
    expect(later).toBeLessThan(60 + 18 * 50);
  });

  it('waits for the square root of twice the outage over the rate, and asks again with one probe', () => {
    const { circuit, at } = learned();
    for (const later of [0, 50, 100])
      circuit.settle(circuit.ask(at + later) as ReferencePermit, false, at + later + 1, 1);
    const opened = at + 101;
    // The last success was 131 ms ago; twice that over a call in 50 ms.
    const wait = Math.sqrt(2 * 131 * 50);
    expect(circuit.ask(opened + 0.95 * wait)).toBeUndefined();
    const probe = circuit.ask(opened + 1.05 * wait) as ReferencePermit;
    expect(probe.probe).toBe(true);
    expect(circuit.ask(opened + 1.05 * wait + 1)).toBeUndefined();
    circuit.settle(probe, true, opened + 1.05 * wait + 20, 20);
    expect(circuit.ask(opened + 1.05 * wait + 21)?.probe).toBe(false);
  });

  it('gives up a lost probe, and ignores its late outcome', () => {
    const { circuit, at } = learned();
    for (const later of [0, 50, 100])
      circuit.settle(circuit.ask(at + later) as ReferencePermit, false, at + later + 1, 1);
    let now = at + 101;
    const next = (): ReferencePermit => {
      for (;;) {
        now += 10;
        const permit = circuit.ask(now);
        if (permit) return permit;
      }
    };
    const lost = next();
    const sentAt = now;
    expect(next().generation).not.toBe(lost.generation);
    expect(now - sentAt).toBeGreaterThan(400);
    circuit.settle(lost, true, now + 1, 500);
    expect(circuit.ask(now + 2)).toBeUndefined();
  });

  it('opens at the second failure after an outage', () => {
    const { circuit, at } = learned();
    let now = at;
    const call = (succeeded: boolean): boolean => {
      now += 50;
      const permit = circuit.ask(now);
      if (permit) circuit.settle(permit, succeeded, now + 20, 20);
      return permit !== undefined;
    };
    for (let i = 0; i < 3; i++) call(false);
    for (let i = 0; i < 60; i++) call(true);
    expect([call(false), call(false), call(false)]).toEqual([true, true, false]);
  });
});

describe('a ramp', () => {
  const calm = (): Vitals => Object.assign(new Vitals(), { base: 20, fast: 20 });

  it('admits no more concurrent calls than its limit', () => {
    const ramp = new Ramp(3.7, false);
    expect([0, 1, 2, 3].map((load) => ramp.admits(load))).toEqual([true, true, true, false]);
  });

  it('grows by one with each success that it was in the way of', () => {
    const ramp = new Ramp(1, false);
    ramp.succeeded(0, Object.assign(calm(), { load: 0 }));
    expect([ramp.admits(1), ramp.admits(2)]).toEqual([true, false]);
    ramp.succeeded(1, Object.assign(calm(), { load: 0 }));
    expect(ramp.admits(2)).toBe(false);
  });

  it('is halved by three failures more than there were successes', () => {
    const ramp = new Ramp(8, false);
    for (let load = 0; load < 8; load++) ramp.admits(load);
    ramp.succeeded(0, Object.assign(calm(), { load: 0 }));
    expect([ramp.failed(), ramp.failed(), ramp.failed(), ramp.failed()]).toEqual([
      undefined,
      undefined,
      undefined,
      'cut',
    ]);
    expect([3, 4].map((load) => ramp.admits(load))).toEqual([true, false]);
  });

  it('opens where nothing has succeeded', () => {
    const ramp = new Ramp(8, false);
    expect([ramp.failed(), ramp.failed(), ramp.failed()]).toEqual([undefined, undefined, 'open']);
  });

  it('shrinks while calls are slow, and takes a latency for normal that does not follow', () => {
    const ramp = new Ramp(100, true);
    const vitals = Object.assign(calm(), { fast: 160, load: 99 });
    const closed = Array.from({ length: 5_000 }, (_, at) => ramp.succeeded(at, vitals)).indexOf(true);
    expect(closed).toBeGreaterThan(4 * 160);
    expect(vitals.base).toBe(160);
  });
});
