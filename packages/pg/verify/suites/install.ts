import { createRequire } from 'node:module';
import { consecutiveFailures } from '@switchgear/core';
import { createBreaker, protectPool } from '../../src/index.ts';

/**
 * Preloaded before the tests of a package: every pool they make is of `POOL`, and if `HOW` says so, protected by a breaker
 * that never opens. `TESTED` is the module that they load.
 */
const { POOL = '', TESTED = '', HOW } = process.env;
const require = createRequire(import.meta.url);
const Pool: new (...args: unknown[]) => { connect(): unknown } = require(POOL);

class ProtectedPool extends Pool {
  constructor(...args: unknown[]) {
    super(...args);
    const openWhen = consecutiveFailures(Number.MAX_SAFE_INTEGER);
    protectPool(this, { breaker: createBreaker({ name: 'pool', openWhen }) });
  }
}
Object.defineProperty(ProtectedPool, 'name', { value: Pool.name });
require(TESTED);
const loaded = require.cache[require.resolve(TESTED)];
if (loaded) loaded.exports = HOW === 'protected' ? ProtectedPool : Pool;
