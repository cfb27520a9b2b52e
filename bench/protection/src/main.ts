import { estimate, excessOf, shareWorseThanNone } from './play/excess.ts';
import { play } from './play/play.ts';
import { policyOf } from './policies/all-policies.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { randomScenario } from './scenarios/random-scenario.ts';
import { cellOf } from './scenarios/scenario.ts';

const policies = ['none', 'oracle', 'reference', 'adaptive'].map(policyOf);
const t0 = performance.now();
const all = [];
for (const s of catalogue) {
  const p = await play(s, policies, 5);
  all.push(p);
  console.log(cellOf(s).padEnd(26), ...policies.map((q) => p.outcomes[q.name]!.cost.toFixed(1).padStart(9)));
}
console.log('catalogue', (performance.now() - t0) / 1000);
const t1 = performance.now();
const rnd = [];
for (let i = 0; i < 200; i++) rnd.push(await play(randomScenario(5, i), policies, 5));
console.log('random', (performance.now() - t1) / 1000);

import { differenceOf } from './play/excess.ts';
console.log(estimate(differenceOf(rnd, 'adaptive', 'reference')));
const d = differenceOf(rnd, 'adaptive', 'reference');
for (const i of [...d.keys()].sort((a, b) => Math.abs(d[b]!) - Math.abs(d[a]!)).slice(0, 25))
  console.log(
    rnd[i]!.scenario.name,
    rnd[i]!.scenario.traffic,
    rnd[i]!.scenario.rate.toFixed(1),
    rnd[i]!.scenario.timeout.toFixed(0),
    rnd[i]!.scenario.retries,
    ...policies.map((q) => rnd[i]!.outcomes[q.name]!.cost.toFixed(1)),
  );
for (const p of policies)
  console.log(p.name.padEnd(24), estimate(excessOf(rnd, p.name)), shareWorseThanNone(rnd, p.name));
