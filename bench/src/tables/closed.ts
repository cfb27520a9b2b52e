import { inTurn } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { overOf } from '../measure/rounds.ts';
import { adaptives, heavyPeers, ours, peers, yardsticks } from '../subjects/all-subjects.ts';
import { bare } from '../subjects/yardsticks.ts';
import { BARE, compare, compared, isSound, REFERENCE, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const light = [...yardsticks, ...ours, ...adaptives, ...peers];

export const closed: Table = {
  id: 'closed',
  title: 'A call that succeeds through a closed circuit',
  about:
    'One call after another, each awaited: the cost of each call to a healthy service. An observed call is the lower bound for code that handles both endings. mollitia and Effect are measured after the others, with only the bare call beside them, because their garbage would slow the others down.',
  sound: isSound,
  async measure(pace) {
    const lightly = await compare({ subjects: light, loop: inTurn, action: succeeds }, pace);
    const slowly = { ...pace, rounds: howMany(pace, 40, 1) };
    const heavily = await compare({ subjects: [bare, ...heavyPeers], loop: inTurn, action: succeeds }, slowly);
    const common = compared(light, lightly);
    const heavy = compared(heavyPeers, heavily, overOf(lightly, REFERENCE, BARE).median);
    const bars = light
      .filter(({ name }) => name !== BARE)
      .map(({ name }) => ({ name, value: overOf(lightly, name, BARE) }));
    return {
      columns: common.columns,
      rows: [...common.rows, ...heavy.rows],
      figures: { ...heavy.figures, ...common.figures },
      picture: { title: 'A call that succeeds: what it costs over the bare call', unit: 'ns', bars },
    };
  },
};
