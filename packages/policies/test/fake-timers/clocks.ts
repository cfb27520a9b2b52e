import { createRequire } from 'node:module';
import { mock } from 'node:test';
import { ModernFakeTimers } from '@jest/fake-timers';
import { vi } from 'vitest';

/** Fake timers of a test library, installed. */
export interface FakeClock {
  advance(ms: number): unknown;
  clearAll(): unknown;
  restore(): unknown;
}

interface Sinon {
  useFakeTimers(options: { toFake?: readonly string[]; toNotFake?: readonly string[] }): {
    tick(ms: number): void;
    reset(): void;
    restore(): void;
  };
}
const sinon = createRequire(import.meta.url)('sinon') as Sinon;

const ofVitest = (toFake?: Parameters<typeof vi.useFakeTimers>[0]): FakeClock => {
  vi.useFakeTimers(toFake);
  return {
    advance: (ms) => vi.advanceTimersByTime(ms),
    clearAll: () => vi.clearAllTimers(),
    restore: () => vi.useRealTimers(),
  };
};

/** Timers that the test runner itself needs. Vitest does not fake them by default; jest and sinon would. */
const RUNNERS = ['nextTick', 'queueMicrotask', 'hrtime'] as const;

const ofJest = (doNotFake: readonly string[] = []): FakeClock => {
  const fakeTimers = { doNotFake: [...RUNNERS, ...doNotFake] };
  const config = { rootDir: '/', testMatch: [], fakeTimers } as never;
  const jest = new ModernFakeTimers({ config, global: globalThis });
  jest.useFakeTimers();
  return {
    advance: (ms) => jest.advanceTimersByTime(ms),
    clearAll: () => jest.clearAllTimers(),
    restore: () => jest.useRealTimers(),
  };
};

const ofSinon = (toFake?: readonly string[]): FakeClock => {
  const clock = sinon.useFakeTimers(toFake ? { toFake } : { toNotFake: RUNNERS });
  return { advance: (ms) => clock.tick(ms), clearAll: () => clock.reset(), restore: () => clock.restore() };
};

const ofNode = (apis?: readonly ('setTimeout' | 'setInterval' | 'Date')[]): FakeClock => {
  mock.timers.enable(apis && { apis: [...apis] });
  return {
    advance: (ms) => mock.timers.tick(ms),
    // It has no other way: what it had is gone, and its functions stay the same.
    clearAll() {
      mock.timers.reset();
      mock.timers.enable(apis && { apis: [...apis] });
    },
    restore: () => mock.timers.reset(),
  };
};

const BARE = ['setTimeout', 'clearTimeout'] as const;

/** Every fake there is, with its defaults and where it moves timers and no clock. */
export const fakes: readonly (readonly [name: string, use: () => FakeClock])[] = [
  ['vitest', () => ofVitest()],
  ['vitest, without a clock', () => ofVitest({ toFake: [...BARE] })],
  ['jest', () => ofJest()],
  ['jest, without a clock', () => ofJest(['performance', 'Date'])],
  ['sinon', () => ofSinon()],
  ['sinon, without a clock', () => ofSinon(BARE)],
  ['node:test', () => ofNode()],
  ['node:test, without a clock', () => ofNode(['setTimeout'])],
];
