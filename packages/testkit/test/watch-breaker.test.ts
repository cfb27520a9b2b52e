import { consecutiveFailures } from '@switchgear/core';
import { expect, it } from 'vitest';
import { OPEN_FOR, watchBreaker } from '../src/index.ts';

it('lists each outcome with its kind and duration, each move, and counts the permits', async () => {
  const { breaker, permits, clock, outcomes, durations, moves } = watchBreaker({ openWhen: consecutiveFailures(2) });
  const slow = breaker.acquire();
  clock.advance(30);
  slow.settle('success');
  breaker.acquire().settle({ outcome: 'failure', kind: '503' });
  breaker.record('failure');
  clock.advance(OPEN_FOR);
  breaker.acquire().settle('success');
  expect(outcomes).toEqual(['success', 'failure 503', 'failure', 'success']);
  expect(durations.slice(0, 2)).toEqual([30, 0]);
  expect(moves).toEqual(['open', 'half-open', 'closed']);
  expect(permits).toMatchObject({ issued: 3, inFlight: 0, recorded: 1 });
});

it('brings the circuit to half-open, where one probe goes through at a time', () => {
  const { breaker, halfOpen } = watchBreaker();
  halfOpen();
  expect([breaker.state, breaker.acquire().probe, breaker.tryAcquire()]).toEqual(['half-open', true, undefined]);
});
