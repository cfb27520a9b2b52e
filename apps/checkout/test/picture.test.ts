import { describe, expect, it } from 'vitest';
import { createPhases } from '../src/demo/scenario/phases.ts';
import { pictureOf } from '../src/demo/screen/picture.ts';
import type { OrderRecord } from '../src/load/customer.ts';

const phases = createPhases({ short: false, ownDatabase: true, phases: ['steady', 'hang', 'return'] });

/** Customers one after another, who all wait as long. */
function customers(count: number, waitMs: number, answer: OrderRecord['answer']): OrderRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const scheduledAt = 1_000_000 + (i * 20_000) / count;
    return { reference: `${i}`, answer, isDegraded: false, scheduledAt, answeredAt: scheduledAt + waitMs };
  });
}

const picture = pictureOf(phases, [
  { title: 'Without breakers', records: customers(200, 2_500, 'queued'), outageMeanMs: 2_500 },
  { title: 'With breakers', records: customers(2_000, 50, 'confirmed'), outageMeanMs: 50 },
]);
/** The legend has one dot of each colour beside the customers'. */
const dots = (color: string) => picture.split(`fill="${color}"`).length - 2;

describe('the picture of a run', () => {
  it('has a dot for each customer, or for every n-th of a crowd', () => {
    expect(dots('#2f81f7')).toBe(200);
    expect(dots('#2da44e')).toBe(500);
  });

  it('says how long customers waited in each shop, in words too', () => {
    expect(picture).toMatch(/aria-label="[^"]*Without breakers: a wait of 2\.5 s[^"]*With breakers: a wait of 0\.05 s/);
    expect(picture).toContain('0.05 s on average in the outage');
  });

  it('marks when payments were dead', () => {
    expect(picture).toContain('>hang<');
    expect(picture).not.toContain('>refuse<');
  });

  it('draws nothing outside of itself', () => {
    const numbers = (name: string) =>
      [...picture.matchAll(new RegExp(` ${name}="([\\d.-]+)"`, 'g'))].map(([, n]) => Number(n));
    expect(Math.min(...numbers('cx'), ...numbers('cy'))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers('cx'))).toBeLessThanOrEqual(860);
    expect(Math.max(...numbers('cy'))).toBeLessThanOrEqual(338);
  });
});
