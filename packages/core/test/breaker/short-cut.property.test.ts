import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type Condition, chosen, doings, Life } from '../properties/breaker-life.ts';
import { holds } from '../properties/holds.ts';
import { standing, step } from '../properties/machine.ts';
import { must, same } from '../properties/must.ts';
import { plans } from '../properties/plans.ts';

describe('the short cuts for closed and for open circuits', () => {
  it('give the same answer and state as the machine', () => {
    const condition = fc.constantFrom<Condition[]>('failures', 'slow calls');
    holds(
      fc.property(fc.constantFrom(...plans), condition, doings, (under, opens, history) => {
        const life = new Life(under, opens);
        const { breaker, clock, held } = life;
        for (const [passed, deed] of history) {
          clock.advance(passed);
          if (deed.does === 'settle') chosen(life, deed)?.permit.settle(deed.outcome, deed.slow ? 100 : 0);
          else if (deed.does !== 'acquire') life.do(deed);
          else {
            const { state, plan } = standing(breaker);
            const says = step(state, { type: 'acquire', at: clock.now(), luck: 0.5, retryAfter: 0 }, plan);
            const permit = breaker.tryAcquire();
            if (permit) held.push({ permit, number: 0 });
            if (breaker.mode !== 'active') continue;
            const isAsExpected = (permit === undefined) === (says.admitted === undefined);
            must(isAsExpected, () => `${permit} where the machine says ${says.admitted}`);
            if (permit) must(permit.probe === (says.admitted as number) > 0, () => `probe: ${permit.probe}`);
            must(same(standing(breaker).state, says.state), () => 'the circuit is elsewhere');
          }
        }
      }),
      400,
    );
  });
});
