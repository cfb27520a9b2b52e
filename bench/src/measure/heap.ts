import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { Loop } from './loops.ts';
import { howMany, type Pace, QUICK } from './pace.ts';
import { medianOf } from './spread.ts';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Bytes in use after everything that nobody holds is gone. */
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

/** Bytes that one call allocates: what the heap grows by in a batch without a collection. The median of some batches. */
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
    // Smaller than before: it was collected in between after all.
    if (after >= before) grown.push((after - before) / calls);
  }
  return medianOf(grown);
}

/** Bytes that one thing holds as long as somebody holds it, from making many. What `made` gets is held while it runs. */
export async function bytesOf<T>(
  make: (i: number) => T,
  many: number,
  pace: Pace,
  made: (all: readonly T[]) => Promise<void> = async () => {},
): Promise<{ idle: number; used: number }> {
  // What the first ones bring with them once and for all belongs to none of them.
  for (let i = 0; i < howMany(pace, 200, 1); i++) make(-1 - i);
  const held: (T | undefined)[] = new Array(many).fill(undefined);
  const before = await settledHeap(pace);
  for (let i = 0; i < many; i++) held[i] = make(i);
  const idle = (await settledHeap(pace)) - before;
  await made(held as T[]);
  const after = (await settledHeap(pace)) - before;
  return { idle: idle / held.length, used: after / held.length };
}
