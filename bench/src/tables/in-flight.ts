import { atOnce } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { consecutive, sampling } from '../subjects/cockatiel.ts';
import { withoutPercentiles, withPercentiles } from '../subjects/opossum.ts';
import { coarse, counted, exact } from '../subjects/switchgear.ts';
import { bare, observed } from '../subjects/yardsticks.ts';
import { compare, compared, isSound, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const subjects = [bare, observed, exact, coarse, counted, sampling, consecutive, withPercentiles, withoutPercentiles];

export const inFlight: Table = {
  id: 'in-flight',
  title: '1,000 calls in flight',
  about: 'A thousand calls started before the first one ends, then awaited together. Time per call.',
  sound: isSound,
  async measure(pace) {
    const calls = howMany(pace, 1_000, 10);
    return compared(subjects, await compare({ subjects, loop: atOnce, action: succeeds, calls }, pace));
  },
};
