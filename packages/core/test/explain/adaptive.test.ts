import { expect, it } from 'vitest';
import { adaptive, explain } from '../../src/index.ts';
import { World } from '../adaptive/world.ts';
import { observed } from '../breaker/breakers.ts';

/** What is said of the first move that this rule made. */
function said(world: World, rule: string): string | undefined {
  const event = world.moves().find(({ because }) => because?.rule === rule);
  return event && explain(event);
}

it('explain shows of failures what was seen, and what is normal', () => {
  const { breaker, clock, events } = observed({ ...adaptive(), random: () => 0.5 }, 0);
  const call = (outcome: 'success' | 'failure'): void => {
    const permit = breaker.acquire();
    clock.advance(20);
    permit.settle(outcome);
  };
  for (let done = 0; done < 1_000; done++) call(done % 250 === 0 ? 'failure' : 'success');
  for (const outcome of ['failure', 'failure', 'success', 'failure', 'failure'] as const) call(outcome);
  expect(events.map(explain)).toEqual([
    'Circuit "payments" opened: 4 of the last 5 calls failed; normally 0.7 % fail; next attempt in 63 ms.',
  ]);
});

it('explain shows how long a hang has lasted, and how many calls are under way in a slowdown', () => {
  const well = { workers: 1_000, takes: 20 };
  const hang = new World({ rate: 50, health: (at) => ({ ...well, hangs: at > 10_000 }) });
  hang.until(11);
  expect(said(hang, 'silence')).toMatch(
    /^Circuit "w" opened: no answer for \d+ ms to \d+ calls; normally one takes \d+ ms; next attempt in \d+ ms\.$/,
  );
  const slow = new World({ rate: 50, timeLimit: 5_000, health: (at) => ({ ...well, takes: at > 10_000 ? 160 : 20 }) });
  slow.until(60);
  expect(said(slow, 'overload')).toMatch(
    /^Circuit "w" went half-open: \d+ calls in flight, taking \d+ ms each; normally \d+ ms\.$/,
  );
  expect(said(slow, 'slowerNow')).toBe(
    'Circuit "w" closed: lower concurrency did not help; the new latency is accepted as normal.',
  );
});

it('explain shows how it recovered', () => {
  const world = new World({
    rate: 50,
    health: (at) => ({ workers: 9, takes: 20, fails: at > 10_000 && at < 20_000 ? 1 : 0 }),
  });
  world.until(30);
  expect(said(world, 'steady')).toMatch(/^Circuit "w" closed: \d\d calls in a row succeeded\.$/);
});
