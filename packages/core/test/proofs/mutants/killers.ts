import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

const core = fileURLToPath(new URL('../../../', import.meta.url));
const copy = `${core}.cache/mutants/`;

/** The tests with properties, the model check to the depth of `test`, and the tests of adaptive mode. */
const FILES = [
  'test/**/*.property.test.ts',
  'test/model/*.test.ts',
  'test/registry/registry.test.ts',
  'test/detector/overdue.test.ts',
  'test/adaptive/*.test.ts',
  'test/vitals/*.test.ts',
  'test/detector/sequential-test.test.ts',
];

/** A mutant that loops for ever is as dead as one that fails. */
const LONGEST = 120_000;

/** A copy of sources and tests, to be made mistakes in. */
export function prepare(): void {
  rmSync(copy, { recursive: true, force: true });
  for (const folder of ['src', 'test']) cpSync(`${core}${folder}`, `${copy}${folder}`, { recursive: true });
  const test = { include: FILES, isolate: false, fileParallelism: false, testTimeout: LONGEST };
  writeFileSync(`${copy}vitest.config.ts`, `export default { test: ${JSON.stringify(test)} };\n`);
}

/**
 * Makes the mistake in the copy, runs the properties over it, and mends it again.
 *
 * @returns the names of the tests that failed
 */
export async function killersOf({ file, from, to, tests }: Mutant): Promise<string[]> {
  const path = `${copy}src/${file}`;
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} has not one place that reads: ${from}`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    return await failing(tests);
  } finally {
    writeFileSync(path, source);
  }
}

/** The names of the tests in such files that fail in the present copy; up to the first one. */
export function failing(tests: readonly string[] = []): Promise<string[]> {
  const vitest = `${core}node_modules/vitest/vitest.mjs`;
  const answer = `${copy}report.json`;
  const args = [vitest, 'run', ...tests, '--root', copy, '--bail', '1', '--reporter', 'json', '--outputFile', answer];
  rmSync(answer, { force: true });
  const env = { ...process.env, PROOF_UNSHRUNK: '1', PROOF_SEED: process.env['PROOF_SEED'] ?? '1' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env, timeout: LONGEST, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error?.killed) resolve(['never ends']);
      else if (existsSync(answer)) resolve(namesOf(JSON.parse(readFileSync(answer, 'utf8'))));
      else reject(new Error(`vitest said: ${stdout}${stderr}`));
    });
  });
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function namesOf({ testResults }: Report): string[] {
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
  const broken = testResults.find(({ assertionResults, message }) => assertionResults.length === 0 && message !== '');
  if (broken) throw new Error(`tests did not run: ${broken.message}`);
  return failed;
}
