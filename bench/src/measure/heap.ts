import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { Loop } from './loops.ts';
import { howMany, type Pace, QUICK } from './pace.ts';
import { medianOf } from './spread.ts';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Heap bytes in use after unreachable objects have been collected. */
async function settledHeap(pace: Pace): Promise<number> {
  for (let i = 0; i < howMany(pace, 3, 0); i++) {
    collect();
    await nextTurn();
  }
  return used();
}

function used(): number {
  return process.memoryUsage().heapUsed;
}

/** Bytes that a call allocates: the growth of the heap during a batch without a collection, as the median of some batches. */
export async function bytesPerCall(loop: Loop, calls: number, pace: Pace): Promise<number> {
  // Code that the engine has not compiled yet allocates more.
  for (const end = performance.now() + howMany(pace, 150, 0); performance.now() < end; ) await loop(calls);
  const grown: number[] = [];
  while (grown.length < howMany(pace, 15, 1)) {
    if (pace !== QUICK) collect();
    await nextTurn();
    const before = used();
    await loop(calls);
    const after = used();
    // A smaller heap means that a collection happened during the batch.
    if (after >= before) grown.push((after - before) / calls);
  }
  return medianOf(grown);
}

/** Bytes that an object retains, measured by making many. The objects are retained while `made` runs. */
export async function bytesOf<T>(
  make: (i: number) => T,
  many: number,
  pace: Pace,
  made: (all: readonly T[]) => Promise<void> = async () => {},
): Promise<{ idle: number; used: number }> {
  // What the first objects allocate once, for all of them, is not counted.
  for (let i = 0; i < howMany(pace, 200, 1); i++) make(-1 - i);
  const held: (T | undefined)[] = new Array(many).fill(undefined);
  const before = await settledHeap(pace);
  for (let i = 0; i < many; i++) held[i] = make(i);
  const idle = (await settledHeap(pace)) - before;
  await made(held as T[]);
  const after = (await settledHeap(pace)) - before;
  return { idle: idle / held.length, used: after / held.length };
}
