import type { OpenFor } from '../open-for/open-for.ts';
import type { Because, Verdict } from '../vocabulary/because.ts';
import type { Instant } from '../vocabulary/time.ts';

/**
 * What shadow mode keeps instead of a state: until when the circuit would have been open. A verdict in that time would
 * have been an outcome that never was.
 */
export class Shadow {
  #until: Instant = Number.NEGATIVE_INFINITY;

  /** Why the circuit would open now; nothing if it would be open already. */
  wouldOpen(at: Instant, verdict: Verdict, luck: number, openFor: OpenFor): Because | undefined {
    if (at < this.#until) return undefined;
    const because: Because = { at, rule: verdict.rule, ...(verdict.evidence && { evidence: verdict.evidence }) };
    this.#until = at + openFor({ at, attempt: 0, luck, because });
    return { ...because, nextAttemptAt: this.#until };
  }
}
