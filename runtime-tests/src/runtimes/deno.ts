import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone, CACHE } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotToBeHad, type Runtime } from './runtime.ts';

/** Deno, allowed to speak to the spec server and nothing else. */
export const deno: Runtime = {
  name: 'deno',
  specs: allSpecs,
  has: WITHOUT_PAGES,
  async run(around) {
    const script = await bundleSpecsAlone('process');
    const servers = [around.server, around.elsewhere]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).host);
    const flags = ['--no-prompt', '--no-config', '--no-lock', '--node-modules-dir=manual'];
    // It is axios that looks at the environment.
    const args = ['run', ...flags, '--allow-env', `--allow-net=${servers}`, script, JSON.stringify(around)];
    return reportOf(executable(), args, { DENO_DIR: join(CACHE, 'deno'), DENO_NO_UPDATE_CHECK: '1' });
  },
};

/** The program itself: killing the script in `.bin` would orphan it. */
function executable(): string {
  const path = join(createRequire(import.meta.url).resolve('deno/package.json'), '../deno');
  if (existsSync(path)) return path;
  throw new NotToBeHad('the package deno has not been built: its install script did not run');
}
