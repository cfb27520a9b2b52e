import { startPostgres } from '@switchgear/testkit/postgres';
import { expect, it } from 'vitest';
import { runDemo } from '../test/demo-process.ts';
import { stage } from '../test/stage.ts';

it('the whole story takes a minute at most, and the shop with breakers keeps its promises', async () => {
  const began = performance.now();
  const { result, exitCode } = await runDemo([]);
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(exitCode, JSON.stringify(result)).toBe(0);
  expect(result.without.outageP99Ms).toBeGreaterThan(1_000);
});

it("the whole story on somebody else's PostgreSQL ends without killing it", async () => {
  const { cleanup } = stage();
  const server = await startPostgres();
  cleanup.defer(() => server.stop());
  const { result, exitCode } = await runDemo([], { environment: { DATABASE_URL: server.url } });
  expect(exitCode, JSON.stringify(result)).toBe(0);
  expect([result.with.refused, result.without.failed]).toEqual([0, 0]);
});
