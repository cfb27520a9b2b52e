import { consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { bulkhead, deadline, deadlineIn, retryBudget } from '../../src/index.ts';
import { rejection } from '../setup/deferred.ts';

const DOWN = new Error('down');

describe('a retry budget', () => {
  it('begins full, gives out what is in it, and not more', () => {
    const budget = retryBudget({ burst: 2 });
    expect([budget.spend(DOWN), budget.spend(DOWN), budget.spend(DOWN)]).toEqual([true, true, false]);
    expect(budget.left).toBe(0);
  });

  it('earns a share of a retry by each success, and saves at most its burst', () => {
    const budget = retryBudget({ share: 0.5, burst: 1 });
    budget.earn();
    expect(budget.left).toBe(1);
    expect(budget.spend(DOWN)).toBe(true);
    budget.earn();
    expect(budget.allows(DOWN)).toBe(false);
    budget.earn();
    expect(budget.allows(DOWN)).toBe(true);
    expect(budget.left).toBe(1);
  });

  it.each([1 / 3, 1 / 6, 1 / 7, 1 / 49, 0.1, 0.2, 0.3, 0.7, 0.01])(
    'earns a whole retry after 1 / share successes with a share of %d, however often',
    (share) => {
      const budget = retryBudget({ share, burst: 10 });
      while (budget.spend(DOWN));
      for (let spent = 0; spent < 1_000; spent++) {
        // Computed without our rounding: share × successes, less what was spent.
        const needed = Math.ceil((spent + 1) / share - 1e-6) - Math.ceil(spent / share - 1e-6);
        for (let i = 1; i < needed; i++) budget.earn();
        expect(needed > 1 && budget.allows(DOWN)).toBe(false);
        budget.earn();
        expect(budget.spend(DOWN)).toBe(true);
      }
    },
  );

  it('says what is left without the dust of decimals', () => {
    const budget = retryBudget({ share: 0.1, burst: 1 });
    budget.spend(DOWN);
    const left = Array.from({ length: 12 }, () => {
      budget.earn();
      return budget.left;
    });
    expect(left).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1, 1]);
  });

  it('adds no more than its share to the load of an outage', () => {
    const budget = retryBudget({ share: 0.2, burst: 10 });
    let attempts = 0;
    for (let call = 0; call < 1_000; call++) {
      attempts++;
      while (budget.spend(DOWN)) attempts++;
    }
    expect(attempts).toBe(1_010);
  });

  it('earns by the successes of its breaker, until it is stopped', async () => {
    const breaker = createBreaker({ name: 'orders' });
    const budget = retryBudget({ share: 0.5, burst: 1, breaker });
    budget.spend(DOWN);
    await breaker.run(() => 1);
    await rejection(breaker.run(() => Promise.reject(DOWN)));
    expect(budget.left).toBe(0.5);
    budget.stop();
    await breaker.run(() => 1);
    expect(budget.left).toBe(0.5);
  });

  it('has no retries while the circuit is open, half-open or isolated', async () => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'orders', openWhen: consecutiveFailures(1), openFor: fixed(1_000), clock });
    const budget = retryBudget({ breaker });
    expect(budget.allows(DOWN)).toBe(true);
    await rejection(breaker.run(() => Promise.reject(DOWN)));
    expect(budget.allows(DOWN)).toBe(false);
    clock.advance(1_000);
    expect([breaker.state, budget.allows(DOWN)]).toEqual(['half-open', false]);
    breaker.reset();
    expect(budget.allows(DOWN)).toBe(true);
    breaker.setMode('isolated');
    expect(budget.allows(DOWN)).toBe(false);
    expect(budget.left).toBe(10);
  });

  it('has no retry for what was refused: it would be refused again', async () => {
    const open = createBreaker({ name: 'open' });
    open.trip();
    const full = bulkhead({ concurrent: 1 });
    const busy = full.run(() => new Promise((resolve) => setTimeout(resolve)));
    const refusals = await Promise.all([
      rejection(open.run(() => 1)),
      rejection(full.run(() => 1)),
      rejection(deadline().run(() => 1, { deadline: deadlineIn(0) })),
    ]);
    await busy;
    const budget = retryBudget();
    expect(refusals.map((error) => budget.spend(error))).toEqual([false, false, false]);
    expect(budget.spend(new Error('wrapped', { cause: refusals[0] }))).toBe(false);
    expect(budget.left).toBe(10);
  });

  it.each([
    [{ share: 0 }, 'share must be a share greater than 0 and at most 1, got 0'],
    [{ burst: 0 }, 'burst must be a whole number of at least 1, got 0'],
    [{ breaker: {} }, 'breaker must be a breaker, got an object'],
    [{ ratio: 1 }, "retryBudget has no option 'ratio'; it takes share, burst, breaker"],
  ])('made with %j is refused', (options, message) => {
    expect(() => retryBudget(options as never)).toThrow(message);
  });
});
