import { describe, expect, it } from 'vitest';
import { runDemo } from './demo-process.ts';

describe('a short story', () => {
  it('shows what breakers are for', async () => {
    const { result, exitCode } = await runDemo(['--short']);
    const { with: shop, without } = result;

    for (const side of [shop, without]) {
      expect(side.offered).toBeGreaterThan(400);
      expect(side.confirmed + side.queued + side.refused + side.failed).toBe(side.offered);
    }
    expect(shop.offered).toBe(without.offered);

    expect(shop.lost).toBe(0);
    expect(shop.chargedTwice).toBe(0);
    expect(shop.queued).toBeGreaterThan(100);
    expect(shop.drained).toBe(shop.queued);
    expect(without.callsToDeadService).toBeGreaterThan(100);
    // A refusal by the circuit proves that nothing was sent; a timeout and a reset do not.
    expect(shop.paidByAlternative).toBeGreaterThan(50);
    expect(without.paidByAlternative).toBe(0);
    expect(shop.callsToDeadService).toBeLessThanOrEqual(without.callsToDeadService / 10);
    expect(shop.outageP99Ms).toBeLessThanOrEqual(1_000);
    expect(without.outageP99Ms).toBeGreaterThan(1_000);

    // Products were away, and nobody was kept from buying.
    expect(shop.degraded).toBeGreaterThan(0);

    // PostgreSQL was away: with breakers customers are told when to come back, without they get errors.
    expect(shop.refused).toBeGreaterThan(0);
    expect(without.refused).toBe(0);
    expect(without.failed).toBeGreaterThan(shop.failed);
    expect(exitCode).toBe(0);

    // What is estimated from one side's events, beside what both sides were counted to be.
    const { estimated, measured } = result.saved;
    const { callsSpared, availabilityWithout, total } = estimated.figures;
    expect(callsSpared.low).toBeGreaterThan(100);
    expect(measured.callsSpared).toBeGreaterThan(callsSpared.low / 2);
    expect(measured.callsSpared).toBeLessThan(callsSpared.low * 2);
    // The queue's own attempts are calls, too, which no customer sees.
    expect(measured.availabilityWithout).toBeGreaterThan(availabilityWithout!.low - 0.1);
    expect(measured.availabilityWithout).toBeLessThan(availabilityWithout!.high);
    expect(measured.total).toBeGreaterThan(total!.low);
    expect(measured.total).toBeLessThan(total!.high);
  });
});
