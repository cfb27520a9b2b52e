import { seededRandom } from '@switchgear/testkit/random';
import { expect, it } from 'vitest';
import { killAtRandom } from './kills/kill-at-random.ts';

it('loses no payment and makes none twice when workers and the database are killed', async () => {
  const { messages, paid, kills } = await killAtRandom(3, seededRandom(8).next);
  expect([...paid.values()]).toEqual(new Array(messages).fill(1));
  expect(kills).toEqual({ worker: 2, database: 1 });
});
