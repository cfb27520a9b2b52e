import type { Outcome } from '../../src/index.ts';
import type { CircuitState } from './machine.ts';
import { memoryOf } from './machine.ts';
import { must } from './must.ts';

/** What a recovery promises, said once more in the plainest way, to be held against what it does. */
export type Allowance =
  | {
      readonly permitted: number;
      readonly reprobeAfter: number;

      /** Counted: closes and opens at these numbers. Sampled: decides after this many, and opens if half of them failed. */
      readonly decides: { readonly successes: number; readonly failures: number } | { readonly sample: number };
    }
  | { readonly shares: readonly number[] };

/** A list of everything that a half-open circuit has admitted and received, and what that allows. Throws if that is violated. */
export interface RecoveryLedger {
  /** A stay begins, or the circuit has moved on. */
  begin(): void;

  /** A caller has asked while half-open. */
  asked(at: number, admitted: number | undefined, after: CircuitState, lost: number): void;

  /** A probe of this half-open state has been answered. Returns the state the circuit must have now, if the ledger determines it. */
  settled(id: number, outcome: Outcome, slow: boolean): 'open' | 'closed' | 'half-open' | undefined;
}

/** The ledger for what a recovery promises. */
export function ledgerOf(allowance: Allowance): RecoveryLedger {
  return 'shares' in allowance ? new Shares(allowance.shares) : new Places(allowance);
}

type PlacesAllowed = Extract<Allowance, { permitted: number }>;

class Places implements RecoveryLedger {
  readonly #allowed: PlacesAllowed;
  #held = new Map<number, number>();
  /** Given up, and not come back yet. */
  #lost = new Set<number>();
  #successes = 0;
  #failures = 0;
  #good = 0;

  constructor(allowed: PlacesAllowed) {
    this.#allowed = allowed;
  }

  begin(): void {
    this.#held = new Map();
    this.#lost = new Set();
    this.#successes = 0;
    this.#failures = 0;
    this.#good = 0;
  }

  asked(at: number, admitted: number | undefined, _after: CircuitState, lost: number): void {
    const { permitted, reprobeAfter } = this.#allowed;
    const late = [...this.#held].filter(([, until]) => until <= at);
    for (const [id] of late) {
      this.#held.delete(id);
      this.#lost.add(id);
    }
    must(lost === late.length, () => `${late.length} probes were late, but ${lost} lost`);
    const free = this.#held.size < permitted && this.#held.size < this.#wanted;
    must(free === (admitted !== undefined), () => `${this.#held.size} in flight, and ${admitted ?? 'none'} admitted`);
    if (admitted !== undefined) this.#held.set(admitted, at + reprobeAfter);
  }

  /** How many more answers could still be needed. */
  get #wanted(): number {
    const { permitted, decides } = this.#allowed;
    if ('sample' in decides) return decides.sample - this.#successes - this.#failures;
    return Math.max(permitted, decides.successes) - this.#successes;
  }

  settled(id: number, outcome: Outcome, slow: boolean): 'open' | 'closed' | 'half-open' {
    const { decides } = this.#allowed;
    // A late success of a lost probe counts; a late failure or slow success does not.
    const atLast = outcome === 'success' && !slow && this.#lost.delete(id);
    const counts = (this.#held.delete(id) && outcome !== 'ignored') || atLast;
    if (!counts) return 'half-open';
    // Sampled calls are judged by a rule, which here does not judge slowness; it matters only if no call was good.
    if (outcome === 'failure' || (slow && 'failures' in decides)) this.#failures++;
    else this.#successes++;
    if (outcome === 'success' && !slow) this.#good++;
    if ('sample' in decides) {
      if (this.#successes + this.#failures < decides.sample) return 'half-open';
      return this.#failures / decides.sample >= 0.5 || this.#good === 0 ? 'open' : 'closed';
    }
    if (this.#failures >= decides.failures) return 'open';
    return this.#successes >= decides.successes ? 'closed' : 'half-open';
  }
}

class Shares implements RecoveryLedger {
  readonly #shares: readonly number[];
  /** By how many calls the admitted are ahead of their share, and the least and most that has been since the stay began. */
  #ahead = 0;
  #least = 0;
  #most = 0;

  constructor(shares: readonly number[]) {
    this.#shares = shares;
  }

  begin(): void {
    this.#ahead = 0;
    this.#least = 0;
    this.#most = 0;
  }

  asked(_at: number, admitted: number | undefined, after: CircuitState, lost: number): void {
    const { stage = 0 } = memoryOf(after);
    const first = this.#least === 0 && this.#most === 0;
    must(!first || admitted !== undefined, () => 'the first caller of a ramp was refused');
    this.#ahead += (admitted === undefined ? 0 : 1) - (this.#shares[stage] as number);
    this.#least = Math.min(this.#least, this.#ahead);
    this.#most = Math.max(this.#most, this.#ahead);
    // Of any number of callers in a row the share of them is let through: not one more, not one fewer.
    const off = this.#most - this.#least;
    must(off < 1 - 1e-6, () => `some callers in a row were ${off} calls off their share`);
    must(lost === 0, () => 'a ramp holds no places to lose');
  }

  /** When a stage is over is for the ramp's own tests to say. */
  settled(): undefined {}
}
