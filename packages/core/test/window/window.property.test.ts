import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeWindow } from '../../src/window/time-window.ts';
import { CALLS, FAILURES } from '../../src/window/window.ts';
import { holds } from '../properties/holds.ts';

const LENGTH = 1_000;

/** Gaps within a bucket, at its edge, at the window's edge, and far beyond it. */
const gap = fc.oneof(fc.constantFrom(0, 1, 99, 100, 101, 999, 1_000, 1_001, 5_000), fc.nat(400));
const history = fc.array(fc.record({ gap, failed: fc.boolean() }), { maxLength: 80 });

interface Call {
  readonly at: number;
  readonly failed: boolean;
}

/** The slow and obvious way: keep every call, and ask of each whether its slice still counts. */
function naive(calls: readonly Call[], at: number, slice: number, align: string, origin: number): [number, number] {
  const edge = (time: number) => origin + Math.floor((time - origin) / slice) * slice;
  const begun = align === 'first' ? firstBegun(calls, slice) : calls.map((call) => edge(call.at));
  const now = align === 'first' ? at : edge(at);
  const live = calls.filter((_call, index) => (begun[index] as number) > now - LENGTH);
  return [live.length, live.filter(({ failed }) => failed).length];
}

function firstBegun(calls: readonly Call[], slice: number): number[] {
  let begun = Number.NEGATIVE_INFINITY;
  return calls.map(({ at }) => {
    if (at >= begun + slice) begun = at;
    return begun;
  });
}

describe('timeWindow', () => {
  it.each(['epoch', 'first', 'first-tick'] as const)(
    '%s: agrees with a list of every call, over any history and any idle gaps',
    (align) => {
      holds(
        fc.property(history, fc.constantFrom(1, 3, 10), fc.nat(500), (steps, buckets, start) => {
          const memory = timeWindow(LENGTH, { buckets, align }).start(start, 2);
          const calls: Call[] = [];
          let at = start;
          for (const { gap: passed, failed } of steps) {
            at += passed;
            memory.roll(at);
            const expected = () => naive(calls, at, LENGTH / buckets, align, align === 'epoch' ? 0 : start);
            expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual(expected());
            memory.count(at);
            if (failed) memory.add(FAILURES, 1);
            calls.push({ at, failed });
            expect([memory.sums[CALLS], memory.sums[FAILURES]]).toEqual(expected());
          }
        }),
      );
    },
  );

  it('reports no change before `until`, and keeps it', () => {
    holds(
      fc.property(history, fc.nat(2_000), (steps, later) => {
        const memory = timeWindow(LENGTH).start(0, 2);
        let at = 0;
        for (const { gap: passed } of steps) {
          at += passed;
          memory.count(at);
        }
        const before = [...memory.sums];
        memory.roll(Math.min(at + later, memory.until - 0.001));
        expect(memory.sums).toEqual(before);
      }),
    );
  });
});
