import { createBreaker } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { countPermits } from '../src/index.ts';

describe('countPermits', () => {
  it('tells a permit in flight from one that is settled, and from one that is settled twice', () => {
    const permits = countPermits(createBreaker({ name: 'watched' }));
    const first = permits.breaker.acquire();
    const second = permits.breaker.tryAcquire();
    expect(permits).toMatchObject({ issued: 2, inFlight: 2, settledTwice: 0 });
    first.settle('success');
    expect(permits).toMatchObject({ inFlight: 1, settledTwice: 0 });
    second?.settle('failure');
    second?.settle('failure');
    expect(permits).toMatchObject({ inFlight: 0, settledTwice: 1 });
    expect(permits.breaker.metrics()).toMatchObject({ calls: 2, failures: 1 });
  });

  it('counts no permit where the circuit refuses one, and counts evidence without a permit', () => {
    const permits = countPermits(createBreaker({ name: 'watched' }));
    permits.breaker.record('failure');
    permits.breaker.trip();
    expect(permits.breaker.tryAcquire()).toBeUndefined();
    expect(() => permits.breaker.acquire()).toThrow('Circuit "watched" is open');
    expect(permits).toMatchObject({ issued: 0, recorded: 1 });
  });
});
