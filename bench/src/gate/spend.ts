import { bytesOf } from '../measure/heap.ts';
import { THOROUGH } from '../measure/pace.ts';
import { succeeds } from '../tables/compare.ts';
import { breakers, calls, MANY } from './kinds.ts';
import { CALLS, COLLECTED, COUNTED, STRETCHES } from './stretches.ts';

// The program that is counted: one kind in a process of its own. `count.ts` bundles and starts it. It prints the bytes;
// valgrind counts the instructions.

/**
 * Milliseconds by which a reading moves the time. A stretch takes a second, in which a window of ten seconds with ten
 * buckets turns once.
 */
const STEP = 1_000 / CALLS / 2;

const [kind = ''] = process.argv.slice(2);
const makeCalls = calls[kind];
const makeBreaker = breakers[kind];
countTime();
const bytes = makeCalls ? await bytesOfCalls(makeCalls) : makeBreaker ? await bytesOfBreakers(makeBreaker) : undefined;
if (!bytes) throw new Error(`there is no kind ${kind}`);
console.log(JSON.stringify(bytes));

async function bytesOfCalls(make: NonNullable<typeof makeCalls>): Promise<number[]> {
  const loop = await make();
  const grown: number[] = [];
  for (let i = 0; i < STRETCHES; i++) {
    if (i === COLLECTED) globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    process.getuid?.();
    await loop(CALLS);
    process.getuid?.();
    grown.push((process.memoryUsage().heapUsed - before) / CALLS);
  }
  const last = grown.slice(-COUNTED);
  if (last.some((each) => each < 0)) throw new Error('garbage was collected while bytes were counted');
  return [Math.min(...last)];
}

/** Every reading costs what it costs, and says a time that depends on the number of readings only. */
function countTime(): void {
  const { now } = performance;
  // In a typed array, because storing it in a variable would allocate.
  const time = new Float64Array(1);
  performance.now = () => {
    now.call(performance);
    time[0] = (time[0] as number) + STEP;
    return time[0];
  };
}

async function bytesOfBreakers(make: NonNullable<typeof makeBreaker>): Promise<number[]> {
  const { idle, used } = await bytesOf(make(), MANY, THOROUGH, async (all) => {
    for (const breaker of all) for (let i = 0; i < 20; i++) await breaker.run(succeeds);
  });
  return [idle, used];
}
