import { describe, expect, it } from 'vitest';
import { CALLS, countWindow, FAILURES } from '../../src/window/window.ts';

/** The call is a failure if its number is a multiple of this. */
function live(memory: ReturnType<ReturnType<typeof countWindow>['start']>, calls: number, failsEvery: number): void {
  for (let call = 1; call <= calls; call++) {
    memory.count(0);
    if (call % failsEvery === 0) memory.add(FAILURES, 1);
  }
}

describe('countWindow', () => {
  it.each([
    ['fewer calls than it has room for', 9, 1, 9, 9],
    ['a call leaves as the one after the last place comes', 11, 11, 10, 1],
    ['and takes what it brought along', 20, 10, 10, 1],
    ['a thousand failures, of which the last ten are left', 1_000, 1, 10, 10],
    ['a thousand calls with failures far apart', 1_000, 7, 10, 1],
  ])('remembers the last calls: %s', (_what, calls, failsEvery, left, failures) => {
    const memory = countWindow(10).start(0, 2);
    live(memory, calls, failsEvery);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([left, failures]);
  });

  it('forgets call by call, whatever it has removed from its list before', () => {
    const memory = countWindow(10).start(0, 2);
    live(memory, 100, 1);
    for (let failures = 9; failures >= 0; failures--) {
      memory.count(0);
      expect(memory.sums[FAILURES]).toBe(failures);
    }
  });

  it('drops one old call for each skipped call', () => {
    const memory = countWindow(10).start(0, 2);
    live(memory, 4, 1);
    memory.skip(8);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([10, 2]);
    memory.skip(1_000);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([10, 0]);
  });

  it('keeps nothing when it is cleared, and slides as before', () => {
    const memory = countWindow(10).start(0, 2);
    live(memory, 45, 1);
    memory.clear(0);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([0, 0]);
    live(memory, 10, 1);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([10, 10]);
    memory.skip(3);
    expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual([10, 7]);
  });
});
