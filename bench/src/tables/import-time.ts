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
    'In a new process each time, in random order: from the beginning of `import()` or `require()` to its end, over an empty module. opossum and mollitia have only CommonJS, the others but ours only ES modules.',
  async measure(pace) {
    const loads = Object.entries(MODULES).flatMap(([name, specifier]) => [
      { name, program: importing(specifier), times: [] as number[] },
      { name: `${name}${BY_REQUIRE}`, program: requiring(specifier), times: [] as number[] },
    ]);
    for (let round = 0; round < howMany(pace, 15, 1); round++) {
      for (const { program, times } of loads.toSorted(() => Math.random() - 0.5)) times.push(timeOf(program));
    }
    const spreads = new Map(loads.map(({ name, times }) => [name, spreadOf(times)]));
    const over = (name: string) => {
      const empty = name.endsWith(BY_REQUIRE) ? EMPTY + BY_REQUIRE : EMPTY;
      return (spreads.get(name) as Spread).median - (spreads.get(empty) as Spread).median;
    };
    return {
      columns: ['', 'ms import', 'over an empty module', 'ms require', 'over an empty module'],
      rows: Object.keys(MODULES).map((name) => [
        name,
        ...[name, name + BY_REQUIRE].flatMap((load) => [spreads.get(load), name === EMPTY ? undefined : over(load)]),
      ]),
      figures: Object.fromEntries([...spreads.keys()].map((name) => [`${name}: over`, over(name)])),
    };
  },
};

const BY_REQUIRE = ', by require';

function importing(specifier: string): string {
  return timed(`await import(${JSON.stringify(specifier)})`);
}

function requiring(specifier: string): string {
  return `import { createRequire } from 'node:module';
    const require = createRequire(${JSON.stringify(import.meta.url)});
    ${timed(`require(${JSON.stringify(specifier)})`)}`;
}

function timed(load: string): string {
  return `const start = performance.now(); ${load}; console.log(performance.now() - start); process.exit();`;
}

function timeOf(program: string): number {
  const args = ['--input-type=module', '--eval', program];
  return Number(execFileSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' }));
}
