import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exportTo, load, watchConfig } from '@switchgear/config';

const file = join(mkdtempSync(join(tmpdir(), 'alone-')), 'breakers.yaml');
writeFileSync(file, 'breakers:\n  payments: { openWhen: { consecutiveFailures: 2 }, openFor: 30s }\n');
const watch = watchConfig(file);
const payments = watch.registry.get('payments');
for (let i = 0; i < 2; i++) payments.record('failure');
assert.equal(payments.state, 'open');
watch.close();

assert.throws(() => load('breakers: { a: { openFor: 3min } }'), { code: 'ESETTINGS' });
assert.match(exportTo('istio', load(file)).text, /consecutive5xxErrors: 2/);

// The command, as it is installed. Other runtimes start programs in other ways.
if (!('Deno' in globalThis || 'Bun' in globalThis)) {
  const bin = 'node_modules/@switchgear/config/src/command/bin.mjs';
  let folder = process.cwd();
  while (!existsSync(join(folder, bin)) && folder !== dirname(folder)) folder = dirname(folder);
  const command = join(folder, bin);
  const said = execFileSync(process.execPath, [command, 'explain', file], { encoding: 'utf8' });
  assert.match(said, /2 calls in a row failed/);
}
console.log('story told');
