/**
 * Imports and requires each entry point of each published package, on the Node that runs this. Needs `pnpm build` and
 * nothing else, so that it also runs on a Node which is too old for the other tools. Plain JavaScript for the same reason.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = new URL('../../../packages/', import.meta.url);
let failed = 0;

for (const folder of readdirSync(packages)) {
  const cwd = fileURLToPath(new URL(folder, packages));
  const manifest = JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), 'utf8'));
  if (manifest.private) continue;
  for (const subpath of Object.keys(manifest.exports).filter((each) => each !== './package.json')) {
    const entry = manifest.name + subpath.slice(1);
    // From its own folder, because there a package is found by its name, and its hosts are installed.
    load(cwd, 'import', entry, ['--input-type=module', '--eval', `await import('${entry}')`]);
    load(cwd, 'require', entry, ['--input-type=commonjs', '--eval', `require('${entry}')`]);
  }
}

console.log(failed === 0 ? `all entry points load on Node ${process.version}` : `${failed} loads failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Loads an entry point in a process of its own and reports a failure. */
function load(cwd, way, entry, args) {
  try {
    execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    failed += 1;
    console.error(`${way} of ${entry} fails: ${/^\w*Error.*$/m.exec(error.stderr)?.[0] ?? error.message}`);
  }
}
