import { textTable } from '@switchgear/bench/text-table';
import type { Judged } from '../goals/goal.ts';
import { differenceOf, estimate, excessOf } from '../results/excess.ts';
import type { Results } from '../results/results.ts';
import { plots } from '../scenarios/catalogue.ts';
import { goalTable, worseTable, worstRandomTable } from './adaptive-tables.ts';
import { pictures } from './pictures.ts';
import { costTable, detectionTable, summaryTable } from './policy-tables.ts';
import { shown } from './rows.ts';

/** What stands behind the goals that are missed in one run or another. */
const WHY_MISSED = `**Why goals are missed**, in this run or with other seeds:

- *1, false trips.* The limit promises one false alarm in a day's calls, which at 50 a second are 4.3 million; the second
  statistic makes them rarer. Over a hundred million calls there were at most four. A limit ten times higher would need
  another failure for each detection, and miss goal 2.
- *2, detection.* Fewer than three failures never open the circuit. Where one call in a thousand fails normally, two would be
  the optimum, which alone makes 1.5 x. The rest comes from the limit on false alarms: one in a day's calls, while the
  bound assumes one in a million.
- *5, failed calls.* The formula for probes gives a tenth more of them than the goal allows. Fewer probes would notice the end later.
- *4, a hang at high traffic.* Silence of less than 150 ms is not counted: while one synchronous block starts hundreds of calls, no
  answer can come back. Before that floor was set, healthy bursts opened the circuit.
- *5, back after a hang.* It depends on when the last probe before the end was sent: 1.2, 2.8 and 5.1 s with three seeds.
- *7 and 8, medium traffic.* Two servers can take three or four calls at a time. Finding such a limit takes averages over
  twenty answers, and meanwhile many calls are refused or queued; the oracle knows the queue. With 67 servers, at high
  traffic, these goals are met.
- *9, latency.* It limits calls until all that come have been served for long enough, and may refuse some meanwhile.
- *10, the reference.* The difference is smaller than its error, in either direction.
- *12, time.* The clock is read twice for each call, and a permit is made. The time depends on the machine and its load:
  113 and 163 ns in two quiet runs, 480 ns with eight other processes at work.`;

/** The whole page, written anew by each run. */
export function page(results: Results, judged: readonly Judged[], circumstances: readonly string[]): string {
  const { seed, random, policies } = results;
  const met = judged.filter((each) => each.met).length;
  const paired = estimate(differenceOf(random, 'adaptive', 'reference'));
  const [ours, theirs] = ['adaptive', 'none'].map((name) => estimate(excessOf(random, name)));
  const [least, most] = [paired.mean - paired.within, paired.mean + paired.within];
  const verdict = least > 0 ? 'it is dearer' : most < 0 ? 'it is cheaper' : 'no difference that could be told';
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
0.25 for a failed call, and 0.75 for a second of waiting, for 1,000 requests. The oracle knows the faults at each
moment, but not which call will fail; no breaker can cost much less. The reference is the algorithm
that \`adaptive()\` was designed after, in one piece, to show whether the library is as good. There are three
traffics: low is a call in five seconds, medium 50 a second, high 2,000.

## The goals

${met} of ${judged.length} met. They were set before the library was written. "The best of all" is the cheapest of all
policies in that cell; no single policy is cheapest everywhere. Goal 11, evidence shared between instances, needs stores.

${textTable(goalTable(judged))}

${WHY_MISSED}

## Where adaptive mode is worse

Cells of the catalogue in which a peer, or no breaker at all, costs over 3 % less. Smaller differences are random.

${textTable(worseTable(results))}

And the random scenarios with the largest difference to the cheapest of the peers and no breaker. The last column has the
arguments with which \`bench:protection\` plays one again.

${textTable(worstRandomTable(results, 10))}

## All policies over all scenarios

"Cost over the best" is the geometric mean over the catalogue of the cost over the cheapest policy in that cell,
beside the worst cell. The random scenarios are unbiased: they are generated, and nothing was tuned on this seed. Without
a breaker they cost ${shown(theirs?.mean ?? 0)} above the oracle for 1,000 requests, in adaptive mode
${shown(ours?.mean ?? 0)}. Its difference to the reference on the same chances is ${shown(paired.mean)} ±
${shown(paired.within)} (95 %): ${verdict}.

${textTable(summaryTable(results))}

${policies.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

${pictures.map(pictured).join('\n\n')}

## Detection delay

Mean calls from the change to the first refusal; in brackets, the number of calls before the change per
false alarm, if there were any. "Best possible" is the exact optimum over all tests with a million calls between false alarms, from the
equations of Page's CUSUM; a policy may be quicker only at the price of more false alarms.

All calls fail:

${textTable(detectionTable(results, 'all'))}

Three of four calls fail:

${textTable(detectionTable(results, 'most'))}

## What every scenario cost

${['low', 'medium', 'high'].map((traffic) => textTable(costTable(results, traffic))).join('\n\n')}

${plots.map(({ name, story, traffics }) => `- **${name}** (${traffics.join(', ')}): ${story}`).join('\n')}
`;
}

function pictured({ title, cell, path }: (typeof pictures)[number]): string {
  return `## ${title}

\`${cell}\`, its first repeat. The red bar under each picture marks the time of the faults.

![${title}](${path})`;
}
