import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allSpecs } from '../specs/all-specs.ts';
import { WITHOUT_PAGES } from '../specs/kit/capability.ts';
import { bundleSpecsAlone } from './bundle.ts';
import { reportOf } from './child.ts';
import { NotAvailable, type Runtime } from './runtime.ts';

/** A Node from the package that brings it. `require` loads the CommonJS builds, as an older project does. */
export function node(major: number, load: 'import' | 'require' = 'import'): Runtime {
  return {
    name: load === 'require' ? `node${major}-require` : `node${major}`,
    specs: allSpecs,
    // Node 20.0 has no `Symbol.dispose` yet.
    has: major === 20 ? WITHOUT_PAGES.filter((each) => each !== 'dispose') : WITHOUT_PAGES,
    run: async (around) =>
      reportOf(executable(major), [
        await bundleSpecsAlone('process', load),
        JSON.stringify(around),
        await bundleSpecsAlone('fellow-thread', load),
      ]),
  };
}

function executable(major: number): string {
  const alias = `node-${major}-${process.arch}`;
  const path = fileURLToPath(new URL(`../../node_modules/${alias}/bin/node`, import.meta.url));
  if (process.platform === 'linux' && existsSync(path)) return path;
  throw new NotAvailable(`no package brings Node ${major} to ${process.platform} on ${process.arch}`);
}
