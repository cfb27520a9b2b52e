import fc from 'fast-check';
import { describe, it } from 'vitest';
import {
  type Condition,
  chosen,
  type Deed,
  type Doings,
  doings,
  type Held,
  Life,
  SLOW,
} from '../properties/breaker-life.ts';
import { holds } from '../properties/holds.ts';
import { standing } from '../properties/machine.ts';
import { must } from '../properties/must.ts';
import { type PlanUnderTest, plans } from '../properties/plans.ts';
import { ledgerOf } from '../properties/recovery-ledger.ts';

const condition = fc.constantFrom<Condition[]>('failures', 'slow calls', 'calls that hang');
const under = fc.constantFrom(...plans);

/** A life with a ledger beside it, which says of every caller and every answer what ought to have come of it. */
class AuditedLife extends Life {
  #under: PlanUnderTest;
  #ledger;
  /** Permits of this era. A move ends it, and so does another recovery. */
  readonly #era = new Set<Held>();
  #moves = 0;
  #refused = 0;

  constructor(plan: PlanUnderTest, opens: Condition) {
    super(plan, opens);
    this.#under = plan;
    this.#ledger = ledgerOf(plan.allowance);
    this.breaker.subscribe(({ type }) => {
      if (type !== 'move') return;
      this.#begin();
      this.#moves++;
      this.#refused = 0;
    });
  }

  #begin(): void {
    this.#era.clear();
    this.#ledger.begin();
  }

  live(history: Doings): void {
    for (const [passed, deed] of history) {
      this.clock.advance(passed);
      const { mode } = this.breaker;
      const moves = this.#moves;
      const byHand = this.#live(deed);
      const still = mode === 'disabled' || mode === 'shadow';
      must(!still || byHand || this.#moves === moves, () => `${deed.does} has moved a circuit that is ${mode}`);
    }
  }

  /** Whether an operator was involved. */
  #live(deed: Deed): boolean {
    if (deed.does === 'acquire') this.#acquire();
    else if (deed.does === 'settle') this.#settle(deed);
    else {
      this.do(deed);
      if (deed.does === 'reconfigure') {
        // The same recovery goes on. Probes of another are of an era that is over; calls of a closed circuit are evidence as before.
        if (deed.to !== this.#under) {
          this.#under = deed.to;
          this.#ledger = ledgerOf(deed.to.allowance);
          if (standing(this.breaker).state.phase === 'half-open') this.#begin();
          this.#ledger.begin();
        }
      }
      return deed.does !== 'look' && deed.does !== 'record';
    }
    return false;
  }

  #acquire(): void {
    const { breaker, clock, held } = this;
    const { mode } = breaker;
    const before = breaker.metrics().lost;
    const permit = breaker.tryAcquire();
    const { state } = standing(breaker);
    const asked = mode === 'active' && state.phase === 'half-open';
    const { lost, rejected } = breaker.metrics();
    must(mode === 'active' || (permit === undefined) === (mode === 'isolated'), () => `${mode}, and ${permit}`);
    must(permit === undefined || permit.probe === asked, () => `probe: ${permit?.probe}, ${state.phase}, ${mode}`);
    if (permit === undefined) this.#refused++;
    must(
      rejected === this.#refused || state.phase !== breaker.state,
      () => `${this.#refused} refused, not ${rejected}`,
    );
    const number = asked ? state.issued : 0;
    if (asked) this.#ledger.asked(clock.now(), permit && number, state, lost - before);
    if (!permit) return;
    const call = { permit, number };
    held.push(call);
    this.#era.add(call);
  }

  #settle(deed: Extract<Deed, { does: 'settle' }>): void {
    const call = chosen(this, deed);
    if (!call) return;
    const { state } = standing(this.breaker);
    const { mode } = this.breaker;
    const { maxStay } = this.#under;
    const over = maxStay !== undefined && this.clock.now() >= state.since + maxStay.after;
    const isOfThisEra = this.#era.delete(call);
    const counts = isOfThisEra && state.phase === 'half-open' && !over;
    const moves = this.#moves;
    const isSlow = deed.slow && standing(this.breaker).slowerThan <= SLOW;
    // In a mode that judges nothing an answer only gives its place back.
    const judged = mode !== 'disabled' && mode !== 'shadow' ? deed.outcome : 'ignored';
    const expected = counts ? this.#ledger.settled(call.number, judged, isSlow) : undefined;
    call.permit.settle(deed.outcome, deed.slow ? SLOW : 0);
    const { phase } = standing(this.breaker).state;
    if (expected) must(phase === expected, () => `${phase}, where the answers so far say ${expected}`);
    must(isOfThisEra || this.#moves === moves, () => 'an answer of another era has moved it');
  }

  /** The dependency is healthy, calls keep coming, and the mode is active again. */
  heals(): void {
    const { breaker, clock } = this;
    breaker.setMode('active');
    for (let instant = 0; instant < 40; instant++) {
      for (let caller = 0; caller < 10; caller++) {
        breaker.tryAcquire()?.settle('success', 0);
        if (breaker.state === 'closed') return;
      }
      clock.advance(1);
    }
    must(false, () => `still ${breaker.state} after 40 instants of healthy traffic`);
  }
}

describe('under any interleaving of calls, answers early and late, losses, waits, modes, orders and new options', () => {
  it('exactly the calls that recovery allows go through, and only their outcomes decide', () => {
    holds(
      fc.property(under, condition, doings, (plan, opens, history) => {
        new AuditedLife(plan, opens).live(history);
      }),
      600,
    );
  });

  it('lost permits never wedge a circuit: a healthy dependency closes it', () => {
    holds(
      fc.property(under, condition, doings, (plan, opens, history) => {
        const life = new AuditedLife(plan, opens);
        life.live(history);
        life.heals();
      }),
    );
  });
});
