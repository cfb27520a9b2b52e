import { policies } from '../policies/all-policies.ts';
import type { Scene } from '../scenes/scene.ts';
import type { Results } from './results.ts';
import { goalTable, sceneTable, summaryTable } from './tables.ts';
import { worseList } from './worse.ts';

/** The whole page, written anew by each run. */
export function page(
  scenes: readonly Scene[],
  results: Results,
  rounds: number,
  circumstances: readonly string[],
): string {
  return `# In front of real servers

<!-- Written by \`pnpm bench:real\`. Change bench/real/src, not this page. -->

Real HTTP servers and a real PostgreSQL, each in processes of its own, overloaded, stopped, killed, absent, and well. Every
policy meets the same requests. The cost of each over the cost without a breaker; below 1 it helps:

${summaryTable(scenes, results)}

${circumstances.map((line) => `- ${line}`).join('\n')}
- ${rounds === 1 ? 'one round' : `${rounds} rounds: medians, with the range in brackets`}
- in each round every policy plays every scene once, in a fresh process with a fresh server, one after another, when two
  fifths of the machine are idle or after 20 s

\`\`\`text
npx -y pnpm@12.21.0 bench:real --rounds ${rounds}                   all of it; writes this page
npx -y pnpm@12.21.0 bench:real --rounds 1 --only stopped    the scenes whose name begins so, printed only
\`\`\`

These are real machines and real time, so another run finds other figures. Compare policies in one table, not tables.
[How well it protects](protection.md) has many more scenarios, in virtual time that repeats to the last digit.

## The policies

${policies.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

opossum and cockatiel are called around \`fetch\` or \`pool.query\`. "Set" is how a careful user would set them for such
faults: a volume as our classic defaults need it, and a probe every second.

## Where the default costs more than no breaker

${worseList(scenes, results)}

**On a busy machine** the default may take a burst for an outage. While one synchronous block starts 500 fetches no answer can
come back; silence of up to 150 ms never counts, and with other work on both processors the block took more than that. In two
such runs of \`bursts\`, 398 and 662 of 3,062 requests were refused, with the reason \`silence\`.

## What the columns mean

- **cost**: 1 for a request without a useful answer, 0.25 for each failed call, 0.75 for each second that a caller waited;
  for 1,000 requests. **over no breaker**: divided by that of no breaker in the same round.
- **answers, refused, failed calls**: how requests ended; the column after them is their number. A refused request was not sent.
- **reacted**: from the beginning of the fault until the circuit opened or began to limit calls. **closed**: from the end of the
  fault until the circuit closed for the last time; *never* if it was not closed when the scene ended, 5 s later.
- **moves**: changes of state in the whole scene.

The HTTP service works on 20 calls at once, each of which takes 10 to 30 ms, and queues the others without end. As most
services, it does not notice that a caller has left. Requests arrive at random, 200 a second on average, and have a
time limit of 1 s. A fault begins after 3 s, and the scene ends 5 s after it. In the last three scenes the process's clock is moved
between calls, because they take hours; calls and service are real.

${scenes.map((scene) => `## ${scene.title}\n\n\`${scene.id}\`. ${scene.about}\n\n${sceneTable(scene, results)}`).join('\n\n')}

## The goals of the default

${goalTable(results)}
`;
}
