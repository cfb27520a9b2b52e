// Makes each of a list of small mistakes in a copy of the sources, and sees the properties fail over it.
import { writeFileSync } from 'node:fs';
import { must } from '../properties/must.ts';
import { allMutants } from './mutants/all.ts';
import { failing, killersOf, prepare } from './mutants/killers.ts';
import { report, table } from './section.ts';

const README = new URL('../properties/README.md', import.meta.url);
const only = process.argv[2] ?? '';
const mutants = allMutants.filter(({ file, mistake }) => `${file} ${mistake}`.includes(only));

prepare();
must((await failing()).length === 0, () => 'a property fails without any mistake made');
const rows: string[][] = [];
const alive: string[] = [];
for (const mutant of mutants) {
  const { file, mistake } = mutant;
  const killers = await killersOf(mutant);
  console.log(`${killers.length > 0 ? 'found' : 'ALIVE'}  ${file}: ${mistake}`);
  if (killers.length === 0) alive.push(`${file}: ${mistake}`);
  const [first = 'no test'] = killers;
  rows.push([`\`${file}\``, mistake, first]);
}
const killed = mutants.length - alive.length;
report('mutants', `${killed} of ${mutants.length} hand-made mistakes are found by the properties.`);
if (process.env['PROOFS'] === 'write' && only === '') {
  const head = ['in', 'the mistake', 'found by'];
  const intro = `# What the properties find

Small mistakes made on purpose in a copy of the sources, and the first property that fails over each. The mistakes are
data in \`test/proofs/mutants\`; \`pnpm verify:mutants\` makes them one by one, and fails if one is not found.
`;
  writeFileSync(README, `${intro}\n${table(head, rows)}\n`);
}
must(alive.length === 0, () => `not found: ${alive.join('; ')}`);
