import { coarseClock } from '@switchgear/coarse-clock';
import { createBreaker, failureRate, timeWindow } from '@switchgear/core';
import { circuitBreaker, handleAll, SamplingBreaker } from 'cockatiel';
import CircuitBreaker from 'opossum';
import { bytesPerCall } from '../measure/heap.ts';
import { again } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { costOf, measureRounds } from '../measure/rounds.ts';
import { RULE } from '../subjects/subject.ts';
import { fails, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const policy = { openWhen: failureRate(0.5), window: timeWindow(10_000) };
const sampling = () => new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 2 });

export const synchronous: Table = {
  id: 'synchronous',
  title: 'Synchronous operations',
  about:
    'Acquiring a permit while the circuit is open, making a breaker, reading its numbers after a thousand calls. Bytes are the growth of the heap per operation.',
  flags: ['--min-semi-space-size=64', '--max-semi-space-size=64'],
  async measure(pace) {
    const exactOpen = createBreaker({ name: 'exact' });
    const coarseOpen = createBreaker({ name: 'coarse', clock: coarseClock() });
    for (const breaker of [exactOpen, coarseOpen]) breaker.trip(RULE.openFor);
    const used = createBreaker({ name: 'used' });
    const theirs = circuitBreaker(handleAll, { halfOpenAfter: RULE.openFor, breaker: sampling() });
    const opossum = new CircuitBreaker(succeeds, { timeout: false });
    for (let i = 0; i < howMany(pace, 1_000, 10); i++) {
      const ending = i % 10 === 0 ? fails : succeeds;
      await Promise.allSettled([used.run(ending), theirs.execute(ending), opossum.fire()]);
    }
    const things: Readonly<Record<string, () => unknown>> = {
      'read the clock': () => performance.now(),
      'tryAcquire refused, exact clock': () => exactOpen.tryAcquire(),
      'tryAcquire refused, coarse clock': () => coarseOpen.tryAcquire(),
      'make a breaker with its defaults': () => createBreaker({ name: 'made' }),
      'make a breaker from shared plugs': () => createBreaker({ name: 'made', ...policy }),
      'make a cockatiel SamplingBreaker': () =>
        circuitBreaker(handleAll, { halfOpenAfter: RULE.openFor, breaker: sampling() }),
      'read state': () => used.state,
      'read metrics()': () => used.metrics(),
      "read opossum's stats": () => opossum.stats,
    };
    const runners = Object.entries(things).map(([name, act]) => ({ name, loop: again(act) }));
    const rounds = await measureRounds(runners, pace);
    const figures: Record<string, number> = {};
    const rows = [];
    for (const { name, loop } of runners) {
      const bytes = await bytesPerCall(loop, howMany(pace, 1_000, 5), pace);
      figures[`${name}: ns`] = costOf(rounds, name).median;
      figures[`${name}: bytes`] = bytes;
      rows.push([name, costOf(rounds, name), bytes]);
    }
    opossum.shutdown();
    return { columns: ['', 'ns', 'B'], rows, figures };
  },
};
