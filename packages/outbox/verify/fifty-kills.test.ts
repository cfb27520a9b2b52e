import { seededRandom } from '@switchgear/testkit/random';
import { expect, it } from 'vitest';
import { killAtRandom } from '../test/kills/kill-at-random.ts';

it('makes every payment exactly once through fifty kills at random', { timeout: 300_000 }, async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
  console.log(`SEED=${seed}`);
  const { messages, paid, repeated, kills } = await killAtRandom(50, seededRandom(seed).next);
  console.log(
    `${messages} payments, ${kills.worker} workers and ${kills.database} databases killed, ${repeated} asked for again`,
  );
  expect([...paid.values()]).toEqual(new Array(messages).fill(1));
});
