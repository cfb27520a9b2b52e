import type { Outcome } from '@switchgear/core';
import { describe, it } from 'vitest';
import { describeAdapter } from '../src/index.ts';

/** The smallest adapter there can be: the kit must accept it. */
describeAdapter(
  'a function',
  (breaker) => {
    let reached = 0;
    const call = async (outcome: Outcome, error?: Error) => {
      const permit = breaker.acquire();
      await Promise.resolve();
      reached += 1;
      permit.settle(outcome);
      if (error) throw error;
    };
    return {
      succeed: () => call('success'),
      fail: () => call('failure', new Error('down')),
      sayNothing: () => call('ignored', new Error('left')),
      relay: (error) => call('failure', error),
      reached: () => reached,
    };
  },
  { describe, it },
);
