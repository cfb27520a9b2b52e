import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../properties/holds.ts';
import { must } from '../properties/must.ts';
import { AdaptiveLife } from './adaptive-life.ts';
import { doings } from './deeds.ts';

describe('in adaptive mode, under any interleaving of calls, answers, losses, waits, modes, orders and new options', () => {
  it('the count of calls under way is right, nothing throws, and late answers have no effect', () => {
    holds(
      fc.property(doings, (history) => {
        new AdaptiveLife().live(history);
      }),
      250,
    );
  });

  it('nothing wedges a circuit: healthy traffic closes it', () => {
    holds(
      fc.property(doings, (history) => {
        const life = new AdaptiveLife();
        life.live(history);
        const minutes = life.minutesToHeal();
        // A lost probe is replaced after four waits of at most 30 s and four times permitTimeout.
        must(minutes < 10, () => `${life.breaker.state} after ${minutes} minutes of healthy traffic`);
      }),
      100,
    );
  });

  it('the histories reach every state in every way', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(doings, (history) => {
        const life = new AdaptiveLife();
        life.breaker.subscribe(({ type, from, to, because }) => seen.add(`${type} ${from}>${to} ${because?.rule}`));
        life.live(history);
      }),
      { numRuns: 300, seed: 1 },
    );
    const ways = ['open cusum', 'open silence', 'half-open overload'].map((way) => `closed>${way}`);
    const back = ['open ramp', 'open probes', 'closed steady', 'closed slowerNow'].map((way) => `half-open>${way}`);
    for (const way of [...ways, ...back]) expect([...seen]).toContain(`move ${way}`);
    expect([...seen].join()).toContain('lost');
  });
});
