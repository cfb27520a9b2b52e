import { bytesPerCall } from '../measure/heap.ts';
import { inTurn } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { adaptives, heavyPeers, ours, peers, yardsticks } from '../subjects/all-subjects.ts';
import { RULE } from '../subjects/subject.ts';
import { BARE, isSound, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const subjects = [...yardsticks, ...ours, ...adaptives, ...peers, ...heavyPeers];

export const bytes: Table = {
  id: 'bytes',
  title: 'Bytes allocated by a call that succeeds',
  about: 'The growth of the heap during a batch of calls without a collection, divided by their number.',
  // Room for a batch without a collection.
  flags: ['--min-semi-space-size=64', '--max-semi-space-size=64'],
  sound: isSound,
  async measure(pace) {
    const found: { name: string; judges: string; each: number }[] = [];
    for (const { name, judges, make } of subjects) {
      const guarded = make(RULE);
      const calls = heavyPeers.some((each) => each.name === name) ? 20 : 2_000;
      const each = await bytesPerCall(inTurn(guarded.call, succeeds), howMany(pace, calls, 5), pace);
      found.push({ name, judges, each });
      guarded.close?.();
    }
    const bare = found.find(({ name }) => name === BARE)?.each ?? 0;
    const shown = found.filter(({ name }) => name !== BARE && !heavyPeers.some((each) => each.name === name));
    return {
      columns: ['', 'judges', 'B a call', 'over bare'],
      rows: found.map(({ name, judges, each }) => [name, judges, each, name === BARE ? undefined : each - bare]),
      figures: Object.fromEntries(found.map(({ name, each }) => [`${name}: over`, each - bare])),
      picture: {
        title: 'Bytes a call, over the bare call',
        unit: 'B',
        bars: shown.map(({ name, each }) => ({ name, value: each - bare })),
      },
    };
  },
};
