import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotAvailable, type Runtime } from './runtime.ts';

/** A Node from the package that brings it. */
export function node(major: number): Runtime {
  return {
    name: `node${major}`,
    specs: allSpecs,
    has: WITHOUT_PAGES,
    run: async (around) => reportOf(executable(major), [await bundleSpecsAlone('process'), JSON.stringify(around)]),
  };
}

function executable(major: number): string {
  const alias = `node-${major}-${process.arch}`;
  const path = fileURLToPath(new URL(`../../node_modules/${alias}/bin/node`, import.meta.url));
  if (process.platform === 'linux' && existsSync(path)) return path;
  throw new NotAvailable(`no package brings Node ${major} to ${process.platform} on ${process.arch}`);
}
