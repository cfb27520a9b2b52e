import { countWindow, createBreaker, type Rule, rule, timeWindow } from '@switchgear/core';
import { failing, inTurn } from '../measure/loops.ts';
import { costOf, measureRounds, type Runner } from '../measure/rounds.ts';
import { fails, succeeds } from './compare.ts';
import type { Table } from './table.ts';

/** Judged after each failure, and never enough. */
const NEVER: Rule = rule({ judge: () => undefined });

const WINDOWS = {
  'time window of 10 buckets': timeWindow(10_000, { buckets: 10 }),
  'time window of 100 buckets': timeWindow(10_000, { buckets: 100 }),
  'time window of 1,000 buckets': timeWindow(10_000, { buckets: 1_000 }),
  'count window of 10 calls': countWindow(10),
  'count window of 1,000 calls': countWindow(1_000),
  'count window of 100,000 calls': countWindow(100_000),
};

export const flatness: Table = {
  id: 'flatness',
  title: 'By the size of the window',
  about:
    'Ours alone: the cost of a call that succeeds, and of one that fails. It should not depend on the size of the window.',
  async measure(pace) {
    const names = Object.keys(WINDOWS);
    const runners: Runner[] = [];
    for (const [name, window] of Object.entries(WINDOWS)) {
      const make = () => createBreaker({ name, window, openWhen: NEVER });
      const [well, ill] = [make(), make()];
      runners.push({ name: `${name}: success`, loop: inTurn((action) => well.run(action), succeeds) });
      runners.push({ name: `${name}: failure`, loop: failing((action) => ill.run(action), fails) });
    }
    const rounds = await measureRounds(runners, pace);
    const figures: Record<string, number> = {};
    for (const ending of ['success', 'failure']) {
      const costs = names.map((name) => costOf(rounds, `${name}: ${ending}`).median);
      const [ofTime, ofCount] = [costs.slice(0, 3), costs.slice(3)];
      figures[`time: ${ending}`] = Math.max(...ofTime) / Math.min(...ofTime);
      figures[`count: ${ending}`] = Math.max(...ofCount) / Math.min(...ofCount);
    }
    return {
      columns: ['', 'ns a success', 'ns a failure'],
      rows: names.map((name) => [name, costOf(rounds, `${name}: success`), costOf(rounds, `${name}: failure`)]),
      figures,
    };
  },
};
