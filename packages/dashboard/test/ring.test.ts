import { describe, expect, it } from 'vitest';
import { Ring } from '../src/history/timeline.ts';

describe('a ring', () => {
  it('keeps the latest few, oldest first', () => {
    const ring = new Ring<number>(3);
    expect([...ring]).toEqual([]);
    ring.push(1);
    ring.push(2);
    expect([...ring]).toEqual([1, 2]);
    for (const each of [3, 4, 5]) ring.push(each);
    expect([...ring]).toEqual([3, 4, 5]);
  });
});
