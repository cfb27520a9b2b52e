import { policies } from '../policies/all-policies.ts';
import { repeatOf } from '../results/play.ts';
import { catalogue } from '../scenarios/catalogue.ts';
import { cellOf, type Scenario } from '../scenarios/scenario.ts';
import { simulate } from '../simulation/simulate.ts';
import { type Lived, outagePlot } from './outage-plot.ts';

/** A picture of one cell, and where it lies as seen from the page. */
export interface Picture {
  readonly cell: string;
  readonly title: string;
  readonly path: string;
}

/** One outage, one brownout and one cold cache, as each policy lived them. */
export const pictures: readonly Picture[] = [
  { cell: 'crash-hang-10s@medium', title: 'Nothing answers for a minute; clients give up after 10 s' },
  { cell: 'brownout-30%@high', title: 'A third of the capacity is left, and more is asked' },
  { cell: 'cold-cache@medium', title: 'Back after half a minute, with a cold cache' },
].map(({ cell, title }) => ({ cell, title, path: `images/protection-${cell.replace(/[@%]+/g, '-')}.svg` }));

/** Draws the first repeat of a cell. */
export async function draw({ cell, title }: Picture, seed: number): Promise<string> {
  const chosen = catalogue.find((each) => cellOf(each) === cell) as Scenario;
  const repeat = repeatOf(chosen, seed, 0);
  const lives: Lived[] = [];
  for (const policy of policies) {
    lives.push({ policy: policy.name, journal: await simulate(repeat.scenario, policy, repeat.seed) });
  }
  return outagePlot(title, repeat.scenario, lives);
}
