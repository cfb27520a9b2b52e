import type { Admission, Beginning, Expiry, Progress } from '../recover/recover.ts';
import { requireNumber } from '../vocabulary/requirement.ts';
import type { Because } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Ambient, Plan, Settle } from './event.ts';
import type { HalfOpen } from './state.ts';

/** How long a circuit stays open if `openFor` returns no usable number: the first wait of the default. */
const WAIT_WITHOUT_ANSWER: Millis = 5_000;

/**
 * The user's plugs, called for one event. A plug that throws must not keep the circuit from moving: the machine goes on with
 * an answer of its own, and the error is kept for the shell to report.
 */
export class Plugs {
  faults: unknown[] | undefined;
  readonly ambient: Ambient;
  readonly #plan: Plan;

  constructor(plan: Plan, ambient: Ambient) {
    this.#plan = plan;
    this.ambient = ambient;
  }

  openFor(because: Because, attempt: number, { luck, retryAfter = 0 }: Ambient): Millis {
    const { vitals } = this.ambient;
    return this.#ask(() => {
      const wait = this.#plan.openFor({ at: because.at, attempt, luck, retryAfter, because, vitals });
      // A NaN wait would never end.
      requireNumber('the result of openFor', wait, 0);
      return wait;
    }, WAIT_WITHOUT_ANSWER);
  }

  /** After how many milliseconds closed the earlier openings are forgotten. */
  get forgetAfter(): Millis {
    return this.#plan.openFor.forgetAfter ?? 0;
  }

  start(beginning: Beginning): unknown {
    return this.#ask(() => this.#plan.recovery.start(beginning, this.ambient.vitals), undefined);
  }

  expired({ memory, since }: HalfOpen, at: Instant): Expiry | undefined {
    return this.#ask(() => this.#plan.recovery.expired?.(memory, { at, since }), undefined);
  }

  admit({ memory }: HalfOpen, at: Instant, id: number): Admission<unknown> {
    // If the recovery throws the call goes through, because its fault must not become an outage.
    const otherwise = { admitted: true, memory, lost: 0 };
    return this.#ask(() => this.#plan.recovery.admit(memory, { at, id }, this.ambient.vitals), otherwise);
  }

  settle({ memory }: HalfOpen, event: Settle): Progress<unknown> {
    return this.#ask<Progress<unknown>>(
      () => this.#plan.recovery.settle(memory, event, this.ambient.vitals),
      withoutRecovery(event, memory),
    );
  }

  #ask<Answer>(plug: () => Answer, otherwise: Answer): Answer {
    try {
      return plug();
    } catch (error) {
      this.faults = [...(this.faults ?? []), error];
      return otherwise;
    }
  }
}

/**
 * The progress if the recovery throws: the call's own outcome decides, so that the circuit cannot stay half-open for
 * ever.
 */
function withoutRecovery({ outcome, slow }: Settle, memory: unknown): Progress<unknown> {
  if (outcome === 'ignored') return { memory };
  const failed = outcome === 'failure' || slow;
  return {
    to: failed ? 'open' : 'closed',
    verdict: { rule: 'recover', evidence: { calls: 1, failures: Number(failed) } },
  };
}
