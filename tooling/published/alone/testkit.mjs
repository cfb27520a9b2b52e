import assert from 'node:assert/strict';
import { guard } from '@switchgear/core/adapter';
import { describeAdapter, faultServer } from '@switchgear/testkit';

// A test runner of three lines.
const tests = [];
const runner = { describe: (_name, define) => define(), it: (name, test) => tests.push([name, test]) };

describeAdapter(
  'alone',
  async (breaker) => {
    const server = await faultServer();
    const byDefault = (ending) => ('error' in ending ? 'failure' : 'success');
    const ask = (call) => guard(breaker, call, { byDefault });
    return {
      succeed: () => ask(() => fetch(server.url)),
      fail: () => {
        server.next({ does: 'reset' });
        return ask(() => fetch(server.url));
      },
      sayNothing: () => guard(breaker, async () => 'nothing', { byDefault: () => 'ignored' }),
      relay: (error) => ask(() => Promise.reject(error)),
      reached: () => server.requests,
      dispose: () => server.close(),
    };
  },
  runner,
);
for (const [, test] of tests) await test();
assert.equal(tests.length, 9);

console.log('story told');
