import { countWindow, timeWindow, tumblingWindow, type WindowRecipe } from '../../src/index.ts';

/** A settled call, as the slow and obvious way keeps it. */
export interface Told {
  readonly at: number;
  readonly duration: number;
  readonly failed: boolean;
}

/** A window, and how to say from a list of every outcome since `anchor` which of them it remembers at a time. */
export interface WindowUnderTest {
  readonly name: string;
  readonly recipe: WindowRecipe;

  /** @param anchor when the breaker was made, or its evidence last cleared */
  remembers(told: readonly Told[], at: number, anchor: number): readonly Told[];
}

/** How long the timed ones are; gaps are chosen around it. */
export const LENGTH = 1_000;

/** The start of the slice that a time lies in. */
function edge(at: number, slice: number, origin: number): number {
  return origin + Math.floor((at - origin) / slice) * slice;
}

function onGrid(align: 'epoch' | 'first-tick', buckets: number): WindowUnderTest {
  const slice = LENGTH / buckets;
  return {
    name: `a time window in ${buckets}, aligned to ${align}`,
    recipe: timeWindow(LENGTH, { buckets, align }),
    remembers(told, now, anchor) {
      const origin = align === 'epoch' ? 0 : anchor;
      return told.filter(({ at }) => edge(at, slice, origin) > edge(now, slice, origin) - LENGTH);
    },
  };
}

function byFirstCall(buckets: number): WindowUnderTest {
  const slice = LENGTH / buckets;
  return {
    name: `a time window in ${buckets}, each from its first call`,
    recipe: timeWindow(LENGTH, { buckets, align: 'first' }),
    remembers(told, now) {
      let begun = -Infinity;
      return told.filter(({ at }) => {
        if (at >= begun + slice) begun = at;
        return begun > now - LENGTH;
      });
    },
  };
}

function ofCalls(size: number): WindowUnderTest {
  return { name: `the last ${size} calls`, recipe: countWindow(size), remembers: (told) => told.slice(-size) };
}

/** Every kind of window. */
export const windows: readonly WindowUnderTest[] = [
  ...[1, 3, 10].flatMap((buckets) => [onGrid('epoch', buckets), byFirstCall(buckets), onGrid('first-tick', buckets)]),
  ...[1, 7, 40].map(ofCalls),
  {
    name: 'a tumbling window',
    recipe: tumblingWindow(LENGTH),
    remembers(told, now, anchor) {
      const from = edge(now, LENGTH, anchor);
      // A call that began before the window did belongs to an earlier one.
      return told.filter(({ at, duration }) => at >= from && at - duration >= edge(at, LENGTH, anchor));
    },
  },
  { name: 'a window without end', recipe: tumblingWindow(), remembers: (told) => told },
];
