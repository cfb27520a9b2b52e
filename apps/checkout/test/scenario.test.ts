import { describe, expect, it } from 'vitest';
import { runDemo } from './demo-process.ts';

describe('the short scenario', () => {
  // The number of customers and their waiting time depend on the machine and are only printed. The outcomes do not.
  it('shows what breakers are for, however busy the machine is', async () => {
    const { result, exitCode } = await runDemo(['--short']);
    const { with: shop, without, load, circuit } = result;
    console.log(JSON.stringify({ load, shop, without }));

    for (const side of [shop, without]) {
      expect(side.offered).toBeGreaterThan(0);
      expect(side.confirmed + side.queued + side.refused + side.failed).toBe(side.offered);
    }
    expect(shop.offered).toBe(without.offered);

    expect(shop.lost).toBe(0);
    expect(shop.chargedTwice).toBe(0);
    expect(shop.queued).toBeGreaterThan(0);
    expect(shop.drained).toBe(shop.queued);
    expect(circuit).toMatchObject({ opened: true, closed: true, isWellAtLast: true });
    expect(shop.chargedCents).toBe(shop.paidCents);
    expect(shop.callsToDeadService).toBeLessThan(without.callsToDeadService);
    // A refusal by the circuit proves that nothing was sent; a timeout and a reset do not.
    expect(shop.paidByAlternative).toBeGreaterThan(0);
    expect(without.paidByAlternative).toBe(0);

    // A shop without a circuit never sends Retry-After.
    expect(without.refused).toBe(0);
    expect(exitCode).toBe(0);

    // What is estimated from one side's events, beside what both sides were counted to be.
    const { estimated, measured } = result.saved;
    expect(estimated.figures.callsSpared.low).toBeGreaterThan(0);
    for (const { low, high } of Object.values(estimated.figures)) expect(low).toBeLessThanOrEqual(high);
    expect(Object.values(measured).every(Number.isFinite)).toBe(true);
  });
});
