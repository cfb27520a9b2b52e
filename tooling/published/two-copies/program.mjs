// One process with two copies of every package: one imported, one required. Writes what each rule found, both ways round.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { rulesFor, serve } from './rules.mjs';

const NAMES = ['core', 'axios', 'fetch', 'hono', 'policies', 'otel', 'dashboard'];
const require = createRequire(import.meta.url);
const imported = { load: (name) => import(name) };
const required = { load: async (name) => require(name) };
for (const copy of [imported, required]) {
  for (const name of NAMES) copy[name] = await copy.load(`@switchgear/${name}`);
}
assert.notEqual(imported.core.createBreaker, required.core.createBreaker, 'there is only one copy');

const service = await serve();
const rules = rulesFor(service);

const found = {};
for (const [rule, check] of Object.entries(rules)) {
  for (const [way, one, other] of [
    ['imported, used by what is required', imported, required],
    ['required, used by what is imported', required, imported],
  ]) {
    found[`${rule}: ${way}`] = await check(one, other).then(
      () => 'holds',
      (error) => error.stack,
    );
  }
}
service.stop();
console.log(JSON.stringify(found));
process.exit();
