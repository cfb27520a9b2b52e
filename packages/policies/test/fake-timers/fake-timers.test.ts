import { afterEach, describe, expect, it, vi } from 'vitest';
import * as policies from '../../src/index.ts';
import { type FakeClock, fakes } from './clocks.ts';
import { isOver, LIMIT, limits } from './limits.ts';

const shared = limits(policies);
const names = Object.keys(shared);
const everyWay = fakes.flatMap(([fake, use]) => names.map((name) => [fake, name, use] as const));

let clock: FakeClock | undefined;
afterEach(() => {
  clock?.restore();
  clock = undefined;
});

/** Not before its time, and in it, to the millisecond. */
async function expectLimited(started: Promise<unknown>, fake: FakeClock): Promise<void> {
  expect(await isOver(started)).toBe(false);
  fake.advance(LIMIT - 1);
  expect(await isOver(started)).toBe(false);
  fake.advance(1);
  expect(await isOver(started)).toBe(true);
}

describe.each(everyWay)('with the fake timers of %s, %s', (_fake, name, use) => {
  const begin = shared[name] as () => Promise<unknown>;

  it('ends in its time under them, and again on the runtime’s own timers when they are gone', async () => {
    clock = use();
    await expectLimited(begin(), clock);
    // Left behind by the test, as most tests do: on a clock that will never move again.
    void begin();
    clock.restore();
    await begin();
  });

  it('ends in time under them after the runtime’s own, and calls begun before continue', async () => {
    const before = begin();
    clock = use();
    await expectLimited(begin(), clock);
    clock.restore();
    await before;
  });

  it('ends in its time where they are put in place twice, or cleared', async () => {
    clock = use();
    void begin();
    clock.restore();
    clock = use();
    await expectLimited(begin(), clock);
    void begin();
    clock.clearAll();
    await expectLimited(begin(), clock);
  });
});

describe.each(fakes)('used first under the fake timers of %s', (_fake, use) => {
  it.each(names)('%s ends in its time, there and afterwards', async (name) => {
    vi.resetModules();
    const fresh = await import('../../src/index.ts');
    clock = use();
    const begin = limits(fresh)[name] as () => Promise<unknown>;
    await expectLimited(begin(), clock);
    clock.restore();
    await begin();
  });
});
