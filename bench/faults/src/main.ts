/**
 * `bench:faults`: runs the program of every fault, prints the table and writes `docs/faults-of-others.md`. With `--check`
 * it writes nothing. Other arguments select programs by a part of their name; then it writes nothing either.
 */
import { writeFileSync } from 'node:fs';
import { type Observation, observe } from './observe.ts';
import { pageOf } from './page.ts';
import { peerOf, versionOf } from './themes/peers.ts';
import { themes } from './themes.ts';

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = wanted.length === 0;
const faults = themes.flatMap((theme) => theme.faults);
const chosen = faults.filter(({ program }) => all || wanted.some((word) => program.includes(word)));

const observations: Observation[] = [];
for (const fault of chosen) {
  const observation = await observe(fault);
  observations.push(observation);
  const peer = peerOf(fault.program);
  console.log(`${observation.seen ? 'seen' : 'NOT SEEN'}  ${fault.program}  (${peer} ${versionOf(peer)})`);
  console.log(`      ${observation.printed}`);
}

const gone = observations.filter(({ seen }) => !seen);
console.log(`\n${observations.length - gone.length} of ${observations.length} faults seen`);
for (const { fault } of gone) console.log(`not seen: ${fault.program}`);
if (all && gone.length === 0 && !process.argv.includes('--check')) {
  writeFileSync(new URL('../../../docs/faults-of-others.md', import.meta.url), pageOf(observations));
}
process.exitCode = gone.length === 0 && chosen.length > 0 ? 0 : 1;
