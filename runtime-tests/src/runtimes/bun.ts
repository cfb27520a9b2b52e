import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotAvailable, type Runtime } from './runtime.ts';

/** Bun, with automatic installation of packages switched off. */
export const bun: Runtime = {
  name: 'bun',
  specs: allSpecs,
  has: WITHOUT_PAGES,
  async run(around) {
    const thread = await bundleSpecsAlone('fellow-thread');
    const args = ['run', '--no-install', await bundleSpecsAlone('process'), JSON.stringify(around), thread];
    return reportOf(executable(), args, { DO_NOT_TRACK: '1' });
  },
};

/** The executable is called `bun.exe` on every platform. */
function executable(): string {
  const path = join(createRequire(import.meta.url).resolve('bun/package.json'), '../bin/bun.exe');
  if (existsSync(path)) return path;
  throw new NotAvailable('the package bun has not been built: its install script did not run');
}
