import { describe, expect, it } from 'vitest';
import { NormalFailureRate } from '../../src/vitals/estimates.ts';

describe('the share of calls that normally fail', () => {
  it('is assumed to be one in two hundred at first, with the weight of a hundred calls', () => {
    const normal = new NormalFailureRate();
    expect(normal.share).toBe(0.005);
    normal.add(1, 1);
    expect(normal.share).toBeCloseTo(1.5 / 101, 12);
    normal.add(100, 0);
    expect(normal.share).toBeCloseTo(1.5 / 201, 12);
  });

  it('remembers a thousand calls: each later one displaces its share of them', () => {
    const normal = new NormalFailureRate();
    normal.add(900, 0);
    for (let call = 0; call < 50; call++) normal.add(1, 1);
    let failures = 0.5;
    for (let call = 0; call < 50; call++) failures = failures * 0.999 + 1;
    expect(normal.share).toBeCloseTo(failures / 1_000, 12);
    const before = normal.share;
    normal.add(1_000, 0);
    expect(normal.share).toBeCloseTo(before * 0.999 ** 1_000, 12);
  });

  it('stays between one in a thousand and three in ten', () => {
    const normal = new NormalFailureRate();
    normal.add(1e6, 0);
    expect(normal.share).toBe(0.001);
    for (let call = 0; call < 5_000; call++) normal.add(1, 1);
    expect(normal.share).toBe(0.3);
  });

  it('is the same whether successes are counted one by one or all at once', () => {
    const [one, all] = [new NormalFailureRate(), new NormalFailureRate()];
    for (let round = 0; round < 40; round++) {
      for (const normal of [one, all]) normal.add(1, 1);
      for (let call = 0; call < 37; call++) one.add(1, 0);
      all.add(37, 0);
      expect(one.share).toBeCloseTo(all.share, 12);
    }
  });
});
