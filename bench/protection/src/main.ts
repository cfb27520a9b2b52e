import { estimate, excessOf, shareWorseThanNone } from './play/excess.ts';
import { play } from './play/play.ts';
import { policies } from './policies/all-policies.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { randomScenario } from './scenarios/random-scenario.ts';
import { cellOf } from './scenarios/scenario.ts';

const t0 = performance.now();
const all = [];
for (const s of catalogue) all.push(await play(s, policies, 5));
console.log('catalogue', (performance.now() - t0) / 1000);
const t1 = performance.now();
const rnd = [];
for (let i = 0; i < 60; i++) rnd.push(await play(randomScenario(5, i), policies, 5));
console.log('random', (performance.now() - t1) / 1000);
for (const p of policies)
  console.log(p.name.padEnd(24), estimate(excessOf(rnd, p.name)), shareWorseThanNone(rnd, p.name));
