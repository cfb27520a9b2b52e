import { startPostgres } from '@switchgear/testkit/postgres';
import { expect, it } from 'vitest';
import { runDemo } from '../test/demo-process.ts';
import { testRun } from '../test/test-run.ts';

it('the shop with breakers passes all checks in the whole scenario', async () => {
  const began = performance.now();
  const { result, exitCode } = await runDemo([]);
  const { load, with: shop, without } = result;
  const took = `${((performance.now() - began) / 1_000).toFixed(1)} s`;
  console.log({ took, ...load, outageP99Ms: shop.outageP99Ms, without: without.outageP99Ms });
  expect(exitCode, JSON.stringify(result)).toBe(0);
});

it('the whole scenario on a given PostgreSQL ends without killing it', async () => {
  const { cleanup } = testRun();
  const server = await startPostgres();
  cleanup.defer(() => server.stop());
  const { result, exitCode } = await runDemo([], { environment: { DATABASE_URL: server.url } });
  expect(exitCode, JSON.stringify(result)).toBe(0);
  console.log({ refused: result.with.refused, failedWithout: result.without.failed });
});
