import { describe, expect, it } from 'vitest';
import { describeLoad, loadFor } from '../src/demo/measure/calibrate.ts';

const two = { sides: 2, processors: 2 };
const orders = (ms: number): number[] => Array.from({ length: 16 }, (_, index) => ms + (index % 3) - 1);

describe('the load', () => {
  it('is a busy shop on a machine that can serve it', () => {
    expect(loadFor(orders(45), two)).toEqual({ orderMs: 5, perSecond: 30, isBusy: false });
  });

  it('is less where an order costs more, and takes a quarter of the machine', () => {
    expect(loadFor(orders(65), two)).toEqual({ orderMs: 25, perSecond: 10, isBusy: false });
    expect(loadFor(orders(65), { ...two, processors: 4 }).perSecond).toBe(20);
  });

  it('is never less than a circuit needs to see an outage, nor more than the scenario needs', () => {
    expect(loadFor(orders(4_000), two)).toMatchObject({ perSecond: 6, isBusy: true });
    expect(loadFor(orders(10), two).perSecond).toBe(30);
    expect(loadFor([], two).perSecond).toBe(30);
  });

  it('goes by what is usual: one slow order says nothing of a machine', () => {
    expect(loadFor([...orders(50).slice(1), 5_000], two).perSecond).toBe(25);
  });

  it('is said in a line of 80 columns, with its limits', () => {
    const text = describeLoad({ orderMs: 1_041, perSecond: 6, isBusy: true }).split('\n');
    expect(text[0]).toBe('An order takes 1041 ms here, so each shop gets 6 customers a second (6 to 30).');
    expect(text[1]).toContain('This machine is busy');
    for (const line of text) expect(line.length).toBeLessThanOrEqual(80);
  });
});
