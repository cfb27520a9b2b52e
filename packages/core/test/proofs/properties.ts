// The same properties as in `test`, with many more histories, and a seed that brings them again.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { must } from '../properties/must.ts';
import { grouped, report } from './section.ts';

const core = fileURLToPath(new URL('../../', import.meta.url));
const TIMES = process.env['PROOF_TIMES'] ?? '25';
const SEED = process.env['PROOF_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));
const FILES = ['.property.test.ts', 'registry/registry', 'detector/overdue'];

const replay = `PROOF_SEED=${SEED} PROOF_TIMES=${TIMES} pnpm --filter @switchgear/core verify:properties`;
console.log(`to see the same again: ${replay}`);
const answer = '.report/properties.json';
const args = ['run', ...FILES, '--testTimeout', '600000', '--reporter', 'default', '--reporter', 'json'];
const began = performance.now();
const { status } = spawnSync(
  process.execPath,
  [`${core}node_modules/vitest/vitest.mjs`, ...args, `--outputFile.json=${answer}`],
  { cwd: core, stdio: 'inherit', env: { ...process.env, PROOF_SEED: SEED, PROOF_TIMES: TIMES } },
);
must(status === 0, () => `a property fails; to see it again: ${replay}`);
const { numPassedTests } = JSON.parse(readFileSync(`${core}${answer}`, 'utf8')) as { readonly numPassedTests: number };
const seconds = (performance.now() - began) / 1_000;
report(
  'properties',
  `${numPassedTests} tests pass, with ${TIMES} times as many histories as in \`test\`: from ${grouped(25 * Number(TIMES))} to ${grouped(600 * Number(TIMES))} for each property. Seed ${SEED}; it took ${seconds.toFixed(0)} s.`,
);
