import { execFileSync } from 'node:child_process';
import { howMany } from '../measure/pace.ts';
import { type Spread, spreadOf } from '../measure/spread.ts';
import type { Table } from './table.ts';

const EMPTY = 'an empty module';

const MODULES: Readonly<Record<string, string>> = {
  [EMPTY]: '@switchgear/bench/empty',
  '@switchgear/core': '@switchgear/core',
  '@switchgear/coarse-clock, core included': '@switchgear/coarse-clock',
  cockatiel: 'cockatiel',
  opossum: 'opossum',
  mollitia: 'mollitia',
  alfred: '@git-stunts/alfred',
  Effect: 'effect/persistence',
};

export const importTime: Table = {
  id: 'import',
  title: 'Importing',
  about:
    'In a new process each time, in random order: from the beginning of `import()` to its end, over an empty module.',
  async measure(pace) {
    const measured = new Map(Object.keys(MODULES).map((name) => [name, [] as number[]]));
    for (let round = 0; round < howMany(pace, 15, 1); round++) {
      const drawn = Object.entries(MODULES).sort(() => Math.random() - 0.5);
      for (const [name, specifier] of drawn) measured.get(name)?.push(importOf(specifier));
    }
    const spreads = new Map([...measured].map(([name, times]) => [name, spreadOf(times)]));
    const { median: empty } = spreads.get(EMPTY) as Spread;
    return {
      columns: ['', 'ms', 'ms over an empty module'],
      rows: [...spreads].map(([name, spread]) => [name, spread, name === EMPTY ? undefined : spread.median - empty]),
      figures: Object.fromEntries([...spreads].map(([name, { median }]) => [`${name}: over`, median - empty])),
    };
  },
};

function importOf(specifier: string): number {
  const program = `
    const start = performance.now();
    await import(${JSON.stringify(specifier)});
    console.log(performance.now() - start);
    process.exit();
  `;
  const args = ['--input-type=module', '--eval', program];
  return Number(execFileSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' }));
}
