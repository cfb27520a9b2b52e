import { describe, expect, it } from 'vitest';
import { createPhases, lengthOf } from '../src/demo/scenario/phases.ts';

const full = createPhases({ short: false, ownDatabase: true });

describe('the scenario', () => {
  it('leaves the shop twenty seconds without payments', () => {
    const dead = full.filter(({ event }) => event === 'hang' || event === 'refuse');
    expect(lengthOf(dead)).toBe(20_000);
  });

  it('leaves room in its minute for starting and draining', () => {
    expect(lengthOf(full)).toBeLessThanOrEqual(45_000);
  });

  it('is short when asked to be, with every phase in its place', () => {
    const short = createPhases({ short: true, ownDatabase: true });
    expect(short.map(({ event }) => event)).toEqual(full.map(({ event }) => event));
    expect(lengthOf(short)).toBeLessThanOrEqual(20_000);
  });

  it('plays only the phases it is asked for, in its own order', () => {
    const phases = createPhases({ short: true, ownDatabase: true, phases: ['return', 'hang'] });
    expect(phases.map(({ event }) => event)).toEqual(['hang', 'return']);
  });

  it('does not kill a database given by the user', () => {
    const events = createPhases({ short: false, ownDatabase: false }).map(({ event }) => event);
    expect(events).toEqual(['steady', 'slow', 'hang', 'refuse', 'return', 'productsHang', 'productsReturn']);
  });
});
