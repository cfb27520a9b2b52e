import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { timeWindow, tumblingWindow } from '../../src/window/time-window.ts';
import { countWindow, FAILURES, type WindowRecipe } from '../../src/window/window.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const CALLS = 100_000;

/** Bytes that are held, garbage left out. */
function held(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

describe('a window holds no more memory after a hundred thousand failures than after a few:', () => {
  it.each<[name: string, recipe: WindowRecipe]>([
    ['countWindow', countWindow(10)],
    ['timeWindow', timeWindow(10_000)],
    ['timeWindow, by first calls', timeWindow(10_000, { align: 'first' })],
    ['tumblingWindow', tumblingWindow(10_000)],
  ])('%s', (_name, recipe) => {
    const memory = recipe.start(0, 2);
    const before = held();
    for (let call = 0; call < CALLS; call++) {
      memory.roll(call / 5);
      memory.count(call / 5);
      memory.add(FAILURES, 1);
    }
    const bytesACall = (held() - before) / CALLS;
    expect(memory.sums[FAILURES]).toBeGreaterThan(0);
    expect(bytesACall).toBeLessThan(10);
  });
});
