import { failing, failingDeep } from '../measure/loops.ts';
import { costOf, timesOf } from '../measure/rounds.ts';
import { heavyPeers, ours, peers } from '../subjects/all-subjects.ts';
import type { Guarded, Subject } from '../subjects/subject.ts';
import { open } from '../subjects/subject.ts';
import { bare } from '../subjects/yardsticks.ts';
import { BARE, compare, REFERENCE, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const ERROR = new Error('refused');

/** What a refusal would cost that needs no error of its own. */
const ready: Subject = {
  name: 'rejection with an error made once',
  kind: 'yardstick',
  judges: 'nothing',
  make: () => ({ call: () => Promise.reject(ERROR) }),
};

const subjects: readonly Subject[] = [bare, ready, ...ours, ...peers, ...heavyPeers];

async function prepare(guarded: Guarded): Promise<void> {
  // A breaker refuses sooner or later; a yardstick never does.
  await open(guarded).catch(() => undefined);
}

export const openCircuit: Table = {
  id: 'open',
  title: 'A call that an open circuit refuses',
  about:
    'One refused call after another, each caught: the cost for a caller while a service is down. Deep is the same with twenty more frames on the stack, for errors that capture it.',
  async measure(pace) {
    const shallow = await compare({ subjects, loop: failing, action: succeeds, prepare }, pace);
    const deep = await compare({ subjects, loop: failingDeep, action: succeeds, prepare }, pace);
    const names = subjects.map(({ name }) => name);
    const figures: Record<string, number> = { bare: costOf(shallow, BARE).median };
    for (const name of names) {
      figures[`${name}: shallow`] = costOf(shallow, name).median;
      figures[`${name}: deep`] = costOf(deep, name).median;
      figures[`${name}: share`] = timesOf(shallow, name, REFERENCE).median;
    }
    return {
      columns: ['', 'ns a refusal', 'deep', 'x cockatiel'],
      rows: names.map((name) => [
        name,
        costOf(shallow, name),
        costOf(deep, name),
        name === BARE ? undefined : timesOf(shallow, name, REFERENCE).median,
      ]),
      figures,
      picture: {
        title: 'A call that an open circuit refuses, under twenty more frames',
        unit: 'ns',
        logarithmic: true,
        bars: names.filter((name) => name !== BARE).map((name) => ({ name, value: costOf(deep, name) })),
      },
    };
  },
};
