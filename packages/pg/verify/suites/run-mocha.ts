import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

/** Whose tests, and which pool they are given. */
export interface Suite {
  /** The package that brings the tests. */
  readonly tests: string;

  /** The module with the pool. */
  readonly pool: string;
}

/** Runs all tests of a package against a server, and gives the full titles of those that pass. */
export async function runMocha({ tests, pool }: Suite, how: 'protected' | 'bare', url: string): Promise<string[]> {
  const tested = require.resolve(tests);
  const install = pathToFileURL(join(here, 'install.ts')).href;
  const { hostname, port } = new URL(url);
  const mocha = join(dirname(require.resolve('mocha/package.json')), 'bin', 'mocha.js');
  const folder = mkdtempSync(join(tmpdir(), 'switchgear-mocha-'));
  const report = join(folder, 'report.json');
  // They measure time: what a busy machine did to one of them it does not do five times.
  const patience = ['--retries', '4', '--timeout', '10000'];
  const flags = ['--exit', ...patience, '--reporter', 'json', '--reporter-option', `output=${report}`];
  const child = spawn(process.execPath, [mocha, ...flags, join(dirname(tested), 'test')], {
    stdio: 'ignore',
    env: {
      ...process.env,
      POOL: pool,
      TESTED: tested,
      HOW: how,
      // They end at the first warning, and newer clients have one about what they test.
      NODE_OPTIONS: `--no-deprecation --conditions=@switchgear/source --import=${install}`,
      // What its tests need, and what a package is not given with them.
      NODE_PATH: join(here, '..', '..', 'node_modules'),
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: 'postgres',
      PGDATABASE: 'postgres',
    },
  });
  try {
    await once(child, 'exit');
    const { passes }: { passes: { fullTitle: string }[] } = JSON.parse(readFileSync(report, 'utf8'));
    return passes.map(({ fullTitle }) => fullTitle);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
