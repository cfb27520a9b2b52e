import { textTable } from '@switchgear/bench/text-table';
import type { Judged } from '../goals/goal.ts';
import { JUDGED } from '../goals/measures.ts';
import { presets } from '../policies/switchgear.ts';
import { differenceOf, estimate, excessOf } from '../results/excess.ts';
import type { Results } from '../results/results.ts';
import { plots } from '../scenarios/catalogue.ts';
import { cellOf } from '../scenarios/scenario.ts';
import type { Workload } from '../scenarios/workload.ts';
import { goalTable, worseTable, worstRandomTable } from './adaptive-tables.ts';
import { pairedTable } from './paired-tables.ts';
import { pictures } from './pictures.ts';
import { costTable, detectionTable, summaryTable } from './policy-tables.ts';
import { shown } from './rows.ts';
import { WHY_MISSED } from './why-missed.ts';
import { faulty, free, workloadTable } from './workload-tables.ts';

/** The whole page, written anew by each run. What a reader decides by comes first. */
export function page(results: Results, judged: readonly Judged[], circumstances: readonly string[]): string {
  const { seed, random, policies } = results;
  const met = judged.filter((each) => each.met).length;
  const above = estimate(differenceOf(random, JUDGED, 'reference'));
  const [ours, theirs] = [JUDGED, 'none'].map((name) => shown(estimate(excessOf(random, name)).mean));
  const names = presets.map(({ name }) => name);
  return `# How well it protects

<!-- Written by \`pnpm bench:protection\`. Change bench/protection/src, not this page. -->

${circumstances.map((line) => `- ${line}`).join('\n')}
- seed ${seed}, chosen after the last change of breaker and bench; ${random.length} random scenarios

\`\`\`text
npx -y pnpm@12.21.0 bench:protection --seed ${seed} --random ${random.length}
\`\`\`

That command reproduces all of this to the last digit, except for the one goal in nanoseconds, and writes this page.
[The bench](../bench/protection/README.md) has the model and what it leaves out.

**How to read it.** Clients call a service that fails in many ways; time is virtual and random numbers come from the seed.
Every policy gets the same requests with the same random numbers. The cost of a run is 1 for a request without a useful answer,
0.25 for a failed call, and 0.75 for a second of waiting, for 1,000 requests.

- **default** is \`createBreaker({ name })\`, which is adaptive mode; **classic** is a failure rate with the defaults that go with it.
- **none** is no breaker. The **oracle** knows the faults at each moment, but not which call will fail; no breaker can cost
  much less. The **reference** is the algorithm that adaptive mode was designed after.

## The comparison

The random scenarios are unbiased: they are generated, and nothing was tuned on this seed. Without a breaker they cost ${theirs}
more than with the oracle, with the default ${ours}. The next column says how often a policy costs over 5 % more than no
breaker. "Cost over the best" compares each policy with the cheapest one in each cell of [the catalogue](#what-every-scenario-cost).

${textTable(summaryTable(results))}

${policies.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

## Healthy traffic

Nothing is wrong here, so a breaker should refuse nothing. Each figure is the cost over that of no breaker. For the default there
are also the requests refused of 1,000, and how many times a day it began to limit the traffic. Bold figures miss their goal.
Days of traffic are played with the default only. A figure under 1 is no merit here: a wait of over 1.3 s costs more than a
refusal, so a policy that refuses a part of a long job looks cheap.

${textTable(workloadTable(results, free))}

${stories(free)}

## Faults that find a breaker unprepared

The dependency is down before the breaker has seen it work, or there are few calls to learn from. The figures are the same.

${textTable(workloadTable(results, faulty))}

${stories(faulty)}

## The presets

In the same random scenarios as above. A negative difference means that the default is cheaper.

${textTable(pairedTable(random, names))}

\`bench:protection --against presets\` prints this table for any seed.

${pictures.map(pictured).join('\n\n')}

## Where the default is worse

Cells of the catalogue in which a peer, or no breaker at all, costs over 3 % less. Smaller differences are random.

${textTable(worseTable(results))}

And the random scenarios with the largest difference to the cheapest of the peers and no breaker. The last column has the
arguments with which \`bench:protection\` plays one again.

${textTable(worstRandomTable(results, 10))}

## Detection delay

Mean calls from the change to the first refusal; in brackets, the number of calls before the change per
false alarm, if there were any. "Best possible" is the exact optimum over all tests with a million calls between false alarms, from the
equations of Page's CUSUM; a policy may be quicker only at the price of more false alarms.

All calls fail:

${textTable(detectionTable(results, 'all'))}

Three of four calls fail:

${textTable(detectionTable(results, 'most'))}

## What every scenario cost

There are three traffics: low is a call in five seconds, medium 50 a second, high 2,000.

${['low', 'medium', 'high'].map((traffic) => textTable(costTable(results, traffic))).join('\n\n')}

${plots.map(({ name, story, traffics }) => `- **${name}** (${traffics.join(', ')}): ${story}`).join('\n')}

## Our goals

${met} of ${judged.length} met. "The best of all" is the cheapest of all policies in that cell; no single policy is cheapest
everywhere. The difference to the reference is ${shown(above.mean)} ± ${shown(above.within)} (95 %).

${textTable(goalTable(judged))}

${WHY_MISSED}
`;
}

function stories(workloads: readonly Workload[]): string {
  return workloads.map(({ scenario, story }) => `- **${cellOf(scenario)}**: ${story}`).join('\n');
}

function pictured({ title, cell, path }: (typeof pictures)[number]): string {
  return `## ${title}

\`${cell}\`, its first repeat. The red bar under each picture marks the time of the faults.

![${title}](${path})`;
}
