import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotToBeHad, type Runtime } from './runtime.ts';

/** Bun, without the packages that it would install by itself. */
export const bun: Runtime = {
  name: 'bun',
  specs: allSpecs,
  has: WITHOUT_PAGES,
  async run(around) {
    const args = ['run', '--no-install', await bundleSpecsAlone('process'), JSON.stringify(around)];
    return reportOf(executable(), args, { DO_NOT_TRACK: '1' });
  },
};

/** It has the name it has on Windows, everywhere. */
function executable(): string {
  const path = join(createRequire(import.meta.url).resolve('bun/package.json'), '../bin/bun.exe');
  if (existsSync(path)) return path;
  throw new NotToBeHad('the package bun has not been built: its install script did not run');
}
