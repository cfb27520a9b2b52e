import { none } from './policies/none.ts';
import { oracle } from './policies/oracle.ts';
import { classics } from './policies/switchgear.ts';
import { catalogue } from './scenarios/catalogue.ts';
import { cellOf } from './scenarios/scenario.ts';
import { simulate } from './simulation/simulate.ts';
import { figuresOf, meanOf } from './figures/figures.ts';

const only = process.argv[2] ?? 'crash@medium';
console.log(catalogue.length);
for (const s of catalogue.filter((c) => only==='all' || cellOf(c).startsWith(only))) {
  console.log(cellOf(s));
  for (const p of [none, oracle, ...classics]) {
    const t = performance.now();
    const runs = [];
    let n = 0;
    for (let i = 0; i < s.repeats; i++) { const j = await simulate(s, p, 1000 + i); n += j.cameAt.length; runs.push(figuresOf(s, j)); }
    const dt = performance.now() - t;
    const f = meanOf(runs);
    console.log('  ', p.name.padEnd(14), Object.entries(f).map(([k, v]) => `${k} ${v.toFixed(3)}`).join(' '), `${(dt * 1000 / n).toFixed(2)} us/req`);
  }
}
