import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone, CACHE } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotAvailable, type Runtime } from './runtime.ts';

/** Where the builds of our packages are. */
const PACKAGES = fileURLToPath(new URL('../../../packages', import.meta.url));

/** Deno, with network access only to the spec server. */
export const deno: Runtime = {
  name: 'deno',
  specs: allSpecs,
  has: WITHOUT_PAGES,
  async run(around) {
    const script = await bundleSpecsAlone('process');
    const thread = await bundleSpecsAlone('fellow-thread');
    const servers = [around.server, around.elsewhere]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).host);
    const flags = ['--no-prompt', '--no-config', '--no-lock', '--node-modules-dir=manual'];
    // axios reads the environment, and a thread its program and what that imports.
    const allowed = ['--allow-env', `--allow-net=${servers}`, `--allow-read=${thread},${PACKAGES}`];
    const args = ['run', ...flags, ...allowed, script, JSON.stringify(around), thread];
    return reportOf(executable(), args, { DENO_DIR: join(CACHE, 'deno'), DENO_NO_UPDATE_CHECK: '1' });
  },
};

/** The executable itself, because killing the script in `.bin` would leave it running. */
function executable(): string {
  const path = join(createRequire(import.meta.url).resolve('deno/package.json'), '../deno');
  if (existsSync(path)) return path;
  throw new NotAvailable('the package deno has not been built: its install script did not run');
}
