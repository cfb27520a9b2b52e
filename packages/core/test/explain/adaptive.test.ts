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

/** The numbers of the first move that this rule made. */
function numbers(world: World, rule: string): Readonly<Record<string, number>> {
  return world.moves().find(({ because }) => because?.rule === rule)?.because?.evidence ?? {};
}

it('explain shows how long a hang has lasted, and how many answers were due', () => {
  const hang = new World({ rate: 50, health: (at) => ({ workers: 1_000, takes: 20, hangs: at > 10_000 }) });
  hang.until(11);
  expect(said(hang, 'silence')).toMatch(
    /^Circuit "w" opened: no answer for \d+ ms to \d+ calls; normally one takes \d+ ms, so [\d.]+ answers are due \(the limit is [\d.]+\); next attempt in \d+ ms\.$/,
  );
  const { due = 0, limit = 0, unanswered = 0, silentFor = 0 } = numbers(hang, 'silence');
  expect(Math.min(due, unanswered)).toBeGreaterThan(limit);
  // At the rate of the calls, in the time after the 150 ms that an answer may take at least.
  expect(due / 0.05).toBeGreaterThan(0.8 * (silentFor - 150));
  expect(due / 0.05).toBeLessThan(1.25 * (silentFor - 150));
});

it('explain shows how many calls of an overload are late, and what is normal; and why the slowness was accepted', () => {
  const health = (at: number) => ({ workers: 1_000, takes: at > 20_000 ? 400 : 20 });
  const slow = new World({ rate: 50, timeLimit: 5_000, health });
  slow.until(90);
  expect(said(slow, 'overload')).toMatch(
    /^Circuit "w" went half-open: \d+ calls in flight, \d+ of them late \(the limit is [\d.]+\), taking \d+ ms each; normally [\d.]+ in flight, taking \d+ ms each\.$/,
  );
  const { load = 0, late = 0, limit = 0, normalLoad = 0, latency = 0, normalLatency = 0 } = numbers(slow, 'overload');
  expect(late).toBeGreaterThan(limit);
  expect(load).toBeGreaterThan(late);
  expect(latency).toBeGreaterThan(3 * normalLatency);
  // 0.35 times the logarithm of a day's calls, for each call that is normally under way and one more.
  const day = (normalLoad / normalLatency) * 24 * 3_600_000;
  expect(limit).toBeCloseTo(0.35 * Math.log(day) * (1 + normalLoad), 9);
  expect(said(slow, 'slowerNow')).toMatch(
    /^Circuit "w" closed: no call was refused for [\d.]+ s, so the latency of \d+ ms is accepted as normal; it was \d+ ms\.$/,
  );
  const accepted = numbers(slow, 'slowerNow');
  expect(accepted['unrefusedFor']).toBeGreaterThanOrEqual(20 * (accepted['latency'] ?? Infinity));
});

it('explain shows how it recovered', () => {
  const world = new World({
    rate: 50,
    health: (at) => ({ workers: 9, takes: 20, fails: at > 10_000 && at < 20_000 ? 1 : 0 }),
  });
  world.until(30);
  expect(said(world, 'probes')).toMatch(/^Circuit "w" opened: 1 probe failed; next attempt in \d+ ms\.$/);
  expect(said(world, 'steady')).toMatch(
    /^Circuit "w" closed: \d\d calls in a row succeeded, none was refused for \d+ ms, with \d of \d+ allowed calls in flight\.$/,
  );
  const { run = 0, load = 0, limit = 0, unrefusedFor = 0, latency = Infinity } = numbers(world, 'steady');
  expect(run).toBeGreaterThanOrEqual(Math.max(10, 2 * Math.sqrt(limit)));
  expect(load).toBeLessThanOrEqual(limit / 2);
  expect(unrefusedFor).toBeGreaterThanOrEqual(2 * latency);
});

it('explain shows a relapse while traffic returned', () => {
  const { breaker, clock, events } = observed({ ...adaptive(), random: () => 0.5 }, 0);
  breaker.trip(10);
  clock.advance(10);
  breaker.acquire().settle('success');
  for (let failure = 0; failure < 3; failure++) breaker.acquire().settle('failure');
  expect(
    events
      .filter(({ type }) => type === 'move')
      .map(explain)
      .at(-1),
  ).toMatch(
    /^Circuit "payments" opened: 3 of 4 probes failed, with up to 1 call allowed at a time; next attempt in \d+ ms\.$/,
  );
});
